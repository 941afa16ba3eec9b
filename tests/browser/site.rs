//! The sample corpus, built once, in a folder whose path has spaces and Chinese characters; a plain
//! static server for it.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'?').add(b'%').add(b'"');

/// The built site: `…/研究室 共享/site`.
pub fn folder() -> &'static Path {
    static SITE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, site) = SITE.get_or_init(|| {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("研究室 共享").join("site");
        build(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
            &root.path().join("index"),
            &site,
        );
        (root, site)
    });
    site
}

/// Runs the program as a user does.
pub fn build(corpus: &Path, index: &Path, site: &Path) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .args(["--now", "2026-11-20", "--corpus"])
        .arg(corpus)
        .arg("--index")
        .arg(index)
        .arg("--site")
        .arg(site)
        .arg("build")
        .output()
        .unwrap();
    assert!(
        output.status.code().is_some_and(|code| code <= 1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The address of a file of the site, from disk.
pub fn file_url() -> String {
    let path = folder().to_str().unwrap();
    format!("file://{}/", utf8_percent_encode(path, PATH))
}

/// Serves the site below `/kb/` as any static server would; the threads end with the process.
pub fn http_url() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/kb/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A browser that went away is no failure.
            std::thread::spawn(move || drop(answer(&stream)));
        }
    });
    url
}

fn answer(stream: &TcpStream) -> std::io::Result<()> {
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
    let path = path
        .strip_prefix("/kb/")
        .map(|path| if path.is_empty() { "index.html" } else { path });
    let kind = match path.and_then(|path| path.rsplit('.').next()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "application/octet-stream",
    };
    let (status, body) = match path.and_then(|path| std::fs::read(folder().join(path)).ok()) {
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
