//! What the calls return: passages with their places, figures with what they rest on, verdicts.

use super::Source;
use super::tools::{Call, Ledger, Read, Search, Similar, Verify};
use crate::adoption::{self, By, Kept};
use crate::check;
use crate::corpus;
use crate::index::document::Meta;
use crate::index::{self, IndexError, Opened};
use crate::message::Catalogue;
use crate::query::{Options, Searcher, snippet};
use crate::verify::{Verifier, report};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Hits of an answer, unless asked otherwise, and at most.
const HITS: usize = 5;
const MOST_HITS: usize = 20;
/// Characters of a document that an answer holds.
const READ: usize = 6_000;
/// Documents behind the figures of an answer, and citations of one.
const LISTED: usize = 40;

/// The answer to a call, or why there is none.
pub(super) fn of(call: &Call, source: &Source) -> Result<Value, String> {
    let answer = match call {
        Call::Search(asked) => search(asked, source),
        Call::Read(asked) => read(asked, source),
        Call::Similar(asked) => similar(asked, source),
        Call::Ledger(asked) => ledger(asked, source),
        Call::Verify(asked) => verify(asked, source),
    };
    answer.map_err(|failed| match failed {
        // A preview's index follows behind its first pages; where it lies is nobody's business.
        Failed::Index(IndexError::Missing(_)) => Catalogue::of(source.lang).get("verify.not_yet").to_owned(),
        Failed::Index(error) => error.message(source.lang),
        Failed::Said(key, about) => Catalogue::of(source.lang).format(key, &[("about", about)]),
    })
}

