//! Automatic numbers: each list of the document is one of Word's, so that it counts by itself.

use std::fmt::Write as _;

/// Levels that a list of Word has.
const LEVELS: usize = 9;
/// How far each level is indented, in twentieths of a point: two characters.
const STEP: usize = 632;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    made: Vec<List>,
    /// The list that is open on each level, with its last number.
    open: Vec<Option<(usize, Option<u32>)>>,
}

#[derive(Debug)]
struct List {
    level: usize,
    /// Its first number, or `None` for bullets.
    start: Option<u32>,
}

impl Lists {
    /// The number of the list that an item stands in, and its level.
    pub(super) fn item(&mut self, depth: usize, number: Option<u32>) -> (usize, usize) {
        let level = depth.min(LEVELS - 1);
        self.open.resize(level + 1, None);
        let goes_on = self.open[level].filter(|(_, last)| match (last, number) {
            (None, None) => true,
            (Some(last), Some(number)) => number == last.saturating_add(1),
            _ => false,
        });
        let list = goes_on.map_or_else(
            || {
                self.made.push(List { level, start: number });
                self.made.len()
            },
            |(list, _)| list,
        );
        self.open[level] = Some((list, number));
        (list, level)
    }

    /// A block of another kind ends all lists.
    pub(super) fn end(&mut self) {
        self.open.clear();
    }

    /// `numbering.xml`. Every list has a definition of its own, or two would count on together.
    pub(super) fn part(&self) -> String {
        let mut definitions = String::new();
        let mut lists = String::new();
        for (at, list) in self.made.iter().enumerate() {
            let id = at + 1;
            let _ = write!(
                definitions,
                "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>"
            );
            for level in 0..LEVELS {
                let (format, text) = match list.start {
                    Some(_) => ("decimal", format!("%{}.", level + 1)),
                    None => ("bullet", "•".to_owned()),
                };
                let start = list.start.filter(|_| level == list.level).unwrap_or(1);
                let left = level * STEP;
                let _ = write!(
                    definitions,
                    "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/>\
                     <w:suff w:val=\"space\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
                     <w:pPr><w:ind w:left=\"{left}\" w:firstLine=\"{STEP}\"/></w:pPr></w:lvl>"
                );
            }
            definitions += "</w:abstractNum>";
            let _ = write!(
                lists,
                "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
            );
        }
        definitions + &lists
    }
}
