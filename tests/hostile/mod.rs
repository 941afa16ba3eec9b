//! Hostile and broken input: each file is reported, none stops the others, nothing panics.

mod corpus;
mod documents;
mod files;

use crate::desk::Desk;
use std::process::Output;

/// Runs and expects that it ends well or with findings.
fn run(desk: &Desk, arguments: &[&str]) -> Output {
    let output = desk.run(arguments);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{arguments:?}: {:?} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn with_body(body: &str) -> Vec<u8> {
    format!("---\nkind: report\ntitle: 坏的\ndate: 2024-03-05\nsummary: 一句话。\n---\n\n{body}\n").into_bytes()
}
