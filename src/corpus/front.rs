//! Splits the front matter from the body, and says what keeps one from being read.

mod format;
pub(crate) mod known;
mod second;

use crate::text::normalize::is_dropped;
use format::other_format;
use known::{Head, says_draft};
use second::second;
use std::ops::Range;

/// Lines after which a front matter is not front matter any more.
pub(super) const MAX_LINES: usize = 20_000;
/// Bytes after which a front matter is not front matter any more.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// Where a text's front matter and body are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// The YAML between the `---` lines.
    pub front: Option<Range<usize>>,
    /// The Markdown after it.
    pub body: Range<usize>,
    /// What is wrong with the front matter as a whole.
    pub problem: Option<Problem>,
}

/// A front matter that can't be taken as one, or not for sure: the document stays internal and a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// It begins but no `---` line ends it: the whole text is taken as the body.
    Unclosed,
    /// It is larger than [`MAX_LINES`] or [`MAX_BYTES`]: it is passed over.
    TooLong { lines: usize },
    /// This stands before its first `---`.
    Before(Range<usize>),
    /// This line stands where `---` should.
    Fence(Range<usize>),
    /// Its first keys, in this line, have no `---` before them.
    NoFence(Range<usize>),
    /// It ends at this line of dashes, and what follows up to the next one is keys and values, too.
    EndsEarly(Range<usize>),
    /// Another one begins in this line of the body: two documents were joined in one file.
    Second(Range<usize>),
    /// It is written in this other format.
    Format(&'static str),
}

/// Lines that are looked at for a `---`, or for keys after it; what nobody sees doesn't count.
const FARTHEST: usize = 30;

/// Splits a text. A first line `---` that no key follows is a thematic break, not a front matter.
pub(super) fn split(text: &str) -> Split {
    let whole = |problem| Split {
        front: None,
        body: 0..text.len(),
        problem,
    };
    if text.starts_with("---")
        && let Some(start) = fence(text, 0)
        && begins_with_key(&text[start..])
    {
        return closed(text, start);
    }
    if let Some(name) = other_format(text) {
        return whole(Some(Problem::Format(name)));
    }
    if text.strip_prefix("---").is_some_and(|rest| Head::of(rest).begins) {
        let line = text.split('\n').next().unwrap_or_default();
        return whole(Some(Problem::Fence(0..line.trim_end().len())));
    }
    let silent = silent_length(text);
    let begin = lines(&text[silent..]).map(|(at, line)| (silent + at, line));
    // A comment may hold a front matter, too.
    let places = begin.take(FARTHEST).chain(lines(text).take(FARTHEST));
    for (at, line) in places.filter(|(_, line)| !line.trim_matches(is_blank).is_empty()) {
        if let Some(split) = split_at(text, at, line) {
            return split;
        }
    }
    // Text of any length may stand before it.
    whole(second(text).map(|_| Problem::Before(first_line(text, 0..text.len()))))
}

/// What a line shows that stands where a front matter may begin; nothing where it is a line of the body.
fn split_at(text: &str, at: usize, line: &str) -> Option<Split> {
    let whole = |problem| Split {
        front: None,
        body: 0..text.len(),
        problem: Some(problem),
    };
    let place = at..at + line.trim_end().len();
    let silent = is_silent(&text[..at]);
    let (head, next) = (Head::of(&text[at..]), Head::of(&text[at + line.len()..]));
    if head.is_front(silent) || says_draft(line) {
        return Some(whole(Problem::NoFence(place)));
    }
    if !next.begins {
        return None;
    }
    let dashes = at + line.len() - line.trim_start_matches(is_blank).len();
    if let Some(start) = fence(text, dashes) {
        return Some(preceded(text, dashes, start));
    }
    (silent && is_like_fence(line, &next)).then(|| whole(Problem::Fence(place)))
}

/// The front matter that begins at `start`, up to the `---` that ends it.
fn closed(text: &str, start: usize) -> Split {
    let mut at = start;
    let mut lines = 0;
    while at < text.len() {
        if let Some(end) = fence(text, at) {
            let too_long = lines > MAX_LINES || at - start > MAX_BYTES;
            let goes_on = goes_on(&text[end..]) || is_torn(&text[start..at], &text[end..]);
            let early = goes_on.then(|| Problem::EndsEarly(at..at + text[at..end].trim_end().len()));
            let again = || second(&text[end..]).map(|line| Problem::Second(end + line.start..end + line.end));
            return Split {
                front: (!too_long).then_some(start..at),
                body: end..text.len(),
                problem: too_long.then_some(Problem::TooLong { lines }).or(early).or_else(again),
            };
        }
        at += text[at..].find('\n').map_or(text.len() - at, |length| length + 1);
        lines += 1;
    }
    Split {
        front: None,
        body: 0..text.len(),
        problem: Some(Problem::Unclosed),
    }
}

/// Whether a body begins with the rest of the front matter, or with another one.
fn goes_on(body: &str) -> bool {
    let first = lines(body).find(|(_, line)| !line.trim_matches(is_blank).is_empty());
    let second = first.and_then(|(at, _)| fence(body, at));
    let adjoins = first.is_some_and(|(at, _)| at == 0);
    adjoins && Head::of(body).is_rest() || second.is_some_and(|start| Head::of(&body[start..]).is_rest())
}

