//! What stands beside the pages: properties, comments, forms, links, bookmarks, files within the file.

use super::{DEEPEST, LARGEST};
use crate::office::block::{Document, Loss};
use crate::office::held::Held;
use crate::office::line::Place;
use crate::office::room::{kept, made};
use crate::office::{Budget, Fault, guard, properties, xml};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use lopdf::{Dictionary, Object};

/// Entries of a tree or list that are read at most.
const MOST: usize = 20_000;

/// Gathers it.
///
/// # Errors
/// [`Fault::TooLarge`] where it takes more room or time than there is.
pub(super) fn read(file: &lopdf::Document, document: &mut Document, budget: &Budget) -> Result<(), Fault> {
    let info = file.trailer.get_deref(b"Info", file).and_then(Object::as_dict);
    for (name, value) in info.into_iter().flat_map(Dictionary::iter) {
        const TECHNICAL: [&[u8]; 5] = [b"CreationDate", b"ModDate", b"Producer", b"Creator", b"Trapped"];
        let name = name.as_slice();
        if !TECHNICAL.contains(&name) {
            let place = Place::Property(String::from_utf8_lossy(name).into_owned());
            document.say_aside(words(file, value)?, place);
        }
    }
    for page in file.page_iter() {
        let page = file.get_dictionary(page);
        let annotations = page
            .and_then(|page| page.get_deref(b"Annots", file))
            .and_then(Object::as_array);
        for annotation in annotations.into_iter().flatten().take(MOST) {
            if let Ok((_, Object::Dictionary(annotation))) = file.dereference(annotation) {
                self::annotation(file, annotation, document)?;
            }
        }
    }
    let Ok(catalog) = file.catalog() else { return Ok(()) };
    let mut left = MOST;
    if let Ok(outlines) = catalog.get_deref(b"Outlines", file).and_then(Object::as_dict) {
        bookmarks(file, outlines, 0, &mut left, document)?;
    }
    let mut tree = Tree {
        file,
        left: MOST,
        document,
    };
    for (root, below, said) in TREES {
        if let Ok(root) = catalog.get(root) {
            tree.say(root, below, said, 0)?;
        }
    }
    if let Ok(Object::Stream(packet)) = catalog.get_deref(b"Metadata", file) {
        metadata(packet, document, budget)?;
    }
    let files = catalog.get_deref(b"Names", file).and_then(Object::as_dict);
    let files = files
        .and_then(|names| names.get_deref(b"EmbeddedFiles", file))
        .and_then(Object::as_dict);
    match files {
        Ok(files) => embedded(file, files, 0, &mut left, document),
        Err(_) => Ok(()),
    }
}

/// A key of a dictionary.
type Name = &'static [u8];

/// Trees of the catalogue: where they begin, the keys under which they go on, and those under which they say something.
/// Forms have their fields in one, tagged files what stands for a picture; layers and files within the file have names.
const TREES: [(Name, &[Name], &[Name]); 4] = [
    (b"AcroForm", &[b"Fields", b"Kids"], &[b"T", b"TU", b"TM", b"V", b"DV"]),
    (b"StructTreeRoot", &[b"K"], &[b"Alt", b"ActualText", b"E", b"T"]),
    (b"OCProperties", &[b"OCGs"], &[b"Name"]),
    (
        b"Names",
        &[b"EmbeddedFiles", b"Kids", b"Names"],
        &[b"Desc", b"F", b"UF"],
    ),
];

/// A walk through a tree.
struct Tree<'a> {
    file: &'a lopdf::Document,
    left: usize,
    document: &'a mut Document,
}

impl Tree<'_> {
    fn say(&mut self, object: &Object, below: &[&[u8]], said: &[&[u8]], depth: usize) -> Result<(), Fault> {
        if depth > DEEPEST || self.left == 0 {
            return Ok(());
        }
        self.left -= 1;
        match self.file.dereference(object) {
            Ok((_, Object::Array(all))) => {
                // What there is no place left for needs no look.
                for one in all.iter().take(self.left) {
                    self.say(one, below, said, depth + 1)?;
                }
            }
            Ok((_, Object::Dictionary(node))) => {
                for value in said.iter().filter_map(|name| node.get(name).ok()) {
                    self.document.say_aside(words(self.file, value)?, Place::Held);
                }
                for inner in below.iter().filter_map(|name| node.get(name).ok()) {
                    self.say(inner, below, said, depth + 1)?;
                }
            }
            Ok((_, text @ Object::String(..))) => self.document.say_aside(words(self.file, text)?, Place::Held),
            _ => {}
        }
        Ok(())
    }
}

