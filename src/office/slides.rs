//! Presentations (PresentationML): slides in their order, the notes of speakers, and what stands beside them.

use super::held::Held;
use super::line::{Line, Place};
use super::said::{Filled, Grid, Said};
use super::{Budget, Element, Fault, Package, properties};
use std::collections::BTreeSet;

/// Reads a presentation.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Said, Fault> {
    let mut package = Package::open(bytes, budget)?;
    let mut said = Said::default();
    let mut held = Held::default();
    for part in ordered(package.xml_parts()) {
        let Some(place) = place(&part) else { continue };
        let tree = match package.tree(&part) {
            Ok(Some(tree)) => tree,
            Ok(None) => continue,
            // What isn't a slide doesn't keep the others from being read; nobody has seen it, though.
            Err(Fault::Broken(_)) if !part.starts_with("ppt/slides/") => {
                said.unread.push(part);
                continue;
            }
            Err(fault) => return Err(fault),
        };
        held.take_tree(&tree);
        if part.starts_with("docprops/") {
            said.lines.extend(properties::lines(&tree));
            continue;
        }
        let hidden = part.starts_with("ppt/slides/") && matches!(tree.attribute("show"), Some("0" | "false"));
        let of_master = part.contains("master") || part.contains("layout");
        let mut walk = Walk {
            lines: &mut said.lines,
            place: if hidden { Place::Hidden } else { place },
            of_master,
        };
        walk.shapes(&tree);
        if !part.starts_with("ppt/") {
            let mut data = Vec::new();
            words(&tree, &mut data);
            let place = Place::Hidden;
            said.lines.extend(data.into_iter().map(|text| Line {
                text,
                place: place.clone(),
            }));
        }
    }
    let links = package.outside()?.into_iter().map(|text| Line {
        text,
        place: Place::Link,
    });
    said.keep(links);
    said.keep(held.lines());
    let files = package.files(&BTreeSet::new());
    said.keep(files.lines);
    said.unread.extend(files.unread);
    Ok(said)
}

/// The texts of data of another kind, an element a line.
fn words(element: &Element, out: &mut Vec<String>) {
    if element.elements().next().is_none() {
        let text = element.text();
        out.extend((!text.trim().is_empty()).then_some(text));
    }
    element.elements().for_each(|child| words(child, out));
}

/// Slides by their number, then everything else.
fn ordered(parts: Vec<String>) -> Vec<String> {
    let key = |part: &String| {
        let number = part
            .trim_end_matches(".xml")
            .rsplit(|character: char| !character.is_ascii_digit())
            .next();
        let number = number.and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(0);
        (!part.starts_with("ppt/slides/"), number)
    };
    let mut parts = parts;
    parts.sort_by_key(key);
    parts
}

/// What the lines of a part are; `None` where it says nothing.
fn place(part: &str) -> Option<Place> {
    const SILENT: [&str; 5] = [
        "ppt/theme",
        "ppt/presprops",
        "ppt/viewprops",
        "ppt/tablestyles",
        "[content_types]",
    ];
    if SILENT.iter().any(|silent| part.starts_with(silent)) || part.contains("/itemprops") || part.contains("/colors") {
        return None;
    }
    Some(match () {
        () if part.starts_with("ppt/slides/") || part.starts_with("ppt/diagrams/data") => Place::Paragraph,
        () if part.starts_with("ppt/diagrams/") => return None,
        () if part.starts_with("ppt/notesslides/") || part.contains("comment") => Place::Comment,
        () if part.starts_with("ppt/slidemasters/") || part.starts_with("ppt/slidelayouts/") => Place::Footer,
        () if part.starts_with("ppt/charts/") => Place::Caption,
        () => Place::Hidden,
    })
}

struct Walk<'a> {
    lines: &'a mut Vec<Line>,
    place: Place,
    /// Placeholders of masters say 单击此处编辑标题 and are on no slide.
    of_master: bool,
}

