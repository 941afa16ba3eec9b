//! Names of people in the one form by which they are counted and searched.

use crate::text::normalize::{fold, is_dropped};
use unicode_normalization::UnicodeNormalization;

/// Dots that stand between the parts of names of other peoples.
const DOTS: [char; 13] = ['·', '•', '‧', '・', '∙', '⋅', '●', '▪', '᛫', '⸱', '．', '.', '･'];

/// Marks between names.
const BETWEEN: [char; 8] = ['/', '／', '&', '＆', '|', '｜', '+', '＋'];

/// Surnames of two characters: 欧阳 修 is one person, 张伟 李娜 are two.
const COMPOUND: [&str; 24] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "尉迟", "皇甫", "令狐", "慕容", "夏侯", "端木", "公孙", "长孙",
    "宇文", "独孤", "南宫", "呼延", "完颜", "赫连", "澹台", "申屠", "濮阳", "淳于",
];

/// A name in one form: 张　伟 is 张伟, 买买提•艾力 is 买买提·艾力. Blanks stay between words in other scripts, and
/// between whole names.
pub(crate) fn person_name(text: &str) -> String {
    let visible = text.chars().filter(|letter| !is_dropped(*letter));
    let plain: String = visible.nfkc().map(without_radical).collect();
    let plain = without_quotes(plain.trim());
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut name = String::with_capacity(text.len());
    for (at, word) in words.iter().enumerate() {
        if at > 0 && parts(words[at - 1], word) {
            name.push(' ');
        }
        name.push_str(word);
    }
    with_one_dot(&name)
}

/// A name without the quotation marks around it; those of “清河”课题组 belong to it.
fn without_quotes(name: &str) -> &str {
    let is_quote = |mark: char| "“”‘’\"'「」『』".contains(mark);
    let inner = name.trim_matches(|mark: char| mark.is_whitespace() || is_quote(mark));
    if inner.contains(is_quote) { name } else { inner }
}

/// The names that a text gives side by side: 张伟 李娜 are two.
pub(crate) fn names_in(text: &str) -> Vec<String> {
    if text.contains(BETWEEN) {
        return text
            .split(BETWEEN)
            .flat_map(names_in)
            .filter(|name| !name.is_empty())
            .collect();
    }
    let name = person_name(text);
    if name
        .chars()
        .all(|letter| is_han(letter) || letter == '·' || letter == ' ')
    {
        name.split(' ').map(str::to_owned).collect()
    } else {
        vec![name]
    }
}

/// Whether a blank between two words means something: not where a name is set wide, nor beside a dot.
fn parts(before: &str, after: &str) -> bool {
    let han = |word: &str| word.chars().all(is_han);
    if before.ends_with(is_dot) || after.starts_with(is_dot) {
        return !(before.starts_with(is_han) || after.ends_with(is_han));
    }
    let single = |word: &str| word.chars().count() == 1;
    !(han(before) && han(after) && (single(before) || single(after) || COMPOUND.contains(&before)))
}

/// Dots between Han characters as one kind of dot.
fn with_one_dot(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let between_han = |at: usize| {
        let before = letters[..at].iter().rev().find(|letter| !is_dot(**letter));
        let after = letters[at..].iter().find(|letter| !is_dot(**letter));
        before.is_some_and(|letter| is_han(*letter)) && after.is_some_and(|letter| is_han(*letter))
    };
    let mut out = String::with_capacity(name.len());
    for (at, &letter) in letters.iter().enumerate() {
        match is_dot(letter) && between_han(at) {
            true if out.ends_with('·') => {}
            true => out.push('·'),
            false => out.push(letter),
        }
    }
    out
}

/// Whether a character is written between the parts of a name of another people.
pub(crate) fn is_dot(letter: char) -> bool {
    DOTS.contains(&letter)
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '○')
}

/// A radical, as PDF files have them, as the character that it looks like.
fn without_radical(letter: char) -> char {
    match letter {
        '\u{2E80}'..='\u{2FDF}' => fold(letter),
        _ => letter,
    }
}

