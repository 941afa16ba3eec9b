//! The text of a document, block by block, as it stands once every change is accepted.

use super::numbering::Numbering;
use super::state::{Change, State, Trace};
use super::styles::{self, Style, Styles};
pub(super) use crate::office::block::lines;
use crate::office::block::{Block, Document, Form, Inline, Loss, Role, says};
use crate::office::held::Held;
use crate::office::line::Place;
use crate::office::mark::{Mark, Styled};
use crate::office::{Element, Fault, Package, RESTATED, Relation};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

/// Where the relationships of a part lead.
pub(super) type Relations = Rc<BTreeMap<String, Relation>>;

/// Reads the main part, with its styles, numbers and notes, and what stands beside it.
pub(super) fn read(mut package: Package) -> Result<Document, Fault> {
    let main = package.main_part()?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let tree = package.tree(&main)?.ok_or_else(|| Fault::Broken(main.clone()))?;
    let relations = package.relations(&main)?;
    // Other programs name the parts otherwise: what the main part's relationships lead to counts.
    let parts: Vec<String> = relations.values().filter_map(part_of).map(str::to_owned).collect();
    let find = |usual: &str| {
        let named = parts.iter().find(|part| part.ends_with(usual)).cloned();
        named.unwrap_or_else(|| format!("{folder}/{usual}").trim_start_matches('/').to_owned())
    };
    let styles = Styles::read(package.tree(&find("styles.xml"))?.as_ref());
    let numbering = Numbering::read(package.tree(&find("numbering.xml"))?.as_ref(), &styles);
    let mut walk = Walk {
        package,
        styles,
        numbering,
        relations: Rc::new(relations),
        notes: BTreeMap::new(),
        note_relations: BTreeMap::new(),
        fields: Vec::new(),
        paragraphs: 0,
        paragraph_id: 0,
        trace: Trace::default(),
        document: Document::default(),
        boxes: Vec::new(),
        nesting: 0,
        restating: None,
        visited: BTreeSet::from([main.to_lowercase()]),
        held: Held::default(),
    };
    for (file, element, kind) in [("footnotes.xml", "w:footnote", 'f'), ("endnotes.xml", "w:endnote", 'e')] {
        walk.take_notes(&find(file), element, kind)?;
    }
    // Some programs write several bodies.
    walk.document.blocks = walk.blocks(&tree, State::default())?;
    walk.aside(&tree)?;
    Ok(walk.document)
}

fn part_of(relation: &Relation) -> Option<&str> {
    match relation {
        Relation::Part(part) => Some(part),
        Relation::Outside(_) => None,
    }
}

pub(super) struct Walk<'a> {
    pub(super) package: Package<'a>,
    pub(super) styles: Styles,
    numbering: Numbering,
    pub(super) relations: Relations,
    /// Notes by kind and id.
    pub(super) notes: BTreeMap<(char, String), Element>,
    note_relations: BTreeMap<char, Relations>,
    /// Fields that have begun.
    pub(super) fields: Vec<Field>,
    paragraphs: usize,
    /// Which list of inlines is being filled, so that a field knows whether it ends where it began.
    pub(super) paragraph_id: usize,
    pub(super) trace: Trace,
    pub(super) document: Document,
    /// Blocks of text boxes that wait for the end of their paragraph.
    pub(super) boxes: Vec<Block>,
    /// How many lists of blocks stand in one another.
    nesting: usize,
    /// The bookmark that is open around what a file of ours only says on paper.
    restating: Option<String>,
    /// Parts that were read, in lower case.
    pub(super) visited: BTreeSet<String>,
    /// What they say in attributes.
    pub(super) held: Held,
}

/// A field that has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    /// Where its result begins: in which list of inlines, and after how many of them.
    pub(super) result: Option<(usize, usize)>,
    /// What a form shows.
    pub(super) form: Option<String>,
}

