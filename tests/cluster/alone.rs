//! What a server does wrong while an index is published: what passes is waited for, what doesn't is said in a sentence,
//! what was published before stands, and the next run puts all right.

use super::fake::{Fake, Fault, Request};
use super::index_of;
use crate::client::corpus;

use jianyan::audience::Audience;
use jianyan::cluster::{Address, Client, ClusterError, Layout, Outcome, Progress, Searcher, Stage, publish};
use jianyan::index::document::IndexDocument;
use jianyan::message::Lang;
use serde_json::json;
use std::sync::Mutex;
use std::time::Duration;

const COUNT: usize = 24;
const PLAIN: Layout = Layout { shards: 1, replicas: 0 };

/// How long the tests' clients wait, and how long they ask again.
const ANSWER: Duration = Duration::from_millis(400);
const PATIENCE: Duration = Duration::from_millis(900);

/// Does something when a stage begins.
struct At<F: Fn(Stage) + Sync>(F);

impl<F: Fn(Stage) + Sync> Progress for At<F> {
    fn begin(&self, stage: Stage, _documents: u64) {
        (self.0)(stage);
    }

    fn advance(&self, _documents: u64) {}
}

/// Does nothing at any.
fn quietly() -> At<impl Fn(Stage) + Sync> {
    At(|_| {})
}

/// Documents of our own sentences.
fn documents(count: usize) -> Vec<IndexDocument> {
    corpus::documents(20_261_120, count)
}

fn change(document: &mut IndexDocument) {
    document.title.push_str("（修订）");
    document.meta.title.clone_from(&document.title);
}

/// How many documents there are, and how many of them were sent.
fn counts(outcome: &Outcome) -> Option<(u64, u64)> {
    match outcome {
        Outcome::Published { documents, sent, .. } => Some((*documents, *sent)),
        Outcome::Same(_) => None,
    }
}

fn client(fake: &Fake) -> Client {
    client_of(fake, Audience::Internal).unwrap()
}

fn client_of(fake: &Fake, audience: Audience) -> Result<Client, ClusterError> {
    let address = Address::new(&fake.url, None, None, Some("docs"), audience)?;
    Ok(Client::connect(&address.answering_within(ANSWER))?.patient(PATIENCE))
}

fn published(fake: &Fake, documents: &[IndexDocument]) -> Result<Outcome, ClusterError> {
    let dir = index_of(documents, "internal");
    let opened = jianyan::index::open(dir.path()).unwrap();
    publish(&client(fake), &opened, PLAIN, &quietly())
}

/// A cluster in which a generation is published.
fn standing() -> (Fake, Vec<IndexDocument>) {
    let (fake, documents) = (Fake::start(), documents(COUNT));
    assert_eq!(counts(&published(&fake, &documents).unwrap()), Some((24, 24)));
    (fake, documents)
}

/// The next generation: one changed, one gone, two new.
fn next(documents: &[IndexDocument]) -> Vec<IndexDocument> {
    let mut next = self::documents(COUNT + 2);
    next[..COUNT].clone_from_slice(documents);
    change(&mut next[3]);
    next.remove(7);
    next
}

/// A fault at each bulk request, only at the first where `once`.
fn at_bulk(once: bool, fault: impl Fn() -> Fault + Send + 'static) -> impl FnMut(&Request) -> Option<Fault> {
    let mut left = if once { 1 } else { usize::MAX };
    move |request| {
        if !request.is_bulk() || left == 0 {
            return None;
        }
        left -= 1;
        Some(fault())
    }
}

/// The sentence about it in both languages is one of its own.
fn said(error: &ClusterError, key: &str) {
    for lang in [Lang::Zh, Lang::En] {
        let message = error.message(lang);
        assert!(
            !message.contains("{about}") && !message.contains("{cause}"),
            "{message}"
        );
    }
    let shown = format!("{error:?}");
    assert!(shown.starts_with(key), "{shown} is not {key}");
}

