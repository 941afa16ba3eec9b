//! The archive: its parts by name, within limits that no honest document reaches.

use super::xml::{self, Element};
use super::{Budget, Fault};
use crate::corpus::decode::decode;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The first bytes of an OLE file: a .doc, or an encrypted .docx.
pub(super) const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Bytes of one part of XML, unpacked.
const LARGEST_XML: u64 = 48 << 20;
/// Entries of an archive.
const MOST_ENTRIES: usize = 10_000;

/// An open archive.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Place of each part, by its name in lower case.
    places: BTreeMap<String, usize>,
    /// What may still be unpacked of it, and kept.
    pub(super) budget: Budget,
}

/// What a relationship of a part leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Relation {
    /// A part of the archive.
    Part(String),
    /// An address outside.
    Outside(String),
}

impl<'a> Package<'a> {
    /// Opens an archive; reads nothing of it but its list of entries.
    pub(crate) fn open(bytes: &'a [u8], budget: &Budget) -> Result<Self, Fault> {
        if bytes.starts_with(&OLE) {
            return Err(Fault::Locked);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if archive.len() > MOST_ENTRIES {
            return Err(Fault::TooLarge);
        }
        let mut places = BTreeMap::new();
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(broken)?;
            let name = entry.name().map_err(broken)?.replace('\\', "/");
            let leaves =
                name.split('/').any(|part| part == "..") || name.starts_with('/') || name.contains([':', '\0']);
            if leaves {
                return Err(Fault::UnsafeName(name));
            }
            places.entry(name.to_lowercase()).or_insert(index);
        }
        Ok(Self {
            archive,
            places,
            budget: budget.clone(),
        })
    }

    /// The names of its parts in lower case, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// A part as text; `None` where there is none.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.at_most(name, LARGEST_XML)? else {
            return Ok(None);
        };
        let decoded = decode(bytes).map_err(|_| Fault::Broken(name.to_owned()))?;
        Ok(Some(decoded.text))
    }

    /// The bytes of a part; `None` where there is none.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.at_most(name, u64::MAX)
    }

    /// Never trusts the size that the archive tells: a bomb lies.
    fn at_most(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Fault> {
        let name = name.trim_start_matches('/').to_lowercase();
        let Some(&index) = self.places.get(&name) else {
            return Ok(None);
        };
        let limit = limit.min(self.budget.unpackable());
        let entry = self.archive.by_index(index).map_err(broken)?;
        let mut bytes = Vec::new();
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(broken)?;
        self.budget.unpack(bytes.len());
        if bytes.len() as u64 > limit {
            return Err(Fault::TooLarge);
        }
        Ok(Some(bytes))
    }

    /// A part as a tree; `None` where there is none.
    pub(crate) fn tree(&mut self, name: &str) -> Result<Option<Element>, Fault> {
        let text = self.text(name)?;
        let Some(text) = text else { return Ok(None) };
        xml::parse(&text, name, &self.budget).map(Some)
    }

    /// Where the relationships of a part lead, by their ids.
    pub(crate) fn relations(&mut self, part: &str) -> Result<BTreeMap<String, Relation>, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let file = format!("{folder}/_rels/{name}.rels");
        let Some(tree) = self.tree(&file)? else {
            return Ok(BTreeMap::new());
        };
        let relation = |element: &Element| {
            let target = element.attribute("Target")?;
            let relation = match element.attribute("TargetMode") {
                Some("External") => Relation::Outside(target.to_owned()),
                _ => Relation::Part(join(folder, target)),
            };
            Some((element.attribute("Id")?.to_owned(), relation))
        };
        Ok(tree.elements().filter_map(relation).collect())
    }

    /// The name of the main part: what the package's own relationships say, else where Word puts it.
    pub(crate) fn main_part(&mut self) -> Result<String, Fault> {
        let tree = self.tree("_rels/.rels")?;
        let found = tree.as_ref().and_then(|tree| {
            let mut all = tree.elements();
            let main = all.find(|element| {
                element
                    .attribute("Type")
                    .is_some_and(|kind| kind.ends_with("/officeDocument"))
            })?;
            main.attribute("Target").map(|target| join("", target))
        });
        Ok(found.unwrap_or_else(|| "word/document.xml".to_owned()))
    }
}

fn broken(error: impl std::fmt::Display) -> Fault {
    Fault::Broken(error.to_string())
}

/// A target from the folder of its part; it can't leave the archive, in which nothing is above.
fn join(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
