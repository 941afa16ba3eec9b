//! What is named right beside a number.

use std::ops::Range;

/// Words that stand before the name of a case and are no part of it.
pub(in crate::verify) const LEADS: [&str; 24] = [
    "参照",
    "参考",
    "参见",
    "根据",
    "依照",
    "例如",
    "比如",
    "包括",
    "关于",
    "发布的",
    "发布了",
    "办理的",
    "审理的",
    "印发的",
    "以及",
    "类似于",
    "就是",
    "如",
    "见",
    "以",
    "在",
    "即",
    "与",
    "和",
];

/// What stands right beside a number in its sentence: before the bracket that it opens, and in the bracket behind it.
pub(in crate::verify) fn beside<'a>(text: &'a str, span: &Range<usize>) -> (Option<&'a str>, Option<&'a str>) {
    let before = text[..span.start].trim_end().strip_suffix(['（', '(']);
    let before = before.map(|before| {
        let from = before.rfind(['。', '！', '？', '；', '\n']);
        from.map_or(before, |at| {
            before[at..].trim_start_matches(['。', '！', '？', '；', '\n'])
        })
    });
    let behind = text[span.end..]
        .trim_start()
        .strip_prefix(['（', '('])
        .and_then(|inner| {
            let mut depth = 0usize;
            let end = inner.char_indices().find(|(_, letter)| match letter {
                '（' | '(' => {
                    depth += 1;
                    false
                }
                '）' | ')' if depth == 0 => true,
                '）' | ')' => {
                    depth -= 1;
                    false
                }
                _ => false,
            });
            end.map(|(at, _)| &inner[..at])
        });
    (before, behind)
}

/// The name of a case right beside a number, with what is read of it.
pub(in crate::verify) fn case_name<'a>(text: &'a str, span: &Range<usize>) -> Option<&'a str> {
    const PARTS: &str = "，。；：！？（）()《》“”,;:/|\n\t 　";
    let before =
        text[..span.start].trim_end_matches(|letter: char| PARTS.contains(letter) && !"。；！？;".contains(letter));
    let from = before.rfind(|letter: char| PARTS.contains(letter));
    let mut name = from.map_or(before, |at| {
        before[at..].trim_start_matches(|letter: char| PARTS.contains(letter))
    });
    for lead in LEADS {
        name = name
            .rsplit_once(lead)
            .filter(|(_, rest)| rest.chars().count() > 3)
            .map_or(name, |(_, rest)| rest);
    }
    let ended = |name: &'a str| {
        let name = name
            .strip_suffix("一案")
            .or_else(|| name.strip_suffix("案件"))
            .or_else(|| name.strip_suffix('案'))?;
        (name.chars().count() >= 2).then_some(name)
    };
    if let Some(name) = ended(name) {
        return Some(name);
    }
    let after = text[span.end..].trim_start_matches(|letter: char| "（(《“：: 的".contains(letter));
    let end = after.find(|letter: char| PARTS.contains(letter)).unwrap_or(after.len());
    let name = &after[..end];
    name.find('案').and_then(|at| ended(&name[..at + '案'.len_utf8()]))
}
