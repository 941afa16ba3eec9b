//! The tables that hold until an office decides otherwise.

use crate::message::Lang;
use crate::record::Folders;
use crate::record::vocabulary::{Effect, Form, Search};
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};

/// 业务条线 with the group that each rolls up to.
const LINES: [(&str, &str); 16] = [
    ("普通犯罪", "刑事"),
    ("重大犯罪", "刑事"),
    ("职务犯罪", "刑事"),
    ("经济犯罪", "刑事"),
    ("刑事执行", "刑事"),
    ("民事", "民事"),
    ("行政", "行政"),
    ("公益诉讼", "公益诉讼"),
    ("未成年人", "综合"),
    ("控告申诉", "综合"),
    ("知识产权", "综合"),
    ("检察侦查", "刑事"),
    ("案件管理", "综合"),
    ("政治工作", "综合"),
    ("法律政策研究", "综合"),
    ("综合", "综合"),
];

/// Vocabularies that offices decide for themselves, besides the lines.
const VOCABULARIES: [(&str, &[&str]); 5] = [
    (
        "genre",
        &[
            "调研报告",
            "专题报告",
            "实证研究",
            "论文",
            "检察情况反映",
            "研讨成果",
            "授课讲稿",
        ],
    ),
    ("type", &["再审", "纠正违法", "公益诉讼", "社会治理", "其他"]),
    ("delivery", &["书面送达", "宣告送达"]),
    (
        "category",
        &[
            "创新课题",
            "大型活动",
            "业务专项任务",
            "青年自筹活动",
            "选题征集",
            "论坛征文",
        ],
    ),
    ("origin", &["个人申报", "组织安排"]),
];

/// 文种 that count as reports written.
const WRITTEN_GENRES: [&str; 3] = ["调研报告", "专题报告", "实证研究"];

/// 认定口径. 制发检察建议 isn't here: it counts when the recommendation was accepted.
const COUNTS_FROM: [(Form, Effect); 6] = [
    (Form::Instruction, Effect::Ordered),
    (Form::Decision, Effect::Issued),
    (Form::Resolution, Effect::Issued),
    (Form::Legislation, Effect::Issued),
    (Form::Norm, Effect::Issued),
    (Form::Campaign, Effect::Issued),
];

/// Forms that are 成果认可, never 已转化.
const RECOGNISED: [Form; 4] = [Form::Publication, Form::Forwarded, Form::Briefing, Form::Proposal];

impl Default for Settings {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        let mut vocabularies: BTreeMap<String, Vec<String>> = VOCABULARIES
            .iter()
            .map(|(field, values)| ((*field).to_string(), words(values)))
            .collect();
        vocabularies.insert(
            "lines".into(),
            LINES.iter().map(|(line, _)| (*line).to_string()).collect(),
        );
        Self {
            title: "检研".into(),
            unit: None,
            emblem: None,
            footer: None,
            filing: None,
            style: None,
            templates: BTreeMap::new(),
            base_url: None,
            language: Lang::Zh,
            review_required: true,
            vocabularies,
            line_groups: LINES
                .iter()
                .map(|(line, group)| ((*line).into(), (*group).into()))
                .collect(),
            written_genres: WRITTEN_GENRES.iter().map(ToString::to_string).collect(),
            counts_from: COUNTS_FROM.into(),
            recognised_forms: RECOGNISED.into(),
            endorsed_counts: false,
            holidays: BTreeSet::new(),
            workdays: BTreeSet::new(),
            synonyms: Vec::new(),
            folders: Folders::default(),
            complete: Vec::new(),
            attachments: BTreeSet::new(),
            downloads: None,
            search: Search::Browser,
            people: Vec::new(),
            targets: Vec::new(),
            corpora: Vec::new(),
            since: None,
            scoring: None,
            scores: Vec::new(),
        }
    }
}
