//! Whether a file may have the name that it has. A name that lies is how a page, a program or a macro reaches somebody who
//! would never open one; text under the name of a document does nobody any harm.

use super::package::OLE;
use super::stream::{Step, walk};
use super::{Fault, format};
use crate::corpus::decode::decode;
use std::io::{Read, Seek};
use zip::ZipArchive;

/// Entries of an archive that are looked at.
const MOST_ENTRIES: usize = 10_000;
/// Bytes of a list in an archive: of the types of its parts, of where they lead.
const LARGEST_LIST: u64 = 4 << 20;
/// Bytes of all lists of an archive: entries may share theirs.
const LARGEST_OF_ALL: usize = 32 << 20;
/// Bytes at the start of a file or a part that tell a program.
const HEAD: usize = 64;
/// Endings of what runs, alone or as the macros of an office program.
const PROGRAMS: [&str; 37] = [
    "exe", "dll", "bat", "cmd", "com", "scr", "pif", "cpl", "msi", "js", "jse", "vbs", "vbe", "wsf", "wsh", "ps1",
    "hta", "lnk", "url", "reg", "chm", "jar", "class", "jnlp", "sh", "swf", "docm", "dotm", "xlsm", "xltm", "xlsb",
    "xlam", "pptm", "potm", "ppsm", "ppam", "sldm",
];
/// Relationships whose targets an office program fetches when it opens the file.
const FETCHED: [&str; 5] = ["/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/aFChunk"];

/// Whether the bytes of a file fit the ending of its name; `head` are its first bytes. What is neither a page nor a program
/// nor an archive fits any, and an archive that can't be opened opens for nobody.
pub(crate) fn fits(ending: &str, head: &[u8], file: impl Read + Seek) -> bool {
    if head.is_empty() {
        return true;
    }
    let ole = head.starts_with(&OLE);
    let zip = head.starts_with(b"PK");
    let pdf = || head.windows(5).take(1024).any(|window| window == b"%PDF-");
    let pressed = [&b"Rar!\x1A"[..], b"7z\xBC\xAF"]
        .iter()
        .any(|start| head.starts_with(start));
    let holds =
        |kind| !pressed && (!zip || ZipArchive::new(file).map_or(true, |zip| is_package(zip, kind).unwrap_or(false)));
    if begins_like_a_page(head) || is_program(head) {
        return false;
    }
    match ending {
        // Programs look for what it is, and newer files with old names are common.
        "docx" | "doc" | "wps" | "wpt" => holds(Kind::Office("wordprocessingml.", "word/")),
        "xlsx" | "xls" | "et" => holds(Kind::Office("spreadsheetml.", "xl/")),
        "pptx" | "ppt" | "dps" => holds(Kind::Office("presentationml.", "ppt/")),
        "vsdx" => holds(Kind::Office("ms-visio.", "visio/")),
        "odt" => !ole && holds(Kind::Open("text")),
        "ods" => !ole && holds(Kind::Open("spreadsheet")),
        "odp" => !ole && holds(Kind::Open("presentation")),
        "ofd" => !ole && holds(Kind::Ofd),
        "msg" => !zip && !pressed,
        "rtf" | "pdf" => !zip && !pressed && !ole,
        "txt" | "csv" | "tsv" | "json" | "eml" | "png" | "jpg" | "jpeg" | "gif" | "bmp" | "webp" | "tif" | "tiff"
        | "avif" | "heic" | "emf" | "wmf" => !ole && !zip && !pressed && !pdf(),
        _ => true,
    }
}

/// What a browser that has to guess takes for a page begins with a tag, in any encoding.
pub(crate) fn begins_like_a_page(head: &[u8]) -> bool {
    let marks = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"];
    let text = marks.iter().find_map(|mark| head.strip_prefix(*mark)).unwrap_or(head);
    let mut shown = text
        .iter()
        .filter(|byte| **byte != 0)
        .skip_while(|byte| byte.is_ascii_whitespace() || **byte == 0x0C);
    let tag = |byte: &u8| byte.is_ascii_alphabetic() || b"!/?".contains(byte);
    shown.next() == Some(&b'<') && shown.next().is_none_or(tag)
}

