//! What the reading of one file may take: memory, unpacked bytes, depth and time.
//!
//! Files that stand in it draw on the same budget, as thirty small archives in one are as large as one large archive.
//! **Invariant**: what is kept of a file has been taken from the budget of the outermost one; what is freed comes back.

use super::{Fault, Said, guard};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

/// Bytes of all parts together, unpacked, where the file itself isn't as large.
const UNPACKED: u64 = 128 << 20;
/// Bytes of memory that everything read of a file may take.
const ROOM: usize = 256 << 20;
/// How many files may stand in one another.
const DEEPEST: u8 = 4;
/// How often the bytes of a file that stands in another are at hand while it is read: as they are, decoded, in pieces.
const COPIES: usize = 3;
/// What a line takes besides its text, about.
pub(super) const OF_LINE: usize = 160;

/// The budget of an outermost file, as a file at some depth in it sees it.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    left: Rc<Left>,
    depth: u8,
}

#[derive(Debug)]
struct Left {
    unpacked: Cell<u64>,
    room: Cell<usize>,
    end: Instant,
}

impl Budget {
    /// The budget of an outermost file.
    pub fn of(bytes: &[u8]) -> Self {
        let left = Left {
            // Pictures are packed already: an honest archive of that size may be twice as large.
            unpacked: Cell::new(UNPACKED.max(2 * bytes.len() as u64)),
            room: Cell::new(ROOM),
            end: Instant::now() + guard::PATIENCE,
        };
        Self {
            left: Rc::new(left),
            depth: 0,
        }
    }

    /// A budget of so much memory and so many unpacked bytes.
    #[cfg(test)]
    pub fn small(room: usize, unpacked: u64) -> Self {
        let budget = Self::of(b"");
        budget.left.room.set(room);
        budget.left.unpacked.set(unpacked);
        budget
    }

    /// When the reading has to be done.
    pub fn end(&self) -> Instant {
        self.left.end
    }

    /// Takes memory that is kept.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where there isn't as much left.
    pub fn take(&self, bytes: usize) -> Result<(), Fault> {
        let room = self.left.room.get().checked_sub(bytes).ok_or(Fault::TooLarge)?;
        self.left.room.set(room);
        Ok(())
    }

    /// Bytes that may still be unpacked.
    pub fn unpackable(&self) -> u64 {
        self.left.unpacked.get()
    }

    /// Bytes were unpacked, whether or not they are kept: it took its time.
    pub fn unpack(&self, bytes: usize) {
        self.left.unpacked.set(self.unpackable().saturating_sub(bytes as u64));
    }

    /// What a file of so many bytes says that stands in this one. All that its reading took comes back but what its
    /// lines take.
    ///
    /// # Errors
    /// What the reading gives, or [`Fault`] where nothing is left for it.
    pub fn said(&self, bytes: usize, read: impl FnOnce(&Self) -> Result<Said, Fault>) -> Result<Said, Fault> {
        let before = self.left.room.get();
        let said = self.inner(bytes, read)?;
        self.left.room.set(before);
        let size = said.lines.iter().map(|line| OF_LINE + line.text.len()).sum();
        self.take(size)?;
        Ok(said)
    }

    /// Reads a file of so many bytes that stands in this one. Where that fails, what it took comes back.
    ///
    /// # Errors
    /// What the reading gives, or [`Fault`] where nothing is left for it.
    pub fn inner<T>(&self, bytes: usize, read: impl FnOnce(&Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth >= DEEPEST {
            return Err(Fault::TooDeep);
        }
        // Half of the time is left for the one that is begun last, and for what holds it.
        if self.left.end.saturating_duration_since(Instant::now()) < guard::PATIENCE / 2 {
            return Err(Fault::TooLarge);
        }
        let inner = Self {
            left: Rc::clone(&self.left),
            depth: self.depth + 1,
        };
        let before = self.left.room.get();
        let done = self.take(bytes.saturating_mul(COPIES)).and_then(|()| read(&inner));
        if done.is_err() {
            self.left.room.set(before);
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
        assert_eq!(budget.left.room.get(), ROOM - 20 * OF_LINE);
        let failed = budget.said(100, |inner| inner.take(ROOM).map(|()| said(0)));
        assert_eq!(failed, Err(Fault::TooLarge));
        assert_eq!(budget.left.room.get(), ROOM - 20 * OF_LINE);
        assert_eq!(budget.inner(100, |inner| inner.take(7)), Ok(()));
        assert_eq!(budget.left.room.get(), ROOM - 20 * OF_LINE - 307);
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
