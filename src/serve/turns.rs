//! Work that is heavy and anybody may ask for: one at a time, a few wait, and all others are told to come again.

use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

/// Who works and who waits.
pub(super) struct Turns {
    places: Arc<Semaphore>,
    working: Arc<Mutex<()>>,
}

/// The turn of one; the next comes when it is dropped.
pub(super) struct Turn {
    _working: OwnedMutexGuard<()>,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// With so many who work or wait.
    pub(super) fn of(places: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            working: Arc::default(),
        }
    }

    /// Waits for a turn. Dropped before, as a connection drops it whose client has gone, it leaves its place to others.
    /// `None` where too many wait already.
    pub(super) async fn take(&self) -> Option<Turn> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Turn {
            _working: Arc::clone(&self.working).lock_owned().await,
            _place: place,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    #[test]
    fn one_works_a_few_wait_and_who_goes_leaves_its_place() {
        let turns = Turns::of(2);
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Some(first)) = pin!(turns.take()).poll(&mut context) else {
            panic!("nobody works yet");
        };
        {
            let mut gone = pin!(turns.take());
            assert!(gone.as_mut().poll(&mut context).is_pending());
            assert!(matches!(pin!(turns.take()).poll(&mut context), Poll::Ready(None)));
        }
        let mut second = pin!(turns.take());
        assert!(second.as_mut().poll(&mut context).is_pending());
        drop(first);
        assert!(matches!(second.poll(&mut context), Poll::Ready(Some(_))));
    }
}
