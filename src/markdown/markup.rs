//! What an author wrote as HTML, in its order: text, tags, and what no reader sees.

use super::comment;
use super::tags::{self, Tag};
use crate::text::Traced;
use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// A part of some HTML.
pub(super) enum Markup<'a> {
    /// Text, its entities as they are written.
    Text,
    /// A tag.
    Tag(Tag<'a>),
    /// A comment, CDATA, a declaration or an instruction.
    Silent,
}

/// What begins and ends in HTML without being shown.
const SILENT: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")];

/// Elements whose content isn't text of the page, the readings of ruby among them.
const UNSEEN: [&str; 20] = [
    "noembed", "noframes", "video", "audio", "canvas", "script", "style", "iframe", "object", "template", "noscript",
    "svg", "math", "select", "title", "head", "datalist", "dialog", "rt", "rp",
];
/// Elements that hold nothing.
const EMPTY: [&str; 13] = [
    "br", "hr", "img", "input", "col", "wbr", "meta", "link", "base", "source", "area", "embed", "track",
];

/// The parts of some HTML, in order.
pub(super) fn parts(html: &str) -> Vec<(Markup<'_>, Range<usize>)> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(start) = html[at..].find('<').map(|offset| at + offset) {
        let rest = &html[start..];
        let silent = SILENT.iter().find(|(open, _)| rest.starts_with(open));
        let (part, end) = match silent {
            Some((open, close)) => {
                let end = rest[open.len()..].find(close);
                (
                    Markup::Silent,
                    end.map_or(html.len(), |end| start + open.len() + end + close.len()),
                )
            }
            None => match tags::tags(rest).next().filter(|tag| tag.span.start == 0) {
                Some(tag) => {
                    let end = start + tag.span.end;
                    (Markup::Tag(tag), end)
                }
                None => {
                    at = start + 1;
                    continue;
                }
            },
        };
        if start > from {
            parts.push((Markup::Text, from..start));
        }
        parts.push((part, start..end));
        (from, at) = (end, end);
    }
    if from < html.len() {
        parts.push((Markup::Text, from..html.len()));
    }
    parts
}

/// HTML without what no reader sees: comments, CDATA, declarations and instructions.
pub(super) fn without_silent(html: &str) -> String {
    let shown = parts(html)
        .into_iter()
        .filter(|(part, _)| !matches!(part, Markup::Silent));
    shown.map(|(_, span)| &html[span]).collect()
}

/// Whether an element holds nothing. A slash at the end of its tag says so of a drawing or a formula alone.
pub(super) fn is_empty(tag: &Tag<'_>) -> bool {
    let name = tag.name.as_str();
    EMPTY.contains(&name) || (matches!(name, "svg" | "math") && tag.attributes.trim_end().ends_with('/'))
}

/// Whether the content of an element isn't shown.
pub(super) fn hides(tag: &Tag<'_>) -> bool {
    UNSEEN.contains(&tag.name.as_str()) || is_veiled(tag.attributes)
}

