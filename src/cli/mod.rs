//! The command line: it alone reads the clock, prints and exits.
//!
//! Data goes to standard output, talk to standard error. Exit codes: 0 good, 1 findings, 2 usage,
//! 3 input and output.

mod args;
mod build;
mod changed;
mod check;
mod common;
mod deliver;
mod due;
mod engine;
mod engine_args;
mod enter;
mod entry_args;
mod error;
mod eval;
mod explain;
mod export;
mod format;
mod gateway;
mod git;
mod help;
mod import;
mod input;
mod ledger;
mod like;
mod mcp;
mod new;
mod progress;
mod publish;
mod report;
mod sarif;
mod schema;
mod synonyms;
mod search;
mod serve;
mod stats;
mod table;
mod terminal;
mod undo;
mod usage;
mod values;
mod wording;
mod verify;
mod xlsx;

use args::{Cli, Command};
use clap::Parser;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Nothing to say.
    Good,
    /// There are findings.
    Findings,
}

/// Reads the arguments. Without a command, in an empty folder, a corpus begins.
fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    match Cli::try_parse_from(arguments) {
        Err(error) if error.kind() == ErrorKind::MissingSubcommand && serve::begins_here() => {
            let begin = ["serve", "--open"].map(OsString::from);
            Cli::try_parse_from(arguments.iter().cloned().chain(begin))
        }
        other => other,
    }
}

/// Runs the program with its arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match parse(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let lang = common::terminal_lang(usage::asked_lang(&arguments));
            match usage::describe(&error, &arguments, lang) {
                Some(said) => terminal::tell(said),
                None if error.kind() == ErrorKind::DisplayVersion => drop(error.print()),
                None => terminal::print(&help::of(&arguments, lang)),
            }
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let lang = cli.common.terminal_lang();
    let ending = match &cli.command {
        Command::Build(arguments) => build::run(&cli.common, arguments),
        Command::Check(arguments) => check::run(&cli.common, arguments),
        Command::Search(arguments) => search::run(&cli.common, arguments),
        Command::Verify(arguments) => verify::run(&cli.common, arguments),
        Command::Mcp(arguments) => mcp::run(&cli.common, arguments),
        Command::Gateway(arguments) => gateway::run(&cli.common, arguments),
        Command::Eval(arguments) => eval::run(&cli.common, arguments),
        Command::Ledger(arguments) => ledger::run(&cli.common, arguments),
        Command::Stats(arguments) => stats::run(&cli.common, arguments),
        Command::Due(arguments) => due::run(&cli.common, arguments),
        Command::Export(arguments) => export::run(&cli.common, arguments),
        Command::Publish(arguments) => publish::run(&cli.common, arguments),
        Command::Serve(arguments) => serve::run(&cli.common, arguments),
        Command::Adopt(arguments) => enter::adopt(&cli.common, arguments),
        Command::Reply(arguments) => enter::reply(&cli.common, arguments),
        Command::Rectify(arguments) => enter::rectify(&cli.common, arguments),
        Command::Close(arguments) => enter::close(&cli.common, arguments),
        Command::Remove(arguments) => enter::remove(&cli.common, arguments),
        Command::Undo(arguments) => undo::run(&cli.common, arguments),
        Command::New(arguments) => new::run(&cli.common, arguments),
        Command::Import(arguments) => import::run(&cli.common, arguments),
        Command::Schema => schema::run(&cli.common),
        Command::Synonyms => synonyms::run(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut help::worded(lang), "jianyan", &mut script);
            terminal::hand_over(&script);
            Ok(Ending::Good)
        }
    };
    match ending {
        Ok(Ending::Good) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Err(error) => {
            terminal::tell(error.describe(lang));
            ExitCode::from(error.exit_code())
        }
    }
}
