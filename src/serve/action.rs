//! What the forms do. Whoever writes holds the lock of the run, and writes over nothing but the state
//! that its form was filled from.

use super::finding::{Problem, insist, of_entry, of_form, of_text};
use super::mend;
use super::page::desk_link;
use super::{Build, Pictures, Shared, lock};
use crate::author::{
    self, AuthorError, Composed, Entered, Opened, UNDATED, Written, picture_folder, stem, with_pictures,
};
use crate::build;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Severity};
use crate::http::{Reply, StatusCode};
use crate::message::{Catalogue, Lang};
use crate::record::date::Day;
use crate::record::keys::{self, Key};
use crate::record::{Adoption, Effect, Form, Kind, Level, Outcome, Reply as Answer, Review, Visibility};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What was filled in, by the names of the fields.
pub(super) type Values = BTreeMap<String, String>;

const CONFLICT: StatusCode = StatusCode::CONFLICT;
pub(super) const UNFIT: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// What is answered to who may not write.
pub(super) fn refused(shared: &Shared) -> Reply {
    let lang = shared.newest().loaded.lang;
    Reply::json(&json!({ "message": Catalogue::of(lang).get("desk.refused.token") })).with_status(StatusCode::FORBIDDEN)
}

/// A value that says something.
fn given(values: &Values, key: &str) -> Option<String> {
    let text = values.get(key)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn body(values: &Values) -> &str {
    values.get("body").map_or("", String::as_str)
}

/// A new document as it would be.
struct Sheet {
    kind: Kind,
    date: Option<Day>,
    stem: Option<String>,
    pictures: Pictures,
    composed: Composed,
    source: Source,
}

impl Sheet {
    fn of(values: &Values, shared: &Shared, build: &Build) -> Option<Self> {
        let kind = Kind::parse(values.get("kind")?)?;
        let date = given(values, "date").and_then(|text| Day::parse(&text));
        let named_by = date.map_or_else(|| UNDATED.to_owned(), |day| day.to_string());
        let stem = given(values, "title").and_then(|title| stem(&title, &named_by));
        let pictures = values
            .get("import")
            .and_then(|name| shared.pictures(name))
            .unwrap_or_default();
        let folder = picture_folder(stem.as_deref().unwrap_or(UNDATED));
        let body = with_pictures(body(values), &pictures, &folder);
        let composed = author::compose(kind, values, &body, &build.loaded.settings);
        let id = format!("{}/{}", kind.zh(), stem.as_deref().unwrap_or(UNDATED));
        let source = Source::of(id.clone(), format!("{id}.md"), composed.text.clone());
        Some(Self {
            kind,
            date,
            stem,
            pictures,
            composed,
            source,
        })
    }

    /// The document judged and rendered. Pictures that come with it are not missed.
    fn judged(&self, build: &Build) -> build::Preview {
        let mut preview = build::preview(&build.loaded, &self.source, "_/page");
        let comes_along = |finding: &Diagnostic| {
            finding.code == "dead-image"
                && finding
                    .args
                    .iter()
                    .any(|(_, target)| self.pictures.iter().any(|(name, _)| target.ends_with(name)))
        };
        preview.findings.retain(|finding| !comes_along(finding));
        preview
    }
}

/// What a form would become.
pub(super) fn preview(values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let lang = build.loaded.lang;
    if values.contains_key("file") {
        return match copy(values, shared, &build) {
            Ok(copy) => {
                let new = copy.with(values.get("front").map_or("", String::as_str), body(values));
                let judged = build::preview(&build.loaded, &new, "_/page");
                let problems = of_text(&judged.findings, &new, lang);
                let title = judged.record.as_ref().map(|record| record.title.clone());
                let mendable = mend::offered(&new, &judged.findings, 0, &build).len();
                shown(&judged, title, problems, mendable, &new)
            }
            Err(error) => failed(&error, lang),
        };
    }
    let Some(sheet) = Sheet::of(values, shared, &build) else {
        return Reply::failure(StatusCode::BAD_REQUEST);
    };
    let judged = sheet.judged(&build);
    let problems = of_form(&judged.findings, &sheet.composed, lang);
    let title = given(values, "title");
    let source = &sheet.source;
    let mendable = mend::offered(source, &judged.findings, source.body.start, &build).len();
    shown(&judged, title, problems, mendable, source)
}

fn shown(
    judged: &build::Preview,
    title: Option<String>,
    problems: Vec<Problem>,
    mendable: usize,
    source: &Source,
) -> Reply {
    Reply::json(&json!({
        "title": title.unwrap_or_default(),
        "html": judged.html,
        "problems": problems,
        "mendable": mendable,
        "text": source.text,
        "name": source.file.rsplit('/').next(),
    }))
}

/// Saves a new document. One with an error is saved as a draft only.
pub(super) fn save(values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    let Some(sheet) = Sheet::of(values, shared, &build) else {
        return Reply::failure(StatusCode::BAD_REQUEST);
    };
    let mut problems = of_form(&sheet.judged(&build).findings, &sheet.composed, lang);
    if values
        .get("import")
        .is_some_and(|name| !name.is_empty() && shared.pictures(name).is_none())
    {
        return unfit(problems, words.get("desk.import_gone"));
    }
    if sheet.date.is_none() {
        insist(&mut problems, "date", words.get("desk.needs.date"));
    }
    if sheet.stem.is_none() {
        insist(&mut problems, "title", words.get("desk.needs.title"));
    }
    let (Some(stem), Some(_)) = (&sheet.stem, sheet.date) else {
        return unfit(problems, words.get("desk.mend"));
    };
    if problems.iter().any(Problem::is_error) && !values.contains_key("draft") {
        return unfit(problems, words.get("desk.mend_or_draft"));
    }
    let _writing = lock(&shared.writing);
    match author::add(
        &shared.options.corpus,
        sheet.kind,
        stem,
        &sheet.composed.text,
        &sheet.pictures,
    ) {
        Ok(added) => {
            let undo = shared.offer(Written::of_new(&added), lang);
            next(&added.file, build.number, "desk.done.saved", undo, lang)
        }
        Err(AuthorError::Exists(taken)) => {
            let name = taken.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let message = words.format("desk.exists", &[("name", name)]);
            Reply::json(&json!({ "problems": [Problem::error("title", message.clone())], "message": message }))
                .with_status(CONFLICT)
        }
        Err(error) => failed(&error, lang),
    }
}

fn unfit(problems: Vec<Problem>, message: &str) -> Reply {
    Reply::json(&json!({ "problems": problems, "message": message })).with_status(UNFIT)
}

/// Leads to the page of a file in a build after this one, where it is said what was done and how to take it back.
fn next(file: &str, after: u64, done: &str, undo: Option<Value>, lang: Lang) -> Reply {
    let said = Catalogue::of(lang).format(done, &[("file", file.to_owned())]);
    Reply::json(&json!({ "next": format!("/{}&after={after}", desk_link("open", file)), "said": said, "undo": undo }))
}

/// Takes a write back, as long as nobody else has changed the file.
pub(super) fn undo(values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    let _writing = lock(&shared.writing);
    let Some(write) = values.get("undo").and_then(|name| shared.offered(name)) else {
        return Reply::json(&json!({ "message": words.get("desk.undo_gone") })).with_status(CONFLICT);
    };
    match write.take_back(&shared.options.corpus) {
        Ok(()) if write.is_new() => {
            let said = words.format("desk.undone.new", &[("file", write.file().to_owned())]);
            Reply::json(&json!({ "next": "/", "said": said }))
        }
        Ok(()) => next(write.file(), build.number, "desk.undone", None, lang),
        Err(AuthorError::Changed(_)) => {
            Reply::json(&json!({ "message": words.get("desk.undo_changed") })).with_status(CONFLICT)
        }
        Err(error) => failed(&error, lang),
    }
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

/// Puts the text of a form in the place of a document's.
pub(super) fn edit(values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let mark = values.get("mark").map_or("", String::as_str);
    let _writing = lock(&shared.writing);
    let outcome = copy(values, shared, &build).and_then(|copy| {
        let new = copy.with(values.get("front").map_or("", String::as_str), body(values));
        copy.replace(&shared.options.corpus, mark, &new)?;
        Ok((copy, new))
    });
    let lang = build.loaded.lang;
    match outcome {
        // Where nothing has changed, no build follows, and nothing is to be taken back.
        Ok((copy, new)) if new.text == copy.source.text => next(&new.file, 0, "desk.done.unchanged", None, lang),
        Ok((copy, new)) => {
            let undo = shared.offer(Written::of_change(&shared.options.corpus, &copy, &new.text), lang);
            next(&new.file, build.number, "desk.done.saved", undo, lang)
        }
        Err(error) => failed(&error, lang),
    }
}

/// What a form says that must be read, with what can't be.
struct Reading<'a> {
    values: &'a Values,
    words: &'static Catalogue,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn read<T>(&mut self, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = given(self.values, key);
        let value = text.as_deref().and_then(read);
        if value.is_none() {
            let reason = match (text, key) {
                (None, _) => "desk.needs.value",
                (Some(_), "date") => "desk.needs.date",
                (Some(_), _) => "desk.needs.known",
            };
            self.problems
                .push(Problem::error(key, self.words.get(reason).to_owned()));
        }
        value
    }
}

