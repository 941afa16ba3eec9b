//! The keys of what a run makes of its documents, and the blocks of the index.

use super::Loaded;
use super::document;
use crate::audience::Audience;
use crate::cache::{self, Key, Recipe};
use crate::index::Part;
use crate::index::document::IndexDocument;
use crate::record::write::front_matter;
use crate::site::Site;
use std::io;
use std::ops::Range;
use std::sync::OnceLock;

/// The keys of the documents of a corpus, each made when it is first asked for. What can't be named has none and is
/// made each time.
pub(super) struct Keys<'a> {
    loaded: &'a Loaded,
    pages: Vec<OnceLock<Option<Key>>>,
    index: Vec<OnceLock<Option<Key>>>,
}

/// Makes the documents of a block of the index.
pub(super) type Make<'a> = dyn Fn(Range<usize>) -> io::Result<Vec<IndexDocument>> + 'a;

impl<'a> Keys<'a> {
    /// Those of a loaded corpus.
    pub(super) fn of(loaded: &'a Loaded) -> Self {
        let none = || loaded.entries.iter().map(|_| OnceLock::new()).collect();
        Self {
            loaded,
            pages: none(),
            index: none(),
        }
    }

    /// Names what the page and the source for download of an entry are made from.
    pub(super) fn page(&self, site: &Site, index: usize) -> Option<Key> {
        *self.pages[index].get_or_init(|| {
            let entry = &self.loaded.entries[index];
            let front = match self.loaded.audience {
                Audience::Internal => String::new(),
                Audience::Public => front_matter(entry.document.record()).ok()?,
            };
            // The record as JSON says what the index takes.
            let recipe = Recipe::of("page").with(self.index(index)?);
            Some(recipe.with(site.document_key(index)?).with(front).key())
        })
    }

    /// Names what the index takes of an entry.
    pub(super) fn index(&self, index: usize) -> Option<Key> {
        *self.index[index].get_or_init(|| {
            let entry = &self.loaded.entries[index];
            let source = entry.document.source();
            // The record follows from the source, but for what the gate takes of it by what else there is.
            let body = Recipe::of("document")
                .with(self.loaded.audience.key())
                .with(&source.id)
                .with(&source.file)
                .with(source.stamp().hash)
                .with(self.loaded.links(entry).key(&self.loaded.targets[index]))
                .key();
            let derived = document::derived(entry, self.loaded).ok()?;
            Some(Recipe::of("index document").with(body).with(derived).key())
        })
    }

    /// Names what a step makes of all that the index takes of a range of entries.
    pub(super) fn range(&self, step: &str, mut range: Range<usize>) -> Option<Key> {
        let recipe = range.try_fold(Recipe::of(step), |recipe, index| Some(recipe.with(self.index(index)?)));
        recipe.map(|recipe| recipe.key())
    }

    /// The blocks of the index, whose documents `make` makes.
    pub(super) fn parts<'m>(&self, make: &'m Make) -> impl Iterator<Item = Part<'m>> {
        let sources = self.loaded.entries.iter().map(|entry| entry.document.source());
        let blocks = blocks(sources.map(|source| (source.id.as_str(), source.text.len())));
        blocks.into_iter().map(move |block| Part {
            key: self.range("block of the index", block.clone()),
            count: block.len(),
            make: Box::new(move || make(block)),
        })
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
fn blocks<'a>(documents: impl Iterator<Item = (&'a str, usize)>) -> Vec<Range<usize>> {
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
