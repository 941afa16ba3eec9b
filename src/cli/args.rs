//! What the command line takes.

use super::common::Common;
use super::engine_args::EngineArgs;
use super::entry_args::{AdoptArgs, CloseArgs, RectifyArgs, RemoveArgs, ReplyArgs, UndoArgs};
use super::export::ExportArgs;
use super::format::{self, Format, formats};
use super::gateway::GatewayArgs;
use super::mcp::McpArgs;
use super::publish::PublishArgs;
use super::values::{day, vocabulary};
use crate::adoption::{By, Standing};
use crate::record::date::Day;
use crate::record::{Effect, Form, Kind, Level};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// jianyan turns a folder of Markdown files into a full-text index and a searchable static site.
#[derive(Debug, Parser)]
#[command(name = "jianyan", version, max_term_width = 100)]
pub(super) struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Hits of a search for people and programs, unless asked otherwise.
pub(super) const HITS: usize = 10;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check the corpus, write index and site
    Build(BuildArgs),
    /// Say what is wrong with the corpus
    Check(CheckArgs),
    /// Search the index
    Search(SearchArgs),
    /// Verify the citations of drafts against the index
    Verify(VerifyArgs),
    /// Let a model look things up in the index (MCP), read-only
    Mcp(McpArgs),
    /// Bring the index to a cluster of search engines
    Publish(PublishArgs),
    /// Answer the search of a site, behind the office's web server, read-only
    Gateway(GatewayArgs),
    /// Measure search on judged queries
    Eval(EvalArgs),
    /// The adoption ledger in figures
    Ledger(LedgerArgs),
    /// The section on figures that an office pastes into its report
    Stats(StatsArgs),
    /// Replies to recommendations that are owed
    Due(DueArgs),
    /// Export a record of every document for other programs
    Export(ExportArgs),
    /// Preview on this machine, following every change
    Serve(ServeArgs),
    /// Write a new document into the corpus
    New(NewArgs),
    /// Import Word files, pages and plain text
    Import(ImportArgs),
    /// Enter an adoption into a report
    Adopt(AdoptArgs),
    /// Enter the reply to a recommendation
    Reply(ReplyArgs),
    /// Enter the rectification that followed a recommendation
    Rectify(RectifyArgs),
    /// Enter that a recommendation is closed
    Close(CloseArgs),
    /// Remove an entry
    Remove(RemoveArgs),
    /// Take back the last write of a command
    Undo(UndoArgs),
    /// Print a JSON Schema of the front matter for editors
    Schema,
    /// Print legal synonyms to start a synonyms.yaml from
    Synonyms,
    /// Print a completion script for a shell
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// `build`
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Write nothing if there is any error
    #[arg(long)]
    pub strict: bool,
    /// Don't print diagnostics, only their number
    #[arg(long, short)]
    pub quiet: bool,
    /// Also write the whole site as one zip, to carry to an isolated network
    #[arg(long, value_name = "FILE.zip")]
    pub zip: Option<PathBuf>,
    /// Also copy what has changed to another folder, such as a file share
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

/// `check`
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Only these files (default: all)
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only what git says has changed, since a commit
    #[arg(long, value_name = "COMMIT", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    pub changed: Option<String>,
    /// Fix what has one right answer; mask personal data
    #[arg(long)]
    pub fix: bool,
    /// With --fix: show the changes and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// Show every note, many of one rule too
    #[arg(long)]
    pub all: bool,
    /// Output format
    #[arg(long, value_parser = formats(&format::CHECK), default_value = "human")]
    pub format: Format,
}

/// `search`
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// The query; a word that begins with - goes inside the quotes or after --
    #[arg(required_unless_present_any = ["queries", "like"], conflicts_with_all = ["queries", "like"], num_args = 1..)]
    pub query: Vec<String>,
    /// Documents like the one of an id, or (-) like a text on standard input
    #[arg(long, value_name = "ID", conflicts_with_all = ["queries", "explain"])]
    pub like: Option<String>,
    /// Many queries: lines of qid, tab, query
    #[arg(long, value_name = "FILE")]
    pub queries: Option<PathBuf>,
    /// Output format
    #[arg(long, value_parser = formats(&format::SEARCH), default_value = "human")]
    pub format: Format,
    /// At most so many hits (default 10, with trec 1000)
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Show how the query was read and how scores came about (not in trec)
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// `eval`
#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// Lines of qid, tab, query, perhaps tab and group
    #[arg(value_name = "QUERIES")]
    pub queries: PathBuf,
    /// Lines of qid, tab, document id, tab, grade (0: not relevant)
    #[arg(value_name = "QRELS")]
    pub qrels: PathBuf,
    /// Output format
    #[arg(long, value_parser = formats(&format::EVAL), default_value = "human")]
    pub format: Format,
}

