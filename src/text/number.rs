//! Canonical numbers: guiding cases (检例第142号), documents (高检建〔2020〕4号) and court cases
//! （2022）澄0123刑初45号, however their brackets and digits are written.
//!
//! Everything here reads texts in normal form ([`super::normalize`]); [`canonical`] and [`numbers_in`]
//! make it themselves.

mod guidance;
mod order;
mod series;

pub(crate) use guidance::{court_guidance, running};
pub(crate) use order::orders;

use super::{normalize, numeral};

/// Words that introduce a number in running text, and are no part of it.
pub(crate) const CUES: [&str; 40] = [
    "根据", "依据", "按照", "依照", "参照", "印发", "制发", "发出", "文号", "编号", "书", "作出", "做出", "发布",
    "公布", "颁布", "下发", "核发", "出台", "制定", "制作", "送达", "签发", "下达", "收到", "通过", "适用", "援引",
    "引用", "简称", "出具", "以", "按", "是", "为", "该", "的", "和", "与", "及",
];

/// A number found in a normal form. Of a list (检例第142、143号) each has its own place; those that a range leaves
/// out (检例第142—146号) have the place of the whole.
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
    // 检例（第142号 and 123号-1 are numbers in running text alone.
    if word.contains("例(") || !word.ends_with('号') {
        return None;
    }
    match at_end_of_prefix(word, whole_prefix)?.as_slice() {
        [found] if found.start == 0 && found.end == word.len() => Some(found.canonical.clone()),
        _ => None,
    }
}

/// The canonical numbers of a text in order, each once.
///
/// ```
/// use jianyan::text::number::numbers_in;
///
/// assert_eq!(numbers_in("参见检例第142号、（检例第142号）"), ["检例142号"]);
/// ```
pub fn numbers_in(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for number in find(&normalize(text)) {
        if !out.contains(&number.canonical) {
            out.push(number.canonical);
        }
    }
    out
}

/// The numbers of the list or range in a normal form whose first digits stand at `at`, perhaps behind 第: each by its
/// digits (`142`), with its place as [`Number`] has it. `start` is where the text of the first one begins.
pub fn listed(normal: &str, start: usize, at: usize) -> Vec<(String, std::ops::Range<usize>)> {
    let members = series::read(normal, start, at).unwrap_or_default();
    members
        .into_iter()
        .map(|member| (member.number, member.place))
        .collect()
}

/// The numbers in a normal form, left to right.
pub fn find(normal: &str) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut from = 0;
    while let Some(numbers) = at_end_of_prefix(&normal[from..], running_prefix) {
        let end = numbers.iter().map(|number| number.end).max().unwrap_or_default();
        out.extend(numbers.into_iter().map(|number| Number {
            start: number.start + from,
            end: number.end + from,
            ..number
        }));
        from += end;
    }
    out
}

/// How far the letters of a 文号 reach back from its bracket: offset of their start.
type Prefix = fn(&str) -> usize;

/// The first number of a text, or the first list or range of them.
fn at_end_of_prefix(text: &str, prefix: Prefix) -> Option<Vec<Number>> {
    text.char_indices().find_map(|(at, c)| match c {
        '检' => guiding_case(text, at),
        '(' | '〔' | '[' | '【' | '〈' => bracketed(text, at, prefix),
        _ => None,
    })
}

/// 检例第142号, 检例142号, 检例第142—146号.
fn guiding_case(text: &str, start: usize) -> Option<Vec<Number>> {
    let at = blank(text, start + text[start..].strip_prefix("检例").map(|_| "检例".len())?);
    let at = text[at..]
        .strip_prefix('(')
        .map_or(at, |rest| blank(text, text.len() - rest.len()));
    let series = series::read(text, start, at)?;
    Some(numbered(series, |digits| format!("检例{digits}号")))
}

fn numbered(series: Vec<series::Member>, canonical: impl Fn(&str) -> String) -> Vec<Number> {
    let number = |member: series::Member| Number {
        start: member.place.start,
        end: member.place.end,
        canonical: canonical(&member.number),
    };
    series.into_iter().map(number).collect()
}

/// What a bracketed year belongs to: letters before it make a 文号, a court after it a 案号.
fn bracketed(text: &str, open: usize, prefix: Prefix) -> Option<Vec<Number>> {
    let (year, after) = year(text, open)?;
    let court = text[after..]
        .chars()
        .next()
        .is_some_and(|c| is_han(c) && c != '第' && c != '号');
    // 〔2022〕九号
    if court && series::read(text, open, after).is_none() {
        court_case(text, open, &year, after)
    } else {
        document(text, open, &year, after, prefix)
    }
}

