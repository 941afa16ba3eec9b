//! Splits the front matter from the body, and says what keeps one from being read.

use std::ops::Range;

/// Lines after which a front matter is not front matter any more.
pub const MAX_LINES: usize = 20_000;
/// Bytes after which a front matter is not front matter any more.
pub const MAX_BYTES: usize = 1 << 20;

/// Where a text's front matter and body are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The YAML between the `---` lines.
    pub front: Option<Range<usize>>,
    /// The Markdown after it.
    pub body: Range<usize>,
    /// What is wrong with the front matter as a whole.
    pub problem: Option<Problem>,
}

/// A front matter that can't be taken as one, or not for sure: the document stays internal and a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It begins but no `---` line ends it: the whole text is taken as the body.
    Unclosed,
    /// It is larger than [`MAX_LINES`] or [`MAX_BYTES`]: it is passed over.
    TooLong {
        /// Its lines.
        lines: usize,
    },
    /// This stands before its first `---`.
    Before(Range<usize>),
    /// This line stands where `---` should.
    Fence(Range<usize>),
    /// Its first keys, in this line, have no `---` before them.
    NoFence(Range<usize>),
    /// It ends at this line of dashes, and what follows up to the next one is keys and values, too.
    EndsEarly(Range<usize>),
    /// It is written in this other format.
    Format(&'static str),
}

/// Lines before a `---` that are looked at.
const FARTHEST: usize = 30;

/// Keys by which a front matter is known where its first line alone doesn't show it.
const KEYS: [&str; 24] = [
    "kind",
    "title",
    "date",
    "unit",
    "units",
    "authors",
    "author",
    "summary",
    "visibility",
    "draft",
    "genre",
    "number",
    "tags",
    "类别",
    "标题",
    "题目",
    "成文日期",
    "日期",
    "单位",
    "作者",
    "摘要",
    "公开范围",
    "草稿",
    "文种",
];

/// Splits a text. A first line `---` that no key follows is a thematic break, not a front matter.
pub fn split(text: &str) -> Split {
    let whole = |problem| Split {
        front: None,
        body: 0..text.len(),
        problem,
    };
    if text.starts_with("---")
        && let Some(start) = fence(text, 0)
        && begins_with_key(&text[start..])
    {
        return closed(text, start);
    }
    if let Some(name) = other_format(text) {
        return whole(Some(Problem::Format(name)));
    }
    if text.strip_prefix("---").is_some_and(begins_with_known_key) {
        let line = text.split('\n').next().unwrap_or_default();
        return whole(Some(Problem::Fence(0..line.trim_end().len())));
    }
    for (at, line) in lines(text).take(FARTHEST) {
        let next = at + line.len();
        if line.trim_matches(is_blank).is_empty() {
            continue;
        }
        if is_silent(&text[..at]) && begins_with_known_key(&text[at..]) {
            return match has_several_keys(&text[at..]) {
                true => whole(Some(Problem::NoFence(at..at + line.trim_end().len()))),
                false => whole(None),
            };
        }
        if !begins_with_known_key(&text[next..]) {
            continue;
        }
        let dashes = at + line.len() - line.trim_start_matches(is_blank).len();
        if let Some(start) = fence(text, dashes) {
            return preceded(text, dashes, start);
        }
        if is_like_fence(line) && is_silent(&text[..at]) {
            return whole(Some(Problem::Fence(at..at + line.trim_end().len())));
        }
    }
    whole(None)
}

/// The front matter that begins at `start`, up to the `---` that ends it.
fn closed(text: &str, start: usize) -> Split {
    let mut at = start;
    let mut lines = 0;
    while at < text.len() {
        if let Some(end) = fence(text, at) {
            let too_long = lines > MAX_LINES || at - start > MAX_BYTES;
            let goes_on = goes_on(&text[end..]) || is_torn(&text[start..at], &text[end..]);
            let early = goes_on.then(|| Problem::EndsEarly(at..at + text[at..end].trim_end().len()));
            return Split {
                front: (!too_long).then_some(start..at),
                body: end..text.len(),
                problem: too_long.then_some(Problem::TooLong { lines }).or(early),
            };
        }
        at += text[at..].find('\n').map_or(text.len() - at, |length| length + 1);
        lines += 1;
    }
    Split {
        front: None,
        body: 0..text.len(),
        problem: Some(Problem::Unclosed),
    }
}

