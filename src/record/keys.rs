//! The keys of the front matter that every kind has, those of the mappings in it, and where a key is looked up.

use super::case::CASE;
use super::law::LAW;
use super::recommendation::RECOMMENDATION;
pub(crate) use super::recommendation::{RECTIFICATION, REPLY, STEP};
pub(crate) use super::report::ADOPTION;
use super::report::REPORT;
use super::topic::TOPIC;
pub(crate) use crate::record::key::{Key, Place, Shape, Value, find};
use crate::record::key::{plain, values};
use crate::record::{CaseRank, Kind, Level, Role, Visibility};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Keys of every kind.
pub(crate) const COMMON: &[Key] = &[
    Key::of("kind", "类别", "Kind", Shape::One(values::<Kind>)).also(&["种类"]),
    Key::of("title", "标题", "Title", Shape::Text)
        .also(&["题目"])
        .first()
        .required(),
    Key::of("date", "成文日期", "Date", Shape::Day)
        .also(&["日期"])
        .first()
        .required()
        .help("，项目写立项日期"),
    Key::of("unit", "单位", "Unit", Shape::Words)
        .also(&["units"])
        .first()
        .help("，写全称，可写多个"),
    Key::of("departments", "部门", "Departments", Shape::Words)
        .also(&["department"])
        .first()
        .help("，可写多个"),
    Key::of("authors", "作者", "Authors", Shape::Groups(AUTHOR, Some(&Shape::Text)))
        .also(&["author"])
        .first()
        .help("，写姓名，或 `{name: 白某, role: 执笔}`"),
    Key::of("lines", "业务条线", "Lines of work", Shape::Terms)
        .also(&["条线", "line"])
        .first(),
    Key::of("causes", "案由", "Causes of action", Shape::Words)
        .also(&["cause"])
        .more(),
    Key::of("tags", "标签", "Tags", Shape::Words).also(&["tag"]).first(),
    Key::of("summary", "摘要", "Summary", Shape::Long)
        .first()
        .help("，一到三句"),
    Key::of("laws", "引用法条", "Laws cited", Shape::Words)
        .also(&["法条", "law"])
        .more()
        .help("，正文里写到的会自动加上"),
    Key::of("related", "相关文献", "Related documents", Shape::Ids)
        .more()
        .help("，写文献的标识：语料库中的路径，不带 `.md`"),
    Key::of("supersedes", "替代", "Supersedes", Shape::Ids)
        .more()
        .help("，写所替代的旧文献的标识"),
    Key::of("benefits", "成效", "Benefits", Shape::Group(BENEFITS, None))
        .more()
        .help("，一条链上只在一篇里写一次，人数可写 2000余"),
    Key::of("honours", "荣誉", "Honours", Shape::Groups(HONOUR, Some(&Shape::Text)))
        .also(&["honors", "honour"])
        .more(),
    Key::of("visibility", "公开范围", "Visibility", Shape::One(values::<Visibility>))
        .review()
        .required()
        .help("，不写按内部"),
    Key::of("review", "保密审查", "Secrecy review", Shape::Group(REVIEW, None))
        .review()
        .help("，公开的文献必须有"),
    Key::of("draft", "草稿", "Draft", Shape::Flag)
        .review()
        .help("，只在预览中出现"),
    Key::of("secrecy", "密级", "Secrecy", Shape::Text)
        .help("，写了即按内部处理（公开、普通、非密、无除外）；涉密文件不得存入本库"),
    Key::of("id", "标识", "Id", Shape::Text).help("，默认是路径，不带 `.md`；网址由此而来"),
];

/// Keys of an author.
pub(crate) const AUTHOR: &[Key] = &[
    Key::of("name", "姓名", "Name", Shape::Text),
    Key::of("role", "分工", "Role", Shape::One(values::<Role>)).also(&["角色"]),
];
/// Keys of 成效.
pub(crate) const BENEFITS: &[Key] = &[
    Key::of("people", "受益人数", "People benefited", Shape::Quantity).more(),
    Key::of("amount", "挽回损失（元）", "Losses recovered (yuan)", Shape::Quantity)
        .also(&["挽回损失"])
        .more(),
];
/// Keys of 荣誉.
pub(crate) const HONOUR: &[Key] = &[
    Key::of("title", "名称", "Title", Shape::Text)
        .also(&["荣誉", "标题"])
        .first()
        .required(),
    Key::of("level", "层级", "Level", Shape::One(values::<Level>)).first(),
    Key::of("issuer", "授予单位", "Given by", Shape::Listable)
        .also(&["评定单位", "issuers"])
        .first(),
    Key::of("date", "日期", "Date", Shape::Day).also(&["授予日期"]).first(),
    Key::of("rank", "案例等次", "Rank", Shape::One(values::<CaseRank>)).also(&["等次"]),
];
/// Keys of 保密审查.
pub(crate) const REVIEW: &[Key] = &[
    Key::of("by", "审查人", "Reviewed by", Shape::Text)
        .also(&["审查单位"])
        .first()
        .required(),
    Key::of("date", "日期", "Date", Shape::Day)
        .also(&["审查日期"])
        .first()
        .required(),
    Key::of("result", "结论", "Result", Shape::Text)
        .also(&["结果", "审查结论"])
        .first()
        .required(),
];

/// No keys: a mapping whose keys are values.
pub(crate) const NONE: &[Key] = &[];

/// Keys that only documents of this kind have.
pub(crate) fn of_kind(kind: Kind) -> &'static [Key] {
    match kind {
        Kind::Report => REPORT,
        Kind::Case => CASE,
        Kind::Recommendation => RECOMMENDATION,
        Kind::Topic => TOPIC,
        Kind::Law => LAW,
    }
}

/// The kind besides this one that has such a key.
pub(crate) fn other_kind_with(written: &str, kind: Kind) -> Option<Kind> {
    let mut others = Kind::ALL.iter().copied().filter(|&other| other != kind);
    others.find(|&other| find(written, of_kind(other).iter()).is_some())
}

/// The tables that a front matter uses: those of its top level, and those of the mappings in it.
fn tables() -> impl Iterator<Item = &'static [Key]> {
    let kinds = Kind::ALL.iter().map(|&kind| of_kind(kind));
    let top = [COMMON, STEP].into_iter().chain(kinds);
    top.flat_map(|table| std::iter::once(table).chain(table.iter().map(Key::inner)))
}

/// The Chinese name of an English key of a document.
pub(crate) fn chinese_name(key: &str) -> &'static str {
    let kinds = Kind::ALL.iter().flat_map(|&kind| of_kind(kind));
    COMMON
        .iter()
        .chain(kinds)
        .find(|known| known.name == key)
        .map_or("", |known| known.zh)
}

/// What each way of writing a key may mean: the English keys by their names and variants in plain form.
static MEANINGS: LazyLock<BTreeMap<String, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut meanings: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for key in tables().flatten() {
        for name in key.spellings() {
            meanings.entry(plain(name)).or_default().insert(key.name);
        }
    }
    meanings
});

/// Whether a front matter has such a key somewhere.
pub(crate) fn is_known_anywhere(written: &str) -> bool {
    MEANINGS.contains_key(&plain(written))
}

/// Whether a key as written may stand for the English key, in one table or another.
pub(crate) fn may_mean(written: &str, key: &str) -> bool {
    MEANINGS.get(&plain(written)).is_some_and(|keys| keys.contains(key))
}
