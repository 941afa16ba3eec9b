//! Personal data found by its form or after a cue: e-mail, plates, passports, WeChat and QQ.

use crate::check::privacy::Finding;
use crate::check::privacy::line::Line;
use std::ops::Range;

/// Short names of the provinces, as plates begin.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Endings of files, which stand after an `@` in names such as logo@2x.png.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "pdf"];
/// Characters before a passport number in which its cue is looked for.
const REACH: usize = 15;

/// Finds what is no mere number.
pub fn find(line: &Line) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut keep = |code, span: Option<Range<usize>>| found.extend(span.map(|span| Finding { code, span }));
    for at in 0..line.characters.len() {
        match line.characters[at] {
            '@' => keep("privacy-email", email(line, at)),
            '微' | 'Q' | 'q' | 'W' | 'w' => keep("privacy-account", account(line, at)),
            character if PROVINCES.contains(character) => keep("privacy-plate", plate(line, at)),
            character if character.is_ascii_uppercase() => keep("privacy-passport", passport(line, at)),
            _ => {}
        }
    }
    found
}

/// End of the characters from `at` on for which the test holds.
fn end_of(line: &Line, at: usize, test: impl Fn(char) -> bool) -> usize {
    at + line.characters[at..]
        .iter()
        .take_while(|&&character| test(character))
        .count()
}

/// The address around an `@`.
fn email(line: &Line, at: usize) -> Option<Range<usize>> {
    let local = |character: &&char| character.is_ascii_alphanumeric() || "._%+-".contains(**character);
    let start = at - line.characters[..at].iter().rev().take_while(local).count();
    let mut end = end_of(line, at + 1, |character| {
        character.is_ascii_alphanumeric() || ".-".contains(character)
    });
    while end > at + 1 && ".-".contains(line.characters[end - 1]) {
        end -= 1;
    }
    let domain: String = line.characters[at + 1..end].iter().collect();
    let (host, ending) = domain.rsplit_once('.')?;
    let is_address =
        start < at && !host.is_empty() && ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_address && !FILES.contains(&&*ending.to_ascii_lowercase())).then_some(start..end)
}

/// A number plate: province, letter, and five characters, six for electric cars.
fn plate(line: &Line, at: usize) -> Option<Range<usize>> {
    let is_letter = |character: char| character.is_ascii_uppercase() && !matches!(character, 'I' | 'O');
    if !line.characters.get(at + 1).copied().is_some_and(is_letter) {
        return None;
    }
    let start = at
        + 2
        + usize::from(
            line.characters
                .get(at + 2)
                .is_some_and(|&character| "·•. -".contains(character)),
        );
    let end = end_of(line, start, |character| {
        character.is_ascii_digit() || is_letter(character)
    });
    let tail = &line.characters[start.min(end)..end];
    let digits = tail.iter().filter(|character| character.is_ascii_digit()).count();
    let special = line
        .characters
        .get(end)
        .is_some_and(|&character| "挂学警港澳".contains(character));
    let complete = match tail.len() {
        4 => special && digits >= 3,
        5 => digits >= 3,
        6 => digits >= 5 && (tail[0].is_ascii_uppercase() || tail[5].is_ascii_uppercase()),
        _ => false,
    };
    let goes_on = line.characters.get(end).is_some_and(char::is_ascii_alphanumeric);
    (complete && !goes_on).then_some(at..end + usize::from(tail.len() == 4))
}

/// One or two letters and seven or eight digits after 护照.
fn passport(line: &Line, at: usize) -> Option<Range<usize>> {
    let digits = end_of(line, at, |character| character.is_ascii_uppercase());
    let end = end_of(line, digits, |character| character.is_ascii_digit());
    let shape = (1..=2).contains(&(digits - at)) && (7..=8).contains(&(end - digits));
    (shape && !line.is_inside_word(&(at..end)) && line.has_before(at, REACH, &["护照", "passport"])).then_some(at..end)
}

/// What follows 微信, WeChat or QQ: 微信号：abc_123, QQ 123456.
fn account(line: &Line, at: usize) -> Option<Range<usize>> {
    let rest: String = line.characters[at..].iter().take(12).collect::<String>().to_lowercase();
    let cue = ["微信", "wechat", "qq"].into_iter().find(|cue| rest.starts_with(cue))?;
    if cue.is_ascii()
        && line
            .before(at)
            .is_some_and(|character| character.is_ascii_alphanumeric())
    {
        return None;
    }
    let mut start = end_of(line, at + cue.chars().count(), |character| character == ' ');
    let noun = ["账号", "帐号", "号码", "号", "id"].into_iter().find(|noun| {
        let rest: String = line.characters[start..]
            .iter()
            .take(2)
            .collect::<String>()
            .to_lowercase();
        rest.starts_with(noun)
    });
    start += noun.map_or(0, |noun| noun.chars().count());
    let id = end_of(line, start, |character| " :为是(".contains(character));
    let said = noun.is_some() || id > at + cue.chars().count();
    let end = end_of(line, id, |character| {
        character.is_ascii_alphanumeric() || "_-".contains(character)
    });
    let name = &line.characters[id..end];
    let all_digits = name.iter().all(char::is_ascii_digit);
    let amount = line
        .characters
        .get(end)
        .is_some_and(|&character| "元万亿.笔次人个".contains(character));
    let holds = match (cue, all_digits) {
        ("qq", true) => (5..=11).contains(&name.len()) && name[0] != '0',
        ("qq", false) => false,
        (_, true) => said && (6..=20).contains(&name.len()),
        (_, false) => {
            let telling = noun.is_some() || name.iter().any(|character| !character.is_ascii_alphabetic());
            telling && (6..=20).contains(&name.len()) && name[0].is_ascii_alphabetic()
        }
    };
    (holds && !amount).then_some(id..end)
}
