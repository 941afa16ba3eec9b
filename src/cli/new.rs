//! `jianyan new`

use super::Ending;
use super::args::{Common, NewArgs};
use super::error::CliError;
use crate::audience::Drafts;
use crate::author;
use crate::message::Catalogue;
use crate::record::date::Day;
use crate::settings;

/// Writes the file; its path goes to standard output, so that an editor can be given it.
pub(super) fn run(common: &Common, arguments: &NewArgs) -> Result<Ending, CliError> {
    let (settings, _) = settings::read(&common.corpus);
    let today = || Day::exact(common.options(Drafts::Hidden).now);
    let date = arguments.date.unwrap_or_else(today);
    let path = author::create(&common.corpus, arguments.kind, &arguments.title, date, &settings)?;
    println!("{}", path.display());
    eprintln!("{}", Catalogue::of(common.terminal_lang()).get("new.next"));
    Ok(Ending::Good)
}