/// Whether a body begins with the rest of the front matter, or with another one.
fn goes_on(body: &str) -> bool {
    let first = lines(body).find(|(_, line)| !line.trim_matches(is_blank).is_empty());
    let second = first.and_then(|(at, _)| fence(body, at));
    holds_keys(body) || second.is_some_and(|start| holds_keys(&body[start..]))
}

/// Whether an entry begins in a front matter and ends behind it: the next line belongs below its last one, and another
/// `---` ends that.
fn is_torn(front: &str, body: &str) -> bool {
    let said = |line: &&str| !line.trim_matches(is_blank).is_empty() && !line.trim_start().starts_with('#');
    let (Some(last), Some(first)) = (front.lines().rfind(said), body.lines().next().filter(said)) else {
        return false;
    };
    let key = first
        .trim_start()
        .trim_start_matches("- ")
        .split(':')
        .next()
        .unwrap_or_default();
    let behind = first.trim_start().trim_start_matches("- ").get(key.len() + 1..);
    let is_key =
        !key.contains([' ', '。', '，']) && behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let below = first.starts_with(' ') && (is_key || last.starts_with(' '));
    let item = first.starts_with("- ") && last.trim_end().ends_with(':');
    let mut rest = lines(body).skip(1).take(FARTHEST);
    let ends = rest.find(|(at, line)| fence(body, *at).is_some() || line.trim_matches(is_blank).is_empty());
    (below || item) && ends.is_some_and(|(at, _)| fence(body, at).is_some())
}

/// Whether lines without a gap up to a `---` follow, a key among them.
fn holds_keys(body: &str) -> bool {
    let head = lines(body).take(FARTHEST);
    let mut rest = head.skip_while(|(at, line)| fence(body, *at).is_none() && !line.trim_matches(is_blank).is_empty());
    let Some((end, _)) = rest.next().filter(|(at, _)| fence(body, *at).is_some()) else {
        return false;
    };
    let is_key = |line: &str| line.split_once(": ").is_some_and(|(key, _)| KEYS.contains(&key));
    body[..end].lines().any(is_key)
}

/// A front matter with something before its first `---`, which stands at `dashes`. It is read, unless what stands
/// before is text of the body.
fn preceded(text: &str, dashes: usize, start: usize) -> Split {
    let before = &text[..dashes];
    let first = before.len() - before.trim_start_matches('\n').len();
    let place = match before[first..].split('\n').next() {
        Some(line) if !line.is_empty() => first..first + line.len(),
        _ => 0..dashes,
    };
    let split = closed(text, start);
    if is_silent(before) {
        let problem = split.problem.or(Some(Problem::Before(place)));
        return Split { problem, ..split };
    }
    // Lines between two rules are no front matter unless they are keys.
    let is_front = split.problem.is_none() && has_several_keys(&text[start..]);
    Split {
        front: None,
        body: 0..text.len(),
        problem: is_front.then_some(Problem::Before(place)),
    }
}

/// The lines of a text with their offsets, line feeds included.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// The end of the line at `at` if it is `---` or `...` and nothing more; blanks of any kind after it don't count.
fn fence(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].split('\n').next().unwrap_or_default();
    matches!(line.trim_end_matches(is_blank), "---" | "...").then(|| (at + line.len() + 1).min(text.len()))
}

/// White space, and what nobody sees.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Whether nothing stands there that a page would show: blanks and comments.
fn is_silent(text: &str) -> bool {
    let mut rest = text.trim_start_matches(is_blank);
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            return false;
        };
        rest = after.trim_start_matches(is_blank);
    }
    rest.is_empty()
}

