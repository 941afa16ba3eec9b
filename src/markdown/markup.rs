//! What an author wrote as HTML, in its order: text, tags, and what no reader sees.

use super::tags::{self, Tag};
use std::ops::Range;

/// A part of some HTML.
pub(super) enum Markup<'a> {
    /// Text, its entities as they are written.
    Text,
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
            None => {
                if let Some(tag) = tags::tags(rest).next().filter(|tag| tag.span.start == 0) {
                    let end = start + tag.span.end;
                    (Markup::Tag(tag), end)
                } else {
                    at = start + 1;
                    continue;
                }
            }
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

#[cfg(test)]
mod tests {
    use super::*;

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
