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
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches(MARGIN).len();
        at += line.len();
        if found.last().is_none_or(|last| last.end <= start) {
            found.extend(length(&body[start..]).map(|length| start..start + length));
        }
    }
    found
}

/// What may stand before one on its line: blanks, the marks of quotations and lists.
const MARGIN: [char; 8] = [' ', '\t', '>', '-', '*', '+', '\u{3000}', '\u{A0}'];

/// The length of the comment that a text begins with.
fn length(text: &str) -> Option<usize> {
    let (label, after) = text.strip_prefix('[')?.split_once(']')?;
    let after = after.trim_start_matches([' ', '\t']);
    let rest = after.strip_prefix([':', '：'])?;
    if label.contains('\n') || label.chars().count() > 30 {
        return None;
    }
    // The target may stand on the next line.
    let rest = rest.trim_start_matches([' ', '\t']);
    let broken = rest
        .trim_start_matches('\r')
        .strip_prefix('\n')
        .map(|next| next.trim_start_matches([' ', '\t', '>']));
    let rest = match broken {
        Some(next) if next.starts_with(['#', '<', '(', '（']) => next,
        _ => rest,
    };
    let title = rest.strip_prefix("<>").or_else(|| rest.strip_prefix(['#', '＃']));
    let title = title.map(|title| title.trim_start_matches([' ', '\t']));
    let is_titled = title.is_some_and(|title| title.starts_with(PAIRS.map(|(open, _)| open)));
    let named = !label.is_empty() && label.chars().all(|sign| SIGNS.contains(sign));
    let labelled =
        LABELS.contains(&label.trim().trim_start_matches('^').to_lowercase().as_str()) && !rest.starts_with("http");
    if !(named || labelled || is_titled && !label.starts_with('^')) {
        return None;
    }
    let end = text.len() - rest.len() + end_of(rest, title.unwrap_or(rest));
    Some(end)
}

/// Where what a definition says ends: with its line, or with that on which its title is closed in the same paragraph.
fn end_of(rest: &str, title: &str) -> usize {
    let line = rest.find('\n').unwrap_or(rest.len());
    let paragraph = rest.find("\n\n").unwrap_or(rest.len());
    let Some((open, close)) = PAIRS.into_iter().find(|(open, _)| title.starts_with(*open)) else {
        return line;
    };
    let from = rest.len() - title.len();
    let mut depth = 0;
    for (at, sign) in rest[from..paragraph.max(from)].char_indices() {
        match sign {
            _ if sign == open && open != close => depth += 1,
            _ if sign == close && at > 0 => depth -= 1,
            _ => continue,
        }
        if depth <= 0 {
            let end = from + at;
            return rest[end..].find('\n').map_or(rest.len(), |feed| end + feed);
        }
    }
    line
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
            "[//]: # (甲\n乙)",
            "[^_^]: # (甲)",
            "[^_^]:# (甲)",
            "[^_^]: <> (甲)",
            "[comment]: <> (甲)",
            "[甲]: # \"乙\"",
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
