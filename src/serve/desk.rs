//! The pages of the desk: the overview of findings, and the forms.

use super::finding::{Shown, first_lines, shown, weightiest_first};
use super::follow::of_desk;
use super::link::desk_link;
use super::offer;
use super::state::{Build, Shared};
use crate::audience::Reason;
use crate::author::{self, AuthorError, EntryKind, Field, Opened, Place, Shape};
use crate::corpus::Source;
use crate::diagnostic::counts;
use crate::http::{Reply, Request, StatusCode, media_type};
use crate::message::{Catalogue, Lang};
use crate::record::{self, Kind, Record, Visibility, Vocabulary};
use crate::site::{DESK_SCRIPT, DESK_STYLE, PREVIEW_SCRIPT, VERIFY_SCRIPT, encoded};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// A file that the desk's pages load.
pub(super) fn file(name: &str) -> Option<Reply> {
    let text = match name {
        "desk.css" => DESK_STYLE,
        "desk.js" => DESK_SCRIPT,
        "preview.js" => PREVIEW_SCRIPT,
        "verify.js" => VERIFY_SCRIPT,
        _ => return None,
    };
    Some(Reply::ok(media_type(name), text))
}

/// Where all pages of the desk stand below the site.
const FROM: &str = "_/page";
/// Renders a page of the desk for those who know the token.
pub(super) fn render(build: &Build, template: &str, own: Value) -> Reply {
    of_desk(build.desk().render(template, FROM, own), FROM, build, true)
}

/// A sentence in the place of a page.
fn said(build: &Build, status: StatusCode, sentence: &str) -> Reply {
    let title = Catalogue::of(build.loaded.lang).get("desk.refused.title");
    let own = json!({ "title": title, "said": sentence });
    of_desk(build.desk().render("desk-refused.html", FROM, own), FROM, build, false).with_status(status)
}

/// What is shown to who may not write.
pub(super) fn refused(shared: &Shared) -> Reply {
    let build = shared.newest();
    let sentence = Catalogue::of(build.loaded.lang).get("desk.refused.token");
    said(&build, StatusCode::FORBIDDEN, sentence)
}

/// The findings about one file.
#[derive(Serialize)]
struct FileFindings<'a> {
    file: &'a str,
    page: Option<String>,
    edit: Option<String>,
    findings: Vec<Shown>,
}

/// Everything that was found, file by file, and what is held back.
pub(super) fn overview(build: &Build) -> String {
    let (loaded, lang) = (&build.loaded, build.loaded.lang);
    let words = Catalogue::of(lang);
    let mut files: BTreeMap<&str, FileFindings> = BTreeMap::new();
    for finding in weightiest_first(build.diagnostics.iter()) {
        let one = files.entry(&finding.file).or_insert_with(|| FileFindings {
            file: &finding.file,
            page: page_of(build, &finding.file).map(|page| format!("../{}", encoded(page))),
            edit: loaded
                .sources
                .contains_key(&finding.file)
                .then(|| format!("../{}", desk_link("edit", &finding.file))),
            findings: Vec::new(),
        });
        one.findings.push(shown(finding, one.edit.as_deref(), lang));
    }
    let held = loaded.held_back.iter().map(|document| {
        let reason = match document.reason {
            Reason::Draft => words.get("check.held.draft").to_owned(),
            Reason::Internal => words.get("check.held.internal").to_owned(),
            Reason::Finding(code) => words.format("check.held.finding", &[("code", code.to_owned())]),
        };
        json!({ "file": document.file, "reason": reason })
    });
    let [errors, warnings, notes] = counts(&build.diagnostics);
    let own = json!({
        "title": words.get("desk.check"),
        "errors": errors,
        "warnings": warnings,
        "notes": notes,
        "files": files.values().collect::<Vec<_>>(),
        "held": held.collect::<Vec<_>>(),
    });
    build.desk().render("desk-check.html", FROM, own)
}

fn page_of<'a>(build: &'a Build, file: &str) -> Option<&'a str> {
    let entry = build
        .loaded
        .entries
        .iter()
        .find(|entry| entry.document.record().file == file)?;
    Some(&entry.page)
}

/// Leads to the page of a file as soon as a build after the one that was seen has it.
pub(super) async fn opened(request: &Request, shared: &Shared, longest: Duration) -> Reply {
    let mut seen: u64 = request.parameter("after").parse().unwrap_or(0);
    let deadline = Instant::now() + longest;
    // A build that doesn't show it may say why.
    while let Ok(build) = timeout_at(deadline, shared.until(|build| build.number > seen)).await {
        if let Some(page) = page_of(&build, request.parameter("file")) {
            return Reply::see(format!("/{}", encoded(page)));
        }
        seen = build.number;
    }
    Reply::see("/_/check".to_owned())
}

