//! What a request asks for, and who may.

use super::state::Shared;
use super::{action, desk, fix, intake, page, running, verify};
use crate::author::EntryKind;
use crate::http::{App, Call, Fault, Method, Reply, Request, Response, StatusCode, blocking};
use crate::mcp;
use std::sync::Arc;
use std::time::Duration;

/// How long news are waited for at a time.
pub(super) const LONG_POLL: Duration = Duration::from_secs(20);
/// Bytes of a form, and of a file to import, at most.
const LONGEST_FORM: usize = 16 << 20;
const LONGEST_FILE: usize = 100 << 20;

impl App for Shared {
    async fn answer(self: Arc<Self>, call: Call) -> Response {
        let request = Arc::clone(&call.request);
        if request.path() == mcp::PATH {
            return self.models.answer(call).await;
        }
        let name = request.path().strip_prefix("_/");
        let reply = match (request.method(), name) {
            (&Method::GET | &Method::HEAD, None) => {
                let request = Arc::clone(&request);
                self.until_it_comes(&page::file_of(request.path()), &call).await;
                blocking(move || page::page(&request, &self)).await
            }
            (&Method::GET | &Method::HEAD, Some(name)) => desk_page(name, &call, self).await,
            (&Method::POST, Some(name)) => match posted(name, call, self).await {
                Ok(reply) => reply,
                Err(fault) => Reply::failure(fault.status()),
            },
            _ => Reply::failure(StatusCode::METHOD_NOT_ALLOWED),
        };
        reply.into()
    }
}

impl Shared {
    /// Waits for a file that the newest build may still bring.
    async fn until_it_comes(&self, path: &str, call: &Call) {
        if self.newest().may_come(path) {
            call.waits();
            let comes = self.until(|build| !build.may_come(path));
            // What doesn't come in time isn't there.
            let _ = tokio::time::timeout(LONG_POLL, comes).await;
        }
    }
}

async fn desk_page(name: &str, call: &Call, shared: Arc<Shared>) -> Reply {
    if let Some(reply) = desk::file(name) {
        return reply;
    }
    if let Some(seen) = name.strip_prefix("news/") {
        call.waits();
        return page::news(seen, &shared, LONG_POLL).await;
    }
    if let Some(asked) = name.strip_prefix(running::ADDRESS) {
        return if asked == running::name_of(&shared.options.corpus) {
            Reply::text(asked.to_owned())
        } else {
            Reply::failure(StatusCode::NOT_FOUND)
        };
    }
    let request = Arc::clone(&call.request);
    let trusted = shared.token.trusts(&request);
    match name {
        "stamp" => blocking(move || page::stamp_of(request.parameter("page"), &shared)).await,
        "word" => word(request, shared).await,
        "check" => blocking(move || page::check(&request, &shared)).await,
        "open" => {
            call.waits();
            desk::opened(&request, &shared, LONG_POLL).await
        }
        "verify" => {
            blocking(move || {
                if trusted {
                    verify::page(&shared)
                } else {
                    desk::refused(&shared)
                }
            })
            .await
        }
        _ if matches!(name, "new" | "edit") || EntryKind::parse(name).is_some() => {
            let name = name.to_owned();
            blocking(move || {
                if trusted {
                    desk::form(&name, &request, &shared)
                } else {
                    desk::refused(&shared)
                }
            })
            .await
        }
        _ => Reply::failure(StatusCode::NOT_FOUND),
    }
}

/// The document of a page as a Word file, in its turn.
async fn word(request: Arc<Request>, shared: Arc<Shared>) -> Reply {
    let Some(turn) = shared.papers.take().await else {
        return Reply::busy();
    };
    let write = move || {
        // Held to the end of the writing, which goes on when the client is gone.
        let _turn = turn;
        page::word(request.parameter("page"), &shared)
    };
    blocking(write).await
}

/// What writes, and what says what would be written. A form is JSON, which no page of another site
/// can send without asking first.
async fn posted(name: &str, mut call: Call, shared: Arc<Shared>) -> Result<Reply, Fault> {
    let request = Arc::clone(&call.request);
    if !shared.token.trusts(&request) {
        return Ok(action::refused(&shared));
    }
    let wanted = if matches!(name, "import" | "verify") {
        ("application/octet-stream", LONGEST_FILE)
    } else {
        ("application/json", LONGEST_FORM)
    };
    let media_type = request.header("content-type").unwrap_or_default();
    if media_type.split(';').next().map(str::trim) != Some(wanted.0) {
        return Ok(Reply::failure(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let body = call.body(wanted.1).await?;
    if name == "verify" {
        return Ok(blocking(move || verify::judge(request.parameter("name"), &body, &shared)).await);
    }
    if name == "import" {
        // Held to the end of the reading, which goes on when the client is gone.
        let turn = Arc::clone(&shared.importing).lock_owned().await;
        let import = move || {
            let _turn = turn;
            intake::import(request.parameter("name"), request.parameter("kind"), &body, &shared)
        };
        return Ok(blocking(import).await);
    }
    let name = name.to_owned();
    let acted = blocking(move || match serde_json::from_slice(&body) {
        Ok(values) => act(&name, &values, &shared),
        Err(_) => Reply::failure(StatusCode::BAD_REQUEST),
    });
    Ok(acted.await)
}

fn act(name: &str, values: &super::form::Values, shared: &Shared) -> Reply {
    match name {
        "preview" => action::preview(values, shared),
        "fields" => action::fields(values, shared),
        "fix" => fix::fix(values, shared),
        "save" => action::save(values, shared),
        "edit" => action::edit(values, shared),
        "undo" => action::undo(values, shared),
        "sample" => action::sample(shared),
        _ => match EntryKind::parse(name) {
            Some(kind) => action::enter(kind, values, shared),
            None => Reply::failure(StatusCode::NOT_FOUND),
        },
    }
}
