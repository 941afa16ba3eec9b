//! Markup that is not markup where it stands: in a comment, in HTML, in a block of code. Who reads the source, or takes
//! the text elsewhere, reads it as what it is elsewhere.

use crate::markdown;
use crate::reading::Passage;
use crate::text::Traced;
use std::ops::Range;

/// Characters of which markup is made.
const MARKUP: [char; 10] = ['*', '_', '~', '=', '[', '<', '&', '`', '\\', '|'];
/// What stands around a comment.
const DELIMITERS: [(&str, &str); 2] = [("<!--", "-->"), ("%%", "%%")];

/// What a passage says when its markup is read once more.
pub(super) fn read(passage: &Passage) -> Vec<Passage> {
    let text = passage.text.text();
    let inside = within(text);
    if inside.len() == text.len() && !text.contains(MARKUP) {
        return Vec::new();
    }
    let inside = passage
        .text
        .through(&Traced::verbatim(&text[inside.clone()], inside.start));
    let mut read = vec![inside.clone()];
    if inside.text().contains(MARKUP) {
        let list = markdown::passages(inside.text()).list;
        read.extend(list.into_iter().map(|inner| inside.through(&inner.text)));
    }
    let bare: Vec<Traced> = read.iter().filter_map(without_marks).collect();
    read.extend(bare);
    read.retain(|again| again.text() != text);
    let again = |text| Passage {
        text,
        what: passage.what,
        cues: passage.cues.clone(),
    };
    read.into_iter().map(again).collect()
}

/// A text without the pairs of `**`, `==` and `~~` that touch a letter or digit; other runs mask something.
fn without_marks(traced: &Traced) -> Option<Traced> {
    let text = traced.text();
    let mut bare = Traced::default();
    let (mut kept, mut at) = (0, 0);
    let mut open = None;
    while let Some(found) = text[at..].find(['*', '=', '~']) {
        let start = at + found;
        let mark = &text[start..=start];
        let run = text[start..].len() - text[start..].trim_start_matches(mark).len();
        at = start + run;
        let touches = |it: Option<char>| it.is_some_and(|it| it.is_numeric() || it.is_ascii_alphabetic());
        let touched = touches(text[..start].chars().next_back()) || touches(text[at..].chars().next());
        if run == 2 && (touched || open == Some(mark)) {
            bare.push(&text[kept..start], kept..start);
            kept = at;
            open = if open == Some(mark) { None } else { Some(mark) };
        }
    }
    bare.push(&text[kept..], kept..text.len());
    (kept > 0).then(|| traced.through(&bare))
}

/// The bytes of a text without what makes it a comment.
fn within(text: &str) -> Range<usize> {
    let marks = DELIMITERS.iter().find_map(|(open, close)| {
        let inner = text.trim_end().strip_prefix(open)?.strip_suffix(close)?;
        Some(open.len()..open.len() + inner.len())
    });
    marks.unwrap_or(0..text.len())
}
