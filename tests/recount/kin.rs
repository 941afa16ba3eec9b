//! What documents are to one another: copies, versions, chains.

use crate::recount::plain::{Figure, Recount, amount, people, recommendation};
use jianyan::record::{Detail, Kind, Record};
use std::collections::BTreeSet;

impl<'a> Recount<'a> {
    /// A document and its copy, which has its name and 副本 behind it.
    pub(super) fn alike(&self, record: &Record) -> Vec<&'a Record> {
        let name = record.id.trim_end_matches(" - 副本");
        let both = [name.to_owned(), format!("{name} - 副本")];
        both.iter().filter_map(|id| self.find(id)).collect()
    }

    /// Of a document and its copy the one that says more; where both say the same, the document.
    pub(super) fn original(&self, record: &Record) -> &'a Record {
        let alike = self.alike(record);
        let more = alike
            .iter()
            .copied()
            .max_by_key(|one| (said(one), !one.id.ends_with("副本")));
        more.unwrap()
    }

    pub(super) fn is_copy(&self, record: &Record) -> bool {
        self.copies.contains(&record.id)
    }

    /// The document that counts for an id.
    pub(super) fn counted(&self, id: &str) -> Option<&'a Record> {
        self.find(id).map(|record| self.original(record))
    }

    pub(super) fn finished(&self) -> impl Iterator<Item = &'a Record> + '_ {
        self.records
            .iter()
            .copied()
            .filter(|record| !record.draft && !self.is_copy(record))
    }

    /// Whether a document names another as its older version.
    pub(super) fn names_as_older(&self, newer: &Record, older: &Record) -> bool {
        let mut ids = newer.supersedes.iter().filter_map(|id| self.counted(id));
        ids.any(|one| one.id == older.id)
    }

    /// Whether a document replaces another, by way of others too.
    pub(super) fn replaces(&self, newer: &Record, wanted: &Record, known: &mut BTreeSet<String>) -> bool {
        if !known.insert(newer.id.clone()) {
            return false;
        }
        let older: Vec<&Record> = self.finished().filter(|one| self.names_as_older(newer, one)).collect();
        older.iter().any(|one| one.id == wanted.id) || older.iter().any(|one| self.replaces(one, wanted, known))
    }

    /// The newer versions of a record: those that name it, and are of its kind; none that it replaces itself.
    pub(super) fn newer(&self, record: &Record) -> Vec<&'a Record> {
        self.newer.get(&record.id).cloned().unwrap_or_default()
    }

    pub(super) fn search_newer(&self, record: &Record) -> Vec<&'a Record> {
        self.finished()
            .filter(|other| other.id != record.id && other.kind == record.kind)
            .filter(|other| self.names_as_older(other, record))
            .filter(|other| !self.replaces(record, other, &mut BTreeSet::new()))
            .collect()
    }

    pub(super) fn is_superseded(&self, record: &Record) -> bool {
        !self.newer(record).is_empty()
    }

    /// All newest versions of a document.
    pub(super) fn newest(&self, record: &'a Record) -> Vec<&'a Record> {
        let newer = self.newer(record);
        if newer.is_empty() {
            return vec![record];
        }
        newer.into_iter().flat_map(|one| self.newest(one)).collect()
    }

    /// The one newest version that a document belongs to: by the first of those that replace it.
    pub(super) fn version(&self, record: &'a Record) -> &'a Record {
        match self.newer(record).first() {
            Some(newer) => self.version(newer),
            None => record,
        }
    }

    /// All versions of a report or a case.
    pub(super) fn versions(&self, record: &'a Record) -> Vec<&'a Record> {
        self.versions.get(&record.id).cloned().unwrap_or_default()
    }

    pub(super) fn search_versions(&self, record: &'a Record) -> Vec<&'a Record> {
        let newest = self.version(record);
        let all = self.finished().filter(|other| other.kind == record.kind);
        all.filter(|other| self.version(other).id == newest.id).collect()
    }

    /// Whether two documents are neighbours in a chain, by what the first or its copy says.
    pub(super) fn joins(&self, one: &Record, other: &Record) -> bool {
        self.alike(one).into_iter().any(|one| self.leads(one, other))
    }

    /// Whether two documents are neighbours in a chain, by what the first says.
    pub(super) fn leads(&self, one: &Record, other: &Record) -> bool {
        let made = |kind| matches!(kind, Kind::Report | Kind::Recommendation);
        let pair = one.kind == Kind::Case && made(other.kind) || other.kind == Kind::Case && made(one.kind);
        let names = |ids: &[String]| {
            let mut counted = ids.iter().filter_map(|id| self.counted(id));
            counted.any(|named| named.id == other.id)
        };
        let own = match &one.detail {
            Detail::Report(report) => report.adoptions.iter().any(|event| {
                let by_number = || {
                    self.named(event)
                        .into_iter()
                        .any(|named| recommendation(other).is_some_and(|one| std::ptr::eq(one, named)))
                };
                names(&event.leads_to) || by_number()
            }),
            Detail::Recommendation(recommendation) => names(recommendation.source.as_slice()),
            _ => false,
        };
        own || names(&one.supersedes) || pair && names(&one.related)
    }

    pub(super) fn chain(&self, record: &Record) -> BTreeSet<&'a str> {
        let mut chain: BTreeSet<&str> = self
            .records
            .iter()
            .filter(|other| other.id == record.id)
            .map(|other| other.id.as_str())
            .collect();
        loop {
            let known: Vec<&Record> = chain.iter().filter_map(|id| self.find(id)).collect();
            let before = chain.len();
            for other in self.finished() {
                if known.iter().any(|one| self.joins(one, other) || self.joins(other, one)) {
                    chain.insert(&other.id);
                }
            }
            if chain.len() == before {
                return chain;
            }
        }
    }

    /// Whether a figure of 成效 counts here: it is the latest of its chain, then the larger, then the first by id.
    pub(super) fn search_benefit(&self, record: &Record, of: fn(&Record) -> Option<Figure>) -> Option<Figure> {
        let own = of(record)?;
        let chain = self.chain(record);
        let later = |other: &Record| {
            of(other).is_some_and(|(value, _)| {
                (other.date, value) > (record.date, own.0)
                    || (other.date, value) == (record.date, own.0) && other.id < record.id
            })
        };
        let others = self
            .finished()
            .filter(|other| other.id != record.id && chain.contains(other.id.as_str()));
        (!others.into_iter().any(later)).then_some(own)
    }
}

/// How many entries a document has that count.
fn said(record: &Record) -> usize {
    let benefits = usize::from(people(record).is_some()) + usize::from(amount(record).is_some());
    let of_kind = match &record.detail {
        Detail::Report(report) => report.adoptions.len(),
        Detail::Recommendation(one) => usize::from(one.reply.is_some()) + usize::from(one.rectification.is_some()),
        _ => 0,
    };
    benefits + of_kind + record.honours.len()
}
