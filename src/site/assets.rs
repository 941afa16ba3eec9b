//! The files that pages share: stylesheets and scripts.

use super::Site;
use std::io;

/// What every page needs; the search page needs no more.
const COMMON: &str = concat!(
    include_str!("../assets/styles/base.css"),
    include_str!("../assets/styles/frame.css"),
    include_str!("../assets/styles/lists.css"),
    include_str!("../assets/styles/print.css"),
);

/// What pages that are read need besides. The rules for print come last here, too.
const DOCUMENT: &str = concat!(
    include_str!("../assets/styles/document.css"),
    include_str!("../assets/styles/print.css"),
);

/// The scripts of every page, shrunk; the engine stands before them.
const PAGE: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/client/page.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/results.js")),
);

impl Site<'_> {
    /// Hands stylesheets and scripts below `assets/` to a sink; `jianyan.js` is the search engine and then the
    /// pages' own scripts.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn assets(&self, engine_js: &str, sink: &mut dyn FnMut(String, String) -> io::Result<()>) -> io::Result<()> {
        sink("assets/jianyan.css".to_owned(), COMMON.to_owned())?;
        sink("assets/document.css".to_owned(), DOCUMENT.to_owned())?;
        sink("assets/jianyan.js".to_owned(), [engine_js, PAGE].concat())
    }
}
