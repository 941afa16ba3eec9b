//! Paragraphs from what only has places on pages: pieces of text become lines, lines become paragraphs, and what
//! stands at the head and foot of every page is set apart.

use super::block::{Block, Document, Form, Inline, Loss};
use super::line::Place;
use super::page;
use std::collections::BTreeMap;

/// A piece of text and where it stands, in any unit; from the left and from the top of its page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub left: f32,
    /// Where it ends.
    pub right: f32,
    /// Of the line on which its letters stand.
    pub base: f32,
    /// Of its letters.
    pub size: f32,
}

/// The pieces of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub pieces: Vec<Piece>,
    /// Half points of a unit.
    pub scale: f32,
    pub width: f32,
    /// Whether something else than text is drawn on it: a page without text is then a scan, or its letters are drawn.
    pub drawn: bool,
}

/// A line of a page.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    left: f32,
    right: f32,
    base: f32,
    size: f32,
    /// Wide gaps in it: it may be the row of a table.
    gaps: usize,
    page: usize,
}

/// Puts the paragraphs of pages into a document.
pub(super) fn arrange(pages: Vec<Page>, document: &mut Document) {
    let frames: Vec<(f32, f32)> = pages.iter().map(|page| (page.width, page.scale)).collect();
    let mut of_pages: Vec<Vec<Line>> = Vec::new();
    let is_empty = pages.iter().all(|page| page.pieces.is_empty());
    for (number, page) in pages.into_iter().enumerate() {
        // The empty page behind a text is none.
        if page.pieces.is_empty() && (page.drawn || is_empty) {
            document.lose(Loss::Scan);
        }
        of_pages.push(lines(page.pieces, number));
    }
    set_apart(&mut of_pages, document);
    let lines: Vec<Line> = of_pages.into_iter().flatten().collect();
    let width = frames.iter().map(|(width, _)| *width).fold(0.0, f32::max);
    let edges = Edges::of(&lines, width);
    let mut open: Option<Open> = None;
    for line in lines {
        let (width, scale) = frames.get(line.page).copied().unwrap_or((0.0, 2.0));
        match &mut open {
            Some(open) if edges.goes_on(&open.last, &line) => open.push(line),
            _ => {
                if let Some(done) = open.take() {
                    done.end(document);
                }
                let centred = edges.is_centred(&line, width);
                let size = (line.size * scale).round().clamp(0.0, 2000.0) as u32;
                let form = Form {
                    centred,
                    size,
                    ..Form::default()
                };
                open = Some(Open::of(line, form));
            }
        }
    }
    if let Some(done) = open {
        done.end(document);
    }
}

/// A number by which places can be sorted; what is not a number stands first.
fn order(place: f32) -> i64 {
    if place.is_finite() {
        (place.clamp(-1e9, 1e9) * 100.0) as i64
    } else {
        -1_000_000_000_000
    }
}