/// Whether a file runs by itself: on Windows, Linux or a Mac, in Java, or as a link to what does.
fn is_program(head: &[u8]) -> bool {
    let starts = [
        &b"\x7FELF"[..],
        b"\xCA\xFE\xBA\xBE",
        b"\xCF\xFA\xED\xFE",
        b"\xCE\xFA\xED\xFE",
        b"\xFE\xED\xFA",
        b"L\0\0\0\x01\x14\x02\0",
    ];
    // A text may begin with these two letters, and has none of the others.
    let unseen = |byte: &u8| *byte < b' ' && !byte.is_ascii_whitespace();
    let windows = head.starts_with(b"MZ") && (head.len() == 2 || head.iter().take(HEAD).any(unseen));
    windows || starts.iter().any(|start| head.starts_with(start))
}

/// What an archive has to be.
#[derive(Clone, Copy)]
enum Kind {
    /// A file of an office program since 2007; a piece of the type of its main part, and the folder of its parts.
    Office(&'static str, &'static str),
    /// An OpenDocument file; the end of its type.
    Open(&'static str),
    Ofd,
}

/// Whether an archive is of a kind, and nothing in it runs or is fetched.
fn is_package(mut zip: ZipArchive<impl Read + Seek>, kind: Kind) -> Result<bool, Fault> {
    if zip.len() > MOST_ENTRIES {
        return Err(Fault::TooLarge);
    }
    let mut is_of_kind = false;
    let mut left = LARGEST_OF_ALL;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(broken)?;
        let name = entry.name().map_err(broken)?.replace('\\', "/").to_lowercase();
        let mut head = Vec::new();
        entry
            .by_ref()
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(broken)?;
        if runs(&name, kind) || is_program(&head) {
            return Ok(false);
        }
        is_of_kind |= matches!(kind, Kind::Office(_, folder) if name.starts_with(folder));
        let list = match (&*name, kind) {
            ("ofd.xml", Kind::Ofd) => {
                is_of_kind = true;
                continue;
            }
            ("[content_types].xml", Kind::Office(..)) | ("mimetype" | "meta-inf/manifest.xml", Kind::Open(_)) => true,
            (name, Kind::Office(..)) => name.ends_with(".rels"),
            _ => false,
        };
        if !list {
            continue;
        }
        entry.take(LARGEST_LIST).read_to_end(&mut head).map_err(broken)?;
        left = left.checked_sub(head.len()).ok_or(Fault::TooLarge)?;
        let text = decode(head).map_err(|_| Fault::Encoding)?.text;
        match kind {
            Kind::Office(..) if name.ends_with(".rels") => {
                if fetches(&text, &name)? {
                    return Ok(false);
                }
            }
            Kind::Office(main, _) => match is_typed(&text, main)? {
                Some(true) => is_of_kind = true,
                _ => return Ok(false),
            },
            Kind::Open(kind) => is_of_kind |= text.contains(&format!("application/vnd.oasis.opendocument.{kind}")),
            Kind::Ofd => {}
        }
    }
    Ok(is_of_kind)
}

/// Whether an ending, in lower case, is that of what runs.
pub(crate) fn is_of_program(ending: &str) -> bool {
    PROGRAMS.contains(&ending)
}

/// Whether the name of a part is that of a program or a macro.
fn runs(name: &str, kind: Kind) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let of_macros = file.starts_with("vbaproject") || file.starts_with("vbadata");
    // OpenDocument keeps lists of its libraries, in which there may be nothing.
    let of_basic = matches!(kind, Kind::Open(_))
        && !file.is_empty()
        && (name.starts_with("scripts/")
            || name.starts_with("basic/") && !file.starts_with("script-l") && !file.starts_with("dialog-l"));
    of_macros || of_basic || is_of_program(&format::ending(file.trim_end_matches(['.', ' '])))
}

