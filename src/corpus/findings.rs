//! What reading a file has to report: its encoding, what was left out of it, and fences of a front matter that don't fit.

use crate::corpus::decode::{Decoded, Undecodable};
use crate::corpus::front::{self, Problem};
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::text::normalize::is_dropped;

/// That a file is not text, or in which line it stops being one.
pub(super) fn undecodable(file: &str, reason: Undecodable) -> Diagnostic {
    match reason {
        Undecodable::Binary => input(Severity::Error, "binary-file", file),
        Undecodable::Broken { line } => input(Severity::Error, "broken-encoding", file).arg("line", line),
        Undecodable::Unknown => input(Severity::Error, "unknown-encoding", file),
    }
}

/// Two U+FFFD that were saved as UTF-8 and read as GBK.
const REPLACED_TWICE: &str = "锟斤拷";

/// How a file was read, where that isn't plain UTF-8, and what was left out of it.
pub(super) fn encoding(file: &str, decoded: &Decoded) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(encoding) = decoded.encoding {
        let (severity, code) = if decoded.doubtful {
            (Severity::Warning, "encoding-doubtful")
        } else {
            (Severity::Note, "encoding")
        };
        found.push(input(severity, code, file).arg("encoding", encoding));
    }
    if let Some(dropped) = decoded.dropped {
        let note = input(Severity::Note, "control-characters", file).at(&decoded.text, dropped.at..dropped.at);
        let first = format!("U+{:04X}", dropped.first as u32);
        found.push(note.arg("count", dropped.count).arg("first", first));
    }
    let mut lost = decoded
        .text
        .match_indices([char::REPLACEMENT_CHARACTER])
        .map(|(at, _)| at);
    let mut read_again = decoded.text.match_indices(REPLACED_TWICE).map(|(at, _)| at);
    let (first, first_again) = (lost.next(), read_again.next());
    if let Some(at) = [first, first_again].into_iter().flatten().min() {
        // Two lost ones are six bytes, which are three characters of GBK.
        let count = first.map_or(0, |_| 1 + lost.count()) + 2 * first_again.map_or(0, |_| 1 + read_again.count());
        let note = input(Severity::Warning, "replacement-characters", file).at(&decoded.text, at..at);
        found.push(note.arg("count", count));
    }
    found
}

/// What is wrong with the fences of a front matter.
pub(super) fn front_problem(file: &str, text: &str, problem: &Problem) -> Diagnostic {
    let error = |code, span| input(Severity::Error, code, file).at(text, span);
    match problem {
        Problem::Unclosed => error("front-matter-unclosed", 0..3),
        Problem::TooLong { lines } => error("front-matter-too-long", 0..3)
            .arg("lines", lines)
            .arg("limit", front::MAX_LINES),
        Problem::Before(place) => {
            error("front-matter-preceded", place.clone()).arg("found", shown(&text[place.clone()]))
        }
        Problem::Fence(place) => error("front-matter-fence", place.clone()).arg("found", &text[place.clone()]),
        Problem::NoFence(place) => error("front-matter-without-fence", place.clone()),
        Problem::EndsEarly(place) => error("front-matter-ends-early", place.clone()),
        Problem::Second(place) => error("front-matter-second", place.clone()),
        Problem::Format(name) => {
            let first = text.chars().next().map_or(0, char::len_utf8);
            error("front-matter-format", 0..first).arg("format", name)
        }
    }
}

/// A text by what is in it that can be seen, or by its characters.
fn shown(text: &str) -> String {
    let visible: String = text.chars().filter(|letter| !letter.is_whitespace()).take(20).collect();
    let is_seen = |letter: char| !is_dropped(letter);
    if visible.chars().any(is_seen) {
        return format!(
            "“{}”",
            visible.chars().filter(|letter| is_seen(*letter)).collect::<String>()
        );
    }
    let mut names: Vec<String> = Vec::new();
    for letter in text.chars() {
        let name = format!("U+{:04X}", letter as u32);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" ")
}

/// A finding about a file as it was found.
pub(super) fn input(severity: Severity, code: &'static str, file: &str) -> Diagnostic {
    Diagnostic::new(Group::Input, severity, code, file)
}
