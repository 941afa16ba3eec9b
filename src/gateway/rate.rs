//! How often one client may ask: so many questions a second, and a handful more at once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Seconds' worth of questions that may come at once.
const AT_ONCE: f64 = 3.0;
/// Clients that are remembered; who has not asked for so long that all is given back is forgotten first.
const MOST_CLIENTS: usize = 10_000;

/// What all clients have left.
pub(super) struct Rate {
    /// Questions a second.
    per_second: f64,
    clients: Mutex<HashMap<String, Left>>,
}

/// What one client has left, as of a moment.
#[derive(Debug, Clone, Copy)]
struct Left {
    questions: f64,
    at: Instant,
}

impl Rate {
    /// So many questions a second.
    pub(super) fn of(per_second: u32) -> Self {
        Self {
            per_second: f64::from(per_second.max(1)),
            clients: Mutex::default(),
        }
    }

    /// Whether a client may ask now; if so, it has one question less.
    pub(super) fn admits(&self, client: &str, now: Instant) -> bool {
        let most = self.per_second * AT_ONCE;
        let refilled = |left: &Left| {
            let passed = now.saturating_duration_since(left.at).as_secs_f64();
            (left.questions + passed * self.per_second).min(most)
        };
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= MOST_CLIENTS && !clients.contains_key(client) {
            clients.retain(|_, left| refilled(left) < most);
            // All of them ask at this moment: none more is taken on.
            if clients.len() >= MOST_CLIENTS {
                return false;
            }
        }
        let questions = clients.get(client).map_or(most, refilled);
        let admitted = questions >= 1.0;
        let questions = if admitted { questions - 1.0 } else { questions };
        clients.insert(client.to_owned(), Left { questions, at: now });
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn who_asks_too_often_waits_and_others_do_not() {
        let (rate, begun) = (Rate::of(2), Instant::now());
        let admitted = |client, after: u64| rate.admits(client, begun + Duration::from_millis(after));
        assert_eq!((0..8).filter(|_| admitted("a", 0)).count(), 6, "three seconds' worth");
        assert!(admitted("b", 0));
        assert!(!admitted("a", 400) && admitted("a", 600) && !admitted("a", 700));
        assert_eq!(
            (0..8).filter(|_| admitted("a", 60_000)).count(),
            6,
            "no more is saved up"
        );
    }

    #[test]
    fn who_has_not_asked_for_long_is_forgotten() {
        let (rate, begun) = (Rate::of(1), Instant::now());
        for client in 0..MOST_CLIENTS {
            assert!(rate.admits(&client.to_string(), begun));
        }
        assert!(!rate.admits("one more", begun));
        assert!(rate.admits("one more", begun + Duration::from_secs(10)));
        assert_eq!(rate.clients.lock().unwrap().len(), 1);
    }
}
