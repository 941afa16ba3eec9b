//! Automatic numbers: what Word draws before a paragraph and doesn't write into its text.

use super::styles::Styles;
use crate::office::Element;
use crate::office::counting::written;
use crate::office::mark::Mark;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// How one level of a list counts.
#[derive(Debug, Clone, Default)]
pub(in crate::office) struct Level {
    /// The name of its format of numbers.
    pub format: String,
    /// `%1.` with the level's number in place of `%1`.
    pub text: String,
    /// Its first number.
    pub start: u32,
    /// Levels before it that let it begin anew, where not all do.
    pub restart: Option<usize>,
    /// Numbers of the levels before it in digits.
    pub plain: bool,
    /// Whether a blank is asked for after it.
    pub blank: bool,
    /// The paragraph style that has this level.
    pub style: Option<String>,
    /// Whether its numbers aren't shown.
    pub hidden: bool,
}

/// What a list makes of its definition.
#[derive(Debug, Clone, Default)]
struct List {
    definition: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(in crate::office) struct Numbering {
    lists: BTreeMap<u32, List>,
    definitions: BTreeMap<u32, Vec<Level>>,
    /// Lists of one definition count on together.
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Levels of lists that have begun: only the first paragraph begins where its list says.
    begun: BTreeSet<(u32, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(tree: Option<&Element>, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        // Definitions that are kept in a style, by their own number.
        let mut of_styles = BTreeMap::new();
        for element in tree.into_iter().flat_map(Element::elements) {
            match element.name.as_str() {
                "w:abstractNum" => {
                    if let Some(definition) = id(element, "abstractNumId") {
                        numbering.definitions.insert(definition, levels(element));
                        let style = element.value("w:numStyleLink");
                        of_styles.extend(style.map(|style| (definition, style.to_owned())));
                    }
                }
                "w:num" => {
                    if let Some(number) = id(element, "numId") {
                        numbering.lists.extend(list(element).map(|list| (number, list)));
                    }
                }
                _ => {}
            }
        }
        numbering.follow(&of_styles, styles);
        numbering
    }

    /// Takes a definition of another format.
    pub(crate) fn define(&mut self, definition: u32, levels: Vec<Level>) {
        self.definitions.insert(definition, levels);
    }

    /// Takes a list of a definition, with the numbers that its levels begin with.
    pub(crate) fn list(&mut self, number: u32, definition: u32, starts: BTreeMap<usize, u32>) {
        let list = List {
            definition,
            starts,
            levels: BTreeMap::new(),
        };
        self.lists.insert(number, list);
    }

    /// Lists whose definition is kept in a style take it from the list of that style.
    fn follow(&mut self, of_styles: &BTreeMap<u32, String>, styles: &Styles) {
        let linked = |list: &List| {
            let style = of_styles.get(&list.definition)?;
            let (number, _) = styles.of(style).number?;
            self.lists.get(&number).map(|list| list.definition)
        };
        let found: Vec<(u32, u32)> = self
            .lists
            .iter()
            .filter_map(|(number, list)| Some((*number, linked(list)?)))
            .collect();
        for (number, definition) in found {
            if let Some(list) = self.lists.get_mut(&number) {
                list.definition = definition;
            }
        }
    }

    /// The level of a list that a style has, where the list says so.
    pub(crate) fn level_of(&self, list: u32, style: &str) -> Option<u8> {
        let levels = self.definitions.get(&self.lists.get(&list)?.definition)?;
        let at = levels.iter().position(|level| level.style.as_deref() == Some(style))?;
        u8::try_from(at).ok()
    }

    /// Whether a level of a list has numbers that aren't shown.
    pub(crate) fn is_hidden(&self, number: u32, level: u8) -> bool {
        let list = self.lists.get(&number);
        let defined = list.and_then(|list| self.definitions.get(&list.definition));
        let depth = usize::from(level).min(LEVELS - 1);
        let own = list.and_then(|list| list.levels.get(&depth));
        let own = own.or_else(|| defined.and_then(|levels| levels.get(depth)));
        own.is_some_and(|own| own.hidden && !own.text.is_empty())
    }

    /// Counts a paragraph of a list and gives what stands before it; `None` where nothing does.
    pub(crate) fn next(&mut self, number: u32, level: u8) -> Option<Mark> {
        let list = self.lists.get(&number)?;
        let defined = self.definitions.get(&list.definition)?;
        let level_at = |at: usize| list.levels.get(&at).or_else(|| defined.get(at));
        let depth = usize::from(level).min(LEVELS - 1);
        let own = level_at(depth)?;
        let counts = self.counts.entry(list.definition).or_default();
        let begins = self.begun.insert((number, depth));
        counts[depth] = Some(match (counts[depth], list.starts.get(&depth)) {
            (_, Some(start)) if begins => *start,
            (Some(count), _) => count.saturating_add(1),
            (None, _) => own.start,
        });
        for (at, count) in counts.iter_mut().enumerate().skip(depth + 1) {
            let restarts = level_at(at)
                .and_then(|level| level.restart)
                .is_none_or(|before| depth < before);
            if restarts {
                *count = None;
            }
        }
        let counts = *counts;
        match own.format.as_str() {
            _ if own.hidden => None,
            "none" if own.text.is_empty() => None,
            "bullet" if is_word(&own.text) => Some(Mark::Text(format!("{} ", own.text))),
            "bullet" => Some(Mark::Bullet),
            "decimal" if own.text == format!("%{}.", depth + 1) || own.text == format!("%{})", depth + 1) => {
                counts[depth].map(Mark::Number)
            }
            _ => {
                let shown = own.shown(&counts, level_at);
                (!shown.is_empty()).then_some(Mark::Text(shown))
            }
        }
    }
}

impl Level {
    /// Its text with the numbers in it.
    fn shown<'a>(&self, counts: &[Option<u32>; LEVELS], level_at: impl Fn(usize) -> Option<&'a Level>) -> String {
        let mut out = String::new();
        let mut rest = self.text.chars().peekable();
        while let Some(character) = rest.next() {
            let place = rest
                .peek()
                .and_then(|digit| digit.to_digit(10))
                .filter(|digit| (1..=9).contains(digit));
            let Some(place) = place.filter(|_| character == '%') else {
                out.push(character);
                continue;
            };
            rest.next();
            let at = place as usize - 1;
            let level = level_at(at);
            let format = level.map_or("decimal", |level| level.format.as_str());
            let format = if self.plain && format != "none" {
                "decimal"
            } else {
                format
            };
            // A level that nothing has counted yet stands at its start.
            let count = counts[at].unwrap_or_else(|| level.map_or(1, |level| level.start));
            if format != "none" {
                out += &written(count, format);
            }
        }
        let ends_in_letter = out.chars().next_back().is_some_and(|last| last.is_ascii_alphanumeric());
        let wide = out.ends_with(['、', '）', '．', '　', ' ']);
        if !out.is_empty() && (ends_in_letter || (self.blank && !wide)) {
            out.push(' ');
        }
        out
    }
}

/// Whether a bullet is a word: of symbol fonts it is one letter.
fn is_word(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphanumeric()).nth(1).is_some()
}

