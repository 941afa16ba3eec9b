//! The letters of a file as paragraphs, notes, tables, and what stands beside them.

use super::bytes::{place_at, u16_at, u32_at, wide_at};
use super::header::{Header, Letter, Part, Text, table_name};
use super::page::{self, Run};
use super::sprm::{Letters, Set};
use super::styles::{Style, Styles};
use super::{File, lists, properties, stream};
use crate::office::block::{Block, Document, Form, Inline, Loss, lines, plain, says};
use crate::office::docx::numbering::Numbering;
use crate::office::line::Place;
use crate::office::mark::{Mark, Styled};
use crate::office::room::made;
use crate::office::rows::{Bound, Rows};
use crate::office::trace::{Change, Paragraph, State};
use crate::office::{Fault, Format, guard};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a block takes besides its text, about.
const OF_BLOCK: usize = 100;

/// Reads a file.
pub(super) fn read(file: &mut File) -> Result<Document, Fault> {
    let missing = |name: &str| Fault::Broken(name.to_owned());
    // Another file may hold one of Word.
    let main = stream(file, "WordDocument")?.ok_or(Fault::Format(Format::Ole))?;
    let name = table_name(&main)?;
    let table = stream(file, name)?.ok_or_else(|| missing(name))?;
    let header = Header::new(main, table);
    let mut walk = Walk {
        letters: header.letters()?,
        of_letters: page::runs(&header.main, header.part(Part::LetterPages), false),
        of_paragraphs: page::runs(&header.main, header.part(Part::ParagraphPages), true),
        styles: Styles::read(header.part(Part::Styles)),
        numbering: lists::read(header.part_and_after(Part::Lists), header.part(Part::Overrides)),
        data: stream(file, "Data")?.unwrap_or_default(),
        notes: BTreeMap::new(),
        document: Document::default(),
        header,
    };
    walk.take_notes(Part::NoteMarks, Part::Notes, Text::Notes);
    walk.take_notes(Part::EndMarks, Part::Ends, Text::Ends);
    let blocks = walk.text(walk.header.range(Text::Main));
    walk.document.blocks = blocks;
    let boxes = walk.text(walk.header.range(Text::Boxes));
    walk.document.lose_all(Loss::TextBox, boxes.len());
    walk.document.blocks.extend(boxes);
    walk.beside();
    for (name, names) in [
        ("\u{5}SummaryInformation", &properties::SUMMARY[..]),
        ("\u{5}DocumentSummaryInformation", &properties::DOCUMENT[..]),
    ] {
        if let Ok(Some(bytes)) = stream(file, name) {
            properties::read(&bytes, names, &mut walk.document);
        }
    }
    for name in ["ObjectPool", "Macros"] {
        let inner = file.read_storage(name).into_iter().flatten();
        let inner = inner.map(|entry| format!("{name}/{}", entry.name()));
        walk.document.unread.extend(inner.take(1_000));
    }
    Ok(walk.document)
}

struct Walk {
    header: Header,
    letters: Vec<Letter>,
    of_letters: Vec<Run>,
    of_paragraphs: Vec<Run>,
    styles: Styles,
    numbering: Numbering,
    /// Where pictures lie.
    data: Vec<u8>,
    /// Where the texts of notes lie, by the place of their marks.
    notes: BTreeMap<usize, Range<usize>>,
    document: Document,
}

/// How the letters around a place are set; it holds for a run of them.
#[derive(Default)]
struct Around {
    letters: Letters,
    set: Set,
    style: Style,
    /// The runs that say so, by where they begin.
    of: Option<(u32, u32)>,
}

/// A field that has begun.
#[derive(Default)]
struct Field {
    instruction: String,
    result: Option<usize>,
}

/// A text that is being read.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    open: Paragraph,
    rows: Option<Rows>,
    bounds: Vec<Bound>,
    fields: Vec<Field>,
    /// Units of UTF-16 that wait for the rest of their letter.
    units: Vec<u16>,
}

