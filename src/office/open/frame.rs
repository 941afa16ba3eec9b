//! What is drawn: pictures, the text of boxes and shapes, formulas, embedded objects.

use super::{Walk, aside, local};
use crate::office::block::{Block, Inline, Level, Look, Loss, SHOWN, lines, plain, says};
use crate::office::line::Place;
use crate::office::trace::State;
use crate::office::xml::Node;
use crate::office::{Element, Fault};
use base64::Engine;

impl Walk<'_> {
    /// Pictures are given, the text of boxes waits for the end of the paragraph.
    pub(super) fn drawn(&mut self, element: &Element, state: State) -> Result<Vec<Inline>, Fault> {
        let graphic = self.styles.of("graphic", element);
        let unseen = element.attribute("display") == Some("none");
        let state = State {
            look: Look::default(),
            size: 0,
            hidden: state.hidden || unseen || graphic.of(State::default()).hidden,
            ..state
        };
        let mut pictures = Vec::new();
        match element.name.as_str() {
            "draw:frame" => self.frame(element, state, &mut pictures)?,
            "draw:g" | "draw:a" => {
                if let Some(target) = element.attribute("href") {
                    self.document.say_aside(target.to_owned(), Place::Link);
                }
                for child in element.elements() {
                    match local(child) {
                        "title" | "desc" => self.document.say_aside(child.text(), Place::Caption),
                        _ => pictures.append(&mut self.drawn(child, state)?),
                    }
                }
            }
            "draw:control" => {}
            _ => {
                self.describe(element);
                let blocks = self.blocks(element, state)?;
                if blocks.is_empty() {
                    self.document.lose(Loss::Object);
                }
                self.boxed(blocks);
            }
        }
        Ok(pictures)
    }

    /// What is said of a shape for those who can't see it.
    fn describe(&mut self, element: &Element) {
        let told = element
            .elements()
            .filter(|child| matches!(local(child), "title" | "desc"));
        let told: Vec<String> = told.map(Element::text).collect();
        for text in told {
            self.document.say_aside(text, Place::Caption);
        }
    }

    fn boxed(&mut self, mut blocks: Vec<Block>) {
        self.document.lose_all(Loss::TextBox, usize::from(!blocks.is_empty()));
        self.boxes.append(&mut blocks);
    }

    fn frame(&mut self, frame: &Element, state: State, pictures: &mut Vec<Inline>) -> Result<(), Fault> {
        let told: Vec<String> = frame
            .elements()
            .filter(|child| matches!(local(child), "title" | "desc"))
            .map(|child| child.text().trim().to_owned())
            .collect();
        let mut said = told.join(" ").trim().to_owned();
        let is_title = matches!(frame.attribute("class"), Some("title"));
        let (mut taken, mut lost) = (false, false);
        for child in frame.elements() {
            match child.name.as_str() {
                "draw:text-box" => {
                    let mut blocks = self.blocks(child, state)?;
                    if is_title {
                        blocks = blocks.into_iter().map(raised).collect();
                    }
                    self.boxed(blocks);
                    taken = true;
                }
                "table:table" => {
                    let mut blocks = Vec::new();
                    self.push_table(child, state, &mut blocks)?;
                    self.boxes.append(&mut blocks);
                    taken = true;
                }
                "draw:object" => taken |= self.object(child, state, pictures)?,
                "draw:image" if !taken => match self.picture(child)? {
                    Some(name) if state.is_shown() => {
                        pictures.push(Inline::picture(name, &said));
                        said.clear();
                        taken = true;
                    }
                    found => lost |= found.is_none(),
                },
                "draw:object-ole" | "draw:plugin" | "draw:applet" | "draw:floating-frame" => {
                    self.document.lose(Loss::Object);
                }
                _ => {}
            }
        }
        self.document.lose_all(Loss::Picture, usize::from(lost && !taken));
        let place = if state.is_shown() {
            Place::Caption
        } else {
            Place::Hidden
        };
        self.document.say_aside(said, place);
        Ok(())
    }

    /// The name of a picture, from the archive or from the element itself.
    fn picture(&mut self, image: &Element) -> Result<Option<String>, Fault> {
        let text = image.child("office:binary-data").map(Element::text);
        let bytes = if let Some(text) = text {
            let data: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            base64::engine::general_purpose::STANDARD.decode(data).ok()
        } else {
            let target = image.attribute("href").unwrap_or_default().trim_start_matches("./");
            self.package.bytes(target)?
        };
        let Some(bytes) = bytes else { return Ok(None) };
        Ok(ending(&bytes).map(|ending| self.document.picture(ending, bytes)))
    }

    /// A formula is read; whatever else is embedded is a loss. Gives whether the picture of it isn't needed.
    fn object(&mut self, element: &Element, state: State, out: &mut Vec<Inline>) -> Result<bool, Fault> {
        let target = element.attribute("href").unwrap_or_default();
        let folder = target.trim_start_matches("./").trim_end_matches('/').to_lowercase();
        let part = format!("{folder}/content.xml");
        let own = element
            .elements()
            .find(|child| matches!(local(child), "math" | "document"));
        let tree = match own {
            Some(own) => Some(own.clone()),
            None => self.package.tree(&part)?,
        };
        let Some(tree) = tree else {
            self.document.lose(Loss::Object);
            return Ok(false);
        };
        self.visited.insert(part);
        if local(&tree) == "math" {
            let mut inlines = Vec::new();
            formula(&tree, Level::Base, &mut inlines);
            self.document.lose(Loss::Formula);
            if state.is_shown() {
                out.append(&mut inlines);
            } else {
                self.document.say_aside(plain(&inlines), Place::Hidden);
            }
            return Ok(true);
        }
        self.document.lose(Loss::Object);
        // The words of a chart stand in its picture, too.
        for line in aside::words(&tree) {
            self.count(&line)?;
            self.document.say_aside(line, Place::Caption);
        }
        Ok(false)
    }
}

