//! Numbers as Chinese texts write them: 二百六十四, 二〇二三, ２６４, 264.

/// Reads a whole text as one number: Chinese numerals with units (一百二十, 两千, 三万), Chinese digits in
/// a row (二〇二三), or ASCII and full-width digits. `None` for anything else, for a malformed numeral
/// and for a number that doesn't fit.
pub fn parse(text: &str) -> Option<u32> {
    let first = text.chars().next()?;
    if arabic(first).is_some() {
        return row(text, arabic);
    }
    if text.chars().all(|letter| digit(letter).is_some()) {
        return row(text, digit);
    }
    units(text)
}

/// Whether a character can stand in a number that [`parse`] reads.
pub fn is_part(letter: char) -> bool {
    arabic(letter).is_some() || digit(letter).is_some() || unit(letter).is_some()
}

fn row(text: &str, value: fn(char) -> Option<u32>) -> Option<u32> {
    text.chars()
        .try_fold(0u32, |sum, letter| sum.checked_mul(10)?.checked_add(value(letter)?))
}

/// Reads digits with units. `section` is what stands below the next 万 or 亿, `waiting` a digit whose unit follows.
fn units(text: &str) -> Option<u32> {
    let (mut total, mut section, mut waiting) = (0u32, 0u32, None);
    let mut ceiling = u32::MAX; // the unit before in this section: units must fall
    let mut myriad = u32::MAX; // the 万 or 亿 before
    for letter in text.chars() {
        match (digit(letter), unit(letter)) {
            (Some(0), _) if waiting.is_none() => {}
            (Some(value), _) if waiting.is_none() => waiting = Some(value),
            (None, Some(size)) if size >= 10_000 => {
                section = section.checked_add(waiting.take().unwrap_or(0))?;
                if total == 0 && section == 0 {
                    return None;
                }
                total = match size < myriad {
                    true => total.checked_add(section.checked_mul(size)?)?,
                    false => total.checked_add(section)?.checked_mul(size)?,
                };
                (section, ceiling, myriad) = (0, u32::MAX, size);
            }
            (None, Some(size)) if size < ceiling => {
                // Only ten goes without a digit before it: 十五, 一百十五.
                let digit = waiting.take().or((size == 10).then_some(1))?;
                section = section.checked_add(digit * size)?;
                ceiling = size;
            }
            _ => return None,
        }
    }
    total.checked_add(section)?.checked_add(waiting.unwrap_or(0))
}

fn arabic(letter: char) -> Option<u32> {
    match letter {
        '0'..='9' => Some(letter as u32 - '0' as u32),
        '０'..='９' => Some(letter as u32 - '０' as u32),
        _ => None,
    }
}

fn digit(letter: char) -> Option<u32> {
    Some(match letter {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(letter: char) -> Option<u32> {
    Some(match letter {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_what_statutes_and_reports_write() {
        for (text, number) in [
            ("二百六十四", 264),
            ("一百二十", 120),
            ("一百零三", 103),
            ("一千零一", 1001),
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("三百一十二", 312),
            ("一百十五", 115),
            ("〇", 0),
            ("零", 0),
            ("两", 2),
            ("两千", 2000),
            ("三万二千", 32_000),
            ("十二万", 120_000),
            ("一亿二千万", 120_000_000),
            ("二〇二三", 2023),
            ("264", 264),
            ("２６４", 264),
            ("2６4", 264),
            ("0", 0),
        ] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "条",
            "二条",
            "百",
            "二百三百",
            "十十",
            "一二十",
            "万",
            "12a",
            "9999999999",
            "九十亿",
            "1.5",
            " 1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
