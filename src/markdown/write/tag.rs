//! Tags and escapes.

use crate::markdown::link::{self, Class};
use crate::markdown::piece::{Align, Cell};
use std::fmt::Write as _;

/// Escapes text for HTML, attributes included. Control characters, which HTML can't hold, are left out.
pub(in crate::markdown) fn escape(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\n' | b'\t' => continue,
            0..0x20 | 0x7F => "",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

/// An end tag; nothing for an element that isn't written.
pub(super) fn close(html: &mut String, name: &str) {
    if !name.is_empty() {
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
}

/// The start tag of a link.
pub(super) fn link(href: &str) -> String {
    let mut tag = String::from("<a href=\"");
    escape(&mut tag, href);
    let outside = matches!(link::classify(href), Class::Web | Class::Mail);
    tag.push_str(if outside {
        "\" rel=\"noopener noreferrer\">"
    } else {
        "\">"
    });
    tag
}

/// The start tag of a link to a file that is saved and not opened in the site's name.
pub(super) fn download(href: &str) -> String {
    let mut tag = String::from("<a href=\"");
    escape(&mut tag, href);
    tag.push_str("\" download>");
    tag
}

/// The start tag of a link to an article of law.
pub(super) fn law(href: &str) -> String {
    let mut tag = String::from("<a class=\"law\" href=\"");
    escape(&mut tag, href);
    tag.push_str("\">");
    tag
}

/// The start tag of a number that nothing here has, with the words that the style shows behind it.
pub(super) fn unheld(said: &str) -> String {
    let mut tag = String::from("<span class=\"unheld\" data-said=\"");
    escape(&mut tag, said);
    tag.push_str("\">");
    tag
}

pub(super) fn image(html: &mut String, source: &str, alt: &str) {
    html.push_str("<img src=\"");
    escape(html, source);
    html.push_str("\" alt=\"");
    escape(html, alt);
    html.push_str("\" loading=\"lazy\">");
}

/// The attributes of a cell: scope, alignment, spans. `in_head` tells a column's header from a row's.
pub(super) fn cell(html: &mut String, cell: Cell, in_head: bool) {
    if cell.header {
        html.push_str(if in_head { " scope=\"col\"" } else { " scope=\"row\"" });
    }
    match cell.align {
        Align::Unset => {}
        Align::Left => html.push_str(" class=\"left\""),
        Align::Centre => html.push_str(" class=\"centre\""),
        Align::Right => html.push_str(" class=\"right\""),
    }
    // Writing to a string can't fail.
    for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
        if count > 1 {
            let _ = write!(html, " {name}=\"{count}\"");
        }
    }
}

/// The id of a footnote's mark: of the first one, or of a further one by its count.
pub(super) fn mark_id(number: u32, count: u32) -> String {
    match count {
        1 => format!("fnref-{number}"),
        count => format!("fnref-{number}-{count}"),
    }
}
