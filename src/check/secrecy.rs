//! Finds secrecy marks: a document that bears one must not be kept here at all.

use crate::check::privacy::is_unseen;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::reading::{Passage, Reading, What};
use unicode_normalization::UnicodeNormalization;

/// Grades of state secrets. 工作秘密 isn't one of them.
const GRADES: [&str; 3] = ["绝密", "机密", "秘密"];
/// The same in English, after a key that gives it.
const ENGLISH: [&str; 3] = ["topsecret", "secret", "confidential"];
/// Keys of a front matter that give a document's grade; the last word of a longer one (本件密级) does, too.
const KEYS: [&str; 9] = [
    "密级",
    "secrecy",
    "classification",
    "保密等级",
    "保密级别",
    "涉密等级",
    "涉密级别",
    "秘密等级",
    "定密",
];
/// Signs that are typed in place of the star of a mark.
const STARS: [char; 24] = [
    '★', '☆', '*', '✩', '⭐', '✭', '✮', '⋆', '∗', '✪', '✡', '⭑', '⭒', '🌟', '✦', '✧', '✰', '✯', '✫', '✬', '⍟', '✱',
    '✲', '※',
];
/// Lines from the top of the body among which a mark is looked for.
const TOP: usize = 30;
/// Characters that a line with a mark has at most: a mark stands alone, or with 份号 and urgency.
const LONGEST: usize = 30;

/// Says whether a document bears a secrecy mark (绝密, 机密, 秘密). Such a document is read no
/// further: this comes before everything else, and the diagnostic quotes nothing of it.
pub fn secrecy(source: &Source) -> Option<Diagnostic> {
    // Most documents don't have the letter that each grade has, not even as an entity.
    let is_plain = !names_a_grade(&source.text)
        && !["&#", "secrecy", "classification"]
            .iter()
            .any(|it| source.text.contains(it));
    if is_plain {
        return secrecy_of_name(&source.file);
    }
    of_reading(&Reading::of(source), &source.file)
}

/// Says whether what was read bears a secrecy mark.
pub fn of_reading(reading: &Reading, file: &str) -> Option<Diagnostic> {
    let in_head = reading.head().iter().any(is_marked_value);
    // A star makes a mark of a line wherever it stands: of an annex, too.
    let below = reading
        .body()
        .iter()
        .filter(|passage| !matches!(passage.what, What::Target | What::Cell { .. }));
    let starred_below = below
        .into_iter()
        .any(|passage| names_a_grade(passage.text.text()) && passage.text.lines().any(bears_starred_mark));
    let mut lines = 0;
    let shown = reading.body().iter().take_while(|passage| {
        lines += passage.text.lines().filter(|line| !line.trim().is_empty()).count();
        lines <= TOP || passage.what == What::Hidden
    });
    let first = reading.body().first().into_iter();
    let marked = in_head || starred_below || first.chain(shown).any(is_marked) || secrecy_of_name(file).is_some();
    marked.then(|| refusal(file))
}

/// Says whether the name of an attachment bears a mark such as 机密★.
pub fn secrecy_of_name(file: &str) -> Option<Diagnostic> {
    let name = file.rsplit('/').next().unwrap_or_default();
    let folders = file.split('/').any(|name| starred(&plain(name)));
    (folders || begins_bracketed(name)).then(|| refusal(file))
}

/// Whether a title or a name begins with a grade in brackets: 【机密】关于某事的报告.
fn begins_bracketed(text: &str) -> bool {
    let text = plain(text);
    let brackets = [('【', '】'), ('[', ']'), ('(', ')'), ('〔', '〕')];
    brackets.iter().any(|(open, close)| {
        let inside = text.strip_prefix(*open).and_then(|rest| rest.split_once(*close));
        inside.is_some_and(|(inside, _)| GRADES.contains(&inside))
    })
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
        What::Title => begins_bracketed(text) || starts_starred(text) || starred_line(text),
        _ => (has_key(passage) && (begins_with_grade(text) || is_english_grade(text))) || starred_line(text),
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
    passage.cues.iter().any(|cue| is_key(&plain(cue)))
}

