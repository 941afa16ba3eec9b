//! Into flow style: pairs and items in `{…}` and `[…]`.

use super::block::key_event;
use super::{Front, New, Plan, Planned, Why};
use crate::author::file::Edit;
use crate::yaml::{Event, Node, skip};

impl Front {
    pub(super) fn pair_in_flow(&self, node: &Node, key: &str, new: &New, listed: bool) -> Planned {
        let text = format!("{key}: {}", new.inline_as(listed));
        let last = node.entries().and_then(<[_]>::last);
        let edits = match last {
            Some(last) => {
                let end = last.value.span.end.max(last.key_span.end);
                self.behind_last(node, last.key_span.start, end, &text)?
            }
            None => self.inside_empty(node, &text),
        };
        let says = std::iter::once(key_event(key)).chain(new.events_as(listed)).collect();
        Ok(Plan {
            edits,
            says: self.says_at_end(node, says),
        })
    }

    pub(super) fn item_in_flow(&self, list: &Node, items: &[Node], new: &New) -> Planned {
        let says = self.says_at_end(list, new.events());
        let Some(last) = items.last() else {
            return Ok(Plan {
                edits: self.in_empty(list, new),
                says,
            });
        };
        if self.says_nothing(last) && !last.span.is_empty() && last.lead == last.span.start {
            return Ok(Plan {
                edits: vec![Edit {
                    at: last.span.clone(),
                    text: new.inline(),
                }],
                says: self.says(self.events_of(last), new.events()),
            });
        }
        let edits = self.behind_last(list, last.lead, last.span.end, &new.inline())?;
        Ok(Plan { edits, says })
    }

    /// The first item of an empty list.
    pub(super) fn in_empty(&self, list: &Node, new: &New) -> Vec<Edit> {
        self.inside_empty(list, &new.inline())
    }

    /// The first entry between empty brackets; where a comment stands in them, in a line behind it.
    pub(super) fn inside_empty(&self, node: &Node, text: &str) -> Vec<Edit> {
        let close = node.span.end - 1;
        let inner = &self.text[node.span.start + 1..close];
        if !inner.contains('#') {
            return vec![Edit {
                at: node.span.start + 1..close,
                text: text.to_owned(),
            }];
        }
        let indent = self.before(close);
        let text = format!("{indent}  {text}\n{indent}");
        vec![Edit {
            at: close - indent.len()..close,
            text,
        }]
    }

    /// An entry behind the last, which stands at a place: in a line of its own where the last does, and behind the
    /// comments of the last. A trailing comma stays trailing.
    fn behind_last(&self, node: &Node, start: usize, end: usize, text: &str) -> Result<Vec<Edit>, (usize, Why)> {
        let close = node.span.end - 1;
        if close < end {
            return Err((end, Why::Style));
        }
        let tail = &self.text[end..close];
        let lead = self.before(start);
        let own_line = lead.trim().is_empty();
        if !tail.contains('#') {
            let parting = if own_line {
                format!(",\n{lead}")
            } else {
                ", ".to_owned()
            };
            return Ok(vec![Edit::insert(end, parting + text)]);
        }
        let comma = skip(&self.text, end);
        let has_comma = self.text[comma..].starts_with(',');
        let before = self.before(close);
        if before.trim_start().starts_with(',') {
            return Ok(vec![Edit::insert(close, format!(" {text} "))]);
        }
        let lead = if own_line {
            lead.to_owned()
        } else {
            format!("{before}  ")
        };
        let line = close - before.len();
        let added = Edit::insert(line, format!("{lead}{text}{}\n", if has_comma { "," } else { "" }));
        let parting = (!has_comma).then(|| Edit::insert(end, ",".to_owned()));
        Ok(parting.into_iter().chain([added]).collect())
    }

    /// An entry that stood alone where a list may, and one beside it: both in brackets.
    pub(super) fn beside_one(&self, value: &Node, new: &New) -> Plan {
        let old = self.events_of(value);
        // An anchor or a tag before the brackets would be the list's: those are written where they can be read again.
        let own = self.events[old.clone()].iter().map(|(event, _)| event.clone());
        let says = std::iter::once(Event::Sequence((0, None)))
            .chain(own)
            .chain(new.events())
            .chain([Event::End])
            .collect();
        Plan {
            edits: vec![
                Edit::insert(value.lead, "[".to_owned()),
                Edit::insert(value.span.end, format!(", {}]", new.inline())),
            ],
            says: self.says(old, says),
        }
    }
}
