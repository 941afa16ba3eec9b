//! Landline numbers: area code and number, or seven to eight digits after a word for telephone.

use crate::check::privacy::Finding;
use crate::check::privacy::form::{Form, SEPARATORS};
use std::ops::Range;

/// Words right before a number without area code.
const CUES: [&str; 11] = [
    "热线",
    "电话",
    "座机",
    "固话",
    "致电",
    "拨打",
    "传真",
    "号码",
    "联系方式",
    "tel",
    "phone",
];
/// Characters between such a word and the number.
const BETWEEN: &str = " :是为(/.=#_-";
/// Words before a number that is the number of something else.
const OTHERS: [&str; 9] = ["单号", "编号", "代码", "账号", "帐号", "流水号", "卡号", "案号", "序号"];
/// Words before twelve digits in a row that make a telephone of them.
const REACH: usize = 10;

/// Finds the landline numbers of a text.
pub fn find(form: &Form) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < form.characters.len() {
        let begins = form.characters[at].is_ascii_digit() && begins(form, at);
        if let Some(span) = begins.then(|| number_at(form, at)).flatten() {
            at = span.end;
            found.push(Finding::new("privacy-landline", span));
        } else {
            at += 1;
        }
    }
    found
}

/// Whether a number may begin at a place: no digit stands before it, with or without a sign between, and no word that
/// isn't its label.
fn begins(form: &Form, at: usize) -> bool {
    const LABELS: [&str; 6] = ["tel", "phone", "fax", "no", "t", "f"];
    let digit = |character: Option<char>| character.is_some_and(|it| it.is_ascii_digit());
    let parted = form.before(at).is_some_and(|it| "./=%&_-".contains(it));
    if digit(form.before(at)) || (parted && digit(form.before(at - 1))) {
        return false;
    }
    let (letters, _) = form.touching(&(at..at));
    letters.is_empty() || LABELS.contains(&&*letters.to_ascii_lowercase())
}

fn number_at(form: &Form, at: usize) -> Option<Range<usize>> {
    let (start, end) = match with_area(form, at) {
        Some(end) => (
            at - usize::from(form.before(at) == Some('(') && form.characters[at..end].contains(&')')),
            end,
        ),
        None => (at, after_cue(form, at)?),
    };
    let next = form.at(end);
    let goes_on = next.is_some_and(|next| next.is_ascii_alphanumeric())
        || (next.is_some_and(|next| "-._".contains(next)) && digits(form, end + 1) > 4)
        || (next == Some('.') && digits(form, end + 1) > 0);
    let amount = next.is_some_and(|next| "元万亿股吨斤件份%人次户部台".contains(next));
    (!goes_on && !amount && !form.is_in_address(at) && !form.has_before(start, 5, &OTHERS)).then_some(start..end)
}

/// 0871-63123456, (010)63123456, 0871 6312 3456; without a sign between them only after a word for telephone.
fn with_area(form: &Form, at: usize) -> Option<usize> {
    let begin = at;
    let at = past_country(form, at);
    if form.at(at) != Some('0') {
        return (at > begin).then(|| from_abroad(form, at)).flatten();
    }
    let row = digits(form, at);
    let area = |length: usize| {
        let code = form.slice(&(at..at + length));
        match length {
            3 => code == "010" || (code.starts_with("02") && !code.ends_with('6')),
            4 => matches!(code.as_bytes()[1], b'3'..=b'9'),
            _ => false,
        }
    };
    if matches!(row, 3 | 4) && area(row) {
        let signs = form.characters[at + row..]
            .iter()
            .take(3)
            .take_while(|&&sign| SEPARATORS.contains(sign))
            .count();
        let number = at + row + signs;
        return (signs > 0).then(|| local(form, number)).flatten();
    }
    let whole = matches!(row, 10..=12) && (area(3) || area(4)) && form.has_before(at, REACH, &CUES);
    whole.then_some(at + row)
}

/// The place after 86 and its sign.
fn past_country(form: &Form, at: usize) -> usize {
    let rest = form.characters.get(at..).unwrap_or_default();
    let signs = rest
        .iter()
        .skip(2)
        .take(2)
        .take_while(|&&sign| SEPARATORS.contains(sign))
        .count();
    let country = rest.starts_with(&['8', '6']) && digits(form, at) == 2 && signs > 0;
    if country { at + 2 + signs } else { at }
}

/// +86-871-63123456: the area code without its zero.
fn from_abroad(form: &Form, at: usize) -> Option<usize> {
    let row = digits(form, at);
    let signs = form
        .characters
        .get(at + row..)
        .unwrap_or_default()
        .iter()
        .take(2)
        .take_while(|&&sign| SEPARATORS.contains(sign))
        .count();
    ((2..=3).contains(&row) && signs > 0)
        .then(|| local(form, at + row + signs))
        .flatten()
}

fn after_cue(form: &Form, at: usize) -> Option<usize> {
    let end = local(form, at)?;
    let before = form.characters[..at].iter().rev();
    let skipped = before.take_while(|&&character| BETWEEN.contains(character)).count();
    let cue_end = at - skipped;
    let ends_with_cue = CUES.iter().any(|cue| {
        let length = cue.chars().count();
        cue_end >= length && form.slice(&(cue_end - length..cue_end)).to_lowercase() == **cue
    });
    // A bare 号码 says nothing: 车票号码, 发票号码.
    let telling = !form.slice(&(cue_end.saturating_sub(2)..cue_end)).ends_with("号码")
        || form.slice(&(cue_end.saturating_sub(4)..cue_end)).starts_with("电话");
    (ends_with_cue && telling).then_some(end)
}

/// The end of seven or eight digits from 2 to 8, in a row or in two groups.
fn local(form: &Form, at: usize) -> Option<usize> {
    let first = form.at(at)?;
    if !('2'..='8').contains(&first) {
        return None;
    }
    let row = digits(form, at);
    if matches!(row, 7 | 8) {
        return Some(at + row);
    }
    let rest = form.characters.get(at + row..).unwrap_or_default();
    let signs = rest
        .iter()
        .take(2)
        .take_while(|&&sign| SEPARATORS.contains(sign))
        .count();
    let second = digits(form, at + row + signs);
    (matches!(row, 3 | 4) && signs > 0 && second == 4).then_some(at + row + signs + second)
}

fn digits(form: &Form, at: usize) -> usize {
    let rest = form.characters.get(at..).unwrap_or_default();
    rest.iter().take_while(|character| character.is_ascii_digit()).count()
}
