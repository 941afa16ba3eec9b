//! Headings that count wrongly (一、 三、) or leave out a level.

use crate::diagnostic::Severity;
use crate::reading::{Reading, What};
use crate::record::fields::Reader;
use crate::text::numeral;

/// Forms of ordinals, from the outermost: 第一编, 第一章, 第一节, 一、, （一）, 1., （1）.
const FORMS: usize = 7;
/// Chapters may go on counting in the next 编, as those of laws do.
const CHAPTER: usize = 1;

/// How far one form has counted, and at which level of headings.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    last: u32,
    level: u32,
    /// What was reached before an outer heading, where it may go on.
    carried: u32,
}

/// A numbered heading's ordinal.
struct Ordinal<'a> {
    form: usize,
    number: u32,
    /// As it is written.
    text: &'a str,
}

/// Tells of headings out of order in what was read of a body.
pub(super) fn check(reading: &Reading, reader: &Reader) {
    let mut counts = [Count::default(); FORMS];
    let mut level_before = 0;
    for passage in reading.body() {
        let What::Heading(level) = passage.what else { continue };
        let whole = passage.text.text().trim_end();
        let text = whole.trim_start_matches(['*', '_', '【', ' ']);
        let place = passage.text.source(&(0..whole.len()));
        if level_before > 0 && level > level_before + 1 {
            let (before, after) = (level_before.to_string(), level.to_string());
            let args = [("before", &*before), ("after", &*after)];
            reader.tell(Severity::Note, "heading-level-left-out", &place, &args);
        }
        level_before = level;
        let Some(ordinal) = ordinal(text) else {
            // After a heading without number the count begins anew, or goes on after an 附.
            for count in counts.iter_mut().filter(|count| count.level >= level) {
                *count = Count {
                    carried: count.last,
                    ..Count::default()
                };
            }
            continue;
        };
        let count = counts[ordinal.form];
        let goes_on = ordinal.number == count.last + 1 || (count.carried > 0 && ordinal.number == count.carried + 1);
        // A new count under the same heading is the author's affair; a gap or the same number twice is not.
        if !goes_on && (ordinal.number != 1 || count.last == 1) {
            let expected = written_like(&ordinal, count.last + 1);
            let args = [("found", ordinal.text), ("expected", &*expected)];
            if !stands_unmarked(reading, &expected) {
                reader.tell(Severity::Warning, "heading-out-of-order", &place, &args);
            }
        }
        counts[ordinal.form] = Count {
            last: ordinal.number,
            level,
            carried: 0,
        };
        for (form, count) in counts.iter_mut().enumerate().skip(ordinal.form + 1) {
            let carried = if form == CHAPTER {
                count.last.max(count.carried)
            } else {
                0
            };
            *count = Count {
                carried,
                ..Count::default()
            };
        }
    }
}

/// Whether a part is there, only not as a heading.
fn stands_unmarked(reading: &Reading, ordinal: &str) -> bool {
    let says = |line: &str| {
        line.trim_start_matches([' ', '\u{3000}', '\t', '*'])
            .starts_with(ordinal)
    };
    let others = reading
        .body()
        .iter()
        .filter(|passage| !matches!(passage.what, What::Heading(_)));
    others.into_iter().any(|passage| passage.text.lines().any(says))
}

