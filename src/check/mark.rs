//! The grammar of a secrecy mark: what a line is made of that is nothing else, such as 份号：000001　密级：机密　特急.

use crate::check::bare::bare;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Grades of state secrets. 工作秘密 isn't one of them.
const GRADES: [&str; 3] = ["绝密", "机密", "秘密"];
/// Keys that give a document's grade.
const KEYS: [&str; 9] = [
    "密级",
    "保密等级",
    "保密级别",
    "涉密等级",
    "涉密级别",
    "秘密等级",
    "秘密级别",
    "定密",
    "涉密程度",
];
/// The same in English.
const ENGLISH_KEYS: [&str; 2] = ["secrecy", "classification"];
/// Grades in English, after a key that gives it.
const ENGLISH: [&str; 3] = ["topsecret", "secret", "confidential"];
/// What a longer key says that the grade is of.
const DOCUMENTS: [&str; 10] = [
    "本文件",
    "本材料",
    "本件",
    "本文",
    "文件",
    "公文",
    "文书",
    "资料",
    "材料",
    "报告",
];
/// What may end a key.
const LABELS: [&str; 6] = ["标识", "标志", "等级", "及保密期限", "和保密期限", "与保密期限"];
/// Words that stand beside a grade at the head of a document.
const BESIDE: [&str; 18] = [
    "保密期限",
    "期限",
    "保密",
    "长期",
    "永久",
    "紧急程度",
    "缓急程度",
    "缓急",
    "特急",
    "特提",
    "加急",
    "平急",
    "急件",
    "火急",
    "紧急",
    "份号",
    "份数",
    "编号",
];
/// Kinds of files, in the name of a folder for those of a grade.
const FILES: [&str; 9] = ["文件夹", "文件", "材料", "资料", "档案", "公文", "文书", "卷宗", "卷"];
/// Pairs of brackets that a mark stands in.
const BRACKETS: [(char, char); 10] = [
    ('【', '】'),
    ('[', ']'),
    ('(', ')'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('『', '』'),
    ('「', '」'),
    ('{', '}'),
    ('<', '>'),
    ('《', '》'),
];
/// Signs that separate a grade from the title or name that it ends or begins.
const DASHES: [char; 9] = ['-', '—', '_', '–', '|', '.', '·', '~', '+'];
/// Words that a grade at the end of a title belongs to: a secret of trade is none of the state's.
const OF_OTHERS: [&str; 8] = ["商业", "国家", "军事", "工作", "核心", "个人", "技术", "审判"];
/// What numbers a heading or file.
const NUMBERING: &str = "第一二三四五六七八九十百零章节条讲部分篇卷编之";
/// Letters of a title at least that is more than a number.
const NAMED: usize = 2;
/// Signs of punctuation that are typed in place of the star of a mark.
const STARS: [char; 3] = ['*', '※', '∗'];
/// Characters that a line with a mark has at most.
const LONGEST: usize = 40;
/// Digits that the number of a copy has at least.
const COPY: usize = 3;

/// How surely a line is a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A grade and nothing else, which may be a word of a list.
    Lone,
    /// A grade after its key, or with its term or what else stands beside it.
    Sure,
    /// A grade with a star, as nothing but a mark has it.
    Starred,
}

