//! The files that pages share: one stylesheet, one script.

use super::Site;
use crate::bundle::lean;
use std::io;

const STYLES: [&str; 6] = [
    include_str!("../assets/styles/base.css"),
    include_str!("../assets/styles/frame.css"),
    include_str!("../assets/styles/lists.css"),
    include_str!("../assets/styles/document.css"),
    include_str!("../assets/styles/boards.css"),
    include_str!("../assets/styles/print.css"),
];

const BOARDS: &str = include_str!("../assets/client/boards.js");
const PAGE: &str = include_str!("../assets/client/page.js");
const RESULTS: &str = include_str!("../assets/client/results.js");

impl Site<'_> {
    /// Hands `assets/jianyan.css` and `assets/jianyan.js` (the search engine, then the pages' own scripts)
    /// and `assets/boards.js`, which boards alone load, to a sink.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn assets(&self, engine_js: &str, sink: &mut dyn FnMut(String, String) -> io::Result<()>) -> io::Result<()> {
        sink("assets/jianyan.css".to_owned(), STYLES.concat())?;
        sink(
            "assets/jianyan.js".to_owned(),
            [engine_js, &lean(PAGE), &lean(RESULTS)].concat(),
        )?;
        sink("assets/boards.js".to_owned(), lean(BOARDS))
    }
}
