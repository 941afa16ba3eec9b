//! A write that fails or is killed at any step leaves the file as it was, and nothing for the next one to stumble over.

use super::{AFTER, BEFORE, NEW, REPORT};
use crate::desk::Desk;

/// Steps that a write has at most.
const STEPS: usize = 20;

fn names(desk: &Desk) -> Vec<String> {
    let folder = desk.path(REPORT).parent().unwrap().to_owned();
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn an_entry_is_written_whole_or_not_at_all_whatever_fails_at_which_step() {
    let old = format!("{BEFORE}{AFTER}");
    for fault in ["fail", "full", "read-only", "kill"] {
        let mut whole = 0;
        for step in 1..=STEPS {
            let desk = Desk::of_documents();
            desk.write(REPORT, &old);
            let output = desk
                .command(&NEW)
                .env("JIANYAN_FAULT", format!("{fault}:{step}"))
                .output()
                .unwrap();
            if output.status.success() {
                whole = step;
                break;
            }
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(desk.read(REPORT), old, "{fault}:{step}: {said}");
            assert!(fault == "kill" || said.contains("无法写入"), "{fault}:{step}: {said}");
            assert!(
                fault == "kill" || names(&desk).len() == 1,
                "{fault}:{step}: {:?}",
                names(&desk)
            );
            // The next command takes over the lock and sweeps.
            desk.run(&NEW);
            assert_eq!(desk.read(REPORT).matches("某县人大常委会").count(), 1, "{fault}:{step}");
            assert_eq!(names(&desk), ["河道.md"], "{fault}:{step}");
        }
        assert!(whole > 3, "{fault} was met at {whole} steps");
    }
}
