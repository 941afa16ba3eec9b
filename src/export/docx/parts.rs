//! The parts of the archive. Nothing in it tells the time or the machine.

use super::body::Body;
use super::inline::escaped;
use super::picture;
use crate::office::RECORD;
use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const STYLES: &str = include_str!("../../assets/docx/styles.xml");
const SETTINGS: &str = include_str!("../../assets/docx/settings.xml");
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A4, margins of 37, 35, 28 and 26 mm, 22 lines of 28 characters: lines of 28.95 points; characters of 16 points stand
/// a quarter closer by their style. (Word would take that as a grid of less than a character, too; LibreOffice gives
/// each character two places of such a grid.) The number of a page stands 7 mm below the text, on the right of odd pages and on the left of even ones.
const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdF1\"/><w:footerReference w:type=\"even\" r:id=\"rIdF2\"/>\
<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1389\" w:gutter=\"0\"/>\
<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"579\"/></w:sectPr>";

/// Names the part that holds the record: programs keep such a part when they save the file.
const STORE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
<ds:datastoreItem ds:itemID=\"{5B0D6E1C-6F3A-4C52-9A53-6A2B8C1D9E07}\" \
xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs>\
<ds:schemaRef ds:uri=\"urn:jianyan:record\"/></ds:schemaRefs></ds:datastoreItem>";

/// Puts the parts together.
pub(super) fn archive(
    body: &Body,
    pictures: &[(String, Vec<u8>)],
    title: &str,
    record: Option<&str>,
) -> io::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut put = |name: &str, bytes: &[u8]| -> io::Result<()> {
        zip.start_file(name, options).map_err(io::Error::other)?;
        zip.write_all(bytes)
    };
    put("[Content_Types].xml", content_types(pictures, record).as_bytes())?;
    put("_rels/.rels", package_relations().as_bytes())?;
    put("docProps/core.xml", core(title).as_bytes())?;
    let document = format!(
        "{HEAD}<w:document {NAMES}><w:body>\n{}{SECTION}</w:body></w:document>",
        body.xml
    );
    put("word/document.xml", document.as_bytes())?;
    put(
        "word/_rels/document.xml.rels",
        relations(body, pictures, record).as_bytes(),
    )?;
    put("word/styles.xml", STYLES.as_bytes())?;
    put("word/settings.xml", SETTINGS.as_bytes())?;
    let numbering = format!("{HEAD}<w:numbering {NAMES}>{}</w:numbering>", body.lists.part());
    put("word/numbering.xml", numbering.as_bytes())?;
    put("word/footnotes.xml", footnotes(body).as_bytes())?;
    // The notes' links have ids of the text's own.
    put("word/_rels/footnotes.xml.rels", links(body).as_bytes())?;
    put("word/footer1.xml", footer("right").as_bytes())?;
    put("word/footer2.xml", footer("left").as_bytes())?;
    for (at, (name, bytes)) in pictures.iter().enumerate() {
        put(&format!("word/media/{}", file_name(at, name)), bytes)?;
    }
    if let Some(record) = record {
        let part = format!(
            "{HEAD}<{RECORD} xmlns:jianyan=\"urn:jianyan:record\" xml:space=\"preserve\">{}</{RECORD}>",
            escaped(record)
        );
        put("customXml/item1.xml", part.as_bytes())?;
        put("customXml/itemProps1.xml", STORE.as_bytes())?;
        let kind = format!("{RELATIONS}/customXmlProps");
        let store = all(&relation("rId1", &kind, "itemProps1.xml", ""));
        put("customXml/_rels/item1.xml.rels", store.as_bytes())?;
    }
    zip.finish().map(Cursor::into_inner).map_err(io::Error::other)
}

fn file_name(at: usize, name: &str) -> String {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    format!("image{}.{ending}", at + 1)
}

fn content_types(pictures: &[(String, Vec<u8>)], record: Option<&str>) -> String {
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for ending in ["png", "jpg", "jpeg", "gif", "webp", "bmp"] {
        let is_used = pictures
            .iter()
            .any(|(name, _)| name.to_ascii_lowercase().ends_with(&format!(".{ending}")));
        let kind = if ending == "jpg" { "jpeg" } else { ending };
        if is_used {
            let _ = write!(out, "<Default Extension=\"{ending}\" ContentType=\"image/{kind}\"/>");
        }
    }
    let _ = write!(
        out,
        "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{TYPES}.document.main+xml\"/>"
    );
    for (part, kind) in [
        ("styles", "styles"),
        ("settings", "settings"),
        ("numbering", "numbering"),
        ("footnotes", "footnotes"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ] {
        let _ = write!(
            out,
            "<Override PartName=\"/word/{part}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>"
        );
    }
    if record.is_some() {
        out += "<Override PartName=\"/customXml/itemProps1.xml\" \
                ContentType=\"application/vnd.openxmlformats-officedocument.customXmlProperties+xml\"/>";
    }
    out + "</Types>"
}

fn relation(id: &str, kind: &str, target: &str, outside: &str) -> String {
    let target = escaped(target);
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{outside}/>")
}

fn all(relations: &str) -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    )
}

fn package_relations() -> String {
    const PROPERTIES: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let document = relation("rId1", &format!("{RELATIONS}/officeDocument"), "word/document.xml", "");
    all(&(document + &relation("rId2", PROPERTIES, "docProps/core.xml", "")))
}

fn relations(body: &Body, pictures: &[(String, Vec<u8>)], record: Option<&str>) -> String {
    let mut out = String::new();
    for (id, kind, target) in [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        ("rId3", "numbering", "numbering.xml"),
        ("rId4", "footnotes", "footnotes.xml"),
        ("rIdF1", "footer", "footer1.xml"),
        ("rIdF2", "footer", "footer2.xml"),
    ] {
        out += &relation(id, &format!("{RELATIONS}/{kind}"), target, "");
    }
    for (at, (name, _)) in pictures.iter().enumerate() {
        let target = format!("media/{}", file_name(at, name));
        out += &relation(&picture::id(at), &format!("{RELATIONS}/image"), &target, "");
    }
    if record.is_some() {
        out += &relation("rId5", &format!("{RELATIONS}/customXml"), "../customXml/item1.xml", "");
    }
    all(&(out + &of_links(body)))
}

fn links(body: &Body) -> String {
    all(&of_links(body))
}

fn of_links(body: &Body) -> String {
    let links = body.links.iter().enumerate();
    let of = |(at, target): (usize, &String)| {
        let id = format!("rIdL{}", at + 1);
        relation(
            &id,
            &format!("{RELATIONS}/hyperlink"),
            target,
            " TargetMode=\"External\"",
        )
    };
    links.map(of).collect()
}

fn core(title: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        escaped(title)
    )
}

fn footnotes(body: &Body) -> String {
    format!(
        "{HEAD}<w:footnotes {NAMES}>\
         <w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>\
         {}</w:footnotes>",
        body.footnotes
    )
}

/// — 1 —, a character from the edge of the text.
fn footer(side: &str) -> String {
    let indent = format!("<w:ind w:{side}Chars=\"100\" w:{side}=\"280\"/>");
    format!(
        "{HEAD}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"PageNumber\"/>{indent}<w:jc w:val=\"{side}\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
    )
}
