//! The kind of a document by its folder and its text.

use super::title;
use crate::corpus::Source;
use crate::record::number::case_number;
use crate::record::{Folders, Kind};

/// What tells the kind of a document that doesn't say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The site file gives its folder a kind.
    Map(Kind),
    /// A folder is named like a kind, and the text isn't like another.
    Folder(Kind),
    /// A folder is named like the first kind, and the text is like the second.
    Either(Kind, Kind),
    /// The text is like one of the kind.
    Text(Kind),
    /// Nothing does: a report.
    Nothing,
}

impl Told {
    /// The kind that it is taken for.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Told::Map(kind) | Told::Folder(kind) | Told::Either(kind, _) | Told::Text(kind) => kind,
            Told::Nothing => Kind::Report,
        }
    }
}

/// The kind by the site file's map of folders, else by the outermost telling folder, else by the text.
pub(crate) fn kind(source: &Source, map: &Folders) -> Told {
    if let Some(kind) = map.of(&source.id) {
        return Told::Map(kind);
    }
    let folders = source.id.rsplit_once('/').map_or("", |(folders, _)| folders);
    let by_text = kind_of_text(&title(source), source.body_text());
    match (folders.split('/').find_map(kind_of_folder), by_text) {
        (Some(folder), Some(text)) if folder != text => Told::Either(folder, text),
        (Some(folder), _) => Told::Folder(folder),
        (None, Some(text)) => Told::Text(text),
        (None, None) => Told::Nothing,
    }
}

/// The kind that a text is like, by its title and its sections.
pub(crate) fn kind_of_text(title: &str, body: &str) -> Option<Kind> {
    /// Ends of titles in 案 that name no case.
    const NO_CASES: [&str; 11] = [
        "方案",
        "议案",
        "提案",
        "预案",
        "草案",
        "修正案",
        "档案",
        "备案",
        "图案",
        "答案",
        "教案",
    ];
    let core = title
        .trim_end_matches(['）', ')'])
        .split(['（', '('])
        .next()
        .unwrap_or_default()
        .trim();
    let case = core.ends_with('案') && !NO_CASES.iter().any(|end| core.ends_with(end));
    if title.contains("检察建议书") || core.ends_with("检察建议") {
        Some(Kind::Recommendation)
    } else if case || case_number(title).is_some() && !core.starts_with("检察建议") {
        Some(Kind::Case)
    } else if ["课题", "立项书", "申报书"].iter().any(|end| core.ends_with(end)) {
        Some(Kind::Topic)
    } else if is_law(title, body) {
        Some(Kind::Law)
    } else {
        has_sections_of_a_case(body).then_some(Kind::Case)
    }
}

/// Whether a text has two sections of cases or more.
fn has_sections_of_a_case(body: &str) -> bool {
    const OF_CASES: [&str; 9] = [
        "基本案情",
        "要旨",
        "案例要旨",
        "裁判要点",
        "裁判要旨",
        "裁判结果",
        "典型意义",
        "指导意义",
        "检察机关履职过程",
    ];
    let section = |line: &str| {
        let short = line.len() <= 60;
        let core: String = line
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"#*【】".contains(*letter))
            .collect();
        OF_CASES.iter().position(|name| short && core == *name)
    };
    let mut seen: Vec<usize> = body.lines().filter_map(section).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() > 1
}

/// Whether a text is a law: named like one, and with 第一条 and 第二条 at the start of lines.
fn is_law(title: &str, body: &str) -> bool {
    const ENDINGS: [&str; 9] = ["法", "法典", "条例", "规定", "办法", "解释", "规则", "细则", "规程"];
    let name = title.split(['（', '(']).next().unwrap_or_default().trim();
    let starts = |article: &str| {
        let plain = |line: &str| {
            line.trim_start_matches(['#', '*', ' ', '\u{3000}', '\t'])
                .starts_with(article)
        };
        body.lines().any(plain)
    };
    ENDINGS.iter().any(|ending| name.ends_with(ending)) && starts("第一条") && starts("第二条")
}

/// A folder's name begins or ends with the word: 检察建议（摘自指导性案例） holds recommendations, 典型案例
/// cases.
pub(crate) fn kind_of_folder(folder: &str) -> Option<Kind> {
    const WORDS: [(&str, Kind); 13] = [
        ("检察建议", Kind::Recommendation),
        ("recommendations", Kind::Recommendation),
        ("调研报告", Kind::Report),
        ("reports", Kind::Report),
        ("案例", Kind::Case),
        ("cases", Kind::Case),
        ("项目", Kind::Topic),
        ("课题", Kind::Topic),
        ("topics", Kind::Topic),
        ("法律法规", Kind::Law),
        ("司法解释", Kind::Law),
        ("法规", Kind::Law),
        ("laws", Kind::Law),
    ];
    let folder = folder.to_lowercase();
    let core = folder.split(['（', '(']).next().unwrap_or_default().trim();
    WORDS
        .iter()
        .find(|(word, _)| core.starts_with(word) || core.ends_with(word))
        .map(|&(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(file: &str, body: &str) -> Source {
        let id = file.trim_end_matches(".md").to_string();
        Source::body_only(id, file.into(), body.into())
    }

    #[test]
    fn the_folder_tells_the_kind() {
        let cases = [
            ("案例/典型案例/a", Kind::Case),
            ("2024年典型案例/a", Kind::Case),
            ("检察建议（摘自指导性案例）/a", Kind::Recommendation),
            ("Cases/a", Kind::Case),
            ("法律法规/a", Kind::Law),
            ("司法解释与检察规则/a", Kind::Law),
            ("地方性法规/a", Kind::Law),
            ("项目（课题）/a", Kind::Topic),
            ("重点课题/a", Kind::Topic),
            ("法律政策研究/a", Kind::Report),
            ("案例", Kind::Report),
        ];
        for (id, expected) in cases {
            assert_eq!(
                kind(&source(&format!("{id}.md"), ""), &Folders::default()).kind(),
                expected,
                "{id}"
            );
        }
    }

    #[test]
    fn the_text_tells_the_kind_where_no_folder_does() {
        let law = "第一条 甲\n\n第二条 乙\n";
        for (title, body, expected) in [
            ("某办法", law, Told::Text(Kind::Law)),
            ("甲某盗窃案", "", Told::Text(Kind::Case)),
            ("消防应急预案", "", Told::Nothing),
            ("关于某事的检察建议书", "", Told::Text(Kind::Recommendation)),
            (
                "不同处理",
                "## 基本案情\n\n甲\n\n**【典型意义】**\n",
                Told::Text(Kind::Case),
            ),
            ("关于典型意义的调研", "典型意义\n", Told::Nothing),
        ] {
            let source = source("资料/甲.md", &format!("# {title}\n\n{body}"));
            assert_eq!(kind(&source, &Folders::default()), expected, "{title}");
        }
        let in_folder = source("调研报告/甲.md", &format!("# 某办法\n\n{law}"));
        assert_eq!(
            kind(&in_folder, &Folders::default()),
            Told::Either(Kind::Report, Kind::Law)
        );
        let mapped = Folders::new([("调研报告".to_owned(), Kind::Law)]);
        assert_eq!(kind(&in_folder, &mapped), Told::Map(Kind::Law));
    }
}
