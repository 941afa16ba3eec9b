//! Values that stand under an anchor (`&name`) and are used again by aliases (`*name`): who changes one changes all.

use crate::yaml::Event;
use std::ops::Range;

/// The number of a node's anchor.
pub(super) fn of(event: &Event) -> Option<usize> {
    match event {
        Event::Scalar { marks, .. } | Event::Sequence(marks) | Event::Mapping(marks) => Some(marks.0),
        Event::Alias(_) | Event::End => None,
    }
    .filter(|&anchor| anchor > 0)
}

/// The events of the node under an anchor.
pub(super) fn node(events: &[&Event], anchor: usize) -> Option<Range<usize>> {
    let start = events.iter().position(|event| of(event) == Some(anchor))?;
    Some(start..start + length(events[start..].iter().copied()))
}

/// The number of events that the node has which they begin with.
pub(super) fn length<'e>(events: impl Iterator<Item = &'e Event>) -> usize {
    let (mut depth, mut count) = (0_usize, 0);
    for event in events {
        count += 1;
        match event {
            Event::Sequence(_) | Event::Mapping(_) => depth += 1,
            Event::End => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    count
}

/// The events of each node that an alias takes.
pub(super) fn shared(events: &[&Event]) -> Vec<Range<usize>> {
    let aliases = events.iter().filter_map(|event| match event {
        Event::Alias(anchor) => node(events, *anchor),
        _ => None,
    });
    aliases.collect()
}