/// A form by its name.
pub(super) fn form(name: &str, request: &Request, shared: &Shared) -> Reply {
    let build = shared.newest();
    if name == "new" {
        return new(request, &build);
    }
    let words = Catalogue::of(build.loaded.lang);
    let Some(source) = build.loaded.sources.get(request.parameter("file")) else {
        return said(&build, StatusCode::NOT_FOUND, words.get("desk.refused.file"));
    };
    let own = author::is_own(&source.file, &build.loaded.settings);
    let copy = match own.and_then(|()| author::open(&shared.options.corpus, &source.id, &source.file)) {
        Ok(copy) => copy,
        Err(error @ (AuthorError::Outside(_) | AuthorError::Gathered(..))) => {
            return said(&build, StatusCode::FORBIDDEN, &error.message(build.loaded.lang));
        }
        Err(error) => return said(&build, StatusCode::NOT_FOUND, &error.message(build.loaded.lang)),
    };
    match EntryKind::parse(name) {
        None => edit(&copy, &build),
        Some(kind) => enter(&copy, &build, kind, request.parameter("at")),
    }
}

/// A field as the template shows it.
#[derive(Serialize)]
struct ShownField {
    id: String,
    key: String,
    label: String,
    shape: &'static str,
    values: Vec<(String, String)>,
    value: String,
    hint: String,
    required: bool,
    /// Values that the corpus has for it.
    offers: Vec<String>,
    /// Whether the form can't hold all of it: it is changed in the text.
    fixed: bool,
    /// Documents that it may refer to, by id and title.
    documents: Vec<(String, String)>,
}

fn shown_field(field: &Field, form: &str, value: Option<String>, build: &Build) -> ShownField {
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    let key = field.path();
    let id = key.replace('.', "_");
    let find = |key: String| {
        let text = words.get(&key);
        (text != key).then(|| text.to_owned())
    };
    let (shape, values) = match &field.shape {
        Shape::Text => ("text", Vec::new()),
        Shape::Long => ("long", Vec::new()),
        Shape::Day => ("day", Vec::new()),
        Shape::Words => ("words", Vec::new()),
        Shape::Lines => ("lines", Vec::new()),
        Shape::Flag => ("flag", Vec::new()),
        Shape::Any(values) => (
            "any",
            values.iter().map(|value| (value.clone(), value.clone())).collect(),
        ),
        Shape::One(values) => ("one", values.clone()),
    };
    // The keys of closed vocabularies are English words.
    let values = values.into_iter().map(|(key, name)| match lang {
        Lang::Zh => (key, name),
        Lang::En => (key.clone(), key),
    });
    ShownField {
        label: find(format!("desk.field.{form}_{id}"))
            .or_else(|| find(format!("desk.field.{id}")))
            .unwrap_or_else(|| field.label(lang).to_owned()),
        hint: find(format!("desk.hint.{form}_{id}"))
            .or_else(|| find(format!("desk.hint.{id}")))
            .or_else(|| find(format!("desk.hint.{shape}")))
            .unwrap_or_default(),
        id,
        key,
        shape,
        values: values.collect(),
        value: value.unwrap_or_default(),
        required: field.required,
        fixed: false,
        documents: offer::documents(build, field.key),
        offers: match &field.shape {
            Shape::Text | Shape::Words => offer::values(build, field.key),
            _ => Vec::new(),
        },
    }
}

/// The form of a new document.
fn new(request: &Request, build: &Build) -> Reply {
    let (settings, lang) = (&build.loaded.settings, build.loaded.lang);
    let words = Catalogue::of(lang);
    let kind = Kind::parse(request.parameter("kind")).unwrap_or(Kind::Report);
    let value = |field: &Field| match &*field.path() {
        "date" => Some(build.loaded.now.to_string()),
        "unit" => settings.unit.clone(),
        "visibility" => Some("internal".to_owned()),
        _ => None,
    };
    let fields = author::fields(kind, settings);
    let part = |place: Place| -> Vec<ShownField> {
        let own = fields.iter().filter(|field| field.place == place);
        own.map(|field| shown_field(field, kind.key(), value(field), build))
            .collect()
    };
    let kinds = Kind::ALL.iter().map(
        |&one| json!({ "href": format!("new?kind={}", one.key()), "text": named(one, lang), "here": one == kind }),
    );
    let own = json!({
        "title": words.get("desk.new"),
        "begins": build.loaded.sources.is_empty(),
        "kind": kind.key(),
        "kinds": kinds.collect::<Vec<_>>(),
        "first": part(Place::First),
        "more": part(Place::More),
        "review": part(Place::Review),
        "body": author::sections(kind),
        "texts": texts(lang),
    });
    render(build, "desk-new.html", own)
}

fn named(kind: Kind, lang: Lang) -> String {
    Catalogue::of(lang).get(&format!("kind.{}", kind.names().0)).to_owned()
}

