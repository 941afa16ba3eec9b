//! Finds the files of a corpus and takes in its documents.

use crate::corpus::decode::decode;
use crate::corpus::dense;
use crate::corpus::findings::{encoding, front_problem, input, undecodable};
use crate::corpus::front;
use crate::corpus::{Attachment, Corpus, Look, Readings, Source};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::Inside;
use rayon::prelude::*;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

/// Files at the root that hold settings and so are neither documents nor attachments.
pub(super) const SETTINGS_FILES: [&str; 4] = ["jianyan.yaml", "people.yaml", "synonyms.yaml", "scores.yaml"];
/// What stands in every output folder of ours, below it.
pub(crate) const OUTPUT_MARKER: &str = ".jianyan/marker.json";
/// Bytes from which a document is read with a warning.
const LARGE: u64 = 4 << 20;
/// Bytes from which a document is not read: what reads it takes up to twenty times as much.
const TOO_LARGE: u64 = 16 << 20;

/// A file that was found.
pub(super) struct Found {
    /// Path below the corpus, with `/`.
    pub(super) file: String,
    path: PathBuf,
    /// The same from the root, as the system spells it.
    pub(super) below: PathBuf,
    pub(super) look: Look,
    /// When the system last noted a change of it, which nobody can set back; nothing where it doesn't tell.
    pub(super) changed: Option<SystemTime>,
}

/// What was taken in of a file that has the name of a document, and what is to be said of it.
pub(crate) type Taken = (Option<Arc<Source>>, Vec<Diagnostic>);

/// Reads a corpus folder: documents in the byte order of their ids, attachments by path.
///
/// Hidden files and the settings at the root are left out. A link is followed only where it leads
/// to a place inside the corpus. What can't be taken in is a diagnostic; the rest is read.
///
/// # Errors
/// Only where `root` itself can't be read.
pub fn read(root: &Path) -> io::Result<Corpus> {
    read_again(root, &Readings::default())
}

/// Reads a corpus folder like [`read`]; a document that looks as it did is taken from the readings of the last time.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_again(root: &Path, readings: &Readings<Taken>) -> io::Result<Corpus> {
    let mut corpus = Corpus::default();
    let inside = Arc::new(Inside::of(root)?);
    let found = walk(root, &mut corpus.diagnostics)?;
    let (documents, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| stem(&found.file).is_some());
    let read: Vec<_> = with_ids(documents)
        .into_par_iter()
        .map(|(id, found)| readings.get(&found.path, found.look, || take_in(id, &found, &inside)))
        .collect();
    for (source, diagnostics) in read {
        corpus.sources.extend(source);
        corpus.diagnostics.extend(diagnostics);
    }
    corpus.attachments = others
        .into_iter()
        .map(|found| Attachment {
            file: found.file,
            below: found.below,
            path: found.path,
            look: found.look,
            inside: Arc::clone(&inside),
        })
        .collect();
    corpus.attachments.sort_by(|a, b| a.file.cmp(&b.file));
    crate::diagnostic::sort(&mut corpus.diagnostics);
    Ok(corpus)
}

pub(super) fn walk(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> io::Result<Vec<Found>> {
    let real_root = root.canonicalize()?;
    std::fs::read_dir(root)?;
    let mut found = Vec::new();
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.extend(unreadable(root, &error));
                continue;
            }
        };
        if is_left_out(&entry) || is_output(&entry) {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() && entry.depth() > 0 && !leads_inside(entry.path(), &real_root) {
            diagnostics.push(input(Severity::Warning, "link-outside", &file_name(root, entry.path())));
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_dir() {
            continue;
        }
        let file = file_name(root, entry.path());
        if !entry.file_type().is_file() {
            diagnostics.push(input(Severity::Warning, "not-a-file", &file));
            continue;
        }
        // A name with a line feed would be two lines of every list that it stands in.
        if entry.path().to_str().is_none() || file.contains(|letter: char| letter.is_control()) {
            let seen = |letter: char| {
                if letter.is_control() {
                    letter.escape_default().to_string()
                } else {
                    letter.into()
                }
            };
            let file: String = file.chars().map(seen).collect();
            diagnostics.push(input(Severity::Error, "file-name", &file));
        } else {
            let data = entry.metadata().ok();
            found.push(Found {
                look: data.as_ref().map(Look::from).unwrap_or_default(),
                changed: data.as_ref().and_then(changed),
                below: below(root, entry.path()).to_owned(),
                path: entry.into_path(),
                file,
            });
        }
    }
    Ok(found)
}

