//! Every figure counted twice: by the program, and by a second, plain implementation of the rules that shares no code
//! with `src/adoption`, on random corpora. `JIANYAN_CORPORA` says how many (`scripts/long`: 2,000).

mod corpus;
mod deadlines;
mod kin;
mod outputs;
mod plain;
mod rows;
mod steps;

use corpus::Random;
use jianyan::adoption::overview::{adopted, benefits, funnel, honoured, issued_in, replies_of};
use jianyan::adoption::statistics::{Figure, statistics};
use jianyan::adoption::topics::youth;
use jianyan::adoption::{self, By, Documents, Figures, Filter, Measure, Period, Standing};
use jianyan::audience::Audience;
use jianyan::build::Loaded;
use plain::{Query, Recount};
use std::collections::BTreeMap;
use std::path::Path;

/// The reference day.
pub(crate) const NOW: &str = "2024-06-15";

fn corpora() -> u64 {
    std::env::var("JIANYAN_CORPORA").map_or(50, |number| number.parse().unwrap())
}

fn load(corpus: &Path, audience: Audience) -> Loaded {
    crate::loaded::load(corpus, audience, NOW)
}

/// The figures of a row by name, the marks of lower bounds among them.
fn numbers(figures: &Figures) -> BTreeMap<String, i64> {
    let mut numbers: BTreeMap<String, i64> = Measure::ALL
        .iter()
        .map(|measure| (measure.key().to_owned(), figures.of(*measure).value))
        .collect();
    numbers.insert("people at least".into(), figures.people.at_least.into());
    numbers.insert("amount at least".into(), figures.amount.at_least.into());
    numbers.retain(|_, number| *number != 0);
    numbers
}

/// The question as the program takes it.
fn filter(query: &Query) -> Filter {
    Filter {
        period: Period {
            since: query.since,
            until: query.until,
        },
        unit: query.unit.clone(),
        department: query.department.clone(),
        person: query.person.clone(),
        line: query.line.clone(),
        form: query.form,
        level: query.level,
        effect: query.effect,
        standing: None,
        unverified: false,
    }
}

fn compare_ledger(recount: &Recount, documents: &Documents, query: &Query, what: &str) {
    for &by in By::ALL {
        let found = adoption::filtered(documents, recount.settings, by, &filter(query));
        let wanted = recount.ledger(by, query);
        let context = format!("{what}: by {}, {query:?}", by.key());
        assert_eq!(numbers(&found.total), wanted.total, "total, {context}");
        assert_eq!(numbers(&found.unplaced), wanted.unplaced, "unplaced, {context}");
        let rows: BTreeMap<String, BTreeMap<String, i64>> = found
            .rows
            .iter()
            .map(|row| (row.key.clone(), numbers(&row.figures)))
            .collect();
        assert_eq!(rows, wanted.rows, "rows, {context}");
    }
}

fn compare_replies(recount: &Recount, documents: &Documents, period: Period, what: &str) {
    let found = adoption::replies(documents, recount.settings, recount.now);
    assert_eq!(steps::named(&found), recount.replies(&Query::default()), "{what}");
    let of_period = replies_of(documents, recount.settings, recount.now, period);
    let query = Query {
        since: period.since,
        until: period.until,
        ..Query::default()
    };
    assert_eq!(steps::named(&of_period), recount.replies(&query), "{what}, {period:?}");
    let owed: Vec<(String, String)> = adoption::owed(documents, recount.settings, recount.now)
        .iter()
        .map(|reply| (reply.record.id.clone(), reply.due.date.to_string()))
        .collect();
    assert_eq!(owed, recount.owed(), "{what}");
    let overdue = adoption::overdue(documents, recount.settings, recount.now);
    assert_eq!(overdue, recount.overdue(), "{what}");
}

fn compare_statistics(recount: &Recount, documents: &Documents, query: &Query, what: &str) {
    let period = filter(query).period;
    let found = statistics(documents, recount.settings, period, recount.now);
    let name = |figure: &Figure| format!("{figure:?}");
    let figures: BTreeMap<String, i64> = found
        .figures
        .iter()
        .map(|(figure, stated)| (name(figure), stated.sum.value))
        .collect();
    assert_eq!(figures, recount.statistics(query), "{what}: stats {query:?}");
    for (figure, stated) in &found.figures {
        let listed: i64 = stated.basis.iter().map(|basis| basis.sum.value).sum();
        assert_eq!(listed, stated.sum.value, "{what}: what stands behind {figure:?}");
    }
}

