//! Writing the index: blocks of the sorted documents become segments, segments merge in order.
//!
//! tantivy's own writer spreads documents over threads and keeps its segments in a hash map, so that
//! document numbers differ from run to run. Here each block is written by a single-segment writer in a
//! folder of its own, and the blocks are merged in their order into one segment without deletions. A block that
//! has not changed is not written again: [`Part`] names it by what it is made from.
//! `meta.json` is renamed over last of all: killed at any moment, the folder holds the old index or
//! the new one.

use super::document::IndexDocument;
use super::error::IndexError;
use super::kept::Kept;
use super::schema::{self, Fields};
use super::settings::IndexSettings;
use super::synonyms;
use crate::cache::Key;
use crate::disk::Folder;
use std::collections::BTreeSet;
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
pub(super) const BUILDING: &str = ".building";
/// Where the blocks become one.
const MERGED: &str = ".building/merged";
/// tantivy's list of segments, with our settings.
pub(super) const META: &str = "meta.json";

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Number of documents.
    pub documents: usize,
    /// Number of blocks that were merged.
    pub blocks: usize,
    /// How many of them an earlier write had left.
    pub kept: usize,
}

/// Documents that follow one another in the order of their ids and make one block.
pub(crate) struct Part<'a> {
    /// Names everything that they are made from. A block with a key is kept for the next write and
    /// looked up by it; one without is made each time.
    pub key: Option<Key>,
    /// How many they are.
    pub count: usize,
    /// Makes them; not called when the block is there. An error ends the write.
    pub make: Box<dyn FnOnce() -> std::io::Result<Vec<IndexDocument>> + 'a>,
}

/// An index that is written and not yet in place. Dropped, it is taken away again.
#[derive(Debug)]
pub struct Prepared {
    /// What was written.
    pub written: Written,
    index: Folder,
    folder: PathBuf,
    /// Whether it was half put in place; the folder of the write stays then, as the sign of it.
    broken: bool,
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
    pub fn commit(mut self) -> Result<Written, IndexError> {
        self.broken = true;
        put_in_place(&self.index)?;
        self.broken = false;
        Ok(self.written)
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // What can't be removed now is removed by the next write.
        if !self.broken {
            let _ = self.index.remove_dir_all(BUILDING);
        }
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
    let mut documents = documents.peekable();
    let parts = std::iter::from_fn(|| {
        documents.peek()?;
        let mut bytes = 0;
        let mut block = Vec::new();
        while bytes < BLOCK_BYTES {
            let Some(document) = documents.next() else { break };
            bytes += text_bytes(&document);
            block.push(document);
        }
        Some(Part {
            key: None,
            count: block.len(),
            make: Box::new(move || Ok(block)),
        })
    });
    prepare(Folder::create(dir)?, parts, settings)?.commit()
}

/// Writes the parts of an index, given in order, beside the one in a folder until it is told to put it in place. Blocks
/// that an earlier write left in the cache of the folder are taken as they are, and those that no part asks for
/// are removed.
///
/// # Errors
/// As [`write()`].
pub(crate) fn prepare<'a>(
    index: Folder,
    parts: impl Iterator<Item = Part<'a>>,
    settings: &IndexSettings,
) -> Result<Prepared, IndexError> {
    index.remove_dir_all(BUILDING)?;
    index.make(BUILDING)?;
    let (schema, fields) = schema::schema();
    let kept = Kept::of(&index)?;
    let work = Work {
        index: &index,
        kept: &kept,
        schema: &schema,
        fields: &fields,
    };
    let (blocks, fed) = work.write_blocks(parts)?;
    let (merged, mut meta) = join_blocks(&index, &blocks, &schema)?;
    let settings = IndexSettings {
        synonyms: synonyms_in(&merged, &fields, settings)?,
        ..settings.clone()
    };
    meta.payload = Some(serde_json::to_string(&settings).map_err(std::io::Error::from)?);
    let text = serde_json::to_vec_pretty(&meta).map_err(std::io::Error::from)?;
    index.put(Path::new(MERGED).join(META), &text)?;
    kept.keep_only(&fed.keys)?;
    Ok(Prepared {
        written: Written {
            documents: fed.documents,
            blocks: blocks.len(),
            kept: fed.found.len(),
        },
        index,
        folder: merged,
        broken: false,
    })
}

/// A block to be written: its number, its key and its documents.
type Block = (usize, Option<Key>, Vec<IndexDocument>);

/// What was handed to the workers and what needed no work.
#[derive(Default)]
struct Fed {
    documents: usize,
    blocks: usize,
    keys: BTreeSet<Key>,
    found: Vec<(usize, PathBuf)>,
}

/// What all workers share.
struct Work<'a> {
    index: &'a Folder,
    kept: &'a Kept,
    schema: &'a Schema,
    fields: &'a Fields,
}

