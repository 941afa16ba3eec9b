//! Emphasis in Chinese text.
//!
//! CommonMark asks for a space or punctuation outside of `**` where punctuation stands inside, so
//! `**注意：**请先登录` and `请看**“报销”**流程` stay literal; Chinese has no spaces to put there. We
//! place a mark that is neither space nor punctuation between the punctuation and the `**`, which
//! makes it open or close, and take the mark out of the parsed text. The other way round, `*` and
//! `~` that Chinese papers mean literally are escaped: `3~5年`, `2*3*4`, `138****1234`, `王**（男）、刘**（女）`.
//!
//! Only runs in inline text are touched, never code, HTML, link targets or labels: where those
//! are, a first pass of the parser says. Bodies without such a run are left as they are.

use super::comment;
use super::glyph::{is_cjk, is_shared};
use super::mask;
use super::options::OPTIONS;
use super::tidy::{Map, Note, Tidied, tidy};
use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// A noncharacter: neither white space nor punctuation to the parser, and in no text.
pub(super) const MARK: char = '\u{FDD0}';

/// A body fit for the parser.
#[derive(Debug)]
pub(super) struct Repaired<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    /// The way from the text before marks were placed to the body.
    map: Map,
    /// What its author should know, by places of the body.
    pub notes: Vec<Note>,
    /// For each inserted character the place after it in `text`, and how many bytes were inserted up to there.
    shifts: Vec<(usize, usize)>,
}

impl<'a> Repaired<'a> {
    /// A text that needs no repair.
    pub(super) fn whole(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            map: Map::default(),
            notes: Vec::new(),
            shifts: Vec::new(),
        }
    }

    /// A range of the parsed text as a range of the body.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        self.map.range(self.place(range.start)..self.place(range.end))
    }

    fn place(&self, offset: usize) -> usize {
        let before = self.shifts.partition_point(|(at, _)| *at <= offset);
        let shift = before.checked_sub(1).map_or(0, |last| self.shifts[last].1);
        // Inside an inserted mark: its start.
        match self.shifts.get(before) {
            Some(&(at, total)) => (offset - shift).min(at - total),
            None => offset - shift,
        }
    }

    /// Takes the marks out of a parsed text, and what stands for comments.
    pub(super) fn clean<'t>(&self, text: CowStr<'t>) -> CowStr<'t> {
        let marked = !self.shifts.is_empty() && text.contains(MARK);
        if marked || text.contains(comment::BLANK) {
            text.replace([MARK, comment::BLANK], "").into()
        } else {
            text
        }
    }
}

/// Tidies a body and repairs its emphasis.
pub(super) fn repair(body: &str) -> Repaired<'_> {
    let Tidied { text, map, notes } = tidy(body);
    let edits = edits(&text);
    let (text, shifts) = if edits.is_empty() || text.contains(MARK) {
        (text, Vec::new())
    } else {
        let (text, shifts) = apply(&text, &edits, &Regions::of(&text));
        (Cow::Owned(text), shifts)
    };
    Repaired {
        text,
        map,
        notes,
        shifts,
    }
}

/// Something to insert before a place of the body.
#[derive(Debug, Clone, Copy)]
struct Edit {
    at: usize,
    insert: char,
}

fn apply(body: &str, edits: &[Edit], regions: &Regions) -> (String, Vec<(usize, usize)>) {
    let mut text = String::with_capacity(body.len() + 3 * edits.len());
    let mut shifts = Vec::new();
    let (mut from, mut inserted) = (0, 0);
    let mut cursor = Cursor {
        regions,
        inline: 0,
        opaque: 0,
    };
    for edit in edits {
        if cursor.is_text(edit.at) {
            text.push_str(&body[from..edit.at]);
            text.push(edit.insert);
            from = edit.at;
            inserted += edit.insert.len_utf8();
            shifts.push((text.len(), inserted));
        }
    }
    text.push_str(&body[from..]);
    (text, shifts)
}

/// A run of one delimiter with what stands around it, delimiters apart: in `。~~**新` both runs
/// stand between `。` and `新`.
struct Run {
    start: usize,
    end: usize,
    before: Option<char>,
    after: Option<char>,
}

/// What would make every run mean what it is meant to, if it stands in inline text.
fn edits(body: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let bytes = body.as_bytes();
    if !bytes.contains(&b'*') && !bytes.contains(&b'~') {
        return edits;
    }
    let is_delimiter = |byte: u8| byte == b'*' || byte == b'~';
    let masks = mask::find(body);
    let mut bold = false; // whether the line has an odd number of `**` so far
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| is_delimiter(byte) || byte == b'\n') {
        let first = at + found;
        if bytes[first] == b'\n' {
            (bold, at) = (false, first + 1);
            continue;
        }
        at = first + bytes[first..].iter().take_while(|&&byte| is_delimiter(byte)).count();
        let backslashes = bytes[..first].iter().rev().take_while(|&&byte| byte == b'\\').count();
        let (before, after) = (body[..first].chars().next_back(), body[at..].chars().next());
        let mut start = first + backslashes % 2; // an escaped delimiter is none
        while start < at {
            let end = start
                + bytes[start..at]
                    .iter()
                    .take_while(|&&byte| byte == bytes[start])
                    .count();
            let run = Run {
                start,
                end,
                before,
                after,
            };
            let masked = masks.binary_search_by_key(&start, |mask| mask.start).is_ok();
            if masked || run.is_literal(bytes[start], bold) {
                edits.extend((start..end).map(|at| Edit { at, insert: '\\' }));
            } else if bold && run.is_double(bytes[start]) {
                edits.extend([start, start + 2, end].map(|at| Edit { at, insert: MARK }));
            } else if run.should_close() {
                edits.push(Edit {
                    at: start,
                    insert: MARK,
                });
            } else if run.should_open() {
                edits.push(Edit { at: end, insert: MARK });
            }
            bold ^= bytes[start] == b'*' && end - start == 2 && !masked;
            start = end;
        }
    }
    edits
}

