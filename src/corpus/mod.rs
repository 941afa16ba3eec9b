//! The corpus on disk: walk, decode, split front matter.
//!
//! [`read`] is the entry; everything after it works on the [`Source`]s that it gives. A process that reads a corpus again and
//! again does so by [`read_again`].

pub mod decode;
mod dense;
mod findings;
mod front;
mod reading;
mod survey;
mod walk;

#[cfg(test)]
pub(crate) use front::known::is_key as is_front_key;
pub(crate) use reading::{Look, Readings};
pub(crate) use survey::Survey;
pub use walk::read;
pub(crate) use walk::{OUTPUT_MARKER, Taken, read_again};

use crate::cache::Stamp;
use crate::diagnostic::Diagnostic;
use crate::disk::Inside;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// A Markdown file, decoded to text with `\n` line ends and no byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the corpus without its extension, with `/`, in NFC.
    pub id: String,
    /// Path below the corpus, with `/` and its extension.
    pub file: String,
    /// The decoded text.
    pub text: String,
    /// Byte range of the YAML between the `---` lines; `None` without front matter.
    pub front: Option<Range<usize>>,
    /// Byte range of the body.
    pub body: Range<usize>,
    /// Whether its front matter could not be taken as one, or not for sure: then it is internal and a draft.
    pub unreadable: bool,
    stamp: OnceLock<Stamp>,
}

impl Source {
    /// A document of its decoded text, which has `\n` line ends.
    ///
    /// ```
    /// use jianyan::corpus::Source;
    ///
    /// let text = "---\ntitle: 河道治理\n---\n正文。\n";
    /// let source = Source::of("河道".into(), "河道.md".into(), text.into());
    /// assert_eq!(source.body_text(), "正文。\n");
    /// ```
    pub fn of(id: String, file: String, text: String) -> Self {
        let split = front::split(&text);
        Self::split(id, file, text, split)
    }

    /// A text that has no front matter, whatever it begins with.
    pub fn body_only(id: String, file: String, text: String) -> Self {
        let split = front::Split {
            front: None,
            body: 0..text.len(),
            problem: None,
        };
        Self::split(id, file, text, split)
    }

    fn split(id: String, file: String, text: String, split: front::Split) -> Self {
        Self {
            id,
            file,
            text,
            front: split.front,
            body: split.body,
            unreadable: split.problem.is_some(),
            stamp: OnceLock::new(),
        }
    }

    /// Of the whole text; hashed once.
    pub fn stamp(&self) -> &Stamp {
        self.stamp.get_or_init(|| Stamp::of(self.text.as_bytes()))
    }

    /// The YAML text of the front matter.
    pub fn front_text(&self) -> Option<&str> {
        self.front.clone().map(|range| &self.text[range])
    }

    /// The Markdown text of the body.
    pub fn body_text(&self) -> &str {
        &self.text[self.body.clone()]
    }
}

/// A file of the corpus that is not a document: an image, a PDF, a spreadsheet.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Path below the corpus, with `/`.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
    /// How it looked when it was found.
    pub look: Look,
    /// The corpus that it belongs to, and the path from there.
    pub(crate) inside: Arc<Inside>,
    pub(crate) below: PathBuf,
}

impl Attachment {
    /// Its bytes.
    ///
    /// # Errors
    /// What the file system says, or that it is no longer a plain file inside its corpus.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        self.inside.read(&self.below)
    }

    /// Opens it to be read in parts.
    ///
    /// # Errors
    /// As [`Attachment::read`].
    pub fn open(&self) -> io::Result<std::fs::File> {
        self.inside.open_file(&self.below)
    }
}

/// Everything that was found in a corpus folder.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// Documents in the byte order of their ids.
    pub sources: Vec<Arc<Source>>,
    /// Other files, by path.
    pub attachments: Vec<Attachment>,
    /// What could not be taken in, or was read in a particular way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Corpus {
    /// Takes another corpus in, below a folder name that no file of this one begins with. What was found of it is
    /// told with its place below that folder.
    pub fn gather(&mut self, prefix: &str, other: Corpus) {
        let below = |path: &str| format!("{prefix}/{path}");
        self.sources.extend(other.sources.into_iter().map(|source| {
            Arc::new(Source {
                id: below(&source.id),
                file: below(&source.file),
                ..Arc::unwrap_or_clone(source)
            })
        }));
        self.attachments
            .extend(other.attachments.into_iter().map(|attachment| Attachment {
                file: below(&attachment.file),
                ..attachment
            }));
        self.diagnostics
            .extend(other.diagnostics.into_iter().map(|mut finding| {
                finding.file = below(&finding.file);
                finding
            }));
    }
}
