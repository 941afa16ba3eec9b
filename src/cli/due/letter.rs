//! 催办函: a letter to each department whose recommendations wait for a reply.

use super::{handling_unit, row};
use crate::adoption::Owed;
use crate::author;
use crate::build::Loaded;
use crate::cli::args::DueArgs;
use crate::cli::deliver::{Form, deliver};
use crate::cli::error::CliError;
use crate::cli::terminal;
use crate::export::docx::{Letter, letters};
use crate::message::Catalogue;
use crate::record::date::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Columns of the list of all departments that stand in a letter, too.
const COLUMNS: [(&str, usize); 5] = [
    ("number", 0),
    ("addressee", 1),
    ("delivered", 3),
    ("due", 4),
    ("days", 5),
];

/// Writes the letters: into one file, or a file each into a folder.
pub(super) fn write(owed: &[Owed], loaded: &Loaded, arguments: &DueArgs, words: &Catalogue) -> Result<(), CliError> {
    let mut of_departments: BTreeMap<String, Vec<&Owed>> = BTreeMap::new();
    for reply in owed {
        of_departments.entry(handling_unit(reply)).or_default().push(reply);
    }
    let all: Vec<Letter> = of_departments
        .iter()
        .map(|(department, owed)| letter(department, owed, loaded, words))
        .collect();
    if all.is_empty() {
        terminal::tell(words.get("due.none"));
        return Ok(());
    }
    let bytes = |some: &[Letter]| {
        letters(some).map_err(|error| CliError::Write(arguments.output.clone().unwrap_or_default(), error))
    };
    let folder = arguments.output.as_deref().filter(|path| is_folder(path));
    let Some(folder) = folder else {
        return deliver(arguments.output.as_deref(), &bytes(&all)?, Form::File);
    };
    std::fs::create_dir_all(folder).map_err(|error| CliError::Write(folder.to_owned(), error))?;
    let mut taken = BTreeSet::new();
    for letter in &all {
        let path = folder.join(file_name(&letter.addressee, words, &mut taken));
        deliver(Some(&path), &bytes(std::slice::from_ref(letter))?, Form::File)?;
        terminal::print_line(terminal::name(&path));
    }
    Ok(())
}

/// The name of a letter's file: that of its department as every system can hold it, with a number where another letter
/// has it.
fn file_name(addressee: &str, words: &Catalogue, taken: &mut BTreeSet<String>) -> String {
    let first = words.get("due.letter.file");
    let name = author::stem(addressee, first).unwrap_or_else(|| first.to_owned());
    let again = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone())
        .chain(again)
        .find(|name| taken.insert(name.to_lowercase()));
    free.unwrap_or(name) + ".docx"
}

/// A folder that is there, or a name that ends as one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', '\\'])
}

fn letter(department: &str, owed: &[&Owed], loaded: &Loaded, words: &Catalogue) -> Letter {
    let late = owed.iter().filter(|reply| reply.days < 0).count();
    let date = Day::exact(loaded.now).zh();
    let head = COLUMNS.map(|(name, _)| words.get(&format!("due.column.{name}")).to_owned());
    let rows = owed.iter().map(|reply| {
        let all = row(reply, words);
        COLUMNS.map(|(_, at)| all[at].clone()).to_vec()
    });
    let before = words.format(
        "due.letter.before",
        &[
            ("date", date.clone()),
            ("count", owed.len().to_string()),
            ("late", late.to_string()),
        ],
    );
    Letter {
        title: words.get("due.letter.title").to_owned(),
        addressee: match department {
            "" => words.get("due.letter.nobody").to_owned(),
            known => known.to_owned(),
        },
        before,
        rows: std::iter::once(head.to_vec()).chain(rows).collect(),
        after: vec![words.get("due.letter.after").to_owned()],
        office: loaded.settings.unit.clone().unwrap_or_default(),
        date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    #[test]
    fn two_letters_never_have_one_file() {
        let words = Catalogue::of(Lang::Zh);
        let mut taken = BTreeSet::new();
        let mut name = |addressee: &str| file_name(addressee, words, &mut taken);
        assert_eq!(name("第二检察部"), "催办函-第二检察部.docx");
        assert_eq!(name("第二/检察部"), "催办函-第二-检察部.docx");
        assert_eq!(name("第二:检察部"), "催办函-第二-检察部-2.docx");
        assert_eq!(name("\u{1b}[2J\u{202e}甲"), "催办函-2J-甲.docx");
        assert_eq!(name(""), "催办函.docx");
    }
}
