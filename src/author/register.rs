//! Entries of documents that are there: made, changed and taken away, each in its front matter and nowhere else.

use super::edit::Draft;
use super::entry::{Entry, EntryKind, Values, Word, filled_in};
use super::essence::is_that_change;
use super::file::{self, Original, Undo};
use super::front::{Front, Refusal, Why};
use super::yaml_text::scalar;
use super::{AuthorError, is_own};
use crate::check;
use crate::corpus::decode::decode;
use crate::corpus::{self, Source};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::reading::Reading;
use crate::record::keys::{self, Key};
use crate::record::{self, Kind, Record};
use crate::settings::Settings;
use crate::yaml::{self, Node, Value};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Where entries are written, and what is asked of them.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Folder of the corpus.
    pub corpus: &'a Path,
    /// Of the corpus's site file.
    pub settings: &'a Settings,
    /// The reference day.
    pub now: Date,
    /// A new finding of this weight or a heavier one keeps an entry from being written.
    pub refuse: Severity,
    /// Whether it is written, or only shown.
    pub mode: Mode,
}

/// Whether something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is.
    Write,
    /// It is made and judged, and the file stays as it is.
    DryRun,
}

/// What is to happen to the entries of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A further one.
    Add(Entry),
    /// Another in the place of one, by its number from 0 in the file.
    Set(usize, Entry),
    /// One goes, by its number from 0 in the file.
    Remove(usize, EntryKind),
}

impl Change {
    /// The kind of entry.
    pub fn kind(&self) -> EntryKind {
        match self {
            Change::Add(entry) | Change::Set(_, entry) => entry.kind,
            Change::Remove(_, kind) => *kind,
        }
    }
}

/// What was written, or would have been.
#[derive(Debug)]
pub struct Entered {
    /// The document as it is now.
    pub source: Source,
    /// Its text before.
    pub before: String,
    /// What there is to say of it that there was not before.
    pub findings: Vec<Diagnostic>,
    /// How it is taken back; nothing where nothing was written.
    pub undo: Option<Undo>,
}

/// An entry that a document has, as its form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub kind: EntryKind,
    /// Its number among those of its kind, from 0.
    pub index: usize,
    /// What its fields are filled with.
    pub values: Values,
}

/// The entries of a document and of the record that was read from it, kind by kind, in the order of the file.
pub(crate) fn entries(source: &Source, record: &Record) -> Vec<Listed> {
    let Ok(Some(front)) = Front::of(source) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for kind in EntryKind::ALL.into_iter().filter(|kind| kind.is_of(record.kind)) {
        let Some(found) = front.find(kind.key(), known(record.kind)) else {
            continue;
        };
        let items = if kind.is_listed() {
            front.items_of(found)
        } else {
            vec![&found.value]
        };
        for (index, item) in items.into_iter().enumerate() {
            if front.says_nothing(item) {
                continue;
            }
            let mut values = values(kind, item);
            if kind == EntryKind::Review {
                values.insert("visibility".to_owned(), record.visibility.key().to_owned());
            }
            all.push(Listed { kind, index, values });
        }
    }
    all
}

/// What the form of an entry is filled with.
fn values(kind: EntryKind, item: &Node) -> Values {
    let said = |field: &super::Field| {
        let text = match &item.value {
            // A date or a title may stand for the whole entry.
            Value::Scalar { text, .. } => (kind.fields().first()?.key == field.key).then(|| text.clone())?,
            _ => value_of(kind, item, field.key)?.value.to_plain_text(),
        };
        Some((field.key.to_owned(), filled_in(field, &text)))
    };
    kind.fields().iter().filter_map(said).collect()
}

fn value_of<'n>(kind: EntryKind, item: &'n Node, key: &str) -> Option<&'n yaml::Entry> {
    let entries = item.entries().unwrap_or_default();
    entries
        .iter()
        .find(|entry| keys::find(&entry.key, kind.table().iter()) == Some(key))
}

fn known(kind: Kind) -> impl Iterator<Item = &'static Key> + Clone {
    keys::of_kind(kind).iter().chain(keys::COMMON)
}

