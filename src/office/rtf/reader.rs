//! Follows the groups of a file and their words.

use super::charset;
use super::destination::{Destination, Kind};
use super::flow::{Flow, Set};
use super::token::{Token, Tokens};
use crate::office::block::{Document, Inline, Loss, lines, plain, says};
use crate::office::line::Place;
use crate::office::style::{Named, named};
use crate::office::trace::State;
use crate::office::{Budget, Fault};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;

/// Groups nested in each other at most.
const DEEPEST: usize = 1_000;
/// What a group or a control word makes of a file takes about, whatever it is.
const OF_MARK: usize = 128;
/// What a paragraph, a cell or a row takes besides its words, about: as it is read, and as it is written.
const OF_END: usize = 1_000;

/// A group that has begun.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) destination: Destination,
    pub(super) state: State,
    pub(super) font: i32,
    /// Whether the words that follow are said of Han letters alone.
    pub(super) of_han: bool,
    /// Letters that a program that knows no Unicode shows in the place of one.
    pub(super) fallback: usize,
    /// Whether its first word may be one that nobody knows.
    pub(super) optional: bool,
    /// Whether a word of it may still say what it is for.
    pub(super) begins: bool,
    /// Whether a text of its own ends with it.
    pub(super) flow: bool,
    /// Whether a field ends with it.
    pub(super) field: bool,
    /// Groups that have begun in it.
    pub(super) inner: usize,
}

/// A field that has begun.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    /// Where its result begins, if in the same paragraph.
    pub(super) result: Option<usize>,
}

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) document: Document,
    pub(super) groups: Vec<Group>,
    pub(super) flows: Vec<Flow>,
    pub(super) fields: Vec<Field>,
    /// Bytes of text that wait for the rest of their letters, and units of UTF-16.
    pub(super) bytes: Vec<u8>,
    pub(super) wide: Vec<u16>,
    /// Letters still to leave out after one in Unicode.
    pub(super) skip: usize,
    pub(super) page: &'static Encoding,
    pub(super) fonts: BTreeMap<i32, i32>,
    pub(super) font: i32,
    pub(super) styles: BTreeMap<i32, Named>,
    pub(super) style: i32,
    /// Text of a group that goes into no paragraph.
    pub(super) words: String,
    pub(super) shape: String,
    pub(super) picture: Option<&'static str>,
    pub(super) binary: Vec<u8>,
}

impl Default for Reader {
    fn default() -> Self {
        let outermost = Group {
            destination: Destination::Text,
            state: State::default(),
            font: -1,
            of_han: false,
            fallback: 1,
            optional: false,
            begins: false,
            flow: false,
            field: false,
            inner: 0,
        };
        Self {
            document: Document::default(),
            groups: vec![outermost],
            flows: vec![Flow::new(Kind::Body)],
            fields: Vec::new(),
            bytes: Vec::new(),
            wide: Vec::new(),
            skip: 0,
            page: WINDOWS_1252,
            fonts: BTreeMap::new(),
            font: 0,
            styles: BTreeMap::new(),
            style: 0,
            words: String::new(),
            shape: String::new(),
            picture: None,
            binary: Vec::new(),
        }
    }
}

impl Reader {
    pub(super) fn read(mut self, bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
        for token in Tokens(bytes) {
            budget.take(cost(&token))?;
            self.take(token)?;
        }
        self.flush();
        while self.groups.len() > 1 {
            self.close();
        }
        while let Some(flow) = self.flows.pop() {
            let named = self.named(&flow.set);
            let blocks = flow.end(named, &mut self.document);
            self.document.blocks.extend(blocks);
        }
        Ok(self.document)
    }

