//! Which files of the corpus git says have changed.

use super::error::CliError;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use unicode_normalization::UnicodeNormalization;

/// Files below the corpus that differ from a commit, or that git doesn't know yet.
pub(super) fn files(corpus: &Path, base: &str) -> Result<Vec<String>, CliError> {
    // A name that begins with a hyphen would be read as an option.
    if base.starts_with('-') {
        return Err(CliError::Git(base.to_owned()));
    }
    // Before the first commit everything is new.
    let unborn = base == "HEAD" && git(corpus, &["rev-parse", "--verify", "-q", "HEAD"]).is_err();
    let base = if unborn { empty_tree(corpus)? } else { base.to_owned() };
    let mut all = git(corpus, &["diff", "--name-only", "--relative", "-z", &base, "--", "."])?;
    all.extend(git(
        corpus,
        &["ls-files", "--others", "--exclude-standard", "-z", "--", "."],
    )?);
    Ok(all)
}

/// The tree without files, in the hash of the repository.
fn empty_tree(corpus: &Path) -> Result<String, CliError> {
    let answer = git(corpus, &["hash-object", "-t", "tree", "--stdin"])?;
    Ok(answer.first().map(|id| id.trim().to_owned()).unwrap_or_default())
}

/// Runs the git program in the corpus; its answer is names parted by zero bytes.
fn git(corpus: &Path, arguments: &[&str]) -> Result<Vec<String>, CliError> {
    let mut command = Command::new("git");
    // A hook's environment names a repository and an index that are the hook's own affair.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    let output = command
        .arg("-C")
        .arg(corpus)
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    let output = output.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => CliError::NoGit,
        _ => CliError::Git(error.to_string()),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(CliError::Git(said.lines().next().unwrap_or_default().to_owned()));
    }
    let names = output.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Ok(names
        .map(|name| String::from_utf8_lossy(name).nfc().collect())
        .collect())
}

/// The path below the corpus of a file as somebody names it: from here, or below the corpus.
pub(super) fn below(corpus: &Path, file: &Path) -> Result<String, CliError> {
    let found = [file.to_owned(), corpus.join(file)]
        .into_iter()
        .find(|path| path.is_file());
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|error| CliError::File(path.to_owned(), error))
    };
    let (root, file) = (real(corpus)?, real(found.as_deref().unwrap_or(file))?);
    let inside: PathBuf = file
        .strip_prefix(&root)
        .map_err(|_| CliError::Outside(file.clone(), root.clone()))?
        .to_owned();
    let parts = inside.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().nfc().collect::<String>()),
        _ => None,
    });
    Ok(parts.collect::<Vec<_>>().join("/"))
}
