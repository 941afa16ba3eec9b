//! Where pages stand: file names that every system can hold, and relative links between them.

use crate::office;
use crate::text::normalize::is_dropped;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// A page's path below the site is shorter than this, in UTF-16 units (Windows counts those).
pub(super) const MAX_PATH: usize = 180;

/// Folders may take up this much of a path before the deeper ones are left out.
const MAX_FOLDERS: usize = 110;

/// A name is at most this many bytes of UTF-8: common file systems hold 255, and whoever writes
/// a file aside needs a few for its temporary name.
const MAX_NAME: usize = 200;

/// What the site itself owns at its root; no document's page may be called so, in any case.
const OWN: [&str; 19] = [
    "index.html",
    "404.html",
    "novelty.html",
    "basket.html",
    "verify.html",
    "search",
    "assets",
    "files",
    "lists",
    "laws",
    "people",
    "units",
    "ledger",
    "board",
    "boards",
    "stats",
    "data",
    "feed.xml",
    "sitemap.xml",
];

/// Endings that a folder may not have, lest it take the place of a page, its source or its record.
const FILE_ENDINGS: [&str; 4] = [".html", ".md", ".json", ".txt"];

/// Endings that servers take for pages, programs of their own, or pages in other languages.
const PAGE_ENDINGS: [&str; 32] = [
    "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "js", "mjs", "css", "swf",
    "php", "phtml", "phar", "asp", "aspx", "asa", "ashx", "cer", "jsp", "jspx", "cgi", "pl", "py", "rb", "stm", "shtm",
    "var",
];

/// Device names of Windows, whatever their extension.
const DEVICES: [&str; 10] = [
    "con", "prn", "aux", "nul", "conin$", "conout$", "clock$", "keybd$", "screen$", "config$",
];

/// What a path segment keeps besides letters and digits when it is percent-encoded.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The page file of each id, below the site and not encoded.
///
/// An id that is a safe path as it stands gives that path; any other gives its safe form with a
/// hash of the id, so that a name depends on its own id alone. Only where two names would be the same
/// without regard to case does the one whose id is later in byte order get a hash too.
pub(crate) fn names(ids: &[&str]) -> Vec<String> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&index| ids[index]);
    let mut taken = HashSet::with_capacity(ids.len());
    let mut names = vec![String::new(); ids.len()];
    for index in order {
        let id = ids[index];
        names[index] = first_free(&mut taken, |attempt| page(id, attempt));
    }
    names
}

/// Folder names for values, in their order: `澄溪县人民检察院`; unique without regard to case.
pub(super) fn folders<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    values
        .map(|value| {
            first_free(&mut taken, |attempt| {
                let (safe, changed) = safe_segment(value, false);
                if changed || attempt > 0 || safe.chars().count() > 40 {
                    hashed(&safe, value, attempt, 40)
                } else {
                    safe
                }
            })
        })
        .collect()
}

/// Where attachments stand below their folder, from their paths below the corpus: as these are called, where every
/// system can hold that and no server finds a page's ending within. As with pages, a name depends on its own path
/// alone, and of two that differ in case the later one gets a hash.
pub(crate) fn file_names(paths: &[&str]) -> Vec<String> {
    let mut order: Vec<usize> = (0..paths.len()).collect();
    order.sort_by_key(|&index| paths[index]);
    let mut taken = HashSet::with_capacity(paths.len());
    let mut names = vec![String::new(); paths.len()];
    for index in order {
        names[index] = first_free(&mut taken, |attempt| file(paths[index], attempt));
    }
    names
}

/// A relative link from one page to another, both below the site and not encoded.
pub(crate) fn href(from_page: &str, to_page: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from_page.split('/').collect(), to_page.split('/').collect());
    let common = from
        .iter()
        .zip(&to)
        .take(from.len().min(to.len()) - 1)
        .take_while(|(a, b)| a == b)
        .count();
    let mut link = "../".repeat(from.len() - 1 - common);
    for (at, segment) in to[common..].iter().enumerate() {
        if at > 0 {
            link.push('/');
        }
        link.extend(utf8_percent_encode(segment, SEGMENT));
    }
    link
}

/// A page below the site's root, percent-encoded: the link to it from the root.
pub(crate) fn encoded(page: &str) -> String {
    href("index.html", page)
}

/// The first name that nobody has taken; equal names are those that differ in case alone.
fn first_free(taken: &mut HashSet<String>, candidate: impl Fn(u32) -> String) -> String {
    let mut attempt = 0;
    loop {
        let name = candidate(attempt);
        if taken.insert(folded(&name)) {
            return name;
        }
        attempt += 1;
    }
}

/// A name as a system that ignores case and composition compares it.
fn folded(name: &str) -> String {
    name.to_uppercase().to_lowercase().nfc().collect()
}

