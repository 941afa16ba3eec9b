//! What styles say: heading, title, number, contents; hidden, struck out, raised.

use crate::office::Element;
use crate::office::block::Level;
use crate::office::style::{self, Named};
use std::collections::BTreeMap;

/// Styles on which others are based, at most; a circle ends there.
const LONGEST_CHAIN: usize = 20;

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    /// Level of a heading, from 1.
    pub heading: Option<u8>,
    pub title: bool,
    /// A line of a table of contents.
    pub contents: bool,
    pub quotation: bool,
    pub centred: bool,
    /// Number and level of its automatic number.
    pub number: Option<(u32, Option<u8>)>,
    /// How its text stands.
    pub run: OfRun,
}

/// What a style says of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OfRun {
    pub hidden: bool,
    pub struck: bool,
    pub level: Option<Level>,
    pub size: Option<u32>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    /// What styles of tables say of hidden text, by the part of a table of which they say it.
    tables: BTreeMap<String, Conditions>,
    /// Whether text is hidden that no style says anything of.
    hides: bool,
    /// What the style of paragraphs says that name none.
    usual: OfRun,
}

/// Whether text is hidden in parts of a table: `firstRow`, `band1Horz`; `wholeTable` is all of it.
pub(super) type Conditions = BTreeMap<String, bool>;

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(tree: Option<&Element>) -> Self {
        let mut elements = BTreeMap::new();
        let mut usual = None;
        for style in tree
            .into_iter()
            .flat_map(Element::elements)
            .filter(|element| element.name == "w:style")
        {
            if let Some(id) = style.attribute("styleId") {
                elements.insert(id, style);
                let is_usual = matches!(style.attribute("default"), Some("1" | "true" | "on"));
                if is_usual && matches!(style.attribute("type"), None | Some("paragraph")) {
                    usual = Some(id);
                }
            }
        }
        let all = elements.keys().map(|id| ((*id).to_owned(), resolve(id, &elements)));
        let tables = elements
            .keys()
            .map(|id| ((*id).to_owned(), conditions(id, &elements)))
            .filter(|(_, of_table)| !of_table.is_empty());
        let defaults = tree.and_then(|tree| tree.find("w:rPrDefault")?.child("w:rPr"));
        Self {
            all: all.collect(),
            tables: tables.collect(),
            hides: defaults.and_then(|run| run.switch("w:vanish")).unwrap_or(false),
            usual: usual.map(|id| resolve(id, &elements).run).unwrap_or_default(),
        }
    }

    /// What the style of a paragraph means; without one, how its text stands all the same.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Style {
        let mut style = match id {
            Some(id) => self.of(id),
            None => Style {
                run: OfRun {
                    hidden: self.usual.hidden,
                    ..OfRun::default()
                },
                ..Style::default()
            },
        };
        style.run.hidden |= self.hides;
        style
    }

    /// What the style of a table hides.
    pub(super) fn of_table(&self, id: &str) -> Option<&Conditions> {
        self.tables.get(id)
    }

    /// What a style id means; without such a style, what the id itself says.
    pub(super) fn of(&self, id: &str) -> Style {
        self.all.get(id).copied().unwrap_or_else(|| named(id))
    }

    /// What a style says of text.
    pub(super) fn of_run(&self, id: &str) -> OfRun {
        self.of(id).run
    }
}

