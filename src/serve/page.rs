//! Pages of the site as the preview shows them: with what is to be said of the document above it, and
//! the ways to the desk.

use super::finding::{Shown, shown, weightiest_first};
use super::reply::{Reply, media_type};
use super::request::Request;
use super::{Build, Shared};
use crate::diagnostic::counts;
use crate::record::Kind;
use crate::site::Entry;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// What the bar above a page shows.
#[derive(Serialize)]
struct Bar {
    draft: bool,
    errors: usize,
    warnings: usize,
    edit: Option<String>,
    adopt: Option<String>,
    reply: Option<String>,
    review: Option<String>,
    findings: Vec<Shown>,
}

/// A file of the newest build.
pub(super) fn page(request: &Request, shared: &Shared) -> Reply {
    let build = shared.newest();
    let mut path = request.path.clone();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    match build.files.get(&path) {
        Some((_, bytes)) if path.ends_with(".html") => {
            Reply::page(with_bar(&String::from_utf8_lossy(bytes), &path, &build))
        }
        Some((_, bytes)) => Reply::ok(media_type(&path), bytes.to_vec()),
        None => Reply::failure("404 Not Found"),
    }
}

fn with_bar(page: &str, path: &str, build: &Build) -> String {
    let entry = build.loaded.entries.iter().find(|entry| entry.page == path);
    let bar = build.desk().render("desk-bar.html", path, bar(entry, path, build));
    let up = up(path);
    let page = page.replacen("<main ", &format!("{bar}<main "), 1).replacen(
        "</head>",
        &format!("<link rel=\"stylesheet\" href=\"{up}_/desk.css\">\n</head>"),
        1,
    );
    with_script(&page, &up, build.state())
}

/// A page with the script of the preview, and with a policy that lets it ask this server.
pub(super) fn with_script(page: &str, up: &str, state: u64) -> String {
    page.replacen("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
        .replacen(
            "</body>",
            &format!("<script src=\"{up}_/preview.js\" data-state=\"{state}\"></script></body>"),
            1,
        )
}

fn bar(entry: Option<&Entry>, path: &str, build: &Build) -> Bar {
    let lang = build.loaded.lang;
    let [errors, warnings, _] = counts(&build.diagnostics);
    let mut bar = Bar {
        draft: false,
        errors,
        warnings,
        edit: None,
        adopt: None,
        reply: None,
        review: None,
        findings: Vec::new(),
    };
    let Some(entry) = entry else { return bar };
    let record = entry.document.record();
    let link = |action: &str| format!("{}{}", up(path), desk_link(action, &record.file));
    // What is gathered from another corpus has no forms here.
    let is_own = build.loaded.settings.gathered(&record.file).is_none();
    let edit = is_own.then(|| link("edit"));
    let own = build.diagnostics.iter().filter(|finding| finding.file == record.file);
    bar.findings = weightiest_first(own)
        .into_iter()
        .map(|finding| shown(finding, edit.as_deref(), lang))
        .collect();
    bar.draft = record.draft;
    bar.edit = edit;
    if !is_own {
        return bar;
    }
    bar.review = record.review.is_none().then(|| link("review"));
    match record.kind {
        Kind::Report => bar.adopt = Some(link("adopt")),
        Kind::Recommendation => bar.reply = Some(link("reply")),
        Kind::Case | Kind::Topic => {}
    }
    bar
}

/// From a page to the root of the site.
pub(super) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The address of a form about a file, below the root.
pub(super) fn desk_link(action: &str, file: &str) -> String {
    format!("_/{action}?file={}", utf8_percent_encode(file, NON_ALPHANUMERIC))
}