/// What levels of lists write beside their numbers, whether or not a paragraph has them.
pub(super) fn words(tree: &Element) -> Vec<String> {
    let mut words = Vec::new();
    push_words(tree, &mut words);
    words
}

fn push_words(element: &Element, out: &mut Vec<String>) {
    for child in element.elements() {
        match child.name.as_str() {
            "w:lvlText" => {
                let text = child.attribute("val").unwrap_or_default();
                let parts = text.split('%').enumerate();
                let bare: String = parts
                    .map(|(at, part)| match part.chars().next() {
                        Some('1'..='9') if at > 0 => &part[1..],
                        _ => part,
                    })
                    .collect();
                out.extend(is_word(&bare).then_some(bare));
            }
            _ => push_words(child, out),
        }
    }
}

fn id(element: &Element, name: &str) -> Option<u32> {
    element.attribute(name).and_then(|id| id.trim().parse().ok())
}

fn list(element: &Element) -> Option<List> {
    let definition = element.value("w:abstractNumId")?.trim().parse().ok()?;
    let mut list = List {
        definition,
        ..List::default()
    };
    for change in element.elements().filter(|child| child.name == "w:lvlOverride") {
        let Some(level) = id(change, "ilvl")
            .map(|level| level as usize)
            .filter(|level| *level < LEVELS)
        else {
            continue;
        };
        if let Some(own) = change.child("w:lvl") {
            list.levels.insert(level, self::level(own));
            // A level of its own counts from its own start.
            list.starts.insert(level, self::level(own).start);
        }
        let start = change.value("w:startOverride").and_then(|start| start.parse().ok());
        list.starts.extend(start.map(|start| (level, start)));
    }
    Some(list)
}

fn levels(definition: &Element) -> Vec<Level> {
    let mut levels = vec![Level::default(); LEVELS];
    for element in definition.elements().filter(|element| element.name == "w:lvl") {
        let depth = id(element, "ilvl").and_then(|depth| levels.get_mut(depth as usize));
        if let Some(place) = depth {
            *place = level(element);
        }
    }
    levels
}

fn level(element: &Element) -> Level {
    let number = |name: &str| element.value(name).and_then(|value| value.parse::<u32>().ok());
    Level {
        format: element.value("w:numFmt").unwrap_or("decimal").to_owned(),
        text: element.value("w:lvlText").unwrap_or_default().to_owned(),
        start: number("w:start").unwrap_or(1),
        restart: number("w:lvlRestart").map(|before| before as usize),
        plain: element.switch("w:isLgl").unwrap_or(false),
        blank: element.value("w:suff") == Some("space"),
        style: element.value("w:pStyle").map(str::to_owned),
        hidden: element
            .child("w:rPr")
            .and_then(|run| run.switch("w:vanish"))
            .unwrap_or(false),
    }
}
