//! Groups of files: deflated side by side, named by what they hold, handed out in order.

use super::memory::{self, Memory, Packed};
use super::{Error, Result, payload};
use crate::cache::{Key, Stamp};
use rayon::prelude::*;
use std::io;
use std::sync::mpsc::sync_channel;

/// Where the files of the bundle go: a path below `search/` and its bytes.
pub type Sink<'a> = dyn FnMut(&str, Vec<u8>) -> io::Result<()> + 'a;

/// Who takes the files of a bundle, and may have some of them from the last one.
pub struct Taker<'a> {
    /// Takes a file.
    pub put: &'a mut Sink<'a>,
    /// Says whether the file at a path below `search/` stands with this content, and keeps it if so.
    pub keep: &'a mut Keep<'a>,
}

/// Keeps a file that stands: its path below `search/` and its stamp.
pub type Keep<'a> = dyn FnMut(&str, &Stamp) -> bool + 'a;

/// Takes a group that was made.
pub(crate) type Emit<'a> = dyn FnMut(Vec<Raw>) -> Result<()> + 'a;

/// A file before it is deflated: its name within its group and its parts.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) name: String,
    pub(crate) parts: Vec<Vec<u8>>,
}

impl Raw {
    fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    fn deflate(&self) -> io::Result<Vec<u8>> {
        payload::deflate(&self.parts, payload::FAST)
    }
}

/// Raw bytes that wait for the next parallel round; what bounds the memory of a bundle.
const ROUND: usize = 4 << 20;

/// Groups that may be made ahead of the ones that are deflated.
const AHEAD: usize = 16;

/// Takes groups in order and hands out their files in that order.
pub(crate) struct Packer<'a, 't> {
    taker: &'a mut Taker<'t>,
    memory: &'a mut Memory,
    waiting: Vec<Vec<Raw>>,
    bytes: usize,
    hashes: Vec<[u8; 5]>,
    total: Total,
}

/// What a bundle comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Number of files.
    pub files: usize,
    /// Bytes of all of them.
    pub bytes: u64,
}

impl<'a, 't> Packer<'a, 't> {
    pub(crate) fn new(taker: &'a mut Taker<'t>, memory: &'a mut Memory) -> Self {
        Self {
            taker,
            memory,
            waiting: Vec::new(),
            bytes: 0,
            hashes: Vec::new(),
            total: Total::default(),
        }
    }

