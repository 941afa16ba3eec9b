//! The text of a document, paragraph by paragraph, as it stands once every change is accepted.

use super::numbering::{Mark, Numbering};
use super::styles::{self, Style, Styles};
use crate::import::block::{Block, Inline, Parsed, SHOWN};
use crate::import::{Loss, Refusal};
use crate::office::{Element, Package, Relation};
use std::collections::BTreeMap;

/// Reads the main part, with its styles, numbers and notes.
pub(super) fn read(mut package: Package) -> Result<Parsed, Refusal> {
    let main = package.main_part()?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let part = |name: &str| {
        if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        }
    };
    let tree = package.tree(&main)?.ok_or_else(|| Refusal::Broken(main.clone()))?;
    let styles = Styles::read(package.tree(&part("styles.xml"))?.as_ref());
    let numbering = Numbering::read(package.tree(&part("numbering.xml"))?.as_ref());
    let relations = package.relations(&main)?;
    let mut notes = BTreeMap::new();
    for (file, element, kind) in [("footnotes.xml", "w:footnote", 'f'), ("endnotes.xml", "w:endnote", 'e')] {
        if let Some(tree) = package.tree(&part(file))? {
            for note in tree
                .elements()
                .filter(|child| child.name == element && child.attribute("type").is_none())
            {
                notes.extend(note.attribute("id").map(|id| ((kind, id.to_owned()), note.clone())));
            }
        }
    }
    let mut walk = Walk {
        package,
        styles,
        numbering,
        relations,
        notes,
        parsed: Parsed::default(),
        boxes: Vec::new(),
    };
    let body = tree.child("w:body").unwrap_or(&tree);
    let blocks = walk.blocks(body)?;
    walk.parsed.blocks = blocks;
    Ok(walk.parsed)
}

pub(super) struct Walk<'a> {
    package: Package<'a>,
    styles: Styles,
    numbering: Numbering,
    relations: BTreeMap<String, Relation>,
    /// Notes by kind and id.
    notes: BTreeMap<(char, String), Element>,
    parsed: Parsed,
    /// Blocks of text boxes that wait for the end of their paragraph.
    boxes: Vec<Block>,
}

