//! What words mean: of a group, the file, its text, paragraphs and tables.

use super::charset;
use super::destination::{self, Destination};
use super::flow::Set;
use super::reader::{Field, Reader};
use crate::office::block::{Level, Loss};
use crate::office::rows::Bound;
use crate::office::trace::{Change, State};

impl Reader {
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        if word == "u" {
            return self.unicode(number.unwrap_or(0));
        }
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if self.group().begins && self.begin(word) {
            return;
        }
        if !self.of_file(word, number) && !self.of_text(word, number) && !self.of_paragraph(word, number) {
            self.of_table(word, number);
        }
    }

    /// A letter in Unicode; letters in its place follow.
    fn unicode(&mut self, code: i32) {
        if !self.bytes.is_empty() {
            self.flush();
        }
        self.group().begins = false;
        self.wide.push((code & 0xFFFF) as u16);
        self.skip = self.group().fallback;
    }

    /// What the first word of a group makes of it.
    fn begin(&mut self, word: &str) -> bool {
        let optional = self.group().optional;
        self.group().begins = false;
        let above = self
            .groups
            .len()
            .checked_sub(3)
            .map(|at| self.groups[at].destination.clone());
        // What isn't text holds nothing that is; the second of two ways to say the same does.
        let silent = matches!(
            self.destination(),
            Destination::Skip | Destination::Fonts | Destination::Styles | Destination::Words(_)
        );
        if word == "ud" {
            self.group().destination = above.unwrap_or(Destination::Text);
            return true;
        }
        if silent {
            if optional && !matches!(word, "cs" | "ts" | "ds") {
                self.group().destination = Destination::Skip;
            }
            return false;
        }
        if let Some(kind) = destination::flow(word) {
            self.begin_flow(kind);
            return true;
        }
        let Some(found) = destination::of(word, optional) else {
            return false;
        };
        match word {
            "field" => {
                self.group().field = true;
                self.fields.push(Field::default());
            }
            "fldrslt" => {
                let at = self.flow().open.mark();
                if let Some(field) = self.fields.last_mut() {
                    field.result = Some(at);
                }
            }
            "object" | "do" => self.document.lose(Loss::Object),
            "mmath" | "moMath" => self.document.lose(Loss::Formula),
            "objdata" => self.document.unread.push(word.to_owned()),
            _ => {}
        }
        self.words.clear();
        self.group().destination = found;
        true
    }

    fn of_file(&mut self, word: &str, number: Option<i32>) -> bool {
        let value = number.unwrap_or(0);
        match word {
            "ansicpg" => self.page = charset::of_page(value),
            "mac" => self.page = charset::of_page(10_000),
            "deff" => self.font = value,
            "uc" => self.group().fallback = usize::try_from(value).unwrap_or(1),
            "f" => self.group().font = value,
            "fcharset" => {
                let font = self.groups[self.groups.len() - 1].font;
                self.fonts.insert(font, value);
            }
            "pngblip" => self.picture = Some("png"),
            "jpegblip" => self.picture = Some("jpg"),
            _ => return false,
        }
        true
    }

    fn of_text(&mut self, word: &str, number: Option<i32>) -> bool {
        let is_on = number != Some(0);
        let told = match word {
            "tab" | "nestcell" => Some(" "),
            "emdash" => Some("—"),
            "endash" => Some("–"),
            "emspace" | "enspace" | "qmspace" => Some(" "),
            "bullet" => Some("•"),
            "lquote" => Some("‘"),
            "rquote" => Some("’"),
            "ldblquote" => Some("“"),
            "rdblquote" => Some("”"),
            _ => None,
        };
        if let Some(text) = told {
            self.say(text);
            return true;
        }
        let group = self.group();
        match word {
            "dbch" => group.of_han = true,
            "loch" | "hich" | "ltrch" | "rtlch" => group.of_han = false,
            _ => {}
        }
        let of_han = group.of_han;
        let state = &mut group.state;
        match word {
            "plain" => {
                *state = State {
                    change: Change::Kept,
                    ..State::default()
                }
            }
            "b" => state.look.bold = is_on,
            "ab" if of_han => state.look.bold = is_on,
            "ai" if of_han => state.look.italic = is_on,
            "i" => state.look.italic = is_on,
            "strike" | "striked" => state.look.struck = is_on,
            "super" => state.look.level = if is_on { Level::Raised } else { Level::Base },
            "sub" => state.look.level = if is_on { Level::Lowered } else { Level::Base },
            "nosupersub" => state.look.level = Level::Base,
            "v" | "webhidden" => state.hidden = is_on,
            "fs" => state.size = number.and_then(|size| u32::try_from(size).ok()).unwrap_or(24),
            "deleted" | "revised" => {
                let change = if word == "deleted" {
                    Change::Deleted
                } else {
                    Change::Inserted
                };
                state.change = if is_on {
                    state.changed(change).change
                } else {
                    Change::Kept
                };
                self.document.lose_all(Loss::TrackedChange, usize::from(is_on));
            }
            _ => return false,
        }
        true
    }

    fn of_paragraph(&mut self, word: &str, number: Option<i32>) -> bool {
        let state = self.state();
        if *self.destination() == Destination::Styles {
            if matches!(word, "s" | "cs" | "ds" | "ts") {
                // Only styles of paragraphs say what a paragraph is.
                self.style = if word == "s" { number.unwrap_or(0) } else { -1 };
            }
            return true;
        }
        let flow = self.flow();
        match word {
            "pard" => flow.set = Set::default(),
            "qc" => flow.set.centred = true,
            "ql" | "qr" | "qj" | "qd" => flow.set.centred = false,
            "intbl" => flow.set.in_table = true,
            "s" => flow.set.style = number,
            "ilvl" => flow.set.depth = number.and_then(|depth| usize::try_from(depth).ok()).unwrap_or(0).min(9),
            "outlinelevel" => {
                let level = number.and_then(|level| u8::try_from(level).ok());
                flow.set.outline = level.filter(|level| *level < 9).map(|level| level + 1);
            }
            "line" | "lbr" => flow.open.break_line(state),
            "par" | "sect" if *self.destination() == Destination::Text => {
                let named = self.named(&self.flows[self.flows.len() - 1].set);
                let last = self.flows.len() - 1;
                self.flows[last].end_paragraph(named, &mut self.document);
                // What a field began in another paragraph isn't at hand when it ends.
                for field in &mut self.fields {
                    field.result = field.result.map(|_| usize::MAX);
                }
            }
            "par" | "sect" => self.words.push(' '),
            _ => return false,
        }
        true
    }

    fn of_table(&mut self, word: &str, number: Option<i32>) {
        let last = self.flows.len() - 1;
        let flow = &mut self.flows[last];
        match word {
            "trowd" => {
                flow.bounds.clear();
                flow.bound = Bound::default();
            }
            "clmrg" => flow.bound.merged = true,
            "clvmrg" => flow.bound.below = true,
            "cellx" if flow.bounds.len() < 1_000 => {
                let right = number.unwrap_or(0);
                flow.bounds.push(Bound { right, ..flow.bound });
                flow.bound = Bound::default();
            }
            "cell" => flow.end_cell(&mut self.document),
            "row" => flow.end_row(),
            _ => {}
        }
    }
}
