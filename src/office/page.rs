//! What stands on every page: heads, feet and the numbers of pages.

use super::block::{Document, Loss};
use super::line::Place;

/// — 3 —, 第 3 页 共 9 页: every page has one.
pub(super) fn is_number(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_ascii_digit() || character.is_whitespace() || "第页共/-—–－·Pageof".contains(character)
    })
}

impl Document {
    /// Keeps a line of the head or foot of pages.
    pub(super) fn say_of_page(&mut self, text: String, place: Place) {
        let told = !text.trim().is_empty() && !is_number(&text);
        self.lose_all(Loss::Header, usize::from(told));
        self.say_aside(text, place);
    }
}