/// Whether a list of types says that the main part is of a kind; nothing where one of its parts holds macros.
fn is_typed(text: &str, main: &str) -> Result<Option<bool>, Fault> {
    let (mut is_of_kind, mut acts) = (false, false);
    walk(text.trim_start_matches('\u{FEFF}'), "types", |step| {
        if let Step::Start(_, attributes) = step {
            let kind = attributes.get("ContentType").unwrap_or_default().to_lowercase();
            acts |= kind.contains("macroenabled") || kind.contains("vba");
            is_of_kind |= kind.contains(main) && kind.ends_with("main+xml");
        }
        Ok(())
    })?;
    Ok((!acts).then_some(is_of_kind))
}

/// Whether a part makes the program that opens it fetch something from another machine.
fn fetches(text: &str, part: &str) -> Result<bool, Fault> {
    let mut fetches = false;
    walk(text.trim_start_matches('\u{FEFF}'), part, |step| {
        if let Step::Start(_, attributes) = step {
            let kind = attributes.get("Type").unwrap_or_default();
            let outside = attributes.get("TargetMode") == Some("External");
            let target = attributes.get("Target").unwrap_or_default();
            fetches |= outside && FETCHED.iter().any(|end| kind.ends_with(end)) && is_remote(target);
        }
        Ok(())
    })?;
    Ok(fetches)
}

/// Whether an address leads to another machine; a template on the author's own disk is nothing to anybody else.
fn is_remote(target: &str) -> bool {
    let target = target.trim().to_lowercase().replace('\\', "/");
    match target.split_once(':') {
        Some(("file", rest)) => {
            let rest = rest.trim_start_matches('/');
            let local = rest.as_bytes().get(1) == Some(&b':')
                || target.starts_with("file:///") && !target.starts_with("file:////");
            !local
        }
        Some((scheme, _)) => scheme.len() > 1,
        None => target.starts_with("//"),
    }
}

