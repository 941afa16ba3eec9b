//! Puts the rules together: for a passage, for a passage after what introduces it, for the row of a table.

use super::form::{self, Form, Ornament};
use super::{Finding, address, cue, landline, listed, name, numbers, papers, prior, school, title, words};
use crate::reading::{Passage, What};
use crate::text::Traced;
use crate::text::normalize::fold;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Letters and digits from which on a text may hold an account or a telephone that something else introduces.
const SHORTEST_ACCOUNT: usize = 5;

/// Rules for numbers that may have as many digits as a day.
const MAY_BE_DAYS: [&str; 4] = [
    "privacy-landline",
    "privacy-account",
    "privacy-paper",
    "privacy-passport",
];

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
    let mut by_form = form::may_hold_data(text);
    let disguised = form::is_disguised(text);
    let has_title = text.contains('案') && may_be_title(passage);
    let mut hits = Hits::default();
    let mentions = text.contains('案') && title::may_be_mentioned(text);
    if by_form || disguised || has_title || mentions || cue::stands_in(text) {
        let form = Form::new(text);
        by_form = by_form || (disguised && form::may_hold_data(&form.text));
        hits.take(&form, all(&form, by_form));
        if has_title {
            hits.take(&form, title::in_title(&form, title_start(&form)));
        }
        if mentions {
            hits.take(&form, title::in_prose(&form));
        }
        if disguised && by_form {
            let form = Form::introduced("", text, Ornament::Separator);
            hits.take(&form, all(&form, true));
        }
    }
    let has_letters = || {
        let mut letters = text.chars().filter(|it| !is_han(*it) && it.is_alphanumeric());
        letters.nth(SHORTEST_ACCOUNT - 1).is_some()
    };
    let is_figure = || {
        let mut cues = passage.cues.iter();
        cues.any(|cue| introduces_figure(cue) && !cue::introduces(cue))
    };
    let introductions = passage.cues.iter().map(|it| plain(it)).filter(|it| cue::introduces(it));
    for introduction in introductions {
        let introduction: String = introduction.chars().map(fold).collect();
        let introduction = cue::up_to_last(&introduction);
        if introduction.is_empty() {
            continue;
        }
        let form = Form::introduced(introduction, text, Ornament::Digit);
        let mut found = all(&form, by_form || has_letters());
        if !found.is_empty() && is_figure() {
            found.retain(|found| !matches!(found.code, "privacy-landline" | "privacy-account"));
        }
        hits.take(&form, found);
    }
    hits.found.into_values().collect()
}

/// Whether a key or header says that figures stand here, whatever stands beside them: 金额（元）, amount.
fn introduces_figure(cue: &str) -> bool {
    const FIGURES: [&str; 20] = [
        "日期",
        "时间",
        "金额",
        "数额",
        "数量",
        "件数",
        "人数",
        "面积",
        "序号",
        "编号",
        "单号",
        "文号",
        "案号",
        "产值",
        "date",
        "amount",
        "people",
        "number",
        "issued",
        "delivered",
    ];
    let cue = cue.split(['(', '（']).next().unwrap_or_default().trim().to_lowercase();
    FIGURES.iter().any(|figure| cue.ends_with(figure))
}

/// A text that introduces another one, in the normal form where it may be written in another.
fn plain(text: &str) -> Cow<'_, str> {
    if form::is_disguised(text) {
        Cow::Owned(Form::new(text).text)
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a passage may be the title of a case: a title itself, or a short value, item or cell.
fn may_be_title(passage: &Passage) -> bool {
    const LONGEST: usize = 40;
    let is_short = || passage.text.text().chars().nth(LONGEST).is_none();
    match passage.what {
        What::Title | What::Heading(_) | What::Name => true,
        What::Value | What::Item | What::Cell { .. } => is_short(),
        // A line that heads what follows without being marked as a heading.
        What::Paragraph => passage.text.text().trim_end().ends_with('案') && is_short(),
        _ => false,
    }
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
    // A table of one column holds a number below each other: it is read as a row.
    let mut columns: BTreeMap<usize, Vec<&Passage>> = BTreeMap::new();
    for (&(table, _), row) in &rows {
        columns.entry(table).or_default().extend(row);
    }
    let heights = |table: usize| rows.range((table, 0)..(table + 1, 0)).count();
    columns.retain(|&table, cells| cells.len() == heights(table));
    let all = rows.values().chain(columns.values());
    all.filter(|row| row.len() > 1).flat_map(|row| in_row(row)).collect()
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
            .filter(|it| told || it.code == "privacy-id-number" || has_zero(&form.slice(&it.span)))
            .collect(),
    );
    hits.take(&form, landline::in_row(&form).into_iter().collect());
    let crosses = |hit: &Hit| borders.iter().any(|border| hit.bytes.contains(border));
    hits.found
        .into_values()
        .filter(crosses)
        .map(|hit| (joined.clone(), hit))
        .collect()
}

