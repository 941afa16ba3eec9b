//! Puts the rules together: for a passage, for a passage after what introduces it, for the row of a table.

use super::form::{self, Form, Ornament};
use super::{Finding, address, cue, landline, name, numbers, papers, school, words};
use crate::reading::{Passage, What};
use crate::text::Traced;
use std::collections::BTreeMap;
use std::ops::Range;

/// Letters and digits from which on a text may hold an account or a telephone that something else introduces.
const SHORTEST_ACCOUNT: usize = 5;

/// Something that was found in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// Its rule.
    pub code: &'static str,
    /// Its bytes in the passage's text.
    pub bytes: Range<usize>,
    /// It in the normal form.
    pub text: String,
    /// Whether it may hold a character too many.
    pub open_ended: bool,
}

/// What one passage holds, in order. Where two rules find the same characters, the surer one counts.
pub(super) fn passage(passage: &Passage) -> Vec<Hit> {
    let text = passage.text.text();
    let by_form = form::may_hold_data(text);
    let disguised = form::is_disguised(text);
    let has_title = matches!(passage.what, What::Title | What::Heading | What::Name) && text.contains('案');
    let mut hits = Hits::default();
    if by_form || disguised || has_title || !cue::find(text).is_empty() {
        let form = Form::new(text);
        hits.take(&form, all(&form, by_form));
        if has_title {
            hits.take(&form, name::in_title(&form, title_start(&form)));
        }
        if disguised && by_form {
            let form = Form::introduced("", text, Ornament::Separator);
            hits.take(&form, all(&form, true));
        }
    }
    let letters = text.chars().filter(|it| it.is_alphanumeric() && !is_han(*it)).count();
    for introduction in passage.cues.iter().filter(|it| cue::introduces(it)) {
        let form = Form::introduced(introduction, text, Ornament::Digit);
        hits.take(&form, all(&form, by_form || letters >= SHORTEST_ACCOUNT));
    }
    hits.found.into_values().collect()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}')
}

/// The rows of tables over whose borders a number goes on, with what was found there.
pub(super) fn rows(passages: &[Passage]) -> Vec<(Passage, Hit)> {
    let mut rows: BTreeMap<(usize, usize), Vec<&Passage>> = BTreeMap::new();
    for passage in passages {
        if let What::Cell { table, row } = passage.what {
            rows.entry((table, row)).or_default().push(passage);
        }
    }
    let several = rows.into_values().filter(|row| row.len() > 1);
    several.flat_map(|row| in_row(&row)).collect()
}

fn in_row(row: &[&Passage]) -> Vec<(Passage, Hit)> {
    let digits = |passage: &&Passage| passage.text.text().chars().filter(|it| it.is_numeric()).count();
    if row.iter().map(digits).sum::<usize>() < 11 {
        return Vec::new();
    }
    let mut text = Traced::default();
    let mut borders = Vec::new();
    for passage in row {
        text.append(&passage.text);
        borders.push(text.text().len());
        text.push("|", text.end()..text.end());
    }
    let form = Form::new(text.text());
    // Three cells of a table of figures may look like a telephone: only a word makes one of them.
    let words = row
        .iter()
        .flat_map(|passage| passage.cues.iter().map(String::as_str).chain([passage.text.text()]));
    let told = words.into_iter().any(cue::introduces);
    let joined = Passage {
        text: text.clone(),
        what: What::Cell { table: 0, row: 0 },
        cues: Vec::new(),
    };
    let mut hits = Hits::default();
    hits.take(
        &form,
        numbers::find(&form)
            .into_iter()
            .filter(|it| told || it.code == "privacy-id-number")
            .collect(),
    );
    let crosses = |hit: &Hit| borders.iter().any(|border| hit.bytes.contains(border));
    hits.found
        .into_values()
        .filter(crosses)
        .map(|hit| (joined.clone(), hit))
        .collect()
}

/// What was found so far, by its place.
#[derive(Default)]
struct Hits {
    found: BTreeMap<usize, Hit>,
}

impl Hits {
    /// Takes what stands in the text itself and where nothing else was found.
    fn take(&mut self, form: &Form, findings: Vec<Finding>) {
        for finding in findings {
            if finding.span.start < form.start || finding.span.is_empty() {
                continue;
            }
            let bytes = form.bytes(&finding.span);
            // Findings don't overlap, so only the last one that begins before the end can be in the way.
            let neighbour = self.found.range(..bytes.end).next_back();
            if neighbour.is_none_or(|(_, other)| other.bytes.end <= bytes.start) {
                let hit = Hit {
                    code: finding.code,
                    text: form.slice(&finding.span),
                    bytes: bytes.clone(),
                    open_ended: finding.open_ended,
                };
                self.found.insert(bytes.start, hit);
            }
        }
    }
}

/// What the rules find in a form, the surest first.
fn all(form: &Form, by_form: bool) -> Vec<Finding> {
    let mut all = Vec::new();
    if by_form {
        all.extend(numbers::find(form));
        all.extend(papers::find(form));
        all.extend(landline::find(form));
        all.extend(words::find(form));
    }
    for cue in cue::find(&form.text) {
        let (start, end) = (form.character_at(cue.bytes.start), form.character_at(cue.bytes.end));
        match cue.of {
            cue::Of::Name { strong } => {
                // What another passage introduces must end like a name.
                all.extend(name::after(form, end, strong && end > form.start));
                let bracket = start.checked_sub(1).filter(|&at| "([【".contains(form.characters[at]));
                all.extend(bracket.and_then(|at| name::before(form, at)));
            }
            cue::Of::Aside => all.extend(name::before(form, start)),
            cue::Of::Address => all.extend(address::after(form, end)),
            cue::Of::School => all.extend(school::around(form, start..end)),
        }
    }
    all
}

/// The first letter of a title, past numbers, dates and quotes: 2024-03-05-张伟盗窃案.
fn title_start(form: &Form) -> usize {
    let before = form
        .characters
        .iter()
        .take_while(|character| !character.is_alphabetic() || "年月日第".contains(**character));
    before.count()
}
