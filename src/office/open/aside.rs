//! What stands beside the text: heads and feet of pages, properties, and whatever else the file says.

use super::{Tracked, Walk, collapsed, local};
use crate::office::held::Held;
use crate::office::line::Place;
use crate::office::trace::State;
use crate::office::xml::Node;
use crate::office::{Element, Fault, properties};

impl Walk<'_> {
    /// Gathers it, once the text was read.
    pub(super) fn aside(&mut self, content: &Element, common: Option<&Element>) -> Result<(), Fault> {
        // A deletion whose place is nowhere.
        for tracked in std::mem::take(&mut self.changes).into_values() {
            if let Tracked::Deletion(text) = tracked {
                self.document.say_aside(text, Place::Deleted);
            }
        }
        let mut held = Held::default();
        content
            .child("office:body")
            .into_iter()
            .for_each(|body| held.take_tree(body));
        for tree in [common, Some(content)].into_iter().flatten() {
            if let Some(masters) = tree.child("office:master-styles") {
                self.masters(masters)?;
            }
        }
        for part in self.package.xml_parts() {
            let silent = ["meta-inf/", "settings.xml", "configurations", "accelerator/"];
            let is_silent = silent.iter().any(|name| part.starts_with(name));
            let of_object = ["/styles.xml", "/settings.xml"].iter().any(|end| part.ends_with(end));
            if is_silent || of_object || self.visited.contains(&part) {
                continue;
            }
            let tree = match self.package.tree(&part) {
                Ok(Some(tree)) => tree,
                Ok(None) => continue,
                // What isn't the text itself doesn't keep it from being read; nobody has seen it, though.
                Err(Fault::Broken(_)) => {
                    self.document.unread.push(part);
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            held.take_tree(&tree);
            if local(&tree) == "document-meta" {
                let meta = tree.child("office:meta").unwrap_or(&tree);
                self.document.aside.extend(properties::lines(meta));
            } else {
                self.say_words(&tree, &Place::Hidden)?;
            }
        }
        self.document.aside.extend(held.lines());
        self.document.unread.extend(self.package.kept());
        Ok(())
    }

    /// Heads and feet, and what is drawn on every slide; a placeholder says only where something would stand.
    fn masters(&mut self, masters: &Element) -> Result<(), Fault> {
        for element in masters.elements().flat_map(Element::elements) {
            let name = local(element);
            let place = if name.starts_with("header") {
                Place::Header
            } else {
                Place::Footer
            };
            if element.attribute("placeholder") == Some("true") || element.attribute("class").is_some() {
                continue;
            }
            if name == "notes" || name == "style" {
                continue;
            }
            let losses = self.document.losses.clone();
            let notes = self.document.notes.len();
            let hidden = element.attribute("display") == Some("false");
            let mut around = Element::default();
            around.children.push(Node::Element(element.clone()));
            let blocks = self.blocks(
                &around,
                State {
                    hidden,
                    ..State::default()
                },
            )?;
            self.document.notes.truncate(notes);
            self.document.losses = losses;
            self.say_blocks(blocks, &place);
        }
        Ok(())
    }
}

/// The words of an element, a paragraph or an element of data a line.
pub(super) fn words(element: &Element) -> Vec<String> {
    let mut out = Vec::new();
    push_words(element, &mut out);
    out
}

fn push_words(element: &Element, out: &mut Vec<String>) {
    for name in ["string-value", "label", "help-message"] {
        out.extend(
            element
                .attribute(name)
                .filter(|value| !value.trim().is_empty())
                .map(str::to_owned),
        );
    }
    let own = matches!(local(element), "p" | "h");
    let bare = element
        .children
        .iter()
        .any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
    if own || bare {
        let mut line = String::new();
        push_line(element, &mut line);
        out.extend((!line.trim().is_empty()).then(|| line.trim().to_owned()));
        return;
    }
    for child in element.elements() {
        push_words(child, out);
    }
}

fn push_line(element: &Element, line: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => *line += &collapsed(text, line.is_empty() || line.ends_with(' ')),
            Node::Element(child) => {
                if matches!(local(child), "s" | "tab" | "line-break" | "p" | "h") {
                    line.push(' ');
                }
                push_line(child, line);
            }
        }
    }
}
