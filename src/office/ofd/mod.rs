//! OFD (GB/T 33190): an archive of pages on which every text has its place.
//!
//! `page` reads the objects of a page; `layout` makes paragraphs of them. Annotations, templates, properties and what
//! else the file says stand beside the text.

mod page;

#[cfg(test)]
mod tests;

use super::block::{Document, Loss};
use super::layout::{self, Page};
use super::line::Place;
use super::xml::local;
use super::{Budget, Element, Fault, Package};
use std::collections::BTreeSet;

/// Pages that are read at most.
const MOST_PAGES: usize = 5_000;

/// Reads an OFD file.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    let mut package = Package::open(bytes, budget)?;
    let root = package
        .tree("ofd.xml")?
        .ok_or_else(|| Fault::Broken("OFD.xml".to_owned()))?;
    let mut reading = Reading {
        package,
        document: Document::default(),
        visited: BTreeSet::from(["ofd.xml".to_owned()]),
        pages: Vec::new(),
        outline: Vec::new(),
    };
    for body in root.elements().filter(|element| local(element) == "DocBody") {
        for element in body.elements() {
            match local(element) {
                "DocRoot" => reading.document_at(element.text().trim())?,
                "DocInfo" => reading.properties(element),
                _ => {}
            }
        }
    }
    layout::arrange(std::mem::take(&mut reading.pages), &mut reading.document);
    reading.rest()?;
    Ok(reading.document)
}

struct Reading<'a> {
    package: Package<'a>,
    document: Document,
    visited: BTreeSet<String>,
    pages: Vec<Page>,
    outline: Vec<String>,
}

