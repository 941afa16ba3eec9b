//! The search bundle of an index that is written and not yet in place.

use super::write::Written;
use super::{BuildError, Phase, Progress};
use crate::index::{self, Prepared};
use crate::record::vocabulary::Search;
use crate::sink::{Below, Sink};
use std::path::Path;

/// The folder of the bundle in the site.
const SEARCH: &str = "search";

/// Writes the search bundle of an index that was prepared in the folder `index`, where browsers search by themselves, and
/// remembers there what the pages came to.
///
/// # Errors
/// Where the index can't be read, or the machine fails.
pub fn project(
    written: &mut Written,
    index: &Path,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<(), BuildError> {
    progress.begin(Phase::Bundle, 0);
    written.remembered.store().map_err(BuildError::Site)?;
    match written.search {
        Search::Browser => bundle(&written.index, index, sink),
        Search::Engine => Ok(()),
    }
}

/// Writes the bundle, with what the cache of the folder `index` remembers of the last one.
pub(super) fn bundle(prepared: &Prepared, index: &Path, sink: &dyn Sink) -> Result<(), BuildError> {
    let opened = index::open(prepared.folder()).map_err(BuildError::Index)?;
    let mut memory = crate::bundle::Memory::of(index);
    let layout = crate::bundle::Layout::default();
    crate::bundle::write_again(&opened, layout, &Below::new(SEARCH, sink), &mut memory).map_err(BuildError::Bundle)?;
    memory.store().map_err(BuildError::Site)
}
