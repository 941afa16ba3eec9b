//! Cutting a passage around a window, at the borders of sentences where they are near. Lengths are in UTF-16 units, as the
//! browser counts them.

use super::find::{Range, Window};

/// Length of a snippet.
pub(super) const WIDTH: usize = 120;
/// How far before the window the end of a sentence is looked for.
const BEFORE: usize = 40;
/// What is shown before the window where its sentence begins further back.
const LEAD: usize = 15;

/// Cuts the text around a window and marks ranges in it.
pub(super) fn around(text: &str, window: &Window, ranges: &[Range]) -> String {
    let text: Vec<u16> = text.encode_utf16().collect();
    let (start, end) = bounds(&text, window);
    let mut html = String::with_capacity(3 * WIDTH + 64);
    if !is_blank(&text[..start]) {
        html.push('…');
    }
    let mut at = start;
    let mut marks = ranges
        .iter()
        .map(|range| (range.from, range.to.min(end)))
        .filter(|(from, to)| to > from)
        .peekable();
    while let Some((from, mut to)) = marks.next() {
        // What lies before the cut is not shown.
        let from = from.max(at);
        // Marks that touch are one: two pairs of units of one word must not show a seam.
        while let Some((_, next)) = marks.next_if(|(next, _)| *next <= to.max(from)) {
            to = to.max(next);
        }
        if to <= from {
            continue;
        }
        escape(&text[at..from], &mut html);
        html.push_str("<mark>");
        escape(&text[from..to], &mut html);
        html.push_str("</mark>");
        at = to;
    }
    escape(&text[at..end], &mut html);
    if !is_blank(&text[end..]) {
        html.push('…');
    }
    html
}

/// Where to cut.
fn bounds(text: &[u16], window: &Window) -> (usize, usize) {
    let (from, to) = (window.from, window.to);
    let near = from.saturating_sub(BEFORE);
    let mut start = match last_end(&text[near..from]) {
        Some(at) => near + at + 1,
        None if near == 0 => 0,
        None => whole(text, from.saturating_sub(LEAD)),
    };
    let mut end = whole(text, start + WIDTH).max(to).min(text.len());
    if end < text.len()
        && let Some(at) = last_end(&text[to..end])
    {
        end = to + at + 1;
    }
    while start < text.len() && is_space(text[start]) {
        start += 1;
    }
    while end > start && is_space(text[end - 1]) {
        end -= 1;
    }
    (start, end.max(start))
}

/// The end of the last sentence that ends in a text: a sign that no other one of these follows to the end.
fn last_end(text: &[u16]) -> Option<usize> {
    text.iter()
        .rposition(|&unit| char::from_u32(u32::from(unit)).is_some_and(|c| "。！？；!?;\n".contains(c)))
}

/// A place that is not within a character.
fn whole(text: &[u16], at: usize) -> usize {
    match text.get(at) {
        Some(0xDC00..=0xDFFF) => at - 1,
        _ => at,
    }
}

fn is_blank(text: &[u16]) -> bool {
    text.iter().all(|&unit| is_space(unit))
}

/// White space as JavaScript has it.
fn is_space(unit: u16) -> bool {
    matches!(unit, 0x09..=0x0D | 0x20 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000 | 0xFEFF)
}

fn escape(text: &[u16], html: &mut String) {
    for c in char::decode_utf16(text.iter().copied()) {
        match c.unwrap_or(char::REPLACEMENT_CHARACTER) {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(' '),
            c => html.push(c),
        }
    }
}
