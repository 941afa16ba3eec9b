//! The preview is for the machine's own user: what other pages, other names and other hands try.

mod begin;
mod ending;
mod forms;
mod guard;
mod limits;
mod models;
mod paths;
mod preview;
mod stages;
mod undo;
