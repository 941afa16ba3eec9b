//! Values that are nearly another's: 城溪县检察院 beside 城溪县人民检察院, 公益诉讼部 beside 公益诉讼检察部. They are counted apart.

use crate::record::Record;
use std::collections::BTreeMap;

/// Characters of a value below which nothing is near to it.
const SHORTEST: usize = 4;

/// A value that most write in another way.
pub(super) struct Near<'a> {
    /// The key that it stands under.
    pub key: &'static str,
    /// As it stands.
    pub value: &'a str,
    /// As most write it.
    pub other: &'a str,
    /// How many documents do.
    pub count: usize,
}

/// A key whose values are compared, with the characters that one spelling of a value may leave out.
struct Compared {
    key: &'static str,
    left_out: &'static str,
    values: fn(&Record) -> &[String],
}

/// Of units and departments whole words are left out; of tags any one character may be.
const COMPARED: [Compared; 3] = [
    Compared {
        key: "unit",
        left_out: "人民",
        values: |record| &record.units,
    },
    Compared {
        key: "departments",
        left_out: "检察办案工作业务",
        values: |record| &record.departments,
    },
    Compared {
        key: "tags",
        left_out: "",
        values: |record| &record.tags,
    },
];

/// How often each value stands, by key, and in groups of those that may be one.
pub(super) struct Values<'a>(Vec<BTreeMap<String, BTreeMap<&'a str, usize>>>);

impl<'a> Values<'a> {
    /// Those of records.
    pub(super) fn of(records: impl Iterator<Item = &'a Record> + Clone) -> Self {
        let groups = COMPARED.iter().map(|compared| {
            let mut groups: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
            for value in records.clone().flat_map(compared.values).filter(|value| is_long(value)) {
                for shared in compared.shared(value) {
                    *groups.entry(shared).or_default().entry(value).or_default() += 1;
                }
            }
            groups
        });
        Self(groups.collect())
    }

    /// The values of a record that most write in another way.
    pub(super) fn near<'r>(&self, record: &'r Record) -> Vec<Near<'r>>
    where
        'a: 'r,
    {
        let mut found = Vec::new();
        for (compared, groups_of) in COMPARED.iter().zip(&self.0) {
            for value in (compared.values)(record).iter().filter(|value| is_long(value)) {
                let shared = compared.shared(value);
                let groups = shared.iter().filter_map(|shared| groups_of.get(shared));
                let others = groups.flatten().filter(|(other, _)| compared.is_one(value, other));
                if let Some((&other, &count)) = others.max_by_key(|(other, count)| (**count, other.len())) {
                    // Every value is in the first of its groups.
                    let own = shared
                        .first()
                        .and_then(|shared| groups_of.get(shared)?.get(value.as_str()));
                    let own = own.copied().unwrap_or(0);
                    if (count, other.len()) > (own, value.len()) {
                        found.push(Near {
                            key: compared.key,
                            value,
                            other,
                            count,
                        });
                    }
                }
            }
        }
        found
    }
}

fn is_long(value: &str) -> bool {
    value.chars().count() >= SHORTEST
}

impl Compared {
    /// What values that may be one have in common: of a tag itself and every text that lacks one of its characters.
    fn shared(&self, value: &str) -> Vec<String> {
        if !self.left_out.is_empty() {
            return vec![
                value
                    .chars()
                    .filter(|letter| !self.left_out.contains(*letter))
                    .collect(),
            ];
        }
        let whole = std::iter::once(value.to_owned());
        let lacking = value.char_indices().map(|(at, letter)| {
            let (before, rest) = value.split_at(at);
            format!("{before}{}", &rest[letter.len_utf8()..])
        });
        whole.chain(lacking).collect()
    }

    /// Whether one of two values leaves out what the other has.
    fn is_one(&self, value: &str, other: &str) -> bool {
        let (short, long) = if value.len() < other.len() {
            (value, other)
        } else {
            (other, value)
        };
        let (counts, mut rest) = (long.chars().count() - short.chars().count(), short.chars().peekable());
        let left: Vec<char> = long
            .chars()
            .filter(|letter| rest.next_if_eq(letter).is_none())
            .collect();
        let fits = match self.left_out {
            "" => {
                counts == 1
                    && !left
                        .iter()
                        .any(|letter| letter.is_ascii() || "一二三四五六七八九十不非未无罪".contains(*letter))
            }
            words => counts > 1 && left.iter().all(|letter| words.contains(*letter)),
        };
        value != other && rest.peek().is_none() && fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    fn record(key: &str, value: &str, at: usize) -> Record {
        let text = format!("---\nkind: report\ntitle: 甲\n{key}: [{value}]\n---\n\n正文。\n");
        crate::record::read(&Source::of(format!("{at}"), format!("{at}.md"), text)).0
    }

    #[test]
    fn a_value_that_leaves_out_what_others_write_is_near() {
        for (key, values, expected) in [
            (
                "unit",
                ["城溪县人民检察院", "城溪县人民检察院", "城溪县检察院"],
                Some(("城溪县检察院", "城溪县人民检察院")),
            ),
            (
                "unit",
                ["城溪县人民检察院", "城溪县检察院", ""],
                Some(("城溪县检察院", "城溪县人民检察院")),
            ),
            ("unit", ["青石县人民检察院", "青田县人民检察院", ""], None),
            ("unit", ["澄溪市人民检察院", "澄溪市城关区人民检察院", ""], None),
            (
                "departments",
                ["公益诉讼检察部", "公益诉讼检察部", "公益诉讼部"],
                Some(("公益诉讼部", "公益诉讼检察部")),
            ),
            ("departments", ["第一检察部", "第十一检察部", "第一业务部"], None),
            (
                "tags",
                ["未成年人保护", "未成年人保护", "未成年保护"],
                Some(("未成年保护", "未成年人保护")),
            ),
            ("tags", ["电信网络诈骗", "网络诈骗", ""], None),
            ("tags", ["盗窃案件", "盗窃案", ""], None),
            ("tags", ["合同诈骗", "合同诈骗罪", ""], None),
        ] {
            let records: Vec<Record> = values
                .iter()
                .enumerate()
                .filter(|(_, value)| !value.is_empty())
                .map(|(at, value)| record(key, value, at))
                .collect();
            let known = Values::of(records.iter());
            let found: Vec<(&str, &str)> = records
                .iter()
                .flat_map(|record| known.near(record))
                .map(|near| (near.value, near.other))
                .collect();
            assert_eq!(found, Vec::from_iter(expected), "{values:?}");
        }
    }
}