impl Reading<'_> {
    /// A part by its path, which is one from a folder or, with a stroke before it, from the root.
    fn part(&mut self, folder: &str, path: &str) -> Result<Option<(String, Element)>, Fault> {
        let whole = match path.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None if folder.is_empty() => path.to_owned(),
            None => format!("{folder}/{path}"),
        };
        let whole = whole.replace("/./", "/").to_lowercase();
        let tree = self.package.tree(&whole)?;
        Ok(tree.map(|tree| {
            self.visited.insert(whole.clone());
            (whole, tree)
        }))
    }

    fn document_at(&mut self, path: &str) -> Result<(), Fault> {
        let (file, tree) = self.part("", path)?.ok_or_else(|| Fault::Broken(path.to_owned()))?;
        let folder = folder(&file).to_owned();
        let area = tree.find_local("PhysicalBox").map(Element::text);
        let mut usual = page::numbers(area.as_deref().unwrap_or_default()).collect::<Vec<_>>();
        usual.resize(4, 0.0);
        for element in tree.elements() {
            match local(element) {
                "CommonData" => {
                    let templates = element.elements().filter(|child| local(child) == "TemplatePage");
                    for template in templates.filter_map(|template| template.attribute("BaseLoc")) {
                        self.template(&folder, template)?;
                    }
                }
                "Pages" => {
                    for page in element.elements().filter_map(|page| page.attribute("BaseLoc")) {
                        self.page(&folder, page, usual[2])?;
                    }
                }
                "Outlines" => self.outlines(element),
                "Annotations" => self.annotations(&folder, element.text().trim())?,
                _ => {}
            }
        }
        Ok(())
    }

    fn page(&mut self, folder: &str, path: &str, width: f32) -> Result<(), Fault> {
        if self.pages.len() >= MOST_PAGES {
            return Err(Fault::TooLarge);
        }
        let found = self.part(folder, path)?;
        let (_, tree) = found.ok_or_else(|| Fault::Broken(path.to_owned()))?;
        let mut read = page::read(&tree, width);
        read.page.drawn = read.pictures > 0;
        self.document.lose_all(Loss::Picture, read.pictures);
        self.hide(read.hidden);
        self.pages.push(read.page);
        Ok(())
    }

    fn hide(&mut self, texts: Vec<String>) {
        self.document.lose_all(Loss::Hidden, texts.len());
        for text in texts {
            self.document.say_aside(text, Place::Hidden);
        }
    }

    /// What pages have in common: heads, feet, watermarks.
    fn template(&mut self, folder: &str, path: &str) -> Result<(), Fault> {
        let Some((_, tree)) = self.part(folder, path)? else {
            return Ok(());
        };
        let read = page::read(&tree, 0.0);
        for piece in read.page.pieces {
            self.document.say_of_page(piece.text, Place::Header);
        }
        self.hide(read.hidden);
        Ok(())
    }

    fn outlines(&mut self, element: &Element) {
        for child in element.elements() {
            let title = child.attribute("Title").map(str::to_owned);
            self.outline.extend(title);
            self.outlines(child);
        }
    }

    fn annotations(&mut self, from: &str, path: &str) -> Result<(), Fault> {
        let Some((file, tree)) = self.part(from, path)? else {
            return Ok(());
        };
        let own = folder(&file).to_owned();
        let places = tree.elements().filter_map(|page| page.find_local("FileLoc"));
        let places: Vec<String> = places.map(|place| place.text().trim().to_owned()).collect();
        for place in places {
            let Some((_, tree)) = self.part(&own, &place)? else {
                continue;
            };
            for annotation in tree.elements() {
                self.annotation(annotation);
            }
        }
        Ok(())
    }

    fn annotation(&mut self, annotation: &Element) {
        let drawn = page::read(annotation, 0.0);
        let words: Vec<String> = drawn.page.pieces.into_iter().map(|piece| piece.text).collect();
        let words = [words, drawn.hidden].concat().join(" ");
        let creator = annotation.attribute("Creator").unwrap_or_default().to_owned();
        let remark = annotation.elements().find(|child| local(child) == "Remark");
        let remark = remark.map(Element::text).unwrap_or_default();
        let told = [words, remark].into_iter().filter(|text| !text.trim().is_empty());
        let told: Vec<String> = told.collect();
        self.document.lose_all(Loss::Comment, usize::from(!told.is_empty()));
        for text in told.into_iter().chain([creator]) {
            self.document.say_aside(text, Place::Comment);
        }
        let parameters = annotation
            .find_local("Parameters")
            .map(Element::text)
            .unwrap_or_default();
        self.document.say_aside(parameters, Place::Hidden);
    }

    fn properties(&mut self, info: &Element) {
        const TECHNICAL: [&str; 6] = [
            "DocID",
            "CreationDate",
            "ModDate",
            "CreatorVersion",
            "DocUsage",
            "Cover",
        ];
        for element in info.elements() {
            let name = local(element);
            if TECHNICAL.contains(&name) {
                continue;
            }
            let inner = element.elements().count();
            let datas: Vec<&Element> = if inner > 0 {
                element.elements().collect()
            } else {
                vec![element]
            };
            for data in datas {
                let name = data.attribute("Name").unwrap_or(name).to_owned();
                self.document
                    .say_aside(data.text().trim().to_owned(), Place::Property(name));
            }
        }
    }

    /// Everything that no page led to; bookmarks that say what no line does.
    fn rest(&mut self) -> Result<(), Fault> {
        for title in std::mem::take(&mut self.outline) {
            self.document.say_aside(title, Place::Hidden);
        }
        for part in self.package.xml_parts() {
            let stem = part.rsplit('/').next().unwrap_or_default();
            let silent = [
                "publicres",
                "documentres",
                "pageres",
                "res.xml",
                "signature",
                "annotations",
            ];
            if self.visited.contains(&part) || silent.iter().any(|name| stem.starts_with(name)) {
                continue;
            }
            match self.package.tree(&part) {
                Ok(Some(tree)) => {
                    let read = page::read(&tree, 0.0);
                    let pieces = read.page.pieces.into_iter().map(|piece| piece.text);
                    let mut lines: Vec<String> = pieces.chain(read.hidden).collect();
                    if lines.is_empty() {
                        words(&tree, &mut lines);
                    }
                    for line in lines {
                        self.document.say_aside(line, Place::Hidden);
                    }
                }
                Ok(None) => {}
                Err(Fault::Broken(_)) => self.document.unread.push(part),
                Err(fault) => return Err(fault),
            }
        }
        let unread = self.package.names().filter(|name| {
            let read = [".xml", ".ttf", ".otf", ".ttc", ".dat", "/"];
            !read.iter().any(|end| name.ends_with(end))
        });
        let unread: Vec<String> = unread.map(str::to_owned).collect();
        self.document.unread.extend(unread);
        Ok(())
    }
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The text of an element, that of each element without others a line.
fn words(element: &Element, out: &mut Vec<String>) {
    if element.elements().next().is_none() {
        let text = element.text();
        out.extend((!text.trim().is_empty()).then_some(text));
        return;
    }
    for child in element.elements() {
        words(child, out);
    }
}
