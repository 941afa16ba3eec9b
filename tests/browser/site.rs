//! The sample corpus, built once, in a folder whose path has spaces and Chinese characters; a plain
//! static server for it.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tiny_http::{Header, Response, Server};

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

/// Serves the site below `/kb/` as any static server would; the thread ends with the process.
pub fn http_url() -> String {
    let server = Server::http("127.0.0.1:0").unwrap();
    let url = format!("http://{}/kb/", server.server_addr());
    let root = folder().to_owned();
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            let path = percent_decode_str(request.url().split('?').next().unwrap())
                .decode_utf8_lossy()
                .into_owned();
            let path = path
                .strip_prefix("/kb/")
                .map(|path| if path.is_empty() { "index.html" } else { path }.to_owned());
            let bytes = path.as_ref().and_then(|path| std::fs::read(root.join(path)).ok());
            let _ = match (path, bytes) {
                (Some(path), Some(bytes)) => {
                    let kind = match path.rsplit('.').next() {
                        Some("html") => "text/html; charset=utf-8",
                        Some("css") => "text/css",
                        Some("js") => "text/javascript; charset=utf-8",
                        _ => "application/octet-stream",
                    };
                    request.respond(
                        Response::from_data(bytes).with_header(Header::from_bytes("Content-Type", kind).unwrap()),
                    )
                }
                _ => request.respond(Response::from_string("").with_status_code(404)),
            };
        }
    });
    url
}