impl Run {
    /// Whether it is not markup at all: a range (3~5), a product (2*3), a masked number (138****1234).
    fn is_literal(&self, delimiter: u8, bold: bool) -> bool {
        let length = self.end - self.start;
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return delimiter == b'~' && length == 1;
        };
        let both = |test: fn(char) -> bool| test(before) && test(after);
        let digit = |letter: char| letter.is_ascii_digit();
        if delimiter == b'~' {
            return length == 1 || both(digit);
        }
        let spaced = before.is_whitespace() || after.is_whitespace();
        match length {
            1 | 3 => both(|letter| letter.is_ascii_alphanumeric()) && (digit(before) || digit(after)),
            2 => both(digit),
            4 => !(bold || spaced) && (digit(before) || digit(after)) || both(digit),
            _ => !spaced,
        }
    }

    /// Whether it ends one bold text and begins the next, as Word writes them: `**甲****乙**`.
    fn is_double(&self, delimiter: u8) -> bool {
        let solid = |letter: Option<char>| letter.is_some_and(|letter| !letter.is_whitespace());
        delimiter == b'*' && self.end - self.start == 4 && solid(self.before) && solid(self.after)
    }

    /// Whether it should close but CommonMark forbids it: inside is punctuation that may end an
    /// emphasis, outside a letter, and one of them is Chinese.
    fn should_close(&self) -> bool {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return false;
        };
        is_punctuation(before)
            && !is_opening(before)
            && is_letter(after)
            && (is_cjk(after) || is_cjk(before) || is_shared(before))
    }

    /// Whether it should open but CommonMark forbids it.
    fn should_open(&self) -> bool {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return false;
        };
        is_letter(before)
            && is_punctuation(after)
            && !is_closing(after)
            && (is_cjk(before) || is_cjk(after) || is_shared(after))
    }
}

fn is_letter(letter: char) -> bool {
    !letter.is_whitespace() && !is_punctuation(letter)
}

/// Punctuation and symbols, as CommonMark has them.
fn is_punctuation(letter: char) -> bool {
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
    letter.is_ascii_punctuation()
        || !letter.is_ascii()
            && matches!(
                letter.general_category_group(),
                GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
            )
}

/// Punctuation that begins something.
fn is_opening(letter: char) -> bool {
    matches!(
        letter,
        '“' | '‘' | '《' | '〈' | '「' | '『' | '（' | '【' | '〔' | '〖' | '［' | '｛' | '(' | '[' | '{' | '<'
    )
}

/// Punctuation that ends or parts something.
fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        '”' | '’'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '）'
            | '】'
            | '〕'
            | '〗'
            | '］'
            | '｝'
            | ')'
            | ']'
            | '}'
            | '>'
            | '、'
            | '，'
            | '。'
            | '：'
            | '；'
            | '！'
            | '？'
            | '…'
            | '％'
            | ','
            | '.'
            | ':'
            | ';'
            | '!'
            | '?'
            | '%'
            | '|'
    )
}

/// Where the inline text of a body is.
#[derive(Debug, Default)]
struct Regions {
    /// Blocks that hold inline text, in order, none within another.
    inline: Vec<Range<usize>>,
    /// What in them is not text, by its start.
    opaque: Vec<Range<usize>>,
}

impl Regions {
    fn of(body: &str) -> Regions {
        let mut regions = Regions::default();
        let mut last_end = 0; // of what has been seen: the text of a link ends there, its target follows
        for (event, span) in Parser::new_ext(body, OPTIONS).into_offset_iter() {
            match event {
                Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::Item)
                    if regions.inline.last().is_none_or(|last| span.start >= last.end) =>
                {
                    regions.inline.push(span);
                }
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_) => {
                    last_end = span.end.max(last_end);
                    regions.opaque.push(span);
                }
                Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                    last_end = span.start.max(last_end);
                    let is_label = !matches!(link_type, LinkType::Inline | LinkType::Reference);
                    if is_label {
                        regions.opaque.push(span);
                    }
                }
                Event::End(TagEnd::Link | TagEnd::Image) if last_end < span.end => {
                    regions.opaque.push(last_end..span.end);
                    last_end = span.end;
                }
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) | Event::Text(_) => {
                    last_end = span.end.max(last_end);
                }
                _ => {}
            }
        }
        regions
    }
}

/// Asks the regions about places in order.
struct Cursor<'r> {
    regions: &'r Regions,
    inline: usize,
    opaque: usize,
}

impl Cursor<'_> {
    fn is_text(&mut self, at: usize) -> bool {
        let Regions { inline, opaque } = self.regions;
        while inline.get(self.inline).is_some_and(|range| range.end <= at) {
            self.inline += 1;
        }
        // A mark may stand right before code or a link's end, not within.
        while opaque.get(self.opaque).is_some_and(|range| range.end <= at) {
            self.opaque += 1;
        }
        inline.get(self.inline).is_some_and(|range| range.start <= at)
            && opaque.get(self.opaque).is_none_or(|range| at <= range.start)
    }
}
