//! All text of an office file: what its readers see and what they don't, such as comments, notes, hidden and
//! deleted text. A part is read as a stream, so that a large sheet needs no tree.

use super::{Fault, Package, xml};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Bytes of text at most: a sheet that names one long string in every cell is a bomb, too.
const LARGEST: usize = 32 << 20;

/// What an office file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// A paragraph or a row of a sheet a line.
    pub lines: String,
    /// Pictures and embedded files in it, which are not read.
    pub unread: usize,
}

/// Whether files of this ending are read.
pub fn is_one(ending: &str) -> bool {
    Format::of(ending).is_some()
}

/// The text of an office file, by the ending of its name; `None` where files of that ending are none.
///
/// # Errors
/// [`Fault`] where it can't be read to its end.
pub fn text(ending: &str, bytes: &[u8]) -> Result<Option<Text>, Fault> {
    let Some(format) = Format::of(ending) else {
        return Ok(None);
    };
    let mut package = Package::open(bytes)?;
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let mut reading = Reading::of(format);
    if let Some(part) = package.text("xl/sharedstrings.xml")? {
        reading.part(&part, "xl/sharedStrings.xml")?;
    }
    // Headers bear secrecy marks, and whoever looks for them looks at the top.
    let (first, others): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.starts_with("word/header"));
    for name in first.into_iter().chain(others) {
        if format.says(name)
            && let Some(part) = package.text(name)?
        {
            reading.part(&part, name)?;
        }
    }
    reading.text.unread = names.iter().filter(|name| is_unread(name)).count();
    Ok(Some(reading.text))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Word,
    Sheets,
    Slides,
    Open,
}

impl Format {
    fn of(ending: &str) -> Option<Self> {
        match ending {
            "docx" | "docm" | "dotx" => Some(Format::Word),
            "xlsx" | "xlsm" => Some(Format::Sheets),
            "pptx" | "pptm" | "ppsx" => Some(Format::Slides),
            "odt" | "ods" | "odp" => Some(Format::Open),
            _ => None,
        }
    }

    /// Whether a part holds text for people. Names are in lower case.
    fn says(self, name: &str) -> bool {
        const SILENT: [&str; 6] = ["settings", "styles", "fonttable", "numbering", "websettings", "theme"];
        let in_folders = |folders: &[&str]| {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            name.ends_with(".xml") && folders.contains(&folder)
        };
        let file = name.rsplit('/').next().unwrap_or_default();
        match self {
            _ if name == "docprops/core.xml" => true,
            Format::Word => in_folders(&["word", "word/glossary"]) && !SILENT.iter().any(|part| file.starts_with(part)),
            Format::Sheets => {
                in_folders(&["xl/worksheets", "xl/drawings", "xl/threadedcomments"])
                    || (in_folders(&["xl"]) && file.starts_with("comments"))
            }
            Format::Slides => in_folders(&["ppt/slides", "ppt/notesslides", "ppt/comments", "ppt/diagrams"]),
            Format::Open => matches!(name, "content.xml" | "styles.xml" | "meta.xml"),
        }
    }
}

fn is_unread(name: &str) -> bool {
    let kept = ["/media/", "/embeddings/"].iter().any(|folder| name.contains(folder)) || name.starts_with("pictures/");
    kept && !name.ends_with('/')
}

struct Reading {
    format: Format,
    text: Text,
    /// The strings that the cells of sheets name by their place.
    shared: Vec<String>,
    /// Depth in elements that hold text.
    saying: usize,
    /// Depth in elements whose text is said elsewhere or is none.
    silent: usize,
    names_shared: bool,
    /// What stands in a cell that names a shared string by its place.
    place: Option<String>,
}

impl Reading {
    fn of(format: Format) -> Self {
        Self {
            format,
            text: Text::default(),
            shared: Vec::new(),
            saying: 0,
            silent: 0,
            names_shared: false,
            place: None,
        }
    }

