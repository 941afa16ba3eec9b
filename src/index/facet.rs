//! The filters of a query and the facets beside results: one table, from which the columns of the index and of the bundle,
//! the query language, records, mappings of other engines, labels and the search client follow.

use crate::message::Lang;
use crate::record::vocabulary::Vocabulary;
use crate::record::{CaseRank, Form, Kind, Level, State};
use crate::text::normalize;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// A filter, with the column that it looks at.
pub struct Filter {
    /// Its column: of the facets where it has one ([`Looks::has_column`]).
    pub column: &'static str,
    /// The names that it answers to, the canonical one first.
    pub names: &'static [&'static str],
    /// What it looks at, and when it holds.
    pub looks: Looks,
    /// Its label beside results, in Chinese and English, and its place there; none where it doesn't stand there.
    pub shown: Option<(u8, &'static str, &'static str)>,
    /// The values that a document has in its column.
    values: fn(&Facets) -> &[String],
}

/// The spellings of one value of a closed vocabulary, its English key first.
type Spelled = &'static [&'static str];

/// A closed vocabulary, as filters read it.
#[derive(Debug, Clone, Copy)]
pub struct Closed {
    read: fn(&str) -> Option<Spelled>,
    all: fn() -> Vec<Spelled>,
}

impl Closed {
    const fn of<V: Vocabulary>() -> Self {
        Self {
            read: |text| V::read(text).map(V::spellings),
            all: || V::all().iter().map(|&value| value.spellings()).collect(),
        }
    }

    /// The English keys of the values that a text names, one or a list; none where something of it is none of its values.
    pub fn keys(self, text: &str) -> Vec<&'static str> {
        let key = |text: &str| {
            let found = (self.read)(text).or_else(|| (self.read)(&normalize(text)));
            found.and_then(|names| names.first().copied())
        };
        match key(text) {
            Some(key) => vec![key],
            None => text.split(LIST).map(key).collect::<Option<_>>().unwrap_or_default(),
        }
    }
}

/// What stands between the values of a list.
const LIST: [char; 11] = ['、', ',', '，', ';', '；', '和', '及', '与', '或', '/', '／'];

/// When a filter holds.
#[derive(Debug, Clone, Copy)]
pub enum Looks {
    /// The value occurs in the title.
    Title,
    /// A number of the document is the value, or contains it.
    Number,
    /// An article that the document cites is the value's, or its law's name contains it.
    Law,
    /// The date lies in the value.
    Time,
    /// A value of the column contains it, blanks and the dots of names apart.
    Contains,
    /// A value of the column equals it.
    Equals,
    /// The column holds the value of a closed vocabulary that it names.
    Closed(Closed),
}

/// Every filter, in the order in which records list their columns.
pub static FILTERS: [Filter; 20] = [
    filter("title", &["title", "标题", "题名"], Looks::Title, |_| &[]),
    filter(
        "kind",
        &["kind", "类别"],
        Looks::Closed(Closed::of::<Kind>()),
        |facets| std::slice::from_ref(&facets.kind),
    )
    .shown(1, "类别", "Kind"),
    filter("year", &["year", "年份", "年"], Looks::Time, |_| &[]).shown(5, "年份", "Year"),
    filter("unit", &["unit", "单位"], Looks::Contains, |facets| &facets.unit).shown(3, "单位", "Unit"),
    filter("department", &["department", "部门"], Looks::Contains, |facets| {
        &facets.department
    })
    .shown(4, "部门", "Department"),
    filter("author", &["author", "作者"], Looks::Contains, |facets| {
        &facets.author
    })
    .shown(12, "作者", "Author"),
    filter("line", &["line", "条线", "业务条线"], Looks::Equals, |facets| {
        &facets.line
    })
    .shown(2, "业务条线", "Business line"),
    filter("cause", &["cause", "案由"], Looks::Equals, |facets| &facets.cause),
    filter("tag", &["tag", "标签"], Looks::Equals, |facets| &facets.tag).shown(11, "标签", "Tag"),
    filter("series", &["series", "系列", "批次"], Looks::Contains, |facets| {
        &facets.series
    })
    .shown(13, "系列", "Series"),
    filter("folder", &["folder", "文件夹"], Looks::Contains, |facets| {
        &facets.folder
    })
    .shown(14, "文件夹", "Folder"),
    filter("court", &["court", "法院"], Looks::Contains, |facets| &facets.court).shown(15, "法院代字", "Court"),
    filter("case_type", &["case_type", "案号类型"], Looks::Equals, |facets| {
        &facets.case_type
    })
    .shown(16, "案号类型", "Type of case"),
    filter(
        "level",
        &["adopted", "level", "层级", "转化层级"],
        LEVEL,
        |facets| &facets.level,
    )
    .shown(6, "转化层级", "Level of adoption"),
    filter(
        "form",
        &["form", "转化形式"],
        Looks::Closed(Closed::of::<Form>()),
        |facets| &facets.form,
    )
    .shown(7, "转化形式", "Form of adoption"),
    filter(
        "rank",
        &["rank", "等次", "案例等次"],
        Looks::Closed(Closed::of::<CaseRank>()),
        |facets| &facets.rank,
    )
    .shown(8, "案例等次", "Rank of case"),
    filter("case_level", &["case_level", "案例层级"], LEVEL, |facets| {
        &facets.case_level
    })
    .shown(9, "案例层级", "Level of case"),
    filter(
        "state",
        &["state", "状态"],
        Looks::Closed(Closed::of::<State>()),
        |facets| &facets.state,
    )
    .shown(10, "建议状态", "State of recommendation"),
    filter("number", &["number", "编号", "文号", "案号"], Looks::Number, |_| &[]),
    filter("law", &["law", "法条", "法律"], Looks::Law, |_| &[]),
];

