//! Runs what a library does with the bytes of a stranger: it may neither end the program nor keep it waiting.
//!
//! No thread can be ended from outside. Our own loops ask [`in_time`] and end by themselves; a library that goes on is
//! left behind, and while [`MOST_LEFT`] are, nothing else is begun.

use super::Fault;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Once, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// The name of the threads whose panics are answered here and printed nowhere.
const NAME: &str = "reader";
/// How long anything may take: far beyond what an honest file needs.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// What our own loops need to see that time is over.
const GRACE: Duration = Duration::from_millis(500);
/// Threads that may have been left behind when another one begins.
const MOST_LEFT: usize = 1;
/// Bytes of stack: libraries recurse.
const STACK: usize = 32 << 20;

/// Threads that went on when their time was over.
static LEFT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// When the work of this thread has to be done.
    static END: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Whether there is time left for the work of this thread.
///
/// # Errors
/// [`Fault::TooLarge`] where there isn't.
pub(super) fn in_time() -> Result<(), Fault> {
    match END.get() {
        Some(end) if Instant::now() >= end => Err(Fault::TooLarge),
        _ => Ok(()),
    }
}

/// Does some work on a thread of its own until `end`.
///
/// # Errors
/// What the work gives, or [`Fault`] where it panics or doesn't end.
pub(super) fn guarded<T: Send + 'static>(
    what: &'static str,
    end: Instant,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    be_quiet();
    if LEFT.load(Ordering::SeqCst) > MOST_LEFT {
        return Err(Fault::TooLarge);
    }
    let failed = || Fault::Broken(what.to_owned());
    let (tell, told) = mpsc::channel();
    let over = Arc::new(AtomicBool::new(false));
    let is_over = Arc::clone(&over);
    let run = move || {
        END.set(Some(end));
        let done = catch_unwind(AssertUnwindSafe(work));
        // Nobody listens any more where it took too long.
        drop(tell.send(done));
        if is_over.swap(true, Ordering::SeqCst) {
            LEFT.fetch_sub(1, Ordering::SeqCst);
        }
    };
    thread::Builder::new()
        .name(NAME.to_owned())
        .stack_size(STACK)
        .spawn(run)
        .map_err(|_| failed())?;
    match told.recv_timeout(end.saturating_duration_since(Instant::now()) + GRACE) {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(failed()),
        Err(_) => {
            LEFT.fetch_add(1, Ordering::SeqCst);
            if over.swap(true, Ordering::SeqCst) {
                LEFT.fetch_sub(1, Ordering::SeqCst);
            }
            Err(Fault::TooLarge)
        }
    }
}

/// Panics of these threads are no news for the terminal.
fn be_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(NAME) {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault() {
        let end = Instant::now() + PATIENCE;
        assert_eq!(guarded("a", end, || Ok(1)), Ok(1));
        let broken: Result<(), Fault> = guarded("a", end, || panic!("never seen"));
        assert_eq!(broken, Err(Fault::Broken("a".to_owned())));
    }

    #[test]
    fn our_own_work_ends_when_its_time_is_over() {
        assert_eq!(in_time(), Ok(()), "outside of a guard there is no end");
        let waited: Result<(), Fault> = guarded("a", Instant::now() + PATIENCE, || {
            END.set(Some(Instant::now()));
            in_time()
        });
        assert_eq!(waited, Err(Fault::TooLarge));
        assert_eq!(LEFT.load(Ordering::SeqCst), 0);
    }
}
