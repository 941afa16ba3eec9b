@echo off
rem Starts the desk of jianyan beside this file and opens the browser. pushd gives a share a drive letter.
title jianyan
pushd "%~dp0"
bin\jianyan.exe serve --open
if errorlevel 1 pause
popd
