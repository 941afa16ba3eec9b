//! What stands within a line: links, marks of footnotes, emphasis, and what other editors know.

use super::target::{is_image, is_target};
use super::{Edit, any_of, lines_of};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Adds the edits that marks within lines ask for.
pub(super) fn edits(body: &str, edits: &mut Vec<Edit>) {
    static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&["[", "［", "【", "==", "＊＊", "$", "^", "~"]));
    if !SIGNS.is_match(body) {
        return;
    }
    let mut notes = Notes::default();
    for (start, line) in lines_of(body).filter(|(_, line)| SIGNS.is_match(*line)) {
        if line.contains(['[', '［', '【']) {
            links(line, start, edits);
            footnote_marks(line, start, edits);
        }
        if line.contains("^[") {
            notes.take(line, start, edits);
        }
        if line.contains("==") {
            pairs(line, start, "==", edits, |inner| {
                Some(("<mark>", inner.to_owned(), "</mark>"))
            });
        }
        if line.contains("＊＊") {
            pairs(line, start, "＊＊", edits, |inner| {
                Some(("**", inner.to_owned(), "**"))
            });
        }
        if line.contains('$') {
            math(line, start, edits);
        } else {
            scripts(line, start, '^', "sup", edits);
            scripts(line, start, '~', "sub", edits);
        }
    }
    if body.contains("$$\n") {
        math_blocks(body, edits);
    }
    if !notes.definitions.is_empty() {
        edits.push(Edit::insert(body.len(), notes.definitions));
    }
}

/// Links and images of all kinds that begin in a line.
fn links(line: &str, start: usize, edits: &mut Vec<Edit>) {
    let mut at = 0;
    while let Some(found) = line[at..].find(['[', '［', '【']) {
        let open = at + found;
        let end = (!is_escaped(line, open))
            .then(|| wiki_link(line, open, start, edits).or_else(|| link(line, open, start, edits)))
            .flatten();
        at = match end {
            Some(end) => end,
            None => open + line[open..].chars().next().map_or(1, char::len_utf8),
        };
    }
}

/// `[[甲文]]`, `[[甲文|文字]]`, `![[图.png]]`: gives the offset after it.
fn wiki_link(line: &str, open: usize, start: usize, edits: &mut Vec<Edit>) -> Option<usize> {
    let rest = within_reach(line[open..].strip_prefix("[[")?);
    let close = rest.find("]]")?;
    let (inner, end) = (&rest[..close], open + 2 + close + 2);
    // [[1]] and [[M]] are marks of a text, [[甲]](乙) is a link with brackets in it.
    let says = inner.chars().filter(|letter| letter.is_alphanumeric()).count() > 1 || !inner.is_ascii();
    let plain = inner
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b" ,-".contains(&byte));
    if !says && inner.len() > 1 || plain || inner.contains(['[', '<', '>']) || line[end..].starts_with('(') {
        return None;
    }
    let (target, label) = inner
        .split_once("\\|")
        .or_else(|| inner.split_once('|'))
        .unwrap_or((inner, ""));
    let target = target.trim();
    if target.is_empty() {
        return None;
    }
    let sign = ["!", "！"]
        .into_iter()
        .find(|sign| line[..open].ends_with(sign))
        .unwrap_or_default();
    let image = !sign.is_empty() && is_image(target);
    let embedded = sign == "!";
    // The text of an image's label is its size.
    let size = image && label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    let label = match label.trim() {
        "" => target.trim_start_matches('#').to_owned(),
        _ if size => stem(target).to_owned(),
        label => label.to_owned(),
    };
    // A text can't be embedded, only an image can, whatever the width of its sign.
    let (begin, mark) = match (image, embedded) {
        (true, _) => (open - sign.len(), "!"),
        (false, true) => (open - 1, ""),
        (false, false) => (open, ""),
    };
    edits.push(Edit::new(
        start + begin..start + end,
        format!("{mark}[{label}](<{target}>)"),
    ));
    Some(end)
}

/// Whether backslashes take a mark of Markdown for the sign that it is.
fn is_escaped(line: &str, at: usize) -> bool {
    let backslashes = line[..at].bytes().rev().take_while(|&byte| byte == b'\\').count();
    backslashes % 2 == 1 && line.as_bytes()[at].is_ascii_punctuation()
}

