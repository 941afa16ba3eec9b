//! The bytes of a text of the site.

use crate::cache::Stamp;
use crate::sink::Sink;
use std::io;

/// Files that browsers alone read.
const OF_BROWSERS: [&str; 3] = [".html", ".js", ".css"];

/// A file of the site in UTF-8. What browsers alone read begins with a byte order mark: an old server may say of all that
/// it serves that it is in GB2312, and nothing but the mark outranks a header. Other programs would stumble over it.
pub(super) fn encoded(path: &str, text: String) -> Vec<u8> {
    marked(path, text.into_bytes())
}

fn marked(path: &str, text: Vec<u8>) -> Vec<u8> {
    if OF_BROWSERS.iter().any(|ending| path.ends_with(ending)) {
        ["\u{feff}".as_bytes(), &text].concat()
    } else {
        text
    }
}

/// A sink for texts in UTF-8, which go on to another one as [`encoded`] gives them.
pub(super) struct Encoded<'a>(pub &'a dyn Sink);

impl Sink for Encoded<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        self.0.put(path, marked(path, bytes))
    }

    fn keep(&self, path: &str, stamp: &Stamp) -> bool {
        self.0.keep(path, stamp)
    }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn pages_scripts_and_styles_are_marked_and_nothing_else() {
        for path in [
            "index.html",
            "a/b.html",
            "assets/jianyan.js",
            "assets/jianyan.css",
            "ledger/data-1.js",
        ] {
            assert_eq!(encoded(path, "检".to_owned()), b"\xef\xbb\xbf\xe6\xa3\x80", "{path}");
        }
        for path in [
            "a.md",
            "a.json",
            "feed.xml",
            "replies.ics",
            "sitemap.xml",
            "robots.txt",
            "all.bib",
            "a.csv",
        ] {
            assert_eq!(encoded(path, "检".to_owned()), "检".as_bytes(), "{path}");
        }
    }
}