/// Changes the entries of a document. The file is held meanwhile: of two writers the second finds the entry of the first.
/// With a mark the file must be the one that the mark names.
///
/// # Errors
/// Where there is no such document, its front matter can't be written into, it has that very entry, or it would have a
/// finding with it that is refused.
pub fn enter(desk: Desk, id: &str, change: &Change, mark: Option<&str>) -> Result<Entered, AuthorError> {
    let found = find(desk.corpus, id, change.kind().document(), desk.settings)?;
    let original = Original::open(desk.corpus, &found.file)?;
    if mark.is_some_and(|mark| mark != file::mark(original.bytes())) {
        return Err(AuthorError::Changed(desk.corpus.join(&found.file)));
    }
    let decoded = decode(original.bytes().to_vec()).map_err(|_| AuthorError::Undecodable(found.file.clone()))?;
    let source = Source::of(found.id, found.file, decoded.text);
    if check::secrecy(&source).is_some() {
        return Err(AuthorError::Classified(source.file));
    }
    let record = record::read(&source).0;
    let mut draft = Draft::of(&source);
    draw(&mut draft, &record, change).map_err(|problem| problem.of(&draft))?;
    let new = draft.source();
    is_that_change(&source, &record, &new, change)?;
    if new.text == source.text {
        return Ok(judged(desk, &source, new));
    }
    let bytes = draft.bytes(&original)?;
    let entered = judged(desk, &source, new);
    if entered.findings.iter().any(|finding| finding.severity <= desk.refuse) {
        return Err(AuthorError::Refused(Box::new(entered)));
    }
    let undo = match desk.mode {
        Mode::Write => Some(original.replace(&source.file, &bytes)?),
        Mode::DryRun => None,
    };
    Ok(Entered { undo, ..entered })
}

/// Why a change can't be drawn.
enum Problem {
    /// The front matter can't be written into there.
    Front(Refusal),
    /// There is such an entry already.
    Taken,
    /// There is no such entry.
    NoSuch,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Front(refusal)
    }
}

impl Problem {
    /// What is said of it; a place in the draft is one in the file.
    fn of(self, draft: &Draft) -> AuthorError {
        let source = draft.old();
        match self {
            Problem::Front(Refusal { at, why }) => {
                let at = draft.place_in_old(at);
                AuthorError::cannot_write(source, &Refusal { at, why })
            }
            Problem::Taken => AuthorError::AlreadyThere(source.file.clone()),
            Problem::NoSuch => AuthorError::NoEntry(source.file.clone()),
        }
    }
}

/// Makes the change in the text.
fn draw(draft: &mut Draft, record: &Record, change: &Change) -> Result<(), Problem> {
    match change {
        Change::Add(entry) => add(draft, record, entry)?,
        Change::Set(index, entry) => set(draft, record, *index, entry)?,
        Change::Remove(index, kind) => remove(draft, record, *index, *kind)?,
    }
    match change {
        Change::Add(entry) | Change::Set(_, entry) => {
            let stated = entry.of_document();
            stated.map_or(Ok(()), |word| state(draft, record, word))
        }
        Change::Remove(..) => Ok(()),
    }
}

fn add(draft: &mut Draft, record: &Record, entry: &Entry) -> Result<(), Problem> {
    let source = draft.source();
    let (key, listed) = (entry.kind.key(), entry.kind.is_listed());
    let Some(front) = Front::of(&source)? else {
        draft.begin(&front_of(record));
        return add(draft, record, entry);
    };
    let found = front.find(key, known(record.kind));
    if let Some(index) = found.and_then(|found| place_kept(&front, found, listed)) {
        return set(draft, record, index, entry);
    }
    let edits = match found {
        None => {
            if let Some(merge) = front.find_merged(key, known(record.kind)) {
                return Err(front.refusal(merge.key_span.start, Why::Merge).into());
            }
            let chinese = front.entries().first().is_some_and(|first| !first.key.is_ascii());
            let name = if chinese { keys::chinese_name(key) } else { key };
            front.with_pair(None, name, &entry.written(chinese), listed)?
        }
        Some(found) if front.says_nothing(&found.value) && !(listed && has_items(&found.value)) => {
            front.fill(found, &entry.written(!found.key.is_ascii()), listed)?
        }
        Some(found) if listed => front.append(found, &entry.written(is_chinese(found)))?,
        Some(found) if found.value.text().is_some() => {
            let refusal = front.refusal(found.value.span.start, Why::Text);
            return Err(refusal.into());
        }
        Some(_) => return Err(Problem::Taken),
    };
    draft.apply(&edits);
    Ok(())
}

