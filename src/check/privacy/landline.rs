//! Landline numbers: area code and number, or seven to eight digits after a word for telephone.

use crate::check::privacy::Finding;
use crate::check::privacy::form::{Form, SEPARATORS};
use crate::check::privacy::numbers::is_amount;
use std::ops::Range;

/// Words right before a number without area code.
const CUES: [&str; 18] = [
    "热线",
    "电话",
    "座机",
    "固话",
    "致电",
    "拨打",
    "传真",
    "号码",
    "联系方式",
    "宅电",
    "住宅",
    "办公室",
    "☎",
    "☏",
    "📞",
    "fax",
    "tel",
    "phone",
];
/// Characters between such a word and the number.
const BETWEEN: &str = " :是为(/.=#_-+";
/// Words before a number that is the number of something else.
const OTHERS: [&str; 9] = ["单号", "编号", "代码", "账号", "帐号", "流水号", "卡号", "案号", "序号"];
/// Words before twelve digits in a row that make a telephone of them.
const REACH: usize = 10;

/// Finds the landline numbers of a text.
pub(super) fn find(form: &Form) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < form.characters.len() {
        let begins = form.characters[at].is_ascii_digit() && begins(form, at);
        if let Some(span) = begins.then(|| number_at(form, at)).flatten() {
            at = span.end;
            found.push(Finding::new("privacy-landline", span));
            // 电话63123456、63123457
            while let Some(span) = next_of_list(form, at) {
                at = span.end;
                found.push(Finding::new("privacy-landline", span));
            }
        } else {
            at += 1;
        }
    }
    found
}

/// The number that is listed after another one.
fn next_of_list(form: &Form, at: usize) -> Option<Range<usize>> {
    let at = past_extension(form, at);
    let signs = form.characters[at..]
        .iter()
        .take(3)
        .take_while(|it| " 、,;/|或和及与".contains(**it))
        .count();
    let start = at + signs;
    let end = with_area(form, start)
        .or_else(|| local(form, start))
        .filter(|_| signs > 0)?;
    (!goes_on(form, end) && !is_amount(form, end)).then_some(start..end)
}

/// The place after what may stand between a number and the next of a list: 转801, （办）.
fn past_extension(form: &Form, at: usize) -> usize {
    const LONGEST: usize = 6;
    let blank = form.at(at) == Some(' ') && matches!(form.at(at + 1), Some('转' | '('));
    let at = at + usize::from(blank);
    let extension = if form.at(at) == Some('转') {
        digits(form, at + 1)
    } else {
        0
    };
    let at = if (1..=LONGEST).contains(&extension) {
        at + 1 + extension
    } else {
        at
    };
    form.past_aside(at)
}

/// An area code and a number that are two cells, with nothing beside them: 0571 | 88886666.
pub(super) fn in_row(form: &Form) -> Option<Finding> {
    let end = form.characters.iter().rposition(|&sign| sign != '|')? + 1;
    let area = digits(form, 0);
    let begins = area == 4 && form.at(0) == Some('0') && form.at(area) == Some('|');
    let number = if begins { with_area(form, 0) } else { None };
    number
        .filter(|&found| found == end)
        .map(|end| Finding::new("privacy-landline", 0..end))
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
    let amount = is_amount(form, end) || form.at(end).is_some_and(|next| "%人".contains(next));
    (!goes_on(form, end) && !amount && !form.is_in_address(at) && !form.has_before(start, 5, &OTHERS))
        .then_some(start..end)
}

/// Whether more follows a number that belongs to it.
fn goes_on(form: &Form, end: usize) -> bool {
    let next = form.at(end);
    next.is_some_and(|next| next.is_ascii_alphanumeric())
        || (next.is_some_and(|next| "-._".contains(next)) && digits(form, end + 1) > 4)
        || (next == Some('.') && digits(form, end + 1) > 0)
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
        // What many write as an example begins with other digits than numbers do.
        let told = || form.has_before(at, REACH, &CUES);
        let invented = || (matches!(digits(form, number), 7 | 8) && told()).then(|| number + digits(form, number));
        return (signs > 0).then(|| local(form, number).or_else(invented)).flatten();
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
    let end = from_islands(form, at)
        .or_else(|| local(form, at))
        .or_else(|| in_groups(form, at))?;
    let cue_end = before_aside(form, past_signs(form, at));
    let ends_with = |word: &str| {
        let length = word.chars().count();
        cue_end >= length && form.slice(&(cue_end - length..cue_end)).to_lowercase() == word
    };
    // A bare 号码 says nothing: 车票号码, 发票号码. 办公室20240305 is a day.
    let of_phone = !ends_with("号码") || form.slice(&(cue_end.saturating_sub(4)..cue_end)).starts_with("电话");
    let day = ends_with("办公室") && form.slice(&(at..end)).starts_with("20");
    (CUES.iter().any(|cue| ends_with(cue)) && of_phone && !day).then_some(end)
}

/// The place before the signs that stand before another one.
fn past_signs(form: &Form, at: usize) -> usize {
    let before = form.characters[..at].iter().rev();
    at - before.take_while(|&&character| BETWEEN.contains(character)).count()
}

/// The place before an aside between a word and its number: 电话（办公室）63123456.
fn before_aside(form: &Form, at: usize) -> usize {
    const LONGEST: usize = 8;
    if form.before(at) != Some(')') {
        return at;
    }
    let inside = form.characters[..at]
        .iter()
        .rev()
        .take(LONGEST)
        .position(|&sign| sign == '(');
    inside.map_or(at, |length| past_signs(form, at - length - 1))
}

/// +852 2345 6789: numbers of Hong Kong, Macau and Taiwan.
fn from_islands(form: &Form, at: usize) -> Option<usize> {
    let code = form.slice(&(at..(at + 3).min(form.characters.len())));
    let sign = form.at(at + 3).is_some_and(|sign| SEPARATORS.contains(sign));
    let known = ["852", "853", "886"].contains(&&*code) && sign;
    known
        .then(|| local(form, at + 4).or_else(|| in_groups(form, at + 4)))
        .flatten()
}

/// The end of seven or eight digits in groups of two or more: 63 12 34 56, 631-23456.
fn in_groups(form: &Form, at: usize) -> Option<usize> {
    if !form.at(at).is_some_and(|first| ('2'..='8').contains(&first)) {
        return None;
    }
    let (mut end, mut count) = (at, 0);
    loop {
        let row = digits(form, end);
        if row < 2 {
            return None;
        }
        (end, count) = (end + row, count + row);
        match form.at(end) {
            Some(' ' | '-' | '.' | '·') if count < 7 => end += 1,
            _ => return matches!(count, 7 | 8).then_some(end),
        }
    }
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
