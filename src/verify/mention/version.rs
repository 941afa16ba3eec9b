//! The version of its law that an article is of: 《甲法》（2009年修正）, 2009年修正的《甲法》, 原第三条.

use super::name_end;
use crate::markdown::added;
use crate::text::{normalize, numeral};
use crate::verify::quotation::is_former;
use std::ops::Range;

/// What makes a version.
const MADE: [&str; 13] = [
    "修正", "修订", "修改", "施行", "实施", "公布", "颁布", "发布", "通过", "制定", "生效", "印发", "版",
];

/// Whether an article is one of its law as that stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::verify) enum Standing {
    /// It is, or was in the year that is said.
    #[default]
    Held,
    /// It is of a version before the one that is held: 原第三条.
    Former,
    /// A text adds it, or gives it its number: 增加一条，作为第三条之一.
    Added,
}

/// The version that a text names.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Version {
    pub year: Option<u32>,
    pub standing: Standing,
}

impl Version {
    /// The version that is said with or before the name of a law, which stands in a stretch of the text before its article.
    pub(super) fn of(text: &str, name: Range<usize>) -> Option<Self> {
        let said = text[name.clone()].trim_end();
        let former = is_former(&text[..name.start]) || said.ends_with('原');
        let year = named_year(said).or_else(|| made(&text[..name.start]));
        let standing = if former { Standing::Former } else { Standing::Held };
        (former || year.is_some()).then_some(Self { year, standing })
    }

    /// The version that is said beside a title.
    pub(super) fn of_title(text: &str, title: &Range<usize>) -> Self {
        let former = is_former(&text[..title.start]);
        Self {
            year: dated(text, title),
            standing: if former { Standing::Former } else { Standing::Held },
        }
    }

    /// The version of the next article of a list, by what stands between the two.
    pub(super) fn goes_on(self, text: &str, end: usize, start: usize) -> Self {
        let between = text.get(end..start).unwrap_or_default();
        let adds = between
            .char_indices()
            .any(|(at, _)| added(&between[at..]) == Some(between.len() - at));
        match made(&text[..start]) {
            Some(year) => Self {
                year: Some(year),
                standing: Standing::Held,
            },
            None if adds => Self {
                standing: Standing::Added,
                ..self
            },
            None => self,
        }
    }
}

/// The year of the version of a title: in the bracket behind it, in it, or before it.
pub(super) fn dated(text: &str, title: &Range<usize>) -> Option<u32> {
    let end = name_end(text, title.end);
    named_year(&text[title.start..end]).or_else(|| made(&text[..title.start]))
}

/// A name with its year, as [`named_year`] reads it.
pub(super) fn of_year(name: &str, year: Option<u32>) -> String {
    match year.filter(|_| named_year(name).is_none()) {
        Some(year) => format!("{name}（{year}年）"),
        None => name.to_owned(),
    }
}

/// The year in brackets behind a name, or in it: （2009年修正）, (2018), （以下简称《甲法》，2009年修正）.
pub(in crate::verify) fn named_year(name: &str) -> Option<u32> {
    let normal = normalize(name);
    normal.split(['(', ',', ';']).skip(1).find_map(|rest| {
        let rest = rest.trim_start();
        let rest = ["根据", "自", "经", "于"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        let year = rest.get(..4)?;
        let after = rest[4..].trim_start();
        let ends = after.starts_with(['年', ')', '-', '修', '.', '版']);
        year.parse().ok().filter(|year| ends && (1949..2100).contains(year))
    })
}

/// The year that a text ends with, with what was done in it: 2021年修正后的, 2014年8月修正的, 2014年版.
fn made(before: &str) -> Option<u32> {
    let before = before.trim_end();
    let mut rest = before.strip_suffix('的').unwrap_or(before);
    rest = rest.strip_suffix('后').unwrap_or(rest);
    while let Some(less) = MADE.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = less;
    }
    if rest.len() < before.len() {
        rest = rest.trim_end_matches(|letter: char| numeral::is_part(letter) || "月日".contains(letter));
    }
    let rest = rest.strip_suffix('年')?;
    let (at, _) = rest.char_indices().rev().nth(3)?;
    numeral::parse(&rest[at..]).filter(|year| (1949..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_stands_behind_a_name_or_before_it() {
        for (name, year) in [
            ("《甲法》（2009年修正）", Some(2009)),
            ("《甲法》(2018)", Some(2018)),
            ("《甲规则（试行）》（2013年1月施行）", Some(2013)),
            ("《甲法》（以下简称《法》，2014年修正）", Some(2014)),
            ("《甲解释（二）》", None),
            ("《甲解释》（法释〔2015〕20号）", None),
        ] {
            assert_eq!(named_year(name), year, "{name}");
        }
        for (before, year) in [
            ("依据2014年修正的", Some(2014)),
            ("现为2021年修正后的", Some(2021)),
            ("2014年8月31日修订通过的", Some(2014)),
            ("2014年版", Some(2014)),
            ("二〇一四年修正的", Some(2014)),
            ("2014年", Some(2014)),
            ("2014年8月31日", None),
            ("今年修正的", None),
        ] {
            assert_eq!(made(before), year, "{before}");
        }
    }
}
