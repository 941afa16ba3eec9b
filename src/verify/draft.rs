//! A draft as it is judged: its paragraphs as a person reads them, and which of them are quotations.

use crate::corpus::Source;
use crate::reading::{Reading, What};
use crate::text::Traced;
use std::ops::Range;

/// Ends of the names that 该条例 or 同法 may mean.
pub(super) const LAWS: [&str; 10] = [
    "法", "法典", "条例", "规定", "办法", "解释", "规则", "通则", "细则", "决定",
];

/// A paragraph of a draft.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Its text, with its places in the draft.
    pub traced: Traced,
    /// Whether it is part of a block quotation.
    pub quoted: bool,
    /// The label of the footnote that it belongs to.
    pub note: Option<String>,
    /// The table and the row of it that it is a cell of.
    pub cell: Option<(usize, usize)>,
}

impl Paragraph {
    /// Its text.
    pub fn text(&self) -> &str {
        self.traced.text()
    }
}

/// The paragraphs of a draft's body.
pub(super) fn paragraphs(source: &Source) -> Vec<Paragraph> {
    let reading = Reading::of(source);
    let shown = reading
        .body()
        .iter()
        .filter(|passage| !matches!(passage.what, What::Target | What::Hidden | What::Held));
    shown
        .map(|passage| {
            let start = passage.text.source(&(0..passage.text.text().len())).start;
            let line = source.text[..start].rfind('\n').map_or(0, |at| at + 1);
            let before = source.text[line..start].trim_start();
            Paragraph {
                traced: passage.text.clone(),
                quoted: before.starts_with('>'),
                note: note(before),
                cell: match passage.what {
                    What::Cell { table, row } => Some((table, row)),
                    _ => None,
                },
            }
        })
        .filter(|paragraph| !paragraph.text().trim().is_empty())
        .collect()
}

/// The title of a text that is itself a law: its first line names one, and a later one begins its first article.
pub(super) fn law_title(paragraphs: &[Paragraph]) -> Option<&str> {
    let title = paragraphs.first()?.text().trim();
    // A draft of a new version has other articles than the one that is held.
    let is_new = ["草案", "修订", "修正", "征求", "送审", "稿"]
        .iter()
        .any(|word| title.contains(word));
    let plain = title.split(['（', '(']).next()?;
    let is_law = LAWS.iter().any(|ending| plain.ends_with(ending)) && !plain.ends_with("决定");
    let has_articles = || {
        paragraphs
            .iter()
            .any(|paragraph| paragraph.text().trim_start().starts_with("第一条"))
    };
    (is_law && !is_new && has_articles()).then_some(title)
}

/// The label of `[^label]:` at the start of a line.
fn note(before: &str) -> Option<String> {
    let (label, _) = before.strip_prefix("[^")?.split_once(']')?;
    Some(label.to_owned())
}

/// The labels of the footnotes that are marked right behind a place of the draft.
pub(super) fn marks(source: &str, end: usize) -> Option<&str> {
    let rest = source.get(end..)?;
    let rest = rest.trim_start_matches(|letter: char| "”」』\"’。，；、*_ ".contains(letter));
    rest.strip_prefix("[^")?.split_once(']').map(|(label, _)| label)
}

/// The sentences of a text. Signs within quotation marks and brackets end none.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, letter) in text.char_indices() {
        match letter {
            '“' | '「' | '『' | '《' | '（' | '(' => depth += 1,
            '”' | '」' | '』' | '》' | '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let end = at + letter.len_utf8();
        let closes =
            depth == 0 && ("。！？!?".contains(letter) || "”」』".contains(letter) && ends_inside(&text[..at]));
        if closes || letter == '\n' {
            all.push(start..end);
            (start, depth) = (end, 0);
        }
    }
    if start < text.len() {
        all.push(start..text.len());
    }
    all
}

/// Whether a quotation that closes here ends its sentence itself: “……。”
fn ends_inside(text: &str) -> bool {
    text.ends_with(['。', '！', '？'])
}

/// The insides of the quotations of a text, outermost ones only, left to right.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let straight = text.matches('"').count().is_multiple_of(2);
    for (at, letter) in text.char_indices() {
        let inside = at + letter.len_utf8();
        let closing = match letter {
            '“' => Some('”'),
            '「' => Some('」'),
            '『' => Some('』'),
            '《' => Some('》'),
            '"' if straight && !open.iter().any(|(closing, _)| *closing == '"') => Some('"'),
            _ => None,
        };
        if let Some(closing) = closing {
            open.push((closing, inside));
        } else if let Some(level) = open.iter().rposition(|(closing, _)| *closing == letter) {
            let start = open[level].1;
            open.truncate(level);
            if open.is_empty() && letter != '》' {
                all.push(start..at);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_with_marks_of_any_kind() {
        let of = |text: &str| {
            let all = quotations(text);
            all.into_iter().map(|it| text[it].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            of("说“甲‘乙’丙”，又“丁「戊」”；「己」与\"庚\""),
            ["甲‘乙’丙", "丁「戊」", "己", "庚"]
        );
        assert!(of("《关于“两法衔接”的意见》和5\"管").is_empty());
    }

    #[test]
    fn sentences_end_outside_of_quotations() {
        let text = "甲规定：“乙。丙。”丁（戊。）己。庚";
        let all: Vec<&str> = sentences(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(all, ["甲规定：“乙。丙。”", "丁（戊。）己。", "庚"]);
    }

    #[test]
    fn block_quotations_and_footnotes_are_told_apart() {
        let text = "甲[^1]。\n\n> 乙\n> 丙\n\n[^1]: 丁\n".to_owned();
        let source = Source::of("a".into(), "a.md".into(), text);
        let all = paragraphs(&source);
        let shape: Vec<_> = all
            .iter()
            .map(|it| (it.text(), it.quoted, it.note.as_deref()))
            .collect();
        assert_eq!(
            shape,
            [("甲。", false, None), ("乙丙", true, None), ("丁", false, Some("1"))]
        );
        assert_eq!(marks(&source.text, "甲".len()), Some("1"));
    }
}
