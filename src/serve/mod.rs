//! The preview server: builds into memory, serves on 127.0.0.1, follows every change of the corpus,
//! and offers forms to those who write.
//!
//! Nothing is written to the site or index folder: the index of a preview lives in a `folder` of its own, which goes
//! when the preview ends; its pages, drafts among them, are made when they are asked for (`pages`). Into the corpus only `action` writes, through
//! [`crate::author`], and `intake` what it can't read, for requests that know the token.
//!
//! [`crate::http`] answers, on this thread; a `builder` follows the corpus on another one, and publishes each stage of a
//! build in the `state` that both share: documents as soon as they are loaded, lists and search behind them, for as long as
//! nothing newer is there. `route` tells the requests apart; `page` gives pages of the site with the bar of
//! `finding`s; `running` knows a preview that was started before; `turns` makes heavy requests wait for each other; `desk` gives the forms, `verify` the page that judges citations; `intake` fills one from a file, `fix` puts what is right in the place
//! of what isn't.

mod action;
mod builder;
mod desk;
mod finding;
mod fix;
mod folder;
mod follow;
mod form;
mod intake;
mod link;
mod offer;
mod page;
mod pages;
mod route;
mod running;
mod state;
mod turns;
mod verify;
mod watch;

use crate::build::{BuildError, Loaded, Options};
use crate::diagnostic::Diagnostic;
use crate::http::{self, Server, Token};
use builder::Builder;
use folder::Folder;
pub(crate) use running::is_served;
use state::{Build, Pictures, Shared, lock};
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;
pub(crate) use watch::Watching;

/// What the preview has to tell while it runs.
pub(crate) trait Listener: Send + Sync {
    /// It serves at this address, which ends with `/`; a writer shows this token.
    fn ready(&self, address: &str, token: &str);
    /// A build is done.
    fn built(&self, loaded: &Loaded, diagnostics: &[Diagnostic], time: Duration);
    /// A build failed; the pages of the last one stay.
    fn failed(&self, error: BuildError);
}

/// Why the preview could not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    /// The first build failed.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The port could not be taken.
    #[error("port {0}: {1}")]
    Port(u16, String),
    /// Another program has the port, or the system keeps it.
    #[error("port {0} is taken: {1}")]
    Taken(u16, String),
}

/// Builds, serves and follows changes until the process is told to end; then its folder is gone.
///
/// # Errors
/// Where the first build fails or the port can't be taken.
pub(crate) fn run(
    options: &Options,
    port: u16,
    watching: Watching,
    listener: Arc<dyn Listener>,
) -> Result<(), ServeError> {
    let taken = |cause: String| ServeError::Port(port, cause);
    let server = Server::bind(port).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse | ErrorKind::PermissionDenied => ServeError::Taken(port, error.to_string()),
        _ => taken(error.to_string()),
    })?;
    let serving = async {
        // Heard from before there is anything that has to go.
        let told = http::told_to_end().map_err(|error| taken(error.to_string()))?;
        let until_told = Arc::new(UntilTold::new(listener));
        let folder = Folder::new().map_err(|error| ServeError::Build(BuildError::Site(error)))?;
        let outcome = tokio::select! {
            outcome = serve(options, server, watching, &folder, Arc::clone(&until_told)) => outcome,
            () = told => Ok(()),
        };
        until_told.end();
        outcome
    };
    http::run(serving).unwrap_or_else(|error| Err(taken(error.to_string())))
}

async fn serve(
    options: &Options,
    server: Server,
    watching: Watching,
    folder: &Folder,
    listener: Arc<UntilTold>,
) -> Result<(), ServeError> {
    let port = server.port();
    let taken = |cause: String| ServeError::Port(port, cause);
    let (token, shown) = Token::new().map_err(taken)?;
    // Watched before the first build, so that no change falls between the two.
    let changes = watch::watch(&watch::folders(options), watching);
    let address = format!("http://127.0.0.1:{port}/");
    let builder = Builder::new(options, folder.path(), address.clone(), Arc::clone(&listener));
    let (first, built) = oneshot::channel();
    std::thread::spawn(move || builder.run(token, &changes, first));
    // The builder says how its first build went, or has panicked, and said so itself.
    let shared = match built.await {
        Ok(outcome) => outcome.map_err(ServeError::Build)?,
        Err(_) => return Ok(()),
    };
    listener.ready(&address, &shown);
    match server.serve(shared).await {
        Ok(never) => match never {},
        Err(error) => Err(taken(error.to_string())),
    }
}

/// A listener that hears nothing more from the end on: what fails then fails because the preview's folder goes.
struct UntilTold {
    listener: Arc<dyn Listener>,
    ended: AtomicBool,
}

impl UntilTold {
    fn new(listener: Arc<dyn Listener>) -> Self {
        Self {
            listener,
            ended: AtomicBool::new(false),
        }
    }

    fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }

    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

impl Listener for UntilTold {
    fn ready(&self, address: &str, token: &str) {
        self.listener.ready(address, token);
    }

    fn built(&self, loaded: &Loaded, diagnostics: &[Diagnostic], time: Duration) {
        if !self.has_ended() {
            self.listener.built(loaded, diagnostics, time);
        }
    }

    fn failed(&self, error: BuildError) {
        if !self.has_ended() {
            self.listener.failed(error);
        }
    }
}
