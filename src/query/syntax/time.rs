//! The times that the filter `year` takes, as people write them.

use super::Time;
use crate::text::normalize;

/// What stands between the two ends of a range, in normal form without blanks.
const BETWEEN: [char; 10] = ['至', '到', '~', '〜', '—', '–', '―', '─', '‐', '-'];
/// What stands between the times of a list.
const LIST: [char; 8] = ['、', ',', ';', '和', '及', '与', '或', '/'];
/// What says that a time goes on, or what was before it.
const SINCE: [&str; 5] = ["以来", "至今", "以后", "之后", "起"];
const UNTIL: [&str; 4] = ["以前", "之前", "为止", "止"];

/// A year, or months of it, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    year: i64,
    /// The first and the last month.
    months: Option<(i64, i64)>,
    day: Option<i64>,
}

/// `2021`, `2024年3月5日`, `2024年上半年`, `2021..2023`, `2023年以来`, `2024年3月至5月`, `2020、2024`; nothing where
/// something can't be read, or nothing lies between. `year` is that of the reference day: 去年 is the one before.
pub(super) fn read(value: &str, year: Option<i64>) -> Vec<Time> {
    let normal = plain(value);
    let normal = absolute(&normal, year).unwrap_or(normal);
    let mut last = None;
    if let Some(time) = span(&normal, &mut last) {
        return vec![time];
    }
    let mut last = None;
    let parts = normal.split(LIST).map(|part| span(part, &mut last));
    parts.collect::<Option<_>>().unwrap_or_default()
}

/// What a value that counts from the reference day is read as; none for any other: 2025年 for 去年.
pub(super) fn read_as(value: &str, year: Option<i64>) -> Option<String> {
    absolute(&plain(value), year)
}

/// Normal form without blanks, digits for numerals.
fn plain(value: &str) -> String {
    let normal: String = normalize(value).chars().filter(|c| !c.is_whitespace()).collect();
    digits_for_numerals(&normal)
}

/// A text with years in place of the words that count from the reference day's: 今年, 去年上半年, 近3年, which takes in
/// the present one.
fn absolute(text: &str, year: Option<i64>) -> Option<String> {
    const YEARS: [(&str, i64); 5] = [("今年", 0), ("本年", 0), ("去年", 1), ("上年", 1), ("前年", 2)];
    let year = year?;
    let span = ["最近", "过去", "近"].iter().find_map(|word| text.strip_prefix(word));
    let count = span.and_then(|rest| ["年来", "年内", "年"].iter().find_map(|end| rest.strip_suffix(end)));
    if let Some(count) = count {
        let count = if count == "两" {
            2
        } else {
            count.parse().ok().filter(|count| (1..100).contains(count))?
        };
        return Some(format!("{}年至{year}年", year - count + 1));
    }
    let named = |text: String, (word, back): &(&str, i64)| text.replace(word, &format!("{}年", year - back));
    let absolute = YEARS.iter().fold(text.to_owned(), named);
    (absolute != text).then_some(absolute)
}

/// One time; what it lacks of year and month is that of the `last` one read.
fn span(text: &str, last: &mut Option<End>) -> Option<Time> {
    let mut read = |text: &str| {
        let found = end(text, *last)?;
        *last = Some(found);
        Some(found)
    };
    if let Some(found) = read(text) {
        return between(Some(found), Some(found));
    }
    if let Some(from) = SINCE.iter().find_map(|word| text.strip_suffix(word)) {
        return between(Some(read(from.strip_prefix('自').unwrap_or(from))?), None);
    }
    if let Some(to) = UNTIL.iter().find_map(|word| text.strip_suffix(word)) {
        return between(None, Some(read(to)?));
    }
    let (from, to) = split(text)?;
    match (from, to) {
        ("", to) => between(None, Some(read(to)?)),
        (from, "") => between(Some(read(from)?), None),
        (from, to) => {
            let from = read(from)?;
            between(Some(from), Some(read(to)?))
        }
    }
}

/// The texts before and behind the sign of a range.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some((from, to)) = text.split_once("..") {
        return (!from.is_empty() || !to.is_empty()).then_some((from, to.trim_start_matches('.')));
    }
    // A dash before the first digit is none: 2024-03 is a month.
    let signs = text.char_indices().filter(|(_, c)| BETWEEN.contains(c));
    // Where several dashes stand in it, the one in the middle stands between the ends: 2024-03-05-2024-03-08.
    let places: Vec<usize> = signs
        .map(|(at, _)| at)
        .filter(|&at| !text[..at].ends_with(BETWEEN))
        .collect();
    let strong = places.iter().copied().find(|&at| !text[at..].starts_with('-'));
    let at = strong.or(places.get(places.len() / 2).copied())?;
    let (from, to) = (&text[..at], text[at..].trim_start_matches(BETWEEN));
    let torn = from.is_empty() || to.is_empty() && strong.is_none() && places.len() > 1;
    (!torn).then_some((from, to))
}

