//! The page 引注核验: a pasted draft, judged in the browser.

use super::Site;
use super::templates::render;
use crate::message::Catalogue;
use minijinja::context;
use serde_json::{Map, Value};

/// Messages that the script of the page shows, in the site as at the desk.
const MESSAGES: [&str; 14] = [
    "desk.unreachable",
    "desk.reading",
    "desk.at.line",
    "verify.source_label",
    "verify.draft_label",
    "verify.original_label",
    "verify.done",
    "verify.comma",
    "verify.none",
    "verify.total",
    "verify.failed",
    "verify.verdict.",
    "verify.kind.",
    "verify.note.",
];

/// The messages of the page's script as JSON.
pub(crate) fn verify_texts(words: &Catalogue) -> String {
    let is_shown = |key: &&str| MESSAGES.iter().any(|prefix| key.starts_with(prefix));
    let shown = words.keys().filter(is_shown);
    let texts: Map<String, Value> = shown.map(|key| (key.to_owned(), words.get(key).into())).collect();
    Value::Object(texts).to_string()
}

impl Site<'_> {
    /// The page 引注核验.
    pub(super) fn verify(&self) -> String {
        let own = context! {
            title => self.words.get("verify.title"),
            here => "verify",
            texts => verify_texts(self.words.catalogue()),
            tables => crate::verify::tables(),
        };
        render(
            &self.templates,
            "verify.html",
            context! { ..self.frame("verify.html"), ..own },
        )
    }
}
