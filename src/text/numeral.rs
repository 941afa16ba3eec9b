//! Numbers as Chinese texts write them: 二百六十四, 二〇二三, ２６４, 264.

/// Reads a whole text as one number: Chinese numerals with units (一百二十, 两千, 三万), Chinese digits in
/// a row (二〇二三, 二O二三), the capital numerals of documents (贰佰陆拾肆), or ASCII and full-width digits. The last
/// digit after a larger unit counts the next smaller one, as people speak: 两千六 is 2600, 两千零六 is 2006.
/// `None` for anything else, for a malformed numeral and for a number that doesn't fit.
pub(crate) fn parse(text: &str) -> Option<u32> {
    let first = text.chars().next()?;
    if text.chars().all(|letter| arabic(letter).is_some()) {
        return row(text, arabic);
    }
    let chinese = |letter: char| digit(letter).is_some() || capital(letter).is_some_and(|plain| digit(plain).is_some());
    if chinese(first) && text.chars().all(|letter| in_row(letter).is_some()) {
        return row(text, in_row);
    }
    if is_zero(first) && digit(first).is_none() {
        return None;
    }
    units(&text.replace('廿', "二十").replace('卅', "三十").replace('卌', "四十"))
}

/// The number at a text's start, and what follows it.
pub(crate) fn leading(text: &str) -> Option<(u32, &str)> {
    let length: usize = text
        .chars()
        .take_while(|letter| is_part(*letter))
        .map(char::len_utf8)
        .sum();
    Some((parse(&text[..length])?, &text[length..]))
}

/// Whether a character can stand in a number that [`parse`] reads; capital numerals, which are also surnames, apart.
pub(crate) fn is_part(letter: char) -> bool {
    arabic(letter).is_some()
        || digit(letter).is_some()
        || unit(letter).is_some()
        || matches!(letter, '廿' | '卅' | '卌')
}

/// Whether a character is written for 〇: a round sign, or the letter O of an alphabet. Only among Chinese numerals it
/// is a digit.
pub(crate) fn is_zero(letter: char) -> bool {
    matches!(
        letter,
        '〇' | '零' | '○' | '◯' | 'O' | 'o' | 'Ｏ' | 'ｏ' | 'Ο' | 'ο' | 'О' | 'о'
    )
}

/// Whether a character is one of the numerals that documents write so that nobody changes them: 壹, 拾, 萬.
pub(crate) fn is_capital(letter: char) -> bool {
    capital(letter).is_some()
}

/// The plain numeral of a capital one.
fn capital(letter: char) -> Option<char> {
    const PAIRS: [(char, char); 22] = [
        ('壹', '一'),
        ('贰', '二'),
        ('貳', '二'),
        ('叁', '三'),
        ('參', '三'),
        ('肆', '四'),
        ('伍', '五'),
        ('陆', '六'),
        ('陸', '六'),
        ('柒', '七'),
        ('捌', '八'),
        ('玖', '九'),
        ('拾', '十'),
        ('佰', '百'),
        ('仟', '千'),
        ('萬', '万'),
        ('億', '亿'),
        ('兩', '两'),
        ('弌', '一'),
        ('弍', '二'),
        ('弎', '三'),
        ('叄', '三'),
    ];
    PAIRS
        .iter()
        .find(|(known, _)| *known == letter)
        .map(|(_, plain)| *plain)
}

fn row(text: &str, value: fn(char) -> Option<u32>) -> Option<u32> {
    text.chars()
        .try_fold(0u32, |sum, letter| sum.checked_mul(10)?.checked_add(value(letter)?))
}

/// A digit in a row of Chinese ones, where the digit 0 is often typed for 〇.
fn in_row(letter: char) -> Option<u32> {
    match letter {
        '0' | '０' => Some(0),
        _ if is_zero(letter) => Some(0),
        _ => digit(capital(letter).unwrap_or(letter)),
    }
}

/// Reads digits with units. `section` is what stands below the next 万 or 亿, `waiting` a digit whose unit follows.
fn units(text: &str) -> Option<u32> {
    let (mut total, mut section, mut waiting) = (0u32, 0u32, None);
    let mut ceiling = u32::MAX; // the unit before in this section: units must fall
    let mut myriad = u32::MAX; // the 万 or 亿 before
    let mut implied = 1u32; // what a last digit without a unit counts
    let plain = |letter: char| {
        if is_zero(letter) || arabic(letter) == Some(0) {
            '〇'
        } else {
            capital(letter).unwrap_or(letter)
        }
    };
    for letter in text.chars().map(plain) {
        match (digit(letter), unit(letter)) {
            (Some(0), _) if waiting.is_none() => implied = 1,
            (Some(value), _) if waiting.is_none() => waiting = Some(value),
            (None, Some(size)) if size >= 10_000 => {
                section = section.checked_add(waiting.take().unwrap_or(0))?;
                if total == 0 && section == 0 {
                    return None;
                }
                total = if size < myriad {
                    total.checked_add(section.checked_mul(size)?)?
                } else {
                    total.checked_add(section)?.checked_mul(size)?
                };
                (section, ceiling, myriad) = (0, u32::MAX, size);
                implied = size / 10;
            }
            (None, Some(size)) if size < ceiling => {
                // Only ten goes without a digit before it: 十五, 一百十五.
                let digit = waiting.take().or((size == 10).then_some(1))?;
                section = section.checked_add(digit * size)?;
                ceiling = size;
                implied = size / 10;
            }
            _ => return None,
        }
    }
    let rest = waiting.unwrap_or(0u32).checked_mul(implied)?;
    total.checked_add(section)?.checked_add(rest)
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
        '〇' | '零' | '○' | '◯' => 0,
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
            ("两千六", 2600),
            ("两千零六", 2006),
            ("三万二", 32_000),
            ("一百二", 120),
            ("二O二四", 2024),
            ("二0二四", 2024),
            ("二◯二四", 2024),
            ("二ΟО四", 2004),
            ("一百O二", 102),
            ("二百0五", 205),
            ("廿三", 23),
            ("一百卅", 130),
            ("贰〇贰肆", 2024),
            ("贰佰陆拾肆", 264),
            ("壹万", 10_000),
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
            "O",
            "Ok",
            "20二四",
            "1.5",
            " 1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
