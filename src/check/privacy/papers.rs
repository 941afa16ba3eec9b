//! Papers that name a person besides the resident's identity card: passports, travel permits, the cards of Hong Kong,
//! Macau and Taiwan, the old permanent residence card, officers' cards.

use crate::check::privacy::Finding;
use crate::check::privacy::form::Form;
use crate::check::privacy::numbers::is_amount;
use std::ops::Range;

/// Characters before a number in which its cue is looked for.
const REACH: usize = 15;
/// A kind of paper: its rule, its cues, how many letters and how many digits its number has.
type Paper = (&'static str, &'static [&'static str], Range<usize>, Range<usize>);

/// Papers whose number is letters and digits, with how many of each.
const PAPERS: [Paper; 9] = [
    ("privacy-passport", &["护照", "passport"], 1..3, 7..9),
    ("privacy-paper", &["通行证", "回乡证", "台胞证", "港澳证"], 0..3, 7..11),
    ("privacy-paper", &["永久居留"], 3..4, 12..13),
    (
        "privacy-paper",
        &["香港身份证", "香港居民身份证", "香港永久性居民", "hkid"],
        1..3,
        7..8,
    ),
    (
        "privacy-paper",
        &["澳门身份证", "澳门居民身份证", "澳门永久性居民"],
        0..1,
        8..9,
    ),
    (
        "privacy-paper",
        &["台湾身份证", "台湾居民身份证", "台湾地区居民身份证", "台湾省身份证"],
        1..2,
        9..10,
    ),
    (
        "privacy-paper",
        &[
            "军官证",
            "警官证",
            "士兵证",
            "文职干部证",
            "警察证",
            "士官证",
            "军人证",
            "警号",
        ],
        0..3,
        5..11,
    ),
    ("privacy-paper", &["驾驶证", "驾照"], 0..1, 12..13),
    ("privacy-paper", &["证件号"], 1..3, 7..11),
];

/// Finds the papers of a text.
pub(super) fn find(form: &Form) -> Vec<Finding> {
    let lower = form.text.to_lowercase();
    let mut found = hong_kong(form);
    for (code, cues, letters, digits) in &PAPERS {
        if !cues.iter().any(|cue| lower.contains(cue)) {
            continue;
        }
        let mut at = 0;
        while at < form.characters.len() {
            match number_at(form, at, letters, digits).filter(|span| is_told(form, span, cues)) {
                Some(span) => {
                    at = span.end;
                    found.push(Finding::new(code, span));
                }
                None => at += 1,
            }
        }
    }
    found
}

/// Whether a word before a number, or in brackets right after it, says what it is.
fn is_told(form: &Form, span: &Range<usize>, cues: &[&str]) -> bool {
    let after = form.characters.get(span.end..).unwrap_or_default();
    let aside: String = after.iter().take(6).collect();
    form.has_before(span.start, REACH, cues)
        || aside.starts_with(['(', '[', '【']) && cues.iter().any(|cue| aside.contains(cue))
}

/// Letters and digits that begin at a place and are as many as a paper has, whatever separates them.
fn number_at(form: &Form, at: usize, letters: &Range<usize>, digits: &Range<usize>) -> Option<Range<usize>> {
    if form.before(at).is_some_and(|before| before.is_ascii_alphanumeric()) {
        return None;
    }
    let (mut count, mut end) = ((0, 0), at);
    let mut next = at;
    while let Some(character) = form.at(next) {
        match character {
            letter if letter.is_ascii_alphabetic() && count.1 == 0 => count.0 += 1,
            digit if digit.is_ascii_digit() => count.1 += 1,
            // The check digit of a card may be a letter in brackets.
            'A' if form.before(next) == Some('(') => count.1 += 1,
            sign if count.0 + count.1 > 0 && " -·./_()".contains(sign) && next - end < 2 => {
                next += 1;
                continue;
            }
            _ => break,
        }
        next += 1;
        end = next;
    }
    let closed = form.characters[at..end].contains(&'(') && form.at(end) == Some(')');
    let goes_on = form.at(end).is_some_and(|after| after.is_ascii_alphanumeric());
    let fits = letters.contains(&count.0) && digits.contains(&count.1) && !goes_on && !is_amount(form, end);
    fits.then_some(at..end + usize::from(closed))
}

/// A123456(3): the check digit in brackets makes a Hong Kong card of it without a cue.
fn hong_kong(form: &Form) -> Vec<Finding> {
    let opens = form
        .characters
        .iter()
        .enumerate()
        .filter(|(_, character)| **character == '(');
    let card = |at: usize| {
        let check = form
            .at(at + 1)
            .filter(|check| check.is_ascii_digit() || *check == 'A')?;
        if form.at(at + 2) != Some(')') {
            return None;
        }
        let digits = form.characters[..at]
            .iter()
            .rev()
            .take_while(|it| it.is_ascii_digit())
            .count();
        let letters = form.characters[..at - digits]
            .iter()
            .rev()
            .take_while(|it| it.is_ascii_uppercase())
            .count();
        let start = at - digits - letters;
        (digits == 6 && (1..=2).contains(&letters) && hong_kong_check(&form.slice(&(start..at))) == check)
            .then_some(start..at + 3)
    };
    opens
        .filter_map(|(at, _)| card(at))
        .map(|span| Finding::new("privacy-paper", span))
        .collect()
}

/// The check digit of a number without it: one letter counts as two, the first of them a blank.
fn hong_kong_check(number: &str) -> char {
    let value = |character: char| character.to_digit(36).unwrap_or(36);
    let values = std::iter::repeat_n(36, 8 - number.len()).chain(number.chars().map(value));
    let sum: u32 = values.zip((2..=9).rev()).map(|(value, weight)| value * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => 'A',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_a_hong_kong_card() {
        assert_eq!(hong_kong_check("A123456"), '3');
        assert_eq!(hong_kong_check("AB987654"), '3');
    }

    #[test]
    fn each_paper_is_found_after_its_word() {
        for (text, paper) in [
            ("护照号码E12345678", "E12345678"),
            ("持护照(号码：EA 1234567)", "EA 1234567"),
            ("港澳居民来往内地通行证H12345678。", "H12345678"),
            ("台胞证号：12345678", "12345678"),
            ("往来港澳通行证C12345678", "C12345678"),
            ("外国人永久居留证USA110090010100", "USA110090010100"),
            ("身份证明A123456(3)，", "A123456(3)"),
            ("军官证号：军字第2001988号", "2001988"),
            ("澳门居民身份证1234567(8)", "1234567(8)"),
            ("台湾居民身份证A123456789", "A123456789"),
        ] {
            let form = Form::new(text);
            let found: Vec<_> = find(&form).iter().map(|found| form.slice(&found.span)).collect();
            assert_eq!(found, [paper], "{text}");
        }
        for text in [
            "批准文号H2024001。",
            "护照过期123456789天",
            "A123456(4)",
            "通行证共12345张",
            "版本V123456(7)说明",
        ] {
            assert_eq!(find(&Form::new(text)), [], "{text}");
        }
    }
}