/// The number of an entry whose keys are there and say nothing: they are a place that was kept for it.
fn place_kept(front: &Front, found: &yaml::Entry, listed: bool) -> Option<usize> {
    let items = if listed {
        front.items_of(found)
    } else {
        vec![&found.value]
    };
    let last = items.last().filter(|last| front.has_empty_keys(last))?;
    let is_own = !front.is_alias(last) && !front.is_alias(&found.value);
    is_own.then(|| items.len() - 1)
}

fn has_items(node: &Node) -> bool {
    node.items().is_some_and(|items| !items.is_empty())
}

/// Whether the entries of a key are written in Chinese: as the last one, else as the key above.
fn is_chinese(above: &yaml::Entry) -> bool {
    let last = match &above.value.value {
        Value::Sequence(items) => items.last(),
        _ => Some(&above.value),
    };
    let first = last.and_then(Node::entries).and_then(<[yaml::Entry]>::first);
    !first.map_or(&above.key, |entry| &entry.key).is_ascii()
}

/// Gives a key of the document a value: whom it may be shown to.
fn state(draft: &mut Draft, record: &Record, word: &Word) -> Result<(), Problem> {
    let source = draft.source();
    if record::read(&source).0.visibility.key() == word.scalar(false).text {
        return Ok(());
    }
    let Some(front) = Front::of(&source)? else {
        return Err(Problem::NoSuch);
    };
    let edits = if let Some(found) = front.find(word.key, known(record.kind)) {
        let old = found.value.to_plain_text();
        front.set(&found.value, &word.scalar(!old.is_ascii() || !found.key.is_ascii()))?
    } else {
        let chinese = front.entries().first().is_some_and(|first| !first.key.is_ascii());
        let name = if chinese {
            keys::chinese_name(word.key)
        } else {
            word.key
        };
        let new = super::front::New::Scalar(word.scalar(chinese));
        front.with_pair(None, name, &new, false)?
    };
    draft.apply(&edits);
    Ok(())
}

fn set(draft: &mut Draft, record: &Record, index: usize, entry: &Entry) -> Result<(), Problem> {
    let kind = entry.kind;
    for field in kind.fields().iter().filter(|field| field.key != "visibility") {
        let source = draft.source();
        let Some(front) = Front::of(&source)? else {
            return Err(Problem::NoSuch);
        };
        let found = front.find(kind.key(), known(record.kind)).ok_or(Problem::NoSuch)?;
        let items = if kind.is_listed() {
            front.items_of(found)
        } else {
            vec![&found.value]
        };
        let item = *items.get(index).ok_or(Problem::NoSuch)?;
        let written = [&found.value, item].into_iter().find(|node| front.is_alias(node));
        if let Some(alias) = written.filter(|node| node.entries().is_some() || node.items().is_some()) {
            return Err(front.refusal(alias.span.start, Why::Alias).into());
        }
        let word = entry.words().find(|word| word.key == field.key);
        let is_alone = item.entries().is_none();
        let edits = if kind.is_plain() || (is_alone && entry.words().count() == 1) {
            match word {
                Some(word) if !word.is_said_by(field, &item.to_plain_text()) => front.set(item, &word.scalar(false))?,
                _ => continue,
            }
        } else if is_alone {
            // A date alone becomes an entry, in its place and with its comment.
            let new = entry.written(is_chinese(found));
            let edits = front.expand(found, index, &new, kind.is_listed())?;
            draft.apply(&edits);
            return Ok(());
        } else {
            match (value_of(kind, item, field.key), word) {
                (Some(there), Some(word)) if word.is_said_by(field, &there.value.to_plain_text()) => continue,
                (Some(there), Some(word)) => {
                    let old = there.value.to_plain_text();
                    front.set(&there.value, &word.scalar(!old.is_ascii() || !there.key.is_ascii()))?
                }
                (Some(_), None) if !entry.empties(field.key) => continue,
                (Some(there), None) if front.says_nothing(&there.value) => continue,
                (Some(there), None) => front.without_pair(Some(item), there)?,
                (None, Some(word)) => {
                    let chinese = item
                        .entries()
                        .and_then(<[_]>::first)
                        .is_some_and(|first| !first.key.is_ascii());
                    let new = super::front::New::Scalar(word.scalar(chinese));
                    front.with_pair(Some(item), word.name(kind.table(), chinese), &new, false)?
                }
                (None, None) => continue,
            }
        };
        draft.apply(&edits);
    }
    Ok(())
}

