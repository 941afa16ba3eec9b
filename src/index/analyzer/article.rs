//! Spans that name a part of a statute, in one canonical form: 第二百六十四条, 第264条 and 264条 are
//! `#264条`.

use crate::text::numeral;
use std::fmt::Write;

/// An article span in a normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article {
    /// Byte offset of its start: 第 or the first digit.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    number: u32,
    /// 条, 章, 节, 编, 款 or 项.
    unit: char,
    /// The number after 之.
    sub: Option<u32>,
}

impl Article {
    /// 条, 章, 节, 编, 款 or 项.
    pub fn unit(&self) -> char {
        self.unit
    }

    /// Appends the canonical form, such as `#264条` or `#120条-1`.
    pub fn write(&self, out: &mut String) {
        // Writing to a String can't fail.
        let _ = match self.sub {
            Some(sub) => write!(out, "#{}{}-{sub}", self.number, self.unit),
            None => write!(out, "#{}{}", self.number, self.unit),
        };
    }

    /// The canonical form.
    pub fn token(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

/// All article spans of a normal form, left to right, none overlapping another.
///
/// A span is 第 with a number of up to four digits or in Chinese numerals, or up to four digits alone
/// (not after a digit or a point), then the unit, then perhaps 之 and a number (two digits at most).
/// Spaces and tabs may stand between the parts.
pub(crate) fn articles(normal: &str) -> Vec<Article> {
    let bytes = normal.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        // 第 is E7 AC AC (E7 begins characters of three bytes alone); digits are ASCII in the normal form.
        let span = match bytes[at] {
            0xE7 if bytes[at + 1] == 0xAC && bytes[at + 2] == 0xAC => after_ordinal(normal, at),
            b'0'..=b'9' if at == 0 || !matches!(bytes[at - 1], b'0'..=b'9' | b'.') => {
                digits(&normal[at..], 4).and_then(|(number, len)| after_number(normal, at, at + len, number))
            }
            _ => None,
        };
        at = match span {
            Some(article) => {
                found.push(article);
                article.end
            }
            None => at + 1,
        };
    }
    found
}

fn after_ordinal(text: &str, start: usize) -> Option<Article> {
    let at = skip_blank(text, start + "第".len());
    let (number, len) = digits(&text[at..], 4).or_else(|| numerals(&text[at..]))?;
    after_number(text, start, at + len, number)
}

fn after_number(text: &str, start: usize, at: usize, number: u32) -> Option<Article> {
    let at = skip_blank(text, at);
    let unit = text[at..].chars().next().filter(|c| "条章节编款项".contains(*c))?;
    let end = at + unit.len_utf8();
    let sub = sub_number(text, end);
    Some(Article {
        start,
        end: sub.map_or(end, |(_, end)| end),
        number,
        unit,
        sub: sub.map(|(sub, _)| sub),
    })
}

/// The number after 之 and the end of it.
fn sub_number(text: &str, at: usize) -> Option<(u32, usize)> {
    let at = skip_blank(text, at);
    let at = text[at..]
        .starts_with('之')
        .then(|| skip_blank(text, at + '之'.len_utf8()))?;
    let (number, len) = digits(&text[at..], 2).or_else(|| numerals(&text[at..]))?;
    Some((number, at + len))
}

fn skip_blank(text: &str, at: usize) -> usize {
    at + text[at..]
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

fn digits(text: &str, limit: usize) -> Option<(u32, usize)> {
    let len = text.bytes().take(limit).take_while(u8::is_ascii_digit).count();
    text[..len].parse().ok().map(|number| (number, len))
}

fn numerals(text: &str) -> Option<(u32, usize)> {
    let len = text
        .chars()
        .take_while(|&c| "〇零一二三四五六七八九十百千".contains(c))
        .map(char::len_utf8)
        .sum();
    numeral::parse(&text[..len]).map(|number| (number, len))
}
