//! Serving the files of the newest build, and telling pages when there is a newer one.

use super::Shared;
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use std::time::Duration;
use tiny_http::{Header, Method, Request, Response, Server};

/// The script that reloads a page after a change, and the address that it waits at.
const RELOAD_SCRIPT: &str = "_preview/reload.js";
const RELOAD_WAIT: &str = "_preview/after/";
/// How long a page waits at a time.
const LONG_POLL: Duration = Duration::from_secs(20);
/// Threads that answer; waiting pages take a thread of their own.
const THREADS: usize = 4;

pub(super) fn bind(port: u16) -> Result<Arc<Server>, String> {
    Server::http(("127.0.0.1", port))
        .map(Arc::new)
        .map_err(|error| error.to_string())
}

pub(super) fn address(server: &Server) -> String {
    format!("http://{}/", server.server_addr())
}

pub(super) fn serve(server: &Arc<Server>, shared: &Arc<Shared>) {
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, shared) = (Arc::clone(server), Arc::clone(shared));
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    answer(request, &shared);
                }
            })
        })
        .collect();
    for thread in threads {
        // A thread ends only with the server.
        let _ = thread.join();
    }
}

fn answer(request: Request, shared: &Arc<Shared>) {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return send(request, Response::from_string("").with_status_code(405));
    }
    let path = request
        .url()
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('/')
        .to_owned();
    if let Some(seen) = path.strip_prefix(RELOAD_WAIT) {
        let seen = seen.parse().unwrap_or(0);
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            send(
                request,
                Response::from_string(shared.wait_after(seen, LONG_POLL).to_string()),
            )
        });
        return;
    }
    let (number, files) = shared.newest();
    if path == RELOAD_SCRIPT {
        return send(
            request,
            with_type(
                Response::from_string(reload_script(number)),
                "text/javascript; charset=utf-8",
            ),
        );
    }
    let mut path = percent_decode_str(&path).decode_utf8_lossy().into_owned();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    match files.get(&path) {
        Some(bytes) if path.ends_with(".html") => {
            send(
                request,
                with_type(
                    Response::from_data(with_reload(bytes, &path)),
                    "text/html; charset=utf-8",
                ),
            );
        }
        Some(bytes) => send(
            request,
            with_type(Response::from_data(bytes.clone()), media_type(&path)),
        ),
        None => send(request, Response::from_string("404").with_status_code(404)),
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

fn with_type<R: std::io::Read>(response: Response<R>, media_type: &str) -> Response<R> {
    let headers = [
        ("Content-Type", media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    headers.iter().fold(response, |response, (name, value)| {
        match Header::from_bytes(name.as_bytes(), value.as_bytes()) {
            Ok(header) => response.with_header(header),
            Err(()) => response,
        }
    })
}

fn send<R: std::io::Read>(request: Request, response: Response<R>) {
    // A browser that went away is no failure of ours.
    let _ = request.respond(response);
}
