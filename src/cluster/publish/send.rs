//! Sends documents, many at once, no faster than the cluster takes them.

use super::super::answer;
use super::super::client::Client;
use super::super::error::ClusterError;
use super::super::source::{Record, Writer};
use super::{New, Progress};
use crate::index::{Documents, IndexError};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Bytes of a request, unless one document alone has more.
const BYTES: usize = 4 << 20;
/// Requests that are under way together, and those that wait for them.
const SENDERS: usize = 2;
/// Documents that are made ready side by side.
const STEP: usize = 128;
/// The first pause before what a busy cluster didn't take is sent again, and the longest.
const PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// A document as two lines: what is to be done, and its source.
type Lines = Vec<u8>;

/// Sends documents, named by their numbers.
pub(super) fn send(
    client: &Client,
    new: &New,
    numbers: &[u32],
    documents: &Documents,
    progress: &dyn Progress,
) -> Result<(), ClusterError> {
    let (give, take) = sync_channel(SENDERS);
    let take = Mutex::new(take);
    let failed = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let sender = || {
            let sent = deliver_all(client, new, &take, progress);
            if sent.is_err() {
                failed.store(true, Ordering::Relaxed);
                // The maker may wait for room.
                let take = take.lock().unwrap_or_else(PoisonError::into_inner);
                while take.recv().is_ok() {}
            }
            sent
        };
        let senders: Vec<_> = (0..SENDERS).map(|_| scope.spawn(sender)).collect();
        let made = make(numbers, documents, &give, &failed);
        drop(give);
        let sent = senders.into_iter().map(|sender| {
            // A sender that panicked has lost what it held.
            sender.join().unwrap_or(Err(ClusterError::Disagrees(new.index.clone())))
        });
        // Where sending failed, making was stopped by it.
        sent.collect::<Result<(), _>>()?;
        Ok(made?)
    })
}

/// Makes requests of documents and hands them over, until sending them has failed.
fn make(
    numbers: &[u32],
    documents: &Documents,
    give: &SyncSender<Vec<Lines>>,
    failed: &AtomicBool,
) -> Result<(), IndexError> {
    let writer = Writer::new();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for step in numbers.chunks(STEP) {
        if failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let made: Vec<Lines> = step
            .par_iter()
            .map(|&number| documents.get(number).map(|document| lines(&writer, &document)))
            .collect::<Result<_, _>>()?;
        for lines in made {
            if bytes + lines.len() > BYTES && !batch.is_empty() {
                bytes = 0;
                // Where nobody takes it, the senders say why.
                let _ = give.send(std::mem::take(&mut batch));
            }
            bytes += lines.len();
            batch.push(lines);
        }
    }
    if !batch.is_empty() {
        let _ = give.send(batch);
    }
    Ok(())
}

fn lines(writer: &Writer, document: &crate::index::document::IndexDocument) -> Lines {
    let record = Record::of(document);
    let action = json!({ "create": { "_id": record.name } });
    format!("{action}\n{}\n", writer.source(document, record)).into_bytes()
}

fn deliver_all(
    client: &Client,
    new: &New,
    take: &Mutex<Receiver<Vec<Lines>>>,
    progress: &dyn Progress,
) -> Result<(), ClusterError> {
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = next else { return Ok(()) };
        let count = batch.len() as u64;
        deliver(client, new, batch)?;
        progress.advance(count);
    }
}

/// Sends documents until all of them are there.
fn deliver(client: &Client, new: &New, mut batch: Vec<Lines>) -> Result<(), ClusterError> {
    let path = format!(
        "/{}/_bulk?require_alias=true&filter_path=items.*.status,items.*.error",
        new.incoming
    );
    let begun = Instant::now();
    let mut pause = PAUSE;
    loop {
        let answer = match client.bulk(&path, batch.concat()) {
            Err(ClusterError::TooLarge) if batch.len() > 1 => {
                let other = batch.split_off(batch.len() / 2);
                deliver(client, new, batch)?;
                return deliver(client, new, other);
            }
            other => other?,
        };
        let (left, error) = left(&answer, batch, &new.index)?;
        let Some(error) = error else { return Ok(()) };
        if begun.elapsed() + pause > client.patience() {
            return Err(error);
        }
        batch = left;
        std::thread::sleep(pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// What of a batch must be sent again, and why.
fn left(answer: &Value, batch: Vec<Lines>, index: &str) -> Result<(Vec<Lines>, Option<ClusterError>), ClusterError> {
    let items = answer["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    if items.len() != batch.len() {
        return Err(ClusterError::Garbled(answer::cut(&answer.to_string())));
    }
    let (mut again, mut why) = (Vec::new(), None);
    for (item, lines) in items.iter().zip(batch) {
        let item = &item["create"];
        let status = item["status"].as_u64().unwrap_or_default() as u16;
        // Of a request whose answer was lost, or that was sent on when a shard moved, it is there already.
        if (200..300).contains(&status) || status == 409 {
            continue;
        }
        let error = answer::of(status, &item["error"], index);
        if !error.passes() {
            return Err(error);
        }
        again.push(lines);
        why = Some(error);
    }
    Ok((again, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_not_taken_is_sent_again() {
        let batch = || vec![b"a".to_vec(), b"b".to_vec(), b"c".to_vec()];
        let item = |status: u16, kind: &str| json!({ "create": { "status": status, "error": { "type": kind } } });
        let said = |items: Value| left(&json!({ "items": items }), batch(), "i");
        let busy = json!([
            item(201, ""),
            item(429, "es_rejected_execution_exception"),
            item(409, "version_conflict_engine_exception")
        ]);
        let (again, why) = said(busy).unwrap();
        assert_eq!(again, [b"b".to_vec()]);
        assert!(matches!(why, Some(ClusterError::Busy)));
        let wrong = json!([item(201, ""), item(400, "mapper_parsing_exception"), item(201, "")]);
        assert!(
            matches!(said(wrong), Err(ClusterError::Unexpected(400, kind, _)) if kind == "mapper_parsing_exception")
        );
        let gone = json!([item(404, "index_not_found_exception"), item(404, ""), item(404, "")]);
        assert!(matches!(said(gone), Err(ClusterError::Missing(_))));
        assert!(matches!(said(json!([])), Err(ClusterError::Garbled(_))));
    }
}
