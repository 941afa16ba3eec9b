//! Comments whose marks a word processor spoilt: `<!—— 批注 ——>`, `<！-- 批注 -->`, `<!– 批注 –>`.

use super::{Edit, Note, any_of};
use crate::markdown::report::Finding;
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Comments of a body that are looked at; one with more has one reason for all of them.
const MOST: usize = 200;

/// The edits that make comments of them, so that they stay hidden, and what to say of each; of one that doesn't end only
/// the latter.
pub(super) fn edits(body: &str) -> (Vec<Edit>, Vec<Note>) {
    let (mut edits, mut notes) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(open) = opening(body, from).filter(|_| notes.len() < MOST) {
        from = open.end;
        let mut tell = |finding| {
            notes.push(Note {
                finding,
                what: body[open.clone()].to_owned(),
                span: open.clone(),
            });
        };
        // Within a paragraph a comment ends before the next one.
        let starts_line = body[..open.start].trim_end_matches([' ', '>']).ends_with('\n') || open.start == 0;
        let within = |close: &Range<usize>| starts_line || !body[open.end..close.start].contains("\n\n");
        match closing(body, open.end).filter(within) {
            Some(close) => {
                tell(Finding::SpoiltComment);
                from = close.end;
                edits.push(Edit::new(open, "<!--"));
                edits.push(Edit::new(close, "-->"));
            }
            None => tell(Finding::UnclosedComment),
        }
    }
    (edits, notes)
}

/// The next mark from a place on that begins such a comment, and no sound one.
fn opening(body: &str, from: usize) -> Option<Range<usize>> {
    static BEGINS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&["<!", "<！", "＜!", "＜！"]));
    let mut found = BEGINS.find_iter(&body[from..]).filter_map(|begin| {
        let (at, dashes) = (begin.start(), &body[from + begin.end()..]);
        let length = dashes_in(dashes);
        let end = body.len() - dashes.len() + length;
        let written = &body[from + at..end];
        let fits = length > 1 && !written.starts_with("<!--");
        fits.then_some(from + at..end)
    });
    found.next()
}

/// The next mark that ends a comment, sound or not.
fn closing(body: &str, from: usize) -> Option<Range<usize>> {
    let ends = body[from..].match_indices(['>', '＞']);
    let mut found = ends.filter_map(|(at, angle)| {
        let before = &body[from..from + at];
        let kept = before.trim_end_matches(is_dash);
        let dashes = &before[kept.len()..];
        (dashes.len() > 1).then_some(from + kept.len()..from + at + angle.len())
    });
    found.next()
}

/// The bytes of the dashes that a text begins with.
fn dashes_in(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_dash).len()
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '－' | '−' | '\u{2010}'..='\u{2015}')
}
