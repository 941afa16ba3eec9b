//! What may be the target of a link.

/// Whether a text names a file, a page or a place, and is not a sentence.
pub(in crate::markdown) fn is_target(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.contains(['\n', '<', '>', '“', '。', '；']) {
        return false;
    }
    let scheme = ["http://", "https://", "mailto:", "ftp://", "www."];
    let relative = ["./", "../", "/", "#"];
    scheme.iter().chain(&relative).any(|start| text.starts_with(start)) || has_extension(text)
}

/// Whether a path ends with the ending of a file's name: a letter, then letters and digits.
fn has_extension(path: &str) -> bool {
    let path = path.split(['#', '?']).next().unwrap_or(path);
    let Some((stem, ending)) = path.rsplit_once('.') else {
        return false;
    };
    let letters = ending.starts_with(|letter: char| letter.is_ascii_alphabetic());
    !stem.is_empty()
        && letters
        && (1..=8).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a path is that of an image.
pub(in crate::markdown) fn is_image(path: &str) -> bool {
    const ENDINGS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];
    let path = path.split(['#', '?']).next().unwrap_or(path);
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
}
