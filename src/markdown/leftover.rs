//! Marks of Markdown that a page shows as they were typed, because they are spoilt or stand where they mean nothing:
//! `＊＊甲**`, `[^1]` without a footnote, `［［甲］］`, a table without its second line. Their author is told; nothing is changed,
//! since a text may mean them.

use super::glyph::is_cjk;
use super::mask::masks;
use super::options::OPTIONS;
use super::repair::MARK;
use super::tidy::target::{is_image, is_target};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// Longest distance of marks that belong together, in characters.
const FARTHEST: usize = 60;

/// Brackets of a line that are looked at.
const MOST: usize = 40;

/// Where such marks stand in a repaired text, at most one a line.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !is_suspect(text) {
        return found;
    }
    for run in runs(text) {
        let mut at = run.start;
        for line in text[run.clone()].split_inclusive('\n') {
            let begins = text[..at].trim_end_matches([' ', '\t', '　', '>']);
            let first = begins.is_empty() || begins.ends_with('\n');
            let place = shown(text, line.trim_end_matches('\n'), at, first);
            // A table is one mark.
            let place = place.filter(|_| !(is_row(line.trim()) && is_row(line_before(text, at).trim())));
            found.extend(place.map(|place| at + place.start..at + place.end));
            at += line.len();
        }
    }
    found.extend(ends_in_html(text));
    found
}

/// Ends of comments behind a comment that has ended, in blocks of HTML: `<!-- 甲 -->乙 -->`.
fn ends_in_html(text: &str) -> Vec<Range<usize>> {
    let count = |mark: &str| text.matches(mark).count();
    if count("-->") <= count("<!--") || count("<!--") == 0 {
        return Vec::new();
    }
    let blocks = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let blocks = blocks.filter(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock)));
    let stray = blocks.filter_map(|(_, span)| {
        let mut at = span.start;
        while let Some(end) = text[at..span.end].find("-->").map(|end| at + end) {
            if !text[at..end].contains("<!--") {
                return Some(end..end + "-->".len());
            }
            at = end + "-->".len();
        }
        None
    });
    stray.collect()
}

/// Where a block of HTML holds marks of Markdown, at most one a block.
pub(super) fn in_html(text: &str) -> Vec<Range<usize>> {
    const APART: [&str; 7] = ["<pre", "<code", "<script", "<style", "<textarea", "<!--", "<svg"];
    if !text.contains('<') || !(text.contains("**") || text.contains("](")) {
        return Vec::new();
    }
    let blocks = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let blocks = blocks.filter(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock)));
    let marked = blocks.filter_map(|(_, span)| {
        let html = &text[span.clone()];
        let lower = html.to_ascii_lowercase();
        let place = || bold(html).or_else(|| inline_link(html));
        let place = (!APART.iter().any(|tag| lower.contains(tag))).then(place).flatten()?;
        Some(span.start + place.start..span.start + place.end)
    });
    marked.collect()
}

/// `**甲**` between tags, close to what it marks.
fn bold(html: &str) -> Option<Range<usize>> {
    let runs = runs_of(html, &['*'], 2);
    runs.windows(2).find_map(|pair| {
        let (open, close) = (&pair[0], &pair[1]);
        let inner = &html[open.end..close.start];
        let before = html[..open.start].chars().next_back();
        let close_to = inner == inner.trim() && !inner.is_empty() && !inner.contains(['<', '>', '\n']);
        (close_to && !before.is_some_and(masks)).then_some(open.start..close.end)
    })
}

/// `[甲](甲.md)` between tags.
fn inline_link(html: &str) -> Option<Range<usize>> {
    html.match_indices("](").take(MOST).find_map(|(close, _)| {
        let open = near_end(&html[..close]).rsplit_once('[')?.1.len();
        let path = near(&html[close + 2..]).split_once(')')?.0;
        let begin = close - open - 1;
        is_target(path).then_some(begin..close + 2 + path.len() + 1)
    })
}

fn is_suspect(text: &str) -> bool {
    const SIGNS: [&str; 22] = [
        "**", "＊", "__", "＿＿", "～～", "＝＝", "==", "｀", "^", "＾", "[[", "［［", "【【", "](", "]（", "] (",
        "] （", "|", ":::", "{", "#######", "]：",
    ];
    const MORE: [&str; 12] = [
        "<", "－－", "[TOC]", "[toc]", "\n-", "][", "! [", "]:", " *", "~~", "-->", "％％",
    ];
    SIGNS.iter().chain(&MORE).any(|sign| text.contains(sign))
}

