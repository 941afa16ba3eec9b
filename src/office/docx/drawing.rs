//! What is drawn: pictures and the text of boxes, in reading order, however shapes are grouped.

use super::document::{Walk, choice};
use super::state::State;
use crate::office::block::{Block, Document, Inline, Loss, SHOWN};
use crate::office::line::Place;
use crate::office::{Element, Fault, Relation};

impl Walk<'_> {
    /// Pictures go where the drawing stands, boxes behind its paragraph; anything else drawn is a loss.
    pub(super) fn drawing(&mut self, drawing: &Element, state: State, out: &mut Vec<Inline>) -> Result<(), Fault> {
        if self.in_instruction() {
            return Ok(());
        }
        let state = State {
            hidden: state.hidden || is_hidden(drawing),
            ..state
        };
        let said = drawing.find("wp:docPr").and_then(description).unwrap_or_default();
        let title = drawing
            .find("wp:docPr")
            .and_then(|properties| properties.attribute("title"));
        self.say_aside(title.unwrap_or_default().to_owned(), Place::Caption);
        let mut taken = Taken {
            description: said,
            ..Taken::default()
        };
        self.drawn(drawing, state, &mut taken)?;
        if !state.is_shown() {
            return self.leave_out(taken);
        }
        if drawing.name == "w:object" || (taken.blocks.is_empty() && taken.pictures.is_empty() && !taken.lost) {
            self.document.lose(Loss::Object);
        }
        self.document.lose_all(Loss::TextBox, taken.boxes);
        self.say_aside(std::mem::take(&mut taken.description), Place::Caption);
        out.append(&mut taken.pictures);
        self.boxes.append(&mut taken.blocks);
        Ok(())
    }

    /// The words of a drawing that isn't shown.
    fn leave_out(&mut self, taken: Taken) -> Result<(), Fault> {
        if !taken.blocks.is_empty() {
            self.document.lose(Loss::Hidden);
        }
        self.say_aside(taken.description, Place::Hidden);
        for line in super::document::lines(taken.blocks) {
            self.say_aside(crate::office::block::plain(&line), Place::Hidden);
        }
        Ok(())
    }

    fn drawn(&mut self, parent: &Element, state: State, taken: &mut Taken) -> Result<(), Fault> {
        for element in parent.elements() {
            let local = element.name.rsplit(':').next().unwrap_or_default();
            match local {
                "txbxContent" => {
                    taken.boxes += 1;
                    let outer = std::mem::take(&mut self.boxes);
                    let fields = std::mem::take(&mut self.fields);
                    let blocks = self.blocks(element, state);
                    self.fields = fields;
                    self.boxes = outer;
                    taken.blocks.extend(blocks?);
                }
                // Text of a shape that another program drew.
                "txBody" => {
                    let lines = element.elements().filter(|child| child.name == "a:p");
                    taken.say(lines.map(Element::text).collect());
                }
                "textpath" => taken.say(element.attribute("string").map(str::to_owned).into_iter().collect()),
                "blip" => self.pictured(element, &["embed", "link"], taken)?,
                "imagedata" => self.pictured(element, &["id", "pict", "href"], taken)?,
                "cNvPr" if description(element).is_some() => {
                    taken.description = description(element).unwrap_or_default();
                }
                "relIds" => self.diagram(element, taken)?,
                "AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.drawn(choice, state, taken)?;
                    }
                }
                _ => self.drawn(element, state, taken)?,
            }
        }
        Ok(())
    }

    /// Takes over the picture that an attribute names.
    fn pictured(&mut self, element: &Element, attributes: &[&str], taken: &mut Taken) -> Result<(), Fault> {
        let ids = attributes.iter().filter_map(|name| element.attribute(name));
        let mut parts = ids.filter_map(|id| match self.relations.get(id) {
            Some(Relation::Part(part)) => Some(part.clone()),
            _ => None,
        });
        let found = match parts.next() {
            Some(part) => self.take_picture(&part)?,
            None => None,
        };
        if let Some(name) = found {
            let said = std::mem::take(&mut taken.description);
            taken.pictures.push(Inline::picture(name, &said));
        } else {
            taken.lost = true;
            self.document.lose(Loss::Picture);
        }
        Ok(())
    }

    fn take_picture(&mut self, part: &str) -> Result<Option<String>, Fault> {
        let ending = part.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        if !SHOWN.contains(&&*ending) {
            return Ok(None);
        }
        let bytes = self.package.bytes(part)?;
        Ok(bytes.map(|bytes| self.document.picture(&ending, bytes)))
    }

    /// The words of a diagram, which stand in a part of their own.
    fn diagram(&mut self, element: &Element, taken: &mut Taken) -> Result<(), Fault> {
        let part = match element.attribute("dm").and_then(|id| self.relations.get(id)) {
            Some(Relation::Part(part)) => part.clone(),
            _ => return Ok(()),
        };
        if let Some(tree) = self.package.tree(&part)? {
            self.visited.insert(part.to_lowercase());
            self.held.take_tree(&tree);
            let mut lines = Vec::new();
            super::aside::paragraphs(&tree, &mut lines);
            taken.say(lines);
        }
        Ok(())
    }

    /// A part of another format that the document holds whole.
    pub(super) fn chunk(&mut self, element: &Element) -> Vec<Block> {
        let part = match element.attribute("id").and_then(|id| self.relations.get(id)) {
            Some(Relation::Part(part)) => part.clone(),
            _ => String::new(),
        };
        let bytes = self.package.bytes(&part).ok().flatten().unwrap_or_default();
        let read: Result<Document, Fault> = crate::office::document_in(&part, &bytes, &self.package.budget);
        if let Ok(document) = read {
            self.visited.insert(part.to_lowercase());
            self.document.absorb(document)
        } else {
            self.document.unread.push(part);
            self.document.lose(Loss::Chunk);
            Vec::new()
        }
    }
}

/// What a drawing gives.
#[derive(Default)]
struct Taken {
    /// What is said of the next picture.
    description: String,
    pictures: Vec<Inline>,
    blocks: Vec<Block>,
    boxes: usize,
    /// Whether a picture of it was lost.
    lost: bool,
}

impl Taken {
    fn say(&mut self, lines: Vec<String>) {
        let says: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
        self.boxes += usize::from(!says.is_empty());
        let blocks = says.into_iter().map(|line| Block::paragraph(vec![Inline::text(line)]));
        self.blocks.extend(blocks);
    }
}

/// Whether a drawing says of itself that it isn't shown.
fn is_hidden(drawing: &Element) -> bool {
    let properties = drawing
        .find("wp:docPr")
        .and_then(|properties| properties.attribute("hidden"));
    let style = drawing.find_local("shape").and_then(|shape| shape.attribute("style"));
    let style = style.unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    matches!(properties, Some("1" | "true" | "on"))
        || style.contains("visibility:hidden")
        || style.contains("display:none")
}

/// What is said of a picture for those who can't see it.
fn description(properties: &Element) -> Option<String> {
    let said = properties.attribute("descr").unwrap_or_default().trim();
    (!said.is_empty()).then(|| said.to_owned())
}
