//! The entities of HTML.

use super::comment;
use crate::text::Traced;
use pulldown_cmark::{Event, Parser};
use std::ops::Range;

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
        from = if let Some((text, length)) = entity(&html[at..span.end]) {
            traced.push(&text, at..at + length);
            at + length
        } else {
            traced.push("&", at..at + 1);
            at + 1
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
    let (body, length) = if closed {
        (body, name + 2)
    } else {
        let bare = BARE.iter().find(|bare| body.starts_with(**bare));
        let body = bare.copied().or_else(|| body.starts_with('#').then_some(body))?;
        (body, body.len() + 1)
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
}
