//! A text that knows where in a source each of its places comes from.

use std::ops::Range;

/// A text made of parts of a source, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traced {
    text: String,
    runs: Vec<Run>,
    /// Where a line of the source ended that the text joins with the next.
    joints: Vec<usize>,
}

/// Bytes of the text that come from one stretch of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    /// Where they begin in the text.
    at: usize,
    source: Range<usize>,
    /// Whether the text repeats the source byte for byte.
    verbatim: bool,
}

impl Traced {
    /// A text that its source repeats, from a place on.
    pub fn verbatim(text: &str, start: usize) -> Self {
        let mut traced = Self::default();
        traced.push(text, start..start + text.len());
        traced
    }

    /// A value that was read from the `written` source at `start`, in which blanks, escapes and quotes may stand
    /// between its characters.
    pub fn aligned(text: &str, written: &str, start: usize) -> Self {
        let mut traced = Self::default();
        // What an escape stands for is told from its neighbours by walking.
        let plain = if written.contains('\\') {
            None
        } else {
            written.find(text)
        };
        if let Some(at) = plain {
            traced.push(text, start + at..start + at + text.len());
            return traced;
        }
        let mut at = 0;
        for (index, character) in text.char_indices() {
            // An escape is not a gap: it writes a character.
            let skipped = |next: char| next.is_whitespace() || "\"'|>-+#".contains(next);
            let rest = &written[at..];
            let gap = rest.find(|next: char| next == character || !skipped(next)).unwrap_or(0);
            let end = index + character.len_utf8();
            if rest[gap..].starts_with(character) {
                at += gap;
                traced.push(&text[index..end], start + at..start + at + character.len_utf8());
                at += character.len_utf8();
            } else if character.is_whitespace() {
                // Folding made it of a line break.
                traced.push(&text[index..end], start + at..start + at);
            } else {
                // An escape: its backslash, its letter and its digits.
                at += gap;
                let rest = &written[at..];
                let escape = rest.strip_prefix('\\').unwrap_or_default();
                let most = match escape.chars().next() {
                    Some('x') => 2,
                    Some('u') => 4,
                    Some('U') => 8,
                    _ => 0,
                };
                let digits = escape
                    .chars()
                    .skip(1)
                    .take(most)
                    .take_while(char::is_ascii_hexdigit)
                    .count();
                let length = escape.chars().next().map_or(0, |letter| 1 + letter.len_utf8() + digits);
                let end_of_escape = (at + length).min(written.len());
                traced.push(&text[index..end], start + at..start + end_of_escape);
                at = end_of_escape;
            }
        }
        traced
    }

    /// Adds a text that comes from a range of the source.
    pub fn push(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let verbatim = source.len() == text.len();
        let at = self.text.len();
        self.text.push_str(text);
        match self.runs.last_mut() {
            Some(last) if last.verbatim && verbatim && last.source.end == source.start => last.source.end = source.end,
            _ => self.runs.push(Run { at, source, verbatim }),
        }
    }

    /// Adds what stands for the break of a line at a place of the source: a blank, or nothing.
    pub fn join(&mut self, text: &str, source: usize) {
        self.joints.push(self.text.len());
        self.push(text, source..source);
    }