/// A file's name without its folders and its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `[文字](目标)` in brackets of any width, with blanks in the target: gives the offset after it.
fn link(line: &str, open: usize, start: usize, edits: &mut Vec<Edit>) -> Option<usize> {
    let bracket = line[open..].chars().next()?;
    let text_at = open + bracket.len_utf8();
    let close = match bracket {
        '[' => ']',
        '［' => '］',
        _ => '】',
    };
    let text_end = text_at + within_reach(&line[text_at..]).find(close)?;
    let bracket_end = text_end + close.len_utf8();
    let gap = line[bracket_end..].len() - line[bracket_end..].trim_start_matches([' ', '　']).len();
    let paren_at = bracket_end + gap;
    let paren = line[paren_at..]
        .chars()
        .next()
        .filter(|paren| matches!(paren, '(' | '（'))?;
    let target_at = paren_at + paren.len_utf8();
    let target_end = target_at + end_of_target(within_reach(&line[target_at..]))?;
    let after = line[target_end..].chars().next()?;
    let end = target_end + after.len_utf8();
    let (target, text) = (&line[target_at..target_end], &line[text_at..text_end]);
    let exclamation = line[..open].ends_with('！');
    let wide = bracket != '[' || paren == '（' || after == '）' || exclamation || gap > 0;
    let (path, title) = titled(target);
    if target.trim_start().starts_with('<') || !is_target(path) {
        return None;
    }
    // 甲[1] (图1.png) names a file beside a mark; [网站] (https://…) can only be a link.
    if gap > 0 && !path.trim().contains("://") {
        return None;
    }
    let blank = path.trim().contains(char::is_whitespace) || path.contains(['（', '）']) && wide;
    // A link of blanks would be seen no more than one of nothing, which bears the name of its file.
    if !wide && !text.is_empty() && text.trim().is_empty() {
        edits.push(Edit::new(start + text_at..start + text_end, ""));
    }
    if !wide && !blank {
        return Some(end);
    }
    let path = if blank {
        format!("<{}>", path.trim())
    } else {
        path.trim().to_owned()
    };
    let exclamation = exclamation && is_image(&path.replace(['<', '>'], ""));
    let begin = if exclamation { open - '！'.len_utf8() } else { open };
    let mark = if exclamation { "!" } else { "" };
    edits.push(Edit::new(
        start + begin..start + end,
        format!("{mark}[{text}]({path}{title})"),
    ));
    Some(end)
}

