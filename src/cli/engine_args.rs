//! Which cluster is meant: what the commands that speak to one take.

use crate::audience::Audience;
use crate::cluster::{Address, ClusterError, Credentials};
use clap::Args;
use std::path::PathBuf;

/// A cluster, and the alias in it. Who we are stands in the environment, never on the command line.
#[derive(Debug, Args)]
pub(super) struct EngineArgs {
    /// Addresses of a cluster of search engines, with commas between them
    #[arg(long, value_name = "URL")]
    pub engine: Option<String>,
    /// File of the certificates that are trusted (PEM)
    #[arg(long, value_name = "FILE", requires = "engine")]
    pub engine_ca: Option<PathBuf>,
    /// Alias of the index there (default: jianyan-internal or jianyan-public, by the audience)
    #[arg(long, value_name = "NAME", requires = "engine")]
    pub engine_alias: Option<String>,
}

impl EngineArgs {
    /// The cluster that is meant for an audience; none where none is named.
    ///
    /// # Errors
    /// An address, an alias or credentials that can't be used.
    pub(super) fn address(&self, audience: Audience) -> Result<Option<Address>, ClusterError> {
        let Some(engine) = &self.engine else { return Ok(None) };
        let (ca, alias) = (self.engine_ca.clone(), self.engine_alias.as_deref());
        Address::new(engine, Credentials::of_environment()?, ca, alias, audience).map(Some)
    }
}
