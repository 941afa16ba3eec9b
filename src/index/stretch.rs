//! The body of a document cut into stretches by its positions.
//!
//! A reader that knows at which position of `body` a document matches knows in which stretch it is to be shown: the files
//! of the bundle hold one each, and a snippet is chosen by stretches, in the program as in the browser.

use super::analyzer::{UnitKind, units};
use super::document::Passage;
use crate::text::{normalize, normalize_mapped};

/// Positions of a stretch, unless a bundle is laid out otherwise.
pub(crate) const SIZE: u32 = 1280;
/// Units that a stretch shows of a block beyond its own range: what is shown together (120 characters) and begins in a
/// stretch stands in it whole.
const OVERLAP: u32 = 120;

/// A block, or the part of it that a stretch shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place<'a> {
    pub(crate) section: &'a str,
    pub(crate) anchor: &'a str,
    pub(crate) text: &'a str,
}

impl<'a> Place<'a> {
    /// A text of the page beside the body.
    pub(crate) fn aside(text: &'a str) -> Self {
        let (section, anchor) = ("", "");
        Self { section, anchor, text }
    }
}

/// Blocks dealt out to stretches.
pub(crate) struct Laid<'a> {
    /// What each stretch shows, at least one.
    pub(crate) stretches: Vec<Vec<Place<'a>>>,
    /// For each block the stretch that it begins in, and its number among what that shows.
    pub(crate) begins: Vec<(usize, usize)>,
    /// For each stretch whether it goes on with the block that the one before ends with.
    pub(crate) goes_on: Vec<bool>,
}

/// The stretches of blocks.
pub(crate) fn cut(blocks: &[Passage], size: u32) -> Vec<Vec<Place<'_>>> {
    lay(blocks, size).stretches
}

/// Deals the blocks out to stretches, by the positions that they take in the body.
pub(crate) fn lay(blocks: &[Passage], size: u32) -> Laid<'_> {
    let mut stretches: Vec<Vec<Place<'_>>> = vec![Vec::new()];
    let (mut begins, mut goes_on) = (Vec::new(), vec![false]);
    let mut position = 0;
    for block in blocks {
        let start = position;
        position = measure(&normalize(&block.text), start, |_, _| {});
        // The last token stands before the gap that ends its sequence.
        let (first, last) = (start / size, start.max(position.saturating_sub(2)) / size);
        let reached = last as usize + 1;
        stretches.resize_with(stretches.len().max(reached), Vec::new);
        goes_on.resize(stretches.len(), false);
        goes_on[first as usize + 1..reached].fill(true);
        begins.push((first as usize, stretches[first as usize].len()));
        if first == last {
            stretches[first as usize].push(place(block, &block.text));
            continue;
        }
        let marks = marks(&block.text, start);
        for number in first..=last {
            let share = share(&block.text, &marks, number * size..(number + 1) * size);
            stretches[number as usize].push(place(block, share));
        }
    }
    Laid {
        stretches,
        begins,
        goes_on,
    }
}

/// A text of a block.
fn place<'a>(block: &'a Passage, text: &'a str) -> Place<'a> {
    Place {
        section: &block.section,
        anchor: &block.anchor,
        text,
    }
}

/// Walks over the units of a normal form that begins at a position of the body: calls `mark` with each
/// one's position and byte offset, and gives the first position behind the text.
fn measure(normal: &str, start: u32, mut mark: impl FnMut(u32, usize)) -> u32 {
    let (mut position, mut in_sequence, mut words) = (start, 0, 0);
    // A sequence of n units, w of them words, gives n - 1 + w tokens, a lone character one; then a gap.
    let length = |in_sequence: u32, words: u32| match in_sequence {
        0 => 0,
        n => (n - 1 + words).max(1) + 1,
    };
    for unit in units(normal) {
        if unit.first {
            position += length(in_sequence, words);
            (in_sequence, words) = (0, 0);
        }
        mark(position + in_sequence + words, unit.start);
        in_sequence += 1;
        words += u32::from(unit.kind == UnitKind::Word);
    }
    position + length(in_sequence, words)
}

/// Position of each unit and its byte offset in the raw text.
fn marks(text: &str, start: u32) -> Vec<(u32, usize)> {
    let mapped = normalize_mapped(text);
    // Characters of the normal form up to the byte that was reached.
    let (mut byte, mut character) = (0, 0);
    let mut marks = Vec::new();
    measure(&mapped.text, start, |position, at| {
        character += mapped.text[byte..at].chars().count();
        byte = at;
        marks.push((position, mapped.raw_range(character, character + 1).start));
    });
    marks
}

/// What the stretch of a range of positions shows of a text.
fn share<'t>(text: &'t str, marks: &[(u32, usize)], range: std::ops::Range<u32>) -> &'t str {
    let (from, to) = (range.start.saturating_sub(OVERLAP), range.end + OVERLAP);
    let at = |position: u32| marks.partition_point(|&(mark, _)| mark < position);
    let byte = |mark: usize| marks.get(mark).map_or(text.len(), |&(_, byte)| byte);
    let start = if at(from) == 0 { 0 } else { byte(at(from)) };
    &text[start..byte(at(to)).max(start)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::tokens;

    fn block(text: &str) -> Passage {
        Passage {
            section: "节".to_owned(),
            anchor: "a".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn positions_are_counted_as_the_analyzer_does() {
        for text in [
            "",
            "刑法第264条，危险驾驶",
            "人",
            "A 人 b",
            "2018年度工作",
            "——",
            "一，二，三3",
        ] {
            let all = format!("{text}\n检察");
            let position = tokens(&all).last().map(|token| token.position);
            assert_eq!(position, Some(measure(&normalize(text), 0, |_, _| {})), "{text}");
        }
    }

    #[test]
    fn every_unit_stands_in_the_file_of_its_position() {
        let long: String = (0..3000).map(|n| format!("第{n}件事，")).collect();
        let blocks = [block("开头"), block(&long), block("结尾")];
        let files = cut(&blocks, 2048);
        let body = blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        for token in tokens(&body).filter(|token| token.kind == crate::index::analyzer::TokenKind::Word) {
            let text = &body[token.start..token.end];
            let file = &files[(token.position / 2048) as usize];
            assert!(
                file.iter().any(|place| place.text.contains(text)),
                "{text} at {}",
                token.position
            );
        }
        assert!(files.len() > 5);
        assert!(
            files
                .iter()
                .all(|file| { file.iter().map(|place| place.text.chars().count()).sum::<usize>() < 8000 })
        );
    }

    #[test]
    fn a_body_without_text_has_one_file() {
        assert_eq!(cut(&[], 2048).len(), 1);
        let block = block("——");
        assert_eq!(cut(std::slice::from_ref(&block), 2048), vec![vec![place(&block, "——")]]);
    }
}
