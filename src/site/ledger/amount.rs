//! Amounts of money in words.

use crate::adoption::Sum;
use crate::message::Catalogue;

/// An amount for people: from 10,000 yuan in 万元, exact, with one decimal or as many as it has.
pub(crate) fn amount_text(amount: Sum, words: &Catalogue) -> String {
    let (key, key_at_least, text) = if amount.value < 1_000_000 {
        ("figure.yuan", "figure.yuan_at_least", yuan(amount.value))
    } else {
        let decimals = format!("{:06}", amount.value % 1_000_000);
        let decimals = match decimals.trim_end_matches('0') {
            "" => "0",
            some => some,
        };
        (
            "figure.ten_thousand_yuan",
            "figure.ten_thousand_yuan_at_least",
            format!("{}.{decimals}", amount.value / 1_000_000),
        )
    };
    words.format(if amount.at_least { key_at_least } else { key }, &[("n", text)])
}

/// Hundredths of a yuan as yuan, with decimals only where there are any.
pub(crate) fn yuan(hundredths: i64) -> String {
    match hundredths % 100 {
        0 => format!("{}", hundredths / 100),
        rest => format!("{}.{rest:02}", hundredths / 100),
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
            (500_000_000, true, "500.0万余元"),
            (50_000, true, "500余元"),
        ] {
            let amount = Sum { value, at_least };
            assert_eq!(amount_text(amount, Catalogue::of(Lang::Zh)), text);
        }
    }
}
