//! Encodings of text, by the character set of its font and the code page of its file.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// The encoding of a font's character set; `None` where the file's own counts.
pub(super) fn of_font(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        128 => SHIFT_JIS,
        129 => EUC_KR,
        134 => GB18030,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        77 => MACINTOSH,
        _ => return None,
    })
}

/// The encoding of a code page.
pub(super) fn of_page(page: i32) -> &'static Encoding {
    match page {
        932 => SHIFT_JIS,
        936 | 54_936 => GB18030,
        949 => EUC_KR,
        950 => BIG5,
        866 => IBM866,
        874 => WINDOWS_874,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10_000 => MACINTOSH,
        65_001 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// Bytes as text. A font of the East says what they are; else the file's encoding, if they are text in it.
pub(super) fn decode(bytes: &[u8], font: Option<&'static Encoding>, page: &'static Encoding) -> String {
    let wide = |encoding: &&'static Encoding| !encoding.is_single_byte();
    let all = [font.filter(wide), Some(page).filter(wide), font, Some(page)];
    let read = all.into_iter().flatten().find_map(|encoding| {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes);
        (!wrong).then(|| text.into_owned())
    });
    read.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_of_the_east_says_what_bytes_are() {
        let han = [0xB1, 0xA8];
        assert_eq!(decode(&han, of_font(134), of_page(1252)), "报");
        assert_eq!(decode(&han, None, of_page(936)), "报");
        assert_eq!(decode(&han, of_font(0), of_page(1252)), "±¨");
        assert_eq!(decode(&[0xE9], of_font(134), of_page(1252)), "é");
    }
}