/// Why a call has no answer.
enum Failed {
    Index(IndexError),
    /// A message of the catalogue, and what it is about.
    Said(&'static str, String),
}

impl From<IndexError> for Failed {
    fn from(error: IndexError) -> Self {
        Self::Index(error)
    }
}

type Answer = Result<Value, Failed>;

/// What every passage says of its document, with the place that it stands in.
fn passage(meta: &Meta, place: &str, anchor: &str, text: &str, source: &Source) -> Map<String, Value> {
    let site = match source.site.trim_end_matches('/') {
        "" => String::new(),
        address => format!("{address}/"),
    };
    let anchor = if anchor.is_empty() {
        String::new()
    } else {
        format!("#{anchor}")
    };
    let value = json!({
        "id": meta.id,
        "title": meta.title,
        "kind": meta.kind,
        "unit": meta.unit,
        "date": meta.date,
        "place": place,
        "permalink": format!("{site}{}{anchor}", meta.url),
        "text": text,
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Where the next answer begins, where something is left.
fn next(offset: usize, taken: usize, total: usize) -> Value {
    let end = offset.saturating_add(taken);
    if end < total && taken > 0 {
        end.into()
    } else {
        Value::Null
    }
}

fn search(asked: &Search, source: &Source) -> Answer {
    let searcher = Searcher::open(&source.index)?;
    let limit = asked.limit.unwrap_or(HITS).clamp(1, MOST_HITS);
    let filters = [("kind", &asked.kind), ("unit", &asked.unit), ("year", &asked.year)];
    let filters = filters.into_iter().filter_map(|(name, value)| {
        let value: String = value
            .as_ref()?
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '"')
            .collect();
        (!value.is_empty()).then(|| format!(" {name}:{value}"))
    });
    let query = asked.query.clone() + &filters.collect::<String>();
    let options = Options {
        limit,
        offset: asked.offset,
    };
    let answer = searcher.search(&query, &options)?;
    let hits: Vec<Value> = answer
        .hits
        .iter()
        .map(|hit| {
            let mut one = passage(
                &hit.meta,
                &hit.section,
                &hit.anchor,
                &snippet::plain(&hit.snippet, ("", "")),
                source,
            );
            one.insert("tier".to_owned(), json!(hit.tier));
            one.into()
        })
        .collect();
    let words = Catalogue::of(source.lang);
    let notes = answer
        .notes
        .iter()
        .map(|note| words.format(note.code, &[("about", note.about.clone())]));
    Ok(json!({
        "query": query,
        "total": answer.total,
        "related": answer.related,
        "hits": hits,
        "notes": notes.collect::<Vec<_>>(),
        "next_offset": next(asked.offset, hits.len(), answer.total + answer.related),
    }))
}

fn read(asked: &Read, source: &Source) -> Answer {
    let verifier = Verifier::new(index::open(&source.index)?, source.now);
    let missing = || Failed::Said("mcp.no-document", asked.id.clone());
    let document = verifier.read(&asked.id)?.ok_or_else(missing)?;
    let place = asked.place.as_deref().unwrap_or_default().trim();
    let passages = document.passages(place);
    if passages.is_empty() && !place.is_empty() {
        return Err(Failed::Said("mcp.no-place", place.to_owned()));
    }
    let total: usize = passages.iter().map(|passage| passage.text.chars().count()).sum();
    let (mut at, mut taken) = (0, 0);
    let mut given = Vec::new();
    for one in &passages {
        let length = one.text.chars().count();
        let skipped = asked.offset.saturating_sub(at).min(length);
        at += length;
        if taken == READ || skipped == length {
            continue;
        }
        let text: String = one.text.chars().skip(skipped).take(READ - taken).collect();
        taken += text.chars().count();
        given.push(passage(&document.meta, &one.place, &one.anchor, &text, source));
    }
    Ok(json!({ "passages": given, "characters": total, "next_offset": next(asked.offset, taken, total) }))
}

fn similar(asked: &Similar, source: &Source) -> Answer {
    let searcher = Searcher::open(&source.index)?;
    let limit = asked.offset.saturating_add(HITS + 1).min(MOST_HITS * HITS);
    let found = match (&asked.id, &asked.text) {
        (Some(id), _) => searcher
            .like_document(id, limit)?
            .ok_or_else(|| Failed::Said("mcp.no-document", id.clone()))?,
        (None, Some(text)) => searcher.like_text(text, limit)?,
        (None, None) => return Err(Failed::Said("mcp.no-likeness", String::new())),
    };
    let opened = index::open(&source.index)?;
    let mut hits = Vec::new();
    for like in found.iter().skip(asked.offset).take(HITS) {
        let meta = meta(&opened, like.doc)?;
        let mut one = passage(&meta, "", "", &like.phrases.join("、"), source);
        one.insert("nearness".to_owned(), json!(like.nearness));
        one.insert("causes".to_owned(), json!(like.causes));
        one.insert("laws".to_owned(), json!(like.laws));
        hits.push(one);
    }
    let left = next(asked.offset, hits.len(), found.len());
    Ok(json!({ "hits": hits, "next_offset": left }))
}

fn meta(opened: &Opened, doc: u32) -> Result<Meta, IndexError> {
    opened.stored(doc, opened.fields.meta)
}

fn ledger(asked: &Ledger, source: &Source) -> Answer {
    let opened = index::open(&source.index)?;
    let refused = |about| Failed::Said("mcp.bad-argument", about);
    let by = asked.property().map_err(refused)?;
    let period = asked.period().map_err(refused)?;
    if by == By::Person && opened.settings.audience == "public" {
        return Err(Failed::Said("mcp.no-persons", String::new()));
    }
    let mut counts: Vec<(u32, Kept)> = Vec::new();
    for (value, documents) in opened.values_of(opened.fields.ledger)? {
        if let Ok(kept) = serde_json::from_str::<Kept>(&value) {
            counts.extend(documents.into_iter().map(|document| (document, kept.clone())));
        }
    }
    let ledger = adoption::ledger_of(&counts, by, period);
    let rows: Vec<Value> = ledger
        .rows
        .iter()
        .map(|row| {
            let mut figures = row.figures.as_json();
            figures.insert("key".to_owned(), row.key.clone().into());
            figures.into()
        })
        .collect();
    let mut behind: BTreeMap<u32, Vec<&'static str>> = BTreeMap::new();
    for count in &ledger.counts {
        behind
            .entry(count.document as u32)
            .or_default()
            .push(count.measure.key());
    }
    let mut documents = Vec::new();
    for (doc, measures) in behind.iter().skip(asked.offset).take(LISTED) {
        let mut one = passage(&meta(&opened, *doc)?, "", "", "", source);
        let of_document = counts.iter().filter(|(document, _)| document == doc);
        let basis: Vec<_> = of_document.filter_map(|(_, kept)| kept.basis.as_ref()).collect();
        one.remove("text");
        one.insert("measures".to_owned(), json!(measures));
        one.insert("basis".to_owned(), json!(basis));
        documents.push(one);
    }
    let words = Catalogue::of(source.lang);
    Ok(json!({
        "by": by.key(),
        "since": period.since.map(|day| day.to_string()),
        "until": period.until.map(|day| day.to_string()),
        "rows": rows,
        "total": ledger.total.as_json(),
        "unplaced": ledger.unplaced.as_json(),
        "basis": words.get(if by.shares() { "mcp.basis.shares" } else { "mcp.basis" }),
        "documents": documents,
        "next_offset": next(asked.offset, documents.len(), behind.len()),
    }))
}

fn verify(asked: &Verify, source: &Source) -> Answer {
    let draft = corpus::Source::body_only("draft".to_owned(), "draft.md".to_owned(), asked.text.clone());
    if check::secrecy(&draft).is_some() {
        return Err(Failed::Said("mcp.classified", String::new()));
    }
    let opened = index::open(&source.index)?;
    let verifier = Verifier::new(opened, source.now);
    let citations = verifier.verify(&draft)?;
    let words = Catalogue::of(source.lang);
    let given: Vec<Value> = citations
        .iter()
        .skip(asked.offset)
        .take(LISTED)
        .map(|citation| report::json(citation, words))
        .collect();
    Ok(json!({
        "counts": report::counts(citations.iter()),
        "next_offset": next(asked.offset, given.len(), citations.len()),
        "citations": given,
    }))
}
