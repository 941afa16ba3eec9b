//! `jianyan synonyms`

use super::Ending;
use super::error::CliError;
use super::terminal;
use crate::settings::STARTER;

/// Prints synonym groups to start from, as a `synonyms.yaml`.
pub(super) fn run() -> Result<Ending, CliError> {
    terminal::print(STARTER);
    Ok(Ending::Good)
}
