//! A draft as it is judged: its paragraphs as a person reads them, and which of them are quotations.

use super::mention::named_year;
use crate::corpus::Source;
use crate::reading::{Reading, What};
use crate::text::article::opening;
use crate::text::{Traced, normalize, numeral};
use std::collections::BTreeMap;
use std::ops::Range;

/// Ends of the names that 该条例 or 同法 may mean.
pub(super) const LAWS: [&str; 10] = [
    "法", "法典", "条例", "规定", "办法", "解释", "规则", "通则", "细则", "决定",
];

/// Characters of the label of a footnote at most.
const LONGEST_LABEL: usize = 200;

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
    pub(super) fn text(&self) -> &str {
        self.traced.text()
    }
}

/// The paragraphs of a draft's body.
pub(super) fn paragraphs(source: &Source) -> Vec<Paragraph> {
    let reading = Reading::of_body(source);
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

/// The law that a text is, or that it is an excerpt of: the name among its first lines, or 本法 where those say none or
/// that of a draft, which has other articles than the law that is held. A law begins with an article or a chapter.
pub(super) fn own_law(paragraphs: &[Paragraph]) -> Option<String> {
    /// Characters of a line before the first article of an excerpt.
    const LINE: usize = 60;
    let opens = |paragraph: &Paragraph| {
        let text = normalize(paragraph.text());
        opening(text.trim(), None, false).is_some()
    };
    let first = paragraphs.iter().position(opens)?;
    let head = || paragraphs[..first].iter().map(|paragraph| paragraph.text().trim());
    let is_bare = head().all(|line| line.chars().count() <= LINE && !line.ends_with(['。', '：']));
    let title = head()
        .enumerate()
        .find(|(at, line)| is_law(line) && (*at == 0 || is_bare));
    let is_new = |title: &str| {
        ["草案", "修订", "修正", "征求", "送审", "稿"]
            .iter()
            .any(|word| title.contains(word) && named_year(title).is_none())
    };
    match title {
        Some((_, title)) if !is_new(title) => Some(without_excerpt(title).to_owned()),
        Some((_, title)) => pronoun(paragraphs).filter(|pronoun| title.contains(pronoun.trim_start_matches('本'))),
        None => pronoun(paragraphs).filter(|_| is_bare),
    }
}

/// A title without （节选） at its end.
fn without_excerpt(title: &str) -> &str {
    let whole = title
        .strip_suffix(['）', ')'])
        .and_then(|rest| rest.rsplit_once(['（', '(']));
    whole
        .filter(|(_, words)| ["节选", "摘录", "摘编", "选录"].contains(words))
        .map_or(title, |(whole, _)| whole.trim_end())
}

/// Whether a line is the name of a law.
fn is_law(line: &str) -> bool {
    let plain = line.split(['（', '(']).next().unwrap_or(line);
    // 一、相关规定
    let is_numbered = plain
        .split_once('、')
        .is_some_and(|(number, _)| number.chars().all(numeral::is_part));
    LAWS.iter().any(|ending| plain.ends_with(ending)) && !plain.ends_with("决定") && !is_numbered
}

/// What a text calls the law that it is, where it names articles of that: 本法, 本条例.
fn pronoun(paragraphs: &[Paragraph]) -> Option<String> {
    let names = LAWS.iter().map(|ending| format!("本{ending}"));
    let count = |name: &String| {
        let named = format!("{name}第");
        let texts = paragraphs
            .iter()
            .map(|paragraph| paragraph.text().matches(&named).count());
        texts.sum::<usize>()
    };
    let most = names.max_by_key(count)?;
    (count(&most) > 0).then_some(most)
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
    let label = rest.strip_prefix("[^")?;
    let end = label
        .char_indices()
        .take(LONGEST_LABEL)
        .find(|(_, letter)| *letter == ']');
    end.map(|(at, _)| &label[..at])
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

/// The stretch of each paragraph that belongs to a quotation which runs over several: from a “ that the paragraph doesn't
/// close to the ” of a later one; each of them may open it anew.
pub(super) fn running(paragraphs: &[Paragraph]) -> Vec<Option<Range<usize>>> {
    /// Paragraphs of a quotation: a mark that nobody closes opens none.
    const LONGEST: usize = 40;
    let mut all = vec![None; paragraphs.len()];
    let mut open: Option<Vec<Range<usize>>> = None;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text();
        let anew = text.len() - text.trim_start().trim_start_matches('“').len();
        let (opened, closed) = unmatched(text, open.as_ref().map_or(0, |_| anew));
        let end = closed.filter(|_| open.is_some()).unwrap_or(text.len());
        if let Some(mut stretches) = open.take() {
            stretches.push(anew.min(end)..end);
            let whole = closed.is_some();
            if whole {
                let begins = at + 1 - stretches.len();
                for (count, stretch) in stretches.drain(..).enumerate() {
                    all[begins + count] = Some(stretch);
                }
            }
            open = (!whole && stretches.len() < LONGEST).then_some(stretches);
        }
        if let Some(start) = opened.filter(|_| open.is_none() && all[at].is_none()) {
            open = Some(std::iter::once(start..text.len()).collect());
        }
    }
    all
}

/// The inside of the first “ of a text that is never closed, and the first ” that closes none, both from a place on.
fn unmatched(text: &str, from: usize) -> (Option<usize>, Option<usize>) {
    let mut open = Vec::new();
    let mut closed = None;
    for (at, letter) in text[from..].char_indices() {
        match letter {
            '“' => open.push(from + at + letter.len_utf8()),
            '”' if open.pop().is_none() => closed = closed.or(Some(from + at)),
            _ => {}
        }
    }
    (open.first().copied(), closed)
}

/// Whether a quotation that closes here ends its sentence itself: “……。”
fn ends_inside(text: &str) -> bool {
    text.ends_with(['。', '！', '？'])
}

/// The insides of the quotations of a text, outermost ones only, left to right.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut open = Marks::default();
    let straight = text.matches('"').count().is_multiple_of(2);
    for (at, letter) in text.char_indices() {
        let inside = at + letter.len_utf8();
        let closing = match letter {
            '“' => Some('”'),
            '「' => Some('」'),
            '『' => Some('』'),
            '《' => Some('》'),
            '"' if straight && !open.wait_for('"') => Some('"'),
            _ => None,
        };
        if let Some(closing) = closing {
            open.marks.push((closing, inside));
            *open.waiting.entry(closing).or_default() += 1;
        } else if let Some(start) = open.close(letter)
            && open.marks.is_empty()
            && letter != '》'
        {
            all.push(start..at);
        }
    }
    all
}

/// Marks that are open, each by the letter that closes it, with where its inside begins.
#[derive(Default)]
struct Marks {
    marks: Vec<(char, usize)>,
    /// How many wait for a letter.
    waiting: BTreeMap<char, usize>,
}

impl Marks {
    fn wait_for(&self, closing: char) -> bool {
        self.waiting.get(&closing).is_some_and(|count| *count > 0)
    }

    /// Closes the innermost mark that waits for a letter, and all within it: where its inside begins.
    fn close(&mut self, letter: char) -> Option<usize> {
        if !self.wait_for(letter) {
            return None;
        }
        while let Some((closing, start)) = self.marks.pop() {
            if let Some(count) = self.waiting.get_mut(&closing) {
                *count -= 1;
            }
            if closing == letter {
                return Some(start);
            }
        }
        None
    }
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
    fn marks_that_nothing_closes_are_looked_at_once() {
        let text = format!("{}{}", "《".repeat(100_000), "”甲".repeat(100_000));
        assert!(quotations(&text).is_empty());
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