/// The beginning of a text, as far as a link may reach: a bound keeps hostile lines cheap.
fn within_reach(text: &str) -> &str {
    const FARTHEST: usize = 1200;
    let mut end = text.len().min(FARTHEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Where the target ends that begins a text: at the bracket that closes it.
fn end_of_target(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            // Another link begins: this one never ended.
            ']' if text[at + 1..].starts_with('(') => return None,
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 0 => return Some(at),
            ')' | '）' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A target and the title behind it, quotes and blank included.
fn titled(target: &str) -> (&str, &str) {
    let trimmed = target.trim_end();
    let quote = trimmed.chars().next_back().filter(|quote| matches!(quote, '"' | '\''));
    let begin = quote.and_then(|quote| trimmed[..trimmed.len() - 1].find(&format!(" {quote}")));
    begin.map_or((target, ""), |at| (&target[..at], &trimmed[at..]))
}

/// `［^1］` refers to a footnote as `[^1]` does, and before a link it stays apart from it: the parser would take both for a
/// link of another form.
fn footnote_marks(line: &str, start: usize, edits: &mut Vec<Edit>) {
    for open in ["［^", "【^", "[^"] {
        for (at, _) in line.match_indices(open) {
            let rest = &line[at + open.len()..];
            let Some(close) = rest.find(['］', '】', ']']) else {
                continue;
            };
            let (label, mark) = (&rest[..close], rest[close..].chars().next().map_or(1, char::len_utf8));
            let end = at + open.len() + close + mark;
            let narrow = open == "[^" && rest[close..].starts_with(']');
            let good =
                !narrow && !label.is_empty() && !label.contains(|letter: char| letter.is_whitespace() || letter == '[');
            // At the start of a line with a colon behind it, it is a definition: that is another edit.
            let definition = line[..at].trim().is_empty() && line[end..].trim_start().starts_with([':', '：']);
            if good && !definition {
                edits.push(Edit::new(start + at..start + end, format!("[^{label}]")));
            } else if narrow && line[end..].starts_with('[') && !line[end..].starts_with("[^") && !is_escaped(line, at)
            {
                edits.push(Edit::insert(start + end, "<!---->"));
            }
        }
    }
}

/// Footnotes that are written where they are referred to: `^[…]`.
#[derive(Default)]
struct Notes {
    count: usize,
    definitions: String,
}

impl Notes {
    fn take(&mut self, line: &str, start: usize, edits: &mut Vec<Edit>) {
        let mut at = 0;
        while let Some(found) = line[at..].find("^[") {
            let open = at + found;
            let Some(length) = closing(within_reach(&line[open + 2..])) else {
                break;
            };
            let text = line[open + 2..open + 2 + length].trim();
            let end = open + 2 + length + 1;
            at = end;
            if text.is_empty() || line[..open].ends_with('[') || line[end..].starts_with('^') {
                continue;
            }
            self.count += 1;
            edits.push(Edit::new(start + open..start + end, format!("[^行内注{}]", self.count)));
            self.definitions
                .push_str(&format!("\n\n[^行内注{}]: {text}\n", self.count));
        }
    }
}

/// Where the bracket closes that was open before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The new mark before, the text, and the new mark after it.
type Pair = (&'static str, String, &'static str);

/// Replaces what stands between two marks on a line, close to both.
fn pairs(line: &str, start: usize, mark: &str, edits: &mut Vec<Edit>, new: impl Fn(&str) -> Option<Pair>) {
    let sign = mark.chars().next().unwrap_or_default();
    let places: Vec<Range<usize>> = line
        .match_indices(mark)
        .map(|(at, _)| at..at + mark.len())
        .filter(|place| !line[..place.start].ends_with(sign) && !line[place.end..].starts_with(sign))
        .filter(|place| !is_escaped(line, place.start))
        .collect();
    let mut places = places.into_iter().peekable();
    while let Some(open) = places.next() {
        let Some(close) = places.peek() else { break };
        let inner = &line[open.end..close.start];
        let close_to =
            !inner.is_empty() && !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
        if !close_to {
            continue;
        }
        if let Some((before, _, after)) = new(inner) {
            edits.push(Edit::new(start + open.start..start + open.end, before));
            edits.push(Edit::new(start + close.start..start + close.end, after));
        }
        places.next();
    }
}

/// `m^2^` and `SO~2~`, as other editors write what stands above and below the line.
fn scripts(line: &str, start: usize, mark: char, name: &str, edits: &mut Vec<Edit>) {
    let mut places = line.match_indices(mark).map(|(at, _)| at).peekable();
    while let (Some(open), Some(&close)) = (places.next(), places.peek()) {
        let inner = &line[open + 1..close];
        let fits = |letter: u8| {
            letter.is_ascii_digit() || mark == '^' && (letter.is_ascii_alphabetic() || b"+-".contains(&letter))
        };
        let before = line[..open].chars().next_back();
        let behind_word = before.is_some_and(|letter| match mark {
            '^' => letter.is_alphanumeric() || letter == ')',
            _ => letter.is_ascii_alphabetic(),
        });
        let again = line[close + 1..].starts_with(|next: char| next == mark || mark == '~' && next.is_ascii_digit());
        if behind_word && !again && (1..=8).contains(&inner.len()) && inner.bytes().all(fits) {
            edits.push(Edit::new(start + open..start + open + 1, format!("<{name}>")));
            edits.push(Edit::new(start + close..start + close + 1, format!("</{name}>")));
            places.next();
        }
    }
}

/// A formula of several lines between lines of `$$` becomes code with these lines in it.
fn math_blocks(body: &str, edits: &mut Vec<Edit>) {
    let mut open: Option<usize> = None;
    for (start, line) in lines_of(body) {
        match (line.trim(), open) {
            ("", _) => open = None,
            ("$$", None) if line.starts_with("$$") => open = Some(start),
            ("$$", Some(begin)) => {
                edits.push(Edit::insert(begin, "```\n"));
                edits.push(Edit::insert(start + line.len(), "\n```"));
                open = None;
            }
            _ => {}
        }
    }
}

/// A formula is shown as it is typed: its `_` and `*` are no emphasis.
fn math(line: &str, start: usize, edits: &mut Vec<Edit>) {
    let mut at = 0;
    while let Some(found) = line[at..].find('$') {
        let open = at + found;
        if is_escaped(line, open) {
            at = open + 1;
            continue;
        }
        let marks = if line[open..].starts_with("$$") { 2 } else { 1 };
        let inner_at = open + marks;
        let Some(length) = line[inner_at..].find(&"$$"[..marks]) else {
            break;
        };
        let (inner, end) = (&line[inner_at..inner_at + length], inner_at + length + marks);
        at = end;
        let formula = inner.is_ascii() && inner.contains(['\\', '_', '^', '=', '*', '{']) && !inner.contains('`');
        let close_to = !inner.starts_with(' ') && !inner.ends_with(' ') || marks == 2;
        if formula && close_to {
            edits.push(Edit::insert(start + open, "`"));
            edits.push(Edit::insert(start + end, "`"));
        }
    }
}
