//! Which lines of the head are the title.

use super::{LONGEST_TITLE, OFFICES, TITLES, is_number, one_line, people, when};
use crate::office::block::{Block, Form};
use crate::office::outline;

/// Words that stand before what they name: such a line is not a title.
const LABELS: [&str; 28] = [
    "摘要",
    "内容摘要",
    "内容提要",
    "提要",
    "关键词",
    "关键字",
    "课题名称",
    "课题编号",
    "课题组",
    "课题负责人",
    "主持人",
    "作者",
    "执笔",
    "撰稿",
    "单位",
    "联系人",
    "主送",
    "抄送",
    "报送",
    "签发",
    "签发人",
    "编辑",
    "题目",
    "论文题目",
    "课题题目",
    "目录",
    "目次",
    "引言",
];
/// What a line ends in that goes on in the next one.
const UNFINISHED: [&str; 8] = ["的", "、", "与", "和", "及", "暨", "关于", "对"];

/// Half points from which letters are those of a title: 小二.
const LARGE: u32 = 36;

/// The title and the blocks that it stands in.
pub(super) fn find(blocks: &[Block], head: usize) -> Option<(String, Vec<usize>)> {
    let told = blocks
        .iter()
        .take(super::HEAD)
        .position(|block| matches!(block, Block::Title(_)));
    let first = told.or_else(|| chosen(blocks, head).map(|at| begin(blocks, at)));
    let Some(first) = first else {
        return labelled(blocks);
    };
    let mut text = one_line(&blocks[first].plain());
    let mut used = vec![first];
    for at in first + 1..blocks.len().min(super::HEAD) {
        let more = one_line(&blocks[at].plain());
        let joins = goes_on(&text, &blocks[at - 1], &blocks[at], &more);
        if !joins || text.chars().count() + more.chars().count() > LONGEST_TITLE {
            break;
        }
        text = one_line(&format!("{text} {more}"));
        used.push(at);
    }
    (text.chars().count() <= LONGEST_TITLE).then_some((text, used))
}

/// The first of the lines that are set as one with a line of the title.
fn begin(blocks: &[Block], mut at: usize) -> usize {
    while let Some(before) = at.checked_sub(1) {
        let text = one_line(&blocks[before].plain());
        let (one, other) = (form(&blocks[before]), form(&blocks[at]));
        let as_one = one.centred && one.size > 0 && one == other;
        let whole = text.contains(['：', ':', '【', '。']) || outline::level(&text).is_some() || is_whole(&text);
        if !as_one || whole || !is_candidate(&text) {
            break;
        }
        at = before;
    }
    at
}

/// Whether a line ends as titles do.
fn is_whole(title: &str) -> bool {
    TITLES.iter().any(|end| title.ends_with(end)) || title.ends_with(['书', '函', '案'])
}

/// The line that is most like a title.
fn chosen(blocks: &[Block], head: usize) -> Option<usize> {
    // 检察情况反映 above 第12期 is the name of a series.
    let issue = (0..head).find(|&at| is_issue(&blocks[at].plain()));
    let after_series = |at: &usize| issue.is_none_or(|issue| *at > issue);
    let candidates: Vec<usize> = (0..head)
        .filter(|&at| {
            let text = blocks[at].plain();
            text.chars().count() > 2 && is_candidate(&text)
        })
        .collect();
    let heading = |&at: &usize| {
        let numbered = outline::level(&blocks[at].plain()).is_some();
        matches!(blocks[at], Block::Heading(1, _)) && !numbered
    };
    if let Some(found) = candidates.iter().copied().find(heading) {
        // Below a line that is a title it is the first section.
        let titled = |at: &usize| {
            let text = one_line(&blocks[*at].plain());
            text.starts_with("关于") || is_whole(&text)
        };
        let above = candidates.iter().copied().take_while(|at| *at < found).find(titled);
        return Some(above.unwrap_or(found));
    }
    let best = |&at: &usize| {
        let text = one_line(&blocks[at].plain());
        let about = usize::from(text.starts_with("关于")) * 100;
        let word = usize::from(TITLES.iter().any(|word| text.contains(word))) * 50;
        let form = form(&blocks[at]);
        let set = usize::from(form.centred) * 20 + usize::try_from(form.size.min(60)).unwrap_or(0);
        (about + word + set + text.chars().count().min(40), std::cmp::Reverse(at))
    };
    let later = candidates.iter().copied().filter(after_series).max_by_key(best);
    later.or_else(|| candidates.iter().copied().max_by_key(best))
}

