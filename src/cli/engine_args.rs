//! How a cluster of search engines is named on the command line. Who we are there, the environment says.

use super::common::Common;
use super::error::CliError;
use crate::cluster::{Address, Credentials};
use clap::Args;
use std::path::PathBuf;

/// What belongs to `--engine`.
#[derive(Debug, Args)]
pub(super) struct EngineArgs {
    /// Certificates that the cluster's is held against (PEM)
    #[arg(long, value_name = "FILE", requires = "engine")]
    pub engine_ca: Option<PathBuf>,
    /// Alias under which the index stands (default: jianyan-AUDIENCE)
    #[arg(long, value_name = "NAME", requires = "engine")]
    pub engine_alias: Option<String>,
}

impl EngineArgs {
    /// The cluster at an address.
    pub(super) fn address(&self, engine: &str, common: &Common) -> Result<Address, CliError> {
        let credentials = Credentials::of_environment()?;
        let alias = self.engine_alias.as_deref();
        Ok(Address::new(
            engine,
            credentials,
            self.engine_ca.clone(),
            alias,
            common.audience,
        )?)
    }
}
