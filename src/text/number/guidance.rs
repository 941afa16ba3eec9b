//! Guiding cases of other series: 指导案例24号, 指导性案例第24号 of the Supreme Court, 总第10号 of those on discipline.

use super::{Number, digits};
use crate::text::numeral;

/// The numbers of guiding cases of the Supreme Court in a normal form, left to right: `指导案例24号`.
///
/// They stand apart from [`super::find`], whose numbers the browser's client reads alike.
pub(crate) fn court_guidance(normal: &str) -> Vec<Number> {
    let found = normal.match_indices("指导").filter_map(|(start, word)| {
        let rest = &normal[start + word.len()..];
        // 2022年指导性案例第3号, 执纪执法指导性案例第3号: others count theirs by the year.
        if ["年", "执法", "执纪"]
            .iter()
            .any(|word| normal[..start].ends_with(word))
        {
            return None;
        }
        let rest = rest
            .strip_prefix('性')
            .unwrap_or(rest)
            .strip_prefix("案例")?
            .trim_start();
        let rest = rest.strip_prefix('第').unwrap_or(rest).trim_start();
        let at = normal.len() - rest.len();
        let (number, after) = digits(normal, at).map_or_else(
            || {
                let length: usize = rest
                    .chars()
                    .take_while(|&c| numeral::is_part(c))
                    .map(char::len_utf8)
                    .sum();
                Some((numeral::parse(&rest[..length])?.to_string(), at + length))
            },
            Some,
        )?;
        let end = normal[after..].trim_start().strip_prefix('号')?;
        Some(Number {
            start,
            end: normal.len() - end.len(),
            canonical: format!("指导案例{number}号"),
        })
    });
    found.collect()
}

/// The numbers of guiding cases that others than the Supreme Court give, by the year and through all years, in a normal
/// form, left to right: `2022年指导案例3号`, `总10号`.
pub(crate) fn running(normal: &str) -> Vec<Number> {
    let yearly = normal.match_indices("年指导").filter_map(|(at, word)| {
        let year = normal[..at]
            .len()
            .checked_sub(4)
            .and_then(|from| normal.get(from..at))?;
        let rest = normal[at + word.len()..]
            .trim_start_matches('性')
            .strip_prefix("案例")?;
        let is_year = year.bytes().all(|digit| digit.is_ascii_digit());
        let name = format!("{year}年指导案例");
        is_year.then(|| counted(normal, at - year.len(), rest, &name)).flatten()
    });
    let through = normal
        .match_indices('总')
        .filter_map(|(at, word)| counted(normal, at, &normal[at + word.len()..], word));
    let mut all: Vec<Number> = yearly.chain(through).collect();
    all.sort_by_key(|number| number.start);
    all
}

/// 第10号 at the start of the rest of a text: a number of a name, which stands from `start` on.
fn counted(normal: &str, start: usize, rest: &str, name: &str) -> Option<Number> {
    let rest = rest.trim_start().strip_prefix('第')?.trim_start();
    let (number, after) = digits(normal, normal.len() - rest.len())?;
    let end = normal[after..].trim_start().strip_prefix('号')?;
    Some(Number {
        start,
        end: normal.len() - end.len(),
        canonical: format!("{name}{number}号"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_count_by_the_year_or_through_all_years() {
        let of = |text: &str| running(text).into_iter().map(|it| it.canonical).collect::<Vec<_>>();
        assert_eq!(
            of("(2022年指导性案例第3号,总第10号)见总第 9 号"),
            ["2022年指导案例3号", "总10号", "总9号"]
        );
        assert!(of("总第10期、老总10号").is_empty());
    }

    #[test]
    fn the_supreme_court_numbers_its_guiding_cases() {
        let of = |text: &str| {
            court_guidance(text)
                .into_iter()
                .map(|it| it.canonical)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of("参照最高法指导案例24号和指导性案例第 二十五 号"),
            ["指导案例24号", "指导案例25号"]
        );
        assert!(of("指导案例24件、指导性案例").is_empty());
        assert!(of("2022年指导性案例第3号、执纪执法指导性案例第4号").is_empty());
    }
}
