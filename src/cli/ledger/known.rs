//! Values of options that must be ones that the corpus or the settings know: a slip of the pen gives no zeros.

use crate::adoption::Filter;
use crate::build::Loaded;
use crate::cli::error::CliError;
use crate::record::{Record, near};
use std::collections::BTreeSet;

/// Refuses a unit, department, person or line that neither a document nor the settings have.
pub(super) fn check(filter: &Filter, loaded: &Loaded) -> Result<(), CliError> {
    let settings = &loaded.settings;
    let of = |values: fn(&Record) -> Vec<&str>| -> BTreeSet<&str> {
        let records = loaded.entries.iter().map(|entry| entry.document.record());
        records.flat_map(values).collect()
    };
    if let Some(unit) = &filter.unit {
        let mut known = of(|record| strings(&record.units));
        known.extend(settings.unit.as_deref());
        one_of("unit", unit, &known)?;
    }
    if let Some(department) = &filter.department {
        let mut known = of(|record| strings(&record.departments));
        known.extend(settings.people.iter().filter_map(|person| person.department.as_deref()));
        one_of("department", department, &known)?;
    }
    if let Some(person) = &filter.person {
        let mut known = of(|record| record.authors.iter().map(|author| author.name.as_str()).collect());
        known.extend(settings.people.iter().map(|person| person.name.as_str()));
        one_of("person", person, &known)?;
    }
    if let Some(line) = &filter.line {
        let mut known = of(|record| strings(&record.lines));
        known.extend(
            settings
                .line_groups
                .iter()
                .flat_map(|(line, group)| [line.as_str(), group.as_str()]),
        );
        known.extend(
            settings
                .vocabularies
                .get("lines")
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        one_of("line", line, &known)?;
    }
    Ok(())
}

fn strings(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

fn one_of(option: &'static str, value: &str, known: &BTreeSet<&str>) -> Result<(), CliError> {
    if known.contains(value) {
        return Ok(());
    }
    // 普通 is meant for 普通犯罪, though more of it is missing than there.
    let part = |known: &&str| known.contains(value) || value.contains(known);
    let nearest = near(value, known.iter().copied())
        .or_else(|| known.iter().copied().filter(part).min_by_key(|known| known.len()));
    let nearest = nearest.unwrap_or_default().to_owned();
    Err(CliError::Unknown(option, value.to_owned(), nearest))
}
