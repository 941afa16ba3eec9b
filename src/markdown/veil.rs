//! What an author hid in HTML, taken out of the pieces of a body before a parser of HTML sees them.
//!
//! A blank line ends a block of HTML to Markdown, and a paragraph ends what is open to a parser of HTML; to the author an
//! element reaches to its end tag. So it is hidden here up to that, however many blocks lie between.

use super::dropped::{EMPTIED, quoted};
use super::markup;
use super::piece::Piece;
use super::report::{Finding, Report};
use super::tags::{self, SELF_CLOSING, Tag};
use std::collections::HashMap;
use std::ops::Range;

/// The pieces without those that stand in a hidden element.
pub(super) fn shown<'a>(pieces: Vec<Piece<'a>>, report: &mut Report) -> Vec<Piece<'a>> {
    let hides = |piece: &Piece<'_>| matches!(piece, Piece::Raw(raw, _) if tags::tags(raw).any(|tag| begins(&tag)));
    if !pieces.iter().any(hides) {
        return pieces;
    }
    let mut veil = Veil {
        ends: ends(&pieces),
        count: 0,
        depth: 0,
        open: None,
        out: Vec::with_capacity(pieces.len()),
        report,
    };
    for piece in pieces {
        veil.take(piece);
    }
    veil.lift();
    veil.out
}

/// Whether an element begins that a page doesn't show.
fn begins(tag: &Tag<'_>) -> bool {
    let hidden = EMPTIED.contains(&tag.name.as_str()) || markup::is_veiled(tag.attributes);
    !tag.end && hidden && !markup::is_empty(tag)
}

/// For the start tags among all tags of a body, by their numbers, the numbers of their end tags.
fn ends(pieces: &[Piece<'_>]) -> HashMap<usize, usize> {
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    let mut ends = HashMap::new();
    let raw = pieces.iter().filter_map(|piece| match piece {
        Piece::Raw(raw, _) => Some(raw),
        _ => None,
    });
    for (number, tag) in raw.flat_map(|raw| tags::tags(raw)).enumerate() {
        let of_name = open.entry(tag.name.clone()).or_default();
        if !tag.end && !markup::is_empty(&tag) {
            of_name.push(number);
        } else if tag.end
            && let Some(start) = of_name.pop()
        {
            ends.insert(start, number);
        }
    }
    ends
}

/// An element that is being left out.
struct Hidden<'a> {
    name: String,
    /// Its tag, for a message.
    written: String,
    place: Range<usize>,
    /// The number of its end tag; none where it has no end, so that it reaches to that of the body.
    end: Option<usize>,
    /// The elements of Markdown that began within it and are open.
    open: Vec<Piece<'a>>,
    says: bool,
}

struct Veil<'a, 'r> {
    ends: HashMap<usize, usize>,
    /// Tags so far.
    count: usize,
    /// Open elements of Markdown that are shown.
    depth: usize,
    open: Option<Hidden<'a>>,
    out: Vec<Piece<'a>>,
    report: &'r mut Report,
}

impl<'a> Veil<'a, '_> {
    fn take(&mut self, piece: Piece<'a>) {
        match (piece, &mut self.open) {
            (Piece::Raw(raw, span), _) => self.raw(&raw, &span),
            (piece @ (Piece::Open(_) | Piece::Link(_)), Some(hidden)) => hidden.open.push(piece),
            (piece @ Piece::Close(_), hidden) => {
                // What began before the hidden element ends as it began.
                if hidden.as_mut().and_then(|hidden| hidden.open.pop()).is_none() {
                    self.depth = self.depth.saturating_sub(1);
                    self.out.push(piece);
                }
            }
            (Piece::Text(text), Some(hidden)) => hidden.says |= !text.trim().is_empty(),
            (_, Some(_)) => {}
            (piece, None) => {
                self.depth += usize::from(matches!(piece, Piece::Open(_) | Piece::Link(_)));
                self.out.push(piece);
            }
        }
    }

    /// Takes the tags of some HTML, and what of it is shown.
    fn raw(&mut self, raw: &str, span: &Range<usize>) {
        let mut shown = String::new();
        let mut at = 0;
        for tag in tags::tags(raw) {
            let number = self.count;
            self.count += 1;
            let text = &raw[at..tag.span.start];
            let hides = self.open.is_none() && begins(&tag) && self.reaches(&tag, number);
            match &mut self.open {
                Some(hidden) => {
                    hidden.says |= !text.trim().is_empty();
                    at = tag.span.end;
                    if hidden.end == Some(number) {
                        self.lift();
                    }
                }
                None if hides => {
                    shown.push_str(text);
                    at = tag.span.end;
                    self.flush(&mut shown, span);
                    self.open = Some(Hidden {
                        written: quoted(&raw[tag.span.clone()]),
                        name: tag.name.clone(),
                        place: span.clone(),
                        end: self.ends.get(&number).copied(),
                        open: Vec::new(),
                        says: false,
                    });
                }
                None => {
                    shown.push_str(&raw[at..tag.span.end]);
                    at = tag.span.end;
                }
            }
        }
        match &mut self.open {
            Some(hidden) => hidden.says |= !raw[at..].trim().is_empty(),
            None => shown.push_str(&raw[at..]),
        }
        self.flush(&mut shown, span);
    }

    /// Whether it is told here where a hidden element ends: at its end tag, or, where its author forgot that, with the
    /// body. Within a paragraph, and where HTML asks for no end tag, a parser of HTML tells.
    fn reaches(&self, tag: &Tag<'_>, number: usize) -> bool {
        let forgotten = markup::is_veiled(tag.attributes) && !SELF_CLOSING.contains(&tag.name.as_str());
        self.ends.contains_key(&number) || (self.depth == 0 && forgotten)
    }

    fn flush(&mut self, shown: &mut String, span: &Range<usize>) {
        if !shown.trim().is_empty() {
            self.out.push(Piece::Raw(std::mem::take(shown).into(), span.clone()));
        }
        shown.clear();
    }

    /// Ends the hidden element: what of Markdown is open in it goes on, and is shown from here on.
    fn lift(&mut self) {
        let Some(hidden) = self.open.take() else { return };
        if hidden.end.is_none() {
            let place = Some(hidden.place.clone());
            self.report.push(Finding::UnclosedHtml, hidden.written, place);
        }
        if hidden.says && EMPTIED.contains(&hidden.name.as_str()) {
            self.report.push(Finding::DroppedHtml, hidden.name, Some(hidden.place));
        }
        self.depth += hidden.open.len();
        self.out.extend(hidden.open);
    }
}