/// Whether a text can hold a grade at all: each has 密, itself or as one of the compatible characters that the
/// normal form may make of others. Most lines have neither and need no second look.
pub(super) fn names_a_grade(text: &str) -> bool {
    text.chars()
        .any(|it| matches!(it, '密' | '祕' | '宻' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}'))
}

/// The mark that a line is.
pub(super) fn of_line(line: &str) -> Option<Mark> {
    if !names_a_grade(line) || line.chars().count() > 4 * LONGEST {
        return None;
    }
    let line = bare(line);
    if line.chars().count() > LONGEST {
        return None;
    }
    // What is quoted is spoken of.
    let quoted = line.contains(['“', '"', '‘']);
    let whole = whole(&line).filter(|_| !quoted);
    whole
        .or_else(|| starred(&line).then_some(Mark::Starred))
        .or_else(|| (gives_grade(&line) && !quoted).then_some(Mark::Sure))
}

/// The mark that a title or a name begins or ends with: 【机密】关于某事的报告, 绝密-关于某事.
pub(super) fn of_title(title: &str) -> Option<Mark> {
    if !names_a_grade(title) || title.chars().count() > 3 * LONGEST {
        return None;
    }
    let text = bare(title);
    let text = text.trim_matches(['*', '_', '#', '`']);
    let in_brackets = bracketed(text).any(|inside| whole(inside).is_some());
    let separated = GRADES.iter().any(|grade| {
        let rest = text.strip_prefix(grade).unwrap_or_default();
        let spaced = *grade != "秘密" && title.trim_start().starts_with(&format!("{grade} "));
        spaced
            || rest.starts_with(DASHES)
            || rest.starts_with(":关于")
            || rest.starts_with(is_star)
            || ends_with(title, text, grade)
    });
    let marked = in_brackets || separated || is_between_signs(text) || starred(text) || whole(text).is_some();
    marked.then_some(Mark::Sure)
}

/// What stands in brackets in a title, wherever they are; what is quoted or a book's only at its beginning or end.
pub(super) fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    const QUOTES: &str = "《『「";
    BRACKETS.iter().flat_map(move |&(open, close)| {
        let pairs = text.match_indices(open).filter_map(move |(at, sign)| {
            let inside = text[at + sign.len()..].split(close).next()?;
            let end = at + sign.len() + inside.len() + close.len_utf8();
            let outer = at == 0 || end == text.len();
            (end <= text.len() && (outer || !QUOTES.contains(open))).then_some(inside)
        });
        pairs.collect::<Vec<_>>()
    })
}

/// Whether a grade stands alone between two signs of a name: `河道_秘密_终稿`. Of several grades none is the document's.
fn is_between_signs(text: &str) -> bool {
    const PARTS: [char; 5] = ['-', '—', '_', '–', '|'];
    let parts: Vec<&str> = text.split(PARTS).filter(|part| !part.is_empty()).collect();
    let graded = |part: &&&str| GRADES.iter().any(|grade| part.ends_with(grade));
    let Some(at) = parts.iter().position(|part| GRADES.contains(part)) else {
        return false;
    };
    let named = parts[..at].iter().flat_map(|part| part.chars());
    let named = named
        .filter(|it| it.is_alphanumeric() && !NUMBERING.contains(*it))
        .count()
        >= NAMED;
    let of_other = at > 0 && OF_OTHERS.iter().any(|other| parts[at - 1].ends_with(other));
    named && at + 1 < parts.len() && !of_other && parts.iter().filter(graded).count() == 1
}

/// Whether a title or name ends with a grade that a sign separates from it: 关于某事-机密, 关于某事 机密.
fn ends_with(title: &str, text: &str, grade: &str) -> bool {
    let Some(rest) = text.strip_suffix(grade) else {
        return false;
    };
    let spaced = grade != "秘密"
        && title
            .trim_end()
            .chars()
            .rev()
            .nth(grade.chars().count())
            .is_some_and(char::is_whitespace);
    let before = rest.trim_end_matches(DASHES);
    let letters = before
        .chars()
        .filter(|it| it.is_alphabetic() && !NUMBERING.contains(*it));
    let digits = before.chars().filter(char::is_ascii_digit).count();
    // 20240305-机密: as long a number is a day, and counts no chapters.
    let named = letters.count() >= NAMED || digits >= 2 * NAMED || before.contains(|it: char| it.is_ascii_alphabetic());
    let listed = GRADES.iter().any(|other| before.ends_with(other));
    named && !listed && (spaced || before.len() < rest.len()) && !OF_OTHERS.iter().any(|other| before.ends_with(other))
}

/// Whether the name of a file or folder says that it is of a grade: 机密文件.
pub(super) fn is_name(name: &str) -> bool {
    let name = bare(name);
    let kept = FILES.iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(&name);
    whole(kept).is_some()
}

