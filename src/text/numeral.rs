//! Chinese numerals as statutes write them.

/// Reads a numeral of Chinese characters: with places (`二百六十四`, `一千零三`, `十二`) or digit by
/// digit (`二〇二三`). `None` for anything else, and beyond `u32`.
pub fn parse(text: &str) -> Option<u32> {
    let by_places = text.chars().any(|c| place(c).is_some());
    if by_places {
        parse_places(text)
    } else {
        parse_digits(text)
    }
}

fn parse_digits(text: &str) -> Option<u32> {
    let mut number: Option<u32> = None;
    for c in text.chars() {
        number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(digit(c)?)?);
    }
    number
}

fn parse_places(text: &str) -> Option<u32> {
    let mut total: u32 = 0;
    let mut pending = None;
    for c in text.chars() {
        if let Some(place) = place(c) {
            // A place without a digit before it counts once: 十二 is twelve.
            total = total.checked_add(pending.take().unwrap_or(1u32).checked_mul(place)?)?;
        } else {
            pending = Some(digit(c)?);
        }
    }
    total.checked_add(pending.unwrap_or(0))
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|known| known == c)
        .or((c == '零').then_some(0))
        .map(|at| at as u32)
}

fn place(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn places_and_digits_are_read() {
        let cases = [
            ("二百六十四", 264),
            ("一千零三", 1003),
            ("十二", 12),
            ("二〇二三", 2023),
            ("一百二十", 120),
            ("〇", 0),
        ];
        for (text, number) in cases {
            assert_eq!(parse(text), Some(number), "{text}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in ["", "条", "二x", "12"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
