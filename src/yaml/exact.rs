//! The exact characters of a node. The parser counts what goes before a value (its anchor, its tag, the head of a block
//! scalar) and what follows it (blanks, a comment, the next line) in or out of it as its tokens happen to fall; whoever
//! replaces a value needs its own characters alone.

use saphyr_parser::ScalarStyle;
use std::ops::Range;

/// Where a node stands: its anchor, its tag and the head of a block scalar from `lead` to the start of the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exact {
    /// Where the node begins.
    pub lead: usize,
    /// The characters of the value.
    pub value: Range<usize>,
}

/// What the parser says of a scalar.
pub(super) struct Scalar {
    pub span: Range<usize>,
    pub style: ScalarStyle,
    pub empty: bool,
    /// Whether it has an anchor or a tag.
    pub marked: bool,
}

/// The place of a scalar. `from` is the end of what was read before it.
pub(super) fn scalar(text: &str, from: usize, scalar: &Scalar) -> Exact {
    let block = matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded);
    if block {
        return block_scalar(text, from, scalar);
    }
    if scalar.empty && scalar.style == ScalarStyle::Plain {
        return nothing(text, from, scalar);
    }
    let lead = scalar.span.start;
    let start = if scalar.marked { after_marks(text, lead) } else { lead };
    let end = match text.as_bytes().get(start) {
        Some(b'"') => closing(text, start, b'"', true),
        Some(b'\'') => closing(text, start, b'\'', false),
        _ => start + text[start..scalar.span.end.max(start)].trim_end().len(),
    };
    Exact {
        lead,
        value: start..end,
    }
}

/// The place of a list's first character. `from` is the end of what was read before it.
pub(super) fn list(text: &str, from: usize, start: usize, marked: bool) -> Exact {
    // A list that stands no deeper than its key begins, for the parser, behind its first dash.
    let mut dash = skip(text, from);
    if text[dash..].starts_with(':') {
        dash = skip(text, dash + 1);
    }
    let announced = !marked && !text[start..].starts_with(['-', '[']);
    let is_behind = announced && text[dash..].starts_with('-') && skip(text, dash + 1) >= start;
    collection(text, if is_behind { dash } else { start }, marked)
}

/// The place of a collection's first character.
pub(super) fn collection(text: &str, start: usize, marked: bool) -> Exact {
    let inner = if marked { after_marks(text, start) } else { start };
    Exact {
        lead: start,
        value: inner..inner,
    }
}

/// A value that isn't written: its place is behind its marks, else behind the sign that announces it.
fn nothing(text: &str, from: usize, scalar: &Scalar) -> Exact {
    if scalar.marked {
        let end = scalar.span.start + text[scalar.span.clone()].trim_end().len();
        return Exact {
            lead: scalar.span.start,
            value: end..end,
        };
    }
    let at = scalar.span.start;
    let announced = at >= from && matches!(text.as_bytes().get(at), Some(b':' | b'?'));
    let dash = skip(text, from);
    let at = if announced {
        at + 1
    } else if text[dash..].starts_with('-') {
        dash + 1
    } else {
        from
    };
    Exact {
        lead: at,
        value: at..at,
    }
}

/// `|` or `>` with its signs, then whole lines.
fn block_scalar(text: &str, from: usize, scalar: &Scalar) -> Exact {
    let as_given = Exact {
        lead: scalar.span.start,
        value: scalar.span.clone(),
    };
    let mut lead = from;
    loop {
        lead = skip(text, lead);
        match text.as_bytes().get(lead) {
            Some(b':' | b'-' | b'?') => lead += 1,
            _ => break,
        }
    }
    let head = if scalar.marked { after_marks(text, lead) } else { lead };
    if !text[head..].starts_with(['|', '>']) {
        return as_given;
    }
    let line_end = text[head..].find('\n').map_or(text.len(), |feed| head + feed + 1);
    let body = &text[line_end..scalar.span.end.max(line_end)];
    let blank = body.len() - body.trim_start().len();
    // The first line's own indentation is in what was trimmed; blank lines above it are content too.
    let start = line_end + if scalar.empty { 0 } else { blank };
    let end = line_end + body.trim_end().len();
    Exact {
        lead,
        value: start..end.max(start),
    }
}

/// Behind an anchor and a tag, and what parts them from the value.
fn after_marks(text: &str, at: usize) -> usize {
    let mut at = at;
    while let Some(b'&' | b'!') = text.as_bytes().get(at) {
        let rest = &text[at..];
        let verbatim = rest.starts_with("!<").then(|| rest.find('>')).flatten();
        let end = verbatim.map_or_else(
            || rest.find(|sign: char| sign.is_whitespace() || ",[]{}".contains(sign)),
            |close| Some(close + 1),
        );
        at = skip(text, end.map_or(text.len(), |end| at + end));
    }
    at
}

/// Behind a closing quote; in double quotes a backslash takes the next sign with it, in single ones two are one.
fn closing(text: &str, start: usize, quote: u8, escapes: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        if escapes && byte == b'\\' {
            at += 2;
        } else if byte != quote {
            at += 1;
        } else if !escapes && bytes.get(at + 1) == Some(&quote) {
            at += 2;
        } else {
            return at + 1;
        }
    }
    text.len()
}

/// A text of as many characters without the comment between two brackets that hold nothing else: where the closing one
/// begins its line, the parser stops at it (at the character of this number) for want of indentation.
pub(super) fn without_remark(text: &str, stopped: usize) -> Option<String> {
    let at = text.char_indices().nth(stopped).map_or(text.len(), |(at, _)| at);
    let close = skip(text, at);
    if !text[close..].starts_with([']', '}']) {
        return None;
    }
    let mut brackets = text[..close].match_indices(['[', '{']);
    let open = brackets.find(|(open, _)| skip(text, open + 1) == close)?.0 + 1;
    let blank: String = text[open..close].chars().map(|_| ' ').collect();
    (blank != text[open..close]).then(|| [&text[..open], &blank, &text[close..]].concat())
}

/// The next place that says something: behind blanks, line ends and comments.
pub(crate) fn skip(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{FEFF}']).len();
        let begins_line = at == 0 || text[..at].ends_with([' ', '\t', '\n', '\r']);
        if !text[at..].starts_with('#') || !begins_line {
            return at;
        }
        at += text[at..].find('\n').unwrap_or(text.len() - at);
    }
}
