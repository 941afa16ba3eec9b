//! The keys of the front matter with their Chinese names.

use crate::record::Kind;
use unicode_normalization::UnicodeNormalization;

/// A key: the English one, its Chinese name, and variants of it that are read too.
#[derive(Debug, Clone, Copy)]
pub struct Key(pub &'static str, pub &'static str, pub &'static [&'static str]);

impl Key {
    fn is(&self, text: &str) -> bool {
        self.0 == text || self.1 == text || self.2.contains(&text)
    }

    fn resembles(&self, plain: &str) -> bool {
        let same = |name: &str| plain_key(name).eq(plain.chars());
        self.0 == plain || same(self.1) || self.2.iter().any(|variant| same(variant))
    }
}

/// Finds a key as an author wrote it in a table: case, spaces, hyphens and the width of brackets aside.
pub fn find<'k>(written: &str, mut keys: impl Iterator<Item = &'k Key> + Clone) -> Option<&'static str> {
    let exact = keys.clone().find(|key| key.is(written));
    exact
        .or_else(|| {
            let plain: String = plain_key(written).collect();
            keys.find(|key| key.resembles(&plain))
        })
        .map(|key| key.0)
}

fn plain_key(text: &str) -> impl Iterator<Item = char> {
    let half = text
        .nfkc()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase);
    half.map(|character| if character == '-' { '_' } else { character })
}

/// Keys of every kind.
pub const COMMON: &[Key] = &[
    Key("kind", "类别", &["种类"]),
    Key("title", "标题", &["题目"]),
    Key("date", "成文日期", &["日期"]),
    Key("unit", "单位", &["units"]),
    Key("departments", "部门", &["department"]),
    Key("authors", "作者", &["author"]),
    Key("lines", "业务条线", &["条线", "line"]),
    Key("causes", "案由", &["cause"]),
    Key("tags", "标签", &["tag"]),
    Key("summary", "摘要", &[]),
    Key("laws", "引用法条", &["法条", "law"]),
    Key("related", "相关文献", &[]),
    Key("supersedes", "替代", &[]),
    Key("benefits", "成效", &[]),
    Key("honours", "荣誉", &["honors", "honour"]),
    Key("visibility", "公开范围", &[]),
    Key("review", "保密审查", &[]),
    Key("draft", "草稿", &[]),
    Key("secrecy", "密级", &[]),
    Key("id", "标识", &[]),
];

/// Keys of a report.
pub const REPORT: &[Key] = &[
    Key("genre", "文种", &[]),
    Key("methods", "方法", &["调研方法", "method"]),
    Key("partners", "合作单位", &["partner"]),
    Key("topic", "所属项目", &["所属课题"]),
    Key("adoptions", "转化情况", &["adoption"]),
];

/// Keys of a case.
pub const CASE: &[Key] = &[
    Key("rank", "案例等次", &["等次"]),
    Key("level", "层级", &[]),
    Key("issuers", "评定单位", &["发布单位", "issuer"]),
    Key("awarded", "评定日期", &["发布日期"]),
    Key("number", "案例编号", &["编号"]),
    Key("batch", "批次", &[]),
    Key("result", "处理结果", &["结果"]),
    Key("court_number", "案号", &[]),
];

/// Keys of a recommendation.
pub const RECOMMENDATION: &[Key] = &[
    Key("type", "建议类型", &["类型"]),
    Key("enforcement", "民事执行", &[]),
    Key("number", "文号", &["编号"]),
    Key("addressee", "被建议单位", &[]),
    Key("cc", "抄送", &["抄送单位"]),
    Key("handling_unit", "承办部门", &["承办单位"]),
    Key("problems", "问题", &["存在问题", "problem"]),
    Key("suggestions", "建议", &["建议内容", "suggestion"]),
    Key("priority", "重点督办", &[]),
    Key("issued", "制发", &["制发日期"]),
    Key("delivered", "送达", &["送达日期"]),
    Key("delivery", "送达方式", &[]),
    Key("urgent", "紧急", &[]),
    Key("due", "回复期限", &["到期日"]),
    Key("due_reason", "期限理由", &[]),
    Key("objection", "异议", &[]),
    Key("withdrawn", "撤回", &["撤回日期"]),
    Key("filed", "备案", &["备案日期"]),
    Key("reply", "回复", &[]),
    Key("rectification", "整改", &[]),
    Key("followups", "跟进", &["回访", "followup"]),
    Key("escalations", "跟进监督", &["escalation"]),
    Key("closed", "办结", &[]),
    Key("source", "来源报告", &[]),
];

/// Keys of a topic.
pub const TOPIC: &[Key] = &[
    Key("category", "项目类别", &["课题类别"]),
    Key("origin", "申报方式", &["项目来源"]),
    Key("status", "状态", &[]),
    Key("lead", "负责人", &[]),
    Key("team", "成员", &[]),
    Key("deadline", "截止日期", &["截止"]),
    Key("themes", "选题", &["theme"]),
    Key("key_results", "关键成果", &["key_result"]),
    Key("outputs", "产出", &["output"]),
];

