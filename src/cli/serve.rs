//! `jianyan serve`

use super::args::ServeArgs;
use super::common::{CORPUS, Common};
use super::error::CliError;
use super::terminal;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::build::{BuildError, Loaded};
use crate::diagnostic::Diagnostic;
use crate::message::{Catalogue, Lang};
use crate::serve::{self, Listener, ServeError, Watching};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The port, where none is named.
const PORT: u16 = 8377;

pub(super) fn run(common: &Common, arguments: &ServeArgs) -> Result<Ending, CliError> {
    let begun = begin(common)?;
    let teller = Arc::new(Teller {
        lang: common.terminal_lang(),
        opens: arguments.open,
        begun,
        told: Mutex::default(),
    });
    let watching = if arguments.poll {
        Watching::Polling
    } else {
        Watching::Notices
    };
    let options = common.options(Drafts::Shown);
    let serve = |port| serve::run(&options, port, watching, teller.clone());
    let outcome = match serve(arguments.port.unwrap_or(PORT)) {
        Err(ServeError::Taken(port, _)) if arguments.open && serve::is_served(&options.corpus, port) => {
            teller.runs_already(port);
            Ok(())
        }
        // A person who wants to see it asks for no port.
        Err(ServeError::Taken(..)) if arguments.open && arguments.port.is_none() => serve(0),
        outcome => outcome,
    };
    outcome.map_err(|error| match error {
        ServeError::Build(error) => CliError::Build(error),
        ServeError::Port(port, cause) | ServeError::Taken(port, cause) => CliError::Port(port, cause),
    })?;
    Ok(Ending::Good)
}

/// Whether the folder one stands in is empty: without a command a corpus begins there.
pub(super) fn begins_here() -> bool {
    is_empty(Path::new("."))
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Makes the folder of the corpus, where the usual one isn't there yet; says whether a corpus begins there, which holds
/// nothing so far. One that somebody named is not made: the name may be a slip.
fn begin(common: &Common) -> Result<bool, CliError> {
    if common.corpus != Path::new(CORPUS) || common.corpus.exists() {
        return Ok(is_empty(&common.corpus));
    }
    let unmade = |error| CliError::Write(common.corpus.clone(), error);
    std::fs::create_dir(&common.corpus).map_err(unmade)?;
    let words = Catalogue::of(common.terminal_lang());
    terminal::tell(words.format("serve.begun", &[("path", common.corpus.display().to_string())]));
    Ok(true)
}

/// Tells on standard error what the preview does.
struct Teller {
    lang: Lang,
    /// Whether the browser is opened.
    opens: bool,
    /// Whether the corpus begins with this preview: its first page is that of a new document.
    begun: bool,
    /// The findings of the last build.
    told: Mutex<Vec<Diagnostic>>,
}

impl Teller {
    /// Opens an address in the browser.
    fn open(&self, address: &str) {
        if let Err(error) = open::that_detached(address) {
            let words = Catalogue::of(self.lang);
            terminal::tell(words.format("serve.not-opened", &[("cause", error.to_string())]));
        }
    }

    /// Opens the preview that was started before. The browser has its token from then.
    fn runs_already(&self, port: u16) {
        let address = format!("http://127.0.0.1:{port}/");
        let words = Catalogue::of(self.lang);
        terminal::tell(words.format("serve.runs-already", &[("address", address.clone())]));
        self.open(&address);
    }

    /// The findings in files of which the last build found something else.
    fn news(&self, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let before: BTreeMap<&str, &[Diagnostic]> = by_file(&told).collect();
        let news = by_file(diagnostics)
            .filter(|(file, found)| before.get(file) != Some(found))
            .flat_map(|(_, found)| found.to_vec())
            .collect();
        *told = diagnostics.to_vec();
        news
    }
}

/// Findings, sorted by place, of each file.
fn by_file(diagnostics: &[Diagnostic]) -> impl Iterator<Item = (&str, &[Diagnostic])> {
    diagnostics
        .chunk_by(|a, b| a.file == b.file)
        .map(|found| (found[0].file.as_str(), found))
}

impl Listener for Teller {
    fn ready(&self, address: &str, token: &str) {
        let words = Catalogue::of(self.lang);
        let preview = format!("{address}?token={token}");
        let new = format!("{address}_/new?token={token}");
        let first = if self.begun { new.clone() } else { preview.clone() };
        let lines = [("serve.ready", preview), ("serve.new", new)]
            .map(|(key, address)| words.format(key, &[("address", address)]) + "\n");
        // Who started it may have read the first line and gone; it serves all the same.
        terminal::print(&lines.concat());
        if self.opens {
            self.open(&first);
        }
    }

    fn built(&self, loaded: &Loaded, diagnostics: &[Diagnostic], time: Duration) {
        terminal::tell_text(&report::folded(
            self.news(diagnostics),
            &loaded.sources,
            (self.lang, "build.more"),
            std::io::stderr().is_terminal(),
        ));
        let args = [
            ("documents", loaded.entries.len().to_string()),
            ("milliseconds", time.as_millis().to_string()),
        ];
        terminal::tell(format_args!(
            "{} {}",
            Catalogue::of(self.lang).format("serve.built", &args),
            report::summary(diagnostics, self.lang)
        ));
    }

    fn failed(&self, error: BuildError) {
        terminal::tell(CliError::Build(error).describe(self.lang));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Group, Severity};

    #[test]
    fn what_is_said_of_a_file_is_said_again_only_when_it_changes() {
        let finding = |(file, code)| Diagnostic::new(Group::Record, Severity::Warning, code, file);
        let teller = Teller {
            lang: Lang::En,
            opens: false,
            begun: false,
            told: Mutex::default(),
        };
        let told = |found: &[(&'static str, &'static str)]| {
            let news = teller.news(&found.iter().copied().map(finding).collect::<Vec<_>>());
            let told = news.into_iter().map(|finding| (finding.file, finding.code));
            told.collect::<Vec<_>>()
        };
        let own = |found: &[(&str, &'static str)]| -> Vec<_> {
            found.iter().map(|&(file, code)| (file.to_owned(), code)).collect()
        };
        let all = [("a.md", "one"), ("a.md", "two"), ("b.md", "one")];
        assert_eq!(told(&all), own(&all));
        assert_eq!(told(&all), []);
        assert_eq!(told(&[all[1], all[2]]), own(&[all[1]]));
        assert_eq!(told(&[]), []);
        assert_eq!(told(&all), own(&all));
    }
}
