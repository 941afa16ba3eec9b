//! The program as its users run it: exit codes, shapes of output, editions, the preview.

mod build;
use crate::desk;
mod findings;
use crate::folder;
mod preview;
mod search;

use desk::Desk;
use std::path::Path;

const GOOD: &str = "---\nkind: report\ntitle: 关于河道治理的调研报告\ndate: 2024-03-05\nunit: 某县人民检察院\nsummary: 摘要。\n---\n\n河道里有非法采砂。\n";

/// A desk with the sample corpus.
fn sample() -> Desk {
    let desk = Desk::new();
    folder::copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
        &desk.path("corpus"),
    );
    desk
}
