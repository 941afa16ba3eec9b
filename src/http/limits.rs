//! Times and sizes that no honest client needs more of.

use std::time::Duration;

/// Bytes of the head of a request at most, and of what is read ahead.
pub(super) const LONGEST_HEAD: usize = 64 << 10;
/// Headers of a request at most.
pub(super) const MOST_HEADERS: usize = 64;
/// Connections at a time. One more takes the place of the one that has made us wait longest.
pub(super) const MOST_CONNECTIONS: usize = 256;
/// Bytes of request bodies in memory at a time, of all connections together.
pub(super) const MOST_OF_BODIES: usize = 256 << 20;
/// What is still taken of a request that was refused, so that its sender reads the answer.
pub(super) const DRAIN: Duration = Duration::from_millis(200);
pub(super) const MOST_DRAINED: u64 = 4 << 20;
/// Threads for what takes time or reads a disk.
pub(super) const THREADS: usize = 8;

/// What a connection does. Each part has a total time, however often a byte moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// The client says what it wants.
    Head,
    /// The client hands over a body.
    Body,
    /// The client takes the answer.
    Answer,
    /// The client waits for news.
    Wait,
    /// The application works.
    Work,
    /// It has to go.
    Over,
}

impl Phase {
    /// How long it may take.
    pub(super) fn patience(self) -> Duration {
        Duration::from_secs(match self {
            Phase::Head => 10,
            Phase::Body | Phase::Answer | Phase::Wait => 60,
            Phase::Work => 300,
            Phase::Over => 0,
        })
    }

    /// Whether it is the client that makes us wait: such a connection may be closed for another one.
    pub(super) fn gives_way(self) -> bool {
        self < Phase::Work
    }
}
