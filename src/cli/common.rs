//! What all commands take.

use crate::audience::{Audience, Drafts};
use crate::build::Options;
use crate::message::Lang;
use clap::Args;
use std::path::PathBuf;

/// The folder of the corpus, unless asked otherwise.
pub(super) const CORPUS: &str = "corpus";

/// What all commands take.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Folder of the corpus
    #[arg(long, value_name = "DIR", default_value = CORPUS, global = true)]
    pub corpus: PathBuf,
    /// Folder of the index
    #[arg(long, value_name = "DIR", default_value = "index", global = true)]
    pub index: PathBuf,
    /// Folder of the site
    #[arg(long, value_name = "DIR", default_value = "site", global = true)]
    pub site: PathBuf,
    /// Who the output is for
    #[arg(long, value_enum, default_value_t = Audience::Internal, global = true)]
    pub audience: Audience,
    /// Reference day of deadlines (default: today)
    #[arg(long, value_name = "DATE", global = true)]
    pub now: Option<jiff::civil::Date>,
    /// Language of messages and of the site
    #[arg(long, value_enum, global = true)]
    pub lang: Option<Lang>,
}

impl Common {
    /// The language of what is printed.
    pub(super) fn terminal_lang(&self) -> Lang {
        terminal_lang(self.lang)
    }

    /// The reference day: the one that was named, else today.
    pub(super) fn reference_day(&self) -> jiff::civil::Date {
        self.now.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
    }

    /// The options of a run.
    pub(super) fn options(&self, drafts: Drafts) -> Options {
        Options {
            corpus: self.corpus.clone(),
            audience: self.audience,
            drafts,
            lang: self.lang,
            now: self.reference_day(),
        }
    }
}

/// The language that is asked for, or that of the locale; Chinese otherwise.
pub(super) fn terminal_lang(asked: Option<Lang>) -> Lang {
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    };
    match asked {
        Some(lang) => lang,
        None if locale().is_some_and(|locale| locale.starts_with("en")) => Lang::En,
        None => Lang::Zh,
    }
}
