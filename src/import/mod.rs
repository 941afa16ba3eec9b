//! Imports what authors have already: files of Word, WPS and LibreOffice, PDF, OFD, web pages and plain text become
//! Markdown.
//!
//! [`read`] turns the bytes of one file into a [`Draft`]: `office` reads its blocks and makes headings of 一、 and
//! （一）; `guess` reads title, unit, date, 文号 and addressee from the first and last blocks; `markdown` writes it all
//! down. [`place()`] puts a draft and its pictures into the corpus.
//!
//! **Invariants**: nothing that is imported takes the place of a file, and nothing leaves the corpus. Whatever bears a
//! secrecy mark, wherever in it the mark stands, is not taken in.

mod draft;
mod guess;
mod inline;
mod markdown;
mod pairs;
mod place;
mod secrecy;
mod toml;
mod twice;

#[cfg(test)]
mod returning;

pub(crate) use crate::office::Beside;
pub use crate::office::Loss;
pub(crate) use draft::to_look_at;
pub(crate) use guess::Guess;
pub(crate) use pairs::pairs;
pub(crate) use place::{keep, place, place_beside, texts_of};
pub(crate) use twice::{Sketch, Texts};

use crate::author::AuthorError;
use crate::check;
use crate::corpus::Source;
use crate::corpus::decode::decode;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::cause;
use crate::message::{Catalogue, Lang};
use crate::office::block::{Block, Document, Inline};
use crate::office::{self, Fault, Format};
use crate::record::{self, Kind};
use std::io;
use std::path::PathBuf;

/// A file that was read, before it has a place in the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What was guessed from the text and the name.
    pub guess: Guess,
    /// The front matter that the file has already.
    pub front: Option<String>,
    /// The body in Markdown; it names pictures as `pictures` does.
    pub body: String,
    /// Pictures: the name in the body, and the bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What could not be taken over, or not as it was: keys of the catalogue, each with how often.
    pub losses: Vec<(Loss, usize)>,
}

impl Draft {
    /// The keys of the front matter that were guessed, in their order.
    pub fn guessed(&self) -> Vec<&'static str> {
        match &self.front {
            None => self.guess.guessed(),
            Some(_) => (!self.guess.kind_is_sure).then_some("kind").into_iter().collect(),
        }
    }

    /// Takes a file along as an attachment that the body leads to; says whether it may.
    pub fn attach(&mut self, name: &str, bytes: &[u8]) -> bool {
        let taken = self.pictures.iter().any(|(known, _)| known == name);
        if taken || check::secrecy_of_name(name).is_some() || secrecy::is_marked_file(name, bytes) {
            return false;
        }
        let text = Inline::Link {
            text: vec![Inline::text(name)],
            target: name.to_owned(),
        };
        self.body += &format!("\n附件：{}\n", inline::markdown(&[text], false));
        self.pictures.push((name.to_owned(), bytes.to_vec()));
        true
    }
}

/// Why a file is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A format that is kept as an attachment.
    #[error("kept as an attachment: {0:?}")]
    KeepAsAttachment(Format),
    /// A document of a corpus already.
    #[error("a document of a corpus already")]
    Markdown,
    /// A format that nobody imports.
    #[error("of a format that is not imported")]
    UnknownFormat,
    /// Not the archive or the XML that its name promises.
    #[error("broken: {0}")]
    Broken(String),
    /// Unpacked it would be larger than any document: a zip bomb.
    #[error("too large")]
    TooLarge,
    /// An entry of the archive names a path outside it.
    #[error("an entry leads outside: {0}")]
    UnsafeName(String),
    /// Elements nested deeper than any document needs.
    #[error("nested too deep")]
    TooDeep,
    /// Encrypted, or an old .doc under the name of a .docx.
    #[error("encrypted")]
    Locked,
    /// No encoding that we know.
    #[error("in no known encoding")]
    Encoding,
    /// Nothing in it.
    #[error("without text")]
    Empty,
    /// It bears a secrecy mark.
    #[error("classified")]
    Classified,
    /// There is such a file.
    #[error("{0} exists")]
    Exists(PathBuf),
    /// A link leads this folder out of the corpus.
    #[error("{0} leads out of the corpus")]
    Outside(PathBuf),
    /// The machine failed at this file.
    #[error("{0} can't be read or written")]
    Io(PathBuf, #[source] io::Error),
}

