//! The addresses of the desk's pages.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The overview of findings.
pub(super) const CHECK: &str = "_/check";

/// From a page to the root of the site.
pub(super) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The address of a form about a file, below the root.
pub(super) fn desk_link(action: &str, file: &str) -> String {
    format!("_/{action}?file={}", utf8_percent_encode(file, NON_ALPHANUMERIC))
}
