//! The synonym groups: in blocks that few queries need, and hashes of their members that tell which queries these are.
//! `Bundle.synonyms` in `src/assets/client/bundle.js` reads both.

use super::Result;
use super::pack::Packer;
use super::suggest::file;
use crate::query::synonyms::Synonyms;
use std::collections::BTreeSet;

/// How many groups a block has on average.
const BLOCK: usize = 24;
/// How many places there are for the hash of a member: of so many other texts one passes.
const SPACE: usize = 512;

/// What the directory has of the groups.
pub(crate) struct Blocks {
    /// Paths of the blocks.
    pub(crate) paths: Vec<String>,
    /// Characters of the longest member.
    pub(crate) longest: u32,
    /// How many places hashes of members have: at least one.
    pub(crate) space: u32,
    /// The places of all members, in order.
    pub(crate) members: BTreeSet<u32>,
}

/// Hands out the blocks. A group stands in the block of each of its members, which their first two characters decide: those
/// that begin alike are often looked up together.
pub(crate) fn write(groups: &[Vec<String>], packer: &mut Packer<'_>) -> Result<Blocks> {
    let synonyms = Synonyms::new(groups);
    let count = synonyms.groups().len().div_ceil(BLOCK);
    let members: BTreeSet<&str> = synonyms
        .groups()
        .iter()
        .flatten()
        .map(|member| member.normal.as_str())
        .collect();
    let space = (members.len() * SPACE).max(1);
    let mut blocks: Vec<Vec<(usize, Vec<&str>)>> = vec![Vec::new(); count];
    for (number, group) in synonyms.groups().iter().enumerate() {
        let raw: Vec<&str> = group.iter().map(|member| member.raw.as_str()).collect();
        let at: BTreeSet<usize> = group.iter().map(|member| block(&member.normal, count)).collect();
        at.into_iter().for_each(|at| blocks[at].push((number, raw.clone())));
    }
    Ok(Blocks {
        paths: blocks.iter().map(|block| file(block, packer)).collect::<Result<_>>()?,
        longest: members.iter().map(|member| member.chars().count()).max().unwrap_or(0) as u32,
        space: space as u32,
        members: members
            .iter()
            .map(|member| hash(member.chars()) % space as u32)
            .collect(),
    })
}

/// Which of so many blocks has the groups of a member.
fn block(normal: &str, count: usize) -> usize {
    hash(normal.chars().take(2)) as usize % count
}

/// A hash of characters.
fn hash(letters: impl Iterator<Item = char>) -> u32 {
    letters.fold(7, |hash: u32, letter| {
        let mixed = hash
            .wrapping_mul(31)
            .wrapping_add(letter.into())
            .wrapping_mul(0x0100_0193);
        mixed ^ (mixed >> 15)
    })
}
