//! The tags of HTML as an author wrote it: enough to count nesting and to find links, nothing is decided by it.

use super::{LinkRef, entity};
use std::ops::Range;

/// Elements that HTML closes by itself or that can't hold anything.
pub(super) const SELF_CLOSING: [&str; 24] = [
    "a", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "br",
    "hr", "img", "col", "input", "wbr", "meta", "link", "base", "source",
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name in lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub end: bool,
    /// What follows the name.
    pub attributes: &'a str,
    /// Its byte range in the text.
    pub span: Range<usize>,
}

/// The tags of a text in order, comments left out. Ends at the first tag or comment that doesn't end.
pub(super) fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + html[at..].find('<')?;
            let rest = &html[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                at = start + 4 + comment.find("-->")? + 3;
                continue;
            }
            let end = rest.starts_with('/');
            let name_at = start + 1 + usize::from(end);
            let name_length = html[name_at..]
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
                .count();
            if !html[name_at..].starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                at = start + 1;
                continue;
            }
            let attributes_at = name_at + name_length;
            let length = end_of_tag(&html[attributes_at..])?;
            at = attributes_at + length + 1;
            return Some(Tag {
                name: html[name_at..attributes_at].to_ascii_lowercase(),
                end,
                attributes: &html[attributes_at..attributes_at + length],
                span: start..at,
            });
        }
    })
}

/// Where the `>` stands that ends a tag, quoted ones passed over.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    rest.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        false
    })
}

/// The links and images of HTML that stands at a place of a body.
pub(super) fn references(html: &str, place: usize) -> impl Iterator<Item = LinkRef> {
    tags(html).filter_map(move |tag| {
        let (image, name) = match tag.name.as_str() {
            "a" => (false, "href"),
            "img" => (true, "src"),
            _ => return None,
        };
        let target = attribute(tag.attributes, name)?;
        Some(LinkRef {
            target,
            image,
            span: place + tag.span.start..place + tag.span.end,
        })
    })
}

/// The value of an attribute, entities resolved.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        let key_length = rest.find(|letter: char| letter.is_ascii_whitespace() || "=/".contains(letter));
        let key_length = key_length.unwrap_or(rest.len());
        if key_length == 0 {
            // An `=` without a name before it: no attribute that anyone means.
            rest = rest.strip_prefix('=')?;
            continue;
        }
        let (key, after) = rest.split_at(key_length);
        let value = after.trim_start().strip_prefix('=').map(str::trim_start);
        let (value, after) = match value {
            None => ("", after),
            Some(value) => match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                _ => value.split_at(
                    value
                        .find(|letter: char| letter.is_ascii_whitespace())
                        .unwrap_or(value.len()),
                ),
            },
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(if value.contains('&') {
                entity::value(value)
            } else {
                value.to_owned()
            });
        }
        rest = after;
    }
}

/// Resolves the entities that HTML writers need.
pub(super) fn unescape(text: &str) -> String {
    const ENTITIES: [(&str, char); 6] = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("#39;", '\''),
        ("nbsp;", '\u{A0}'),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        if let Some((entity, letter)) = ENTITIES.iter().find(|(entity, _)| after.starts_with(entity)) {
            out.push(*letter);
            rest = &after[entity.len()..];
        } else {
            out.push('&');
            rest = after;
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tags_and_passes_over_comments_and_quotes() {
        let names: Vec<_> = tags("a < b <B><!-- <i> --><a title='>' x>y</a> <br/> 3<4")
            .map(|tag| (tag.name, tag.end))
            .collect();
        let expected = [("b", false), ("a", false), ("a", true), ("br", false)];
        assert_eq!(names, expected.map(|(name, end)| (name.to_owned(), end)));
    }

    #[test]
    fn finds_attributes() {
        for (attributes, expected) in [
            (" href=\"a&amp;b\"", Some("a&b")),
            (" class=x HREF = 'c d' y", Some("c d")),
            (" href=e/f ", Some("e/f")),
            (" href", Some("")),
            (" data-href=x", None),
            (" title=\"href=x\"", None),
            ("", None),
        ] {
            assert_eq!(attribute(attributes, "href").as_deref(), expected, "{attributes}");
        }
    }

    #[test]
    fn places_references_in_the_body() {
        let found: Vec<_> = references("<p><a href=x>y</a><img src='z'>", 10).collect();
        assert_eq!(
            found[0],
            LinkRef {
                target: "x".to_owned(),
                image: false,
                span: 13..23
            }
        );
        assert_eq!(
            found[1],
            LinkRef {
                target: "z".to_owned(),
                image: true,
                span: 28..41
            }
        );
    }
}
