//! What people write of numbers and laws in filters: a part, without the signs around it.
//!
//! `docs/search.md`, section 3; `columns.js` and `query.js` are the twins.

use crate::index::analyzer::is_cjk;
use crate::query::plan::citing::{self, LIST, NUMERALS, WIDEST};
use crate::text::{normalize, number};

const RANGE: [char; 8] = ['至', '到', '~', '—', '–', '―', '─', '‐'];

/// What a value asks of the terms of `number`, which are canonical: one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbers(Vec<Number>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Number {
    /// This number, which has an issuer.
    Whole(String),
    /// Part of one: 第142号 and 142 of 检例142号, 〔2020〕4号 of 高检建2020-4号. Where signs close it (第 or a bracket
    /// before it, 号 or a bracket behind it), its digits are whole.
    Part { bare: String, left: bool, right: bool },
}

impl Numbers {
    /// Reads values in normal form.
    pub(super) fn read(values: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let listed = values.into_iter().flat_map(|normal| listed(&tidy(normal.as_ref())));
        Self(listed.map(|text| Number::read(&text)).collect())
    }

    /// Whether a term is one of them.
    pub(super) fn hold(&self, known: &str) -> bool {
        let bare = skeleton(known);
        let short = without_character(&bare);
        self.0.iter().any(|number| match number {
            Number::Whole(whole) => *whole == short,
            Number::Part {
                bare: part,
                left,
                right,
            } => contains(&bare, part, *left, *right) || contains(&short, &without_character(part), *left, *right),
        })
    }
}

impl Number {
    fn read(text: &str) -> Self {
        // 〔2020〕4号 is but the end of a number.
        match number::canonical(text).filter(|number| !number.starts_with(|c: char| c.is_ascii_digit())) {
            Some(number) => Self::Whole(without_character(&skeleton(&number))),
            None => Self::Part {
                bare: skeleton(text),
                left: text.starts_with(is_sign),
                right: text.ends_with(is_sign),
            },
        }
    }
}

fn contains(bare: &str, part: &str, left: bool, right: bool) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let holds = |(at, _)| {
        let (before, behind) = (bare[..at].chars().next_back(), bare[at + part.len()..].chars().next());
        !(left && digit(before) || right && digit(behind))
    };
    !part.is_empty() && bare.match_indices(part).any(holds)
}

/// The older form of a 案号 has 字 before its number: 刑初字第45号.
fn without_character(bare: &str) -> String {
    let mut out = String::with_capacity(bare.len());
    let mut letters = bare.chars().peekable();
    while let Some(c) = letters.next() {
        if c != '字' || !letters.peek().is_some_and(char::is_ascii_digit) {
            out.push(c);
        }
    }
    out
}

/// A value without blanks, quotation marks and what ends a sentence, with digits for Chinese numerals.
fn tidy(normal: &str) -> String {
    let text = citing::bare(normal);
    let number = text.strip_prefix("no").map(|rest| rest.trim_start_matches('.'));
    let number = number.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let number = number.map(|rest| format!("第{}号", rest.strip_suffix('号').unwrap_or(rest)));
    bracket_year(&digits_for_numerals(&number.unwrap_or(text)))
}

