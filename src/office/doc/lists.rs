//! Lists of the binary format, as the numbering of docx has them.

use super::bytes::{place_at, u8_at, u16_at, u32_at};
use crate::office::docx::numbering::{Level, Numbering};
use std::collections::BTreeMap;

/// Lists of a file at most.
const MOST: usize = 4_096;

/// Reads the lists and what paragraphs make of them.
pub(super) fn read(lists: &[u8], overrides: &[u8]) -> Numbering {
    let mut numbering = Numbering::default();
    let definitions = definitions(lists).unwrap_or_default();
    for (id, levels) in &definitions {
        numbering.define(*id, levels.clone());
    }
    let count = place_at(overrides, 0).unwrap_or(0).min(MOST);
    let mut at = 4 + 16 * count;
    for number in 0..count {
        let own = 4 + 16 * number;
        let Some(id) = u32_at(overrides, own) else { break };
        let changed = usize::from(u8_at(overrides, own + 12).unwrap_or(0));
        at += 4;
        let mut starts = BTreeMap::new();
        for _ in 0..changed {
            let (Some(start), Some(flags)) = (u32_at(overrides, at), u32_at(overrides, at + 4)) else {
                break;
            };
            at += 8;
            let depth = (flags & 0xF) as usize;
            if flags & 0x10 != 0 {
                starts.insert(depth, start);
            }
            if flags & 0x20 != 0 {
                let Some((level, length)) = level(overrides.get(at..).unwrap_or_default()) else {
                    break;
                };
                starts.insert(depth, level.start);
                at += length;
            }
        }
        numbering.list(number as u32 + 1, id, starts);
    }
    numbering
}

fn definitions(lists: &[u8]) -> Option<Vec<(u32, Vec<Level>)>> {
    let count = usize::from(u16_at(lists, 0)?).min(MOST);
    let mut at = 2 + 28 * count;
    let mut all = Vec::new();
    for number in 0..count {
        let own = 2 + 28 * number;
        let id = u32_at(lists, own)?;
        let simple = u8_at(lists, own + 26)? & 1 != 0;
        let mut levels = Vec::new();
        for _ in 0..if simple { 1 } else { 9 } {
            let Some((level, length)) = level(lists.get(at..).unwrap_or_default()) else {
                break;
            };
            levels.push(level);
            at += length;
        }
        all.push((id, levels));
    }
    Some(all)
}

/// A level and the bytes that it takes.
fn level(bytes: &[u8]) -> Option<(Level, usize)> {
    let start = u32_at(bytes, 0)?;
    let format = u8_at(bytes, 4)?;
    let flags = u8_at(bytes, 5)?;
    let follows = u8_at(bytes, 15)?;
    let of_letters = usize::from(u8_at(bytes, 24)?);
    let of_paragraph = usize::from(u8_at(bytes, 25)?);
    let at = 28 + of_letters + of_paragraph;
    let length = usize::from(u16_at(bytes, at)?);
    let units = bytes.get(at + 2..at + 2 + 2 * length)?;
    let mut text = String::new();
    let units = units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    for letter in char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{FFFD}')) {
        match u32::from(letter) {
            place @ 0..=8 => text += &format!("%{}", place + 1),
            _ => text.push(letter),
        }
    }
    let level = Level {
        format: name(format).to_owned(),
        text,
        start,
        plain: flags & 4 != 0,
        blank: follows == 1,
        ..Level::default()
    };
    Some((level, at + 2 + 2 * length))
}

/// A format of numbers by its code (MS-OSHARED, MSONFC).
fn name(code: u8) -> &'static str {
    match code {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        5 => "ordinal",
        8 => "hex",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        16 => "japaneseLegal",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 | 32 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        255 => "none",
        _ => "decimal",
    }
}
