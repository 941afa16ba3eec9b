//! What a file is, by its bytes: names lie, and bytes seldom do.

use super::package::OLE;
use super::{Budget, Fault, Package};
use crate::corpus::decode::decode;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Word file since 2007.
    Word,
    /// A workbook since 2007.
    Sheets,
    /// A presentation since 2007.
    Slides,
    /// A text of LibreOffice (OpenDocument).
    OpenText,
    /// A workbook of LibreOffice.
    OpenSheets,
    /// A presentation or a drawing of LibreOffice.
    OpenSlides,
    /// A web page.
    Html,
    /// A web page in one file.
    Mht,
    /// Plain text.
    Text,
    /// Values separated by commas or tabs.
    Table,
    /// A drawing.
    Svg,
    /// A Rich Text file.
    Rtf,
    /// A Word file up to 2003, one of WPS too.
    Doc,
    /// Another file of the time up to 2003: a workbook, a presentation, a message.
    Ole,
    Pdf,
    /// OFD (GB/T 33190).
    Ofd,
    /// Encrypted by an office program.
    Locked,
    /// Pages that are pictures: no bytes say so, only that they hold no text.
    Scan,
    Picture,
    /// Sound or film.
    Media,
    /// An archive of files.
    Archive,
    /// Anything else.
    Unknown,
}

/// Bytes of a text that are looked at for what it is.
const HEAD: usize = 4096;

/// What a file is.
///
/// # Errors
/// [`Fault`] where it is an archive that can't be opened.
pub(super) fn of(name: &str, bytes: &[u8], budget: &Budget) -> Result<Format, Fault> {
    if bytes.starts_with(b"PK") {
        return of_archive(bytes, budget);
    }
    if bytes.starts_with(&OLE) {
        return Ok(of_ole(bytes));
    }
    if let Some(known) = of_start(bytes) {
        return Ok(known);
    }
    Ok(of_text(name, bytes))
}

/// The ending of a name, in lower case.
pub(super) fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase()
}

fn of_start(bytes: &[u8]) -> Option<Format> {
    const STARTS: [(&[u8], Format); 20] = [
        (b"{\\rtf", Format::Rtf),
        (b"\x89PNG", Format::Picture),
        (b"\xFF\xD8\xFF", Format::Picture),
        (b"GIF8", Format::Picture),
        (b"II*\0", Format::Picture),
        (b"MM\0*", Format::Picture),
        (b"\xD7\xCD\xC6\x9A", Format::Picture),
        (b"\x01\0\0\0\x58\0\0\0", Format::Picture),
        (b"8BPS", Format::Picture),
        (b"ID3", Format::Media),
        (b"OggS", Format::Media),
        (b"fLaC", Format::Media),
        (b"\x1A\x45\xDF\xA3", Format::Media),
        (b"7z\xBC\xAF", Format::Archive),
        (b"Rar!", Format::Archive),
        (b"\x1F\x8B", Format::Archive),
        (b"BZh", Format::Archive),
        (b"\xFD7zXZ", Format::Archive),
        (b"MZ\x90", Format::Unknown),
        (b"\x7FELF", Format::Unknown),
    ];
    if let Some((_, format)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(*format);
    }
    let at = |place: usize, word: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(word));
    if bytes.starts_with(b"RIFF") {
        return Some(if at(8, b"WEBP") { Format::Picture } else { Format::Media });
    }
    if bytes.starts_with(b"BM") && at(6, &[0, 0, 0, 0]) {
        return Some(Format::Picture);
    }
    if at(4, b"ftyp") {
        return Some(Format::Media);
    }
    // A mail program or a scanner may write something before it.
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(5).any(|window| window == b"%PDF-").then_some(Format::Pdf)
}

