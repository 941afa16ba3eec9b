//! Runs the git program in a folder that a stranger may have made.

use super::error::CliError;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long git may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);
/// What git reads at the start of a repository, whatever it is asked.
const READ: [&str; 9] = [
    "config",
    "config.worktree",
    "HEAD",
    "index",
    "packed-refs",
    "commondir",
    "shallow",
    "info/exclude",
    "objects/info/alternates",
];
/// What git reads in every folder from the repository's to the corpus.
const RULES: [&str; 2] = [".gitignore", ".gitattributes"];
/// Variables by which a person says where git and settings of his own are, and where no repository is looked for.
const KEPT: [&str; 6] = [
    "GIT_CEILING_DIRECTORIES",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
];

/// The git program, about to be run in the corpus with what its own settings say, those excepted that name programs.
pub(super) fn command(corpus: &Path) -> Command {
    let mut command = Command::new("git");
    // A hook's environment names a repository, an index and settings that are the hook's own affair.
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy();
        if shown.starts_with("GIT_") && !KEPT.contains(&&*shown) {
            command.env_remove(&name);
        }
    }
    // Nothing is written, and nothing that is missing is fetched from elsewhere.
    let quiet = [
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", "none"),
    ];
    command
        .envs(quiet)
        .arg("-C")
        .arg(OsStr::new(corpus))
        .args(["-c", "core.fsmonitor=false"])
        .stdin(Stdio::null());
    command
}

/// Runs git; its answer is names separated by zero bytes.
pub(super) fn names(command: &mut Command) -> Result<Vec<String>, CliError> {
    let output = patiently(command, PATIENCE)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(CliError::Git(said.lines().next().unwrap_or_default().to_owned()));
    }
    let names = output.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}

/// Runs a program to its end, which comes after this long at the latest.
fn patiently(command: &mut Command, patience: Duration) -> Result<Output, CliError> {
    let failed = |error: io::Error| CliError::Git(error.to_string());
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => CliError::NoGit,
            _ => failed(error),
        })?;
    // Read beside one another: a program that has filled one pipe waits before it goes on with the other.
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let read = |pipe| thread::spawn(move || all_of(pipe));
    let (stdout, stderr) = (read(stdout.map(boxed)), read(stderr.map(boxed)));
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        if started.elapsed() > patience {
            end(&mut child).map_err(failed)?;
            return Err(CliError::SlowGit(patience));
        }
        thread::sleep(PAUSE);
    };
    Ok(Output {
        status,
        stdout: stdout.join().unwrap_or_default(),
        stderr: stderr.join().unwrap_or_default(),
    })
}

fn boxed(pipe: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(pipe)
}

fn all_of(pipe: Option<Box<dyn Read + Send>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // A pipe that breaks ends like any other: what counts is how the program ended.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

fn end(child: &mut Child) -> io::Result<()> {
    child.kill()?;
    child.wait().map(|_| ())
}

/// A file that git would read in or above the corpus and wait for, because it is a pipe or a device.
pub(super) fn odd_file(corpus: &Path) -> Option<PathBuf> {
    let corpus = std::path::absolute(corpus).ok()?;
    for folder in corpus.ancestors() {
        let git = folder.join(".git");
        let own = READ.iter().map(|name| git.join(name));
        let rules = RULES.iter().map(|name| folder.join(name));
        if let Some(odd) = own.chain(rules).chain([git.clone()]).find(|path| is_odd(path)) {
            return Some(odd);
        }
        if git.exists() {
            break;
        }
    }
    None
}

fn is_odd(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| !data.is_file() && !data.is_dir())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_does_not_answer_is_ended() {
        let started = Instant::now();
        let ended = patiently(Command::new("sleep").arg("60"), Duration::from_millis(50));
        assert!(matches!(ended, Err(CliError::SlowGit(_))));
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn no_repository_of_another_and_no_settings_are_handed_on() {
        let command = command(Path::new("."));
        let kept = |name: &str| command.get_envs().all(|(key, value)| key != name || value.is_some());
        assert!(KEPT.iter().all(|name| kept(name)));
        let arguments: Vec<_> = command.get_args().collect();
        assert!(arguments.contains(&OsStr::new("core.fsmonitor=false")));
    }
}
