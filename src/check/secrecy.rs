//! Finds secrecy marks: a document that bears one must not be kept here at all.

use crate::check::mark::{self, Mark, names_a_grade};
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::reading::{Passage, Reading, What};

/// Lines from the top of the body among which a grade that stands alone in a list is a mark.
const TOP: usize = 30;
/// Lines from the top among which a title stands.
const TITLES: usize = 3;
/// Rows of a table in which a cell beside 密级 gives the grade of the document, and not of what the table lists.
const ROWS: usize = 3;
/// Lines in which one mark is written at most.
const BROKEN: usize = 6;
/// Characters of a piece of a mark that is written in pieces at most.
const PIECE: usize = 8;

/// Says whether a document bears a secrecy mark (绝密, 机密, 秘密). Such a document is read no
/// further: this comes before everything else, and the diagnostic quotes nothing of it.
pub fn secrecy(source: &Source) -> Option<Diagnostic> {
    if may_be_classified(source) {
        of_reading(&Reading::of(source), &source.file)
    } else {
        secrecy_of_name(&source.file)
    }
}

/// Whether a document, its name apart, may bear a mark at all, as it is written: whether it has to be read.
pub(crate) fn may_be_classified(source: &Source) -> bool {
    // Most documents don't have the letter that each grade has, not even as an entity or an escape.
    names_a_grade(&source.text) || source.text.contains("&#") || may_name_a_grade(source)
}

/// Whether a front matter may give a grade in English, or as escapes.
fn may_name_a_grade(source: &Source) -> bool {
    let front = source.front.clone().and_then(|front| source.text.get(front));
    let front = front.unwrap_or_default().to_ascii_lowercase();
    ["\\", "secrecy", "classification"].iter().any(|it| front.contains(it))
}

/// Says whether what was read bears a secrecy mark.
pub(crate) fn of_reading(reading: &Reading, file: &str) -> Option<Diagnostic> {
    let in_head = || reading.head().iter().any(is_marked_value);
    let marked = secrecy_of_name(file).is_some() || in_head() || is_marked(reading.body());
    marked.then(|| refusal(file))
}

/// Says whether the name of a file, or of a folder that holds it, bears a mark such as 机密★.
pub(crate) fn secrecy_of_name(file: &str) -> Option<Diagnostic> {
    let last = file.matches('/').count();
    let names = file
        .split('/')
        .enumerate()
        .map(|(at, name)| match (at == last, name.rsplit_once('.')) {
            (true, Some((stem, _))) => stem,
            _ => name,
        });
    let mut marked = names.filter(|name| mark::of_title(name).is_some() || mark::is_name(name));
    marked.next().map(|_| refusal(file))
}

fn refusal(file: &str) -> Diagnostic {
    Diagnostic::new(Group::Privacy, Severity::Error, "classified", file)
}

/// Whether a value of a front matter is a grade after a key that gives it, or a mark.
fn is_marked_value(passage: &Passage) -> bool {
    let text = passage.text.text();
    match passage.what {
        What::Name => false,
        What::Title => mark::of_title(text).is_some(),
        // A comment, or what could not be read: its key stands in it.
        What::Hidden => {
            mark::of_line(text) >= Some(Mark::Sure)
                || (text.trim_start().starts_with('#') && mark::of_line(text).is_some())
        }
        _ => {
            (has_key(passage) && mark::is_grade(text))
                || mark::of_line(text) >= Some(Mark::Sure)
                || begins_bracketed(text)
        }
    }
}

fn begins_bracketed(text: &str) -> bool {
    text.trim_start()
        .starts_with(['【', '[', '（', '(', '〔', '〖', '『', '「'])
        && mark::of_title(text).is_some()
}

fn has_key(passage: &Passage) -> bool {
    passage.cues.iter().any(|cue| mark::is_key(cue))
}

