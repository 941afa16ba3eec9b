//! How a run stands in its document, and how a paragraph reads with what its page doesn't show.

use super::block::{Document, Inline, Look, Loss, says};
use super::line::{Line, Place};
use super::room::made;
use std::collections::BTreeMap;

/// What a tracked change made of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    #[default]
    Kept,
    /// It is new.
    Inserted,
    /// It is no longer there.
    Deleted,
}

/// How a run stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct State {
    pub look: Look,
    pub hidden: bool,
    pub change: Change,
    /// The size of its letters in half points, or 0.
    pub size: u32,
}

impl State {
    /// Whether the page shows it.
    pub(super) fn is_shown(self) -> bool {
        !self.hidden && self.change != Change::Deleted
    }

    /// The same as a change made it; what is deleted stays so.
    pub(super) fn changed(self, change: Change) -> Self {
        let change = match self.change {
            Change::Deleted => Change::Deleted,
            _ => change,
        };
        Self { change, ..self }
    }
}

/// A paragraph as it reads with what its page doesn't show, so that a number that a deletion cuts is one.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// With what was deleted, without what was inserted.
    before: String,
    /// With what is hidden.
    all: String,
    deleted: bool,
    hidden: bool,
    /// How many letters there are of each size.
    sizes: BTreeMap<u32, usize>,
}

impl Trace {
    /// Takes the next text of the paragraph.
    pub(super) fn say(&mut self, text: &str, state: State) {
        if state.change != Change::Inserted {
            self.before += text;
        }
        if state.change != Change::Deleted {
            self.all += text;
        }
        let says = !text.trim().is_empty();
        if state.is_shown() {
            *self.sizes.entry(state.size).or_default() += text.trim().len();
        }
        self.deleted |= says && state.change == Change::Deleted;
        self.hidden |= says && state.change != Change::Deleted && state.hidden;
    }
}

impl Trace {
    /// Whether a blank would say nothing more: at the begin, or after another.
    pub(super) fn is_at_blank(&self) -> bool {
        self.before.is_empty() && self.all.is_empty() || self.all.ends_with(' ')
    }
}

impl Document {
    /// Keeps what stands in no block.
    pub(super) fn say_aside(&mut self, text: String, place: Place) {
        if !text.trim().is_empty() && made(text.len()).is_ok() {
            self.aside.push(Line { text, place });
        }
    }

    /// Text that leads to an address: a link where browsers follow it.
    pub(super) fn push_link(&mut self, text: Vec<Inline>, target: String, out: &mut Vec<Inline>) {
        if !says(&text) {
            out.extend(text);
        } else if is_followed(&target) {
            out.push(Inline::Link { text, target });
        } else {
            self.say_aside(target, Place::Link);
            out.extend(text);
        }
    }

    /// Keeps how a paragraph reads with what its page doesn't show, and gives the size of most of its letters.
    pub(super) fn end_trace(&mut self, trace: Trace) -> u32 {
        if trace.hidden {
            self.lose(Loss::Hidden);
            self.say_aside(trace.all, Place::Hidden);
        }
        if trace.deleted {
            self.say_aside(trace.before, Place::Deleted);
        }
        let most = trace.sizes.into_iter().max_by_key(|(_, count)| *count);
        most.map_or(0, |(size, _)| size)
    }
}

/// Whether a link is one in a draft, too: it leads to another site, or to a document of the corpus by its path from here.
pub(super) fn is_followed(target: &str) -> bool {
    const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "ftp://"];
    let lower = target.to_ascii_lowercase();
    let path = lower.split('#').next().unwrap_or_default();
    let relative = !lower.contains(':') && !lower.starts_with(['/', '\\']);
    SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) || (relative && path.ends_with(".md"))
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// What its page shows of it.
    pub text: Vec<Inline>,
    pub trace: Trace,
    /// Inlines that nothing more is added to.
    sealed: usize,
}

impl Paragraph {
    /// Takes the next text: shown, or kept for the checks of what isn't.
    pub(super) fn say(&mut self, text: &str, state: State) {
        self.trace.say(text, state);
        if !state.is_shown() {
            return;
        }
        let is_sealed = self.text.len() <= self.sealed;
        match self.text.last_mut() {
            Some(Inline::Text { text: last, look }) if !is_sealed && *look == state.look => last.push_str(text),
            _ if made(text.len()).is_err() => {}
            _ => self.text.push(Inline::looking(text, state.look)),
        }
    }

    /// Marks a place, so that what follows can be taken from there.
    pub(super) fn mark(&mut self) -> usize {
        self.sealed = self.text.len();
        self.sealed
    }

    /// Takes a line break.
    pub(super) fn break_line(&mut self, state: State) {
        self.trace.say(" ", state);
        if state.is_shown() && made(0).is_ok() {
            self.text.push(Inline::Break);
        }
    }
}
