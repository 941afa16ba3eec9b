//! What a paragraph becomes by its style and by what stands before it.

use super::block::{Block, Form, Inline};

/// What a program draws before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet of a list.
    Bullet,
    /// A number that Markdown's lists have: `1.`
    Number(u32),
    /// Any other: 一、 （一） 第一条.
    Text(String),
}

/// What the format says of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Styled {
    /// Whether it is the title.
    pub title: bool,
    /// Its level as a heading, from 1.
    pub heading: Option<u8>,
    /// What stands before it, and the depth of its list.
    pub mark: Option<(Mark, usize)>,
    /// How it is set as text.
    pub form: Form,
}

impl Styled {
    /// The block that its text makes. A number of a list is one where text follows, and words before a heading.
    pub(super) fn block(self, mut text: Vec<Inline>) -> Block {
        let before = match &self.mark {
            Some((Mark::Text(before), _)) => Some(before.clone()),
            Some((Mark::Number(number), _)) if self.heading.is_some() => Some(format!("{number}. ")),
            _ => None,
        };
        if let Some(before) = before {
            text.insert(0, Inline::text(before));
        }
        let item = |number, depth, text| Block::Item { depth, number, text };
        match (self.heading, self.mark) {
            _ if self.title => Block::Title(text),
            (Some(level), _) => Block::Heading(level, text),
            (None, Some((Mark::Bullet, depth))) => item(None, depth, text),
            (None, Some((Mark::Number(number), depth))) => item(Some(number), depth, text),
            (None, _) => Block::Paragraph { text, form: self.form },
        }
    }
}
