//! Marks by which an office keeps a document or an attachment to itself: 工作秘密, 内部资料. They are no grade of a state
//! secret, and what bears one is internal.

use crate::check::bare::bare;
use crate::check::mark;
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
/// How open an official document says to be (GB/T 9704 leaves room for it at the end): a mark where the line names the
/// document or the attribute.
const NOT_OPEN: [&str; 3] = ["不予公开", "不公开", "依申请公开"];
const OF_DOCUMENT: [&str; 3] = ["此件", "本件", "属性"];
/// What a document's grade may be besides those of state secrets.
const GRADES: [&str; 5] = ["内部", "工作", "内部公开", "内部工作", "限内部"];
/// Words that stand beside one and say no more.
const BESIDE: [&str; 39] = [
    "公开属性",
    "信息公开",
    "内部",
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

/// Whether a document or an attachment says of itself that it is internal.
pub(super) fn is_marked(reading: &Reading) -> bool {
    let in_head = || reading.head().iter().any(is_marked_value);
    let in_body = || {
        let shown: Vec<&Passage> = reading
            .body()
            .iter()
            .filter(|passage| passage.what != What::Target)
            .collect();
        let mut passages = shown
            .iter()
            .enumerate()
            .filter(|(at, _)| !is_one_of_secrets(&shown, *at));
        passages.any(|(at, passage)| is_marked_passage(passage, at)) || begins_with_mark(&shown)
    };
    reading.passages.iter().any(|passage| names_a_mark(passage.text.text())) && (in_head() || in_body())
}

/// Whether a text can hold a mark: each has one of these, in whatever width it is set.
fn names_a_mark(text: &str) -> bool {
    text.contains(['密', '宻', '祕', '内', '內']) || OF_DOCUMENT.iter().any(|word| text.contains(word))
}

fn is_marked_value(passage: &Passage) -> bool {
    let text = passage.text.text();
    match passage.what {
        What::Title | What::Name => is_marked_title(text),
        // 别名 and 相关 speak of other documents.
        _ if is_graded(passage) => true,
        _ => {
            let key = passage.cues.last().map_or("", String::as_str);
            let of_others = ["related", "supersedes", "leads_to", "source"];
            is_mark(text) && !of_others.iter().any(|other| keys::may_mean(key, other))
        }
    }
}

/// Whether the line above or below is another kind of secret: 国家秘密, 工作秘密, 商业秘密 one below the other.
fn is_one_of_secrets(shown: &[&Passage], at: usize) -> bool {
    let other = |at: usize| {
        let text = shown.get(at).map(|passage| bare(passage.text.text()));
        text.is_some_and(|text| text.ends_with("秘密") && !is_mark(&text) && text.chars().count() <= TOP * 2)
    };
    other(at + 1) || at.checked_sub(1).is_some_and(other)
}

/// Whether a body begins with a mark that is the only item of a list, or all that the first row of a table says.
fn begins_with_mark(shown: &[&Passage]) -> bool {
    // A file names itself and its sheets first.
    let named = |passage: &&&Passage| matches!(passage.what, What::Name | What::Held | What::Hidden | What::Value);
    let shown: Vec<&&Passage> = shown.iter().skip_while(named).collect();
    let Some(first) = shown.first() else { return false };
    let beginning = shown.iter().take_while(|passage| passage.what == first.what);
    let beginning: Vec<&str> = beginning.map(|passage| passage.text.text()).collect();
    match first.what {
        What::Item => beginning.len() == 1 && is_mark(beginning[0]),
        What::Cell { .. } => is_mark(&beginning.concat()),
        _ => false,
    }
}

fn is_marked_passage(passage: &Passage, at: usize) -> bool {
    let text = passage.text.text();
    match passage.what {
        What::Title => is_marked_title(text),
        What::Heading(1) => is_marked_title(text),
        What::Heading(_) => at < TOP && is_marked_title(text),
        What::Item | What::Cell { .. } | What::Held if is_graded(passage) => true,
        // One of several kinds of which a list or a table speaks.
        What::Item | What::Cell { .. } => false,
        _ if at == 0 && is_marked_title(text) => true,
        _ => text.lines().any(is_mark),
    }
}

/// Whether a key or a header of the first rows asks for the grade of the document, and its value is a mark: 密级 | 内部.
fn is_graded(passage: &Passage) -> bool {
    let at_top = !matches!(passage.what, What::Cell { row, .. } if row >= TOP);
    let text = bare(passage.text.text());
    at_top && passage.cues.iter().any(|cue| mark::is_key(cue)) && (is_mark(&text) || GRADES.contains(&&*text))
}

/// Whether a title or name is a mark, or has one in brackets or between dashes.
fn is_marked_title(title: &str) -> bool {
    const DASHES: [char; 5] = ['-', '—', '_', '–', '|'];
    if !names_a_mark(title) {
        return false;
    }
    let text = bare(title);
    let text = text.trim_matches(['*', '#', '`']);
    let in_brackets = mark::bracketed(text).any(is_mark);
    let parts: Vec<&str> = text.split(DASHES).map(str::trim).collect();
    let secrets = parts.iter().filter(|part| part.ends_with("秘密")).count();
    in_brackets || is_mark(text) || (secrets <= 1 && parts.iter().any(|part| is_mark(part)))
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
    let of_document = OF_DOCUMENT.iter().any(|word| text.contains(word));
    let (mut rest, mut marked) = (text.as_str(), is_graded_line(&text));
    while let Some(first) = rest.chars().next() {
        let not_open = NOT_OPEN.iter().filter(|_| of_document);
        let mark = MARKS.iter().chain(not_open).find_map(|mark| rest.strip_prefix(mark));
        marked |= mark.is_some();
        let beside = || BESIDE.iter().find_map(|word| rest.strip_prefix(word));
        rest = match mark.or_else(beside).or_else(|| mark::after_beside(rest)) {
            Some(after) => after,
            None if first.is_alphabetic() => return false,
            None => &rest[first.len_utf8()..],
        };
    }
    marked
}

/// 密级:内部
fn is_graded_line(line: &str) -> bool {
    let value = line
        .split_once(':')
        .filter(|(key, _)| mark::is_key(key))
        .map(|(_, value)| value);
    value.is_some_and(|value| {
        GRADES.iter().any(|grade| {
            value
                .strip_prefix(grade)
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })
    })
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
            "- 工作秘密\n\n正文\n",
            "| 密级 | 工作秘密 |\n|---|---|\n| 份号 | 001 |\n",
            "| 工作秘密 |\n|---|\n| 甲 |\n",
            "| 密级 | 份号 |\n|---|---|\n| 内部 | 001 |\n",
            "密级：内部\n\n正文\n",
            "工作秘密（3年）\n\n正文\n",
            "工作秘密★十年\n\n正文\n",
            "工作秘密 长期\n\n正文\n",
            "内部·工作秘密\n\n正文\n",
            "工作秘密　特急\n\n正文\n",
            "正文\n\n（此件不公开）\n",
            "公开属性：不予公开\n\n正文\n",
            "（此件依申请公开）\n\n正文\n",
            "密级：工作秘密　保密期限：3年\n\n正文\n",
        ] {
            assert!(marked("title: 某事\n", body), "{body}");
        }
        for front in [
            "title: 关于河道治理的调研报告（内部资料）\n",
            "title: 【工作秘密】关于某事\n",
            "title: 关于某事-工作秘密\n",
            "tags: [河道, 工作秘密]\n",
            "备注: 内部资料\n",
            "密级: 内部\n",
            "title: 关于某事（内部资料）定稿\n",
            "title: 河道_工作秘密_终稿\n",
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
            "（此件公开发布）\n\n正文\n",
            "公开属性：主动公开\n\n正文\n",
            "## 依申请公开\n\n正文\n",
            "不予公开的，应当说明理由。\n",
            "内部\n\n正文\n",
            "密级：内部管理办法另行规定\n",
            "| 密级 | 件数 |\n|---|---|\n| 甲 | 1 |\n| 乙 | 2 |\n| 内部 | 3 |\n",
            "国家秘密-工作秘密-商业秘密\n",
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
