//! Texts as they are compared: the characters of the normal form that are words, each with its place.
//!
//! Layout, punctuation, width and traditional forms are gone; 第264条 and 第二百六十四条 are the same characters.

use crate::index::analyzer::{articles, is_cjk, is_word};
use crate::text::{normalize_mapped, numeral};
use std::ops::Range;

/// A text, or several that follow one another, without what makes no difference.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    /// The characters that count.
    pub letters: Vec<char>,
    /// For each of them the bytes of the text that it was made from.
    places: Vec<Range<u32>>,
    /// Where each text begins among the characters.
    starts: Vec<usize>,
    /// The characters that a sign separates from a figure before them: 3、4. Signs within figures (1,000; 21:00) don't.
    apart: Vec<usize>,
}

impl Flat {
    /// Reads one text.
    pub(super) fn of(text: &str) -> Self {
        let mut flat = Self::default();
        flat.push(text);
        flat
    }

    /// Reads one text more.
    pub(super) fn push(&mut self, text: &str) {
        self.starts.push(self.letters.len());
        let mapped = normalize_mapped(text);
        // Blanks and line breaks may stand anywhere, within numerals too.
        let kept: Vec<(usize, char)> = mapped
            .text
            .chars()
            .enumerate()
            .filter(|(_, it)| !it.is_whitespace())
            .collect();
        let plain: String = kept.iter().map(|(_, letter)| letter).collect();
        let found = articles(&plain);
        let mut spans = found
            .iter()
            .filter(|span| plain[span.start..].starts_with('第'))
            .peekable();
        let mut at = 0;
        let mut dated = dates(&plain).into_iter().peekable();
        for (index, (count, letter)) in kept.iter().enumerate() {
            while dated.next_if(|date| date.end <= at).is_some() {}
            while spans.next_if(|span| span.end <= at).is_some() {}
            match spans.peek() {
                Some(span) if span.start == at => {
                    let last = index + plain[span.start..span.end].chars().count() - 1;
                    let place = place(mapped.raw_range(*count, kept[last].0 + 1));
                    for letter in span.token().replacen('#', "第", 1).chars() {
                        self.letters.push(letter);
                        self.places.push(place.clone());
                    }
                }
                Some(span) if span.start < at => {}
                _ if dated.peek().is_some_and(|date| date.start == at) => {
                    let Some(date) = dated.peek() else { continue };
                    let last = index + plain[date.start..date.end].chars().count() - 1;
                    let place = place(mapped.raw_range(*count, kept[last].0 + 1));
                    for letter in date.digits.chars() {
                        self.letters.push(letter);
                        self.places.push(place.clone());
                    }
                }
                _ if dated.peek().is_some_and(|date| date.start < at) => {}
                _ if is_cjk(*letter) || is_word(*letter) => {
                    self.letters.push(*letter);
                    self.places.push(place(mapped.raw_range(*count, count + 1)));
                }
                _ if !",.:".contains(*letter) && self.letters.last().is_some_and(|last| is_numeral(*last)) => {
                    self.apart.push(self.letters.len());
                }
                _ => {}
            }
            at += letter.len_utf8();
        }
    }

    /// How many characters there are.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// The characters of a run of the texts.
    pub(super) fn of_texts(&self, texts: Range<usize>) -> Range<usize> {
        let start = |text: usize| self.starts.get(text).copied().unwrap_or(self.letters.len());
        start(texts.start)..start(texts.end)
    }

    /// The text that a character belongs to.
    pub(super) fn text_of(&self, letter: usize) -> usize {
        self.starts.partition_point(|start| *start <= letter).saturating_sub(1)
    }

    /// The bytes of its text that a stretch of characters was made from; of several texts those in the first.
    pub(super) fn place(&self, letters: Range<usize>) -> Range<usize> {
        let text = self.text_of(letters.start);
        let end = letters.end.min(self.of_texts(text..text + 1).end);
        let first = self.places.get(letters.start).map_or(0, |place| place.start as usize);
        let last = end.checked_sub(1).and_then(|last| self.places.get(last));
        first..last.map_or(first, |place| (place.end as usize).max(first))
    }

