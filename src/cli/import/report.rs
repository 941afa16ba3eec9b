//! What became of each file: told at the end, and as a workbook.

use crate::cli::error::CliError;
use crate::cli::terminal;
use crate::cli::xlsx;
use crate::disk;
use crate::import::Draft;
use crate::message::{Catalogue, Lang};
use crate::record::keys::chinese_name;
use crate::site::{Cell, Sheet};
use std::path::Path;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is a document now.
    Taken,
    /// It went along with its main text.
    Attached,
    /// It is an attachment now.
    Kept,
    /// An earlier run took it.
    Known,
    /// Its text is there already.
    Twice,
    /// It was not taken.
    Refused,
}

impl Outcome {
    const ALL: [Outcome; 6] = [
        Outcome::Taken,
        Outcome::Attached,
        Outcome::Kept,
        Outcome::Known,
        Outcome::Twice,
        Outcome::Refused,
    ];

    fn key(self) -> &'static str {
        match self {
            Outcome::Taken => "taken",
            Outcome::Attached => "attached",
            Outcome::Kept => "kept",
            Outcome::Known => "known",
            Outcome::Twice => "twice",
            Outcome::Refused => "refused",
        }
    }
}

/// A file and what became of it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub outcome: Outcome,
    file: String,
    target: String,
    /// Kind, title, date and unit of a new document.
    guessed: [String; 4],
    /// The keys that are to be confirmed.
    keys: String,
    losses: String,
    note: String,
}

impl Row {
    pub(super) fn of(outcome: Outcome, file: &str, target: &str, note: &str) -> Self {
        Self {
            outcome,
            file: file.to_owned(),
            target: target.to_owned(),
            guessed: Default::default(),
            keys: String::new(),
            losses: String::new(),
            note: note.trim().to_owned(),
        }
    }
}

/// Tells of a new document, and gives its row.
pub(super) fn taken(file: &str, target: &str, draft: &Draft, pictures: usize, lang: Lang) -> Row {
    let words = Catalogue::of(lang);
    let guessed: Vec<String> = draft.guessed().into_iter().map(|key| named(key, lang)).collect();
    let keys = guessed.join(if lang == Lang::Zh { "、" } else { ", " });
    let args = [("path", file.to_owned()), ("keys", keys.clone())];
    let told = if keys.is_empty() {
        "import.stated"
    } else {
        "import.guessed"
    };
    terminal::tell(words.format(told, &args));
    if pictures > 0 {
        terminal::tell(words.format("import.pictures", &[("count", pictures.to_string())]));
    }
    let losses = draft.losses.iter().map(|(loss, count)| {
        let key = format!("import.loss.{}", loss.key());
        words.format(&key, &[("count", count.to_string())])
    });
    let losses: Vec<String> = losses.collect();
    losses.iter().for_each(terminal::tell);
    let losses: Vec<&str> = losses.iter().map(|loss| loss.trim()).collect();
    let guess = &draft.guess;
    Row {
        guessed: [
            match lang {
                Lang::Zh => guess.kind.zh().to_owned(),
                Lang::En => guess.kind.key().to_owned(),
            },
            guess.title.clone(),
            guess.date.map(|date| date.to_string()).unwrap_or_default(),
            guess.unit.clone().unwrap_or_default(),
        ],
        keys,
        losses: losses.join("\n"),
        ..Row::of(Outcome::Taken, file, target, "")
    }
}

fn named(key: &str, lang: Lang) -> String {
    match (lang, key) {
        (Lang::En, key) => key.to_owned(),
        (Lang::Zh, "number") => "文号（编号）".to_owned(),
        (Lang::Zh, key) => chinese_name(key).to_owned(),
    }
}

/// Tells how many files became what.
pub(super) fn tell(rows: &[Row], words: &Catalogue) {
    let counts = Outcome::ALL.map(|outcome| {
        let count = rows.iter().filter(|row| row.outcome == outcome).count();
        (outcome.key(), count)
    });
    let args = counts.map(|(key, count)| (key, count.to_string()));
    terminal::tell(words.format("import.total", &args));
    let [taken, attached, _, known, twice, _] = counts.map(|(_, count)| count);
    if attached + known + twice > 0 {
        terminal::tell(words.format("import.total.further", &args));
    }
    if taken > 0 {
        terminal::tell(words.get("import.next"));
    }
}

/// Writes a workbook with a row a file.
pub(super) fn write(path: &Path, rows: &[Row], words: &Catalogue) -> Result<(), CliError> {
    const COLUMNS: [&str; 10] = [
        "file", "outcome", "target", "kind", "title", "date", "unit", "check", "losses", "note",
    ];
    let row = |row: &Row| {
        let outcome = words.get(&format!("import.outcome.{}", row.outcome.key())).to_owned();
        let before = [row.file.clone(), outcome, row.target.clone()];
        let after = [row.keys.clone(), row.losses.clone(), row.note.clone()];
        let all = before.into_iter().chain(row.guessed.clone()).chain(after);
        all.map(Cell::Text).collect()
    };
    let sheet = Sheet {
        header: COLUMNS
            .map(|column| words.get(&format!("import.column.{column}")).to_owned())
            .to_vec(),
        rows: rows.iter().map(row).collect(),
    };
    let book = xlsx::workbook(&[(words.get("import.sheet"), &sheet)], words)?;
    disk::write_named(path, &book).map_err(|error| CliError::Write(path.to_owned(), error))
}