fn digits_for_numerals(text: &str) -> String {
    let edge = |c: Option<char>| c.is_none_or(|c| "第年号至到".contains(c) || !(c.is_alphanumeric() || is_cjk(c)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let end = at
            + text[at..]
                .find(|c: char| !NUMERALS.contains(c))
                .unwrap_or(text.len() - at);
        let (before, behind) = (text[..at].chars().next_back(), text[end..].chars().next());
        match citing::value(&text[at..end]) {
            Some(value) if end > at && (behind == Some('号') || edge(before) && edge(behind)) => {
                out.push_str(&value.to_string());
            }
            _ if end > at => out.push_str(&text[at..end]),
            _ => out.push(first),
        }
        at = end.max(at + if end > at { 0 } else { first.len_utf8() });
    }
    out
}

/// 高检建2020年4号 as 高检建〔2020〕4号.
fn bracket_year(text: &str) -> String {
    let Some((before, behind)) = text.split_once('年') else {
        return text.to_owned();
    };
    let start = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number = behind
        .strip_prefix('第')
        .unwrap_or(behind)
        .starts_with(|c: char| c.is_ascii_digit());
    match before.len() - start {
        4 if number => format!("{}〔{}〕{behind}", &before[..start], &before[start..]),
        _ => text.to_owned(),
    }
}

/// The numbers of a list or range, each with what stands before the first one: 检例第142、143号.
fn listed(text: &str) -> Vec<String> {
    let sign = if text.ends_with('号') { "号" } else { "" };
    let mut out: Vec<String> = Vec::new();
    let mut last: Option<(String, u32)> = None;
    for (range, item) in items(text) {
        let item = item.strip_suffix('号').unwrap_or(item);
        let start = item.len() - item.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (own, digits) = item.split_at(start);
        let Ok(number) = digits.parse::<u32>() else {
            out.push(format!("{item}{sign}"));
            continue;
        };
        let prefix = match &last {
            Some((prefix, _)) if matches!(own, "" | "第") => prefix.clone(),
            _ => own.to_owned(),
        };
        if let Some((_, first)) = last
            .as_ref()
            .filter(|(_, first)| range && number > *first && number - first <= WIDEST)
        {
            out.extend((first + 1..number).map(|number| format!("{prefix}{number}{sign}")));
        }
        // 04号 is 4号; without a sign it may be part of what isn't the number.
        let serial = !sign.is_empty() || prefix.ends_with(is_sign);
        out.push(if serial {
            format!("{prefix}{number}{sign}")
        } else {
            format!("{prefix}{digits}")
        });
        last = Some((prefix, number));
    }
    out
}

/// The items of a list, each with whether a range goes up to it.
fn items(text: &str) -> Vec<(bool, &str)> {
    let mut out = Vec::new();
    let (mut start, mut range, mut at) = (0, false, 0);
    while let Some(first) = text[at..].chars().next() {
        match separator(text, at) {
            Some((next, to)) => {
                out.push((range, &text[start..at]));
                (start, range, at) = (next, to, next);
            }
            None => at += first.len_utf8(),
        }
    }
    out.push((range, &text[start..]));
    out.retain(|(_, item)| !item.is_empty());
    out
}

/// What stands between two numbers: where it ends, and whether it makes a range.
fn separator(text: &str, at: usize) -> Option<(usize, bool)> {
    let rest = &text[at..];
    let (behind, range) = match LIST.iter().find_map(|sign| rest.strip_prefix(sign)) {
        Some(behind) => (behind, false),
        None => (rest.trim_start_matches(RANGE).trim_start_matches('-'), true),
    };
    if behind.len() == rest.len() || !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '号') {
        return None;
    }
    let number = |text: &str| {
        text.strip_prefix('第')
            .unwrap_or(text)
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count()
    };
    let digits = number(behind);
    let stroke = rest.starts_with('-');
    if stroke {
        // 123-1号 is one number.
        let before = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let after = behind.bytes().take_while(u8::is_ascii_digit).count();
        let (first, second) = (text[at - before..at].parse::<u32>(), behind[..after].parse::<u32>());
        return (first.ok()? < second.ok()?).then_some((text.len() - behind.len(), true));
    }
    (digits > 0 || rest.starts_with(['、', ',', ';']) || behind.starts_with("检例"))
        .then_some((text.len() - behind.len(), range))
}

fn is_sign(c: char) -> bool {
    "()〔〕[]【】第号-".contains(c) || c.is_whitespace()
}

/// A number without its signs; where digits would meet, a stroke parts them.
fn skeleton(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    let mut separated = false;
    for c in number.chars() {
        if is_sign(c) {
            separated = true;
            continue;
        }
        if separated && c.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push('|');
        }
        separated = false;
        out.push(c);
    }
    out
}

/// What a value asks of `laws`: one of these.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Law {
    Term(String),
    /// Terms that end so: an article of any law.
    Article(String),
    /// Terms that hold this.
    Part(String),
}

impl Law {
    /// Whether a term of `laws` is asked for.
    pub(super) fn holds(&self, known: &str) -> bool {
        match self {
            Self::Term(law) => known == law,
            Self::Article(article) => known.ends_with(article),
            Self::Part(part) => normalize(known).contains(part),
        }
    }
}

