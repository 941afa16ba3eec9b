//! One document as it would be: judged and rendered without standing in the corpus.

use super::Loaded;
use super::links::Links;
use crate::corpus::Source;
use crate::diagnostic::{self, Diagnostic};
use crate::reading::Reading;
use crate::record::{self, Record};
use crate::{check, markdown};

/// A document that is being written.
#[derive(Debug)]
pub(crate) struct Preview {
    /// What its front matter says; `None` where it may not be read.
    pub record: Option<Record>,
    /// Its body as safe HTML.
    pub html: String,
    /// What is to be said of it, sorted by place.
    pub findings: Vec<Diagnostic>,
}

/// Judges a text as though it stood in the corpus that was loaded. Its links are those of a page at
/// `page` below the site.
pub(crate) fn preview(loaded: &Loaded, source: &Source, page: &str) -> Preview {
    if let Some(refusal) = check::secrecy(source) {
        return Preview {
            record: None,
            html: String::new(),
            findings: vec![refusal],
        };
    }
    let (record, mut findings) = record::read_within(source, &loaded.settings.folders);
    let reading = Reading::of(source);
    findings.extend(check::record(source, &reading, &record, &loaded.settings, loaded.now));
    findings.extend(check::privacy_of(&reading, source, record.visibility));
    let known = loaded.entries.iter().map(|entry| entry.document.record());
    findings.extend(check::near_values(
        &record,
        source,
        &check::Known::of(known, &loaded.settings.people),
    ));
    let links = Links::new(&loaded.links, &source.file, page, &loaded.pages);
    let (rendered, found) = markdown::render(&source.file, &source.text, source.body.clone(), &record.title, &links);
    findings.extend(found);
    diagnostic::sort(&mut findings);
    Preview {
        record: Some(record),
        html: rendered.html,
        findings,
    }
}
