//! The search of a site, answered by a server that stands beside it behind the office's own web server.
//!
//! The page asks `api/search` and takes the answer for that of the engine in the browser: the same JSON that
//! `jianyan search --format json` writes, with what a page shows besides. What the answers come from is behind [`Answers`]:
//! an index folder ([`Folder`]) or a cluster ([`Engine`]). [`App`] lets nobody take more than a share (`rate`, `turns`),
//! tells a client what it has already (its tag is that of the generation and the question), and counts (`metrics`). `asked`
//! reads the questions, `pages` hands out the files of a site for those who have no web server.

mod answers;
mod app;
mod asked;
mod engine;
mod folder;
mod metrics;
mod pages;
mod rate;
mod turns;

pub(crate) use answers::{Answers, Like, Refusal, Source};
pub(crate) use app::App;
pub(crate) use engine::Engine;
pub(crate) use folder::Folder;
pub(crate) use pages::Pages;

use crate::http::{self, Server};
use std::io;
use std::sync::Arc;

/// Answers until the process is told to end.
///
/// # Errors
/// Where the system doesn't let it listen.
pub(crate) fn run<S: Source>(server: Server, app: App<S>) -> io::Result<()> {
    http::run(async {
        let told = http::told_to_end()?;
        tokio::select! {
            served = server.serve(Arc::new(app)) => served.map(|never| match never {}),
            () = told => Ok(()),
        }
    })?
}
