//! How much a text can become: each mark of Markdown or YAML may be some hundred bytes of events, values and HTML, each
//! other character a few.

/// Marks of a document at most.
pub(super) const MOST_MARKS: usize = 1_000_000;

/// Whether a text has more marks than any document needs.
pub(super) fn is_too_dense(text: &str) -> bool {
    text.bytes().filter(|byte| is_mark(*byte)).count() > MOST_MARKS
}

/// Whether a byte may be a mark of Markdown or YAML, the end of a line included.
fn is_mark(byte: u8) -> bool {
    byte == b'\n' || byte.is_ascii_punctuation() && !matches!(byte, b'.' | b'/' | b';' | b'?' | b'@')
}
