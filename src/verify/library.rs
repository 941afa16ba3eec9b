//! What the index holds: documents by name and number, by what replaces them, and by words near to a text.

use super::flat::Flat;
use super::statute::Statute;
use crate::index::analyzer::{is_cjk, is_word};
use crate::index::document::{Authority, Meta, Passage};
use crate::index::schema::Texts;
use crate::index::{self, IndexError, Opened};
use crate::text::title;
use jiff::civil::Date;
use std::cell::{OnceCell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::{DocAddress, TantivyDocument, Term};

/// Pairs of characters by which texts are looked up: the rarest of a text.
const PAIRS: usize = 14;
/// Pairs that stand in more documents than this tell nothing.
const COMMON: u32 = 20_000;
/// Documents that a text is compared with at most.
const COMPARED: usize = 10;

/// An index to judge by, which several verifiers may share.
pub struct Shelf {
    opened: Opened,
    /// The groups of the thesaurus that a short name is in, by its key.
    short: HashMap<String, Vec<usize>>,
}

impl Shelf {
    /// A shelf of an open index.
    pub fn new(opened: Opened) -> Self {
        let mut short: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, group) in opened.settings.synonyms.iter().enumerate() {
            for member in group {
                let groups = short.entry(title::key(member)).or_default();
                if groups.last() != Some(&at) {
                    groups.push(at);
                }
            }
        }
        Self { opened, short }
    }
}

/// Documents of one index, each read once.
pub(super) struct Library {
    shelf: Arc<Shelf>,
    read: RefCell<BTreeMap<u32, Rc<Held>>>,
    found: RefCell<Found>,
}

/// The documents of terms that were asked for.
type Found = HashMap<(Field, String), Rc<[u32]>>;

/// A document as it is compared.
pub(super) struct Held {
    /// Its number in the index.
    pub doc: u32,
    /// What a result shows.
    pub meta: Meta,
    /// How it is cited.
    pub authority: Authority,
    /// The passages of its body.
    pub passages: Vec<Passage>,
    texts: Texts,
    flat: OnceCell<Flat>,
    statute: OnceCell<Option<Statute>>,
}

impl Held {
    /// Its passages, then its title and its summary, as they are compared.
    pub(super) fn flat(&self) -> &Flat {
        self.flat.get_or_init(|| {
            let mut flat = Flat::default();
            let texts = self.passages.iter().map(|passage| passage.text.as_str());
            texts
                .chain([self.meta.title.as_str()])
                .chain(self.texts.summary.iter().map(String::as_str))
                .for_each(|text| flat.push(text));
            flat
        })
    }

    /// The text of one of what [`Held::flat`] holds.
    pub(super) fn text(&self, at: usize) -> &str {
        match at.checked_sub(self.passages.len()) {
            None => &self.passages[at].text,
            Some(0) => &self.meta.title,
            Some(more) => self.texts.summary.get(more - 1).map_or("", String::as_str),
        }
    }

    /// Its articles, where it has some.
    pub(super) fn statute(&self) -> Option<&Statute> {
        self.statute.get_or_init(|| Statute::of(&self.passages)).as_ref()
    }

    /// The day from which its text is as it is: the later of its dates.
    pub(super) fn version(&self) -> &str {
        let effective = self.authority.effective.as_deref().unwrap_or_default();
        effective.max(self.meta.date.as_str())
    }

    /// Whether it is a law.
    pub(super) fn is_law(&self) -> bool {
        self.meta.kind == "law"
    }

    /// Whether it holds its text whole.
    pub(super) fn is_whole(&self) -> bool {
        Statute::is_whole(self.statute(), &self.authority, self.is_law())
    }
}

impl Library {
    pub(super) fn new(shelf: Arc<Shelf>) -> Self {
        Self {
            shelf,
            read: RefCell::default(),
            found: RefCell::default(),
        }
    }

    /// The series of numbers that are held whole.
    pub(super) fn complete(&self) -> &[String] {
        &self.shelf.opened.settings.complete
    }

    pub(super) fn document(&self, doc: u32) -> Result<Rc<Held>, IndexError> {
        if let Some(held) = self.read.borrow().get(&doc) {
            return Ok(held.clone());
        }
        let stored: TantivyDocument = self.shelf.opened.searcher.doc(DocAddress::new(0, doc))?;
        let fields = &self.shelf.opened.fields;
        let held = Rc::new(Held {
            doc,
            meta: index::stored_value(&stored, fields.meta),
            authority: index::stored_value(&stored, fields.authority),
            passages: index::stored_value(&stored, fields.blocks),
            texts: index::stored_value(&stored, fields.texts),
            flat: OnceCell::new(),
            statute: OnceCell::new(),
        });
        self.read.borrow_mut().insert(doc, held.clone());
        Ok(held)
    }

    /// The document of an id.
    pub(super) fn of_id(&self, id: &str) -> Result<Option<Rc<Held>>, IndexError> {
        let docs = self.of_term(self.shelf.opened.fields.id, id)?;
        docs.first().map(|doc| self.document(*doc)).transpose()
    }

    /// Documents, the nearest in kind first (law before case before report), then the newest.
    pub(super) fn documents(&self, docs: &[u32]) -> Result<Vec<Rc<Held>>, IndexError> {
        let mut all = docs
            .iter()
            .map(|doc| self.document(*doc))
            .collect::<Result<Vec<_>, _>>()?;
        let kind = |held: &Held| {
            ["law", "case", "report"]
                .iter()
                .position(|kind| *kind == held.meta.kind)
                .unwrap_or(3)
        };
        all.sort_by(|a, b| {
            let order = kind(a).cmp(&kind(b)).then_with(|| b.meta.date.cmp(&a.meta.date));
            order.then_with(|| a.doc.cmp(&b.doc))
        });
        Ok(all)
    }