/// The lines of a page from top to bottom, each from left to right.
fn lines(mut pieces: Vec<Piece>, page: usize) -> Vec<Line> {
    pieces.sort_by_key(|piece| (order(piece.base), order(piece.left)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let on_line = rows.last().and_then(|row| row.first()).is_some_and(|first| {
            // A raised figure stands on the line, too.
            (piece.base - first.base).abs() < 0.45 * first.size.max(piece.size)
        });
        match rows.last_mut().filter(|_| on_line) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    let made = rows.into_iter().map(|row| line(row, page));
    made.filter(|line| !line.text.trim().is_empty()).collect()
}

fn line(mut row: Vec<Piece>, page: usize) -> Line {
    row.sort_by_key(|piece| order(piece.left));
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for piece in &row {
        *sizes.entry(order(piece.size)).or_default() += piece.text.chars().count();
    }
    let most = sizes.iter().max_by_key(|(size, count)| (**count, **size));
    let size = most.map_or(0.0, |(size, _)| *size as f32 / 100.0);
    let mut out = Line {
        text: String::new(),
        left: row.first().map_or(0.0, |piece| piece.left),
        right: 0.0,
        base: row.first().map_or(0.0, |piece| piece.base),
        size,
        gaps: 0,
        page,
    };
    let mut last: Option<Piece> = None;
    for piece in row {
        if let Some(last) = &last {
            // Letters that are drawn twice are bold.
            let near = 0.25 * piece.size;
            let twice = (last.left - piece.left).abs() < near && (last.base - piece.base).abs() < near;
            if twice && last.text == piece.text {
                continue;
            }
            let gap = piece.left - last.right;
            let han = is_han(last.text.chars().next_back()) || is_han(piece.text.chars().next());
            let blank = if han { 0.75 } else { 0.2 };
            let spaced = last.text.ends_with(char::is_whitespace) || piece.text.starts_with(char::is_whitespace);
            if gap > blank * size && !spaced {
                out.text.push(' ');
            }
            out.gaps += usize::from(gap > 1.5 * size);
        }
        out.text += &piece.text;
        out.right = out.right.max(piece.right);
        last = Some(piece);
    }
    out
}

fn is_han(character: Option<char>) -> bool {
    character.is_some_and(|character| character >= '\u{2E80}')
}

/// Takes heads and feet out: numbers of pages, and what several pages have at the same end of them.
fn set_apart(pages: &mut [Vec<Line>], document: &mut Document) {
    // Figures alone are a row of a table sooner than a head; what is one stands at one height.
    let without_digits = |line: &Line| -> Option<(String, i64)> {
        let words: String = line.text.chars().filter(|it| !it.is_numeric()).collect();
        let height = (line.base / line.size.max(1.0)).round();
        words.contains(char::is_alphabetic).then_some((words, order(height)))
    };
    let mut counts: [BTreeMap<(String, i64), usize>; 2] = Default::default();
    for page in pages.iter().filter(|page| page.len() > 1) {
        for (count, line) in counts.iter_mut().zip([page.first(), page.last()]) {
            if let Some(said) = line.and_then(without_digits) {
                *count.entry(said).or_default() += 1;
            }
        }
    }
    let several = pages.len().div_ceil(3).max(2);
    let known: [Vec<(String, i64)>; 2] = counts.map(|count| {
        let often = count.into_iter().filter(|(_, times)| *times >= several);
        often.map(|(text, _)| text).collect()
    });
    for page in pages.iter_mut() {
        let mut at_end = |page: &mut Vec<Line>, first: bool| {
            let line = if first { page.first() } else { page.last() };
            let Some(line) = line else { return false };
            let own = &known[usize::from(!first)];
            let found = page.len() > 1 && without_digits(line).is_some_and(|said| own.contains(&said));
            // 3/9 has two numbers; a row of figures has more.
            let numbers = line
                .text
                .split(|it: char| !it.is_ascii_digit())
                .filter(|it| !it.is_empty());
            let few = line.text.chars().count() <= 16 && numbers.count() <= 2;
            let is_number = few && is_apart(page, first) && page::is_number(&line.text);
            if !found && !is_number {
                return false;
            }
            let line = page.remove(if first { 0 } else { page.len() - 1 });
            let place = if first { Place::Header } else { Place::Footer };
            document.say_of_page(line.text, place);
            true
        };
        // A foot may have its number on a line of its own.
        for first in [true, false, false] {
            at_end(page, first);
        }
    }
}

/// Whether the first or last line of a page stands apart from the others, as a number of pages does.
fn is_apart(page: &[Line], first: bool) -> bool {
    let pair = if first {
        page.get(..2)
    } else {
        page.get(page.len().saturating_sub(2)..)
    };
    match pair {
        Some([one, two]) => two.base - one.base > 2.0 * one.size.max(two.size),
        _ => true,
    }
}

/// Where most lines begin and end.
struct Edges {
    left: f32,
    right: f32,
    /// From one line to the next.
    pitch: f32,
}

impl Edges {
    fn of(lines: &[Line], width: f32) -> Self {
        let mut lefts: BTreeMap<i64, usize> = BTreeMap::new();
        let mut rights: Vec<i64> = Vec::new();
        let mut pitches: BTreeMap<i64, usize> = BTreeMap::new();
        for line in lines {
            let step = (line.size / 2.0).max(0.1);
            *lefts.entry(order((line.left / step).round() * step)).or_default() += line.text.chars().count();
            rights.push(order(line.right));
        }
        for pair in lines.windows(2).filter(|pair| pair[0].page == pair[1].page) {
            *pitches.entry(order((pair[1].base - pair[0].base).round())).or_default() += 1;
        }
        rights.sort_unstable();
        let most = |counts: &BTreeMap<i64, usize>| {
            let found = counts.iter().max_by_key(|(place, count)| (**count, -**place));
            found.map_or(0.0, |(place, _)| *place as f32 / 100.0)
        };
        let right = rights
            .get(rights.len().saturating_sub(1) * 9 / 10)
            .copied()
            .unwrap_or(0);
        let left = most(&lefts);
        Self {
            left,
            // Few short lines say nothing of where a full one ends; margins are about the same on both sides.
            right: (right as f32 / 100.0).max(width - 1.6 * left),
            pitch: most(&pitches),
        }
    }

    /// Whether a line goes on with the paragraph of the line before it.
    fn goes_on(&self, last: &Line, next: &Line) -> bool {
        let size = last.size.max(next.size);
        let full = last.right > self.right - 2.5 * size;
        let unindented = next.left < self.left + 1.2 * size;
        let of_one_size = (last.size - next.size).abs() < 0.12 * size;
        let near = last.page != next.page || next.base - last.base < 1.6 * self.pitch.max(size);
        full && unindented && of_one_size && near && last.gaps < 2 && next.gaps < 2
    }

    fn is_centred(&self, line: &Line, width: f32) -> bool {
        let width = if width > 0.0 { width } else { self.left + self.right };
        let (before, after) = (line.left, width - line.right);
        let short = line.left > self.left + 2.5 * line.size;
        short && (before - after).abs() < 1.5 * line.size
    }
}

/// A paragraph that is being put together.
struct Open {
    text: String,
    last: Line,
    lines: usize,
    form: Form,
}

impl Open {
    fn of(line: Line, form: Form) -> Self {
        Self {
            text: line.text.trim().to_owned(),
            last: line,
            lines: 1,
            form,
        }
    }

    fn push(&mut self, line: Line) {
        let more = line.text.trim();
        let letter = |end: Option<char>| end.is_some_and(|it| it.is_alphanumeric() && it < '\u{2E80}');
        let lower = more.starts_with(|first: char| first.is_ascii_lowercase());
        let divided = lower
            && self
                .text
                .strip_suffix(['-', '\u{AD}'])
                .is_some_and(|word| word.ends_with(|last: char| last.is_ascii_alphabetic()));
        if divided {
            self.text.pop();
        } else if letter(self.text.chars().next_back()) && letter(more.chars().next()) {
            // Digits that a line breaks are one number.
            let digits =
                self.text.ends_with(|it: char| it.is_ascii_digit()) && more.starts_with(|it: char| it.is_ascii_digit());
            self.text.extend((!digits).then_some(' '));
        } else if self.text.ends_with([',', '.', ';', ':']) && letter(more.chars().next()) {
            self.text.push(' ');
        }
        self.text += more;
        self.lines += 1;
        self.last = line;
    }

    fn end(self, document: &mut Document) {
        document.lose_all(Loss::Lines, usize::from(self.lines > 1));
        document.blocks.push(Block::Paragraph {
            text: vec![Inline::text(self.text)],
            form: self.form,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, left: f32, base: f32) -> Piece {
        Piece {
            text: text.to_owned(),
            left,
            right: left + 10.0 * text.chars().count() as f32,
            base,
            size: 10.0,
        }
    }

    fn read(pages: Vec<Vec<Piece>>) -> Document {
        let mut document = Document::default();
        let page = |pieces| Page {
            pieces,
            scale: 2.0,
            width: 300.0,
            drawn: false,
        };
        arrange(pages.into_iter().map(page).collect(), &mut document);
        document
    }

    fn texts(document: &Document) -> Vec<String> {
        document.blocks.iter().map(Block::plain).collect()
    }

    #[test]
    fn lines_that_go_on_are_one_paragraph() {
        let full = "长".repeat(20);
        let indented = "长".repeat(18);
        let document = read(vec![vec![
            piece("关于桥梁的报告", 115.0, 20.0),
            piece(&indented, 70.0, 60.0),
            piece(&full, 50.0, 80.0),
            piece("末行。", 50.0, 100.0),
            piece(&indented, 70.0, 120.0),
            piece("末行。", 50.0, 140.0),
        ]]);
        let long = format!("{indented}{full}末行。");
        assert_eq!(
            texts(&document),
            ["关于桥梁的报告", &long, &format!("{indented}末行。")]
        );
        assert!(matches!(&document.blocks[0], Block::Paragraph { form, .. } if form.centred && form.size == 20));
        assert_eq!(document.losses[&Loss::Lines], 2);
    }

    #[test]
    fn a_paragraph_goes_on_over_the_end_of_a_page_and_its_number() {
        let full = "长".repeat(20);
        let number = |page: u32| piece(&format!("— {page} —"), 130.0, 380.0);
        let document = read(vec![
            vec![piece(&full, 50.0, 20.0), number(1)],
            vec![piece("末行。", 50.0, 20.0), number(2)],
        ]);
        assert_eq!(texts(&document), [format!("{full}末行。")]);
        assert_eq!(document.aside.len(), 2);
    }

    #[test]
    fn what_every_page_bears_is_no_part_of_the_text() {
        let page = |text: &str| vec![piece("某检察院专报", 100.0, 10.0), piece(text, 50.0, 40.0)];
        let document = read(vec![page("甲。"), page("乙。"), page("丙。")]);
        assert_eq!(texts(&document), ["甲。", "乙。", "丙。"]);
        assert_eq!(document.losses[&Loss::Header], 3);
    }

    #[test]
    fn words_are_joined_as_their_script_has_it() {
        let line = |text: &str| Piece {
            right: 250.0,
            ..piece(text, 50.0, 0.0)
        };
        let joined = |one: &str, two: &str| {
            let lower = Piece {
                base: 15.0,
                ..line(two)
            };
            texts(&read(vec![vec![line(one), lower]]))
        };
        assert_eq!(joined("an exam-", "ple of it"), ["an example of it"]);
        assert_eq!(joined("one word", "another"), ["one word another"]);
        assert_eq!(joined("电话1380013", "8000"), ["电话13800138000"]);
        assert_eq!(joined("汉字", "汉字"), ["汉字汉字"]);
    }

    #[test]
    fn a_page_without_text_is_a_scan_and_an_empty_one_behind_the_text_is_none() {
        let scans = |drawn: bool| {
            let page = |pieces| Page {
                pieces,
                drawn,
                ..Page::default()
            };
            let mut document = Document::default();
            arrange(
                vec![page(vec![piece("甲。", 50.0, 20.0)]), page(Vec::new())],
                &mut document,
            );
            document.losses.get(&Loss::Scan).copied()
        };
        assert_eq!((scans(true), scans(false)), (Some(1), None));
        assert_eq!(read(vec![Vec::new()]).losses[&Loss::Scan], 1);
    }

    #[test]
    fn rows_of_figures_at_the_end_of_pages_stay() {
        let page = |text: &str, last: &str| vec![piece(text, 50.0, 40.0), piece(last, 50.0, 300.0)];
        let figures = read(vec![page("甲。", "12 3 46"), page("乙。", "30 6 28")]);
        assert_eq!(texts(&figures).len(), 4);
        // The same words at another height are no foot.
        let mut pages = vec![page("甲。", "青山镇 3 处"), page("乙。", "青山镇 5 处")];
        pages[1][1].base = 200.0;
        assert_eq!(texts(&read(pages)).len(), 4);
    }

    #[test]
    fn rows_of_a_table_stay_apart_and_what_is_drawn_twice_is_once() {
        let row = |first: &str, base| {
            vec![
                piece(first, 50.0, base),
                piece("乙", 120.0, base),
                piece("丙", 240.0, base),
            ]
        };
        let mut pieces = [row("甲", 20.0), row("丁", 40.0)].concat();
        pieces.push(piece("甲", 50.5, 20.0));
        assert_eq!(texts(&read(vec![pieces])), ["甲 乙 丙", "丁 乙 丙"]);
    }
}
