//! Into block style: pairs and items that stand in lines of their own.

use super::{Front, New, Plan, Planned, Why};
use crate::author::file::Edit;
use crate::yaml::{Entry, Event, Node, Value, skip};

impl Front {
    /// What stands before a place in its line.
    pub(super) fn before(&self, at: usize) -> &str {
        let start = self.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
        &self.text[start..at]
    }

    /// The rest of the line of a place.
    pub(super) fn rest_of_line(&self, at: usize) -> &str {
        self.text[at..].split('\n').next().unwrap_or_default()
    }

    /// The start of the next line.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |feed| at + feed + 1)
    }

    /// Blanks as wide as what stands before a place in its line.
    pub(super) fn column(&self, at: usize) -> Result<String, (usize, Why)> {
        let before = self.before(at);
        let narrow = before.bytes().all(|byte| byte.is_ascii() && byte != b'\t');
        if !narrow {
            return Err((at, Why::Style));
        }
        Ok(" ".repeat(before.len()))
    }

    /// What ends behind an entry that ends at a place: its line, and the comments that belong to it, which are indented
    /// by `indent` at least.
    pub(super) fn behind(&self, end: usize, indent: usize) -> usize {
        self.behind_comments(end, indent, false)
    }

    /// Where the next item begins: behind the last one and its comments, and behind the items that were commented out,
    /// each with all of its lines.
    pub(super) fn behind_items(&self, end: usize, indent: usize) -> usize {
        self.behind_comments(end, indent, true)
    }

    fn behind_comments(&self, end: usize, indent: usize, with_items: bool) -> usize {
        let mut place = self.next_line(end);
        let mut at = place;
        // The column of the dash of an item that was commented out.
        let mut item = None;
        while at < self.text.len() {
            let line = self.rest_of_line(at);
            let said = line.trim_start_matches(' ');
            let remark = said.strip_prefix('#').map(str::trim_start);
            if !said.trim().is_empty() {
                let column = line.len() - remark.map_or(0, str::len);
                let is_item = remark.is_some_and(|text| text.starts_with("- ") || text.trim_end() == "-");
                item = if is_item {
                    Some(column)
                } else {
                    item.filter(|&dash| column > dash)
                };
            }
            let is_of_item = item.is_some() && remark.is_some();
            let is_indented = remark.is_some() && line.len() - said.len() >= indent;
            let own = is_indented || (with_items && is_of_item);
            if !own && !said.trim().is_empty() {
                break;
            }
            at = self.next_line(at);
            if own {
                place = at;
            }
        }
        place
    }

    /// The end of a node with what its last block scalar keeps of the blank lines behind it (`|+`).
    pub(super) fn whole_end(&self, node: &Node) -> usize {
        let mut last = node;
        loop {
            let inner = match &last.value {
                _ if self.is_flow(last) || self.is_alias(last) => None,
                Value::Sequence(items) => items.last(),
                Value::Mapping(entries) => entries.last().map(|entry| &entry.value),
                _ => None,
            };
            match inner {
                Some(inner) => last = inner,
                None => break,
            }
        }
        let head = &self.text[last.lead..last.span.start.max(last.lead)];
        let head = head.split('\n').next().unwrap_or_default();
        let head = head.split(" #").next().unwrap_or_default();
        let keeps = head.trim_end().ends_with('+') || head.contains("|+") || head.contains(">+");
        if !keeps {
            return node.span.end;
        }
        let blank = self.text[last.span.end..].len() - self.text[last.span.end..].trim_start().len();
        let next = last.span.end + blank;
        let line = self.text[..next].rfind('\n').unwrap_or(last.span.end);
        line.max(last.span.end)
    }

    /// The first pair of a front matter that says nothing: behind its comments.
    pub(super) fn only_pair(&self, key: &str, new: &New, listed: bool) -> Plan {
        let text = pair("", key, new, listed);
        let says = [Event::Mapping((0, None)), key_event(key)]
            .into_iter()
            .chain(new.events_as(listed))
            .chain([Event::End])
            .collect();
        // A null that is written out (`~`) can't stay beside a value.
        let written = skip(&self.text, 0);
        let end = self.text.len();
        let at = if written < end {
            written..self.next_line(written)
        } else {
            end..end
        };
        Plan {
            edits: vec![Edit { at, text }],
            says,
        }
    }

    pub(super) fn pair_in_block(&self, node: &Node, key: &str, new: &New, listed: bool) -> Planned {
        let indent = self.column(node.span.start)?;
        let is_root = self.root.as_ref().is_some_and(|root| root.span == node.span);
        let at = if is_root {
            self.text.len()
        } else {
            self.behind(self.whole_end(node), indent.len())
        };
        let says = std::iter::once(key_event(key)).chain(new.events_as(listed)).collect();
        Ok(Plan {
            edits: vec![Edit::insert(at, pair(&indent, key, new, listed))],
            says: self.says_at_end(node, says),
        })
    }

    pub(super) fn item_in_block(&self, entry: &Entry, items: &[Node], new: &New) -> Planned {
        let list = &entry.value;
        let last = items.last().ok_or((list.span.start, Why::Style))?;
        let dash = self
            .dash(list, items, items.len() - 1)
            .ok_or((last.span.start, Why::Style))?;
        let indent = self.column(list.span.start)?;
        let gap = &self.text[dash + 1..last.lead.max(dash + 1)];
        let plain_gap = !gap.is_empty() && gap.bytes().all(|byte| byte == b' ');
        let gap = if plain_gap { gap } else { " " };
        if self.says_nothing(last) {
            return self.item_filled(last, dash, &indent, gap, new);
        }
        let flow = self.is_flow(last) && matches!(last.value, Value::Mapping(_));
        let (first, others) = (format!("{indent}-{gap}"), format!("{indent} {gap}"));
        let text = if flow {
            format!("{first}{}\n", new.inline())
        } else {
            new.lines(&first, &others)
        };
        let key_column = self.before(entry.key_span.start).len();
        let own = if indent.len() > key_column {
            indent.len()
        } else {
            indent.len() + 1
        };
        Ok(Plan {
            edits: vec![Edit::insert(self.behind_items(self.whole_end(list), own), text)],
            says: self.says_at_end(list, new.events()),
        })
    }

    /// An entry in the place of a text that is an item.
    pub(super) fn item_expanded(&self, list: &Node, items: &[Node], index: usize, new: &New) -> Planned {
        self.writable(list)?;
        let item = items.get(index).ok_or((list.span.start, Why::Style))?;
        self.writable(item)?;
        if self.is_flow(list) {
            let old = self.events_of(item);
            return Ok(Plan {
                edits: vec![Edit {
                    at: item.span.clone(),
                    text: new.inline(),
                }],
                says: self.says(old.clone(), self.with_marks(&old, new.events())),
            });
        }
        let dash = self.dash(list, items, index).ok_or((item.span.start, Why::Style))?;
        self.item_filled(item, dash, &self.column(list.span.start)?, " ", new)
    }

    /// The `-` of an item.
    pub(super) fn dash(&self, list: &Node, items: &[Node], index: usize) -> Option<usize> {
        let from = match index.checked_sub(1).and_then(|before| items.get(before)) {
            Some(before) => self.whole_end(before),
            None => list.span.start,
        };
        let at = skip(&self.text, from);
        self.text[at..].starts_with('-').then_some(at)
    }

    /// The last item is there and says nothing: the new one takes its place.
    fn item_filled(&self, last: &Node, dash: usize, indent: &str, gap: &str, new: &New) -> Planned {
        let old = self.events_of(last);
        let says = self.says(old.clone(), self.with_marks(&old, new.events()));
        let rest = self.rest_of_line(last.span.end);
        let others = format!("{indent} {gap}");
        let edits = if rest.trim().is_empty() && last.lead == last.span.start {
            let text = new.lines(gap, &others);
            let end = last.span.end + rest.len();
            vec![Edit {
                at: dash + 1..end,
                text: text.trim_end_matches('\n').to_owned(),
            }]
        } else {
            let gone = (!last.span.is_empty()).then(|| self.blank(last));
            let lines = new.lines(&others, &others);
            gone.into_iter()
                .chain([Edit::insert(self.next_line(last.span.end), lines)])
                .collect()
        };
        Ok(Plan { edits, says })
    }

    /// A value that says nothing, taken away: with the blanks before it, or with its line where it stands alone in one.
    /// A comment behind it stays where it is.
    fn blank(&self, node: &Node) -> Edit {
        let (start, end) = (node.span.start, node.span.end);
        let before = self.text[..start].trim_end_matches([' ', '\t']).len();
        let rest = self.rest_of_line(end);
        let alone = self.text[..before].ends_with('\n') && node.lead == start;
        let at = match (alone, rest.trim().is_empty()) {
            (true, true) => before..self.next_line(end),
            (true, false) => start..end + rest.len() - rest.trim_start().len(),
            (false, _) => before..end,
        };
        Edit {
            at,
            text: String::new(),
        }
    }

    /// Whether a value is there only as a place: nothing, an empty text, empty braces, or keys and items that say nothing.
    pub(crate) fn says_nothing(&self, node: &Node) -> bool {
        node.says_nothing_where(&|mapping| self.has_no_key(mapping))
    }

    /// Whether a value is an entry whose keys are there and say nothing.
    pub(crate) fn has_empty_keys(&self, node: &Node) -> bool {
        node.entries().is_some_and(|entries| !entries.is_empty()) && self.says_nothing(node)
    }

    /// A mapping without entries may have keys that were passed over.
    fn has_no_key(&self, node: &Node) -> bool {
        let end = node.span.end.saturating_sub(1);
        skip(&self.text, node.span.start + 1) >= end
    }

    pub(super) fn filled(&self, entry: &Entry, new: &New, listed: bool) -> Planned {
        let node = &entry.value;
        self.writable(node)?;
        let old = self.events_of(node);
        self.fits_tag(node, &old, new, listed)?;
        let says = self.says(old.clone(), self.with_marks(&old, new.events_as(listed)));
        let in_flow = self.root.as_ref().is_some_and(|root| self.is_flow(root));
        let colon = skip(&self.text, entry.key_span.end);
        let has_colon = self.text[colon..].starts_with(':');
        if in_flow {
            let text = new.inline_as(listed);
            let edit = match (node.span.is_empty(), has_colon) {
                (false, _) => Edit {
                    at: node.span.clone(),
                    text,
                },
                (true, true) => Edit::insert(node.span.start.max(colon + 1), format!(" {text}")),
                (true, false) => Edit::insert(entry.key_span.end, format!(": {text}")),
            };
            return Ok(Plan {
                edits: vec![edit],
                says,
            });
        }
        if let (Value::Sequence(items), true) = (&node.value, listed)
            && items.is_empty()
        {
            return Ok(Plan {
                edits: self.in_empty(node, new),
                says,
            });
        }
        let is_collection = matches!(node.value, Value::Mapping(_) | Value::Sequence(_));
        if is_collection && self.text[node.span.clone()].contains(['#', '&', '!', '*']) {
            return self.commented_braces(node, new, says);
        }
        let is_block_scalar = node.lead < node.span.start && self.text[node.lead..].starts_with(['|', '>']);
        if is_block_scalar {
            return Err((node.lead, Why::Text));
        }
        let indent = self.column(self.root.as_ref().map_or(0, |root| root.span.start))?;
        let mut text = block_value(&indent, new, listed);
        if !has_colon {
            text = format!("{indent}:\n{text}");
        }
        let gone = (!node.span.is_empty()).then(|| self.blank(node));
        let end = node
            .span
            .end
            .max(if has_colon { colon + 1 } else { entry.key_span.end });
        let below = Edit::insert(self.behind_items(end, indent.len() + 1), text);
        Ok(Plan {
            edits: gone.into_iter().chain([below]).collect(),
            says,
        })
    }

    /// Empty braces with a comment in them take the entry between them.
    fn commented_braces(&self, node: &Node, new: &New, says: Vec<Event>) -> Planned {
        match (&node.value, new) {
            (Value::Mapping(entries), New::Mapping(_)) if entries.is_empty() => {
                let inline = new.inline();
                let inner = inline.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
                let inner = inner.unwrap_or(&inline);
                Ok(Plan {
                    edits: self.inside_empty(node, inner),
                    says,
                })
            }
            _ => Err((node.span.start, Why::Style)),
        }
    }

    /// A tag may say what stands there: `!!null` and `!!str` are no lists.
    fn fits_tag(&self, node: &Node, old: &std::ops::Range<usize>, new: &New, listed: bool) -> Result<(), (usize, Why)> {
        let Some((Event::Scalar { marks, .. } | Event::Sequence(marks) | Event::Mapping(marks), _)) =
            self.events.get(old.start)
        else {
            return Ok(());
        };
        let wanted = match (listed, new) {
            (true, _) => "seq",
            (false, New::Mapping(_)) => "map",
            (false, New::Scalar(_)) => "str",
        };
        match &marks.1 {
            Some(tag) if !tag.ends_with(wanted) => Err((node.lead, Why::Tag)),
            _ => Ok(()),
        }
    }

    /// New events with the anchor and the tag of what they take the place of.
    fn with_marks(&self, old: &std::ops::Range<usize>, mut new: Vec<Event>) -> Vec<Event> {
        let kept = match self.events.get(old.start) {
            Some((Event::Scalar { marks, .. } | Event::Sequence(marks) | Event::Mapping(marks), _)) => marks.clone(),
            _ => (0, None),
        };
        if let Some(Event::Scalar { marks, .. } | Event::Sequence(marks) | Event::Mapping(marks)) = new.first_mut() {
            *marks = kept;
        }
        new
    }
}

/// A key as it is read.
pub(super) fn key_event(key: &str) -> Event {
    Event::Scalar {
        text: key.to_owned(),
        null: false,
        marks: (0, None),
    }
}

fn pair(indent: &str, key: &str, new: &New, listed: bool) -> String {
    match new {
        New::Scalar(scalar) if !listed => format!("{indent}{key}: {}\n", scalar.yaml),
        _ => format!("{indent}{key}:\n{}", block_value(indent, new, listed)),
    }
}

fn block_value(indent: &str, new: &New, listed: bool) -> String {
    if listed {
        new.lines(&format!("{indent}  - "), &format!("{indent}    "))
    } else {
        new.lines(&format!("{indent}  "), &format!("{indent}  "))
    }
}
