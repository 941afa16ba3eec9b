//! What only recommendations have.

use crate::record::content::{Content, Held, fields};
use crate::record::date::Day;
use crate::record::fields::{Fields, Reader};
use crate::record::key::{Key, Shape, values};
use crate::record::number::document_number;
use crate::record::{Located, Outcome, Rectification, Rectified, Reply, Step};
use crate::yaml::{Node, Value};

fields! {
    /// 检察建议.
    Recommendation, RECOMMENDATION {
        type_: Option<String> = Key::of("type", "建议类型", "Type", Shape::Term).also(&["类型"]).first(),
        enforcement: bool = Key::of("enforcement", "民事执行", "Civil enforcement", Shape::Flag)
            .more().rare().help("；纠正违法的回复期限因此为三个月").elsewhere(),
        number: Option<String> = Key::of("number", "文号", "Number", Shape::Number(document_number))
            .also(&["编号"]).first().help("，用六角括号，例如 某检建〔2024〕6号").fact(-1),
        addressee: Option<String> = Key::of("addressee", "被建议单位", "Addressee", Shape::Text)
            .first().help("，写全称"),
        cc: Vec<String> = Key::of("cc", "抄送", "Copied to", Shape::Words).also(&["抄送单位"]).more(),
        handling_unit: Option<String> = Key::of("handling_unit", "承办部门", "Handled by", Shape::Text)
            .also(&["承办单位"]).more(),
        problems: Vec<String> = Key::of("problems", "问题", "Problems", Shape::Lines)
            .also(&["存在问题", "problem"]).first().help("，每条一句，例如 [未设禁止提示, 不查验年龄]"),
        suggestions: Vec<String> = Key::of("suggestions", "建议", "Suggestions", Shape::Lines)
            .also(&["建议内容", "suggestion"]).first().help("，与问题逐条对应"),
        priority: bool = Key::of("priority", "重点督办", "Priority", Shape::Flag).more().rare().elsewhere(),
        issued: Option<Located<Day>> = Key::of("issued", "制发", "Issued", Shape::Day)
            .also(&["制发日期"]).first().help("日期").elsewhere(),
        delivered: Option<Located<Day>> = Key::of("delivered", "送达", "Delivered", Shape::Day)
            .also(&["送达日期"]).first().help("日期；回复期限从这一天起算").elsewhere(),
        delivery: Option<String> = Key::of("delivery", "送达方式", "How delivered", Shape::Term).first().elsewhere(),
        urgent: bool = Key::of("urgent", "紧急", "Urgent", Shape::Flag).more(),
        due: Option<Located<Day>> = Key::of("due", "回复期限", "Reply due", Shape::Day)
            .also(&["到期日"]).more().rare().help("，另有约定的才写").elsewhere(),
        due_reason: Option<String> = Key::of("due_reason", "期限理由", "Reason for that day", Shape::Text)
            .more().rare().elsewhere(),
        objection: Option<Step> = Key::of("objection", "异议", "Objection", Shape::Step("outcome")).elsewhere(),
        withdrawn: Option<Located<Day>> = Key::of("withdrawn", "撤回", "Withdrawn", Shape::Day)
            .also(&["撤回日期"]).elsewhere(),
        filed: Option<Day> = Key::of("filed", "备案", "Filed", Shape::Day)
            .also(&["备案日期"]).more().help("日期").internal().elsewhere(),
        reply: Option<Reply> = Key::of("reply", "回复", "Reply", Shape::Group(REPLY, Some(&Shape::Text))).elsewhere(),
        rectification: Option<Rectification> = Key::of("rectification", "整改", "Rectification",
            Shape::Group(RECTIFICATION, Some(&Shape::One(values::<Rectified>)))).elsewhere(),
        followups: Vec<Step> = Key::of("followups", "跟进", "Follow-ups", Shape::Steps("note"))
            .also(&["回访", "followup"]).elsewhere(),
        escalations: Vec<Step> = Key::of("escalations", "跟进监督", "Escalations", Shape::Steps("step"))
            .also(&["escalation"]).elsewhere(),
        closed: Option<Step> = Key::of("closed", "办结", "Closed", Shape::Step("reason")).elsewhere(),
        source: Option<String> = Key::of("source", "来源报告", "Source report", Shape::Id)
            .more().help("，写路径，不带扩展名"),
    }
}

