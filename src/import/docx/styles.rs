//! What a paragraph's style says: heading, title, number, contents.

use crate::office::Element;
use std::collections::BTreeMap;

/// Styles on which others are based, at most; a circle ends there.
const LONGEST_CHAIN: usize = 20;

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    /// Level of a heading, from 1.
    pub heading: Option<u8>,
    /// The title.
    pub title: bool,
    /// A line of a table of contents.
    pub contents: bool,
    /// Centred.
    pub centred: bool,
    /// Number and level of its automatic number.
    pub number: Option<(u32, u8)>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(tree: Option<&Element>) -> Self {
        let mut elements = BTreeMap::new();
        for style in tree
            .into_iter()
            .flat_map(Element::elements)
            .filter(|element| element.name == "w:style")
        {
            if let Some(id) = style.attribute("styleId") {
                elements.insert(id, style);
            }
        }
        let all = elements.keys().map(|id| ((*id).to_owned(), resolve(id, &elements)));
        Self(all.collect())
    }

    /// What a style id means; without such a style, what the id itself says.
    pub fn of(&self, id: &str) -> Style {
        self.0.get(id).copied().unwrap_or_else(|| named(id))
    }
}

fn resolve(id: &str, elements: &BTreeMap<&str, &Element>) -> Style {
    let mut style = Style::default();
    let mut at = elements.get(id).copied();
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = at else { break };
        let own = named(element.value("w:name").unwrap_or_default());
        let properties = element.child("w:pPr");
        let outline = properties.and_then(outline_level);
        style.heading = style.heading.or(own.heading).or(outline);
        style.title |= own.title;
        style.contents |= own.contents;
        style.centred |= properties.is_some_and(is_centred);
        style.number = style.number.or(properties.and_then(number));
        at = element.value("w:basedOn").and_then(|base| elements.get(base).copied());
    }
    style
}

/// What the name of a style says, in the languages in which our users' Word and WPS have it.
fn named(name: &str) -> Style {
    let name = name.trim().to_lowercase();
    let digit = |rest: &str| rest.trim().parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    let after = |prefix: &str| name.strip_prefix(prefix).and_then(digit);
    Style {
        heading: after("heading").or_else(|| after("标题")),
        title: matches!(name.as_str(), "title" | "标题" | "公文标题" | "文件标题"),
        contents: after("toc").is_some() || after("目录").is_some() || name == "toc heading",
        ..Style::default()
    }
}

/// Level of the outline that paragraph properties give, from 1; body text (9) has none.
pub(super) fn outline_level(properties: &Element) -> Option<u8> {
    let level: u8 = properties.value("w:outlineLvl")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

/// Whether paragraph properties centre it.
pub(super) fn is_centred(properties: &Element) -> bool {
    properties.value("w:jc") == Some("center")
}

/// The number that paragraph properties give: its list and the level in it. List 0 is no list.
pub(super) fn number(properties: &Element) -> Option<(u32, u8)> {
    let number = properties.child("w:numPr")?;
    let id = number.value("w:numId").and_then(|id| id.parse().ok())?;
    let level = number.value("w:ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((id, level))
}
