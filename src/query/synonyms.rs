//! Synonym groups as the index carries them.

use crate::index::analyzer::units;
use crate::text::normalize;
use std::cmp::Reverse;

/// Members that stand inside of other words by chance (抗拒执行, 档案管理): they count where they are the whole word alone.
pub(crate) const WHOLE: [&str; 12] = [
    "拒执",
    "未检",
    "行检",
    "案管",
    "监居",
    "退查",
    "两高",
    "最高法",
    "反诈法",
    "消法",
    "环保法",
    "道交法",
];

/// The groups of an index, looked up by normal form.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    groups: Vec<Vec<Member>>,
}

/// One member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// As people write it.
    pub raw: String,
    /// Its normal form without white space at its ends.
    pub normal: String,
}

impl Synonyms {
    /// Takes groups of raw members. A member without a letter or a repeated one is left out, and so is a
    /// group of fewer than two.
    pub fn new(groups: &[Vec<String>]) -> Self {
        let groups = groups
            .iter()
            .map(|group| members(group))
            .filter(|group| group.len() > 1)
            .collect();
        Self { groups }
    }

    /// The groups, each by its number.
    pub fn groups(&self) -> &[Vec<Member>] {
        &self.groups
    }

    /// The first group with a member of this normal form: its number and its members.
    pub fn group_of(&self, normal: &str) -> Option<(usize, &[Member])> {
        let is = |member: &Member| member.normal == normal;
        self.groups
            .iter()
            .enumerate()
            .find(|(_, group)| group.iter().any(is))
            .map(|(at, group)| (at, group.as_slice()))
    }

    /// The groups of which a member stands inside of a text, the longest members first; where two overlap, the longer one
    /// counts. Members of one character stand inside of anything, and don't count; nor do those of [`WHOLE`].
    pub fn inside(&self, normal: &str) -> Vec<(usize, &[Member])> {
        let mut within: Vec<(usize, &Member)> = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            let here = |member: &&Member| normal.contains(member.normal.as_str()) && counts_inside(&member.normal);
            within.extend(group.iter().filter(here).map(|member| (number, member)));
        }
        within.sort_by_key(|(_, member)| Reverse(member.normal.chars().count()));
        let mut taken = vec![false; normal.len()];
        let mut found: Vec<(usize, &[Member])> = Vec::new();
        for (number, member) in within {
            for (at, text) in normal.match_indices(member.normal.as_str()) {
                let place = &mut taken[at..at + text.len()];
                if place.contains(&true) {
                    continue;
                }
                place.fill(true);
                if found.iter().all(|(known, _)| *known != number) {
                    found.push((number, &self.groups[number]));
                }
            }
        }
        found
    }
}

/// Whether a member tells something inside of a longer text.
fn counts_inside(member: &str) -> bool {
    member.chars().nth(1).is_some() && !WHOLE.contains(&member)
}

fn members(group: &[String]) -> Vec<Member> {
    let mut out: Vec<Member> = Vec::new();
    for raw in group {
        let normal = normalize(raw).trim().to_owned();
        if units(&normal).next().is_some() && !out.iter().any(|member| member.normal == normal) {
            out.push(Member {
                raw: raw.clone(),
                normal,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests;
