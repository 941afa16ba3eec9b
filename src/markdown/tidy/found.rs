//! What the lines of a body ask for.

use super::{Edit, Note};
use crate::markdown::report::Finding;
use std::ops::Range;

/// Edits and notes so far.
#[derive(Default)]
pub(super) struct Found {
    pub edits: Vec<Edit>,
    pub notes: Vec<Note>,
}

impl Found {
    pub(super) fn replace(&mut self, at: Range<usize>, new: impl Into<String>) {
        self.edits.push(Edit::new(at, new));
    }

    /// Replaces marks that were typed in full width, and says so.
    pub(super) fn widen(&mut self, at: Range<usize>, mark: &str, new: impl Into<String>) {
        self.notes.push(Note {
            finding: Finding::WideMark,
            what: mark.to_owned(),
            span: at.clone(),
        });
        self.replace(at, new);
    }
}
