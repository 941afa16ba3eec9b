//! The headings of a body: those written as such, and those that Chinese papers write as plain lines.
//!
//! `plan` drops the heading that repeats the title, turns 【要旨】, bold section names and the lines of
//! an office paper's outline (一、 and （一）) into headings, and settles every level and id. After
//! it, `Element::Heading` carries a heading's place among the headings instead of its level.

use super::anchor::Anchors;
use super::piece::{Element, Inline, Kind, Piece};
use super::section;
use unicode_normalization::UnicodeNormalization;

/// What is settled of a heading before its text is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planned {
    pub level: u8,
    pub id: String,
    pub role: Option<&'static str>,
}

/// Longest line that is taken for a heading of an office paper, in characters.
const LONGEST_LINE: usize = 40;

/// Headings and lines at a body's start that may repeat the title.
const LINES_OF_A_TITLE: usize = 4;

/// Why something is a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Markdown or HTML, with its level.
    Written(u8),
    /// A section's name on a line of its own.
    Section,
    /// A line of an office paper's outline, with its rank from 1.
    Paper(u8),
}

/// How an author marks headings.
#[derive(Debug, Clone, Copy)]
struct Habit {
    /// As Markdown does: then a line of an outline is text.
    own: bool,
    /// Not at all, neither so nor by 【】: then a section's name on a line of its own is one.
    plain: bool,
}

impl Habit {
    fn of(pieces: &[Piece<'_>]) -> Habit {
        let begins = |test: fn(&Element, &Piece<'_>) -> bool| {
            pieces
                .windows(2)
                .any(|pair| matches!(&pair[0], Piece::Open(element) if test(element, &pair[1])))
        };
        let own = begins(|element, first| matches!(element, Element::Heading(_)) && !matches!(first, Piece::Close(_)));
        let bracketed = begins(|element, first| {
            *element == Element::Paragraph && matches!(first, Piece::Text(text) if section::is_bracketed(text.trim()))
        });
        Habit {
            own,
            plain: !own && !bracketed,
        }
    }
}

/// Settles the headings; their texts are only written later.
pub(super) fn plan<'a>(pieces: Vec<Piece<'a>>, title: &str, anchors: &mut Anchors) -> (Vec<Piece<'a>>, Vec<Planned>) {
    let pieces = without_title(pieces, title);
    let (pieces, found) = promote(pieces);
    let levels = levels(found.iter().map(|(source, _)| *source));
    let planned = found
        .iter()
        .zip(levels)
        .map(|((source, text), level)| Planned {
            level,
            id: anchors.heading(text),
            // （三）处理结果 is a step within a section.
            role: section::role(text).filter(|_| *source != Source::Paper(2)),
        })
        .collect();
    (pieces, planned)
}

/// Whether a heading says what the title says: the same letters and digits, with or without the
/// number of a guiding case, or that number alone.
fn repeats(heading: &str, title: &str) -> bool {
    // A long paragraph needs no closer look.
    if heading.len() > 200 + 2 * title.len() {
        return false;
    }
    let (heading, title) = (letters(heading), letters(title));
    let (bare_heading, bare_title) = (without_number(&heading), without_number(&title));
    if bare_heading.is_empty() {
        return !heading.is_empty() && title.contains(&heading);
    }
    bare_heading == bare_title
}

