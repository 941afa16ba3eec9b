//! Characters of symbol fonts: the same code is ≤ in one and a box in another.

use crate::office::Element;

/// A font, as far as it changes what a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    /// Any that shows text.
    Text,
    Symbol,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
}

/// The font of a run. Latin letters are shown in the first of its fonts.
pub(super) fn font(properties: &Element) -> Font {
    let fonts = properties.child("w:rFonts");
    let names = ["ascii", "hAnsi"].map(|name| fonts.and_then(|fonts| fonts.attribute(name)));
    names
        .into_iter()
        .flatten()
        .map(named)
        .find(|font| *font != Font::Text)
        .unwrap_or(Font::Text)
}

/// A font by its name.
pub(super) fn named(name: &str) -> Font {
    match name.trim().to_ascii_lowercase().as_str() {
        "symbol" | "symbol mt" | "symbolps" => Font::Symbol,
        "wingdings" => Font::Wingdings,
        "wingdings 2" => Font::Wingdings2,
        "wingdings 3" => Font::Wingdings3,
        "webdings" => Font::Webdings,
        _ => Font::Text,
    }
}

/// The character that a code of a font shows; `None` where it isn't known.
pub(super) fn character(font: Font, code: u32) -> Option<char> {
    let own = if (0xF000..=0xF0FF).contains(&code) {
        code - 0xF000
    } else {
        code
    };
    if own < 0x20 {
        return None;
    }
    if own > 0xFF {
        return char::from_u32(own);
    }
    match font {
        Font::Text if code == own => char::from_u32(own),
        // Without a font the private codes are those of Symbol and Wingdings alike: only these agree on a blank.
        Font::Text => (own == 0x20).then_some(' '),
        Font::Symbol => symbol(own),
        Font::Wingdings => of(&WINGDINGS, own),
        Font::Wingdings2 => of(&WINGDINGS_2, own),
        Font::Wingdings3 => of(&WINGDINGS_3, own),
        Font::Webdings => of(&WEBDINGS, own),
    }
}

/// Text in a font, and how many of its characters are not known.
pub(super) fn in_font(text: &str, font: Font) -> (String, usize) {
    let concerned = |character: char| match font {
        Font::Text => ('\u{F020}'..='\u{F0FF}').contains(&character),
        _ => character > ' ' && (character <= '\u{FF}' || ('\u{F020}'..='\u{F0FF}').contains(&character)),
    };
    if !text.chars().any(concerned) {
        return (text.to_owned(), 0);
    }
    let mut lost = 0;
    let read = text.chars().filter_map(|one| {
        if !concerned(one) {
            return Some(one);
        }
        let found = character(font, u32::from(one));
        lost += usize::from(found.is_none());
        found
    });
    let read = read.collect();
    (read, lost)
}

fn of(table: &[(u32, char)], code: u32) -> Option<char> {
    if code == 0x20 {
        return Some(' ');
    }
    table
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, character)| *character)
}

/// Adobe's Symbol encoding, which Microsoft's font keeps.
fn symbol(code: u32) -> Option<char> {
    const LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪";
    const LAST: &str = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";
    let (table, at) = match code {
        0x20..=0x7E => (LOW, code - 0x20),
        0xA0..=0xEF => (HIGH, code - 0xA0),
        0xF1..=0xFE => (LAST, code - 0xF1),
        _ => return None,
    };
    table.chars().nth(at as usize)
}