fn broken(error: impl std::fmt::Display) -> Fault {
    Fault::Broken(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::docx::tests::archive;
    use std::io::Cursor;

    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    /// An office file of a type with one more part.
    fn office(kind: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
        let types = format!("<Types><Override PartName=\"/a.xml\" ContentType=\"{kind}\"/></Types>");
        archive(&[
            ("[Content_Types].xml", types.as_bytes()),
            ("a.xml", b"<a/>"),
            (name, bytes),
        ])
    }

    fn fit(ending: &str, bytes: &[u8]) -> bool {
        fits(ending, &bytes[..bytes.len().min(4096)], Cursor::new(bytes))
    }

    #[test]
    fn honest_files_fit() {
        let sheet = WORD.replace("wordprocessingml.document", "spreadsheetml.sheet");
        let slides = WORD.replace("wordprocessingml.document", "presentationml.presentation");
        let open = |kind: &str| {
            let kind = format!("application/vnd.oasis.opendocument.{kind}");
            archive(&[("mimetype", kind.as_bytes()), ("Basic/Standard/script-lb.xml", b"<a/>")])
        };
        let local = "<Relationships><Relationship Type=\"http://a/attachedTemplate\" TargetMode=\"External\" \
            Target=\"file:///C:\\模板.dotx\"/><Relationship Type=\"http://a/hyperlink\" TargetMode=\"External\" \
            Target=\"https://a.cn/\"/></Relationships>";
        let ole = [&OLE[..], &[0; 100]].concat();
        let table = encoding_rs::GB18030.encode("姓名,案由\n").0.into_owned();
        for (ending, bytes) in [
            ("docx", office(WORD, "word/b.png", b"\x89PNG")),
            ("docx", office(WORD, "word/_rels/settings.xml.rels", local.as_bytes())),
            ("docx", ole.clone()),
            ("xlsx", office(&sheet, "b", b"")),
            ("pptx", office(&slides, "b", b"")),
            ("doc", ole.clone()),
            ("doc", b"{\\rtf1 a}".to_vec()),
            ("doc", office(WORD, "b", b"")),
            ("wps", ole.clone()),
            ("et", ole.clone()),
            ("xls", ole),
            ("xls", b"\x09\x04\x06\0\0\0".to_vec()),
            ("odt", open("text")),
            ("ods", open("spreadsheet")),
            ("ofd", archive(&[("OFD.xml", b"<a/>")])),
            ("rtf", b"{\\rtf1 a}".to_vec()),
            ("pdf", b"\r\n%PDF-1.7".to_vec()),
            ("csv", table),
            ("txt", "MZ市简报".into()),
            ("txt", "<序言>正文".into()),
            ("txt", b"\xFF\xFE\x2D\x4E".to_vec()),
            ("json", b"{}".to_vec()),
            ("png", b"\xFF\xD8\xFF".to_vec()),
            ("docx", Vec::new()),
        ] {
            assert!(fit(ending, &bytes), "{ending}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn what_is_something_else_does_not() {
        let page = &b"<!doctype html><script>alert(1)</script>"[..];
        let wide: Vec<u8> = "\u{FEFF}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let jar = archive(&[("META-INF/MANIFEST.MF", b"a"), ("A.class", b"\xCA\xFE\xBA\xBE")]);
        let ole = [&OLE[..], &[0; 100]].concat();
        for ending in [
            "doc", "docx", "wps", "wpt", "rtf", "odt", "pdf", "ofd", "txt", "xls", "xlsx", "et", "csv", "tsv", "ods",
            "json", "ppt", "pptx", "dps", "odp", "png", "jpg", "eml", "msg", "vsdx",
        ] {
            for bytes in [
                page,
                &wide,
                b"\x7FELF\x02",
                b"MZ\x90\0\x03",
                b"MZ",
                b"\n <?xml version=\"1.0\"?>",
                &jar,
            ] {
                assert!(!fit(ending, bytes), "{ending}: {bytes:?}");
            }
        }
        for ending in ["txt", "csv", "json", "png", "pdf", "rtf", "ofd", "odt"] {
            assert!(!fit(ending, &ole), "{ending}");
            assert!(!fit(ending, &office(WORD, "a", b"")), "{ending}");
        }
        for ending in ["doc", "docx", "xls", "pdf", "rtf", "odt"] {
            assert!(fit(ending, "正文".as_bytes()), "{ending}: text is nothing else");
        }
        assert!(!fit("xlsx", &office(WORD, "b", b"")));
    }

    #[test]
    fn macros_programs_and_what_is_fetched_keep_a_file_back() {
        let fetched = |target: &str| {
            format!(
                "<Relationships><Relationship Type=\"http://a/attachedTemplate\" TargetMode=\"External\" Target=\"{target}\"/></Relationships>"
            )
        };
        for (kind, name, bytes) in [
            ("application/vnd.ms-word.document.macroEnabled.main+xml", "b", &b""[..]),
            ("application/vnd.ms-word.document.macro&#69;nabled.main+xml", "b", b""),
            (WORD, "word/vbaProject.bin", b""),
            (WORD, "word/embeddings/a.exe", b""),
            (WORD, "word/embeddings/a.exe. ", b""),
            (WORD, "word/embeddings/a.docm", b""),
            (WORD, "word/embeddings/a.bin", b"MZ\x90\0\x03"),
            (
                WORD,
                "word/_rels/settings.xml.rels",
                fetched("http://e.x/a.dotm").as_bytes(),
            ),
            (
                WORD,
                "word/_rels/settings.xml.rels",
                fetched("\\\\e.x\\a.dotm").as_bytes(),
            ),
            (
                WORD,
                "word/_rels/settings.xml.rels",
                fetched("file://e.x/a.dotm").as_bytes(),
            ),
            (
                WORD,
                "word/_rels/settings.xml.rels",
                fetched("file:///\\\\e.x\\a.dotm").as_bytes(),
            ),
        ] {
            assert!(!fit("docx", &office(kind, name, bytes)), "{kind} {name}");
        }
        let kind = b"application/vnd.oasis.opendocument.text";
        for name in ["Basic/Standard/Module1.xml", "Scripts/python/a.py"] {
            assert!(!fit("odt", &archive(&[("mimetype", kind), (name, b"")])), "{name}");
        }
    }
}