    /// Where the characters of another text stand within a stretch, from a character on. A figure or a negation that
    /// the other cuts through is not what stands here.
    pub(super) fn find(&self, other: &[char], within: Range<usize>) -> Option<usize> {
        if other.is_empty() || within.len() < other.len() {
            return None;
        }
        let windows = self.letters[within.clone()].windows(other.len());
        let found = windows.enumerate().filter(|(_, window)| *window == other);
        let mut places = found.map(|(at, _)| within.start + at);
        places.find(|&at| self.is_whole(at..at + other.len()))
    }

    /// Whether a stretch cuts through no figure and leaves no negation out at its start.
    fn is_whole(&self, letters: Range<usize>) -> bool {
        let before = letters.start.checked_sub(1).map(|at| self.letters[at]);
        !self.cuts(letters.start) && !self.cuts(letters.end) && !before.is_some_and(|letter| "不未没".contains(letter))
    }

    /// Whether a figure goes on over the border before a character.
    fn cuts(&self, at: usize) -> bool {
        let is_figure = |at: usize| self.letters.get(at).copied().is_some_and(is_numeral);
        let is_border = self.starts.binary_search(&at).is_ok() || self.apart.binary_search(&at).is_ok();
        at > 0 && is_figure(at - 1) && is_figure(at) && !is_border
    }
}

/// A number of a date: the bytes of its numeral, and its digits.
struct Dated {
    start: usize,
    end: usize,
    digits: String,
}

/// The numbers before 年, 月 and 日: 四月一日 and 4月1日 are the same.
fn dates(text: &str) -> Vec<Dated> {
    let units = text
        .char_indices()
        .filter(|(_, letter)| matches!(letter, '年' | '月' | '日'));
    let dated = units.filter_map(|(end, _)| {
        let numeral = text[..end]
            .char_indices()
            .rev()
            .take_while(|(_, letter)| numeral::is_part(*letter));
        let start = numeral.last()?.0;
        let digits = numeral::parse(&text[start..end])?.to_string();
        Some(Dated { start, end, digits })
    });
    dated.collect()
}

fn place(range: Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

/// Whether a character is part of a figure.
pub(super) fn is_numeral(letter: char) -> bool {
    letter.is_ascii_digit() || "〇零一二三四五六七八九十百千万亿两".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, other: &str) -> bool {
        let (text, other) = (Flat::of(text), Flat::of(other));
        text.find(&other.letters, 0..text.len()).is_some()
    }

    #[test]
    fn layout_makes_no_difference_and_words_do() {
        let text = "依照第二百六十四条，处三年以上有期徒刑；不得从轻。";
        for (other, is_there) in [
            ("依照第264条,處 三年\n以上", true),
            ("依照第二百 六十四条，处三年", true),
            ("处3年以上", true),
            ("处三十年以上", false),
            ("有期徒刑 不得从轻", true),
            ("处三年以下", false),
            ("得从轻", false),
            ("四条处三年", false),
        ] {
            assert_eq!(holds(text, other), is_there, "{other}");
        }
        assert!(!holds("采砂十四万余吨", "四万余吨") && holds("采砂十四万余吨", "十四万余吨"));
        assert!(!holds("罚款二十万元", "罚款二十"));
        assert!(holds("增加3、4两项", "增加3") && !holds("罚款1,000元", "罚款1"));
    }

    #[test]
    fn a_stretch_knows_its_text_and_its_place() {
        let mut flat = Flat::of("甲，乙");
        flat.push("丙。丁");
        assert_eq!((flat.text_of(1), flat.text_of(2), flat.of_texts(1..2)), (0, 1, 2..4));
        assert_eq!((flat.place(0..2), flat.place(2..4)), (0..9, 0..9));
    }
}
