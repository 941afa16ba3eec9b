//! What only reports have.

use crate::diagnostic::Severity;
use crate::record::common::ids;
use crate::record::content::{Content, Held, fields};
use crate::record::fields::{Fields, Reader};
use crate::record::key::{Key, Shape, values};
use crate::record::name::office_name;
use crate::record::number::{document_number, is_number};
use crate::record::{Adoption, Effect, Form, Level, Visibility};
use crate::yaml::Node;

fields! {
    /// 调研报告.
    Report, REPORT {
        genre: Option<String> = Key::of("genre", "文种", "Genre", Shape::Term).first().preset("调研报告"),
        methods: Vec<String> = Key::of("methods", "方法", "Methods", Shape::Words)
            .also(&["调研方法", "method"]).more().help("，例如 [问卷调查, 实地走访]"),
        partners: Vec<String> = Key::of("partners", "合作单位", "Partners", Shape::Words).also(&["partner"]).more(),
        topic: Option<String> = Key::of("topic", "所属项目", "Topic", Shape::Id)
            .also(&["所属课题"]).more().help("，写路径，不带扩展名"),
        adoptions: Vec<Adoption> = Key::of("adoptions", "转化情况", "Adoptions", Shape::Groups(ADOPTION, None))
            .also(&["adoption"]).elsewhere(),
    }
}

/// Keys of an event of 转化情况.
pub(crate) const ADOPTION: &[Key] = &[
    Key::of("date", "日期", "Date", Shape::Day).first().required(),
    Key::of("form", "转化形式", "Form", Shape::One(values::<Form>))
        .also(&["形式"])
        .first()
        .required(),
    Key::of("level", "层级", "Level", Shape::One(values::<Level>))
        .first()
        .required(),
    Key::of("authority", "批示（采纳）单位", "Authority", Shape::Text)
        .also(&["批示单位", "采纳单位", "单位"])
        .first()
        .required(),
    Key::of("effect", "办理程度", "Effect", Shape::One(values::<Effect>))
        .also(&["程度"])
        .first()
        .required(),
    Key::of("document", "文号", "Number", Shape::Text).first(),
    Key::of("evidence", "佐证材料", "Evidence", Shape::Text)
        .also(&["佐证"])
        .first(),
    Key::of("note", "备注", "Note", Shape::Text).also(&["说明"]).first(),
    Key::of("leads_to", "衍生成果", "Led to", Shape::Ids),
    Key::of("visibility", "公开范围", "Visibility", Shape::One(values::<Visibility>)),
];

impl Adoption {
    /// Its 文号, where what is written there is one.
    pub fn number(&self) -> Option<&str> {
        self.document.as_deref().filter(|document| is_number(document))
    }
}

impl Held for Vec<Adoption> {
    fn read(fields: &Fields, key: &Key) -> Self {
        adoptions(fields, key.name)
    }

    fn content(&self) -> Content<'_> {
        Content::Adoptions(self)
    }

    fn ids(&mut self, _: &Key) -> Vec<&mut String> {
        self.iter_mut().flat_map(|event| &mut event.leads_to).collect()
    }

    fn keep_ids(&mut self, _: &Key, holds: &dyn Fn(&str) -> bool) {
        self.iter_mut().for_each(|event| event.leads_to.retain(|id| holds(id)));
    }
}

/// The events of a report, by date. Undated events come last; those of one day keep the order of the file.
fn adoptions(fields: &Fields, key: &str) -> Vec<Adoption> {
    let events = fields.items(key).into_iter();
    let mut adoptions: Vec<_> = events.filter_map(|node| adoption(fields.reader(), node)).collect();
    adoptions.sort_by_key(|event| (event.date.is_none(), event.date));
    adoptions
}

/// One event. Without a form that is known it is none.
fn adoption(reader: &Reader, node: &Node) -> Option<Adoption> {
    let fields = reader.fields(node, ADOPTION)?;
    let form: Option<Form> = fields.choice("form");
    if fields.node("form").is_none() {
        let names: Vec<_> = Form::ALL.iter().map(|form| form.zh()).collect();
        let keys: Vec<_> = Form::ALL.iter().map(|form| form.key()).collect();
        let args = [("names", &*names.join("、")), ("keys", &*keys.join(", "))];
        reader.tell(Severity::Error, "event-without-form", &node.span, &args);
    }
    Some(Adoption {
        date: fields.day("date"),
        form: form?,
        level: fields.choice("level"),
        authority: fields.text("authority").map(|name| office_name(&name)),
        effect: fields.choice("effect"),
        document: fields.text("document").map(|number| document_number(&number)),
        evidence: fields.text("evidence"),
        note: fields.text("note"),
        leads_to: ids(&fields, "leads_to"),
        visibility: fields.choice("visibility"),
        line: fields.line(),
    })
}