/// Whether a line stands where `---` is meant: other dashes, another number of them, a fence of code.
fn is_like_fence(line: &str) -> bool {
    let line = line.trim_matches(is_blank);
    let dash = |letter: char| "-_=*~－﹣−一ー＝".contains(letter) || matches!(letter, '\u{2010}'..='\u{2015}');
    let dashes = line.chars().count() >= 2 && line.chars().all(dash);
    dashes || line.starts_with("---") || line.starts_with("```")
}

/// The name of a format other than YAML in which a text's head is written.
fn other_format(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches(is_blank);
    let head: Vec<&str> = text.lines().take(FARTHEST).collect();
    let names_key = |mark: &str| {
        head.iter().skip(1).any(|line| {
            let key = line.split(mark).next().unwrap_or_default();
            line.contains(mark) && KEYS.contains(&key.trim().trim_matches('"'))
        })
    };
    let quotes_key = |lines: &[&str]| lines.iter().any(|line| has_quoted_key(line));
    let first = head.first()?.trim_matches(is_blank).to_ascii_lowercase();
    match first.replace(' ', "").as_str() {
        "+++" | "+++toml" | "---" | "---toml" if names_key("=") => Some("TOML"),
        ";;;" | ";;;json" | "---json" if quotes_key(&head) => Some("JSON"),
        _ if first.starts_with('{') && (names_key(":") || quotes_key(&head[..1])) => Some("JSON"),
        _ => None,
    }
}

/// Whether a line holds a key of the project in quotes, as JSON has it.
fn has_quoted_key(line: &str) -> bool {
    KEYS.iter().any(|key| line.contains(&format!("\"{key}\"")))
}

/// Whether the first line that says something begins with a key of the project, with a colon of either width.
fn begins_with_known_key(text: &str) -> bool {
    let first = text
        .lines()
        .take(FARTHEST)
        .map(|line| line.trim_matches(is_blank))
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        let key = line.split([':', '：']).next().unwrap_or_default();
        key.len() < line.len() && KEYS.contains(&key.trim_matches(is_blank).trim_matches(['"', '\'']))
    })
}

/// Whether at least two of the next lines begin with keys: one alone may be a sentence (日期：2024年).
fn has_several_keys(text: &str) -> bool {
    let keys = text.lines().take(8).filter(|line| {
        let ascii = line.split_once(':').map_or("", |(key, _)| key);
        KEYS.contains(&ascii.trim_matches(is_blank))
    });
    keys.count() >= 2 && text.lines().take(FARTHEST).any(|line| line.trim_end() == "---")
}

/// Whether a front matter is there and says nothing: up to its end it has blank lines, or comments, or one sign of nothing.
/// A heading that stands by itself between two rules is none.
fn is_empty(text: &str) -> bool {
    let (mut blank, mut comment, mut nothing) = (false, false, false);
    for (at, line) in lines(text).take(FARTHEST) {
        if fence(text, at).is_some() {
            return !(blank && comment);
        }
        match line.trim_matches(is_blank) {
            "" => blank = true,
            "~" | "null" | "{}" if !nothing => nothing = true,
            remark if remark.starts_with('#') => comment = true,
            _ => return false,
        }
    }
    false
}

/// Whether the first line that says something looks like `key:`, or the front matter is empty.
fn begins_with_key(text: &str) -> bool {
    if is_empty(text) {
        return true;
    }
    let first = text
        .lines()
        .map(|line| line.trim_matches(is_blank))
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(line) = first else { return false };
    if matches!(line, "---" | "...") {
        return false;
    }
    if begins_with_known_key(line) || line.starts_with('{') && has_quoted_key(line) {
        return true;
    }
    let Some(colon) = line.find([':', '：']) else {
        return line.starts_with('{') || line.starts_with("<<<<<<<");
    };
    let key = line[..colon].trim_matches(['"', '\'', ' ']);
    let after = &line[colon..];
    let sentence = line.ends_with(['。', '！', '？', '；']);
    let separated = match after.strip_prefix(':') {
        Some(value) => value.chars().next().is_none_or(is_blank),
        None => !sentence,
    };
    separated
        && !key.is_empty()
        && key.chars().count() <= 30
        && !key.contains(['。', '，', '；', '*', '[', '!', '|', '='])
}

#[cfg(test)]
mod tests;