    /// Adds another text of the same source.
    pub fn append(&mut self, other: &Traced) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.joints.extend(other.joints.iter().map(|joint| joint + by));
        self.runs.extend(other.runs.iter().map(|run| Run {
            at: run.at + by,
            ..run.clone()
        }));
    }

    /// A text that was made of this one, as a text of this one's source.
    #[must_use]
    pub fn through(&self, inner: &Traced) -> Traced {
        let mut traced = Traced {
            joints: inner.joints.clone(),
            ..Traced::default()
        };
        for (index, run) in inner.runs.iter().enumerate() {
            let end = inner.end_of(index);
            let text = &inner.text[run.at..end];
            if !run.verbatim {
                traced.push(text, self.source(&run.source));
                continue;
            }
            for (at, character) in text.char_indices() {
                let from = run.source.start + at;
                let part = &text[at..at + character.len_utf8()];
                traced.push(part, self.source(&(from..from + part.len())));
            }
        }
        traced
    }

    /// The same text of a source in which it stands further on.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Traced {
        for run in &mut self.runs {
            run.source = run.source.start + by..run.source.end + by;
        }
        self
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The range of the text that was made of a stretch of the source and reaches from its start to its end.
    pub fn made_of(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let place = |index: usize, at: usize| {
            let run = &self.runs[index];
            match run.verbatim {
                true => run.at + at - run.source.start,
                false if at > run.source.start => self.end_of(index),
                false => run.at,
            }
        };
        let first = self.runs.iter().position(|run| run.source.contains(&source.start))?;
        let last = self
            .runs
            .iter()
            .rposition(|run| run.source.start < source.end && source.end <= run.source.end)?;
        let (start, end) = (place(first, source.start), place(last, source.end));
        (start < end).then_some(start..end)
    }

    /// Where the text of a run ends.
    fn end_of(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.text.len(), |next| next.at)
    }

    /// Where in the source its last byte ends.
    pub fn end(&self) -> usize {
        self.runs.last().map_or(0, |run| run.source.end)
    }

    /// Its lines as they are written: a break that a page doesn't show parts them as well.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let mut ends = self.joints.clone();
        ends.push(self.text.len());
        let mut from = 0;
        ends.into_iter()
            .map(move |end| &self.text[std::mem::replace(&mut from, end)..end])
            .flat_map(str::lines)
    }

    /// The stretch of the source from the first to the last byte of a range of the text.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let parts = self.parts(range);
        if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
            return first.start..last.end.max(first.start);
        }
        let at = self.runs.last().map_or(0, |run| run.source.end);
        at..at
    }

    /// What of the source a range of the text is made of, without what stands between.
    pub fn parts(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let first = self.runs.partition_point(|run| run.at <= range.start).saturating_sub(1);
        let mut parts = Vec::new();
        for (index, run) in self.runs.iter().enumerate().skip(first) {
            if run.at >= range.end {
                break;
            }
            let end = self.end_of(index);
            let (from, to) = (range.start.max(run.at), range.end.min(end));
            if from >= to {
                continue;
            }
            parts.push(if run.verbatim {
                run.source.start + from - run.at..run.source.start + to - run.at
            } else {
                run.source.clone()
            });
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_the_text_is_a_place_of_the_source() {
        let source = "138**0013**&#56;000";
        let mut traced = Traced::verbatim("138", 0);
        traced.push("0013", 5..9);
        traced.push("8", 11..16);
        traced.push("000", 16..19);
        assert_eq!(traced.text(), "13800138000");
        assert_eq!(&source[traced.source(&(1..8))], "38**0013**&#56;");
        assert_eq!(traced.parts(&(1..8)), [1..3, 5..9, 11..16]);
        assert_eq!(traced.made_of(&(1..16)), Some(1..8));
        assert_eq!(traced.made_of(&(3..16)), None);
    }

    #[test]
    fn a_value_is_found_in_what_was_written_for_it() {
        for (value, written, part, place) in [
            ("电话138", "'电话138'", "138", "138"),
            (
                "电话1380013 8000。\n",
                ">\n  电话1380013\n  8000。\n",
                "13 8000",
                "13\n  8000",
            ),
            ("a\"1380", "\"a\\\"1380\"", "1380", "1380"),
            ("1380", "\"\\x31380\"", "1380", "\\x31380"),
        ] {
            let traced = Traced::aligned(value, written, 0);
            let at = value.find(part).unwrap();
            assert_eq!(&written[traced.source(&(at..at + part.len()))], place, "{written}");
        }
    }

    #[test]
    fn a_text_made_of_another_knows_the_first_ones_source() {
        let outer = Traced::aligned("甲**乙**丙", "'甲**乙**丙'", 10);
        let mut inner = Traced::verbatim("甲", 0);
        inner.push("乙", 5..8);
        inner.push("丙", 10..13);
        let both = outer.through(&inner);
        assert_eq!(both.source(&(3..9)), 16..24);
    }

    #[test]
    fn lines_are_those_of_the_source() {
        let mut traced = Traced::verbatim("机密", 0);
        traced.join("", 6);
        traced.push("正文", 7..13);
        assert_eq!(traced.text(), "机密正文");
        assert_eq!(traced.lines().collect::<Vec<_>>(), ["机密", "正文"]);
    }
}
