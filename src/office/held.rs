//! What parts say in attributes and formulas: names of things, tips, authors, choices, copies of data. No page shows most
//! of it, and anybody who opens the file can read it.

use super::Element;
use super::line::{Line, Place};
use super::stream::Attributes;
use std::collections::BTreeSet;

/// Attributes in which people write, so that their digits may be a number of somebody.
const WRITTEN: [&str; 24] = [
    "name",
    "displayName",
    "title",
    "descr",
    "alt",
    "tooltip",
    "href",
    "string",
    "author",
    "initials",
    "userId",
    "userName",
    "user",
    "comment",
    "caption",
    "prompt",
    "promptTitle",
    "error",
    "errorTitle",
    "display",
    "location",
    "description",
    "condition",
    "text",
];
/// Attributes that hold values of any kind.
const VALUES: [&str; 4] = ["val", "v", "value", "displayText"];
/// Attributes that name fonts, or draw.
const SILENT: [&str; 14] = [
    "typeface",
    "ascii",
    "hAnsi",
    "eastAsia",
    "cs",
    "font",
    "font-name",
    "font-family",
    "style-name",
    "formatCode",
    "numFmt",
    "eqn",
    "path",
    "style",
];
/// Digits from which on what somebody wrote may be a number of somebody.
const SHORTEST: usize = 7;
/// Digits from which on any value may.
const LONG: usize = 11;

/// What attributes say, each text once.
#[derive(Debug, Default)]
pub(super) struct Held(BTreeSet<String>);

impl Held {
    /// Takes over the attributes of an element and of all below it.
    pub(super) fn take_tree(&mut self, tree: &Element) {
        for (name, value) in tree.attributes() {
            self.take(name, value);
        }
        tree.elements().for_each(|element| self.take_tree(element));
    }

    /// Takes over the attributes of an element that was met on a walk.
    pub(super) fn take_all(&mut self, attributes: &Attributes) {
        for (name, value) in attributes.all() {
            self.take(name, value);
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        if tells(name, value) {
            self.0.insert(value.trim().to_owned());
            self.take_quoted(value);
        }
    }

    /// Takes over the texts in a formula: each stands for itself.
    pub(super) fn take_quoted(&mut self, formula: &str) {
        let quoted = formula.split('"').skip(1).step_by(2);
        let telling = quoted.filter(|text| tells("text", text));
        self.0.extend(telling.map(|text| text.trim().to_owned()));
    }

    /// It as lines.
    pub(super) fn lines(self) -> impl Iterator<Item = Line> {
        self.0.into_iter().map(|text| Line {
            text,
            place: Place::Held,
        })
    }
}

/// Whether an attribute may say something of people or matters.
pub(super) fn tells(name: &str, value: &str) -> bool {
    let digits = || value.bytes().filter(u8::is_ascii_digit).count();
    // _Toc123456789: a bookmark that the program made.
    let made = || value.starts_with('_') && value.is_ascii();
    match () {
        () if SILENT.contains(&name) => false,
        () if value.contains('@') || value.chars().any(|it| !it.is_ascii() && it.is_alphanumeric()) => true,
        () if WRITTEN.contains(&name) => digits() >= SHORTEST && !made(),
        () if VALUES.contains(&name) => digits() >= LONG,
        () => value.len() >= LONG && value.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_long_numbers_tell_and_what_a_program_writes_does_not() {
        for (name, value) in [
            ("author", "王某"),
            ("any", "机密★1年"),
            ("name", "13800138000.jpg"),
            ("v", "138-0013-8000"),
            ("any", "13800138000"),
            ("userId", "S::a@example.cn::1"),
        ] {
            assert!(tells(name, value), "{name} {value}");
        }
        for (name, value) in [
            ("eastAsia", "仿宋_GB2312"),
            ("name", "_Toc138001380"),
            ("val", "00AB1380"),
            ("cx", "5274310"),
            ("x", "0.39370078740157483"),
            ("id", "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"),
            ("path", "m@4@5l@4@11"),
            ("r", "A1048576"),
        ] {
            assert!(!tells(name, value), "{name} {value}");
        }
    }
}