    /// The documents of a name.
    pub(super) fn named(&self, name: &str) -> Result<Vec<Rc<Held>>, IndexError> {
        let key = title::key(name);
        let short = title::without_issuers(&key).map(str::to_owned);
        for key in [Some(key), short].into_iter().flatten().filter(|key| !key.is_empty()) {
            let docs = self.of_term(self.shelf.opened.fields.cited, &Authority::name(&key))?;
            if !docs.is_empty() {
                return self.documents(&docs);
            }
        }
        Ok(Vec::new())
    }

    /// The documents of a short name that the thesaurus knows: 刑诉法.
    pub(super) fn abbreviated(&self, name: &str) -> Result<Vec<Rc<Held>>, IndexError> {
        let groups = self.shelf.short.get(&title::key(name)).into_iter().flatten();
        for member in groups.flat_map(|&group| &self.shelf.opened.settings.synonyms[group]) {
            let found = self.named(member)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// The documents whose own number this is.
    pub(super) fn numbered(&self, number: &str) -> Result<Vec<Rc<Held>>, IndexError> {
        let docs = self.of_term(self.shelf.opened.fields.cited, &Authority::number(number))?;
        self.documents(&docs)
    }

    /// The documents that name a number somewhere.
    pub(super) fn naming(&self, number: &str) -> Result<Vec<Rc<Held>>, IndexError> {
        let docs = self.of_term(self.shelf.opened.fields.number, number)?;
        self.documents(&docs[..docs.len().min(COMPARED)])
    }

    /// Whether a document is in force on a day; those that replace it count from the day on which they are.
    pub(super) fn in_force(&self, held: &Held, now: Date) -> Result<bool, IndexError> {
        let started = |held: &Held| {
            let effective = held.authority.effective.as_deref();
            effective
                .and_then(|day| day.parse::<Date>().ok())
                .is_none_or(|day| day <= now)
        };
        if matches!(held.authority.status.as_deref(), Some("repealed" | "amended")) || !started(held) {
            return Ok(false);
        }
        if held.authority.status.as_deref() == Some("pending") && held.authority.effective.is_none() {
            return Ok(false);
        }
        let newer = self.of_term(self.shelf.opened.fields.cited, &Authority::replaces(&held.meta.id))?;
        for &doc in newer.iter() {
            if started(&*self.document(doc)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Documents that share the rarest pairs of characters with a text, those with the most first.
    pub(super) fn near(&self, letters: &[char]) -> Result<Vec<Rc<Held>>, IndexError> {
        let fields = &self.shelf.opened.fields;
        self.sharing(letters, &[fields.body, fields.summary])
    }

    /// Documents whose titles share the rarest pairs of characters with a name.
    pub(super) fn near_title(&self, letters: &[char]) -> Result<Vec<Rc<Held>>, IndexError> {
        self.sharing(letters, &[self.shelf.opened.fields.title])
    }

    fn sharing(&self, letters: &[char], fields: &[Field]) -> Result<Vec<Rc<Held>>, IndexError> {
        let pairs = tokens(letters);
        let searcher = &self.shelf.opened.searcher;
        let mut rare: Vec<(u64, String)> = Vec::new();
        for pair in pairs {
            let mut count = 0;
            for field in fields {
                count += searcher.doc_freq(&Term::from_field_text(*field, &pair))?;
            }
            if count > 0 {
                rare.push((count, pair));
            }
        }
        rare.sort();
        let mut holders: Vec<u32> = Vec::new();
        for (count, pair) in rare.iter().take(PAIRS) {
            if *count > u64::from(COMMON) && !holders.is_empty() {
                break;
            }
            let mut docs: Vec<u32> = Vec::new();
            for field in fields {
                docs.extend_from_slice(&self.of_term(*field, pair)?);
            }
            docs.sort_unstable();
            docs.dedup();
            holders.extend(docs);
        }
        holders.sort_unstable();
        let runs = holders.chunk_by(|one, next| one == next);
        let mut ranked: Vec<(Reverse<usize>, u32)> = runs.map(|run| (Reverse(run.len()), run[0])).collect();
        if ranked.len() > COMPARED {
            ranked.select_nth_unstable(COMPARED);
            ranked.truncate(COMPARED);
        }
        ranked.sort_unstable();
        ranked.iter().map(|(_, doc)| self.document(*doc)).collect()
    }

    /// The documents of a term, rising.
    fn of_term(&self, field: Field, value: &str) -> Result<Rc<[u32]>, IndexError> {
        let key = (field, value.to_owned());
        if let Some(docs) = self.found.borrow().get(&key) {
            return Ok(docs.clone());
        }
        let docs: Rc<[u32]> = self.shelf.opened.documents_of(field, value)?.into();
        self.found.borrow_mut().insert(key, docs.clone());
        Ok(docs)
    }
}

/// The tokens by which letters are looked up: pairs of characters, a run of letters and digits being one.
fn tokens(letters: &[char]) -> BTreeSet<String> {
    let plain = |letter: &char| is_word(*letter) && !is_cjk(*letter);
    let units: Vec<String> = letters
        .chunk_by(|one, next| plain(one) && plain(next))
        .map(|unit| unit.iter().collect())
        .collect();
    let runs = units.iter().filter(|unit| unit.chars().any(|letter| plain(&letter)));
    let pairs = units.windows(2).map(<[std::string::String]>::concat);
    runs.cloned().chain(pairs).collect()
}
