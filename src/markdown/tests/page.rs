//! A page as a browser reads it: what it shows, block by block.

use super::super::{Block, Rendered};
use scraper::{ElementRef, Html, Node};
use std::collections::BTreeSet;

/// Elements that part text.
const BLOCKS: [&str; 24] = [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "summary",
    "dt",
    "dd",
    "caption",
    "figcaption",
    "pre",
    "div",
    "table",
    "tr",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "details",
    "figure",
];

/// Asserts that the HTML is well formed, that every id is there once, and that it shows exactly the blocks.
pub(super) fn check(rendered: &Rendered) {
    let page = Html::parse_fragment(&rendered.html);
    let errors: Vec<_> = page
        .errors
        .iter()
        .filter(|error| !error.contains("Bad character"))
        .collect();
    assert!(errors.is_empty(), "{errors:?} in {}", rendered.html);
    check_balance(&rendered.html);
    let mut ids = BTreeSet::new();
    for element in page.root_element().descendent_elements() {
        if let Some(id) = element.value().id() {
            assert!(ids.insert(id.to_owned()), "id {id} twice in {}", rendered.html);
        }
    }
    let blocks: Vec<_> = rendered
        .blocks
        .iter()
        .map(|block| (block.anchor.clone(), normal(block)))
        .collect();
    assert_eq!(shown(&page), blocks, "{}", rendered.html);
    for heading in &rendered.headings {
        assert!(ids.contains(&heading.id), "heading {heading:?}");
        assert!((2..=6).contains(&heading.level), "heading {heading:?}");
    }
    for block in &rendered.blocks {
        assert!(
            block.section.is_none_or(|section| section < rendered.headings.len()),
            "{block:?}"
        );
        assert!(!block.text.is_empty());
    }
}

/// A block's text; a browser drops spaces around a line break.
fn normal(block: &Block) -> String {
    block
        .text
        .split('\n')
        .map(|line| line.trim_matches(' '))
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

/// Every end tag ends the innermost open element, and nothing is left open.
fn check_balance(html: &str) {
    let mut open = Vec::new();
    for tag in super::super::tags::tags(html) {
        if tag.end {
            assert_eq!(open.pop(), Some(tag.name), "{html}");
        } else if !["br", "hr", "img", "input"].contains(&tag.name.as_str()) {
            open.push(tag.name);
        }
    }
    assert!(open.is_empty(), "{open:?} in {html}");
}

/// Anchor and text of every block that a page shows, in order.
fn shown(page: &Html) -> Vec<(String, String)> {
    let mut reader = Reader {
        blocks: Vec::new(),
        text: String::new(),
    };
    reader.read(page.root_element(), "", false);
    reader.flush("");
    reader.blocks
}

struct Reader {
    blocks: Vec<(String, String)>,
    text: String,
}

impl Reader {
    fn read(&mut self, element: ElementRef<'_>, anchor: &str, preformatted: bool) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) if preformatted => self.text.push_str(text),
                Node::Text(text) => {
                    for letter in text.chars() {
                        let letter = if letter.is_ascii_whitespace() { ' ' } else { letter };
                        if letter != ' ' || !self.text.ends_with([' ', '\n']) {
                            self.text.push(letter);
                        }
                    }
                }
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, anchor, preformatted);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, anchor: &str, preformatted: bool) {
        let value = element.value();
        if value.has_class("footnote-mark", scraper::CaseSensitivity::CaseSensitive)
            || value.has_class("footnote-back", scraper::CaseSensitivity::CaseSensitive)
            || value.name() == "rt"
        {
            return;
        }
        if value.name() == "br" {
            return self.text.push('\n');
        }
        let parts = BLOCKS.contains(&value.name());
        let inner = value.id().unwrap_or(anchor);
        if parts {
            self.flush(anchor);
        }
        self.read(element, inner, preformatted || value.name() == "pre");
        if parts {
            self.flush(inner);
        }
    }

    fn flush(&mut self, anchor: &str) {
        let text = std::mem::take(&mut self.text);
        let text = text
            .split('\n')
            .map(|line| line.trim_matches(' '))
            .collect::<Vec<_>>()
            .join("\n")
            .trim()
            .to_owned();
        if !text.is_empty() {
            self.blocks.push((anchor.to_owned(), text));
        }
    }
}
