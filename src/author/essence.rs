//! What a document says before and after a change: the old record, the change, and nothing else.

use super::AuthorError;
use super::entry::EntryKind;
use super::register::Change;
use crate::corpus::Source;
use crate::record::{self, Record, Review, Visibility, write};
use serde_yaml::{Mapping, Value as Said};

/// Holds where the new text reads as the old record with the change, and as nothing else.
pub(super) fn is_that_change(source: &Source, old: &Record, new: &Source, change: &Change) -> Result<(), AuthorError> {
    let record = record::read(new).0;
    let kind = change.kind();
    let unfit = || AuthorError::cannot_write_at(source, old.key_lines.get(kind.key()));
    let same_body = source.front.is_none() || new.body_text() == source.body_text();
    let is_there = |record: &Record| record.key_lines.get(kind.key()).is_some();
    let mut before = Essence::of(old).ok_or_else(unfit)?;
    let mut after = Essence::of(&record).ok_or_else(unfit)?;
    let (was, is) = (before.take(kind), after.take(kind));
    if !same_body || before != after {
        return Err(unfit());
    }
    if let Change::Add(_) = change {
        if !is_there(&record) {
            return Err(unfit());
        }
        let added: Vec<&Said> = is.iter().filter(|one| !was.contains(one)).collect();
        if added.is_empty() && kind != EntryKind::Review {
            return Err(AuthorError::AlreadyThere(source.file.clone()));
        }
    }
    Ok(())
}

/// What a record says, without the lines that it says it in.
#[derive(PartialEq)]
struct Essence {
    public: Mapping,
    id: String,
    draft: bool,
    review: Option<Review>,
    visibility: Option<Visibility>,
    unknown: Vec<(String, String)>,
}

impl Essence {
    fn of(record: &Record) -> Option<Self> {
        let mut public: Mapping = serde_yaml::from_str(&write::front_matter(record).ok()?).ok()?;
        public.remove("visibility");
        Some(Self {
            public,
            id: record.id.clone(),
            draft: record.draft,
            review: record.review.clone(),
            visibility: Some(record.visibility),
            unknown: record.unknown.clone(),
        })
    }

    /// The entries of a kind, which are then no longer part of it.
    fn take(&mut self, kind: EntryKind) -> Vec<Said> {
        if kind == EntryKind::Review {
            self.review = None;
            self.visibility = None;
        }
        match self.public.remove(kind.key()) {
            Some(Said::Sequence(items)) => items,
            Some(one) => vec![one],
            None => Vec::new(),
        }
    }
}
