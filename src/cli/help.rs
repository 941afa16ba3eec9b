//! The help of a command in one language. What clap prints is English around words that stand in the catalogues.

use super::args::Cli;
use super::usage;
use super::wording::Wording;
use crate::message::{Catalogue, Lang};
use clap::{Arg, Command, CommandFactory};
use std::ffi::OsString;
use std::fmt::Write as _;

/// The help that the arguments ask for.
pub(super) fn of(arguments: &[OsString], lang: Lang) -> String {
    let command = usage::command(arguments);
    let page = Page {
        wording: Wording::of(&command, lang),
        command,
        words: Catalogue::of(lang),
    };
    page.write()
}

/// All commands with their texts in one language, as completions show them.
pub(super) fn worded(lang: Lang) -> Command {
    let words = |command: Command| {
        let wording = Wording::of(&command, lang);
        let about = wording.about(command.get_name());
        command.about(about).mut_args(|arg| {
            let purpose = wording.purpose(&arg);
            arg.help(purpose)
        })
    };
    let whole = words(Cli::command());
    let names: Vec<String> = whole.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names
        .into_iter()
        .fold(whole, |whole, name| whole.mut_subcommand(name, words))
}

struct Page {
    command: Command,
    wording: Wording,
    words: &'static Catalogue,
}

impl Page {
    fn write(mut self) -> String {
        let mut out = format!("{}\n\n", self.wording.about(self.command.get_name()));
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
        self.below(&mut out);
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
            let name = command.get_name();
            let _ = writeln!(out, "  {name:widest$}  {}", self.wording.about(name));
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
        let mut lines = vec![self.wording.purpose(arg).to_owned()];
        let takes_value = arg.get_action().takes_values();
        let possible = arg.get_possible_values();
        if takes_value && !possible.is_empty() {
            let shown = possible.iter().filter(|value| !value.is_hide_set()).map(|value| {
                let what = self.wording.value(arg, value);
                let name = value.get_name();
                what.map_or(name.to_owned(), |what| {
                    self.words
                        .format("manual.value", &[("name", name.to_owned()), ("what", what)])
                })
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

    /// Examples, and what is to be known besides.
    fn below(&self, out: &mut String) {
        let [examples, remark] = self.wording.examples();
        if let Some(examples) = examples {
            let _ = writeln!(out, "\n{}", self.words.get("manual.examples"));
            for line in examples.lines() {
                let _ = writeln!(out, "  {line}");
            }
        }
        if let Some(remark) = remark {
            let _ = writeln!(out, "\n{remark}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The texts that the command line must have or may have.
    fn keys() -> [BTreeSet<String>; 2] {
        let (mut needed, mut allowed) = (BTreeSet::new(), BTreeSet::new());
        let mut whole = Cli::command();
        whole.build();
        for command in [&whole].into_iter().chain(whole.get_subcommands()) {
            let of = command.get_name();
            needed.insert(format!("command.{of}.about"));
            allowed.extend(["examples", "remark"].map(|part| format!("command.{of}.{part}")));
            for arg in command.get_arguments() {
                let id = arg.get_id();
                allowed.extend(["", ".name"].map(|part| format!("argument.{of}.{id}{part}")));
                allowed.extend(["", ".name"].map(|part| format!("argument.{id}{part}")));
                for value in arg.get_possible_values() {
                    let id = format!("{id}.{}", value.get_name());
                    allowed.extend(["", ".name"].map(|part| format!("value.{of}.{id}{part}")));
                    allowed.extend(["", ".name"].map(|part| format!("value.{id}{part}")));
                }
            }
        }
        needed.remove("command.help.about");
        allowed.extend(needed.iter().cloned());
        [needed, allowed]
    }

    #[test]
    fn the_catalogue_explains_every_command_and_argument_and_nothing_else() {
        let [needed, allowed] = keys();
        let words = Catalogue::of(Lang::Zh);
        let told: BTreeSet<String> = ["command.", "argument.", "value."]
            .iter()
            .flat_map(|start| words.keys().filter(move |key| key.starts_with(start)))
            .map(str::to_owned)
            .collect();
        assert_eq!(needed.difference(&told).collect::<Vec<_>>(), Vec::<&String>::new());
        assert_eq!(told.difference(&allowed).collect::<Vec<_>>(), Vec::<&String>::new());
        let mut whole = Cli::command();
        whole.build();
        for command in whole.get_subcommands().filter(|command| command.get_name() != "help") {
            let wording = Wording::of(command, Lang::Zh);
            for arg in command.get_arguments() {
                assert!(
                    !wording.purpose(arg).is_empty(),
                    "{} {}",
                    command.get_name(),
                    arg.get_id()
                );
            }
        }
    }
}
