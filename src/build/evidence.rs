//! Evidence that names a file of the corpus which isn't there is none.

use super::links::LinkTable;
use crate::audience::Candidate;
use crate::corpus::Attachment;
use crate::diagnostic::{Group, Severity};
use crate::record::Detail;
use crate::record::fields::Reader;
use crate::settings::Gathered;

/// Takes evidence away that isn't there, and says so at its document. Shelf marks and web addresses stay.
pub(super) fn settle(candidates: &mut [Candidate], attachments: &[Attachment], corpora: &[Gathered]) {
    let documents = candidates.iter().map(|candidate| candidate.source.file.clone());
    let files = attachments
        .iter()
        .map(|attachment| attachment.file.clone())
        .chain(documents);
    let folders = corpora.iter().map(|corpus| corpus.prefix.clone()).collect();
    let table = LinkTable::new(Default::default(), files.collect(), folders);
    for candidate in candidates {
        let file = candidate.record.file.clone();
        let Detail::Report(report) = &mut candidate.record.detail else {
            continue;
        };
        let missing = |evidence: &String| names_file(evidence) && table.file(&file, evidence).is_none();
        let mut lines = Vec::new();
        for event in &mut report.adoptions {
            if let Some(evidence) = event.evidence.take_if(|evidence| missing(evidence)) {
                lines.push((event.line, evidence));
            }
        }
        if lines.is_empty() {
            continue;
        }
        let reader = Reader::new(&file, &candidate.source.text, Group::Record);
        for (line, evidence) in lines {
            let place = place(&candidate.source.text, &reader, line, &evidence);
            reader.tell(Severity::Warning, "missing-evidence", &place, &[("path", &evidence)]);
        }
        candidate.findings.extend(reader.finish());
    }
}

/// Where the evidence of an event stands: in its line or one of those after it.
fn place(text: &str, reader: &Reader, line: u32, evidence: &str) -> std::ops::Range<usize> {
    let event = reader.line_text(line);
    let found = text.get(event.start..).and_then(|rest| rest.find(evidence));
    found.map_or(event.clone(), |at| event.start + at..event.start + at + evidence.len())
}

/// Whether evidence is the path of a file: with the ending of one, or from a folder on.
fn names_file(evidence: &str) -> bool {
    let evidence = evidence.trim();
    let address = ["http://", "https://", "www."]
        .iter()
        .any(|start| evidence.starts_with(start));
    let relative = ["./", "../", "附件/"].iter().any(|start| evidence.starts_with(start));
    let ending = evidence.rsplit_once('.').is_some_and(|(stem, ending)| {
        let letters = ending.starts_with(|letter: char| letter.is_ascii_alphabetic());
        !stem.is_empty() && letters && ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    !address && (relative || ending)
}

#[cfg(test)]
mod tests {
    use super::names_file;

    #[test]
    fn paths_are_told_from_shelf_marks_and_addresses() {
        for path in [
            "附件/没有.xlsx",
            "佐证.pdf",
            "../外/证.docx",
            "./批示",
            "附件/批示件",
            r"附件\\证.jpg",
        ] {
            assert!(names_file(path), "{path}");
        }
        for other in [
            "研究室档案 2024-研-001",
            "https://example.cn/a.pdf",
            "档案柜3.2",
            "县委办〔2024〕5号",
            "OA 流程 12.5",
        ] {
            assert!(!names_file(other), "{other}");
        }
    }
}
