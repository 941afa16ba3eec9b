//! The synonym groups: in blocks that few queries need, and a filter that tells which queries these are.
//! `Bundle.synonyms` in `src/assets/client/bundle.js` reads both.

use super::Result;
use super::pack::Packer;
use super::suggest::file;
use crate::query::synonyms::Synonyms;
use std::collections::BTreeSet;

/// How many groups a block has on average.
const BLOCK: usize = 24;
/// Bits of the filter for each beginning of a member: two of a hundred others pass.
const BITS: usize = 12;

/// What the directory has of the groups.
pub(crate) struct Blocks {
    /// Paths of the blocks.
    pub(crate) paths: Vec<String>,
    /// A Bloom filter of the first two characters of each member.
    pub(crate) filter: Vec<u8>,
}

/// Hands out the blocks. A group stands in the block of each of its members.
pub(crate) fn write(groups: &[Vec<String>], packer: &mut Packer<'_>) -> Result<Blocks> {
    let synonyms = Synonyms::new(groups);
    let mut hashes = BTreeSet::new();
    let count = synonyms.groups().len().div_ceil(BLOCK);
    let mut blocks: Vec<Vec<(usize, Vec<&str>)>> = vec![Vec::new(); count];
    for (number, group) in synonyms.groups().iter().enumerate() {
        let members: Vec<&str> = group.iter().map(|member| member.raw.as_str()).collect();
        let own: BTreeSet<u32> = group.iter().map(|member| hash(&member.normal)).collect();
        let places: BTreeSet<usize> = own.iter().map(|&hash| place(hash, 0x85EB_CA6B, count)).collect();
        places
            .into_iter()
            .for_each(|at| blocks[at].push((number, members.clone())));
        hashes.extend(own);
    }
    let mut filter = vec![0; (hashes.len() * BITS).div_ceil(8)];
    let bits = filter.len() * 8;
    for hash in hashes {
        for factor in [1, 0x9E37_79B1] {
            let bit = place(hash, factor, bits);
            filter[bit >> 3] |= 1 << (bit & 7);
        }
    }
    let paths = blocks.iter().map(|block| file(block, packer)).collect::<Result<_>>()?;
    Ok(Blocks { paths, filter })
}

/// A hash of the first two characters of a normal form.
fn hash(normal: &str) -> u32 {
    let mix = |hash: u32, c: char| hash.wrapping_mul(31).wrapping_add(c.into()).wrapping_mul(0x0100_0193);
    normal.chars().take(2).fold(7, mix)
}

/// One of so many places.
fn place(hash: u32, factor: u32, places: usize) -> usize {
    (hash.wrapping_mul(factor) as usize) % places
}
