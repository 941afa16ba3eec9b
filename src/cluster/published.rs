//! What stands behind an alias.

use super::client::Client;
use super::error::ClusterError;
use super::mapping::FORMAT;
use crate::index::{FieldTotals, IndexSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The key of our note in what a cluster keeps beside a mapping.
const OURS: &str = "jianyan";

/// An index that is whole, with what a search needs besides its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Its name.
    pub index: String,
    /// What it was built with.
    pub settings: IndexSettings,
    /// How many documents it has.
    pub documents: u64,
    /// The figures of each scored field.
    pub totals: BTreeMap<String, FieldTotals>,
}

impl Published {
    /// What stands behind the alias of a cluster.
    ///
    /// # Errors
    /// Nothing stands there, or something that this version of the program didn't publish.
    pub fn read(client: &Client) -> Result<Self, ClusterError> {
        let alias = client.alias();
        let found = client.get(&format!("/{alias}/_mapping"))?;
        let elsewhere = || ClusterError::Elsewhere(alias.to_owned());
        let indexes = found.as_object().ok_or_else(elsewhere)?;
        let mut indexes = indexes.iter();
        let (Some((index, found)), None) = (indexes.next(), indexes.next()) else {
            return Err(elsewhere());
        };
        let note = Note::read(&found["mappings"]);
        if index == alias || note.as_ref().is_none_or(|note| note.alias != alias) {
            return Err(elsewhere());
        }
        // It is there: looked at just before.
        let note = note.unwrap_or_default();
        // Of another format, too: what is published takes its place.
        let audience = note.audience().ok_or_else(elsewhere)?;
        if audience != client.audience().key() {
            return Err(ClusterError::Audience(alias.to_owned(), audience.to_owned()));
        }
        let format = || ClusterError::Format(index.clone(), note.format);
        if note.format != FORMAT {
            return Err(format());
        }
        let whole = note.whole.as_ref().and_then(Whole::read).ok_or_else(format)?;
        Ok(Self {
            index: index.clone(),
            settings: whole.settings,
            documents: whole.documents,
            totals: whole.totals,
        })
    }
}

/// What is noted beside the mapping of each index of ours.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Note {
    /// Its format.
    pub(crate) format: u32,
    /// The alias that it was made for.
    pub(crate) alias: String,
    /// What is known once it is whole.
    #[serde(flatten)]
    whole: Option<Value>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Whole {
    settings: IndexSettings,
    documents: u64,
    totals: BTreeMap<String, FieldTotals>,
}

impl Whole {
    fn read(value: &Value) -> Option<Self> {
        serde_json::from_value(value.clone()).ok()
    }
}

impl Note {
    /// That of an index that is to stand behind an alias.
    pub(crate) fn begun(alias: &str) -> Self {
        Self {
            format: FORMAT,
            alias: alias.to_owned(),
            whole: None,
        }
    }

    /// That of an index that is whole.
    pub(crate) fn whole(
        alias: &str,
        settings: &IndexSettings,
        documents: u64,
        totals: &BTreeMap<String, FieldTotals>,
    ) -> Self {
        Self {
            whole: Some(json!({ "settings": settings, "documents": documents, "totals": totals })),
            ..Self::begun(alias)
        }
    }

    /// Whether all that it needs is noted.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole.as_ref().and_then(Whole::read).is_some()
    }

    /// Whom a whole index is for, in any format.
    fn audience(&self) -> Option<&str> {
        self.whole.as_ref()?["settings"]["audience"].as_str()
    }

    /// The note beside a mapping, if the index is ours.
    pub(crate) fn read(mapping: &Value) -> Option<Self> {
        serde_json::from_value(mapping["_meta"].get(OURS)?.clone()).ok()
    }

    /// What is kept beside the mapping.
    pub(crate) fn as_meta(&self) -> Value {
        json!({ OURS: self })
    }
}
