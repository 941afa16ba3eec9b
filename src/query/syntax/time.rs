//! The times that the filter `year` takes, as people write them.

use super::Time;
use crate::text::normalize;

/// What parts the two ends of a range.
const BETWEEN: [&str; 7] = ["..", "至", "到", "~", "—", "–", "-"];

/// A year, or a month of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    year: i64,
    month: Option<i64>,
}

/// `2021`, `2024年3月`, `2021..2023`, `2021..`, `..2023`, `2020-2021`, `2024年3月至2024年6月`; `None` where nothing can be
/// read, or nothing lies between.
pub(super) fn read(value: &str) -> Option<Time> {
    let normal = normalize(value);
    let normal = normal.trim();
    if let Some(end) = end(normal) {
        return between(Some(end), Some(end));
    }
    let (from, to) = BETWEEN.iter().find_map(|sign| split(normal, sign))?;
    match (from, to) {
        ("", "") => None,
        ("", to) => between(None, Some(end(to)?)),
        (from, "") => between(Some(end(from)?), None),
        (from, to) => between(Some(end(from)?), Some(end(to)?)),
    }
}

fn split<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let (from, to) = text.split_once(sign)?;
    // More than one of a dash are one: 2020——2021.
    let to = to.trim_start_matches(sign);
    // Only two points may stand at an end.
    (sign == ".." || !(from.is_empty() || to.is_empty())).then_some((from.trim(), to.trim()))
}

/// `2024`, `2024年`, `2024年3月`, `2024-03`, `2024.3`, `2024/3`.
fn end(text: &str) -> Option<End> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let year = text[..digits].parse::<u16>().ok()?.into();
    let rest = text[digits..].trim_start();
    if rest.trim_matches('年').is_empty() {
        return Some(End { year, month: None });
    }
    let month = rest.strip_prefix(['年', '-', '.', '/'])?.trim();
    let month = month.strip_suffix('月').unwrap_or(month).trim_end();
    let month = (digits == 4 && month.len() <= 2)
        .then(|| month.parse::<u8>().ok())
        .flatten()?;
    (1..=12).contains(&month).then_some(End {
        year,
        month: Some(month.into()),
    })
}

fn between(from: Option<End>, to: Option<End>) -> Option<Time> {
    let by_month = |end: Option<End>| end.is_some_and(|end| end.month.is_some());
    if !by_month(from) && !by_month(to) {
        let range = from.map_or(i64::MIN, |from| from.year)..=to.map_or(i64::MAX, |to| to.year);
        return (!range.is_empty()).then_some(Time::Years(range));
    }
    let first = |end: End| first_day(end.year, end.month.unwrap_or(1));
    let last = |end: End| match end.month {
        Some(12) | None => first_day(end.year + 1, 1) - 1,
        Some(month) => first_day(end.year, month + 1) - 1,
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
            ("2024年13月", None),
            ("2023..2021", None),
            ("..", None),
            ("-2021", None),
            ("abc", None),
            ("99999", None),
            ("", None),
        ] {
            assert_eq!(read(value), expected, "{value}");
        }
    }
}
