//! Reads the secrecy review of a public document: whether it is whole, and whether its result lets the document out.

use crate::check::bare::bare;
use crate::record::Review;
use crate::text::placeholder::is_placeholder;

/// What a result says of a document that may go out, as a whole.
const CONSENTS: &[&str] = &[
    "可",
    "可以",
    "是",
    "准",
    "许",
    "行",
    "同意",
    "准予",
    "允许",
    "通过",
    "合格",
    "符合要求",
    "true",
    "yes",
    "y",
    "ok",
    "√",
    "✓",
    "✔",
    "☑",
    "publish",
    "public",
];
/// Verbs of going out.
const OUTWARDS: &[&str] = &["公开", "发布", "发表", "刊发", "刊登", "上网", "公布"];
/// What may follow such a verb: another one, the whole of the document, or where it goes. Anything else may be a part.
const WHOLE: &[&str] = &[
    "外", "全", "查", "披露", "本", "该", "此", "整", "所有", "原文", "文", "报告", "案例", "材料", "稿", "调研",
    "论文", "内容", "成果", "建议", "的", "了", "在", "于", "到", "至", "给", "向", "使用", "利用", "传播", "宣传",
    "展示", "意见", "条件", "要求", "规定", "标准", "出版", "网", "并", "和", "及", "、", "或", "\"", "”", "」", "』",
];
/// The same in English, with words of consent.
const RELEASES: &[&str] = &[
    "approv", "pass", "clear", "publish", "public", "releas", "agree", "permit",
];
/// Words that are a refusal, a condition or a restriction wherever they stand.
const RESERVES: &[&str] = &[
    "部分",
    "内部",
    "内网",
    "院内",
    "局内",
    "系统内",
    "范围",
    "暂",
    "缓",
    "待",
    "拟",
    "后",
    "需",
    "须",
    "应",
    "请",
    "建议",
    "有条件",
    "依申请",
    "如",
    "若",
    "仅",
    "限",
    "另",
    "再",
    "是否",
    "能否",
    "可否",
    "否",
    "拒",
    "驳",
    "退",
    "撤",
    "禁",
    "停",
    "延",
    "到期",
    "择",
    "适时",
    "免",
    "影响",
    "慎",
    "保留",
    "以前",
    "之前",
    "除",
    "吗",
    "吧",
    "可以么",
    "公开么",
    "可能",
    "也许",
    "或许",
    "大概",
    "估计",
    "似乎",
    "原则同意",
    "原则可",
    "原则上",
    "基本同意",
    "基本可",
    "初步",
    "摘要",
    "标题",
    "题目",
    "节选",
    "片段",
    "概要",
    "简介",
    "目录",
    "提纲",
    "要点",
    "maybe",
    "perhaps",
    "probabl",
    "inprinciple",
    "partial",
    "partly",
    "inpart",
    "pending",
    "internal",
    "reject",
    "refus",
    "hold",
    "after",
    "until",
    "unless",
    "denied",
    "deny",
    "condition",
    "revis",
    "draft",
    "disap",
    "unap",
    "todo",
    "tbd",
];
/// What looks like a reserve and is none.
const HARMLESS: &[&str] = &[
    "审查后",
    "审核后",
    "审后",
    "研究后",
    "会商后",
    "核对后",
    "应当公开",
    "应公开",
];
/// Words that deny something.
const DENIALS: &[&str] = &[
    "不涉",
    "不属",
    "不含",
    "不包含",
    "不存在",
    "不是",
    "未涉",
    "未发现",
    "未见",
    "未含",
    "没有",
    "无",
    "非",
    "not",
    "no",
    "non",
    "un",
];
/// What a review denies of a document that may go out.
const DENIED: &[&str] = &[
    "密",
    "敏感",
    "隐私",
    "个人信息",
    "不宜",
    "不得",
    "不予",
    "不应",
    "不能",
    "问题",
    "异议",
    "不同意见",
    "障碍",
    "风险",
    "secret",
    "classified",
    "confidential",
    "objection",
    "sensitive",
];
/// Words that forbid, unless they belong to what is denied.
const OBJECTIONS: &[&str] = &[
    "不",
    "未",
    "非",
    "无",
    "没",
    "勿",
    "密",
    "敏感",
    "隐私",
    "not",
    "secret",
    "confidential",
];

/// Whether a review says who reviewed, when, and with what result.
pub(super) fn is_whole(review: &Review) -> bool {
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !is_placeholder(&bare(text)));
    let has_result = review.result.as_deref().is_some_and(|result| !bare(result).is_empty());
    says(&review.by) && review.date.is_some() && has_result
}

