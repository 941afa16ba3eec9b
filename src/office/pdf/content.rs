//! What a page draws, step by step: every text with its place.

use super::font::Font;
use super::{LARGEST_PAGE, cost};
use crate::office::layout::Piece;
use crate::office::{Fault, guard, room};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Drawings within each other at most.
const DEEPEST: usize = 12;
/// Graphics states that are kept.
const MOST_STATES: usize = 500;
/// What a piece takes besides its text, on its page and in its line.
const OF_PIECE: usize = 2 * size_of::<Piece>();

/// A matrix, as PDF writes it.
type Matrix = [f32; 6];

const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(one: Matrix, two: Matrix) -> Matrix {
    [
        one[0] * two[0] + one[1] * two[2],
        one[0] * two[1] + one[1] * two[3],
        one[2] * two[0] + one[3] * two[2],
        one[2] * two[1] + one[3] * two[3],
        one[4] * two[0] + one[5] * two[2] + two[4],
        one[4] * two[1] + one[5] * two[3] + two[5],
    ]
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Rc<Font>,
    size: f32,
    between: f32,
    between_words: f32,
    scale: f32,
    leading: f32,
    rise: f32,
    invisible: bool,
}

/// What is drawn.
pub(super) struct Drawing<'a> {
    file: &'a lopdf::Document,
    unseen: &'a BTreeSet<ObjectId>,
    left: &'a mut usize,
    /// By where they stand in the file.
    fonts: BTreeMap<*const Dictionary, Rc<Font>>,
    state: State,
    text: Matrix,
    line: Matrix,
    /// For each mark that has begun, whether its layer isn't shown.
    marks: Vec<bool>,
    /// Text by the way that it runs: to the right, up, to the left, down. Places are as if it ran to the right.
    pub pieces: [Vec<Piece>; 4],
    /// Text that is drawn without ink.
    pub invisible: [Vec<Piece>; 4],
    /// Text of layers that aren't shown.
    pub hidden: Vec<String>,
    /// Bytes that the fonts take.
    pub of_fonts: usize,
    pub pictures: usize,
    /// Lines and areas.
    pub paths: usize,
    /// Streams that can't be followed.
    pub broken: usize,
    /// Codes whose meaning nothing says.
    pub unknown: usize,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(file: &'a lopdf::Document, unseen: &'a BTreeSet<ObjectId>, left: &'a mut usize) -> Self {
        Self {
            file,
            unseen,
            left,
            fonts: BTreeMap::new(),
            of_fonts: 0,
            state: State {
                matrix: SAME,
                font: Rc::default(),
                size: 0.0,
                between: 0.0,
                between_words: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                invisible: false,
            },
            text: SAME,
            line: SAME,
            marks: Vec::new(),
            pieces: Default::default(),
            invisible: Default::default(),
            hidden: Vec::new(),
            pictures: 0,
            paths: 0,
            broken: 0,
            unknown: 0,
        }
    }

    /// Follows a stream; what stands in it after something that is none is left out.
    pub(super) fn draw(&mut self, content: &[u8], resources: Vec<&'a Dictionary>, depth: usize) -> Result<(), Fault> {
        let steps = cost::steps(content);
        room::kept(steps)?;
        let done = self.follow(content, resources, depth);
        room::give(steps);
        done
    }

    fn follow(&mut self, content: &[u8], resources: Vec<&'a Dictionary>, depth: usize) -> Result<(), Fault> {
        let Ok(content) = Content::decode(content) else {
            self.broken += 1;
            return Ok(());
        };
        let mut kept: Vec<State> = Vec::new();
        for operation in &content.operations {
            guard::step()?;
            match operation.operator.as_str() {
                "q" if kept.len() < MOST_STATES => kept.push(self.state.clone()),
                "Q" => {
                    if let Some(state) = kept.pop() {
                        self.state = state;
                    }
                }
                "Do" => self.draw_object(operation, &resources, depth)?,
                "Tf" => self.choose_font(operation, &resources)?,
                "BDC" => self.begin_mark(operation, &resources),
                "BMC" => self.marks.push(false),
                "EMC" => drop(self.marks.pop()),
                "BI" => self.pictures += 1,
                "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" => self.paths += 1,
                _ => self.operate(operation)?,
            }
        }
        Ok(())
    }

    fn named(&self, resources: &[&'a Dictionary], kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        resources.iter().find_map(|resources| {
            let all = resources.get_deref(kind, self.file).and_then(Object::as_dict).ok()?;
            all.get(name).ok()
        })
    }

    fn draw_object(&mut self, operation: &Operation, resources: &[&'a Dictionary], depth: usize) -> Result<(), Fault> {
        let name = operation
            .operands
            .first()
            .and_then(|name| name.as_name().ok())
            .unwrap_or_default();
        let Some(object) = self.named(resources, b"XObject", name) else {
            return Ok(());
        };
        let Ok(stream) = self.file.dereference(object).and_then(|(_, object)| object.as_stream()) else {
            return Ok(());
        };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if kind.is_ok_and(|kind| kind != b"Form") {
            self.pictures += 1;
            return Ok(());
        }
        if depth >= DEEPEST {
            return Ok(());
        }
        let Ok(content) = stream.get_plain_content_with_limit(LARGEST_PAGE) else {
            return Ok(());
        };
        // What is drawn over and over counts each time.
        *self.left = self.left.checked_sub(content.len() + 64).ok_or(Fault::TooLarge)?;
        let outer = (self.state.clone(), self.text, self.line, self.marks.clone());
        let matrix = stream.dict.get_deref(b"Matrix", self.file).and_then(Object::as_array);
        let matrix: Vec<f32> = matrix
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_float().ok())
            .collect();
        if let Ok(matrix) = Matrix::try_from(matrix) {
            self.state.matrix = times(matrix, self.state.matrix);
        }
        let layer = stream.dict.get(b"OC").and_then(Object::as_reference).ok();
        self.marks.push(layer.is_some_and(|layer| self.unseen.contains(&layer)));
        let own = stream.dict.get_deref(b"Resources", self.file).and_then(Object::as_dict);
        let resources = own
            .ok()
            .into_iter()
            .chain(resources.iter().copied())
            .take(DEEPEST)
            .collect();
        let done = self.draw(&content, resources, depth + 1);
        (self.state, self.text, self.line, self.marks) = outer;
        done
    }

    fn choose_font(&mut self, operation: &Operation, resources: &[&'a Dictionary]) -> Result<(), Fault> {
        let [name, size] = operation.operands.as_slice() else {
            return Ok(());
        };
        self.state.size = size.as_float().unwrap_or(0.0);
        let name = name.as_name().ok();
        let object = name.and_then(|name| self.named(resources, b"Font", name));
        let object = object.and_then(|object| self.file.dereference(object).ok());
        let Some(font) = object.and_then(|(_, object)| object.as_dict().ok()) else {
            return Ok(());
        };
        let place = std::ptr::from_ref(font);
        if let Some(known) = self.fonts.get(&place) {
            self.state.font = known.clone();
            return Ok(());
        }
        let (read, size) = room::measured(|| Font::read(font, self.file));
        self.of_fonts += size;
        self.state.font = Rc::new(read?);
        self.fonts.insert(place, self.state.font.clone());
        Ok(())
    }

    fn begin_mark(&mut self, operation: &Operation, resources: &[&'a Dictionary]) {
        let names: Vec<&[u8]> = operation.operands.iter().filter_map(|it| it.as_name().ok()).collect();
        let layer = match names.as_slice() {
            [b"OC", name] => self.named(resources, b"Properties", name),
            _ => None,
        };
        let layer = layer.and_then(|layer| layer.as_reference().ok());
        self.marks.push(layer.is_some_and(|layer| self.unseen.contains(&layer)));
    }

    fn operate(&mut self, operation: &Operation) -> Result<(), Fault> {
        let numbers: Vec<f32> = operation.operands.iter().filter_map(|it| it.as_float().ok()).collect();
        let number = |at: usize| numbers.get(at).copied().unwrap_or(0.0);
        match operation.operator.as_str() {
            "cm" => {
                if let Ok(matrix) = Matrix::try_from(numbers) {
                    self.state.matrix = times(matrix, self.state.matrix);
                }
            }
            "BT" => (self.text, self.line) = (SAME, SAME),
            "Tc" => self.state.between = number(0),
            "Tw" => self.state.between_words = number(0),
            "Tz" => self.state.scale = number(0) / 100.0,
            "TL" => self.state.leading = number(0),
            "Ts" => self.state.rise = number(0),
            "Tr" => self.state.invisible = matches!(number(0) as i32, 3 | 7),
            "Td" => self.next_line(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            "Tm" => {
                if let Ok(matrix) = Matrix::try_from(numbers) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" | "TJ" => self.show_all(&operation.operands)?,
            "'" | "\"" => {
                if operation.operator == "\"" {
                    (self.state.between_words, self.state.between) = (number(0), number(1));
                }
                self.next_line(0.0, -self.state.leading);
                self.show_all(&operation.operands)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn show_all(&mut self, operands: &[Object]) -> Result<(), Fault> {
        for shown in operands {
            match shown {
                Object::String(bytes, _) => self.show(bytes)?,
                Object::Array(pieces) => self.show_pieces(pieces)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn show_pieces(&mut self, pieces: &[Object]) -> Result<(), Fault> {
        for piece in pieces {
            match piece {
                Object::String(bytes, _) => self.show(bytes)?,
                other => {
                    let back = other.as_float().unwrap_or(0.0) / 1000.0 * self.state.size;
                    self.advance(-back);
                }
            }
        }
        Ok(())
    }

    fn advance(&mut self, by: f32) {
        let [x, y] = if self.state.font.vertical {
            [0.0, by]
        } else {
            [by * self.state.scale, 0.0]
        };
        self.text = times([1.0, 0.0, 0.0, 1.0, x, y], self.text);
    }

    /// Where the pen stands, how high letters are, and which way they run.
    fn pen(&self) -> (f32, f32, f32, usize) {
        let whole = times(self.text, self.state.matrix);
        let raised = times([1.0, 0.0, 0.0, 1.0, 0.0, self.state.rise], whole);
        let high = whole[2].hypot(whole[3]) * self.state.size;
        let [x, y] = [raised[4], raised[5]];
        let (along, up) = (whole[0], whole[1]);
        let (x, y, turn) = match (up.abs() > along.abs(), up > 0.0, along < 0.0) {
            (true, true, _) => (y, -x, 1),
            (true, false, _) => (-y, x, 3),
            (false, _, true) => (-x, -y, 2),
            (false, _, false) => (x, y, 0),
        };
        (x, y, high.abs(), turn)
    }

    /// Shows text; letters side by side are one piece.
    fn show(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let font = self.state.font.clone();
        let mut open: Option<Piece> = None;
        for letter in font.letters(bytes) {
            room::longer(letter.text.as_ref().map_or(0, String::len))?;
            let (left, base, size, turn) = self.pen();
            let wide = letter.width / 1000.0 * self.state.size + self.state.between;
            let wide = wide + if letter.is_blank { self.state.between_words } else { 0.0 };
            self.advance(if font.vertical { -self.state.size } else { wide });
            let right = if font.vertical { left + size } else { self.pen().0 };
            self.unknown += usize::from(letter.text.is_none());
            let text: String = letter.text.unwrap_or_default();
            let text: String = text.chars().filter(|it| !it.is_control()).collect();
            match &mut open {
                Some(piece) if !font.vertical => {
                    piece.text += &text;
                    piece.right = right;
                }
                _ => {
                    self.keep(open.take(), turn)?;
                    open = Some(Piece {
                        text,
                        left,
                        right,
                        base,
                        size,
                    });
                }
            }
        }
        let turn = self.pen().3;
        self.keep(open, turn)
    }

    fn keep(&mut self, piece: Option<Piece>, turn: usize) -> Result<(), Fault> {
        let Some(piece) = piece.filter(|piece| !piece.text.is_empty()) else {
            return Ok(());
        };
        room::kept(OF_PIECE)?;
        if self.marks.contains(&true) {
            self.hidden.push(piece.text);
        } else if self.state.invisible {
            self.invisible[turn].push(piece);
        } else {
            self.pieces[turn].push(piece);
        }
        Ok(())
    }
}
