//! 本法第三条: articles of the law that a text belongs to, or that it quotes.

use super::super::draft::LAWS;
use super::version::Version;
use super::{Mention, RANGES, name_start, named_year, parts};
use crate::markdown::citation_spans;
use std::ops::Range;

/// Characters of a text that are read from 本法 on.
const READ: usize = 200;
/// Characters between two articles of one list at most.
const JOINT: usize = 12;
/// Words right behind which a law names an article of its own by the number alone.
pub(in crate::verify) const OWN: [&str; 16] = [
    "实施", "达到", "违反", "依照", "根据", "按照", "适用", "符合", "具有", "除", "对", "犯", "与", "和", "有", "在",
];

/// Words right behind an article whose words are meant, whatever stands before it: 传播第三条规定的文书.
pub(in crate::verify) const BEARS: [&str; 4] = ["规定", "所列", "所称", "所指"];
/// What else has articles: what is named so isn't the object of a verb.
pub(in crate::verify) const OTHERS: [&str; 13] = [
    "法律", "法规", "公约", "协定", "合同", "协议", "章程", "准则", "意见", "通知", "批复", "纪要", "决议",
];
/// How the head of a column is called that has the articles of a law: 刑法条文.
const HEADS: [&str; 4] = ["条文", "法条", "条款", "条目"];

/// Whether an article may be the object of what stands right before it: a word, and no name of a law.
fn follows_a_verb(before: &str) -> bool {
    let mut names = LAWS.iter().chain(&OTHERS);
    before.ends_with(char::is_alphabetic) && !before.ends_with(RANGES) && !names.any(|ending| before.ends_with(ending))
}

/// The law whose articles a column has, by the head of the column: 刑法条文.
pub(in crate::verify) fn table_law(head: &str) -> Option<&str> {
    let name = HEADS.iter().find_map(|word| head.trim().strip_suffix(word))?;
    let name = name.trim_start_matches('《').trim_end_matches('》');
    LAWS.iter().any(|ending| name.ends_with(ending)).then_some(name)
}

/// The articles at the start of a cell below such a head.
pub(in crate::verify) fn cell_articles(text: &str, law: &str) -> Vec<Mention> {
    let start = text.len() - text.trim_start().len();
    if text[start..].starts_with('第') {
        one(text, start, text.len(), "", law)
    } else {
        Vec::new()
    }
}

/// The articles that parts of a text name as those of a law of its own: 本法第三条、第五条.
pub(in crate::verify) fn own_articles(text: &str, within: &Range<usize>, law: &str) -> Vec<Mention> {
    let plain = law.split(['（', '(']).next().unwrap_or(law);
    let endings = LAWS.iter().filter(|ending| plain.ends_with(**ending));
    let Some(ending) = endings.max_by_key(|ending| ending.len()) else {
        return Vec::new();
    };
    let pronoun = match *ending {
        "法典" => "本法".to_owned(),
        ending => format!("本{ending}"),
    };
    let mut all: Vec<Mention> = Vec::new();
    let is_new = |all: &[Mention], start: usize| !all.iter().any(|known| known.span.contains(&start));
    for (at, _) in text[within.clone()].match_indices(&pronoun) {
        let start = within.start + at;
        if is_new(&all, start) {
            all.extend(one(text, start, within.end, &pronoun, law));
        }
    }
    for (at, _) in text[within.clone()].match_indices('第') {
        let start = within.start + at;
        let before = &text[within.start..start];
        let leads = OWN.iter().any(|lead| before.ends_with(lead));
        if !leads && !follows_a_verb(before) || !is_new(&all, start) {
            continue;
        }
        let named = one(text, start, within.end, "", law);
        let ends = named.last().map_or(start, |last| last.span.end);
        if leads || BEARS.iter().any(|word| text[ends..].starts_with(word)) {
            all.extend(named);
        }
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
        let from = if all.is_empty() {
            start
        } else {
            name_start(text, span.start, &citation.law)
        };
        open = span.end;
        let said = Version::of(text, from..span.start);
        let version = said.unwrap_or(Version {
            year: named_year(law),
            ..Version::default()
        });
        let mut named = parts(text, from, &citation, span, version);
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