impl From<AuthorError> for Refusal {
    fn from(error: AuthorError) -> Self {
        match error {
            AuthorError::Exists(taken) => Refusal::Exists(taken),
            AuthorError::Classified(_) => Refusal::Classified,
            AuthorError::Io(path, error) => Refusal::Io(path, error),
            AuthorError::Outside(path) => Refusal::Outside(path),
            // What concerns the front matter of documents that are there already.
            _ => Refusal::Empty,
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Broken(cause) => Refusal::Broken(cause),
            Fault::TooLarge => Refusal::TooLarge,
            Fault::UnsafeName(name) => Refusal::UnsafeName(name),
            Fault::TooDeep => Refusal::TooDeep,
            Fault::Locked => Refusal::Locked,
            Fault::Encoding => Refusal::Encoding,
            Fault::Format(Format::Archive | Format::Media | Format::Unknown) => Refusal::UnknownFormat,
            Fault::Format(format) => Refusal::KeepAsAttachment(format),
        }
    }
}

impl Refusal {
    /// Why the file of this name was not taken in, and what to do.
    pub fn message(&self, name: &str, lang: Lang) -> String {
        let mut args = vec![("path", name.to_owned())];
        let key = match self {
            Refusal::KeepAsAttachment(_) | Refusal::UnknownFormat => "import.refused.format",
            Refusal::Markdown => "import.refused.markdown",
            Refusal::Broken(cause) => {
                args.push(("cause", cause.clone()));
                "import.refused.broken"
            }
            Refusal::TooLarge => "import.refused.large",
            Refusal::UnsafeName(name) => {
                args.push(("name", name.clone()));
                "import.refused.name"
            }
            Refusal::TooDeep => "import.refused.deep",
            Refusal::Locked => "import.refused.locked",
            Refusal::Encoding => "import.refused.encoding",
            Refusal::Empty => "import.refused.empty",
            Refusal::Classified => "import.refused.classified",
            Refusal::Exists(taken) => {
                args.push(("taken", taken.display().to_string()));
                "import.refused.exists"
            }
            Refusal::Outside(path) => {
                args = vec![("path", path.display().to_string())];
                "import.refused.outside"
            }
            Refusal::Io(path, error) if error.kind() == std::io::ErrorKind::NotFound => {
                args = vec![("path", path.display().to_string())];
                "import.refused.missing"
            }
            Refusal::Io(path, error) => {
                args = vec![("path", path.display().to_string()), ("cause", cause(error, lang))];
                "import.refused.io"
            }
        };
        Catalogue::of(lang).format(key, &args)
    }
}

/// The key of the sentence that says why a file of a format is kept as it is.
pub fn reason_to_keep(format: Format) -> &'static str {
    match format {
        Format::Picture | Format::Svg => "import.kept.picture",
        Format::Sheets | Format::Slides | Format::OpenSheets | Format::OpenSlides | Format::Table => {
            "import.kept.sheet"
        }
        Format::Locked => "import.kept.locked",
        Format::Scan => "import.kept.scan",
        _ => "import.kept.document",
    }
}

/// Bytes of a file that is read at most.
pub const LARGEST: u64 = 200 << 20;
/// Bytes of a plain text at most: of more no document is taken into a build.
const LARGEST_TEXT: usize = 16 << 20;

/// Reads one file by its name and bytes, where nothing else is at hand.
///
/// # Errors
/// [`Refusal`] where it can't be taken in.
pub fn read(name: &str, bytes: &[u8], kind: Option<Kind>) -> Result<Draft, Refusal> {
    read_beside(name, bytes, kind, &|_| None)
}

