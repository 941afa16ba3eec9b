//! Synonym groups as the index carries them.

use crate::index::analyzer::units;
use crate::text::normalize;

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

    /// The first group with a member of this normal form: its number and its members.
    pub fn group_of(&self, normal: &str) -> Option<(usize, &[Member])> {
        let is = |member: &Member| member.normal == normal;
        self.groups
            .iter()
            .enumerate()
            .find(|(_, group)| group.iter().any(is))
            .map(|(at, group)| (at, group.as_slice()))
    }

    /// The members, in normal form, of the groups of which one stands inside of a text; those that stand there too are
    /// left out.
    pub fn inside(&self, normal: &str) -> Vec<String> {
        let within = |member: &Member| normal.contains(member.normal.as_str());
        let groups = self.groups.iter().filter(|group| group.iter().any(within));
        groups
            .flatten()
            .filter(|member| !within(member))
            .map(|member| member.normal.clone())
            .collect()
    }
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