impl Walk<'_> {
    pub(super) fn blocks(&mut self, parent: &Element) -> Result<Vec<Block>, Refusal> {
        let mut blocks = Vec::new();
        for element in parent.elements() {
            match element.name.as_str() {
                "w:p" => {
                    blocks.extend(self.paragraph(element)?);
                    blocks.append(&mut self.boxes);
                }
                "w:tbl" => {
                    let table = self.table(element)?;
                    if !table.is_plain() {
                        self.parsed.lose(Loss::MergedCells);
                    }
                    blocks.push(Block::Table(table));
                    blocks.append(&mut self.boxes);
                }
                "w:sdt" => {
                    if let Some(content) = element.child("w:sdtContent") {
                        blocks.extend(self.blocks(content)?);
                    }
                }
                "w:ins" | "w:moveTo" => {
                    self.parsed.lose(Loss::TrackedChange);
                    blocks.extend(self.blocks(element)?);
                }
                "w:del" | "w:moveFrom" => self.parsed.lose(Loss::TrackedChange),
                "mc:AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        blocks.extend(self.blocks(choice)?);
                    }
                }
                _ => {}
            }
        }
        Ok(blocks)
    }

    fn paragraph(&mut self, element: &Element) -> Result<Option<Block>, Refusal> {
        let empty = Element::default();
        let properties = element.child("w:pPr").unwrap_or(&empty);
        let style = properties
            .value("w:pStyle")
            .map(|id| self.styles.of(id))
            .unwrap_or_default();
        if style.contents {
            self.parsed.lose(Loss::Contents);
            return Ok(None);
        }
        let mut text = Vec::new();
        self.runs(element, Look::default(), &mut text)?;
        let says = text.iter().any(|inline| match inline {
            Inline::Text { text, .. } | Inline::Link { text, .. } => !text.trim().is_empty(),
            Inline::Note(_) | Inline::Picture { .. } => true,
            Inline::Break => false,
        });
        // An empty paragraph has no number.
        let number = styles::number(properties).or(style.number).filter(|_| says);
        let mark = number.and_then(|(list, level)| Some((self.numbering.next(list, level)?, level)));
        Ok(says.then(|| block(text, properties, style, mark)))
    }

    /// The inlines of a paragraph, a link or a change.
    fn runs(&mut self, parent: &Element, look: Look, out: &mut Vec<Inline>) -> Result<(), Refusal> {
        for element in parent.elements() {
            match element.name.as_str() {
                "w:r" => self.run(element, look, out)?,
                "w:hyperlink" => {
                    let mut text = Vec::new();
                    self.runs(element, look, &mut text)?;
                    self.link(element, text, out);
                }
                "w:ins" | "w:moveTo" => {
                    self.parsed.lose(Loss::TrackedChange);
                    self.runs(element, look, out)?;
                }
                "w:del" | "w:moveFrom" => self.parsed.lose(Loss::TrackedChange),
                "w:smartTag" | "w:fldSimple" | "w:customXml" | "w:dir" | "w:bdo" => self.runs(element, look, out)?,
                "w:sdt" => {
                    if let Some(content) = element.child("w:sdtContent") {
                        self.runs(content, look, out)?;
                    }
                }
                "m:oMath" | "m:oMathPara" => {
                    self.parsed.lose(Loss::Formula);
                    out.push(Inline::text(element.text()));
                }
                "mc:AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.runs(choice, look, out)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn link(&self, element: &Element, text: Vec<Inline>, out: &mut Vec<Inline>) {
        let target = element.attribute("id").and_then(|id| self.relations.get(id));
        match target {
            Some(Relation::Outside(target)) if target.starts_with("http://") || target.starts_with("https://") => {
                out.push(Inline::Link {
                    text: crate::import::block::plain(&text),
                    target: target.clone(),
                });
            }
            _ => out.extend(text),
        }
    }

    fn run(&mut self, run: &Element, look: Look, out: &mut Vec<Inline>) -> Result<(), Refusal> {
        let look = run.child("w:rPr").map_or(look, |properties| look.with(properties));
        if look.hidden {
            return Ok(());
        }
        self.run_content(run, look, out)
    }

    fn run_content(&mut self, run: &Element, look: Look, out: &mut Vec<Inline>) -> Result<(), Refusal> {
        for element in run.elements() {
            let text = match element.name.as_str() {
                "w:t" => element.text(),
                "w:tab" | "w:ptab" => " ".to_owned(),
                "w:noBreakHyphen" => "-".to_owned(),
                "w:sym" => self.symbol(element),
                "w:br" | "w:cr" => {
                    if !matches!(element.attribute("type"), Some("page" | "column")) {
                        out.push(Inline::Break);
                    }
                    continue;
                }
                "w:footnoteReference" => {
                    self.note('f', element, out)?;
                    continue;
                }
                "w:endnoteReference" => {
                    self.note('e', element, out)?;
                    continue;
                }
                "w:commentReference" => {
                    self.parsed.lose(Loss::Comment);
                    continue;
                }
                "w:drawing" | "w:pict" => {
                    self.drawing(element, out)?;
                    continue;
                }
                "w:object" => {
                    self.parsed.lose(Loss::Object);
                    continue;
                }
                "mc:AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.run_content(choice, look, out)?;
                    }
                    continue;
                }
                _ => continue,
            };
            out.push(Inline::Text {
                text,
                bold: look.bold,
                italic: look.italic,
            });
        }
        Ok(())
    }

    /// A character of a symbol font: the few that forms use, and a loss for the others.
    fn symbol(&mut self, element: &Element) -> String {
        let code = element.attribute("char").unwrap_or_default().to_ascii_uppercase();
        match code.trim_start_matches("F0") {
            "FE" | "52" => "☑".to_owned(),
            "A8" | "A3" | "6F" => "□".to_owned(),
            "FC" | "50" => "√".to_owned(),
            "E0" => "→".to_owned(),
            _ => {
                self.parsed.lose(Loss::Symbol);
                String::new()
            }
        }
    }

    /// A note is numbered where the text refers to it, as readers meet it.
    fn note(&mut self, kind: char, reference: &Element, out: &mut Vec<Inline>) -> Result<(), Refusal> {
        let id = reference.attribute("id").unwrap_or_default().to_owned();
        // Taken out, so that a note that refers to itself ends.
        let Some(note) = self.notes.remove(&(kind, id)) else {
            return Ok(());
        };
        let mark = self.parsed.notes.len() + 1;
        out.push(Inline::Note(mark));
        self.parsed.notes.push((mark, Vec::new()));
        let mut text = Vec::new();
        for paragraph in note.elements().filter(|child| child.name == "w:p") {
            if !text.is_empty() {
                text.push(Inline::Break);
            }
            self.runs(paragraph, Look::default(), &mut text)?;
        }
        self.parsed.notes[mark - 1].1 = text;
        Ok(())
    }

    /// A picture, or the text of a box; anything else drawn is a loss.
    fn drawing(&mut self, drawing: &Element, out: &mut Vec<Inline>) -> Result<(), Refusal> {
        if let Some(content) = drawing.find("w:txbxContent") {
            self.parsed.lose(Loss::TextBox);
            let blocks = self.blocks(content)?;
            self.boxes.extend(blocks);
            return Ok(());
        }
        let blip = drawing.find("a:blip").and_then(|blip| blip.attribute("embed"));
        let data = drawing.find("v:imagedata").and_then(|data| data.attribute("id"));
        let Some(Relation::Part(part)) = blip.or(data).and_then(|id| self.relations.get(id)).cloned() else {
            self.parsed.lose(if blip.or(data).is_some() {
                Loss::Picture
            } else {
                Loss::Object
            });
            return Ok(());
        };
        let ending = part.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let bytes = self.package.bytes(&part)?.filter(|_| SHOWN.contains(&&*ending));
        let Some(bytes) = bytes else {
            self.parsed.lose(Loss::Picture);
            return Ok(());
        };
        let properties = drawing.find("wp:docPr");
        let said = properties
            .and_then(|properties| properties.attribute("descr"))
            .unwrap_or_default();
        let name = self.parsed.picture(&ending, bytes);
        out.push(Inline::picture(name, said));
        Ok(())
    }
}

