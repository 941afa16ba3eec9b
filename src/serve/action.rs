//! What the forms do. A writer holds the lock of the run, and writes over nothing but the state
//! that its form was filled from.

use super::finding::{Problem, insist, of_entry, of_form, of_text};
use super::fix;
use super::form::{CONFLICT, UNFIT, Values, body, copy, failed, given};
use super::link::desk_link;
use super::{Build, Pictures, Shared, lock};
use crate::author::{
    self, AuthorError, Change, Composed, Desk, EntryKind, Fault, Mode, Opened, UNDATED, Written, picture_folder, stem,
    with_pictures,
};
use crate::build;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Severity};
use crate::http::{Reply, StatusCode};
use crate::message::{Catalogue, Lang};
use crate::record::Kind;
use crate::record::date::Day;
use serde_json::{Value, json};

/// What is answered to who may not write.
pub(super) fn refused(shared: &Shared) -> Reply {
    let lang = shared.newest().loaded.lang;
    Reply::json(&json!({ "message": Catalogue::of(lang).get("desk.refused.token") })).with_status(StatusCode::FORBIDDEN)
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
        let text = |copy: Opened| copy.with(values.get("front").map_or("", String::as_str), body(values));
        return match copy(values, shared, &build).and_then(text) {
            Ok(new) => {
                let judged = build::preview(&build.loaded, &new, "_/page");
                let problems = of_text(&judged.findings, &new, lang);
                let title = judged.record.as_ref().map(|record| record.title.clone());
                let fixable = fix::offered(&new, &judged.findings, 0, &build).len();
                shown(&judged, title, problems, fixable, &new)
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
    let fixable = fix::offered(source, &judged.findings, source.body.start, &build).len();
    shown(&judged, title, problems, fixable, source)
}

fn shown(
    judged: &build::Preview,
    title: Option<String>,
    problems: Vec<Problem>,
    fixable: usize,
    source: &Source,
) -> Reply {
    Reply::json(&json!({
        "title": title.unwrap_or_default(),
        "html": judged.html,
        "problems": problems,
        "fixable": fixable,
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
        return unfit(problems, words.get("desk.correct"));
    };
    if problems.iter().any(Problem::is_error) && !values.contains_key("draft") {
        return unfit(problems, words.get("desk.fix_or_draft"));
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
            let undo = shared.offer(Written::of_new(&shared.options.corpus, &added), lang);
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
        Err(AuthorError::Changed(_) | AuthorError::WrittenSince(_)) => {
            Reply::json(&json!({ "message": words.get("desk.undo_changed") })).with_status(CONFLICT)
        }
        Err(error) => failed(&error, lang),
    }
}

/// Begins an empty corpus with the sample.
pub(super) fn sample(shared: &Shared) -> Reply {
    let build = shared.newest();
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    if !build.loaded.sources.is_empty() {
        return Reply::json(&json!({ "message": words.get("desk.sample_not_empty") })).with_status(CONFLICT);
    }
    let _writing = lock(&shared.writing);
    match author::put_sample(&shared.options.corpus) {
        Ok(()) => Reply::json(&json!({ "next": "/", "said": words.get("desk.done.sample") })),
        Err(error) => failed(&error, lang),
    }
}

/// What the fields of a document hold; with a value for one, the front matter that says it, too.
pub(super) fn fields(values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let settings = &build.loaded.settings;
    let text = |copy: &Opened, front: &str| copy.with(front, body(values));
    let answered = copy(values, shared, &build).and_then(|copy| {
        let mut new = text(&copy, values.get("front").map_or("", String::as_str))?;
        if let Some(path) = values.get("field") {
            let front = author::with_field(&new, path, values.get("value").map_or("", String::as_str), settings)?;
            new = text(&copy, &front)?;
        }
        let (_, filled) = author::filled(&new, settings)?;
        Ok(json!({ "front": new.front_text(), "values": filled }))
    });
    match answered {
        Ok(answer) => Reply::json(&answer),
        Err(error) => failed(&error, build.loaded.lang),
    }
}

/// Puts the text of a form in the place of a document's.
pub(super) fn edit(values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let mark = values.get("mark").map_or("", String::as_str);
    let _writing = lock(&shared.writing);
    let outcome = copy(values, shared, &build).and_then(|copy| {
        let new = copy.with(values.get("front").map_or("", String::as_str), body(values))?;
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

/// What a form asks for: an entry of a kind, another in its place, or that it goes.
fn asked(kind: EntryKind, values: &Values, words: &Catalogue) -> Result<Change, Vec<Problem>> {
    let at = values.get("at").and_then(|at| at.parse().ok());
    if let (Some(at), true) = (at, given(values, "remove").is_some()) {
        return Ok(Change::Remove(at, kind));
    }
    let entry = kind.read(values).map_err(|faults| {
        let problem = |(key, fault): (&str, Fault)| {
            let reason = match fault {
                Fault::Missing => "desk.needs.value",
                Fault::NotADate => "desk.needs.date",
                Fault::Unknown => "desk.needs.known",
            };
            Problem::error(key, words.get(reason).to_owned())
        };
        faults.into_iter().map(problem).collect::<Vec<_>>()
    })?;
    Ok(match at {
        Some(at) => Change::Set(at, entry),
        None => Change::Add(entry),
    })
}

/// Enters what a form says, where the document is still what the form was opened on. What brings a
/// warning is entered when the form says that it is sure.
pub(super) fn enter(kind: EntryKind, values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    let change = match asked(kind, values, words) {
        Ok(change) => change,
        Err(problems) => return unfit(problems, words.get("desk.correct")),
    };
    // What is to be looked at is entered when the author, who has seen it, says so.
    let refuse = match given(values, "sure") {
        None => Severity::Warning,
        Some(_) => Severity::Error,
    };
    let desk = Desk {
        corpus: &shared.options.corpus,
        settings: &build.loaded.settings,
        now: build.loaded.now,
        refuse,
        mode: Mode::Write,
    };
    let _writing = lock(&shared.writing);
    let outcome = copy(values, shared, &build).and_then(|copy| {
        let mark = values.get("mark").map_or("", String::as_str);
        let entered = author::enter(desk, &copy.source.id, &change, Some(mark))?;
        Ok((copy, entered.source))
    });
    match outcome {
        Ok((copy, new)) if new.text == copy.source.text => next(&new.file, 0, "desk.done.unchanged", None, lang),
        Ok((copy, new)) => {
            let undo = shared.offer(Written::of_change(&shared.options.corpus, &copy, &new.text), lang);
            let done = match change {
                Change::Remove(..) => "desk.done.removed",
                Change::Add(_) | Change::Set(..) => "desk.done.entered",
            };
            next(&new.file, build.number, done, undo, lang)
        }
        Err(AuthorError::Refused(entered)) => {
            let old = build.loaded.sources.get(&entered.source.file);
            let old = old.map_or(&entered.source, |source| source);
            let problems = of_entry(&entered.findings, &entered.source, old, kind.table(), lang);
            let unsure = !problems.iter().any(Problem::is_error);
            let message = if unsure { "desk.unsure" } else { "desk.not_entered" };
            Reply::json(&json!({ "problems": problems, "message": words.get(message), "unsure": unsure }))
                .with_status(UNFIT)
        }
        Err(error) => failed(&error, lang),
    }
}
