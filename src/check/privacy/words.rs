//! Personal data found by its shape or after a cue: e-mail, plates, WeChat and QQ.

use crate::check::privacy::Finding;
use crate::check::privacy::form::{Form, SEPARATORS};
use std::ops::Range;

/// Short names of the provinces, as plates begin.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Endings of files, which stand after an `@` in names such as logo@2x.png.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "pdf"];

/// Finds what is no mere number.
pub fn find(form: &Form) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut keep = |code, span: Option<Range<usize>>| found.extend(span.map(|span| Finding::new(code, span)));
    for at in 0..form.characters.len() {
        match form.characters[at] {
            '@' => keep("privacy-email", email(form, at)),
            '微' | 'Q' | 'q' | 'W' | 'w' => {
                accounts(form, at)
                    .into_iter()
                    .for_each(|span| keep("privacy-account", Some(span)));
            }
            character if PROVINCES.contains(character) => keep("privacy-plate", plate(form, at)),
            _ => {}
        }
    }
    found
}

/// End of the characters from `at` on for which the test holds.
fn end_of(form: &Form, at: usize, test: impl Fn(char) -> bool) -> usize {
    at + form.characters[at..]
        .iter()
        .take_while(|&&character| test(character))
        .count()
}

/// The address around an `@`, which blanks may surround.
fn email(form: &Form, at: usize) -> Option<Range<usize>> {
    let local = |character: &&char| character.is_ascii_alphanumeric() || "._%+-".contains(**character);
    let blanks = |characters: &mut dyn Iterator<Item = &char>| characters.take(2).take_while(|it| **it == ' ').count();
    let before = at - blanks(&mut form.characters[..at].iter().rev());
    let after = at + 1 + blanks(&mut form.characters[at + 1..].iter());
    let start = before - form.characters[..before].iter().rev().take_while(local).count();
    let mut end = end_of(form, after, |character| {
        character.is_ascii_alphanumeric() || ".-".contains(character)
    });
    while end > after && ".-".contains(form.characters[end - 1]) {
        end -= 1;
    }
    let domain = form.slice(&(after..end));
    let (host, ending) = domain.rsplit_once('.')?;
    let is_address = start < before
        && !host.is_empty()
        && ending.len() >= 2
        && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_address && !FILES.contains(&&*ending.to_ascii_lowercase())).then_some(start..end)
}

/// A number plate: province, letter, and five characters, six for electric cars.
fn plate(form: &Form, at: usize) -> Option<Range<usize>> {
    let is_letter = |character: char| character.is_ascii_uppercase() && !matches!(character, 'I' | 'O');
    if !form.characters.get(at + 1).copied().is_some_and(is_letter) {
        return None;
    }
    let signs = form.characters[at + 2..]
        .iter()
        .take(2)
        .take_while(|&&it| SEPARATORS.contains(it))
        .count();
    let start = at + 2 + signs;
    let end = end_of(form, start, |character| {
        character.is_ascii_digit() || is_letter(character)
    });
    let tail = &form.characters[start.min(end)..end];
    let digits = tail.iter().filter(|character| character.is_ascii_digit()).count();
    let special = form
        .characters
        .get(end)
        .is_some_and(|&character| "挂学警港澳".contains(character));
    let complete = match tail.len() {
        4 => special && digits >= 3,
        5 => digits >= 3,
        6 => digits >= 5 && (tail[0].is_ascii_uppercase() || tail[5].is_ascii_uppercase()),
        _ => false,
    };
    let goes_on = form.characters.get(end).is_some_and(char::is_ascii_alphanumeric);
    (complete && !goes_on).then_some(at..end + usize::from(tail.len() == 4))
}

/// What follows 微信, WeChat or QQ: 微信号：abc_123, QQ 123456, and those that are listed after the first.
fn accounts(form: &Form, at: usize) -> Vec<Range<usize>> {
    let Some((cue, from)) = cue_at(form, at) else {
        return Vec::new();
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut next = from;
    while let Some(span) = account(form, cue, next) {
        next = end_of(form, span.end, |it| " /,;、，；|和及".contains(it));
        let listed = next > span.end;
        found.push(span);
        if !listed {
            break;
        }
    }
    found
}

/// The cue that begins at a place.
#[derive(Debug, Clone, Copy)]
struct Cue {
    is_qq: bool,
    /// Whether it says that an account follows: by 号, or by a sign between.
    says: bool,
    /// Whether a noun does.
    noun: bool,
}

fn cue_at(form: &Form, at: usize) -> Option<(Cue, usize)> {
    let lower = |from: usize, length: usize| {
        form.characters[from..]
            .iter()
            .take(length)
            .collect::<String>()
            .to_lowercase()
    };
    let cue = ["微信", "wechat", "weixin", "qq"]
        .into_iter()
        .find(|cue| lower(at, 12).starts_with(cue))?;
    if cue.is_ascii()
        && form
            .before(at)
            .is_some_and(|character| character.is_ascii_alphanumeric())
    {
        return None;
    }
    let after = at + cue.chars().count();
    let mut start = end_of(form, after, |character| character == ' ');
    let noun = ["账号", "帐号", "号码", "号", "id"]
        .into_iter()
        .find(|noun| lower(start, 2).starts_with(noun));
    start += noun.map_or(0, |noun| noun.chars().count());
    let id = end_of(form, start, |character| " :为是(/.=#_-".contains(character));
    let cue = Cue {
        is_qq: cue == "qq",
        says: noun.is_some() || id > after,
        noun: noun.is_some(),
    };
    Some((cue, id))
}

fn account(form: &Form, cue: Cue, id: usize) -> Option<Range<usize>> {
    let end = end_of(form, id, |character| {
        character.is_ascii_alphanumeric() || "_-".contains(character)
    });
    let name = &form.characters[id..end];
    let first = *name.first()?;
    let all_digits = name.iter().all(char::is_ascii_digit);
    let amount = form
        .at(end)
        .is_some_and(|character| "元万亿.笔次人个".contains(character));
    let holds = match (cue.is_qq, all_digits) {
        (true, true) => (5..=11).contains(&name.len()) && first != '0',
        (true, false) => false,
        (false, true) => cue.says && (6..=20).contains(&name.len()),
        (false, false) => {
            let telling = cue.noun || name.iter().any(|character| !character.is_ascii_alphabetic());
            telling && (6..=20).contains(&name.len()) && first.is_ascii_alphabetic()
        }
    };
    (holds && !amount).then_some(id..end)
}
