//! 本法第三条: articles of the law that a text belongs to, or that it quotes.

use super::{LAWS, Mention, name_start, parts};
use crate::markdown::citation_spans;
use std::ops::Range;

/// Characters of a text that are read from 本法 on.
const READ: usize = 200;
/// Characters between two articles of one list at most.
const JOINT: usize = 12;
/// Words right behind which a law names an article of its own by the number alone.
const LEADS: [&str; 16] = [
    "实施", "达到", "违反", "依照", "根据", "按照", "适用", "符合", "具有", "除", "对", "犯", "与", "和", "有", "在",
];

/// The articles that parts of a text name as those of a law of its own: 本法第三条、第五条.
pub(in crate::verify) fn own_articles(text: &str, within: &Range<usize>, law: &str) -> Vec<Mention> {
    let plain = law.split(['（', '(']).next().unwrap_or(law);
    let Some(ending) = LAWS.iter().find(|ending| plain.ends_with(**ending)) else {
        return Vec::new();
    };
    let pronoun = match *ending {
        "法典" => "本法".to_owned(),
        ending => format!("本{ending}"),
    };
    let mut all: Vec<Mention> = Vec::new();
    let bare = text[within.clone()].match_indices('第').filter(|(at, _)| {
        let before = &text[within.start..within.start + at];
        LEADS.iter().any(|lead| before.ends_with(lead))
    });
    for (at, _) in bare {
        let start = within.start + at;
        if all.last().is_none_or(|last: &Mention| start >= last.span.end) {
            all.extend(one(text, start, within.end, "", law));
        }
    }
    for (at, _) in text[within.clone()].match_indices(&pronoun) {
        let start = within.start + at;
        if all.iter().any(|known| known.span.contains(&start)) {
            continue;
        }
        all.extend(one(text, start, within.end, &pronoun, law));
    }
    all
}

/// The articles behind one 本法: read as if its name stood there.
fn one(text: &str, start: usize, end: usize, pronoun: &str, law: &str) -> Vec<Mention> {
    let name = format!("《{law}》");
    let behind = start + pronoun.len();
    let rest = &text[behind..end];
    let stop = rest.find(['。', '；', '《', '本']).unwrap_or(rest.len());
    let stop = rest.char_indices().nth(READ).map_or(stop, |(at, _)| at.min(stop));
    let spans = citation_spans(&format!("{name}{}", &rest[..stop]));
    let mut open = behind;
    let mut all = Vec::new();
    for (citation, span) in spans {
        let span = span.start + behind - name.len()..span.end + behind - name.len();
        // What stands farther off is of another law. Members of a range have the place of the range.
        let between = text.get(open..span.start).unwrap_or_default();
        if between.chars().count() > JOINT {
            break;
        }
        let from = match all.is_empty() {
            true => start,
            false => name_start(text, span.start, &citation.law),
        };
        open = span.end;
        let mut named = parts(text, from, &citation, span);
        for mention in &mut named {
            if let super::What::Article(known, _) = &mut mention.what {
                law.clone_into(known);
            }
        }
        open = named.last().map_or(open, |mention| mention.span.end.max(open));
        all.extend(named);
    }
    all
}
