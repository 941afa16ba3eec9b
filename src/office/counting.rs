//! Numbers as Word's formats write them (ECMA-376, `ST_NumberFormat`).

/// A number in a format; a format that is not known gives digits.
pub(super) fn written(number: u32, format: &str) -> String {
    let picked = |signs: &str| {
        let count = signs.chars().count() as u32;
        let at = number.checked_sub(1).filter(|at| *at < count);
        at.and_then(|at| signs.chars().nth(at as usize)).map(String::from)
    };
    let found = match format {
        "chineseCountingThousand"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting"
        | "ideographDigitalThousand" => thousands(number, "零一二三四五六七八九", "十百千万", number < 20),
        // Beyond ninety-nine these write digit by digit.
        "chineseCounting" | "taiwaneseCounting" if number >= 100 => Some(by_digit(number, "○一二三四五六七八九")),
        "chineseCounting" | "taiwaneseCounting" => thousands(number, "○一二三四五六七八九", "十百千万", number < 20),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => {
            Some(by_digit(number, "〇一二三四五六七八九"))
        }
        "chineseLegalSimplified" => thousands(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万", false),
        "ideographLegalTraditional" => thousands(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬", false),
        "japaneseLegal" => thousands(number, "零壱弐参四伍六七八九", "拾百阡萬", false),
        "ideographTraditional" => picked("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => picked("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number).map(String::from),
        "decimalEnclosedParen" => picked("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => picked("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "ideographEnclosedCircle" => picked("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalFullWidth" | "decimalFullWidth2" => Some(by_digit(number, "０１２３４５６７８９")),
        "decimalZero" => Some(format!("{number:02}")),
        "numberInDash" => Some(format!("- {number} -")),
        "ordinal" => Some(ordinal(number)),
        "hex" => Some(format!("{number:X}")),
        "lowerLetter" => Some(letters(number)),
        "upperLetter" => Some(letters(number).to_ascii_uppercase()),
        "lowerRoman" => Some(roman(number).to_lowercase()),
        "upperRoman" => Some(roman(number)),
        _ => None,
    };
    found.unwrap_or_else(|| number.to_string())
}

/// ③ for 3, as far as there are such characters.
pub(super) fn circled(number: u32) -> Option<char> {
    match number {
        0 => Some('⓪'),
        1..=20 => char::from_u32(0x2460 + number - 1),
        21..=35 => char::from_u32(0x3251 + number - 21),
        36..=50 => char::from_u32(0x32B1 + number - 36),
        _ => None,
    }
}

fn by_digit(number: u32, digits: &str) -> String {
    let digit = |digit: char| digits.chars().nth(digit.to_digit(10)? as usize);
    number.to_string().chars().filter_map(digit).collect()
}

/// 一百零一; below a hundred million, beyond which nobody counts. `bare` is 十 for 一十.
fn thousands(number: u32, digits: &str, units: &str, bare: bool) -> Option<String> {
    let digits: Vec<char> = digits.chars().collect();
    let units: Vec<char> = units.chars().collect();
    let (Some(&zero), Some(&myriad)) = (digits.first(), units.get(3)) else {
        return None;
    };
    if number == 0 || number >= 100_000_000 {
        return (number == 0).then(|| zero.to_string());
    }
    let below = |part: u32| {
        let mut out = String::new();
        let mut gap = false;
        for (power, unit) in [(1000, 2), (100, 1), (10, 0)] {
            let digit = part / power % 10;
            gap |= digit == 0 && !out.is_empty();
            if digit > 0 {
                out.extend(gap.then_some(zero));
                out.extend([digits[digit as usize], units[unit]]);
                gap = false;
            }
        }
        if !part.is_multiple_of(10) {
            out.extend(gap.then_some(zero));
            out.push(digits[(part % 10) as usize]);
        }
        out
    };
    let (high, low) = (number / 10_000, number % 10_000);
    let mut out = String::new();
    if high > 0 {
        out += &below(high);
        out.push(myriad);
        out.extend((low > 0 && low < 1000).then_some(zero));
    }
    out += &below(low);
    if bare && number >= 10 {
        out.remove(0);
    }
    Some(out)
}

/// a … z, aa, bb: Word repeats the letter.
fn letters(number: u32) -> String {
    let at = number.saturating_sub(1);
    let letter = char::from(b'a' + (at % 26) as u8);
    // Nobody counts so far; a file that says so is not worth thousands of letters.
    let times = (at / 26 + 1).min(30);
    String::from(letter).repeat(times as usize)
}

fn ordinal(number: u32) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    let mut left = number.min(3999);
    for (value, sign) in SIGNS {
        while left >= value {
            out += sign;
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, expected) in [
            (10, "chineseCountingThousand", "十"),
            (19, "japaneseCounting", "十九"),
            (20, "chineseCounting", "二十"),
            (101, "chineseCounting", "一○一"),
            (100, "chineseCountingThousand", "一百"),
            (101, "chineseCountingThousand", "一百零一"),
            (110, "chineseCountingThousand", "一百一十"),
            (1260, "chineseCountingThousand", "一千二百六十"),
            (1001, "chineseCountingThousand", "一千零一"),
            (10_500, "chineseCountingThousand", "一万零五百"),
            (10, "chineseLegalSimplified", "壹拾"),
            (23, "chineseLegalSimplified", "贰拾叁"),
            (10, "ideographDigital", "一〇"),
            (9, "ideographTraditional", "壬"),
            (11, "ideographTraditional", "11"),
            (12, "ideographZodiac", "亥"),
            (20, "decimalEnclosedCircle", "⑳"),
            (7, "decimalZero", "07"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (12, "decimalFullWidth", "１２"),
            (22, "ordinal", "22nd"),
            (3, "unheard of", "3"),
            (0, "chineseCountingThousand", "零"),
        ] {
            assert_eq!(written(number, format), expected, "{number} {format}");
        }
        assert_eq!(written(u32::MAX, "chineseCountingThousand"), u32::MAX.to_string());
    }
}
