//! What a YAML text says, node by node, whatever the style: to hold two texts against one another.

use crate::yaml::exact::{self, Scalar};
use saphyr_parser::{Event as Parsed, Marker, Parser, ScalarStyle};
use std::ops::Range;

/// A node as it comes in the text, or the end of one. Anchors are numbered in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// A text, or nothing.
    Scalar {
        /// What it says.
        text: String,
        /// Whether it is nothing: `~`, `null`, or not written at all.
        null: bool,
        /// Its anchor and its tag.
        marks: (usize, Option<String>),
    },
    /// A value that stands elsewhere under this anchor.
    Alias(usize),
    /// A list, with its anchor and its tag.
    Sequence((usize, Option<String>)),
    /// A mapping, with its anchor and its tag.
    Mapping((usize, Option<String>)),
    /// The end of the innermost list or mapping.
    End,
}

/// The events of a text, each with the bytes that it stands in (an end has none). `None` where the text isn't YAML.
pub(crate) fn events(text: &str) -> Option<Vec<(Event, Range<usize>)>> {
    events_as(text, text)
}

/// The events of a text, of which the parser gets another one of as many characters.
fn events_as(text: &str, given: &str) -> Option<Vec<(Event, Range<usize>)>> {
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |marker: &Marker| offsets.get(marker.index()).copied().unwrap_or(text.len());
    let mut all = Vec::new();
    let mut read = 0;
    for event in Parser::new_from_str(given) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => return events_as(text, &exact::without_remark(given, error.marker().index())?),
        };
        let span = byte(&span.start)..byte(&span.end).max(byte(&span.start));
        let tag_text = |tag: Option<std::borrow::Cow<'_, saphyr_parser::Tag>>| tag.map(|tag| tag.to_string());
        match event {
            Parsed::Scalar(said, style, anchor, tag) => {
                let scalar = Scalar {
                    span,
                    style,
                    empty: said.is_empty(),
                    marked: anchor > 0 || tag.is_some(),
                };
                let place = exact::scalar(text, read, &scalar).value;
                read = read.max(place.end);
                let null = scalar.style == ScalarStyle::Plain && is_null(&said);
                let event = Event::Scalar {
                    text: said.into_owned(),
                    null,
                    marks: (anchor, tag_text(tag)),
                };
                all.push((event, place));
            }
            Parsed::Alias(anchor) => {
                read = read.max(span.end);
                all.push((Event::Alias(anchor), span));
            }
            Parsed::SequenceStart(anchor, tag) => {
                let place = exact::list(text, read, span.start, anchor > 0 || tag.is_some());
                read = read.max(place.value.start);
                all.push((Event::Sequence((anchor, tag_text(tag))), place.lead..place.lead));
            }
            Parsed::MappingStart(anchor, tag) => {
                let place = exact::collection(text, span.start, anchor > 0 || tag.is_some());
                read = read.max(place.value.start);
                all.push((Event::Mapping((anchor, tag_text(tag))), place.lead..place.lead));
            }
            Parsed::SequenceEnd | Parsed::MappingEnd => all.push((Event::End, span.end..span.end)),
            _ => {}
        }
    }
    Some(all)
}

/// Whether a plain text is how nothing is written.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
