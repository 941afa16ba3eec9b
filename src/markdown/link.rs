//! What a target is: something of the corpus, an outside address, or nothing that a page may lead to.

use std::borrow::Cow;

/// A target's class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Class<'a> {
    /// A heading of the same page, by its fragment without `#`, decoded.
    Here(Cow<'a, str>),
    /// Relative to the document: the resolver knows.
    Relative,
    /// A web page.
    Web,
    /// A mail address.
    Mail,
    /// Any other scheme, another host without a scheme, or nothing.
    Refused,
}

/// Classifies a target as a browser would read it: white space at its ends and line breaks and
/// tabs within it don't count, and a backslash is a slash.
pub(super) fn classify(target: &str) -> Class<'_> {
    let target = target.trim_matches(|letter: char| letter <= ' ');
    if let Some(fragment) = target.strip_prefix('#') {
        return Class::Here(percent_encoding::percent_decode_str(fragment).decode_utf8_lossy());
    }
    if target.is_empty() || target.contains(['\t', '\n', '\r', '\0']) {
        return Class::Refused;
    }
    let mut start = target.bytes();
    if matches!((start.next(), start.next()), (Some(b'/' | b'\\'), Some(b'/' | b'\\'))) {
        return Class::Refused;
    }
    match scheme(target) {
        None => Class::Relative,
        Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => Class::Web,
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto") => Class::Mail,
        Some(_) => Class::Refused,
    }
}

/// Whether a resolver's answer may be written: it leads nowhere but to a file, the web or a mail address.
pub(super) fn is_safe(href: &str) -> bool {
    !matches!(classify(href), Class::Refused)
}

/// What stands before the first colon, where that comes before any slash, query or fragment.
fn scheme(target: &str) -> Option<&str> {
    let end = target.find([':', '/', '\\', '?', '#'])?;
    target[end..].starts_with(':').then_some(&target[..end])
}