    /// Hands out all groups that a maker emits, while it makes the next; gives the names of the groups, five bytes
    /// each, and what the maker gives.
    pub(crate) fn groups<T: Send>(
        &mut self,
        make: impl FnOnce(&mut Emit<'_>) -> Result<T> + Send,
    ) -> Result<(Vec<[u8; 5]>, T)> {
        let (sender, receiver) = sync_channel::<Vec<Raw>>(AHEAD);
        std::thread::scope(|scope| {
            let maker = scope.spawn(move || make(&mut |group| sender.send(group).map_err(|_| Error::Stopped)));
            // Taking the receiver, so that a failure here stops the maker.
            let handed = receiver
                .into_iter()
                .try_for_each(|group| self.group(group))
                .and_then(|()| self.finish());
            // A panic of the maker goes on here, as it would have without a thread.
            let made = maker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ok((handed?, made?))
        })
    }

    /// Takes a group; its files come out in this or a later call.
    fn group(&mut self, files: Vec<Raw>) -> io::Result<()> {
        self.bytes += files.iter().map(Raw::len).sum::<usize>();
        self.waiting.push(files);
        if self.bytes >= ROUND { self.round() } else { Ok(()) }
    }

    /// Hands out a file of no group, named by its content, and gives its path.
    pub(crate) fn single(&mut self, parts: &[Vec<u8>]) -> io::Result<String> {
        let raw = Raw {
            name: String::new(),
            parts: parts.to_vec(),
        };
        let key = memory::key(std::slice::from_ref(&raw));
        if let Some(packed) = self.standing(key) {
            let path = payload::name(&packed.hash);
            self.memory.note(key, packed);
            return Ok(path);
        }
        let bytes = payload::deflate(parts, payload::SMALL)?;
        let hash = payload::short(blake3::hash(&bytes).as_bytes());
        let path = payload::name(&hash);
        let files = vec![self.put(path.clone(), payload::script(&path, &bytes))?];
        self.memory.note(key, Packed { hash, files });
        Ok(path)
    }

    /// A group whose files all stand from the last bundle; they are kept.
    fn standing(&mut self, key: Key) -> Option<Packed> {
        let packed = self.memory.find(key)?.clone();
        let stands = packed
            .files
            .iter()
            .all(|(path, stamp)| (self.taker.keep)(&format!("{path}.js"), stamp));
        if stands {
            self.total.files += packed.files.len();
            self.total.bytes += packed.files.iter().map(|(_, stamp)| stamp.size).sum::<u64>();
        }
        stands.then_some(packed)
    }

    /// Hands out the file of a fixed name.
    pub(crate) fn fixed(&mut self, path: &str, parts: &[Vec<u8>]) -> io::Result<()> {
        let bytes = payload::deflate(parts, payload::SMALL)?;
        self.put(path.to_owned(), payload::script(path, &bytes))?;
        Ok(())
    }

    /// Hands out what waits and gives the names of the groups so far.
    fn finish(&mut self) -> io::Result<Vec<[u8; 5]>> {
        self.round()?;
        Ok(std::mem::take(&mut self.hashes))
    }

    /// What was handed out so far.
    pub(crate) fn total(&self) -> Total {
        self.total
    }

    fn round(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let groups = std::mem::take(&mut self.waiting);
        let keys: Vec<Key> = groups.par_iter().map(|group| memory::key(group)).collect();
        let standing: Vec<Option<Packed>> = keys.iter().map(|&key| self.standing(key)).collect();
        let made: Vec<Option<Made>> = groups
            .into_par_iter()
            .zip(&standing)
            .map(|(group, standing)| standing.is_none().then(|| make(group)).transpose())
            .collect::<io::Result<_>>()?;
        for ((key, standing), made) in keys.into_iter().zip(standing).zip(made) {
            let packed = match (standing, made) {
                (Some(packed), _) => packed,
                (None, Some(made)) => self.hand_out(made)?,
                (None, None) => continue,
            };
            self.hashes.push(packed.hash);
            self.memory.note(key, packed);
        }
        Ok(())
    }

    fn hand_out(&mut self, made: Made) -> io::Result<Packed> {
        let mut files = Vec::with_capacity(made.files.len());
        for (path, script) in made.files {
            files.push(self.put(path, script)?);
        }
        Ok(Packed { hash: made.hash, files })
    }

    fn put(&mut self, path: String, bytes: Vec<u8>) -> io::Result<(String, Stamp)> {
        self.total.files += 1;
        self.total.bytes += bytes.len() as u64;
        let stamp = Stamp::of(&bytes);
        (self.taker.put)(&format!("{path}.js"), bytes)?;
        Ok((path, stamp))
    }
}

/// A group with its files, ready to be handed out.
struct Made {
    hash: [u8; 5],
    files: Vec<(String, Vec<u8>)>,
}

/// Deflates the files of a group, names it by them and writes their scripts.
fn make(group: Vec<Raw>) -> io::Result<Made> {
    let deflated: Vec<(String, Vec<u8>)> = group
        .into_par_iter()
        .map(|raw| raw.deflate().map(|bytes| (raw.name, bytes)))
        .collect::<io::Result<_>>()?;
    let mut hasher = blake3::Hasher::new();
    for (name, bytes) in &deflated {
        hasher
            .update(name.as_bytes())
            .update(&(bytes.len() as u64).to_le_bytes())
            .update(bytes);
    }
    let hash = payload::short(hasher.finalize().as_bytes());
    let folder = payload::name(&hash);
    let files = deflated.into_iter().map(|(name, bytes)| {
        let path = format!("{folder}/{name}");
        let script = payload::script(&path, &bytes);
        (path, script)
    });
    Ok(Made {
        hash,
        files: files.collect(),
    })
}
