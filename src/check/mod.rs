//! What is wrong with documents: rules of one record, of the corpus, and privacy.

use crate::corpus::Source;
use crate::diagnostic::Diagnostic;
use crate::record::{Record, Visibility};
use crate::settings::Settings;
use jiff::civil::Date;

/// Says whether a document bears a secrecy mark (绝密, 机密, 秘密). Such a document is read no
/// further: this comes before everything else, and the diagnostic quotes nothing of it.
pub fn secrecy(_source: &Source) -> Option<Diagnostic> {
    None
}

/// Checks one record against its own dates and the settings; `now` is the reference day.
pub fn record(_source: &Source, _record: &Record, _settings: &Settings, _now: Date) -> Vec<Diagnostic> {
    Vec::new()
}

/// Checks what records say of each other: ids and numbers that stand twice, references to ids that
/// aren't there. `sources` are those of the records, in any order; they give the places.
pub fn corpus(_records: &[Record], _sources: &[Source]) -> Vec<Diagnostic> {
    Vec::new()
}

/// Finds personal data: an error in a public document, a warning in an internal one.
pub fn privacy(_source: &Source, _visibility: Visibility) -> Vec<Diagnostic> {
    Vec::new()
}
