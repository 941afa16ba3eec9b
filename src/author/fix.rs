//! Changes that have one right answer: a misspelt key, a date in another form, 六角括号, masks.
//!
//! [`fixes`] and [`fixed`] are pure; [`write()`] puts the result in the place of the file.

use super::AuthorError;
use super::file::{Edit, Original, Undo};
use super::front::{Front, Scalar};
use super::mask;
use super::register::Mode;
use super::yaml_text::scalar;
use crate::check;
use crate::corpus::Source;
use crate::corpus::decode::decode;
use crate::diagnostic::{Diagnostic, Severity, position_of};
use crate::reading::Reading;
use crate::record;
use crate::record::date::Day;
use crate::settings::Settings;
use crate::text::numeral;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

/// A change with the rule that asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The rule.
    pub code: &'static str,
    /// Byte range in the source's text.
    pub at: Range<usize>,
    /// What takes its place.
    pub new: String,
}

/// What became of the changes of a document.
#[derive(Debug, Default)]
pub struct Fixed {
    /// Those that were made.
    pub made: Vec<Fix>,
    /// Those that were not: they would have brought in another fault, or changed more than their place.
    pub left: Vec<Fix>,
    /// The text with those that were made.
    pub text: String,
    /// How they are taken back; nothing where nothing was written.
    pub undo: Option<Undo>,
}

/// What can be fixed of the findings about a document, in order, without overlaps.
pub fn fixes(source: &Source, findings: &[Diagnostic]) -> Vec<Fix> {
    let own: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.file == source.file).collect();
    let mut by_start: BTreeMap<usize, Fix> = BTreeMap::new();
    let front = Front::of(source).ok().flatten();
    let single = own.iter().filter_map(|finding| fix(source, front.as_ref(), finding));
    let private = own.iter().any(|finding| finding.code.starts_with("privacy-"));
    let masks = if private { mask::masks(source, &own) } else { Vec::new() };
    for fix in single.chain(masks) {
        let before = by_start.range(..fix.at.end).next_back();
        if before.is_none_or(|(_, other)| other.at.end <= fix.at.start) {
            by_start.insert(fix.at.start, fix);
        }
    }
    by_start.into_values().collect()
}

/// The text with the changes made.
pub fn fixed(text: &str, fixes: &[Fix]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for fix in fixes {
        out += &text[done..fix.at.start];
        out += &fix.new;
        done = fix.at.end;
    }
    out + &text[done..]
}

/// Writes the changes into the file, every other byte as it is, and tells those that were made and those that were not:
/// by which the document would get a finding that it doesn't have.
///
/// # Errors
/// Where the file can't be read or written, or somebody else has written it since.
pub fn write(
    corpus: &Path,
    source: &Source,
    fixes: Vec<Fix>,
    around: &Surroundings,
    mode: Mode,
) -> Result<Fixed, AuthorError> {
    let made = harmless(source, fixes.clone(), around);
    let left = fixes.into_iter().filter(|fix| !made.contains(fix)).collect();
    let text = fixed(&source.text, &made);
    let mut fixed = Fixed {
        made,
        left,
        text,
        undo: None,
    };
    if fixed.made.is_empty() || mode == Mode::DryRun {
        return Ok(fixed);
    }
    let original = Original::open(corpus, &source.file)?;
    let unfit = || AuthorError::Encoding(source.file.clone());
    let there = decode(original.bytes().to_vec()).map_err(|_| unfit())?.text;
    if there != source.text {
        return Err(AuthorError::Changed(corpus.join(&source.file)));
    }
    let edits: Vec<Edit> = fixed
        .made
        .iter()
        .map(|fix| Edit {
            at: fix.at.clone(),
            text: fix.new.clone(),
        })
        .collect();
    let bytes = original.changed(source, &edits).ok_or_else(unfit)?;
    // An encoding that lacks the new characters would have written others.
    if decode(bytes.clone()).map_err(|_| unfit())?.text != fixed.text {
        return Err(unfit());
    }
    fixed.undo = Some(original.replace(&source.file, &bytes)?);
    Ok(fixed)
}

