//! Pages of the site as the preview shows them: with what is to be said of the document above it, and
//! the ways to the desk.
//!
//! What a page shows is sent in pieces: the bytes of the site are shared by all who read them, and only what the preview
//! adds is made for one.

use super::desk;
use super::finding::{Shown, shown, weightiest_first};
use super::follow::{Page, follow, head, stamp_of_any};
use super::link::{CHECK, desk_link, up};
use super::pages::Page as Made;
use super::state::{Build, Shared};
use crate::build::{self, Carry};
use crate::cache::{Recipe, Stamp};
use crate::diagnostic::{Diagnostic, counts};
use crate::http::{Bytes, Reply, Request, StatusCode, media_type};
use crate::output::{Held, POINTER};
use crate::record::Kind;
use crate::site::Entry;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

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
    /// The forms of what was entered into it: their addresses and names.
    entries: Vec<(String, String)>,
    /// The address of its Word file, and the name of that.
    word: Option<String>,
    name: String,
    findings: Vec<Shown>,
}

/// A file of the newest build.
pub(super) fn page(request: &Request, shared: &Shared) -> Reply {
    let build = shared.newest();
    let path = file_of(request.path());
    if let Some(page) = shown_at(&path, &build) {
        return follow(page, &path, shared.token.trusts(request));
    }
    let media_type = media_type(&path);
    let reply = match build.file(&path) {
        Some((_, bytes)) => Some(Reply::ok(media_type, Bytes::from_owner(Arc::clone(bytes)))),
        None => match build.pages.file(&path) {
            Some(Made::Html(text, _) | Made::Text(text)) => Some(Reply::ok(media_type, text)),
            Some(Made::Attachment(attachment)) => {
                let file = attachment.open().and_then(|file| Reply::file(media_type, file));
                file.ok().map(Reply::into_download)
            }
            None => None,
        },
    };
    reply.unwrap_or_else(|| Reply::failure(StatusCode::NOT_FOUND))
}

/// The overview of findings, as of now.
pub(super) fn check(request: &Request, shared: &Shared) -> Reply {
    let page = overview(&shared.newest());
    follow(page, CHECK, shared.token.trusts(request))
}

/// The document of a page as a Word file. It carries no front matter: who asks for it here sends it to others.
pub(super) fn word(path: &str, shared: &Shared) -> Reply {
    let build = shared.newest();
    let entry = build.loaded.entries.iter().find(|entry| entry.page == path);
    let written = entry.and_then(|entry| build::paper(&build.loaded, entry, Carry::Nothing).ok());
    match written {
        Some(written) => Reply::ok(media_type("x.docx"), written.bytes),
        None => Reply::failure(StatusCode::NOT_FOUND),
    }
}

/// The file of the site that an address names.
pub(super) fn file_of(path: &str) -> Cow<'_, str> {
    if path.is_empty() || path.ends_with('/') {
        Cow::Owned(format!("{path}index.html"))
    } else {
        Cow::Borrowed(path)
    }
}

/// What the preview shows at a path, but for the script that follows it: a page of the site, or the overview of
/// findings.
fn shown_at(path: &str, build: &Build) -> Option<Page> {
    if path == CHECK {
        return Some(overview(build));
    }
    if !path.ends_with(".html") {
        return None;
    }
    let (bytes, stamp, rendering) = match build.file(path) {
        Some((stamp, bytes)) => (Bytes::from_owner(Arc::clone(bytes)), *stamp, None),
        None => match build.pages.file(path)? {
            Made::Html(page, said) => {
                let stamp = Stamp::of(&page);
                (page, stamp, Some(said))
            }
            Made::Text(_) | Made::Attachment(_) => return None,
        },
    };
    let entry = build.loaded.entries.iter().find(|entry| entry.page == path);
    let bar = bar(entry, rendering.as_deref().unwrap_or_default(), path, build);
    let bar = build.desk().render("desk-bar.html", path, bar);
    let style = format!("<link rel=\"stylesheet\" href=\"{}_/desk.css\">\n", up(path));
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    let pointer = build.file(POINTER).filter(|_| head(text).contains(SEARCHES));
    let named = |pointer: Option<&Held>| stamp_with(&stamp, &bar, pointer);
    let (stamp, before_search) = (
        named(pointer),
        pointer
            .is_some_and(|held| build.is_first_search(held))
            .then(|| named(None)),
    );
    let main = text[head(text).len()..]
        .find("<main ")
        .map(|place| head(text).len() + place);
    let places = [(text.find("</head>"), style), (main, bar)];
    let added = places
        .into_iter()
        .filter_map(|(place, text)| Some((place?, text.into())))
        .collect();
    Some(Page {
        bytes,
        added,
        stamp,
        before_search,
    })
}

