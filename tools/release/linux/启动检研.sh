#!/bin/sh
# Starts the desk of jianyan beside this file and opens the browser.
cd "$(dirname "$0")" || exit
./bin/jianyan serve --open && exit
printf '按回车键关闭。'
read -r _
