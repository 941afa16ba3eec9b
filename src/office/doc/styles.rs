//! Styles: their names, and how they set letters and paragraphs.

use super::bytes::{u16_at, wide_at};
use super::sprm::{Letters, Set};
use crate::office::style::{Named, named};
use crate::office::trace::State;

/// Styles on which others are based, at most; a circle ends there.
const LONGEST_CHAIN: usize = 11;

#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub named: Named,
    pub letters: State,
    pub set: Set,
    base: Option<usize>,
    of_paragraphs: Vec<u8>,
    of_letters: Vec<u8>,
}

/// The styles of a file, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    pub(super) fn read(part: &[u8]) -> Self {
        let mut styles = read(part).unwrap_or_default();
        for at in 0..styles.len() {
            let mut chain = vec![at];
            while let Some(base) = chain.last().and_then(|last| styles.get(*last)?.base)
                && chain.len() < LONGEST_CHAIN
            {
                chain.push(base);
            }
            let (mut letters, mut set) = (Letters::default(), Set::default());
            for style in chain.iter().rev().filter_map(|at| styles.get(*at)) {
                letters = letters.with(&style.of_letters, letters.state);
                set = set.with(&style.of_paragraphs);
            }
            (styles[at].letters, styles[at].set) = (letters.state, set);
        }
        Self(styles)
    }

    pub(super) fn of(&self, number: u16) -> Style {
        self.0.get(usize::from(number)).cloned().unwrap_or_default()
    }
}

fn read(part: &[u8]) -> Option<Vec<Style>> {
    let head = usize::from(u16_at(part, 0)?);
    let count = usize::from(u16_at(part, 2)?).min(4096);
    let base = usize::from(u16_at(part, 4)?);
    let mut at = 2 + head;
    let mut styles = Vec::new();
    for _ in 0..count {
        let Some(length) = u16_at(part, at).map(usize::from) else {
            break;
        };
        let own = part.get(at + 2..at + 2 + length).unwrap_or_default();
        styles.push(style(own, base).unwrap_or_default());
        at += 2 + length + length % 2;
    }
    Some(styles)
}

fn style(own: &[u8], base: usize) -> Option<Style> {
    let kind = u16_at(own, 0)? & 0x0FFF;
    let second = u16_at(own, 2)?;
    let based = usize::from(second >> 4);
    let of_paragraphs = second & 0xF == 1;
    let count = u16_at(own, 4)? & 0xF;
    let length = usize::from(u16_at(own, base)?);
    let name = wide_at(own, base + 2, length)?;
    let mut style = Style {
        named: by_number(kind).unwrap_or_else(|| named(name.split(',').next().unwrap_or_default())),
        base: (based != 0x0FFF).then_some(based),
        ..Style::default()
    };
    let mut at = base + 2 + 2 * length + 2;
    for number in 0..count {
        let Some(size) = u16_at(own, at).map(usize::from) else {
            break;
        };
        let changes = own.get(at + 2..at + 2 + size).unwrap_or_default();
        match (of_paragraphs, number) {
            (true, 0) => style.of_paragraphs = changes.get(2..).unwrap_or_default().to_vec(),
            (true, 1) | (false, 0) => style.of_letters = changes.to_vec(),
            _ => {}
        }
        at += 2 + size + size % 2;
    }
    Some(style)
}

/// What Word's own styles are for, whatever they are called.
fn by_number(kind: u16) -> Option<Named> {
    Some(match kind {
        1..=9 => Named {
            heading: Some(kind as u8),
            ..Named::default()
        },
        19..=27 => Named {
            contents: true,
            ..Named::default()
        },
        62 => Named {
            title: true,
            ..Named::default()
        },
        _ => return None,
    })
}
