//! What stands beside the text: heads and feet of pages, comments, properties, and whatever else the file says.

use super::document::{Relations, Walk};
use super::numbering;
use crate::office::block::plain;
use crate::office::line::Place;
use crate::office::{Element, Fault, RECORD, Relation};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Parts that say nothing to anybody.
const SILENT: [&str; 10] = [
    "settings",
    "styles",
    "fonttable",
    "numbering",
    "websettings",
    "theme",
    "styleswitheffects",
    "itemprops",
    "[content_types]",
    "commentsids",
];

impl Walk<'_> {
    /// Gathers it, once the text was read.
    pub(super) fn aside(&mut self, main: &Element) -> Result<(), Fault> {
        let used = self.references(main);
        for part in self.package.xml_parts() {
            let stem = part.rsplit('/').next().unwrap_or_default().trim_end_matches(".xml");
            let stem = stem.trim_end_matches(|character: char| character.is_ascii_digit());
            match stem {
                "settings" => self.variables(&part),
                "numbering" => self.words_of_lists(&part),
                _ => {}
            }
            if self.visited.contains(&part) || SILENT.contains(&stem) {
                continue;
            }
            match self.beside(&part, &used) {
                // What isn't the text itself doesn't keep it from being read; nobody has seen it, though.
                Err(Fault::Broken(_)) => self.document.unread.push(part),
                done => done?,
            }
        }
        let notes = std::mem::take(&mut self.notes);
        for note in notes.into_values() {
            self.say_lines(&note, Rc::default(), &Place::Footnote)?;
        }
        let outside = self.package.outside()?;
        let files = self.package.files(&self.visited);
        self.document.aside.extend(files.lines);
        self.document.unread.extend(files.unread);
        for target in outside {
            self.say_aside(target, Place::Link);
        }
        self.end_open_fields();
        self.held.take_tree(main);
        let held = std::mem::take(&mut self.held);
        self.document.aside.extend(held.lines());
        Ok(())
    }

    /// The variables of a document: no page shows them, and fields and macros read them.
    fn variables(&mut self, part: &str) {
        let Ok(Some(tree)) = self.package.tree(part) else {
            return;
        };
        for variable in tree.find("w:docVars").into_iter().flat_map(Element::elements) {
            let said = |name| variable.attribute(name).unwrap_or_default().to_owned();
            self.say_aside(said("val"), Place::Property(said("name")));
        }
        self.held.take_tree(&tree);
    }

    /// What lists write beside their numbers, whether or not a paragraph has them.
    fn words_of_lists(&mut self, part: &str) {
        let tree = self.package.tree(part).ok().flatten();
        for words in tree.iter().flat_map(numbering::words) {
            self.say_aside(words, Place::Held);
        }
    }

    /// The heads and feet of pages that sections ask for.
    fn references(&self, main: &Element) -> BTreeSet<String> {
        let mut ids = Vec::new();
        collect(main, &["w:headerReference", "w:footerReference"], &mut ids);
        let parts = ids.into_iter().filter_map(|id| match self.relations.get(&id) {
            Some(Relation::Part(part)) => Some(part.to_lowercase()),
            _ => None,
        });
        parts.collect()
    }

    fn beside(&mut self, part: &str, used: &BTreeSet<String>) -> Result<(), Fault> {
        let Some(tree) = self.package.tree(part)? else {
            return Ok(());
        };
        self.held.take_tree(&tree);
        let relations: Relations = Rc::new(self.package.relations(part)?);
        let place = match tree.name.as_str() {
            "w:hdr" => Place::Header,
            "w:ftr" => Place::Footer,
            "w:comments" => Place::Comment,
            "w:footnotes" | "w:endnotes" => Place::Footnote,
            "w:glossaryDocument" => Place::Hidden,
            _ if part.starts_with("docprops/") => {
                self.document.aside.extend(crate::office::properties::lines(&tree));
                return Ok(());
            }
            RECORD => {
                self.document.record = Some(tree.text());
                return self.say_other(&tree);
            }
            _ => return self.say_other(&tree),
        };
        // Only what a section asks for is on a page.
        let place = if matches!(place, Place::Header | Place::Footer) && !used.contains(part) {
            Place::Hidden
        } else {
            place
        };
        self.say_lines(&tree, relations, &place)
    }

    /// Lines of a part that goes into no draft; its losses aren't those of the text.
    pub(super) fn say_lines(&mut self, tree: &Element, relations: Relations, place: &Place) -> Result<(), Fault> {
        let losses = self.document.losses.clone();
        let notes = self.document.notes.len();
        let lines = self.lines_of(tree, relations)?;
        self.document.notes.truncate(notes);
        self.document.losses = losses;
        for line in lines {
            let text = plain(&line);
            match place {
                Place::Header | Place::Footer => self.document.say_of_page(text, place.clone()),
                _ => self.say_aside(text, place.clone()),
            }
        }
        Ok(())
    }

    /// Text of drawings, charts and data that the document keeps.
    fn say_other(&mut self, tree: &Element) -> Result<(), Fault> {
        let mut lines = Vec::new();
        paragraphs(tree, &mut lines);
        for line in lines {
            self.say_aside(line, Place::Hidden);
        }
        Ok(())
    }
}

/// The text of an element, a paragraph (`a:p`, `w:p`) or an element of data a line.
pub(super) fn paragraphs(element: &Element, out: &mut Vec<String>) {
    let local = element.name.rsplit(':').next().unwrap_or_default();
    let only_text = element.elements().next().is_none();
    if local == "p" || only_text {
        let text = element.text();
        out.extend((!text.trim().is_empty()).then_some(text));
        return;
    }
    for child in element.elements() {
        paragraphs(child, out);
    }
}

fn collect(element: &Element, names: &[&str], out: &mut Vec<String>) {
    for child in element.elements() {
        if names.contains(&child.name.as_str()) {
            out.extend(child.attribute("id").map(str::to_owned));
        }
        collect(child, names, out);
    }
}
