//! The model: what a document's front matter says, typed.
//!
//! Vocabularies that offices decide for themselves stay text, checked against the tables of the
//! settings; those that rules depend on are enums. Values that figures come from carry the line of
//! the front matter that they stand in.

use crate::record::content::OfKind;
use crate::record::date::Day;
use crate::record::keys::Key;
use crate::record::vocabulary::{CaseRank, Effect, Form, Kind, Level, Outcome, Rectified, Role, Visibility};
use crate::record::{Case, Content, Law, Recommendation, Report, Topic};

/// A value with the line of the file that it stands in, counted from 1 at the top of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// What the file says.
    pub value: T,
    /// Line of the file.
    pub line: u32,
}

/// Everything that the front matter of one document says.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Path below the corpus without its extension, or the front matter's own `id`.
    pub id: String,
    /// The file below the corpus, with `/` and its extension.
    pub file: String,
    /// 类别.
    pub kind: Kind,
    /// 标题.
    pub title: String,
    /// 成文日期; a topic's is that of its start.
    pub date: Option<Day>,
    /// 单位.
    pub units: Vec<String>,
    /// 部门, credited like units.
    pub departments: Vec<String>,
    /// 作者.
    pub authors: Vec<Author>,
    /// 业务条线.
    pub lines: Vec<String>,
    /// 案由.
    pub causes: Vec<String>,
    /// 标签.
    pub tags: Vec<String>,
    /// 摘要.
    pub summary: Option<String>,
    /// 引用法条 as written in the front matter.
    pub laws: Vec<String>,
    /// 相关文献: ids.
    pub related: Vec<String>,
    /// 替代: the ids of older documents that this one replaces.
    pub supersedes: Vec<String>,
    /// 成效.
    pub benefits: Benefits,
    /// 荣誉, a case's shorthand (rank, level, issuers, awarded) included as its first.
    pub honours: Vec<Honour>,
    /// 公开范围.
    pub visibility: Visibility,
    /// 保密审查.
    pub review: Option<Review>,
    /// 草稿: seen only in the preview.
    pub draft: bool,
    /// What only this kind has.
    pub detail: Detail,
    /// Line of each key of the front matter that is there, by its English key, so that a figure can be
    /// traced to it. Empty in the public audience, whose source is written anew.
    pub key_lines: KeyLines,
    /// Keys that the model does not know, with their values as text; kept, shown to nobody.
    pub unknown: Vec<(String, String)>,
}

/// The line of each key of a front matter, from 1. A list: a document has few keys, and a corpus many documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyLines(Box<[(&'static str, u32)]>);

impl KeyLines {
    /// The line of a key that is there.
    pub fn get(&self, key: &str) -> Option<u32> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, line)| *line)
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no line is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(&'static str, u32)> for KeyLines {
    fn from_iter<I: IntoIterator<Item = (&'static str, u32)>>(lines: I) -> Self {
        Self(lines.into_iter().collect())
    }
}

/// An author, with the part that he or she had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Name as written.
    pub name: String,
    /// 执笔, 参与 or 指导.
    pub role: Option<Role>,
}

/// 成效: figures that stand once in a chain of documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Benefits {
    /// 受益人数, in people.
    pub people: Option<Located<Quantity>>,
    /// 挽回损失, in hundredths of a yuan (分).
    pub amount: Option<Located<Quantity>>,
}

/// A figure that may be a lower bound (2000余).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number.
    pub value: i64,
    /// Whether 余, 多 or + follows it.
    pub at_least: bool,
    /// As written.
    pub text: String,
}

/// 荣誉.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honour {
    /// Such as 省级精品案例.
    pub title: String,
    /// 层级.
    pub level: Option<Level>,
    /// The offices that gave it.
    pub issuers: Vec<String>,
    /// When.
    pub date: Option<Day>,
    /// A case's rank where the honour is one (from the shorthand, or read from the title).
    pub rank: Option<CaseRank>,
    /// Line of the front matter.
    pub line: u32,
}