/// What a page shows of a text that isn't code, in pieces that adjoin in the text.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut code = false;
    for (event, span) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) | Event::SoftBreak if !code => match runs.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => runs.push(span),
            },
            _ => {}
        }
    }
    runs
}

/// The first mark that a line shows; `at` is where it stands in the text, `first` whether nothing stands before it.
fn shown(text: &str, line: &str, at: usize, first: bool) -> Option<Range<usize>> {
    let whole = || {
        let begin = line.len() - line.trim_start().len();
        begin..line.trim_end().len()
    };
    if first && stands_alone(line.trim()) {
        return Some(whole());
    }
    attribute(line)
        .or_else(|| footnote(line))
        .or_else(|| wiki(line))
        .or_else(|| target(text, line, at, first))
        .or_else(|| office_tag(line))
        .or_else(|| block_id(line))
        .or_else(|| emphasis(line))
        .or_else(|| unclosed(line))
        .or_else(|| half_closed(text, line, at))
        .or_else(|| comment(text, line, at))
}

/// What was meant to hide something: the end of a comment behind another one, `<!- 批注 ->`, `％％批注％％`.
fn comment(text: &str, line: &str, at: usize) -> Option<Range<usize>> {
    let end = || {
        let end = line.find("-->")?;
        let paragraph = text[..at].rfind("\n\n").map_or(0, |gap| gap + 2);
        let alone = line.trim() == "-->";
        (alone || text[paragraph..at].contains("-->")).then_some(end..end + "-->".len())
    };
    let spoilt = || line.find("<!-").map(|begin| begin..line.trim_end().len());
    let percent = || {
        let begin = line.find("％％")?;
        let length = "％％".len();
        let end = line[begin + length..].find("％％")?;
        let figure = line[..begin].ends_with(char::is_numeric);
        (!figure).then_some(begin..begin + 2 * length + end)
    };
    end().or_else(spoilt).or_else(percent)
}

/// ` ^jielun` at the end of a line, by which other editors refer to a paragraph.
fn block_id(line: &str) -> Option<Range<usize>> {
    let (before, id) = line.trim_end().rsplit_once(" ^")?;
    let plain = id.len() >= 3 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (plain && !before.trim().is_empty()).then_some(before.len() + 1..before.len() + 2 + id.len())
}

/// The only `**` of a line, before a word: not the mask of a name (张**因盗窃) or a number.
fn unclosed(line: &str) -> Option<Range<usize>> {
    let runs = runs_of(line, &['*'], 2);
    let [run] = runs.as_slice() else { return None };
    let before = line[..run.start].trim_end_matches(MARK).chars().next_back();
    let word = line[run.end..].trim_start_matches(MARK).chars();
    let (letters, next) = (
        word.clone().take_while(|letter| letter.is_alphanumeric()),
        word.clone().next(),
    );
    // `**注：`, `**（一）`
    let begins = before.is_none() && next.is_some_and(|next| !next.is_whitespace()) && word.clone().count() > 2;
    let masked = before.is_some_and(masks);
    (!masked && (letters.take(2).count() == 2 || begins)).then(|| run.start..line.trim_end().len())
}

/// `**甲*乙`, of which one star makes an emphasis and the other stands beside it; `***甲***乙**`, `__甲__和___乙___`.
fn half_closed(text: &str, line: &str, at: usize) -> Option<Range<usize>> {
    let (begins, ends) = (line.starts_with('*'), line.ends_with('*'));
    if ends && text[at + line.len()..].starts_with('*') {
        return Some(line.len() - 1..line.len());
    }
    let beside = |mark: char, least: usize| {
        let run = runs_of(line, &[mark], least).into_iter().next()?;
        let masked = line[..run.start].ends_with(masks);
        (!masked && text[..at].ends_with(mark)).then_some(run)
    };
    (begins && text[..at].ends_with('*'))
        .then_some(0..1)
        .or_else(|| beside('*', 2))
        .or_else(|| beside('_', 2))
}

/// `<o:p>`, as Word writes it into pages.
fn office_tag(line: &str) -> Option<Range<usize>> {
    line.match_indices('<').take(MOST).find_map(|(at, _)| {
        let rest = near(&line[at + 1..]);
        let name = &rest[..rest.find('>')?];
        let (prefix, local) = name.split_once(':')?;
        let plain = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let empty = rest[name.len() + 1..].starts_with("</");
        (plain(prefix) && plain(local) && !empty).then_some(at..at + name.len() + 2)
    })
}