/// The first written heading that names something: the number of a guiding case and the name of a
/// known section name no document.
pub(super) fn first_heading(pieces: &[Piece<'_>]) -> Option<String> {
    let mut rest = pieces;
    loop {
        let start = rest
            .iter()
            .position(|piece| matches!(piece, Piece::Open(Element::Heading(_))))?;
        rest = &rest[start..];
        let end = rest
            .iter()
            .position(|piece| matches!(piece, Piece::Close(Element::Heading(_))))
            .unwrap_or(rest.len());
        let text = text_of(&rest[..end]).trim().to_owned();
        if !without_number(&letters(&text)).is_empty() && section::role(&text).is_none() {
            return Some(text);
        }
        rest = &rest[end..];
    }
}

fn letters(text: &str) -> String {
    text.nfkc().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Letters without 检例第142号 or 指导案例98号 at their start or end.
fn without_number(letters: &str) -> &str {
    const NAMES: [&str; 6] = ["检例第", "检例", "指导案例第", "指导案例", "指导性案例第", "指导性案例"];
    let digits = |text: &str| text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    for name in NAMES {
        if let Some(rest) = letters.strip_prefix(name)
            && let length @ 1.. = digits(rest)
            && let Some(rest) = rest[length..].strip_prefix('号')
        {
            return rest;
        }
        if let Some((before, after)) = letters.rsplit_once(name)
            && let length @ 1.. = digits(after)
            && &after[length..] == "号"
        {
            return before;
        }
    }
    letters
}

fn says_nothing_new(block: &[Piece<'_>], title: &str) -> bool {
    matches!(block, [Piece::Open(_)]) || repeats(&text_of(block), title)
}

/// Takes away what repeats the title before any other text: its heading, and the lines that title
/// pages of cases have (the title again, its number).
fn without_title<'a>(mut pieces: Vec<Piece<'a>>, title: &str) -> Vec<Piece<'a>> {
    let mut start = 0;
    for _ in 0..LINES_OF_A_TITLE {
        let Some(Piece::Open(element @ (Element::Heading(_) | Element::Paragraph))) = pieces.get(start) else {
            break;
        };
        let length = pieces[start..]
            .iter()
            .position(|piece| *piece == Piece::Close(*element));
        match length {
            Some(length) if says_nothing_new(&pieces[start..start + length], title) => start += length + 1,
            _ => break,
        }
    }
    pieces.drain(..start);
    pieces
}

/// Turns paragraphs that are headings into such, and numbers the headings.
fn promote(pieces: Vec<Piece<'_>>) -> (Vec<Piece<'_>>, Vec<(Source, String)>) {
    let habit = Habit::of(&pieces);
    let mut out = Vec::with_capacity(pieces.len());
    let mut found: Vec<(Source, String)> = Vec::new();
    let mut start = 0; // where the open heading or paragraph begins in `out`
    let mut depth = 0usize; // containers around it
    for piece in pieces {
        match piece {
            Piece::Open(Element::Heading(level)) => {
                start = out.len();
                out.push(Piece::Open(Element::Heading(level)));
            }
            Piece::Close(Element::Heading(level)) => {
                let level = match out.get(start) {
                    Some(Piece::Open(Element::Heading(level))) => *level,
                    _ => level,
                };
                head(&mut out, start, Source::Written(level.min(6) as u8), &mut found);
            }
            Piece::Open(Element::Paragraph) => {
                start = out.len();
                out.push(piece);
            }
            Piece::Close(Element::Paragraph) => {
                if depth == 0
                    && let Some((source, end)) = line(&out[start..], habit)
                {
                    let rest = out.split_off(start + end);
                    drop_bold(&mut out, start);
                    head(&mut out, start, source, &mut found);
                    if let [Piece::SoftBreak | Piece::HardBreak, ..] = rest.as_slice() {
                        out.push(Piece::Open(Element::Paragraph));
                        out.extend(rest.into_iter().skip(1));
                        out.push(Piece::Close(Element::Paragraph));
                    }
                } else {
                    out.push(piece);
                }
            }
            Piece::Open(element) => {
                depth += usize::from(is_container(element));
                out.push(piece);
            }
            Piece::Close(element) => {
                depth = depth.saturating_sub(usize::from(is_container(element)));
                out.push(piece);
            }
            _ => out.push(piece),
        }
    }
    (out, found)
}

/// Drops bold from a line that becomes a heading, which is bold anyway.
fn drop_bold(out: &mut Vec<Piece<'_>>, start: usize) {
    let bold = Element::Inline(Inline::Strong);
    let line = out.split_off(start);
    out.extend(
        line.into_iter()
            .filter(|piece| !matches!(piece, Piece::Open(it) | Piece::Close(it) if *it == bold)),
    );
}

fn is_container(element: Element) -> bool {
    matches!(element.kind(), Kind::Container | Kind::Holder) && element != Element::Division
}

/// Closes the heading that begins at `start`; one that says nothing is none.
fn head(out: &mut Vec<Piece<'_>>, start: usize, source: Source, found: &mut Vec<(Source, String)>) {
    let place = Element::Heading(found.len() as u32);
    let content = out.get(start + 1..).unwrap_or_default();
    let text = text_of(content);
    if text.trim().is_empty() && !content.iter().any(|piece| matches!(piece, Piece::Image(_))) {
        return out.truncate(start);
    }
    if let Some(first) = out.get_mut(start) {
        *first = Piece::Open(place);
    }
    out.push(Piece::Close(place));
    found.push((source, text));
}

/// Whether a paragraph (without its end) begins with a line that is a heading, and where that line ends.
fn line(paragraph: &[Piece<'_>], habit: Habit) -> Option<(Source, usize)> {
    let mut text = String::new();
    let (mut bold, mut all_bold) = (0usize, true);
    let mut end = paragraph.len();
    for (at, piece) in paragraph.iter().enumerate().skip(1) {
        match piece {
            Piece::Text(part) => {
                all_bold &= bold > 0 || part.trim().is_empty();
                // Indentation by full-width spaces may be longer than the line.
                text.push_str(if text.is_empty() { part.trim_start() } else { part });
                if text.len() > LONGEST_LINE * 4 {
                    return None;
                }
            }
            Piece::Open(Element::Inline(Inline::Strong)) => bold += 1,
            Piece::Close(Element::Inline(Inline::Strong)) => bold = bold.saturating_sub(1),
            Piece::SoftBreak | Piece::HardBreak if bold == 0 => {
                end = at;
                break;
            }
            Piece::Mark(_) => {}
            _ => return None,
        }
    }
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let alone = end == paragraph.len();
    if section::is_bracketed(text) && (alone || section::role(text).is_some()) {
        return Some((Source::Section, end));
    }
    if !alone {
        return None;
    }
    if (all_bold || habit.plain) && section::outline_rank(text).is_none() && section::role(text).is_some() {
        return Some((Source::Section, end));
    }
    let rank = section::outline_rank(text).filter(|_| !habit.own)?;
    let short = text.chars().count() < LONGEST_LINE && !text.ends_with(['。', '；', '，', '：', '、', ';', ':']);
    short.then_some((Source::Paper(rank), end))
}

/// The levels of all headings: written ones keep their order from 2 on, the others stand one below
/// what encloses them.
fn levels(sources: impl Iterator<Item = Source> + Clone) -> Vec<u8> {
    let smallest = sources
        .clone()
        .filter_map(|source| match source {
            Source::Written(level) => Some(level),
            _ => None,
        })
        .min()
        .unwrap_or(2);
    let (mut written, mut base, mut chapter) = (1u8, 1u8, None::<u8>);
    sources
        .map(|source| match source {
            Source::Written(level) => {
                written = (level + 2).saturating_sub(smallest).clamp(2, 6);
                (base, chapter) = (written, None);
                written
            }
            Source::Section => {
                (base, chapter) = ((written + 1).min(6), None);
                base
            }
            Source::Paper(1) => *chapter.insert((base + 1).min(6)),
            Source::Paper(_) => (chapter.unwrap_or(base) + 1).min(6),
        })
        .collect()
}

/// The text of pieces, as far as names and slugs need it.
pub(super) fn text_of(pieces: &[Piece<'_>]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::HardBreak => text.push(' '),
            Piece::SoftBreak if !super::glyph::joins(&text, "") => text.push(' '),
            _ => {}
        }
    }
    text
}