/// 课题名称：……, where nothing else is a title.
fn labelled(blocks: &[Block]) -> Option<(String, Vec<usize>)> {
    let (text, _) = super::after(blocks, &["课题名称", "论文题目", "题目", "标题"])?;
    (text.chars().count() <= LONGEST_TITLE).then(|| (one_line(&text), Vec::new()))
}

/// Whether a line goes on with the title: the title is plainly unfinished, or both are set as one.
fn goes_on(title: &str, last: &Block, next: &Block, more: &str) -> bool {
    if !is_candidate(more) || more.contains(['：', ':', '【', '。']) || outline::level(more).is_some() {
        return false;
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| title.ends_with(end));
    let open = title.matches('《').count() > title.matches('》').count()
        || title.matches('（').count() > title.matches('）').count();
    if ends(&UNFINISHED) || open || more.starts_with(['与', '和', '及', '暨', '的']) {
        return true;
    }
    let titles = matches!((last, next), (Block::Title(_), Block::Title(_)));
    let (one, other) = (form(last), form(next));
    // A line that fills its page is centred, too.
    let full = !one.centred && one.size >= LARGE && one.size == other.size;
    let centred = other.centred && (one == other || full);
    // 检察建议 ends a title less often than it stands in one.
    let ends_better = ["对策", "思考", "研究", "探讨"].iter().any(|end| more.ends_with(end));
    let open_end = title.ends_with("建议") && ends_better;
    (titles || centred) && (open_end || !is_whole(title))
}

fn form(block: &Block) -> Form {
    match block {
        Block::Paragraph { form, .. } => *form,
        _ => Form::default(),
    }
}

/// Whether a line says what it is before it says it: 摘要：, 【关键词】.
pub(super) fn is_labelled(text: &str) -> bool {
    LABELS.contains(&label(&one_line(text)))
}

fn label(text: &str) -> &str {
    let label = text.split(['：', ':', '】', ']']).next().unwrap_or_default();
    label.trim_start_matches(['【', '['])
}

/// Whether a line can be a title or a part of one.
fn is_candidate(text: &str) -> bool {
    let text = one_line(text);
    let has = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let office = OFFICES.iter().any(|office| text.ends_with(office)) && !text.starts_with("关于");
    let grade = ["特急", "加急", "内部资料", "机密", "秘密", "绝密", "工作秘密"];
    // —— and what follows it is the subtitle.
    let beside = has(&["—", "－－", "--", "―", "──"]) || has(&["附件", "附表", "目录"]);
    let red_head = text.ends_with("文件") && text.chars().count() <= 40 && !text.contains("关于");
    !(text.is_empty()
        || when::whole_date(&text).is_some()
        || office
        || red_head
        || has(&grade)
        || beside
        || LABELS.contains(&label(&text))
        || is_captioned(&text)
        || is_issue(&text)
        || is_number(&text)
        || people::are_names(&text)
        || text.chars().all(|character| character.is_ascii_digit()))
}

/// 表1 and 图 2 name what stands below them.
fn is_captioned(text: &str) -> bool {
    let rest = text.strip_prefix(['表', '图']).map(str::trim_start);
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit() || "一二三四五六七八九十".contains(first))
    })
}

/// （第12期）, 2024年第3期（总第15期）
fn is_issue(text: &str) -> bool {
    let text = one_line(text);
    let end = text.trim_end_matches(['）', ')', '〕', '】']);
    end.ends_with('期') && end.contains('第') && text.chars().count() <= 24
}