/// Keys of a law.
pub const LAW: &[Key] = &[
    Key("issuer", "制定机关", &["发布机关", "issuers"]),
    Key("effective", "施行日期", &["生效日期"]),
    Key("status", "时效", &["时效性"]),
    Key("amended", "修正日期", &["修订日期"]),
];

/// Keys of an author.
pub const AUTHOR: &[Key] = &[Key("name", "姓名", &[]), Key("role", "分工", &["角色"])];
/// Keys of 成效.
pub const BENEFITS: &[Key] = &[
    Key("people", "受益人数", &[]),
    Key("amount", "挽回损失（元）", &["挽回损失"]),
];
/// Keys of 荣誉.
pub const HONOUR: &[Key] = &[
    Key("title", "名称", &["荣誉", "标题"]),
    Key("level", "层级", &[]),
    Key("issuer", "授予单位", &["评定单位", "issuers"]),
    Key("date", "日期", &["授予日期"]),
    Key("rank", "案例等次", &["等次"]),
];
/// Keys of 保密审查.
pub const REVIEW: &[Key] = &[
    Key("by", "审查人", &["审查单位"]),
    Key("date", "日期", &["审查日期"]),
    Key("result", "结论", &["结果", "审查结论"]),
];
/// Keys of an event of 转化情况.
pub const ADOPTION: &[Key] = &[
    Key("date", "日期", &[]),
    Key("form", "转化形式", &["形式"]),
    Key("level", "层级", &[]),
    Key("authority", "批示（采纳）单位", &["批示单位", "采纳单位", "单位"]),
    Key("effect", "办理程度", &["程度"]),
    Key("document", "文号", &[]),
    Key("evidence", "佐证材料", &["佐证"]),
    Key("note", "备注", &["说明"]),
    Key("leads_to", "衍生成果", &[]),
    Key("visibility", "公开范围", &[]),
];
/// Keys of a dated step; each kind of step has its own word for its text.
pub const STEP: &[Key] = &[
    Key("date", "日期", &[]),
    Key("outcome", "结果", &[]),
    Key("note", "备注", &["内容", "说明"]),
    Key("step", "措施", &[]),
    Key("reason", "原因", &["理由"]),
];
/// Keys of 回复.
pub const REPLY: &[Key] = &[
    Key("date", "日期", &["回复日期"]),
    Key("outcome", "结果", &["采纳情况"]),
    Key("summary", "内容", &["摘要"]),
];
/// Keys of 整改.
pub const RECTIFICATION: &[Key] = &[Key("date", "日期", &[]), Key("outcome", "结果", &["整改情况"])];
/// Keys of a key result.
pub const KEY_RESULT: &[Key] = &[Key("text", "内容", &[]), Key("done", "完成", &["是否完成"])];

/// No keys: a mapping whose keys are values.
pub const NONE: &[Key] = &[];

/// Keys that only documents of this kind have.
pub fn of_kind(kind: Kind) -> &'static [Key] {
    match kind {
        Kind::Report => REPORT,
        Kind::Case => CASE,
        Kind::Recommendation => RECOMMENDATION,
        Kind::Topic => TOPIC,
        Kind::Law => LAW,
    }
}

/// The kind besides this one that has such a key.
pub fn other_kind_with(written: &str, kind: Kind) -> Option<Kind> {
    let mut others = Kind::ALL.iter().copied().filter(|&other| other != kind);
    others.find(|&other| find(written, of_kind(other).iter()).is_some())
}

/// Every table that a front matter uses.
const TABLES: [&[Key]; 15] = [
    COMMON,
    REPORT,
    CASE,
    RECOMMENDATION,
    TOPIC,
    LAW,
    AUTHOR,
    BENEFITS,
    HONOUR,
    REVIEW,
    ADOPTION,
    STEP,
    REPLY,
    RECTIFICATION,
    KEY_RESULT,
];

/// The Chinese name of an English key of a document.
pub fn chinese_name(key: &str) -> &'static str {
    let kinds = Kind::ALL.iter().flat_map(|&kind| of_kind(kind));
    COMMON
        .iter()
        .chain(kinds)
        .find(|known| known.0 == key)
        .map_or("", |known| known.1)
}

/// Whether a front matter has such a key somewhere.
pub fn is_known_anywhere(written: &str) -> bool {
    TABLES.iter().any(|table| find(written, table.iter()).is_some())
}

/// Whether a key as written may stand for the English key, in one table or another.
pub fn may_mean(written: &str, key: &str) -> bool {
    let named = |known: &Key| known.0 == key && find(written, std::iter::once(known)).is_some();
    TABLES.iter().any(|table| table.iter().any(named))
}
