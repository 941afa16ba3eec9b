//! Splits the front matter from the body.

use std::ops::Range;

/// Lines after which a front matter is no front matter any more.
pub const MAX_LINES: usize = 20_000;
/// Bytes after which a front matter is no front matter any more.
pub const MAX_BYTES: usize = 1 << 20;

/// Where a text's front matter and body are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The YAML between the `---` lines.
    pub front: Option<Range<usize>>,
    /// The Markdown after it.
    pub body: Range<usize>,
    /// What is wrong with the front matter as a whole.
    pub problem: Option<Problem>,
}

/// A front matter that can't be taken as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It begins but no `---` line ends it: the whole text is taken as the body.
    Unclosed,
    /// It is larger than [`MAX_LINES`] or [`MAX_BYTES`]: it is passed over.
    TooLong {
        /// Its lines.
        lines: usize,
    },
}

/// Splits a text. A first line `---` that no key follows is a thematic break, not a front matter.
pub fn split(text: &str) -> Split {
    let whole = Split {
        front: None,
        body: 0..text.len(),
        problem: None,
    };
    let Some(start) = fence(text, 0).filter(|_| text.starts_with("---")) else {
        return whole;
    };
    if !begins_with_key(&text[start..]) {
        return whole;
    }
    let mut at = start;
    let mut lines = 0;
    while at < text.len() {
        if let Some(end) = fence(text, at) {
            let body = end..text.len();
            let too_long = lines > MAX_LINES || at - start > MAX_BYTES;
            return if too_long {
                Split {
                    front: None,
                    body,
                    problem: Some(Problem::TooLong { lines }),
                }
            } else {
                Split {
                    front: Some(start..at),
                    body,
                    problem: None,
                }
            };
        }
        at += text[at..].find('\n').map_or(text.len() - at, |length| length + 1);
        lines += 1;
    }
    Split {
        problem: Some(Problem::Unclosed),
        ..whole
    }
}

/// The end of the line at `at` if it is `---` or `...` and nothing more.
fn fence(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].split('\n').next().unwrap_or_default();
    matches!(line.trim_end(), "---" | "...").then(|| (at + line.len() + 1).min(text.len()))
}

/// Whether the first line that says something looks like `key:`, or the front matter is empty.
fn begins_with_key(text: &str) -> bool {
    let first = text
        .lines()
        .map(str::trim_end)
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(line) = first else { return false };
    if matches!(line, "---" | "...") {
        return text.starts_with(line);
    }
    let Some(colon) = line.find([':', '：']) else {
        return line.starts_with('{');
    };
    let key = line[..colon].trim_matches(['"', '\'', ' ']);
    let after = &line[colon..];
    let sentence = line.ends_with(['。', '！', '？', '；']);
    let parted = (after.starts_with('：') && !sentence)
        || after.len() == 1
        || after.starts_with(": ")
        || after.starts_with(":\t");
    parted && !key.is_empty() && key.chars().count() <= 30 && !key.contains(['。', '，', '；', '*', '[', '!', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<&str>, &str, Option<Problem>) {
        let split = split(text);
        (split.front.map(|range| &text[range]), &text[split.body], split.problem)
    }

    #[test]
    fn a_front_matter_ends_at_its_second_line_of_dashes() {
        assert_eq!(
            parts("---\ntitle: 一\n---\n正文\n"),
            (Some("title: 一\n"), "正文\n", None)
        );
        assert_eq!(parts("--- \n标题: 一\n...\n正文"), (Some("标题: 一\n"), "正文", None));
        assert_eq!(
            parts("---\n# 说明\n\n标题：一\n---"),
            (Some("# 说明\n\n标题：一\n"), "", None)
        );
        assert_eq!(parts("---\n---\n正文"), (Some(""), "正文", None));
    }

    #[test]
    fn a_thematic_break_is_not_a_front_matter() {
        for text in [
            "---\n\n正文。\n\n---\n",
            "----\na: 1\n---\n",
            "---",
            "---\n他说：“好。”这是一句很长很长的话，超过三十个字也没有关系。\n---\n",
        ] {
            assert_eq!(parts(text), (None, text, None), "{text}");
        }
        assert_eq!(parts("正文\n---\na: 1\n---\n").0, None);
    }

    #[test]
    fn an_unclosed_front_matter_is_named() {
        let text = "---\ntitle: 一\n\n正文\n";
        assert_eq!(parts(text), (None, text, Some(Problem::Unclosed)));
    }

    #[test]
    fn a_front_matter_of_a_million_lines_is_passed_over() {
        let text = format!("---\n{}---\n正文", "a: 1\n".repeat(1_000_000));
        assert_eq!(
            parts(&text),
            (None, "正文", Some(Problem::TooLong { lines: 1_000_000 }))
        );
    }
}
