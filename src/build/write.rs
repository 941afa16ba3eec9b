//! From entries to index and pages, in stages: [`Standing`] is what an earlier run made from the same, [`Making`] makes
//! the rest, the index first, and gives what it [`Made`](super::making::Made); then follow the attachments that pages
//! lead to. What browsers search by is made of the index alone ([`super::project`]).

use super::look::{Leak, Look};
use super::making::Making;
use super::pages::Pages;
use super::standing::Standing;
use super::writing::Writing;
use super::{BuildError, Loaded, Phase, Progress, Silent};
use crate::cache::Stamp;
use crate::diagnostic::{self, Diagnostic};
use crate::index::Prepared;
use crate::record::vocabulary::Search;
use crate::sink::Sink;
use std::io;
use std::path::Path;

/// What writing found and did.
#[derive(Debug)]
pub struct Written {
    /// What rendering had to say, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages of documents that were made; the others stood.
    pub pages: usize,
    /// Blocks of the index that were made; the others were there.
    pub blocks: usize,
    /// What must not leave: the edition may not be put in place.
    pub leaks: Vec<Leak>,
    /// The index, not yet in place: it goes there when the site does.
    pub index: Prepared,
    /// Who answers the search of the site.
    pub(super) search: Search,
    /// What the pages came to, for the next run.
    pub(super) remembered: Pages,
}

/// Renders every entry into `sink` and prepares the index in the folder `index`. What browsers search by follows with
/// [`super::project`], which needs nothing of what was loaded: a caller short of memory gives that up between the two.
///
/// # Errors
/// Where a folder isn't ours to write, or the machine fails.
pub fn write(loaded: &Loaded, index: &Path, sink: &dyn Sink, progress: &dyn Progress) -> Result<Written, BuildError> {
    progress.begin(Phase::Render, loaded.entries.len());
    let site = loaded.site();
    let look = Look::new(loaded, sink);
    let writing = Writing::new(loaded, &site, &look, progress);
    let standing = Standing::of(&writing, Pages::of(index, loaded.audience));
    let making = Making::after(standing, &writing);
    let index = std::thread::scope(|scope| {
        // Lists and boards need nothing of the index: they are made while it is merged.
        let around = scope.spawn(|| writing.around());
        let index = making.index(index);
        // A panic of the thread goes on here, as it would have without one.
        around.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        index
    })?;
    let made = making.rest()?;
    writing.attachments(made.files)?;
    let mut diagnostics = made.diagnostics;
    diagnostics.extend(site.template_findings());
    diagnostic::sort(&mut diagnostics);
    Ok(Written {
        diagnostics,
        pages: made.pages,
        blocks: index.written.blocks - index.written.kept,
        leaks: look.leaks(),
        index,
        search: loaded.settings.search,
        remembered: made.remembered,
    })
}

/// What of a loaded corpus must not leave; nothing is written.
///
/// # Errors
/// Where a page can't be made.
pub(crate) fn last_look(loaded: &Loaded) -> Result<Vec<Leak>, BuildError> {
    let site = loaded.site();
    let nowhere = Nowhere;
    let look = Look::new(loaded, &nowhere);
    let writing = Writing::new(loaded, &site, &look, &Silent);
    writing.around()?;
    Making::after(Standing::nothing(loaded), &writing).rest()?;
    Ok(look.leaks())
}

/// A sink that keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &str, _: Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    fn keep(&self, _: &str, _: &Stamp) -> bool {
        false
    }
}