fn remove(draft: &mut Draft, record: &Record, index: usize, kind: EntryKind) -> Result<(), Problem> {
    let source = draft.source();
    let Some(front) = Front::of(&source)? else {
        return Err(Problem::NoSuch);
    };
    let found = front.find(kind.key(), known(record.kind)).ok_or(Problem::NoSuch)?;
    // A second one would count once the first has gone.
    if let Some(second) = front.find_second(kind.key(), known(record.kind)) {
        return Err(front.refusal(second, Why::Twice).into());
    }
    let edits = match found.value.items() {
        Some(items) if index >= items.len() => return Err(Problem::NoSuch),
        Some(items) if items.len() > 1 && front.is_alias(&found.value) => {
            return Err(front.refusal(found.value.span.start, Why::Alias).into());
        }
        Some(items) if items.len() > 1 => front.without_item(&found.value, index)?,
        _ if index > 0 => return Err(Problem::NoSuch),
        _ => front.without_pair(None, found)?,
    };
    draft.apply(&edits);
    Ok(())
}

/// A document without front matter gets one that says what was read from its text and name.
fn front_of(record: &Record) -> String {
    let date = record.date.map_or_else(String::new, |date| format!("date: {date}\n"));
    let (kind, title) = (record.kind.key(), scalar(&record.title));
    format!("---\nkind: {kind}\ntitle: {title}\n{date}---\n\n")
}

/// The document of an id, where it is of the kind that is wanted. A classified one is not read.
fn find(corpus: &Path, id: &str, kind: Option<Kind>, settings: &Settings) -> Result<Source, AuthorError> {
    let read = corpus::read(corpus).map_err(|error| AuthorError::Io(corpus.to_owned(), error))?;
    let id: String = id.trim().replace('\\', "/").nfc().collect();
    let id = id.strip_suffix(".md").unwrap_or(&id);
    is_own(id, settings)?;
    let has_id = |source: &&Arc<Source>| check::secrecy(source).is_none() && record::read(source).0.id == id;
    let by_path = read.sources.iter().find(|source| source.id == id);
    let Some(source) = by_path.or_else(|| read.sources.iter().find(has_id)) else {
        return Err(unknown(&read, id));
    };
    if check::secrecy(source).is_some() {
        return Err(AuthorError::Classified(source.file.clone()));
    }
    let (record, _) = record::read(source);
    match kind.filter(|kind| *kind != record.kind) {
        None => Ok(Source::clone(source)),
        Some(wanted) => Err(AuthorError::OtherKind(record.id, record.kind, wanted)),
    }
}

/// Why there is no document of an id: its file is there and can't be read, or there is none.
fn unknown(read: &corpus::Corpus, id: &str) -> AuthorError {
    let of_id = |file: &str| file.strip_suffix(".md").or_else(|| file.strip_suffix(".markdown")) == Some(id);
    if let Some(told) = read.diagnostics.iter().find(|finding| of_id(&finding.file)) {
        return AuthorError::NotRead(Box::new(told.clone()));
    }
    let ids: BTreeSet<&str> = read.sources.iter().map(|source| source.id.as_str()).collect();
    // The name without its folder is the likeliest slip.
    let part_of = ids.iter().copied().find(|known| !id.is_empty() && known.contains(id));
    let nearest = part_of.or_else(|| check::nearest_id(id, &ids)).unwrap_or("—");
    AuthorError::Unknown(id.to_owned(), nearest.to_owned())
}

/// A new text with what there is to say of it that there was not to say of the old.
fn judged(desk: Desk, old: &Source, new: Source) -> Entered {
    let known = findings(old, desk.settings, desk.now);
    let is_new = |finding: &Diagnostic| {
        !known
            .iter()
            .any(|old| (old.code, &old.args, old.severity) == (finding.code, &finding.args, finding.severity))
    };
    let mut found = findings(&new, desk.settings, desk.now);
    found.retain(is_new);
    Entered {
        source: new,
        before: old.text.clone(),
        findings: found,
        undo: None,
    }
}

fn findings(source: &Source, settings: &Settings, now: Date) -> Vec<Diagnostic> {
    let (record, mut found) = record::read_within(source, &settings.folders);
    let reading = Reading::of(source);
    found.extend(check::record(source, &reading, &record, settings, now));
    found.extend(check::privacy_of(&reading, source, record.visibility));
    diagnostic::sort(&mut found);
    found
}
