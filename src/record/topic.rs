//! What only topics have.

use crate::record::content::{Content, Held, fields};
use crate::record::date::Day;
use crate::record::fields::{Fields, Reader};
use crate::record::key::{Key, Shape, values};
use crate::record::{KeyResult, TopicStatus};
use crate::yaml::Node;

fields! {
    /// 项目（课题）.
    Topic, TOPIC {
        category: Option<String> = Key::of("category", "项目类别", "Category", Shape::Term).also(&["课题类别"]).first(),
        origin: Option<String> = Key::of("origin", "申报方式", "Origin", Shape::Term).also(&["项目来源"]).first(),
        status: Option<TopicStatus> = Key::of("status", "状态", "Status", Shape::One(values::<TopicStatus>))
            .first().messages("badge").chinese(),
        lead: Option<String> = Key::of("lead", "负责人", "Lead", Shape::Person).first(),
        team: Vec<String> = Key::of("team", "成员", "Team", Shape::People).first().help("，例如 [李某, 王某]"),
        deadline: Option<Day> = Key::of("deadline", "截止日期", "Deadline", Shape::Day).also(&["截止"]).first(),
        themes: Vec<String> = Key::of("themes", "选题", "Themes", Shape::Lines).also(&["theme"]).more(),
        key_results: Vec<KeyResult> = Key::of("key_results", "关键成果", "Key results", Shape::Groups(KEY_RESULT, Some(&Shape::Long)))
            .also(&["key_result"]).first().help("，例如 [{text: 形成调研报告一篇, done: false}]").elsewhere(),
        outputs: Vec<String> = Key::of("outputs", "产出", "Outputs", Shape::Ids)
            .also(&["output"]).more().help("，写路径，不带扩展名"),
    }
}

/// Keys of a key result.
pub(super) const KEY_RESULT: &[Key] = &[
    Key::of("text", "内容", "Text", Shape::Text),
    Key::of("done", "完成", "Done", Shape::Flag).also(&["是否完成"]),
];

impl Held for Vec<KeyResult> {
    fn read(fields: &Fields, key: &Key) -> Self {
        key_results(fields, key.name)
    }

    fn content(&self) -> Content<'_> {
        Content::KeyResults(self)
    }
}

/// The key results of a topic.
fn key_results(fields: &Fields, key: &str) -> Vec<KeyResult> {
    let nodes = fields.items(key).into_iter();
    nodes.filter_map(|node| key_result(fields.reader(), node)).collect()
}

/// A key result: a mapping, or its text alone.
fn key_result(reader: &Reader, node: &Node) -> Option<KeyResult> {
    let line = reader.line(node.span.start);
    if node.entries().is_none() {
        return Some(KeyResult {
            text: reader.text(node, "key_results")?,
            done: false,
            line,
        });
    }
    let fields = reader.fields(node, KEY_RESULT)?;
    Some(KeyResult {
        text: fields.text("text")?,
        done: fields.flag("done").unwrap_or(false),
        line,
    })
}
