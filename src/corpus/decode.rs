//! From the bytes of a file to text with `\n` line ends: UTF-8, UTF-16, GB18030, Big5, Shift JIS and EUC-JP, as editors
//! and office programs save them.

mod legacy;

use encoding_rs::{BIG5, EUC_JP, Encoding, GB18030, SHIFT_JIS, UTF_16BE, UTF_16LE};

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// Name of the encoding where it is not plain UTF-8.
    pub encoding: Option<&'static str>,
    /// Whether another encoding fits nearly as well.
    pub doubtful: bool,
    /// Control characters that were left out.
    pub dropped: Option<Dropped>,
}

/// Control characters that no text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub first: char,
    /// Where it stood: a byte offset in the text without them.
    pub at: usize,
}

/// Why a file isn't text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// It is a file of another kind, full of control characters.
    Binary,
    /// It is UTF-8 but for a broken place in this line.
    Broken {
        /// Line from 1.
        line: usize,
    },
    /// No encoding that we know fits.
    Unknown,
}

/// Decodes the bytes of a text file to text with `\n` line ends and without control characters.
///
/// # Errors
/// [`Undecodable`] where the bytes are no text in an encoding that we know.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    let written = as_written(bytes)?;
    let (mut text, dropped) = without_controls(with_line_feeds(written.text));
    // Texts are held through a whole run; what reading left room for isn't needed.
    text.shrink_to_fit();
    Ok(Decoded {
        text,
        dropped,
        ..written
    })
}

/// Decodes the bytes of a text file, with the line ends and control characters that it has.
///
/// # Errors
/// As [`decode`].
pub fn as_written(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    let mut doubtful = false;
    let (mut text, encoding) = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (utf8(rest.to_vec())?, Some("UTF-8 BOM")),
        [0xFF, 0xFE, rest @ ..] => (strictly(UTF_16LE, rest)?, Some("UTF-16LE")),
        [0xFE, 0xFF, rest @ ..] => (strictly(UTF_16BE, rest)?, Some("UTF-16BE")),
        _ if is_utf16(&bytes) => unmarked_utf16(&bytes)?,
        _ => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let found = legacy(error.as_bytes())?;
                doubtful = found.doubtful;
                (found.text, Some(found.encoding))
            }
        },
    };
    // A mark of GB18030, or one that a program wrote before the one that was there.
    let marks = text.len() - text.trim_start_matches('\u{FEFF}').len();
    text.drain(..marks);
    // Line and page breaks of office programs may stand in rows; no file of another kind consists of them.
    let is_foreign = |&character: &char| is_control(character) && !is_break(character);
    let controls = text.chars().filter(is_foreign).count();
    if controls * 3 > text.chars().count() {
        return Err(Undecodable::Binary);
    }
    Ok(Decoded {
        text,
        encoding,
        doubtful,
        dropped: None,
    })
}

/// The bytes of a text in an encoding as [`Decoded`] names it, without byte order mark; `None` where that lacks one of its
/// characters.
pub fn encode(text: &str, encoding: Option<&str>) -> Option<Vec<u8>> {
    let legacy = match encoding {
        Some("UTF-16LE") => return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Some("UTF-16BE") => return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Some("GB18030") => GB18030,
        Some("Big5") => BIG5,
        Some("Shift_JIS") => SHIFT_JIS,
        Some("EUC-JP") => EUC_JP,
        _ => return Some(text.as_bytes().to_vec()),
    };
    let (bytes, _, lacks) = legacy.encode(text);
    (!lacks).then(|| bytes.into_owned())
}

