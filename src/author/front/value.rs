//! A value in the place of another, in its style: quotes stay quotes, the lines of a block stay in it.

use super::{Front, Plan, Planned, Scalar, Why, anchor};
use crate::author::file::Edit;
use crate::corpus::Source;
use crate::record::front::readable;
use crate::yaml::{self, Event, Node, Value};
use std::ops::Range;

impl Front {
    /// What takes the place of the value that stands at a range of the source's text, where it is to say something else.
    pub(crate) fn restyled(&self, at: &Range<usize>, scalar: &Scalar) -> Option<(Range<usize>, String)> {
        let own = at.start.checked_sub(self.start)?..at.end.checked_sub(self.start)?;
        let node = at_range(self.root.as_ref()?, &own)?;
        let (place, new) = restyled(&self.text, node, scalar)?;
        Some((place.start + self.start..place.end + self.start, new))
    }

    /// What takes the place of a word: of a value that says it alone, as [`Self::restyled`] has it, or of the word itself
    /// within a text that lists several, where it needs no quotes.
    pub(crate) fn reworded(&self, at: &Range<usize>, written: &str, scalar: &Scalar) -> Option<(Range<usize>, String)> {
        let own = at.start.checked_sub(self.start)?..at.end.checked_sub(self.start)?;
        match at_range(self.root.as_ref()?, &own) {
            Some(node) if node.text()?.trim() == written.trim() => self.restyled(at, scalar),
            Some(_) => None,
            None => {
                let stands = self.text.get(own)? == written && scalar.yaml == scalar.text;
                stands.then(|| (at.clone(), scalar.text.clone()))
            }
        }
    }

    /// Whether a document says node by node what another said, but for the values and keys at these places of its text.
    /// Those that stand under an anchor which is used again change only where the place says that it may: by `true`.
    pub(crate) fn changes_only(old: &Source, new: &Source, places: &[(Range<usize>, bool)]) -> bool {
        let (Some(old_range), Some(new_range)) = (&old.front, &new.front) else {
            return old.front.is_none() && new.front.is_none();
        };
        let read = |source: &Source, range: &Range<usize>| yaml::events(&readable(&source.text[range.clone()]));
        let (Some(before), Some(after)) = (read(old, old_range), read(new, new_range)) else {
            // What doesn't read is fixed in its body alone.
            return old.front_text() == new.front_text();
        };
        let said: Vec<&Event> = before.iter().map(|(event, _)| event).collect();
        let shared = anchor::shared(&said);
        let touched = |number: usize, place: &Range<usize>| {
            let place = place.start + old_range.start..place.end + old_range.start;
            let is_shared = shared.iter().any(|range| range.contains(&number));
            places.iter().any(|(other, spreads)| {
                let meets = other.start < place.end.max(place.start + 1) && place.start < other.end;
                meets && (*spreads || !is_shared)
            })
        };
        let same = |number: usize, old: &Event, place: &Range<usize>, new: &Event| match (old, new) {
            _ if old == new => true,
            (Event::Scalar { marks: before, .. }, Event::Scalar { marks: after, .. }) => {
                before == after && touched(number, place)
            }
            (Event::Alias(_), Event::Scalar { marks: (0, None), .. }) => touched(number, place),
            _ => false,
        };
        let mut pairs = before.iter().zip(&after).enumerate();
        before.len() == after.len() && pairs.all(|(number, ((old, place), (new, _)))| same(number, old, place, new))
    }

    pub(super) fn in_place(&self, node: &Node, scalar: &Scalar) -> Planned {
        let old = self.events_of(node);
        if old.is_empty() || matches!(node.value, Value::Sequence(_) | Value::Mapping(_)) && !self.is_alias(node) {
            return Err((node.span.start, Why::Style));
        }
        let (at, mut text) = restyled(&self.text, node, scalar).ok_or((node.lead, Why::Style))?;
        if node.span.is_empty() {
            let parted = self.text[..at.start].ends_with([' ', '\t', '\n']);
            text = format!("{}{text}", if parted { "" } else { " " });
        }
        let (marks, end) = match &self.events[old.start].0 {
            Event::Scalar { marks, text, .. } if self.is_block(node) => {
                (marks.clone(), &text[text.trim_end_matches('\n').len()..])
            }
            Event::Scalar { marks, .. } => (marks.clone(), ""),
            _ => ((0, None), ""),
        };
        let said = Event::Scalar {
            text: format!("{}{end}", scalar.text),
            null: false,
            marks,
        };
        Ok(Plan {
            edits: vec![Edit { at, text }],
            says: self.says(old, vec![said]),
        })
    }

    fn is_block(&self, node: &Node) -> bool {
        is_block(&self.text, node)
    }
}

/// The scalar that stands at a range.
fn at_range<'n>(node: &'n Node, at: &Range<usize>) -> Option<&'n Node> {
    match &node.value {
        Value::Sequence(items) => items.iter().find_map(|item| at_range(item, at)),
        Value::Mapping(entries) => entries.iter().find_map(|entry| at_range(&entry.value, at)),
        Value::Scalar { .. } | Value::Null => (node.span == *at).then_some(node),
    }
}

/// Whether a value stands in lines of its own below `|` or `>`.
fn is_block(text: &str, node: &Node) -> bool {
    let quoted = matches!(node.value, Value::Scalar { quoted: true, .. });
    quoted && text[node.lead..node.span.start].contains(['|', '>'])
}

/// The characters of a value, and what stands in their place where it is to say something else. `None` where its style
/// can't hold that.
fn restyled(text: &str, node: &Node, scalar: &Scalar) -> Option<(Range<usize>, String)> {
    let at = node.span.clone();
    let one_line = !scalar.text.contains(|sign: char| sign.is_control());
    let quoted = matches!(node.value, Value::Scalar { quoted: true, .. });
    let new = if quoted && is_block(text, node) {
        let fits = one_line && !scalar.text.is_empty() && scalar.text.trim() == scalar.text && !at.is_empty();
        fits.then(|| scalar.text.clone())?
    } else if quoted && text[at.clone()].starts_with('\'') && one_line {
        format!("'{}'", scalar.text.replace('\'', "''"))
    } else if quoted {
        serde_json::Value::from(scalar.text.as_str()).to_string()
    } else {
        scalar.yaml.clone()
    };
    Some((at, new))
}
