//! Addresses of e-mail: around an `@`, and as they are spelled so that no program reads them.

use super::form::{Form, is_han};
use super::words::end_of;
use std::ops::Range;

/// Endings of files, which stand after an `@` in names such as logo@2x.png.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "pdf"];
/// Words right before an address that is spelled.
const CUES: [&str; 2] = ["邮箱", "mail"];
/// What is written in place of the `@`, and of the points.
const AT: [&str; 5] = ["@", "#", "艾特", "at", "a"];
const POINTS: [&str; 4] = [".", "。", "dot", "点"];

/// The address around an `@`, which blanks may surround.
pub(super) fn around(form: &Form, at: usize) -> Option<Range<usize>> {
    let local = |character: &&char| character.is_ascii_alphanumeric() || "._%+-".contains(**character);
    let blanks = |characters: &mut dyn Iterator<Item = &char>| characters.take(2).take_while(|it| **it == ' ').count();
    let before = at - blanks(&mut form.characters[..at].iter().rev());
    let after = at + 1 + blanks(&mut form.characters[at + 1..].iter());
    let mut start = before - form.characters[..before].iter().rev().take_while(local).count();
    if start == before {
        // 张伟@example.cn
        let han = form.characters[..before].iter().rev().take(4);
        start -= han.take_while(|it| is_han(**it) && !"。、".contains(**it)).count();
    }
    domain(form, after).filter(|_| start < before).map(|end| start..end)
}

/// The end of a domain; its points may be Chinese, with a blank before them.
fn domain(form: &Form, after: usize) -> Option<usize> {
    const KNOWN: [&str; 4] = ["com", "cn", "net", "org"];
    let mut end = label(form, after).filter(|&end| end > after)?;
    let mut best = None;
    loop {
        let blank = usize::from(form.at(end) == Some(' '));
        let sign = form.at(end + blank).filter(|it| ".。".contains(*it));
        let next = end + blank + 1;
        let Some(far) = sign.and_then(|_| label(form, next)) else {
            return best;
        };
        let text = form.slice(&(next..far)).to_ascii_lowercase();
        // A sentence ends with 。 as well, and a blank stands before what everybody knows as an ending.
        if far == next || sign == Some('。') && !text.is_ascii() || blank == 1 && !KNOWN.contains(&&*text) {
            return best;
        }
        let in_letters = text.len() >= 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let named = ["中国", "公司", "网络"].iter().any(|it| text.starts_with(it));
        if FILES.contains(&&*text) {
            return None;
        }
        if in_letters || named {
            best = Some(if named { next + 2 } else { far });
        }
        end = far;
    }
}

/// The end of letters and digits, or of Chinese characters.
fn label(form: &Form, at: usize) -> Option<usize> {
    let first = form.at(at)?;
    let is_ascii = |it: char| it.is_ascii_alphanumeric() || it == '-';
    let end = if is_ascii(first) {
        end_of(form, at, is_ascii)
    } else {
        end_of(form, at, is_letter)
    };
    let dashes = form.characters[at..end]
        .iter()
        .rev()
        .take_while(|it| **it == '-')
        .count();
    Some(end - dashes)
}

fn is_letter(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// zhangwei(at)example.cn: the bracket that opens in the middle of an address that is spelled.
pub(super) fn in_brackets(form: &Form, at: usize) -> Option<Range<usize>> {
    let local = |character: &&char| character.is_ascii_alphanumeric() || "._%+-".contains(**character);
    let start = at - form.characters[..at].iter().rev().take_while(local).count();
    let inside: String = form.characters[at + 1..].iter().take(3).collect();
    let is_at = inside.to_ascii_lowercase().starts_with("at") && inside.ends_with([')', ']', '}']);
    let end = domain(form, at + 4).filter(|_| is_at && start < at)?;
    Some(start..end)
}

/// The addresses that follow a word for one.
pub(super) fn list(form: &Form, at: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut next = spelled(form, at);
    while let Some(span) = next {
        let after = form.past_aside(span.end);
        let start = end_of(form, after, |it| " /,;、，；|和及或与".contains(it));
        next = (start > after).then(|| address(form, start)).flatten();
        found.push(span);
    }
    found
}

/// The address that follows a word for one: zhangwei(at)example.cn, zhangwei [at] example [dot] cn.
pub(super) fn spelled(form: &Form, at: usize) -> Option<Range<usize>> {
    form.has_before(at, 4, &CUES).then(|| address(form, at)).flatten()
}

/// An address that is spelled, at a place.
fn address(form: &Form, at: usize) -> Option<Range<usize>> {
    let letters = |from: usize| end_of(form, from, |it| it.is_ascii_alphanumeric() || "_-+".contains(it));
    let start = end_of(form, at, |it| " :为是<([\"".contains(it));
    let mut end = letters(start);
    while form.at(end) == Some('.') && letters(end + 1) > end + 1 {
        end = letters(end + 1);
    }
    let mut label = sign(form, end, &AT).filter(|_| end > start)?;
    end = letters(label);
    let mut points = 0;
    while let Some(next) = sign(form, end, &POINTS).filter(|&next| letters(next) > next) {
        (label, end, points) = (next, letters(next), points + 1);
    }
    let ending = form.characters.get(label..end)?;
    let is_domain = ending.len() >= 2 && ending.iter().all(char::is_ascii_alphabetic);
    (points > 0 && is_domain).then_some(start..end)
}

/// The place after a sign that may stand in brackets; one that is a word is separated from the letters around it.
fn sign(form: &Form, at: usize, signs: &[&str]) -> Option<usize> {
    let from = end_of(form, at, |it| " ([{<【".contains(it));
    let written = |sign: &&&str| {
        let length = sign.chars().count();
        let text = form.characters.get(from..from + length).unwrap_or_default();
        text.iter().map(char::to_ascii_lowercase).eq(sign.chars())
    };
    let sign = signs.iter().find(written)?;
    let next = from + sign.chars().count();
    let end = end_of(form, next, |it| " )]}>】".contains(it));
    let is_word = sign.starts_with(|first: char| first.is_ascii_alphabetic());
    (!is_word || (from > at && end > next)).then_some(end)
}
