//! The quotations of a draft, each with the source that is named beside it.

use super::draft::{self, Paragraph};
use super::flat::Flat;
use super::mention::{Mention, What, sentence_of};
use crate::corpus::Source;
use std::ops::Range;

/// Fewest characters of a quotation.
const SHORTEST: usize = 8;
/// Fewest of one whose source is named right before it.
const SHORTEST_NAMED: usize = 4;
/// Characters between a source and its words at most, quotations apart, where the words are surely of that source.
const NEAR: usize = 24;

/// Verbs by which a text gives the words of a source.
const CITES: [&str; 36] = [
    "规定",
    "指出",
    "载明",
    "明确",
    "强调",
    "写道",
    "写明",
    "要求",
    "提出",
    "认为",
    "发现",
    "所称",
    "表述为",
    "原文为",
    "原文",
    "记载",
    "显示",
    "明确了",
    "规定了",
    "表述",
    "写着",
    "定义为",
    "界定为",
    "解释为",
    "即",
    "如下",
    "为",
    "阐明",
    "阐述",
    "提到",
    "释明",
    "重申",
    "列明",
    "确立了",
    "内容为",
    "要旨为",
];
/// Verbs by which a person speaks.
const SPEAKS: [&str; 24] = [
    "说", "说道", "称", "声称", "问", "答", "表示", "反映", "辩称", "供述", "告诉", "讲", "坦言", "感叹", "回忆", "喊",
    "抱怨", "回答", "回应", "陈述", "辩解", "介绍", "谈到", "直言",
];

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
    /// How surely they are of that source.
    pub way: Way,
}

/// How words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// As the words of the source, in so many words.
    Surely,
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
                Way::Surely if what.is_some() => SHORTEST_NAMED,
                _ => SHORTEST,
            };
            if Flat::of(&text[inner.clone()]).len() >= least {
                all.push(Quoted {
                    paragraph: at,
                    span: inner.clone(),
                    text: text[inner.clone()].to_owned(),
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
        let way = match before.trim_end().ends_with(['：', ':']) {
            true => Way::Surely,
            false => Way::Perhaps,
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
        way,
    })
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
        let way = match is_of_name(&text[mention.span.end..open]) || is_crime(&text[inner.clone()]) {
            true => Way::Perhaps,
            false => way(&text[mention.span.end..open], mention.span.end, marked),
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
    if speaks(lead) {
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

/// Whether words are the name of a crime, which is not a text of the article on it.
fn is_crime(words: &str) -> bool {
    words.ends_with('罪') && !words.contains(['，', ',', '；', '。'])
}

/// Whether what is named is only part of the name of something else: 刑法第三百一十三条的解释.
fn is_of_name(after: &str) -> bool {
    let after = after.strip_prefix('的').unwrap_or(after);
    ["解释", "补充规定", "决定", "通知", "批复", "答复", "修正"]
        .iter()
        .any(|word| after.starts_with(word))
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
    let surely = joined || cites(plain) && plain.chars().count() <= NEAR;
    if surely { Way::Surely } else { Way::Perhaps }
}

/// Whether a text ends with a verb that gives the words of a source.
fn cites(lead: &str) -> bool {
    let lead = lead.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let lead = lead.strip_suffix('的').unwrap_or(lead);
    CITES.iter().any(|verb| lead.ends_with(verb))
}

/// Whether a text ends with a verb by which a person speaks.
fn speaks(lead: &str) -> bool {
    let lead = lead.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    SPEAKS.iter().any(|verb| lead.ends_with(verb)) && !lead.ends_with("所称")
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
        way: Way::Told,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{draft, named};
    use super::*;

    fn of(text: &str) -> Vec<(String, bool, Way)> {
        let source = Source::of("a".into(), "a.md".into(), text.to_owned());
        let paragraphs = draft::paragraphs(&source);
        quotations(&source, &paragraphs, &named(&paragraphs))
            .into_iter()
            .map(|quoted| (quoted.text, quoted.source.is_some(), quoted.way))
            .collect()
    }

    #[test]
    fn a_source_is_named_before_behind_or_in_a_note() {
        for (text, named, way) in [
            ("《甲条例》第四条规定：“任何单位和个人不得采砂”。", true, Way::Surely),
            ("《甲报告》认为，“任何单位和个人不得采砂”。", true, Way::Surely),
            ("应当“任何单位和个人不得采砂”（《甲条例》第四条）。", true, Way::Surely),
            (
                "《甲条例》施行了。其中规定：“任何单位和个人不得采砂”。",
                true,
                Way::Surely,
            ),
            (
                "《甲条例》施行了。该条例规定：“任何单位和个人不得采砂”。",
                true,
                Way::Surely,
            ),
            (
                "《甲条例》施行了。有人担心“任何单位和个人不得采砂”。",
                true,
                Way::Perhaps,
            ),
            ("村民说：“任何单位和个人不得采砂”。", false, Way::Spoken),
            (
                "《甲条例》施行后，村民说：“任何单位和个人不得采砂”。",
                true,
                Way::Spoken,
            ),
            ("要做到“任何单位和个人不得采砂”。", false, Way::Perhaps),
            (
                "《甲法》第三条的解释中规定的“任何单位和个人不得采砂”。",
                true,
                Way::Perhaps,
            ),
            (
                "要做到“任何单位和个人不得采砂”[^1]。\n\n[^1]: 《甲条例》第四条。",
                true,
                Way::Surely,
            ),
            ("《甲条例》规定：\n\n> 任何单位和个人不得采砂", true, Way::Surely),
        ] {
            let all = of(text);
            assert_eq!(all.len(), 1, "{text} {all:?}");
            assert_eq!((all[0].1, all[0].2), (named, way), "{text}");
        }
    }

    #[test]
    fn words_after_an_article_are_told() {
        let all = of("根据《甲条例》第五条的规定，未经批准采砂的，由县水行政主管部门责令停止。");
        assert_eq!(
            (all[0].0.as_str(), all[0].2),
            ("未经批准采砂的，由县水行政主管部门责令停止", Way::Told)
        );
        assert!(of("《甲条例》第五条规定的情形，《甲条例》作了规定，违者要罚款的都要罚款才行。").len() < 2);
    }
}