/// A year, a month, a day, a half or a quarter of a year.
fn end(text: &str, last: Option<End>) -> Option<End> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if rest.is_empty() && (digits == 6 || digits == 8) {
        let day = if digits == 8 {
            Some(number[6..].parse().ok()?)
        } else {
            None
        };
        return dated(number[..4].parse().ok()?, number[4..6].parse().ok()?, day);
    }
    let value: i64 = number.parse::<u16>().ok()?.into();
    let year = match digits {
        2 => Some(value + if value < 50 { 2000 } else { 1900 }),
        4 => Some(value),
        _ => None,
    };
    if let Some(year) = year {
        let whole = rest.is_empty() && (digits > 2 || last.is_none()) || matches!(rest, "年" | "年度" | "年份");
        let months = part_of_year(rest).filter(|_| digits > 2 || rest.starts_with('年'));
        if whole || months.is_some() {
            let day = None;
            return Some(End { year, months, day });
        }
        let signs: &[char] = if digits > 2 { &['年', '-', '.', '/'] } else { &['年'] };
        if let Some(rest) = rest.strip_prefix(signs) {
            let (month, rest) = two_digits(rest)?;
            return dated(year, month, day(rest)?);
        }
    }
    // 5月 and 8日 belong to the year and the month before them.
    let last = last.filter(|_| digits <= 2)?;
    match (rest.strip_prefix('月'), rest) {
        (Some(rest), _) => dated(last.year, value, day(rest)?),
        (None, "日" | "号") => dated(last.year, last.months?.1, Some(value)),
        (None, "") if last.months.is_some() && last.day.is_none() => dated(last.year, value, None),
        _ => None,
    }
}

/// What stands behind a month: nothing (`None`), or a day.
fn day(text: &str) -> Option<Option<i64>> {
    let rest = text.strip_prefix('月').unwrap_or(text);
    let rest = rest
        .strip_prefix(['-', '.', '/'])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(rest);
    if matches!(rest, "" | "份") {
        return Some(None);
    }
    let (day, rest) = two_digits(rest)?;
    matches!(rest, "" | "日" | "号").then_some(Some(day))
}

fn two_digits(text: &str) -> Option<(i64, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse::<u8>().ok().filter(|_| digits <= 2)?;
    Some((number.into(), &text[digits..]))
}

/// The months of 上半年, 年初, 一季度 (its numeral is a digit here) and the like.
fn part_of_year(text: &str) -> Option<(i64, i64)> {
    let text = text.strip_prefix('年').unwrap_or(text);
    let quarter = text.strip_prefix('第').unwrap_or(text);
    Some(match (text, quarter) {
        ("上半年", _) => (1, 6),
        ("下半年", _) => (7, 12),
        ("初" | "年初", _) => (1, 3),
        ("中" | "年中", _) => (4, 9),
        ("底" | "末" | "年底" | "年末", _) => (10, 12),
        (_, "1季度") => (1, 3),
        (_, "2季度") => (4, 6),
        (_, "3季度") => (7, 9),
        (_, "4季度") => (10, 12),
        _ => return None,
    })
}

fn dated(year: i64, month: i64, day: Option<i64>) -> Option<End> {
    let days = 1..=first_day(year + month / 12, month % 12 + 1) - first_day(year, month);
    ((1..=12).contains(&month) && day.is_none_or(|day| days.contains(&day))).then_some(End {
        year,
        months: Some((month, month)),
        day,
    })
}

/// Each Chinese numeral as digits: 二〇二四 digit by digit, 十二 by its value.
fn digits_for_numerals(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    // 二O二四: the letter is written for the sign.
    let is_part = |c: char| DIGITS.contains(c) || matches!(c, '零' | '○' | 'o' | '十');
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        if end == 0 || first == 'o' {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let digit = |c: char| DIGITS.chars().position(|known| known == c).unwrap_or(0);
        match rest[..end].split_once('十') {
            Some((tens, ones)) => {
                let value = |text: &str| text.chars().fold(0, |sum, c| sum * 10 + digit(c));
                let tens = if tens.is_empty() { 1 } else { value(tens) };
                out.push_str(&(tens * 10 + value(ones)).to_string());
            }
            None => out.extend(rest[..end].chars().map(digit).map(|digit| digit.to_string())),
        }
        rest = &rest[end..];
    }
    out
}

fn between(from: Option<End>, to: Option<End>) -> Option<Time> {
    let by_month = |end: Option<End>| end.is_some_and(|end| end.months.is_some());
    if !by_month(from) && !by_month(to) {
        let range = from.map_or(i64::MIN, |from| from.year)..=to.map_or(i64::MAX, |to| to.year);
        return (!range.is_empty()).then_some(Time::Years(range));
    }
    let first =
        |end: End| first_day(end.year, end.months.map_or(1, |months| months.0)) + end.day.map_or(0, |day| day - 1);
    let last = |end: End| match (end.day, end.months) {
        (Some(_), _) => first(end),
        (None, Some((_, month))) if month < 12 => first_day(end.year, month + 1) - 1,
        _ => first_day(end.year + 1, 1) - 1,
    };
    let range = from.map_or(i64::MIN, first)..=to.map_or(i64::MAX, last);
    (!range.is_empty()).then_some(Time::Days(range))
}