/// Whether a body is marked: by a passage, or by several together that are pieces of one mark.
fn is_marked(body: &[Passage]) -> bool {
    let shown: Vec<&Passage> = body.iter().filter(|passage| passage.what != What::Target).collect();
    let mut lines = 0;
    let by_one = shown.iter().any(|passage| {
        if !matches!(passage.what, What::Hidden | What::Held) {
            lines += passage.text.lines().filter(|line| !line.trim().is_empty()).count();
        }
        names_a_grade(passage.text.text()) && is_mark(passage, lines)
    });
    by_one || heads_a_table(&shown) || (0..shown.len()).any(|at| begins_pieces(&shown[at..]))
}

/// Whether the row at the head of the first table is a mark: 机密 | 特急.
fn heads_a_table(shown: &[&Passage]) -> bool {
    let at_head = |passage: &&&Passage| matches!(passage.what, What::Cell { table: 0..=1, row } if row <= 1);
    let cells: Vec<&Passage> = shown.iter().filter(at_head).copied().collect();
    let first = cells.first().map(|cell| cell.what);
    let row: Vec<&str> = cells
        .iter()
        .take_while(|cell| Some(cell.what) == first)
        .map(|cell| cell.text.text())
        .collect();
    let found = mark::of_line(&row.concat());
    found >= Some(Mark::Sure) || (found.is_some() && row.len() == 1)
}

/// Whether a passage is a mark that ends at a line of the body.
fn is_mark(passage: &Passage, line: usize) -> bool {
    let text = passage.text.text();
    let found = strongest(passage);
    match passage.what {
        What::Cell { row, .. } => {
            found == Some(Mark::Starred)
                || (found == Some(Mark::Sure) && text.contains(['密', '宻']) && names_key(text))
                || (row < ROWS && has_key(passage) && mark::is_grade(text))
        }
        What::Title => mark::of_title(text).is_some(),
        What::Heading(_) if mark::of_title(text).is_some() => true,
        What::Value if has_key(passage) && mark::is_grade(text) => true,
        What::Held => found >= Some(Mark::Sure),
        What::Name => text.split(['/', '\\']).any(names_a_mark),
        What::Item | What::Heading(_) => found >= Some(Mark::Sure) || (found.is_some() && line <= TOP),
        _ if line <= TITLES && mark::of_title(text).is_some() => true,
        _ => found.is_some(),
    }
}

/// Whether the name of a file, of a folder or of a sheet is or bears a mark.
fn names_a_mark(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    mark::of_line(name).is_some() || mark::of_title(stem).is_some() || mark::is_name(stem)
}

/// Whether a cell has its key in itself: 密级：机密.
fn names_key(text: &str) -> bool {
    text.split([':', '：']).next().is_some_and(mark::is_key)
}

/// The surest mark among the lines of a passage, and those that its line breaks cut into pieces.
fn strongest(passage: &Passage) -> Option<Mark> {
    let lines: Vec<&str> = passage.text.lines().collect();
    let all = (0..lines.len()).flat_map(|at| (at + 1..=lines.len().min(at + BROKEN)).map(move |end| at..end));
    // A long text has no mark across its lines.
    let all = all.filter(|of| of.len() == 1 || lines[of.clone()].iter().all(|line| line.chars().count() <= 2 * PIECE));
    all.filter_map(|of| mark::of_line(&lines[of].concat())).max()
}

