//! Articles of law that can't be: 第0条, 刑法第999条, 第二十条之一千.

use crate::diagnostic::Severity;
use crate::markdown::{citation_spans, citations};
use crate::reading::{Passage, Reading, What};
use crate::record::fields::Reader;
use std::collections::BTreeSet;
use std::ops::Range;

/// The last article of laws that are cited most, in the version of the most articles that was ever in
/// force (as of 2026; source: 国家法律法规数据库, flk.npc.gov.cn).
const LAST: [(&str, u32); 26] = [
    ("宪法", 143),
    ("刑法", 452),
    ("刑事诉讼法", 308),
    ("民法典", 1260),
    ("民事诉讼法", 306),
    ("行政诉讼法", 103),
    ("行政处罚法", 86),
    ("行政强制法", 71),
    ("治安管理处罚法", 144),
    ("监察法", 78),
    ("未成年人保护法", 132),
    ("预防未成年人犯罪法", 68),
    ("个人信息保护法", 74),
    ("数据安全法", 55),
    ("反电信网络诈骗法", 50),
    ("反有组织犯罪法", 77),
    ("反家庭暴力法", 38),
    ("英雄烈士保护法", 30),
    ("检察官法", 70),
    ("人民检察院组织法", 53),
    ("食品安全法", 154),
    ("安全生产法", 119),
    ("土地管理法", 87),
    ("道路交通安全法", 124),
    ("消费者权益保护法", 63),
    ("著作权法", 67),
];
/// No article has more inserted after it: the most in force are 之八.
const MOST_INSERTED: u32 = 20;

/// Tells of impossible articles in what was read.
pub(super) fn check(reading: &Reading, reader: &Reader) {
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let judged = |passage: &&Passage| !matches!(passage.what, What::Name | What::Target | What::Hidden);
    for passage in reading.passages.iter().filter(judged) {
        for (citation, span) in citation_spans(passage.text.text()) {
            let place = passage.text.source(&span);
            // A value of the front matter may be read with its markup and without.
            if told.insert(place.start) {
                tell(&citation.law, &citation.article, place, reader);
            }
        }
    }
}

/// Tells of entries of `laws` that name an article of no law. A law as a whole may stand there.
pub(super) fn check_list(laws: &[String], place: impl Fn() -> Range<usize>, reader: &Reader) {
    let numbered = |entry: &&String| entry.contains(|letter: char| letter == '第' || letter.is_ascii_digit());
    for entry in laws.iter().filter(numbered) {
        if citations([entry.as_str()]).is_empty() {
            reader.tell(Severity::Warning, "law-unread", &place(), &[("entry", entry)]);
        }
    }
}

fn tell(law: &str, article: &str, place: Range<usize>, reader: &Reader) {
    let Some((number, inserted)) = parts(article) else {
        return;
    };
    let last = LAST.iter().find(|(name, _)| *name == law).map(|&(_, last)| last);
    let written = match inserted {
        0 => format!("第{number}条"),
        _ => format!("第{number}条之{inserted}"),
    };
    let args = [("law", law), ("article", &*written)];
    match last {
        Some(last) if number > last => {
            let last = last.to_string();
            let args = [args[0], args[1], ("last", &*last)];
            reader.tell(Severity::Warning, "article-beyond-law", &place, &args);
        }
        _ if number == 0 || inserted > MOST_INSERTED => {
            reader.tell(Severity::Warning, "impossible-article", &place, &args);
        }
        _ => {}
    }
}

/// The numbers of `120条-1`.
fn parts(article: &str) -> Option<(u32, u32)> {
    let (number, rest) = article.split_once('条')?;
    let inserted = rest
        .strip_prefix('-')
        .map_or(Some(0), |inserted| inserted.parse().ok())?;
    Some((number.parse().ok()?, inserted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;
    use crate::diagnostic::Group;

    fn told(text: &str) -> Vec<(&'static str, &str)> {
        let reader = Reader::new("a.md", text, Group::Record);
        let source = Source::body_only("a".into(), "a.md".into(), text.into());
        check(&Reading::of(&source), &reader);
        reader
            .finish()
            .into_iter()
            .map(|found| (found.code, &text[found.span.unwrap()]))
            .collect()
    }

    #[test]
    fn an_article_that_no_law_has_is_told_at_its_place() {
        for (text, code, place) in [
            ("依照《刑法》第四百五十三条", "article-beyond-law", "第四百五十三条"),
            ("刑法第264条、第2640条", "article-beyond-law", "第2640条"),
            ("根据《某条例》第0条", "impossible-article", "第0条"),
            ("《民法典》第二十条之一千", "impossible-article", "第二十条之一千"),
            ("刑法第**999**条", "article-beyond-law", "第**999**条"),
        ] {
            assert_eq!(told(text), [(code, place)]);
        }
        for text in [
            "《刑法》第四百五十二条",
            "《民法典》第1260条",
            "刑法第一百二十条之六",
            "《某条例》第999条",
        ] {
            assert_eq!(told(text), []);
        }
    }
}
