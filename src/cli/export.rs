//! `jianyan export`

use super::Ending;
use super::args::Common;
use super::error::CliError;
use super::table::Table;
use super::terminal::Escaped;
use crate::audience::Drafts;
use crate::build::{self, Silent};
use crate::disk;
use crate::export;
use crate::index::document::IndexDocument;
use clap::{Args, ValueEnum};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// `export`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan --audience public export --format ndjson -o 文献.ndjson --mapping 映射.json\n  jianyan export --format quickwit -o 文献.ndjson --mapping 索引.json\n  jianyan export --format bibtex > 文献.bib\n  jianyan export --format csv -o 文献.csv\n\n何时改用服务器检索、怎样导入，见 docs/export.zh-CN.md。"
)]
pub(super) struct ExportArgs {
    /// 输出格式 · Output format
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// 写入文件，不写到标准输出 · Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// 另写一份索引配置：OpenSearch 映射或 Quickwit 配置 · Also write the configuration of the index that takes the records
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// 每条记录前加 _bulk 操作行（ndjson）· An action line before each record, as _bulk takes it (ndjson)
    #[arg(long)]
    pub bulk: bool,
}

/// Formats of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// 每行一条 JSON 记录，供 OpenSearch 等 · a JSON record a line, for OpenSearch and others
    Ndjson,
    /// 同上，配 Quickwit 索引配置 · the same, with the configuration of a Quickwit index
    Quickwit,
    /// 文献管理软件用 · for reference managers
    Bibtex,
    /// 给电子表格（Excel、WPS）· for spreadsheets
    Csv,
}

pub(super) fn run(common: &Common, arguments: &ExportArgs) -> Result<Ending, CliError> {
    if let Some(path) = &arguments.mapping {
        let text = match arguments.format {
            ExportFormat::Quickwit => format!("{:#}\n", export::quickwit()),
            _ => export::OPENSEARCH.to_owned(),
        };
        disk::write_named(path, text.as_bytes()).map_err(|error| CliError::Write(path.clone(), error))?;
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
