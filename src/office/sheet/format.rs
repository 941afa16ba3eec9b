//! A format of cells: the shape of its numbers, and the words that it sets around texts.

use super::number::{Shape, sections};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Format {
    shape: Shape,
    /// What stands before and after a text.
    around: (String, String),
}

impl Format {
    /// One of the formats that are built in.
    pub(super) fn built_in(id: u32) -> Self {
        Self {
            shape: Shape::built_in(id),
            ..Self::default()
        }
    }

    /// A format as spreadsheets write it.
    pub(super) fn of(code: &str) -> Self {
        let sections = sections(code);
        let of_text = sections.get(3).or_else(|| {
            let mut all = sections.iter().rev();
            all.find(|section| pieces(section).contains(&Piece::Text))
        });
        let pieces = of_text.map(|section| pieces(section)).unwrap_or_default();
        let at = pieces
            .iter()
            .position(|piece| *piece == Piece::Text)
            .unwrap_or(pieces.len());
        Self {
            shape: Shape::of(code),
            around: (words(&pieces[..at]), words(&pieces[at..])),
        }
    }

    /// A number as it shows it; `old_days` counts days from 1904.
    pub(super) fn number(&self, written: &str, old_days: bool) -> String {
        self.shape.show(written, old_days)
    }

    /// A text as it shows it.
    pub(super) fn text(&self, text: &str) -> String {
        [&self.around.0, text, &self.around.1].concat()
    }
}

/// The words of each section of a format, whether or not a cell has it.
pub(super) fn literals(code: &str) -> impl Iterator<Item = String> {
    sections(code).into_iter().map(|section| words(&pieces(section)))
}

/// What a section of a format is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A character that is shown as it is.
    Shown(char),
    /// The place of a text.
    Text,
    /// The place of a digit, or what shows nothing.
    Other,
}

fn words(pieces: &[Piece]) -> String {
    let shown = pieces.iter().filter_map(|piece| match piece {
        Piece::Shown(letter) => Some(*letter),
        _ => None,
    });
    shown.collect()
}

fn pieces(section: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut letters = section.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => pieces.extend(letters.by_ref().take_while(|it| *it != '"').map(Piece::Shown)),
            '\\' => pieces.extend(letters.next().map(Piece::Shown)),
            '_' | '*' => {
                letters.next();
            }
            '[' => {
                letters.by_ref().find(|it| *it == ']');
            }
            '@' => pieces.push(Piece::Text),
            letter if !letter.is_ascii() => pieces.push(Piece::Shown(letter)),
            _ => pieces.push(Piece::Other),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_around_a_text() {
        for (code, expected) in [
            ("@", "张某"),
            ("\"被告人\"@", "被告人张某"),
            ("0;0;0;\"被告人：\"@\"（男）\"", "被告人：张某（男）"),
            ("General", "张某"),
            (";;;", "张某"),
        ] {
            assert_eq!(Format::of(code).text("张某"), expected, "{code}");
        }
        let all: Vec<String> = literals("\"甲;乙\"0;\\丙0").collect();
        assert_eq!(all, ["甲;乙", "丙"]);
    }
}
