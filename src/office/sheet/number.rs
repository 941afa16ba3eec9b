//! Numbers of cells as people read them: dates as dates, and never an exponent.

/// Digits that spreadsheets keep of a number.
const KEPT: usize = 15;
/// Zeros that are written out; nobody reads more.
const MOST_ZEROS: i32 = 40;

/// A number in digits: 1.3800138E10 is 13800138000, and what binary fractions left behind is rounded off.
pub(super) fn plain(written: &str) -> String {
    digits(written.trim()).unwrap_or_else(|| written.to_owned())
}

fn digits(written: &str) -> Option<String> {
    let (sign, rest) = match written.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", written.strip_prefix('+').unwrap_or(written)),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: String = [whole, fraction].concat();
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) || exponent.abs() > MOST_ZEROS {
        return None;
    }
    let leading = all.len() - all.trim_start_matches('0').len();
    let mut kept: Vec<u8> = all.bytes().skip(leading).map(|byte| byte - b'0').collect();
    // Where the point stands among the digits that are kept.
    let mut point = i32::try_from(whole.len()).ok()? + exponent - i32::try_from(leading).ok()?;
    let has_fraction = point < i32::try_from(kept.len()).ok()?;
    // Whole numbers as long as an identity number stand as they were written.
    if has_fraction && kept.len() > KEPT {
        round(&mut kept, &mut point);
    }
    let mut out = String::from(sign);
    let digit = |at: i32| {
        let found = usize::try_from(at).ok().and_then(|at| kept.get(at).copied());
        char::from(b'0' + found.unwrap_or(0))
    };
    if point <= 0 {
        out.push('0');
    }
    out.extend((0..point).map(digit));
    let last = i32::try_from(kept.iter().rposition(|digit| *digit != 0).map_or(0, |at| at + 1)).ok()?;
    if last > point {
        out.push('.');
        out.extend((point..last).map(digit));
    }
    Some(out)
}

fn round(kept: &mut Vec<u8>, point: &mut i32) {
    let up = kept[KEPT] >= 5;
    kept.truncate(KEPT);
    if !up {
        return;
    }
    for digit in kept.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    kept.insert(0, 1);
    *point += 1;
}

/// What a format does to a number, as far as people read another thing than its digits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Shape {
    /// Digits.
    #[default]
    Plain,
    /// A day, perhaps with a time.
    Date { time: bool },
    /// A time of the day.
    Time,
    /// A percentage.
    Percent,
    /// Digits among other characters: `000-0000-0000`, `"电话"0`.
    Pattern(String),
}

impl Shape {
    /// The shape of one of the formats that are built in.
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            9 | 10 => Shape::Percent,
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shape::Date { time: false },
            22 => Shape::Date { time: true },
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shape::Time,
            _ => Shape::Plain,
        }
    }

    /// The shape of a format as spreadsheets write it.
    pub(super) fn of(code: &str) -> Self {
        let section = sections(code).first().copied().unwrap_or_default();
        let letters = without_literals(section).to_lowercase();
        let has = |set: &str| letters.chars().any(|letter| set.contains(letter));
        let month_or_minute = has("m");
        let (day, time) = (has("yd") || (month_or_minute && !has("hs")), has("hs"));
        let counts = has("0#?");
        match () {
            () if letters.contains("general") && section.contains(['"', '\\']) => Shape::Pattern(with_place(section)),
            () if letters.contains("general") || letters.contains("e+") || letters.contains("e-") => Shape::Plain,
            () if day && !counts => Shape::Date { time },
            () if time && !letters.contains('0') => Shape::Time,
            () if letters.contains('%') => Shape::Percent,
            () if counts && is_pattern(section) => Shape::Pattern(section.to_owned()),
            () => Shape::Plain,
        }
    }

    /// A number as this shape shows it; `old_days` counts them from 1904.
    pub(super) fn show(&self, written: &str, old_days: bool) -> String {
        let digits = plain(written);
        let value = written.trim().parse::<f64>().ok();
        let shown = match self {
            Shape::Plain => None,
            Shape::Percent => value.map(|value| format!("{}%", plain(&format!("{}", value * 100.0)))),
            Shape::Date { time } => value.and_then(|value| day(value, *time, old_days)),
            Shape::Time => value.map(|value| clock(value.fract())),
            Shape::Pattern(pattern) => patterned(pattern, &digits),
        };
        shown.unwrap_or(digits)
    }
}

/// The sections of a format: of numbers above, below and at zero, and of texts.
pub(super) fn sections(code: &str) -> Vec<&str> {
    let (mut all, mut from) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, letter) in code.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                all.push(&code[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(&code[from..]);
    all
}

/// A format with the place of a digit where it says that a number stands as it is.
fn with_place(section: &str) -> String {
    let at = section.to_ascii_lowercase().find("general");
    at.map_or(section.to_owned(), |at| {
        format!("{}0{}", &section[..at], &section[at + "general".len()..])
    })
}

/// A format without what it shows as it is: quoted text, escaped characters, colours and conditions.
fn without_literals(section: &str) -> String {
    let mut out = String::new();
    let mut characters = section.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                characters.by_ref().find(|character| *character == '"');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                let inner: String = characters.by_ref().take_while(|character| *character != ']').collect();
                // [h] counts hours beyond a day; anything else in brackets shows nothing.
                if inner.chars().all(|letter| "hmsHMS".contains(letter)) {
                    out += &inner;
                }
            }
            other => out.push(other),
        }
    }
    out
}