/// The changes that bring in no finding and change nothing but their place, one by one.
pub(crate) fn harmless(source: &Source, fixes: Vec<Fix>, around: &Surroundings) -> Vec<Fix> {
    let trial = Trial::of(source, around);
    if trial.takes(&fixes) {
        return fixes;
    }
    // What masks people and numbers is often much, and rarely what does harm.
    let (mut good, others): (Vec<Fix>, Vec<Fix>) = fixes.into_iter().partition(|fix| fix.code.starts_with("privacy-"));
    let others = if trial.takes(&good) {
        others
    } else {
        std::mem::take(&mut good).into_iter().chain(others).collect()
    };
    for fix in others {
        let at = good.partition_point(|other| other.at.start < fix.at.start);
        good.insert(at, fix);
        if !trial.takes(&good) {
            good.remove(at);
        }
    }
    good
}

/// What a changed document is judged by.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The site's settings.
    pub settings: &'a Settings,
    /// Reference day.
    pub now: Date,
    /// Whether the corpus has a document of this id.
    pub has: &'a dyn Fn(&str) -> bool,
}

/// A document on which changes are tried.
struct Trial<'a> {
    source: &'a Source,
    around: &'a Surroundings<'a>,
    /// What there is to say of it.
    before: Vec<Told>,
}

/// A finding wherever it stands.
struct Told {
    code: &'static str,
    args: Vec<(&'static str, String)>,
    line: Option<u32>,
}

impl<'a> Trial<'a> {
    fn of(source: &'a Source, around: &'a Surroundings<'a>) -> Self {
        let mut trial = Self {
            source,
            around,
            before: Vec::new(),
        };
        trial.before = trial.told(source);
        trial
    }

    /// Whether these changes bring in nothing that was not there, and mean what the text meant but for their places.
    fn takes(&self, fixes: &[Fix]) -> bool {
        let old = self.source;
        let text = fixed(&old.text, fixes);
        let new = Source::of(old.id.clone(), old.file.clone(), text);
        let stays = match (&old.front, &new.front) {
            (Some(_), Some(_)) => {
                // A number that must not be read must not be read where it is used again.
                let place = |fix: &Fix| (fix.at.clone(), fix.code.starts_with("privacy-"));
                Front::changes_only(old, &new, &fixes.iter().map(place).collect::<Vec<_>>())
            }
            (old, new) => old.is_none() && new.is_none(),
        };
        // Where something is masked, a finding that quotes it says another text, and is the same.
        let masks = fixes.iter().filter(|fix| fix.code.starts_with("privacy-"));
        let masked: BTreeSet<u32> = masks.map(|fix| position_of(&old.text, fix.at.start).line).collect();
        let after = self.told(&new);
        let before = counted(&self.before, &masked);
        let mut now = counted(&after, &masked).into_iter();
        stays && now.all(|(told, count)| before.get(&told).is_some_and(|before| count <= *before))
    }

    /// Errors and warnings, and references that lead nowhere. (A note says how something was read, and a key that is put
    /// right is read.)
    fn told(&self, source: &Source) -> Vec<Told> {
        let Surroundings { settings, now, has } = *self.around;
        let (record, mut found) = record::read_within(source, &settings.folders);
        found.extend(check::record(source, &Reading::of(source), &record, settings, now));
        let grave = found.into_iter().filter(|finding| finding.severity < Severity::Note);
        let told = grave.map(|finding| Told {
            code: finding.code,
            line: finding.position.map(|position| position.line),
            args: finding.args,
        });
        let nowhere = check::referenced(&record).filter(|id| !has(id)).map(|id| Told {
            code: check::UNKNOWN_REFERENCE,
            line: None,
            args: vec![("id", id.to_owned())],
        });
        told.chain(nowhere).collect()
    }
}

/// What makes two findings the same: the rule, the line where that counts, and what else they say.
type Same<'t> = (&'static str, Option<u32>, &'t [(&'static str, String)]);

