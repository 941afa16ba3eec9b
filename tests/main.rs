//! All tests in one program but those in a browser and those of random bytes, which have an allocator of their own: one
//! area a module, and what several of them use.
//! `cargo test --test suite ledger::` runs those of one area.
#![allow(
    clippy::items_after_statements,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a test is a list of cases, with what they need beside it"
)]

mod archive;
mod atomic;
mod authors;
mod check;
mod cli;
mod client;
mod cluster;
mod compat;
mod desk;
mod diagnostics;
mod disguised;
mod entries;
mod export;
mod folder;
mod gateway;
mod gathered;
mod held;
mod hostile;
mod import;
mod incremental;
mod judged;
mod ledger;
mod ledger_page;
mod loaded;
mod look;
mod made;
mod messages;
mod npm;
mod overview;
mod pages;
mod places;
mod payload;
mod records;
mod recount;
mod retrieval;
mod sample_corpus;
mod sealed;
mod search;
mod serve;
mod served;
mod structure;
mod supply;
mod untrusted;
mod usage;
mod verify;