/// Whether attributes hide an element.
pub(super) fn is_veiled(attributes: &str) -> bool {
    tags::attribute(attributes, "hidden").is_some()
        || tags::attribute(attributes, "style").is_some_and(|style| hides_by_style(&style))
        || tags::attribute(attributes, "class").is_some_and(|names| hides_by_class(&names))
        || tags::attribute(attributes, "type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("hidden"))
}

/// Class names that hide in the style sheets that are in common use: a page has no others' styles, but its author meant it.
fn hides_by_class(names: &str) -> bool {
    const HIDING: [&str; 7] = [
        "hidden",
        "d-none",
        "hide",
        "invisible",
        "sr-only",
        "visually-hidden",
        "display-none",
    ];
    names
        .split_whitespace()
        .any(|name| HIDING.contains(&&*name.to_lowercase()))
}

/// A style without its comments, escapes and blanks.
fn plain(style: &str) -> String {
    let mut rest = style;
    let mut plain = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let shown = unescaped(&plain);
    shown
        .chars()
        .filter(|it| !it.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A style with its escapes resolved: `\64isplay`, `\000064 isplay` and `d\isplay` are `display`.
fn unescaped(style: &str) -> String {
    let mut parts = style.split('\\');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let character = u32::from_str_radix(&part[..digits], 16).ok().and_then(char::from_u32);
        match character {
            Some(character) => {
                text.push(character);
                let rest = &part[digits..];
                text.push_str(rest.strip_prefix(char::is_whitespace).unwrap_or(rest));
            }
            None => text.push_str(part),
        }
    }
    text
}

/// Whether a style shows nothing. White text is none of it: it may stand on a dark ground that another element has.
fn hides_by_style(style: &str) -> bool {
    const RULES: [(&str, &str); 10] = [
        ("display", "none"),
        ("visibility", "hidden"),
        ("visibility", "collapse"),
        ("content-visibility", "hidden"),
        ("font-size", "0"),
        ("opacity", "0"),
        ("color", "transparent"),
        ("clip", "rect(0,0,0,0)"),
        ("transform", "scale(0)"),
        ("mso-hide", "all"),
    ];
    let style = plain(style);
    let rules: Vec<(&str, &str)> = style
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .map(|(name, value)| (name, value.trim_end_matches("!important")))
        .collect();
    let cut = rules.contains(&("overflow", "hidden"));
    rules.iter().any(|&(name, value)| {
        let bare = value.trim_end_matches(|unit: char| unit.is_ascii_alphabetic() || unit == '%');
        let bare = if bare.bytes().all(|byte| b"0.".contains(&byte)) {
            bare.split('.').next().unwrap_or(bare)
        } else {
            bare
        };
        let off = |&(rule, off): &(&str, &str)| rule == name && (off == value || off == bare);
        let flat = cut && bare == "0" && matches!(name, "height" | "max-height" | "width" | "max-width");
        let moved = matches!(name, "left" | "top" | "right" | "text-indent" | "margin-left") && is_far(value);
        flat || moved || RULES.iter().any(off)
    })
}

/// Whether a length moves what has it out of the page.
fn is_far(length: &str) -> bool {
    let digits = length.strip_prefix('-').unwrap_or_default();
    let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
    whole >= 4 || (whole == 3 && digits.ends_with("em"))
}

/// A value with its entities decoded.
pub(super) fn value(text: &str) -> String {
    decoded(text, 0..text.len()).text().to_owned()
}

/// The text at a range of HTML, its entities decoded.
pub(super) fn decoded(html: &str, span: Range<usize>) -> Traced {
    let mut traced = Traced::default();
    let mut from = span.start;
    while let Some(at) = html[from..span.end].find('&').map(|offset| from + offset) {
        add(&mut traced, html, from..at);
        from = match entity(&html[at..span.end]) {
            Some((text, length)) => {
                traced.push(&text, at..at + length);
                at + length
            }
            None => {
                traced.push("&", at..at + 1);
                at + 1
            }
        };
    }
    add(&mut traced, html, from..span.end);
    traced
}

fn add(traced: &mut Traced, html: &str, span: Range<usize>) {
    let mut at = span.start;
    for part in html[span].split_inclusive(comment::BLANK) {
        let shown = part.trim_end_matches(comment::BLANK);
        traced.push(shown, at..at + shown.len());
        at += part.len();
    }
}

/// The entity with which a text begins, and its length. The Markdown parser knows all of them.
fn entity(text: &str) -> Option<(String, usize)> {
    /// Names that HTML knows without a semicolon, too.
    const BARE: [&str; 4] = ["nbsp", "shy", "middot", "amp"];
    let name = text[1..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let closed = text[1 + name..].starts_with(';');
    let body = text.get(1..1 + name).filter(|body| (1..=32).contains(&body.len()))?;
    let (body, length) = match closed {
        true => (body, name + 2),
        false => {
            let bare = BARE.iter().find(|bare| body.starts_with(**bare));
            let body = bare.copied().or_else(|| body.starts_with('#').then_some(body))?;
            (body, body.len() + 1)
        }
    };
    let written = format!("&{body};");
    let mut text = String::new();
    for event in Parser::new(&written) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    (text != written && !text.is_empty()).then_some((text, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_with_their_places() {
        let html = "138&ensp;0013&#56;000&unknown;&nbsp1";
        let text = decoded(html, 0..html.len());
        assert_eq!(text.text(), "138\u{2002}00138000&unknown;\u{A0}1");
        let at = text.text().find("8000").unwrap();
        assert_eq!(&html[text.source(&(at..at + 4))], "&#56;000");
    }

    #[test]
    fn what_no_reader_sees_is_told_apart() {
        assert_eq!(
            without_silent("甲<!-- a > b -->乙<![CDATA[ c > d ]]>丙<?php e ?>丁"),
            "甲乙丙丁"
        );
        for (attributes, hidden) in [
            (" hidden", true),
            (" HIDDEN=\"\"", true),
            (" style=\"color: red; DISPLAY : none\"", true),
            (" style='opacity:0.5'", false),
            (" style='opacity:0.0'", true),
            (" style='dis/**/play:no\\ne'", true),
            (" style='\\64isplay:none'", true),
            (" style='\\000064 isplay:none'", true),
            (" style=\"display:&#110;one\"", true),
            (" type=hidden value=x", true),
            (" style='position:absolute; left:-9999px'", true),
            (" style='height:0; overflow:hidden'", true),
            (" style='height:0'", false),
            (" style='text-indent:-21pt'", false),
            (" style='background:#333;color:white'", false),
            (" class='note sr-only'", true),
            (" class='note'", false),
            (" title=\"hidden\"", false),
        ] {
            assert_eq!(is_veiled(attributes), hidden, "{attributes}");
        }
    }
}
