//! The help of a command in one language. What clap prints is English around words that stand here in both.

use super::usage;
use crate::message::{Catalogue, Lang};
use clap::{Arg, ArgAction, Command};
use std::ffi::OsString;
use std::fmt::Write as _;

/// What separates the two languages of a text.
const BETWEEN: char = '·';
/// The line above examples.
const EXAMPLES: &str = "示例 Examples:";

/// The help that the arguments ask for.
pub(super) fn of(arguments: &[OsString], lang: Lang) -> String {
    let page = Page {
        command: usage::command(arguments),
        words: Catalogue::of(lang),
        lang,
    };
    page.write()
}

struct Page {
    command: Command,
    words: &'static Catalogue,
    lang: Lang,
}

impl Page {
    fn write(mut self) -> String {
        let mut out = String::new();
        let about = self.command.get_long_about().or(self.command.get_about());
        if let Some(about) = about {
            out = format!("{}\n\n", self.own(&about.to_string()));
        }
        let usage = self.usage();
        let _ = writeln!(out, "{}", self.words.format("manual.usage", &[("usage", usage)]));
        self.commands(&mut out);
        let shown = |arg: &&Arg| !arg.is_hide_set();
        let (values, options): (Vec<&Arg>, Vec<&Arg>) = self
            .command
            .get_arguments()
            .filter(shown)
            .partition(|arg| arg.is_positional());
        self.arguments(&mut out, "manual.arguments", &values);
        self.arguments(&mut out, "manual.options", &options);
        if let Some(after) = self.command.get_after_help() {
            let lines = after.to_string();
            let lines: Vec<String> = lines.lines().map(|line| self.example(line)).collect();
            let _ = writeln!(out, "\n{}", lines.join("\n"));
        }
        out
    }

    /// How the command is written, without the word that clap puts before it.
    fn usage(&mut self) -> String {
        let usage = self.command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage:").trim();
        let usage = usage.replace("[OPTIONS]", &format!("[{}]", self.words.get("manual.option")));
        usage.replace("<COMMAND>", &format!("<{}>", self.words.get("manual.command")))
    }

    fn commands(&self, out: &mut String) {
        let listed = || {
            self.command
                .get_subcommands()
                .filter(|command| command.get_name() != "help")
        };
        let Some(widest) = listed().map(|command| command.get_name().len()).max() else {
            return;
        };
        let _ = writeln!(out, "\n{}", self.words.get("manual.commands"));
        for command in listed() {
            let about = command.get_about().map(|about| self.own(&about.to_string()));
            let _ = writeln!(out, "  {:widest$}  {}", command.get_name(), about.unwrap_or_default());
        }
    }

    fn arguments(&self, out: &mut String, heading: &str, all: &[&Arg]) {
        if all.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n{}", self.words.get(heading));
        for arg in all {
            let short = arg.get_short().filter(|_| !arg.is_positional());
            let short = short.map_or_else(String::new, |short| format!("-{short}, "));
            let _ = writeln!(out, "  {short}{arg}");
            for line in self.explained(arg) {
                let _ = writeln!(out, "      {line}");
            }
        }
    }

    /// What an argument is for, what it may be, and what it is where nothing is written.
    fn explained(&self, arg: &Arg) -> Vec<String> {
        let purpose = match arg.get_action() {
            ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong => self.words.get("manual.help").to_owned(),
            ArgAction::Version => self.words.get("manual.version").to_owned(),
            _ => arg
                .get_help()
                .map(|help| self.own(&help.to_string()))
                .unwrap_or_default(),
        };
        let mut lines = vec![purpose];
        let takes_value = arg.get_action().takes_values();
        let possible = arg.get_possible_values();
        if takes_value && !possible.is_empty() {
            let shown = possible.iter().filter(|value| !value.is_hide_set()).map(|value| {
                let help = value.get_help().map(|help| self.own(&help.to_string()));
                self.named(value.get_name(), help.as_deref())
            });
            let all = shown.collect::<Vec<_>>().join(self.words.get("verify.joint"));
            lines.push(self.words.format("manual.possible", &[("possible", all)]));
        }
        let default: Vec<_> = arg
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        if takes_value && !default.is_empty() {
            lines.push(self.words.format("manual.default", &[("default", default.join(" "))]));
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// A value with what it is, where that is said in the reader's language.
    fn named(&self, name: &str, help: Option<&str>) -> String {
        let is_han = |letter: char| matches!(letter, '\u{4E00}'..='\u{9FFF}');
        match help {
            Some(help) if self.lang == Lang::Zh => format!("{name}（{help}）"),
            Some(help) if !help.contains(is_han) => format!("{name} ({help})"),
            _ => name.to_owned(),
        }
    }

    /// A text in the reader's language: of a line its part on this side of the dot, of paragraphs its own.
    fn own(&self, text: &str) -> String {
        let parts = text.split_once(BETWEEN).or_else(|| text.split_once("\n\n"));
        let own = parts.map(|(zh, en)| if self.lang == Lang::Zh { zh } else { en });
        own.unwrap_or(text).trim().to_owned()
    }

    /// A line below the options: a heading, or an example with its remark: `jianyan due   催办清单 (replies that are owed)`.
    fn example(&self, line: &str) -> String {
        if line == EXAMPLES {
            return self.words.get("manual.examples").to_owned();
        }
        let remark = line.rsplit_once("  ").filter(|(code, _)| !code.trim().is_empty());
        let parts = remark.and_then(|(code, remark)| Some((code, remark.strip_suffix(')')?.split_once(" (")?)));
        match parts {
            Some((code, (zh, en))) => format!("{code}  {}", if self.lang == Lang::Zh { zh } else { en }),
            None => self.own_line(line),
        }
    }

    fn own_line(&self, line: &str) -> String {
        match line.contains(BETWEEN) {
            true => self.own(line),
            false => line.to_owned(),
        }
    }
}
