//! What became of all documents of a corpus.

use super::counted::counted;
use super::outcome::{Outcome, outcome};
use super::versions;
use crate::check::Directory;
use crate::record::Record;
use crate::settings::Settings;

/// Applies 认定口径 to all documents of a corpus: an event that names a recommendation depends on the reply to it, and
/// what of a document counts depends on its copies, versions and chain.
pub(crate) fn outcomes(records: &[&Record], settings: &Settings) -> Vec<Outcome> {
    let directory = Directory::new(records);
    let mut outcomes: Vec<Outcome> = records
        .iter()
        .zip(counted(records, &directory))
        .map(|(record, counted)| outcome(record, counted, records, &directory, settings))
        .collect();
    versions::join(records, &directory, &mut outcomes);
    outcomes
}
