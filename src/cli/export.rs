//! `jianyan export`

use super::Ending;
use super::args::{Common, ExportArgs, ExportFormat};
use super::error::CliError;
use super::table::Table;
use crate::audience::Drafts;
use crate::build::{self, Silent};
use crate::export;
use crate::index::document::IndexDocument;
use std::fs::File;
use std::io::{self, BufWriter, Write};

pub(super) fn run(common: &Common, arguments: &ExportArgs) -> Result<Ending, CliError> {
    if let Some(path) = &arguments.mapping {
        let text = match arguments.format {
            ExportFormat::Quickwit => format!("{:#}\n", export::quickwit()),
            _ => export::OPENSEARCH.to_owned(),
        };
        std::fs::write(path, text).map_err(|error| CliError::Write(path.clone(), error))?;
    }
    let loaded = build::load(&common.options(Drafts::Hidden), &Silent)?;
    let documents = build::documents(&loaded);
    match &arguments.output {
        Some(path) => File::create(path)
            .and_then(|file| write(documents, arguments, &mut BufWriter::new(file)))
            .map_err(|error| CliError::Write(path.clone(), error))?,
        None => match write(documents, arguments, &mut BufWriter::new(io::stdout().lock())) {
            // A reader that went away (head) is no failure.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                return Err(CliError::Write("-".into(), error));
            }
            _ => {}
        },
    }
    Ok(Ending::Good)
}

/// Writes the documents one by one; a list for spreadsheets alone is held whole.
fn write(
    documents: impl Iterator<Item = IndexDocument>,
    arguments: &ExportArgs,
    out: &mut impl Write,
) -> io::Result<()> {
    match arguments.format {
        ExportFormat::Ndjson | ExportFormat::Quickwit => {
            for document in documents {
                if arguments.bulk {
                    writeln!(out, "{}", serde_json::json!({ "index": { "_id": document.id } }))?;
                }
                serde_json::to_writer(&mut *out, &export::full(&document))?;
                out.write_all(b"\n")?;
            }
        }
        ExportFormat::Bibtex => {
            for document in documents {
                writeln!(out, "{}", export::bibtex(&document))?;
            }
        }
        ExportFormat::Csv => {
            let table = Table {
                header: export::COLUMNS.map(str::to_owned).into(),
                rows: documents.map(|document| export::cells(&document)).collect(),
                left: export::COLUMNS.len(),
            };
            out.write_all(table.csv().as_bytes())?;
        }
    }
    out.flush()
}
