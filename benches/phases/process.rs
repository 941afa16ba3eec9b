//! Time and memory of a process.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a process cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub seconds: f64,
    /// The most memory that it had in use, in bytes; 0 where the system doesn't tell.
    pub peak: u64,
}

/// Runs a command to its end and measures it whole. Findings (exit code 1) are no failure.
pub(crate) fn measure(command: &mut Command) -> Cost {
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let peak = watch(&mut child);
    let code = child.wait().expect("it ends").code();
    assert!(matches!(code, Some(0 | 1)), "{command:?} ended with {code:?}");
    Cost {
        seconds: started.elapsed().as_secs_f64(),
        peak,
    }
}

/// Runs a command that says itself, on a line, how many seconds what is to be measured took.
pub(crate) fn timed(command: &mut Command) -> Cost {
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let peak = watch(&mut child);
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8_lossy(&output.stdout);
    let seconds = text
        .trim()
        .parse()
        .unwrap_or_else(|_| panic!("{command:?} said {text:?}"));
    Cost { seconds, peak }
}

/// Looks at the high-water mark of a process until it ends; it only ever rises, so that the last look tells, but for
/// the last hundredth of a second.
fn watch(child: &mut Child) -> u64 {
    let mut peak = 0;
    while child.try_wait().is_ok_and(|ended| ended.is_none()) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or_default() << 10);
        std::thread::sleep(Duration::from_millis(10));
    }
    peak
}
