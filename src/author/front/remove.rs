//! Taking an entry away, with the comments that are its own.

use super::{Front, Plan, Planned, Why};
use crate::author::file::Edit;
use crate::yaml::{Entry, Node, Value, skip};
use std::ops::Range;

impl Front {
    pub(super) fn pair_removed(&self, mapping: &Node, entry: &Entry) -> Planned {
        let entries = mapping.entries().unwrap_or_default();
        let at = entries.iter().position(|other| other.key_span == entry.key_span);
        let index = at.ok_or((entry.key_span.start, Why::Style))?;
        let places: Vec<Range<usize>> = entries
            .iter()
            .map(|entry| entry.key_span.start..self.whole_end(&entry.value).max(entry.key_span.end))
            .collect();
        let edit = if self.is_flow(mapping) {
            self.flow_removed(mapping, &places, index)?
        } else {
            self.block_removed(mapping.span.start, &places, index)?
        };
        let (key, value) = (self.key_event_of(entry)?, self.events_of(&entry.value));
        self.gone(edit, key..value.end)
    }

    pub(super) fn item_removed(&self, list: &Node, index: usize) -> Planned {
        let items = list.items().unwrap_or_default();
        let item = items.get(index).ok_or((list.span.start, Why::Style))?;
        let edit = if self.is_flow(list) {
            let places: Vec<Range<usize>> = items.iter().map(|item| item.lead..item.span.end).collect();
            self.flow_removed(list, &places, index)?
        } else {
            let dash = |index| self.dash(list, items, index).ok_or((list.span.start, Why::Style));
            let places: Result<Vec<Range<usize>>, _> = (0..items.len())
                .map(|index| Ok(dash(index)?..self.whole_end(&items[index]).max(dash(index)? + 1)))
                .collect();
            self.block_removed(list.span.start, &places?, index)?
        };
        let old = self.events_of(item);
        self.gone(edit, old)
    }

    fn gone(&self, edit: Edit, old: Range<usize>) -> Planned {
        if self.is_used_again(&old) {
            return Err((edit.at.start, Why::Anchor));
        }
        Ok(Plan {
            edits: vec![edit],
            says: self.says(old, Vec::new()),
        })
    }

    /// The number of a key's event.
    fn key_event_of(&self, entry: &Entry) -> Result<usize, (usize, Why)> {
        let found = self.events.iter().position(|(_, place)| *place == entry.key_span);
        found.ok_or((entry.key_span.start, Why::Style))
    }

    /// Whole lines; the first entry of a mapping that begins behind a dash gives its place to the second.
    fn block_removed(&self, first: usize, places: &[Range<usize>], index: usize) -> Result<Edit, (usize, Why)> {
        let place = &places[index];
        let indent = self.column(first)?;
        let before = self.before(place.start);
        if before.trim().is_empty() {
            let end = self.behind(place.end, indent.len() + 1);
            return Ok(removal(place.start - before.len()..end));
        }
        let explicit = before.trim_start().starts_with('?') && before.trim_start()[1..].trim().is_empty();
        if explicit && places.len() > 1 {
            let end = self.behind(place.end, indent.len() + 1);
            return Ok(removal(place.start - before.len()..end));
        }
        match places.get(index + 1) {
            Some(next) if index == 0 && !self.text[place.end..next.start].contains(['#', '?']) => {
                Ok(removal(place.start..next.start))
            }
            _ => Err((place.start, Why::Style)),
        }
    }

    /// An entry with one comma; in a line of its own, the line.
    fn flow_removed(&self, node: &Node, places: &[Range<usize>], index: usize) -> Result<Edit, (usize, Why)> {
        let place = &places[index];
        let at = match (
            index.checked_sub(1).map(|before| &places[before]),
            places.get(index + 1),
        ) {
            (_, Some(next)) => place.start..next.start,
            (Some(before), None) => before.end..place.end,
            (None, None) => {
                let comma = skip(&self.text, place.end);
                let end = if self.text[comma..].starts_with(',') {
                    comma + 1
                } else {
                    place.end
                };
                place.start..end
            }
        };
        let other = [
            self.text[at.start..place.start.max(at.start)].to_owned(),
            self.text[place.end.min(at.end)..at.end].to_owned(),
        ];
        if other.iter().any(|text| text.contains('#')) || at.end > node.span.end {
            return Err((place.start, Why::Style));
        }
        Ok(removal(at))
    }

    /// The index of an item of a list by where it begins, an only one that stands without a list included.
    pub(crate) fn items_of<'n>(&self, entry: &'n Entry) -> Vec<&'n Node> {
        match &entry.value.value {
            Value::Sequence(items) => items.iter().collect(),
            Value::Null => Vec::new(),
            _ => vec![&entry.value],
        }
    }
}

fn removal(at: Range<usize>) -> Edit {
    Edit {
        at,
        text: String::new(),
    }
}
