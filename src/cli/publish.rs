//! `jianyan publish`

use super::Ending;
use super::common::Common;
use super::engine_args::EngineArgs;
use super::error::CliError;
use super::progress::Shown;
use super::terminal;
use crate::cluster::{self, Client, Layout, Outcome};
use crate::index;
use crate::message::Catalogue;
use clap::Args;
use std::time::Duration;

/// How long is waited for a cluster that is busy, or has lost a node, before a run gives up.
const PATIENCE: Duration = Duration::from_secs(180);

/// `publish`
#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    #[command(flatten)]
    pub engine: EngineArgs,
    /// Into how many parts the index is cut
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub shards: u32,
    /// How many further copies of each part the cluster keeps
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub replicas: u32,
}

/// Brings the index to a cluster.
pub(super) fn run(common: &Common, arguments: &PublishArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let address = arguments.engine.address(common.audience)?.ok_or(CliError::NoEngine)?;
    let opened =
        index::open(&common.index).map_err(|error| CliError::Index(common.index.clone(), error.message(lang)))?;
    let client = Client::connect(&address)?.patient(PATIENCE);
    let layout = Layout {
        shards: arguments.shards,
        replicas: arguments.replicas,
    };
    let progress = Shown::new(lang);
    let outcome = cluster::publish(&client, &opened, layout, &progress);
    progress.finish();
    let alias = || ("alias", client.alias().to_owned());
    let (key, args) = match outcome? {
        Outcome::Same(index) => ("publish.same", vec![alias(), ("index", index)]),
        Outcome::Published { index, documents, sent } => {
            let (documents, sent) = (documents.to_string(), sent.to_string());
            let args = vec![alias(), ("index", index), ("documents", documents), ("sent", sent)];
            ("publish.done", args)
        }
    };
    terminal::print_line(Catalogue::of(lang).format(key, &args));
    Ok(Ending::Good)
}
