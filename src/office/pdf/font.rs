//! A font: what its codes mean and how wide they are.

use super::LARGEST;
use super::cmap::{self, Map};
use crate::office::room::kept;
use crate::office::{Fault, guard};
use encoding_rs::Encoding;
use lopdf::{Dictionary, Object};
use std::collections::BTreeMap;

/// The last code of a font.
const MOST_CODE: u32 = 0xFFFF;
/// What a width takes, about.
const OF_WIDTH: usize = 16;

/// A letter, or several that one code gives.
#[derive(Debug, PartialEq)]
pub(super) struct Letter {
    /// What it means; `None` where nothing says it.
    pub text: Option<String>,
    /// In thousandths of the font's size.
    pub width: f32,
    /// Whether blanks of the text state widen it.
    pub is_blank: bool,
}

#[derive(Debug, Default)]
pub(super) struct Font {
    to_unicode: Map,
    /// The bytes of its codes are those of an encoding.
    encoding: Option<&'static Encoding>,
    /// What its codes mean, for fonts of one byte.
    simple: Vec<Option<String>>,
    /// Whether its codes have two bytes.
    composite: bool,
    widths: BTreeMap<u32, f32>,
    usual: f32,
    pub vertical: bool,
}

impl Font {
    /// Reads a font.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where it takes more room or time than there is.
    pub(super) fn read(font: &Dictionary, file: &lopdf::Document) -> Result<Self, Fault> {
        let map = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream);
        let map = map.and_then(|stream| stream.get_plain_content_with_limit(LARGEST));
        let map = map.ok().map(|source| Map::parse(&source)).transpose()?;
        let mut read = Self {
            to_unicode: map.unwrap_or_default(),
            composite: font
                .get(b"Subtype")
                .and_then(Object::as_name)
                .is_ok_and(|kind| kind == b"Type0"),
            usual: 500.0,
            ..Self::default()
        };
        if read.composite {
            read.of_many(font, file)?;
        } else {
            read.of_one_byte(font, file)?;
        }
        Ok(read)
    }

    fn of_many(&mut self, font: &Dictionary, file: &lopdf::Document) -> Result<(), Fault> {
        let encoding = font.get_deref(b"Encoding", file);
        let name = encoding.and_then(Object::as_name).unwrap_or_default();
        self.encoding = cmap::predefined(name);
        self.vertical = name.ends_with(b"-V");
        self.usual = 1000.0;
        let inner = font.get_deref(b"DescendantFonts", file).and_then(Object::as_array).ok();
        let inner = inner
            .and_then(|all| all.first())
            .and_then(|first| file.dereference(first).ok());
        let Some(inner) = inner.and_then(|(_, inner)| inner.as_dict().ok()) else {
            return Ok(());
        };
        let number = |object: &Object| file.dereference(object).ok().and_then(|(_, it)| it.as_float().ok());
        self.usual = inner.get(b"DW").ok().and_then(number).unwrap_or(1000.0);
        let widths = inner.get_deref(b"W", file).and_then(Object::as_array);
        let mut rest = widths.map(Vec::as_slice).unwrap_or_default();
        while let [first, second, after @ ..] = rest {
            let Some(first) = number(first).map(|first| first as u32) else {
                break;
            };
            rest = after;
            guard::in_time()?;
            if let Ok((_, Object::Array(list))) = file.dereference(second) {
                let list = list.iter().filter_map(number);
                self.widen((first..=MOST_CODE).zip(list))?;
            } else if let (Some(last), [width, after @ ..]) = (number(second), after) {
                let last = (last as u32).min(MOST_CODE);
                let width = number(width).unwrap_or(self.usual);
                self.widen((first..=last).map(|code| (code, width)))?;
                rest = after;
            }
        }
        Ok(())
    }

    fn widen(&mut self, widths: impl Iterator<Item = (u32, f32)>) -> Result<(), Fault> {
        let before = self.widths.len();
        self.widths.extend(widths);
        kept(OF_WIDTH * (self.widths.len() - before))
    }

    fn of_one_byte(&mut self, font: &Dictionary, file: &lopdf::Document) -> Result<(), Fault> {
        let encoding = font.get_font_encoding_with_limit(file, LARGEST).ok();
        let meaning = |code: u8| {
            let text = encoding.as_ref()?.bytes_to_string(&[code]).ok()?;
            (!text.is_empty() && text != "\u{FFFD}").then_some(text)
        };
        self.simple = (0..=255).map(meaning).collect();
        let first = font.get_deref(b"FirstChar", file).and_then(Object::as_i64).unwrap_or(0);
        let widths = font.get_deref(b"Widths", file).and_then(Object::as_array);
        let first = u32::try_from(first).unwrap_or(0);
        let width = |width: &Object| {
            let (_, width) = file.dereference(width).ok()?;
            width.as_float().ok()
        };
        let widths = (first..=0xFF).zip(widths.into_iter().flatten());
        self.widen(widths.filter_map(|(code, told)| Some((code, width(told)?))))
    }

    /// The letters that bytes give.
    pub(super) fn letters(&self, bytes: &[u8]) -> impl Iterator<Item = Letter> {
        let mut rest = bytes;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (length, letter) = self.first(rest);
            rest = rest.get(length.max(1)..).unwrap_or_default();
            Some(letter)
        })
    }

    fn first(&self, bytes: &[u8]) -> (usize, Letter) {
        let usual = match (self.composite, self.encoding) {
            (true, Some(encoding)) => cmap::length(encoding, bytes),
            (true, None) => 2,
            (false, _) => 1,
        };
        let (length, code, told) = if self.to_unicode.is_empty() {
            (usual.min(bytes.len()), code(&bytes[..usual.min(bytes.len())]), None)
        } else {
            self.to_unicode.first(bytes, usual)
        };
        let own = &bytes[..length.min(bytes.len())];
        let text = told.map(str::to_owned).or_else(|| match (self.encoding, own) {
            (Some(encoding), own) => {
                let (text, wrong) = encoding.decode_without_bom_handling(own);
                (!wrong).then(|| text.into_owned())
            }
            (None, [byte]) => self.simple.get(usize::from(*byte)).cloned().flatten(),
            _ => None,
        });
        // The widths of a predefined map go by numbers of glyphs: letters of two bytes are as wide as high.
        let width = match self.encoding {
            Some(_) if text.as_deref().is_some_and(str::is_ascii) => 500.0,
            Some(_) => 1000.0,
            None => self.widths.get(&code).copied().unwrap_or(self.usual),
        };
        let is_blank = length == 1 && own == b" ";
        (length, Letter { text, width, is_blank })
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}
