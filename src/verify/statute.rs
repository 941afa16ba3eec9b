//! A law by its articles: where each stands among the passages of its text, with its paragraphs and items.

use crate::index::document::{Authority, Passage};
use crate::text::article::{self, opening};
use crate::text::normalize;
use crate::text::numeral::leading as number;
use std::ops::Range;

/// The articles of a law.
#[derive(Debug, Clone, Default)]
pub(crate) struct Statute {
    /// In the order of the text.
    pub articles: Vec<Article>,
    /// Whether its articles leave no gap.
    pub whole: bool,
    /// Whether its last article ends a law, so that none can have been cut off.
    pub ended: bool,
    /// Whether its text parts paragraphs at all, so that they can be counted.
    pub has_paragraphs: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub number: article::Number,
    pub passages: Range<usize>,
    /// Its paragraphs (款).
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph of an article.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    pub passages: Range<usize>,
    /// The numbers of its items (项).
    pub items: Vec<u32>,
}

impl Statute {
    /// Reads the articles from the passages of a document; `None` where there are none.
    pub(crate) fn of(passages: &[Passage]) -> Option<Self> {
        let mut statute = Self::default();
        let mut open = false;
        for (at, passage) in passages.iter().enumerate() {
            let text = normalize(&passage.text);
            let text = text.trim();
            let heading = passage.text == passage.section;
            let last = statute.articles.last().map(|article| article.number);
            if let Some((number, rest)) = opening(text, last, heading) {
                statute.articles.push(Article {
                    number,
                    passages: at..at + 1,
                    paragraphs: Vec::new(),
                });
                open = true;
                if !heading && !rest.is_empty() {
                    statute.add(at, rest);
                }
            } else if heading {
                open = false;
            } else if open && !text.is_empty() {
                statute.add(at, text);
            }
        }
        let numbers: Vec<u32> = statute.articles.iter().map(|article| article.number.0).collect();
        let rises = numbers
            .windows(2)
            .all(|pair| pair[1] == pair[0] || pair[1] == pair[0] + 1);
        statute.whole = rises && numbers.first() == Some(&1) && numbers.len() > 1;
        statute.ended = statute.is_ended(passages);
        statute.has_paragraphs = statute.articles.iter().any(|article| article.paragraphs.len() > 1);
        (!statute.articles.is_empty()).then_some(statute)
    }

    /// Whether the last article is one that ends a law: from when it is in force, what it repeals.
    fn is_ended(&self, passages: &[Passage]) -> bool {
        let last = self
            .articles
            .last()
            .and_then(|article| passages.get(article.passages.clone()));
        let ends = |passage: &Passage| {
            ["施行", "实施", "生效", "废止"]
                .iter()
                .any(|word| passage.text.contains(word))
        };
        last.is_some_and(|passages| passages.iter().any(ends))
    }

    /// Adds a passage to the last article: an item, or a new paragraph.
    fn add(&mut self, at: usize, text: &str) {
        let Some(article) = self.articles.last_mut() else {
            return;
        };
        article.passages.end = at + 1;
        let items = items(text);
        match article.paragraphs.last_mut() {
            Some(paragraph) if item(text).is_some() => {
                paragraph.passages.end = at + 1;
                paragraph.items.extend(items);
            }
            _ => article.paragraphs.push(Paragraph {
                passages: at..at + 1,
                items,
            }),
        }
    }

    /// Whether a document with these articles holds its text whole: a law without a gap, to an article that ends it, or
    /// entered with its dates.
    pub(crate) fn is_whole(statute: Option<&Self>, authority: &Authority, is_law: bool) -> bool {
        let reaches_end = |statute: &Self| statute.whole && (statute.ended || authority.effective.is_some());
        !authority.partial && (!is_law || statute.is_none_or(reaches_end))
    }

    /// The article of a number.
    pub(crate) fn article(&self, number: (u32, u32)) -> Option<&Article> {
        self.articles.iter().find(|article| article.number == number)
    }

    /// The article that a passage belongs to.
    pub(crate) fn at(&self, passage: usize) -> Option<&Article> {
        self.articles.iter().find(|article| article.passages.contains(&passage))
    }
}

/// The number of an item that a text opens with: (一), 1.
fn item(text: &str) -> Option<u32> {
    match text.strip_prefix('(') {
        Some(inner) => {
            number(inner.trim_start()).and_then(|(item, rest)| rest.trim_start().starts_with(')').then_some(item))
        }
        None => number(text).and_then(|(item, rest)| rest.starts_with(['.', '、', ')']).then_some(item)),
    }
}

/// The items of a passage: the one that it opens with, and those that follow one another within it.
fn items(text: &str) -> Vec<u32> {
    let mut found: Vec<u32> = item(text).into_iter().collect();
    let signs = text.char_indices().filter(|(_, letter)| ":;。；：".contains(*letter));
    for (at, sign) in signs {
        let rest = text[at + sign.len_utf8()..].trim_start();
        let next = found.last().map_or(1, |last| last + 1);
        if rest.starts_with('(') && item(rest) == Some(next) {
            found.push(next);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Statute {
        let passages: Vec<Passage> = lines
            .iter()
            .map(|line| Passage {
                section: line.strip_prefix("# ").unwrap_or_default().to_owned(),
                anchor: String::new(),
                text: line.strip_prefix("# ").unwrap_or(line).to_owned(),
            })
            .collect();
        Statute::of(&passages).unwrap_or_default()
    }

    #[test]
    fn articles_have_paragraphs_and_items() {
        let statute = of(&[
            "# 第一章 总则",
            "第一条　为了规范，制定本法。",
            "第二条 有下列情形的，处罚：（一）甲；（二）乙。",
            "第二款。",
            "# 第二章",
            "第二条之一 有下列情形之一的：",
            "（一）甲；",
            "（二）乙。",
            "前款规定适用于丙。",
            "第三条第一款的规定也适用。",
            "第三条　第一审人民法院。",
        ]);
        let shape: Vec<_> = statute
            .articles
            .iter()
            .map(|article| {
                let items = article.paragraphs.iter().map(|paragraph| paragraph.items.len());
                (article.number, items.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            shape,
            [
                ((1, 0), vec![0]),
                ((2, 0), vec![2, 0]),
                ((2, 1), vec![2, 0, 0]),
                ((3, 0), vec![0])
            ]
        );
        assert!(statute.whole && statute.has_paragraphs);
    }

    #[test]
    fn a_gap_is_no_whole_law() {
        assert!(!of(&["第一条 甲。", "第三条 乙。"]).whole);
        assert!(!of(&["第三条 甲。", "第四条 乙。"]).whole);
        assert!(
            !of(&["第一条 甲。", "第二条 应当在十日内发布。"]).ended,
            "it may be cut off"
        );
        assert!(of(&["第一条 甲。", "第二条 本办法自发布之日起施行。"]).ended);
        assert!(of(&["甲。"]).articles.is_empty());
    }

    #[test]
    fn headings_may_be_the_articles() {
        let statute = of(&["# 第一条", "甲。", "# 第二条 适用", "乙。", "丙。"]);
        assert_eq!(statute.articles.len(), 2);
        assert_eq!(statute.articles[1].paragraphs.len(), 2);
    }
}