fn resolve(id: &str, elements: &BTreeMap<&str, &Element>) -> Style {
    let mut style = Style::default();
    let mut heading = None;
    let mut centred = None;
    let (mut hidden, mut struck) = (None, None);
    let mut at = elements.get(id).copied();
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = at else { break };
        let own = named(element.value("w:name").unwrap_or_default());
        let properties = element.child("w:pPr");
        heading = heading
            .or(own.heading.map(Some))
            .or_else(|| properties.and_then(outline_level));
        style.title |= own.title;
        style.contents |= own.contents;
        style.quotation |= own.quotation;
        centred = centred.or_else(|| properties.and_then(is_centred));
        style.number = style.number.or_else(|| properties.and_then(numbered));
        if let Some(run) = element.child("w:rPr") {
            hidden = hidden.or_else(|| run.switch("w:vanish"));
            struck = struck.or_else(|| run.switch("w:strike").or_else(|| run.switch("w:dstrike")));
            style.run.level = style.run.level.or_else(|| level(run));
            style.run.size = style.run.size.or_else(|| size(run));
        }
        at = element.value("w:basedOn").and_then(|base| elements.get(base).copied());
    }
    style.heading = heading.flatten();
    style.centred = centred.unwrap_or(false);
    style.run.hidden = hidden.unwrap_or(false);
    style.run.struck = struck.unwrap_or(false);
    style
}

/// What a style of tables says of hidden text.
fn conditions(id: &str, elements: &BTreeMap<&str, &Element>) -> Conditions {
    let mut found = Conditions::new();
    let mut at = elements.get(id).copied();
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = at.filter(|element| element.attribute("type") == Some("table")) else {
            break;
        };
        let whole = [("wholeTable", element)].into_iter();
        let parts = element.elements().filter(|child| child.name == "w:tblStylePr");
        let parts = parts.filter_map(|part| Some((part.attribute("type")?, part)));
        for (part, of_part) in whole.chain(parts) {
            let hides = of_part.child("w:rPr").and_then(|run| run.switch("w:vanish"));
            if let Some(hides) = hides {
                found.entry(part.to_owned()).or_insert(hides);
            }
        }
        at = element.value("w:basedOn").and_then(|base| elements.get(base).copied());
    }
    found
}

/// What the name of a style says.
fn named(name: &str) -> Style {
    let Named {
        heading,
        title,
        contents,
        quotation,
    } = style::named(name);
    Style {
        heading,
        title,
        contents,
        quotation,
        ..Style::default()
    }
}

/// Level of the outline that paragraph properties give, from 1; body text (9) has none. `None` where they say nothing.
pub(super) fn outline_level(properties: &Element) -> Option<Option<u8>> {
    let level: u8 = properties.value("w:outlineLvl")?.parse().ok()?;
    Some((level < 9).then_some(level + 1))
}

/// Whether paragraph properties centre it; `None` where they say nothing.
pub(super) fn is_centred(properties: &Element) -> Option<bool> {
    Some(properties.value("w:jc")? == "center")
}

/// The list and the level of a paragraph: what its own properties say, and for the rest its style. List 0 is not a list.
pub(super) fn number(properties: &Element, style: Style) -> Option<(u32, Option<u8>)> {
    let Some(own) = properties.child("w:numPr") else {
        return style.number;
    };
    let level = own.value("w:ilvl").and_then(|level| level.parse().ok());
    match own.value("w:numId").and_then(|id| id.parse().ok()) {
        Some(id) => Some((id, Some(level.unwrap_or(0)))),
        // A level alone is one of the style's list.
        None => style.number.map(|(id, of_style)| (id, level.or(of_style))),
    }
}

fn numbered(properties: &Element) -> Option<(u32, Option<u8>)> {
    let number = properties.child("w:numPr")?;
    let id = number.value("w:numId").and_then(|id| id.parse().ok())?;
    let level = number.value("w:ilvl").and_then(|level| level.parse().ok());
    Some((id, level))
}

/// Whether properties raise or lower text; `None` where they say nothing of it.
pub(super) fn level(properties: &Element) -> Option<Level> {
    match properties.value("w:vertAlign")? {
        "superscript" => Some(Level::Raised),
        "subscript" => Some(Level::Lowered),
        _ => Some(Level::Base),
    }
}

/// The size of letters that properties give, in half points.
pub(super) fn size(properties: &Element) -> Option<u32> {
    properties.value("w:sz")?.parse().ok()
}
