//! The memory that the reading of one file may still take, and what draws on it wherever text is made.

use super::{Fault, guard};
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a line takes besides its text, about.
pub(super) const OF_LINE: usize = 160;
/// How often a text is at hand until it is judged: as it is made, in a line, among the others.
const OF_TEXT: usize = 3;

thread_local! {
    /// The room of what this thread reads.
    static CURRENT: RefCell<Option<Arc<Room>>> = const { RefCell::new(None) };
}

/// Bytes that are left. One thread after the other reads a file, never two at once.
#[derive(Debug)]
pub(super) struct Room(AtomicUsize);

impl Room {
    pub(super) fn of(bytes: usize) -> Arc<Self> {
        Arc::new(Self(AtomicUsize::new(bytes)))
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    /// Takes some.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where there aren't as many left, or no time.
    pub(super) fn take(&self, bytes: usize) -> Result<(), Fault> {
        guard::step()?;
        self.set(self.left().checked_sub(bytes).ok_or(Fault::TooLarge)?);
        Ok(())
    }

    /// Does some work for which [`made`] draws on this.
    pub(super) fn as_current<T>(self: &Arc<Self>, work: impl FnOnce() -> T) -> T {
        let before = CURRENT.replace(Some(Arc::clone(self)));
        let done = work();
        CURRENT.set(before);
        done
    }
}

/// Something of so many bytes of text is about to be made: a line, a run, a cell. Where nothing is left for it, it isn't
/// made, and the reading ends: its loops hear that time is over.
///
/// # Errors
/// [`Fault::TooLarge`] where nothing is left.
pub(super) fn made(bytes: usize) -> Result<(), Fault> {
    kept(OF_LINE + OF_TEXT.saturating_mul(bytes))
}

/// The same where a text becomes longer by so many bytes.
///
/// # Errors
/// [`Fault::TooLarge`] where nothing is left.
pub(super) fn longer(bytes: usize) -> Result<(), Fault> {
    kept(OF_TEXT.saturating_mul(bytes))
}

/// The same for what is there once.
///
/// # Errors
/// [`Fault::TooLarge`] where nothing is left.
pub(super) fn kept(bytes: usize) -> Result<(), Fault> {
    let taken = CURRENT.with_borrow(|room| room.as_ref().map_or(Ok(()), |room| room.take(bytes)));
    taken.inspect_err(|_| guard::stop())
}

/// Does some work and tells what was kept for it, which [`give`] gives back.
pub(super) fn measured<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let left = || CURRENT.with_borrow(|room| room.as_ref().map_or(0, |room| room.left()));
    let before = left();
    let done = work();
    (done, before.saturating_sub(left()))
}

/// What was kept is gone.
pub(super) fn give(bytes: usize) {
    CURRENT.with_borrow(|room| {
        if let Some(room) = room {
            room.set(room.left() + bytes);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_room_ends_the_reading() {
        let room = Room::of(1_000);
        let done = room.as_current(|| {
            guard::within(guard::PATIENCE, || {
                assert_eq!(made(100), Ok(()));
                assert_eq!(room.left(), 1_000 - OF_LINE - 100 * OF_TEXT);
                assert_eq!(made(1_000), Err(Fault::TooLarge));
                Ok(())
            })
        });
        assert_eq!(done, Err(Fault::TooLarge), "though nobody asked after it");
        assert_eq!(made(1_000_000), Ok(()), "of no file");
    }
}
