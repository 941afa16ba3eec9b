//! Imports what authors have already: Word files, web pages and plain text become Markdown.
//!
//! [`read`] turns the bytes of one file into a [`Draft`]: blocks as `block` names them, made by `docx`,
//! `html` or `text`; `outline` makes headings of 一、 and （一）; `guess` reads title, unit, date, 文号
//! and addressee from the first and last blocks; `markdown` writes it all down. [`place()`] puts a draft
//! and its pictures into the corpus.
//!
//! **Invariant**: nothing that is imported takes the place of a file, and nothing leaves the corpus.

mod block;
mod docx;
mod guess;
mod html;
mod inline;
mod markdown;
mod outline;
mod place;
mod text;

pub use guess::Guess;
pub use place::{keep, place};

use crate::author::AuthorError;
use crate::message::{Catalogue, Lang};
use crate::office::Fault;
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

/// What is lost or changed on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Insertions were taken, deletions left out.
    TrackedChange,
    /// A comment.
    Comment,
    /// A text box, moved behind its paragraph.
    TextBox,
    /// A formula, kept as its letters.
    Formula,
    /// An embedded object or chart.
    Object,
    /// A picture that isn't in the file, or in a format that browsers don't show.
    Picture,
    /// The table of contents, which the page has of its own.
    Contents,
    /// A table with merged cells, written as HTML.
    MergedCells,
    /// A character of a symbol font.
    Symbol,
}

impl Draft {
    /// The keys of the front matter that were guessed, in their order.
    pub fn guessed(&self) -> Vec<&'static str> {
        match &self.front {
            None => self.guess.guessed(),
            Some(_) => (!self.guess.kind_is_sure).then_some("kind").into_iter().collect(),
        }
    }
}

impl Loss {
    /// The last part of its key in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Loss::TrackedChange => "tracked",
            Loss::Comment => "comment",
            Loss::TextBox => "text-box",
            Loss::Formula => "formula",
            Loss::Object => "object",
            Loss::Picture => "picture",
            Loss::Contents => "contents",
            Loss::MergedCells => "merged",
            Loss::Symbol => "symbol",
        }
    }
}

/// Why a file is not taken in.
#[derive(Debug)]
pub enum Refusal {
    /// A format that is kept as an attachment: .doc, .wps, .ofd, PDF.
    KeepAsAttachment,
    /// A format that nobody imports.
    UnknownFormat,
    /// Not the archive or the XML that its name promises.
    Broken(String),
    /// Unpacked it would be larger than any document: a zip bomb.
    TooLarge,
    /// An entry of the archive names a path outside it.
    UnsafeName(String),
    /// Elements nested deeper than any document needs.
    TooDeep,
    /// Encrypted, or an old .doc under the name of a .docx.
    Locked,
    /// No encoding that we know.
    Encoding,
    /// Nothing in it.
    Empty,
    /// It bears a secrecy mark.
    Classified,
    /// There is such a file.
    Exists(PathBuf),
    /// A link leads this folder out of the corpus.
    Outside(PathBuf),
    /// The machine failed at this file.
    Io(PathBuf, io::Error),
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
        }
    }
}

impl Refusal {
    /// Why the file of this name was not taken in, and what to do.
    pub fn message(&self, name: &str, lang: Lang) -> String {
        let mut args = vec![("path", name.to_owned())];
        let key = match self {
            Refusal::KeepAsAttachment | Refusal::UnknownFormat => "import.refused.format",
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
                args = vec![("path", path.display().to_string()), ("cause", error.to_string())];
                "import.refused.io"
            }
        };
        Catalogue::of(lang).format(key, &args)
    }
}

/// Bytes of a file that is read at most.
pub const LARGEST: u64 = 200 << 20;

/// Gives the bytes of a file beside the one that is read, by its path from there; `None` where there is none.
pub type Beside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

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
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    let mut said = None;
    let parsed = match ending.as_str() {
        "docx" | "docm" => docx::read(bytes)?,
        "htm" | "html" => html::read(bytes, beside)?,
        "txt" | "text" => {
            let text = text::read(name, bytes)?;
            said = text.source;
            text.parsed
        }
        "doc" | "wps" | "ofd" | "pdf" | "rtf" | "odt" | "wpt" | "dot" | "uot" | "ceb" => {
            return Err(Refusal::KeepAsAttachment);
        }
        _ => return Err(Refusal::UnknownFormat),
    };
    if parsed.blocks.is_empty() {
        return Err(Refusal::Empty);
    }
    let mut parsed = outline::with_headings(parsed);
    let guess = match &said {
        Some(source) => guess::of_record(&record::read(source).0, source, kind),
        None => guess::take(&mut parsed.blocks, name, kind),
    };
    let body = markdown::write(&parsed);
    Ok(Draft {
        guess,
        front: said.and_then(|source| source.front_text().map(str::to_owned)),
        body,
        pictures: parsed.pictures,
        losses: parsed.losses.into_iter().collect(),
    })
}