/// Reads one file by its name and bytes. `kind` is what its author says it is; without it the title tells. A page
/// may show pictures that stand in files of their own.
///
/// # Errors
/// [`Refusal`] where it can't be taken in.
pub fn read_beside(name: &str, bytes: &[u8], kind: Option<Kind>, beside: Beside) -> Result<Draft, Refusal> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    if ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown") {
        return Err(Refusal::Markdown);
    }
    if is_text(name) && bytes.len() > LARGEST_TEXT {
        return Err(Refusal::TooLarge);
    }
    let stated = stated(name, bytes);
    let is_unsound = stated.as_ref().is_some_and(is_unsound);
    let said = stated.filter(|source| source.front.is_some());
    let text = said.as_ref().map_or(bytes, |source| source.body_text().as_bytes());
    let mut document = office::document(name, text, beside)?;
    if secrecy::is_marked(name, &document) || said.as_ref().is_some_and(|source| check::secrecy(source).is_some()) {
        return Err(Refusal::Classified);
    }
    if document.blocks.is_empty() {
        let scan = document.losses.contains_key(&Loss::Scan);
        return Err(if scan {
            Refusal::KeepAsAttachment(Format::Scan)
        } else {
            Refusal::Empty
        });
    }
    if is_unsound {
        document.lose(Loss::Front);
    }
    let carried = carried(&mut document);
    if carried.is_none() {
        office::outline::raise(&mut document);
    }
    if carried.as_ref().is_some_and(|source| check::secrecy(source).is_some()) {
        return Err(Refusal::Classified);
    }
    let said = said.or(carried);
    let mut document = office::outline::with_headings(document);
    let guess = match &said {
        Some(source) => guess::of_record(&record::read(source).0, source, kind),
        None => guess::take(&mut document, name, kind),
    };
    let body = markdown::write(&mut document);
    Ok(Draft {
        guess,
        front: said.and_then(|source| source.front_text().map(str::to_owned)),
        body,
        pictures: document.pictures,
        losses: document.losses.into_iter().collect(),
    })
}

/// The record that a file of our own carries, as long as its page still bears that title: then what only says the
/// record on paper is not part of the text.
fn carried(document: &mut Document) -> Option<Source> {
    let front = document.record.take()?;
    let source = Source::of(
        String::new(),
        String::new(),
        format!("---\n{}\n---\n", front.trim_end()),
    );
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let title = bare(&record::read(&source).0.title);
    let shown = document.blocks.iter().filter(|block| matches!(block, Block::Title(_)));
    let shown: String = shown.map(|block| bare(&block.plain())).collect();
    if source.front.is_none() || title != shown {
        document.lose(Loss::Record);
        return None;
    }
    let restated = std::mem::take(&mut document.restated);
    let blocks = std::mem::take(&mut document.blocks).into_iter().enumerate();
    document.blocks = blocks
        .filter(|(at, _)| !restated.contains(at))
        .map(|(_, block)| block)
        .collect();
    Some(source)
}

/// Whether the front matter of a text can't be taken as one, or says less than its author wrote.
fn is_unsound(source: &Source) -> bool {
    let findings = record::read(source).1;
    let loses = |one: &Diagnostic| one.severity == Severity::Error || one.code == "value-cut";
    source.unreadable || findings.iter().any(loses)
}

/// Whether a file is a plain text, by its name.
fn is_text(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    ending.eq_ignore_ascii_case("txt") || ending.eq_ignore_ascii_case("text")
}

/// The document that a plain text is already, where it begins with a front matter or with what may be one.
fn stated(name: &str, bytes: &[u8]) -> Option<Source> {
    let decoded = is_text(name).then(|| decode(bytes.to_vec()).ok()).flatten()?;
    let text = toml::in_yaml(&decoded.text).unwrap_or(decoded.text);
    let source = Source::of(name.to_owned(), name.to_owned(), text);
    (source.front.is_some() || source.unreadable).then_some(source)
}
