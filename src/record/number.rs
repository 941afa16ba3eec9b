//! Numbers of documents and cases, in the form in which they are kept.

use crate::record::date::{Day, Precision};
use crate::text::placeholder::is_placeholder;
use crate::text::{number, numeral};
use unicode_normalization::UnicodeNormalization;

/// A 文号 in its canonical form: 澄检建[2023]第012号 is 澄检建〔2023〕12号. A text that is none stays as
/// it is, trimmed.
pub(crate) fn document_number(text: &str) -> String {
    let plain = plain(text);
    let parts = year_in_brackets(&plain).and_then(|(before, year, after)| {
        let number = after.strip_prefix('第').unwrap_or(after);
        let (digits, rest) = leading_digits(number);
        let digits = digits.trim_start_matches('0');
        (!digits.is_empty() && matches!(rest, "号" | "")).then(|| format!("{before}〔{year}〕{digits}号"))
    });
    parts.unwrap_or_else(|| text.trim().to_string())
}

/// The number that a text is, however it is written: 检例第一百四十二号 and 检例第0142号 are 检例第142号.
pub(crate) fn canonical(text: &str) -> String {
    number::canonical(text).unwrap_or_else(|| document_number(text))
}

/// Whether a text is the number of a document: it has a serial besides its year. What stands in the place of one is none:
/// 无, 待编号, 口头批示, 〔2023〕 号.
pub(crate) fn is_number(text: &str) -> bool {
    !is_placeholder(text) && has_serial(&plain(&document_number(text)))
}

/// Whether digits number something, or a Chinese numeral does: 第三号. A date, a count and an attachment's number don't:
/// 2023年3月5日, 批示1份, 附件2.
fn has_serial(plain: &str) -> bool {
    let rest = match year_in_brackets(plain) {
        Some((before, _, after)) => format!("{before} {after}"),
        None => plain.to_owned(),
    };
    let is_day = Day::parse(&rest).is_some_and(|day| day.precision == Precision::Day);
    let in_digits = !is_day && runs(&rest).any(|(before, run, after)| is_serial(before, run, after));
    let letters: Vec<char> = rest.chars().collect();
    let counted = |pair: &[char]| numeral::is_part(pair[0]) && "号期件次辑批".contains(pair[1]);
    in_digits || letters.windows(2).any(|pair| !pair[0].is_ascii() && counted(pair))
}

/// The runs of digits of a text, each with what stands before and after it.
fn runs(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|letter: char| letter.is_ascii_digit())?;
        let (run, after) = leading_digits(&text[start..]);
        at = start + run.len();
        Some((&text[..start], run, after))
    })
}

fn is_serial(before: &str, run: &str, after: &str) -> bool {
    const PARTS_OF_DATES: [char; 3] = ['年', '月', '日'];
    const COUNTED: [char; 10] = ['份', '页', '张', '幅', '册', '本', '人', '元', '名', '处'];
    const ENCLOSED: [&str; 8] = ["附件", "扫描件", "复印件", "照片", "截图", "附表", "附图", "材料"];
    let is_zero = run.bytes().all(|digit| digit == b'0');
    let is_year =
        run.len() == 4 && ("1900".."2100").contains(&run) && !after.starts_with(['号', '期', '件', '次', '辑', '批']);
    let is_other = after.starts_with(PARTS_OF_DATES) || after.starts_with(COUNTED);
    !is_zero && !is_year && !is_other && !ENCLOSED.iter().any(|word| before.ends_with(word))
}

/// Whether a 文号 is written with other brackets than 〔〕 around its year (GB/T 9704-2012, 7.2.5), or
/// with what else [`document_number`] fixes.
pub(crate) fn has_other_brackets(text: &str) -> bool {
    let canonical = document_number(text);
    canonical.contains('〔') && canonical.ends_with('号') && canonical != text.trim()
}

/// A 案号 in its canonical form: (2022)东0726刑初118号 is （2022）东0726刑初118号.
pub(crate) fn court_number(text: &str) -> String {
    let plain = plain(text);
    match year_in_brackets(&plain) {
        Some(("", year, after)) if !after.is_empty() => format!("（{year}）{after}"),
        _ => text.trim().to_string(),
    }
}

