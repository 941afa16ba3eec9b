//! PDF files with a text layer. `lopdf` opens them (objects, filters, passwords that are empty); what they say is read
//! here.
//!
//! `open` opens a file whose objects find room, by what `cost` says they take; `content` follows what a page draws,
//! `font` and `cmap` say what its codes mean, `layout` makes paragraphs of it, and `aside` gathers properties, comments
//! and bookmarks. Everything runs guarded: a panic of the library is a fault of the file.

mod aside;
mod cmap;
mod content;
mod cost;
mod font;
mod open;

#[cfg(test)]
mod tests;

use super::block::{Document, Loss};
use super::layout::{self, Page, Piece};
use super::line::Place;
use super::{Budget, Fault, guard, room};
use content::Drawing;
use lopdf::{Object, ObjectId};
use std::collections::BTreeSet;

/// Bytes of one stream, unpacked.
const LARGEST: usize = 32 << 20;
/// Bytes of what all pages draw.
const LARGEST_OF_ALL: usize = 256 << 20;
/// Bytes of what one page draws: an operation takes some thirty times its bytes.
const LARGEST_PAGE: usize = 6 << 20;
/// Pieces of text of all pages.
const MOST_PIECES: usize = 1_000_000;
/// Streams of a page at most.
const MOST_STREAMS: usize = 100_000;
/// Pages that are read at most.
const MOST_PAGES: usize = 5_000;
/// Lines and areas that a page may draw besides its text: frames, a background. Letters that are drawn are more.
const LINES: usize = 20;
/// Objects above each other in a tree.
const DEEPEST: usize = 50;

/// Reads a PDF file.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    let bytes = bytes.to_vec();
    budget.apart("pdf", move |budget| read_unguarded(&bytes, budget))
}

fn read_unguarded(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    let file = open::file(bytes)?;
    guard::in_time()?;
    let mut document = Document::default();
    let mut pages = Vec::new();
    let (mut left, mut pieces) = (LARGEST_OF_ALL, 0);
    let unseen = unseen_layers(&file);
    for id in file.page_iter() {
        if pages.len() >= MOST_PAGES {
            return Err(Fault::TooLarge);
        }
        guard::in_time()?;
        let read = page(&file, id, &unseen, &mut left, &mut document)?;
        pieces += read.iter().map(|page| page.pieces.len()).sum::<usize>();
        if pieces > MOST_PIECES {
            return Err(Fault::TooLarge);
        }
        pages.extend(read);
    }
    layout::arrange(pages, &mut document);
    aside::read(&file, &mut document, budget)?;
    Ok(document)
}

fn page(
    file: &lopdf::Document,
    id: ObjectId,
    unseen: &BTreeSet<ObjectId>,
    left: &mut usize,
    document: &mut Document,
) -> Result<Vec<Page>, Fault> {
    if file.get_page_contents(id).len() > MOST_STREAMS {
        return Err(Fault::TooLarge);
    }
    let content = file
        .get_page_content_with_limit(id, LARGEST_PAGE)
        .map_err(|error| Fault::Broken(error.to_string()))?;
    *left = left.checked_sub(content.len()).ok_or(Fault::TooLarge)?;
    let [x, y, right, top] = media_box(file, id);
    let mut drawing = Drawing::new(file, unseen, left);
    let resources = file.get_page_resources(id).ok();
    let own = resources.as_ref().and_then(|(own, _)| *own);
    let named = resources.iter().flat_map(|(_, ids)| ids);
    let named = named.filter_map(|id| file.get_dictionary(*id).ok());
    let all = own.into_iter().chain(named).collect();
    drawing.draw(&content, all, 0)?;
    // The next page has fonts of its own.
    room::give(drawing.of_fonts);
    document.lose_all(Loss::Picture, drawing.pictures);
    document.lose_all(Loss::Symbol, drawing.unknown);
    document.lose_all(Loss::Object, drawing.broken);
    let drawn = drawing.pictures > 0 || drawing.broken > 0 || drawing.paths > LINES;
    // The text that a scanner's program recognised lies unseen on its picture: it is what the page shows.
    let recognised = drawing.pieces.iter().all(Vec::is_empty);
    let mut hidden = drawing.hidden;
    let pieces = if recognised {
        drawing.invisible
    } else {
        let invisible = drawing.invisible.into_iter().flatten();
        hidden.extend(invisible.map(|piece| piece.text));
        drawing.pieces
    };
    if !hidden.is_empty() {
        document.lose(Loss::Hidden);
        document.say_aside(hidden.concat(), Place::Hidden);
    }
    let mut pages = placed(pieces, [x, y, right, top], document);
    pages.iter_mut().for_each(|page| page.drawn = drawn);
    Ok(pages)
}

/// Pieces with their places from the left and the top of the sheet; what runs another way is read as a page that was
/// turned.
fn placed(pieces: [Vec<Piece>; 4], [x, y, right, top]: [f32; 4], document: &mut Document) -> Vec<Page> {
    let mut pages = Vec::new();
    for (turn, mut pieces) in pieces.into_iter().enumerate() {
        if pieces.is_empty() && turn > 0 {
            continue;
        }
        let (left, upper, width) = if turn == 0 {
            (x, top, right - x)
        } else {
            (0.0, 0.0, top - y)
        };
        for piece in &mut pieces {
            piece.left -= left;
            piece.right -= left;
            piece.base = upper - piece.base;
        }
        let outside = |piece: &mut Piece| turn == 0 && !(-1.0..=top - y + 1.0).contains(&piece.base);
        for piece in pieces.extract_if(.., outside) {
            document.lose(Loss::Hidden);
            document.say_aside(piece.text, Place::Hidden);
        }
        pages.push(Page {
            pieces,
            scale: 2.0,
            width,
            drawn: false,
        });
    }
    // A page whose text runs another way isn't empty.
    if pages.len() > 1 && pages[0].pieces.is_empty() {
        pages.remove(0);
    }
    pages
}

/// The sheet that a page is printed on, which its folder may have for it.
fn media_box(file: &lopdf::Document, id: ObjectId) -> [f32; 4] {
    let mut at = file.get_dictionary(id).ok();
    for _ in 0..DEEPEST {
        let Some(node) = at else { break };
        for name in [&b"CropBox"[..], b"MediaBox"] {
            let found = node.get_deref(name, file).and_then(Object::as_array);
            let numbers: Vec<f32> = found
                .map(|all| all.iter().filter_map(|side| side.as_float().ok()).collect())
                .unwrap_or_default();
            if let Ok([x, y, right, top]) = <[f32; 4]>::try_from(numbers) {
                return [x.min(right), y.min(top), x.max(right), y.max(top)];
            }
        }
        at = node.get_deref(b"Parent", file).and_then(Object::as_dict).ok();
    }
    [0.0, 0.0, 595.0, 842.0]
}

/// Layers that programs don't show.
fn unseen_layers(file: &lopdf::Document) -> BTreeSet<ObjectId> {
    let default = file
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"OCProperties", file))
        .and_then(Object::as_dict)
        .and_then(|layers| layers.get_deref(b"D", file))
        .and_then(Object::as_dict);
    let off = default
        .and_then(|default| default.get_deref(b"OFF", file))
        .and_then(Object::as_array);
    let ids = off.into_iter().flatten().filter_map(|layer| layer.as_reference().ok());
    ids.collect()
}
