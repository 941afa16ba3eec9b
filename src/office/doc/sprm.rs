//! What changes mean (MS-DOC, "sprm"): how letters look, how paragraphs and rows are set.

use super::bytes::{i16_at, u8_at, u16_at, u32_at};
use crate::office::block::Level;
use crate::office::rows::Bound;
use crate::office::trace::{Change, State};

/// A change: its code and its value.
pub(super) struct Sprm<'a> {
    pub code: u16,
    pub value: &'a [u8],
}

/// The changes of a list.
pub(super) struct Sprms<'a>(pub &'a [u8]);

impl<'a> Iterator for Sprms<'a> {
    type Item = Sprm<'a>;

    fn next(&mut self) -> Option<Sprm<'a>> {
        let code = u16_at(self.0, 0)?;
        let rest = self.0.get(2..)?;
        let (from, length) = match (code, code >> 13) {
            // The list of a row's cells has a length of two bytes that counts one too many.
            (0xD608, _) => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
            (0xC615, _) if u8_at(rest, 0) == Some(255) => (rest.len(), 0),
            (_, 0 | 1) => (0, 1),
            (_, 2 | 4 | 5) => (0, 2),
            (_, 3) => (0, 4),
            (_, 7) => (0, 3),
            _ => (1, usize::from(u8_at(rest, 0)?)),
        };
        let end = from.saturating_add(length).min(rest.len());
        let value = rest.get(from.min(end)..end)?;
        self.0 = &rest[end..];
        Some(Sprm { code, value })
    }
}

/// How letters stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Letters {
    pub state: State,
    /// Whether they aren't letters but mean something.
    pub special: bool,
    /// Whether they are the field's instruction or an object's data.
    pub object: bool,
    /// Where a picture lies in its stream.
    pub picture: Option<u32>,
    /// A letter of a symbol font.
    pub symbol: Option<u16>,
}

impl Letters {
    /// The same after a list of changes; `style` is how the paragraph's style has them.
    pub(super) fn with(mut self, changes: &[u8], style: State) -> Self {
        for Sprm { code, value } in Sprms(changes) {
            let first = value.first().copied().unwrap_or(0);
            let toggled = |of_style: bool| match first {
                0 => false,
                0x80 => of_style,
                0x81 => !of_style,
                _ => true,
            };
            let state = &mut self.state;
            match code {
                0x0800 if first != 0 => *state = state.changed(Change::Deleted),
                0x0801 if first != 0 => *state = state.changed(Change::Inserted),
                0x0835 => state.look.bold = toggled(style.look.bold),
                0x0836 => state.look.italic = toggled(style.look.italic),
                0x0837 | 0x2A53 => state.look.struck = toggled(style.look.struck),
                0x083C | 0x0811 => state.hidden = toggled(style.hidden),
                0x2A48 => {
                    state.look.level = match first {
                        1 => Level::Raised,
                        2 => Level::Lowered,
                        _ => Level::Base,
                    }
                }
                0x4A43 => state.size = u16_at(value, 0).map_or(0, u32::from),
                0x0855 => self.special = first != 0,
                0x0856 | 0x0806 => self.object |= first != 0,
                0x6A03 => self.picture = u32_at(value, 0),
                0x6A09 => {
                    self.symbol = u16_at(value, 2);
                    self.special = true;
                }
                _ => {}
            }
        }
        self
    }
}

/// How a paragraph is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Set {
    pub centred: bool,
    /// Level of the outline, from 1.
    pub outline: Option<u8>,
    /// The place of its list in the list of lists, from 1, and its level.
    pub list: Option<u32>,
    pub level: u8,
    pub in_table: bool,
    /// Whether it ends a row, or a cell or row of a table within a cell.
    pub row_end: bool,
    pub depth: u32,
    pub inner_cell: bool,
    pub bounds: Vec<Bound>,
}

impl Set {
    /// The same after a list of changes.
    pub(super) fn with(mut self, changes: &[u8]) -> Self {
        for Sprm { code, value } in Sprms(changes) {
            let first = value.first().copied().unwrap_or(0);
            match code {
                0x2403 | 0x2461 => self.centred = first == 1,
                0x2640 => self.outline = (first < 9).then(|| first + 1),
                0x260A => self.level = first.min(8),
                0x460B => self.list = u16_at(value, 0).map(u32::from).filter(|list| *list > 0 && *list < 2047),
                0x2416 => self.in_table = first != 0,
                0x2417 => self.row_end = first != 0,
                0x244B => self.inner_cell = first != 0,
                0x6649 => self.depth = u32_at(value, 0).unwrap_or(0),
                0xD608 => self.bounds = bounds(value).unwrap_or_default(),
                _ => {}
            }
        }
        self
    }
}

/// Where the cells of a row end, and which are merged.
fn bounds(value: &[u8]) -> Option<Vec<Bound>> {
    let count = usize::from(*value.first()?);
    let mut bounds = Vec::new();
    for at in 0..count {
        let right = i16_at(value, 1 + 2 * (at + 1))?;
        let flags = u16_at(value, 1 + 2 * (count + 1) + 20 * at).unwrap_or(0);
        bounds.push(Bound {
            right: i32::from(right),
            // The first of merged cells has another mark.
            merged: flags & 2 != 0 && flags & 1 == 0,
            below: flags & 0x20 != 0 && flags & 0x40 == 0,
        });
    }
    Some(bounds)
}
