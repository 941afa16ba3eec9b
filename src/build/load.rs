//! From a corpus folder to the entries that pages and index are made from, in stages: [`Read`] is what stands in the
//! folder, [`Candidates`] are its documents, each judged by itself, [`Passed`] those that go through the gate, and
//! [`Linked`] knows where they lead. Each stage takes the one before and gives itself.

use super::gate::Passed;
use super::judge::Candidates;
use super::look::Leak;
use super::read::Read;
use super::recall::Recall;
use super::relate::Linked;
use super::{BuildError, Loaded, Options, Progress};
use std::path::Path;

/// Reads and judges a corpus.
///
/// # Errors
/// Where the corpus can't be read as a whole, or the machine fails.
pub fn load(options: &Options, progress: &dyn Progress) -> Result<Loaded, BuildError> {
    load_with(options, &[], &mut Recall::default(), progress)
}

/// Reads and judges a corpus like [`load`], with the cache of the folder `index`; documents in which something leaked
/// are held back.
///
/// # Errors
/// As those of [`load`].
pub fn load_without(
    options: &Options,
    leaks: &[Leak],
    index: &Path,
    progress: &dyn Progress,
) -> Result<Loaded, BuildError> {
    load_with(options, leaks, &mut Recall::of(index, options.audience), progress)
}

/// Reads and judges a corpus like [`load`]; what a process knows of a document from its last run, it doesn't find out
/// again.
///
/// # Errors
/// As those of [`load`].
pub(crate) fn load_again(
    options: &Options,
    recall: &mut Recall,
    progress: &dyn Progress,
) -> Result<Loaded, BuildError> {
    load_with(options, &[], recall, progress)
}

fn load_with(
    options: &Options,
    leaks: &[Leak],
    recall: &mut Recall,
    progress: &dyn Progress,
) -> Result<Loaded, BuildError> {
    let read = Read::of(options, recall)?;
    let candidates = Candidates::of(read, options, recall, progress)?;
    let passed = Passed::of(candidates, leaks, options);
    let linked = Linked::of(passed, recall);
    recall.settle();
    linked.loaded(options)
}