const WINGDINGS: [(u32, char); 91] = [
    (0x21, '✏'),
    (0x22, '✂'),
    (0x23, '✁'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2A, '✉'),
    (0x36, '⌛'),
    (0x3E, '✇'),
    (0x3F, '✍'),
    (0x41, '✌'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4A, '☺'),
    (0x4C, '☹'),
    (0x4E, '☠'),
    (0x51, '✈'),
    (0x52, '☼'),
    (0x54, '❄'),
    (0x56, '✞'),
    (0x58, '✠'),
    (0x59, '✡'),
    (0x5A, '☪'),
    (0x5B, '☯'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x78, '☒'),
    (0x79, '⍓'),
    (0x7A, '⌘'),
    (0x7B, '❀'),
    (0x7C, '✿'),
    (0x7D, '❝'),
    (0x7E, '❞'),
    (0x80, '⓪'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8A, '⑩'),
    (0x8B, '⓿'),
    (0x8C, '❶'),
    (0x8D, '❷'),
    (0x8E, '❸'),
    (0x8F, '❹'),
    (0x90, '❺'),
    (0x91, '❻'),
    (0x92, '❼'),
    (0x93, '❽'),
    (0x94, '❾'),
    (0x95, '❿'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA2, '○'),
    (0xA4, '◉'),
    (0xA5, '◎'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xAA, '✦'),
    (0xAB, '★'),
    (0xAC, '✶'),
    (0xAD, '✴'),
    (0xB2, '⟡'),
    (0xD5, '⌫'),
    (0xD6, '⌦'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '√'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: [(u32, char); 38] = [
    (0x4F, '✗'),
    (0x50, '√'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x55, '⊗'),
    (0x56, '⊗'),
    (0x69, '⓪'),
    (0x6A, '①'),
    (0x6B, '②'),
    (0x6C, '③'),
    (0x6D, '④'),
    (0x6E, '⑤'),
    (0x6F, '⑥'),
    (0x70, '⑦'),
    (0x71, '⑧'),
    (0x72, '⑨'),
    (0x73, '⑩'),
    (0x74, '⓿'),
    (0x75, '❶'),
    (0x76, '❷'),
    (0x77, '❸'),
    (0x78, '❹'),
    (0x79, '❺'),
    (0x7A, '❻'),
    (0x7B, '❼'),
    (0x7C, '❽'),
    (0x7D, '❾'),
    (0x7E, '❿'),
    (0x97, '●'),
    (0x98, '●'),
    (0x99, '○'),
    (0xA1, '■'),
    (0xA2, '■'),
    (0xA3, '□'),
    (0xA4, '□'),
    (0xEA, '★'),
];

const WINGDINGS_3: [(u32, char); 16] = [
    (0x21, '←'),
    (0x22, '→'),
    (0x23, '↑'),
    (0x24, '↓'),
    (0x66, '←'),
    (0x67, '→'),
    (0x68, '↑'),
    (0x69, '↓'),
    (0x70, '▲'),
    (0x71, '▼'),
    (0x72, '△'),
    (0x73, '▽'),
    (0x74, '◀'),
    (0x75, '▶'),
    (0x7D, '▶'),
    (0x7C, '◀'),
];

const WEBDINGS: [(u32, char); 12] = [
    (0x33, '◀'),
    (0x34, '▶'),
    (0x35, '▲'),
    (0x36, '▼'),
    (0x61, '✔'),
    (0x63, '□'),
    (0x67, '■'),
    (0x6E, '●'),
    (0x72, '✖'),
    (0x78, '✖'),
    (0x80, '☑'),
    (0xC9, '☎'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_means_what_its_font_shows() {
        for (font, code, expected) in [
            ("Symbol", 0xF0A3, Some('≤')),
            ("Symbol", 0xA3, Some('≤')),
            ("Symbol", 0xF0B3, Some('≥')),
            ("Symbol", 0xF0B4, Some('×')),
            ("Symbol", 0xF0E5, Some('∑')),
            ("Symbol", 0xF061, Some('α')),
            ("Symbol", 0xF0FE, Some('⎭')),
            ("Wingdings", 0xF0FE, Some('☑')),
            ("Wingdings", 0xF0A8, Some('□')),
            ("Wingdings 2", 0xF0A3, Some('□')),
            ("Wingdings", 0xF030, None),
            ("宋体", 0x2611, Some('☑')),
            ("宋体", 0xF0FE, None),
        ] {
            assert_eq!(character(named(font), code), expected, "{font} {code:X}");
        }
        assert_eq!(in_font("\u{F0FE}同意", Font::Wingdings), ("☑同意".to_owned(), 0));
        assert_eq!(in_font("a b", Font::Symbol), ("α β".to_owned(), 0));
        assert_eq!(in_font("\u{F0FE}同意", Font::Text), ("同意".to_owned(), 1));
        assert_eq!(in_font("普通 text", Font::Text), ("普通 text".to_owned(), 0));
    }
}
