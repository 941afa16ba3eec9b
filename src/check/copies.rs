//! Tells of documents that are copies of others: which one counts, and what the others hold that it doesn't.

use super::corpus::{Place, Teller};
use crate::diagnostic::Severity;
use crate::record::keys::chinese_name;
use crate::record::{self, Detail, Quantity, Record};
use crate::text::normalize;

/// Tells that a document is a copy of the one that counts, by what they have in common, and each of its entries that
/// isn't there.
pub(super) fn tell(record: &Record, counts: &Record, teller: &Teller) {
    let path = |key: &str| Place::Path(vec![key.into()]);
    let (severity, first) = (Severity::Warning, counts.file.as_str());
    let number = record::copied_number(record, counts);
    match number.filter(|_| normalize(&record.title) != normalize(&counts.title)) {
        Some(number) => {
            let args = [("number", number), ("first", first)];
            teller.tell(severity, "duplicate-number", &path("number"), &args);
        }
        None => teller.tell(severity, "copy", &path("title"), &[("first", first)]),
    }
    let held = entries(counts);
    for (entry, line) in entries(record) {
        if !held.iter().any(|(other, _)| *other == entry) {
            let args = [
                ("key", entry.key),
                ("name", entry.name()),
                ("what", &*entry.what),
                ("first", first),
            ];
            teller.tell(severity, "copy-entry-uncounted", &Place::Line(line), &args);
        }
    }
}

/// Something that is counted: the key it stands under, and what it says.
#[derive(PartialEq, Eq)]
struct Entry {
    key: &'static str,
    what: String,
}

impl Entry {
    fn name(&self) -> &'static str {
        match self.key {
            "people" => "受益人数",
            "amount" => "挽回损失",
            key => chinese_name(key),
        }
    }
}

/// The entries of a document that are counted, with their lines.
fn entries(record: &Record) -> Vec<(Entry, u32)> {
    let entry = |key, what: &[Option<String>], line| {
        let what: Vec<&str> = what.iter().flatten().map(String::as_str).collect();
        let what = what.join(" ");
        (Entry { key, what }, line)
    };
    let figure = |quantity: &Quantity| Some(quantity.value.to_string());
    let text = |day: Option<record::date::Day>| day.map(|day| day.to_string());
    let benefits = &record.benefits;
    let people = benefits
        .people
        .iter()
        .map(|found| entry("people", &[figure(&found.value)], found.line));
    let amount = benefits.amount.iter().map(|found| {
        let yuan = found.value.value / 100;
        entry("amount", &[Some(yuan.to_string())], found.line)
    });
    let honours = record.honours.iter().map(|honour| {
        let what = [text(honour.date), Some(honour.title.clone())];
        entry("honours", &what, honour.line)
    });
    let mut all: Vec<(Entry, u32)> = people.chain(amount).chain(honours).collect();
    match &record.detail {
        Detail::Report(report) => all.extend(report.adoptions.iter().map(|event| {
            let named = [event.authority.clone(), event.number().map(str::to_owned)];
            let [authority, number] = named;
            let what = [text(event.date), Some(event.form.zh().to_owned()), authority, number];
            entry("adoptions", &what, event.line)
        })),
        Detail::Recommendation(one) => {
            all.extend(one.reply.iter().map(|reply| {
                let outcome = reply.outcome.map(|outcome| outcome.zh().to_owned());
                entry("reply", &[text(reply.date), outcome], reply.line)
            }));
            all.extend(one.rectification.iter().map(|found| {
                let outcome = found.outcome.map(|outcome| outcome.zh().to_owned());
                entry("rectification", &[text(found.date), outcome], found.line)
            }));
        }
        _ => {}
    }
    all
}