impl Work<'_> {
    /// Writes the blocks that are missing by a few threads while documents are still made; gives the folders of
    /// all of them in order.
    fn write_blocks<'a>(&self, parts: impl Iterator<Item = Part<'a>>) -> Result<(Vec<PathBuf>, Fed), IndexError> {
        let (sender, receiver) = sync_channel::<Block>(0);
        let receiver = Arc::new(Mutex::new(receiver));
        let (fed, done) = std::thread::scope(|scope| {
            let start = |receiver: Arc<Mutex<Receiver<Block>>>| scope.spawn(move || self.work_on_blocks(&receiver));
            let workers: Vec<_> = (0..THREADS).map(|_| start(Arc::clone(&receiver))).collect();
            // Owned by the workers alone from here: when the last of them fails, sending fails and doesn't wait.
            drop(receiver);
            let fed = feed_blocks(parts, self.kept, |block| sender.send(block).is_ok());
            drop(sender);
            let done: Vec<_> = workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
            (fed, done)
        });
        let mut blocks = Vec::new();
        for result in done {
            // A panic in a worker is a defect: it goes on in the caller, as it would have without threads.
            blocks.extend(result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        let fed = fed?;
        blocks.extend(fed.found.iter().cloned());
        blocks.sort_unstable_by_key(|&(number, _)| number);
        Ok((blocks.into_iter().map(|(_, folder)| folder).collect(), fed))
    }

    fn work_on_blocks(&self, receiver: &Mutex<Receiver<Block>>) -> Result<Vec<(usize, PathBuf)>, IndexError> {
        let mut done = Vec::new();
        loop {
            // Held only while a block is handed over; a poisoned lock means that the other worker panicked
            // while it waited, and nothing is half done by that.
            let received = receiver
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .recv();
            let Ok((number, key, documents)) = received else {
                return Ok(done);
            };
            let block = format!("{BUILDING}/block-{number}");
            let folder = self.index.make(&block)?.path().to_owned();
            write_block(&folder, documents, self.schema, self.fields)?;
            let folder = match key {
                Some(key) => self.kept.take(key, self.index, &block)?,
                None => folder,
            };
            done.push((number, folder));
        }
    }
}

/// Hands out the blocks that are not there yet, and counts. Stops when nobody takes blocks any more: a worker
/// has failed then and says why.
fn feed_blocks<'a>(
    parts: impl Iterator<Item = Part<'a>>,
    kept: &Kept,
    send: impl Fn(Block) -> bool,
) -> Result<Fed, IndexError> {
    let mut fed = Fed::default();
    let mut last: Option<String> = None;
    for part in parts {
        let number = fed.blocks;
        fed.blocks += 1;
        fed.documents += part.count;
        fed.keys.extend(part.key);
        if let Some(folder) = part.key.and_then(|key| kept.find(key)) {
            fed.found.push((number, folder));
            continue;
        }
        let documents = (part.make)()?;
        for document in &documents {
            if last.as_ref().is_some_and(|last| *last >= document.id) {
                return Err(IndexError::Order(document.id.clone()));
            }
            last = Some(document.id.clone());
        }
        if !send((number, part.key, documents)) {
            break;
        }
    }
    Ok(fed)
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

fn write_block(dir: &Path, documents: Vec<IndexDocument>, schema: &Schema, fields: &Fields) -> Result<(), IndexError> {
    let builder = Index::builder()
        .schema(schema.clone())
        .settings(engine_settings())
        .tokenizers(schema::tokenizers());
    let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let mut writer = builder.single_segment_index_writer(directory, MEMORY_BUDGET)?;
    for document in documents {
        writer.add_document(fields.fill(&document))?;
    }
    writer.finalize()?;
    Ok(())
}

fn engine_settings() -> tantivy::IndexSettings {
    tantivy::IndexSettings {
        docstore_compress_dedicated_thread: false,
        ..Default::default()
    }
}

/// Makes one segment of the blocks; gives its folder with its meta.
fn join_blocks(index: &Folder, blocks: &[PathBuf], schema: &Schema) -> Result<(PathBuf, IndexMeta), IndexError> {
    let merged = index.make(MERGED)?.path().to_owned();
    let directory = MmapDirectory::open(&merged).map_err(tantivy::TantivyError::from)?;
    let index = if blocks.is_empty() {
        Index::create(directory, schema.clone(), engine_settings())?
    } else {
        let mut segments = Vec::with_capacity(blocks.len());
        for block in blocks {
            segments.extend(Index::open_in_dir(block)?.searchable_segments()?);
        }
        let filters = segments.iter().map(|_| None).collect();
        merge_filtered_segments(&segments, engine_settings(), filters, directory)?
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
fn put_in_place(index: &Folder) -> Result<(), IndexError> {
    let from = index.sub(MERGED)?;
    let mut names = Vec::new();
    for name in from.names()? {
        if is_segment_file(&name.to_string_lossy()) {
            from.rename(&name, index, &name)?;
            names.push(name);
        }
    }
    from.rename(META, index, META)?;
    for name in index.names()? {
        if is_segment_file(&name.to_string_lossy()) && !names.contains(&name) {
            // Somebody may have the old index open (Windows refuses then): the next write removes it.
            let _ = index.remove_file(&name);
        }
    }
    Ok(())
}

/// Whether a file is of a tantivy segment: 32 hexadecimal digits and the ending of one of its parts.
pub(super) fn is_segment_file(name: &str) -> bool {
    const PARTS: [&str; 8] = ["store", "term", "idx", "pos", "fieldnorm", "fast", "temp", "del"];
    name.split_once('.').is_some_and(|(stem, part)| {
        let hex = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex && PARTS.contains(&part.rsplit('.').next().unwrap_or(part))
    })
}

#[cfg(test)]
mod tests;
