//! What a paragraph names: articles of laws, numbers, and titles in 《》, each with its place.

mod beside;
mod own;
mod version;

use super::draft;
use crate::markdown::{Citation, added, citation_spans, law_name, short};
use crate::text::{normalize_mapped, number, numeral};
pub(super) use beside::{LEADS, beside, case_name};
pub(super) use own::{BEARS, OTHERS, OWN, cell_articles, own_articles, table_law};
use std::ops::Range;
pub(super) use version::{Standing, named_year};
use version::{Version, dated};

/// Longest title in 《》, in bytes: room for a hundred characters.
const LONGEST_TITLE: usize = 300;
/// Members that a range of paragraphs or items leaves out at most.
const WIDEST: usize = 200;
/// What stands between the ends of a range.
const RANGES: [char; 5] = ['至', '到', '—', '～', '~'];
/// Words that point back to a law.
const POINTERS: [&str; 9] = ["该", "同", "此", "本", "上述", "前述", "前引", "前揭", "其中"];

/// Words that define a short name.
pub(super) const DEFINES: [&str; 5] = ["以下简称", "下称", "简称", "以下统称", "以下称"];

/// Something that a paragraph names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// What it is.
    pub what: What,
    /// Its bytes, those of a law's name before an article included.
    pub span: Range<usize>,
}

/// What is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A title in 《》.
    Title(String),
    /// An article of a law.
    Article(String, Place),
    /// A number, in its canonical form.
    Number(String),
}

/// An article, a paragraph of it, an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Its number and the number after 之.
    pub article: (u32, u32),
    /// 款.
    pub paragraph: Option<u32>,
    /// 项.
    pub item: Option<u32>,
    /// The year of the version that is named: 《甲法》（2009年修正）.
    pub year: Option<u32>,
    /// Whether it is of a law as it stands.
    pub standing: Standing,
}

/// What a paragraph names, in its order; `law` is the last that was named before it.
pub(super) fn mentions(text: &str, law: Option<&str>) -> Vec<Mention> {
    let mut all: Vec<Mention> = titles(text)
        .into_iter()
        .map(|(span, name)| Mention {
            what: What::Title(name),
            span,
        })
        .collect();
    all.extend(articles(text, law));
    all.extend(numbers(text));
    all.sort_by_key(|mention| (mention.span.start, mention.span.end));
    all
}

/// The law that a paragraph leaves open for 该条例 in the next, with its version: the last that it names.
pub(super) fn last_law(text: &str, mentions: &[Mention]) -> Option<String> {
    let named = |mention: &Mention| match &mention.what {
        What::Title(name) => Some((name.clone(), dated(text, &mention.span))),
        What::Article(name, place) => Some((name.clone(), place.year)),
        What::Number(_) => None,
    };
    let is_law = |name: &str| {
        let plain = name.split(['（', '(']).next().unwrap_or(name);
        draft::LAWS.iter().any(|ending| plain.ends_with(ending))
    };
    let mut laws = mentions.iter().rev().filter_map(named);
    let (name, year) = laws.find(|(name, _)| is_law(name))?;
    Some(version::of_year(&name, year))
}

/// The titles of a text with their 《》.
fn titles(text: &str) -> Vec<(Range<usize>, String)> {
    let mut all = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '《' => open.push(at),
            '》' => {
                let Some(start) = open.pop() else { continue };
                let end = at + letter.len_utf8();
                let name = text[start + '《'.len_utf8()..at].trim();
                if open.is_empty() && !name.is_empty() && end - start <= LONGEST_TITLE {
                    all.push((start..end, name.to_owned()));
                }
            }
            _ => {}
        }
    }
    all
}