fn ordinal(text: &str) -> Option<Ordinal<'_>> {
    let (open, inner) = match text.strip_prefix('第') {
        Some(inner) => ("第", inner),
        None => match text.strip_prefix(['（', '(']) {
            Some(inner) => ("（", inner),
            None => ("", text),
        },
    };
    let length = inner.find(|character| !numeral::is_part(character))?;
    let digits = &inner[..length];
    let number = numeral::parse(digits)?;
    let chinese = !digits.starts_with(|character: char| character.is_numeric() && !character.is_alphabetic());
    let close = inner[length..].chars().next()?;
    let after = inner[length + close.len_utf8()..].chars().next();
    let form = match (open, close) {
        ("第", '编') => 0,
        ("第", '章') => CHAPTER,
        ("第", '节') => 2,
        ("第", '部') if after == Some('分') => 0,
        ("（", '）' | ')') if chinese => 4,
        ("（", '）' | ')') => 6,
        ("", '、') if chinese => 3,
        ("", '.' | '．' | '、') if !chinese && !after.is_some_and(|next| next.is_ascii_digit()) => 5,
        _ => return None,
    };
    let written = text.len() - inner.len() + length + close.len_utf8();
    Some(Ordinal {
        form,
        number,
        text: &text[..written],
    })
}

/// Another number in the form of an ordinal.
fn written_like(like: &Ordinal, number: u32) -> String {
    let is_digit = |character: char| numeral::is_part(character);
    let before: String = like
        .text
        .chars()
        .take_while(|&character| !is_digit(character))
        .collect();
    let after: String = like
        .text
        .chars()
        .skip_while(|&character| !is_digit(character))
        .filter(|&it| !is_digit(it))
        .collect();
    let number = if like.text.contains(|character: char| character.is_ascii_digit()) {
        number.to_string()
    } else {
        chinese(number)
    };
    format!("{before}{number}{after}")
}

/// A number below a hundred in Chinese; ordinals of headings are no larger.
fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, number % 10);
    match (number, tens) {
        (100.., _) => number.to_string(),
        (_, 0) => DIGITS[ones as usize].to_owned(),
        (_, 1) => format!("十{}", DIGITS[ones as usize]),
        _ => format!("{}十{}", DIGITS[tens as usize], DIGITS[ones as usize]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;
    use crate::diagnostic::Group;

    fn told(body: &str) -> Vec<(&'static str, String)> {
        let reader = Reader::new("a.md", body, Group::Markdown);
        let source = Source::body_only("a".into(), "a.md".into(), body.into());
        check(&Reading::of(&source), &reader);
        let all = reader.finish().into_iter();
        all.map(|found| {
            (
                found.code,
                found
                    .args
                    .iter()
                    .map(|(_, value)| value.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        })
        .collect()
    }

    #[test]
    fn a_gap_and_a_number_twice_are_told_with_what_was_expected() {
        for (body, expected) in [
            ("## 一、甲\n## 三、乙\n", "三、 二、"),
            ("## 一、甲\n### （一）子\n### （三）丑\n", "（三） （二）"),
            ("## 一、甲\n## 二、乙\n## 二、丙\n", "二、 三、"),
            ("# 1. 甲\n# 3. 乙\n", "3. 2."),
            ("# 十、甲\n", "十、 一、"),
            ("# 第一章 总则\n# 第三章 附则\n", "第三章 第二章"),
        ] {
            assert_eq!(told(body), [("heading-out-of-order", expected.to_owned())], "{body}");
        }
        assert_eq!(told("# 甲\n### 乙\n"), [("heading-level-left-out", "1 3".to_owned())]);
    }

    #[test]
    fn what_counts_rightly_or_not_at_all_is_left_alone() {
        for body in [
            "## 一、甲\n### （一）子\n### （二）丑\n## 二、乙\n### （一）寅\n",
            "## 基本情况\n## 建议\n",
            "## 第一案\n## 一、甲\n## 第二案\n## 一、乙\n",
            "## 一、甲\n### 附注\n## 二、乙\n",
            "## 一、甲\n## 附：表\n## 二、乙\n",
            "## 一、甲\n\n**二、乙。** 正文\n\n## 三、丙\n",
            "# 第一编\n## 第一章\n## 第二章\n# 第二编\n## 第三章\n# 第三编\n## 第一章\n",
            "```\n# 三、\n```\n",
            "## 3.15 消费维权\n## 2023年情况\n",
            "#标签\n三、正文\n",
        ] {
            assert_eq!(told(body), [], "{body}");
        }
    }
}