    pub(super) fn take(&mut self, token: Token) -> Result<(), Fault> {
        match token {
            Token::Byte(byte) => self.take_bytes(&[byte]),
            Token::Text(bytes) => self.take_bytes(bytes),
            Token::Binary(bytes) => {
                if self.destination() == &Destination::Picture {
                    self.binary.extend(bytes);
                }
            }
            Token::Open => {
                self.flush();
                return self.open();
            }
            Token::Close => {
                self.flush();
                self.skip = 0;
                self.close();
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => self.word(word, number),
        }
        Ok(())
    }

    pub(super) fn group(&mut self) -> &mut Group {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    pub(super) fn flow(&mut self) -> &mut Flow {
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    pub(super) fn destination(&self) -> &Destination {
        &self.groups[self.groups.len() - 1].destination
    }

    pub(super) fn state(&self) -> State {
        self.groups[self.groups.len() - 1].state
    }

    fn open(&mut self) -> Result<(), Fault> {
        if self.groups.len() >= DEEPEST {
            return Err(Fault::TooDeep);
        }
        self.skip = 0;
        let parent = self.group();
        parent.inner += 1;
        parent.begins = false;
        let mut group = Group {
            optional: false,
            begins: true,
            flow: false,
            field: false,
            inner: 0,
            ..parent.clone()
        };
        if group.destination == Destination::Twice {
            group.destination = Destination::Skip;
        }
        self.groups.push(group);
        Ok(())
    }

    /// Ends a group; one that was never begun ends nothing.
    fn close(&mut self) {
        if self.groups.len() < 2 {
            return;
        }
        let Some(group) = self.groups.pop() else { return };
        let above = self.destination().clone();
        if group.destination != above {
            self.end_destination(&group.destination);
        } else if matches!(group.destination, Destination::Fonts | Destination::Styles) {
            self.end_definition(&group.destination);
        }
        if group.flow {
            self.end_flow();
        }
        if group.field {
            self.end_field();
        }
    }

    fn end_destination(&mut self, destination: &Destination) {
        let words = std::mem::take(&mut self.words);
        match destination {
            Destination::Words(place) => {
                self.document.say_aside(words.trim().to_owned(), place.clone());
            }
            Destination::ShapeName => self.shape = words.trim().to_owned(),
            // What is said of a shape, and the words of one that is drawn from letters.
            Destination::ShapeValue
                if matches!(
                    &*self.shape,
                    "wzDescription" | "wzName" | "wzTooltip" | "gtextUNICODE" | "pihlShape"
                ) =>
            {
                self.document.say_aside(words.trim().to_owned(), Place::Caption);
            }
            Destination::Picture => self.end_picture(&words),
            Destination::Fonts | Destination::Styles => {
                self.words = words;
                self.end_definition(destination);
            }
            _ => {}
        }
    }

    /// A style with its name; fonts need none.
    fn end_definition(&mut self, destination: &Destination) {
        let words = std::mem::take(&mut self.words);
        if *destination == Destination::Styles {
            self.styles.insert(self.style, named(words.trim_end_matches(';')));
            self.style = 0;
        }
    }

    fn end_picture(&mut self, hex: &str) {
        let mut bytes = std::mem::take(&mut self.binary);
        let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
        bytes.extend(digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8));
        let ending = self.picture.take();
        let state = self.state();
        match ending.filter(|_| !bytes.is_empty() && state.is_shown()) {
            Some(ending) => {
                let name = self.document.picture(ending, bytes);
                self.flow().open.text.push(Inline::picture(name, ""));
            }
            None => self.document.lose(Loss::Picture),
        }
    }

    pub(super) fn begin_flow(&mut self, kind: Kind) {
        self.flows.push(Flow::new(kind));
        let group = self.group();
        group.flow = true;
        group.destination = Destination::Text;
        group.state = State {
            hidden: group.state.hidden,
            ..State::default()
        };
    }

    fn end_flow(&mut self) {
        if self.flows.len() < 2 {
            return;
        }
        let Some(flow) = self.flows.pop() else { return };
        let (kind, named) = (flow.kind.clone(), self.named(&flow.set));
        let losses = self.document.losses.clone();
        let blocks = flow.end(named, &mut self.document);
        match kind {
            Kind::Body => {}
            Kind::Box => {
                self.document.lose_all(Loss::TextBox, usize::from(!blocks.is_empty()));
                self.flow().boxes.extend(blocks);
            }
            Kind::Note => {
                let told: Vec<Vec<Inline>> = lines(blocks).into_iter().filter(|line| says(line)).collect();
                if self.state().is_shown() && !told.is_empty() {
                    let mark = self.document.notes.len() + 1;
                    self.document.notes.push((mark, told.join(&Inline::Break)));
                    self.flow().open.text.push(Inline::Note(mark));
                }
            }
            Kind::Comment => {
                self.document.losses = losses;
                self.document.lose(Loss::Comment);
                for line in lines(blocks) {
                    self.document.say_aside(plain(&line), Place::Comment);
                }
            }
            Kind::Page(place) => {
                self.document.losses = losses;
                for line in lines(blocks) {
                    self.document.say_of_page(plain(&line), place.clone());
                }
            }
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        let state = self.state();
        let last = self.flows.len() - 1;
        let open = &mut self.flows[last].open;
        let here = field.result.filter(|at| *at <= open.text.len());
        // A result that other paragraphs hold, too, is text like any other.
        if field.result.is_some() && here.is_none() {
            self.document.say_instruction(&field.instruction);
            return;
        }
        let result = here.map(|at| open.text.split_off(at)).unwrap_or_default();
        self.document.end_field(&field.instruction, result, state, open);
    }

    pub(super) fn named(&self, set: &Set) -> Named {
        let style = set.style.and_then(|style| self.styles.get(&style));
        style.copied().unwrap_or_default()
    }

    pub(super) fn take_bytes(&mut self, bytes: &[u8]) {
        let left_out = self.skip.min(bytes.len());
        self.skip -= left_out;
        let bytes = &bytes[left_out..];
        if bytes.is_empty() {
            return;
        }
        self.group().begins = false;
        if !self.wide.is_empty() {
            self.flush();
        }
        self.bytes.extend(bytes);
    }

    /// Text that waits becomes text of its group.
    pub(super) fn flush(&mut self) {
        if !self.wide.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.wide));
            self.say(&text);
        }
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let font = self.groups[self.groups.len() - 1].font;
            let font = if font < 0 { self.font } else { font };
            let encoding = self.fonts.get(&font).and_then(|set| charset::of_font(*set));
            let text = charset::decode(&bytes, encoding, self.page);
            self.say(&text);
        }
    }

    pub(super) fn say(&mut self, text: &str) {
        let state = self.state();
        match self.destination() {
            Destination::Text => self.flow().open.say(text, state),
            Destination::Mark => self.flow().mark += text,
            Destination::Instruction => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction += text;
                }
            }
            Destination::Skip | Destination::Fonts | Destination::Properties | Destination::Twice => {}
            _ => self.words += text,
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.group().optional = true,
            b'\r' | b'\n' => self.word("par", None),
            b'{' | b'}' | b'\\' => self.take_bytes(&[symbol]),
            b'~' => self.say_flushed("\u{A0}"),
            b'_' => self.say_flushed("-"),
            _ => {}
        }
    }

    fn say_flushed(&mut self, text: &str) {
        self.flush();
        self.say(text);
    }
}

/// What a token makes of the file takes about. A character of its own (`u`) is text and nothing more.
fn cost(token: &Token) -> usize {
    match token {
        Token::Word("u", _) => 0,
        Token::Word("par" | "sect" | "cell" | "row", _) | Token::Symbol(b'\r' | b'\n') => OF_END,
        Token::Open | Token::Word(..) => OF_MARK,
        _ => 0,
    }
}
