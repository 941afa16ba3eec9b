//! A page that follows the preview: with the script that asks whether it has changed.

use super::link::up;
use super::state::Build;
use crate::cache::Recipe;
use crate::http::{Bytes, Reply};

/// A page of the preview, before its script is added: the page of the site, and what stands in it besides.
pub(super) struct Page {
    pub bytes: Bytes,
    /// Where, and what.
    pub added: Vec<(usize, Bytes)>,
    pub stamp: String,
    /// Where the search that it loads is the first of this preview: its stamp while there was none. Who asked for it then
    /// has waited for this one.
    pub before_search: Option<String>,
}

/// How the policy of a page begins.
const NOTHING: &str = "default-src 'none';";

/// A page with the script of the preview that follows it, and with a policy that lets it ask this server. The script
/// keeps a token only where that is the one of this run: a link on a foreign page may name any.
pub(super) fn follow(page: Page, path: &str, trusted: bool) -> Reply {
    let text = std::str::from_utf8(&page.bytes).unwrap_or_default();
    let (stamp, up) = (&page.stamp, up(path));
    let known = if trusted { " data-trusted" } else { "" };
    let script = format!("<script src=\"{up}_/preview.js\" data-stamp=\"{stamp}\"{known}></script>");
    let policy = head(text).find(NOTHING).map(|place| place + NOTHING.len());
    let places = [(policy, " connect-src 'self';"), (text.rfind("</body>"), &script)];
    let places = places
        .into_iter()
        .filter_map(|(place, text)| Some((place?, Bytes::from(text.to_owned()))));
    let mut added: Vec<(usize, Bytes)> = page.added.into_iter().chain(places).collect();
    added.sort_by_key(|&(place, _)| place);
    let mut pieces = Vec::with_capacity(2 * added.len() + 1);
    let mut sent = 0;
    for (place, text) in added {
        pieces.extend([page.bytes.slice(sent..place), text]);
        sent = place;
    }
    pieces.push(page.bytes.slice(sent..));
    Reply::page(pieces)
}

/// The head of a page, in which all that it loads is named.
pub(super) fn head(page: &str) -> &str {
    page.find("</head>").map_or("", |end| &page[..end])
}

/// A page of the desk that is not one of the site: each build is a change of it.
pub(super) fn of_desk(page: String, path: &str, build: &Build, trusted: bool) -> Reply {
    let page = Page {
        bytes: page.into(),
        added: Vec::new(),
        stamp: stamp_of_any(build),
        before_search: None,
    };
    follow(page, path, trusted)
}

/// Stamp of a page that its path can't reproduce; changes with every build.
pub(super) fn stamp_of_any(build: &Build) -> String {
    Recipe::of("build").with(build.number.to_string()).key().to_string()
}
