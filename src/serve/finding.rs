//! Findings as pages and forms show them.

use super::link::desk_link;
use crate::author::Composed;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::{Catalogue, Lang};
use crate::record::keys::{self, Key};
use serde::Serialize;

/// A finding on a page.
#[derive(Serialize)]
pub(super) struct Shown {
    severity: Severity,
    place: Option<String>,
    href: Option<String>,
    message: String,
    help: String,
}

/// A finding as a page shows it, with a link to its line where the file can be edited at `edit`.
pub(super) fn shown(finding: &Diagnostic, edit: Option<&str>, lang: Lang) -> Shown {
    let line = finding.position.map(|position| position.line);
    Shown {
        severity: finding.severity,
        place: line.map(|line| at("desk.at.line", line, lang)),
        href: line.and_then(|line| edit.map(|edit| format!("{edit}&line={line}"))),
        message: finding.message(lang),
        help: finding.help(lang),
    }
}

/// The findings of a file, errors first, else in their order.
pub(super) fn weightiest_first<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<&'a Diagnostic> {
    let mut all: Vec<_> = findings.collect();
    all.sort_by_key(|finding| finding.severity);
    all
}

/// A finding in a form.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    severity: Severity,
    /// The field that it concerns; `None` for the whole.
    field: Option<String>,
    /// Line of the field's text, from 1.
    line: Option<u32>,
    place: Option<String>,
    /// The form in which the place can be edited, where it isn't this one.
    href: Option<String>,
    message: String,
    help: String,
}

impl Problem {
    fn of(finding: &Diagnostic, lang: Lang) -> Self {
        Self {
            severity: finding.severity,
            field: None,
            line: None,
            place: None,
            href: None,
            message: finding.message(lang),
            help: finding.help(lang),
        }
    }

    /// In the words of a form: its fields have names, and no keys.
    fn in_form(mut self, finding: &Diagnostic, lang: Lang) -> Self {
        let words = Catalogue::of(lang);
        let own = |key: String| {
            let text = words.format(&key, &finding.args);
            (text != key).then_some(text)
        };
        let code = finding.code;
        self.message = own(format!("desk.said.{code}")).unwrap_or(self.message);
        self.help = own(format!("desk.help.{code}")).unwrap_or(self.help);
        self
    }

    /// An error of one field that is none of its document.
    pub(super) fn error(field: &str, message: String) -> Self {
        Self {
            severity: Severity::Error,
            field: Some(field.to_owned()),
            line: None,
            place: None,
            href: None,
            message,
            help: String::new(),
        }
    }

    fn in_text(mut self, field: &str, key: &str, line: u32, lang: Lang) -> Self {
        self.field = Some(field.to_owned());
        self.line = Some(line);
        self.place = Some(at(key, line, lang));
        self
    }

    /// Whether it keeps the document from being saved as more than a draft.
    pub(super) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sees to it that a field has an error: what is wrong with it, else this.
pub(super) fn insist(problems: &mut Vec<Problem>, field: &str, message: &str) {
    let of_field = |problem: &Problem| problem.field.as_deref() == Some(field);
    if !problems.iter().any(|problem| of_field(problem) && problem.is_error()) {
        problems.retain(|problem| !of_field(problem));
        problems.insert(0, Problem::error(field, message.to_owned()));
    }
}

/// The findings about a text that was composed from the fields of a form.
pub(super) fn of_form(findings: &[Diagnostic], composed: &Composed, lang: Lang) -> Vec<Problem> {
    let one = |finding: &Diagnostic| {
        let mut problem = Problem::of(finding, lang).in_form(finding, lang);
        if finding.code == "missing-title" {
            // What a file would be called instead does not concern a form.
            Catalogue::of(lang)
                .get("desk.needs.title")
                .clone_into(&mut problem.message);
            problem.help.clear();
        }
        // What isn't there has no line of its own.
        let missing = finding.code.strip_prefix("missing-");
        let missing = missing.map(|key| key.trim_end_matches("-unknown").replace('-', "_"));
        let line = finding.position.map(|position| position.line);
        match (line, missing) {
            (Some(line), _) if line >= composed.body_line => {
                problem.in_text("body", "desk.at.body", line - composed.body_line + 1, lang)
            }
            (_, Some(key)) => Problem {
                field: Some(key),
                ..problem
            },
            (Some(line), None) => Problem {
                field: composed.lines.get(&line).cloned(),
                ..problem
            },
            (None, None) => problem,
        }
    };
    weightiest_first(findings.iter()).into_iter().map(one).collect()
}

/// The findings about a document whose front matter and body are edited as text.
pub(super) fn of_text(findings: &[Diagnostic], source: &Source, lang: Lang) -> Vec<Problem> {
    let (front, body) = first_lines(source);
    let one = |finding: &Diagnostic| {
        let problem = Problem::of(finding, lang);
        match finding.position.map(|position| position.line) {
            Some(line) if line >= body => problem.in_text("body", "desk.at.body", line - body + 1, lang),
            Some(line) if front > 0 => {
                problem.in_text("front", "desk.at.front", (line + 1).saturating_sub(front).max(1), lang)
            }
            _ => problem,
        }
    };
    weightiest_first(findings.iter()).into_iter().map(one).collect()
}

/// The numbers of the lines that front matter and body begin in; 0 without a front matter.
pub(super) fn first_lines(source: &Source) -> (u32, u32) {
    let line = |at: usize| crate::diagnostic::position_of(&source.text, at).line;
    (
        source.front.as_ref().map_or(0, |front| line(front.start)),
        line(source.body.start),
    )
}

/// The findings about an entry: each at the field whose key stands in its line; one in the body, which the entry leaves
/// as it is in `old`, with a link to its line there.
pub(super) fn of_entry(findings: &[Diagnostic], new: &Source, old: &Source, table: &[Key], lang: Lang) -> Vec<Problem> {
    let (_, body) = first_lines(new);
    let (_, old_body) = first_lines(old);
    let one = |finding: &Diagnostic| {
        let problem = Problem::of(finding, lang).in_form(finding, lang);
        let number = finding.position.map(|position| position.line);
        if let Some(number) = number.filter(|&number| number >= body) {
            let href = format!("/{}&line={}", desk_link("edit", &old.file), number - body + old_body);
            return Problem {
                place: Some(at("desk.at.body", number - body + 1, lang)),
                href: Some(href),
                ..problem
            };
        }
        let line = number.and_then(|number| new.text.lines().nth(number as usize - 1));
        let key = line.and_then(|line| line.trim_start_matches([' ', '-']).split_once(':'));
        let key = match finding.code {
            // Found at the entry as a whole.
            "authority-is-a-person" => Some("authority"),
            "public-against-review" => Some("result"),
            "public-minors-crime" | "public-internal-mark" => Some("visibility"),
            _ => key.and_then(|(key, _)| keys::find(key.trim(), table.iter())),
        };
        Problem {
            field: key.map(str::to_owned),
            ..problem
        }
    };
    weightiest_first(findings.iter()).into_iter().map(one).collect()
}

fn at(key: &str, line: u32, lang: Lang) -> String {
    Catalogue::of(lang).format(key, &[("line", line.to_string())])
}
