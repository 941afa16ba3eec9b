//! `jianyan mcp`

use super::Ending;
use super::args::{Common, McpArgs};
use super::error::CliError;
use crate::mcp::{self, Source};
use crate::{http, index};

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
