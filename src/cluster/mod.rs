//! An OpenSearch cluster (Elasticsearch and Easysearch alike) that holds what an index holds and answers as it does.
//!
//! [`publish`] brings a generation there: an index of its own, with tokens of our own analyzer, so that no plugin is
//! needed; an alias moves to it when it is whole. [`mapping`] says what its fields are, [`source`] what a document
//! becomes there, [`Published`] what stands behind an alias.

mod address;
mod answer;
mod client;
mod error;
mod hash;
pub(crate) mod mapping;
mod publish;
mod published;
mod search;
pub(crate) mod source;
pub(crate) mod term;

pub use address::{Address, Credentials};
pub use client::Client;
pub use error::ClusterError;

pub use publish::{Layout, Outcome, PATIENCE as PUBLISH_PATIENCE, Progress, Stage, publish};
pub use published::Published;
pub use search::{Answered, Searcher};

#[cfg(test)]
mod tests;