const fn filter(
    column: &'static str,
    names: &'static [&'static str],
    looks: Looks,
    values: fn(&Facets) -> &[String],
) -> Filter {
    Filter {
        column,
        names,
        looks,
        shown: None,
        values,
    }
}

/// A level, of adoptions or of a rank.
const LEVEL: Looks = Looks::Closed(Closed::of::<Level>());

impl Filter {
    /// Stands beside results at this place, under this label.
    const fn shown(mut self, place: u8, zh: &'static str, en: &'static str) -> Self {
        self.shown = Some((place, zh, en));
        self
    }

    /// The name by which JSON calls it.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or(self.column)
    }

    /// Its label beside results.
    pub fn label(&self, lang: Lang) -> Option<&'static str> {
        self.shown.map(|(_, zh, en)| if lang == Lang::Zh { zh } else { en })
    }

    /// All names of a value of its column that a filter takes; of an open vocabulary the value alone.
    pub fn spellings<'a>(&self, value: &'a str) -> Vec<&'a str> {
        let known = match self.looks {
            Looks::Closed(closed) => (closed.read)(value).unwrap_or_default(),
            _ => &[],
        };
        let others = known.iter().copied().filter(|&name| name != value);
        std::iter::once(value).chain(others).collect()
    }
}

impl Looks {
    /// Whether there is a column of facet values for it.
    pub const fn has_column(self) -> bool {
        matches!(self, Looks::Contains | Looks::Equals | Looks::Closed(_))
    }

    /// The name by which the search client knows it.
    pub fn name(self) -> &'static str {
        match self {
            Looks::Title => "title",
            Looks::Number => "number",
            Looks::Law => "law",
            Looks::Time => "time",
            Looks::Contains => "contains",
            Looks::Equals => "equals",
            Looks::Closed(_) => "closed",
        }
    }
}

/// Every spelling of a value, by the column of a closed vocabulary.
pub fn closed() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    FILTERS.iter().filter_map(|filter| match filter.looks {
        Looks::Closed(closed) => Some((filter.column, (closed.all)().concat())),
        _ => None,
    })
}

/// The values of each closed vocabulary, by its column: of each its spellings, the English key first.
pub(crate) fn spelled() -> impl Iterator<Item = (&'static str, Vec<Vec<&'static str>>)> {
    FILTERS.iter().filter_map(|filter| match filter.looks {
        Looks::Closed(closed) => Some((filter.column, (closed.all)().into_iter().map(<[_]>::to_vec).collect())),
        _ => None,
    })
}

/// The filters that have a column of facet values.
pub fn facets() -> impl Iterator<Item = &'static Filter> {
    FILTERS.iter().filter(|filter| filter.looks.has_column())
}

/// The filter that answers to a name; of Latin letters in any case.
pub fn of_name(typed: &str) -> Option<&'static Filter> {
    let is = |known: &&str| typed.eq_ignore_ascii_case(known);
    FILTERS.iter().find(|filter| filter.names.iter().any(is))
}

