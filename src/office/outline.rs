//! Headings by the Chinese outline: 一、 （一） 1. where a document has no styles for them.

use super::block::{Block, Document, Inline, Look, Role};
use crate::text::numeral;

/// Characters of a heading at most.
const LONGEST: usize = 45;

/// The document with its outline as headings. Levels given by styles stay; 一、 is then the level below
/// the title, （一） the next.
pub(crate) fn with_headings(mut parsed: Document) -> Document {
    for block in &mut parsed.blocks {
        if let Some(level) = heading_level(block) {
            let text = block.inlines().iter().map(unbold).collect();
            *block = Block::Heading(level, text);
        }
    }
    parsed
}

/// Headings as a draft has them, whose own title is above them all: the highest are of the first level, and none is bold
/// from its begin to its end.
pub(crate) fn raise(parsed: &mut Document) {
    raise_below_title(&mut parsed.blocks);
    for block in &mut parsed.blocks {
        if let Block::Title(text) | Block::Heading(_, text) = block
            && is_bold(text)
        {
            *text = text.iter().map(unbold).collect();
        }
    }
}

/// Where the title is written as the one heading of the first level, or no heading is of it, the highest others are.
fn raise_below_title(blocks: &mut [Block]) {
    let titled = blocks.iter().any(|block| matches!(block, Block::Title(_)));
    let headings: Vec<(u8, bool)> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(given, _) => Some((*given, level(&block.plain()).is_some())),
            _ => None,
        })
        .collect();
    let below = match headings.as_slice() {
        [(1, false), below @ ..] if !titled => below,
        all => all,
    };
    let Some(highest) = below
        .iter()
        .map(|(given, _)| *given)
        .min()
        .filter(|highest| *highest > 1)
    else {
        return;
    };
    for block in blocks {
        if let Block::Heading(given, _) = block
            && *given >= highest
        {
            *given -= highest - 1;
        }
    }
}

/// Whether text is bold wherever it says something.
fn is_bold(text: &[Inline]) -> bool {
    text.iter().all(|inline| match inline {
        Inline::Text { text, look } => look.bold || text.trim().is_empty(),
        Inline::Link { text, .. } => is_bold(text),
        _ => true,
    })
}

/// The level that a paragraph has as a heading by its words.
pub(crate) fn heading_level(block: &Block) -> Option<u8> {
    let Block::Paragraph { text, form } = block else {
        return None;
    };
    if form.role != Role::Open {
        return None;
    }
    let plain = block.plain();
    let level = level(&plain)?;
    let whole = !plain.ends_with(['。', '；', ';', '：', ':', '，', '！', '？']) && !plain.contains(['\n', '。']);
    let short = plain.chars().count() <= LONGEST;
    // 1. and （1） count items as often as they head sections: only a bold one is a heading.
    (whole && short && (level <= 2 || is_bold(text))).then_some(level)
}

/// The level of 一、 第一章 （一） 1. （1） from 1.
pub(crate) fn level(text: &str) -> Option<u8> {
    let (open, inner) = match text.strip_prefix(['（', '(']) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let part = inner.strip_prefix('第');
    let inner = part.unwrap_or(inner);
    let length = inner.find(|character| !numeral::is_part(character))?;
    let (digits, rest) = inner.split_at(length);
    numeral::parse(digits)?;
    let chinese =
        !digits.starts_with(|character: char| character.is_ascii_digit() || ('０'..='９').contains(&character));
    let mut after = rest.chars();
    match (open, part.is_some(), after.next()?) {
        (false, true, '章') => Some(1),
        (false, true, '节') => Some(2),
        (false, true, '部') if after.next() == Some('分') => Some(1),
        (false, false, '、') if chinese => Some(1),
        (true, false, '）' | ')') if chinese => Some(2),
        (false, false, '.' | '．' | '、') if !chinese && !after.next().is_some_and(|next| next.is_ascii_digit()) => {
            Some(3)
        }
        (true, false, '）' | ')') => Some(4),
        _ => None,
    }
}

/// A heading is bold by itself.
fn unbold(inline: &Inline) -> Inline {
    match inline {
        Inline::Link { text, target } => Inline::Link {
            text: text.iter().map(unbold).collect(),
            target: target.clone(),
        },
        Inline::Text { text, look } => Inline::looking(text.clone(), Look { bold: false, ..*look }),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_has_levels() {
        for (text, expected) in [
            ("一、基本情况", Some(1)),
            ("（二）存在的问题", Some(2)),
            ("(三)成因", Some(2)),
            ("1.数量上升", Some(3)),
            ("2、手段", Some(3)),
            ("（3）地域", Some(4)),
            ("第一章 总则", Some(1)),
            ("第二节 做法", Some(2)),
            ("第三部分 建议", Some(1)),
            ("十一、其他", Some(1)),
            ("3.15消费维权", None),
            ("2023年情况", None),
            ("一方面", None),
            ("基本情况", None),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
    }

    #[test]
    fn sections_below_a_title_that_is_a_heading_are_of_the_first_level() {
        let heading = |level, text| Block::Heading(level, vec![Inline::text(text)]);
        let levels = |blocks: Vec<Block>| -> Vec<u8> {
            let mut parsed = Document {
                blocks,
                ..Document::default()
            };
            raise(&mut parsed);
            let parsed = with_headings(parsed);
            let levels = parsed.blocks.iter().map(|block| match block {
                Block::Heading(level, _) => *level,
                _ => 0,
            });
            levels.collect()
        };
        let paragraph = || Block::paragraph(vec![Inline::text("（一）监护不到位")]);
        for (blocks, expected) in [
            (
                vec![
                    heading(1, "关于采砂的调研报告"),
                    heading(2, "一、基本情况"),
                    paragraph(),
                ],
                vec![1, 1, 2],
            ),
            (
                vec![heading(1, "关于采砂"), heading(3, "甲"), heading(4, "乙")],
                vec![1, 1, 2],
            ),
            // Sections of their own.
            (vec![heading(1, "一、基本情况"), heading(2, "（一）甲")], vec![1, 2]),
            (
                vec![heading(1, "前言"), heading(2, "甲"), heading(1, "后记")],
                vec![1, 2, 1],
            ),
            (
                vec![
                    Block::Title(vec![Inline::text("关于采砂")]),
                    heading(1, "前言"),
                    heading(2, "甲"),
                ],
                vec![0, 1, 2],
            ),
            // Nothing is of the first level.
            (vec![heading(2, "一、基本情况"), heading(3, "（一）甲")], vec![1, 2]),
            (
                vec![
                    Block::Title(vec![Inline::text("关于采砂")]),
                    heading(2, "前言"),
                    heading(3, "甲"),
                ],
                vec![0, 1, 2],
            ),
        ] {
            assert_eq!(levels(blocks), expected);
        }
    }

    #[test]
    fn a_sentence_is_no_heading() {
        let heading = |text: &str| heading_level(&Block::paragraph(vec![Inline::text(text)])).is_some();
        assert!(heading("一、基本情况"));
        for text in [
            "一、要求各单位认真落实。",
            "（一）加强监管。一是……",
            "1.数量上升",
            "一、请于月底前：",
        ] {
            assert!(!heading(text), "{text}");
        }
    }
}
