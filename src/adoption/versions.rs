//! Versions of one report or case: they count once. What counts stands where it is entered: a report counts in the
//! version that has the first qualifying event, a case in the one that has the highest honour.

use super::counted::adoptions;
use super::outcome::{Deciding, Outcome, Standing, case_honour, order};
use crate::check::Directory;
use crate::record::{Adoption, Kind, Record};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Joins what the versions of each report and of each case amount to.
pub(super) fn join(records: &[&Record], directory: &Directory, outcomes: &mut [Outcome]) {
    let mut families: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let counts = !record.draft && directory.copy_of(at).is_none();
        if counts && matches!(record.kind, Kind::Report | Kind::Case) {
            families.entry(directory.version(at)).or_default().push(at);
        }
    }
    for (newest, family) in families.iter().filter(|(_, family)| family.len() > 1) {
        match records[*newest].kind {
            Kind::Case => join_cases(*newest, family, records, outcomes),
            _ => join_reports(*newest, family, records, outcomes),
        }
    }
}

/// The case counts in the version with the highest honour; of equal ones the earliest, then that of the newest version.
fn join_cases(newest: usize, family: &[usize], records: &[&Record], outcomes: &mut [Outcome]) {
    let honoured = family.iter().filter_map(|&at| Some((at, case_honour(records[at])?)));
    let highest =
        honoured.min_by_key(|&(at, (honour, rank))| (Reverse((honour.level, rank)), order(honour.date), at != newest));
    let Some((highest, _)) = highest else { return };
    for &at in family.iter().filter(|&&at| at != highest) {
        outcomes[at].honour_elsewhere = true;
    }
}

/// The report counts in the version with the first of the events that decide; of one day that of the newest version.
fn join_reports(newest: usize, family: &[usize], records: &[&Record], outcomes: &mut [Outcome]) {
    let standing = family.iter().map(|&at| outcomes[at].standing).max();
    let Some(standing) = standing.filter(|standing| *standing != Standing::Nothing) else {
        return;
    };
    let deciding = |at: usize| {
        let outcome = &outcomes[at];
        let events = adoptions(records[at]).iter().enumerate();
        let decides = move |(place, _): &(usize, &Adoption)| outcome.events[*place] == standing;
        events
            .filter(decides)
            .map(move |(place, event)| (place, event, outcome))
    };
    let first = |at: usize| {
        let days = deciding(at).filter_map(|(place, _, outcome)| outcome.days[place]);
        days.min_by_key(|day| day.order())
    };
    let holders = family.iter().filter(|&&at| deciding(at).next().is_some());
    let holder = holders.min_by_key(|&&at| (order(first(at)), at != newest)).copied();
    let all: Vec<(usize, Deciding)> = family
        .iter()
        .flat_map(|&at| {
            deciding(at).map(move |(place, event, outcome)| {
                let one = Deciding {
                    form: event.form,
                    level: event.level,
                    effect: event.effect,
                    evidence: event.evidence.is_some(),
                    carried_out: outcome.carried_out[place].is_some(),
                };
                (at, one)
            })
        })
        .collect();
    let is_adopted = standing == Standing::Adopted;
    let first = holder.and_then(first).filter(|_| is_adopted);
    let highest = all.iter().filter_map(|(_, one)| one.level).max().filter(|_| is_adopted);
    let unverified = is_adopted && all.iter().all(|(_, one)| !one.evidence);
    for &at in family {
        let outcome = &mut outcomes[at];
        (outcome.standing, outcome.first, outcome.highest) = (standing, first, highest);
        outcome.unverified = unverified;
        outcome.elsewhere = Some(at) != holder;
        let others = all.iter().filter(|(other, _)| *other != at);
        outcome.versions = others.map(|(_, one)| *one).collect();
    }
}
