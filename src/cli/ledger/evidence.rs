//! 导出佐证: one zip with the list of the events and the evidence files that it names.

use crate::adoption::{self, Filter};
use crate::build::Loaded;
use crate::cli::error::CliError;
use crate::cli::table::Table;
use crate::cli::terminal;
use crate::cli::{Ending, xlsx};
use crate::corpus::Attachment;
use crate::disk;
use crate::message::Catalogue;
use crate::site::{self, Cell, Sheet};
use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Writes the zip; the list gets a column that says where each piece of evidence is.
pub(super) fn write(
    path: &Path,
    loaded: &Loaded,
    filter: &Filter,
    mut sheet: Sheet,
    words: &Catalogue,
) -> Result<Ending, CliError> {
    let documents = site::documents(&loaded.entries);
    let events = adoption::events(&documents, &loaded.settings, filter);
    let folder = words.get("evidence.folder");
    let mut files: BTreeMap<String, &Attachment> = BTreeMap::new();
    let mut elsewhere = 0;
    sheet.header.push(words.get("evidence.column").to_owned());
    for (event, row) in events.iter().zip(&mut sheet.rows) {
        let record = documents[event.document].0;
        let found = event
            .event
            .evidence
            .as_deref()
            .map(|evidence| loaded.attachment(&record.file, evidence));
        row.push(Cell::Text(match found {
            None => words.get("evidence.none").to_owned(),
            Some(None) => {
                elsewhere += 1;
                words.get("evidence.elsewhere").to_owned()
            }
            Some(Some(attachment)) => {
                let name = format!("{folder}/{}", site::file_name(&attachment.file));
                files.insert(name.clone(), attachment);
                name
            }
        }));
    }
    let bytes = zip(&sheet, &files, words)?;
    disk::write_named(path, &bytes).map_err(|error| CliError::Write(path.to_owned(), error))?;
    let args = [
        ("path", path.display().to_string()),
        ("events", events.len().to_string()),
        ("files", files.len().to_string()),
        ("elsewhere", elsewhere.to_string()),
    ];
    terminal::tell(words.format("evidence.done", &args));
    Ok(Ending::Good)
}

fn zip(sheet: &Sheet, files: &BTreeMap<String, &Attachment>, words: &Catalogue) -> Result<Vec<u8>, CliError> {
    let failed = |error: zip::result::ZipError| CliError::Zip(error.to_string());
    // The date of all is that from which zips count: the same events give the same bytes.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let name = words.get("evidence.list");
    let mut put = |name: &str, bytes: &[u8]| -> Result<(), CliError> {
        writer.start_file(name, options).map_err(failed)?;
        writer
            .write_all(bytes)
            .map_err(|error| CliError::Zip(error.to_string()))
    };
    put(&format!("{name}.xlsx"), &xlsx::workbook(&[(name, sheet)], words)?)?;
    put(&format!("{name}.csv"), Table::of(sheet, words).csv().as_bytes())?;
    for (name, attachment) in files {
        let bytes = (attachment.read()).map_err(|error| CliError::File(attachment.path.clone(), error))?;
        put(name, &bytes)?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}
