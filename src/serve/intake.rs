//! Files that an author has already, read into a form.

use super::form::{UNFIT, Values};
use super::{Build, Shared, lock};
use crate::author::{self, ATTACHMENTS, Written};
use crate::check;
use crate::corpus::Source;
use crate::http::{Reply, random_name};
use crate::import::{self, Draft, Refusal};
use crate::message::Catalogue;
use crate::record::Kind;
use serde_json::{Value, json};

/// Reads a file that an author has, for a form to be filled with. Nothing is written but what can only
/// be kept as an attachment.
pub(super) fn import(name: &str, kind: &str, bytes: &[u8], shared: &Shared) -> Reply {
    let build = shared.newest();
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    let refuse = |refusal: &Refusal| Reply::json(&json!({ "message": refusal.message(name, lang) })).with_status(UNFIT);
    if !is_plain(name) {
        return refuse(&Refusal::UnsafeName(name.to_owned()));
    }
    let outcome = match import::read(name, bytes, Kind::parse(kind)) {
        Err(Refusal::KeepAsAttachment(format)) => {
            let _writing = lock(&shared.writing);
            let is_new = !shared.options.corpus.join(ATTACHMENTS).join(name).exists();
            return match import::keep(&shared.options.corpus, name, bytes) {
                Ok(path) => {
                    let kept = path
                        .strip_prefix(&shared.options.corpus)
                        .unwrap_or(&path)
                        .display()
                        .to_string();
                    let undo = is_new.then(|| Written::of_kept(kept.clone(), bytes.to_vec()));
                    let undo = shared.offer(undo, lang);
                    let reason = words.get(import::reason_to_keep(format)).to_owned();
                    let args = [("path", name.to_owned()), ("kept", kept), ("reason", reason)];
                    Reply::json(&json!({ "message": words.format("import.kept", &args), "undo": undo }))
                        .with_status(UNFIT)
                }
                Err(refusal) => refuse(&refusal),
            };
        }
        outcome => outcome,
    };
    match outcome.and_then(|draft| filled(name, draft, shared, &build)) {
        Ok(answer) => Reply::json(&answer),
        Err(refusal) => refuse(&refusal),
    }
}

/// A name of a file, and nothing of a path.
fn is_plain(name: &str) -> bool {
    let forbidden = |character: char| character.is_control() || "\\/:*?\"<>|".contains(character);
    !name.is_empty() && name.len() <= 200 && !name.starts_with(['.', '~']) && !name.contains(forbidden)
}

/// What a form is filled with.
fn filled(name: &str, draft: Draft, shared: &Shared, build: &Build) -> Result<Value, Refusal> {
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    let guess = &draft.guess;
    let mut values: Values = [
        ("kind", Some(guess.kind.key().to_owned())),
        ("title", Some(guess.title.clone())),
        ("date", guess.date.map(|date| date.to_string())),
        (
            "unit",
            guess.unit.clone().or_else(|| build.loaded.settings.unit.clone()),
        ),
        ("departments", guess.department.clone()),
        ("authors", Some(guess.authors.join("、"))),
        ("tags", Some(guess.tags.join("、"))),
        ("summary", guess.summary.clone()),
        ("number", guess.number.clone()),
        ("addressee", guess.addressee.clone()),
        ("body", Some(draft.body.clone())),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value.unwrap_or_default()))
    .collect();
    let composed = author::compose(guess.kind, &values, &draft.body, &build.loaded.settings);
    let source = Source::of(name.to_owned(), name.to_owned(), composed.text);
    if check::secrecy(&source)
        .or_else(|| check::secrecy_of_name(name))
        .is_some()
    {
        return Err(Refusal::Classified);
    }
    let mut report = vec![words.format("desk.imported", &[("name", name.to_owned())])];
    if !draft.pictures.is_empty() {
        let count = draft.pictures.len().to_string();
        report.push(words.format("import.pictures", &[("count", count)]).trim().to_owned());
    }
    report.extend(draft.losses.iter().map(|(loss, count)| {
        let key = format!("import.loss.{}", loss.key());
        words.format(&key, &[("count", count.to_string())]).trim().to_owned()
    }));
    let guessed = draft.guessed();
    let key = random_name().map_err(|cause| Refusal::Io(name.into(), std::io::Error::other(cause)))?;
    values.insert("import".to_owned(), key.clone());
    shared.keep(key, draft.pictures.into());
    Ok(json!({ "values": values, "guessed": guessed, "report": report }))
}
