//! `jianyan serve`

use super::args::{Common, ServeArgs};
use super::error::CliError;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::build::{BuildError, Loaded};
use crate::diagnostic::Diagnostic;
use crate::message::{Catalogue, Lang};
use crate::serve::{self, Listener, ServeError, Watching};
use std::io::{IsTerminal, Write};
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
        let lines = [("serve.ready", preview), ("serve.new", new)]
            .map(|(key, address)| words.format(key, &[("address", address)]) + "\n");
        // Who started it may have read the first line and gone; it serves all the same.
        let _ = std::io::stdout().write_all(lines.concat().as_bytes());
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
