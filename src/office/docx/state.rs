//! How a run stands in its document: its look, and whether the page shows it at all.

use super::styles::Styles;
use crate::office::Element;
use crate::office::block::{Level, Look};
use std::collections::BTreeMap;

/// What a tracked change made of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    #[default]
    Kept,
    /// It is new.
    Inserted,
    /// It is no longer there.
    Deleted,
}

/// How a run stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct State {
    pub look: Look,
    pub hidden: bool,
    pub change: Change,
    /// The size of its letters in half points, or 0.
    pub size: u32,
}

impl State {
    /// Whether the page shows it.
    pub fn is_shown(self) -> bool {
        !self.hidden && self.change != Change::Deleted
    }

    /// What the properties of a run make of it. A style and a paragraph's style that both hide show again, as
    /// ECMA-376 has it for switches (17.7.3).
    pub fn with(self, properties: &Element, styles: &Styles) -> Self {
        let style = properties.value("w:rStyle").map(|id| styles.of_run(id));
        let style = style.unwrap_or_default();
        let hidden = properties.switch("w:vanish").unwrap_or(self.hidden ^ style.hidden);
        let struck = ["w:strike", "w:dstrike"].map(|name| properties.switch(name));
        let [one, two] = struck.map(|switch| switch.unwrap_or(false));
        let by_style = style.struck && struck == [None, None];
        Self {
            look: Look {
                bold: properties.switch("w:b").unwrap_or(self.look.bold),
                italic: properties.switch("w:i").unwrap_or(self.look.italic),
                struck: one || two || by_style || (self.look.struck && struck == [None, None]),
                level: level(properties).or(style.level).unwrap_or(self.look.level),
            },
            hidden: hidden || properties.switch("w:webHidden").unwrap_or(false),
            change: match (properties.child("w:del"), properties.child("w:ins")) {
                (Some(_), _) => Change::Deleted,
                (None, Some(_)) if self.change == Change::Kept => Change::Inserted,
                _ => self.change,
            },
            size: size(properties).or(style.size).unwrap_or(self.size),
        }
    }

    /// The same as a change made it; what is deleted stays so.
    pub fn changed(self, change: Change) -> Self {
        let change = match self.change {
            Change::Deleted => Change::Deleted,
            _ => change,
        };
        Self { change, ..self }
    }
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

/// A paragraph as it reads with what its page doesn't show, so that a number that a deletion cuts is one.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// With what was deleted, without what was inserted.
    pub before: String,
    /// With what is hidden.
    pub all: String,
    pub deleted: bool,
    pub hidden: bool,
    /// How many letters there are of each size.
    pub sizes: BTreeMap<u32, usize>,
}

impl Trace {
    pub fn say(&mut self, text: &str, state: State) {
        if state.change != Change::Inserted {
            self.before += text;
        }
        if state.change != Change::Deleted {
            self.all += text;
        }
        let says = !text.trim().is_empty();
        if state.is_shown() {
            *self.sizes.entry(state.size).or_default() += text.trim().len();
        }
        self.deleted |= says && state.change == Change::Deleted;
        self.hidden |= says && state.change != Change::Deleted && state.hidden;
    }
}
