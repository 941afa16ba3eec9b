//! Lists: how they count, and what their numbers look like.

use super::local;
use crate::office::Element;
use crate::office::counting::written;
use crate::office::mark::Mark;
use std::collections::BTreeMap;

/// Levels of a list.
pub(super) const LEVELS: usize = 10;

/// How one level of a list counts.
#[derive(Debug, Clone, Default)]
struct Level {
    bullet: bool,
    /// A number's format as its file names it; empty where no number is shown.
    format: String,
    /// `第%1%条`, the level's number in place of `%1%`.
    text: String,
    start: u32,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: BTreeMap<String, Vec<Level>>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// The list that each style counted last.
    last: BTreeMap<String, String>,
    made: usize,
}

/// The name under which headings count.
pub(super) const OUTLINE: &str = "\u{0}outline";

impl Lists {
    /// Reads the list styles of trees.
    pub(super) fn read<'a>(trees: impl Iterator<Item = &'a Element>) -> Self {
        let mut lists = Self::default();
        for tree in trees {
            let groups = tree.elements().filter(|group| local(group).ends_with("styles"));
            for style in groups.flat_map(Element::elements) {
                match style.name.as_str() {
                    "text:list-style" => {
                        let name = style.attribute("name").unwrap_or_default();
                        lists.styles.insert(name.to_owned(), levels(style));
                    }
                    "text:outline-style" => drop(lists.styles.insert(OUTLINE.to_owned(), levels(style))),
                    _ => {}
                }
            }
        }
        lists
    }

    /// The name under which a list that begins counts: one of its own, or that of the list that it goes on with.
    pub(super) fn begin(&mut self, list: &Element, style: &str) -> String {
        self.made += 1;
        let own = list.attribute("id").map(str::to_owned);
        let own = own.unwrap_or_else(|| format!("\u{0}{}", self.made));
        let before = match list.attribute("continue-list") {
            Some(other) => self.counts.get(other).copied(),
            None if list.attribute("continue-numbering") == Some("true") => {
                let last = self.last.get(style);
                last.and_then(|last| self.counts.get(last)).copied()
            }
            None => None,
        };
        self.counts.insert(own.clone(), before.unwrap_or_default());
        self.last.insert(style.to_owned(), own.clone());
        own
    }

    /// Counts a paragraph of a list and gives what stands before it; `None` where nothing does.
    pub(super) fn next(&mut self, list: &str, style: &str, depth: usize, start: Option<u32>) -> Option<Mark> {
        let levels = self.styles.get(style)?;
        let depth = depth.min(LEVELS - 1);
        let own = levels.get(depth)?;
        if own.bullet {
            return Some(Mark::Bullet);
        }
        let counts = self.counts.entry(list.to_owned()).or_default();
        counts[depth] = Some(match (start, counts[depth]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.start,
        });
        counts[depth + 1..].fill(None);
        let counts = *counts;
        let simple = [".", ")"].map(|end| format!("%{}%{end}", depth + 1));
        if own.format == "1" && simple.contains(&own.text) {
            return counts[depth].map(Mark::Number);
        }
        let shown = shown(&own.text, &counts, levels);
        (!shown.is_empty()).then_some(Mark::Text(shown))
    }
}

fn shown(text: &str, counts: &[Option<u32>; LEVELS], levels: &[Level]) -> String {
    let mut out = String::new();
    for (at, piece) in text.split('%').enumerate() {
        let place = piece.parse::<usize>().ok().filter(|place| (1..=LEVELS).contains(place));
        match place.filter(|_| at % 2 == 1) {
            Some(place) => {
                let level = levels.get(place - 1);
                let count = counts[place - 1].unwrap_or_else(|| level.map_or(1, |level| level.start));
                let format = level.map_or("1", |level| level.format.as_str());
                out += &in_format(count, format);
            }
            None => out += piece,
        }
    }
    if out.chars().next_back().is_some_and(|last| last.is_ascii_alphanumeric()) {
        out.push(' ');
    }
    out
}

/// A number in a format, which its file names by its first numbers.
fn in_format(count: u32, format: &str) -> String {
    let first: String = format.chars().take(1).collect();
    let usual = match first.as_str() {
        "" => return String::new(),
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        "一" => "chineseCountingThousand",
        "壹" if format.contains('贰') => "chineseLegalSimplified",
        "壹" => "ideographLegalTraditional",
        "甲" => "ideographTraditional",
        "子" => "ideographZodiac",
        "①" => "decimalEnclosedCircle",
        "⑴" => "decimalEnclosedParen",
        "㊀" => "ideographEnclosedCircle",
        "１" => "decimalFullWidth",
        _ => "decimal",
    };
    written(count, usual)
}

fn levels(style: &Element) -> Vec<Level> {
    let mut levels = vec![Level::default(); LEVELS];
    for element in style.elements() {
        let number = |name: &str| element.attribute(name).and_then(|value| value.parse::<usize>().ok());
        let Some(depth) = number("level").and_then(|level| level.checked_sub(1)) else {
            continue;
        };
        let Some(place) = levels.get_mut(depth) else { continue };
        let format = element.attribute("num-format").unwrap_or_default().to_owned();
        let bullet = matches!(local(element), "list-level-style-bullet" | "list-level-style-image");
        let of_levels = number("display-levels").unwrap_or(1).clamp(1, depth + 1);
        let numbers: Vec<String> = (depth + 1 - of_levels..=depth)
            .map(|at| format!("%{}%", at + 1))
            .collect();
        let around = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        let numbers = if format.is_empty() {
            String::new()
        } else {
            numbers.join(".")
        };
        let usual = format!("{}{numbers}{}", around("num-prefix"), around("num-suffix"));
        *place = Level {
            bullet,
            format,
            text: element.attribute("num-list-format").map_or(usual, str::to_owned),
            start: element
                .attribute("start-value")
                .and_then(|value| value.parse().ok())
                .unwrap_or(1),
        };
    }
    levels
}