/// What doesn't pass: the sentence is this one, what was there stands, nothing half made is left, and the next run works.
fn fails(key: &str, faults: impl FnMut(&Request) -> Option<Fault> + Send + 'static) {
    let (fake, before) = standing();
    let stood = fake.state().aliases["docs"].clone();
    fake.fails(faults);
    let error = published(&fake, &next(&before)).unwrap_err();
    said(&error, key);
    assert_eq!(fake.state().aliases["docs"], stood, "{key}");
    assert_eq!(fake.state().indexes[&stood].documents.len(), COUNT, "{key}");
    fake.works();
    let after = published(&fake, &next(&before)).unwrap();
    assert_eq!(counts(&after), Some((25, 3)), "{key}");
    let state = fake.state();
    assert_eq!(
        state.indexes.len(),
        2,
        "the two last generations: {:?}",
        state.indexes.keys()
    );
    assert_eq!(state.indexes[&state.aliases["docs"]].documents.len(), 25, "{key}");
}

/// What passes: the same run goes on.
fn passes(faults: impl FnMut(&Request) -> Option<Fault> + Send + 'static) -> Fake {
    let (fake, before) = standing();
    fake.state().bulks.clear();
    fake.fails(faults);
    let after = published(&fake, &next(&before)).unwrap();
    assert_eq!(counts(&after), Some((25, 3)));
    {
        let state = fake.state();
        assert_eq!(state.indexes[&state.aliases["docs"]].documents.len(), 25);
    }
    fake
}

fn flood() -> serde_json::Value {
    json!({
        "type": "cluster_block_exception",
        "reason": "index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];",
    })
}

#[test]
fn what_is_busy_is_asked_again() {
    let fake = passes(at_bulk(true, || Fault::Say(429, "too many requests".to_owned())));
    assert_eq!(fake.state().bulks, [3], "the refused request was not read");
    passes(at_bulk(true, || Fault::Say(503, "<html>unavailable</html>".to_owned())));
}

#[test]
fn only_the_documents_that_were_refused_are_sent_again() {
    let fake = passes(at_bulk(true, || Fault::Every(2)));
    assert_eq!(fake.state().bulks, [3, 1]);
}

#[test]
fn a_cut_connection_loses_and_doubles_nothing() {
    passes(at_bulk(true, || Fault::Cut));
    passes(at_bulk(true, || Fault::Lose));
    for path in ["/_aliases", "/_mapping", "/_reindex", "/_refresh"] {
        let mut left = 1;
        passes(move |request| {
            let hit = request.method != "GET" && request.path.contains(path) && left > 0;
            left -= usize::from(hit);
            hit.then_some(Fault::Lose)
        });
    }
    // The request that makes the index.
    let mut left = 1;
    passes(move |request| {
        let hit = request.method == "PUT" && request.path.matches('/').count() == 1 && left > 0;
        left -= usize::from(hit);
        hit.then_some(Fault::Lose)
    });
}

#[test]
fn what_does_not_pass_leaves_what_was_there() {
    fails("Busy", at_bulk(false, || Fault::Say(429, String::new())));
    fails(
        "Busy",
        at_bulk(false, || {
            Fault::None(429, json!({ "type": "es_rejected_execution_exception" }))
        }),
    );
    fails("Away", at_bulk(false, || Fault::Cut));
    fails("Full", at_bulk(false, || Fault::None(403, flood())));
    fails("Full", at_bulk(false, || Fault::None(429, flood())));
    let whole = || Fault::Say(403, json!({ "error": flood(), "status": 403 }).to_string());
    fails("Full", at_bulk(false, whole));
    fails("Timeout", at_bulk(false, || Fault::Silence(Duration::from_secs(2))));
    fails(
        "Garbled",
        at_bulk(false, || Fault::Say(200, "<html>Welcome</html>".to_owned())),
    );
    fails("Garbled", at_bulk(false, || Fault::Say(200, "{}".to_owned())));
    fails("Refused", at_bulk(false, || Fault::Say(403, "Forbidden".to_owned())));
    fails(
        "Unexpected",
        at_bulk(false, || {
            Fault::None(400, json!({ "type": "mapper_parsing_exception" }))
        }),
    );
    fails("Away", |request| {
        request.path.contains("_aliases").then_some(Fault::Cut)
    });
    fails("Unexpected", |request| {
        let error = json!({ "error": { "type": "illegal_state_exception", "reason": "no" } });
        request
            .path
            .contains("_reindex")
            .then(|| Fault::Say(500, error.to_string()))
    });
}

