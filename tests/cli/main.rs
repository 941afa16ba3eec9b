//! The program as its users run it: exit codes, shapes of output, editions, the preview.

mod build;
mod desk;
mod findings;
#[path = "../folder/mod.rs"]
mod folder;
#[path = "../payload/mod.rs"]
#[allow(dead_code)]
mod payload;
mod preview;
mod search;
#[path = "../served/mod.rs"]
mod served;
