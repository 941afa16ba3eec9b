//! Figures as authors write them: 2000余, 1,846,000, 18.5万元.

use crate::record::Quantity;
use unicode_normalization::UnicodeNormalization;

/// Marks of a lower bound.
const AT_LEAST: [char; 3] = ['余', '多', '+'];
/// What may stand behind a figure and say what it counts.
const UNITS: [&str; 9] = ["人民币", "人次", "元", "人", "名", "户", "个", "整", "以上"];

/// Reads a figure in units of 1/`scale`: with a scale of 100 an amount in yuan is kept in hundredths.
/// `None` where the text is no figure, or finer than the unit.
pub fn quantity(text: &str, scale: i64) -> Option<Quantity> {
    let plain: String = text
        .nfkc()
        .filter(|character| !character.is_whitespace() && *character != ',')
        .collect();
    let mut at_least = plain.contains("以上");
    let mut factor = i128::from(scale);
    let mut number = plain.as_str();
    loop {
        if let Some(shorter) = UNITS.iter().find_map(|unit| number.strip_suffix(unit)) {
            number = shorter;
        } else if let Some(shorter) = number.strip_suffix(AT_LEAST) {
            at_least = true;
            number = shorter;
        } else if let Some((shorter, power)) = magnitude(number) {
            factor = factor.checked_mul(power)?;
            number = shorter;
        } else {
            break;
        }
    }
    let value = scaled(number, factor)?;
    Some(Quantity {
        value,
        at_least,
        text: text.trim().to_string(),
    })
}

fn magnitude(text: &str) -> Option<(&str, i128)> {
    [("亿", 100_000_000), ("万", 10_000), ("千", 1000), ("百", 100)]
        .into_iter()
        .find_map(|(word, power)| Some((text.strip_suffix(word)?, power)))
}

/// `number` times `factor`, if that is a whole number.
fn scaled(number: &str, factor: i128) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || number.ends_with('.') || number.len() > 20 {
        return None;
    }
    let all: i128 = format!("{whole}{fraction}").parse().ok()?;
    let product = all.checked_mul(factor)?;
    let divisor = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    (product % divisor == 0).then(|| i64::try_from(product / divisor).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_written() {
        let cases = [
            ("2000余", 1, 2000, true),
            ("2000多人", 1, 2000, true),
            ("2000+", 1, 2000, true),
            ("2000人以上", 1, 2000, true),
            ("1.2万余名", 1, 12_000, true),
            ("1846000", 100, 184_600_000, false),
            ("1,846,000元", 100, 184_600_000, false),
            ("１８４．６万元", 100, 184_600_000, false),
            ("3.5亿", 100, 35_000_000_000, false),
            ("0.05", 100, 5, false),
        ];
        for (text, scale, value, at_least) in cases {
            let expected = Quantity {
                value,
                at_least,
                text: text.into(),
            };
            assert_eq!(quantity(text, scale), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        for text in [
            "",
            "若干",
            "-5",
            "1.2.3",
            "1.",
            ".5",
            "1.5人",
            "99999999999999999999亿",
            "余",
        ] {
            assert_eq!(quantity(text, 1), None, "{text}");
        }
    }
}
