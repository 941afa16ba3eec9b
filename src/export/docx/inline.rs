//! Text, links, breaks and the marks of notes as runs.

use super::body::Body;
use crate::office::block::{Inline, Level, Look};
use std::fmt::Write as _;

/// Text as XML has it: escaped, without what XML can't hold.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            control if control.is_control() && control != '\n' => {}
            other => out.push(other),
        }
    }
    out
}

/// A run of text.
pub(super) fn run(text: &str, look: Look) -> String {
    let mut properties = String::new();
    for (is, name) in [(look.bold, "b"), (look.italic, "i"), (look.struck, "strike")] {
        if is {
            let _ = write!(properties, "<w:{name}/>");
        }
    }
    match look.level {
        Level::Base => {}
        Level::Raised => properties += "<w:vertAlign w:val=\"superscript\"/>",
        Level::Lowered => properties += "<w:vertAlign w:val=\"subscript\"/>",
    }
    if !properties.is_empty() {
        properties = format!("<w:rPr>{properties}</w:rPr>");
    }
    format!(
        "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

impl Body {
    /// The runs of a paragraph.
    pub(super) fn runs(&mut self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text { text, look } => out += &run(text, *look),
                Inline::Break => out += "<w:r><w:br/></w:r>",
                Inline::Link { text, target } => {
                    let id = self.relate(target);
                    let shown = self.runs(text);
                    let _ = write!(out, "<w:hyperlink r:id=\"{id}\">{shown}</w:hyperlink>");
                }
                Inline::Note(mark) => {
                    let _ = write!(
                        out,
                        "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{mark}\"/></w:r>"
                    );
                }
                Inline::Picture { name, description } => out += &self.picture(name, description),
            }
        }
        out
    }
}
