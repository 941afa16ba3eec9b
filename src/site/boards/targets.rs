//! 对标作战图: every indicator against its benchmark and its target.

use super::{Board, Boards};
use crate::adoption::targets::{Progress, targets};
use crate::record::vocabulary::Light;
use crate::site::words::shown;
use minijinja::{Value, context};

const PAGE: &str = "boards/targets.html";

impl Boards<'_> {
    /// The page.
    pub(super) fn targets(&self) -> String {
        let all = targets(&self.documents, self.site.settings, self.site.now);
        let count = |light| all.iter().filter(|progress| progress.light == Some(light)).count();
        let own = context! {
            lights => Light::ALL.iter().map(|light| context! {
                key => light.key(), text => self.site.words.name(*light), count => count(*light),
            }).collect::<Vec<_>>(),
            rows => all.iter().map(|progress| self.target(progress)).collect::<Vec<_>>(),
            unit => self.site.settings.unit.as_deref(),
        };
        self.page(Board::Targets, PAGE, "board-targets.html", own)
    }

    fn target(&self, progress: &Progress) -> Value {
        let words = self.site.words;
        let target = progress.target;
        let present = progress.present.as_ref();
        context! {
            indicator => &target.indicator,
            benchmark_unit => target.benchmark.as_ref().map(|(unit, _)| unit),
            benchmark => target.benchmark.as_ref().map(|(_, value)| value),
            target => &target.target,
            present => present.map(|present| &present.value),
            rate => present.and_then(|present| present.rate).map(|rate| format!("{}/{}", rate.part, rate.whole)),
            of => present.and_then(|present| present.date).map(|day| words.with("overview.until", "now", shown(day))),
            computed => present.is_some_and(|present| present.is_computed),
            measured_href => present.filter(|present| present.is_computed).map(|_| super::href(PAGE, Board::Overview.file())),
            responsible => &target.responsible,
            responsible_href => target.responsible.as_deref().and_then(|name| self.department_href(PAGE, name)),
            deadline => target.deadline.map(shown),
            light => progress.light.map(Light::key),
            light_text => progress.light.map(|light| words.name(light)),
        }
    }
}