impl Walk {
    /// Where notes are referred to, and where their texts lie.
    fn take_notes(&mut self, marks: Part, texts: Part, text: Text) {
        let (marks, texts) = (self.header.part(marks), self.header.part(texts));
        let base = self.header.range(text);
        let count = marks.len().saturating_sub(4) / 6;
        let found: Vec<(usize, Range<usize>)> = (0..count)
            .take_while(|_| made(0).is_ok())
            .filter_map(|at| {
                let mark = place_at(marks, 4 * at)?;
                let start = base.start.saturating_add(place_at(texts, 4 * at)?);
                let end = base.start.saturating_add(place_at(texts, 4 * at + 4)?);
                (end <= base.end && start <= end).then_some((mark, start..end))
            })
            .collect();
        self.notes.extend(found);
    }

    /// What stands beside the text: heads and feet, comments, notes that nothing refers to.
    fn beside(&mut self) {
        let heads = self.header.part(Part::Heads);
        let places: Vec<usize> = (0..heads.len() / 4).filter_map(|at| place_at(heads, 4 * at)).collect();
        let base = self.header.range(Text::Heads);
        // The first six separate notes from the text.
        for (at, pair) in places.windows(2).enumerate().skip(6) {
            if guard::in_time().is_err() {
                break;
            }
            let range = base.start.saturating_add(pair[0])..base.start.saturating_add(pair[1]).min(base.end);
            let place = if matches!(at % 6, 0 | 1 | 4) {
                Place::Header
            } else {
                Place::Footer
            };
            self.say_text(range, &place);
        }
        self.say_text(self.header.range(Text::HeadBoxes), &Place::Header);
        let comments = self.header.part(Part::CommentMarks).len().saturating_sub(4) / 34;
        self.document.lose_all(Loss::Comment, comments);
        self.say_authors();
        self.say_text(self.header.range(Text::Comments), &Place::Comment);
        for range in std::mem::take(&mut self.notes).into_values() {
            self.say_text(range, &Place::Footnote);
        }
    }

    fn say_authors(&mut self) {
        let part = self.header.part(Part::Authors);
        let mut names = Vec::new();
        let mut at = 0;
        while let Some(length) = u16_at(part, at).map(usize::from) {
            if length > 0 {
                names.extend(wide_at(part, at + 2, length));
            }
            at += 2 + 2 * length;
        }
        for name in names {
            self.document.say_aside(name, Place::Comment);
        }
    }

    fn say_text(&mut self, range: Range<usize>, place: &Place) {
        let losses = self.document.losses.clone();
        let notes = self.document.notes.len();
        let blocks = self.text(range);
        self.document.losses = losses;
        self.document.notes.truncate(notes);
        for line in lines(blocks) {
            let text = plain(&line).replace('\n', " ");
            match place {
                Place::Header | Place::Footer => self.document.say_of_page(text, place.clone()),
                _ => self.document.say_aside(text, place.clone()),
            }
        }
    }

    /// The blocks of a part of the letters.
    fn text(&mut self, range: Range<usize>) -> Vec<Block> {
        let mut flow = Flow::default();
        let mut around = Around::default();
        for place in range.start..range.end.min(self.letters.len()) {
            // Read over and over where notes and heads lie on each other: what is made is counted, and so is time.
            if guard::step().is_err() {
                break;
            }
            let (unit, byte) = self.letters[place];
            self.look(byte, &mut around);
            self.take(place, unit, &around, &mut flow);
        }
        self.end_units(&around, &mut flow);
        self.end_paragraph(&around, &mut flow);
        self.end_table(&mut flow);
        flow.blocks
    }

