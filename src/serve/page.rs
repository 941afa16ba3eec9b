//! Pages of the site as the preview shows them: with what is to be said of the document above it, and
//! the ways to the desk.

use super::desk::{self, CHECK};
use super::finding::{Shown, shown, weightiest_first};
use super::reply::{Reply, media_type};
use super::request::Request;
use super::{Build, Shared};
use crate::cache::Recipe;
use crate::diagnostic::counts;
use crate::output::POINTER;
use crate::record::Kind;
use crate::site::Entry;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::borrow::Cow;
use std::time::{Duration, Instant};

/// What a page holds that searches: the address of [`POINTER`], from wherever it stands.
const SEARCHES: &str = "search/current.js\"";

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
    let path = file_of(&request.path);
    if let Some(page) = shown_at(&path, &build) {
        return follow(&page, &path, &build);
    }
    match build.file(&path) {
        Some((_, bytes)) => Reply::ok(media_type(&path), bytes.to_vec()),
        None => Reply::failure("404 Not Found"),
    }
}

/// A page that is followed by what it shows.
pub(super) fn follow(page: &str, path: &str, build: &Build) -> Reply {
    Reply::page(followed(page, &up(path), &stamp(page, build)))
}

/// The file of the site that an address names.
fn file_of(path: &str) -> Cow<'_, str> {
    match path.is_empty() || path.ends_with('/') {
        true => Cow::Owned(format!("{path}index.html")),
        false => Cow::Borrowed(path),
    }
}

/// What the preview shows at a path, but for the script that follows it: a page of the site, or the overview of
/// findings.
fn shown_at(path: &str, build: &Build) -> Option<String> {
    if path == CHECK {
        return Some(desk::overview(build));
    }
    let (_, bytes) = build.file(path).filter(|_| path.ends_with(".html"))?;
    Some(with_bar(&String::from_utf8_lossy(bytes), path, build))
}

/// The stamp of what an open page shows, once it is another than the one that the page has, or after so long.
pub(super) fn after(seen: &str, path: &str, shared: &Shared, longest: Duration) -> Reply {
    let deadline = Instant::now() + longest;
    let path = file_of(path.trim_start_matches('/'));
    let mut build = shared.newest();
    loop {
        let stamp = shown_at(&path, &build).map_or_else(|| stamp_of_any(&build), |page| stamp(&page, &build));
        let left = deadline.saturating_duration_since(Instant::now());
        if stamp != seen || left.is_zero() {
            return Reply::ok("text/plain; charset=utf-8", stamp);
        }
        build = shared.wait_for_change(build.state(), left);
    }
}

/// Names what a page shows: where it searches, the state of search is a part of it.
fn stamp(page: &str, build: &Build) -> String {
    let mut recipe = Recipe::of("shown").with(page);
    if page.contains(SEARCHES) {
        recipe.add(build.file(POINTER).map_or([0; 16], |(stamp, _)| stamp.hash));
    }
    recipe.key().to_string()
}

/// Stands for the stamp of a page that can't be made again by its path alone: each build is a change.
pub(super) fn stamp_of_any(build: &Build) -> String {
    stamp(&build.number.to_string(), build)
}

fn with_bar(page: &str, path: &str, build: &Build) -> String {
    let entry = build.loaded.entries.iter().find(|entry| entry.page == path);
    let bar = build.desk().render("desk-bar.html", path, bar(entry, path, build));
    let up = up(path);
    page.replacen("<main ", &format!("{bar}<main "), 1).replacen(
        "</head>",
        &format!("<link rel=\"stylesheet\" href=\"{up}_/desk.css\">\n</head>"),
        1,
    )
}

/// A page with the script of the preview that follows it, and with a policy that lets it ask this server.
pub(super) fn followed(page: &str, up: &str, stamp: &str) -> String {
    page.replacen("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
        .replacen(
            "</body>",
            &format!("<script src=\"{up}_/preview.js\" data-stamp=\"{stamp}\"></script></body>"),
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
