//! The scoring rules of the site file: points, deductions, vetoes.

use crate::record::date::Day;
use crate::record::fields::{Fields, Reader};
use crate::record::keys::Key;
use crate::record::quantity::Counted;
use crate::record::vocabulary::{Form, Level, Vocabulary};
use crate::yaml::Node;

/// A span of the calendar over which is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// 月.
    Month,
    /// 季度.
    Quarter,
    /// 半年.
    Half,
    /// 年.
    Year,
}

impl Vocabulary for Span {
    fn all() -> &'static [Self] {
        &[Span::Month, Span::Quarter, Span::Half, Span::Year]
    }

    fn read(text: &str) -> Option<Self> {
        Self::all()
            .iter()
            .copied()
            .find(|span| span.spellings().contains(&text.trim()))
    }

    fn names(self) -> (&'static str, &'static str) {
        (self.spellings()[0], self.spellings()[1])
    }

    fn spellings(self) -> &'static [&'static str] {
        match self {
            Span::Month => &["month", "月", "月度"],
            Span::Quarter => &["quarter", "季度", "季"],
            Span::Half => &["half", "半年", "半年度"],
            Span::Year => &["year", "年", "年度"],
        }
    }
}

/// Points for an event of a form, at a level or at any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    /// 转化形式.
    pub form: Form,
    /// 层级; none: every level that no other rule of the form names.
    pub level: Option<Level>,
    /// In hundredths of a point.
    pub points: i64,
}

/// What costs points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// 逾期未回复 or 逾期回复, which are computed, or the event of a manual entry.
    pub event: String,
    /// In hundredths of a point, positive.
    pub points: i64,
}

/// An event that rules a ranking out when it happens so often within a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veto {
    /// The event, as in a deduction.
    pub event: String,
    /// How often, at least 1.
    pub count: usize,
    /// Within which span of the calendar.
    pub period: Span,
}

/// 积分规则.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoring {
    /// The span that is ranked.
    pub period: Span,
    /// Points by form and level.
    pub points: Vec<Points>,
    pub deductions: Vec<Deduction>,
    /// 一票否决.
    pub vetoes: Vec<Veto>,
}

/// A manual entry of `scores.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Key or name of a person of the roster.
    pub person: Option<String>,
    /// 部门.
    pub department: Option<String>,
    /// When.
    pub date: Option<Day>,
    /// What happened.
    pub event: String,
    /// In hundredths of a point; negative: a deduction. None: as the rule of its event says.
    pub points: Option<i64>,
    /// 佐证材料.
    pub evidence: Option<String>,
}

const SCORING: &[Key] = &[
    Key::new("period", "周期", &[]),
    Key::new("points", "得分", &["加分"]),
    Key::new("deductions", "扣分", &[]),
    Key::new("veto", "一票否决", &["vetoes"]),
];
const POINTS: &[Key] = &[
    Key::new("form", "转化形式", &[]),
    Key::new("level", "层级", &[]),
    Key::new("points", "分值", &[]),
];
const EVENT: &[Key] = &[
    Key::new("event", "事项", &[]),
    Key::new("points", "分值", &[]),
    Key::new("count", "次数", &[]),
    Key::new("period", "周期", &[]),
];

/// Reads the rules; what can't be used is a diagnostic, and the rule is left out.
pub(super) fn read(reader: &Reader, node: &Node) -> Option<Scoring> {
    let fields = reader.fields(node, SCORING)?;
    let rules = |key: &str| {
        let nodes = fields.items(key).into_iter();
        nodes.filter_map(|node| reader.fields(node, EVENT)).collect::<Vec<_>>()
    };
    Some(Scoring {
        period: fields.choice("period").unwrap_or(Span::Year),
        points: fields
            .items("points")
            .into_iter()
            .filter_map(|node| points(&reader.fields(node, POINTS)?))
            .collect(),
        deductions: rules("deductions")
            .iter()
            .filter_map(|rule| {
                Some(Deduction {
                    event: rule.text("event")?,
                    points: hundredths(rule)?,
                })
            })
            .collect(),
        vetoes: rules("veto")
            .iter()
            .filter_map(|rule| {
                Some(Veto {
                    event: rule.text("event")?,
                    count: rule
                        .quantity("count", Counted::Times)
                        .and_then(|count| usize::try_from(count.value.value).ok())
                        .unwrap_or(1)
                        .max(1),
                    period: rule.choice("period").unwrap_or(Span::Year),
                })
            })
            .collect(),
    })
}

fn points(fields: &Fields) -> Option<Points> {
    Some(Points {
        form: fields.choice("form")?,
        level: fields.choice("level"),
        points: hundredths(fields)?,
    })
}

fn hundredths(fields: &Fields) -> Option<i64> {
    fields
        .quantity("points", Counted::Points)
        .map(|points| points.value.value)
}
