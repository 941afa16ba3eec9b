//! Why a command failed, in words, and with which exit code.

use crate::author::{AuthorError, Fault};
use crate::build::BuildError;
use crate::cluster::ClusterError;
use crate::disk::cause;
use crate::message::{Catalogue, Lang};
use crate::output::OutputError;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// An id that no document of the index has.
    UnknownId(String),
    /// Standard input can't be read.
    Input(#[source] std::io::Error),
    Build(#[from] BuildError),
    /// The index can't be opened or asked.
    Index(PathBuf, String),
    /// What keeps a cluster from being asked or written.
    Cluster(#[from] ClusterError),
    /// A file that was named on the command line.
    File(PathBuf, #[source] std::io::Error),
    /// A line, counted from 1, of such a file that is not of its format.
    Line(PathBuf, usize),
    /// The preview's port.
    Port(u16, String),
    /// What an author asked to be written.
    Author(#[from] AuthorError),
    /// `--strict` and there are errors.
    Strict(usize),
    /// Personal data in a page of the public site, of which no document is known to hold it: what the last look said.
    Leak(String),
    /// A period that ends before it begins.
    Period(jiff::civil::Date, jiff::civil::Date),
    /// A value of an option that neither the corpus nor the settings know, with the nearest that they do, if any is near.
    Unknown(&'static str, String, String),
    /// A list of persons for the public audience.
    Persons,
    /// Evidence for the public audience.
    PublicEvidence,
    /// A file that was to be written.
    Write(PathBuf, #[source] std::io::Error),
    /// A workbook for the terminal.
    NoOutput,
    /// A workbook that can't be made.
    Xlsx(String),
    /// A zip that can't be made.
    Zip(String),
    /// A site that can't be carried over to a folder, or not all of it.
    Mirror(PathBuf, #[source] std::io::Error),
    /// One document was named where all are written.
    OneDocument(String),
    /// No document was named where one is written.
    NoDocument,
    /// No kind or no title, and nobody to ask.
    Missing,
    /// There is no git program.
    NoGit,
    /// What git said when it failed.
    Git(String),
    /// Git didn't answer within this time.
    SlowGit(Duration),
    /// A file that git would read and that is a pipe, a device or too large.
    OddFile(PathBuf),
    /// A name of a commit that git isn't asked for.
    Base(String),
    /// A file that is not below the corpus.
    Outside(PathBuf, PathBuf),
    /// The value of an option, with the Chinese name of its key, that says nothing or can't be read.
    Value(Fault, String, String),
    /// A result that can't be written as JSON.
    Json(#[from] serde_json::Error),
}

impl std::fmt::Display for CliError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.describe(Lang::En))
    }
}

impl From<OutputError> for CliError {
    fn from(error: OutputError) -> Self {
        CliError::Build(BuildError::Output(error))
    }
}

impl CliError {
    /// The exit code of its class.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            CliError::Strict(_) | CliError::Leak(_) => 1,
            CliError::Author(
                AuthorError::Io(..) | AuthorError::Changed(_) | AuthorError::WrittenSince(_) | AuthorError::Busy(_),
            ) => 3,
            CliError::Author(AuthorError::ReadOnly(_) | AuthorError::HardLink(..)) => 3,
            CliError::Author(AuthorError::CannotWrite(..) | AuthorError::AlreadyThere(_)) => 1,
            CliError::Author(AuthorError::NotRead(_) | AuthorError::Undecodable(_) | AuthorError::Encoding(_)) => 1,
            CliError::Author(_) => 2,
            CliError::Build(BuildError::Output(OutputError::Inside(_) | OutputError::MirrorInside(_))) => 2,
            CliError::Line(..) | CliError::Unknown(..) | CliError::UnknownId(_) | CliError::Period(..) => 2,
            CliError::Persons | CliError::Value(..) | CliError::OneDocument(_) | CliError::NoDocument => 2,
            CliError::PublicEvidence | CliError::NoOutput | CliError::Outside(..) | CliError::Missing => 2,
            CliError::Base(_) => 2,
            CliError::Cluster(error) if error.is_usage() => 2,
            _ => 3,
        }
    }

    /// What went wrong and what to do, in one or two lines.
    pub(super) fn describe(&self, lang: Lang) -> String {
        let (key, args): (&str, Vec<(&'static str, String)>) = match self {
            CliError::UnknownId(id) => ("error.not-in-index", vec![("id", id.clone())]),
            CliError::Input(error) => ("error.input", vec![("cause", error.to_string())]),
            CliError::Build(BuildError::Corpus(path, error)) if error.kind() == ErrorKind::NotFound => {
                ("error.no-corpus", vec![("path", shown(path))])
            }
            CliError::Build(BuildError::Corpus(path, error)) => (
                "error.corpus",
                vec![("path", shown(path)), ("cause", cause(error, lang))],
            ),
            CliError::Build(BuildError::Output(error)) => output(error, lang),
            CliError::Build(BuildError::Index(error)) => ("error.write-index", vec![("cause", error.message(lang))]),
            CliError::Build(BuildError::Bundle(error)) => ("error.write-bundle", vec![("cause", error.to_string())]),
            CliError::Build(BuildError::Site(error)) => ("error.write-site", vec![("cause", cause(error, lang))]),
            CliError::Index(path, cause) => (
                "error.open-index",
                vec![("path", shown(path)), ("cause", cause.clone())],
            ),
            CliError::Cluster(error) => ("error.cluster", vec![("cause", error.message(lang))]),
            CliError::File(path, error) if error.kind() == ErrorKind::NotFound => {
                ("error.no-file", vec![("path", shown(path))])
            }
            CliError::File(path, error) => ("error.file", vec![("path", shown(path)), ("cause", cause(error, lang))]),
            CliError::Line(path, line) => ("error.line", vec![("path", shown(path)), ("line", line.to_string())]),
            CliError::Port(port, cause) => ("error.port", vec![("port", port.to_string()), ("cause", cause.clone())]),
            CliError::Author(error) => return error.message(lang),
            CliError::Leak(said) => return said.clone(),
            CliError::Strict(errors) => ("error.strict", vec![("count", errors.to_string())]),
            CliError::Period(since, until) => (
                "error.period",
                vec![("since", since.to_string()), ("until", until.to_string())],
            ),
            CliError::Unknown(option, value, nearest) => (
                if nearest.is_empty() {
                    "error.unknown-value"
                } else {
                    "error.unknown-value.nearest"
                },
                vec![
                    ("option", (*option).to_owned()),
                    ("value", value.clone()),
                    ("nearest", nearest.clone()),
                ],
            ),
            CliError::Persons => ("error.persons", Vec::new()),
            CliError::PublicEvidence => ("error.public-evidence", Vec::new()),
            CliError::Write(path, error) => (
                "error.write-file",
                vec![("path", shown(path)), ("cause", cause(error, lang))],
            ),
            CliError::OneDocument(id) => ("error.one-document", vec![("id", id.clone())]),
            CliError::NoDocument => ("error.no-document", Vec::new()),
            CliError::NoOutput => ("error.no-output", Vec::new()),
            CliError::Xlsx(cause) => ("error.xlsx", vec![("cause", cause.clone())]),
            CliError::Zip(cause) => ("error.zip", vec![("cause", cause.clone())]),
            CliError::Mirror(path, error) => (
                "error.mirror",
                vec![("path", shown(path)), ("cause", cause(error, lang))],
            ),
            CliError::Missing => ("error.missing-title", Vec::new()),
            CliError::NoGit => ("error.no-git", Vec::new()),
            CliError::Git(cause) => ("error.git", vec![("cause", cause.clone())]),
            CliError::SlowGit(patience) => ("error.git-slow", vec![("seconds", patience.as_secs().to_string())]),
            CliError::OddFile(path) => ("error.git-file", vec![("path", shown(path))]),
            CliError::Base(name) => ("error.git-base", vec![("name", name.clone())]),
            CliError::Outside(path, root) => ("error.outside", vec![("path", shown(path)), ("root", shown(root))]),
            CliError::Value(fault, option, name) => {
                let key = match fault {
                    Fault::Missing => "error.value-missing",
                    Fault::NotADate | Fault::Unknown => "error.value-unfit",
                };
                (key, vec![("option", option.clone()), ("name", name.clone())])
            }
            CliError::Json(error) => ("error.json", vec![("cause", error.to_string())]),
        };
        Catalogue::of(lang).format(key, &args)
    }
}

fn output(error: &OutputError, lang: Lang) -> (&'static str, Vec<(&'static str, String)>) {
    match error {
        OutputError::Foreign(path) => ("error.foreign-folder", vec![("path", shown(path))]),
        OutputError::OtherAudience(path, found) => (
            "error.other-audience",
            vec![("path", shown(path)), ("found", found.clone())],
        ),
        OutputError::OtherPurpose(path) => ("error.other-purpose", vec![("path", shown(path))]),
        OutputError::Inside(path) => ("error.zip-inside", vec![("path", shown(path))]),
        OutputError::MirrorInside(path) => ("error.mirror-inside", vec![("path", shown(path))]),
        OutputError::Taken(path) => ("error.zip-taken", vec![("path", shown(path))]),
        OutputError::Busy(path) => ("error.busy", vec![("path", shown(path))]),
        OutputError::Io(error) => ("error.output", vec![("cause", cause(error, lang))]),
    }
}

fn shown(path: &std::path::Path) -> String {
    path.display().to_string()
}
