//! What a wrong command line is told, in the reader's language. clap knows what is wrong; its sentences are English only.

use super::args::Cli;
use super::values::NotADate;
use super::wording::Wording;
use crate::message::{Catalogue, Lang};
use crate::record::near;
use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};
use std::error::Error as _;
use std::ffi::OsString;

/// The language that the arguments ask for, even where they can't be read as a whole.
pub(super) fn asked_lang(arguments: &[OsString]) -> Option<Lang> {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let after = words.iter().position(|word| word == "--lang").map(|at| at + 1);
    let apart = after.and_then(|at| words.get(at)).map(|word| &**word);
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    match apart.or(joined) {
        Some("zh") => Some(Lang::Zh),
        Some("en") => Some(Lang::En),
        _ => None,
    }
}

/// What is wrong, the remedy, and how the command is written. `None` for help and version, which are no mistakes.
pub(super) fn describe(error: &clap::Error, arguments: &[OsString], lang: Lang) -> Option<String> {
    let command = command(arguments);
    let mistake = Mistake {
        error,
        wording: Wording::of(&command, lang),
        command,
        words: Catalogue::of(lang),
        lang,
    };
    let mut lines = vec![mistake.said()?];
    lines.extend(mistake.similar());
    let name = mistake.command.get_bin_name().unwrap_or("jianyan").to_owned();
    lines.push(mistake.words.format("usage.more", &[("command", name)]));
    Some(lines.join("\n"))
}

/// The subcommand that the arguments name, or the program.
pub(super) fn command(arguments: &[OsString]) -> Command {
    let mut whole = Cli::command();
    whole.build();
    let words = arguments
        .iter()
        .skip(1)
        .filter_map(|word| word.to_str())
        .filter(|word| *word != "help");
    let named = words.into_iter().find_map(|word| {
        whole
            .get_subcommands()
            .find(|command| command.get_name() == word)
            .cloned()
    });
    named.unwrap_or(whole)
}

struct Mistake<'a> {
    error: &'a clap::Error,
    command: Command,
    wording: Wording,
    words: &'static Catalogue,
    lang: Lang,
}

impl Mistake<'_> {
    fn said(&self) -> Option<String> {
        let argument = ("argument", self.argument(ContextKind::InvalidArg));
        let value = self.context(ContextKind::InvalidValue);
        let (key, args) = match self.error.kind() {
            ErrorKind::MissingRequiredArgument => ("usage.missing", vec![argument]),
            ErrorKind::InvalidValue if value.is_empty() => ("usage.no-value", vec![argument]),
            ErrorKind::InvalidValue => {
                let possible = ("possible", self.possible().join(self.separator()));
                ("usage.value", vec![argument, ("value", value), possible])
            }
            ErrorKind::ValueValidation if self.takes_a_date() => ("usage.date", vec![argument, ("value", value)]),
            ErrorKind::ValueValidation => ("usage.form", vec![argument, ("value", value)]),
            ErrorKind::TooManyValues => ("usage.takes-none", vec![argument, ("value", value)]),
            ErrorKind::UnknownArgument => ("usage.unknown-argument", vec![argument]),
            ErrorKind::InvalidSubcommand => {
                let name = self.context(ContextKind::InvalidSubcommand);
                ("usage.unknown-command", vec![("command", name)])
            }
            ErrorKind::MissingSubcommand => ("usage.no-command", Vec::new()),
            ErrorKind::ArgumentConflict => match self.argument(ContextKind::PriorArg) {
                prior if prior == argument.1 => ("usage.twice", vec![argument]),
                prior => ("usage.conflict", vec![argument, ("prior", prior)]),
            },
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
            ErrorKind::InvalidUtf8 => ("usage.encoding", Vec::new()),
            _ => ("usage.no-value", vec![argument]),
        };
        Some(self.words.format(key, &args))
    }

    /// The nearest that there is, where something is near.
    fn similar(&self) -> Option<String> {
        let value = self.context(ContextKind::InvalidValue);
        let near = match self.error.kind() {
            ErrorKind::InvalidValue => {
                let spellings: Vec<String> = self.values().iter().flat_map(spellings).collect();
                near(&value, spellings.iter().map(String::as_str)).map(str::to_owned)
            }
            ErrorKind::UnknownArgument => Some(self.context(ContextKind::SuggestedArg)),
            ErrorKind::InvalidSubcommand => Some(self.context(ContextKind::SuggestedSubcommand)),
            _ => None,
        };
        let near = near.filter(|near| !near.is_empty())?;
        Some(self.words.format("usage.similar", &[("similar", near)]))
    }

    fn separator(&self) -> &'static str {
        if self.lang == Lang::Zh { "、" } else { ", " }
    }

    fn context(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::Strings(all)) => all.join(self.separator()),
            Some(value) => value.to_string(),
            None => String::new(),
        }
    }

    /// Arguments with what each is, as the help says it.
    fn argument(&self, kind: ContextKind) -> String {
        let named = match self.error.get(kind) {
            Some(ContextValue::Strings(all)) => all.clone(),
            Some(value) => vec![value.to_string()],
            None => Vec::new(),
        };
        let explained = named.into_iter().map(|name| {
            let (bare, purpose) = (bare(&name), self.find(&name).and_then(|arg| self.wording.name(arg)));
            match purpose {
                Some(purpose) if self.lang == Lang::Zh => format!("{bare}（{purpose}）"),
                Some(purpose) => format!("{bare} ({purpose})"),
                None => bare.to_owned(),
            }
        });
        explained.collect::<Vec<_>>().join(self.separator())
    }

    /// The argument of this command whose name, as clap shows it, begins so.
    fn find(&self, shown: &str) -> Option<&Arg> {
        let name = bare(shown);
        self.command.get_arguments().find(|arg| match arg.get_long() {
            Some(long) => name.strip_prefix("--") == Some(long),
            None => bare(&arg.to_string()) == name,
        })
    }

    /// The argument that is wrong.
    fn wrong(&self) -> Option<&Arg> {
        self.find(&self.context(ContextKind::InvalidArg))
    }

    fn values(&self) -> Vec<PossibleValue> {
        self.wrong().map(Arg::get_possible_values).unwrap_or_default()
    }

    /// The allowed values, in Chinese with the Chinese name where there is one.
    fn possible(&self) -> Vec<String> {
        let shown = |value: PossibleValue| {
            let name = value.get_name().to_owned();
            let zh = self.wrong().filter(|_| self.lang == Lang::Zh);
            let zh = zh.and_then(|arg| self.wording.value_name(arg, &value));
            zh.map_or(name.clone(), |zh| format!("{zh}（{name}）"))
        };
        self.values().into_iter().map(shown).collect()
    }

    fn takes_a_date(&self) -> bool {
        let source = self.error.source();
        source.is_some_and(|source| source.is::<NotADate>() || source.is::<jiff::Error>())
    }
}

/// `--form <FORM>` and `[FILE]...` without what stands for their values.
fn bare(shown: &str) -> &str {
    let name = shown.split([' ', '=']).next().unwrap_or_default();
    name.trim_matches(['[', ']', '<', '>', '.'])
}

fn spellings(value: &PossibleValue) -> Vec<String> {
    value.get_name_and_aliases().map(str::to_owned).collect()
}