/// Enters an adoption into a report.
pub(super) fn adopt(values: &Values, shared: &Shared) -> Reply {
    enter(values, shared, keys::ADOPTION, |reading| {
        let date = reading.read("date", Day::parse);
        let form = reading.read("form", Form::parse);
        let level = reading.read("level", Level::parse);
        let authority = reading.read("authority", |text| Some(text.to_owned()));
        let effect = reading.read("effect", Effect::parse);
        let event = Adoption {
            date,
            form: form?,
            level,
            authority,
            effect,
            document: given(values, "document"),
            evidence: given(values, "evidence"),
            note: given(values, "note"),
            leads_to: Vec::new(),
            visibility: None,
            line: 0,
        };
        Some(move |id: &str, shared: &Shared, build: &Build, refuse: Severity| {
            author::adopt(
                &shared.options.corpus,
                id,
                event,
                &build.loaded.settings,
                build.loaded.now,
                refuse,
            )
        })
    })
}

/// Enters the reply to a recommendation.
pub(super) fn reply(values: &Values, shared: &Shared) -> Reply {
    enter(values, shared, keys::REPLY, |reading| {
        let reply = Answer {
            date: reading.read("date", Day::parse),
            outcome: reading.read("outcome", Outcome::parse),
            summary: given(values, "summary"),
            line: 0,
        };
        Some(move |id: &str, shared: &Shared, build: &Build, refuse: Severity| {
            author::reply(
                &shared.options.corpus,
                id,
                reply,
                &build.loaded.settings,
                build.loaded.now,
                refuse,
            )
        })
    })
}

