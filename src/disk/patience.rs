//! Files that another program holds open.
//!
//! On Windows nothing takes the place of a file that is open, nor is it removed: by a browser that shows it, by WPS, by
//! what looks for viruses or makes previews. Most let it go within moments, so the step is tried again for a while.

use super::{Found, Refused};
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long a file is waited for.
const PATIENCE: Duration = Duration::from_secs(6);
/// Before the second try; each later one waits longer.
const PAUSE: Duration = Duration::from_millis(10);

/// Windows' numbers for what an open file keeps from being done: access denied, shared otherwise, locked in part, mapped
/// into memory. The first also says that somebody has no right to do it, which time doesn't change.
const HELD: [i32; 4] = [5, 32, 33, 1224];

/// Does a step at a path, again and again while another program holds what stands there.
///
/// # Errors
/// [`Refused`] where it still does so after a while, or what the file system says.
pub(super) fn patiently<T>(path: impl Fn() -> PathBuf, step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let outcome = until(PATIENCE, is_held, step);
    outcome.map_err(|error| {
        if is_held(&error) {
            Refused {
                path: path(),
                found: Found::Held,
            }
            .into()
        } else {
            error
        }
    })
}

fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error().is_some_and(|number| HELD.contains(&number))
}

/// Does a step until it doesn't fail for that reason, or the time is over.
fn until<T>(
    patience: Duration,
    is_held: impl Fn(&io::Error) -> bool,
    mut step: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    let end = Instant::now() + patience;
    let mut pause = PAUSE;
    loop {
        match step() {
            Err(error) if is_held(&error) && Instant::now() < end => std::thread::sleep(pause),
            outcome => return outcome,
        }
        pause = (pause * 2).min(patience / 10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    const SOON: Duration = Duration::from_millis(60);

    /// Tries a step that fails so many times, and how often it was tried.
    fn tried(failures: usize, held: bool) -> (bool, usize) {
        let tries = Cell::new(0);
        let outcome = until(
            SOON,
            |_| held,
            || {
                tries.set(tries.get() + 1);
                if tries.get() > failures {
                    Ok(())
                } else {
                    Err(io::ErrorKind::Other.into())
                }
            },
        );
        (outcome.is_ok(), tries.get())
    }

    #[test]
    fn a_file_that_is_held_is_waited_for_and_not_for_ever() {
        assert_eq!(tried(0, true), (true, 1));
        assert_eq!(tried(3, true), (true, 4));
        let (done, tries) = tried(usize::MAX, true);
        assert!(!done && tries > 3);
    }

    #[test]
    fn any_other_failure_is_one_at_once() {
        assert_eq!(tried(1, false), (false, 1));
    }
}
