//! Figures as authors write them: 2000余, 1,846,000, 18.5万元.

use crate::record::Quantity;
use crate::text::numeral;
use unicode_normalization::UnicodeNormalization;

/// Marks of a lower bound.
const AT_LEAST: [char; 3] = ['余', '多', '+'];

/// What a figure counts: the words that may stand behind it, and how fine it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// People: 人, 名, 位. Households (户) are none, nor are visits (人次), which count one several times.
    People,
    /// Money in yuan, kept in hundredths.
    Yuan,
    /// Points, kept in hundredths.
    Points,
    /// How often.
    Times,
}

impl Counted {
    fn units(self) -> &'static [&'static str] {
        match self {
            Counted::People => &["群众", "人", "名", "位", "个"],
            Counted::Yuan => &["人民币", "元", "圆", "整"],
            Counted::Points => &["分"],
            Counted::Times => &["次", "个"],
        }
    }

    fn scale(self) -> i128 {
        match self {
            Counted::People | Counted::Times => 1,
            Counted::Yuan | Counted::Points => 100,
        }
    }
}

/// Reads a figure; an amount in yuan is kept in hundredths. `None` where the text is not a figure of what it counts, or
/// finer than the unit: nothing is half read.
pub(crate) fn quantity(text: &str, counted: Counted) -> Option<Quantity> {
    if text.chars().any(is_other_digit) {
        return None;
    }
    let plain = without_blanks(&text.nfkc().collect::<String>());
    let mut at_least = false;
    let mut factor = counted.scale();
    let mut number = plain.as_str();
    if counted == Counted::Yuan {
        number = number.trim_start_matches("人民币").trim_start_matches(['¥', '￥']);
    }
    loop {
        if let Some(shorter) = counted.units().iter().find_map(|unit| number.strip_suffix(unit)) {
            number = shorter;
        } else if let Some(shorter) = number.strip_suffix("以上").or_else(|| number.strip_suffix(AT_LEAST)) {
            at_least = true;
            number = shorter;
        } else if !in_words(number)
            && let Some((shorter, power)) = magnitude(number)
        {
            factor = factor.checked_mul(power)?;
            number = shorter;
        } else {
            break;
        }
    }
    let value = match in_words(number) {
        true if skips_a_unit(number) => return None,
        true => i64::try_from(i128::from(numeral::parse(number)?).checked_mul(factor)?).ok()?,
        false => scaled(&without_separators(number)?, factor)?,
    };
    Some(Quantity {
        value,
        at_least,
        text: text.trim().replace('_', ","),
    })
}

/// Whether a character becomes a digit of another number in the normal form: ², ①.
fn is_other_digit(character: char) -> bool {
    let wide = matches!(character, '０'..='９');
    let digits = |character: char| std::iter::once(character).nfkc().any(|plain| plain.is_ascii_digit());
    !character.is_ascii() && !wide && digits(character)
}

/// A text without its blanks; one between two digits separates thousands, if anything.
fn without_blanks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        if character.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && character.is_ascii_digit() && plain.ends_with(|last: char| last.is_ascii_digit()) {
            plain.push('_');
        }
        plain.push(character);
        blank = false;
    }
    plain
}

/// Whether a digit stands between a unit and a larger one: 两千六万 is 2006万 to one reader and 2600万 to another.
fn skips_a_unit(number: &str) -> bool {
    let letters: Vec<char> = number.chars().collect();
    letters.windows(3).any(|three| {
        let digit = !"零〇○十百千万亿拾佰仟萬億".contains(three[1]);
        "百千佰仟".contains(three[0]) && digit && "万亿萬億".contains(three[2])
    })
}

/// Whether a figure is written in Chinese numerals: 两千六百, not 2千6百.
fn in_words(number: &str) -> bool {
    number
        .chars()
        .next()
        .is_some_and(|first| !first.is_ascii() && (numeral::is_part(first) || numeral::is_capital(first)))
}

/// A number without the commas (and what stands for them, `_`) that part its thousands; `None` where they stand
/// elsewhere.
fn without_separators(number: &str) -> Option<String> {
    if !number.contains([',', '_']) {
        return Some(number.to_owned());
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.split([',', '_']);
    let first = groups.next()?;
    let good = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3) && !fraction.contains([',', '_']);
    good.then(|| number.replace([',', '_'], ""))
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
        use Counted::{People, Points, Times, Yuan};
        let cases = [
            ("2000余", People, 2000, true),
            ("2000多人", People, 2000, true),
            ("2000+", People, 2000, true),
            ("2000人以上", People, 2000, true),
            ("1.2万余名", People, 12_000, true),
            ("1200人", People, 1200, false),
            ("2,000余人", People, 2000, true),
            ("两千六", People, 2600, false),
            ("两千六百余人", People, 2600, true),
            ("十二", People, 12, false),
            ("三万二千人", People, 32_000, false),
            ("1846000", Yuan, 184_600_000, false),
            ("1,846,000元", Yuan, 184_600_000, false),
            ("1,846,000.5", Yuan, 184_600_050, false),
            ("１，８４６，０００元", Yuan, 184_600_000, false),
            ("人民币184.6万元整", Yuan, 184_600_000, false),
            ("￥5元", Yuan, 500, false),
            ("１８４．６万元", Yuan, 184_600_000, false),
            ("3.5亿", Yuan, 35_000_000_000, false),
            ("壹佰万元整", Yuan, 100_000_000, false),
            ("0.05", Yuan, 5, false),
            ("2.5分", Points, 250, false),
            ("3次", Times, 3, false),
            ("1 846 000元", Yuan, 184_600_000, false),
            ("1, 846, 000", Yuan, 184_600_000, false),
            ("两千零六万元", Yuan, 2_006_000_000, false),
            ("两千六百万元", Yuan, 2_600_000_000, false),
            ("十二万", Yuan, 12_000_000, false),
        ];
        for (text, counted, value, at_least) in cases {
            let expected = Quantity {
                value,
                at_least,
                text: text.into(),
            };
            assert_eq!(quantity(text, counted), Some(expected), "{text}");
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
            "近2000",
            "约2000",
            "2000-3000",
            "1200元",
            "1200户",
            "250人次",
            "三万二千人次",
            "1,84,600",
            "18,46",
            "1,8460",
            "两千六百5",
            "2千6",
            "1 2",
            "120³",
            "①",
            "两千六万",
            "三百五万",
            "叁佰伍萬",
        ] {
            assert_eq!(quantity(text, Counted::People), None, "{text}");
        }
        assert_eq!(quantity("1200人", Counted::Yuan), None);
        assert_eq!(quantity("1200户", Counted::Yuan), None);
    }
}
