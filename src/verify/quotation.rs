//! The quotations of a draft, each with the source that is named beside it.

mod lead;

use super::draft::{self, Paragraph};
use super::flat::Flat;
use super::mention::{Mention, What, sentence_of};
use crate::corpus::Source;
pub(super) use lead::{WORDS, is_former};
use lead::{cites, is_crime, is_of_name, of_another, proposes, speaks};
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewest characters of a quotation.
const SHORTEST: usize = 8;
/// Fewest of one whose source is named right before it.
const SHORTEST_NAMED: usize = 4;
/// Characters between a source and its words at most, quotations apart, where the words are surely of that source.
const NEAR: usize = 24;

/// Words that are given as those of a source.
#[derive(Debug, Clone)]
pub(super) struct Quoted {
    /// Number of its paragraph.
    pub paragraph: usize,
    /// Its bytes there.
    pub span: Range<usize>,
    /// The words.
    pub text: String,
    /// The source beside them.
    pub source: Option<What>,
    /// What is named with it: 《甲法》第三条、《乙法》第四条分别规定.
    pub also: Vec<What>,
    /// How surely they are of that source.
    pub way: Way,
}

/// How words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// As the words of the source, in so many words.
    Surely,
    /// Right behind the name of the source, without a word: its words, or what is said of it.
    Beside,
    /// In the neighbourhood of a source.
    Perhaps,
    /// By a person who speaks.
    Spoken,
    /// After 规定, without quotation marks.
    Told,
}

/// The quotations of a draft; `named` is what each paragraph names.
pub(super) fn quotations(source: &Source, paragraphs: &[Paragraph], named: &[Vec<Mention>]) -> Vec<Quoted> {
    let mut all = Vec::new();
    let mut lead = None;
    let labels = paragraphs.iter().enumerate().rev();
    // Of two notes with one label the first is meant.
    let notes: BTreeMap<&str, usize> = labels
        .filter_map(|(at, paragraph)| Some((paragraph.note.as_deref()?, at)))
        .collect();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text();
        if paragraph.quoted {
            all.extend(block(at, text, lead.as_ref(), &named[at]));
            continue;
        }
        let sentences = draft::sentences(text);
        lead = introduction(text, &sentences, &named[at]);
        let marked = draft::quotations(text);
        for inner in &marked {
            let length = Flat::of(&text[inner.clone()]).len();
            if length < SHORTEST_NAMED {
                continue;
            }
            let (what, way) = footnote(source, paragraph, inner, &notes, named).map_or_else(
                || beside(text, &sentences, inner, &marked, &named[at]),
                |what| (Some(what), Way::Surely),
            );
            let least = match way {
                Way::Surely | Way::Beside if what.is_some() => SHORTEST_NAMED,
                _ => SHORTEST,
            };
            if length >= least {
                all.push(Quoted {
                    paragraph: at,
                    span: inner.clone(),
                    text: text[inner.clone()].to_owned(),
                    also: what
                        .as_ref()
                        .map_or_else(Vec::new, |what| with(text, what, inner, &named[at])),
                    source: what,
                    way,
                });
            }
        }
        all.extend(
            named[at]
                .iter()
                .filter_map(|mention| told(at, text, &sentences, mention, &marked, &named[at])),
        );
    }
    all
}

/// The mentions that begin in a part of their paragraph.
fn those_of<'m>(mentions: &'m [Mention], part: &Range<usize>) -> &'m [Mention] {
    let before = |end: usize| mentions.partition_point(|mention| mention.span.start < end);
    &mentions[before(part.start)..before(part.end)]
}

/// Whether a place lies in one of the quotations.
fn is_within(marked: &[Range<usize>], at: usize) -> bool {
    let begun = marked.partition_point(|quote| quote.start <= at);
    marked[..begun].last().is_some_and(|quote| quote.contains(&at))
}

/// The end of a text, as far as it may say something of what follows.
fn last_of(text: &str) -> &str {
    const REACH: usize = 200;
    text.char_indices().rev().nth(REACH).map_or(text, |(at, _)| &text[at..])
}

/// What the last sentence of a paragraph names: the source of a block quotation behind it.
fn introduction(text: &str, sentences: &[Range<usize>], mentions: &[Mention]) -> Option<(What, Way)> {
    let (sentence, _) = sentence_of(text, sentences, text.len().saturating_sub(1));
    let last = mentions
        .iter()
        .rfind(|mention| sentence.contains(&mention.span.start))?;
    let way = if text.trim_end().ends_with(['：', ':']) {
        Way::Surely
    } else {
        Way::Perhaps
    };
    Some((last.what.clone(), way))
}

