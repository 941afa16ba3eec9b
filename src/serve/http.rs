//! Serving the files of the newest build, and telling pages when there is a newer one.
//!
//! A connection is one request, answered by a thread of its own and closed: nothing can starve
//! behind a page that waits. (The pool of `tiny_http` lets one of two simultaneous connections wait
//! for the other's end.)

use super::Shared;
use percent_encoding::percent_decode_str;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// The script that reloads a page after a change, and the address that it waits at.
const RELOAD_SCRIPT: &str = "_preview/reload.js";
const RELOAD_WAIT: &str = "_preview/after/";
/// How long a page waits at a time.
const LONG_POLL: Duration = Duration::from_secs(20);
/// How long a client may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of a request that are read.
const LONGEST_REQUEST: u64 = 64 << 10;

pub(super) fn bind(port: u16) -> Result<TcpListener, String> {
    TcpListener::bind(("127.0.0.1", port)).map_err(|error| error.to_string())
}

pub(super) fn address(listener: &TcpListener) -> String {
    listener
        .local_addr()
        .map_or_else(|_| String::new(), |address| format!("http://{address}/"))
}

pub(super) fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming().flatten() {
        let shared = Arc::clone(shared);
        // A browser that went away is no failure of ours.
        std::thread::spawn(move || drop(answer(&stream, &shared)));
    }
}

/// What is sent back.
struct Reply {
    status: &'static str,
    media_type: &'static str,
    body: Vec<u8>,
}

impl Reply {
    fn ok(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: "200 OK",
            media_type,
            body: body.into(),
        }
    }

    fn failure(status: &'static str) -> Self {
        Self {
            status,
            media_type: "text/plain; charset=utf-8",
            body: status.into(),
        }
    }
}

fn answer(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let Some((method, target)) = request(stream)? else {
        return Ok(());
    };
    let reply = match method.as_str() {
        "GET" | "HEAD" => reply(&target, shared),
        _ => Reply::failure("405 Method Not Allowed"),
    };
    let mut out = io::BufWriter::new(stream);
    write!(
        out,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        reply.status,
        reply.media_type,
        reply.body.len()
    )?;
    if method == "GET" {
        out.write_all(&reply.body)?;
    }
    out.flush()
}

/// Reads method and target of a request, and its headers to their end.
fn request(stream: &TcpStream) -> io::Result<Option<(String, String)>> {
    let mut lines = BufReader::new(stream.take(LONGEST_REQUEST)).lines();
    let Some(first) = lines.next().transpose()? else {
        return Ok(None);
    };
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = first.split(' ');
    Ok(words
        .next()
        .zip(words.next())
        .map(|(method, target)| (method.to_owned(), target.to_owned())))
}

fn reply(target: &str, shared: &Shared) -> Reply {
    let path = target
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('/');
    if let Some(seen) = path.strip_prefix(RELOAD_WAIT) {
        let number = shared.wait_after(seen.parse().unwrap_or(0), LONG_POLL);
        return Reply::ok("text/plain; charset=utf-8", number.to_string());
    }
    let (number, files) = shared.newest();
    if path == RELOAD_SCRIPT {
        return Reply::ok("text/javascript; charset=utf-8", reload_script(number));
    }
    let mut path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    match files.get(&path) {
        Some((_, bytes)) if path.ends_with(".html") => Reply::ok("text/html; charset=utf-8", with_reload(bytes, &path)),
        Some((_, bytes)) => Reply::ok(media_type(&path), bytes.to_vec()),
        None => Reply::failure("404 Not Found"),
    }
}

/// A page with the reload script, and with a policy that lets the script ask this server.
fn with_reload(page: &[u8], path: &str) -> Vec<u8> {
    let up = "../".repeat(path.matches('/').count());
    String::from_utf8_lossy(page)
        .replacen("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
        .replacen(
            "</body>",
            &format!("<script src=\"{up}{RELOAD_SCRIPT}\"></script></body>"),
            1,
        )
        .into_bytes()
}

fn reload_script(number: u64) -> String {
    format!(
        "(function wait(){{var ask=new XMLHttpRequest();ask.open('GET',new URL('/{RELOAD_WAIT}{number}',location.href));\
         ask.onload=function(){{if(Number(ask.responseText)>{number})location.reload();else wait()}};\
         ask.onerror=function(){{setTimeout(wait,1000)}};ask.send()}})();\n"
    )
}

fn media_type(path: &str) -> &'static str {
    match path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "css" => "text/css; charset=utf-8",
        // The bundle's files carry their encoding in a byte order mark.
        "js" => "text/javascript",
        "json" => "application/json",
        "md" | "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
