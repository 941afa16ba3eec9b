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
