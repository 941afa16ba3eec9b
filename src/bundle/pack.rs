//! Groups of files: deflated side by side, named by what they hold, handed out in order.

use super::{Error, Result, payload};
use rayon::prelude::*;
use std::io;
use std::sync::mpsc::sync_channel;

/// Where the files of the bundle go: a path below `search/` and its bytes.
pub type Sink<'a> = dyn FnMut(&str, Vec<u8>) -> io::Result<()> + 'a;

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
pub(crate) struct Packer<'a, 's> {
    sink: &'a mut Sink<'s>,
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

impl<'a, 's> Packer<'a, 's> {
    pub(crate) fn new(sink: &'a mut Sink<'s>) -> Self {
        Self {
            sink,
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
        let bytes = payload::deflate(parts, payload::SMALL)?;
        let path = payload::name(&payload::short(blake3::hash(&bytes).as_bytes()));
        self.put(&path, payload::script(&path, &bytes))?;
        Ok(path)
    }

    /// Hands out the file of a fixed name.
    pub(crate) fn fixed(&mut self, path: &str, parts: &[Vec<u8>]) -> io::Result<()> {
        let bytes = payload::deflate(parts, payload::SMALL)?;
        self.put(path, payload::script(path, &bytes))
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
        for group in deflate_all(std::mem::take(&mut self.waiting))? {
            let mut hasher = blake3::Hasher::new();
            for (name, bytes) in &group {
                hasher
                    .update(name.as_bytes())
                    .update(&(bytes.len() as u64).to_le_bytes())
                    .update(bytes);
            }
            let hash = payload::short(hasher.finalize().as_bytes());
            let folder = payload::name(&hash);
            self.hashes.push(hash);
            for (name, bytes) in group {
                let path = format!("{folder}/{name}");
                self.put(&path, payload::script(&path, &bytes))?;
            }
        }
        Ok(())
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        self.total.files += 1;
        self.total.bytes += bytes.len() as u64;
        (self.sink)(&format!("{path}.js"), bytes)
    }
}

type Deflated = Vec<(String, Vec<u8>)>;

fn deflate_all(groups: Vec<Vec<Raw>>) -> io::Result<Vec<Deflated>> {
    groups
        .into_par_iter()
        .map(|group| {
            group
                .into_par_iter()
                .map(|raw| raw.deflate().map(|bytes| (raw.name, bytes)))
                .collect()
        })
        .collect()
}