impl Walk<'_> {
    fn take_notes(&mut self, file: &str, element: &str, kind: char) -> Result<(), Fault> {
        let Some(tree) = self.package.tree(file)? else {
            return Ok(());
        };
        self.visited.insert(file.to_lowercase());
        self.held.take_tree(&tree);
        let relations: Relations = Rc::new(self.package.relations(file)?);
        self.note_relations.insert(kind, Rc::clone(&relations));
        for note in tree.elements().filter(|child| child.name == element) {
            if matches!(note.attribute("type"), None | Some("normal")) {
                self.notes
                    .extend(note.attribute("id").map(|id| ((kind, id.to_owned()), note.clone())));
            } else {
                // What stands between the text and the notes of any page.
                self.say_lines(note, Rc::clone(&relations), &Place::Footer)?;
            }
        }
        Ok(())
    }

    /// The blocks that stand in an element.
    pub(super) fn blocks(&mut self, parent: &Element, state: State) -> Result<Vec<Block>, Fault> {
        let mut blocks = Vec::new();
        let mut joined = Vec::new();
        self.nesting += 1;
        let pushed = self.push_blocks(parent, state, &mut joined, &mut blocks);
        self.nesting -= 1;
        pushed?;
        if says(&joined) {
            blocks.push(Block::paragraph(joined));
        }
        Ok(blocks)
    }

    /// `joined` is the text of paragraphs whose marks were deleted: the next one goes on with it.
    fn push_blocks(
        &mut self,
        parent: &Element,
        state: State,
        joined: &mut Vec<Inline>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Fault> {
        for element in parent.elements() {
            match element.name.as_str() {
                "w:p" => {
                    let first = blocks.len();
                    self.paragraph(element, state, joined, blocks)?;
                    blocks.append(&mut self.boxes);
                    self.restate(element, first..blocks.len());
                }
                "w:tbl" => {
                    self.push_table(element, state, blocks)?;
                    blocks.append(&mut self.boxes);
                }
                "w:sdt" => {
                    if let Some(content) = element.child("w:sdtContent") {
                        self.push_blocks(content, state, joined, blocks)?;
                    }
                }
                "w:ins" | "w:moveTo" => {
                    self.document.lose(Loss::TrackedChange);
                    self.push_blocks(element, state.changed(Change::Inserted), joined, blocks)?;
                }
                "w:del" | "w:moveFrom" => {
                    self.document.lose(Loss::TrackedChange);
                    self.push_blocks(element, state.changed(Change::Deleted), joined, blocks)?;
                }
                "mc:AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.push_blocks(choice, state, joined, blocks)?;
                    }
                }
                "w:altChunk" => blocks.extend(self.chunk(element)),
                "m:oMathPara" | "m:oMath" => {
                    let mut text = Vec::new();
                    self.formula(element, state, &mut text);
                    blocks.push(Block::paragraph(text));
                }
                "w:sectPr" | "w:tblPr" | "w:tcPr" | "w:pPr" => {}
                _ => self.push_blocks(element, state, joined, blocks)?,
            }
        }
        Ok(())
    }

    /// Notes which blocks of the text stand between bookmarks of ours.
    fn restate(&mut self, paragraph: &Element, blocks: Range<usize>) {
        if self.nesting != 1 {
            return;
        }
        let marks = |name: &'static str| paragraph.elements().filter(move |child| child.name == name);
        let ours = |mark: &&Element| mark.attribute("name").is_some_and(|name| name.starts_with(RESTATED));
        if let Some(mark) = marks("w:bookmarkStart").find(ours) {
            self.restating = mark.attribute("id").map(str::to_owned);
        }
        if self.restating.is_some() {
            self.document.restated.extend(blocks);
        }
        if marks("w:bookmarkEnd").any(|end| end.attribute("id") == self.restating.as_deref()) {
            self.restating = None;
        }
    }

    fn push_table(&mut self, element: &Element, state: State, blocks: &mut Vec<Block>) -> Result<(), Fault> {
        let table = self.table(element, state)?;
        if table.rows.is_empty() {
            return Ok(());
        }
        if !table.is_plain() {
            self.document.lose(Loss::MergedCells);
        }
        blocks.push(Block::Table(table));
        Ok(())
    }

    fn paragraph(
        &mut self,
        element: &Element,
        state: State,
        joined: &mut Vec<Inline>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Fault> {
        let empty = Element::default();
        let properties = element.child("w:pPr").unwrap_or(&empty);
        let id = properties.value("w:pStyle");
        let style = self.styles.of_paragraph(id);
        let of_text = State {
            hidden: state.hidden ^ style.run.hidden,
            size: style.run.size.unwrap_or(0),
            ..state
        };
        let mut text = std::mem::take(joined);
        let size = self.traced(|walk| walk.inlines(element, of_text, &mut text))?;
        if style.contents {
            if says(&text) {
                self.document.lose(Loss::Contents);
            }
            return Ok(());
        }
        if goes_on(properties) {
            *joined = text;
            return Ok(());
        }
        // An empty paragraph has no number.
        let number = styles::number(properties, style).filter(|_| says(&text));
        let mark = number.and_then(|(list, level)| {
            let level = level.or_else(|| self.numbering.level_of(list, id?)).unwrap_or(0);
            self.document
                .lose_all(Loss::Hidden, usize::from(self.numbering.is_hidden(list, level)));
            Some((self.numbering.next(list, level)?, level))
        });
        if says(&text) {
            blocks.push(block(text, properties, style, mark, size));
        }
        Ok(())
    }

    /// Fills one list of inlines: a field that begins in it may end in it.
    pub(super) fn inlines(&mut self, parent: &Element, state: State, out: &mut Vec<Inline>) -> Result<(), Fault> {
        let outer = self.paragraph_id;
        self.paragraphs += 1;
        self.paragraph_id = self.paragraphs;
        let done = self.runs(parent, state, out);
        self.paragraph_id = outer;
        done
    }

    /// Walks a paragraph, keeps how it reads with what its page doesn't show, and gives the size of its letters.
    fn traced(&mut self, walk: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<u32, Fault> {
        let outer = std::mem::take(&mut self.trace);
        let done = walk(self);
        let trace = std::mem::replace(&mut self.trace, outer);
        let size = self.document.end_trace(trace);
        done.map(|()| size)
    }

    /// Keeps what stands in no block.
    pub(super) fn say_aside(&mut self, text: String, place: Place) {
        self.document.say_aside(text, place);
    }

    /// A note is numbered where the text refers to it, as readers meet it.
    pub(super) fn note(&mut self, kind: char, reference: &Element, out: &mut Vec<Inline>) -> Result<(), Fault> {
        let id = reference.attribute("id").unwrap_or_default().to_owned();
        // Taken out, so that a note that refers to itself ends.
        let Some(note) = self.notes.remove(&(kind, id)) else {
            return Ok(());
        };
        let mark = self.document.notes.len() + 1;
        out.push(Inline::Note(mark));
        self.document.notes.push((mark, Vec::new()));
        let relations = self.note_relations.get(&kind).cloned().unwrap_or_default();
        let lines = self.lines_of(&note, relations)?;
        self.document.notes[mark - 1].1 = lines.join(&Inline::Break);
        Ok(())
    }

    /// The lines of an element of another part.
    pub(super) fn lines_of(&mut self, parent: &Element, relations: Relations) -> Result<Vec<Vec<Inline>>, Fault> {
        let outer = std::mem::replace(&mut self.relations, relations);
        let boxes = std::mem::take(&mut self.boxes);
        let fields = std::mem::take(&mut self.fields);
        let blocks = self.blocks(parent, State::default());
        self.relations = outer;
        self.boxes = boxes;
        self.fields = fields;
        Ok(lines(blocks?))
    }
}

/// Whether a paragraph goes on in the next one: its mark was deleted, or it is the large first letter of it.
fn goes_on(properties: &Element) -> bool {
    let mark = properties.child("w:rPr");
    let deleted = mark.is_some_and(|mark| mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some());
    let frame = properties
        .child("w:framePr")
        .and_then(|frame| frame.attribute("dropCap"));
    deleted || matches!(frame, Some("drop" | "margin"))
}

/// What a block is, by its style, its outline level and its number.
fn block(text: Vec<Inline>, properties: &Element, style: Style, mark: Option<(Mark, u8)>, size: u32) -> Block {
    let outline = styles::outline_level(properties);
    let role = match outline {
        _ if style.quotation => Role::Quotation,
        Some(None) => Role::Text,
        _ => Role::Open,
    };
    let centred = styles::is_centred(properties).unwrap_or(style.centred);
    let set = Styled {
        title: style.title,
        heading: outline.unwrap_or(style.heading),
        mark: mark.map(|(mark, level)| (mark, usize::from(level))),
        form: Form { centred, size, role },
    };
    set.block(text)
}

/// The first choice of alternatives; the fallback says the same for older programs.
pub(super) fn choice(element: &Element) -> Option<&Element> {
    element.child("mc:Choice").or_else(|| element.child("mc:Fallback"))
}