/// The name of an office in the one form by which it is counted: letters and digits half-width, brackets of one kind,
/// no blanks but those between words of another script.
pub(crate) fn office_name(text: &str) -> String {
    let has_han = text.chars().any(is_han);
    let half: String = text.nfkc().collect();
    let words: Vec<&str> = half.split_whitespace().collect();
    let joined = words.into_iter().fold(String::new(), |name, word| {
        let latin = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
        let apart = !name.is_empty() && (!has_han || latin(name.chars().next_back()) && latin(word.chars().next()));
        name + if apart { " " } else { "" } + word
    });
    let bracket = |letter: char| match letter {
        '(' | '[' | '【' | '〔' | '〖' => '（',
        ')' | ']' | '】' | '〕' | '〗' => '）',
        other => other,
    };
    if has_han {
        joined.chars().map(bracket).collect()
    } else {
        joined
    }
}

/// Whether a name looks like two that a word joins: 熊某和白某. 周和平 is one.
pub(crate) fn may_be_two(name: &str) -> bool {
    let joined = ['和', '与', '及', '跟'].iter().any(|word| {
        let sides = name.split_once(*word);
        sides.is_some_and(|(before, after)| before.chars().count() >= 2 && after.chars().count() >= 2)
    });
    joined && name.chars().all(is_han)
}

#[cfg(test)]
mod tests {
    use super::{may_be_two, names_in, office_name, person_name};

    #[test]
    fn one_person_has_one_form() {
        for (written, name) in [
            ("张伟", "张伟"),
            ("张　伟", "张伟"),
            ("张 伟", "张伟"),
            ("张\u{A0}伟", "张伟"),
            ("张\u{200B}伟", "张伟"),
            (" 张  伟 ", "张伟"),
            ("买买提·艾力", "买买提·艾力"),
            ("买买提•艾力", "买买提·艾力"),
            ("买买提・艾力", "买买提·艾力"),
            ("买买提．艾力", "买买提·艾力"),
            ("买买提.艾力", "买买提·艾力"),
            ("买买提 · 艾力", "买买提·艾力"),
            ("阿卜杜拉‧买买提‧艾力", "阿卜杜拉·买买提·艾力"),
            ("John  Smith", "John Smith"),
            ("J. Smith", "J. Smith"),
            ("白某1", "白某1"),
            ("欧阳 修", "欧阳修"),
            ("欧阳　娜娜", "欧阳娜娜"),
            ("张伟 李娜", "张伟 李娜"),
            ("王⺠", "王民"),
            ("张\u{FE00}伟", "张伟"),
            ("张\u{2066}伟", "张伟"),
            ("“熊某”", "熊某"),
            ("“熊某", "熊某"),
            ("“清河”课题组", "“清河”课题组"),
            ("", ""),
        ] {
            assert_eq!(person_name(written), name, "{written}");
        }
    }

    #[test]
    fn one_office_has_one_form() {
        for (written, name) in [
            ("综合业务部（研究室）", "综合业务部（研究室）"),
            ("综合业务部(研究室)", "综合业务部（研究室）"),
            ("综合业务部 [研究室] ", "综合业务部（研究室）"),
            ("第 ２ 检察部", "第2检察部"),
            ("县委　办公室", "县委办公室"),
            ("Legal Policy (Research)", "Legal Policy (Research)"),
        ] {
            assert_eq!(office_name(written), name, "{written}");
        }
    }

    #[test]
    fn names_side_by_side_are_several() {
        assert_eq!(names_in("张伟　李娜"), ["张伟", "李娜"]);
        assert_eq!(names_in("张　伟"), ["张伟"]);
        assert_eq!(names_in("张伟/李 娜／王五/"), ["张伟", "李娜", "王五"]);
        assert_eq!(names_in("John Smith"), ["John Smith"]);
        assert_eq!(names_in("熊某&白某"), ["熊某", "白某"]);
        assert!(may_be_two("熊某和白某"));
        assert!(!may_be_two("周和平") && !may_be_two("和珅") && !may_be_two("欧阳和平"));
    }
}
