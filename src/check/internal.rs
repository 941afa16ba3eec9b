//! Marks by which an office keeps a document to itself: 工作秘密, 内部资料. They are no grade of a state secret, and the
//! document is internal.

use crate::check::bare::bare;
use crate::reading::{Passage, Reading, What};
use crate::record::keys;

/// Words that are such a mark.
const MARKS: [&str; 12] = [
    "内部参阅",
    "内部学习",
    "内部交流",
    "工作秘密",
    "内部资料",
    "内部材料",
    "内部文件",
    "内部刊物",
    "内部使用",
    "内部参考",
    "内部传阅",
    "内部掌握",
];
/// Words that stand beside one and say no more.
const BESIDE: [&str; 36] = [
    "密级",
    "标识",
    "本件",
    "此件",
    "本文件",
    "本文",
    "本材料",
    "本资料",
    "本报告",
    "属于",
    "属",
    "为",
    "是",
    "系",
    "仅供",
    "只供",
    "供",
    "仅限",
    "限",
    "注意",
    "妥善",
    "保存",
    "保管",
    "保密",
    "不得",
    "请勿",
    "严禁",
    "切勿",
    "禁止",
    "外传",
    "公开",
    "转载",
    "转发",
    "翻印",
    "复制",
    "外泄",
];
/// Characters of a line with nothing but a mark at most.
const LONGEST: usize = 40;
/// Lines from the top of the body among which a heading may be a mark; further down it heads a section about them.
const TOP: usize = 3;

/// Whether a document says of itself that it is internal.
pub(super) fn is_marked(reading: &Reading) -> bool {
    let in_head = || reading.head().iter().any(is_marked_value);
    let in_body = || {
        let shown = reading.body().iter().filter(|passage| passage.what != What::Target);
        shown.enumerate().any(|(at, passage)| is_marked_passage(passage, at))
    };
    reading.passages.iter().any(|passage| names_a_mark(passage.text.text())) && (in_head() || in_body())
}

/// Whether a text can hold a mark: each has one of these, in whatever width it is set.
fn names_a_mark(text: &str) -> bool {
    text.contains(['密', '宻', '祕', '内', '內'])
}

fn is_marked_value(passage: &Passage) -> bool {
    let text = passage.text.text();
    match passage.what {
        What::Title | What::Name => is_marked_title(text),
        // 别名 and 相关 speak of other documents.
        _ => {
            let key = passage.cues.last().map_or("", String::as_str);
            let of_others = ["related", "supersedes", "leads_to", "source"];
            is_mark(text) && !of_others.iter().any(|other| keys::may_mean(key, other))
        }
    }
}

fn is_marked_passage(passage: &Passage, at: usize) -> bool {
    let text = passage.text.text();
    match passage.what {
        What::Title => is_marked_title(text),
        What::Heading(1) => is_marked_title(text),
        What::Heading(_) => at < TOP && is_marked_title(text),
        // One of several kinds of which a list or a table speaks.
        What::Item | What::Cell { .. } => false,
        _ if at == 0 && is_marked_title(text) => true,
        _ => text.lines().any(is_mark),
    }
}

/// Whether a title or name is a mark, or begins or ends with one in brackets or behind a dash.
fn is_marked_title(title: &str) -> bool {
    const BRACKETS: [(char, char); 6] = [
        ('(', ')'),
        ('【', '】'),
        ('[', ']'),
        ('〔', '〕'),
        ('〖', '〗'),
        ('<', '>'),
    ];
    const DASHES: [char; 5] = ['-', '—', '_', '–', '|'];
    if !names_a_mark(title) {
        return false;
    }
    let text = bare(title);
    let text = text.trim_matches(['*', '#', '`']);
    let in_brackets = BRACKETS.iter().any(|&(open, close)| {
        let first = text.strip_prefix(open).and_then(|rest| rest.split_once(close));
        let last = text.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
        first.is_some_and(|(inside, _)| is_mark(inside)) || last.is_some_and(|(_, inside)| is_mark(inside))
    });
    let first = text.split_once(DASHES).is_some_and(|(first, _)| is_mark(first));
    let last = text.rsplit_once(DASHES).is_some_and(|(_, last)| is_mark(last));
    in_brackets || first || last || is_mark(text)
}

/// Whether a line is a mark and nothing else.
fn is_mark(line: &str) -> bool {
    if !names_a_mark(line) || line.chars().count() > 2 * LONGEST {
        return false;
    }
    let text = bare(line);
    if text.contains(['“', '"', '‘', '《', '、', '?']) || text.chars().count() > LONGEST {
        return false;
    }
    let (mut rest, mut marked) = (text.as_str(), false);
    while let Some(first) = rest.chars().next() {
        let mark = MARKS.iter().find_map(|mark| rest.strip_prefix(mark));
        marked |= mark.is_some();
        rest = match mark.or_else(|| BESIDE.iter().find_map(|word| rest.strip_prefix(word))) {
            Some(after) => after,
            None if first.is_alphabetic() => return false,
            None => &rest[first.len_utf8()..],
        };
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    fn marked(front: &str, body: &str) -> bool {
        let source = Source::of("a".into(), "a.md".into(), format!("---\n{front}---\n{body}"));
        is_marked(&Reading::of(&source))
    }

    #[test]
    fn a_mark_is_found_where_documents_bear_it() {
        for body in [
            "工作秘密\n\n正文\n",
            "内部资料　注意保存\n\n正文\n",
            "**工作秘密**\n\n正文\n",
            "（内部资料）\n\n正文\n",
            "【内部资料】\n\n正文\n",
            "【内部资料】关于某事的报告\n\n正文\n",
            "工 作 秘 密\n\n正文\n",
            "内部资料，不得外传。\n\n正文\n",
            "<p>工作秘密</p>\n\n正文\n",
            "> 内部资料\n\n正文\n",
            "# 内部资料\n\n正文\n",
            "正文\n\n（内部资料，请勿外传）\n",
            "仅供内部参考\n\n正文\n",
            "內部資料\n\n正文\n",
            "本件属工作秘密，严禁外传\n\n正文\n",
        ] {
            assert!(marked("title: 某事\n", body), "{body}");
        }
        for front in [
            "title: 关于河道治理的调研报告（内部资料）\n",
            "title: 【工作秘密】关于某事\n",
            "title: 关于某事-工作秘密\n",
            "tags: [河道, 工作秘密]\n",
            "备注: 内部资料\n",
        ] {
            assert!(marked(front, "正文\n"), "{front}");
        }
    }

    #[test]
    fn what_only_speaks_of_such_documents_is_none() {
        for body in [
            "加强工作秘密管理。\n",
            "工作秘密是指不属于国家秘密的事项。\n",
            "内部资料不得外传的规定落实不到位。\n",
            "文件首页标注“工作秘密”。\n",
            "国家秘密、工作秘密\n",
            "- 国家秘密\n- 工作秘密\n- 商业秘密\n",
            "正文\n\n## 一、问题\n\n甲\n\n乙\n\n## 工作秘密\n\n丙\n",
            "| 类别 | 件数 |\n| --- | --- |\n| 工作秘密 | 3 |\n",
            "公开\n\n保密\n",
        ] {
            assert!(!marked("title: 泄露工作秘密案的办理\ntags: [保密]\n", body), "{body}");
        }
        for title in [
            "工作秘密管理办法",
            "内部资料管理问题研究",
            "某某泄露工作秘密案（检例第1号）",
        ] {
            assert!(!marked(&format!("title: {title}\n"), "正文\n"), "{title}");
        }
    }
}
