//! `jianyan serve`

use super::args::{Common, ServeArgs};
use super::error::CliError;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::build::{BuildError, Loaded};
use crate::diagnostic::Diagnostic;
use crate::message::{Catalogue, Lang};
use crate::serve::{self, Listener, ServeError, Watching};
use std::io::IsTerminal;
use std::time::Duration;

pub(super) fn run(common: &Common, arguments: &ServeArgs) -> Result<Ending, CliError> {
    let teller = Teller {
        lang: common.terminal_lang(),
    };
    let watching = if arguments.poll {
        Watching::Polling
    } else {
        Watching::Notices
    };
    serve::run(&common.options(Drafts::Shown), arguments.port, watching, &teller).map_err(|error| match error {
        ServeError::Build(error) => CliError::Build(error),
        ServeError::Port(port, cause) => CliError::Port(port, cause),
    })?;
    Ok(Ending::Good)
}

/// Tells on standard error what the preview does.
struct Teller {
    lang: Lang,
}

impl Listener for Teller {
    fn ready(&self, address: &str, token: &str) {
        let words = Catalogue::of(self.lang);
        let preview = format!("{address}?token={token}");
        let new = format!("{address}_/new?token={token}");
        println!("{}", words.format("serve.ready", &[("address", preview)]));
        println!("{}", words.format("serve.new", &[("address", new)]));
    }

    fn built(&self, loaded: &Loaded, diagnostics: &[Diagnostic], time: Duration) {
        eprint!(
            "{}",
            report::render(diagnostics, &loaded.sources, self.lang, std::io::stderr().is_terminal())
        );
        let args = [
            ("documents", loaded.entries.len().to_string()),
            ("milliseconds", time.as_millis().to_string()),
        ];
        eprintln!(
            "{} {}",
            Catalogue::of(self.lang).format("serve.built", &args),
            report::summary(diagnostics, self.lang)
        );
    }

    fn failed(&self, error: BuildError) {
        eprintln!("{}", CliError::Build(error).describe(self.lang));
    }
}
