//! What attachments hold: one with a secrecy mark is refused, one with personal data doesn't go to the public.

use super::carried;
use super::recall::Recall;
use crate::audience::Audience;
use crate::check::{self, Content};
use crate::corpus::{Attachment, decode};
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::office;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::{self, Cursor, Read};

/// Bytes of an attachment that is read for the privacy check at most.
const LARGEST_READ: u64 = 10 << 20;
/// Bytes of a larger one that are looked at for what it is.
const HEAD: u64 = 4096;
/// Endings of files that are text themselves.
const TEXTS: [&str; 20] = [
    "txt", "csv", "tsv", "json", "log", "ini", "conf", "yaml", "yml", "toml", "vcf", "vcard", "ics", "eml", "srt",
    "tex", "rst", "geojson", "sql", "text",
];
/// Endings of files that are marked up.
const MARKUP: [&str; 4] = ["htm", "html", "xhtml", "xml"];

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
            let refused = findings.iter().any(|finding| carried::REFUSALS.contains(&finding.code));
            let passes = !classified && !refused && (audience == Audience::Internal || !open);
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
    let small = attachment.look.size <= LARGEST_READ;
    let bytes = small.then(|| attachment.read().ok()).flatten();
    // A large file begins like others; a drawing must be read to its end.
    let refusal = match &bytes {
        Some(bytes) => carried::refusal(file, bytes, Cursor::new(bytes)),
        None => attachment
            .open()
            .ok()
            .and_then(|whole| carried::refusal(file, &begins(attachment).unwrap_or_default(), whole)),
    };
    let refusal = refusal.map(|code| Diagnostic::new(Group::Input, Severity::Error, code, file.clone()));
    refusal.into_iter().chain(content(file, bytes)).collect()
}

/// What is found in the words of an attachment; without bytes nobody knows them.
fn content(file: &str, bytes: Option<Vec<u8>>) -> Vec<Diagnostic> {
    let Some(bytes) = bytes else {
        return check::attachment(file, Content::Unknown);
    };
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    // A finding in a text has its line, in an office file none.
    if TEXTS.contains(&&*ending) || MARKUP.contains(&&*ending) {
        search_text(file, bytes, MARKUP.contains(&&*ending))
    } else {
        match office::read(file, &bytes) {
            Ok(said) => check::attachment(file, Content::Said(&said)),
            Err(_) => check::attachment(file, Content::Unknown),
        }
    }
}

fn begins(attachment: &Attachment) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    attachment.open()?.take(HEAD).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn search_text(file: &str, bytes: Vec<u8>, markup: bool) -> Vec<Diagnostic> {
    let content = decode::decode(bytes).ok();
    let content = match &content {
        Some(decoded) if markup => Content::Markup(&decoded.text),
        Some(decoded) => Content::Lines(&decoded.text),
        None => Content::Unknown,
    };
    check::attachment(file, content)
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