/// Reads a value in normal form: 刑法第264条, 刑法264, 第264、265条, 264, 中华人民共和国刑法, 《刑法》.
pub(super) fn law(normal: &str) -> Vec<Law> {
    let bare = citing::bare(normal);
    let part = Law::Part(citing::name(&bare).unwrap_or(bare));
    let Some(cited) = citing::read(normal) else {
        return vec![part];
    };
    let tokens = cited.named.iter().chain(&cited.inner);
    let asked = tokens.map(|token| match cited.law.as_str() {
        "" => Law::Article(token.clone()),
        law => Law::Term(format!("{law}{token}")),
    });
    let named = cited.sure || cited.law.is_empty();
    asked.chain((!named).then_some(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_parts() {
        for (known, value, found) in [
            ("检例142号", "第142号", true),
            ("检例142号", "检例第142", true),
            ("检例142号", "142", true),
            ("检例142号", "14", true),
            ("检例142号", "第14号", false),
            ("检例142号", "第42号", false),
            ("高检建2020-4号", "〔2020〕4号", true),
            ("高检建2020-4号", "[2020]第4号", true),
            ("高检建2020-4号", "高检建〔2020〕", true),
            ("高检建2020-4号", "高检建2020", true),
            ("高检建2020-14号", "〔2020〕4号", false),
            ("高检建2020-4号", "20204", false),
            ("(2022)澄0123刑初45号", "第45号", true),
            ("(2022)澄0123刑初145号", "第45号", false),
            ("(2022)澄0123刑初45号", "澄0123刑初", true),
            ("检例142号", "号", false),
            ("检例142号", "第一百四十二号", true),
            ("检例142号", "一百四十二", true),
            ("检例142号", "《检例第142号》", true),
            ("检例142号", "检例第142号。", true),
            ("检例142号", "no.142", true),
            ("检例142号", "no.14", false),
            ("检例142号", "检例第141—143号", true),
            ("检例142号", "检例第141-143号", true),
            ("检例142号", "检例第141号至第143号", true),
            ("检例144号", "检例第141—143号", false),
            ("检例143号", "检例第142、143号", true),
            ("检例14号", "检例第142、143号", false),
            ("检例143号", "检例第142号、检例第143号", true),
            ("高检建2020-4号", "〔2020〕04号", true),
            ("高检建2020-4号", "〔2020〕 4 号", true),
            ("高检建2020-14号", "〔2020〕 4 号", false),
            ("高检建2020-4号", "2020年4号", true),
            ("高检建2020-4号", "高检建2020年第4号", true),
            ("最高检建2020-4号", "高检建〔2020〕4号", false),
            ("高检建2020-4号", "高检建2020-4号", true),
            ("(2022)澄0123刑初45号", "刑初045号", true),
            ("(2022)澄0123刑初45号", "(2022)澄0123刑初字第45号", true),
            ("(2015)澄刑初字第46号", "(2015)澄刑初字46号", true),
            ("(2015)澄刑初字第46号", "(2015)澄刑初46号", true),
            ("(2022)澄0123执恢123-1号", "执恢123-1号", true),
        ] {
            assert_eq!(Numbers::read([value]).hold(known), found, "{value} in {known}");
        }
    }

    #[test]
    fn laws_are_read_with_and_without_article() {
        let term = |text: &str| Law::Term(text.to_owned());
        let article = |text: &str| Law::Article(text.to_owned());
        let part = |text: &str| Law::Part(text.to_owned());
        for (value, expected) in [
            ("刑法第264条", term("刑法#264条")),
            ("刑法第二百六十四条第一款", term("刑法#264条")),
            ("二百六十四条", article("#264条")),
            ("二百六十四", article("#264条")),
            ("刑法二百六十四条", term("刑法#264条")),
            ("刑诉法", part("刑事诉讼法")),
            ("第264条", article("#264条")),
            ("264", article("#264条")),
            ("第264条第1款", article("#264条")),
            ("中华人民共和国刑法", part("刑法")),
            ("《刑法》", part("刑法")),
            ("中华人民共和国", part("中华人民共和国")),
            ("安全", part("安全")),
        ] {
            assert_eq!(law(value), [expected], "{value}");
        }
    }

    #[test]
    fn what_may_be_an_article_or_part_of_a_name_is_both() {
        let both = |term: &str, part: &str| [Law::Term(term.to_owned()), Law::Part(part.to_owned())];
        assert_eq!(law("刑法第二百六十四"), both("刑法#264条", "刑法第二百六十四"));
        assert_eq!(law("刑法264"), both("刑法#264条", "刑法264"));
        assert_eq!(law("刑法修正案十一"), both("刑法修正案#11条", "刑法修正案十一"));
    }
}
