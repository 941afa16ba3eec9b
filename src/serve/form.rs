//! What a form sends, the document that it is about, and the answer where nothing was written.

use super::{Build, Shared};
use crate::author::{self, AuthorError, Opened};
use crate::http::{Reply, StatusCode};
use crate::message::{Catalogue, Lang};
use serde_json::json;
use std::collections::BTreeMap;

/// What was filled in, by the names of the fields.
pub(super) type Values = BTreeMap<String, String>;

/// Somebody else was faster.
pub(super) const CONFLICT: StatusCode = StatusCode::CONFLICT;
/// What was filled in can't be taken.
pub(super) const UNFIT: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// A value that says something.
pub(super) fn given(values: &Values, key: &str) -> Option<String> {
    let text = values.get(key)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The text of the document.
pub(super) fn body(values: &Values) -> &str {
    values.get("body").map_or("", String::as_str)
}

/// Why nothing was written.
pub(super) fn failed(error: &AuthorError, lang: Lang) -> Reply {
    let (status, message) = match error {
        AuthorError::Changed(_) => (CONFLICT, Catalogue::of(lang).get("desk.changed").to_owned()),
        AuthorError::Exists(_) => (CONFLICT, error.message(lang)),
        AuthorError::Outside(_) | AuthorError::Gathered(..) => (StatusCode::FORBIDDEN, error.message(lang)),
        AuthorError::Io(..) => (StatusCode::INTERNAL_SERVER_ERROR, error.message(lang)),
        _ => (UNFIT, error.message(lang)),
    };
    Reply::json(&json!({ "message": message })).with_status(status)
}

/// The document that a form is about, as it is now. Only documents of the last build have forms.
pub(super) fn copy(values: &Values, shared: &Shared, build: &Build) -> Result<Opened, AuthorError> {
    let file = values.get("file").map_or("", String::as_str);
    let source = build.loaded.sources.get(file);
    let source = source.ok_or_else(|| AuthorError::Unknown(file.to_owned(), "—".to_owned()))?;
    author::is_own(&source.file, &build.loaded.settings)?;
    author::open(&shared.options.corpus, &source.id, &source.file)
}
