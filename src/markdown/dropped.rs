//! What of the HTML that an author wrote no page shows, so that the author is told.

use super::piece::Piece;
use super::report::{Finding, Report};
use super::tags::{self, Tag};
use std::ops::Range;

/// Elements that are left out with all that stands in them.
pub(super) const EMPTIED: [&str; 19] = [
    "script", "style", "iframe", "object", "template", "noscript", "noembed", "noframes", "svg", "math", "canvas",
    "video", "audio", "select", "title", "head", "datalist", "dialog", "rtc",
];

/// The elements of HTML, old ones among them, by the first letters of their names.
const ELEMENTS: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink \
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir \
    div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup \
    hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr \
    noframes noscript object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp script \
    search section select slot small source span strike strong style sub summary sup svg table tbody td template \
    textarea tfoot th thead time title tr track tt u ul var video wbr xmp ";

/// Longest text of a tag that a message quotes, in characters.
const QUOTED: usize = 60;

/// Reports each element that is left out and says something, tags that HTML doesn't have, titles, and tags that don't
/// end.
pub(super) fn tell(pieces: &[Piece<'_>], report: &mut Report) {
    let mut open: Option<Emptied> = None;
    for piece in pieces {
        match (piece, &mut open) {
            (Piece::Raw(raw, span), _) => raw_html(raw, span, &mut open, report),
            (Piece::Text(text), Some(emptied)) => emptied.says |= !text.trim().is_empty(),
            _ => {}
        }
    }
    if let Some(emptied) = open {
        emptied.tell(report);
    }
    tell_swallowing(pieces, report);
}

/// Reports an element that hides what stands in it, and a reading of ruby, that doesn't end: it takes with it what
/// follows.
fn tell_swallowing(pieces: &[Piece<'_>], report: &mut Report) {
    let mut open: Option<Swallowing> = None;
    for piece in pieces {
        let Piece::Raw(raw, span) = piece else { continue };
        for tag in tags::tags(raw) {
            let is_end = open.as_mut().is_some_and(|element| element.ends(&tag));
            match open {
                Some(_) if is_end => open = None,
                None if swallows(&tag) => {
                    open = Some(Swallowing {
                        written: quoted(&raw[tag.span.clone()]),
                        name: tag.name,
                        depth: 1,
                        place: span.clone(),
                    });
                }
                _ => {}
            }
        }
    }
    if let Some(element) = open {
        report.push(Finding::UnclosedHtml, element.written, Some(element.place));
    }
}

/// An open element whose text a page hides.
struct Swallowing {
    name: String,
    written: String,
    depth: usize,
    place: Range<usize>,
}

impl Swallowing {
    /// Whether a tag ends it; another reading ends one, too.
    fn ends(&mut self, tag: &Tag<'_>) -> bool {
        let ruby = READINGS.contains(&self.name.as_str());
        if ruby && (tag.name == "ruby" || READINGS.contains(&tag.name.as_str())) {
            return tag.end || tag.name != self.name;
        }
        if tag.name == self.name {
            self.depth = if tag.end { self.depth - 1 } else { self.depth + 1 };
        }
        self.depth == 0
    }
}

/// Parts of ruby that are no text.
const READINGS: [&str; 2] = ["rt", "rp"];

/// Elements that HTML ends by itself, or that hold nothing.
const ENDED: [&str; 16] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "wbr", "meta", "link", "col",
];

/// Whether a tag begins an element whose text isn't shown as text.
fn swallows(tag: &Tag<'_>) -> bool {
    let hidden = || {
        let style = tags::attribute(tag.attributes, "style").unwrap_or_default();
        let style: String = style.to_ascii_lowercase().split_whitespace().collect();
        tags::attribute(tag.attributes, "hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
    };
    let name = tag.name.as_str();
    !tag.end && !ENDED.contains(&name) && !EMPTIED.contains(&name) && (READINGS.contains(&name) || hidden())
}

/// An open element that is left out.
struct Emptied {
    name: String,
    place: Range<usize>,
    says: bool,
}

impl Emptied {
    fn tell(self, report: &mut Report) {
        if self.says {
            report.push(Finding::DroppedHtml, self.name, Some(self.place));
        }
    }
}

fn raw_html(raw: &str, span: &Range<usize>, open: &mut Option<Emptied>, report: &mut Report) {
    let mut at = 0;
    for tag in tags::tags(raw) {
        if let Some(mut emptied) = open.take() {
            emptied.says |= !raw[at..tag.span.start].trim().is_empty();
            if tag.end && tag.name == emptied.name {
                emptied.tell(report);
            } else {
                *open = Some(emptied);
            }
        } else {
            shown_tag(&tag, &raw[tag.span.clone()], span, report);
            *open = (!tag.end && EMPTIED.contains(&tag.name.as_str())).then(|| Emptied {
                name: tag.name.clone(),
                place: span.clone(),
                says: false,
            });
        }
        at = tag.span.end;
    }
    match open {
        Some(emptied) => emptied.says |= !raw[at..].trim().is_empty(),
        None => {
            if let Some(start) = unended(raw) {
                report.push(Finding::UnendedTag, quoted(&raw[start..]), Some(span.clone()));
            }
        }
    }
}

/// Reports a tag that HTML doesn't have, and the title of one that it has.
fn shown_tag(tag: &Tag<'_>, written: &str, span: &Range<usize>, report: &mut Report) {
    // `<o:p>` is Word's own and means nothing.
    let foreign = tag.attributes.starts_with(':');
    if !foreign && !tag.end && !ELEMENTS.contains(&format!(" {} ", tag.name)) {
        report.push(Finding::UnknownElement, quoted(written), Some(span.clone()));
    }
    let title = tags::attribute(tag.attributes, "title").filter(|title| !title.trim().is_empty());
    if let Some(title) = title {
        report.push(Finding::LinkTitle, title, Some(span.clone()));
    }
}

/// Where the tag begins that doesn't end in a piece of raw HTML: a browser would take all that follows for its
/// attributes. Not that of an element which is left out.
pub(super) fn unended(raw: &str) -> Option<usize> {
    let last = tags::tags(raw).last();
    let from = last.as_ref().map_or(0, |tag| tag.span.end);
    let begins = |rest: &str| {
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length = name
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
            .count();
        name.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && !EMPTIED.contains(&name[..length].to_ascii_lowercase().as_str())
    };
    let found = raw[from..]
        .match_indices('<')
        .find(|(at, _)| begins(&raw[from + at + 1..]))?;
    let emptied = last.is_some_and(|tag| !tag.end && EMPTIED.contains(&tag.name.as_str()));
    (!emptied).then_some(from + found.0)
}

/// The beginning of what a message quotes, on one line.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
