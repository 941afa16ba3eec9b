//! Writing the index: blocks of the sorted documents become segments, segments merge in order.
//!
//! tantivy's own writer spreads documents over threads and keeps its segments in a hash map, so that
//! document numbers differ from run to run. Here each block is written by a single-segment writer in a
//! folder of its own, and the blocks are merged in their order into one segment without deletions.
//! `meta.json` is renamed over last of all: killed at any moment, the folder holds the old index or
//! the new one.

use super::document::IndexDocument;
use super::error::IndexError;
use super::schema::{self, Fields};
use super::settings::IndexSettings;
use super::synonyms;
use crate::disk;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::merge_filtered_segments;
use tantivy::schema::Schema;
use tantivy::{Index, IndexMeta, ReloadPolicy};

/// Bytes of text in a block. More make fewer segments to merge, and more memory.
const BLOCK_BYTES: usize = 8 << 20;
/// What a single-segment writer sizes its hash table by; a block's memory is bounded by its text.
const MEMORY_BUDGET: usize = 32 << 20;
/// Blocks that are written at one time.
const THREADS: usize = 2;
/// The folder of a write under way, below the index folder.
const BUILDING: &str = ".building";
/// tantivy's list of segments, with our settings.
const META: &str = "meta.json";

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Number of documents.
    pub documents: usize,
    /// Number of blocks that were merged.
    pub blocks: usize,
}

/// An index that is written and not yet in place. Dropped, it is taken away again.
#[derive(Debug)]
pub struct Prepared {
    /// What was written.
    pub written: Written,
    dir: PathBuf,
    building: PathBuf,
    folder: PathBuf,
}

impl Prepared {
    /// The folder that it can be opened in, until it is put in place.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts it in place of the index that is there. Nobody in this process may have it open.
    ///
    /// # Errors
    /// What the file system says: the old index is whole then, or the new one.
    pub fn commit(self) -> Result<Written, IndexError> {
        put_in_place(&self.dir, &self.folder)?;
        Ok(self.written)
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // What can't be removed now is removed by the next write.
        let _ = disk::remove_dir_all(&self.building);
    }
}

/// Writes documents, given in the byte order of their ids, as the index in `dir`, replacing what index
/// is there. Other files in the folder stay.
///
/// # Errors
/// [`IndexError::Order`] when ids don't rise, otherwise what the file system or tantivy says; the
/// index that was there before is whole in either case.
pub fn write(
    dir: &Path,
    documents: impl Iterator<Item = IndexDocument>,
    settings: &IndexSettings,
) -> Result<Written, IndexError> {
    prepare(dir, documents, settings)?.commit()
}

/// Like [`write()`], but leaves the index beside the one in `dir` until it is told to put it in place.
///
/// # Errors
/// As [`write()`].
pub fn prepare(
    dir: &Path,
    documents: impl Iterator<Item = IndexDocument>,
    settings: &IndexSettings,
) -> Result<Prepared, IndexError> {
    let building = dir.join(BUILDING);
    if building.exists() {
        disk::remove_dir_all(&building)?;
    }
    disk::create_dir_all(&building)?;
    let (schema, fields) = schema::schema();
    let (blocks, count) = write_blocks(&building, documents, &schema, &fields)?;
    let segments = blocks.len();
    let (merged, mut meta) = join_blocks(&building, blocks, &schema)?;
    let settings = IndexSettings {
        synonyms: synonyms_in(&merged, &fields, settings)?,
        ..settings.clone()
    };
    meta.payload = Some(serde_json::to_string(&settings).map_err(std::io::Error::from)?);
    let text = serde_json::to_vec_pretty(&meta).map_err(std::io::Error::from)?;
    disk::write_whole(&merged.join(META), &text)?;
    Ok(Prepared {
        written: Written {
            documents: count,
            blocks: segments,
        },
        dir: dir.to_owned(),
        building,
        folder: merged,
    })
}

/// A block to be written: its number and its documents.
type Block = (usize, Vec<IndexDocument>);