/// `ledger`
#[derive(Debug, Args)]
pub(super) struct LedgerArgs {
    /// What the rows are parted by
    #[arg(long, value_enum, default_value_t = By::Year)]
    pub by: By,
    /// First day of the period
    #[arg(long, value_name = "DATE")]
    pub since: Option<jiff::civil::Date>,
    /// Last day of the period
    #[arg(long, value_name = "DATE")]
    pub until: Option<jiff::civil::Date>,
    /// Documents of this unit
    #[arg(long)]
    pub unit: Option<String>,
    /// Documents of this department
    #[arg(long)]
    pub department: Option<String>,
    /// Documents of this author (internal audience only)
    #[arg(long)]
    pub person: Option<String>,
    /// Documents of this business line
    #[arg(long)]
    pub line: Option<String>,
    /// Reports with an event of this form
    #[arg(long, value_parser = vocabulary::<Form>())]
    pub form: Option<Form>,
    /// Reports with an event of this level
    #[arg(long, value_parser = vocabulary::<Level>())]
    pub level: Option<Level>,
    /// Reports with an event of this effect
    #[arg(long, value_parser = vocabulary::<Effect>())]
    pub effect: Option<Effect>,
    /// Reports with an event that counts as this
    #[arg(long, value_enum)]
    pub status: Option<Standing>,
    /// Only events without evidence
    #[arg(long)]
    pub unverified: bool,
    /// List the events instead of the figures
    #[arg(long)]
    pub events: bool,
    /// One zip with the list and its evidence files (internal audience only)
    #[arg(long, value_name = "FILE.zip", conflicts_with_all = ["output", "events"])]
    pub evidence: Option<PathBuf>,
    /// Output format
    #[arg(long, value_parser = formats(&format::LEDGER), default_value = "human")]
    pub format: Format,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `stats`
#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    /// First day of the period (default: 1 January of its last day's year)
    #[arg(long, value_name = "DATE")]
    pub since: Option<jiff::civil::Date>,
    /// Last day of the period (default: the reference day)
    #[arg(long, value_name = "DATE")]
    pub until: Option<jiff::civil::Date>,
    /// What to compare with
    #[arg(long, value_enum)]
    pub compare: Option<Compare>,
    /// Output format
    #[arg(long, value_parser = formats(&format::STATS), default_value = "markdown")]
    pub format: Format,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What `stats` compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Compare {
    /// the same days of the year before
    Previous,
}

/// `due`
#[derive(Debug, Args)]
pub(super) struct DueArgs {
    /// Output format
    #[arg(long, value_parser = formats(&format::DUE), default_value = "human")]
    pub format: Format,
    /// Write to a file; letters go into a folder, too, a file a department
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// `serve`
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// Port on 127.0.0.1, 8377 if none is named (0: any free one)
    #[arg(long)]
    pub port: Option<u16>,
    /// Open the browser when the preview is ready
    #[arg(long)]
    pub open: bool,
    /// Look for changes every two seconds: for network shares
    #[arg(long)]
    pub poll: bool,
}

/// `new`
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Kind, in English or Chinese; asked for on a terminal
    #[arg(value_parser = vocabulary::<Kind>())]
    pub kind: Option<Kind>,
    /// Title; asked for on a terminal
    pub title: Option<String>,
    /// Date of the document (default: today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Day>,
}

/// `import`
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Files, or folders of files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Kind (default: by the title)
    #[arg(long, value_parser = vocabulary::<Kind>())]
    pub kind: Option<Kind>,
    /// Also write a workbook that says what became of each file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// `verify`
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Drafts, or (-) Markdown on standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Also list what is exact and what the index doesn't hold
    #[arg(long)]
    pub all: bool,
    /// Output format
    #[arg(long, value_parser = formats(&format::VERIFY), default_value = "human")]
    pub format: Format,
}
