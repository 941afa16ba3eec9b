//! The words of the interface: closed vocabularies and labels by their keys in the catalogue.

use crate::message::{Catalogue, Lang};
use crate::record::date::{Day, Precision};
use crate::record::keys::Key;
use crate::record::vocabulary::{
    CaseRank, Effect, Form, Kind, LawStatus, Level, Light, Outcome, Rectified, Role, State, TopicStatus, Visibility,
    Vocabulary,
};

/// A closed vocabulary; the catalogue names its values under `<prefix>.<key>`.
pub(super) trait Named: Vocabulary {
    /// Prefix of its message keys.
    const PREFIX: &'static str;
}

macro_rules! named {
    ($($name:ident $prefix:literal),+ $(,)?) => {
        $(impl Named for $name {
            const PREFIX: &'static str = $prefix;
        })+

        /// Checks a property of the message key and Chinese name of every value.
        #[cfg(test)]
        pub(super) fn each_named(check: &mut dyn FnMut(String, &'static str)) {
            $(for value in $name::ALL {
                check(format!("{}.{}", $name::PREFIX, value.key()), value.zh());
            })+
        }
    };
}

named! {
    Kind "kind", Level "level", Form "form", Effect "effect", CaseRank "badge", Role "role", Outcome "reply",
    LawStatus "law_status", Rectified "rectified", TopicStatus "badge", State "badge", Light "light", Visibility "visibility",
}

/// The catalogue of the interface's language.
#[derive(Clone, Copy)]
pub(super) struct Words {
    catalogue: &'static Catalogue,
    lang: Lang,
}

impl Words {
    /// The words of a language.
    pub(super) fn of(lang: Lang) -> Self {
        Self {
            catalogue: Catalogue::of(lang),
            lang,
        }
    }

    /// The language.
    pub(super) fn lang(self) -> Lang {
        self.lang
    }

    /// The catalogue itself.
    pub(super) fn catalogue(self) -> &'static Catalogue {
        self.catalogue
    }

    /// The text of a key.
    pub(super) fn get(self, key: &'static str) -> &'static str {
        self.catalogue.get(key)
    }

    /// The label of a key of the front matter.
    pub(super) fn label(self, key: &Key) -> &'static str {
        key.label(self.lang)
    }

    /// The text of a key made at run time.
    pub(super) fn find(self, key: &str) -> String {
        self.catalogue.get(key).to_owned()
    }

    /// The text of a key with one argument.
    pub(super) fn with(self, key: &str, name: &'static str, value: impl ToString) -> String {
        self.catalogue.format(key, &[(name, value.to_string())])
    }

    /// The text of a key with several arguments.
    pub(super) fn fill(self, key: &str, args: &[(&'static str, String)]) -> String {
        self.catalogue.format(key, args)
    }

    /// The name of a value.
    pub(super) fn name<T: Named>(self, value: T) -> String {
        self.find(&format!("{}.{}", T::PREFIX, value.names().0))
    }

    /// A text with a remark in brackets, as the language sets them.
    pub(super) fn bracketed(self, text: &str, remark: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{text}（{remark}）"),
            Lang::En => format!("{text} ({remark})"),
        }
    }

    /// Two words as one, with a space where the language parts words.
    pub(super) fn joined(self, first: &str, second: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{first}{second}"),
            Lang::En => format!("{first} {second}"),
        }
    }

    /// Every key with one of these prefixes, with its text: what the scripts of a page show.
    pub(super) fn under<'a>(self, prefixes: &'a [&'a str]) -> impl Iterator<Item = (&'static str, &'static str)> + 'a {
        self.catalogue
            .keys()
            .filter(|key| prefixes.iter().any(|prefix| key.starts_with(prefix)))
            .map(move |key| (key, self.get(key)))
    }
}

/// A date as pages show it, as exactly as it is known: `2023`, `2023-01`, `2023-01-05`.
pub(crate) fn shown(day: Day) -> String {
    match day.precision {
        Precision::Year => format!("{:04}", day.date.year()),
        Precision::Month => format!("{:04}-{:02}", day.date.year(), day.date.month()),
        Precision::Day => day.date.to_string(),
    }
}
