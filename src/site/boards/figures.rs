//! Figures in words: sums that may be lower bounds, rates with their numerator and denominator.

use crate::adoption::{Rate, Sum};
use crate::site::amount_text;
use crate::site::words::Words;

/// 2086余人.
pub(super) fn people(sum: Sum, words: Words) -> String {
    words.with("unit.people", "n", at_least(sum.value.to_string(), sum, words))
}

/// 497.0万元.
pub(super) fn amount(sum: Sum, words: Words) -> String {
    amount_text(sum, words.catalogue())
}

/// Hundredths of a point as points: `2.5`, `-3`.
pub(super) fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

/// 6/9，到期应复 9 件: what a rate that stands large by itself is of.
pub(super) fn denominator(rate: Rate, of: &str, words: Words) -> String {
    words.fill(
        "overview.denominator",
        &[
            ("part", rate.part.to_string()),
            ("whole", rate.whole.to_string()),
            ("of", words.find(&format!("due.of.{of}"))),
        ],
    )
}

/// 66.7%（12/18）; nothing of nothing has no rate.
pub(super) fn share(part: usize, whole: usize, words: Words) -> Option<String> {
    let percent = Rate { part, whole }.percent()?;
    Some(words.bracketed(&percent, &format!("{part}/{whole}")))
}

fn at_least(text: String, sum: Sum, words: Words) -> String {
    if sum.at_least {
        words.with("figure.at_least", "n", text)
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    #[test]
    fn points_and_rates_are_written_out() {
        for (hundredths, text) in [(0, "0"), (250, "2.5"), (-300, "-3"), (1005, "10.05"), (-5, "-0.05")] {
            assert_eq!(points(hundredths), text);
        }
        let words = Words::of(Lang::Zh);
        let sum = Sum {
            value: 2086,
            at_least: true,
        };
        assert_eq!(people(sum, words), "2086余人");
        assert_eq!(
            crate::site::rate(Rate { part: 6, whole: 9 }, "due", words.catalogue()),
            "66.7%（6/9，到期应复 9 件）"
        );
        assert_eq!(share(12, 18, words).as_deref(), Some("66.7%（12/18）"));
        assert_eq!(share(0, 0, words), None);
    }
}