fn of_archive(bytes: &[u8], budget: &Budget) -> Result<Format, Fault> {
    let mut package = Package::open(bytes, budget)?;
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    let below = |folder: &str| names.iter().any(|known| known.starts_with(folder));
    if has("ofd.xml") {
        return Ok(Format::Ofd);
    }
    if has("mimetype") || (has("content.xml") && has("meta-inf/manifest.xml")) {
        return of_open_document(&mut package);
    }
    let main = package.main_part()?.to_lowercase();
    let types = package.text("[Content_Types].xml").ok().flatten().unwrap_or_default();
    Ok(match () {
        () if has(&main) && (main.starts_with("word/") || types.contains("wordprocessingml.document.main")) => {
            Format::Word
        }
        () if has(&main) && main.starts_with("xl/") => Format::Sheets,
        () if has(&main) && main.starts_with("ppt/") => Format::Slides,
        () if below("word/") => Format::Word,
        () if below("xl/") => Format::Sheets,
        () if below("ppt/") => Format::Slides,
        () => Format::Archive,
    })
}

/// The names of streams stand in the directory of an OLE file in UTF-16.
fn of_ole(bytes: &[u8]) -> Format {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if has("EncryptedPackage") {
        Format::Locked
    } else if has("WordDocument") {
        Format::Doc
    } else {
        Format::Ole
    }
}

fn of_text(name: &str, bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(HEAD)];
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    if !wide && head.contains(&0) {
        return Format::Unknown;
    }
    let text = match std::str::from_utf8(head) {
        Ok(text) => text.to_owned(),
        Err(_) => decode(head.to_vec()).map(|decoded| decoded.text).unwrap_or_default(),
    };
    let lower = text.trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
    let has_tag = |tag: &str| {
        let found = lower.match_indices(tag).next();
        found.is_some_and(|(at, _)| {
            let next = lower[at + tag.len()..].chars().next();
            next.is_none_or(|next| matches!(next, '>' | ' ' | '\n' | '\r' | '\t' | '/'))
        })
    };
    let ending = ending(name);
    match ending.as_str() {
        _ if lower.starts_with("mime-version:") || lower.contains("\nmime-version:") => Format::Mht,
        "mht" | "mhtml" | "eml" => Format::Mht,
        _ if lower.starts_with('<') && has_tag("<svg") && !has_tag("<html") => Format::Svg,
        _ if lower.starts_with('<') && (lower.starts_with("<!doctype html") || has_tag("<html")) => Format::Html,
        "svg" => Format::Svg,
        "htm" | "html" | "xhtml" => Format::Html,
        _ if lower.starts_with('<') && has_tag("<body") => Format::Html,
        "csv" | "tsv" => Format::Table,
        _ => Format::Text,
    }
}

/// What an OpenDocument file is: what it says itself, else what stands in its body.
fn of_open_document(package: &mut Package) -> Result<Format, Fault> {
    use Format::{OpenSheets, OpenSlides, OpenText};
    let said = package.text("mimetype")?.unwrap_or_default();
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Ok(Format::Locked);
    }
    let told = if said.trim().is_empty() { &manifest } else { &said };
    Ok(match () {
        () if told.contains("opendocument.text") => OpenText,
        () if told.contains("opendocument.spreadsheet") => OpenSheets,
        () if told.contains("opendocument.") => OpenSlides,
        () => {
            let content = package.text("content.xml")?.unwrap_or_default();
            match () {
                () if content.contains(":spreadsheet>") => OpenSheets,
                () if content.contains(":presentation>") || content.contains(":drawing>") => OpenSlides,
                () => OpenText,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_told_by_its_bytes() {
        for (name, bytes, expected) in [
            ("a.doc", &b"<html><body>x"[..], Format::Html),
            ("a.doc", b"{\\rtf1 x}", Format::Rtf),
            ("a.txt", b"\r\n%PDF-1.4", Format::Pdf),
            ("a.doc", b"MIME-Version: 1.0\r\n", Format::Mht),
            ("a.docx", b"\x89PNG\r\n", Format::Picture),
            ("a.txt", b"<?xml version=\"1.0\"?>\n<svg xmlns=\"x\">", Format::Svg),
            ("a.csv", b"a,b", Format::Table),
            ("a", "正文".as_bytes(), Format::Text),
            ("a.txt", b"BM 2023 report", Format::Text),
            ("a.txt", b"a\0b", Format::Unknown),
            ("a.html", b"<p>x", Format::Html),
            ("a.txt", "使用 <html> 标签".as_bytes(), Format::Text),
        ] {
            assert_eq!(of(name, bytes, &Budget::of(bytes)), Ok(expected), "{name} {bytes:?}");
        }
    }
}
