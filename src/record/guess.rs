//! What a document's first heading, name and folder say where its front matter is silent.

mod kind;

use crate::corpus::Source;
use crate::record::date::Day;
use crate::record::number::case_number;
pub(crate) use kind::{Told, kind, kind_of_folder, kind_of_text};
use unicode_normalization::UnicodeNormalization;

/// Headings that open a section; a document whose first heading is one has no title in its text.
const SECTIONS: [&str; 33] = [
    "关键词",
    "要旨",
    "案例要旨",
    "基本案情",
    "案情",
    "案情简介",
    "检察机关履职过程",
    "履职过程",
    "检察机关履职情况",
    "指导意义",
    "典型意义",
    "相关规定",
    "相关法条",
    "相关立法",
    "裁判要点",
    "裁判要旨",
    "裁判结果",
    "裁判理由",
    "诉讼过程",
    "意义",
    "摘要",
    "内容摘要",
    "目录",
    "目次",
    "前言",
    "引言",
    "导言",
    "正文",
    "背景",
    "附件",
    "附录",
    "案件来源",
    "事实和证据",
];

/// The title: the first heading as written, spaces squeezed; or the file's name where the first heading is
/// missing, the name of a section, or nothing but a number.
pub(crate) fn title(source: &Source) -> String {
    first_heading(source.body_text())
        .filter(|heading| is_title(heading))
        .unwrap_or_else(|| title_of_name(source))
}

/// The date in the file's name, as exact as it stands there.
pub(crate) fn date(source: &Source) -> Option<Day> {
    date_in(name(source))
}

/// The number of a guiding case in its title or name.
pub(crate) fn number(source: &Source, title: &str) -> Option<String> {
    case_number(title).or_else(|| case_number(name(source)))
}

fn name(source: &Source) -> &str {
    source.id.rsplit('/').next().unwrap_or(&source.id)
}

/// Text of the first heading (`#` or underlined), outside comments and code.
fn first_heading(body: &str) -> Option<String> {
    let mut comment = false;
    let mut fence: Option<&str> = None;
    let mut before = "";
    for line in body.lines() {
        if let Some(mark) = fence {
            fence = Some(mark).filter(|mark| !line.trim_start().starts_with(mark));
            continue;
        }
        if comment || line.trim_start().starts_with("<!--") {
            comment = !line.contains("-->");
            continue;
        }
        fence = ["```", "~~~"]
            .into_iter()
            .find(|mark| line.trim_start().starts_with(mark));
        if let Some(text) = atx_heading(line) {
            return Some(plain(text));
        }
        let underline = line.trim_end();
        if underline.len() >= 3 && underline.bytes().all(|byte| byte == b'=') && !before.trim().is_empty() {
            return Some(plain(before));
        }
        before = line;
    }
    None
}

fn atx_heading(line: &str) -> Option<&str> {
    let line = if line.len() - line.trim_start_matches(' ').len() <= 3 {
        line.trim_start()
    } else {
        return None;
    };
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    let rest = &line[marks..];
    let heading = (1..=6).contains(&marks) && (rest.is_empty() || rest.starts_with([' ', '\t', '\u{3000}']));
    heading.then(|| rest.trim().trim_end_matches('#'))
}

