//! What attachments hold: one with a secrecy mark is refused, one with personal data doesn't go to the public.

use super::recall::Recall;
use crate::audience::Audience;
use crate::check::{self, Content};
use crate::corpus::{Attachment, decode};
use crate::diagnostic::{Diagnostic, Severity};
use crate::office;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Bytes of an attachment that is read for the privacy check at most.
const LARGEST_READ: u64 = 10 << 20;
/// Endings of files that are text themselves.
const TEXTS: [&str; 8] = ["txt", "csv", "tsv", "htm", "html", "json", "xml", "svg"];

/// Judges attachments: those that pass, and what was found.
pub(super) fn judge(
    attachments: Vec<Attachment>,
    audience: Audience,
    recall: &Recall,
) -> (Vec<Attachment>, Vec<Diagnostic>) {
    let judged: Vec<_> = attachments
        .into_par_iter()
        .map(|attachment| {
            let findings = look_into(&attachment, recall);
            let open = findings.iter().any(|finding| finding.severity != Severity::Note);
            let classified = findings.iter().any(|finding| finding.code == "classified");
            let passes = !classified && (audience == Audience::Internal || !open);
            (passes.then_some(attachment), findings)
        })
        .collect();
    let (passed, findings): (Vec<_>, Vec<_>) = judged.into_iter().unzip();
    (
        passed.into_iter().flatten().collect(),
        findings.into_iter().flatten().collect(),
    )
}

/// What public documents lead to is held to what they are held to: personal data in it is an error.
pub(super) fn raise(diagnostics: &mut [Diagnostic], public: &BTreeSet<&str>) {
    let of_public = diagnostics.iter_mut().filter(|finding| public.contains(&*finding.file));
    for finding in of_public.filter(|finding| finding.severity == Severity::Warning) {
        finding.severity = Severity::Error;
    }
}

fn look_into(attachment: &Attachment, recall: &Recall) -> Vec<Diagnostic> {
    let search = || search(attachment);
    recall.searched.get(&attachment.path, attachment.look, search)
}

fn search(attachment: &Attachment) -> Vec<Diagnostic> {
    let file = &attachment.file;
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_text = TEXTS.contains(&&*ending);
    let readable = is_text || office::is_one(&ending);
    let small = attachment.look.size <= LARGEST_READ;
    let bytes = (readable && small).then(|| attachment.read().ok());
    let Some(bytes) = bytes.flatten() else {
        return check::attachment(file, Content::Unknown);
    };
    match is_text {
        true => search_text(file, &bytes),
        false => search_office(file, &ending, &bytes),
    }
}

fn search_text(file: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let decoded = decode::decode(bytes.to_vec()).ok();
    let text = decoded.as_ref().map(|decoded| Content::Lines(&decoded.text));
    check::attachment(file, text.unwrap_or(Content::Unknown))
}

fn search_office(file: &str, ending: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let text = office::text(ending, bytes).ok().flatten();
    let said = text.as_ref().map(|text| Content::Said {
        text: &text.lines,
        unread: text.unread,
    });
    check::attachment(file, said.unwrap_or(Content::Unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Look;
    use crate::disk::Inside;
    use std::fs::{self, File};
    use std::sync::Arc;

    #[test]
    fn a_file_that_was_written_is_searched_again_though_its_date_and_size_did_not_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut recall = Recall::keeping();
        let mut found = |text: &str| {
            let written = path.metadata().and_then(|data| data.modified());
            fs::write(&path, text).unwrap();
            if let Ok(written) = written {
                File::options()
                    .write(true)
                    .open(&path)
                    .unwrap()
                    .set_modified(written)
                    .unwrap();
            }
            recall.forget(&path);
            let attachment = Attachment {
                file: "a.txt".into(),
                path: path.clone(),
                inside: Arc::new(Inside::of(folder.path()).unwrap()),
                below: "a.txt".into(),
                look: Look::from(&path.metadata().unwrap()),
            };
            let (passed, findings) = judge(vec![attachment], Audience::Public, &recall);
            recall.settle();
            let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
            (passed.len(), codes)
        };
        let harmless = (1, vec![]);
        let phone = (0, vec!["privacy-mobile"]);
        assert_eq!(found("电话 10000000000"), harmless);
        assert_eq!(found("电话 13800138000"), phone);
        assert_eq!(found("电话 13800138000"), phone);
        assert_eq!(found("电话 10000000000"), harmless);
    }
}