/// Whether a format sets digits among other characters, so that they aren't read as a plain number.
fn is_pattern(section: &str) -> bool {
    let bare = without_literals(section);
    let grouped = bare.matches(['0', '#', '?']).count() > 3 && bare.contains(['-', '/', ' ', '(']);
    section.contains(['"', '\\']) || grouped
}

/// Digits from the right in the places of a pattern.
fn patterned(pattern: &str, digits: &str) -> Option<String> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || pattern.contains(['.', ',']) {
        return None;
    }
    // The places of the pattern: what stands as it is, and where a digit goes.
    let mut places: Vec<(char, bool)> = Vec::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => places.extend(characters.by_ref().take_while(|it| *it != '"').map(|it| (it, false))),
            '\\' => places.extend(characters.next().map(|it| (it, false))),
            '_' | '*' => {
                characters.next();
            }
            '[' => {
                characters.by_ref().find(|it| *it == ']');
            }
            '0' | '#' | '?' => places.push((character, true)),
            '@' => {}
            other => places.push((other, false)),
        }
    }
    let first = places.iter().position(|(_, is_digit)| *is_digit)?;
    let mut left = digits.chars().rev();
    let mut out = Vec::new();
    for (at, (character, is_digit)) in places.iter().enumerate().rev() {
        if !is_digit {
            out.push(*character);
            continue;
        }
        match left.next() {
            Some(digit) => out.push(digit),
            None if *character == '0' => out.push('0'),
            None => {}
        }
        if at == first {
            out.extend(left.by_ref());
        }
    }
    Some(out.into_iter().rev().collect())
}

/// A day by its number, from the last day of 1899 (or the first of 1904).
fn day(value: f64, time: bool, old_days: bool) -> Option<String> {
    let whole = value.floor();
    if !(0.0..2_958_466.0).contains(&whole) {
        return None;
    }
    if whole == 0.0 && !old_days {
        return Some(clock(value.fract()));
    }
    let first = if old_days {
        jiff::civil::date(1904, 1, 1)
    } else {
        jiff::civil::date(1899, 12, 30)
    };
    let date = first.checked_add(jiff::Span::new().try_days(whole as i64).ok()?).ok()?;
    Some(if time && value.fract() > 0.0 {
        format!("{date} {}", clock(value.fract()))
    } else {
        date.to_string()
    })
}

fn clock(part: f64) -> String {
    let seconds = (part * 86_400.0).round() as u32;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_never_has_an_exponent() {
        for (written, expected) in [
            ("1.3800138E10", "13800138000"),
            ("13800138000.0", "13800138000"),
            ("13800138000", "13800138000"),
            ("1.3800138000E+010", "13800138000"),
            ("13800138000.000002", "13800138000"),
            ("110101199003070011", "110101199003070011"),
            ("1.10101199003070E17", "110101199003070000"),
            ("0.1", "0.1"),
            ("0.30000000000000004", "0.3"),
            ("-1.5E-3", "-0.0015"),
            ("0.99999999999999989", "1"),
            ("0", "0"),
            ("000", "0"),
            ("1e999", "1e999"),
            ("#N/A", "#N/A"),
            ("", ""),
        ] {
            assert_eq!(plain(written), expected, "{written}");
        }
    }

    #[test]
    fn a_format_makes_dates_and_patterns_of_numbers() {
        for (code, written, expected) in [
            ("General", "1.3800138E10", "13800138000"),
            ("0.00E+00", "13800138000", "13800138000"),
            ("yyyy\\-mm\\-dd", "45356", "2024-03-05"),
            ("yyyy\"年\"m\"月\"d\"日\"", "45356", "2024-03-05"),
            ("[$-804]yyyy/m/d h:mm", "45356.5", "2024-03-05 12:00"),
            ("h:mm:ss", "0.5", "12:00"),
            ("0.0%", "0.667", "66.7%"),
            ("000-0000-0000", "13800138000", "138-0013-8000"),
            ("\"电话\"0", "13800138000", "电话13800138000"),
            ("000000", "42", "42"),
            ("#,##0.00", "1234.5", "1234.5"),
            ("[Red]0", "7", "7"),
            ("0\"件\"", "7", "7件"),
            (
                "\"身份证：\"General",
                "110101199003070011",
                "身份证：110101199003070011",
            ),
            ("\"138\"00000000", "138000", "13800138000"),
            ("\"甲;乙\"0", "7", "甲;乙7"),
        ] {
            assert_eq!(Shape::of(code).show(written, false), expected, "{code}");
        }
        assert_eq!(Shape::built_in(14).show("43894", true), "2024-03-05");
        assert_eq!(Shape::built_in(0).show("45356", false), "45356");
    }
}
