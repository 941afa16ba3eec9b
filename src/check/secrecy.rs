//! Finds secrecy marks: a document that bears one must not be kept here at all.

use crate::check::privacy::is_unseen;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::reading::{Passage, Reading, What};
use unicode_normalization::UnicodeNormalization;

/// Grades of state secrets. 工作秘密 isn't one of them.
const GRADES: [&str; 3] = ["绝密", "机密", "秘密"];
/// Keys of a front matter that give a document's grade.
const KEYS: [&str; 4] = ["密级", "secrecy", "classification", "保密等级"];
/// Lines from the top of the body among which a mark is looked for.
const TOP: usize = 30;
/// Characters that a line with a mark has at most: a mark stands alone, or with 份号 and urgency.
const LONGEST: usize = 30;

/// Says whether a document bears a secrecy mark (绝密, 机密, 秘密). Such a document is read no
/// further: this comes before everything else, and the diagnostic quotes nothing of it.
pub fn secrecy(source: &Source) -> Option<Diagnostic> {
    // Most documents don't have the letter that each grade has, not even as an entity.
    if !names_a_grade(&source.text) && !source.text.contains("&#") {
        return secrecy_of_name(&source.file);
    }
    of_reading(&Reading::of(source), &source.file)
}

/// Says whether what was read bears a secrecy mark.
pub fn of_reading(reading: &Reading, file: &str) -> Option<Diagnostic> {
    let in_head = reading.head().iter().any(is_marked_value);
    let mut lines = 0;
    let shown = reading.body().iter().take_while(|passage| {
        lines += passage.text.lines().filter(|line| !line.trim().is_empty()).count();
        lines <= TOP || passage.what == What::Hidden
    });
    let first = reading.body().first().into_iter();
    let marked = in_head || first.chain(shown).any(is_marked) || secrecy_of_name(file).is_some();
    marked.then(|| refusal(file))
}

/// Says whether the name of an attachment bears a mark such as 机密★.
pub fn secrecy_of_name(file: &str) -> Option<Diagnostic> {
    let name = file.rsplit('/').next().unwrap_or_default();
    starred(&plain(name)).then(|| refusal(file))
}

fn refusal(file: &str) -> Diagnostic {
    Diagnostic::new(Group::Privacy, Severity::Error, "classified", file)
}

/// Whether a value of a front matter is a grade after a key that gives it, or a comment there is a mark.
fn is_marked_value(passage: &Passage) -> bool {
    let text = passage.text.text();
    match passage.what {
        What::Hidden => is_grade_key(text) || (text.trim_start().starts_with('#') && is_mark(text)),
        What::Name => false,
        _ => has_key(passage) && begins_with_grade(text),
    }
}

/// Whether a passage of the body is a mark, or a line of one is.
fn is_marked(passage: &Passage) -> bool {
    let text = passage.text.text();
    if !names_a_grade(text) {
        return false;
    }
    match passage.what {
        // The file to which a link leads answers for its own name.
        What::Target => false,
        // 机密 in a table may be what the table is about.
        What::Cell { row, .. } => {
            starred_line(text) || is_grade_key(text) || (row < 3 && has_key(passage) && begins_with_grade(text))
        }
        _ => passage.text.lines().any(is_mark),
    }
}

fn has_key(passage: &Passage) -> bool {
    passage
        .cues
        .iter()
        .any(|cue| KEYS.contains(&&*plain(cue).trim_end_matches(':').to_lowercase()))
}

fn begins_with_grade(text: &str) -> bool {
    let text = plain(text);
    let value = text.trim_start_matches(['"', '\'', '[', '*']);
    GRADES.iter().any(|grade| value.starts_with(grade))
}

/// Whether a line is a mark: a grade alone, after 密级, or with a star and a term.
pub(crate) fn bears_mark(line: &str) -> bool {
    is_mark(line.trim())
}

/// Whether a line has a grade with a star, as nothing but a mark has it.
pub(crate) fn bears_starred_mark(line: &str) -> bool {
    is_mark(line.trim()) && starred(&plain(line))
}

/// `密级: 机密`, with any quotes and either colon.
fn is_grade_key(line: &str) -> bool {
    if !names_a_grade(line) {
        return false;
    }
    let line = plain(line);
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    let key = key.trim_matches(['"', '\'', '-', '{', '*']).to_lowercase();
    KEYS.contains(&&*key) && begins_with_grade(value)
}

/// Whether a line can hold a grade at all: each has 密, itself or as one of the compatible characters that the
/// half-width form may make of others. Most lines have neither and need no second look.
fn names_a_grade(line: &str) -> bool {
    line.chars()
        .any(|character| matches!(character, '密' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}'))
}

/// Whether a line of the body is a mark: the grade alone, after 密级, or with a star and a term.
fn is_mark(line: &str) -> bool {
    if !names_a_grade(line) || line.chars().count() > 4 * LONGEST {
        return false;
    }
    let line = core(line);
    line.chars().count() <= LONGEST && (GRADES.contains(&&*line) || is_grade_key(&line) || starred(&line))
}

/// Whether a line is short and has a grade with a star.
fn starred_line(line: &str) -> bool {
    let line = core(line);
    line.chars().count() <= LONGEST && starred(&line)
}

/// A line without what may stand around a mark.
fn core(line: &str) -> String {
    let line = plain(line).replace("<!--", "").replace("-->", "").replace("%%", "");
    let around = |character: char| "#*_>|-`【】[](){}<>《》「」".contains(character);
    line.trim_matches(around).to_owned()
}

/// A grade followed by a star, as in 机密★10年, but not where it is quoted.
fn starred(text: &str) -> bool {
    let after =
        |grade: &str, at: usize| text[at + grade.len()..].starts_with(['★', '☆', '*', '✩', '⭐', '✭', '✮', '⋆']);
    let quoted = |at: usize| text[..at].ends_with(['“', '「', '《', '"', '\'']);
    GRADES
        .iter()
        .any(|grade| text.match_indices(grade).any(|(at, _)| after(grade, at) && !quoted(at)))
}

/// Half-width, without any space or what nobody sees: marks are set wide (机　密).
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|&character| !character.is_whitespace() && !is_unseen(character))
        .collect()
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
        ];
        for body in bodies {
            assert!(refused("a.md", "", body), "{body}");
        }
        for front in [
            "密级: 机密\n",
            "title: 一\n\"密级\"： 秘密★1年\n",
            "secrecy: \"绝密\"\n",
            "# 机密★10年\n",
        ] {
            assert!(refused("a.md", front, ""), "{front}");
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
