//! `jianyan synonyms`

use super::Ending;
use super::error::CliError;
use crate::settings::STARTER;
use std::io::Write as _;

/// Prints synonym groups to start from, as a `synonyms.yaml`.
pub(super) fn run() -> Result<Ending, CliError> {
    // A reader that went away (head) is no failure.
    let _ = std::io::stdout().write_all(STARTER.as_bytes());
    Ok(Ending::Good)
}
