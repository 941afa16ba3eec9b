//! The quotations of a draft, each with the source that is named beside it.

mod lead;

use super::draft::{self, Paragraph};
use super::flat::Flat;
use super::mention::{Mention, What, sentence_of};
use crate::corpus::Source;
pub(super) use lead::{WORDS, is_former};
use lead::{cites, is_crime, is_of_name, of_another, proposes, speaks};
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
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.quoted {
            all.extend(block(at, paragraphs, named));
            continue;
        }
        let text = paragraph.text();
        let marked = draft::quotations(text);
        for inner in &marked {
            let (what, way) = footnote(source, paragraph, inner, paragraphs, named)
                .map(|what| (Some(what), Way::Surely))
                .unwrap_or_else(|| beside(text, inner, &marked, &named[at]));
            let least = match way {
                Way::Surely | Way::Beside if what.is_some() => SHORTEST_NAMED,
                _ => SHORTEST,
            };
            if Flat::of(&text[inner.clone()]).len() >= least {
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
                .filter_map(|mention| told(at, text, mention, &marked, &named[at])),
        );
    }
    all
}

/// A paragraph of a block quotation, of the source that the line before the block names, or of what its own last words
/// name.
fn block(at: usize, paragraphs: &[Paragraph], named: &[Vec<Mention>]) -> Option<Quoted> {
    let text = paragraphs[at].text();
    let signed = text
        .rfind("——")
        .filter(|dash| named[at].iter().any(|mention| mention.span.start >= *dash));
    let words = signed.map_or(text, |dash| &text[..dash]);
    if Flat::of(words).len() < SHORTEST {
        return None;
    }
    let own = signed.and_then(|dash| named[at].iter().rfind(|mention| mention.span.start >= dash));
    let lead = (0..at).rev().find(|before| !paragraphs[*before].quoted);
    let introduced = lead.and_then(|lead| {
        let before = paragraphs[lead].text();
        let (sentence, _) = sentence_of(before, before.len().saturating_sub(1));
        let last = named[lead]
            .iter()
            .rfind(|mention| sentence.contains(&mention.span.start))?;
        let way = if before.trim_end().ends_with(['：', ':']) {
            Way::Surely
        } else {
            Way::Perhaps
        };
        Some((last.what.clone(), way))
    });
    let (source, way) = match (own, introduced) {
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
    let mut before = mentions.iter().filter(|mention| mention.span.end <= inner.start).rev();
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
    paragraphs: &[Paragraph],
    named: &[Vec<Mention>],
) -> Option<What> {
    let end = paragraph.traced.source(inner).end;
    let label = draft::marks(&source.text, end)?;
    let note = paragraphs
        .iter()
        .position(|other| other.note.as_deref() == Some(label))?;
    let mentions = &named[note];
    let article = mentions
        .iter()
        .find(|mention| matches!(mention.what, What::Article(..)));
    article.or(mentions.first()).map(|mention| mention.what.clone())
}

/// The source beside a quotation: in its sentence before it, right behind it in brackets, or in the sentence before.
fn beside(text: &str, inner: &Range<usize>, marked: &[Range<usize>], mentions: &[Mention]) -> (Option<What>, Way) {
    let (sentence, previous) = sentence_of(text, inner.start);
    let outside = |mention: &&Mention| !marked.iter().any(|quote| quote.contains(&mention.span.start));
    let before = mentions
        .iter()
        .filter(outside)
        .rfind(|mention| sentence.contains(&mention.span.start) && mention.span.end <= inner.start);
    let open = text[..inner.start].char_indices().next_back().map_or(0, |(at, _)| at);
    if let Some(mention) = before {
        let between = &text[mention.span.end..open];
        // 第三条规定：“某罪” gives the words of the article; 第三条规定的“某罪” names what it is about.
        let gives = ["规定：", "规定:"]
            .iter()
            .any(|lead| between.trim_end().ends_with(lead));
        let named_only = is_crime(&text[inner.clone()]) && !gives;
        let way = match is_of_name(between) || named_only {
            _ if proposes(between) || is_former(&text[..mention.span.start]) => Way::Spoken,
            true => Way::Perhaps,
            false => way(between, mention.span.end, marked),
        };
        return (Some(mention.what.clone()), way);
    }
    let close = inner.end + text[inner.end..].chars().next().map_or(0, char::len_utf8);
    let behind = mentions.iter().find(|mention| {
        let between = text.get(close..mention.span.start);
        between.is_some_and(|between| {
            between.chars().all(|sign| "（(见参详：:，。 ——".contains(sign)) && between.contains(['（', '(', '—'])
        })
    });
    if let Some(mention) = behind {
        return (Some(mention.what.clone()), Way::Surely);
    }
    let lead = text[sentence.start.min(open)..open].trim();
    if speaks(lead) || of_another(lead) {
        return (None, Way::Spoken);
    }
    let last = previous.and_then(|previous| {
        let of_sentence = mentions.iter().filter(outside);
        of_sentence.rev().find(|mention| previous.contains(&mention.span.start))
    });
    match last {
        Some(mention) => {
            let refers = ["其", "该", "并", "还", "同时", "上述", "前述"]
                .iter()
                .any(|word| lead.starts_with(word));
            let surely = lead.is_empty() || refers && cites(lead) && lead.chars().count() <= NEAR;
            let way = if surely { Way::Surely } else { Way::Perhaps };
            (Some(mention.what.clone()), way)
        }
        None => (None, Way::Perhaps),
    }
}

/// How surely words are of a source, by what stands between the two; `from` is where that begins in the paragraph.
fn way(between: &str, from: usize, marked: &[Range<usize>]) -> Way {
    // What other quotations hold says nothing of this one.
    let inside = marked
        .iter()
        .rfind(|quote| quote.start > from && quote.end < from + between.len());
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
fn told(at: usize, text: &str, mention: &Mention, marked: &[Range<usize>], mentions: &[Mention]) -> Option<Quoted> {
    let What::Article(..) = &mention.what else { return None };
    if marked.iter().any(|quote| quote.contains(&mention.span.start)) {
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
    let (sentence, _) = sentence_of(text, mention.span.start);
    let next = mentions
        .iter()
        .map(|other| other.span.start)
        .find(|other| *other >= start);
    let quote = marked.iter().map(|quote| quote.start).find(|quote| *quote >= start);
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