/// 〔2020〕 with any pair of brackets: the year and the offset after it.
fn year(text: &str, open: usize) -> Option<(String, usize)> {
    let at = blank(text, open + text[open..].chars().next()?.len_utf8());
    let len: usize = text[at..].chars().take(4).map(char::len_utf8).sum();
    let digits = Some(&text[at..at + len]).filter(|digits| !digits.contains(['十', '百', '千', '万', '亿']))?;
    let year = numeral::parse(digits).filter(|year| (1000..10_000).contains(year))?;
    let at = blank(text, at + len);
    let close = text[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, ')' | '〕' | ']' | '】' | '〉'))?;
    Some((year.to_string(), blank(text, at + close.len_utf8())))
}

fn document(text: &str, open: usize, year: &str, after: usize, prefix: Prefix) -> Option<Vec<Number>> {
    let start = prefix(&text[..open]);
    // 〔2022〕Z45号
    let letter = text[after..].chars().next().filter(char::is_ascii_lowercase);
    let letter = letter.filter(|_| text[after + 1..].starts_with(|next: char| next.is_ascii_digit()));
    let series = series::read(text, start, after + letter.map_or(0, char::len_utf8))?;
    let issuer = text[start..open].trim_end();
    let letter = letter.map(String::from).unwrap_or_default();
    Some(numbered(series, |digits| format!("{issuer}{year}-{letter}{digits}号")))
}