/// The articles of a text, each paragraph and item that is named of one by itself.
fn articles(text: &str, law: Option<&str>) -> Vec<Mention> {
    let before = law.map(|law| format!("《{law}》。")).unwrap_or_default();
    let spans = citation_spans(&format!("{before}{text}"));
    let titles = titles(text);
    let mut all: Vec<Mention> = Vec::new();
    let mut open: Option<(String, Version, usize)> = None;
    for (citation, span) in spans.into_iter().filter(|(_, span)| span.start >= before.len()) {
        let span = span.start - before.len()..span.end - before.len();
        let start = name_start(text, span.start, &citation.law);
        // What a list goes on with is of the version that its first article is of.
        let listed = open.filter(|(law, ..)| start == span.start && *law == citation.law);
        let version = match listed {
            Some((_, version, end)) => version.goes_on(text, end, start),
            None => Version::of(text, start..span.start)
                .or_else(|| {
                    points_back(&text[start..span.start]).then(|| known(text, start, &citation.law, &titles, &all, law))
                })
                .unwrap_or_default(),
        };
        let end = span.end;
        all.extend(parts(text, start, &citation, span, version));
        open = Some((citation.law, version, end));
    }
    all
}

/// Whether what stands before an article points back to a law: 该条例, 其中.
fn points_back(name: &str) -> bool {
    POINTERS.iter().any(|word| name.trim_start().starts_with(word))
}

/// The version in which a law was last named before a place, in the text or before it.
fn known(
    text: &str,
    start: usize,
    law: &str,
    titles: &[(Range<usize>, String)],
    articles: &[Mention],
    carried: Option<&str>,
) -> Version {
    let title = titles
        .iter()
        .rfind(|(span, name)| span.end <= start && law_name(name) == law);
    let article = articles.iter().rev().find_map(|mention| match &mention.what {
        What::Article(name, place) if name == law => Some((mention.span.end, place)),
        _ => None,
    });
    match (title, article) {
        (Some((span, _)), article) if article.is_none_or(|(end, _)| end < span.start) => Version::of_title(text, span),
        (_, Some((_, place))) => Version {
            year: place.year,
            standing: place.standing,
        },
        _ => Version {
            year: carried.filter(|carried| law_name(carried) == law).and_then(named_year),
            ..Version::default()
        },
    }
}

/// An article with each paragraph and item that is named of it; `start` is where the name of its law begins.
fn parts(text: &str, start: usize, citation: &Citation, span: Range<usize>, version: Version) -> Vec<Mention> {
    let Some(article) = parsed(&citation.article) else {
        return Vec::new();
    };
    let mut parts = details(text, span.end);
    if parts.is_empty() {
        parts.push((None, None, span.end));
    }
    let said = parts.len();
    // 第三条中增加一款，作为第二款
    let end = parts.last().map_or(span.end, |last| last.2);
    if let Some(length) = added(&text[end..]) {
        parts.extend(details(text, end + length));
    }
    let mut from = start;
    let mut span = span;
    let one = |(count, (paragraph, item, end)): (usize, Detail)| {
        if count == said {
            from += added(&text[from..]).unwrap_or(0);
        }
        let place = Place {
            article,
            paragraph,
            item,
            year: version.year,
            standing: if count < said {
                version.standing
            } else {
                Standing::Added
            },
        };
        // What a range leaves out has the place of its last member.
        if from < end {
            span = from..end;
        }
        from = end + joint(text, end).len();
        Mention {
            what: What::Article(citation.law.clone(), place),
            span: span.clone(),
        }
    };
    parts.into_iter().enumerate().map(one).collect()
}

/// The place that a text names and nothing else: 第四条第二款, 第4条.
pub(super) fn place(text: &str) -> Option<Place> {
    let whole = format!("《法》{text}");
    let mentions = articles(&whole, None);
    let [
        Mention {
            what: What::Article(_, place),
            span,
        },
    ] = mentions.as_slice()
    else {
        return None;
    };
    (span.len() == whole.len()).then_some(*place)
}

/// Number and number after 之 of `120条-1`.
fn parsed(article: &str) -> Option<(u32, u32)> {
    let (number, sub) = article.split_once('-').unwrap_or((article, "0"));
    Some((number.strip_suffix('条')?.parse().ok()?, sub.parse().ok()?))
}