#[cfg(unix)]
fn changed(data: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt as _;
    let (seconds, rest) = (data.ctime().try_into().ok()?, data.ctime_nsec().try_into().ok()?);
    SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::new(seconds, rest))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<SystemTime> {
    None
}

/// Hidden files, leftovers of programs and systems, and the settings at the root.
fn is_left_out(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let settings = entry.depth() == 1 && SETTINGS_FILES.contains(&&*name);
    entry.depth() > 0 && (name.starts_with('.') || settings || is_leftover(&name))
}

/// Lock files, backups and previews that editors, office programs and systems leave beside a file.
fn is_leftover(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "icon\r",
        "__macosx",
        "$recycle.bin",
        "recycler",
        "recycled",
        "#recycle",
        "@recycle",
        "@eadir",
        "system volume information",
        "lost+found",
        "found.000",
    ];
    const ENDINGS: [&str; 12] = [
        ".bak",
        ".tmp",
        ".temp",
        ".swp",
        ".swo",
        ".wbk",
        ".asd",
        ".part",
        ".crdownload",
        ".lnk",
        ".url",
        ".orig",
    ];
    let name = name.to_lowercase();
    let marked = name.starts_with('~') || name.ends_with('~');
    let autosave = name.len() > 2 && name.starts_with('#') && name.ends_with('#');
    marked || autosave || NAMES.contains(&&*name) || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a folder is an output of ours: a site or an index within the corpus is not read as corpus.
fn is_output(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.depth() > 0 && entry.path().join(OUTPUT_MARKER).is_file()
}

fn leads_inside(path: &Path, real_root: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(real_root))
}

/// A diagnostic for an entry that walkdir could not read. A loop of links is only a warning: the
/// files in it were read already.
fn unreadable(root: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().unwrap_or(root);
    if path != root
        && path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'))
    {
        return None;
    }
    let file = file_name(root, path);
    Some(if error.loop_ancestor().is_some() {
        input(Severity::Warning, "link-loop", &file)
    } else if path.is_symlink() {
        input(Severity::Warning, "link-broken", &file)
    } else {
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        input(Severity::Error, "unreadable-file", &file).arg("reason", reason)
    })
}

/// A path that was found, from the root.
fn below<'a>(root: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(root).unwrap_or(path)
}

