//! Folders, files and settings that a stranger made: nothing outside is written, emptied, removed, read or run.

#[path = "../desk/mod.rs"]
mod desk;
#[path = "../folder/mod.rs"]
mod folder;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod reading;
mod support;
