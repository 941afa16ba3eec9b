//! 催办函: a letter to each department that follows up replies which are owed.

use super::body::Body;
use super::{head, parts, words};
use crate::office::block::{Block, Cell, Form, Inline, Table};
use std::io;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub title: String,
    /// To whom it goes.
    pub addressee: String,
    /// What it says before the list.
    pub before: String,
    /// The list: its header and its rows.
    pub rows: Vec<Vec<String>>,
    /// What it says after it.
    pub after: Vec<String>,
    /// Who signs it.
    pub office: String,
    pub date: String,
}

/// Writes letters, each on a page of its own.
///
/// # Errors
/// Where the archive can't be made.
pub(crate) fn letters(letters: &[Letter]) -> io::Result<Vec<u8>> {
    let mut body = Body::default();
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 {
            body.break_page();
        }
        write(letter, &mut body);
    }
    let title = letters.first().map_or("", |letter| letter.title.as_str());
    parts::archive(&body, &[], title, None)
}

fn write(letter: &Letter, body: &mut Body) {
    let paragraph = |text: &str| Block::Paragraph {
        text: words(text),
        form: Form::default(),
    };
    body.paragraph("Title", "", &words(&letter.title));
    body.paragraph("Addressee", "", &words(&format!("{}：", letter.addressee)));
    body.block(&paragraph(&letter.before));
    let cell = |text: &String| Cell {
        lines: vec![vec![Inline::text(text.clone())]],
        columns: 1,
        rows: 1,
    };
    let rows = letter.rows.iter().map(|row| row.iter().map(cell).collect());
    body.block(&Block::Table(Table::of(rows.collect())));
    for text in &letter.after {
        body.block(&paragraph(text));
    }
    head::signature(&letter.office, &letter.date, body);
}
