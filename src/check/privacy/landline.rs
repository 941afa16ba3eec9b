//! Landline numbers: area code and number, or seven to eight digits after a word for telephone.

use crate::check::privacy::Finding;
use crate::check::privacy::line::Line;
use std::ops::Range;

/// Words right before a number without area code.
const CUES: [&str; 10] = [
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
const BETWEEN: &str = " :是为(";
/// Words before a number that is the number of something else.
const OTHERS: [&str; 9] = ["单号", "编号", "代码", "账号", "帐号", "流水号", "卡号", "案号", "序号"];
/// Words before twelve digits in a row that make a telephone of them.
const REACH: usize = 10;

/// Finds the landline numbers of a line.
pub fn find(line: &Line) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.characters.len() {
        let begins = line.characters[at].is_ascii_digit()
            && !line
                .before(at)
                .is_some_and(|before| before.is_ascii_alphanumeric() || "./=%#&_-".contains(before));
        if let Some(span) = begins.then(|| number_at(line, at)).flatten() {
            at = span.end;
            found.push(Finding {
                code: "privacy-landline",
                span,
            });
        } else {
            at += 1;
        }
    }
    found
}

fn number_at(line: &Line, at: usize) -> Option<Range<usize>> {
    let (start, end) = match with_area(line, at) {
        Some(end) => (
            at - usize::from(line.before(at) == Some('(') && line.characters[at..end].contains(&')')),
            end,
        ),
        None => (at, after_cue(line, at)?),
    };
    let goes_on = line
        .characters
        .get(end)
        .is_some_and(|&next| next.is_ascii_alphanumeric() || next == '.' || next == '_')
        || (line.characters.get(end) == Some(&'-')
            && line.characters.get(end + 1).is_some_and(char::is_ascii_digit)
            && digits(line, end + 1) > 4);
    let amount = line
        .characters
        .get(end)
        .is_some_and(|&next| "元万亿股吨斤件份%人次户".contains(next));
    (!goes_on && !amount && !line.is_in_address(at) && !line.has_before(start, 5, &OTHERS)).then_some(start..end)
}

/// 0871-63123456, (010)63123456, 0871 6312 3456; without a sign between them only after a word for telephone.
fn with_area(line: &Line, at: usize) -> Option<usize> {
    if line.characters[at] != '0' {
        return None;
    }
    let row = digits(line, at);
    let area = |length: usize| {
        let code = line.text(&(at..at + length));
        match length {
            3 => code == "010" || (code.starts_with("02") && !code.ends_with('6')),
            4 => matches!(code.as_bytes()[1], b'3'..=b'9'),
            _ => false,
        }
    };
    if matches!(row, 3 | 4) && area(row) {
        let mut number = at + row;
        while number < at + row + 3 && line.characters.get(number).is_some_and(|&mark| " )-–—".contains(mark)) {
            number += 1;
        }
        return (number > at + row).then(|| local(line, number)).flatten();
    }
    let whole = matches!(row, 10..=12) && (area(3) || area(4)) && line.has_before(at, REACH, &CUES);
    whole.then_some(at + row)
}

fn after_cue(line: &Line, at: usize) -> Option<usize> {
    let end = local(line, at)?;
    let before = line.characters[..at].iter().rev();
    let skipped = before.take_while(|&&character| BETWEEN.contains(character)).count();
    let cue_end = at - skipped;
    let ends_with_cue = CUES.iter().any(|cue| {
        let length = cue.chars().count();
        cue_end >= length && line.text(&(cue_end - length..cue_end)).to_lowercase() == **cue
    });
    // A bare 号码 says nothing: 车票号码, 发票号码.
    let telling = !line.text(&(cue_end.saturating_sub(2)..cue_end)).ends_with("号码")
        || line.text(&(cue_end.saturating_sub(4)..cue_end)).starts_with("电话");
    (ends_with_cue && telling).then_some(end)
}

/// The end of seven or eight digits from 2 to 8, in a row or in two groups.
fn local(line: &Line, at: usize) -> Option<usize> {
    let first = *line.characters.get(at)?;
    if !('2'..='8').contains(&first) {
        return None;
    }
    let row = digits(line, at);
    if matches!(row, 7 | 8) {
        return Some(at + row);
    }
    let parted = line
        .characters
        .get(at + row)
        .is_some_and(|&mark| mark == ' ' || mark == '-');
    let second = digits(line, at + row + 1);
    (matches!(row, 3 | 4) && parted && second == 4).then_some(at + row + 1 + second)
}

fn digits(line: &Line, at: usize) -> usize {
    let rest = line.characters.get(at..).unwrap_or_default();
    rest.iter().take_while(|character| character.is_ascii_digit()).count()
}