/// Whether passages begin with a mark of which each is a piece too short to be one: 机, 密, ★1年 in three boxes.
fn begins_pieces(passages: &[&Passage]) -> bool {
    let short = |passage: &&&Passage| {
        let length = passage.text.text().trim().chars().count();
        (1..=PIECE).contains(&length)
    };
    let pieces: Vec<&str> = passages
        .iter()
        .take(BROKEN)
        .take_while(short)
        .map(|it| it.text.text())
        .collect();
    let begins = pieces.first().is_some_and(|first| {
        first.contains(['绝', '絕', '絶', '机', '機', '秘', '祕']) && mark::of_line(first).is_none()
    });
    begins
        && (2..=pieces.len())
            .any(|count| names_a_grade(pieces[1]) && mark::of_line(&pieces[..count].concat()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(file: &str, front: &str, body: &str) -> bool {
        let text = format!("---\n{front}---\n{body}");
        secrecy(&Source::of(file.into(), file.into(), text)).is_some()
    }

    #[test]
    fn a_mark_is_found_where_documents_bear_it() {
        let bodies = [
            "机密★10年\n\n# 报告\n",
            "# 报告\n\n**秘密★**\n",
            "绝　密\n正文\n",
            "【机 密】\n",
            "000012\n机密☆长期\n特急\n",
            "密级：秘密\n",
            "<!-- 绝密 -->\n",
            "> 机密 ★ 5 年　特急\n",
            "机**密**★1年\n",
            "机\u{200b}密★1年\n",
            "&#26426;&#23494;★1年\n",
            "绝密\n本件不得外传，阅后请按规定退回，不得复制、摘抄、转发。\n",
            "| 密级 | 机密 |\n| --- | --- |\n| 份号 | 1 |\n",
            "<span hidden>机密★1年</span>正文\n",
            "機密★1年\n",
            "绝密级\n",
            "机密件\n",
            "机密10年\n",
            "秘密·长期\n",
            "〔机密〕\n",
            "机密🌟1年\n",
            "本件密级：机密\n",
            "本文密级为机密。\n",
            "涉密等级：秘密\n",
        ];
        for body in bodies {
            assert!(refused("a.md", "", body), "{body}");
        }
        for front in [
            "密级: 机密\n",
            "title: 一\n\"密级\"： 秘密★1年\n",
            "secrecy: \"绝密\"\n",
            "# 机密★10年\n",
            "保密级别: 机密\n",
            "classification: Top Secret\n",
            "备注: 机密★1年\n",
            "title: 【机密】关于某事的报告\n",
            "title: 机密★1年 关于某事的报告\n",
        ] {
            assert!(refused("a.md", front, ""), "{front}");
        }
        let annex = "甲。\n\n".repeat(60) + "机密★1年\n";
        assert!(refused("a.md", "", &annex));
        assert!(refused("机密★1年/a.md", "", ""));
        assert!(refused("【机密】某事.md", "", ""));
        for name in [
            "河道报告（秘密）定稿",
            "河道_秘密_终稿",
            "河道-绝密-终稿",
            "河道【机密】2024",
        ] {
            assert!(refused(&format!("调研/{name}.md"), "", ""), "{name}");
        }
        for name in ["商业_秘密_案", "国家-秘密-管理", "评《秘密》一书", "第一章-秘密-第二节"]
        {
            assert!(!refused(&format!("调研/{name}.md"), "", ""), "{name}");
        }
        assert!(refused("调研/机密★10年 关于某事.md", "", ""));
        assert!(secrecy_of_name("附件/秘密★5年 名单.pdf").is_some());
        assert!(secrecy_of_name("附件/侵犯商业秘密案.pdf").is_none());
    }

    #[test]
    fn what_only_speaks_of_secrets_is_read() {
        let bodies = [
            "工作秘密\n",
            "内部资料\n",
            "国家秘密的密级分为绝密、机密、秘密三级。\n",
            "文件首页标注“机密★10年”字样的，应当登记。\n",
            "金某侵犯商业秘密案\n",
            "## 保守国家秘密\n",
            "密级：工作秘密\n",
            "密级：内部\n",
            "国家秘密的密级：绝密、机密、秘密\n",
            "密级为绝密、机密的，应当登记\n",
            "| 密级 | 件数 |\n| --- | --- |\n| 甲 | 1 |\n| 乙 | 1 |\n| 机密 | 3 |\n",
        ];
        for body in bodies {
            assert!(
                !refused("侵犯商业秘密案.md", "密级: 内部\ntags: [商业秘密]\n", body),
                "{body}"
            );
        }
    }

    #[test]
    fn the_diagnostic_quotes_nothing() {
        let text = "机密★10年\n";
        let source = Source::body_only("a".into(), "a.md".into(), text.into());
        let diagnostic = secrecy(&source).unwrap();
        assert_eq!(
            (diagnostic.code, diagnostic.span, diagnostic.args),
            ("classified", None, Vec::new())
        );
    }
}