fn utf8(bytes: Vec<u8>) -> Result<String, Undecodable> {
    String::from_utf8(bytes).map_err(|error| broken(error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// An older encoding, unless the bytes are UTF-8 with a broken place: read otherwise that would give nonsense.
fn legacy(bytes: &[u8]) -> Result<legacy::Found, Undecodable> {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > 4 * bad {
        let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        return Err(broken(bytes, valid));
    }
    legacy::read(bytes).ok_or(Undecodable::Unknown)
}

fn broken(bytes: &[u8], valid_up_to: usize) -> Undecodable {
    Undecodable::Broken {
        line: bytes[..valid_up_to].iter().filter(|&&byte| byte == b'\n').count() + 1,
    }
}

/// Whether zero bytes are of an encoding, and not single control characters in UTF-8.
fn is_utf16(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    zeros > 0 && (zeros * 5 > bytes.len() || std::str::from_utf8(bytes).is_err())
}

/// UTF-16 without a mark is evident by the zero bytes of its line ends, spaces and digits: nearly all of them are in one
/// half of the units (一, U+4E00, has one in the other).
fn unmarked_utf16(bytes: &[u8]) -> Result<(String, Option<&'static str>), Undecodable> {
    let zeros_at = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (big, little) = (zeros_at(0), zeros_at(1));
    let (encoding, name) = if big <= little {
        (UTF_16LE, "UTF-16LE")
    } else {
        (UTF_16BE, "UTF-16BE")
    };
    match strictly(encoding, bytes) {
        Ok(text) if big.min(little) == 0 || is_plausible(&text) => Ok((text, Some(name))),
        _ => Err(Undecodable::Binary),
    }
}

/// Whether nearly all characters of a text are such as Chinese and English texts have.
fn is_plausible(text: &str) -> bool {
    let usual = |letter: &char| {
        matches!(letter, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{2000}'..='\u{206F}' | '\u{2460}'..='\u{24FF}'
            | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
    };
    let count = text.chars().count();
    text.chars().filter(usual).count() * 10 >= count * 9
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Undecodable> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or(Undecodable::Unknown)
}

/// Characters that no text shows: control characters but for tab and line ends, byte order marks in the middle (a file
/// was put behind another; YAML ends a value there), and noncharacters.
fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}' => true,
        _ => character as u32 & 0xFFFE == 0xFFFE,
    }
}

/// A soft line break or page break of an office program.
fn is_break(character: char) -> bool {
    matches!(character, '\u{B}' | '\u{C}' | '\u{85}')
}

/// What is read of a character: nothing of a control character, but a space of a soft line break or page break of an
/// office program (U+000B, U+000C, U+0085), which separated what stands before it from what comes after it.
pub fn read_as(character: char) -> Option<char> {
    match character {
        _ if is_break(character) => Some(' '),
        _ if is_control(character) => None,
        _ => Some(character),
    }
}

/// The text without control characters.
fn without_controls(text: String) -> (String, Option<Dropped>) {
    let Some(at) = text.find(is_control) else {
        return (text, None);
    };
    let first = text[at..].chars().next().unwrap_or_default();
    let count = text.chars().filter(|&character| is_control(character)).count();
    let out = text.chars().filter_map(read_as).collect();
    (out, Some(Dropped { count, first, at }))
}

fn with_line_feeds(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    fn read(bytes: Vec<u8>) -> (String, Option<&'static str>) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "标题 2023\n正文。\n";
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        assert_eq!(read(text.into()), (text.into(), None));
        assert_eq!(
            read(marked(b"\xEF\xBB\xBF", text.into())),
            (text.into(), Some("UTF-8 BOM"))
        );
        assert_eq!(
            read(marked(b"\xFF\xFE", utf16(text, false))),
            (text.into(), Some("UTF-16LE"))
        );
        assert_eq!(
            read(marked(b"\xFE\xFF", utf16(text, true))),
            (text.into(), Some("UTF-16BE"))
        );
        assert_eq!(read(utf16(text, false)), (text.into(), Some("UTF-16LE")));
        assert_eq!(read(utf16(text, true)), (text.into(), Some("UTF-16BE")));
        assert_eq!(
            read(GB18030.encode(text).0.into_owned()),
            (text.into(), Some("GB18030"))
        );
    }

    #[test]
    fn utf16_without_a_mark_may_have_zeros_in_both_halves() {
        let text = "---\nkind: report\ntitle: 一\n---\n\n## 一、情况\n\n一审、一并正文。\n";
        assert_eq!(read(utf16(text, false)), (text.into(), Some("UTF-16LE")));
        assert_eq!(read(utf16(text, true)), (text.into(), Some("UTF-16BE")));
        assert_eq!(
            decode(b"\0\x01\x02\x03\0\0\x90\x01\x05\0".to_vec()),
            Err(Undecodable::Binary)
        );
    }

    #[test]
    fn breaks_of_office_programs_do_not_make_a_text_binary() {
        let text = format!("正文{}后文", "\u{B}".repeat(300));
        assert_eq!(decode(text.into()).unwrap().dropped.unwrap().count, 300);
    }

    #[test]
    fn line_ends_become_line_feeds() {
        assert_eq!(read(b"a\r\nb\rc\n".to_vec()).0, "a\nb\nc\n");
    }

    #[test]
    fn one_broken_place_in_utf8_is_not_taken_for_gb18030() {
        let mut bytes = "第一行是正文\n第二行也是正文\n".as_bytes().to_vec();
        bytes.truncate(bytes.len() - 2);
        assert_eq!(decode(bytes), Err(Undecodable::Broken { line: 2 }));
    }

    #[test]
    fn a_second_mark_is_no_text() {
        let text = "---\ntitle: 一\n";
        let marked = |mark: &[u8]| read([mark, text.as_bytes()].concat()).0;
        assert_eq!(marked(b"\xEF\xBB\xBF\xEF\xBB\xBF"), text);
        let gb = [b"\x84\x31\x95\x33".to_vec(), GB18030.encode(text).0.into_owned()].concat();
        assert_eq!(read(gb), (text.into(), Some("GB18030")));
    }

    #[test]
    fn control_characters_are_left_out_and_said() {
        for (written, text, count, first) in [
            ("第一句\u{1A}第二句", "第一句第二句", 1, '\u{1A}'),
            ("第一句\u{B}第二句\u{C}", "第一句 第二句 ", 2, '\u{B}'),
            ("第一句\0第二句\u{1E}\u{1F}", "第一句第二句", 3, '\0'),
            ("第一句\u{FFFE}第二句\u{FDD0}", "第一句第二句", 2, '\u{FFFE}'),
        ] {
            let decoded = decode(written.into()).unwrap();
            let at = "第一句".len();
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.dropped, Some(Dropped { count, first, at }), "{written:?}");
        }
        assert_eq!(decode("甲\t乙\u{2028}丙".into()).unwrap().dropped, None);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(
            decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0".to_vec()),
            Err(Undecodable::Binary)
        );
        assert_eq!(decode(b"PK\x03\x04".to_vec()), Err(Undecodable::Binary));
        assert_eq!(decode(b"\0\x01\x02".to_vec()), Err(Undecodable::Binary));
        assert_eq!(decode(b"\xFF\xFE\x00".to_vec()), Err(Undecodable::Unknown));
    }
}
