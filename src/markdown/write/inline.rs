//! Text, its markup, links, images, footnote marks and task boxes.

use super::tag::{self, close};
use super::{Open, Pending, Writer};
use crate::markdown::anchor::Anchors;
use crate::markdown::link::{self, Class};
use crate::markdown::piece::{Element, Reference};
use crate::markdown::report::Finding;
use crate::markdown::{Target, glyph};
use std::fmt::Write as _;

/// Inline elements within inline elements that are written; the text of deeper ones is kept.
const DEEPEST: usize = 32;

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str) {
        if self.block.as_ref().is_some_and(|block| block.preformatted) {
            self.write_inlines();
            return self.push_preformatted(text);
        }
        // The indentation of a Chinese paragraph is the style sheet's matter.
        let fresh = self.block.as_ref().is_none_or(|block| block.text.is_empty());
        let text = if fresh { text.trim_start() } else { text };
        if !text.is_empty() {
            self.begin_text(text);
            self.push(text);
        }
    }

    /// Makes ready for text that begins thus: a block, the break before it, the inline elements around it.
    fn begin_text(&mut self, text: &str) {
        self.begin_block();
        if let Some(block) = &mut self.block {
            match std::mem::replace(&mut self.pending, Pending::Nothing) {
                Pending::Space if !block.text.ends_with([' ', '\n']) && !glyph::joins(&block.text, text) => {
                    if !block.text.is_empty() {
                        block.text.push(' ');
                    }
                    self.out.html.push('\n');
                }
                Pending::Break => {
                    block.text.truncate(block.text.trim_end_matches(' ').len());
                    if !block.text.is_empty() {
                        block.text.push('\n');
                    }
                    self.out.html.push_str("<br>\n");
                }
                _ => {}
            }
        }
        self.write_inlines();
    }

    fn write_inlines(&mut self) {
        while let Some(open) = self.inlines.get(self.written) {
            self.out.html.push_str(&open.tag);
            self.written += 1;
        }
    }

    /// Writes text to both sides. White space runs together, and control characters are left out.
    fn push(&mut self, text: &str) {
        let may_link = text.contains(['条', '條', '号', '號']) && self.may_link();
        let Some(block) = &mut self.block else { return };
        let html = &mut self.out.html;
        block.text.reserve(text.len());
        let bytes = text.as_bytes();
        let mut from = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            let (escaped, shown) = match byte {
                b'&' => ("&amp;", "&"),
                b'<' => ("&lt;", "<"),
                b'>' => ("&gt;", ">"),
                b' ' | b'\t' | b'\n' | b'\r' | 0x0C => {
                    // What stands before: in this run of ordinary bytes, or written already.
                    let before = if at > from {
                        bytes.get(at - 1)
                    } else {
                        block.text.as_bytes().last()
                    };
                    match before {
                        Some(b' ' | b'\n') => ("", ""),
                        _ if byte == b' ' => continue,
                        _ => (" ", " "),
                    }
                }
                0..0x20 | 0x7F => ("", ""),
                _ => continue,
            };
            block.push_as_it_stands(html, &text[from..at], may_link);
            html.push_str(escaped);
            block.text.push_str(shown);
            from = at + 1;
        }
        block.push_as_it_stands(html, &text[from..], may_link);
    }

    /// Writes text whose white space is kept.
    fn push_preformatted(&mut self, text: &str) {
        let Some(block) = &mut self.block else { return };
        tag::escape(&mut self.out.html, text);
        block.text.extend(
            text.chars()
                .filter(|&letter| matches!(letter, '\n' | '\t') || !letter.is_ascii_control()),
        );
    }

    pub(super) fn pend(&mut self, pending: Pending) {
        match &self.block {
            Some(block) if block.preformatted => self.text("\n"),
            Some(_) if self.pending != Pending::Break => self.pending = pending,
            _ => {}
        }
    }

    pub(super) fn open_inline(&mut self, element: Element) {
        let name = if self.inlines.len() < DEEPEST {
            element.name()
        } else {
            ""
        };
        let tag = if name.is_empty() {
            String::new()
        } else {
            format!("<{name}>")
        };
        self.inlines.push(Open { name, tag, link: false });
    }

    pub(super) fn close_inline(&mut self) {
        let Some(open) = self.inlines.pop() else { return };
        self.in_link &= !open.link;
        if self.written > self.inlines.len() {
            self.written = self.inlines.len();
            close(&mut self.out.html, open.name);
        }
    }

    pub(super) fn open_link(&mut self, reference: &Reference<'_>) {
        let tag = if self.in_link { None } else { self.link_tag(reference) };
        let open = match tag.filter(|_| self.inlines.len() < DEEPEST) {
            Some(tag) => Open {
                name: "a",
                tag,
                link: true,
            },
            None => Open {
                name: "",
                tag: String::new(),
                link: false,
            },
        };
        self.in_link |= open.link;
        self.inlines.push(open);
    }

    /// A link without a text shows the name of what it leads to; one that leads nowhere shows nothing.
    pub(super) fn nameless_link(&mut self, reference: &Reference<'_>) {
        self.open_link(reference);
        if self.inlines.last().is_some_and(|open| open.link) {
            let target = reference.target.as_ref();
            let name = match link::classify(target) {
                Class::Relative => target.rsplit('/').next().unwrap_or(target),
                _ => target.trim_start_matches('#'),
            };
            self.text(name);
        }
    }

    /// The start tag of a link, or `None` with a finding where it leads nowhere that a page may name.
    fn link_tag(&mut self, reference: &Reference<'_>) -> Option<String> {
        let target = reference.target.as_ref();
        let href = match link::classify(target) {
            Class::Here(fragment) => self.heading_id(&fragment).map(|id| format!("#{id}")),
            Class::Relative => match self.context.resolver.resolve(target) {
                Target::Href(href) if link::is_safe(&href) => Some(href),
                Target::File(href) if link::is_safe(&href) => return Some(tag::download(&href)),
                Target::Excluded => {
                    self.report.add(Finding::ExcludedFile, reference);
                    return None;
                }
                Target::Top(href) if link::is_safe(&href) => {
                    self.report.add(Finding::DeadFragment, reference);
                    Some(href)
                }
                _ => None,
            },
            Class::Web | Class::Mail => Some(target.trim().to_owned()),
            Class::Refused => {
                self.report.add(Finding::RefusedLink, reference);
                return None;
            }
        };
        if href.is_none() {
            self.report.add(Finding::DeadLink, reference);
        }
        href.map(|href| tag::link(&href))
    }

    /// The id of the heading that a fragment names: by the id itself, or by the heading's text.
    fn heading_id(&self, fragment: &str) -> Option<String> {
        if self.heading_ids.contains(fragment) {
            return Some(fragment.to_owned());
        }
        Some(Anchors::default().heading(fragment)).filter(|id| self.heading_ids.contains(id))
    }

    /// The address of an image that a page may load, or `None` with a finding.
    fn source(&mut self, reference: &Reference<'_>) -> Option<String> {
        let finding = match link::classify(&reference.target) {
            Class::Relative => match self.context.resolver.resolve(&reference.target) {
                Target::Href(href) | Target::File(href) if link::classify(&href) == Class::Relative => {
                    return Some(href);
                }
                Target::Excluded => Finding::ExcludedFile,
                _ => Finding::DeadImage,
            },
            Class::Web => Finding::ExternalImage,
            _ => Finding::RefusedLink,
        };
        self.report.add(finding, reference);
        None
    }

    pub(super) fn image(&mut self, reference: &Reference<'_>) {
        match self.source(reference) {
            Some(source) => {
                self.begin_text("");
                self.describe("");
                tag::image(&mut self.out.html, &source, &reference.alt);
            }
            None => self.describe(&reference.alt),
        }
    }

    /// An image that is a paragraph: with its description below it.
    pub(super) fn figure(&mut self, reference: &Reference<'_>) {
        self.end_block();
        if let Some(source) = self.source(reference) {
            self.out.html.push_str("<figure>");
            tag::image(&mut self.out.html, &source, reference.alt.trim());
            if !reference.alt.trim().is_empty() {
                self.open_own("figcaption", None, false);
                self.describe(&reference.alt);
                self.end_block();
            }
            self.out.html.push_str("</figure>\n");
        } else {
            self.paragraph = true;
            self.describe(&reference.alt);
            self.end_block();
        }
    }

    /// A footnote's mark: no text, and nothing that parts the text around it.
    pub(super) fn mark(&mut self, number: u32) {
        self.begin_block();
        let at = number as usize;
        if self.marks.len() <= at {
            self.marks.resize(at + 1, (None, 0));
        }
        let (section, count) = &mut self.marks[at];
        if *count == 0 {
            *section = self.section;
        }
        *count += 1;
        let id = tag::mark_id(number, *count);
        let html = &mut self.out.html;
        // A link in a link would be no HTML. Writing to a string can't fail.
        let _ = if self.in_link {
            write!(html, "<sup class=\"footnote-mark\" id=\"{id}\">{number}</sup>")
        } else {
            write!(
                html,
                "<sup class=\"footnote-mark\" id=\"{id}\"><a href=\"#fn-{number}\">{number}</a></sup>"
            )
        };
    }

    /// The way back from a footnote to its first mark.
    pub(super) fn back_link(&mut self, number: u32) {
        if self.marks.get(number as usize).is_some_and(|(_, count)| *count > 0) {
            let id = tag::mark_id(number, 1);
            let _ = write!(self.out.html, "<a class=\"footnote-back\" href=\"#{id}\">↑</a>");
        }
    }

    /// How the characters before it are read: on the page, but no text of it.
    pub(super) fn reading(&mut self, text: &str) {
        let in_ruby = self.inlines[..self.written].iter().any(|open| open.name == "ruby");
        if in_ruby && self.block.is_some() {
            self.out.html.push_str("<rt>");
            tag::escape(&mut self.out.html, text);
            self.out.html.push_str("</rt>");
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        self.begin_block();
        let checked = if done { " checked" } else { "" };
        let _ = write!(self.out.html, "<input type=\"checkbox\" disabled{checked}> ");
    }
}
