//! The analyzer as tantivy takes it.

use super::{Article, PartName, TokenKind, Tokens, UnitKind, all_tokens, is_cjk, key, part, parts_of, units};
use std::collections::BTreeSet;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Gives the tokens of a text in normal form, article tokens included, under their names in the index.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct UnitTokenizer;

/// Gives what joins the sequences of a text in normal form, at the places that [`UnitTokenizer`] leaves empty.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct JointTokenizer;

impl Tokenizer for UnitTokenizer {
    type TokenStream<'a> = UnitStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitStream<'a> {
        UnitStream::new(text, false)
    }
}

impl Tokenizer for JointTokenizer {
    type TokenStream<'a> = UnitStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitStream<'a> {
        UnitStream::new(text, true)
    }
}

/// The tokens of one text, or its joints; one buffer serves all of them.
#[derive(Debug)]
pub(crate) struct UnitStream<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    joints: bool,
    token: Token,
}

impl<'a> UnitStream<'a> {
    fn new(text: &'a str, joints: bool) -> Self {
        Self {
            text,
            tokens: all_tokens(text),
            joints,
            token: Token::default(),
        }
    }
}

impl TokenStream for UnitStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        let joints = self.joints;
        let wanted = |token: &super::Token| matches!(token.kind, TokenKind::Joint(..)) == joints;
        let Some(next) = self.tokens.find(wanted) else {
            return false;
        };
        self.token.text.clear();
        match next.kind {
            TokenKind::Article(article) => Article::write(&article, &mut self.token.text),
            TokenKind::Joined => self.token.text.push_str(&key(&self.text[next.start..next.end])),
            TokenKind::Joint(..) => next.write(self.text, &mut self.token.text),
            _ => self.token.text.push_str(&self.text[next.start..next.end]),
        }
        self.token.position = next.position as usize;
        self.token.offset_from = next.start;
        self.token.offset_to = next.end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Gives each CJK character of a text in normal form.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CharacterTokenizer;

impl Tokenizer for CharacterTokenizer {
    type TokenStream<'a> = CharacterStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CharacterStream<'a> {
        CharacterStream {
            chars: text.char_indices(),
            token: Token {
                position: usize::MAX,
                ..Token::default()
            },
        }
    }
}

/// The CJK characters of one text.
#[derive(Debug)]
pub(crate) struct CharacterStream<'a> {
    chars: std::str::CharIndices<'a>,
    token: Token,
}

impl TokenStream for CharacterStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        let Some((at, c)) = self.chars.by_ref().find(|&(_, c)| is_cjk(c)) else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push(c);
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = at;
        self.token.offset_to = at + c.len_utf8();
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Gives the parts of the letter-or-digit units of a text in normal form, each once.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PartTokenizer;

impl Tokenizer for PartTokenizer {
    type TokenStream<'a> = PartStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PartStream {
        let words = units(text).filter(|unit| unit.kind == UnitKind::Word);
        let words: BTreeSet<&str> = words.map(|unit| &text[unit.start..unit.end]).collect();
        let parts: BTreeSet<String> = words.into_iter().flat_map(parts_of).map(part_name).collect();
        PartStream {
            parts: parts.into_iter(),
            token: Token::default(),
        }
    }
}

fn part_name(text: &str) -> String {
    match part(text) {
        PartName::Whole(name) | PartName::Begins(name) => name,
    }
}

/// The parts of the units of one text.
#[derive(Debug)]
pub(crate) struct PartStream {
    parts: std::collections::btree_set::IntoIter<String>,
    token: Token,
}

impl TokenStream for PartStream {
    fn advance(&mut self) -> bool {
        let Some(text) = self.parts.next() else { return false };
        self.token.text = text;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
