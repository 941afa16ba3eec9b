//! The files of a site whose manifest is lost, known again by what is in them.
//!
//! Without that a page would stay for ever that the next build no longer makes, one among them that has become internal.
//! What isn't known again belongs to somebody else and stays.

use super::{FILES, Manifest, is_of_a_site};
use crate::cache::Stamp;
use crate::disk::Folder;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What the head of every page of ours refers to.
const MARK: &str = "assets/jianyan.css\">";
/// What every file of records begins with.
const RECORDS: &[u8] = b"{\"jianyan\":\"records\",";
/// Bytes in which the mark of a page stands.
const HEAD: usize = 4096;

/// A manifest of what a folder holds of ours.
///
/// # Errors
/// What the file system says.
pub(super) fn recover(root: &Folder) -> io::Result<Manifest> {
    let mut found = Vec::new();
    walk(root, "", &mut found)?;
    let mut pages: BTreeMap<String, Stamp> = BTreeMap::new();
    let mut linked: BTreeSet<String> = BTreeSet::new();
    for path in found.iter().filter(|path| path.ends_with(".html")) {
        let bytes = root.read(path)?;
        if is_page(&bytes) {
            linked.extend(attached(&String::from_utf8_lossy(&bytes)));
            pages.insert(path.clone(), Stamp::of(&bytes));
        }
    }
    let is_beside_a_page = |path: &str| {
        path.rsplit_once('.').is_some_and(|(stem, ending)| {
            matches!(ending, "json" | "md") && pages.contains_key(&format!("{stem}.html"))
        })
    };
    let mut manifest = Manifest::default();
    for path in found {
        let is_ours = is_records(&path) && root.read(&path)?.starts_with(RECORDS);
        if is_ours || linked.contains(&path) || is_of_the_bundle(&path) || is_beside_a_page(&path) {
            let stamp = Stamp::of(&root.read(&path)?);
            manifest.files.insert(path, stamp);
        }
    }
    manifest.files.append(&mut pages);
    Ok(manifest)
}

/// The files of a folder and those below it, with `/`; what isn't a file or a folder is passed over.
fn walk(root: &Folder, below: &str, found: &mut Vec<String>) -> io::Result<()> {
    let folder = if below.is_empty() { root } else { &root.sub(below)? };
    for name in folder.names()? {
        let Some(name) = name.to_str().filter(|name| is_of_a_site(name)) else {
            continue;
        };
        let path = if below.is_empty() {
            name.to_owned()
        } else {
            format!("{below}/{name}")
        };
        match folder.size(name) {
            Ok(Some(_)) => found.push(path),
            Err(_) if folder.sub(name).is_ok() => walk(root, &path, found)?,
            _ => {}
        }
    }
    Ok(())
}

fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    head.trim_start_matches('\u{FEFF}').starts_with("<!doctype html>") && head.contains(MARK)
}

/// Scripts of the search bundle and of the ledger's rows, which are named by their content.
fn is_of_the_bundle(path: &str) -> bool {
    path.ends_with(".js") && (path.starts_with("search/") || path.starts_with("boards/ledger-"))
}

/// The list of records, and the files of records.
fn is_records(path: &str) -> bool {
    path.starts_with("data/records") && path.ends_with(".json")
}

/// The attachments that a page links to or shows.
fn attached(html: &str) -> Vec<String> {
    let targets = ["href=\"", "src=\""].map(|name| html.split(name).skip(1));
    targets
        .into_iter()
        .flatten()
        .filter_map(|rest| rest.split(['"', '#', '?']).next())
        .map(|target| target.trim_start_matches("../"))
        .filter(|target| target.strip_prefix(FILES).is_some_and(|rest| rest.starts_with('/')))
        .filter_map(|target| Some(percent_decode_str(target).decode_utf8().ok()?.into_owned()))
        .collect()
}