fn file_name(root: &Path, path: &Path) -> String {
    let parts: Vec<_> = below(root, path)
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// The path without its extension if it is that of a document.
fn stem(file: &str) -> Option<&str> {
    let (stem, extension) = file.rsplit_once('.')?;
    let markdown = extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown");
    (markdown && !stem.is_empty() && !stem.ends_with('/')).then_some(stem)
}

/// Gives documents their ids, in order. Two may have one: which of them an audience gets depends on what it may see.
fn with_ids(documents: Vec<Found>) -> Vec<(String, Found)> {
    let id_of = |found: &Found| stem(&found.file).unwrap_or(&found.file).nfc().collect::<String>();
    let mut all: Vec<(String, Found)> = documents.into_iter().map(|found| (id_of(&found), found)).collect();
    all.sort_by(|(a, a_found), (b, b_found)| (a, &a_found.file).cmp(&(b, &b_found.file)));
    all
}

fn take_in(id: String, found: &Found, inside: &Inside) -> Taken {
    let file = &found.file;
    let size = found.look.size;
    let megabytes = size >> 20;
    if size > TOO_LARGE {
        let limit = TOO_LARGE >> 20;
        let problem = input(Severity::Error, "file-too-large", file)
            .arg("size", megabytes)
            .arg("limit", limit);
        return (None, vec![problem]);
    }
    let bytes = match inside.read(&found.below) {
        Ok(bytes) => bytes,
        Err(error) => return (None, vec![unread(found, inside, &error)]),
    };
    let decoded = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(reason) => return (None, vec![undecodable(file, reason)]),
    };
    if dense::is_too_dense(&decoded.text) {
        let problem = input(Severity::Error, "too-many-marks", file).arg("limit", dense::MOST_MARKS);
        return (None, vec![problem]);
    }
    let mut diagnostics = Vec::new();
    if size > LARGE {
        diagnostics.push(input(Severity::Warning, "large-file", file).arg("size", megabytes));
    }
    diagnostics.extend(encoding(file, &decoded));
    let split = front::split(&decoded.text);
    diagnostics.extend(
        split
            .problem
            .as_ref()
            .map(|problem| front_problem(file, &decoded.text, problem)),
    );
    let source = Source::split(id, file.clone(), decoded.text, split);
    (Some(Arc::new(source)), diagnostics)
}

