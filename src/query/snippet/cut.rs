//! Cutting a passage around a window, at the borders of sentences where they are near.

use std::ops::Range;

/// Length of a snippet in bytes: about 120 Han characters, which is as wide as 240 Latin ones.
pub(super) const LENGTH: usize = 360;
/// How far before the window its sentence is looked for.
const BEFORE: usize = 120;
/// What is shown before the window where its sentence begins further back.
const LEAD: usize = 45;

/// Cuts the text around a window (bytes of the raw text) and marks ranges in it.
pub(super) fn around(text: &str, window: Range<usize>, marks: &[Range<usize>]) -> String {
    let start = start(text, window.start);
    let end = end(text, start, window.end);
    let shown = &text[start..end];
    let start = start + (shown.len() - shown.trim_start().len());
    let end = start + text[start..end].trim_end().len();
    let mut html = String::with_capacity(LENGTH + 64);
    if !text[..start].trim().is_empty() {
        html.push('…');
    }
    write_marked(text, start..end, marks, &mut html);
    if !text[end..].trim().is_empty() {
        html.push('…');
    }
    html
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n')
}

fn start(text: &str, window: usize) -> usize {
    let from = floor(text, window.saturating_sub(BEFORE));
    let sentence = text[from..window].char_indices().rev().find(|&(_, c)| ends_sentence(c));
    match sentence {
        Some((at, c)) => from + at + c.len_utf8(),
        None if from == 0 => 0,
        None => floor(text, window.saturating_sub(LEAD)),
    }
}

fn end(text: &str, start: usize, window: usize) -> usize {
    let limit = floor(text, start.saturating_add(LENGTH)).max(window);
    if limit == text.len() {
        return limit;
    }
    let sentence = text[window..limit]
        .char_indices()
        .rev()
        .find(|&(_, c)| ends_sentence(c));
    sentence.map_or(limit, |(at, c)| window + at + c.len_utf8())
}

/// The nearest character border at or before an offset.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Writes a range of the text escaped, with the marks in it; marks are sorted and may overlap.
fn write_marked(text: &str, range: Range<usize>, marks: &[Range<usize>], html: &mut String) {
    let mut at = range.start;
    let mut marks = marks
        .iter()
        .filter(|mark| mark.start >= range.start && mark.end <= range.end)
        .peekable();
    while let Some(mark) = marks.next() {
        let mut end = mark.end;
        // Marks that touch are one: two pairs of units of one word must not show a seam.
        while let Some(next) = marks.next_if(|next| next.start <= end) {
            end = end.max(next.end);
        }
        escape(&text[at..mark.start.max(at)], html);
        html.push_str("<mark>");
        escape(&text[mark.start.max(at)..end.max(at)], html);
        html.push_str("</mark>");
        at = end.max(at);
    }
    escape(&text[at..range.end], html);
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(' '),
            _ => html.push(c),
        }
    }
}