/// Writes the blocks by a few threads while documents are still made; gives them in order.
fn write_blocks(
    building: &Path,
    documents: impl Iterator<Item = IndexDocument>,
    schema: &Schema,
    fields: &Fields,
) -> Result<(Vec<Index>, usize), IndexError> {
    let (sender, receiver) = sync_channel::<Block>(0);
    let receiver = Arc::new(Mutex::new(receiver));
    let (fed, done) = std::thread::scope(|scope| {
        let start = |receiver: Arc<Mutex<Receiver<Block>>>| {
            scope.spawn(move || work_on_blocks(&receiver, building, schema, fields))
        };
        let workers: Vec<_> = (0..THREADS).map(|_| start(Arc::clone(&receiver))).collect();
        // Owned by the workers alone from here: when the last of them fails, sending fails and doesn't wait.
        drop(receiver);
        let fed = feed_blocks(documents, |block| sender.send(block).is_ok());
        drop(sender);
        let done: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
        (fed, done)
    });
    let mut indexes = Vec::new();
    for result in done {
        // A panic in a worker is a defect: it goes on in the caller, as it would have without threads.
        indexes.extend(result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
    }
    indexes.sort_unstable_by_key(|&(number, _)| number);
    Ok((indexes.into_iter().map(|(_, index)| index).collect(), fed?))
}

/// Cuts the documents into blocks and counts them. Stops when nobody takes blocks any more: a worker
/// has failed then and says why.
fn feed_blocks(
    documents: impl Iterator<Item = IndexDocument>,
    send: impl Fn(Block) -> bool,
) -> Result<usize, IndexError> {
    let (mut number, mut bytes, mut count) = (0, 0, 0);
    let mut block = Vec::new();
    let mut last: Option<String> = None;
    for document in documents {
        if last.as_ref().is_some_and(|last| *last >= document.id) {
            return Err(IndexError::Order(document.id));
        }
        last = Some(document.id.clone());
        bytes += text_bytes(&document);
        count += 1;
        block.push(document);
        if bytes >= BLOCK_BYTES {
            if !send((number, std::mem::take(&mut block))) {
                return Ok(count);
            }
            (number, bytes) = (number + 1, 0);
        }
    }
    if !block.is_empty() {
        send((number, block));
    }
    Ok(count)
}

fn text_bytes(document: &IndexDocument) -> usize {
    let lists = [
        &document.summary,
        &document.keywords,
        &document.headings,
        &document.extra,
    ];
    let listed: usize = lists.iter().flat_map(|list| list.iter()).map(String::len).sum();
    document.title.len() + listed + document.blocks.iter().map(|block| block.text.len()).sum::<usize>()
}

fn work_on_blocks(
    receiver: &Mutex<Receiver<Block>>,
    building: &Path,
    schema: &Schema,
    fields: &Fields,
) -> Result<Vec<(usize, Index)>, IndexError> {
    let mut done = Vec::new();
    loop {
        // Held only while a block is handed over; a poisoned lock means that the other worker panicked
        // while it waited, and nothing is half done by that.
        let received = receiver.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).recv();
        let Ok((number, documents)) = received else {
            return Ok(done);
        };
        done.push((
            number,
            write_block(&building.join(format!("block-{number}")), documents, schema, fields)?,
        ));
    }
}

fn write_block(
    dir: &Path,
    documents: Vec<IndexDocument>,
    schema: &Schema,
    fields: &Fields,
) -> Result<Index, IndexError> {
    disk::create_dir(dir)?;
    let builder = Index::builder()
        .schema(schema.clone())
        .settings(engine_settings())
        .tokenizers(schema::tokenizers());
    let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let mut writer = builder.single_segment_index_writer(directory, MEMORY_BUDGET)?;
    for document in documents {
        writer.add_document(fields.fill(&document))?;
    }
    Ok(writer.finalize()?)
}

fn engine_settings() -> tantivy::IndexSettings {
    tantivy::IndexSettings {
        docstore_compress_dedicated_thread: false,
        ..Default::default()
    }
}

/// Makes one segment of the blocks; gives its folder with its meta.
fn join_blocks(building: &Path, blocks: Vec<Index>, schema: &Schema) -> Result<(PathBuf, IndexMeta), IndexError> {
    let merged = building.join("merged");
    disk::create_dir(&merged)?;
    let directory = || MmapDirectory::open(&merged).map_err(tantivy::TantivyError::from);
    let index = match blocks.as_slice() {
        [] => Index::create(directory()?, schema.clone(), engine_settings())?,
        [single] => return Ok((building.join("block-0"), single.load_metas()?)),
        several => {
            let mut segments = Vec::with_capacity(several.len());
            for block in several {
                segments.extend(block.searchable_segments()?);
            }
            let filters = segments.iter().map(|_| None).collect();
            merge_filtered_segments(&segments, engine_settings(), filters, directory()?)?
        }
    };
    Ok((merged, index.load_metas()?))
}

/// The synonym groups of which a member occurs in the index in a folder.
fn synonyms_in(merged: &Path, fields: &Fields, settings: &IndexSettings) -> Result<Vec<Vec<String>>, IndexError> {
    let mut index = Index::open_in_dir(merged)?;
    index.set_tokenizers(schema::tokenizers());
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(synonyms::occurring(&reader.searcher(), fields, &settings.synonyms)?)
}

/// Moves the new segment beside the old one, switches `meta.json`, removes what is no longer named.
fn put_in_place(dir: &Path, from: &Path) -> Result<(), IndexError> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(from)? {
        let name = entry?.file_name();
        if is_segment_file(&name.to_string_lossy()) {
            disk::rename(from.join(&name), dir.join(&name))?;
            names.push(name);
        }
    }
    disk::rename(from.join(META), dir.join(META))?;
    for entry in std::fs::read_dir(dir)? {
        let name = entry?.file_name();
        if is_segment_file(&name.to_string_lossy()) && !names.contains(&name) {
            // Somebody may have the old index open (Windows refuses then): the next write removes it.
            let _ = disk::remove_file(dir.join(&name));
        }
    }
    Ok(())
}

/// Whether a file is of a tantivy segment: 32 hexadecimal digits and an extension.
fn is_segment_file(name: &str) -> bool {
    name.split_once('.')
        .is_some_and(|(stem, _)| stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests;
