//! What a command made goes to a file or to standard output.

use super::error::CliError;
use super::terminal;
use crate::disk;
use std::io::IsTerminal as _;
use std::path::Path;

/// Whether a terminal can show what a command made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    /// A file of another program.
    File,
}

/// Writes it to the file that was named, or to standard output.
pub(super) fn deliver(output: Option<&Path>, bytes: &[u8], form: Form) -> Result<(), CliError> {
    match output {
        Some(path) => disk::write_named(path, bytes).map_err(|error| CliError::Write(path.to_owned(), error)),
        None if form == Form::File && std::io::stdout().is_terminal() => Err(CliError::NoOutput),
        None => {
            match form {
                Form::Text => terminal::print(&String::from_utf8_lossy(bytes)),
                Form::File => terminal::hand_over(bytes),
            }
            Ok(())
        }
    }
}