/// The page of an id; the second and later attempts are told apart by a hash.
fn page(id: &str, attempt: u32) -> String {
    let parts: Vec<&str> = id.split('/').collect();
    let (file, folders) = parts.split_last().unwrap_or((&"", &[]));
    let mut changed = attempt > 0;
    let mut path = String::new();
    for (at, folder) in folders.iter().enumerate() {
        let (safe, altered) = safe_segment(folder, false);
        let own = at == 0 && is_own(&safe);
        let safe = if own { safe + "_" } else { safe };
        changed |= altered || own;
        if utf16(&path) + utf16(&safe) >= MAX_FOLDERS {
            changed = true;
            break;
        }
        path.push_str(&safe);
        path.push('/');
    }
    let (safe, altered) = safe_segment(file, true);
    changed |= altered || (path.is_empty() && is_own(&format!("{safe}.html")));
    let room = MAX_PATH - 1 - utf16(&path) - ".html".len();
    if changed || utf16(&safe) > room || safe.len() + ".html".len() > MAX_NAME {
        path.push_str(&hashed(&safe, id, attempt, room));
    } else {
        path.push_str(&safe);
    }
    path + ".html"
}

/// Where an attachment stands that no other shares its name with.
pub(crate) fn file_name(path: &str) -> String {
    file(path, 0)
}

/// The place of an attachment; the second and later attempts are told apart by a hash.
fn file(path: &str, attempt: u32) -> String {
    // A server may take what follows these for something else than a name.
    let plain = path.replace([';', '%'], "_");
    let (folders, name) = plain.rsplit_once('/').unwrap_or(("", &plain));
    let mut changed = attempt > 0 || plain != path;
    let mut place = String::new();
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        let (safe, altered) = safe_segment(folder, false);
        changed |= altered;
        if utf16(&place) + utf16(&safe) >= MAX_FOLDERS {
            changed = true;
            break;
        }
        place.push_str(&safe);
        place.push('/');
    }
    let (safe, altered) = safe_segment(name, true);
    let (stem, ending) = safe.rsplit_once('.').unwrap_or((&safe, ""));
    let plain = without_page_endings(stem);
    changed |= altered || plain != stem;
    let room = (MAX_PATH - 1).saturating_sub("files/".len() + utf16(&place) + 1 + utf16(ending));
    if changed || utf16(stem) > room || safe.len() > MAX_NAME {
        place.push_str(&hashed(&plain, path, attempt, room));
        place.push('.');
        place.push_str(ending);
    } else {
        place.push_str(&safe);
    }
    place
}

/// A stem in which no part has the ending of a page or a program: a server that doesn't know the last ending goes by one
/// before it, and so do people who don't see the last.
fn without_page_endings(stem: &str) -> String {
    let mut parts = stem.split('.');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let lower = part.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let acts = PAGE_ENDINGS.contains(&&*lower) || office::is_of_program(&lower);
        plain.push(if acts { '_' } else { '.' });
        plain.push_str(part);
    }
    plain
}

/// Whether a name at the root belongs to the site itself.
fn is_own(name: &str) -> bool {
    let name = folded(name);
    OWN.contains(&name.as_str())
}

/// A path segment that every common system can hold, and whether that is another text than given.
fn safe_segment(segment: &str, is_file: bool) -> (String, bool) {
    let composed: String = segment.nfc().collect();
    // What nobody sees makes two names look alike, or turns the end of one round.
    let seen = composed.chars().filter(|c| !is_dropped(*c));
    let mut safe: String = seen
        .map(|c| {
            if c.is_control() || "\u{2028}\u{2029}\\/:*?\"<>|".contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    safe.truncate(safe.trim_end_matches(is_lost_at_the_end).len());
    let stem = safe.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let lower = safe.to_lowercase();
    // A leading dot hides a file, and servers refuse it.
    if safe.is_empty() || safe.starts_with(['.', ' ']) || is_device(&stem) {
        safe.insert(0, '_');
    }
    if !is_file && FILE_ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        safe.push('_');
    }
    if !is_file {
        safe = cut(&safe, MAX_NAME, MAX_NAME);
    }
    let changed = safe != composed;
    (safe, changed)
}

/// Whether a system or a server may leave a character out at the end of a name.
fn is_lost_at_the_end(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// Whether a name without extension, in lower case, is a device of Windows.
fn is_device(stem: &str) -> bool {
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            rest.chars().count() == 1 && rest.chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c))
        })
    };
    DEVICES.contains(&stem) || numbered("com") || numbered("lpt")
}

/// A name cut to `room` UTF-16 units with a hash of the text that it stands for.
fn hashed(safe: &str, text: &str, attempt: u32, room: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    if attempt > 1 {
        hasher.update(&attempt.to_le_bytes());
    }
    let suffix = format!("-{}", base32(hasher.finalize().as_bytes()));
    cut(
        safe,
        room.min(MAX_NAME) - suffix.len(),
        MAX_NAME - ".html".len() - suffix.len(),
    ) + &suffix
}

/// The longest beginning of a name within so many UTF-16 units and bytes that doesn't end in a dot or a blank.
fn cut(name: &str, units: usize, bytes: usize) -> String {
    let mut end = 0;
    let mut used = 0;
    for (at, c) in name.char_indices() {
        used += c.len_utf16();
        if used > units || at + c.len_utf8() > bytes {
            break;
        }
        end = at + c.len_utf8();
    }
    name[..end].trim_end_matches(is_lost_at_the_end).to_owned()
}

/// Eight characters for the first 40 bits of a hash.
fn base32(hash: &[u8; 32]) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = hash[..5].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    (0..8)
        .rev()
        .map(|at| char::from(DIGITS[(bits >> (5 * at) & 31) as usize]))
        .collect()
}

/// Length in UTF-16 units.
fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
#[path = "tests/names.rs"]
mod tests;