#[test]
fn a_server_that_is_none_is_told_apart() {
    let fake = Fake::start();
    let mut answers = Vec::new();
    for (status, text, key) in [
        (200, "<html>Welcome to nginx</html>", "Garbled"),
        (200, "{\"name\":\"other\"}", "Garbled"),
        (401, "Unauthorized", "Refused"),
        (302, "", "Unexpected"),
    ] {
        fake.fails(move |_| Some(Fault::Say(status, text.to_owned())));
        let error = client_of(&fake, Audience::Internal).unwrap_err();
        said(&error, key);
        answers.push(error);
    }
    assert!(answers.iter().all(|error| !error.is_usage()));
}

#[test]
fn a_name_that_is_not_ours_is_left_alone() {
    let dir = index_of(&documents(COUNT), "internal");
    let opened = jianyan::index::open(dir.path()).unwrap();
    for (alias, meta) in [
        (None, json!({})),
        (Some("docs"), json!({})),
        (
            Some("docs"),
            json!({ "jianyan": { "format": 1, "alias": "other", "settings": { "audience": "internal" } } }),
        ),
    ] {
        let fake = Fake::start();
        let name = alias.map_or("docs", |_| "theirs");
        {
            let mut state = fake.state();
            let body = json!({ "mappings": { "_meta": meta } });
            let documents = [("1".to_owned(), json!({ "a": 1 }))].into();
            state
                .indexes
                .insert(name.to_owned(), super::fake::Index { body, documents });
            if let Some(alias) = alias {
                state.aliases.insert(alias.to_owned(), name.to_owned());
            }
        }
        let error = publish(&client(&fake), &opened, PLAIN, &quietly()).unwrap_err();
        said(&error, "Elsewhere");
        let asked = fake.state().asked.clone();
        assert!(asked.iter().all(|asked| asked.starts_with("GET ")), "{asked:?}");
    }
}

#[test]
fn an_index_of_another_format_is_replaced_and_searched_no_more() {
    let (fake, before) = standing();
    let stood = fake.state().aliases["docs"].clone();
    let meta = json!({ "jianyan": { "format": 0, "alias": "docs", "settings": { "audience": "internal" } } });
    fake.state().indexes.get_mut(&stood).unwrap().body["mappings"]["_meta"] = meta;
    said(&Searcher::open(client(&fake)).err().unwrap(), "Format");
    assert_eq!(counts(&published(&fake, &before).unwrap()), Some((24, 24)));
    assert_ne!(fake.state().aliases["docs"], stood);
    // But not one of another audience.
    let stood = fake.state().aliases["docs"].clone();
    let meta = json!({ "jianyan": { "format": 0, "alias": "docs", "settings": { "audience": "public" } } });
    fake.state().indexes.get_mut(&stood).unwrap().body["mappings"]["_meta"] = meta;
    said(&published(&fake, &before).unwrap_err(), "Audience");
    assert_eq!(fake.state().aliases["docs"], stood);
}

#[test]
fn documents_are_compared_though_their_build_has_the_same_name() {
    let (fake, mut documents) = standing();
    assert!(matches!(published(&fake, &documents).unwrap(), Outcome::Same(_)));
    change(&mut documents[3]);
    assert_eq!(counts(&published(&fake, &documents).unwrap()), Some((24, 1)));
}

