//! The Markdown of a public document for download: without comments, and without the paths of what
//! its links may not lead to.

use super::{Resolve, Target};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A link that leads nowhere: its range, and that of what stands inside it.
struct Link {
    whole: Range<usize>,
    inside: Option<Range<usize>>,
}

/// The body with its comments taken out and with links that lead nowhere as plain text.
pub fn public_source(body: &str, resolver: &dyn Resolve) -> String {
    let parser = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
    let leads_nowhere = |target: &CowStr| is_relative(target) && resolver.resolve(target) == Target::Nowhere;
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for (_, definition) in parser.reference_definitions().iter() {
        if leads_nowhere(&definition.dest) {
            cuts.push(definition.span.clone());
        }
    }
    // Links that are being read; `None` for those that may stay.
    let mut open: Vec<Option<Link>> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        if let Event::End(TagEnd::Link | TagEnd::Image) = event {
            if let Some(Some(Link { whole, inside })) = open.pop() {
                let inside = inside.unwrap_or(whole.start..whole.start);
                cuts.extend([whole.start..inside.start, inside.end..whole.end]);
            }
            continue;
        }
        for link in open.iter_mut().flatten() {
            let known = link.inside.get_or_insert(range.clone());
            known.end = known.end.max(range.end);
        }
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                open.push(leads_nowhere(&dest_url).then_some(Link {
                    whole: range,
                    inside: None,
                }));
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => cuts.extend(comments(body, range)),
            _ => {}
        }
    }
    without(body, cuts)
}

/// Whether a target names something of the corpus: no scheme, no host, not a place in the same text.
fn is_relative(target: &str) -> bool {
    let scheme = target
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|head| head.contains(':'));
    !scheme && !target.starts_with("//") && !target.starts_with('#')
}

/// The comments in a range of HTML; one that isn't closed goes to the range's end.
fn comments(body: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(start) = body
        .get(at..range.end)
        .and_then(|rest| rest.find("<!--"))
        .map(|offset| at + offset)
    {
        let end = body[start..range.end]
            .find("-->")
            .map_or(range.end, |offset| start + offset + 3);
        found.push(start..end);
        at = end;
    }
    found
}

/// The text without the cuts. A line of which nothing is left goes too, and a block with the blank lines that parted
/// it: that something was there leaves no trace.
fn without(text: &str, mut cuts: Vec<Range<usize>>) -> String {
    cuts.sort_by_key(|cut| (cut.start, cut.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        if cut.start > at {
            out.push_str(&text[at..cut.start]);
        }
        at = at.max(cut.end);
        let starts_line = out.is_empty() || out.ends_with('\n');
        if starts_line && text[at..].starts_with('\n') {
            at += 1;
        }
        let starts_block = out.ends_with("\n\n") || out.bytes().all(|byte| byte == b'\n');
        if starts_block {
            at += text[at..].len() - text[at..].trim_start_matches('\n').len();
        }
    }
    out + &text[at.min(text.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;

    struct OnlyKnown;

    impl Resolve for OnlyKnown {
        fn resolve(&self, target: &str) -> Target {
            if target.contains("known") {
                Target::Href(target.to_owned())
            } else {
                Target::Nowhere
            }
        }
    }

    #[test]
    fn comments_and_paths_that_lead_nowhere_are_taken_out() {
        for (body, expected) in [
            (
                "见[甲**案**](../secret.md)和[乙](known.md)。",
                "见甲**案**和[乙](known.md)。",
            ),
            ("![图](secret.png \"题\")尾", "图尾"),
            ("[甲][1]\n\n[1]: secret.md\n\n尾", "甲\n\n尾"),
            ("前<!-- 密 -->后\n\n<!-- 一\n\n二 -->\n\n尾", "前后\n\n尾"),
            (
                "`<!-- 代码 -->` [网](https://example.org) [节](#s)",
                "`<!-- 代码 -->` [网](https://example.org) [节](#s)",
            ),
            ("[](secret.md)尾", "尾"),
            ("前\n<!-- 密 -->\n后", "前\n后"),
            ("<!-- 密 -->\n\n前", "前"),
            ("[![图](secret.png)](secret.md)", "图"),
        ] {
            assert_eq!(public_source(body, &OnlyKnown).trim_end(), expected, "{body}");
        }
    }
}
