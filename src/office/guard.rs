//! Runs what is done with the bytes of a stranger: it may neither end the program nor keep it waiting.
//!
//! What may be used is the processor's time of the thread, so that an honest file is read beside a busy machine, too;
//! where the platform doesn't tell it, and for a thread that does nothing, a longer time by the clock. No thread can be
//! ended from outside. Our own loops ask [`in_time`] or [`step`] and end by themselves; a library that goes on is left
//! behind, and while [`MOST_LEFT`] are, nothing else is begun.

use super::Fault;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Once, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// The name of the threads whose panics are answered here and printed nowhere.
const NAME: &str = "reader";
/// How long the reading of a file may take of a processor: far beyond what an honest file needs.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
/// How many times as long it may take by the clock.
const BY_THE_CLOCK: u32 = 4;
/// What our own loops need to see that time is over.
const GRACE: Duration = Duration::from_millis(500);
/// Threads that may have been left behind when another one begins.
const MOST_LEFT: usize = 1;
/// How long a thread waits for those that were left behind: ours end soon.
const WAIT: Duration = Duration::from_secs(2);
/// Bytes of stack: libraries recurse.
const STACK: usize = 32 << 20;
/// Steps between two looks at the clock.
const STEPS: u32 = 256;

/// Threads that went on when their time was over.
static LEFT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// When the work of this thread has to be done.
    static END: Cell<Option<End>> = const { Cell::new(None) };
    /// What threads have used that this one waited for.
    static OF_OTHERS: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    /// Steps since the last look at the clock.
    static TAKEN: Cell<u32> = const { Cell::new(0) };
}

/// When work has to be done.
#[derive(Debug, Clone, Copy)]
struct End {
    /// By the time that its thread has used.
    used: Duration,
    clock: Instant,
}

impl End {
    /// An end after so much of a processor's time, on this thread.
    fn after(left: Duration) -> Self {
        Self {
            used: used().saturating_add(left),
            clock: Instant::now() + left * BY_THE_CLOCK,
        }
    }

    fn left(self) -> Duration {
        let by_clock = self.clock.saturating_duration_since(Instant::now()) / BY_THE_CLOCK;
        self.used.saturating_sub(used()).min(by_clock)
    }
}

/// The processor's time that this thread has used, and those that it waited for; nothing where the platform doesn't tell
/// it, and the clock decides.
fn used() -> Duration {
    OF_OTHERS.get() + used_here()
}

#[cfg(target_os = "linux")]
fn used_here() -> Duration {
    let told = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    // Neither is ever below zero, and a second has less than 2³² parts.
    let seconds = u64::try_from(told.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(told.tv_nsec).unwrap_or(0))
}

#[cfg(not(target_os = "linux"))]
fn used_here() -> Duration {
    Duration::ZERO
}

/// The time that is left for the work of this thread.
pub(super) fn left() -> Duration {
    END.get().map_or(PATIENCE, End::left)
}

/// Whether there is time left for the work of this thread.
///
/// # Errors
/// [`Fault::TooLarge`] where there isn't.
pub(super) fn in_time() -> Result<(), Fault> {
    if left().is_zero() { Err(Fault::TooLarge) } else { Ok(()) }
}

/// The same for each step of a loop: it seldom looks at the clock.
///
/// # Errors
/// [`Fault::TooLarge`] where there is no time left.
pub(super) fn step() -> Result<(), Fault> {
    let taken = TAKEN.get() + 1;
    TAKEN.set(taken % STEPS);
    if taken < STEPS { Ok(()) } else { in_time() }
}

/// Ends the work of this thread: whatever asks from now on hears that time is over.
pub(super) fn stop() {
    if END.get().is_some() {
        END.set(Some(End {
            used: Duration::ZERO,
            clock: Instant::now(),
        }));
        // The next step asks.
        TAKEN.set(STEPS - 1);
    }
}

/// Does some work on this thread, which has so much time for it. That it was stopped is forgotten behind it.
///
/// # Errors
/// What the work gives, or [`Fault::TooLarge`] where time was over before it was done.
pub(super) fn within<T>(time: Duration, work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let before = END.replace(Some(End::after(time)));
    let done = work().and_then(|done| in_time().map(|()| done));
    END.set(before);
    done
}

/// Does some work on a thread of its own, as long as this one has time.
///
/// # Errors
/// What the work gives, or [`Fault`] where it panics or doesn't end.
pub(super) fn guarded<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    be_quiet();
    wait_for_others()?;
    let failed = || Fault::Broken(what.to_owned());
    let (tell, told) = mpsc::channel();
    let over = Arc::new(AtomicBool::new(false));
    let is_over = Arc::clone(&over);
    let time = left();
    let run = move || {
        let done = catch_unwind(AssertUnwindSafe(|| within(time, work)));
        // Nobody listens any more where it took too long.
        drop(tell.send((done, used())));
        if is_over.swap(true, Ordering::SeqCst) {
            LEFT.fetch_sub(1, Ordering::SeqCst);
        }
    };
    thread::Builder::new()
        .name(NAME.to_owned())
        .stack_size(STACK)
        .spawn(run)
        .map_err(|_| failed())?;
    if let Ok((done, taken)) = told.recv_timeout(time * BY_THE_CLOCK + GRACE) {
        OF_OTHERS.set(OF_OTHERS.get() + taken);
        done.unwrap_or_else(|_| Err(failed()))
    } else {
        LEFT.fetch_add(1, Ordering::SeqCst);
        if over.swap(true, Ordering::SeqCst) {
            LEFT.fetch_sub(1, Ordering::SeqCst);
        }
        Err(Fault::TooLarge)
    }
}

fn wait_for_others() -> Result<(), Fault> {
    let until = Instant::now() + WAIT;
    while LEFT.load(Ordering::SeqCst) > MOST_LEFT {
        if Instant::now() >= until {
            return Err(Fault::TooLarge);
        }
        thread::sleep(GRACE / 10);
    }
    Ok(())
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
        assert_eq!(guarded("a", || Ok(1)), Ok(1));
        let broken: Result<(), Fault> = guarded("a", || panic!("never seen"));
        assert_eq!(broken, Err(Fault::Broken("a".to_owned())));
    }

    #[test]
    fn our_own_work_ends_when_its_time_is_over() {
        assert_eq!(in_time(), Ok(()), "outside of a guard there is no end");
        let waited: Result<(), Fault> = guarded("a", || {
            stop();
            step()
        });
        assert_eq!(waited, Err(Fault::TooLarge));
        assert_eq!(within(Duration::ZERO, || Ok(())), Err(Fault::TooLarge));
        assert_eq!(in_time(), Ok(()), "what was stopped is forgotten");
        assert_eq!(LEFT.load(Ordering::SeqCst), 0);
    }

    #[test]
    fn time_counts_that_its_thread_uses() {
        let slept = within(Duration::from_millis(100), || {
            thread::sleep(Duration::from_millis(150));
            Ok(())
        });
        assert_eq!(slept.is_ok(), cfg!(target_os = "linux"));
        let spun: Result<(), Fault> = within(Duration::from_millis(20), || {
            loop {
                step()?;
            }
        });
        assert_eq!(spun, Err(Fault::TooLarge));
    }
}