fn overview(build: &Build) -> Page {
    let bytes = build.overview.get_or_init(|| desk::overview(build).into());
    Page {
        stamp: stamp_with(&Stamp::of(bytes), "", None),
        bytes: bytes.clone(),
        added: Vec::new(),
        before_search: None,
    }
}

/// The stamps of what a page shows now: of one that has another, something has changed.
pub(super) fn stamp_of(path: &str, shared: &Shared) -> Reply {
    let build = shared.newest();
    let page = shown_at(&file_of(path.trim_start_matches('/')), &build);
    let stamps = page.map_or_else(
        || stamp_of_any(&build),
        |page| match page.before_search {
            Some(before) => format!("{} {before}", page.stamp),
            None => page.stamp,
        },
    );
    Reply::text(stamps)
}

/// The state of the preview, once it is another than the one that was seen, or after so long.
pub(super) async fn news(seen: &str, shared: &Shared, longest: Duration) -> Reply {
    let other = shared.until(|build| shared.name_of(build) != seen);
    let newest = tokio::time::timeout(longest, other).await;
    Reply::text(newest.map_or_else(|_| seen.to_owned(), |build| shared.name_of(&build)))
}

/// Names what a page shows: where it searches, the state of search is a part of it.
fn stamp_with(page: &Stamp, bar: &str, pointer: Option<&Held>) -> String {
    let mut recipe = Recipe::of("shown").with(page.hash).with(bar);
    if let Some((search, _)) = pointer {
        recipe.add(search.hash);
    }
    recipe.key().to_string()
}

/// The bar above a page; of a document's page it says what is to be said of that one, its rendering included.
fn bar(entry: Option<&Entry>, rendering: &[Diagnostic], path: &str, build: &Build) -> Bar {
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
        entries: Vec::new(),
        word: None,
        name: String::new(),
        findings: Vec::new(),
    };
    let Some(entry) = entry else { return bar };
    let record = entry.document.record();
    let link = |action: &str| format!("{}{}", up(path), desk_link(action, &record.file));
    // What is gathered from another corpus has no forms here.
    let is_own = build.loaded.settings.gathered(&record.file).is_none();
    let edit = is_own.then(|| link("edit"));
    let loaded = &build.loaded.diagnostics;
    let own = loaded.iter().filter(|finding| finding.file == record.file);
    bar.findings = weightiest_first(own.chain(rendering))
        .into_iter()
        .map(|finding| shown(finding, edit.as_deref(), lang))
        .collect();
    bar.draft = record.draft;
    bar.word = Some(format!(
        "{}_/word?page={}",
        up(path),
        utf8_percent_encode(path, NON_ALPHANUMERIC)
    ));
    bar.name = format!("{}.docx", record.title);
    bar.edit = edit;
    if !is_own {
        return bar;
    }
    bar.entries = desk::entries(entry.document.source(), record, build)
        .into_iter()
        .map(|(form, name)| (format!("{}{form}", up(path)), name))
        .collect();
    bar.review = record.review.is_none().then(|| link("review"));
    match record.kind {
        Kind::Report => bar.adopt = Some(link("adopt")),
        Kind::Recommendation => bar.reply = Some(link("reply")),
        Kind::Case | Kind::Topic | Kind::Law => {}
    }
    bar
}
