//! Names that differ in variant characters alone: 張偉 and 张伟 are searched as one and counted as two.

use crate::record::{Detail, Record};
use crate::text::normalize;
use std::collections::BTreeMap;

/// A name that another record writes in another way.
pub(super) struct Variant<'a> {
    /// The key that it stands under.
    pub key: &'static str,
    pub name: &'a str,
    /// The spelling that most have, or the simplified one.
    pub other: &'a str,
}

/// How often each spelling stands, by the form that they share.
pub(super) struct Spellings<'a>(BTreeMap<String, BTreeMap<&'a str, usize>>);

impl<'a> Spellings<'a> {
    pub(super) fn new(records: &[&'a Record]) -> Self {
        let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for (_, name) in records.iter().flat_map(|record| people(record)) {
            *spellings.entry(normalize(name)).or_default().entry(name).or_default() += 1;
        }
        spellings.retain(|_, names| names.len() > 1);
        Self(spellings)
    }

    /// The names of a record that stand elsewhere in another spelling, but for the usual one of each.
    pub(super) fn variants(&self, record: &'a Record) -> Vec<Variant<'a>> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let variant = |(key, name): (&'static str, &'a str)| {
            let form = normalize(name);
            let names = self.0.get(&form)?;
            let usual = names.iter().max_by_key(|(name, count)| (**name == form, **count));
            let other = usual.map(|(name, _)| *name).filter(|other| *other != name)?;
            Some(Variant { key, name, other })
        };
        people(record).filter_map(variant).collect()
    }
}

/// Everybody whom a record names, with the key.
fn people(record: &Record) -> impl Iterator<Item = (&'static str, &str)> {
    let authors = record.authors.iter().map(|author| ("authors", &*author.name));
    let (lead, team): (Option<&String>, &[String]) = match &record.detail {
        Detail::Topic(topic) => (topic.lead.as_ref(), &topic.team),
        _ => (None, &[]),
    };
    let lead = lead.into_iter().map(|name| ("lead", name.as_str()));
    let team = team.iter().map(|name| ("team", name.as_str()));
    authors.chain(lead).chain(team).filter(|(_, name)| !name.is_ascii())
}