/// The number of a guiding case that a text names, canonical: 检例第142号 or 指导案例35号.
pub(crate) fn case_number(text: &str) -> Option<String> {
    let plain = plain(text);
    let of = |name: &str, prefix: &str| {
        plain.match_indices(name).find_map(|(at, _)| {
            let after = &plain[at + name.len()..];
            let (digits, rest) = leading_digits(after.strip_prefix('第').unwrap_or(after));
            (!digits.is_empty() && rest.starts_with('号')).then(|| format!("{prefix}{digits}号"))
        })
    };
    of("检例", "检例第")
        .or_else(|| of("指导性案例", "指导案例"))
        .or_else(|| of("指导案例", "指导案例"))
}

/// Half-width, without spaces, every kind of bracket around a year as `(`.
fn plain(text: &str) -> String {
    let half = text.nfkc().filter(|character| !character.is_whitespace());
    half.map(|character| match character {
        '〔' | '[' | '【' | '﹝' | '〖' => '(',
        '〕' | ']' | '】' | '﹞' | '〗' => ')',
        other => other,
    })
    .collect()
}

/// What stands before, in and after the first pair of brackets that holds a year.
fn year_in_brackets(plain: &str) -> Option<(&str, &str, &str)> {
    const DIGITS: usize = 4;
    plain.match_indices('(').find_map(|(open, _)| {
        let (year, after) = plain[open + 1..].split_at_checked(DIGITS)?;
        let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
        let after = after.strip_prefix(')').filter(|_| is_year)?;
        Some((&plain[..open], year, after))
    })
}

fn leading_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bracket_and_digit_gives_one_document_number() {
        for text in [
            "澄检建〔2023〕12号",
            "澄检建[2023]12号",
            "澄检建【2023】第12号",
            "澄检建（２０２３）１２号",
            "澄检建 (2023) 012 号",
            "澄检建〔2023〕12",
        ] {
            assert_eq!(document_number(text), "澄检建〔2023〕12号", "{text}");
        }
    }

    #[test]
    fn what_stands_in_the_place_of_a_number_is_none() {
        for text in [
            "无",
            "待编号",
            "待补",
            "/",
            "—",
            "N/A",
            "暂无文号",
            "口头批示",
            "县委书记批示件",
            "不详",
            "×号",
            "〔2023〕　号",
            "澄检建〔2023〕 号",
            "澄检建〔2023〕×号",
            "澄检建〔2023〕00号",
            "2023年",
            "2023",
            "阅批件",
            "2023年3月5日",
            "2023.3.5",
            "20230305",
            "3月5日批示",
            "批示1份",
            "复印件1页",
            "附件1",
            "见附件2",
            "扫描件001",
            "2023-待编",
            "编号待定2023",
            "",
        ] {
            assert!(!is_number(text), "{text}");
        }
        for text in [
            "澄检建〔2023〕1号",
            "澄检建[2023]第012号",
            "检例第142号",
            "检例第一百四十二号",
            "第三号",
            "2023-5",
            "澄办批2023年第7期",
            "《领导参阅》第十二期",
        ] {
            assert!(is_number(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_document_number_stays() {
        for text in ["《检察调研》2023年第3期", "〔2023〕", "会议纪要（2023）"] {
            assert_eq!(document_number(&format!(" {text} ")), text);
        }
    }

    #[test]
    fn brackets_without_a_year_are_passed_by() {
        let text = format!("{}(2023)12号", "(".repeat(200_000));
        assert!(document_number(&text).ends_with("(〔2023〕12号"));
        assert_eq!(document_number("(20 23)12号"), "〔2023〕12号");
    }

    #[test]
    fn court_numbers_keep_their_round_brackets() {
        assert_eq!(court_number("(2022)东0726刑初118号"), "（2022）东0726刑初118号");
        assert_eq!(court_number("〔２０２２〕东0726刑初118号"), "（2022）东0726刑初118号");
        assert_eq!(court_number("无"), "无");
    }

    #[test]
    fn guiding_cases_are_numbered() {
        let cases = [
            ("某案（检例第142号）", Some("检例第142号")),
            ("检例 第１４２ 号", Some("检例第142号")),
            ("指导案例35号：某案", Some("指导案例35号")),
            ("指导性案例第210号", Some("指导案例210号")),
            ("指导性案例选编", None),
            ("检例第号", None),
        ];
        for (text, expected) in cases {
            assert_eq!(case_number(text).as_deref(), expected, "{text}");
        }
    }
}
