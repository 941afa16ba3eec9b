//! The sample corpus, built once, in a folder whose path has spaces and Chinese characters; a plain
//! static server for it.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What is escaped in the address of a file.
pub(crate) const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'?').add(b'%').add(b'"');

/// The built site: `…/研究室 共享/site`.
pub(crate) fn folder() -> &'static Path {
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

/// The same site with its interface in English, from disk.
pub(crate) fn english_url() -> String {
    static SITE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, site) = SITE.get_or_init(|| {
        let root = tempfile::tempdir().unwrap();
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let site = root.path().join("site");
        run(&["--lang", "en"], &corpus, &root.path().join("index"), &site);
        (root, site)
    });
    format!("file://{}/", site.display())
}

/// Runs the program as a user does.
pub(crate) fn build(corpus: &Path, index: &Path, site: &Path) {
    run(&[], corpus, index, site);
}

fn run(options: &[&str], corpus: &Path, index: &Path, site: &Path) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .args(options)
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
pub(crate) fn file_url() -> String {
    let path = folder().to_str().unwrap();
    format!("file://{}/", utf8_percent_encode(path, PATH))
}

/// Serves the site below `/kb/` as any static server would.
pub(crate) fn http_url() -> String {
    crate::server::serve(folder().to_owned(), "kb/", std::time::Duration::ZERO)
}
