//! Folders, files and settings that a stranger made: nothing outside is written, emptied, removed, read or run, and
//! nothing of them acts in a page or on a terminal.

mod carried;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod races;
#[cfg(unix)]
mod reading;
mod support;
mod vectors;