/// The letters of a formula; what stands above or below the line is raised or lowered.
fn formula(element: &Element, level: Level, out: &mut Vec<Inline>) {
    if local(element).starts_with("annotation") {
        return;
    }
    let mut place = 0;
    for node in &element.children {
        match node {
            Node::Text(text) if !text.trim().is_empty() => {
                let look = Look {
                    level,
                    ..Look::default()
                };
                out.push(Inline::looking(text.trim(), look));
            }
            Node::Text(_) => {}
            Node::Element(child) => {
                let inner = match (local(element), place) {
                    ("msup", 1) | ("msubsup", 2) => Level::Raised,
                    ("msub" | "msubsup", 1) => Level::Lowered,
                    _ => level,
                };
                if local(element) == "mfrac" && place == 1 {
                    out.push(Inline::text("/"));
                }
                formula(child, inner, out);
                place += 1;
            }
        }
    }
}

fn raised(block: Block) -> Block {
    match block {
        Block::Paragraph { text, .. } | Block::Item { text, .. } => Block::Heading(1, text),
        other => other,
    }
}

/// The ending of a picture's format, by its bytes, where browsers show it.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 5] = [
        (b"\x89PNG", "png"),
        (b"\xFF\xD8\xFF", "jpg"),
        (b"GIF8", "gif"),
        (b"RIFF", "webp"),
        (b"BM", "bmp"),
    ];
    let found = STARTS.iter().find(|(start, _)| bytes.starts_with(start));
    found.map(|(_, ending)| *ending).filter(|ending| SHOWN.contains(ending))
}

/// The paragraphs of blocks that stand in a cell.
pub(super) fn cell_lines(blocks: Vec<Block>) -> Vec<Vec<Inline>> {
    lines(blocks).into_iter().filter(|line| says(line)).collect()
}
