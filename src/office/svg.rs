//! Drawings (SVG): the words in them, their names and descriptions, and the comments of who wrote them.

use super::Fault;
use super::line::{Line, Place};
use super::room::made;
use super::said::Said;
use super::stream::{Step, walk};
use crate::corpus::decode::decode;

/// Reads a drawing. Words side by side on one line are one line, blanks between them.
pub(super) fn read(bytes: &[u8]) -> Result<Said, Fault> {
    let decoded = decode(bytes.to_vec()).map_err(|_| Fault::Encoding)?;
    let mut reading = Reading::default();
    walk(decoded.text.trim_start_matches('\u{FEFF}'), "svg", |step| {
        match step {
            Step::Start(name, attributes) => {
                reading.depth += 1;
                let style = attributes.get("style").unwrap_or_default().replace(' ', "");
                let unseen = |name: &str| matches!(attributes.get(name), Some("none" | "hidden" | "0"));
                let hides = ["display", "visibility", "opacity"].into_iter().any(unseen)
                    || style.contains("display:none")
                    || style.contains("visibility:hidden")
                    || matches!(name, "script" | "style" | "defs" | "template");
                if hides && reading.hidden_from.is_none() {
                    reading.hidden_from = Some(reading.depth);
                }
                if name == "text" {
                    reading.line_begins(attributes.get("y").map(str::to_owned));
                }
                for name in ["href", "aria-label", "title", "alt", "label"] {
                    reading.told(name, attributes.get(name).unwrap_or_default());
                }
            }
            Step::Text(text) => reading.open += text,
            Step::End(name) => reading.end(name),
        }
        Ok(())
    })?;
    reading.line_ends();
    for comment in comments(&decoded.text) {
        reading.push(comment.to_owned(), Place::Comment);
    }
    Ok(reading.said)
}

/// The comments of a text.
fn comments(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split("<!--").skip(1);
    all.map(|comment| comment.split("-->").next().unwrap_or_default())
}

#[derive(Default)]
struct Reading {
    said: Said,
    depth: usize,
    /// The depth at which what is hidden began.
    hidden_from: Option<usize>,
    open: String,
    /// The words of the line so far, and the height at which it stands.
    line: String,
    height: Option<String>,
}

impl Reading {
    fn line_begins(&mut self, height: Option<String>) {
        self.take(Place::Hidden);
        if height.is_none() || height != self.height {
            self.line_ends();
        }
        self.height = height;
    }

    fn line_ends(&mut self) {
        let text = std::mem::take(&mut self.line);
        self.push(text, Place::Paragraph);
    }

    fn end(&mut self, name: &str) {
        let hidden = self.hidden_from.is_some();
        match name {
            "text" if !hidden => {
                let text = std::mem::take(&mut self.open);
                if !self.line.is_empty() {
                    self.line.push(' ');
                }
                self.line += text.trim();
            }
            // Pieces of one text are one word, wherever they are drawn.
            "tspan" | "textPath" | "a" => {}
            "title" | "desc" => self.take(Place::Caption),
            "style" => self.open.clear(),
            _ if hidden => self.take(Place::Hidden),
            "p" | "div" | "li" | "td" => self.take(Place::Paragraph),
            _ => self.take(Place::Property(name.to_owned())),
        }
        if self.hidden_from == Some(self.depth) {
            self.hidden_from = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn take(&mut self, place: Place) {
        let text = std::mem::take(&mut self.open);
        self.push(text, place);
    }

    fn push(&mut self, text: String, place: Place) {
        let mut words = String::new();
        for word in text.split_whitespace() {
            let blank = if words.is_empty() { "" } else { " " };
            words.extend([blank, word]);
        }
        if !words.is_empty() && made(words.len()).is_ok() {
            self.said.lines.push(Line { text: words, place });
        }
    }

    /// What an attribute tells of an element.
    fn told(&mut self, name: &str, value: &str) {
        match name {
            "href" if value.starts_with("data:") && made(0).is_ok() => self.said.unread.push("data:".to_owned()),
            "href" if value.starts_with("data:") => {}
            "href" if value.starts_with('#') => {}
            "href" => self.push(value.to_owned(), Place::Link),
            _ => self.push(value.to_owned(), Place::Caption),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::office::{Place, read};

    fn lines(inner: &str) -> Vec<(Place, String)> {
        let text = format!("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
        let said = read("a.svg", text.as_bytes()).unwrap();
        said.lines.into_iter().map(|line| (line.place, line.text)).collect()
    }

    #[test]
    fn the_pieces_of_a_word_are_one() {
        for inner in [
            "<text>138<tspan>0013</tspan>8000</text>",
            "<text>138<tspan x=\"3\" y=\"4\">0013</tspan><tspan>8000</tspan></text>",
            "<text>&#49;38<![CDATA[0013]]>8000</text>",
            "<g><text y=\"1\">13800138000</text></g>",
        ] {
            assert_eq!(lines(inner), [(Place::Paragraph, "13800138000".to_owned())], "{inner}");
        }
        let beside = "<text x=\"1\" y=\"5\">138</text><text x=\"9\" y=\"5\">0013</text><text y=\"7\">8000</text>";
        assert_eq!(
            lines(beside),
            [
                (Place::Paragraph, "138 0013".to_owned()),
                (Place::Paragraph, "8000".to_owned())
            ]
        );
    }

    #[test]
    fn a_comment_is_read() {
        assert_eq!(
            lines("<g/><!-- 甲 --><text>乙</text>"),
            [(Place::Paragraph, "乙".to_owned()), (Place::Comment, "甲".to_owned())]
        );
    }

    #[test]
    fn names_descriptions_and_what_is_hidden_are_told_apart() {
        let inner = "<title>图</title><desc>说明</desc><metadata><creator>王某</creator></metadata>\
            <g display=\"none\"><text>藏</text></g><style>a{}</style><a href=\"tel:1\"><text>链</text></a>";
        let expected = [
            (Place::Caption, "图"),
            (Place::Caption, "说明"),
            (Place::Property("creator".to_owned()), "王某"),
            (Place::Hidden, "藏"),
            (Place::Link, "tel:1"),
            (Place::Paragraph, "链"),
        ];
        assert_eq!(lines(inner), expected.map(|(place, text)| (place, text.to_owned())));
    }
}
