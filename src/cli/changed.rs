//! Which files of the corpus git says have changed.
//!
//! The settings of a repository name programs (filters, monitors, drivers, transports), and a corpus may come from a
//! stranger. So they are asked only where the repository is and which tree a name stands for, which runs nothing; the
//! comparison is made with a repository of our own, that borrows index and objects and has no settings.

use super::error::CliError;
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

/// Files below the corpus that differ from a commit, or that git doesn't know yet.
pub(super) fn files(corpus: &Path, base: &str) -> Result<Vec<String>, CliError> {
    // A name that begins with a hyphen would be read as an option.
    if base.starts_with('-') {
        return Err(CliError::Git(base.to_owned()));
    }
    // Says so where there is no repository, before anything else fails for want of one.
    git(corpus, &["rev-parse", "--show-prefix"])?;
    let borrowed = Borrowed::from(corpus)?;
    let tree = |name: &str| ask(corpus, &["rev-parse", "--verify", &format!("{name}^{{tree}}")]);
    // Before the first commit everything is new.
    let unborn = base == "HEAD" && ask(corpus, &["rev-parse", "--verify", "-q", "HEAD"]).is_err();
    let base = if unborn {
        // The tree without files, in the hash of the repository.
        borrowed
            .run(corpus, &["hash-object", "-t", "tree", "--stdin"])?
            .concat()
    } else {
        tree(base)?
    };
    let diff = [
        "diff",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=all",
        "--name-only",
        "--relative",
        "-z",
        base.trim(),
        "--",
        ".",
    ];
    let mut all = borrowed.run(corpus, &diff)?;
    let exclude = format!("--exclude-from={}", borrowed.exclude.display());
    let mut others = vec!["ls-files", "--others", "--exclude-standard", "-z"];
    if borrowed.exclude.is_file() {
        others.push(&exclude);
    }
    others.extend(["--", "."]);
    all.extend(borrowed.run(corpus, &others)?);
    Ok(all.iter().map(|name| name.nfc().collect()).collect())
}

/// A repository of our own, with the index and the objects of the one that the corpus is in.
struct Borrowed {
    folder: TempDir,
    top: PathBuf,
    index: PathBuf,
    objects: PathBuf,
    exclude: PathBuf,
}

impl Borrowed {
    fn from(corpus: &Path) -> Result<Self, CliError> {
        let failed = |error: io::Error| CliError::Git(error.to_string());
        // What git says is meant from the folder that it was run in.
        let place = |arguments: &[&str]| ask(corpus, arguments).map(|said| corpus.join(said));
        let absolute = |path: PathBuf| std::path::absolute(path).map_err(failed);
        let git_path = |name| absolute(place(&["rev-parse", "--git-path", name])?);
        let borrowed = Self {
            folder: tempfile::tempdir().map_err(failed)?,
            top: absolute(place(&["rev-parse", "--show-toplevel"])?)?,
            index: git_path("index")?,
            objects: git_path("objects")?,
            exclude: git_path("info/exclude")?,
        };
        let sha256 = ask(corpus, &["rev-parse", "--show-object-format"]).is_ok_and(|format| format == "sha256");
        let settings = if sha256 {
            "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectformat = sha256\n"
        } else {
            "[core]\nrepositoryformatversion = 0\n"
        };
        borrowed.fill(settings).map_err(failed)?;
        Ok(borrowed)
    }

    fn fill(&self, settings: &str) -> io::Result<()> {
        let folder = self.folder.path();
        std::fs::create_dir(folder.join("refs"))?;
        std::fs::write(folder.join("HEAD"), "ref: refs/heads/none\n")?;
        std::fs::write(folder.join("config"), settings)?;
        // An index that is kept in two parts names the second, which git looks for beside its settings.
        let Some(beside) = self.index.parent().and_then(|parent| parent.read_dir().ok()) else {
            return Ok(());
        };
        for entry in beside.flatten() {
            if entry.file_name().to_string_lossy().starts_with("sharedindex.") && entry.file_type()?.is_file() {
                std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
            }
        }
        Ok(())
    }

    fn run(&self, corpus: &Path, arguments: &[&str]) -> Result<Vec<String>, CliError> {
        let mut command = command(corpus);
        command
            .env("GIT_DIR", self.folder.path())
            .env("GIT_WORK_TREE", &self.top)
            .env("GIT_INDEX_FILE", &self.index)
            .env("GIT_OBJECT_DIRECTORY", &self.objects);
        names(command.args(arguments))
    }
}

/// The one line that git answers.
fn ask(corpus: &Path, arguments: &[&str]) -> Result<String, CliError> {
    let lines = git(corpus, arguments)?.concat();
    Ok(lines.strip_suffix('\n').unwrap_or(&lines).to_owned())
}

/// Runs the git program in the corpus, with what its own settings say.
fn git(corpus: &Path, arguments: &[&str]) -> Result<Vec<String>, CliError> {
    names(command(corpus).args(arguments))
}

fn command(corpus: &Path) -> Command {
    let mut command = Command::new("git");
    // A hook's environment names a repository and an index that are the hook's own affair.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
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
        .stdin(Stdio::null());
    command
}

/// Runs git; its answer is names separated by zero bytes.
fn names(command: &mut Command) -> Result<Vec<String>, CliError> {
    let output = command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => CliError::NoGit,
        _ => CliError::Git(error.to_string()),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(CliError::Git(said.lines().next().unwrap_or_default().to_owned()));
    }
    let names = output.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
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