/// A paragraph of a block quotation, of the source that the line before the block names, or of what its own last words
/// name.
fn block(at: usize, text: &str, lead: Option<&(What, Way)>, mentions: &[Mention]) -> Option<Quoted> {
    let signed = text
        .rfind("——")
        .filter(|dash| mentions.iter().any(|mention| mention.span.start >= *dash));
    let words = signed.map_or(text, |dash| &text[..dash]);
    if Flat::of(words).len() < SHORTEST {
        return None;
    }
    let own = signed.and_then(|dash| mentions.iter().rfind(|mention| mention.span.start >= dash));
    let (source, way) = match (own, lead.cloned()) {
        (Some(mention), _) => (Some(mention.what.clone()), Way::Surely),
        (None, Some((what, way))) => (Some(what), way),
        (None, None) => (None, Way::Perhaps),
    };
    let leading = words.len() - words.trim_start().len();
    Some(Quoted {
        paragraph: at,
        span: leading..words.trim_end().len(),
        text: words.trim().to_owned(),
        source,
        also: Vec::new(),
        way,
    })
}

/// What is named in one list with a source before a quotation.
fn with(text: &str, source: &What, inner: &Range<usize>, mentions: &[Mention]) -> Vec<What> {
    let mut before = those_of(mentions, &(0..inner.start))
        .iter()
        .filter(|mention| mention.span.end <= inner.start)
        .rev();
    let Some(last) = before.by_ref().find(|mention| mention.what == *source) else {
        return Vec::new();
    };
    let mut start = last.span.start;
    let mut all = Vec::new();
    for mention in before {
        // The title of a law stands within the citation of its article.
        if mention.span.end > start {
            continue;
        }
        let between = &text[mention.span.end..start];
        if !between.chars().all(|letter| "、，,和及与以并 ".contains(letter)) {
            break;
        }
        start = mention.span.start;
        all.push(mention.what.clone());
    }
    all
}

/// What the footnote names that is marked right behind a quotation.
fn footnote(
    source: &Source,
    paragraph: &Paragraph,
    inner: &Range<usize>,
    notes: &BTreeMap<&str, usize>,
    named: &[Vec<Mention>],
) -> Option<What> {
    let end = paragraph.traced.source(inner).end;
    let label = draft::marks(&source.text, end)?;
    let mentions = &named[*notes.get(label)?];
    let article = mentions
        .iter()
        .find(|mention| matches!(mention.what, What::Article(..)));
    article.or(mentions.first()).map(|mention| mention.what.clone())
}

/// The source beside a quotation: in its sentence before it, right behind it in brackets, or in the sentence before.
fn beside(
    text: &str,
    sentences: &[Range<usize>],
    inner: &Range<usize>,
    marked: &[Range<usize>],
    mentions: &[Mention],
) -> (Option<What>, Way) {
    let (sentence, previous) = sentence_of(text, sentences, inner.start);
    let outside = |mention: &&Mention| !is_within(marked, mention.span.start);
    let before = those_of(mentions, &(sentence.start..inner.start.max(sentence.start)))
        .iter()
        .rfind(|mention| mention.span.end <= inner.start && outside(mention));
    let open = text[..inner.start].char_indices().next_back().map_or(0, |(at, _)| at);
    if let Some(mention) = before {
        let between = &text[mention.span.end..open];
        // 第三条规定：“某罪” gives the words of the article; 第三条规定的“某罪” names what it is about.
        let gives = ["规定：", "规定:"]
            .iter()
            .any(|lead| between.trim_end().ends_with(lead));
        let named_only = is_crime(&text[inner.clone()]) && !gives;
        let way = match is_of_name(between) || named_only {
            _ if proposes(last_of(between)) || is_former(&text[..mention.span.start]) => Way::Spoken,
            true => Way::Perhaps,
            false => way(between, mention.span.end, marked),
        };
        return (Some(mention.what.clone()), way);
    }
    let close = inner.end + text[inner.end..].chars().next().map_or(0, char::len_utf8);
    let leads_here = |mention: &&Mention| {
        let between = text.get(close..mention.span.start);
        between.is_some_and(|between| between.chars().all(|sign| "（(见参详：:，。 ——".contains(sign)))
    };
    let behind = those_of(mentions, &(close..text.len()))
        .iter()
        .take_while(leads_here)
        .find(|mention| text[close..mention.span.start].contains(['（', '(', '—']));
    if let Some(mention) = behind {
        return (Some(mention.what.clone()), Way::Surely);
    }
    let lead = text[sentence.start.min(open)..open].trim();
    if speaks(lead) || of_another(lead) {
        return (None, Way::Spoken);
    }
    let last = previous.and_then(|previous| those_of(mentions, &previous).iter().rev().find(outside));
    match last {
        Some(mention) => {
            let refers = ["其", "该", "并", "还", "同时", "上述", "前述"]
                .iter()
                .any(|word| lead.starts_with(word));
            let surely = lead.is_empty() || refers && cites(lead) && lead.chars().nth(NEAR).is_none();
            let way = if surely { Way::Surely } else { Way::Perhaps };
            (Some(mention.what.clone()), way)
        }
        None => (None, Way::Perhaps),
    }
}

