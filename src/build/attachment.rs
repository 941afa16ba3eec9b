//! What attachments hold: one with a secrecy mark is refused, one with personal data doesn't go to the public.

use crate::audience::Audience;
use crate::check::{self, Content};
use crate::corpus::{Attachment, decode};
use crate::diagnostic::{Diagnostic, Severity};
use crate::office;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Bytes of an attachment that is read for the privacy check at most.
const LARGEST_READ: u64 = 10 << 20;

/// Judges attachments: those that pass, and what was found.
pub(super) fn judge(attachments: Vec<Attachment>, audience: Audience) -> (Vec<Attachment>, Vec<Diagnostic>) {
    let judged: Vec<_> = attachments
        .into_par_iter()
        .map(|attachment| {
            let findings = look_into(&attachment);
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

fn look_into(attachment: &Attachment) -> Vec<Diagnostic> {
    const TEXTS: [&str; 8] = ["txt", "csv", "tsv", "htm", "html", "json", "xml", "svg"];
    let file = &attachment.file;
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let small = std::fs::metadata(&attachment.path).is_ok_and(|data| data.len() <= LARGEST_READ);
    let bytes = || std::fs::read(&attachment.path).ok().filter(|_| small);
    if TEXTS.contains(&&*ending) {
        let decoded = bytes().and_then(|bytes| decode::decode(bytes).ok());
        let text = decoded.as_ref().map(|decoded| Content::Lines(&decoded.text));
        return check::attachment(file, text.unwrap_or(Content::Unknown));
    }
    let text = match office::is_one(&ending) {
        true => bytes().and_then(|bytes| office::text(&ending, &bytes).ok().flatten()),
        false => None,
    };
    match text {
        Some(text) => check::attachment(
            file,
            Content::Said {
                text: &text.lines,
                unread: text.unread,
            },
        ),
        None => check::attachment(file, Content::Unknown),
    }
}
