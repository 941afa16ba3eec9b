//! What the properties of a run say of how it stands.

use super::styles::{Styles, level, size};
use crate::office::Element;
use crate::office::block::Look;
pub(super) use crate::office::trace::{Change, State, Trace};

impl State {
    /// What the properties of a run make of it. A style and a paragraph's style that both hide show again, as
    /// ECMA-376 has it for switches (17.7.3).
    pub(super) fn with(self, properties: &Element, styles: &Styles) -> Self {
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
}
