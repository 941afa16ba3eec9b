//! One number or several: 142号, 142、143号, 142号至第146号, 123-1号.

use super::blank;
use crate::text::numeral;
use std::ops::Range;

/// A number of a series.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its digits, without leading zeros: `142`, `123-1`.
    pub number: String,
    /// Byte range in the text.
    pub place: Range<usize>,
}

/// Numbers that a range leaves out at most; from there on it isn't a range that anyone means.
const WIDEST: u32 = 500;

/// What stands between two numbers of a series.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// 、 和 或 以及
    List,
    /// 至 ~
    Range,
    /// A hyphen or a dash: a range where the second number is the greater one, else a part of the first.
    Hyphen,
}

/// Reads the numbers at `at` up to the last 号. `start` is where the text of the first number begins.
pub(super) fn read(text: &str, start: usize, at: usize) -> Option<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    let mut waiting: Vec<Member> = Vec::new(); // without their 号 so far
    let mut last: Option<u32> = None;
    let mut joint = Joint::List;
    let (mut begin, mut at) = (start, at);
    while let Some((value, end)) = number(text, at, last.is_some()) {
        let skipped = match (joint, last) {
            (Joint::Range | Joint::Hyphen, Some(first)) if value > first => first + 1..value,
            (Joint::Hyphen, Some(_)) => {
                let Some(whole) = waiting.last_mut() else { break };
                whole.number.push_str(&format!("-{value}"));
                whole.place.end = end;
                0..0
            }
            (Joint::Range, Some(_)) => break,
            _ => 0..0,
        };
        let is_part = joint == Joint::Hyphen && last.is_some_and(|first| value <= first);
        if !is_part {
            let from = waiting
                .last()
                .or(members.last())
                .map_or(begin, |first| first.place.start);
            let inner = skipped.filter(|_| value - last.unwrap_or(value) <= WIDEST);
            waiting.extend(inner.map(|number| Member {
                number: number.to_string(),
                place: from..end,
            }));
            waiting.push(Member {
                number: value.to_string(),
                place: begin..end,
            });
        }
        last = Some(value);
        at = match sign(text, end) {
            Some(after) => {
                if let Some(closed) = waiting.last_mut() {
                    closed.place.end = after;
                }
                members.append(&mut waiting);
                after
            }
            None => end,
        };
        match next(text, after_aside(text, at)) {
            Some((found, after)) => (joint, begin, at) = (found, after, after),
            None => break,
        }
    }
    (!members.is_empty()).then_some(members)
}

/// The offset after a bracket that says what a number is, where another follows: 142号（甲案）、第143号.
fn after_aside(text: &str, at: usize) -> usize {
    const LONGEST: usize = 40;
    let inner = text[at..].strip_prefix('(');
    let close = inner.and_then(|inner| {
        inner
            .char_indices()
            .take(LONGEST)
            .find(|&(_, letter)| "()".contains(letter))
    });
    match close {
        Some((end, ')')) => at + '('.len_utf8() + end + ')'.len_utf8(),
        _ => at,
    }
}

/// The number after 第 or none, and where it ends. A list may say 检例 again.
fn number(text: &str, at: usize, goes_on: bool) -> Option<(u32, usize)> {
    let at = blank(text, at);
    let again = text[at..].strip_prefix("检例").filter(|_| goes_on);
    let at = again.map_or(at, |rest| blank(text, text.len() - rest.len()));
    let at = blank(
        text,
        at + if text[at..].starts_with('第') {
            '第'.len_utf8()
        } else {
            0
        },
    );
    let length: usize = text[at..]
        .chars()
        .take_while(|&letter| numeral::is_part(letter))
        .map(char::len_utf8)
        .sum();
    let digits = &text[at..at + length];
    let short = !digits.is_ascii() || digits.len() <= 6;
    Some((numeral::parse(digits).filter(|_| short)?, at + length))
}

/// The offset after 号.
fn sign(text: &str, at: usize) -> Option<usize> {
    let at = blank(text, at);
    text[at..].starts_with('号').then(|| at + '号'.len_utf8())
}

/// What joins a number to the next, and the offset after it.
fn next(text: &str, at: usize) -> Option<(Joint, usize)> {
    let at = blank(text, at);
    if let Some(rest) = ["或者", "以及"].iter().find_map(|word| text[at..].strip_prefix(word)) {
        return Some((Joint::List, text.len() - rest.len()));
    }
    let letter = text[at..].chars().next()?;
    let joint = match letter {
        '、' | ',' | '/' | '和' | '及' | '与' | '或' => Joint::List,
        '至' | '到' | '~' | '～' | '〜' => Joint::Range,
        '-' | '‐' | '‑' | '−' | '—' | '–' | '―' | '─' => Joint::Hyphen,
        _ => return None,
    };
    let rest = text[at..].trim_start_matches(letter);
    Some((joint, text.len() - rest.len()))
}
