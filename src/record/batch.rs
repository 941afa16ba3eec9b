//! The batch in which guiding or typical cases are issued: 最高人民检察院第十二批指导性案例.

use crate::text::{normalize, numeral};

/// Nouns behind a batch that say what it is one of.
const CASES: [&str; 3] = ["指导性案例", "指导案例", "典型案例"];
/// Before it they make it another's: 参照最高人民检察院第十二批指导性案例.
const CITING: [&str; 9] = ["参照", "参考", "参见", "依据", "根据", "学习", "落实", "如", "与"];
/// Who may stand before a batch without a noun behind it.
const ISSUERS: [&str; 4] = ["最高人民检察院", "最高检", "最高人民法院", "最高法"];
/// Characters of a line that says it at most.
const LONGEST: usize = 60;

/// The batch that lines name as their own, by its numeral alone: 第十二批; none where they name several.
pub(super) fn named<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut found = lines.filter_map(in_line);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// A batch with its numeral as offices write it: 第12批 is 第十二批.
pub(super) fn canonical(text: &str) -> String {
    match first(text) {
        Some((before, number, after)) => format!("{before}第{}批{after}", in_chinese(number)),
        None => text.to_owned(),
    }
}

fn in_line(line: &str) -> Option<String> {
    let normal: String = normalize(line).split_whitespace().collect();
    let (before, number, after) = first(&normal).filter(|_| normal.chars().count() <= LONGEST)?;
    let before = before.trim_start_matches('(');
    let is_named = CASES.iter().any(|cases| after.starts_with(cases));
    let is_alone = after.trim_start_matches(')').is_empty() && (before.is_empty() || ISSUERS.contains(&before));
    let is_own = !CITING.iter().any(|word| before.contains(word));
    (is_own && (is_named || is_alone)).then(|| format!("第{}批", in_chinese(number)))
}

/// The first batch of a text with what stands before and behind it.
fn first(text: &str) -> Option<(&str, u32, &str)> {
    text.match_indices('第').find_map(|(at, sign)| {
        let (number, rest) = numeral::leading(&text[at + sign.len()..])?;
        let after = rest.strip_prefix('批').filter(|_| (1..100).contains(&number))?;
        Some((&text[..at], number, after))
    })
}

/// A number below a hundred.
fn in_chinese(number: u32) -> String {
    let digit = |value: u32| "一二三四五六七八九".chars().nth(value.wrapping_sub(1) as usize);
    let (tens, ones) = (number / 10, number % 10);
    let ten = (tens > 0).then_some('十');
    let many = digit(tens).filter(|_| tens > 1);
    many.into_iter().chain(ten).chain(digit(ones)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_its_batch_in_its_own_words() {
        for (lines, expected) in [
            (
                ["最高人民检察院第十二批指导性案例", "（检例第45号）"].as_slice(),
                Some("第十二批"),
            ),
            (&["关于印发最高人民检察院第12批指导性案例的通知"], Some("第十二批")),
            (&["（第二十批）"], Some("第二十批")),
            (&["最高检第 五 批"], Some("第五批")),
            (&["全省检察机关第三批典型案例之一"], Some("第三批")),
            (&["参照最高人民检察院第十二批指导性案例"], None),
            (&["最高人民检察院第十二批指导性案例", "第十三批指导性案例"], None),
            (&["第一批货物于3月5日运抵"], None),
            (&["第一轮督察第一批第六督察组"], None),
            (&["检例第45号"], None),
        ] {
            assert_eq!(named(lines.iter().copied()).as_deref(), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_batch_is_written_in_chinese_numerals() {
        for (text, expected) in [
            ("第12批", "第十二批"),
            ("第四十批", "第四十批"),
            ("第１批典型案例", "第一批典型案例"),
            ("2023年度", "2023年度"),
        ] {
            assert_eq!(canonical(text), expected, "{text}");
        }
    }
}
