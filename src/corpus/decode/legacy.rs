//! GB18030, Big5, Shift JIS and EUC-JP are told apart by what is common in each: nearly all characters of a text are of the
//! first level of its character set.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};

/// A text with the encoding that fits best.
pub(super) struct Found {
    pub text: String,
    pub encoding: &'static str,
    /// Whether another one fits nearly as well.
    pub doubtful: bool,
}

/// An encoding: its name, and which of the characters of some bytes are common in it.
struct Candidate {
    encoding: &'static Encoding,
    name: &'static str,
    common: fn(&[u8]) -> Option<Character>,
}

/// A character beyond ASCII.
struct Character {
    length: usize,
    common: bool,
}

const CANDIDATES: [Candidate; 3] = [
    Candidate {
        encoding: GB18030,
        name: "GB18030",
        common: gb18030,
    },
    Candidate {
        encoding: BIG5,
        name: "Big5",
        common: big5,
    },
    Candidate {
        encoding: SHIFT_JIS,
        name: "Shift_JIS",
        common: shift_jis,
    },
];

/// How much more, of a hundred characters, must be common in one encoding than in another.
const MARGIN: usize = 15;

/// Reads bytes in the encoding that fits best; of two that fit nearly alike the first of the list.
pub(super) fn read(bytes: &[u8]) -> Option<Found> {
    if let Some(found) = japanese(bytes) {
        return Some(found);
    }
    let mut fitting: Vec<(usize, String, &'static str)> = Vec::new();
    for candidate in &CANDIDATES {
        let text = candidate
            .encoding
            .decode_without_bom_handling_and_without_replacement(bytes);
        if let Some(text) = text {
            fitting.push((share(bytes, candidate.common), text.into_owned(), candidate.name));
        }
    }
    let best = fitting.iter().map(|(share, ..)| *share).max()?;
    let near = |share: usize| share + MARGIN > best;
    let doubtful = best < 60 || is_korean(bytes) || fitting.iter().filter(|(share, ..)| near(*share)).count() > 1;
    let (_, text, encoding) = fitting.into_iter().find(|(share, ..)| near(*share))?;
    Some(Found {
        text,
        encoding,
        doubtful,
    })
}

/// How many of a hundred characters beyond ASCII are common.
fn share(bytes: &[u8], character: fn(&[u8]) -> Option<Character>) -> usize {
    let (mut all, mut common, mut at) = (0, 0, 0);
    while at < bytes.len() {
        match character(&bytes[at..]) {
            Some(found) => {
                all += 1;
                common += usize::from(found.common);
                at += found.length;
            }
            None => at += 1,
        }
    }
    common * 100 / all.max(1)
}

/// Common: the marks and the first level of GB 2312.
fn gb18030(bytes: &[u8]) -> Option<Character> {
    let (lead, trail) = (*bytes.first()?, bytes.get(1).copied().unwrap_or(0));
    (lead >= 0x80).then_some(match trail {
        b'0'..=b'9' => Character {
            length: 4,
            common: false,
        },
        _ => Character {
            length: 2,
            common: trail >= 0xA1 && matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7),
        },
    })
}

/// Common: the marks and the first level of Big5.
fn big5(bytes: &[u8]) -> Option<Character> {
    let lead = *bytes.first()?;
    (lead >= 0x80).then_some(Character {
        length: 2,
        common: matches!(lead, 0xA1..=0xC6),
    })
}

/// Common: marks, kana and the first level of JIS X 0208; kana of half width are rare.
fn shift_jis(bytes: &[u8]) -> Option<Character> {
    let lead = *bytes.first()?;
    match lead {
        ..0x80 => None,
        0xA1..=0xDF => Some(Character {
            length: 1,
            common: false,
        }),
        _ => Some(Character {
            length: 2,
            common: matches!(lead, 0x81..=0x83 | 0x88..=0x97),
        }),
    }
}

/// Whether the bytes would be a text in EUC-KR: nearly all of what isn't ASCII would be Hangul. That is the rows of GB 2312
/// which hold the characters from 爱 to 劝 alone, so no Chinese text of some length is meant by them.
fn is_korean(bytes: &[u8]) -> bool {
    let Some(text) = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes) else {
        return false;
    };
    let beyond = text.chars().filter(|letter| !letter.is_ascii());
    let hangul = beyond
        .clone()
        .filter(|letter| ('\u{AC00}'..='\u{D7A3}').contains(letter));
    let (all, hangul) = (beyond.count(), hangul.count());
    all >= 8 && hangul * 20 >= all * 19
}

/// A text in EUC-JP. Its bytes are common characters of GB18030 and Big5 as well, so it is known by its kana: a tenth of
/// what isn't ASCII is hiragana, whose bytes in a Chinese text would be rare marks of GB18030; in Big5 nearly every text
/// has a byte that EUC-JP lacks.
fn japanese(bytes: &[u8]) -> Option<Found> {
    let text = EUC_JP.decode_without_bom_handling_and_without_replacement(bytes)?;
    let beyond = text.chars().filter(|letter| !letter.is_ascii());
    let kana = beyond
        .clone()
        .filter(|letter| ('\u{3041}'..='\u{3096}').contains(letter));
    (kana.count() * 10 >= beyond.count()).then(|| Found {
        text: text.into_owned(),
        encoding: "EUC-JP",
        doubtful: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(encoding: &'static Encoding, text: &str) -> (String, &'static str, bool) {
        let found = read(&encoding.encode(text).0).unwrap();
        (found.text, found.encoding, found.doubtful)
    }

    #[test]
    fn each_encoding_is_known_by_its_characters() {
        for (encoding, name, text) in [
            (
                GB18030,
                "GB18030",
                "---\ntitle: 河道治理\n---\n\n关于规范采砂的检察建议，正文内容。",
            ),
            (GB18030, "GB18030", "镕、龘等生僻字也在正文里，共有三十二件。"),
            (BIG5, "Big5", "---\ntitle: 河道治理\n---\n\n正文的內容，關於檢察建議。"),
            (BIG5, "Big5", "檢察機關依法履行職責，保護未成年人。"),
            (SHIFT_JIS, "Shift_JIS", "検察庁の報告書です。河川の管理について。"),
            (EUC_JP, "EUC-JP", "検察庁の報告書です。河川の管理について。"),
        ] {
            assert_eq!(read_in(encoding, text), (text.to_owned(), name, false));
        }
    }

    #[test]
    fn what_fits_two_encodings_is_read_as_the_first_and_said() {
        let (_, encoding, doubtful) = read_in(GB18030, "办");
        assert_eq!((encoding, doubtful), ("GB18030", true));
        let (_, encoding, doubtful) = read_in(EUC_KR, "title: 하천관리\n\n검찰 건의에 관한 내용.");
        assert_eq!((encoding, doubtful), ("GB18030", true));
    }
}
