//! What the catalogues say of commands, of what they take and of its values.
//!
//! An argument that means the same everywhere stands once, as `argument.ID`; `argument.COMMAND.ID` says what it is for one
//! command. `….name` is its short name for a sentence, where the whole text is too long for one. Values likewise.

use crate::message::{Catalogue, Lang};
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};

/// The words for one command, in one language.
pub(super) struct Wording {
    command: String,
    words: &'static Catalogue,
    lang: Lang,
}

impl Wording {
    pub(super) fn of(command: &Command, lang: Lang) -> Self {
        Self {
            command: command.get_name().to_owned(),
            words: Catalogue::of(lang),
            lang,
        }
    }

    /// What another command does, as a list of all says it.
    pub(super) fn about(&self, command: &str) -> &'static str {
        self.find(&format!("command.{command}.about")).unwrap_or_default()
    }

    /// Examples of the command, a line each, and a remark below them.
    pub(super) fn examples(&self) -> [Option<&'static str>; 2] {
        ["examples", "remark"].map(|part| self.find(&format!("command.{}.{part}", self.command)))
    }

    /// What an argument is for.
    pub(super) fn purpose(&self, arg: &Arg) -> &'static str {
        match arg.get_action() {
            ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong => self.words.get("manual.help"),
            ArgAction::Version => self.words.get("manual.version"),
            _ => self.own("argument", arg.get_id().as_str(), "").unwrap_or_default(),
        }
    }

    /// An argument's name in a sentence.
    pub(super) fn name(&self, arg: &Arg) -> Option<&'static str> {
        let id = arg.get_id().as_str();
        self.own("argument", id, ".name")
            .or_else(|| self.own("argument", id, ""))
    }

    /// What a value of an argument is. A word of the records has its Chinese name alone; English readers read the word.
    pub(super) fn value(&self, arg: &Arg, value: &PossibleValue) -> Option<String> {
        let id = format!("{}.{}", arg.get_id(), value.get_name());
        let own = self.own("value", &id, "").map(str::to_owned);
        own.or_else(|| self.of_record(value))
    }

    /// A value's name in a sentence.
    pub(super) fn value_name(&self, arg: &Arg, value: &PossibleValue) -> Option<String> {
        let id = format!("{}.{}", arg.get_id(), value.get_name());
        let own = self.own("value", &id, ".name").map(str::to_owned);
        own.or_else(|| self.value(arg, value))
    }

    fn of_record(&self, value: &PossibleValue) -> Option<String> {
        let name = value.get_help().filter(|_| self.lang == Lang::Zh)?;
        Some(name.to_string())
    }

    /// The text for this command alone, or else the one for all.
    fn own(&self, of: &str, id: &str, part: &str) -> Option<&'static str> {
        let command = &self.command;
        self.find(&format!("{of}.{command}.{id}{part}"))
            .or_else(|| self.find(&format!("{of}.{id}{part}")))
    }

    fn find(&self, key: &str) -> Option<&'static str> {
        self.words.entry(key).map(|(_, text)| text)
    }
}
