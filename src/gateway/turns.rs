//! Who is worked for: a few at a time, more wait, and all others are told to come again.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many wait besides those who are worked for.
const WAITING: usize = 64;

/// Places to work and to wait.
pub(super) struct Turns {
    places: Arc<Semaphore>,
    workers: Arc<Semaphore>,
}

/// The turn of one; the next comes when it is dropped.
pub(super) struct Turn {
    _worker: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// So many at a time.
    pub(super) fn of(workers: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(workers + WAITING)),
            workers: Arc::new(Semaphore::new(workers)),
        }
    }

    /// Waits for a turn; `None` where too many wait already.
    pub(super) async fn take(&self) -> Option<Turn> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Turn {
            _worker: Arc::clone(&self.workers).acquire_owned().await.ok()?,
            _place: place,
        })
    }
}