/// Whether a word, or the end of one, gives a grade.
pub(super) fn is_key(key: &str) -> bool {
    let key = bare(key);
    let key = key
        .trim_matches(|it: char| !it.is_alphanumeric())
        .trim_end_matches(['为', '是']);
    ENGLISH_KEYS.contains(&key) || after_key(key).is_some_and(str::is_empty)
}

/// Whether a value begins with a grade, in Chinese or as one English word.
pub(super) fn is_grade(value: &str) -> bool {
    let value = bare(value);
    let value = value.trim_start_matches(|it: char| !it.is_alphanumeric());
    let word = value.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    GRADES.iter().any(|grade| value.starts_with(grade)) || ENGLISH.contains(&word)
}

/// The mark that a text in normal form is, made of nothing but the words of one.
fn whole(text: &str) -> Option<Mark> {
    let (mut grades, mut mark) = (Vec::new(), Mark::Lone);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !first.is_alphanumeric() {
            if is_star(first) && !rest.starts_with("**") && !text.starts_with(['*', '#']) {
                mark = Mark::Starred;
            }
            rest = &rest[first.len_utf8()..];
        } else if let Some(after) = after_key(rest) {
            mark = mark.max(Mark::Sure);
            rest = after.strip_prefix(['为', '是']).unwrap_or(after);
        } else if let Some(grade) = GRADES.iter().find(|grade| rest.starts_with(*grade)) {
            grades.push(grade);
            let after = &rest[grade.len()..];
            rest = after.strip_prefix(['级', '件']).unwrap_or(after);
        } else if let Some(after) = after_this(rest) {
            mark = mark.max(Mark::Sure);
            rest = after;
        } else if let Some(after) = after_beside(rest) {
            mark = mark.max(Mark::Sure);
            rest = after;
        } else {
            let after = rest.trim_start_matches(|it: char| it.is_ascii_digit());
            if rest.len() - after.len() < COPY {
                return None;
            }
            rest = after;
        }
    }
    grades.dedup();
    (grades.len() == 1).then_some(mark)
}

/// What follows the key with which a text begins: 密级, 本件密级标识.
fn after_key(text: &str) -> Option<&str> {
    let of = DOCUMENTS
        .iter()
        .find_map(|document| text.strip_prefix(document))
        .unwrap_or(text);
    let after = KEYS.iter().find_map(|key| of.strip_prefix(key))?;
    Some(
        LABELS
            .iter()
            .find_map(|label| after.strip_prefix(label))
            .unwrap_or(after),
    )
}

/// What follows a word for the document itself, right before its grade: 此件秘密, 本材料属机密级.
fn after_this(text: &str) -> Option<&str> {
    let this = text.strip_prefix(['本', '此'])?;
    let after = ["文件", "材料", "资料", "件", "文"]
        .iter()
        .find_map(|kind| this.strip_prefix(kind))?;
    let grade = after.trim_start_matches(['属', '于', '为', '是', '系', '定', ':']);
    GRADES.iter().any(|it| grade.starts_with(it)).then_some(grade)
}

/// What follows a word that stands beside a grade, or the term of one, with which a text begins.
pub(super) fn after_beside(text: &str) -> Option<&str> {
    let words = || BESIDE.iter().find_map(|word| text.strip_prefix(word));
    words().or_else(|| after_term(text))
}

/// What follows the term with which a text begins: 1年, 十年, 6个月.
fn after_term(text: &str) -> Option<&str> {
    let after = text.trim_start_matches(|it: char| it.is_ascii_digit() || "一二两三四五六七八九十".contains(it));
    let unit = ["年", "个月", "月", "天", "日"]
        .iter()
        .find_map(|unit| after.strip_prefix(unit));
    unit.filter(|_| after.len() < text.len())
}

