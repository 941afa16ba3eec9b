//! Days off and days that are worked: the office's own, and those that the State Council has laid down.

use crate::diagnostic::Severity;
use crate::record::fields::Fields;
use crate::settings::Settings;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;

/// The statutory calendar, with its sources.
const STATUTORY: &str = include_str!("../assets/data/holidays.txt");

/// What stands for the statutory calendar among the days off.
const NAMES: [&str; 3] = ["法定", "法定节假日", "statutory"];

/// Takes over `holidays` and `workdays`. The office's own days come before the statutory ones.
pub(super) fn read(fields: &Fields, settings: &mut Settings) {
    let (holidays, statutory) = days(fields, "holidays");
    let (workdays, _) = days(fields, "workdays");
    if statutory {
        (settings.holidays, settings.workdays) = self::statutory();
    }
    settings.workdays.retain(|day| !holidays.contains(day));
    settings.holidays.retain(|day| !workdays.contains(day));
    settings.holidays.extend(holidays);
    settings.workdays.extend(workdays);
}

/// The days of a list, spans (2024-05-01/2024-05-05) included, and whether it names the statutory ones.
fn days(fields: &Fields, key: &'static str) -> (BTreeSet<Date>, bool) {
    let reader = fields.reader();
    let (mut days, mut statutory) = (BTreeSet::new(), false);
    for node in fields.items(key) {
        let Some(text) = reader.text(node, key) else { continue };
        if key == "holidays" && NAMES.contains(&text.as_str()) {
            statutory = true;
        } else if let Some((first, last)) = text.split_once('/').filter(|(first, _)| first.contains('-')) {
            match (first.trim().parse::<Date>(), last.trim().parse::<Date>()) {
                (Ok(first), Ok(last)) if first <= last && first.year() + 1 >= last.year() => {
                    days.extend(span(first, last));
                }
                _ => reader.tell(
                    Severity::Error,
                    "not-a-date",
                    &node.span,
                    &[("key", key), ("value", &text)],
                ),
            }
        } else {
            days.extend(reader.day(node, key).map(|day| day.date));
        }
    }
    (days, statutory)
}

fn span(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |day| *day <= last)
}

/// The statutory days off, and the weekend days that are worked for them.
pub(super) fn statutory() -> (BTreeSet<Date>, BTreeSet<Date>) {
    let (mut holidays, mut workdays) = (BTreeSet::new(), BTreeSet::new());
    for line in STATUTORY.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let (Some(year), Some(kind), Some(days)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let (first, last) = days.split_once('/').unwrap_or((days, days));
        let day = |day: &str| format!("{year}-{day}").parse::<Date>();
        if let (Ok(first), Ok(last)) = (day(first), day(last)) {
            match kind {
                "W" => workdays.extend(span(first, last)),
                _ => holidays.extend(span(first, last)),
            }
        }
    }
    (holidays, workdays)
}

/// Whether an office works on a day.
pub(crate) fn is_workday(settings: &Settings, day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    !settings.holidays.contains(&day) && (!weekend || settings.workdays.contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_weekend(day: &Date) -> bool {
        matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    #[test]
    fn days_that_are_worked_are_weekend_days_and_no_days_off() {
        let (holidays, workdays) = statutory();
        assert!(workdays.iter().all(is_weekend));
        assert!(workdays.is_disjoint(&holidays));
        for year in 2020..=2027 {
            assert!(holidays.iter().any(|day| day.year() == year), "{year}");
        }
    }

    /// Every statutory day and every weekend day that is worked gives one day of the week off.
    #[test]
    fn each_year_adds_up() {
        let (holidays, workdays) = statutory();
        for year in 2020..=2026 {
            let free = holidays
                .iter()
                .filter(|day| day.year() == year && !is_weekend(day))
                .count();
            let worked = workdays.iter().filter(|day| day.year() == year).count();
            let by_law = match year {
                // 31 January was given in addition, and for 1 February, that was to be worked, nobody had to.
                2020 => 11 + 2,
                ..=2024 => 11,
                _ => 13,
            };
            assert_eq!(free, by_law + worked, "{year}");
        }
    }
}
