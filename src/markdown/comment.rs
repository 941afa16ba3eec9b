//! Comments that Markdown doesn't know: Obsidian's `%%…%%`, within a paragraph or around blocks, and link definitions that
//! define nothing, such as `[//]: # (…)`. They are blanked out before the body is parsed, so that nothing after the parser
//! knows of them; every other byte keeps its place.

use super::definition;
use super::options::OPTIONS;
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
    /// Marks that begin a comment of which other programs would show a part, or which may be none.
    pub spoilt: Vec<Range<usize>>,
}

/// Blanks the comments of a body.
pub(super) fn blank(body: &str) -> Uncommented<'_> {
    let mut found = Uncommented {
        text: Cow::Borrowed(body),
        comments: Vec::new(),
        unclosed: Vec::new(),
        spoilt: Vec::new(),
    };
    if body.contains("<!--") {
        html(body, &mut found);
    }
    if body.contains("%%") {
        obsidian(body, &mut found);
    }
    if definition::may_stand_in(body) {
        definitions(body, &mut found.comments);
    }
    if !found.comments.is_empty() {
        found.comments = merged(std::mem::take(&mut found.comments));
        found.text = Cow::Owned(blanked(body, &found.comments));
    }
    found
}

/// Ranges in their order, those that overlap as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut all: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match all.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => all.push(range),
        }
    }
    all
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
            Some(close) => {
                // 增长50%%，达到30%%: hidden, as what is meant to be hidden must be, and said.
                if is_percentage(body, &open) && is_percentage(body, &close) {
                    found.spoilt.push(open.start..close.end);
                }
                found.comments.push(open.start..close.end);
            }
            None if is_percentage(body, &open) => {}
            None => found.unclosed.push(open),
        }
    }
}

/// Comments of HTML that a parser of it would end too early: one that holds another, and `<!-->`, which says nothing and
/// hides nothing.
fn html(body: &str, found: &mut Uncommented<'_>) {
    let mut code: Option<Vec<Range<usize>>> = None;
    let mut at = 0;
    while let Some(open) = body[at..].find("<!--").map(|open| at + open) {
        let inner = open + "<!--".len();
        at = inner;
        let empty = ["->", ">"].iter().find(|rest| body[inner..].starts_with(**rest));
        let whole = if let Some(rest) = empty {
            Some(inner + rest.len())
        } else {
            let Some(first) = body[inner..].find("-->").map(|end| inner + end + "-->".len()) else {
                return;
            };
            at = first;
            body[inner..first]
                .contains("<!--")
                .then(|| nested(body, open, first))
                .flatten()
        };
        let Some(end) = whole else { continue };
        let code = code.get_or_insert_with(|| self::code(body));
        if code.iter().any(|span| span.contains(&open)) {
            at = inner;
            continue;
        }
        if empty.is_none() {
            found.spoilt.push(open..inner);
        }
        found.comments.push(open..end);
        at = end;
    }
}

/// Where a comment ends that holds others, the first of which ends at `first`: at the mark that goes with its own, in the
/// same paragraph, or at the end of a line where it begins one.
fn nested(body: &str, open: usize, first: usize) -> Option<usize> {
    /// How far it is looked for, in bytes: a bound keeps hostile bodies cheap.
    const FARTHEST: usize = 20_000;
    let opened = body[open..first].matches("<!--").count();
    let (mut depth, mut at) = (opened.checked_sub(1)?, first);
    while depth > 0 {
        let (mark, length) = match (body[at..].find("<!--"), body[at..].find("-->")) {
            (Some(next), Some(end)) if next < end => (at + next, "<!--".len()),
            (_, Some(end)) => (at + end, "-->".len()),
            (_, None) => return None,
        };
        depth = if length == 4 { depth + 1 } else { depth - 1 };
        at = mark + length;
        if at - open > FARTHEST {
            return None;
        }
    }
    let line = body[at..].split('\n').next().unwrap_or_default();
    let block = starts_line(body, open) && line.trim().is_empty();
    (block || !body[open..at].contains("\n\n")).then_some(at)
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
            ("前<!-- 甲 <!-- 乙 --> 丙 -->后", "前后"),
            ("前<!-- 甲 <!-- 乙 --> <!-- 丁 --> 丙 -->后", "前后"),
            ("前<!-- 甲 <!-- 乙 -->后 --> 丙", "前 丙"),
            ("前<!-- 甲 <!-- 乙 -->后", "前<!-- 甲 <!-- 乙 -->后"),
            ("<!-- 甲 --> 乙 --> 丙", "<!-- 甲 --> 乙 --> 丙"),
            ("`<!-- 甲 <!-- 乙 --> 丙 -->`", "`<!-- 甲 <!-- 乙 --> 丙 -->`"),
            ("<!-->后面的文字，<!--->再后", "后面的文字，再后"),
        ] {
            assert_eq!(shown(body), expected);
        }
        let nested = shown("<!--\n甲\n<!-- 乙 -->\n\n丙\n-->\n\n后");
        assert_eq!(nested.trim(), "后");
        let block = shown("前\n\n%%\n内部\n\n意见\n%%\n\n后");
        assert_eq!(block.split_whitespace().collect::<Vec<_>>(), ["前", "后"]);
    }

    #[test]
    fn a_comment_that_does_not_end_is_named() {
        assert_eq!(blank("前\n\n%%内部\n\n后").unclosed.len(), 1);
        assert!(blank("增长50%%。").unclosed.is_empty());
        assert_eq!(blank("增长50%%，达到30%%。").spoilt.len(), 1);
        assert_eq!(blank("<!-- 甲 <!-- 乙 --> 丙 -->").spoilt.len(), 1);
        assert!(blank("<!-- 甲 --><!-- 乙 -->").spoilt.is_empty());
    }
}
