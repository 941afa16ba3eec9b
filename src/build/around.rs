//! What goes around the documents of a site: lists, boards, the ledger, scripts and styles, and attachments.

use super::Loaded;
use super::encoding::Encoded;
use crate::output::FILES;
use crate::sink::Sink;
use crate::site::{Site, file_name};
use std::collections::BTreeSet;
use std::io;

/// Writes lists, boards, the ledger, scripts and styles.
pub(super) fn around(site: &Site, sink: &dyn Sink) -> io::Result<()> {
    let sink = Encoded(sink);
    site.pages(&sink)?;
    site.ledger(&sink)?;
    site.assets(&sink)
}

/// The attachments that belong to a site even where nothing links to them: emblem, style, evidence.
pub(super) fn beside(loaded: &Loaded) -> BTreeSet<String> {
    let evidence: BTreeSet<&str> = loaded
        .entries
        .iter()
        .flat_map(|entry| entry.evidence.iter().flatten())
        .filter_map(|place| place.strip_prefix(FILES)?.strip_prefix('/'))
        .collect();
    let carried = loaded.links.carried.iter();
    let evidence = carried
        .filter(|(_, place)| evidence.contains(place.as_str()))
        .map(|(file, _)| file.clone());
    let settings = &loaded.settings;
    evidence
        .chain(settings.emblem.clone())
        .chain(settings.style.clone())
        .collect()
}

/// Where an attachment stands below the folder of attachments. The style is the site file's own and no kind that goes
/// along otherwise.
pub(super) fn place(loaded: &Loaded, file: &str) -> String {
    let carried = loaded.links.carried.get(file).cloned();
    carried.unwrap_or_else(|| file_name(file))
}