/// Where the name of the law before an article begins; the article itself where none stands right before it.
fn name_start(text: &str, start: usize, law: &str) -> usize {
    let before = text[..start].trim_end();
    let before = before.strip_suffix('的').unwrap_or(before);
    let before = before.strip_suffix('原').unwrap_or(before).trim_end();
    let plain = if before.ends_with(['）', ')']) {
        before
            .rfind(['（', '('])
            .map_or(before, |open| before[..open].trim_end())
    } else {
        before
    };
    if plain.ends_with('》') {
        let named = titles(plain).into_iter().find(|(span, _)| span.end == plain.len());
        return named.map_or(start, |(span, _)| span.start);
    }
    let named = |name: &str| before.strip_suffix(name).or_else(|| plain.strip_suffix(name));
    if let Some(rest) = short::names(law).find_map(named) {
        return rest.strip_suffix("中华人民共和国").unwrap_or(rest).len();
    }
    if let Some(rest) = before.strip_suffix("其中") {
        return rest.len();
    }
    let pronoun = draft::LAWS.iter().find_map(|ending| {
        let rest = before.strip_suffix(ending)?;
        let rest = rest.strip_suffix("司法").unwrap_or(rest);
        POINTERS.iter().find_map(|word| rest.strip_suffix(word))
    });
    pronoun.map_or(start, str::len)
}

/// Where the bracket ends that stands right behind a title; the end of the title where none does.
fn name_end(text: &str, end: usize) -> usize {
    let rest = text[end..].trim_start();
    let mut depth = 0usize;
    for (at, letter) in rest.char_indices() {
        match letter {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return match at {
                0 => end,
                _ => text.len() - rest.len() + at + letter.len_utf8(),
            };
        }
    }
    end
}

/// A paragraph or an item of an article, and where it ends.
type Detail = (Option<u32>, Option<u32>, usize);

/// What joins one paragraph or item to the next, from a place on.
fn joint(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let behind = rest.trim_start_matches(|letter: char| "、，,和及与或 ".contains(letter) || RANGES.contains(&letter));
    &rest[..rest.len() - behind.len()]
}

/// The paragraphs and items that follow an article: 第一款、第三款第（二）项, 第一项至第三项.
fn details(text: &str, at: usize) -> Vec<Detail> {
    let mut all: Vec<Detail> = Vec::new();
    let (mut at, mut paragraph, mut ranges) = (at, None, false);
    loop {
        let read = side_by_side(text, at, paragraph, ranges);
        let (Some(first), Some(&last)) = (read.first(), read.last()) else {
            return all;
        };
        if let Some(&before) = all.last().filter(|_| ranges) {
            all.extend(between(before, *first));
        }
        all.extend(&read);
        let end = last.2;
        paragraph = last.0;
        let joint = joint(text, end);
        if joint.is_empty() {
            return all;
        }
        ranges = joint.contains(RANGES);
        at = end + joint.len();
    }
}

/// The paragraphs at a place, with the items of the last; else items of the `paragraph` before. At the end of a range
/// 第 may be missing.
fn side_by_side(text: &str, at: usize, paragraph: Option<u32>, ranges: bool) -> Vec<Detail> {
    let numbers = counted(text, at, '款', ranges);
    let (own, end) = numbers
        .last()
        .map_or((paragraph, at), |(number, end)| (Some(*number), *end));
    let items = items(text, end, ranges && numbers.is_empty());
    let whole = numbers.len() - usize::from(!numbers.is_empty() && !items.is_empty());
    let paragraphs = numbers[..whole].iter().map(|(number, end)| (Some(*number), None, *end));
    paragraphs
        .chain(items.iter().map(|(item, end)| (own, Some(*item), *end)))
        .collect()
}

/// What a range of paragraphs, or of items of one, leaves out.
fn between(first: Detail, last: Detail) -> Vec<Detail> {
    let inner = |from: u32, to: u32| (from + 1..to).take(WIDEST);
    match (first, last) {
        ((Some(from), None, _), (Some(to), None, end)) => {
            inner(from, to).map(|number| (Some(number), None, end)).collect()
        }
        ((own, Some(from), _), (same, Some(to), end)) if own == same => {
            inner(from, to).map(|item| (own, Some(item), end)).collect()
        }
        _ => Vec::new(),
    }
}

