//! `jianyan schema`

use super::Ending;
use super::args::Common;
use super::error::CliError;
use crate::{author, settings};

/// Prints the JSON Schema of the front matter, with the vocabularies of the corpus's site file.
pub(super) fn run(common: &Common) -> Result<Ending, CliError> {
    let (settings, _) = settings::read(&common.corpus);
    println!("{:#}", author::schema(&settings));
    Ok(Ending::Good)
}
