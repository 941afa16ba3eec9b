//! Figures in words: sums that may be lower bounds, rates with their numerator and denominator.

use crate::adoption::{Rate, Sum};
use crate::site::words::Words;

/// 2086余人.
pub(super) fn people(sum: Sum, words: Words) -> String {
    words.with("unit.people", "n", at_least(sum.value.to_string(), sum, words))
}

/// An amount: from 10,000 yuan in 万元, exact, with one decimal or as many as it has.
pub(super) fn amount(sum: Sum, words: Words) -> String {
    const TEN_THOUSAND_YUAN: i64 = 1_000_000;
    let (key, key_at_least, text) = if sum.value < TEN_THOUSAND_YUAN {
        ("figure.yuan", "figure.yuan_at_least", decimal(sum.value, 100, 0))
    } else {
        (
            "figure.ten_thousand_yuan",
            "figure.ten_thousand_yuan_at_least",
            decimal(sum.value, TEN_THOUSAND_YUAN, 1),
        )
    };
    words.with(if sum.at_least { key_at_least } else { key }, "n", text)
}

/// Hundredths of a point as points: `2.5`, `-3`.
pub(super) fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}", decimal(hundredths.abs(), 100, 0))
}

/// 66.7%（6/9，到期应复 9 件）; `of` names the denominator.
pub(super) fn rate(rate: Rate, of: &str, words: Words) -> String {
    words.fill(
        "due.rate",
        &[
            ("percent", rate.percent().unwrap_or_else(|| "—".to_owned())),
            ("part", rate.part.to_string()),
            ("whole", rate.whole.to_string()),
            ("of", words.find(&format!("due.of.{of}"))),
        ],
    )
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

/// `value` over a power of ten, exactly, with at least so many decimals; `value` is not negative.
fn decimal(value: i64, scale: i64, least: usize) -> String {
    let digits = scale.ilog10() as usize;
    let fraction = format!("{:0digits$}", value % scale);
    let kept = fraction.trim_end_matches('0').len().max(least);
    match kept {
        0 => (value / scale).to_string(),
        _ => format!("{}.{}", value / scale, &fraction[..kept]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    #[test]
    fn amounts_are_exact_and_say_when_they_are_a_lower_bound() {
        for (value, at_least, text) in [
            (0, false, "0元"),
            (12_345, false, "123.45元"),
            (999_999, false, "9999.99元"),
            (1_000_000, false, "1.0万元"),
            (497_000_000, false, "497.0万元"),
            (123_456_789, false, "123.456789万元"),
            (50_000, true, "500余元"),
        ] {
            assert_eq!(amount(Sum { value, at_least }, Words::of(Lang::Zh)), text);
        }
        assert_eq!(
            people(
                Sum {
                    value: 2086,
                    at_least: true
                },
                Words::of(Lang::Zh)
            ),
            "2086余人"
        );
    }

    #[test]
    fn points_and_rates_are_written_out() {
        for (hundredths, text) in [(0, "0"), (250, "2.5"), (-300, "-3"), (1005, "10.05"), (-5, "-0.05")] {
            assert_eq!(points(hundredths), text);
        }
        let words = Words::of(Lang::Zh);
        assert_eq!(
            rate(Rate { part: 6, whole: 9 }, "due", words),
            "66.7%（6/9，到期应复 9 件）"
        );
        assert_eq!(share(12, 18, words).as_deref(), Some("66.7%（12/18）"));
        assert_eq!(share(0, 0, words), None);
    }
}