    fn part(&mut self, part: &str, name: &str) -> Result<(), Fault> {
        let broken = |error: &dyn std::fmt::Display| Fault::Broken(format!("{name}: {error}"));
        let mut reader = Reader::from_str(part);
        let mut depth = 0_usize;
        loop {
            match reader.read_event().map_err(|error| broken(&error))? {
                Event::Start(start) => {
                    depth += 1;
                    self.start(&start);
                }
                Event::Empty(start) => {
                    self.start(&start);
                    self.end(local(start.name().0))?;
                }
                Event::End(end) => {
                    depth = depth.saturating_sub(1);
                    self.end(local(end.name().0))?;
                }
                Event::Text(text) => self.say(&text.xml_content(XmlVersion::Implicit1_0))?,
                Event::CData(text) => self.say(&text)?,
                Event::GeneralRef(reference) => {
                    let character = xml::character(&reference).map_err(|error| broken(&error))?;
                    self.say(&character.map(String::from).unwrap_or_default())?;
                }
                Event::Eof if depth > 0 => return Err(broken(&"unexpected end")),
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        self.line_end();
        Ok(())
    }

    fn start(&mut self, element: &BytesStart) {
        let name = local(element.name().0);
        self.silent += usize::from(self.is_silent(name));
        self.saying += usize::from(self.says(name));
        match name {
            "c" => {
                let mut attributes = element.attributes().flatten();
                self.names_shared = attributes.any(|attribute| attribute.key.0 == "t" && &*attribute.value == "s");
            }
            "v" if self.names_shared => self.place = Some(String::new()),
            // A box stands in the paragraph that it hangs on.
            "p" => self.line_end(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        if name == "v"
            && let Some(place) = self.place.take()
        {
            let known = place
                .trim()
                .parse::<usize>()
                .ok()
                .and_then(|at| self.shared.get(at).cloned());
            self.say(&known.unwrap_or_default())?;
        }
        match name {
            // Strings of sheets keep their places, the empty ones too.
            "si" => self.shared.push(std::mem::take(&mut self.text.lines)),
            "c" | "tab" | "ptab" => self.push("\t")?,
            "s" => self.push(" ")?,
            "br" | "cr" | "line-break" => self.push("\n")?,
            "p" | "h" | "row" => self.line_end(),
            _ if self.says(name) && !matches!(name, "t" | "delText" | "v" | "body") => self.line_end(),
            _ => {}
        }
        self.silent -= usize::from(self.is_silent(name)).min(self.silent);
        self.saying -= usize::from(self.says(name)).min(self.saying);
        Ok(())
    }

    /// Whether an element's text is for people.
    fn says(&self, name: &str) -> bool {
        // The properties of a file, and what stands above and below each page of a sheet.
        const LINES: [&str; 12] = [
            "title",
            "subject",
            "description",
            "keywords",
            "category",
            "text",
            "oddHeader",
            "oddFooter",
            "evenHeader",
            "evenFooter",
            "firstHeader",
            "firstFooter",
        ];
        match self.format {
            Format::Open => matches!(name, "body" | "master-styles" | "meta"),
            _ => matches!(name, "t" | "delText" | "v") || LINES.contains(&name),
        }
    }

    /// Whether an element says what is said elsewhere or is none of the text: what an older program shows instead,
    /// how a word sounds, data of pictures.
    fn is_silent(&self, name: &str) -> bool {
        matches!(name, "Fallback" | "rPh" | "binary-data")
    }

    fn say(&mut self, text: &str) -> Result<(), Fault> {
        // Line ends and spaces that only lay out the XML say nothing.
        let lays_out = self.format == Format::Open && text.contains('\n') && text.trim().is_empty();
        if self.silent > 0 || self.saying == 0 || lays_out {
            return Ok(());
        }
        match &mut self.place {
            Some(place) => place.push_str(text),
            None => self.push(text)?,
        }
        Ok(())
    }

    fn push(&mut self, text: &str) -> Result<(), Fault> {
        if self.text.lines.len() + text.len() > LARGEST {
            return Err(Fault::TooLarge);
        }
        self.text.lines.push_str(text);
        Ok(())
    }

    fn line_end(&mut self) {
        if !self.text.lines.is_empty() && !self.text.lines.ends_with('\n') {
            self.text.lines.push('\n');
        }
    }
}

/// The name of an element without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn lines(ending: &str, parts: &[(&str, &str)]) -> String {
        text(ending, &archive(parts)).unwrap().unwrap().lines
    }

    #[test]
    fn a_word_file_gives_what_is_hidden_and_deleted_too_its_header_first() {
        let document = "<w:document><w:body>\n<w:p>\n <w:r><w:t>电话138</w:t></w:r>\n <w:r><w:t>00138000</w:t></w:r></w:p>\
            <w:p><w:del><w:r><w:delText>删去的</w:delText></w:r></w:del><w:r><w:tab/><w:t>甲&amp;乙</w:t></w:r></w:p>\
            <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>\
            </mc:Choice><mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>\
            </w:body></w:document>";
        let paragraph = |text: &str| format!("<x><w:p><w:r><w:t>{text}</w:t></w:r></w:p></x>");
        let parts = [
            ("word/document.xml", document),
            ("word/header1.xml", &*paragraph("页眉")),
            ("word/comments.xml", &*paragraph("批注")),
            ("word/styles.xml", &*paragraph("样式")),
            ("word/media/image1.png", "…"),
            ("word/embeddings/a.xlsx", "…"),
        ];
        assert_eq!(
            lines("docx", &parts),
            "页眉\n批注\n电话13800138000\n删去的\t甲&乙\n框\n"
        );
        assert_eq!(text("docx", &archive(&parts)).unwrap().unwrap().unread, 2);
    }

    #[test]
    fn a_sheet_gives_its_rows_with_the_strings_that_they_name() {
        let strings =
            "<sst><si><t>姓名</t></si><si/><si><r><t>王</t></r><r><t>某\n二</t></r><rPh><t>wang</t></rPh></si></sst>";
        let sheet = "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>2</v></c></row>\
            <row><c><f>A1+1</f><v>13800138000</v></c><c t=\"inlineStr\"><is><t>直接</t></is></c><c t=\"s\"><v>9</v></c></row>\
            </sheetData></worksheet>";
        let parts = [("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet)];
        assert_eq!(lines("xlsx", &parts), "姓名\t王某\n二\t\n13800138000\t直接\t\t\n");
    }

    #[test]
    fn slides_and_open_documents_give_their_paragraphs() {
        let slide = "<p:sld><a:p><a:r><a:t>一</a:t></a:r><a:br/><a:r><a:t>二</a:t></a:r></a:p></p:sld>";
        let notes = "<p:notes><a:p><a:r><a:t>备注</a:t></a:r></a:p></p:notes>";
        let parts = [
            ("ppt/slides/slide1.xml", slide),
            ("ppt/notesSlides/notesSlide1.xml", notes),
        ];
        assert_eq!(lines("pptx", &parts), "备注\n一\n二\n");
        let content = "<office:document-content><office:automatic-styles>无</office:automatic-styles><office:body>\n  \
            <text:p>甲<text:s/><text:span>乙</text:span></text:p>\n  <text:h>丙</text:h></office:body></office:document-content>";
        assert_eq!(lines("odt", &[("content.xml", content)]), "甲 乙\n丙\n");
    }

    #[test]
    fn what_can_not_be_read_to_its_end_is_no_text() {
        assert_eq!(text("pdf", b"%PDF"), Ok(None));
        assert!(matches!(text("docx", b"no archive"), Err(Fault::Broken(_))));
        assert!(matches!(
            text("docx", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
            Err(Fault::Locked)
        ));
        let cut = text("docx", &archive(&[("word/document.xml", "<w:document><w:p>")]));
        assert!(matches!(cut, Err(Fault::Broken(_))), "{cut:?}");
    }

    #[test]
    fn a_sheet_that_names_one_long_string_over_and_over_is_a_bomb() {
        let strings = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(100_000));
        let sheet = format!(
            "<worksheet><row>{}</row></worksheet>",
            "<c t=\"s\"><v>0</v></c>".repeat(1_000)
        );
        let parts = [
            ("xl/sharedStrings.xml", &*strings),
            ("xl/worksheets/sheet1.xml", &*sheet),
        ];
        assert_eq!(text("xlsx", &archive(&parts)), Err(Fault::TooLarge));
    }
}
