//! A plain static server: no compression, a connection a request.

use percent_encoding::percent_decode_str;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Serves a folder below `/prefix`; the threads end with the process. Every answer waits for a while, as one from another
/// machine does.
pub(crate) fn serve(root: PathBuf, prefix: &'static str, delay: Duration) -> String {
    serve_by(root, prefix, move |_| delay)
}

/// The same, where `delay` says how long the answer for a path waits, before its body and within it.
pub(crate) fn serve_by(
    root: PathBuf,
    prefix: &'static str,
    delay: impl Fn(&str) -> Duration + Copy + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/{prefix}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let root = root.clone();
            // A browser that went away is not a failure.
            std::thread::spawn(move || drop(answer(&stream, &root, prefix, delay)));
        }
    });
    url
}

fn answer(stream: &TcpStream, root: &Path, prefix: &str, delay: impl Fn(&str) -> Duration) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let Some(first) = lines.next().transpose()? else {
        return Ok(());
    };
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = first.split(' ').nth(1).unwrap_or_default();
    let path = percent_decode_str(target.split('?').next().unwrap_or_default())
        .decode_utf8_lossy()
        .into_owned();
    std::thread::sleep(delay(&path));
    let file = path.strip_prefix('/').and_then(|path| path.strip_prefix(prefix));
    let file = file.map(|file| if file.is_empty() { "index.html" } else { file });
    let kind = match file.and_then(|path| path.rsplit('.').next()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "application/octet-stream",
    };
    let (status, body) = match file.and_then(|file| std::fs::read(root.join(file)).ok()) {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let mut out = stream;
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    // In the middle of the navigation, where a page has one, and in the middle of the whole.
    let menu = body.windows(8).position(|part| part == b"<details").unwrap_or(0);
    let (first, rest) = body.split_at(menu.min(body.len() / 2));
    let (second, third) = rest.split_at(body.len() / 2 - first.len());
    for part in [first, second, third] {
        out.write_all(part)?;
        std::thread::sleep(delay(&path));
    }
    Ok(())
}
