//! What the figures of the ledger are asked for: properties of documents and of their events.

use super::{Period, Standing};
use crate::record::{Adoption, Effect, Form, Level, Record};

/// A question to the ledger; what is `None` or false asks for nothing.
///
/// The first four ask for documents. Form, level, effect, standing and evidence ask for reports
/// with an event that has all of them; the figures of 已转化 and 成果认可 moreover want one of the
/// events that make the report count. The period is that of each figure's own date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The period.
    pub period: Period,
    /// 单位.
    pub unit: Option<String>,
    /// 部门.
    pub department: Option<String>,
    /// 作者, by name.
    pub person: Option<String>,
    /// 业务条线.
    pub line: Option<String>,
    /// 转化形式.
    pub form: Option<Form>,
    /// 层级 of an event, not the highest of its report.
    pub level: Option<Level>,
    /// 办理程度.
    pub effect: Option<Effect>,
    /// What the event amounts to; [`Standing::Nothing`] is 不计.
    pub standing: Option<Standing>,
    /// 只看待核实: events without evidence.
    pub unverified: bool,
}

impl Filter {
    /// Whether a document has the properties that are asked of documents.
    pub fn takes_document(&self, record: &Record) -> bool {
        let has =
            |wanted: &Option<String>, values: &[String]| wanted.as_ref().is_none_or(|value| values.contains(value));
        has(&self.unit, &record.units)
            && has(&self.department, &record.departments)
            && has(&self.line, &record.lines)
            && self
                .person
                .as_ref()
                .is_none_or(|name| record.authors.iter().any(|author| author.name == *name))
    }

    /// Whether an event has the properties that are asked of events, whenever it was.
    pub fn takes_event(&self, event: &Adoption, standing: Standing) -> bool {
        self.form.is_none_or(|form| form == event.form)
            && self.level.is_none_or(|level| Some(level) == event.level)
            && self.effect.is_none_or(|effect| Some(effect) == event.effect)
            && self.standing.is_none_or(|wanted| wanted == standing)
            && (!self.unverified || event.evidence.is_none())
    }

    /// Whether anything is asked of events, so that documents without a fitting one are out.
    pub fn asks_for_events(&self) -> bool {
        self.form.is_some()
            || self.level.is_some()
            || self.effect.is_some()
            || self.standing.is_some()
            || self.unverified
    }
}
