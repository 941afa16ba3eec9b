//! The files that pages share: one stylesheet, one script.

use super::Site;
use crate::bundle::lean;
use std::io;

const STYLES: [&str; 6] = [
    include_str!("../assets/styles/base.css"),
    include_str!("../assets/styles/frame.css"),
    include_str!("../assets/styles/lists.css"),
    include_str!("../assets/styles/document.css"),
    include_str!("../assets/styles/search.css"),
    include_str!("../assets/styles/print.css"),
];

const PAGE: &str = include_str!("../assets/client/page.js");
const RESULTS: &str = include_str!("../assets/client/results.js");
const SIMILAR: &str = include_str!("../assets/client/similar.js");
const WORDS: &str = include_str!("../assets/client/words.js");
const HELP: &str = include_str!("../assets/client/help.js");
const SUGGEST: &str = include_str!("../assets/client/suggest.js");
const NEARBY: &str = include_str!("../assets/client/nearby.js");

/// Prefixes of the messages that the scripts loaded on demand show.
const LIKENESS_MESSAGES: [&str; 5] = ["like.", "novelty.", "kind.", "badge.", "level."];

/// The engine's part of `assets/similar.js`, without what it shows.
pub fn likeness_script() -> String {
    let parameters = crate::query::similar::PARAMETERS.trim_end();
    format!("jianyan.likeness = {parameters};\n{}", lean(SIMILAR))
}

/// The engine's part of `assets/help.js`.
pub fn help_script() -> String {
    lean(WORDS) + &lean(HELP)
}

impl Site<'_> {
    /// Hands `assets/jianyan.css` and `assets/jianyan.js` (the search engine, then the pages' own scripts), and the scripts
    /// that are loaded on demand, to a sink.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn assets(&self, engine_js: &str, sink: &mut dyn FnMut(String, String) -> io::Result<()>) -> io::Result<()> {
        sink("assets/jianyan.css".to_owned(), STYLES.concat())?;
        sink(
            "assets/jianyan.js".to_owned(),
            [engine_js, &lean(PAGE), &lean(RESULTS)].concat(),
        )?;
        sink(
            "assets/similar.js".to_owned(),
            self.texts(&LIKENESS_MESSAGES) + &likeness_script() + &lean(NEARBY),
        )?;
        sink("assets/help.js".to_owned(), self.texts(&["help."]) + &help_script())?;
        sink(
            "assets/suggest.js".to_owned(),
            self.texts(&["suggest."]) + &lean(WORDS) + &lean(SUGGEST),
        )
    }

    /// Gives messages to the scripts that stand behind them.
    fn texts(&self, prefixes: &[&str]) -> String {
        format!("Object.assign(jianyan.page.texts, {});\n", self.json(prefixes))
    }
}