/// Whether a word, or the end of one, gives a grade.
fn is_key(text: &str) -> bool {
    const DOCUMENTS: [&str; 9] = [
        "本件",
        "本文",
        "本文件",
        "文件",
        "公文",
        "文书",
        "资料",
        "材料",
        "本材料",
    ];
    let text = text
        .trim_end_matches([':', '为', '是'])
        .trim_matches(['"', '\'', '-', '{', '*'])
        .to_lowercase();
    KEYS.contains(&&*text)
        || KEYS
            .iter()
            .any(|key| text.strip_suffix(key).is_some_and(|of| DOCUMENTS.contains(&of)))
}

fn begins_with_grade(text: &str) -> bool {
    let text = plain(text);
    let value = text.trim_start_matches(['"', '\'', '[', '*']);
    GRADES.iter().any(|grade| value.starts_with(grade))
}

/// Whether a title begins with a grade and a star.
fn starts_starred(text: &str) -> bool {
    let text = plain(text);
    GRADES
        .iter()
        .any(|grade| text.strip_prefix(grade).is_some_and(|rest| rest.starts_with(STARS)))
}

fn is_english_grade(text: &str) -> bool {
    let text = plain(text).to_lowercase();
    ENGLISH.contains(&text.trim_matches(['"', '\'', '[', ']']))
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
    let Some((key, value)) = line.split_once([':', '为']) else {
        return false;
    };
    is_key(key) && begins_with_grade(value) && !value.contains(['、', '或', '和'])
}

/// Whether a line can hold a grade at all: each has 密, itself or as one of the compatible characters that the
/// half-width form may make of others. Most lines have neither and need no second look.
fn names_a_grade(line: &str) -> bool {
    line.chars()
        .any(|character| matches!(character, '密' | '祕' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}'))
}

/// Whether a line of the body is a mark: the grade alone, after 密级, or with a star and a term.
fn is_mark(line: &str) -> bool {
    if !names_a_grade(line) || line.chars().count() > 4 * LONGEST {
        return false;
    }
    let line = core(line);
    line.chars().count() <= LONGEST && (is_grade(&line) || is_grade_key(&line) || starred(&line))
}

/// Whether a text is a grade, or a grade with its term: 绝密级, 机密件, 机密10年, 秘密·长期.
fn is_grade(text: &str) -> bool {
    let Some(rest) = GRADES.iter().find_map(|grade| text.strip_prefix(grade)) else {
        return false;
    };
    let term = rest.trim_start_matches(['·', ':', '-', '(']).trim_end_matches(')');
    let number = term.trim_end_matches(['年', '个', '月', '天', '日']);
    let counted = number.len() < term.len()
        && !number.is_empty()
        && number
            .chars()
            .all(|it| it.is_ascii_digit() || "一二三四五六七八九十".contains(it));
    ["", "级", "件", "长期"].contains(&term) || counted
}

/// Whether a line is short and has a grade with a star.
fn starred_line(line: &str) -> bool {
    if !names_a_grade(line) {
        return false;
    }
    let line = core(line);
    line.chars().count() <= LONGEST && starred(&line)
}

/// A line without what may stand around a mark.
fn core(line: &str) -> String {
    let line = plain(line).replace("<!--", "").replace("-->", "").replace("%%", "");
    let around = |character: char| "#*_>|-`【】[](){}<>《》「」〔〕〈〉".contains(character);
    line.trim_matches(around).to_owned()
}

/// A grade followed by a star, as in 机密★10年, but not where it is quoted.
fn starred(text: &str) -> bool {
    let after = |grade: &str, at: usize| text[at + grade.len()..].trim_start_matches('级').starts_with(STARS);
    let quoted = |at: usize| text[..at].ends_with(['“', '「', '《', '"', '\'']);
    GRADES
        .iter()
        .any(|grade| text.match_indices(grade).any(|(at, _)| after(grade, at) && !quoted(at)))
}

/// Half-width, without any space or what nobody sees: marks are set wide (机　密).
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|&character| !character.is_whitespace() && !is_unseen(character))
        .map(|character| match character {
            '機' => '机',
            '絕' => '绝',
            '祕' => '秘',
            '級' => '级',
            other => other,
        })
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
