//! Brings a generation to a cluster: an index of its own is filled beside the one that is searched, looked at when it is
//! whole, and put behind the alias in one step.
//!
//! **Invariant**: until that step nothing that is searched changes, and a run that is cut off before it leaves an index
//! that nobody asks, which the next run removes. Documents are only ever created: none is deleted or overwritten, so the
//! statistics count none twice.

mod bring;
mod compare;
mod send;
mod settle;
mod tidy;

use super::client::Client;
use super::error::ClusterError;
use super::mapping;
use super::published::{Note, Published};
use crate::index::{Documents, IndexError, Opened};
use compare::Plan;
use tidy::Standing;

/// Characters of a build's name that are shown in the name of an index.
const GENERATION: usize = 12;

/// How an index is laid out in a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Into how many parts it is cut.
    pub shards: u32,
    /// How many further copies there are of each.
    pub replicas: u32,
}

impl Default for Layout {
    fn default() -> Self {
        Self { shards: 3, replicas: 1 }
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// This generation stands there already, in this index.
    Same(String),
    /// It stands there now.
    Published {
        /// The name of its index.
        index: String,
        /// Its documents.
        documents: u64,
        /// How many of them were sent; the others came over from the generation before.
        sent: u64,
    },
}

/// What a run does, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finds what has changed.
    Compare,
    /// Lets come over what has not.
    Bring,
    /// Sends what has.
    Send,
    /// Looks at what has arrived, and moves the alias.
    Settle,
}

/// Something to report while a run goes on.
pub trait Progress: Sync {
    /// A stage begins, with the number of documents that it will take; 0 where nobody knows.
    fn begin(&self, stage: Stage, documents: u64);
    /// So many are done.
    fn advance(&self, documents: u64);
}

/// Publishes an index under the client's alias. The client's [patience](Client::patient) is how long is waited where the
/// cluster is busy or has lost a node.
///
/// # Errors
/// What keeps it from being published; what was published before stands then.
pub fn publish(
    client: &Client,
    opened: &Opened,
    layout: Layout,
    progress: &dyn Progress,
) -> Result<Outcome, ClusterError> {
    let found = &opened.settings.audience;
    if found != client.audience().key() {
        return Err(ClusterError::IndexAudience(found.clone()));
    }
    let documents = Documents::of(opened)?;
    let standing = Standing::read(client)?;
    tidy::half_made(client, &standing)?;
    let before = standing.published.as_ref();
    progress.begin(Stage::Compare, documents.count().into());
    let plan = Plan::of(client, before, &documents, progress)?;
    if let Some(published) = before.filter(|published| plan.is_nothing() && published.settings == opened.settings)
        && settle::is_laid_out(client, published, layout)?
    {
        return Ok(Outcome::Same(published.index.clone()));
    }
    tidy::former(client, &standing)?;
    let new = New::create(client, opened, layout)?;
    let filled = fill(client, &new, &plan, before, &documents, progress)
        .and_then(|()| settle::settle(client, &new, opened, &documents, progress));
    if let Err(error) = filled {
        // It is of no use to anybody; where it can't be removed now, the next run does.
        let _ = client.delete(&format!("/{}", new.index));
        return Err(error);
    }
    settle::switch(client, &new, standing.index.as_deref())?;
    Ok(Outcome::Published {
        index: new.index,
        documents: documents.count().into(),
        sent: plan.send.len() as u64,
    })
}

fn fill(
    client: &Client,
    new: &New,
    plan: &Plan,
    before: Option<&Published>,
    documents: &Documents,
    progress: &dyn Progress,
) -> Result<(), ClusterError> {
    if let Some(published) = before.filter(|_| !plan.keep.is_empty()) {
        progress.begin(Stage::Bring, plan.keep.len() as u64);
        bring::bring(client, &published.index, new, plan, progress)?;
    }
    if !plan.send.is_empty() {
        progress.begin(Stage::Send, plan.send.len() as u64);
        send::send(client, new, &plan.send, documents, progress)?;
    }
    Ok(())
}

/// An index that is being filled.
struct New {
    index: String,
    /// The alias by which it is written: where somebody deletes the index, no other one is made out of what is sent.
    incoming: String,
}

impl New {
    fn create(client: &Client, opened: &Opened, layout: Layout) -> Result<Self, ClusterError> {
        let alias = client.alias();
        let build = opened.settings.generation.chars().filter(char::is_ascii_alphanumeric);
        let build: String = build.take(GENERATION).collect();
        let mut lot = [0; 4];
        getrandom::fill(&mut lot).map_err(|error| IndexError::Io(std::io::Error::other(error.to_string())))?;
        let index = format!("{alias}-{}-{}", build.to_ascii_lowercase(), hex::encode(lot));
        let new = Self {
            incoming: format!("{index}.incoming"),
            index,
        };
        let note = Note::begun(alias, client.audience());
        let body = mapping::index(layout.shards, layout.replicas, &note, &new.incoming);
        match client.put(&format!("/{}", new.index), &body) {
            // Its name is drawn by lot: it was made by a request of ours whose answer was lost.
            Err(ClusterError::Unexpected(400, kind, _)) if kind == "resource_already_exists_exception" => {}
            other => drop(other?),
        }
        Ok(new)
    }
}