/// Days from 1970-01-01 to the first of a month: years are counted from March, so that a leap day ends one.
fn first_day(year: i64, month: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let since_march = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * since_march + 2) / 5
        - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (value, expected) in [
            ("2021", Some(Time::Years(2021..=2021))),
            ("２０２１年", Some(Time::Years(2021..=2021))),
            ("2021..2023", Some(Time::Years(2021..=2023))),
            ("2021年..", Some(Time::Years(2021..=i64::MAX))),
            ("..2021", Some(Time::Years(i64::MIN..=2021))),
            ("2020-2021", Some(Time::Years(2020..=2021))),
            ("2020年至2021年", Some(Time::Years(2020..=2021))),
            ("2020——2021", Some(Time::Years(2020..=2021))),
            ("1970年1月", Some(Time::Days(0..=30))),
            ("1970-02", Some(Time::Days(31..=58))),
            ("2024年2月", Some(Time::Days(19_754..=19_782))),
            ("1969.12", Some(Time::Days(-31..=-1))),
            ("1970年1月至1970年2月", Some(Time::Days(0..=58))),
            ("1970年12月..", Some(Time::Days(334..=i64::MAX))),
            ("1970年2月3日", Some(Time::Days(33..=33))),
            ("1970-02-03", Some(Time::Days(33..=33))),
            ("1970.2.3", Some(Time::Days(33..=33))),
            ("19700203", Some(Time::Days(33..=33))),
            ("197002", Some(Time::Days(31..=58))),
            ("1970年2月份", Some(Time::Days(31..=58))),
            ("1970年1月至2月", Some(Time::Days(0..=58))),
            ("1970年1-2月", Some(Time::Days(0..=58))),
            ("1970年一月2日至三日", Some(Time::Days(1..=2))),
            ("1970-01-02至1970-01-03", Some(Time::Days(1..=2))),
            ("1970年第一季度", Some(Time::Days(0..=89))),
            ("1970年下半年", Some(Time::Days(181..=364))),
            ("1970年十二月", Some(Time::Days(334..=364))),
            ("二〇二四年", Some(Time::Years(2024..=2024))),
            ("二O二四", Some(Time::Years(2024..=2024))),
            ("2024年度", Some(Time::Years(2024..=2024))),
            ("2020――2024", Some(Time::Years(2020..=2024))),
            ("2020 - 2024年", Some(Time::Years(2020..=2024))),
            ("2023年以来", Some(Time::Years(2023..=i64::MAX))),
            ("2023年至今", Some(Time::Years(2023..=i64::MAX))),
            ("2023-", Some(Time::Years(2023..=i64::MAX))),
            ("2023年以前", Some(Time::Years(i64::MIN..=2023))),
            ("1970年2月30日", None),
            ("24年", Some(Time::Years(2024..=2024))),
            ("20", Some(Time::Years(2020..=2020))),
            ("98年至02年", Some(Time::Years(1998..=2002))),
            ("70年1月", Some(Time::Days(0..=30))),
            ("1970上半年", Some(Time::Days(0..=180))),
            ("1970年初", Some(Time::Days(0..=89))),
            ("1970年年底", Some(Time::Days(273..=364))),
            ("202", None),
            ("3月", None),
            ("2024年13月", None),
            ("2023..2021", None),
            ("..", None),
            ("-2021", None),
            ("abc", None),
            ("99999", None),
            ("", None),
        ] {
            assert_eq!(read(value, None), Vec::from_iter(expected), "{value}");
        }
    }

    #[test]
    fn of_a_list_each_counts() {
        assert_eq!(
            read("2020、2024年", None),
            [Time::Years(2020..=2020), Time::Years(2024..=2024)]
        );
        assert_eq!(read("1970年1月、3月", None), [Time::Days(0..=30), Time::Days(59..=89)]);
        assert_eq!(read("2020、去年", None), []);
    }

    #[test]
    fn some_times_count_from_the_reference_day() {
        for (value, expected) in [
            ("今年", Time::Years(2026..=2026)),
            ("去年", Time::Years(2025..=2025)),
            ("上年度", Time::Years(2025..=2025)),
            ("前年至今", Time::Years(2024..=i64::MAX)),
            ("近三年", Time::Years(2024..=2026)),
            ("最近两年", Time::Years(2025..=2026)),
            ("过去10年", Time::Years(2017..=2026)),
            ("去年以来", Time::Years(2025..=i64::MAX)),
        ] {
            assert_eq!(read(value, Some(2026)), [expected], "{value}");
            assert_eq!(read(value, None), [], "{value}");
        }
        assert_eq!(read("去年上半年", Some(1971)), [Time::Days(0..=180)]);
        assert_eq!(
            read("2020、去年", Some(2026)),
            [Time::Years(2020..=2020), Time::Years(2025..=2025)]
        );
        assert_eq!(read_as("近三年", Some(2026)).as_deref(), Some("2024年至2026年"));
        assert_eq!(read_as("2024年", Some(2026)), None);
    }
}
