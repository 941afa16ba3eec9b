//! Pictures in the text, at most as wide as the text.

use super::body::Body;
use super::inline::escaped;

/// Units of a drawing in a millimetre.
const MILLIMETRE: u64 = 36_000;
/// The text's width and what fits on a page below a line of text, in millimetres.
const WIDEST: u64 = 156;
const HIGHEST: u64 = 210;
/// Units in a pixel of 96 to the inch.
const PIXEL: u64 = 9_525;

impl Body {
    /// A picture as a run.
    pub(super) fn picture(&mut self, name: &str, description: &str) -> String {
        let Some(at) = self.pictures.iter().position(|(known, ..)| known == name) else {
            return String::new();
        };
        self.shown += 1;
        let count = self.shown;
        let (_, width, height) = self.pictures[at];
        let [name, description] = [name, description].map(escaped);
        format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{count}\" name=\"{name}\" descr=\"{description}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{count}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
            id(at)
        )
    }
}

/// The name under which the text refers to a picture.
pub(super) fn id(at: usize) -> String {
    format!("rIdP{}", at + 1)
}

/// Pictures by name, each with the size in which it is shown.
pub(super) fn sized(pictures: &[(String, Vec<u8>)]) -> Vec<(String, u64, u64)> {
    let sized = |(name, bytes): &(String, Vec<u8>)| {
        let (width, height) = shown_size(bytes);
        (name.clone(), width, height)
    };
    pictures.iter().map(sized).collect()
}

/// The size in which a picture is shown, in units of a drawing: its own, or as much smaller as it must be.
fn shown_size(bytes: &[u8]) -> (u64, u64) {
    let (width, height) = pixels(bytes).unwrap_or((400, 300));
    let (width, height) = (u64::from(width.max(1)) * PIXEL, u64::from(height.max(1)) * PIXEL);
    let (widest, highest) = (WIDEST * MILLIMETRE, HIGHEST * MILLIMETRE);
    let (width, height) = if width > widest {
        (widest, (height * widest / width).max(1))
    } else {
        (width, height)
    };
    if height > highest {
        ((width * highest / height).max(1), highest)
    } else {
        (width, height)
    }
}

/// Width and height as the head of a PNG, GIF, BMP or JPEG has them.
fn pixels(bytes: &[u8]) -> Option<(u32, u32)> {
    let at = |from: usize, length: usize| bytes.get(from..from + length);
    let big = |from| Some(u32::from_be_bytes(at(from, 4)?.try_into().ok()?));
    let little = |from| Some(u32::from_le_bytes(at(from, 4)?.try_into().ok()?));
    let little_short = |from| Some(u32::from(u16::from_le_bytes(at(from, 2)?.try_into().ok()?)));
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some((big(16)?, big(20)?)),
        [b'G', b'I', b'F', ..] => Some((little_short(6)?, little_short(8)?)),
        [b'B', b'M', ..] => Some((little(18)?, little(22)?)),
        [0xFF, 0xD8, ..] => of_jpeg(bytes),
        _ => None,
    }
}

/// The size stands in the segment that begins a frame.
fn of_jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let short = |from: usize| Some(u16::from_be_bytes(bytes.get(from..from + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        let kind = short(at)?;
        let frame = matches!(kind, 0xFFC0..=0xFFCF) && !matches!(kind, 0xFFC4 | 0xFFC8 | 0xFFCC);
        if frame {
            return Some((short(at + 7)?.into(), short(at + 5)?.into()));
        }
        if kind < 0xFF00 {
            return None;
        }
        at += 2 + usize::from(short(at + 2)?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_shown_in_its_own_size_or_fits_the_page() {
        let png = |width: u32, height: u32| {
            let head = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
            [head, width.to_be_bytes().to_vec(), height.to_be_bytes().to_vec()].concat()
        };
        assert_eq!(shown_size(&png(96, 48)), (914_400, 457_200));
        assert_eq!(shown_size(&png(9600, 4800)), (156 * 36_000, 78 * 36_000));
        assert_eq!(shown_size(&png(100, 100_000)).1, 210 * 36_000);
        let jpeg = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xC0\x00\x11\x08\x00\x30\x00\x60";
        assert_eq!(shown_size(jpeg), (914_400, 457_200));
        for broken in [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"", &png(0, 0)] {
            let (width, height) = shown_size(broken);
            assert!(width > 0 && height > 0);
        }
    }
}
