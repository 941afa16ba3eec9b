//! A plain static server: no compression, a connection a request.

use percent_encoding::percent_decode_str;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Serves a folder below `/prefix`; the threads end with the process. Every answer waits for a while, as one from another
/// machine does.
pub fn serve(root: PathBuf, prefix: &'static str, delay: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/{prefix}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let root = root.clone();
            // A browser that went away is no failure.
            std::thread::spawn(move || {
                std::thread::sleep(delay);
                drop(answer(&stream, &root, prefix));
            });
        }
    });
    url
}

fn answer(stream: &TcpStream, root: &Path, prefix: &str) -> std::io::Result<()> {
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
    let path = path.strip_prefix('/').and_then(|path| path.strip_prefix(prefix));
    let path = path.map(|path| if path.is_empty() { "index.html" } else { path });
    let kind = match path.and_then(|path| path.rsplit('.').next()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "application/octet-stream",
    };
    let (status, body) = match path.and_then(|path| std::fs::read(root.join(path)).ok()) {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let mut out = stream;
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    out.write_all(&body)
}
