//! Addresses of e-mail: around an `@`, and as they are spelled so that no program reads them.

use super::form::Form;
use super::words::end_of;
use std::ops::Range;

/// Endings of files, which stand after an `@` in names such as logo@2x.png.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "pdf"];
/// Words right before an address that is spelled.
const CUES: [&str; 2] = ["邮箱", "mail"];
/// What is written in place of the `@`, and of the points.
const AT: [&str; 3] = ["@", "#", "at"];
const POINTS: [&str; 4] = [".", "。", "dot", "点"];

/// The address around an `@`, which blanks may surround.
pub fn around(form: &Form, at: usize) -> Option<Range<usize>> {
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

/// The address that follows a word for one: zhangwei(at)example.cn, zhangwei [at] example [dot] cn.
pub fn spelled(form: &Form, at: usize) -> Option<Range<usize>> {
    if !form.has_before(at, 4, &CUES) {
        return None;
    }
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
