//! The connections that are open: what each does, until when, and which goes when one more comes.

use super::limits::{MOST_CONNECTIONS, Phase};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// What a connection does, and until when it may.
#[derive(Debug, Clone, Copy)]
struct Stay {
    phase: Phase,
    until: Instant,
}

impl Stay {
    fn of(phase: Phase) -> Self {
        Self {
            phase,
            until: Instant::now() + phase.patience(),
        }
    }
}

/// The stay of one connection: the one that serves it says what it does.
#[derive(Debug, Clone)]
pub(super) struct Visit(Arc<watch::Sender<Stay>>);

impl Visit {
    fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Stay::of(Phase::Head))))
    }

    /// It does something else from now on; a connection that has to go stays one.
    pub(super) fn enter(&self, phase: Phase) {
        self.0.send_if_modified(|stay| {
            let goes_on = stay.phase != Phase::Over;
            if goes_on {
                *stay = Stay::of(phase);
            }
            goes_on
        });
    }

    pub(super) fn phase(&self) -> Phase {
        self.0.borrow().phase
    }

    /// Returns when it has taken longer than it may.
    pub(super) async fn overdue(&self) {
        let mut stay = self.0.subscribe();
        loop {
            let until = stay.borrow_and_update().until;
            // The sender lives as long as `self`.
            if timeout_at(until, stay.changed()).await.is_err() {
                return;
            }
        }
    }
}

/// All connections, in the order in which they came.
#[derive(Default)]
pub(super) struct Seats(Mutex<Taken>);

#[derive(Default)]
struct Taken {
    next: u64,
    visits: BTreeMap<u64, Visit>,
}

impl Seats {
    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat for one more. Where all are taken, the connection goes that has made us wait longest, first among those
    /// that haven't even said what they want. `None` where all of them are being worked for.
    pub(super) fn take(self: &Arc<Self>) -> Option<Seat> {
        let mut taken = self.lock();
        if taken.visits.len() >= MOST_CONNECTIONS {
            let waiting = taken.visits.iter().map(|(&number, visit)| (visit.phase(), number));
            let (_, number) = waiting.filter(|(phase, _)| phase.gives_way()).min()?;
            taken.visits.remove(&number)?.enter(Phase::Over);
        }
        let number = taken.next;
        taken.next += 1;
        let visit = Visit::new();
        taken.visits.insert(number, visit.clone());
        Some(Seat {
            visit,
            number,
            seats: Arc::clone(self),
        })
    }
}

/// The seat of one connection, free again when dropped.
pub(super) struct Seat {
    pub visit: Visit,
    number: u64,
    seats: Arc<Seats>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.lock().visits.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> (Arc<Seats>, Vec<Seat>) {
        let seats = Arc::new(Seats::default());
        let taken = (0..MOST_CONNECTIONS).filter_map(|_| seats.take()).collect();
        (seats, taken)
    }

    #[test]
    fn who_has_not_said_what_it_wants_gives_way_first_and_the_oldest_of_them() {
        let (seats, taken) = full();
        taken.iter().for_each(|seat| seat.visit.enter(Phase::Wait));
        taken[7].visit.enter(Phase::Answer);
        for (number, phase) in [(9, Phase::Head), (8, Phase::Head), (3, Phase::Work)] {
            taken[number].visit.enter(phase);
        }
        let over = || -> Vec<usize> {
            let is_over = |&number: &usize| taken[number].visit.phase() == Phase::Over;
            (0..MOST_CONNECTIONS).filter(is_over).collect()
        };
        let mut later = Vec::new();
        for expected in [&[8][..], &[8, 9], &[7, 8, 9], &[0, 7, 8, 9]] {
            let seat = seats.take().unwrap();
            seat.visit.enter(Phase::Work);
            later.push(seat);
            assert_eq!(over(), expected);
        }
        taken[8].visit.enter(Phase::Answer);
        assert_eq!(taken[8].visit.phase(), Phase::Over, "who has to go doesn't come back");
    }

    #[test]
    fn nobody_goes_who_is_worked_for_and_a_seat_that_is_left_is_free() {
        let (seats, mut taken) = full();
        taken.iter().for_each(|seat| seat.visit.enter(Phase::Work));
        assert!(seats.take().is_none());
        taken.pop();
        assert!(seats.take().is_some());
    }

    #[test]
    fn a_byte_now_and_then_wins_no_time() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build();
        runtime.unwrap().block_on(async {
            let visit = Visit::new();
            let started = Instant::now();
            visit.overdue().await;
            assert_eq!(started.elapsed().as_secs(), Phase::Head.patience().as_secs());
            visit.enter(Phase::Work);
            let started = Instant::now();
            let later = visit.clone();
            tokio::spawn(async move {
                tokio::time::sleep(std::time::Duration::from_secs(100)).await;
                later.enter(Phase::Answer);
            });
            visit.overdue().await;
            assert_eq!(started.elapsed().as_secs(), 100 + Phase::Answer.patience().as_secs());
        });
    }
}
