//! Finds secrecy marks: a document that bears one must not be kept here at all.

use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
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
    let front = source.front_text().unwrap_or_default();
    let body = source.body_text();
    let in_front = front.lines().any(|line| is_grade_key(line) || is_comment_mark(line));
    let top = body.lines().map(str::trim).filter(|line| !line.is_empty()).take(TOP);
    let name = source.file.rsplit('/').next().unwrap_or_default();
    let marked = in_front || top.into_iter().any(is_mark) || starred(&plain(name));
    marked.then(|| Diagnostic::new(Group::Privacy, Severity::Error, "classified", &source.file))
}

/// Says whether the name of an attachment bears a mark such as 机密★.
pub fn secrecy_of_name(file: &str) -> Option<Diagnostic> {
    let name = file.rsplit('/').next().unwrap_or_default();
    starred(&plain(name)).then(|| Diagnostic::new(Group::Privacy, Severity::Error, "classified", file))
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
    let value = value.trim_start_matches(['"', '\'', '[', '*']);
    KEYS.contains(&&*key) && GRADES.iter().any(|grade| value.starts_with(grade))
}

/// Whether a line can hold a grade at all: each has 密, itself or as one of the compatible characters that the
/// half-width form may make of others. Most lines have neither and need no second look.
fn names_a_grade(line: &str) -> bool {
    line.chars()
        .any(|character| matches!(character, '密' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}'))
}

/// A mark that stands in a comment of the front matter.
fn is_comment_mark(line: &str) -> bool {
    line.trim_start().starts_with('#') && is_mark(line)
}

/// Whether a line of the body is a mark: the grade alone, after 密级, or with a star and a term.
fn is_mark(line: &str) -> bool {
    if !names_a_grade(line) || line.chars().count() > 4 * LONGEST {
        return false;
    }
    let line = plain(line).replace("<!--", "").replace("-->", "");
    let core = line.trim_matches(|character: char| "#*_>|-`【】[](){}<>《》「」".contains(character));
    if core.chars().count() > LONGEST {
        return false;
    }
    GRADES.contains(&core) || is_grade_key(core) || starred(core)
}

/// A grade followed by a star, as in 机密★10年, but not where it is quoted.
fn starred(text: &str) -> bool {
    let after = |grade: &str, at: usize| text[at + grade.len()..].starts_with(['★', '☆', '*', '✩', '⭐']);
    let quoted = |at: usize| text[..at].ends_with(['“', '「', '《', '"', '\'']);
    GRADES
        .iter()
        .any(|grade| text.match_indices(grade).any(|(at, _)| after(grade, at) && !quoted(at)))
}

/// Half-width, without any space: marks are set wide (机　密).
fn plain(text: &str) -> String {
    text.nfkc().filter(|character| !character.is_whitespace()).collect()
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
