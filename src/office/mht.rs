//! A web page in one file: a message whose first page refers to its other parts (RFC 2557).

use super::block::Document;
use super::room::kept;
use super::{Budget, Fault, html, plain};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::collections::BTreeMap;

/// Messages in messages that are looked into.
const DEEPEST: usize = 5;
/// What a part takes besides its bytes, about.
const OF_PART: usize = 300;

/// A part of a message.
struct Part {
    kind: String,
    /// The names by which pages refer to it.
    names: Vec<String>,
    bytes: Vec<u8>,
}

/// Reads the page of a message, or its plain text where it has none.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    let mut parts = Vec::new();
    take(bytes, DEEPEST, &mut parts)?;
    let page = parts.iter().find(|part| part.kind == "text/html");
    if let Some(page) = page {
        let names = Names::of(&parts);
        let beside = |name: &str| names.part(name).map(|at| parts[at].bytes.clone());
        return html::read(&page.bytes, &beside, budget);
    }
    let text = parts
        .iter()
        .find(|part| part.kind.starts_with("text/") || part.kind.is_empty());
    plain::read(text.map_or(&[][..], |part| &part.bytes))
}

/// Parts by their names, which are looked up by their ends.
struct Names(BTreeMap<String, usize>);

impl Names {
    fn of(parts: &[Part]) -> Self {
        let mut names = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            for name in &part.names {
                names.entry(name.chars().rev().collect()).or_insert(at);
            }
        }
        Self(names)
    }

    /// The place of a part whose name ends so.
    fn part(&self, end: &str) -> Option<usize> {
        let end: String = end.chars().rev().collect();
        let (name, at) = self.0.range(end.clone()..).next()?;
        name.starts_with(&end).then_some(*at)
    }
}

fn take(bytes: &[u8], depth: usize, parts: &mut Vec<Part>) -> Result<(), Fault> {
    let (headers, body) = headers(bytes);
    let value = |name: &str| headers.get(name).map(String::as_str).unwrap_or_default();
    let kind = value("content-type");
    let boundary = parameter(kind, "boundary").filter(|boundary| !boundary.is_empty());
    if let Some(boundary) = boundary.filter(|_| depth > 0) {
        for part in split(body, boundary.as_bytes()) {
            take(part, depth - 1, parts)?;
        }
        return Ok(());
    }
    // A message may have a million parts of one letter.
    kept(OF_PART + body.len())?;
    let names = ["content-location", "content-id"].map(|name| value(name).trim_matches(['<', '>', ' ']).to_owned());
    parts.push(Part {
        kind: kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase(),
        names: names.into_iter().filter(|name| !name.is_empty()).collect(),
        bytes: decoded(body, value("content-transfer-encoding")),
    });
    Ok(())
}

/// The headers of a part by their names in lower case, and what follows them.
fn headers(bytes: &[u8]) -> (BTreeMap<String, String>, &[u8]) {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let mut rest = bytes;
    let mut last = String::new();
    while !rest.is_empty() {
        let end = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(rest.len(), |at| at + 1);
        let line = String::from_utf8_lossy(&rest[..end]).trim_end().to_owned();
        rest = &rest[end..];
        if line.is_empty() {
            if all.is_empty() {
                continue;
            }
            break;
        }
        if line.starts_with([' ', '\t']) {
            all.entry(last.clone()).or_default().push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            last = name.trim().to_ascii_lowercase();
            all.insert(last.clone(), value.trim().to_owned());
        }
    }
    (all, rest)
}

fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().trim_matches('"'))
    })
}

/// What stands between lines of the boundary.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mark = [b"--", boundary].concat();
    let mut parts = Vec::new();
    let mut begin = None;
    let mut at = 0;
    while at < body.len() {
        let end = body[at..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(body.len(), |end| at + end + 1);
        if body[at..end].starts_with(&mark) {
            parts.extend(begin.map(|begin| &body[begin..at]));
            begin = Some(end);
        }
        at = end;
    }
    // A message that was cut off ends without a boundary.
    let cut = begin
        .map(|begin| &body[begin..])
        .filter(|rest| !rest.trim_ascii().is_empty());
    parts.extend(cut);
    parts
}

fn decoded(body: &[u8], encoding: &str) -> Vec<u8> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => {
            let data: Vec<u8> = body
                .iter()
                .copied()
                .filter(|byte| !byte.is_ascii_whitespace())
                .collect();
            let lenient = GeneralPurposeConfig::new()
                .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                .with_decode_allow_trailing_bits(true);
            GeneralPurpose::new(&STANDARD, lenient).decode(data).unwrap_or_default()
        }
        "quoted-printable" => unquoted(body),
        _ => body.to_vec(),
    }
}

fn unquoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        let hex = rest.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if rest[0] != b'=' {
            out.push(rest[0]);
            at += 1;
        } else if rest.starts_with(b"=\r\n") {
            at += 3;
        } else if rest.starts_with(b"=\n") {
            at += 2;
        } else if let Some(byte) = byte {
            out.push(byte);
            at += 3;
        } else {
            out.push(b'=');
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_message_is_read_with_its_pictures() {
        let message = "From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=\"--x\"\r\n\r\n\
            ----x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <html><head><meta charset=3D\"utf-8\"></head><body><p>=E6=AD=A3=\r\n=E6=96=87<img src=3D\"a.png\"></p></body></html>\r\n\
            ----x\r\nContent-Location: file:///C:/b/a.png\r\nContent-Transfer-Encoding: base64\r\nContent-Type: image/png\r\n\r\n\
            UE5H\r\n----x--\r\n";
        let document = read(message.as_bytes(), &Budget::of(b"")).unwrap();
        assert_eq!(document.blocks[0].plain(), "正文");
        assert_eq!(document.pictures, [("图1.png".to_owned(), b"PNG".to_vec())]);
    }

    #[test]
    fn a_message_without_a_page_gives_its_text() {
        let document = read(
            "MIME-Version: 1.0\nContent-Type: text/plain\n\n正文。\n".as_bytes(),
            &Budget::of(b""),
        )
        .unwrap();
        assert_eq!(document.blocks[0].plain(), "正文。");
    }
}
