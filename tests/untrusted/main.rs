//! Folders, files and settings that a stranger made: nothing outside is written, emptied, removed, read or run, and
//! nothing of them acts in a page or on a terminal.

mod carried;
#[path = "../desk/mod.rs"]
mod desk;
#[path = "../folder/mod.rs"]
mod folder;
#[path = "../made/mod.rs"]
mod made;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod reading;
mod support;
mod vectors;