/// The filters for the search client: those that stand beside results, in their order, and the others. Of each its
/// column and its further names.
pub fn for_client() -> [String; 2] {
    let line = |filter: &&Filter| {
        let others = filter.names.iter().filter(|&&name| name != filter.column);
        let names: Vec<&str> = std::iter::once(&filter.column).chain(others).copied().collect();
        names.join(" ")
    };
    let (mut shown, others): (Vec<&Filter>, Vec<&Filter>) = FILTERS.iter().partition(|filter| filter.shown.is_some());
    shown.sort_by_key(|filter| filter.shown.map(|(place, ..)| place));
    [shown, others].map(|filters| filters.iter().map(line).collect::<Vec<_>>().join("|"))
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.column == other.column
    }
}

impl Eq for Filter {}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Facet values; closed vocabularies by their English keys.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facets {
    /// `report`, `case`, `recommendation`, `topic` or `law`.
    pub kind: String,
    /// 单位.
    pub unit: Vec<String>,
    /// 部门.
    pub department: Vec<String>,
    /// 作者.
    pub author: Vec<String>,
    /// 业务条线.
    pub line: Vec<String>,
    /// 标签.
    pub tag: Vec<String>,
    /// 案由.
    pub cause: Vec<String>,
    /// Series of numbers, and batches of them.
    pub series: Vec<String>,
    /// The folder, where it says more than the kind.
    pub folder: Vec<String>,
    /// The court of a 案号, by its sign.
    pub court: Vec<String>,
    /// The type of a case by its 案号: 刑初, 民终.
    pub case_type: Vec<String>,
    /// Highest level at which a report was adopted.
    pub level: Vec<String>,
    /// Forms of its qualifying events.
    pub form: Vec<String>,
    /// Rank of a case.
    pub rank: Vec<String>,
    /// Level of that rank.
    pub case_level: Vec<String>,
    /// State of a recommendation.
    pub state: Vec<String>,
    /// Year of the date.
    pub year: Option<i16>,
    /// The date as days since 1970-01-01, for sorting.
    pub date: Option<i32>,
}

impl Facets {
    /// The values in the column of a filter.
    pub fn of(&self, filter: &Filter) -> &[String] {
        (filter.values)(self)
    }

    /// Puts back the values of a column, as [`Self::of`] gives them.
    pub(super) fn put(&mut self, column: &str, values: Vec<String>) {
        let list = match column {
            "kind" => {
                self.kind = values.into_iter().next().unwrap_or_default();
                return;
            }
            "unit" => &mut self.unit,
            "department" => &mut self.department,
            "author" => &mut self.author,
            "line" => &mut self.line,
            "tag" => &mut self.tag,
            "cause" => &mut self.cause,
            "series" => &mut self.series,
            "folder" => &mut self.folder,
            "court" => &mut self.court,
            "case_type" => &mut self.case_type,
            "level" => &mut self.level,
            "form" => &mut self.form,
            "rank" => &mut self.rank,
            "case_level" => &mut self.case_level,
            "state" => &mut self.state,
            _ => return,
        };
        *list = values;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_filter_has_names_of_its_own_and_a_place_of_its_own() {
        let names: Vec<&str> = FILTERS.iter().flat_map(|filter| filter.names).copied().collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(names.iter().all(|name| of_name(name).is_some()));
        let places: Vec<u8> = FILTERS
            .iter()
            .filter_map(|filter| filter.shown)
            .map(|(place, ..)| place)
            .collect();
        assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len());
    }

    #[test]
    fn what_a_column_gives_can_be_put_back() {
        for filter in facets() {
            let mut facets = Facets::default();
            facets.put(filter.column, vec![filter.column.to_owned()]);
            assert_eq!(facets.of(filter), [filter.column]);
        }
    }

    #[test]
    fn other_programs_and_readers_are_told_of_every_filter() {
        let file = |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let [search, records] = ["docs/search.md", "docs/record.schema.json"].map(file);
        let records: serde_json::Value = serde_json::from_str(&records).unwrap();
        for filter in &FILTERS {
            assert!(
                search.contains(&format!("`{}`", filter.name())),
                "docs/search.md: {filter:?}"
            );
            for name in filter.names.iter().filter(|name| !name.is_ascii()) {
                assert!(search.contains(name), "docs/search.md: {name}");
            }
            assert!(
                !records["properties"][filter.column].is_null(),
                "docs/record.schema.json: {filter:?}"
            );
        }
    }
}
