//! `jianyan export`

use super::Ending;
use super::common::Common;
use super::deliver::{Form, deliver};
use super::error::CliError;
use super::format::{self, Format, formats};
use super::table::Table;
use super::terminal::{self, Escaped};
use crate::audience::Drafts;
use crate::author::AuthorError;
use crate::build::{self, Carry, Loaded, Silent};
use crate::disk;
use crate::export;
use crate::index::document::IndexDocument;
use crate::message::Catalogue;
use crate::record::nearest;
use clap::Args;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// `export`
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Id of the document (docx needs one)
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Output format
    #[arg(long, value_parser = formats(&format::EXPORT))]
    pub format: Format,
    /// Leave the front matter out of the file, for whoever it is sent to (docx)
    #[arg(long)]
    pub plain: bool,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

pub(super) fn run(common: &Common, arguments: &ExportArgs) -> Result<Ending, CliError> {
    if arguments.format == Format::Docx {
        return paper(common, arguments);
    }
    if let Some(id) = &arguments.id {
        return Err(CliError::OneDocument(id.clone()));
    }
    let loaded = build::load(&common.options(Drafts::Hidden), &Silent)?;
    let documents = build::documents(&loaded);
    match &arguments.output {
        Some(path) => disk::stream_named(path, |out| write(documents, arguments, out))
            .map_err(|error| CliError::Write(path.clone(), error))?,
        None => match write(
            documents,
            arguments,
            &mut Escaped::new(BufWriter::new(io::stdout().lock())),
        ) {
            // A reader that went away (head) is not a failure.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                return Err(CliError::Write("-".into(), error));
            }
            _ => {}
        },
    }
    Ok(Ending::Good)
}

/// One document as a Word file. A draft is one, too: it is printed to be signed.
fn paper(common: &Common, arguments: &ExportArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let words = Catalogue::of(lang);
    let asked = arguments.id.as_deref().ok_or(CliError::NoDocument)?;
    let id = asked.strip_suffix(".md").unwrap_or(asked).trim_start_matches("./");
    let loaded = build::load(&common.options(Drafts::Shown), &Silent)?;
    let entry = loaded
        .entries
        .iter()
        .find(|entry| entry.document.record().id == id || entry.document.record().file == asked)
        .ok_or_else(|| unknown(asked, &loaded))?;
    let carry = if arguments.plain { Carry::Nothing } else { Carry::Record };
    let failed = |error| CliError::Write(arguments.output.clone().unwrap_or_else(|| "-".into()), error);
    let written = build::paper(&loaded, entry, carry).map_err(failed)?;
    deliver(arguments.output.as_deref(), &written.bytes, Form::File)?;
    for (loss, count) in &written.losses {
        let key = format!("import.loss.{}", loss.key());
        terminal::tell(words.format(&key, &[("count", count.to_string())]));
    }
    if carry == Carry::Record {
        terminal::tell(words.get("export.carries"));
    }
    Ok(Ending::Good)
}

fn unknown(id: &str, loaded: &Loaded) -> CliError {
    let ids = loaded.entries.iter().map(|entry| entry.document.record().id.as_str());
    CliError::Author(AuthorError::Unknown(
        id.to_owned(),
        nearest(id, ids).unwrap_or_default().to_owned(),
    ))
}

/// Writes the documents one by one; a list for spreadsheets alone is held whole.
fn write(
    documents: impl Iterator<Item = IndexDocument>,
    arguments: &ExportArgs,
    out: &mut impl Write,
) -> io::Result<()> {
    match arguments.format {
        Format::Ndjson => {
            for document in documents {
                serde_json::to_writer(&mut *out, &export::full(&document))?;
                out.write_all(b"\n")?;
            }
        }
        Format::Bibtex => {
            for document in documents {
                writeln!(out, "{}", export::bibtex(&document))?;
            }
        }
        Format::Csv => {
            let table = Table {
                header: export::COLUMNS.map(str::to_owned).into(),
                rows: documents.map(|document| export::cells(&document)).collect(),
                left: export::COLUMNS.len(),
            };
            out.write_all(table.csv().as_bytes())?;
        }
        // One document, which was written before.
        _ => {}
    }
    out.flush()
}