/// What a block is, by its style, its outline level and its number.
fn block(mut text: Vec<Inline>, properties: &Element, style: Style, mark: Option<(Mark, u8)>) -> Block {
    let heading = styles::outline_level(properties).or(style.heading);
    let before = match &mark {
        Some((Mark::Text(before), _)) => Some(before.clone()),
        Some((Mark::Number(number), _)) if heading.is_some() => Some(format!("{number}.")),
        _ => None,
    };
    if let Some(before) = before {
        text.insert(0, Inline::text(before));
    }
    match (heading, mark) {
        _ if style.title => Block::Title(text),
        (Some(level), _) => Block::Heading(level, text),
        (None, Some((Mark::Bullet, level))) => Block::Item {
            depth: usize::from(level),
            number: None,
            text,
        },
        (None, Some((Mark::Number(number), level))) => Block::Item {
            depth: usize::from(level),
            number: Some(number),
            text,
        },
        _ => Block::Paragraph {
            text,
            centred: styles::is_centred(properties) || style.centred,
        },
    }
}

/// The first choice of alternatives; the fallback says the same for older programs.
fn choice(element: &Element) -> Option<&Element> {
    element.child("mc:Choice").or_else(|| element.child("mc:Fallback"))
}

/// How text looks.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
    hidden: bool,
}

impl Look {
    fn with(self, properties: &Element) -> Self {
        Self {
            bold: properties.switch("w:b").unwrap_or(self.bold),
            italic: properties.switch("w:i").unwrap_or(self.italic),
            hidden: properties.switch("w:vanish").unwrap_or(self.hidden)
                || properties.switch("w:webHidden").unwrap_or(false),
        }
    }
}