/// The properties that a file has in XML (XMP).
fn metadata(packet: &lopdf::Stream, document: &mut Document, budget: &Budget) -> Result<(), Fault> {
    let content = packet.get_plain_content_with_limit(LARGEST);
    let content = content.unwrap_or_else(|_| packet.content.clone());
    let text = String::from_utf8_lossy(&content);
    let tree = match xml::parse(&text, "Metadata", budget) {
        Ok(tree) => tree,
        Err(Fault::TooLarge) => return Err(Fault::TooLarge),
        Err(_) => {
            document.unread.push("Metadata".to_owned());
            return Ok(());
        }
    };
    let mut held = Held::default();
    held.take_tree(&tree);
    let lines = properties::lines(&tree).into_iter().chain(held.lines());
    document.aside.extend(lines);
    Ok(())
}

/// A text, which is in UTF-16 or in one byte a letter.
///
/// # Errors
/// [`Fault::TooLarge`] where there is no room for it, as one text may be named over and over.
fn words(file: &lopdf::Document, object: &Object) -> Result<String, Fault> {
    let Ok((_, Object::String(bytes, _))) = file.dereference(object) else {
        return Ok(String::new());
    };
    guard::step()?;
    kept(bytes.len())?;
    let text = match bytes.as_slice() {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        // Programs of offices write the bytes of their own encoding.
        bytes => match crate::corpus::decode::decode(bytes.to_vec()) {
            Ok(decoded) => decoded.text.into(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    Ok(text.replace(['\r', '\n', '\0'], " ").trim().to_owned())
}

fn annotation(file: &lopdf::Document, annotation: &Dictionary, document: &mut Document) -> Result<(), Fault> {
    let text = |dictionary: &Dictionary, name: &[u8]| match dictionary.get(name) {
        Ok(value) => words(file, value),
        Err(_) => Ok(String::new()),
    };
    let kind = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    let action = annotation.get_deref(b"A", file).and_then(Object::as_dict);
    if let Ok(action) = action {
        document.say_aside(text(action, b"URI")?, Place::Link);
    }
    if matches!(kind, b"Link" | b"Popup") {
        return Ok(());
    }
    let mut told = Vec::new();
    for name in [&b"Contents"[..], b"RC", b"V", b"TU"] {
        told.push(text(annotation, name)?);
    }
    told.retain(|it| !it.is_empty());
    document.lose_all(Loss::Comment, usize::from(!told.is_empty()));
    let by = if kind == b"Widget" {
        String::new()
    } else {
        text(annotation, b"T")?
    };
    for text in told.into_iter().chain([by]) {
        document.say_aside(text, Place::Comment);
    }
    if kind == b"FileAttachment" {
        document.unread.push("FileAttachment".to_owned());
    }
    Ok(())
}

fn bookmarks(
    file: &lopdf::Document,
    parent: &Dictionary,
    depth: usize,
    left: &mut usize,
    document: &mut Document,
) -> Result<(), Fault> {
    if depth > DEEPEST {
        return Ok(());
    }
    let mut at = parent.get_deref(b"First", file).and_then(Object::as_dict).ok();
    while let Some(bookmark) = at {
        if *left == 0 {
            return Ok(());
        }
        *left -= 1;
        if let Ok(title) = bookmark.get(b"Title") {
            document.say_aside(words(file, title)?, Place::Hidden);
        }
        bookmarks(file, bookmark, depth + 1, left, document)?;
        at = bookmark.get_deref(b"Next", file).and_then(Object::as_dict).ok();
    }
    Ok(())
}

/// The names of files within the file.
fn embedded(
    file: &lopdf::Document,
    node: &Dictionary,
    depth: usize,
    left: &mut usize,
    document: &mut Document,
) -> Result<(), Fault> {
    if depth > DEEPEST || *left == 0 {
        return Ok(());
    }
    *left -= 1;
    let list = |name: &[u8]| node.get_deref(name, file).and_then(Object::as_array).ok();
    for pair in list(b"Names").into_iter().flat_map(|names| names.chunks_exact(2)) {
        made(0)?;
        document.unread.push(words(file, &pair[0])?);
    }
    for kid in list(b"Kids").into_iter().flatten().take(*left) {
        if let Ok((_, Object::Dictionary(kid))) = file.dereference(kid) {
            embedded(file, kid, depth + 1, left, document)?;
        }
    }
    Ok(())
}
