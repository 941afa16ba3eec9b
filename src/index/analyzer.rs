//! Unit bigrams: from a normal form to the tokens that are indexed and asked for.
//!
//! `docs/search.md`, section 1. Everything here takes texts in normal form ([`crate::text::normalize`])
//! and works by code point; offsets are bytes of the normal form. Index and query use the same
//! functions, and the browser's client holds to the same vectors (`tests/vectors/tokens.jsonl`).

mod article;
mod key;
mod tokenizer;

pub(crate) use article::{Article, articles};
pub(crate) use key::{PartName, is_joint, joint, key, part, parts_of, readable, tail};
pub(crate) use tokenizer::{CharacterTokenizer, JointTokenizer, PartTokenizer, UnitTokenizer};

use std::collections::VecDeque;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// What a unit is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// One CJK character.
    Character,
    /// A maximal run of other letters and numbers.
    Word,
}

/// The smallest thing that is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// What it is made of.
    pub kind: UnitKind,
    /// Whether a sequence begins with it.
    pub first: bool,
}

/// Where a token comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A letter-or-digit unit by itself.
    Word,
    /// Two neighbouring units.
    Joined,
    /// A sequence of one CJK character.
    Single,
    /// An article span in canonical form.
    Article(Article),
    /// The empty place between two sequences of one line: the unit before it ends and the one behind it begins at
    /// these bytes.
    Joint(usize, usize),
}

/// A token with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it comes from.
    pub kind: TokenKind,
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// Position, as phrases count it.
    pub position: u32,
}

impl Token {
    /// Appends the token's text; `normal` is the text that it was read from.
    pub fn write(&self, normal: &str, out: &mut String) {
        match self.kind {
            TokenKind::Article(article) => article.write(out),
            TokenKind::Joint(end, next) => {
                out.push_str(&joint(
                    &normal[self.start..end],
                    &normal[end..next],
                    &normal[next..self.end],
                ));
            }
            _ => out.push_str(&normal[self.start..self.end]),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Cjk,
    Word,
    Separator,
}

#[inline]
fn class(c: char) -> Class {
    match c {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => Class::Word,
        '\0'..='\u{7F}' => Class::Separator,
        '\u{4E00}'..='\u{9FFF}' => Class::Cjk,
        '\u{2010}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Class::Separator,
        _ if is_cjk(c) => Class::Cjk,
        _ => match c.general_category_group() {
            GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number => Class::Word,
            _ => Class::Separator,
        },
    }
}

/// Whether a character is a unit by itself.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}'
        | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character belongs to a letter-or-digit unit.
pub fn is_word(c: char) -> bool {
    class(c) == Class::Word
}

/// The units of a normal form, left to right.
#[derive(Debug, Clone)]
pub struct Units<'a> {
    text: &'a str,
    at: usize,
}

/// Reads the units of a normal form.
pub fn units(normal: &str) -> Units<'_> {
    Units { text: normal, at: 0 }
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        let mut first = self.at == 0;
        let mut chars = self.text[self.at..].chars();
        let mut start = self.at;
        while let Some(c) = chars.next() {
            let end = start + c.len_utf8();
            match class(c) {
                Class::Separator => first = true,
                Class::Cjk => {
                    self.at = end;
                    return Some(Unit {
                        start,
                        end,
                        kind: UnitKind::Character,
                        first,
                    });
                }
                Class::Word => {
                    let more: usize = chars.take_while(|&c| class(c) == Class::Word).map(char::len_utf8).sum();
                    self.at = end + more;
                    return Some(Unit {
                        start,
                        end: self.at,
                        kind: UnitKind::Word,
                        first,
                    });
                }
            }
            start = end;
        }
        self.at = self.text.len();
        None
    }
}

/// The tokens of a normal form, left to right.
#[derive(Debug)]
pub struct Tokens<'a> {
    units: Units<'a>,
    articles: std::iter::Peekable<std::vec::IntoIter<Article>>,
    /// Tokens that are read already; a unit gives at most three.
    ready: VecDeque<Token>,
    previous: Option<Unit>,
    /// Whether `previous` is a CJK character that no unit came before in its sequence.
    alone: bool,
    position: u32,
}

/// Reads the tokens of a normal form, article tokens included.
///
/// ```
/// use jianyan::index::analyzer::tokens;
///
/// let normal = "帮信罪wifi6";
/// let found: Vec<_> = tokens(normal).map(|token| &normal[token.start..token.end]).collect();
/// assert_eq!(found, ["帮信", "信罪", "罪wifi6", "wifi6"]);
/// ```
pub fn tokens(normal: &str) -> impl Iterator<Item = Token> {
    all_tokens(normal).filter(|token| !matches!(token.kind, TokenKind::Joint(..)))
}

/// Reads the tokens of a normal form and, at the empty places between sequences, what joins these.
pub fn all_tokens(normal: &str) -> Tokens<'_> {
    Tokens {
        units: units(normal),
        articles: articles(normal).into_iter().peekable(),
        ready: VecDeque::with_capacity(4),
        previous: None,
        alone: false,
        position: 0,
    }
}

impl Tokens<'_> {
    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        self.ready.push_back(Token {
            kind,
            start,
            end,
            position: self.position,
        });
        self.position += 1;
    }

    fn end_sequence(&mut self) {
        let Some(last) = self.previous.take() else { return };
        if self.alone {
            self.push(TokenKind::Single, last.start, last.end);
        }
        self.position += 1;
    }

    /// Puts what joins two sequences at the empty place between them, where they stand in one line.
    fn join(&mut self, before: Option<Unit>, unit: Unit) {
        let Some(before) = before.filter(|before| !self.units.text[before.end..unit.start].contains('\n')) else {
            return;
        };
        self.ready.push_back(Token {
            kind: TokenKind::Joint(before.end, unit.start),
            start: before.start,
            end: unit.end,
            // The place is passed already.
            position: self.position - 1,
        });
    }

    fn take(&mut self, unit: Unit) {
        if unit.first {
            let before = self.previous;
            self.end_sequence();
            self.join(before, unit);
        } else if let Some(previous) = self.previous {
            self.push(TokenKind::Joined, previous.start, unit.end);
        }
        // An article token stands where the first token of its first unit stands, and takes no place.
        if let Some(article) = self.articles.next_if(|article| article.start < unit.end) {
            let position = self.position;
            self.ready.push_back(Token {
                kind: TokenKind::Article(article),
                start: article.start,
                end: article.end,
                position,
            });
        }
        if unit.kind == UnitKind::Word {
            self.push(TokenKind::Word, unit.start, unit.end);
        }
        self.alone = unit.first && unit.kind == UnitKind::Character;
        self.previous = Some(unit);
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        loop {
            if let Some(token) = self.ready.pop_front() {
                return Some(token);
            }
            if let Some(unit) = self.units.next() {
                self.take(unit);
            } else {
                self.end_sequence();
                return self.ready.pop_front();
            }
        }
    }
}

#[cfg(test)]
mod tests;
