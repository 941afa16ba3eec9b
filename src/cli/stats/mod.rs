//! `jianyan stats`: the section that an office pastes into its report.

mod section;
mod write;

use super::Ending;
use super::args::{Compare, StatsArgs};
use super::common::Common;
use super::deliver::{Form, deliver};
use super::error::CliError;
use super::format::{Format, pretty};
use super::ledger::check_period;
use crate::adoption::Period;
use crate::adoption::statistics::{statistics, year_before};
use crate::audience::Drafts;
use crate::build::{self, Silent};
use crate::message::Catalogue;
use crate::site;
use section::Section;

pub(super) fn run(common: &Common, arguments: &StatsArgs) -> Result<Ending, CliError> {
    let loaded = build::load(&common.options(Drafts::Hidden), &Silent)?;
    let until = arguments.until.unwrap_or(loaded.now);
    let since = arguments.since.unwrap_or_else(|| until.first_of_year());
    let period = Period {
        since: Some(since),
        until: Some(until),
    };
    check_period(period)?;
    let documents = site::documents(&loaded.entries);
    let of = |period| statistics(&documents, &loaded.settings, period, loaded.now);
    let before = match arguments.compare {
        Some(Compare::Previous) => year_before(since, until),
        None => None,
    };
    let now = of(period);
    let before = before.map(|period| (period, of(period)));
    let words = Catalogue::of(common.terminal_lang());
    let section = Section::new(
        &loaded,
        (period, &now),
        before.as_ref().map(|(period, found)| (*period, found)),
        words,
    );
    let out = match arguments.format {
        Format::Html => write::html(&section, words),
        Format::Docx => {
            let written = write::docx(&section, words).map_err(|error| CliError::Write("-".into(), error))?;
            deliver(arguments.output.as_deref(), &written, Form::File)?;
            return Ok(Ending::Good);
        }
        Format::Json => pretty(&write::json(&section))?,
        _ => write::markdown(&section, words),
    };
    deliver(arguments.output.as_deref(), out.as_bytes(), Form::Text)?;
    Ok(Ending::Good)
}
