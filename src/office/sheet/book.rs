//! What the sheets of a workbook share: their names and order, strings, and formats.

use super::format::{Format, literals};
use crate::office::stream::{Step, walk};
use crate::office::{Budget, Fault, Package, Relation};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a string takes besides its letters, about.
const OF_STRING: usize = 48;
/// What a format takes besides its words, about.
const OF_FORMAT: usize = 160;

/// A workbook without its cells.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub sheets: Vec<Sheet>,
    /// The strings that cells name by their place.
    pub strings: Vec<String>,
    /// How the words in strings sound.
    pub readings: Vec<String>,
    /// The format of each style of cells.
    pub formats: Vec<Rc<Format>>,
    /// The words of all formats.
    pub literals: Vec<String>,
    /// Whether days are counted from 1904.
    pub old_days: bool,
}

#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    pub part: String,
    pub hidden: bool,
}

impl Book {
    pub(super) fn read(package: &mut Package) -> Result<Self, Fault> {
        let mut book = Self::default();
        let main = package.main_part()?;
        let main = if main.ends_with("document.xml") {
            "xl/workbook.xml".to_owned()
        } else {
            main
        };
        let relations = package.relations(&main)?;
        if let Some(text) = package.text(&main)? {
            book.take_sheets(&text, &main, &relations)?;
        }
        // Sheets that no workbook names are read all the same.
        let known: Vec<String> = book.sheets.iter().map(|sheet| sheet.part.to_lowercase()).collect();
        let stray = package
            .xml_parts()
            .into_iter()
            .filter(|part| part.starts_with("xl/worksheets/") && !known.contains(part));
        let stray: Vec<String> = stray.collect();
        book.sheets.extend(stray.into_iter().map(|part| Sheet {
            name: String::new(),
            hidden: !known.is_empty(),
            part,
        }));
        if let Some(text) = package.text("xl/sharedStrings.xml")? {
            book.take_strings(&text, &package.budget)?;
        }
        if let Some(text) = package.text("xl/styles.xml")? {
            book.take_formats(&text, &package.budget)?;
        }
        Ok(book)
    }

    fn take_sheets(&mut self, text: &str, part: &str, relations: &BTreeMap<String, Relation>) -> Result<(), Fault> {
        walk(text, part, |step| {
            match step {
                Step::Start("sheet", attributes) => {
                    if let Some(Relation::Part(part)) = attributes.get("id").and_then(|id| relations.get(id)) {
                        self.sheets.push(Sheet {
                            name: attributes.get("name").unwrap_or_default().to_owned(),
                            part: part.clone(),
                            hidden: matches!(attributes.get("state"), Some("hidden" | "veryHidden")),
                        });
                    }
                }
                Step::Start("workbookPr", attributes) => self.old_days = attributes.is_on("date1904"),
                _ => {}
            }
            Ok(())
        })
    }

    fn take_strings(&mut self, text: &str, budget: &Budget) -> Result<(), Fault> {
        let (mut open, mut reading) = (String::new(), String::new());
        let (mut says, mut reads) = (false, false);
        walk(text, "xl/sharedStrings.xml", |step| {
            match step {
                Step::Start("t", _) => says = true,
                Step::Start("rPh", _) => reads = true,
                Step::Text(text) if says && reads => reading += text,
                Step::Text(text) if says => open += text,
                Step::End("t") => says = false,
                Step::End("rPh") => {
                    reads = false;
                    budget.take(OF_STRING + reading.len())?;
                    self.readings.push(std::mem::take(&mut reading));
                }
                // Strings keep their places, the empty ones too.
                Step::End("si") => {
                    let text = unescaped(&std::mem::take(&mut open));
                    budget.take(OF_STRING + text.len())?;
                    self.strings.push(text);
                }
                _ => {}
            }
            Ok(())
        })
    }

    fn take_formats(&mut self, text: &str, budget: &Budget) -> Result<(), Fault> {
        let mut own: BTreeMap<u32, Rc<Format>> = BTreeMap::new();
        let mut of_cells = false;
        walk(text, "xl/styles.xml", |step| {
            match step {
                Step::Start("numFmt", attributes) => {
                    let code = attributes.get("formatCode").unwrap_or_default();
                    budget.take(OF_FORMAT + 2 * code.len())?;
                    self.literals.extend(literals(code));
                    own.extend(attributes.number("numFmtId").map(|id| (id, Rc::new(Format::of(code)))));
                }
                Step::Start("cellXfs", _) => of_cells = true,
                Step::End("cellXfs") => of_cells = false,
                Step::Start("xf", attributes) if of_cells => {
                    let id = attributes.number("numFmtId").unwrap_or(0);
                    // A style says which format it has, and a sheet may have millions of them.
                    budget.take(size_of::<Rc<Format>>())?;
                    if !own.contains_key(&id) {
                        budget.take(OF_FORMAT)?;
                    }
                    let format = own.entry(id).or_insert_with(|| Rc::new(Format::built_in(id)));
                    self.formats.push(Rc::clone(format));
                }
                _ => {}
            }
            Ok(())
        })
    }
}

/// `_x000D_` is how strings keep what XML can't (ECMA-376, `ST_Xstring`).
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest
            .get(at + 2..at + 6)
            .filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let character = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        if let Some(character) = character {
            out += &rest[..at];
            out.push(if character.is_control() { ' ' } else { character });
            rest = &rest[at + 7..];
        } else {
            out += &rest[..at + 2];
            rest = &rest[at + 2..];
        }
    }
    out + rest
}