/// A file that was there when it was found, and isn't what it was any more.
fn unread(found: &Found, inside: &Inside, error: &io::Error) -> Diagnostic {
    let gone = ("unreadable-file", Some(error.to_string()));
    let (code, reason) = inside.fault(&found.below, error).unwrap_or(gone);
    let finding = input(Severity::Error, code, &found.file);
    match reason {
        Some(reason) => finding.arg("reason", reason),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Writes files (path, content) into a fresh folder and reads it.
    fn corpus(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Corpus) {
        let folder = tempfile::tempdir().unwrap();
        for (file, content) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let corpus = read(folder.path()).unwrap();
        (folder, corpus)
    }

    fn ids(corpus: &Corpus) -> Vec<&str> {
        corpus.sources.iter().map(|source| source.id.as_str()).collect()
    }

    fn told(corpus: &Corpus) -> Vec<(&str, &str)> {
        corpus.diagnostics.iter().map(|d| (d.code, d.file.as_str())).collect()
    }

    #[test]
    fn documents_come_in_the_byte_order_of_their_ids() {
        let (_folder, corpus) = corpus(&[
            ("b.md", b"x"),
            ("a/z.markdown", b"x"),
            ("a.md", b"x"),
            ("a b 😀.MD", b"x"),
            ("案例/一.md", b"x"),
        ]);
        assert_eq!(ids(&corpus), ["a", "a b 😀", "a/z", "b", "案例/一"]);
        assert_eq!(corpus.sources[1].file, "a b 😀.MD");
        assert_eq!(told(&corpus), []);
    }

    #[test]
    fn hidden_files_and_settings_are_left_out_and_other_files_are_attachments() {
        let (_folder, corpus) = corpus(&[
            (".git/a.md", b"x"),
            (".hidden.md", b"x"),
            ("jianyan.yaml", b"x"),
            ("people.yaml", b"x"),
            ("b/people.yaml", b"x"),
            ("b/图.png", b"x"),
            ("~$b.docx", b"x"),
            ("a.md~", b"x"),
            ("a.md.bak", b"x"),
            ("b/Thumbs.db", b"x"),
            ("b/~WRL0001.tmp", b"x"),
            ("b/~a.md", b"x"),
            ("$RECYCLE.BIN/S-1-5/a.md", b"x"),
            ("#recycle/a.md", b"x"),
            ("b/@eaDir/a.md", b"x"),
            ("System Volume Information/a.md", b"x"),
            ("lost+found/a.md", b"x"),
            ("#a.md#", b"x"),
            ("b/.~lock.a.docx#", b"x"),
            (".md", b"x"),
        ]);
        assert_eq!(ids(&corpus), [""; 0]);
        let attachments: Vec<_> = corpus
            .attachments
            .iter()
            .map(|attachment| attachment.file.as_str())
            .collect();
        assert_eq!(attachments, ["b/people.yaml", "b/图.png"]);
    }

    #[test]
    fn files_of_one_id_are_all_read_and_stand_by_their_names() {
        let decomposed = "e\u{301}.md";
        let (_folder, corpus) = corpus(&[("b.md", b"4"), ("b.markdown", b"3"), (decomposed, b"5"), ("é.md", b"6")]);
        assert_eq!(ids(&corpus), ["b", "b", "é", "é"]);
        assert_eq!(corpus.sources[0].file, "b.markdown");
    }

    #[test]
    fn a_file_that_is_no_text_is_named_and_the_rest_is_read() {
        let (_folder, corpus) = corpus(&[
            ("a.md", b"\0\x01\x02"),
            ("b.md", b"\xEF\xBB\xBFtext"),
            ("c.md", "---\nkey: 1\n".as_bytes()),
            ("d.md", b""),
        ]);
        assert_eq!(ids(&corpus), ["b", "c", "d"]);
        assert_eq!(
            told(&corpus),
            [
                ("binary-file", "a.md"),
                ("encoding", "b.md"),
                ("front-matter-unclosed", "c.md")
            ]
        );
    }

    #[test]
    fn an_output_of_ours_is_no_corpus() {
        let (_folder, corpus) = corpus(&[
            ("site/.jianyan/marker.json", b"{}"),
            ("site/docs/a.md", b"x"),
            ("work/index/.jianyan/marker.json", b"{}"),
            ("work/index/b.md", b"x"),
            ("site.md", b"x"),
        ]);
        assert_eq!((ids(&corpus), corpus.attachments.len()), (vec!["site"], 0));
    }

    #[test]
    fn what_keeps_a_front_matter_from_being_read_is_said_at_its_place() {
        for (text, code, line) in [
            ("\n---\ntitle: 一\n---\n", "front-matter-preceded", 1),
            ("<!-- 注 -->\n---\ntitle: 一\n---\n", "front-matter-preceded", 1),
            ("——\ntitle: 一\n---\n", "front-matter-fence", 1),
            ("\ntitle: 一\nkind: report\n---\n", "front-matter-without-fence", 2),
            ("+++\ntitle = '一'\n+++\n", "front-matter-format", 1),
        ] {
            let (_folder, corpus) = corpus(&[("a.md", text.as_bytes())]);
            let found = &corpus.diagnostics[0];
            assert_eq!((found.code, found.position.unwrap().line), (code, line), "{text:?}");
            assert!(corpus.sources[0].unreadable, "{text:?}");
        }
        let (_folder, corpus) = corpus(&[("a.md", "\u{3000}---\ntitle: 一\n---\n".as_bytes())]);
        assert_eq!(corpus.diagnostics[0].args, [("found", "U+3000".to_owned())]);
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        assert!(read(Path::new("/nowhere/at/all")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_but_into_the_corpus() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "x").unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/one.md"), "x").unwrap();
        symlink(outside.path(), folder.path().join("dir")).unwrap();
        symlink(outside.path().join("secret.md"), folder.path().join("file.md")).unwrap();
        symlink("..", folder.path().join("a/loop")).unwrap();
        symlink("gone.md", folder.path().join("gone-link.md")).unwrap();
        symlink("a/one.md", folder.path().join("two.md")).unwrap();
        let corpus = read(folder.path()).unwrap();
        assert_eq!(ids(&corpus), ["a/one", "two"]);
        let expected = [
            ("link-loop", "a/loop"),
            ("link-outside", "dir"),
            ("link-outside", "file.md"),
            ("link-broken", "gone-link.md"),
        ];
        assert_eq!(told(&corpus), expected);
    }
}