    /// Looks up how the letter at a byte is set, where the one before it was set otherwise.
    fn look(&mut self, byte: u32, around: &mut Around) {
        let of_letter = page::at(&self.of_letters, byte);
        let of_paragraph = page::at(&self.of_paragraphs, byte);
        let start = |run: Option<&Run>| run.map_or(u32::MAX, |run| run.start);
        let of = Some((start(of_letter), start(of_paragraph)));
        if around.of == of {
            return;
        }
        let changes = |run: Option<&Run>| {
            run.and_then(|run| self.header.main.get(run.changes.clone()))
                .unwrap_or_default()
        };
        let style = self.styles.of(of_paragraph.map_or(0, |run| run.style));
        let plain = Letters {
            state: style.letters,
            ..Letters::default()
        };
        *around = Around {
            letters: plain.with(changes(of_letter), style.letters),
            set: style.set.clone().with(changes(of_paragraph)),
            style,
            of,
        };
        // Headings are bold by themselves.
        if around.style.named.heading.is_some() || around.style.named.title {
            around.letters.state.look.bold = false;
        }
        self.document.lose_all(
            Loss::TrackedChange,
            usize::from(around.letters.state.change != Change::Kept),
        );
    }

    fn take(&mut self, place: usize, unit: u16, around: &Around, flow: &mut Flow) {
        let state = around.letters.state;
        let stands_alone = unit < 0x20 || around.letters.special || self.notes.contains_key(&place);
        if stands_alone {
            self.end_units(around, flow);
        }
        if let Some(range) = self.notes.remove(&place) {
            self.note(range, state, flow);
        }
        match unit {
            0x13 if made(0).is_err() => {}
            0x13 => flow.fields.push(Field::default()),
            0x14 => {
                let at = flow.open.mark();
                if let Some(field) = flow.fields.last_mut() {
                    field.result = Some(at);
                }
            }
            0x15 => self.end_field(state, flow),
            0x0D | 0x0C => self.end_paragraph(around, flow),
            0x07 if around.set.row_end => self.end_row(around, flow),
            0x07 => {
                self.end_paragraph(around, flow);
                flow.rows.get_or_insert_default().end_cell();
            }
            0x01 if around.letters.special && !around.letters.object => self.picture(around.letters, flow),
            0x0B => flow.open.break_line(state),
            0x09 => self.say(" ", state, flow),
            0x1E => self.say("-", state, flow),
            0..=0x1F => {}
            _ if around.letters.symbol.is_some() => self.document.lose(Loss::Symbol),
            _ => {
                flow.units.push(unit);
                let high = (0xD800..0xDC00).contains(&unit);
                if !high && flow.units.len() >= 64 {
                    self.end_units(around, flow);
                }
                // What follows may be set otherwise.
                let next = self.letters.get(place + 1).map(|(_, byte)| *byte);
                let same = next.is_some_and(|byte| self.is_within(byte, around));
                if !same && !high {
                    self.end_units(around, flow);
                }
            }
        }
    }

    fn is_within(&self, byte: u32, around: &Around) -> bool {
        let start = |run: Option<&Run>| run.map_or(u32::MAX, |run| run.start);
        let of = (
            start(page::at(&self.of_letters, byte)),
            start(page::at(&self.of_paragraphs, byte)),
        );
        around.of == Some(of)
    }

