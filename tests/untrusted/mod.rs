//! Folders, files and settings that a stranger made: nothing outside is written, emptied, removed, read or run.

#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod reading;
mod support;
