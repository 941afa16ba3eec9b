//! `jianyan mcp`

use super::Ending;
use super::common::Common;
use super::error::CliError;
use crate::mcp::{self, Source};
use crate::{http, index};
use clap::Args;

/// `mcp`
#[derive(Debug, Args)]
pub(super) struct McpArgs {
    /// Address of the site, with which links begin
    #[arg(long, value_name = "URL")]
    pub address: Option<String>,
}

/// Serves the index to a model over standard input and output until that is closed.
pub(super) fn run(common: &Common, arguments: &McpArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let fail = |cause: String| CliError::Index(common.index.clone(), cause);
    let opened = index::open(&common.index).map_err(|error| fail(error.message(lang)))?;
    let source = Source {
        index: common.index.clone(),
        now: common.reference_day(),
        site: arguments.address.clone().unwrap_or(opened.settings.site),
        lang,
    };
    let served = http::run(mcp::serve_pipes(source)).map_err(|error| fail(error.to_string()))?;
    served.map(|()| Ending::Good).map_err(fail)
}