    fn end_units(&mut self, around: &Around, flow: &mut Flow) {
        if !flow.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut flow.units));
            self.say(&text, around.letters.state, flow);
        }
    }

    fn say(&mut self, text: &str, state: State, flow: &mut Flow) {
        match flow.fields.iter_mut().rev().find(|field| field.result.is_none()) {
            Some(field) => field.instruction += text,
            None => flow.open.say(text, state),
        }
    }

    fn end_field(&mut self, state: State, flow: &mut Flow) {
        let Some(field) = flow.fields.pop() else { return };
        if flow.fields.iter().any(|field| field.result.is_none()) {
            return;
        }
        let here = field.result.filter(|at| *at <= flow.open.text.len());
        // A result that other paragraphs hold, too, is text like any other.
        if field.result.is_some() && here.is_none() {
            return;
        }
        let result = here.map(|at| flow.open.text.split_off(at)).unwrap_or_default();
        self.document
            .end_field(&field.instruction, result, state, &mut flow.open);
    }

    fn note(&mut self, range: Range<usize>, state: State, flow: &mut Flow) {
        if !state.is_shown() {
            return self.say_text(range, &Place::Hidden);
        }
        let mark = self.document.notes.len() + 1;
        flow.open.text.push(Inline::Note(mark));
        self.document.notes.push((mark, Vec::new()));
        let blocks = self.text(range);
        let told: Vec<Vec<Inline>> = lines(blocks).into_iter().filter(|line| says(line)).collect();
        self.document.notes[mark - 1].1 = told.join(&Inline::Break);
    }

    fn picture(&mut self, letters: Letters, flow: &mut Flow) {
        let found = letters.picture.filter(|_| guard::in_time().is_ok());
        let found = found.and_then(|place| picture(&self.data, place as usize));
        match found.filter(|_| letters.state.is_shown()) {
            Some((ending, bytes)) => {
                let name = self.document.picture(ending, bytes.to_vec());
                flow.open.text.push(Inline::picture(name, ""));
            }
            None => self.document.lose(Loss::Picture),
        }
    }

    fn end_paragraph(&mut self, around: &Around, flow: &mut Flow) {
        for field in &mut flow.fields {
            field.result = field.result.map(|_| usize::MAX);
        }
        let open = std::mem::take(&mut flow.open);
        let size = self.document.end_trace(open.trace);
        let mut text = open.text;
        if !says(&text) {
            return;
        }
        let set = &around.set;
        let mark = set.list.and_then(|list| self.numbering.next(list, set.level));
        if set.in_table {
            if let Some(Mark::Text(before)) = mark {
                text.insert(0, Inline::text(before));
            } else if let Some(Mark::Number(number)) = mark {
                text.insert(0, Inline::text(format!("{number}. ")));
            }
            return flow.rows.get_or_insert_default().line(text);
        }
        self.end_table(flow);
        if around.style.named.contents {
            self.document.lose(Loss::Contents);
            return self.document.say_aside(plain(&text), Place::Hidden);
        }
        if made(OF_BLOCK).is_ok() {
            flow.blocks.push(block(text, around, mark, size));
        }
    }

    fn end_row(&mut self, around: &Around, flow: &mut Flow) {
        flow.open = Paragraph::default();
        flow.bounds.clone_from(&around.set.bounds);
        if let Some(rows) = &mut flow.rows {
            rows.end_row(&flow.bounds);
        }
    }

    fn end_table(&mut self, flow: &mut Flow) {
        if let Some(rows) = flow.rows.take() {
            rows.push(&flow.bounds, &mut self.document, &mut flow.blocks);
        }
    }
}

fn block(text: Vec<Inline>, around: &Around, mark: Option<Mark>, size: u32) -> Block {
    let named = around.style.named;
    let set = Styled {
        title: named.title,
        heading: named.heading.or(around.set.outline),
        mark: mark.map(|mark| (mark, usize::from(around.set.level))),
        form: Form {
            centred: around.set.centred,
            size,
            ..Form::default()
        },
    };
    set.block(text)
}

/// The picture at a place of its stream, with the ending of its format.
fn picture(data: &[u8], place: usize) -> Option<(&'static str, &[u8])> {
    let length = u32_at(data, place)? as usize;
    let end = place.checked_add(length)?.min(data.len());
    let start = place.checked_add(usize::from(u16_at(data, place + 4)?))?;
    let all = data.get(start..end)?;
    let find = |mark: &[u8]| all.windows(mark.len()).position(|window| window == mark);
    let last = |mark: &[u8]| all.windows(mark.len()).rposition(|window| window == mark);
    if let Some(from) = find(b"\x89PNG\r\n") {
        let until = last(b"IEND").map_or(all.len(), |at| (at + 8).min(all.len()));
        return Some(("png", all.get(from..until)?));
    }
    let from = find(b"\xFF\xD8\xFF")?;
    let until = last(b"\xFF\xD9").map_or(all.len(), |at| at + 2);
    Some(("jpg", all.get(from..until)?))
}
