//! `jianyan publish`

use super::common::Common;
use super::engine_args::EngineArgs;
use super::error::CliError;
use super::progress::Shown;
use super::{Ending, terminal};
use crate::cluster::{self, Client, ClusterError, Layout, Outcome, PUBLISH_PATIENCE};
use crate::index;
use crate::message::Catalogue;
use clap::Args;

/// `publish`
#[derive(Debug, Args)]
#[command(mut_arg("engine", |engine| engine.required(true)))]
pub(super) struct PublishArgs {
    #[command(flatten)]
    pub engine: EngineArgs,
    /// Into how many shards the index is cut
    #[arg(long, value_name = "N", default_value_t = Layout::default().shards, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub shards: u32,
    /// Further copies of each shard, on other nodes
    #[arg(long, value_name = "N", default_value_t = Layout::default().replicas, value_parser = clap::value_parser!(u32).range(0..=16))]
    pub replicas: u32,
}

pub(super) fn run(common: &Common, arguments: &PublishArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    // It is required: there always is one.
    let Some(address) = arguments.engine.address(common.audience)? else {
        return Err(ClusterError::Address(String::new()).into());
    };
    let opened =
        index::open(&common.index).map_err(|error| CliError::Index(common.index.clone(), error.message(lang)))?;
    let client = Client::connect(&address)?.patient(PUBLISH_PATIENCE);
    let layout = Layout {
        shards: arguments.shards,
        replicas: arguments.replicas,
    };
    let progress = Shown::new(lang);
    let outcome = cluster::publish(&client, &opened, layout, &progress);
    progress.finish();
    let words = Catalogue::of(lang);
    let alias = ("alias", client.alias().to_owned());
    terminal::tell(match outcome? {
        Outcome::Same(index) => words.format("publish.same", &[alias, ("index", index)]),
        Outcome::Published { index, documents, sent } => words.format(
            "publish.done",
            &[
                alias,
                ("index", index),
                ("count", documents.to_string()),
                ("sent", sent.to_string()),
                ("kept", (documents - sent).to_string()),
            ],
        ),
    });
    Ok(Ending::Good)
}
