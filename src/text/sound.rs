//! How characters are read: pinyin without tones, of the 6,763 characters of GB 2312.

use encoding_rs::GBK;
use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Syllables in Latin order, ü as `v`, each with the characters that may be read so, in code point order.
pub fn table() -> &'static BTreeMap<String, String> {
    static TABLE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<String, String> = BTreeMap::new();
        for c in common() {
            let readings = c.to_pinyin_multi().into_iter().flatten();
            let syllables: BTreeSet<String> = readings.map(|reading| reading.plain().replace('ü', "v")).collect();
            for syllable in syllables {
                table.entry(syllable).or_default().push(c);
            }
        }
        table
    })
}

/// Characters that may be read like one, without it, in code point order.
pub fn alike(c: char) -> BTreeSet<char> {
    let groups = table().values().filter(|characters| characters.contains(c));
    groups
        .flat_map(|characters| characters.chars())
        .filter(|&other| other != c)
        .collect()
}

/// Surnames that are read otherwise than the character mostly is.
const SURNAMES: [(char, &str); 12] = [
    ('单', "shan"),
    ('曾', "zeng"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('查', "zha"),
    ('任', "ren"),
    ('区', "ou"),
    ('朴', "piao"),
    ('翟', "zhai"),
    ('盖', "ge"),
    ('覃', "qin"),
    ('冼', "xian"),
];

/// The reading of a name, by which it stands in a list: syllables of its characters, one space between
/// them; what has no reading stands as it is, in lower case. The first character is read as a surname where
/// the name is a person's.
pub fn reading(name: &str, is_person: bool) -> String {
    let syllable = |(at, c): (usize, char)| {
        let surname = SURNAMES
            .iter()
            .find(|(surname, _)| is_person && at == 0 && *surname == c);
        match (surname, c.to_pinyin()) {
            (Some((_, reading)), _) => (*reading).to_owned(),
            (None, Some(reading)) => reading.plain().replace('ü', "v"),
            (None, None) => c.to_lowercase().collect(),
        }
    };
    name.chars().enumerate().map(syllable).collect::<Vec<_>>().join(" ")
}

/// The Han characters of GB 2312. Its rows are decoded, since looking a character up in them means a search of each.
fn common() -> BTreeSet<char> {
    let rows = (0xB0..=0xF7_u8).flat_map(|row| (0xA1..=0xFE).flat_map(move |cell| [row, cell]));
    let bytes: Vec<u8> = rows.collect();
    let (characters, _, _) = GBK.decode(&bytes);
    // The five cells that GB 2312 leaves empty are for private use in GBK.
    characters
        .chars()
        .filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_their_bearers_read_them() {
        for (name, is_person, read) in [
            ("熊某", true, "xiong mou"),
            ("单某", true, "shan mou"),
            ("单位", false, "dan wei"),
            ("吕A", true, "lv a"),
            ("", true, ""),
        ] {
            assert_eq!(reading(name, is_person), read, "{name}");
        }
    }

    #[test]
    fn characters_of_one_sound_stand_together() {
        for (c, other, together) in [
            ('循', '徇', true),
            ('任', '认', true),
            ('纹', '文', true),
            ('重', '虫', true),
            ('重', '众', true),
            ('文', '身', false),
        ] {
            assert_eq!(alike(c).contains(&other), together, "{c} {other}");
        }
        assert!(table()["lv"].contains('律') && !table().contains_key("lü"));
        assert!(alike('龘').is_empty(), "not in GB 2312");
        let all: BTreeSet<char> = table().values().flat_map(|characters| characters.chars()).collect();
        assert!((6_700..=6_763).contains(&all.len()), "{}", all.len());
    }
}