/// Whether a whole line is a mark: a rule, a heading of too many signs, a table's row, a list of contents, a container.
fn stands_alone(line: &str) -> bool {
    let all = |mark: char, least: usize| line.chars().count() >= least && line.chars().all(|letter| letter == mark);
    let rule = ['－', '＊', '＝', '='].iter().any(|mark| all(*mark, 3)) || all('-', 2);
    let deep = line.trim_start_matches('#');
    let heading = line.len() - deep.len() > 6 && deep.starts_with([' ', '　']);
    let contents = ["[toc]", "@[toc]"].iter().any(|mark| line.eq_ignore_ascii_case(mark));
    let abbreviation = line.strip_prefix("*[").is_some_and(|rest| near(rest).contains("]:"));
    abbreviation || rule || heading || is_row(line) || contents || line.starts_with(":::") || line.starts_with("｀｀｀")
}

/// Whether a line is a row of a table.
fn is_row(line: &str) -> bool {
    let bar = |letter: char| matches!(letter, '|' | '｜');
    line.starts_with(bar) && line.ends_with(bar) && line.matches(bar).count() > 2
}

/// The line before the one that a place stands in.
fn line_before(text: &str, at: usize) -> &str {
    let mut lines = text[..at].rsplit('\n');
    lines.nth(1).unwrap_or_default()
}

/// `{#id}` and `{width=50%}` behind a heading or an image.
fn attribute(line: &str) -> Option<Range<usize>> {
    let inner = line.trim_end().strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let inner = &inner[open + 1..];
    let known = inner.starts_with(['#', '.']) && inner.len() > 1 || inner.contains('=');
    (inner.is_ascii() && known && !inner.contains('{')).then_some(open..open + inner.len() + 2)
}

/// `[^1]`, `〔＾1〕`, `^【脚注】`.
fn footnote(line: &str) -> Option<Range<usize>> {
    let caret = |letter: char| matches!(letter, '^' | '＾');
    let open = |letter: char| matches!(letter, '[' | '［' | '〔' | '【');
    let mut before: Option<(usize, char)> = None;
    for (at, letter) in line.char_indices() {
        if let Some((start, last)) = before
            && (open(last) && caret(letter) || caret(last) && open(letter))
        {
            let after = at + letter.len_utf8();
            let inner = line[after..].chars().take(FARTHEST);
            let length: usize = inner
                .take_while(|inner| !"]］〕】".contains(*inner))
                .map(char::len_utf8)
                .sum();
            let close = line[after + length..]
                .chars()
                .next()
                .filter(|close| "]］〕】".contains(*close));
            if let Some(close) = close.filter(|_| length > 0) {
                return Some(start..after + length + close.len_utf8());
            }
        }
        before = Some((at, letter));
    }
    None
}

/// `［［甲文］］`, `[[甲文|]]`.
fn wiki(line: &str) -> Option<Range<usize>> {
    [("[[", "]]"), ("［［", "］］"), ("【【", "】】")]
        .iter()
        .find_map(|(open, close)| {
            let start = line.find(open)?;
            let inner = &line[start + open.len()..];
            let length = inner.find(close).filter(|length| *length > 0)?;
            (inner[..length].chars().count() <= FARTHEST).then_some(start..start + open.len() + length + close.len())
        })
        .or_else(|| half_wiki(line))
}

/// `[[甲文]`, which lacks a bracket.
fn half_wiki(line: &str) -> Option<Range<usize>> {
    let start = line.find("[[")?;
    let inner = &line[start + 2..];
    let length = inner.find(']')?;
    let says = inner[..length].contains(char::is_alphabetic) && inner[..length].chars().count() <= FARTHEST;
    let target = inner[length + 1..].starts_with(['(', '[']);
    (says && !target && !inner[..length].contains('[')).then_some(start..start + 2 + length + 1)
}

