//! Automatic numbers: what Word draws before a paragraph and doesn't write into its text.

use crate::office::Element;
use std::collections::BTreeMap;

/// Levels of a list.
const LEVELS: usize = 9;

/// How one level of a list counts.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// `%1.` with the level's number in place of `%1`.
    text: String,
    start: u32,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The definition of each list.
    definitions: BTreeMap<u32, u32>,
    levels: BTreeMap<u32, Vec<Level>>,
    counts: BTreeMap<u32, [u32; LEVELS]>,
    /// Numbers from which a list begins anew: (list, level).
    restarts: BTreeMap<(u32, usize), u32>,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet of a list.
    Bullet,
    /// A number that Markdown's lists have: `1.`
    Number(u32),
    /// Any other: 一、 （一） 第一条.
    Text(String),
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(tree: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        let id = |element: &Element, name: &str| element.attribute(name).and_then(|id| id.parse::<u32>().ok());
        for element in tree.into_iter().flat_map(Element::elements) {
            if element.name == "w:abstractNum"
                && let Some(definition) = id(element, "abstractNumId")
            {
                numbering.levels.insert(definition, levels(element));
            }
            if element.name == "w:num"
                && let Some(list) = id(element, "numId")
            {
                let definition = element.value("w:abstractNumId").and_then(|id| id.parse().ok());
                numbering
                    .definitions
                    .extend(definition.map(|definition| (list, definition)));
                for change in element.elements().filter(|child| child.name == "w:lvlOverride") {
                    let start = change.value("w:startOverride").and_then(|start| start.parse().ok());
                    let level = id(change, "ilvl").unwrap_or(0) as usize;
                    numbering.restarts.extend(start.map(|start| ((list, level), start)));
                }
            }
        }
        numbering
    }

    /// Counts a paragraph of a list and gives what stands before it; `None` where nothing does.
    pub fn next(&mut self, list: u32, level: u8) -> Option<Mark> {
        let definition = *self.definitions.get(&list)?;
        let levels = self.levels.get(&definition)?;
        let depth = usize::from(level).min(LEVELS - 1);
        let own = levels.get(depth)?;
        // Lists of one definition count on together; one that begins anew has its own count.
        let own_count = (0..LEVELS).any(|level| self.restarts.contains_key(&(list, level)));
        let key = if own_count { list | 1 << 31 } else { definition };
        let counts = self.counts.entry(key).or_default();
        let start = self.restarts.get(&(list, depth)).copied().unwrap_or(own.start);
        counts[depth] = if counts[depth] == 0 {
            start.max(1)
        } else {
            counts[depth].saturating_add(1)
        };
        counts[depth + 1..].fill(0);
        let counts = *counts;
        match own.format.as_str() {
            "none" => None,
            "bullet" => Some(Mark::Bullet),
            "decimal" if own.text.len() == 3 && own.text.ends_with(['.', ')']) => Some(Mark::Number(counts[depth])),
            _ => {
                let mut text = own.text.clone();
                for (index, level) in levels.iter().enumerate().take(LEVELS) {
                    let place = format!("%{}", index + 1);
                    if text.contains(&place) {
                        text = text.replace(&place, &written(counts[index].max(1), &level.format));
                    }
                }
                Some(Mark::Text(text)).filter(|_| !own.text.is_empty())
            }
        }
    }
}

fn levels(definition: &Element) -> Vec<Level> {
    let mut levels = vec![Level::default(); LEVELS];
    for element in definition.elements().filter(|element| element.name == "w:lvl") {
        let depth = element.attribute("ilvl").and_then(|level| level.parse::<usize>().ok());
        if let Some(level) = depth.and_then(|depth| levels.get_mut(depth)) {
            *level = Level {
                format: element.value("w:numFmt").unwrap_or("decimal").to_owned(),
                text: element.value("w:lvlText").unwrap_or_default().to_owned(),
                start: element
                    .value("w:start")
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1),
            };
        }
    }
    levels
}

/// A number in a format of ECMA-376, part 1, 17.18.59.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanDigital" => chinese(number),
        "ideographDigital" | "japaneseDigitalTenThousand" => {
            let digits = number.to_string();
            digits
                .bytes()
                .map(|digit| {
                    "〇一二三四五六七八九"
                        .chars()
                        .nth(usize::from(digit - b'0'))
                        .unwrap_or('〇')
                })
                .collect()
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" => chinese(number)
            .chars()
            .map(
                |digit| match "一二三四五六七八九十".chars().position(|known| known == digit) {
                    Some(at) => "壹贰叁肆伍陆柒捌玖拾".chars().nth(at).unwrap_or(digit),
                    None => digit,
                },
            )
            .collect(),
        "ideographTraditional" => "甲乙丙丁戊己庚辛壬癸"
            .chars()
            .nth((number as usize - 1) % 10)
            .map(String::from)
            .unwrap_or_default(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if number <= 20 => char::from_u32(0x2460 + number - 1)
            .map(String::from)
            .unwrap_or_default(),
        "lowerLetter" | "upperLetter" => {
            let letter = char::from(b'a' + ((number - 1) % 26) as u8);
            let letter = if format == "upperLetter" {
                letter.to_ascii_uppercase()
            } else {
                letter
            };
            letter.to_string()
        }
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        _ => number.to_string(),
    }
}

/// A number below a hundred in Chinese; beyond it in digits, which no outline reaches.
fn chinese(number: u32) -> String {
    let digit = |digit: u32| {
        "零一二三四五六七八九"
            .chars()
            .nth(digit as usize)
            .map(String::from)
            .unwrap_or_default()
    };
    match number {
        0..=9 => digit(number),
        10 => "十".to_owned(),
        11..=19 => format!("十{}", digit(number % 10)),
        20..=99 if number.is_multiple_of(10) => format!("{}十", digit(number / 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        _ => number.to_string(),
    }
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    // Nobody counts so far; a file that says so is not worth thousands of letters.
    number = number.min(3999);
    for (value, sign) in SIGNS {
        while number >= value {
            out += sign;
            number -= value;
        }
    }
    out
}