/// How surely words are of a source, by what stands between the two; `from` is where that begins in the paragraph.
fn way(between: &str, from: usize, marked: &[Range<usize>]) -> Way {
    // What other quotations hold says nothing of this one.
    let ended = marked.partition_point(|quote| quote.end < from + between.len());
    let inside = marked[..ended].last().filter(|quote| quote.start > from);
    let lead = match inside {
        Some(quote) => &between[quote.end - from..],
        None => between,
    };
    let lead = lead.trim_start_matches(['”', '」', '』', '"']).trim();
    let plain = lead.trim_matches(|letter: char| !letter.is_alphanumeric());
    if speaks(lead) {
        return Way::Spoken;
    }
    // “甲”是指前款规定的“乙”: what is said of a quotation is another's.
    if inside.is_some()
        && ["是", "指", "包括", "应当", "可以", "前款", "本"]
            .iter()
            .any(|word| plain.contains(word))
    {
        return Way::Perhaps;
    }
    let joined =
        plain.is_empty() || ["和", "及", "以及", "与", "或", "或者", "并", "的", "一文", "中"].contains(&plain);
    match plain {
        "" if inside.is_none() && !lead.contains(['：', ':']) => Way::Beside,
        _ if joined || cites(plain) && plain.chars().count() <= NEAR => Way::Surely,
        _ => Way::Perhaps,
    }
}

/// What stands after 规定 behind an article, without quotation marks, to the end of the sentence.
fn told(
    at: usize,
    text: &str,
    sentences: &[Range<usize>],
    mention: &Mention,
    marked: &[Range<usize>],
    mentions: &[Mention],
) -> Option<Quoted> {
    let What::Article(..) = &mention.what else { return None };
    if is_within(marked, mention.span.start) {
        return None;
    }
    let rest = &text[mention.span.end..];
    let verbs = [
        "的明确规定",
        "明确规定",
        "之规定",
        "的规定",
        "规定了",
        "规定",
        "明确",
        "要求",
    ];
    let after = verbs.iter().find_map(|verb| rest.strip_prefix(verb))?;
    // 第三条规定的情形 names what the article is about; 违反第三条规定 is followed by what was done.
    if after.starts_with('的') || text[..mention.span.start].trim_end().ends_with("违反") {
        return None;
    }
    let after = after.trim_start_matches(['，', '：', ',', ':', ' ']);
    let start = text.len() - after.len();
    let (sentence, _) = sentence_of(text, sentences, mention.span.start);
    let next = those_of(mentions, &(start..text.len())).first();
    let next = next.map(|other| other.span.start);
    let quote = marked.get(marked.partition_point(|quote| quote.start < start));
    let quote = quote.map(|quote| quote.start);
    let end = [Some(sentence.end), next, quote]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(text.len());
    let words = text
        .get(start..end)?
        .trim_end_matches(|letter: char| !letter.is_alphanumeric());
    (Flat::of(words).len() >= SHORTEST + SHORTEST_NAMED).then(|| Quoted {
        paragraph: at,
        span: start..start + words.len(),
        text: words.to_owned(),
        source: Some(mention.what.clone()),
        also: Vec::new(),
        way: Way::Told,
    })
}

#[cfg(test)]
mod tests;