/// A grade followed by a star, as in 机密★10年, but not where it is quoted.
fn starred(text: &str) -> bool {
    let after = |grade: &str, at: usize| {
        let rest = text[at + grade.len()..].trim_start_matches(['级', '(']);
        rest.starts_with(is_star) && !rest.starts_with("**")
    };
    let quoted = |at: usize| text[..at].ends_with(['“', '「', '《', '"', '\'']);
    GRADES
        .iter()
        .any(|grade| text.match_indices(grade).any(|(at, _)| after(grade, at) && !quoted(at)))
}

/// A key with its grade in a short line that says more: 密级：机密　签发人：某某. A list of grades gives none.
fn gives_grade(text: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        let Some(after) = after_key(&text[at..]) else {
            return false;
        };
        let value = after.trim_start_matches([':', '(', '为', '是', '【', '[', '-']);
        let grade = GRADES.iter().find_map(|grade| value.strip_prefix(grade));
        let spoken_of = |rest: &str| {
            ["、", "或", "和", "及", "与", "的", "以", "等", "事项", "信息", "载体"]
                .iter()
                .any(|it| rest.starts_with(it))
        };
        value.len() < after.len() && grade.is_some_and(|rest| !spoken_of(rest.trim_start_matches(['级', '件'])))
    })
}

/// Whether a character is a star, or another sign that is neither a letter nor punctuation and may be written for one.
fn is_star(character: char) -> bool {
    STARS.contains(&character)
        || (!character.is_ascii() && character.general_category() == GeneralCategory::OtherSymbol)
        || matches!(character, '⋆')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_nothing_but_a_mark_is_one() {
        for line in [
            "机密★1年",
            "机 密",
            "★机密",
            "机密（★1年）",
            "机密●1年",
            "机密◆1年",
            "机密—1年",
            "机密/1年",
            "絶密★1年",
            "机宻★1年",
            "绝密✨三年",
            "『机密』",
            "〖机密〗",
            "———机密———",
            "机密。",
            "密级 机密",
            "密级机密",
            "密级（机密）",
            "密级\n：机密",
            "特急　机密",
            "机密　特提",
            "机密，特急",
            "份号：000001　密级：机密　紧急程度：特急",
            "秘密 保密期限5年",
            "绝密级",
            "机密件",
            "密级标识：机密",
            "密级：机密　签发人：某某",
            "此件秘密",
            "本件属机密级",
            "本材料为秘密。",
        ] {
            assert!(of_line(line).is_some(), "{line}");
        }
    }

    #[test]
    fn a_line_that_says_more_is_none() {
        for line in [
            "国家秘密",
            "商业秘密",
            "工作秘密",
            "一、秘密",
            "1.秘密",
            "绝密、机密、秘密",
            "密级：绝密、机密、秘密",
            "密级为机密的，应当登记",
            "密级：内部",
            "“机密★10年”",
            "泄露国家秘密案",
            "机密级3件",
        ] {
            assert!(of_line(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_title_or_name_may_begin_or_end_with_a_mark() {
        for title in [
            "【机密】关于某事",
            "关于某事（机密）",
            "关于某事【机密】",
            "〖机密〗关于某事",
            "关于某事（密级：机密）",
            "绝密-关于某事",
            "机密 关于某事",
            "机密★1年 关于某事",
            "关于某事-机密",
            "关于某事_机密",
            "关于某事 机密",
            "关于某事　绝密",
            "关于某事.秘密",
            "20240305-机密",
            "D01_机密",
            "机密：关于某事",
            "机密_关于某事",
        ] {
            assert!(of_title(title).is_some(), "{title}");
        }
        for title in [
            "侵犯商业秘密案",
            "泄露国家秘密案（指导性案例）",
            "机密文件管理办法",
            "秘密 花园",
            "国家秘密的范围（一）",
            "第一章 机密",
            "2.秘密",
            "保护商业-秘密",
            "绝密、机密、秘密",
            "一、绝密 机密",
            "密级分为绝密|机密|秘密",
            "机密：泄露后使国家安全受损的事项",
        ] {
            assert!(of_title(title).is_none(), "{title}");
        }
        assert!(is_name("机密文件") && is_name("绝密级") && !is_name("商业秘密") && !is_name("文件"));
    }
}
