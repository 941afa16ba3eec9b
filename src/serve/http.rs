//! One connection: a request, judged by the guard, answered and closed.
//!
//! A connection has a thread of its own: nothing can starve behind a page that waits. (The pool of
//! `tiny_http` lets one of two simultaneous connections wait for the other's end.)

use super::reply::Reply;
use super::request::{Fault, Request};
use super::{Shared, action, desk, intake, mend, page};
use crate::author::EntryKind;
use std::io::{self, Read};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How long a page waits at a time for a newer build.
const LONG_POLL: Duration = Duration::from_secs(20);
/// Connections at a time: pages that wait hold one each.
const MOST_CONNECTIONS: usize = 256;
/// Bytes of a form, and of a file to import, at most.
const LONGEST_FORM: usize = 16 << 20;
const LONGEST_FILE: usize = 100 << 20;
/// What is still taken of a request that was refused, so that its answer arrives.
const DRAIN: Duration = Duration::from_millis(200);
const MOST_DRAINED: u64 = 4 << 20;

pub(super) fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().flatten() {
        if open.fetch_add(1, Ordering::SeqCst) >= MOST_CONNECTIONS {
            drop(Reply::failure("503 Service Unavailable").send(&stream, true));
            open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (shared, open) = (Arc::clone(shared), Arc::clone(&open));
        std::thread::spawn(move || {
            // A browser that went away is no failure of ours.
            drop(answer(&stream, &shared));
            open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

fn answer(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_write_timeout(Some(Duration::from_secs(60)))?;
    let outcome = Request::read(stream).and_then(|mut request| {
        let reply = reply(&mut request, stream, shared)?;
        Ok((reply, request.method))
    });
    match outcome {
        Ok((reply, method)) if method == "GET" || method == "HEAD" => reply.send(stream, method == "GET"),
        Ok((reply, _)) => finish(&reply, stream),
        Err(Fault::Gone) => Ok(()),
        Err(fault) => finish(&failure(fault), stream),
    }
}

/// Answers a request that may not have been read to its end: closed at once, its sender would see a
/// broken connection in the place of the answer.
fn finish(reply: &Reply, stream: &TcpStream) -> io::Result<()> {
    reply.send(stream, true)?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(DRAIN))?;
    drop(io::copy(&mut stream.take(MOST_DRAINED), &mut io::sink()));
    Ok(())
}

fn failure(fault: Fault) -> Reply {
    Reply::failure(match fault {
        Fault::Gone | Fault::Malformed => "400 Bad Request",
        Fault::Slow => "408 Request Timeout",
        Fault::Large => "413 Content Too Large",
        Fault::NoLength => "411 Length Required",
    })
}

fn reply(request: &mut Request, stream: &TcpStream, shared: &Shared) -> Result<Reply, Fault> {
    if !shared.guard.admits(request) {
        return Ok(Reply::failure("403 Forbidden"));
    }
    let name = request.path.strip_prefix("_/").map(str::to_owned);
    match (request.method.as_str(), name.as_deref()) {
        ("GET" | "HEAD", None) => Ok(page::page(request, shared)),
        ("GET" | "HEAD", Some(name)) => Ok(desk_page(name, request, shared)),
        ("POST", Some(name)) => posted(name, request, stream, shared),
        _ => Ok(Reply::failure("405 Method Not Allowed")),
    }
}

fn desk_page(name: &str, request: &Request, shared: &Shared) -> Reply {
    if let Some(reply) = desk::file(name) {
        return reply;
    }
    if let Some(seen) = name.strip_prefix("after/") {
        return page::after(seen, request.parameter("page"), shared, LONG_POLL);
    }
    match name {
        "check" => desk::check(shared),
        "open" => desk::opened(request, shared, LONG_POLL),
        _ if !matches!(name, "new" | "edit") && EntryKind::parse(name).is_none() => Reply::failure("404 Not Found"),
        _ if shared.guard.trusts(request) => desk::form(name, request, shared),
        _ => desk::refused(shared),
    }
}

/// What writes, and what says what would be written. A form is JSON, which no page of another site
/// can send without asking first.
fn posted(name: &str, request: &mut Request, stream: &TcpStream, shared: &Shared) -> Result<Reply, Fault> {
    if !shared.guard.trusts(request) {
        return Ok(action::refused(shared));
    }
    let wanted = if name == "import" {
        ("application/octet-stream", LONGEST_FILE)
    } else {
        ("application/json", LONGEST_FORM)
    };
    let media_type = request.header("content-type").unwrap_or_default();
    if media_type.split(';').next().map(str::trim) != Some(wanted.0) {
        return Ok(Reply::failure("415 Unsupported Media Type"));
    }
    let body = request.body(stream, wanted.1)?;
    if name == "import" {
        return Ok(intake::import(
            request.parameter("name"),
            request.parameter("kind"),
            &body,
            shared,
        ));
    }
    let Ok(values) = serde_json::from_slice(&body) else {
        return Ok(Reply::failure("400 Bad Request"));
    };
    Ok(match name {
        "preview" => action::preview(&values, shared),
        "mend" => mend::mend(&values, shared),
        "save" => action::save(&values, shared),
        "edit" => action::edit(&values, shared),
        _ => match EntryKind::parse(name) {
            Some(kind) => action::enter(kind, &values, shared),
            None => Reply::failure("404 Not Found"),
        },
    })
}