impl Walk<'_> {
    fn push(&mut self, text: String, place: Place) {
        if !text.trim().is_empty() {
            self.lines.push(Line { text, place });
        }
    }

    fn shapes(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.rsplit(':').next().unwrap_or_default() {
                "sp" => self.shape(element),
                "tbl" if self.place == Place::Paragraph => self.table(element),
                "cNvPr" => {
                    let said = element.attribute("descr").unwrap_or_default();
                    self.push(said.to_owned(), Place::Caption);
                }
                "p" => self.push(text(element), self.place.clone()),
                // The text of comments, and the figures of charts.
                "text" | "v" | "f" => self.push(element.text(), self.place.clone()),
                "Fallback" => {}
                _ => self.shapes(element),
            }
        }
    }

    fn shape(&mut self, shape: &Element) {
        let placeholder = shape.find("p:ph");
        if self.of_master && placeholder.is_some() {
            return;
        }
        let outer = self.place.clone();
        let kind = placeholder.and_then(|it| it.attribute("type")).unwrap_or_default();
        let hidden = shape.find("p:cNvPr").and_then(|it| it.attribute("hidden"));
        if matches!(hidden, Some("1" | "true")) {
            self.place = Place::Hidden;
        } else if self.place == Place::Paragraph {
            self.place = match kind {
                "title" | "ctrTitle" => Place::Heading,
                "ftr" => Place::Footer,
                "hdr" => Place::Header,
                _ => Place::Paragraph,
            };
        }
        self.shapes(shape);
        self.place = outer;
    }

    fn table(&mut self, table: &Element) {
        let mut cells = Vec::new();
        let rows = table.elements().filter(|child| child.name == "a:tr");
        for (row, element) in (1..).zip(rows) {
            let of_row = element.elements().filter(|child| child.name == "a:tc");
            for (column, cell) in (1..).zip(of_row) {
                let covered = ["hMerge", "vMerge"]
                    .iter()
                    .any(|name| cell.attribute(name) == Some("1"));
                let paragraphs = cell.find("a:txBody");
                let lines: Vec<String> = paragraphs.into_iter().flat_map(Element::elements).map(text).collect();
                let said = lines.join(" ").trim().to_owned();
                if said.is_empty() {
                    continue;
                }
                cells.push(Filled {
                    row,
                    column,
                    rows: cell
                        .attribute("rowSpan")
                        .and_then(|rows| rows.parse().ok())
                        .unwrap_or(1),
                    text: said,
                    hidden: covered,
                });
            }
        }
        self.lines.extend(Grid { sheet: None, cells }.lines());
    }
}

/// A paragraph's text; a break in it is a blank.
fn text(paragraph: &Element) -> String {
    let mut out = String::new();
    for element in paragraph.elements() {
        match element.name.as_str() {
            "a:br" => out.push(' '),
            "a:t" => out += &element.text(),
            "a:rPr" | "a:pPr" | "a:endParaRPr" => {}
            _ => out += &text(element),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::office::{Place, read};
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn lines(parts: &[(&str, &str)]) -> Vec<String> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("ppt/presentation.xml", "<p:presentation/>")].iter().chain(parts) {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let said = read("a.pptx", &zip.finish().unwrap().into_inner()).unwrap();
        let told = |place: &Place| match place {
            Place::Cell(cell) => format!("{} {}", cell.address(), cell.column_header.as_deref().unwrap_or("-")),
            other => format!("{other:?}"),
        };
        said.lines
            .iter()
            .map(|line| format!("{}: {}", told(&line.place), line.text))
            .collect()
    }

    fn shape(kind: &str, text: &str) -> String {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"1\"/><p:nvPr><p:ph type=\"{kind}\"/></p:nvPr></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>"
        )
    }

    #[test]
    fn slides_come_in_their_order_with_notes_after_them() {
        let slide = |text: &str| {
            format!(
                "<p:sld>{}</p:sld>",
                shape(
                    "body",
                    &format!("<a:p><a:r><a:t>{text}</a:t></a:r><a:br/><a:r><a:t>续</a:t></a:r></a:p>")
                )
            )
        };
        let table = "<p:sld><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>姓名</a:t></a:r></a:p></a:txBody></a:tc></a:tr>\
            <a:tr><a:tc><a:txBody><a:p><a:r><a:t>甲</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:sld>";
        let hidden = "<p:sld show=\"0\"><a:p><a:r><a:t>藏</a:t></a:r></a:p></p:sld>";
        let title = format!(
            "<p:sld>{}</p:sld>",
            shape("title", "<a:p><a:r><a:t>题</a:t></a:r></a:p>")
        );
        let master = format!(
            "<p:sldMaster>{}<p:sp><a:p><a:r><a:t>某院</a:t></a:r></a:p></p:sp></p:sldMaster>",
            shape("title", "<a:p><a:r><a:t>单击此处</a:t></a:r></a:p>")
        );
        assert_eq!(
            lines(&[
                ("ppt/slides/slide10.xml", &slide("十")),
                ("ppt/slides/slide2.xml", &slide("二")),
                ("ppt/slides/slide1.xml", &title),
                ("ppt/slides/slide11.xml", table),
                ("ppt/slides/slide12.xml", hidden),
                (
                    "ppt/notesSlides/notesSlide1.xml",
                    "<p:notes><a:p><a:r><a:t>备注</a:t></a:r></a:p></p:notes>"
                ),
                ("ppt/slideMasters/slideMaster1.xml", &master),
            ]),
            [
                "Heading: 题",
                "Paragraph: 二 续",
                "Paragraph: 十 续",
                "A1 -: 姓名",
                "A2 姓名: 甲",
                "Hidden: 藏",
                "Comment: 备注",
                "Footer: 某院"
            ]
        );
    }
}
