//! What a file says of itself: its title, its author, its office.

use super::bytes::{place_at, u16_at, u32_at, wide_at};
use crate::corpus::decode::decode;
use crate::office::block::Document;
use crate::office::line::Place;

/// Properties of a set at most.
const MOST: usize = 200;

/// Reads a set of properties, whose texts are named by their numbers.
pub(super) fn read(stream: &[u8], names: &[(u32, &str)], document: &mut Document) {
    let Some(section) = place_at(stream, 44) else { return };
    let count = place_at(stream, section.saturating_add(4)).unwrap_or(0).min(MOST);
    for at in 0..count {
        let entry = section.saturating_add(8 + 8 * at);
        let (Some(id), Some(offset)) = (u32_at(stream, entry), place_at(stream, entry.saturating_add(4))) else {
            return;
        };
        let name = names.iter().find(|(known, _)| *known == id);
        let text = text(stream, section.saturating_add(offset));
        if let (Some((_, name)), Some(text)) = (name, text) {
            document.say_aside(text, Place::Property((*name).to_owned()));
        }
    }
}

fn text(stream: &[u8], at: usize) -> Option<String> {
    let kind = u16_at(stream, at)?;
    let length = place_at(stream, at.checked_add(4)?)?;
    let start = at.checked_add(8)?;
    let text = match kind {
        0x1F => wide_at(stream, start, length.min(100_000))?,
        0x1E => {
            let end = start.checked_add(length)?.min(stream.len());
            let bytes = stream.get(start..end)?;
            let bytes: Vec<u8> = bytes.iter().copied().take_while(|byte| *byte != 0).collect();
            decode(bytes).ok()?.text
        }
        _ => return None,
    };
    Some(text.trim_matches(['\0', ' ']).to_owned())
}

/// The names of the first set.
pub(super) const SUMMARY: [(u32, &str); 6] = [
    (2, "title"),
    (3, "subject"),
    (4, "creator"),
    (5, "keywords"),
    (6, "description"),
    (8, "lastModifiedBy"),
];

/// The names of the second set.
pub(super) const DOCUMENT: [(u32, &str); 3] = [(2, "category"), (14, "Manager"), (15, "Company")];
