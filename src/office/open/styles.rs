//! What styles say: title, heading, list, centred, hidden, and how text looks.

use super::local;
use crate::office::Element;
use crate::office::block::{Level, Look};
use crate::office::trace::State;
use std::collections::BTreeMap;

/// Styles on which others are based, at most; a circle ends there.
const LONGEST_CHAIN: usize = 20;

/// What a style says; what it leaves open is `None`.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    bold: Option<bool>,
    italic: Option<bool>,
    struck: Option<bool>,
    level: Option<Level>,
    /// In half points.
    pub size: Option<u32>,
    hidden: Option<bool>,
    pub centred: Option<bool>,
    /// Level of a heading.
    pub outline: Option<u8>,
    pub title: bool,
    /// The list of its paragraphs.
    pub list: Option<String>,
    /// Whether a sheet, a page or a drawing of it isn't shown.
    pub unseen: Option<bool>,
}

impl Style {
    /// How text of it stands.
    pub(super) fn of(&self, state: State) -> State {
        State {
            look: Look {
                bold: self.bold.unwrap_or(state.look.bold),
                italic: self.italic.unwrap_or(state.look.italic),
                struck: self.struck.unwrap_or(state.look.struck),
                level: self.level.unwrap_or(state.look.level),
            },
            // Nothing within shows what is hidden around it, as a section or a row is.
            hidden: state.hidden || self.hidden.unwrap_or(false),
            size: self.size.unwrap_or(state.size),
            ..state
        }
    }

    /// What it says and, where it leaves something open, what its parent does.
    fn over(self, parent: &Style) -> Style {
        Style {
            bold: self.bold.or(parent.bold),
            italic: self.italic.or(parent.italic),
            struck: self.struck.or(parent.struck),
            level: self.level.or(parent.level),
            size: self.size.or(parent.size),
            hidden: self.hidden.or(parent.hidden),
            centred: self.centred.or(parent.centred),
            outline: self.outline.or(parent.outline),
            title: self.title || parent.title,
            list: self.list.or_else(|| parent.list.clone()),
            unseen: self.unseen.or(parent.unseen),
        }
    }
}

/// The styles of a file, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<(String, String), Style>);

impl Styles {
    /// Reads the styles of trees, those of later trees before those of earlier ones.
    pub(super) fn read<'a>(trees: impl Iterator<Item = &'a Element>) -> Self {
        let mut elements: BTreeMap<(&str, &str), &Element> = BTreeMap::new();
        for tree in trees {
            let groups = tree.elements().filter(|group| local(group).ends_with("styles"));
            for style in groups.flat_map(Element::elements).filter(|it| it.name == "style:style") {
                if let (Some(family), Some(name)) = (style.attribute("family"), style.attribute("name")) {
                    elements.insert((family, name), style);
                }
            }
        }
        let resolved = elements.keys().map(|(family, name)| {
            let style = resolve(family, name, &elements);
            (((*family).to_owned(), (*name).to_owned()), style)
        });
        Self(resolved.collect())
    }

    /// The style that an element names, of a family; without such a style, what the name itself says.
    pub(super) fn of(&self, family: &str, element: &Element) -> Style {
        let name = element.attribute("style-name").unwrap_or_default();
        let known = self.0.get(&(family.to_owned(), name.to_owned()));
        known.cloned().unwrap_or_else(|| Style {
            title: is_title(name),
            ..Style::default()
        })
    }
}

fn resolve(family: &str, name: &str, elements: &BTreeMap<(&str, &str), &Element>) -> Style {
    let mut style = Style::default();
    let mut at = elements.get(&(family, name)).copied();
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = at else { break };
        style = style.over(&own(element));
        at = element
            .attribute("parent-style-name")
            .and_then(|parent| elements.get(&(family, parent)).copied());
    }
    style
}

fn own(element: &Element) -> Style {
    let shown = element.attribute("display-name").or(element.attribute("name"));
    let mut style = Style {
        title: is_title(shown.unwrap_or_default()),
        outline: element
            .attribute("default-outline-level")
            .and_then(|level| level.parse().ok()),
        list: element.attribute("list-style-name").map(str::to_owned),
        ..Style::default()
    };
    for properties in element.elements() {
        let value = |name: &str| properties.attribute(name);
        match local(properties) {
            "text-properties" => {
                // Han letters have weights of their own.
                let either = |name: &str, is: fn(&str) -> bool| {
                    let asian = format!("{name}-asian");
                    let said = [value(name), value(&asian)].into_iter().flatten();
                    said.map(is).reduce(|one, other| one || other)
                };
                style.bold = either("font-weight", is_bold);
                style.italic = either("font-style", |it| it != "normal");
                style.struck = value("text-line-through-style")
                    .or(value("text-line-through-type"))
                    .map(|it| it != "none");
                style.level = value("text-position").map(position);
                let size = value("font-size-asian").or(value("font-size"));
                style.size = size.and_then(half_points);
                style.hidden = value("display").map(|it| it == "none");
            }
            "paragraph-properties" => style.centred = value("text-align").map(|it| it == "center"),
            "table-properties" => style.unseen = value("display").map(|it| it == "false"),
            "drawing-page-properties" => style.unseen = value("visibility").map(|it| it == "hidden"),
            "section-properties" | "graphic-properties" => {
                style.hidden = value("display").map(|it| it == "none");
            }
            _ => {}
        }
    }
    style
}

fn is_title(name: &str) -> bool {
    matches!(name, "Title" | "标题" | "公文标题" | "文件标题")
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}

/// `super 58%`, `sub 58%`, or how far it is raised: `33% 58%`.
fn position(value: &str) -> Level {
    let first = value.split_whitespace().next().unwrap_or_default();
    let percent = first.trim_end_matches('%').parse::<f32>().unwrap_or(0.0);
    match first {
        "super" => Level::Raised,
        "sub" => Level::Lowered,
        _ if percent > 0.0 => Level::Raised,
        _ if percent < 0.0 => Level::Lowered,
        _ => Level::Base,
    }
}

fn half_points(value: &str) -> Option<u32> {
    let points: f32 = value.strip_suffix("pt")?.parse().ok()?;
    (0.0..2000.0).contains(&points).then_some((points * 2.0).round() as u32)
}