/// 保密审查.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who.
    pub by: Option<String>,
    /// When.
    pub date: Option<Day>,
    /// 结论.
    pub result: Option<String>,
}

/// What one kind has and the others have not.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// 调研报告.
    Report(Report),
    /// 案例.
    Case(Case),
    /// 检察建议.
    Recommendation(Box<Recommendation>),
    /// 项目（课题）.
    Topic(Topic),
    /// 法律法规.
    Law(Law),
}

impl Detail {
    /// What a document of a kind has that says nothing.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Report => Detail::Report(Report::default()),
            Kind::Case => Detail::Case(Case::default()),
            Kind::Recommendation => Detail::Recommendation(Box::default()),
            Kind::Topic => Detail::Topic(Topic::default()),
            Kind::Law => Detail::Law(Law::default()),
        }
    }

    fn fields(&self) -> &dyn OfKind {
        match self {
            Detail::Report(report) => report,
            Detail::Case(case) => case,
            Detail::Recommendation(recommendation) => &**recommendation,
            Detail::Topic(topic) => topic,
            Detail::Law(law) => law,
        }
    }

    fn fields_mut(&mut self) -> &mut dyn OfKind {
        match self {
            Detail::Report(report) => report,
            Detail::Case(case) => case,
            Detail::Recommendation(recommendation) => &mut **recommendation,
            Detail::Topic(topic) => topic,
            Detail::Law(law) => law,
        }
    }

    /// What each key of its kind holds, in the order in which they are written.
    pub fn contents(&self) -> Vec<(&'static Key, Content<'_>)> {
        self.fields().contents()
    }

    /// Takes away the fields that the public may not see.
    pub fn hide_internal(&mut self) {
        self.fields_mut().hide_internal();
    }
}

/// One event of a report's adoption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// When it happened.
    pub date: Option<Day>,
    /// 转化形式.
    pub form: Form,
    /// 层级.
    pub level: Option<Level>,
    /// 批示（采纳）单位: an office, never a person's name.
    pub authority: Option<String>,
    /// 办理程度.
    pub effect: Option<Effect>,
    /// 文号.
    pub document: Option<String>,
    /// 佐证材料: a path, a shelf mark or a URL; without it the event is 待核实.
    pub evidence: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// 衍生成果: ids.
    pub leads_to: Vec<String>,
    /// An instruction is internal unless it says otherwise; any other event is as its document.
    pub visibility: Option<Visibility>,
    /// Line of the front matter.
    pub line: u32,
}

/// A dated step with its text (outcome, note, step or reason).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub date: Option<Day>,
    /// What.
    pub text: Option<String>,
    /// Line of the front matter.
    pub line: u32,
}

/// 回复.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// When it came.
    pub date: Option<Day>,
    /// 采纳, 部分采纳 or 未采纳.
    pub outcome: Option<Outcome>,
    /// What it says.
    pub summary: Option<String>,
    /// Line of the front matter.
    pub line: u32,
}

/// 整改.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rectification {
    /// When it was found.
    pub date: Option<Day>,
    /// 整改到位, 部分整改 or 未整改.
    pub outcome: Option<Rectified>,
    /// Line of the front matter.
    pub line: u32,
}

/// One key result of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyResult {
    /// What is to be reached.
    pub text: String,
    /// Whether it is.
    pub done: bool,
    /// Line of the front matter.
    pub line: u32,
}

impl Record {
    /// Every id of another document that it names.
    pub fn references_mut(&mut self) -> Vec<&mut String> {
        let mut ids: Vec<&mut String> = self.related.iter_mut().chain(&mut self.supersedes).collect();
        ids.extend(self.detail.fields_mut().ids());
        ids
    }

    /// Leaves out the ids of other documents for which the test doesn't hold.
    pub fn keep_references(&mut self, holds: &dyn Fn(&str) -> bool) {
        self.related.retain(|id| holds(id));
        self.supersedes.retain(|id| holds(id));
        self.detail.fields_mut().keep_ids(holds);
    }
}