/// The whole text before the bracket, where it is letters alone.
fn whole_prefix(before: &str) -> usize {
    if issuer_start(before.trim_end(), usize::MAX) == 0 {
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
    let start = issuer_start(trimmed, LONGEST);
    let start = if start < trimmed.len() { start } else { before.len() };
    let cut = CUES
        .iter()
        .filter_map(|cue| trimmed.get(start..)?.rfind(cue).map(|at| start + at + cue.len()));
    let start = cut.max().unwrap_or(start);
    // 见澄检建〔2022〕9号, 参见…; within a name (意见) it stays.
    let led = ["参见", "详见", "见"]
        .iter()
        .find(|lead| trimmed.get(start..).is_some_and(|name| name.starts_with(**lead)));
    start + led.map_or(0, |lead| lead.len())
}

/// Where the letters at the end of a text begin, so many at most. A letter or two in brackets may stand among them:
/// 法(研)发; what names a version is none of an issuer.
fn issuer_start(text: &str, most: usize) -> usize {
    let mut start = text.len();
    for _ in 0..most {
        let behind = &text[..start];
        let open = inner_bracket(behind).filter(|_| start < text.len());
        let head = open.map_or(behind, |open| &behind[..open]);
        match head.chars().next_back().filter(|letter| is_letter(*letter)) {
            Some(letter) => start = head.len() - letter.len_utf8(),
            None => break,
        }
    }
    start
}

/// Where the bracket opens at the end of 法(研).
fn inner_bracket(text: &str) -> Option<usize> {
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let inner = &inner[open + 1..];
    let is_version = matches!(inner, "试行" | "草案" | "修订" | "修正");
    let fits = (1..=2).contains(&inner.chars().count()) && inner.chars().all(is_han);
    (fits && !is_version).then_some(open)
}

/// （2022）澄0123刑初45号: Han characters and digits, digits last.
fn court_case(text: &str, start: usize, year: &str, after: usize) -> Option<Vec<Number>> {
    const LONGEST: usize = 24;
    let rest = &text[after..];
    let body: usize = rest
        .chars()
        .take(LONGEST)
        .take_while(|&c| c != '号' && (is_han(c) || c.is_ascii_digit() || c == ' '))
        .map(char::len_utf8)
        .sum();
    // The last digits are the number; 至 and 和 of a range or list are Han characters too.
    let first = rest[..body].trim_end();
    let court = rest
        .char_indices()
        .take_while(|&(at, _)| at < first.len())
        .filter(|&(at, c)| c.is_ascii_digit() && !rest[..at].ends_with(|before: char| before.is_ascii_digit()))
        .find_map(|(at, _)| {
            let series = series::read(text, start, after + at)?;
            let court: String = rest[..at].chars().filter(|c| *c != ' ').collect();
            (!court.is_empty()).then_some((court, series))
        });
    let (court, series) = court?;
    Some(numbered(series, |digits| format!("({year}){court}{digits}号")))
}

fn digits(text: &str, at: usize) -> Option<(String, usize)> {
    let len = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    (1..=6)
        .contains(&len)
        .then(|| (text[at..at + len].to_owned(), at + len))
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
            ("澄检建〔2022〕09号", "澄检建2022-9号"),
            ("（2022）澄0123刑初045号", "(2022)澄0123刑初45号"),
            ("（2022）澄0123执恢123-1号", "(2022)澄0123执恢123-1号"),
            ("(2022)澄0123执恢123－1号", "(2022)澄0123执恢123-1号"),
            ("检例第一百四十二号", "检例142号"),
            ("澄检建〔二〇二二〕9号", "澄检建2022-9号"),
            ("澄检建〈2022〉09号", "澄检建2022-9号"),
            ("澄检建〔2022〕九号", "澄检建2022-9号"),
            ("澄检刑不诉〔2022〕Z45号", "澄检刑不诉2022-z45号"),
            ("法（研）发〔1987〕32号", "法(研)发1987-32号"),
            ("（二〇二二）澄0123刑初45号", "(2022)澄0123刑初45号"),
            ("（2022）澄0123执恢123—1号", "(2022)澄0123执恢123-1号"),
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
            "检例第142、143号",
            "检例检例142号",
            "检例（第142号",
            "（2022）澄0123执恢123号-1",
            "〔一千二百〕9号",
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
        let lists = [
            (
                "见检例第142—144号指导性案例",
                ["检例142号", "检例143号", "检例144号"].as_slice(),
            ),
            ("检例第142号至第144号", &["检例142号", "检例143号", "检例144号"]),
            ("检例第142、143号，检例第9号", &["检例142号", "检例143号", "检例9号"]),
            ("检例第1号、第2号和3号", &["检例1号", "检例2号", "检例3号"]),
            ("依据澄检建〔2022〕9、10号", &["澄检建2022-9号", "澄检建2022-10号"]),
            (
                "澄检建〔2022〕9号、澄检建〔2022〕10号",
                &["澄检建2022-9号", "澄检建2022-10号"],
            ),
            (
                "澄检建〔2022〕9至11号",
                &["澄检建2022-9号", "澄检建2022-10号", "澄检建2022-11号"],
            ),
            (
                "（2022）乙0199刑初8、9号",
                &["(2022)乙0199刑初8号", "(2022)乙0199刑初9号"],
            ),
            (
                "（2022）乙0199刑初8号、（2023）乙0199刑初9号",
                &["(2022)乙0199刑初8号", "(2023)乙0199刑初9号"],
            ),
            ("（2022）乙0199执恢123-1号", &["(2022)乙0199执恢123-1号"]),
            ("检例第9号、第十条", &["检例9号"]),
            ("检例第1—99999号", &["检例1号", "检例99999号"]),
            ("检例第142号至检例第144号", &["检例142号", "检例143号", "检例144号"]),
            ("检例第142―144号", &["检例142号", "检例143号", "检例144号"]),
            ("检例第142号─144号", &["检例142号", "检例143号", "检例144号"]),
            (
                "检例第142号或143号以及第145号",
                &["检例142号", "检例143号", "检例145号"],
            ),
            ("检例第142/143号", &["检例142号", "检例143号"]),
            ("见澄检建〔2022〕9号", &["澄检建2022-9号"]),
            ("《甲解释》（法（研）发〔1987〕32号）", &["法(研)发1987-32号"]),
            ("乙院以粤检侦监核〔2006〕4号批准", &["粤检侦监核2006-4号"]),
            ("于次日作出粤检赔决〔2011〕1号", &["粤检赔决2011-1号"]),
            ("甲省公安厅联合发布粤高法〔2011〕382号", &["粤高法2011-382号"]),
            ("（以下简称澄政办字〔2017〕20号）", &["澄政办字2017-20号"]),
            ("作出不起诉决定书澄检刑不诉〔2022〕Z45号", &["澄检刑不诉2022-z45号"]),
            ("《甲规定》（试行）澄检建〔2022〕9号", &["澄检建2022-9号"]),
            ("  〔2022〕9号", &["2022-9号"]),
            ("检例第142、检例第143号", &["检例142号", "检例143号"]),
            ("检例第142号（甲案）、第143号（乙案）", &["检例142号", "检例143号"]),
            ("检例（第142、143号）", &["检例142号", "检例143号"]),
            ("（2022）乙0199执恢123号-1", &["(2022)乙0199执恢123号"]),
        ];
        for (text, expected) in lists {
            assert_eq!(numbers_in(text), expected, "{text}");
        }
        let normal = normalize("见检例第9号。");
        let found = find(&normal);
        assert_eq!(&normal[found[0].start..found[0].end], "检例第9号");
    }
}
