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

#[cfg(test)]
mod tests {
    use crate::adoption::targets::targets;
    use crate::record::date::Day;
    use crate::record::vocabulary::Light;
    use crate::settings::{Settings, Target};
    use jiff::civil::date;

    #[test]
    fn a_light_says_reached_underway_or_behind() {
        let now = date(2026, 11, 20);
        for (present, target, deadline, light) in [
            (Some("85.0%"), Some("85.0%"), "2026-12-31", Some(Light::Reached)),
            (Some("84.9%"), Some("85.0%"), "2026-12-31", Some(Light::Underway)),
            (Some("84.9%"), Some("85.0%"), "2026-11-20", Some(Light::Underway)),
            (Some("84.9%"), Some("85.0%"), "2026-11-19", Some(Light::Behind)),
            (Some("1,200 件"), Some("1000"), "2026-11", Some(Light::Reached)),
            (None, Some("10"), "2026-12-31", None),
            (Some("10"), None, "2026-12-31", None),
            (Some("良好"), Some("10"), "2026-12-31", None),
        ] {
            let settings = Settings {
                targets: vec![Target {
                    indicator: "甲".into(),
                    benchmark: None,
                    target: target.map(Into::into),
                    responsible: None,
                    deadline: Day::parse(deadline),
                    present: present.map(|value| (value.into(), None)),
                    measure: None,
                }],
                ..Settings::default()
            };
            assert_eq!(
                targets(&[], &settings, now)[0].light,
                light,
                "{present:?} {target:?} {deadline}"
            );
        }
    }
}