/// Without marks of emphasis and code, a link as its text, spaces squeezed.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', '*', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let link = rest
            .strip_prefix('[')
            .and_then(|inner| inner.split_once("]("))
            .and_then(|(label, target)| {
                let end = target.find(')')?;
                (!label.contains([']', '['])).then(|| (label, &target[end + 1..]))
            });
        if let Some((label, after)) = link {
            out.push_str(label);
            rest = after;
        } else {
            out.push_str(if rest.starts_with('[') { "[" } else { "" });
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    squeezed(&out)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a first heading names the document: not a section of it, not a mere number.
fn is_title(heading: &str) -> bool {
    let core: String = heading
        .chars()
        .filter(|character| !character.is_whitespace() && !"【】[]".contains(*character))
        .collect();
    let core = core.trim_end_matches(['：', ':']);
    !is_case_number_alone(core) && !SECTIONS.contains(&core) && !is_outline(core)
}

/// Nothing, or nothing but （检例第142号）.
fn is_case_number_alone(core: &str) -> bool {
    let inner = core.trim_matches(['（', '）', '(', ')']);
    let letters = inner.chars().filter(|character| !character.is_ascii_digit());
    letters.eq("检例第号".chars()) || inner.is_empty()
}

/// 一、 （一） 1. 第一章: a heading of an outline, not the title above it.
fn is_outline(core: &str) -> bool {
    let inner = core.trim_start_matches(['（', '(', '第']);
    let after = inner.trim_start_matches(|character: char| {
        character.is_ascii_digit() || "一二三四五六七八九十百".contains(character)
    });
    let decimal = after.starts_with('.') && after[1..].starts_with(|character: char| character.is_ascii_digit());
    after.len() < inner.len() && !decimal && after.starts_with(['、', '.', '．', '）', ')', '章', '节', '编'])
}

/// The file's name without an ordinal before it and a date in brackets after it.
fn title_of_name(source: &Source) -> String {
    let name = squeezed(name(source));
    let mut title = name.as_str();
    if let Some((rest, bracket)) = title
        .strip_suffix([')', '）'])
        .and_then(|rest| rest.rsplit_once(['(', '（']))
    {
        title = if Day::parse(bracket).is_some_and(|_| bracket.len() > 4) {
            rest.trim_end()
        } else {
            title
        };
    }
    if let Some((first, rest)) = title.split_once([' ', '_']) {
        title = if Day::parse(first).is_some_and(|_| first.len() > 4) {
            rest
        } else {
            title
        };
    }
    title = without_ordinal(title);
    if title.is_empty() { name } else { title.to_string() }
}

/// `3.甲案`, `01-甲案` and `2、甲案` are 甲案; 3.15消费维权 and 2024年 stay.
fn without_ordinal(title: &str) -> &str {
    let after = title.trim_start_matches(|character: char| character.is_ascii_digit());
    let digits = title.len() - after.len();
    let ordinal = (1..=2).contains(&digits) || (digits == 3 && title.starts_with('0'));
    match after.strip_prefix(['.', '．', '、', '-', '_']) {
        Some(rest) if ordinal && !rest.starts_with(|character: char| character.is_ascii_digit()) => rest.trim_start(),
        _ => title,
    }
}

/// The finest date in a name; of equally fine ones the last.
pub(crate) fn date_in(name: &str) -> Option<Day> {
    let name: String = name.nfkc().collect();
    let characters: Vec<char> = name.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let starts = (0..characters.len()).filter(|&at| is_digit(at) && (at == 0 || !is_digit(at - 1)));
    starts
        .filter_map(|at| day_at(&characters[at..], at.checked_sub(1).map(|before| characters[before])))
        .max_by_key(|day| day.precision)
}

/// A date that begins with these characters. A bare year counts only with 年, in brackets, or at the end.
fn day_at(characters: &[char], before: Option<char>) -> Option<Day> {
    let digits = characters
        .iter()
        .take_while(|character| character.is_ascii_digit())
        .count();
    if digits == 8 {
        return Day::parse(&characters[..8].iter().collect::<String>());
    }
    if digits != 4 {
        return None;
    }
    let end = characters
        .iter()
        .position(|&character| !character.is_ascii_digit() && !"-/._年月日号".contains(character));
    let run: String = characters[..end.unwrap_or(characters.len())]
        .iter()
        .map(|&character| if character == '_' { '-' } else { character })
        .collect();
    let whole = prefixes(&run)
        .find_map(Day::parse)
        .filter(|day| day.date.year() < 2100)?;
    let bare_year = whole.precision == crate::record::date::Precision::Year && characters.get(4) != Some(&'年');
    let closed = characters.len() == 4
        || (matches!(before, Some('(' | '〔' | '[')) && matches!(characters[4], ')' | '〕' | ']'));
    (!bare_year || closed).then_some(whole)
}

/// The text and ever shorter beginnings of it, down to four bytes, none of which cuts a number.
fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let whole_number = move |end: usize| !(digit(end - 1) && digit(end));
    let ends = (4..=text.len())
        .rev()
        .filter(move |&end| text.is_char_boundary(end) && whole_number(end));
    ends.map(|end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(file: &str, body: &str) -> Source {
        let id = file.trim_end_matches(".md").to_string();
        Source::body_only(id, file.into(), body.into())
    }

    fn title_of(name: &str, body: &str) -> String {
        title(&source(&format!("案例/{name}.md"), body))
    }

    #[test]
    fn a_first_heading_is_the_title_with_its_spaces_squeezed() {
        assert_eq!(
            title_of("a", "前言\n\n### （检例第9号）  甲某　盗窃案 \n"),
            "（检例第9号） 甲某 盗窃案"
        );
        assert_eq!(
            title_of(
                "a",
                "<!-- # 注\n# 注 -->\n```\n# 码\n```\n# **重**要的`报告` [全文](x.md) ##\n"
            ),
            "重要的报告 全文"
        );
        assert_eq!(title_of("a", "关于乡村道路的调研\n====\n"), "关于乡村道路的调研");
    }

    #[test]
    fn a_heading_of_a_section_or_a_number_is_no_title() {
        for heading in [
            "【关键词】",
            "【基 本 案 情】",
            "一、基本情况",
            "（一）做法",
            "1. 背景",
            "第一章 总则",
            "（检例第9号）",
            "",
            "要旨：",
        ] {
            assert_eq!(
                title_of("甲某盗窃案", &format!("# {heading}\n")),
                "甲某盗窃案",
                "{heading}"
            );
        }
        assert_eq!(title_of("甲", "没有标题的正文\n"), "甲");
        assert_eq!(title_of("甲", "# 3.15消费维权调研\n"), "3.15消费维权调研");
    }

    #[test]
    fn a_name_loses_its_ordinal_and_its_date() {
        let cases = [
            ("3.甲公司合同诈骗案（检例第66号）", "甲公司合同诈骗案（检例第66号）"),
            ("01-乡村道路调研", "乡村道路调研"),
            ("3-5月办案情况", "3-5月办案情况"),
            ("某某规定(2001-12-03)", "某某规定"),
            ("2024-03-05 乡村道路调研", "乡村道路调研"),
            ("20240305_乡村道路调研", "乡村道路调研"),
            ("2024-03-05", "2024-03-05"),
            ("立案标准的规定（2006）", "立案标准的规定（2006）"),
        ];
        for (name, expected) in cases {
            assert_eq!(title_of(name, ""), expected);
        }
    }

    #[test]
    fn a_date_is_read_from_the_name() {
        let cases = [
            ("2024-03-05 调研", Some("2024-03-05")),
            ("20240305调研", Some("2024-03-05")),
            ("调研（2024年3月5日）", Some("2024-03-05")),
            ("2024年3月调研", Some("2024-03")),
            ("2024-03_调研", Some("2024-03")),
            ("某某解释(2024-01-30)", Some("2024-01-30")),
            ("2026年某省政府工作报告", Some("2026")),
            ("2022年度选题征集", Some("2022")),
            ("立案标准的规定（２００６）", Some("2006")),
            ("追诉标准的规定（二）2022", Some("2022")),
            ("2019-2021年办案情况", Some("2021")),
            ("2023年以来的办案情况(2025-06-01)", Some("2025-06-01")),
            ("第1234号案", None),
            ("2024 条线索", None),
            ("20241399", None),
            ("检例第142号", None),
        ];
        for (name, expected) in cases {
            assert_eq!(date_in(name).map(|day| day.to_string()).as_deref(), expected, "{name}");
        }
    }
}
