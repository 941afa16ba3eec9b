//! Bodies that one names in full and another in short: 澄溪县市场监管局 beside 澄溪县市场监督管理局, 民政局 beside
//! 澄溪县民政局. The board of recommendations counts them apart.

use super::near::Near;
use crate::record::{Detail, Record};
use std::collections::BTreeMap;

/// How a name may end, in short and in full.
const SHORT: [(&str, &str); 14] = [
    ("市场监管局", "市场监督管理局"),
    ("卫生健康委", "卫生健康委员会"),
    ("卫健委", "卫生健康委员会"),
    ("卫健局", "卫生健康局"),
    ("发改委", "发展和改革委员会"),
    ("发改局", "发展和改革局"),
    ("住建局", "住房和城乡建设局"),
    ("人社局", "人力资源和社会保障局"),
    ("文旅局", "文化和旅游局"),
    ("应急局", "应急管理局"),
    ("城管局", "城市管理局"),
    ("检察院", "人民检察院"),
    ("法院", "人民法院"),
    ("政府", "人民政府"),
];

/// With what the name of a public body ends; a school or a village without its place may be any.
const OFFICES: [&str; 6] = ["局", "委员会", "政府", "法院", "检察院", "办公室"];

/// With what the name of a place ends.
const PLACES: [char; 7] = ['省', '市', '县', '区', '州', '盟', '旗'];

/// The bodies that recommendations are made to, with the number of documents that name each so.
pub(super) struct Bodies<'a>(BTreeMap<&'a str, usize>);

impl<'a> Bodies<'a> {
    pub(super) fn of(records: impl Iterator<Item = &'a Record>) -> Self {
        let mut bodies = BTreeMap::new();
        for name in records.filter_map(addressee) {
            *bodies.entry(name).or_default() += 1;
        }
        Self(bodies)
    }

    /// The body of a record that others name in full. Where two may be meant, none is told.
    pub(super) fn near<'r>(&self, record: &'r Record) -> Option<Near<'r>>
    where
        'a: 'r,
    {
        let value = addressee(record)?;
        let fuller = || self.0.iter().filter(|(other, _)| is_fuller(value, other));
        let (&other, &count) = fuller().max_by_key(|(other, _)| (full(other).len(), other.len()))?;
        let one = full(other);
        fuller().all(|(other, _)| one.ends_with(&full(other))).then_some(Near {
            key: "addressee",
            value,
            other,
            count,
        })
    }
}

fn addressee(record: &Record) -> Option<&str> {
    match &record.detail {
        Detail::Recommendation(recommendation) => recommendation.addressee.as_deref(),
        _ => None,
    }
}

/// Whether another name says in full what one says: with its place, or without an abbreviation.
fn is_fuller(name: &str, other: &str) -> bool {
    // 某县 is any county.
    let is_masked = |name: &str| name.contains(['某', '×', '*', 'X']);
    if name == other || is_masked(name) || is_masked(other) {
        return false;
    }
    let (own, whole) = (full(name), full(other));
    let Some(place) = whole.strip_suffix(&own) else {
        return false;
    };
    if place.is_empty() {
        return other.len() > name.len();
    }
    let is_place = place.chars().count() > 1 && (place.ends_with(PLACES) || own.starts_with(PLACES));
    is_place && OFFICES.iter().any(|office| own.ends_with(office))
}

fn full(name: &str) -> String {
    let ending = SHORT.iter().find(|(short, _)| name.ends_with(short));
    match ending {
        Some((short, full)) if !name.ends_with(full) => format!("{}{full}", &name[..name.len() - short.len()]),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    fn record(addressee: &str) -> Record {
        let text = format!("---\nkind: recommendation\ntitle: 甲\naddressee: {addressee}\n---\n\n正文。\n");
        crate::record::read(&Source::of("甲".to_owned(), "甲.md".to_owned(), text)).0
    }

    #[test]
    fn a_body_is_near_to_the_one_that_is_named_in_full() {
        for (names, expected) in [
            (
                ["县民政局", "澄溪县民政局", "澄溪县教育局"].as_slice(),
                Some(("县民政局", "澄溪县民政局")),
            ),
            (&["民政局", "澄溪县民政局"], Some(("民政局", "澄溪县民政局"))),
            (
                &["澄溪县民政局", "东州市澄溪县民政局"],
                Some(("澄溪县民政局", "东州市澄溪县民政局")),
            ),
            (
                &["澄溪县检察院", "澄溪县人民检察院"],
                Some(("澄溪县检察院", "澄溪县人民检察院")),
            ),
            (
                &["澄溪县市场监管局", "澄溪县市场监督管理局"],
                Some(("澄溪县市场监管局", "澄溪县市场监督管理局")),
            ),
            (&["民政局", "澄溪县民政局", "青石县民政局"], None),
            (&["市民政局", "澄溪县民政局"], None),
            (&["青石县民政局", "青田县民政局"], None),
            (&["澄溪县教育局", "澄溪县教育体育局"], None),
            (&["县民政局", "某县民政局"], None),
            (&["第一小学", "澄溪县第一小学"], None),
            (&["澄溪县公安局", "澄溪县公安局交通警察大队"], None),
        ] {
            let records: Vec<Record> = names.iter().map(|name| record(name)).collect();
            let bodies = Bodies::of(records.iter());
            let found: Vec<(&str, &str)> = records
                .iter()
                .filter_map(|record| bodies.near(record))
                .map(|near| (near.value, near.other))
                .collect();
            assert_eq!(found, Vec::from_iter(expected), "{names:?}");
        }
    }
}
