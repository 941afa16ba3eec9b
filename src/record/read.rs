//! Puts a record together: front matter first, then what heading, name and folder say.

use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::record::date::Precision;
use crate::record::fields::{Fields, Reader, Split};
use crate::record::{Benefits, Case, Detail, KeyLines, Kind, Law, Recommendation, Record, Report, Topic, Visibility};
use crate::record::{Folders, Vocabulary, causes, common, front, guess, keys, opening};
use crate::yaml::Node;
use guess::Told;

/// Reads the record of a document: from its front matter, and what that lacks from its first
/// heading, its name and its folder. Never fails; what could not be used is a diagnostic.
///
/// ```
/// use jianyan::corpus::Source;
/// use jianyan::record::{self, Kind};
///
/// let text = "---\ntitle: 河道治理\nkind: case\ndate: 去年\n---\n正文。\n";
/// let (record, diagnostics) = record::read(&Source::of("河道".into(), "河道.md".into(), text.into()));
/// assert_eq!((record.kind, &*record.title, record.date), (Kind::Case, "河道治理", None));
/// assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == "not-a-date"));
/// ```
pub fn read(source: &Source) -> (Record, Vec<Diagnostic>) {
    read_within(source, &Folders::default())
}

/// Reads like [`read()`]; a folder of the map tells the kind of a document that doesn't say it.
pub(crate) fn read_within(source: &Source, map: &Folders) -> (Record, Vec<Diagnostic>) {
    let reader = Reader::new(&source.file, &source.text, Group::Record);
    let front = front::parse(source, &reader);
    let record = match &front.node {
        Some(node) => from_front(source, &reader, map, node, front.broken),
        None => guessed(source, &reader, map, front.broken),
    };
    (record, reader.finish())
}

/// The record of a document without a usable front matter.
fn guessed(source: &Source, reader: &Reader, map: &Folders, broken: bool) -> Record {
    let told = guess::kind(source, map);
    let kind = told.kind();
    let title = guess::title(source);
    let mut record = bare(source, kind, title);
    add_opening(&mut record, source);
    record.draft = broken || source.unreadable;
    add_case_number(&mut record, source);
    if !record.draft {
        let [kind_key, kind_name] = common::names(kind);
        let date = record.date.map_or_else(|| "—".to_string(), |date| date.to_string());
        let code = if source.front.is_some() {
            "front-matter-empty"
        } else {
            "no-front-matter"
        };
        reader.tell_file(
            Severity::Note,
            code,
            &[kind_key, kind_name, ("title", &record.title), ("date", &date)],
        );
        propose_kind(source, told, |code, args| reader.tell_file(Severity::Note, code, args));
    }
    record
}

/// Who issues the guiding cases whose numbers are 检例.
const GUIDING: &str = "最高人民检察院";

/// Date and unit as name, head and foot of the text say them, and the batch of a case; of a law the unit is who issued it.
fn add_opening(record: &mut Record, source: &Source) {
    let mut said = opening::read(&record.title, source.body_text());
    let guiding = guess::number(source, &record.title).is_some();
    if guiding && record.kind == Kind::Case {
        said.units = vec![GUIDING.to_owned()];
    }
    // 2026年… names the year of the day that the text says.
    let named = guess::date(source);
    let finer = said.date.filter(|said| {
        named.is_some_and(|named| named.precision == Precision::Year && named.date.year() == said.date.year())
    });
    record.date = finer.or(named).or(said.date);
    if let Detail::Case(case) = &mut record.detail {
        case.batch = said.batch;
    }
    match &mut record.detail {
        Detail::Law(law) => law.issuer = said.units,
        _ => record.units = said.units,
    }
}

/// Says what kind a text is like, where no folder has told it or a folder tells another, and what to write.
fn propose_kind(source: &Source, told: Told, tell: impl Fn(&'static str, &[(&'static str, &str)])) {
    let (code, kind, taken) = match told {
        Told::Text(kind) => ("kind-by-text", kind, kind),
        Told::Either(folder, text) => ("kind-differs", text, folder),
        Told::Map(_) | Told::Folder(_) | Told::Nothing => return,
    };
    let [kind_key, kind_name] = common::names(kind);
    let (taken_key, taken_name) = taken.names();
    let folder = source.id.rsplit_once('/').map_or(".", |(folder, _)| folder);
    tell(
        code,
        &[
            kind_key,
            kind_name,
            ("taken_key", taken_key),
            ("taken_name", taken_name),
            ("folder", folder),
        ],
    );
}

fn bare(source: &Source, kind: Kind, title: String) -> Record {
    Record {
        id: source.id.clone(),
        file: source.file.clone(),
        kind,
        title,
        date: None,
        units: Vec::new(),
        departments: Vec::new(),
        authors: Vec::new(),
        lines: Vec::new(),
        causes: Vec::new(),
        tags: Vec::new(),
        summary: None,
        laws: Vec::new(),
        related: Vec::new(),
        supersedes: Vec::new(),
        benefits: Benefits::default(),
        honours: Vec::new(),
        visibility: Visibility::Internal,
        review: None,
        draft: false,
        detail: Detail::of(kind),
        key_lines: KeyLines::default(),
        unknown: Vec::new(),
    }
}

