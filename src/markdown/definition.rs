//! Link definitions that are comments: `[//]: # (…)`, `[comment]: <> (…)`, `[^_^]: # (…)`, and what is typed like them.
//!
//! CommonMark knows only some of them, and only after a blank line; what it doesn't take for a definition it shows. To their
//! author each is a line that nobody sees.

use std::ops::Range;

/// Labels that say of what stands behind them that it is a comment.
const LABELS: [&str; 16] = [
    "comment",
    "comments",
    "hidden",
    "internal",
    "private",
    "todo",
    "fixme",
    "注释",
    "批注",
    "内部",
    "内部意见",
    "内部批注",
    "隐藏",
    "备忘",
    "待办",
    "不公开",
];
/// Signs that make up a label which names nothing.
const SIGNS: &str = "/\\#^_-.><=!;%~|$&@+";
/// Pairs that a title stands in.
const PAIRS: [(char, char); 5] = [('(', ')'), ('（', '）'), ('"', '"'), ('\'', '\''), ('“', '”')];

/// Whether a body may have any.
pub(super) fn may_stand_in(body: &str) -> bool {
    body.contains("]:") || body.contains("]：") || body.contains("] :")
}

/// Where a body may have them, in code too.
pub(super) fn find(body: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut paragraph, mut unclosed) = (0, 0, false);
    for line in body.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches(MARGIN).len();
        at += line.len();
        if start >= paragraph {
            (paragraph, unclosed) = (body[start..].find("\n\n").map_or(body.len(), |end| start + end), false);
        }
        if start >= at || found.last().is_some_and(|last| last.end > start) {
            continue;
        }
        // Where one title doesn't end nobody looks for the end of the next.
        let text = &body[start..if unclosed { at } else { paragraph.max(at) }];
        if let Some(end) = end(text) {
            unclosed |= end.is_none();
            let line = text.find('\n').unwrap_or(text.len());
            found.push(start..start + end.unwrap_or(line));
        }
    }
    found
}

/// What may stand before one on its line: blanks, the marks of quotations and lists.
const MARGIN: [char; 8] = [' ', '\t', '>', '-', '*', '+', '\u{3000}', '\u{A0}'];

/// Where the comment ends that a text begins with, if it is one; nothing where its title isn't closed.
fn end(text: &str) -> Option<Option<usize>> {
    let first = text.split('\n').next().unwrap_or_default();
    let (label, _) = first.strip_prefix('[')?.split_once(']')?;
    let after = text[label.len() + 2..].trim_start_matches([' ', '\t']);
    let rest = after.strip_prefix([':', '：'])?.trim_start_matches([' ', '\t']);
    // The target may stand on the next line.
    let next = rest.trim_start_matches('\r').strip_prefix('\n');
    let next = next.map(|next| next.trim_start_matches([' ', '\t', '>']));
    let rest = next
        .filter(|next| next.starts_with(['#', '<', '(', '（']))
        .unwrap_or(rest);
    let title = rest.strip_prefix("<>").or_else(|| rest.strip_prefix(['#', '＃']));
    let title = title.map(|title| title.trim_start_matches([' ', '\t']));
    let title = title.map(|title| below(title).unwrap_or(title));
    let is_titled = title.is_some_and(|title| title.starts_with(PAIRS.map(|(open, _)| open)));
    let named = !label.is_empty() && label.chars().all(|sign| SIGNS.contains(sign));
    let word = label.trim().trim_start_matches('^').to_lowercase();
    let labelled = LABELS.contains(&word.as_str()) && !rest.starts_with("http");
    let is_comment = named || labelled || is_titled && !label.starts_with('^');
    is_comment.then(|| {
        let title = title.unwrap_or(rest);
        closing(title).map(|end| text.len() - title.len() + end)
    })
}

/// The title that stands on the line below, with nothing behind it.
fn below(title: &str) -> Option<&str> {
    let next = title.trim_start_matches('\r').strip_prefix('\n')?;
    let next = next.trim_start_matches([' ', '\t', '>']);
    let line = next.lines().next().unwrap_or_default().trim_end();
    let pair = [('(', ')'), ('"', '"'), ('\'', '\'')]
        .into_iter()
        .any(|(open, close)| line.len() > 1 && line.starts_with(open) && line.ends_with(close));
    pair.then_some(next)
}

/// Where the line ends on which a title is closed, or the line of one that stands in no pair.
fn closing(title: &str) -> Option<usize> {
    let line_from = |at: usize| title[at..].find('\n').map_or(title.len(), |feed| at + feed);
    let Some((open, close)) = PAIRS.into_iter().find(|(open, _)| title.starts_with(*open)) else {
        return Some(line_from(0));
    };
    let mut depth = 0;
    for (at, sign) in title.char_indices() {
        if sign == close && at > 0 {
            depth -= 1;
        } else if sign == open {
            depth += 1;
        }
        if depth == 0 {
            return Some(line_from(at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_of_nothing_is_a_comment_to_its_end() {
        for comment in [
            "[//]: # (甲)",
            "[//]: # (甲(乙)(丙) 丁)",
            "[//]: # 甲",
            "[//]：# (甲)",
            "[//]:\n# (甲)",
            "[//]: #\n  \"甲\"",
            "[//]: #\n(甲)",
            "[//]: # (甲\n乙)",
            "[^_^]: # (甲)",
            "[^_^]:# (甲)",
            "[^_^]: <> (甲)",
            "[comment]: <> (甲)",
            "[甲]: # \"乙\"",
            "[//]: # (甲",
            "[注释]: 甲",
        ] {
            let body = format!("前\n{comment}\n后");
            let span = 4..4 + comment.len();
            assert_eq!(find(&body), std::slice::from_ref(&span), "{comment}");
        }
    }

    #[test]
    fn a_definition_or_a_note_of_something_is_none() {
        for body in [
            "[1]: 张某.刑法学[M]",
            "[^1]: 注",
            "[甲]: https://a.cn",
            "[甲]: #一",
            "[todo]: https://a.cn",
            "[*]: 资料来源",
        ] {
            assert!(find(body).is_empty(), "{body}");
        }
    }
}
