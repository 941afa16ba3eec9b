//! `jianyan schema`

use super::Ending;
use super::common::Common;
use super::error::CliError;
use super::terminal;
use crate::{author, settings};

/// Prints the JSON Schema of the front matter, with the vocabularies of the corpus's site file.
pub(super) fn run(common: &Common) -> Result<Ending, CliError> {
    let (settings, _) = settings::read(&common.corpus);
    terminal::print_line(format_args!("{:#}", author::schema(&settings)));
    Ok(Ending::Good)
}