/// A document in the form that makes one, with its front matter as text beside it.
fn edit(copy: &Opened, build: &Build) -> Reply {
    let source = &copy.source;
    // A front matter that doesn't read has its text alone.
    let (kind, filled) = author::filled(source, &build.loaded.settings).ok().unzip();
    let fields = kind
        .map(|kind| author::fields(kind, &build.loaded.settings))
        .unwrap_or_default();
    let filled = filled.filter(|_| source.front.is_some()).unwrap_or_default();
    let part = |place: Place| -> Vec<ShownField> {
        let own = fields
            .iter()
            .filter(|field| field.place == place && filled.contains_key(&field.path()));
        own.map(|field| ShownField {
            fixed: filled[&field.path()].is_none(),
            required: false,
            ..shown_field(field, kind.map_or("", Kind::key), filled[&field.path()].clone(), build)
        })
        .collect()
    };
    let (front_line, body_line) = first_lines(source);
    let words = Catalogue::of(build.loaded.lang);
    let own = json!({
        "title": words.get("desk.edit_title"),
        "file": source.file,
        "mark": copy.mark,
        "first": part(Place::First),
        "more": part(Place::More),
        "review": part(Place::Review),
        "front": source.front_text().unwrap_or_default(),
        "front_rows": source.front_text().unwrap_or_default().lines().count().clamp(6, 16),
        "front_line": front_line,
        "body": source.body_text(),
        "body_line": body_line,
        "entries": listed(copy, build),
        "back": page_of(build, &source.file).map(|page| format!("../{}", encoded(page))),
        "texts": texts(build.loaded.lang),
    });
    render(build, "desk-edit.html", own)
}

/// The entries of a document, each with the address of its form below the root.
pub(super) fn entries(source: &Source, record: &Record, build: &Build) -> Vec<(String, String)> {
    let words = Catalogue::of(build.loaded.lang);
    let there = author::entries(source, record).into_iter().map(|one| {
        let name = words.get(&format!("desk.entry.{}", one.kind.name())).to_owned();
        let said =
            ["date", "title", "authority", "outcome"].map(|key| one.values.get(key).cloned().unwrap_or_default());
        let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
        let link = desk_link(one.kind.name(), &source.file);
        (format!("{link}&at={}", one.index), format!("{name} {}", said.join(" ")))
    });
    there.collect()
}

/// The entries of a document, each with its form, and the forms of those that it can have besides.
fn listed(copy: &Opened, build: &Build) -> Vec<(String, String)> {
    let words = Catalogue::of(build.loaded.lang);
    let file = &copy.source.file;
    let record = record::read(&copy.source).0;
    let there = author::entries(&copy.source, &record);
    // Addresses stand below the folder of the forms already.
    let below = |(link, name): (String, String)| (link.trim_start_matches("_/").to_owned(), name);
    let own = entries(&copy.source, &record, build).into_iter().map(below);
    let new = EntryKind::ALL
        .into_iter()
        .filter(|one| one.is_of(record.kind) && (one.is_listed() || there.iter().all(|other| other.kind != *one)));
    let new = new.map(|one| {
        let link = desk_link(one.name(), file);
        (
            link.trim_start_matches("_/").to_owned(),
            words.get(&format!("desk.enter.{}", one.name())).to_owned(),
        )
    });
    own.chain(new).collect()
}

/// A form that enters something into a document, or that has an entry of it by its number.
fn enter(copy: &Opened, build: &Build, kind: EntryKind, at: &str) -> Reply {
    let lang = build.loaded.lang;
    let words = Catalogue::of(lang);
    let file = &copy.source.file;
    let entry = build
        .loaded
        .entries
        .iter()
        .find(|entry| entry.document.record().file == *file);
    let title = entry.map_or(file.as_str(), |entry| &entry.document.record().title);
    let there = author::entries(&copy.source, &record::read(&copy.source).0)
        .into_iter()
        .find(|one| one.kind == kind && one.index.to_string() == at);
    let offered = |field: &Field| match &there {
        Some(there) => there.values.get(field.key).cloned(),
        None if field.key == "date" => Some(build.loaded.now.to_string()),
        None if field.key == "visibility" => Some(Visibility::Public.names().0.to_owned()),
        None => None,
    };
    let fields: Vec<ShownField> = kind
        .fields()
        .iter()
        .map(|field| shown_field(field, kind.name(), offered(field), build))
        .collect();
    let own = json!({
        "title": words.get(&format!("desk.enter.{}", kind.name())),
        "document": title,
        "action": kind.name(),
        "file": file,
        "mark": copy.mark,
        "at": there.map(|there| there.index),
        "fields": fields,
        "back": entry.map(|entry| format!("../{}", encoded(&entry.page))),
        "texts": texts(lang),
    });
    render(build, "desk-enter.html", own)
}

/// The sentences of the forms' script, as JSON.
fn texts(lang: Lang) -> String {
    const KEYS: [&str; 14] = [
        "desk.unreachable",
        "desk.colon",
        "desk.stop",
        "desk.counts",
        "desk.saved",
        "desk.reading",
        "desk.guessed",
        "desk.replace",
        "desk.fix",
        "desk.fixed",
        "severity.error",
        "severity.warning",
        "severity.note",
        "severity.help",
    ];
    let words = Catalogue::of(lang);
    json!(
        KEYS.map(|key| (key, words.get(key)))
            .into_iter()
            .collect::<BTreeMap<_, _>>()
    )
    .to_string()
}
