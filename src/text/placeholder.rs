//! Words that are written where something isn't there yet: 无, 待补充, TODO, or marks alone.

use unicode_normalization::UnicodeNormalization;

const WORDS: [&str; 28] = [
    "无",
    "没有",
    "略",
    "空",
    "缺",
    "否",
    "待定",
    "未定",
    "不详",
    "未知",
    "有待",
    "无佐证",
    "无材料",
    "无佐证材料",
    "无书面材料",
    "无附件",
    "无文件",
    "todo",
    "tbd",
    "tba",
    "na",
    "none",
    "null",
    "nil",
    "no",
    "nothing",
    "pending",
    "missing",
];
const BEGINNINGS: [&str; 33] = [
    "待补",
    "待填",
    "待编",
    "待核",
    "待查",
    "待取",
    "待收",
    "待提供",
    "待上传",
    "待完善",
    "待确认",
    "待落实",
    "待调取",
    "待收集",
    "待佐证",
    "待附",
    "待后",
    "待扫描",
    "正在",
    "后补",
    "无原件",
    "暂无",
    "暂缺",
    "暂未",
    "尚无",
    "尚未",
    "未提供",
    "未附",
    "未取得",
    "未收到",
    "未上传",
    "还没",
    "todo",
];

/// Whether a text says that there is nothing yet, or nothing but marks.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let said = said(text);
    let short = said.chars().count() <= 12;
    said.is_empty() || WORDS.contains(&&*said) || short && BEGINNINGS.iter().any(|begin| said.starts_with(begin))
}

/// Whether a text has no letters but the crosses of what is left out: ×××, XX, 某某. A masked name is one as well, so
/// that this tells nothing of names.
pub(crate) fn is_crossed_out(text: &str) -> bool {
    said(text).chars().all(|letter| matches!(letter, 'x' | '某'))
}

/// The letters and digits of a text in normal form.
fn said(text: &str) -> String {
    let letters = text.nfkc().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