/// Enters the review for secrecy into a document.
pub(super) fn review(values: &Values, shared: &Shared) -> Reply {
    enter(values, shared, keys::REVIEW, |reading| {
        let said = |text: &str| Some(text.to_owned());
        let visibility = reading.read("visibility", Visibility::parse);
        let review = Review {
            by: reading.read("by", said),
            date: reading.read("date", Day::parse),
            result: reading.read("result", said),
        };
        let visibility = visibility?;
        Some(move |id: &str, shared: &Shared, build: &Build, refuse: Severity| {
            author::review(
                &shared.options.corpus,
                id,
                review,
                visibility,
                &build.loaded.settings,
                build.loaded.now,
                refuse,
            )
        })
    })
}

/// Reads a form and enters what it says, where the document is still what the form was opened on. What brings a
/// warning is entered when the form says that it is sure.
fn enter<E>(values: &Values, shared: &Shared, table: &[Key], read: impl FnOnce(&mut Reading) -> Option<E>) -> Reply
where
    E: FnOnce(&str, &Shared, &Build, Severity) -> Result<Entered, AuthorError>,
{
    let build = shared.newest();
    let lang = build.loaded.lang;
    let mut reading = Reading {
        values,
        words: Catalogue::of(lang),
        problems: Vec::new(),
    };
    let event = read(&mut reading);
    let (Some(event), true) = (event, reading.problems.is_empty()) else {
        return unfit(reading.problems, reading.words.get("desk.mend"));
    };
    // What is to be looked at is entered when the author, who has seen it, says so.
    let refuse = match given(values, "sure") {
        None => Severity::Warning,
        Some(_) => Severity::Error,
    };
    let _writing = lock(&shared.writing);
    let outcome = copy(values, shared, &build).and_then(|copy| {
        if values.get("mark") != Some(&copy.mark) {
            return Err(AuthorError::Changed(copy.source.file.into()));
        }
        let entered = event(&copy.source.id, shared, &build, refuse)?;
        Ok((copy, entered.source))
    });
    match outcome {
        Ok((copy, new)) => {
            let undo = shared.offer(Written::of_change(&shared.options.corpus, &copy, &new.text), lang);
            next(&new.file, build.number, "desk.done.entered", undo, lang)
        }
        Err(AuthorError::Refused(entered)) => {
            let old = build.loaded.sources.get(&entered.source.file);
            let old = old.map_or(&entered.source, |source| source);
            let problems = of_entry(&entered.findings, &entered.source, old, table, lang);
            let unsure = !problems.iter().any(Problem::is_error);
            let message = if unsure { "desk.unsure" } else { "desk.not_entered" };
            Reply::json(&json!({ "problems": problems, "message": reading.words.get(message), "unsure": unsure }))
                .with_status(UNFIT)
        }
        Err(error) => failed(&error, lang),
    }
}
