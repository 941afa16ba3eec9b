//! The keys of what a run makes of a document, and where its blocks of the index begin.

use super::Loaded;
use super::document;
use super::write::links;
use crate::audience::Audience;
use crate::cache::{self, Key, Recipe};
use crate::record::write::front_matter;
use crate::site::Site;
use std::ops::Range;

/// Names what a document's page and its part in the index are made from.
pub(super) struct Names {
    /// The page and the source for download; nothing where they can't be named.
    pub page: Option<Key>,
    /// What the index takes; likewise.
    pub index: Option<Key>,
}

impl Names {
    /// The names for the entry at an index.
    pub fn of(loaded: &Loaded, site: &Site, index: usize) -> Self {
        let entry = &loaded.entries[index];
        let front = match loaded.audience {
            Audience::Internal => Some(String::new()),
            Audience::Public => front_matter(entry.document.record()).ok(),
        };
        let page = site.document_key(index).zip(front);
        let index = Self::of_index(loaded, index);
        // The record as JSON says what the index takes.
        let page = index
            .zip(page)
            .map(|(index, (page, front))| Recipe::of("page").with(index).with(page).with(front).key());
        Self { page, index }
    }

    /// Names what the index takes of the entry at an index.
    pub fn of_index(loaded: &Loaded, index: usize) -> Option<Key> {
        let entry = &loaded.entries[index];
        let source = entry.document.source();
        // The record follows from the source, but for what the gate takes of it by what else there is.
        let body = Recipe::of("document")
            .with(loaded.audience.key())
            .with(&source.id)
            .with(&source.file)
            .with(source.stamp().hash)
            .with(links(loaded, entry).key(&loaded.targets[index]))
            .key();
        let derived = document::derived(entry, loaded).ok()?;
        Some(Recipe::of("index document").with(body).with(derived).key())
    }
}

/// Bytes of source text that a block of the index has on average.
const BLOCK: u64 = 3 << 20;
/// And at most, unless one document alone has more.
const LARGEST: u64 = 6 << 20;

/// Cuts the documents, given by id and size in the order of ids, into blocks.
///
/// Whether a block ends after a document depends on that document alone: the longer it is, the likelier. So
/// documents that come, go or grow move no border but their own, and the blocks around stay as they are.
pub(super) fn blocks<'a>(documents: impl Iterator<Item = (&'a str, usize)>) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let (mut start, mut end, mut bytes) = (0, 0, 0);
    for (id, size) in documents {
        let size = size as u64;
        if end > start && bytes + size > LARGEST {
            blocks.push(start..end);
            (start, bytes) = (end, 0);
        }
        end += 1;
        bytes += size;
        if cache::lot(id, BLOCK) < size {
            blocks.push(start..end);
            (start, bytes) = (end, 0);
        }
    }
    if end > start {
        blocks.push(start..end);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(sizes: &[(String, usize)]) -> Vec<Vec<&str>> {
        let name = |range: Range<usize>| sizes[range].iter().map(|(id, _)| id.as_str()).collect();
        let blocks = blocks(sizes.iter().map(|(id, size)| (id.as_str(), *size)));
        blocks.into_iter().map(name).collect()
    }

    #[test]
    fn blocks_hold_every_document_once_and_are_of_a_size() {
        let documents: Vec<_> = (0..4000).map(|n| (format!("d{n:05}"), 20_000)).collect();
        let cut = cut(&documents);
        assert!((12..40).contains(&cut.len()), "{} blocks of 80 MB", cut.len());
        assert!(cut.iter().all(|block| block.len() as u64 * 20_000 <= LARGEST));
        let all: Vec<&str> = cut.concat();
        assert!(all.iter().eq(documents.iter().map(|(id, _)| id)));
        assert!(blocks(std::iter::empty()).is_empty());
        let giants = [("a".to_owned(), 50 << 20), ("b".to_owned(), 50 << 20)];
        assert_eq!(
            super::blocks(giants.iter().map(|(id, size)| (id.as_str(), *size))),
            [0..1, 1..2]
        );
    }

    #[test]
    fn a_document_more_or_less_touches_few_blocks() {
        let documents: Vec<_> = (0..4000).map(|n| (format!("d{n:05}"), 20_000)).collect();
        let before = cut(&documents);
        for at in (0..4000).step_by(97) {
            let mut more = documents.clone();
            more.insert(at, (format!("d{at:05}-new"), 15_000));
            let after = cut(&more);
            let changed = after.iter().filter(|block| !before.contains(block)).count();
            assert!(changed <= 3, "{changed} blocks after an insertion at {at}");
        }
    }
}