fn from_front(source: &Source, reader: &Reader, map: &Folders, node: &Node, broken: bool) -> Record {
    let kind = kind(source, reader, map, node, broken);
    let Some(fields) = reader.top_fields(node, kind) else {
        return guessed(source, reader, map, true);
    };
    let title = fields.text("title").unwrap_or_else(|| {
        let title = guess::title(source);
        missing(&fields, broken, "missing-title", &[("title", &title)]);
        title
    });
    let mut record = bare(source, kind, title);
    record.id = fields.text("id").unwrap_or(record.id);
    record.date = fields.day("date").or_else(|| guessed_date(source, &fields, broken));
    record.units = common::offices(&fields, "unit");
    record.departments = common::offices(&fields, "departments");
    record.authors = common::authors(&fields);
    record.lines = fields.texts("lines", Split::Words);
    record.causes = causes::causes(&fields);
    record.tags = fields.texts("tags", Split::Words);
    record.summary = fields.text("summary");
    record.laws = common::laws(&fields);
    record.related = common::ids(&fields, "related");
    record.supersedes = common::ids(&fields, "supersedes");
    record.benefits = common::benefits(&fields);
    record.honours = common::honours(reader, fields.items("honours"));
    // What can't be read to its end may have said more.
    let unsure = broken || source.unreadable;
    record.visibility = common::visibility(&fields, unsure);
    record.review = common::review(&fields);
    record.draft = unsure || common::draft(&fields) || common::may_withhold(node);
    record.detail = detail(kind, &fields);
    add_case_number(&mut record, source);
    add_rank_honour(&mut record, &fields);
    record.key_lines = fields.lines();
    record.unknown = fields.unknown;
    record
}

/// The stated kind, else that of the folder.
fn kind(source: &Source, reader: &Reader, map: &Folders, node: &Node, broken: bool) -> Kind {
    let entries = node.entries().unwrap_or_default();
    let stated = entries
        .iter()
        .find(|entry| keys::find(&entry.key, keys::COMMON.iter()) == Some("kind"));
    if let Some(kind) = stated.and_then(|entry| reader.choice(&entry.value, "kind")) {
        return kind;
    }
    let told = guess::kind(source, map);
    let kind = told.kind();
    if matches!(told, Told::Map(_)) {
        return kind;
    }
    if stated.is_none_or(|entry| entry.value.is_null()) && !broken {
        reader.tell(
            Severity::Warning,
            "missing-kind",
            &(node.span.start..node.span.start),
            &common::names(kind),
        );
        propose_kind(source, told, |code, args| {
            reader.tell(Severity::Note, code, &(node.span.start..node.span.start), args);
        });
    }
    kind
}

fn guessed_date(source: &Source, fields: &Fields, broken: bool) -> Option<crate::record::date::Day> {
    let date = guess::date(source);
    if fields.node("date").is_none() {
        match date {
            Some(date) => missing(fields, broken, "missing-date", &[("date", &date.to_string())]),
            None => missing(fields, broken, "missing-date-unknown", &[]),
        }
    }
    date
}

/// Says what a front matter lacks, unless it broke off.
fn missing(fields: &Fields, broken: bool, code: &'static str, args: &[(&'static str, &str)]) {
    if !broken {
        let start = fields.span().start;
        fields.reader().tell(Severity::Warning, code, &(start..start), args);
    }
}

fn detail(kind: Kind, fields: &Fields) -> Detail {
    match kind {
        Kind::Report => Detail::Report(Report::read(fields)),
        Kind::Case => Detail::Case(Case::read(fields)),
        Kind::Recommendation => Detail::Recommendation(Box::new(Recommendation::read(fields))),
        Kind::Topic => Detail::Topic(Topic::read(fields)),
        Kind::Law => Detail::Law(Law::read(fields)),
    }
}

/// A case whose front matter has no number may have one in its title or name.
fn add_case_number(record: &mut Record, source: &Source) {
    if let Detail::Case(case) = &mut record.detail
        && case.number.is_none()
    {
        case.number = guess::number(source, &record.title);
    }
}

/// rank, level, issuers and awarded are shorthand for one honour; it comes first.
fn add_rank_honour(record: &mut Record, fields: &Fields) {
    if let Detail::Case(case) = &record.detail
        && let (Some(rank), Some(node)) = (case.rank, fields.node("rank"))
    {
        let line = fields.reader().line(node.span.start);
        let honour = common::rank_honour(rank, case.level, &case.issuers, case.awarded, line);
        record.honours.insert(0, honour);
    }
}
