//! What an office decides for itself: the site file, the roster, the synonyms.

mod calendar;
mod corpora;
mod defaults;
mod people;
mod read;
mod scores;
mod scoring;
mod site;
mod synonyms;

pub(crate) use calendar::is_workday;
pub(crate) use corpora::Gathered;
pub use read::read;
pub(crate) use read::{PEOPLE, SCORES, SITE, SYNONYMS};
#[cfg(test)]
pub(crate) use scoring::{Deduction, Points, Veto};
pub(crate) use scoring::{Score, Scoring, Span};
pub(crate) use site::FURTHER_ATTACHMENTS;
pub(crate) use synonyms::STARTER;

use crate::message::Lang;
use crate::record::date::Day;
use crate::record::vocabulary::{Effect, Form, Indicator, Search};
use crate::record::{Folders, Honour};
use std::collections::{BTreeMap, BTreeSet};

/// All settings of a corpus; every field has a default, so that an empty folder of Markdown works.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Title of the site.
    pub title: String,
    /// The office whose site it is.
    pub unit: Option<String>,
    /// Emblem: a path below the corpus.
    pub emblem: Option<String>,
    /// Footer text.
    pub footer: Option<String>,
    /// 备案号, as the foot of every page shows it.
    pub filing: Option<String>,
    /// A stylesheet of the office's own, after those of the program: a path below the corpus.
    pub style: Option<String>,
    /// Templates that take the place of the program's, by file name: the folder `templates/`.
    pub templates: BTreeMap<String, String>,
    /// Base URL; a feed and a sitemap are written only with one.
    pub base_url: Option<String>,
    /// Language of the interface.
    pub language: Lang,
    /// Whether a public document needs a 保密审查.
    pub review_required: bool,
    /// Open vocabularies by field (`lines`, `genre`, `category`, `type`, …).
    pub vocabularies: BTreeMap<String, Vec<String>>,
    /// 业务条线 to its group: 刑事, 民事, 行政, 公益诉讼 or 综合.
    pub line_groups: BTreeMap<String, String>,
    /// 文种 that count as reports written.
    pub written_genres: BTreeSet<String>,
    /// 认定口径: the least effect from which a form counts as 已转化.
    pub counts_from: BTreeMap<Form, Effect>,
    /// Forms that are 成果认可.
    pub recognised_forms: BTreeSet<Form>,
    /// Whether 肯定性批示 counts as 已转化.
    pub endorsed_counts: bool,
    /// Holidays by which a due day moves; empty: 未计节假日顺延.
    pub holidays: BTreeSet<jiff::civil::Date>,
    /// Weekend days that are worked.
    pub workdays: BTreeSet<jiff::civil::Date>,
    /// Synonym groups, members in raw form.
    pub synonyms: Vec<Vec<String>>,
    /// 文件夹类别: kinds of documents that don't say theirs, by folder.
    pub folders: Folders,
    /// Series of numbers that the corpus holds whole: 检例, 澄检建.
    pub complete: Vec<String>,
    /// 人员名册.
    pub people: Vec<Person>,
    /// 对标作战图.
    pub targets: Vec<Target>,
    /// 其他语料: further corpora that are gathered into the site, each below a folder of its own.
    pub corpora: Vec<Gathered>,
    /// 附件类型: kinds of attachments that go along besides those that always do, by their endings.
    pub attachments: BTreeSet<String>,
    /// 源文件下载: whether the source of every document stands beside its page; where nothing is said, that of a site
    /// of few documents does ([`Settings::has_downloads`]).
    pub downloads: Option<bool>,
    /// 检索: who answers the site's search.
    pub search: Search,
    /// 统计起始: the day from which 成果总览 counts; none: everything.
    pub since: Option<jiff::civil::Date>,
    /// 积分规则; without them there is no ranking.
    pub scoring: Option<Scoring>,
    /// Manual entries of the ranking, `scores.yaml`.
    pub scores: Vec<Score>,
}

/// Documents up to which a site has their sources for download unless the site file says otherwise: each is a file, and
/// a file share takes a hundred a second.
const DOWNLOADS: usize = 2000;

impl Settings {
    /// Whether a site of so many documents has the sources for download.
    pub fn has_downloads(&self, documents: usize) -> bool {
        self.downloads.unwrap_or(documents <= DOWNLOADS)
    }
}

/// One person of the roster. Never in a public site; no birth date reaches any page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name as authors write it.
    pub name: String,
    /// Tells namesakes apart.
    pub key: String,
    /// Month of birth.
    pub born: Option<Day>,
    /// 单位.
    pub unit: Option<String>,
    /// 部门.
    pub department: Option<String>,
    /// Posts held: title and since when.
    pub posts: Vec<(String, Option<Day>)>,
    /// Key of the mentor.
    pub mentor: Option<String>,
    /// 个人荣誉.
    pub honours: Vec<Honour>,
}

/// One line of the 对标作战图.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// 指标.
    pub indicator: String,
    /// 标杆单位 and its value.
    pub benchmark: Option<(String, String)>,
    /// 目标.
    pub target: Option<String>,
    /// 责任单位.
    pub responsible: Option<String>,
    /// 期限.
    pub deadline: Option<Day>,
    /// 当前值 with its date.
    pub present: Option<(String, Option<Day>)>,
    /// 计算: what the present value is computed as where none is given.
    pub measure: Option<Indicator>,
}

#[cfg(test)]
mod tests;
