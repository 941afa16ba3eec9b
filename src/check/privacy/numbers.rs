//! Personal data made of digits: resident ID numbers, bank cards, mobile numbers.

use crate::check::privacy::Finding;
use crate::check::privacy::line::Line;
use jiff::civil::Date;
use std::ops::Range;

/// Groups of digits that one number is written in at most: every digit by itself.
const MAX_GROUPS: usize = 19;
/// Characters before a number in which its cue is looked for.
const REACH: usize = 20;

/// Finds the numbers of a line, the surest first.
pub fn find(line: &Line) -> Vec<Finding> {
    let windows: Vec<_> = runs(line).iter().flat_map(|run| windows(line, run)).collect();
    let of = |code, test: fn(&Line, &Window) -> Option<Range<usize>>| {
        windows
            .iter()
            .filter_map(move |window| Some(Finding::new(code, test(line, window)?)))
    };
    let ids = of("privacy-id-number", resident_id);
    ids.chain(of("privacy-bank-card", bank_card))
        .chain(of("privacy-mobile", mobile))
        .collect()
}

/// Neighbouring groups of digits that may be one number.
struct Window {
    /// The lengths of its groups.
    groups: Vec<usize>,
    digits: String,
    span: Range<usize>,
}

/// Groups of digits parted by single spaces or hyphens.
fn runs(line: &Line) -> Vec<Vec<Range<usize>>> {
    let characters = &line.characters;
    let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !characters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while characters.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
        }
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|last| parts_digits(&characters[last.end..start])) =>
            {
                run.push(start..at)
            }
            _ => runs.push(std::iter::once(start..at).collect()),
        }
    }
    runs
}

fn parts_digits(between: &[char]) -> bool {
    matches!(between, [' ' | '-' | '·'])
}

/// Neighbouring groups that make 11 to 19 digits together.
fn windows(line: &Line, run: &[Range<usize>]) -> Vec<Window> {
    let mut windows = Vec::new();
    for first in 0..run.len() {
        let mut digits = String::new();
        for last in first..run.len().min(first + MAX_GROUPS) {
            digits.extend(&line.characters[run[last].clone()]);
            if digits.len() > 19 {
                break;
            }
            if digits.len() >= 11 {
                let groups = run[first..=last].iter().map(Range::len).collect();
                windows.push(Window {
                    groups,
                    digits: digits.clone(),
                    span: run[first].start..run[last].end,
                });
            }
        }
    }
    windows
}

/// 18 characters with a region, a day of birth and the checksum of GB 11643. After a cue a slip of the pen is an ID
/// number still, and so is one of the old form: 15 digits, the year in two.
fn resident_id(line: &Line, window: &Window) -> Option<Range<usize>> {
    let mut span = window.span.clone();
    let mut number = window.digits.clone();
    if number.len() == 17 && matches!(line.characters.get(span.end), Some('X' | 'x')) {
        number.push('X');
        span.end += 1;
    }
    let has_cue = || line.has_before(span.start, REACH, &["身份证", "公民身份号码"]);
    let is_one = match number.len() {
        18 => has_region_and_birth(&number, 6..10) && (has_id_checksum(&number) || has_cue()),
        15 => has_region_and_birth(&number, 6..8) && has_cue(),
        _ => false,
    };
    (is_one && !line.is_inside_word(&span)).then_some(span)
}

/// Whether a number begins with a region and has a day of birth, its year in these characters.
fn has_region_and_birth(number: &str, year: Range<usize>) -> bool {
    let part = |range: Range<usize>| number[range].parse::<i16>().unwrap_or_default();
    let region = matches!(part(0..2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83);
    let (month, day) = (year.end..year.end + 2, year.end + 2..year.end + 4);
    let century = if year.len() == 2 { 1900 } else { 0 };
    let birth = Date::new(century + part(year), part(month) as i8, part(day) as i8);
    region && birth.is_ok_and(|birth| (1900..2100).contains(&birth.year()))
}

fn has_id_checksum(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let sum: u32 = number
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    number.as_bytes()[17] == CHECKS[sum as usize % 11]
}

/// 16 to 19 digits that hold Luhn's checksum, after a word that makes a card of them.
fn bank_card(line: &Line, Window { digits, span, .. }: &Window) -> Option<Range<usize>> {
    const CUES: [&str; 9] = [
        "卡号",
        "银行卡",
        "账号",
        "帐号",
        "账户",
        "帐户",
        "信用卡",
        "储蓄卡",
        "借记卡",
    ];
    let card = (16..=19).contains(&digits.len()) && !digits.starts_with('0') && has_luhn_checksum(digits);
    (card && !line.is_inside_word(span) && line.has_before(span.start, REACH, &CUES)).then(|| span.clone())
}

fn has_luhn_checksum(digits: &str) -> bool {
    let weighted = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, u32::from(digit - b'0')) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        });
    weighted.sum::<u32>().is_multiple_of(10)
}

/// Eleven digits from 13 to 19, with or without 86, in the groups in which people write them, and
/// neither an amount nor the number of something else.
fn mobile(line: &Line, Window { groups, digits, span }: &Window) -> Option<Range<usize>> {
    const PHONES: [&str; 8] = ["电话", "手机", "联系", "致电", "拨打", "微信", "tel", "phone"];
    let number = if digits.len() == 13 {
        digits.strip_prefix("86")?
    } else {
        digits
    };
    let shape = number.len() == 11 && number.starts_with('1') && number.as_bytes()[1] >= b'3';
    let grouped = matches!(
        groups.as_slice(),
        [_] | [3, 4, 4] | [3, 8] | [7, 4] | [4, 4, 3] | [2, 11] | [2, 3, 4, 4]
    ) || groups.iter().all(|&length| length == 1);
    let is_mobile = shape && grouped && !line.is_inside_word(span) && !line.is_in_address(span.start);
    (is_mobile && (!counts_something_else(line, span) || line.has_before(span.start, REACH, &PHONES)))
        .then(|| span.clone())
}

/// Whether eleven digits are an amount or the number of something.
fn counts_something_else(line: &Line, span: &Range<usize>) -> bool {
    const OTHERS: [&str; 9] = ["单号", "编号", "代码", "账号", "帐号", "流水号", "卡号", "案号", "序号"];
    const AMOUNTS: &str = "元万亿股吨斤件次户份";
    let after = |at: usize| line.characters.get(span.end + at).copied();
    let fraction = after(0) == Some('.') && after(1).is_some_and(|character| character.is_ascii_digit());
    fraction || after(0).is_some_and(|character| AMOUNTS.contains(character)) || line.has_before(span.start, 6, &OTHERS)
}
