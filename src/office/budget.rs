//! What the reading of one file may take: memory, unpacked bytes, depth and time.
//!
//! Files that stand in it draw on the same budget, as thirty small archives in one are as large as one large archive.
//! Whoever has the budget at hand takes from it; what makes text, cells or pictures for any format says so by
//! [`made`](super::room::made), which draws on the budget of its thread.
//! **Invariant**: what is kept of a file has been taken from the budget of the outermost one; what is freed comes back.

pub(super) use super::room::OF_LINE;
use super::room::Room;
use super::{Fault, Said, guard};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of all parts together, unpacked, where the file itself isn't as large.
const UNPACKED: u64 = 128 << 20;
/// Bytes of memory that everything read of a file may take.
const ROOM: usize = 256 << 20;
/// How many files may stand in one another.
const DEEPEST: u8 = 4;
/// How often the bytes of a file that stands in another are at hand while it is read: as they are, decoded, in pieces.
const COPIES: usize = 3;

/// The budget of an outermost file, as a file at some depth in it sees it.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    room: Arc<Room>,
    /// Bytes that may still be unpacked.
    unpacked: Arc<AtomicU64>,
    depth: u8,
}

impl Budget {
    /// The budget of an outermost file.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        // Pictures are packed already: an honest archive of that size may be twice as large.
        let unpacked = UNPACKED.max(2 * bytes.len() as u64);
        Self {
            room: Room::of(ROOM),
            unpacked: Arc::new(AtomicU64::new(unpacked)),
            depth: 0,
        }
    }

    /// A budget of so much memory and so many unpacked bytes.
    #[cfg(test)]
    pub(crate) fn small(room: usize, unpacked: u64) -> Self {
        let budget = Self::of(b"");
        budget.room.set(room);
        budget.unpacked.store(unpacked, Ordering::Relaxed);
        budget
    }

    /// Reads the outermost file on this thread, within its time.
    ///
    /// # Errors
    /// What the reading gives, or [`Fault::TooLarge`] where anything of the budget was used up.
    pub(crate) fn within<T>(&self, read: impl FnOnce(&Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.room.as_current(|| guard::within(guard::PATIENCE, || read(self)))
    }

    /// Reads on a thread of its own what a library opens, and what may hold the program up therefore.
    ///
    /// # Errors
    /// What the reading gives, or [`Fault`] where it panics or doesn't end.
    pub(crate) fn apart<T: Send + 'static>(
        &self,
        what: &'static str,
        read: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let own = self.clone();
        guard::guarded(what, move || own.room.as_current(|| read(&own)))
    }

    /// Takes memory that is kept.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where there isn't as much left.
    pub(crate) fn take(&self, bytes: usize) -> Result<(), Fault> {
        self.room.take(bytes)
    }

    /// Bytes that may still be unpacked.
    pub(crate) fn unpackable(&self) -> u64 {
        self.unpacked.load(Ordering::Relaxed)
    }

    /// Bytes were unpacked, whether or not they are kept: it took its time.
    pub(crate) fn unpack(&self, bytes: usize) {
        let left = self.unpackable().saturating_sub(bytes as u64);
        self.unpacked.store(left, Ordering::Relaxed);
    }

    /// What a file of so many bytes says that stands in this one. All that its reading took comes back but what its
    /// lines take.
    ///
    /// # Errors
    /// What the reading gives, or [`Fault`] where nothing is left for it.
    pub(crate) fn said(&self, bytes: usize, read: impl FnOnce(&Self) -> Result<Said, Fault>) -> Result<Said, Fault> {
        let before = self.room.left();
        let said = self.inner(bytes, read)?;
        self.room.set(before);
        let size = said.lines.iter().map(|line| OF_LINE + line.text.len()).sum();
        self.take(size)?;
        Ok(said)
    }

    /// Reads a file of so many bytes that stands in this one. Where that fails, what it took comes back.
    ///
    /// # Errors
    /// What the reading gives, or [`Fault`] where nothing is left for it.
    pub(crate) fn inner<T>(&self, bytes: usize, read: impl FnOnce(&Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth >= DEEPEST {
            return Err(Fault::TooDeep);
        }
        // Half of the time is left for the one that is begun last, and for what holds it.
        let time = guard::left();
        if time < guard::PATIENCE / 2 {
            return Err(Fault::TooLarge);
        }
        let inner = Self {
            room: Arc::clone(&self.room),
            unpacked: Arc::clone(&self.unpacked),
            depth: self.depth + 1,
        };
        let before = self.room.left();
        let done = self
            .take(bytes.saturating_mul(COPIES))
            .and_then(|()| guard::within(time, || read(&inner)));
        if done.is_err() {
            self.room.set(before);
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::{Line, Place};

    fn said(lines: usize) -> Said {
        let line = Line {
            text: String::new(),
            place: Place::Paragraph,
        };
        Said {
            lines: vec![line; lines],
            unread: Vec::new(),
        }
    }

    #[test]
    fn what_is_freed_comes_back_and_what_is_kept_does_not() {
        let budget = Budget::of(b"");
        for _ in 0..10 {
            let read = budget.said(100, |inner| inner.take(ROOM / 2).map(|()| said(2)));
            assert_eq!(read, Ok(said(2)));
        }
        assert_eq!(budget.room.left(), ROOM - 20 * OF_LINE);
        let failed = budget.said(100, |inner| inner.take(ROOM).map(|()| said(0)));
        assert_eq!(failed, Err(Fault::TooLarge));
        assert_eq!(budget.room.left(), ROOM - 20 * OF_LINE);
        assert_eq!(budget.inner(100, |inner| inner.take(7)), Ok(()));
        assert_eq!(budget.room.left(), ROOM - 20 * OF_LINE - 307);
        assert_eq!(budget.inner(ROOM, |_| Ok(())), Err(Fault::TooLarge));
    }

    #[test]
    fn depth_and_unpacked_bytes_are_counted_across_files() {
        fn deeper(budget: &Budget) -> Result<u8, Fault> {
            match budget.inner(0, deeper) {
                Err(Fault::TooDeep) => Ok(budget.depth),
                done => done,
            }
        }
        let budget = Budget::of(b"");
        assert_eq!(deeper(&budget), Ok(DEEPEST));
        assert_eq!(
            budget.inner(0, |inner| {
                inner.unpack(10);
                Ok(())
            }),
            Ok(())
        );
        budget.unpack(10);
        assert_eq!(budget.unpackable(), UNPACKED - 20);
        budget.unpack(usize::MAX);
        assert_eq!(budget.unpackable(), 0);
    }
}