/// Whether a cell but the first begins with a zero, as the groups of a number do and figures don't: 138 | 0013 | 8000.
fn has_zero(number: &str) -> bool {
    let cells: Vec<&str> = number.split('|').collect();
    cells.len() == 3 && cells.iter().skip(1).any(|cell| cell.trim().starts_with('0')) && cells[0].trim().len() == 3
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
                let mut text = form.slice(&finding.span);
                if finding.code == name::CODE && text.chars().any(is_han) {
                    // 张　建国 is set wide.
                    text.retain(|sign| sign != ' ');
                }
                let hit = Hit {
                    code: finding.code,
                    text,
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
        all.retain(|found| !(MAY_BE_DAYS.contains(&found.code) && numbers::is_date(&form.slice(&found.span))));
    }
    for cue in cue::find(&form.text) {
        let (start, end) = (form.character_at(cue.bytes.start), form.character_at(cue.bytes.end));
        match cue.of {
            cue::Of::Name { strong } => {
                // What another passage introduces must end like a name.
                all.extend(listed::after(form, end, strong && end > form.start));
                let named = prior::of_identity(form, start);
                all.extend(named.into_iter().flat_map(|at| listed::after(form, at, true)));
                let bracket = prior::bracket_of(form, start);
                let comma = || prior::is_apposition(form, &(start..end)).then(|| start - 1);
                let legal = strong || cue::is_legal(&form.text[cue.bytes.clone()]);
                let subject = || prior::subject_of(form, start).filter(|_| legal);
                let ends = bracket.or_else(comma).or_else(subject);
                all.extend(ends.into_iter().flat_map(|at| prior::before(form, at)));
            }
            cue::Of::Aside => all.extend(prior::before(form, start)),
            cue::Of::Company => {
                // 纠集了李志强
                let end = end + usize::from(form.at(end) == Some('了'));
                all.extend(listed::after(form, end, name::is_usual_at(form, end)));
            }
            cue::Of::Harm => all.extend(prior::object_of(form, start)),
            cue::Of::Address => all.extend(address::list(form, end)),
            cue::Of::School => all.extend(school::around(form, start..end)),
            cue::Of::Nothing => {}
        }
    }
    all
}

/// The first letter of a title, past numbers, dates, quotes and what titles begin with: 2024-03-05-张伟盗窃案, 关于张伟盗窃案.
fn title_start(form: &Form) -> usize {
    const LEADS: [&str; 9] = ["关于对", "关于", "对", "办理", "评析", "浅析", "浅谈", "从", "以"];
    // 案例/张伟盗窃案: the title is the last part of a path.
    let folders = form
        .characters
        .iter()
        .rposition(|&sign| sign == '/')
        .map_or(0, |at| at + 1);
    let mut start = folders;
    loop {
        let signs = form.characters[start..]
            .iter()
            .take_while(|character| !character.is_alphabetic() || "年月日第".contains(**character));
        let next = past_ordinal(form, start + signs.count());
        if next == start {
            break;
        }
        start = next;
    }
    let lead = LEADS.iter().map(|lead| lead.chars().count()).find(|&length| {
        let end = (start + length).min(form.characters.len());
        LEADS.contains(&&*form.slice(&(start..end)))
    });
    start + lead.unwrap_or_default()
}

/// The place past what counts a case among others: 案例一, 典型案例之二, 一、, （三）.
fn past_ordinal(form: &Form, at: usize) -> usize {
    const WORDS: [&str; 6] = ["典型案例", "指导性案例", "指导案例", "案例", "事例", "例"];
    let length = |word: &&str| word.chars().count();
    let word = WORDS
        .iter()
        .find(|word| form.slice(&(at..(at + length(word)).min(form.characters.len()))) == **word);
    let from = at + word.map_or(0, length);
    let from = from + usize::from(word.is_some() && form.at(from).is_some_and(|it| "之第".contains(it)));
    let rest = &form.characters[from..];
    let digits = rest
        .iter()
        .take_while(|it| it.is_ascii_digit() || "一二三四五六七八九十".contains(**it))
        .count();
    let separated = rest.get(digits).is_some_and(|it| "、.:) -".contains(*it));
    if digits > 0 && (separated || word.is_some()) {
        from + digits
    } else {
        at
    }
}