#[test]
fn audiences_never_mix() {
    let (fake, documents) = standing();
    let dir = index_of(&documents, "public");
    let public = jianyan::index::open(dir.path()).unwrap();
    fake.state().asked.clear();
    let error = publish(&client(&fake), &public, PLAIN, &quietly()).unwrap_err();
    said(&error, "IndexAudience");
    let client = client_of(&fake, Audience::Public).unwrap();
    let error = publish(&client, &public, PLAIN, &quietly()).unwrap_err();
    assert!(error.is_usage());
    said(&error, "Audience");
    said(&Searcher::open(client).err().unwrap(), "Audience");
    let asked = fake.state().asked.clone();
    assert!(asked.iter().all(|asked| asked.starts_with("GET ")), "{asked:?}");
}

#[test]
fn an_index_that_is_deleted_under_us_is_missed() {
    let (fake, before) = standing();
    let dir = index_of(&next(&before), "internal");
    let opened = jianyan::index::open(dir.path()).unwrap();
    let stood = fake.state().aliases["docs"].clone();
    let delete = At(|stage| {
        if stage == Stage::Send {
            fake.state().indexes.retain(|name, _| *name == stood);
            fake.state().aliases.retain(|_, index| *index == stood);
        }
    });
    said(
        &publish(&client(&fake), &opened, PLAIN, &delete).unwrap_err(),
        "Missing",
    );
    assert_eq!(
        counts(&publish(&client(&fake), &opened, PLAIN, &quietly()).unwrap()),
        Some((25, 3))
    );
}

#[test]
fn what_has_not_arrived_is_never_searched() {
    let (fake, before) = standing();
    let dir = index_of(&next(&before), "internal");
    let opened = jianyan::index::open(dir.path()).unwrap();
    let stood = fake.state().aliases["docs"].clone();
    for damage in 0..3 {
        let lose = At(|stage| {
            let mut state = fake.state();
            let new = state.indexes.iter_mut().find(|(name, _)| **name != stood);
            if let (Stage::Settle, Some((_, new))) = (stage, new) {
                let id = new.documents.keys().nth(12).unwrap().clone();
                match damage {
                    0 => drop(new.documents.remove(&id)),
                    1 => new.documents.get_mut(&id).unwrap()["lengths"]["body"] = json!(1),
                    _ => new.documents.get_mut(&id).unwrap()["stored"]["meta"]["title"] = json!("他人"),
                }
            }
        });
        said(
            &publish(&client(&fake), &opened, PLAIN, &lose).unwrap_err(),
            "Disagrees",
        );
        assert_eq!(fake.state().aliases["docs"], stood);
        assert_eq!(fake.state().indexes.len(), 1, "nothing half made is left");
    }
}

#[test]
fn what_a_cut_off_run_left_is_removed_and_the_generation_before_stays() {
    let (fake, before) = standing();
    let first = fake.state().aliases["docs"].clone();
    let seen = Mutex::new(0);
    fake.fails(move |request| {
        *seen.lock().unwrap() += 1;
        // Nothing of this run is answered any more, not even the removal of what it made: as where it is killed.
        let from_now = request.is_bulk() || request.method == "DELETE";
        from_now.then_some(Fault::Cut)
    });
    assert!(published(&fake, &next(&before)).is_err());
    assert_eq!(fake.state().indexes.len(), 2);
    fake.works();
    // Even where there is nothing to publish.
    assert_eq!(published(&fake, &before).unwrap(), Outcome::Same(first.clone()));
    assert_eq!(fake.state().indexes.len(), 1);
    published(&fake, &next(&before)).unwrap();
    assert!(fake.state().indexes.contains_key(&first));
    published(&fake, &before).unwrap();
    assert!(
        !fake.state().indexes.contains_key(&first),
        "it goes with the publish after"
    );
    assert_eq!(fake.state().indexes.len(), 2);
}
