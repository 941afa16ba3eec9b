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
use crate::index::{Documents, Opened};
use compare::Plan;
use std::time::{Duration, Instant};
use tidy::Standing;

/// How long is waited for a cluster that is busy, or has lost a node, before a run gives up.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// How long is waited for the copies of a new index, and between two looks.
const COPIES: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(200);
/// Looks in a row at which nothing moved, after which no copy is to be expected.
const QUIET: usize = 10;

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
/// cluster is busy or has lost a node: [`PATIENCE`] where nobody waits for the run.
///
/// # Errors
/// What keeps it from being published; what was published before stands then.
pub fn publish(
    client: &Client,
    opened: &Opened,
    layout: Layout,
    progress: &dyn Progress,
) -> Result<Outcome, ClusterError> {
    let settings = &opened.settings;
    if settings.audience != client.audience().key() {
        return Err(ClusterError::IndexAudience(settings.audience.clone()));
    }
    let documents = Documents::of(opened)?;
    let standing = Standing::read(client)?;
    tidy::tidy(client, &standing)?;
    progress.begin(Stage::Compare, documents.count().into());
    let plan = Plan::of(client, standing.published.as_ref(), &documents, progress)?;
    if let Some(published) = &standing.published
        && plan.is_nothing()
        && settle::is_same(client, published, opened, layout)?
    {
        return Ok(Outcome::Same(published.index.clone()));
    }
    let new = New::create(client, opened, layout)?;
    let filled = fill(client, &new, &plan, standing.published.as_ref(), &documents, progress)
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
    published: Option<&Published>,
    documents: &Documents,
    progress: &dyn Progress,
) -> Result<(), ClusterError> {
    if let Some(published) = published.filter(|_| plan.kept > 0) {
        progress.begin(Stage::Bring, plan.kept);
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
        let generation: String = opened
            .settings
            .generation
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(12)
            .collect();
        let mut run = [0; 4];
        getrandom::fill(&mut run)
            .map_err(|error| std::io::Error::other(error.to_string()))
            .map_err(crate::index::IndexError::Io)?;
        let index = format!("{alias}-{}-{}", generation.to_ascii_lowercase(), hex::encode(run));
        let new = Self {
            incoming: format!("{index}.incoming"),
            index,
        };
        let body = mapping::index(
            layout.shards,
            layout.replicas,
            &Note::begun(alias).as_meta(),
            &new.incoming,
        );
        match client.put(&format!("/{}", new.index), &body) {
            // Its name is drawn by lot: it was made by a request of ours whose answer was lost.
            Err(ClusterError::Unexpected(400, kind, _)) if kind == "resource_already_exists_exception" => {}
            other => drop(other?),
        }
        new.await_copies(client)?;
        Ok(new)
    }

    /// Waits until the copies of its shards stand beside them: a shard whose node dies before is lost. Where there are too
    /// few nodes for them, it goes on without.
    fn await_copies(&self, client: &Client) -> Result<(), ClusterError> {
        let begun = Instant::now();
        let mut quiet = 0;
        while quiet < QUIET && begun.elapsed() < COPIES {
            let health = client.get(&format!("/_cluster/health/{}", self.index))?;
            if health["status"] == "green" {
                break;
            }
            let at_rest = health["status"] == "yellow" && health["initializing_shards"] == 0;
            quiet = if at_rest { quiet + 1 } else { 0 };
            std::thread::sleep(LOOK);
        }
        Ok(())
    }
}