/// The target of a link that is none: `[附件] (附件/a.docx)`, `[附件]：附件/a.docx`, `[表][附]`, and the sign of an image apart.
fn target(text: &str, line: &str, at: usize, first: bool) -> Option<Range<usize>> {
    let closings = line.match_indices([']', '］']).take(MOST);
    for (count, (close, bracket)) in closings.enumerate() {
        let after = &line[close + bracket.len()..];
        if let Some(inner) = after.trim_start().strip_prefix(['(', '（']) {
            let near = near(inner);
            let end = near.find([')', '）']).unwrap_or(near.len());
            let path = near[..end].split_whitespace().next().unwrap_or_default();
            // [1] (图1.png) is a number with a remark.
            let label = near_end(&line[..close]).rsplit(['[', '［']).next().unwrap_or_default();
            let numbered = label.bytes().all(|byte| byte.is_ascii_digit());
            if is_target(path) && !numbered {
                return Some(close..line.len() - inner.len() + end);
            }
        }
        let path = after.strip_prefix(['：', ':', '∶', '﹕']).map(str::trim);
        let defines = first && count == 0 && line.trim_start().starts_with(['[', '［']);
        if defines && path.is_some_and(|path| is_target(path) && !path.contains(['[', '，', ']'])) {
            return Some(0..line.len());
        }
        if let Some((label, _)) = after.strip_prefix('[').and_then(|rest| near(rest).split_once(']'))
            && [":", "："]
                .iter()
                .any(|colon| text.contains(&format!("\n[{label}]{colon}")))
        {
            return Some(close..close + bracket.len() + label.len() + 2);
        }
    }
    let rest = text[at + line.len()..]
        .strip_prefix('[')
        .filter(|_| line.ends_with("! "))?;
    let path = near(rest).split_once("](")?.1.split([')', ' ', '\n']).next()?;
    is_image(path).then_some(line.len() - 2..line.len())
}

/// The beginning of a text, as far as marks that belong together reach.
fn near(text: &str) -> &str {
    let end = text.char_indices().nth(4 * FARTHEST).map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// The end of a text, as far back.
fn near_end(text: &str) -> &str {
    let begin = text
        .char_indices()
        .rev()
        .nth(4 * FARTHEST)
        .map_or(0, |(begin, _)| begin);
    &text[begin..]
}

/// Pairs of marks around a word that make nothing of it.
fn emphasis(line: &str) -> Option<Range<usize>> {
    /// Marks, how many stand together, and whether narrow ones alone count only around blanks.
    const KINDS: [(&[char], usize); 9] = [
        (&['*', '＊'], 2),
        (&['*'], 1),
        (&['~'], 2),
        (&['＊'], 1),
        (&['_', '＿'], 2),
        (&['～'], 2),
        (&['＝'], 2),
        (&['='], 2),
        (&['｀'], 1),
    ];
    KINDS.iter().find_map(|(marks, count)| {
        let runs = runs_of(line, marks, *count);
        runs.windows(2).find_map(|pair| {
            let (open, close) = (&pair[0], &pair[1]);
            let before = line[..open.start].trim_end_matches(MARK).chars().next_back();
            let inner = line[open.end..close.start].trim_matches(MARK);
            let fits = is_pair(marks, &line[open.clone()], &line[close.clone()], inner, before);
            fits.then_some(open.start..close.end)
        })
    })
}

/// Whether two runs of marks are meant as a pair: not the masks of names (张**和李**), nor gaps to be filled.
fn is_pair(marks: &[char], open: &str, close: &str, inner: &str, before: Option<char>) -> bool {
    let begins = before.is_none_or(|letter| !letter.is_alphanumeric());
    let blank = inner.starts_with(char::is_whitespace) && inner.ends_with(char::is_whitespace);
    let tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
    if inner.trim().is_empty() || inner.chars().count() > FARTHEST {
        return false;
    }
    let half_blank = !tight && inner.trim().chars().count() > 1 && !before.is_some_and(masks);
    let quoted = inner.starts_with(['“', '《', '「']) && inner.ends_with(['”', '》', '」']);
    // `**重点“**后文`: the quotation mark of the wrong side keeps it from ending.
    let turned = inner.ends_with(['“', '‘', '《', '「', '（']) || inner.starts_with(['”', '’', '》', '」', '）']);
    let late = begins && half_blank && !inner.starts_with(char::is_whitespace);
    match marks {
        ['*', '＊'] => begins && (open != close || blank || turned) || half_blank && open == close,
        ['*'] => late && inner.contains(is_cjk),
        ['~'] => !before.is_some_and(char::is_numeric),
        ['_', '＿'] if late && inner.contains(is_cjk) => true,
        ['='] => begins && blank,
        ['_', '＿'] => (begins || quoted) && tight && !inner.contains(['：', ':']) && !inner.ends_with('_'),
        ['～'] => tight,
        _ => begins && tight,
    }
}

/// The runs of so many marks in a line.
fn runs_of(line: &str, marks: &[char], count: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, letter) in line.char_indices().filter(|(_, letter)| marks.contains(letter)) {
        let end = at + letter.len_utf8();
        match runs.last_mut() {
            Some((last, length)) if last.end == at => (last.end, *length) = (end, *length + 1),
            _ => runs.push((at..end, 1)),
        }
    }
    let fitting = runs.into_iter().filter(|(_, length)| *length == count);
    fitting.map(|(run, _)| run).collect()
}
