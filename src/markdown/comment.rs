//! Comments that Markdown doesn't know: Obsidian's `%%…%%`, within a paragraph or around blocks, and link definitions that
//! define nothing, such as `[//]: # (…)`. They are blanked out before the body is parsed, so that nothing after the parser
//! knows of them; every other byte keeps its place.

use super::definition;
use super::parse::OPTIONS;
use pulldown_cmark::{Event, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// Takes the place of a comment within a line: neither blank nor punctuation to the parser, and in no text.
pub(super) const BLANK: char = '\u{7F}';

/// A body without its comments.
#[derive(Debug)]
pub(super) struct Uncommented<'a> {
    /// The body with blanks in their place.
    pub text: Cow<'a, str>,
    /// Where they stand, their marks included.
    pub comments: Vec<Range<usize>>,
    /// Marks that begin a comment which doesn't end.
    pub unclosed: Vec<Range<usize>>,
}

/// Blanks the comments of a body.
pub(super) fn blank(body: &str) -> Uncommented<'_> {
    let mut found = Uncommented {
        text: Cow::Borrowed(body),
        comments: Vec::new(),
        unclosed: Vec::new(),
    };
    if body.contains("%%") {
        obsidian(body, &mut found);
    }
    if definition::may_stand_in(body) {
        definitions(body, &mut found.comments);
    }
    if !found.comments.is_empty() {
        found.text = Cow::Owned(blanked(body, &found.comments));
    }
    found
}

fn obsidian(body: &str, found: &mut Uncommented<'_>) {
    let mut marks = marks(body).into_iter().peekable();
    while let Some(open) = marks.next() {
        // `%%%%` is a comment that says nothing.
        if open.len() >= 4 {
            found.comments.push(open);
            continue;
        }
        let closes =
            |close: &Range<usize>| starts_line(body, open.start) || !body[open.end..close.start].contains("\n\n");
        match marks.next_if(closes) {
            Some(close) => found.comments.push(open.start..close.end),
            None if is_percentage(body, &open) => {}
            None => found.unclosed.push(open),
        }
    }
}

/// Adds the link definitions that are comments, but for what is code or a comment already.
fn definitions(body: &str, comments: &mut Vec<Range<usize>>) {
    let mut found = definition::find(body);
    if found.is_empty() {
        return;
    }
    let mut taken = [code(body), comments.clone()].concat();
    taken.sort_by_key(|span| span.start);
    found.retain(|span| {
        let before = taken.partition_point(|other| other.start <= span.start);
        before == 0 || taken[before - 1].end <= span.start
    });
    comments.extend(found);
    comments.sort_by_key(|span| span.start);
}

/// Where code stands.
fn code(body: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(body, OPTIONS).into_offset_iter();
    let code = events.filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))));
    code.map(|(_, span)| span).collect()
}

/// Where `%%` stands outside of code and of the targets of links.
fn marks(body: &str) -> Vec<Range<usize>> {
    let code = code(body);
    let mut marks: Vec<Range<usize>> = Vec::new();
    for (at, _) in body.match_indices("%%") {
        let within = code.iter().any(|span| span.contains(&at));
        let line = body[..at].rfind('\n').map_or(0, |feed| feed + 1);
        let target = body[line..at]
            .rfind("](")
            .is_some_and(|open| !body[line + open..at].contains(')'));
        if within || target {
            continue;
        }
        match marks.last_mut() {
            Some(last) if last.end == at => last.end = at + 2,
            _ => marks.push(at..at + 2),
        }
    }
    marks
}

/// Whether nothing but the marks of quotes and lists stands before a place on its line.
fn starts_line(body: &str, at: usize) -> bool {
    let line = body[..at].rfind('\n').map_or(0, |feed| feed + 1);
    body[line..at].chars().all(|mark| " \t>-*+".contains(mark))
}

/// 50%%: a slip of the pen, not the beginning of a comment.
fn is_percentage(body: &str, mark: &Range<usize>) -> bool {
    body[..mark.start].ends_with(|before: char| before.is_numeric())
}

fn blanked(body: &str, comments: &[Range<usize>]) -> String {
    let mut text = String::with_capacity(body.len());
    let mut from = 0;
    for comment in comments {
        text.push_str(&body[from..comment.start]);
        let block = body[..comment.start].is_empty() || body[..comment.start].ends_with('\n');
        for line in body[comment.clone()].split_inclusive('\n') {
            let (shown, feed) = match line.strip_suffix('\n') {
                Some(shown) => (shown, "\n"),
                None => (line, ""),
            };
            let after = &body[comment.end..];
            let whole = block && (!feed.is_empty() || after.is_empty() || after.starts_with('\n'));
            let blank = if whole { ' ' } else { BLANK };
            text.extend(std::iter::repeat_n(blank, shown.len()));
            text.push_str(feed);
        }
        from = comment.end;
    }
    text + &body[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> String {
        let found = blank(body);
        assert_eq!(found.text.len(), body.len());
        found.text.replace(BLANK, "")
    }

    #[test]
    fn comments_are_blanked_and_everything_else_keeps_its_place() {
        for (body, expected) in [
            ("正文。%%内部%%后文。", "正文。后文。"),
            ("一%%甲%%二%%乙%%三", "一二三"),
            ("写作`%%注释%%`的是注释", "写作`%%注释%%`的是注释"),
            ("```\n%%码%%\n```", "```\n%%码%%\n```"),
            ("[图](a%%20b%%.png)", "[图](a%%20b%%.png)"),
            ("空%%%%的", "空的"),
            ("增长50%%，\n\n下降60%%。", "增长50%%，\n\n下降60%%。"),
            ("> %%内部%%\n> 后", "> \n> 后"),
        ] {
            assert_eq!(shown(body), expected);
        }
        let block = shown("前\n\n%%\n内部\n\n意见\n%%\n\n后");
        assert_eq!(block.split_whitespace().collect::<Vec<_>>(), ["前", "后"]);
    }

    #[test]
    fn a_comment_that_does_not_end_is_named() {
        assert_eq!(blank("前\n\n%%内部\n\n后").unclosed.len(), 1);
        assert!(blank("增长50%%。").unclosed.is_empty());
    }
}
