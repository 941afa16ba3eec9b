//! What the figures of the ledger are asked for: properties of documents and of their events.

use super::{Period, Standing};
use crate::record::{Adoption, Effect, Form, Level, Record};
use crate::settings::Settings;

/// A question to the ledger; what is `None` or false asks for nothing.
///
/// The first four ask for documents, and narrow every figure. Form, level and effect ask for events: they narrow the
/// rows and the figures that rest on events (已转化, 成果认可, 待核实, 领导批示), where one of the events that make the
/// report count must have all of them; 撰写 and 成效 stay as they are, so that a share keeps its denominator. What
/// events amount to, and whether they have evidence, narrows the rows alone: the figures tell that themselves. The
/// period is that of each figure's own date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Days, the first and the last one included.
    pub period: Period,
    /// 单位.
    pub unit: Option<String>,
    /// 部门.
    pub department: Option<String>,
    /// 作者, by name.
    pub person: Option<String>,
    /// 业务条线, or what several of them roll up to (刑事).
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
    pub fn takes_document(&self, record: &Record, settings: &Settings) -> bool {
        let has =
            |wanted: &Option<String>, values: &[String]| wanted.as_ref().is_none_or(|value| values.contains(value));
        let rolls_up =
            |line: &String, wanted: &String| line == wanted || settings.line_groups.get(line) == Some(wanted);
        has(&self.unit, &record.units)
            && has(&self.department, &record.departments)
            && self
                .line
                .as_ref()
                .is_none_or(|wanted| record.lines.iter().any(|line| rolls_up(line, wanted)))
            && self
                .person
                .as_ref()
                .is_none_or(|name| record.authors.iter().any(|author| author.name == *name))
    }

    /// Whether an event has the properties that narrow figures, whenever it was.
    pub fn takes_event(&self, event: &Adoption) -> bool {
        self.takes(event.form, event.level, event.effect)
    }

    /// Whether it takes an event of this form, level and effect.
    pub(super) fn takes(&self, form: Form, level: Option<Level>, effect: Option<Effect>) -> bool {
        self.form.is_none_or(|wanted| wanted == form)
            && self.level.is_none_or(|wanted| Some(wanted) == level)
            && self.effect.is_none_or(|wanted| Some(wanted) == effect)
    }

    /// Whether an event has the properties that narrow the rows alone.
    pub fn takes_row(&self, event: &Adoption, standing: Standing) -> bool {
        self.standing.is_none_or(|wanted| wanted == standing) && (!self.unverified || event.evidence.is_none())
    }
}
