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

/// Removes the indexes that were made for the alias and don't stand behind it: those that runs left half made, and the
/// generation before the one that is searched. Where the alias is gone, a whole one stays: somebody may want it back.
pub(super) fn tidy(client: &Client, standing: &Standing) -> Result<(), ClusterError> {
    let alias = client.alias();
    let found = client.get(&format!("/{alias}-*/_mapping?expand_wildcards=open,closed"))?;
    for (index, found) in found.as_object().into_iter().flatten() {
        let Some(note) = Note::read(&found["mappings"]).filter(|note| note.alias == alias) else {
            continue;
        };
        let stands = standing.index.as_ref() == Some(index);
        if stands || (standing.index.is_none() && note.is_whole()) {
            continue;
        }
        match client.delete(&format!("/{index}")) {
            Ok(_) | Err(ClusterError::Missing(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
