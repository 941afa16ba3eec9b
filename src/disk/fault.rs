//! Faults for tests: `JIANYAN_FAULT` says which, and at the how manieth step (from 1).
//!
//! `fail:9` fails the ninth step, `full:9` all from the ninth that take room, `read-only:9` all from the ninth, and
//! `kill:9` ends the process there, as a loss of power would. Anything else means none.

use super::Step;
use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Fail,
    Full,
    ReadOnly,
    Kill,
}

/// Counts a step, and fails where that was asked for.
pub(super) fn step(step: Step) -> io::Result<()> {
    static PLAN: OnceLock<Option<(Fault, u64)>> = OnceLock::new();
    static STEPS: AtomicU64 = AtomicU64::new(0);
    let Some((fault, at)) = PLAN.get_or_init(|| std::env::var("JIANYAN_FAULT").ok().and_then(|text| read(&text)))
    else {
        return Ok(());
    };
    let number = STEPS.fetch_add(1, Ordering::SeqCst) + 1;
    let kind = match fault {
        Fault::Fail if number == *at => io::ErrorKind::Other,
        Fault::Full if number >= *at && step == Step::Fills => io::ErrorKind::StorageFull,
        Fault::ReadOnly if number >= *at => io::ErrorKind::ReadOnlyFilesystem,
        Fault::Kill if number == *at => std::process::abort(),
        _ => return Ok(()),
    };
    Err(kind.into())
}

fn read(text: &str) -> Option<(Fault, u64)> {
    let (name, at) = text.split_once(':')?;
    let fault = match name {
        "fail" => Fault::Fail,
        "full" => Fault::Full,
        "read-only" => Fault::ReadOnly,
        "kill" => Fault::Kill,
        _ => return None,
    };
    Some((fault, at.parse().ok()?))
}
