//! Runs what a library does with the bytes of a stranger: it may neither end the program nor keep it waiting.

use super::Fault;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The name of the threads whose panics are answered here and printed nowhere.
const NAME: &str = "reader";
/// How long anything may take: far beyond what an honest file needs.
const PATIENCE: Duration = Duration::from_secs(20);
/// Bytes of stack: libraries recurse.
const STACK: usize = 32 << 20;

/// Does some work on a thread of its own.
///
/// # Errors
/// What the work gives, or [`Fault`] where it panics or doesn't end.
pub(super) fn guarded<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    be_quiet();
    let failed = || Fault::Broken(what.to_owned());
    let (tell, told) = mpsc::channel();
    let run = move || {
        let done = catch_unwind(AssertUnwindSafe(work));
        // Nobody listens any more where it took too long.
        drop(tell.send(done));
    };
    thread::Builder::new()
        .name(NAME.to_owned())
        .stack_size(STACK)
        .spawn(run)
        .map_err(|_| failed())?;
    match told.recv_timeout(PATIENCE) {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(failed()),
        Err(_) => Err(Fault::TooLarge),
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
        assert_eq!(guarded("a", || Ok(1)), Ok(1));
        let broken: Result<(), Fault> = guarded("a", || panic!("never seen"));
        assert_eq!(broken, Err(Fault::Broken("a".to_owned())));
    }
}