/// Whether an entry begins in a front matter and ends behind it: the next line belongs below its last one, and another
/// `---` ends that.
fn is_torn(front: &str, body: &str) -> bool {
    let said = |line: &&str| !line.trim_matches(is_blank).is_empty() && !line.trim_start().starts_with('#');
    let (Some(last), Some(first)) = (front.lines().rfind(said), body.lines().next().filter(said)) else {
        return false;
    };
    let key = first
        .trim_start()
        .trim_start_matches("- ")
        .split(':')
        .next()
        .unwrap_or_default();
    let behind = first.trim_start().trim_start_matches("- ").get(key.len() + 1..);
    let is_key =
        !key.contains([' ', '。', '，']) && behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let below = first.starts_with(' ') && (is_key || last.starts_with(' '));
    let item = first.starts_with("- ") && last.trim_end().ends_with(':');
    let mut rest = lines(body).skip(1).take(FARTHEST);
    let ends = rest.find(|(at, line)| fence(body, *at).is_some() || line.trim_matches(is_blank).is_empty());
    (below || item) && ends.is_some_and(|(at, _)| fence(body, at).is_some())
}

/// A front matter with something before its first `---`, which stands at `dashes`. It is read, unless what stands
/// before is text of the body.
fn preceded(text: &str, dashes: usize, start: usize) -> Split {
    let before = &text[..dashes];
    let place = first_line(text, 0..dashes);
    let split = closed(text, start);
    if is_silent(before) {
        let problem = split.problem.or(Some(Problem::Before(place)));
        return Split { problem, ..split };
    }
    // Lines between two rules are no front matter unless they are keys.
    let is_front = split.problem != Some(Problem::Unclosed) && Head::of(&text[start..]).is_several();
    Split {
        front: None,
        body: 0..text.len(),
        problem: is_front.then_some(Problem::Before(place)),
    }
}

/// The first line of a part of a text that isn't empty, or the whole part.
fn first_line(text: &str, part: Range<usize>) -> Range<usize> {
    let said = &text[part.clone()];
    let first = said.len() - said.trim_start_matches('\n').len();
    match said[first..].split('\n').next() {
        Some(line) if !line.is_empty() => part.start + first..part.start + first + line.len(),
        _ => part,
    }
}

/// The lines of a text with their offsets, line feeds included.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// The end of the line at `at` if it is `---` or `...` and nothing more; blanks of any kind after it don't count.
fn fence(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].split('\n').next().unwrap_or_default();
    matches!(line.trim_end_matches(is_blank), "---" | "...").then(|| (at + line.len() + 1).min(text.len()))
}

/// White space, and what nobody sees.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{2800}' || is_dropped(letter)
}

/// How much of a text's beginning no page would show: blanks and comments.
fn silent_length(text: &str) -> usize {
    let mut rest = text.trim_start_matches(is_blank);
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            break;
        };
        rest = after.trim_start_matches(is_blank);
    }
    text.len() - rest.len()
}

/// Whether nothing stands there that a page would show.
fn is_silent(text: &str) -> bool {
    silent_length(text) == text.len()
}

/// Whether a line before keys stands where `---` is meant: other dashes, another number of them, escaped or quoted ones,
/// a fence of code; before several keys any line without a letter.
fn is_like_fence(line: &str, next: &Head) -> bool {
    let seen: String = line.chars().filter(|letter| !is_blank(*letter)).collect();
    let marks = seen.trim_start_matches(['>', '＞', '\\']);
    let dash = |letter: char| {
        "-_=*~－﹣﹘−一ー＝➖".contains(letter) || matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2500}'..='\u{257F}')
    };
    let dashes = marks.chars().count() >= 2 && marks.chars().all(dash);
    let signs = next.is_several() && !seen.contains(char::is_alphanumeric);
    dashes || signs || ["---", "```", "~~~"].iter().any(|fence| marks.starts_with(fence))
}

/// Whether a front matter is there and says nothing: up to its end it has blank lines, or comments, or one sign of nothing.
/// A heading that stands by itself between two rules is none.
fn is_empty(text: &str) -> bool {
    let (mut blank, mut comment, mut nothing) = (false, false, false);
    for (at, line) in lines(text).take(FARTHEST) {
        if fence(text, at).is_some() {
            return !(blank && comment);
        }
        match line.trim_matches(is_blank) {
            "" => blank = true,
            "~" | "null" | "{}" if !nothing => nothing = true,
            remark if remark.starts_with('#') => comment = true,
            _ => return false,
        }
    }
    false
}

/// Whether the first line that says something looks like `key:`, or the front matter is empty.
fn begins_with_key(text: &str) -> bool {
    if is_empty(text) {
        return true;
    }
    // Nothing, or a tag or an anchor of the whole: `!!map`, `&all`.
    let is_mark = |line: &str| {
        line.split_whitespace()
            .all(|word| word.starts_with("!!") || word.starts_with('&'))
    };
    let first = text
        .lines()
        .map(|line| line.trim_matches(is_blank))
        .find(|line| !line.starts_with('#') && !is_mark(line));
    let Some(line) = first else { return false };
    if matches!(line, "---" | "...") {
        return false;
    }
    // `? kind` and `: report` in the next line, or with key and value each in a line of its own.
    let is_explicit = |line: &str, sign: char| {
        line.strip_prefix(sign)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if is_explicit(line, '?') && text.lines().any(|line| is_explicit(line, ':')) {
        return true;
    }
    if Head::of(text).begins || line.starts_with('{') && format::holds_json_key(line) {
        return true;
    }
    let Some(colon) = line.find([':', '：']) else {
        return line.starts_with('{') || line.starts_with("<<<<<<<");
    };
    let key = line[..colon].trim_matches(['"', '\'', ' ']);
    let after = &line[colon..];
    let sentence = line.ends_with(['。', '！', '？', '；']);
    let separated = match after.strip_prefix(':') {
        Some(value) => value.chars().next().is_none_or(is_blank),
        None => !sentence,
    };
    separated
        && !key.is_empty()
        && key.chars().count() <= 30
        && !key.contains(['。', '，', '；', '*', '[', '!', '|', '='])
}

#[cfg(test)]
mod tests;
