//! Names that differ in variant characters or in a dot alone: 張偉 and 张伟, 买买提艾力 and 买买提·艾力 are found as one
//! and counted as two.

use crate::record::{Detail, Record, name};
use crate::settings::Person;
use crate::text::normalize;
use std::collections::BTreeMap;

/// A name that another record, or the roster, writes in another way.
pub(super) struct Variant<'a> {
    /// The key that it stands under.
    pub key: &'static str,
    pub name: &'a str,
    /// The usual spelling.
    pub other: &'a str,
}

/// How often each spelling stands, by the form that they share.
pub(super) struct Spellings<'a>(BTreeMap<String, BTreeMap<&'a str, usize>>);

impl<'a> Spellings<'a> {
    pub(super) fn of(records: impl Iterator<Item = &'a Record>, people: &'a [Person]) -> Self {
        let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        let listed = people.iter().map(|person| person.name.as_str());
        let named = records.flat_map(named).map(|(_, name)| name);
        for name in named.chain(listed) {
            *spellings.entry(shared(name)).or_default().entry(name).or_default() += 1;
        }
        Self(spellings)
    }

    /// The names of a record that stand elsewhere in another spelling, but for the usual one of each: with its dot,
    /// simplified, the one that most have.
    pub(super) fn variants<'r>(&self, record: &'r Record) -> Vec<Variant<'r>>
    where
        'a: 'r,
    {
        let variant = |(key, name): (&'static str, &'r str)| {
            let known = self.0.get(&shared(name))?.iter().map(|(&name, &count)| (name, count));
            let all = known.chain(std::iter::once((name, 0)));
            let usual = all.max_by_key(|&(name, count)| (name.contains(name::is_dot), is_simplified(name), count));
            let (other, _) = usual.filter(|(other, _)| *other != name)?;
            Some(Variant { key, name, other })
        };
        named(record).filter_map(variant).collect()
    }
}

/// What the spellings of one name share.
fn shared(name: &str) -> String {
    normalize(name).replace(name::is_dot, "")
}

fn is_simplified(name: &str) -> bool {
    normalize(name) == name
}

/// Everybody whom a record names, with the key.
fn named(record: &Record) -> impl Iterator<Item = (&'static str, &str)> {
    let authors = record.authors.iter().map(|author| ("authors", &*author.name));
    let (lead, team): (Option<&String>, &[String]) = match &record.detail {
        Detail::Topic(topic) => (topic.lead.as_ref(), &topic.team),
        _ => (None, &[]),
    };
    let lead = lead.into_iter().map(|name| ("lead", name.as_str()));
    let team = team.iter().map(|name| ("team", name.as_str()));
    authors.chain(lead).chain(team).filter(|(_, name)| !name.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    fn record(author: &str) -> Record {
        let text = format!("---\nkind: report\ntitle: 甲\nauthors: [{author}]\n---\n\n正文。\n");
        crate::record::read(&Source::of("甲".to_owned(), "甲.md".to_owned(), text)).0
    }

    fn person(name: &str) -> Person {
        Person {
            name: name.to_owned(),
            key: name.to_owned(),
            born: None,
            unit: None,
            department: None,
            posts: Vec::new(),
            mentor: None,
            honours: Vec::new(),
        }
    }

    #[test]
    fn a_name_is_near_where_only_its_spelling_differs() {
        for (elsewhere, roster, name, expected) in [
            ("张伟", "李娜", "張偉", Some("张伟")),
            ("李娜", "张伟", "張偉", Some("张伟")),
            ("張偉", "李娜", "张伟", None),
            ("买买提·艾力", "李娜", "买买提艾力", Some("买买提·艾力")),
            ("买买提艾力", "李娜", "买买提·艾力", None),
            ("张伟", "李娜", "张 伟", None),
            ("张伟", "张玮", "张炜", None),
        ] {
            let (other, own, people) = (record(elsewhere), record(name), [person(roster)]);
            let spellings = Spellings::of(std::iter::once(&other), &people);
            let found = spellings.variants(&own).into_iter().next().map(|variant| variant.other);
            assert_eq!(found, expected, "{name} beside {elsewhere} and {roster}");
        }
    }
}