fn compare_overview(recount: &Recount, documents: &Documents, query: &Query, what: &str) {
    let period = filter(query).period;
    let ids = |indices: &[usize]| -> Vec<String> { indices.iter().map(|&at| documents[at].0.id.clone()).collect() };
    let funnel = funnel(documents, recount.settings, period);
    let steps = [funnel.written, funnel.submitted, funnel.adopted, funnel.implemented].map(|step| ids(&step));
    assert_eq!(steps, recount.funnel(query), "{what}: funnel {query:?}");
    let mut decided: Vec<String> = adopted(documents, period)
        .iter()
        .map(|one| documents[one.document].0.id.clone())
        .collect();
    decided.sort();
    assert_eq!(decided, recount.adopted(query), "{what}: adopted {query:?}");
    let mut cases: Vec<(String, String)> = honoured(documents, period)
        .iter()
        .map(|case| (documents[case.document].0.id.clone(), format!("{:?}", case.rung())))
        .collect();
    cases.sort();
    assert_eq!(cases, recount.honoured(query), "{what}: honours {query:?}");
    let issued = ids(&issued_in(documents, period));
    assert_eq!(issued, recount.issued(query), "{what}: issued {query:?}");
    let sums = benefits(documents, period);
    let total = |of: &dyn Fn(&adoption::overview::Benefit) -> i64| sums.iter().map(of).sum::<i64>();
    let found = (
        total(&|one| one.people.map_or(0, |sum| sum.value)),
        total(&|one| one.amount.map_or(0, |sum| sum.value)),
    );
    assert_eq!(found, recount.benefits(query), "{what}: benefits {query:?}");
    let young = youth(documents, recount.settings);
    assert_eq!((young.projects, young.results.done), recount.youth(), "{what}: youth");
}

fn compare_events(recount: &Recount, documents: &Documents, query: &Query, what: &str) {
    for standing in [
        None,
        Some(Standing::Adopted),
        Some(Standing::Recognised),
        Some(Standing::Nothing),
    ] {
        let filter = Filter {
            standing,
            ..filter(query)
        };
        let mut found: Vec<(String, usize)> = adoption::events(documents, recount.settings, &filter)
            .iter()
            .map(|event| (documents[event.document].0.id.clone(), event.at))
            .collect();
        found.sort();
        let wanted = recount.events(query, standing.map(|standing| standing as usize));
        assert_eq!(found, wanted, "{what}: events {query:?} {standing:?}");
    }
}

#[test]
fn every_figure_is_that_of_a_plain_recount() {
    let mut seen = Measure::ALL.map(|_| 0);
    for seed in 0..corpora() {
        let mut random = Random::new(seed);
        let folder = tempfile::tempdir().unwrap();
        random.write(folder.path());
        for audience in [Audience::Internal, Audience::Public] {
            let loaded = load(folder.path(), audience);
            let records: Vec<_> = loaded.entries.iter().map(|entry| entry.document.record()).collect();
            let documents: Vec<_> = records
                .iter()
                .copied()
                .zip(loaded.entries.iter().map(|entry| &entry.outcome))
                .collect();
            let recount = Recount::new(&records, &loaded.settings, loaded.now);
            let what = format!("seed {seed}, {audience:?}");
            let mut queries = vec![Query::default()];
            queries.extend((0..4).map(|_| random.query()));
            for query in &queries {
                compare_ledger(&recount, &documents, query, &what);
                compare_events(&recount, &documents, query, &what);
                let period = Query {
                    since: query.since,
                    until: query.until,
                    ..Query::default()
                };
                compare_replies(&recount, &documents, filter(&period).period, &what);
                compare_statistics(&recount, &documents, &period, &what);
                compare_overview(&recount, &documents, &period, &what);
            }
            let total = adoption::ledger(&documents, &loaded.settings, By::Year, Period::default()).total;
            for (seen, measure) in seen.iter_mut().zip(Measure::ALL) {
                *seen += total.of(measure).value;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "every figure was met: {seen:?}");
}
