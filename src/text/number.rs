//! Canonical numbers: guiding cases (检例第142号), documents (高检建〔2020〕4号) and court cases
//! （2022）澄0123刑初45号, however their brackets and digits are written.
//!
//! Everything here reads texts in normal form ([`super::normalize`]); [`canonical`] and [`numbers_in`]
//! make it themselves.

use super::normalize;

/// A number found in a normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Byte offset of its start in the normal form.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// Canonical form: `检例142号`, `高检建2020-4号`, `(2022)澄0123刑初45号`.
    pub canonical: String,
}

/// The canonical form of a text that is wholly a number; spaces at its ends don't count.
pub fn canonical(text: &str) -> Option<String> {
    let normal = normalize(text);
    let word = normal.trim();
    let found = at_end_of_prefix(word, whole_prefix)?;
    (found.start == 0 && found.end == word.len()).then_some(found.canonical)
}

/// The canonical numbers of a text in order, each once.
pub fn numbers_in(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for number in find(&normalize(text)) {
        if !out.contains(&number.canonical) {
            out.push(number.canonical);
        }
    }
    out
}

/// The numbers in a normal form, left to right, none overlapping another.
pub fn find(normal: &str) -> Vec<Number> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(mut number) = at_end_of_prefix(&normal[from..], running_prefix) {
        number.start += from;
        number.end += from;
        from = number.end;
        out.push(number);
    }
    out
}

/// How far the letters of a 文号 reach back from its bracket: offset of their start.
type Prefix = fn(&str) -> usize;

/// The first number of a text.
fn at_end_of_prefix(text: &str, prefix: Prefix) -> Option<Number> {
    text.char_indices().find_map(|(at, c)| match c {
        '检' => guiding_case(text, at),
        '(' | '〔' | '[' | '【' => bracketed(text, at, prefix),
        _ => None,
    })
}

/// 检例第142号, 检例142号.
fn guiding_case(text: &str, start: usize) -> Option<Number> {
    let at = blank(text, start + text[start..].strip_prefix("检例").map(|_| "检例".len())?);
    let at = blank(text, at + ordinal(&text[at..]));
    let (digits, at) = digits(text, at)?;
    let end = sign(text, at)?;
    Some(Number {
        start,
        end,
        canonical: format!("检例{digits}号"),
    })
}

/// What a bracketed year belongs to: letters before it make a 文号, a court after it a 案号.
fn bracketed(text: &str, open: usize, prefix: Prefix) -> Option<Number> {
    let (year, after) = year(text, open)?;
    let court = text[after..]
        .chars()
        .next()
        .is_some_and(|c| is_han(c) && c != '第' && c != '号');
    if court {
        court_case(text, open, &year, after)
    } else {
        document(text, open, &year, after, prefix)
    }
}

/// 〔2020〕 with any pair of brackets: the year and the offset after it.
fn year(text: &str, open: usize) -> Option<(String, usize)> {
    let at = blank(text, open + text[open..].chars().next()?.len_utf8());
    let (digits, at) = digits(text, at).filter(|(digits, _)| digits.len() == 4)?;
    let at = blank(text, at);
    let close = text[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, ')' | '〕' | ']' | '】'))?;
    Some((digits, blank(text, at + close.len_utf8())))
}

fn document(text: &str, open: usize, year: &str, after: usize, prefix: Prefix) -> Option<Number> {
    let at = blank(text, after + ordinal(&text[after..]));
    let (digits, at) = digits(text, at)?;
    let end = sign(text, at)?;
    let start = prefix(&text[..open]);
    Some(Number {
        start,
        end,
        canonical: format!("{}{year}-{digits}号", text[start..open].trim_end()),
    })
}

/// The whole text before the bracket, where it is letters alone.
fn whole_prefix(before: &str) -> usize {
    if before.trim_end().chars().all(is_letter) {
        0
    } else {
        before.len()
    }
}