/// Keys of a dated step; each kind of step has its own word for its text.
pub(crate) const STEP: &[Key] = &[
    Key::of("date", "日期", "Date", Shape::Day).first().required(),
    Key::of("outcome", "结果", "Outcome", Shape::Text).first(),
    Key::of("note", "备注", "Note", Shape::Text)
        .also(&["内容", "说明"])
        .first(),
    Key::of("step", "措施", "Step", Shape::Text).first(),
    Key::of("reason", "原因", "Reason", Shape::Text)
        .also(&["理由"])
        .first()
        .required(),
];
/// Keys of 回复.
pub(crate) const REPLY: &[Key] = &[
    Key::of("date", "日期", "Date", Shape::Day)
        .also(&["回复日期"])
        .first()
        .required(),
    Key::of("outcome", "结果", "Outcome", Shape::One(values::<Outcome>))
        .also(&["采纳情况"])
        .first()
        .required(),
    Key::of("summary", "内容", "Content", Shape::Long)
        .also(&["摘要"])
        .first(),
];
/// Keys of 整改.
pub(crate) const RECTIFICATION: &[Key] = &[
    Key::of("date", "日期", "Date", Shape::Day).first().required(),
    Key::of("outcome", "结果", "Outcome", Shape::One(values::<Rectified>))
        .also(&["整改情况"])
        .first()
        .required(),
];

impl Held for Option<Step> {
    fn read(fields: &Fields, key: &Key) -> Self {
        step(fields.reader(), fields.node(key.name)?, key)
    }

    fn content(&self) -> Content<'_> {
        Content::Steps(self.as_slice())
    }
}

impl Held for Vec<Step> {
    fn read(fields: &Fields, key: &Key) -> Self {
        let nodes = fields.items(key.name).into_iter();
        nodes.filter_map(|node| step(fields.reader(), node, key)).collect()
    }

    fn content(&self) -> Content<'_> {
        Content::Steps(self)
    }
}

impl Held for Option<Reply> {
    fn read(fields: &Fields, key: &Key) -> Self {
        reply(fields.reader(), fields.node(key.name)?)
    }

    fn content(&self) -> Content<'_> {
        Content::Reply(self.as_ref())
    }
}

impl Held for Option<Rectification> {
    fn read(fields: &Fields, key: &Key) -> Self {
        rectification(fields.reader(), fields.node(key.name)?)
    }

    fn content(&self) -> Content<'_> {
        Content::Rectification(self.as_ref())
    }
}

/// A step: a mapping with a date and a text, or the date alone. A form that nobody filled in is none.
fn step(reader: &Reader, node: &Node, key: &Key) -> Option<Step> {
    let (Shape::Step(text) | Shape::Steps(text)) = key.shape else {
        return None;
    };
    let line = reader.line(node.span.start);
    if let Value::Scalar { .. } = node.value {
        return Some(Step {
            date: Some(reader.day(node, key.name)?),
            text: None,
            line,
        });
    }
    if node.says_nothing() {
        return None;
    }
    let fields = reader.fields(node, STEP)?;
    // Every kind of step has its own word for what happened; any of them is understood.
    let words = [text, "outcome", "note", "step", "reason"];
    Some(Step {
        date: fields.day("date"),
        text: words.iter().find_map(|word| fields.text(word)),
        line,
    })
}

/// A reply: a mapping, or the date alone. A form that nobody filled in is none.
fn reply(reader: &Reader, node: &Node) -> Option<Reply> {
    let line = reader.line(node.span.start);
    if let Value::Scalar { .. } = node.value {
        return Some(Reply {
            date: Some(reader.day(node, "reply")?),
            outcome: None,
            summary: None,
            line,
        });
    }
    if node.says_nothing() {
        return None;
    }
    let fields = reader.fields(node, REPLY)?;
    Some(Reply {
        date: fields.day("date"),
        outcome: fields.choice("outcome"),
        summary: fields.text("summary"),
        line,
    })
}

/// A rectification: a mapping, or the outcome alone. A form that nobody filled in is none.
fn rectification(reader: &Reader, node: &Node) -> Option<Rectification> {
    let line = reader.line(node.span.start);
    if let Value::Scalar { .. } = node.value {
        let outcome = reader.choice(node, "rectification")?;
        return Some(Rectification {
            date: None,
            outcome: Some(outcome),
            line,
        });
    }
    if node.says_nothing() {
        return None;
    }
    let fields = reader.fields(node, RECTIFICATION)?;
    Some(Rectification {
        date: fields.day("date"),
        outcome: fields.choice("outcome"),
        line,
    })
}
