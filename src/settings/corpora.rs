//! Further corpora that a site gathers, each below a folder of its own.

use crate::diagnostic::Severity;
use crate::record::Record;
use crate::record::fields::{Fields, Reader};
use crate::record::keys::Key;
use crate::record::office_name;
use crate::settings::Settings;
use crate::yaml::Node;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

const CORPUS: &[Key] = &[
    Key::new("path", "路径", &["文件夹"]),
    Key::new("unit", "单位", &[]),
    Key::new("prefix", "前缀", &["简称"]),
];

/// A further corpus. Its documents, attachments and ids stand below `prefix/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The folder, as the site file says, from the corpus folder.
    pub path: String,
    /// A single folder name, which nothing in the corpus itself has.
    pub prefix: String,
    /// The unit of documents that name none.
    pub unit: Option<String>,
}

impl Gathered {
    /// Where it is, for a site whose own corpus is in `root`.
    pub fn folder(&self, root: &Path) -> PathBuf {
        root.join(&self.path)
    }

    /// The one of several that a path below the corpus, or an id, belongs to.
    pub fn of<'a>(corpora: &'a [Gathered], path: &str) -> Option<&'a Gathered> {
        corpora.iter().find(|corpus| corpus.holds(path))
    }

    /// Whether a path or an id is one of its own.
    pub fn holds(&self, path: &str) -> bool {
        path.strip_prefix(&self.prefix)
            .is_some_and(|rest| rest.starts_with('/'))
    }

    /// A name as it is told from the same name elsewhere: 第一检察部（某院）.
    pub fn of_its_own(&self, name: &str) -> String {
        format!("{name}（{}）", self.prefix)
    }

    /// The id that a record gives a document itself, below the prefix like all others.
    pub fn own_id(&self, record: &Record) -> String {
        if self.holds(&record.id) {
            record.id.clone()
        } else {
            format!("{}/{}", self.prefix, record.id)
        }
    }
}

impl Settings {
    /// The further corpus that a path below the corpus, or an id, belongs to.
    pub fn gathered(&self, path: &str) -> Option<&Gathered> {
        Gathered::of(&self.corpora, path)
    }
}

/// Reads the entries. One whose folder can't be read, or whose documents would stand twice or get in the way of
/// others, is told of and left out; the site is built without it.
pub(super) fn read(root: &Path, reader: &Reader, nodes: &[&Node]) -> Vec<Gathered> {
    let mut corpora: Vec<Gathered> = Vec::new();
    let mut folders: Vec<PathBuf> = root.canonicalize().into_iter().collect();
    for fields in nodes.iter().filter_map(|node| reader.fields(node, CORPUS)) {
        let Some((corpus, folder)) = entry(root, &fields, &corpora, &folders) else {
            continue;
        };
        corpora.push(corpus);
        folders.push(folder);
    }
    corpora
}

/// One entry, with the real path of its folder.
fn entry(root: &Path, fields: &Fields, others: &[Gathered], taken: &[PathBuf]) -> Option<(Gathered, PathBuf)> {
    let span = |key: &str| {
        fields
            .node(key)
            .map_or_else(|| fields.span().clone(), |node| node.span.clone())
    };
    let tell = |code: &'static str, key: &str, args: &[(&'static str, &str)]| {
        fields.reader().tell(Severity::Error, code, &span(key), args);
    };
    let Some(path) = fields.text("path").map(|path| path.replace('\\', "/")) else {
        tell("corpus-without-path", "path", &[]);
        return None;
    };
    let folder = root.join(&path);
    let real_root = root.canonicalize().ok()?;
    let within = Path::new(&path).is_relative() && !path.starts_with('/') && path.split('/').all(|part| part != "..");
    if within && folder.canonicalize().is_ok_and(|real| !real.starts_with(&real_root)) {
        tell("link-outside", "path", &[("path", &path)]);
        return None;
    }
    let real = match folder
        .canonicalize()
        .and_then(|real| std::fs::read_dir(&real).map(|_| real))
    {
        Ok(real) => real,
        Err(error) => {
            tell(
                "missing-corpus",
                "path",
                &[("path", &path), ("reason", &error.to_string())],
            );
            return None;
        }
    };
    if taken
        .iter()
        .any(|other| real.starts_with(other) || other.starts_with(&real))
    {
        tell("corpus-twice", "path", &[("path", &path)]);
        return None;
    }
    let named = || real.file_name().map(|name| name.to_string_lossy().into_owned());
    let prefix: String = fields.text("prefix").or_else(named).unwrap_or_default().nfc().collect();
    let in_use = others
        .iter()
        .any(|other| other.prefix.to_lowercase() == prefix.to_lowercase());
    if !is_folder_name(&prefix) || in_use || root.join(&prefix).exists() {
        tell("corpus-prefix", "prefix", &[("prefix", &prefix)]);
        return None;
    }
    let unit = fields.text("unit").map(|name| office_name(&name));
    Some((Gathered { path, prefix, unit }, real))
}

/// Whether a name can be that of one folder, everywhere.
fn is_folder_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['.', '~'])
        && !name.ends_with(['.', ' '])
        && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '%'])
        && !name.chars().any(char::is_control)
}