/// Whether the result of a review lets a document out: it consents, or denies that there is a secret, and reserves
/// nothing. What can't be understood lets nothing out.
pub(super) fn releases(result: &str) -> bool {
    // Who asks hasn't decided.
    if result.contains(['?', '？', '﹖', '⁇', '⁉']) {
        return false;
    }
    let result = HARMLESS.iter().fold(bare(result), |text, word| {
        text.replace(word, if word.ends_with("公开") { "公开" } else { "" })
    });
    let clauses = result.split(|it: char| ",，。;；:：!！()（）/．".contains(it) || it == '.');
    let parts = clauses
        .flat_map(|clause| clause.split("但"))
        .filter(|it| !it.is_empty());
    let judged: Vec<Option<bool>> = parts.map(says).collect();
    judged.contains(&Some(true)) && !judged.contains(&Some(false))
}

/// What a clause says of going out: yes, no, or nothing.
fn says(clause: &str) -> Option<bool> {
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    if has(RESERVES) {
        return Some(false);
    }
    if denies_a_secret(clause) {
        return Some(true);
    }
    if has(OBJECTIONS) {
        return Some(false);
    }
    if is_of_a_part(clause) {
        return Some(false);
    }
    let passed = clause.ends_with("通过") || clause.starts_with("通过");
    (CONSENTS.contains(&clause) || passed || has(OUTWARDS) || has(RELEASES)).then_some(true)
}

/// Whether what goes out may be less than the document: 同意公开第三段, but not 同意公开发布.
fn is_of_a_part(clause: &str) -> bool {
    let ends = OUTWARDS
        .iter()
        .filter_map(|word| clause.rfind(word).map(|at| at + word.len()));
    let object = ends.max().map_or("", |end| &clause[end..]);
    !object.is_empty() && !WHOLE.iter().any(|whole| object.starts_with(whole))
}

/// Whether a clause denies what would keep a document back, as 不涉及国家秘密 does.
fn denies_a_secret(clause: &str) -> bool {
    let first = DENIALS
        .iter()
        .filter_map(|word| clause.find(word).map(|at| (at, word.len())));
    let Some((at, length)) = first.min_by_key(|&(at, length)| (at, usize::MAX - length)) else {
        return false;
    };
    let denied = &clause[at + length..];
    let objected = OBJECTIONS.iter().any(|word| clause[..at].contains(word));
    !objected && !denied.starts_with(['法', '权']) && DENIED.iter().any(|word| denied.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_that_consents_lets_a_document_out() {
        for result in [
            "可以公开",
            "可",
            "同意",
            "同意公开。",
            "可公开",
            "审查通过",
            "经审查，可以公开",
            "经审查后同意对外公开",
            "不涉密",
            "不涉及国家秘密、工作秘密，可以公开",
            "不属于国家秘密",
            "未发现涉密内容，准予公开",
            "无不宜公开的内容",
            "没有问题，同意发布",
            "应当公开",
            "结论：可以公开（张某）",
            "approved",
            "Unclassified",
            "No objection",
            "是",
            "同意公开发布",
            "同意公开全文",
            "可以公开本报告",
            "同意在门户网站公开",
            "同意公开于门户网站",
            "审查意见：同意公开使用。",
        ] {
            assert!(releases(result), "{result}");
        }
    }

    #[test]
    fn whatever_else_a_result_says_keeps_it_back() {
        for result in [
            "",
            "不宜公开",
            "未通过",
            "否",
            "待审",
            "暂缓公开",
            "内部",
            "涉密",
            "修改后公开",
            "修改后可以公开",
            "部分公开",
            "同意内部刊发",
            "同意退回",
            "同意上报",
            "依申请公开",
            "不涉密，但涉及敏感信息",
            "不涉及国家秘密，不宜公开",
            "不能确定不涉密",
            "无法判断是否涉密",
            "不 予 公开",
            "不\u{200b}同意",
            "審查未通過",
            "审查中",
            "另行研究",
            "可否公开",
            "拟公开",
            "可以公开，须删去第三段",
            "可以公开吗",
            "可以公开？",
            "可以公开么",
            "同意公开吧",
            "同意公开摘要",
            "同意公开标题",
            "同意公开第一部分",
            "摘要可以公开",
            "可能可以公开",
            "原则同意公开",
            "原则上可以公开",
            "基本同意公开",
            "初步同意",
            "approved in principle",
            "approved?",
            "pending",
            "not approved",
            "rejected",
            "internal only",
        ] {
            assert!(!releases(result), "{result}");
        }
    }
}