/// How often each finding is told: by what it says, in the lines that are masked by where it stands.
fn counted<'t>(all: &'t [Told], masked: &BTreeSet<u32>) -> BTreeMap<Same<'t>, usize> {
    let mut counts = BTreeMap::new();
    for told in all {
        let line = told.line.filter(|line| masked.contains(line));
        let args: &[(&'static str, String)] = if line.is_some() { &[] } else { &told.args };
        *counts.entry((told.code, line, args)).or_default() += 1;
    }
    counts
}

/// The change for one finding at its place.
fn fix(source: &Source, front: Option<&Front>, finding: &Diagnostic) -> Option<Fix> {
    let at = finding.span.clone()?;
    let arg = |name: &str| {
        let found = finding.args.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    };
    // A value of the front matter keeps its quotes, its anchor and its comment, and a list in a text its other words.
    let value = |written: &str, right: &str| front?.reworded(&at, written, &said(right));
    let (at, new) = match finding.code {
        "unknown-key" => {
            let key = likely(arg("key")?, arg("nearest")?)?;
            let quote = source
                .text
                .get(at.clone())?
                .chars()
                .next()
                .filter(|sign| "'\"".contains(*sign));
            let quote = quote.map_or_else(String::new, String::from);
            (at.clone(), format!("{quote}{key}{quote}"))
        }
        "unknown-value" | "unknown-term" => {
            let written = arg("value")?;
            value(written, likely(written, arg("nearest")?)?)?
        }
        "full-width-colon" => {
            let spaced = source.text[at.end..].starts_with([' ', '\n', '\r']);
            (at.clone(), if spaced { ":" } else { ": " }.to_owned())
        }
        "number-brackets" => front?.restyled(&at, &said(arg("right")?))?,
        "not-a-date" => {
            let written = arg("value")?;
            let day = day(written)?.to_string();
            let plain = Scalar {
                text: day.clone(),
                yaml: day,
            };
            front?.reworded(&at, written, &plain)?
        }
        _ => return None,
    };
    Some(Fix {
        code: finding.code,
        at,
        new,
    })
}

/// A word as it is written: a flag is one without quotes alone.
fn said(word: &str) -> Scalar {
    let is_flag = matches!(word, "true" | "false");
    Scalar {
        text: word.to_owned(),
        yaml: if is_flag { word.to_owned() } else { scalar(word) },
    }
}

/// The right word, where the wrong one is a slip of it: one letter in a word of three, two in one of nine. Another last
/// letter of an English word makes another word of it: superseded isn't supersedes.
fn likely<'a>(written: &str, right: &'a str) -> Option<&'a str> {
    let (a, b): (Vec<char>, Vec<char>) = (written.to_lowercase().chars().collect(), right.chars().collect());
    let allowed = match b.len() {
        0..=2 => return None,
        3..=5 => 1,
        6..=8 if right.is_ascii() => 1,
        _ => 2,
    };
    // A swap of neighbours (reprot) is one slip, of two letters.
    let swapped = a.len() == b.len() && {
        let differ: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
        matches!(differ.as_slice(), &[one, two] if two == one + 1 && a[one] == b[two] && a[two] == b[one])
    };
    let another = right.is_ascii() && a.len() == b.len() && a.last() != b.last();
    (swapped || !another && distance(&a, &b) <= allowed).then_some(right)
}

/// Letters to add, take away or exchange.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let exchange = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = exchange.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

/// A date in a form that the reader doesn't take: 二〇二四年三月五日, 2024年3月5, 2024、3、5.
pub(crate) fn day(text: &str) -> Option<Day> {
    let mut numbers = Vec::new();
    let mut digits = String::new();
    for character in text.chars().chain(['。']) {
        if numeral::is_part(character) {
            digits.push(character);
        } else {
            if !digits.is_empty() {
                numbers.push(numeral::parse(&digits)?);
                digits.clear();
            }
            if !"年月日号-/.、。，, \u{3000}－．／".contains(character) {
                return None;
            }
        }
    }
    let small = |number: u32| i8::try_from(number).ok();
    match numbers[..] {
        [year, month, day] => Day::of(i16::try_from(year).ok()?, Some(small(month)?), Some(small(day)?)),
        [year, month] => Day::of(i16::try_from(year).ok()?, Some(small(month)?), None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_has_one_right_answer_and_a_guess_has_none() {
        for (written, right) in [
            ("titel", "title"),
            ("sumary", "summary"),
            ("departmens", "departments"),
            ("社会治里", "社会治理"),
            ("repotr", "report"),
        ] {
            assert_eq!(likely(written, right), Some(right));
        }
        for (written, nearest) in [
            ("foo", "date"),
            ("标记", "标题"),
            ("差不多", "已报送"),
            ("unitt", "title"),
            ("superseded", "supersedes"),
            ("superceded", "supersedes"),
            ("released", "related"),
        ] {
            assert_eq!(likely(written, nearest), None);
        }
    }

    #[test]
    fn dates_are_read_in_the_forms_that_have_one_meaning() {
        for text in [
            "二〇二四年三月五日",
            "2024年3月5",
            "２０２４、３、５",
            "2024-03-05日",
            "二〇二四年三月五号",
        ] {
            assert_eq!(
                day(text).map(|day| day.to_string()).as_deref(),
                Some("2024-03-05"),
                "{text}"
            );
        }
        for text in ["2024年13月5日", "去年三月", "3月5日", "2024", "大约2024年3月"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
