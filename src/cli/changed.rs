//! Which files of the corpus git says have changed.
//!
//! The settings of a repository name programs (filters, monitors, drivers, transports), and a corpus may come from a
//! stranger. So they are asked only where the repository is and which tree a name stands for, which runs nothing; the
//! comparison is made with a repository of our own, that borrows index and objects and has no settings.

use super::error::CliError;
use super::git::{command, names, odd_file};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

/// Files below the corpus that differ from a commit, or that git doesn't know yet.
pub(super) fn files(corpus: &Path, base: &str) -> Result<Vec<String>, CliError> {
    // A name that begins with a hyphen would be read as an option; one with a colon may be looked for in the index, for
    // which git runs a program that the corpus's settings name.
    if base.starts_with('-') || base.contains(':') {
        return Err(CliError::Base(base.to_owned()));
    }
    if let Some(odd) = odd_file(corpus) {
        return Err(CliError::OddFile(odd));
    }
    // Says so where there is no repository, before anything else fails for want of one.
    git(corpus, &["rev-parse", "--show-prefix"])?;
    let borrowed = Borrowed::from(corpus)?;
    let tree = |name: &str| ask(corpus, &["rev-parse", "--verify", &format!("{name}^{{tree}}")]);
    // Before the first commit everything is new.
    let unborn = base == "HEAD" && is_unborn(corpus)?;
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

/// Whether there is no commit yet.
fn is_unborn(corpus: &Path) -> Result<bool, CliError> {
    match ask(corpus, &["rev-parse", "--verify", "-q", "HEAD"]) {
        Err(CliError::Git(_)) => Ok(true),
        said => said.map(|_| false),
    }
}

/// Bytes of an index, and of the second part of one, at most: git reads both whole.
const LARGEST_INDEX: u64 = 100 << 20;

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
        borrowed.second_part(if sha256 { 32 } else { 20 })?;
        Ok(borrowed)
    }

    fn fill(&self, settings: &str) -> io::Result<()> {
        let folder = self.folder.path();
        std::fs::create_dir(folder.join("refs"))?;
        std::fs::write(folder.join("HEAD"), "ref: refs/heads/none\n")?;
        std::fs::write(folder.join("config"), settings)
    }

    /// An index that is kept in two parts names the second, which git looks for beside its settings.
    fn second_part(&self, hash: usize) -> Result<(), CliError> {
        let Some(index) = bounded(&self.index)? else {
            return Ok(());
        };
        for name in second_parts(&index, hash) {
            let Some(part) = bounded(&self.index.with_file_name(&name))? else {
                continue;
            };
            let copy = self.folder.path().join(&name);
            return std::fs::write(copy, part).map_err(|error| CliError::Git(error.to_string()));
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

/// The bytes of a file of git's, if it is there.
fn bounded(path: &Path) -> Result<Option<Vec<u8>>, CliError> {
    let failed = |error| CliError::File(path.to_owned(), error);
    let data = match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        data => data.map_err(failed)?,
    };
    if !data.is_file() || data.len() > LARGEST_INDEX {
        return Err(CliError::OddFile(path.to_owned()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LARGEST_INDEX).read_to_end(&mut bytes).map_err(failed)?;
    Ok(Some(bytes))
}

/// The names that the second part of an index may have: the extension `link` gives its hash behind its own length.
fn second_parts(index: &[u8], hash: usize) -> impl Iterator<Item = String> {
    const SIGN: &[u8] = b"link";
    let places = index.windows(SIGN.len()).enumerate().rev();
    let signs = places
        .filter(|(_, bytes)| *bytes == SIGN)
        .map(|(at, _)| at + SIGN.len());
    let hashes = signs.filter_map(move |at| index.get(at + 4..at + 4 + hash));
    hashes.map(|hash| format!("sharedindex.{}", hex::encode(hash)))
}

/// The one line that git answers.
fn ask(corpus: &Path, arguments: &[&str]) -> Result<String, CliError> {
    let lines = git(corpus, arguments)?.concat();
    Ok(lines.strip_suffix('\n').unwrap_or(&lines).to_owned())
}

/// Runs the git program in the corpus.
fn git(corpus: &Path, arguments: &[&str]) -> Result<Vec<String>, CliError> {
    names(command(corpus).args(arguments))
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