/// The numbers of 第一、三款 or 第一至三款, each with where it ends; none without the unit. `bare` are those without 第.
fn counted(text: &str, at: usize, unit: char, bare: bool) -> Vec<(u32, usize)> {
    let rest = text[at..].trim_start();
    let Some(rest) = rest.strip_prefix('第').or(bare.then_some(rest)) else {
        return Vec::new();
    };
    let mut at = text.len() - rest.len();
    let mut numbers: Vec<(u32, usize)> = Vec::new();
    let mut from = None;
    while let Some((number, after)) = numeral_at(text, at) {
        let rest = text[after..].trim_start();
        let whole = rest.strip_prefix(unit).map(|rest| text.len() - rest.len());
        let end = whole.unwrap_or(after);
        let skipped = from.map_or(0..0, |from: u32| from + 1..number);
        numbers.extend(skipped.take(WIDEST).map(|number| (number, end)));
        numbers.push((number, end));
        if whole.is_some() {
            return numbers;
        }
        let Some(next) = rest.strip_prefix(['、', '和', '至', '到']) else {
            break;
        };
        from = rest.starts_with(RANGES).then_some(number);
        at = text.len() - next.strip_prefix('第').unwrap_or(next).len();
    }
    Vec::new()
}

/// The items of 第（二）项, 第二项, （二）、（三）项, each with where it ends.
fn items(text: &str, at: usize, bare: bool) -> Vec<(u32, usize)> {
    let plain = counted(text, at, '项', bare);
    if !plain.is_empty() {
        return plain;
    }
    let mut all = Vec::new();
    let mut at = at;
    loop {
        let rest = text[at..].trim_start();
        let rest = rest.strip_prefix('第').unwrap_or(rest);
        let Some(inner) = rest.strip_prefix(['（', '(']) else {
            break;
        };
        let Some((number, after)) = numeral_at(text, text.len() - inner.len()) else {
            break;
        };
        let Some(closed) = text[after..].strip_prefix(['）', ')']) else {
            break;
        };
        let closed = closed.trim_start();
        let after = closed.strip_prefix('项').unwrap_or(closed);
        let end = text.len() - after.len();
        all.push((number, end));
        let Some(next) = after.strip_prefix(['、', '和', '，']) else {
            break;
        };
        at = text.len() - next.len();
    }
    all
}

/// The number at an offset, and where it ends.
fn numeral_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text[at..].trim_start();
    let at = text.len() - rest.len();
    let length: usize = rest
        .chars()
        .take_while(|letter| numeral::is_part(*letter))
        .map(char::len_utf8)
        .sum();
    Some((numeral::parse(&rest[..length])?, at + length))
}

/// The numbers of a text.
fn numbers(text: &str) -> Vec<Mention> {
    if !text.contains(['号', '號']) {
        return Vec::new();
    }
    let mapped = normalize_mapped(text);
    let found = number::find(&mapped.text)
        .into_iter()
        .chain(number::court_guidance(&mapped.text))
        .chain(number::orders(&mapped.text))
        .chain(number::running(&mapped.text));
    let letters = |end: usize| mapped.text[..end].chars().count();
    found
        .map(|number| Mention {
            span: mapped.raw_range(letters(number.start), letters(number.end)),
            what: What::Number(number.canonical),
        })
        .collect()
}

/// The short names that a draft defines, each with the whole and its version: 《甲》（以下简称《乙》）.
pub(super) fn definitions(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (span, name) in titles(text) {
        let Some(inner) = text[span.end..].trim_start().strip_prefix(['（', '(']) else {
            continue;
        };
        let inner = inner.split(['）', ')']).next().unwrap_or_default();
        let Some((_, short)) = DEFINES.iter().find_map(|cue| inner.split_once(cue)) else {
            continue;
        };
        let short = short.trim_matches(|letter: char| "：:“”\"《》「」‘’ ，为".contains(letter));
        let short = short.split(['》', '”', '」', '，']).next().unwrap_or(short);
        if !short.is_empty() {
            let whole = version::of_year(&name, dated(text, &span));
            all.push((short.to_owned(), whole));
        }
    }
    all
}

/// The sentence that holds a place, among those of a text, and the one before it.
pub(super) fn sentence_of(text: &str, sentences: &[Range<usize>], at: usize) -> (Range<usize>, Option<Range<usize>>) {
    let ended = sentences.partition_point(|sentence| sentence.end <= at);
    let place = ended.min(sentences.len().saturating_sub(1));
    let whole = 0..text.len();
    let before = place.checked_sub(1).and_then(|before| sentences.get(before)).cloned();
    (sentences.get(place).cloned().unwrap_or(whole), before)
}

#[cfg(test)]
mod tests;
