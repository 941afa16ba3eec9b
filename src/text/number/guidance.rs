//! Guiding cases of the Supreme Court: 指导案例24号, 指导性案例第24号.

use super::{Number, digits};
use crate::text::numeral;

/// The numbers of guiding cases of the Supreme Court in a normal form, left to right: `指导案例24号`.
///
/// They stand apart from [`super::find`], whose numbers the browser's client reads alike.
pub fn court_guidance(normal: &str) -> Vec<Number> {
    let found = normal.match_indices("指导").filter_map(|(start, word)| {
        let rest = &normal[start + word.len()..];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_supreme_court_numbers_its_guiding_cases() {
        let of = |text: &str| {
            court_guidance(text)
                .into_iter()
                .map(|it| it.canonical)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of("参照指导案例24号和指导性案例第 二十五 号"),
            ["指导案例24号", "指导案例25号"]
        );
        assert!(of("指导案例24件、指导性案例").is_empty());
    }
}
