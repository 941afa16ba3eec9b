//! Groups of files: deflated side by side, named by what they hold, handed out in order.

use super::memory::{Memory, Packed};
use super::payload::{self, Content};
use super::{Error, Result};
use crate::cache::{Key, Recipe, Stamp};
use crate::sink::Sink;
use rayon::prelude::*;
use std::io;
use std::sync::mpsc::sync_channel;

/// Takes a group that was made.
pub(crate) type Emit<'a> = dyn FnMut(Vec<Raw>) -> Result<()> + 'a;

/// A file before it is deflated: its name within its group and its parts.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) name: String,
    pub(crate) content: Content,
    pub(crate) parts: Vec<Vec<u8>>,
}

impl Raw {
    fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    fn deflate(&self) -> io::Result<Vec<u8>> {
        payload::deflate(&self.parts, self.content)
    }
}

/// Raw bytes that wait for the next parallel round; what bounds the memory of a bundle.
const ROUND: usize = 4 << 20;

/// Groups that may be made ahead of the ones that are deflated.
const AHEAD: usize = 16;

/// Takes groups in order and hands out their files, several at a time.
pub(crate) struct Packer<'a> {
    sink: &'a dyn Sink,
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

impl<'a> Packer<'a> {
    pub(crate) fn new(sink: &'a dyn Sink, memory: &'a mut Memory) -> Self {
        Self {
            sink,
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
            content: Content::Texts,
            parts: parts.to_vec(),
        };
        let key = key(std::slice::from_ref(&raw));
        if let Some(packed) = self.standing(key) {
            let path = payload::name(packed.hash);
            self.note(key, packed);
            return Ok(path);
        }
        let bytes = payload::deflate(parts, Content::Texts)?;
        let hash = payload::short(blake3::hash(&bytes).as_bytes());
        let path = payload::name(hash);
        let files = vec![put(self.sink, path.clone(), payload::script(&bytes))?];
        self.note(key, Packed { hash, files });
        Ok(path)
    }

    /// A group whose files all stand from the last bundle; they are kept.
    fn standing(&self, key: Key) -> Option<Packed> {
        let packed = self.memory.find(key)?;
        let mut files = packed.files.iter();
        let stands = files.all(|(path, stamp)| self.sink.keep(&format!("{path}.js"), stamp));
        stands.then(|| packed.clone())
    }

    /// Hands out the file of a fixed name.
    pub(crate) fn fixed(&mut self, path: &str, parts: &[Vec<u8>]) -> io::Result<()> {
        let bytes = payload::deflate(parts, Content::Texts)?;
        let (_, stamp) = put(self.sink, path.to_owned(), payload::script(&bytes))?;
        self.count(&stamp);
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
        let sink = self.sink;
        let pack = |group: Vec<Raw>| {
            let key = key(&group);
            let packed = match self.standing(key) {
                Some(packed) => packed,
                None => make(group, sink)?,
            };
            Ok((key, packed))
        };
        let packed: Vec<(Key, Packed)> = groups.into_par_iter().map(pack).collect::<io::Result<_>>()?;
        for (key, packed) in packed {
            self.hashes.push(packed.hash);
            self.note(key, packed);
        }
        Ok(())
    }

    fn note(&mut self, key: Key, packed: Packed) {
        packed.files.iter().for_each(|(_, stamp)| self.count(stamp));
        self.memory.note(key, packed);
    }

    fn count(&mut self, stamp: &Stamp) {
        self.total.files += 1;
        self.total.bytes += stamp.size;
    }
}

/// Names the raw bytes of a group.
fn key(files: &[Raw]) -> Key {
    let mut recipe = Recipe::of("bundle group");
    for file in files {
        recipe.add(&file.name);
        recipe.add((file.parts.len() as u64).to_le_bytes());
        file.parts.iter().for_each(|part| recipe.add(part));
    }
    recipe.key()
}

fn put(sink: &dyn Sink, path: String, bytes: Vec<u8>) -> io::Result<(String, Stamp)> {
    let stamp = Stamp::of(&bytes);
    sink.put(&format!("{path}.js"), bytes)?;
    Ok((path, stamp))
}

/// Deflates the files of a group, names it by them and hands their scripts out.
fn make(group: Vec<Raw>, sink: &dyn Sink) -> io::Result<Packed> {
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
    let folder = payload::name(hash);
    let files = deflated.into_iter().map(|(name, bytes)| {
        let path = format!("{folder}/{name}");
        let script = payload::script(&bytes);
        put(sink, path, script)
    });
    Ok(Packed {
        hash,
        files: files.collect::<io::Result<_>>()?,
    })
}