/// In running text the letters reach back to the nearest other character, and no further than a word
/// that introduces a number.
fn running_prefix(before: &str) -> usize {
    const LONGEST: usize = 12;
    let trimmed = before.trim_end();
    let letters = trimmed
        .char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|&(_, c)| is_letter(c));
    let start = letters.last().map_or(before.len(), |(at, _)| at);
    let cues = [
        "根据",
        "依据",
        "按照",
        "依照",
        "参照",
        "印发",
        "制发",
        "发出",
        "文号",
        "编号",
        "建议书",
        "的",
        "和",
        "与",
        "及",
    ];
    let cut = cues
        .iter()
        .filter_map(|cue| trimmed.get(start..)?.rfind(cue).map(|at| start + at + cue.len()));
    cut.max().unwrap_or(start)
}

/// （2022）澄0123刑初45号: Han characters and digits, digits last.
fn court_case(text: &str, start: usize, year: &str, after: usize) -> Option<Number> {
    const LONGEST: usize = 24;
    let rest = &text[after..];
    let body: usize = rest
        .chars()
        .take(LONGEST)
        .take_while(|&c| c != '号' && (is_han(c) || c.is_ascii_digit() || c == ' '))
        .map(char::len_utf8)
        .sum();
    let end = sign(text, after + body)?;
    let compact: String = rest[..body].chars().filter(|c| *c != ' ').collect();
    let court = compact.trim_end_matches(|c: char| c.is_ascii_digit());
    (court.len() < compact.len()).then(|| Number {
        start,
        end,
        canonical: format!("({year}){compact}号"),
    })
}

fn digits(text: &str, at: usize) -> Option<(String, usize)> {
    let len = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    (1..=6)
        .contains(&len)
        .then(|| (text[at..at + len].to_owned(), at + len))
}

/// The offset after 号.
fn sign(text: &str, at: usize) -> Option<usize> {
    let at = blank(text, at);
    text[at..].starts_with('号').then(|| at + '号'.len_utf8())
}

fn ordinal(text: &str) -> usize {
    if text.starts_with('第') { '第'.len_utf8() } else { 0 }
}

fn blank(text: &str, at: usize) -> usize {
    at + text[at..]
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn is_letter(c: char) -> bool {
    is_han(c) || c.is_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_writing_a_number_are_one() {
        let cases = [
            ("检例第142号", "检例142号"),
            ("检例第１４２号", "检例142号"),
            ("检例 第 142 号", "检例142号"),
            ("高检建〔2020〕4号", "高检建2020-4号"),
            ("高检建[2020]4号", "高检建2020-4号"),
            ("高检建（２０２０）第4号", "高检建2020-4号"),
            ("某检建【2020】 4 号", "某检建2020-4号"),
            ("〔2023〕12号", "2023-12号"),
            ("（2022）澄0123刑初45号", "(2022)澄0123刑初45号"),
            ("〔2022〕澄0123刑初45号", "(2022)澄0123刑初45号"),
            ("(2022) 澄0123 刑初 45 号", "(2022)澄0123刑初45号"),
        ];
        for (text, number) in cases {
            assert_eq!(canonical(text).as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "号",
            "检例",
            "检例第号",
            "第142号",
            "2020年4号",
            "高检建〔20〕4号",
            "（2022）刑初号",
            "高检建〔2020〕4号文件",
            "（2022）年4月",
        ] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_found_in_running_text() {
        let text =
            "《规定》（高检发〔2019〕5号）与检例第９９号，依据某检建〔2021〕3号；案号（2022）乙0199刑初8号。检例第99号";
        assert_eq!(
            numbers_in(text),
            ["高检发2019-5号", "检例99号", "某检建2021-3号", "(2022)乙0199刑初8号"]
        );
        let normal = normalize("见检例第9号。");
        let found = find(&normal);
        assert_eq!(&normal[found[0].start..found[0].end], "检例第9号");
    }
}
