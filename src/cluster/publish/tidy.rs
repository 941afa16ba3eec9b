//! What of ours stands in a cluster, and what of it may go.

use super::super::client::Client;
use super::super::error::ClusterError;
use super::super::published::{Note, Published};

/// What stands behind the alias.
pub(super) struct Standing {
    /// The index; none where there is no such alias.
    pub(super) index: Option<String>,
    /// What it holds, where this version can read it.
    pub(super) published: Option<Published>,
}

impl Standing {
    pub(super) fn read(client: &Client) -> Result<Self, ClusterError> {
        let (index, published) = match Published::read(client) {
            Ok(published) => (Some(published.index.clone()), Some(published)),
            Err(ClusterError::Missing(_)) => (None, None),
            Err(ClusterError::Format(index, _)) => (Some(index), None),
            Err(error) => return Err(error),
        };
        Ok(Self { index, published })
    }
}

/// Removes the indexes that runs left half made.
pub(super) fn half_made(client: &Client, standing: &Standing) -> Result<(), ClusterError> {
    remove(client, standing, |note| !note.is_whole())
}

/// Removes the generations before the one that stands behind the alias. Where the alias is gone they stay: somebody may
/// want one of them back.
pub(super) fn former(client: &Client, standing: &Standing) -> Result<(), ClusterError> {
    remove(client, standing, |note| standing.index.is_some() && note.is_whole())
}

/// Removes indexes that were made for the alias and don't stand behind it.
fn remove(client: &Client, standing: &Standing, goes: impl Fn(&Note) -> bool) -> Result<(), ClusterError> {
    let alias = client.alias();
    let found = client.get(&format!("/{alias}-*/_mapping?expand_wildcards=open,closed"))?;
    for (index, found) in found.as_object().into_iter().flatten() {
        let note = Note::read(&found["mappings"]).filter(|note| note.alias == alias);
        if standing.index.as_ref() == Some(index) || !note.is_some_and(|note| goes(&note)) {
            continue;
        }
        match client.delete(&format!("/{index}")) {
            Ok(_) | Err(ClusterError::Missing(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
