//! Random corpora and queries. A query is made as a structure and written down, so that the
//! expectation never goes through the parser.

use super::asked::{self, Asked};
use fastrand::Rng;
use jianyan::index::document::{Facets, IndexDocument, Meta, Passage};

/// Few characters, so that words repeat across documents; 的 is a function word, 訴 traditional.
const HAN: [char; 14] = [
    '公', '益', '诉', '訴', '讼', '检', '察', '的', '未', '成', '年', '人', '文', '身',
];
const LATIN: [&str; 9] = ["a", "B", "wto", "20", "２０", "2018", "5g", "3.5", "12,500"];
const MARKS: [&str; 9] = ["，", "。", " ", "-", "《", "\u{3000}", ".", "、", ","];

/// Documents in the order of their ids.
pub(super) struct Corpus {
    pub documents: Vec<IndexDocument>,
}

impl Corpus {
    pub(super) fn random(rng: &mut Rng, count: usize) -> Self {
        Self {
            documents: (0..count).map(|number| document(rng, number)).collect(),
        }
    }
}

fn document(rng: &mut Rng, number: usize) -> IndexDocument {
    let id = format!("d{number:03}");
    let list = |rng: &mut Rng, most: usize, units: usize| -> Vec<String> {
        (0..rng.usize(0..=most)).map(|_| text(rng, units)).collect()
    };
    let kind = *rng.choice(["report", "case", "topic"].iter()).unwrap();
    let some = |rng: &mut Rng, values: &[&str]| -> Vec<String> {
        values
            .iter()
            .filter(|_| rng.bool())
            .map(|value| (*value).to_owned())
            .collect()
    };
    let (year, date) = asked::day(rng).unzip();
    let facets = Facets {
        kind: kind.to_owned(),
        unit: some(rng, &["甲县检察院", "乙市检察院"]),
        tag: some(rng, &["未检", "公益诉讼"]),
        year,
        date,
        ..Facets::default()
    };
    let headings = list(rng, 2, 3);
    let mut passages = headings.clone();
    passages.extend(list(rng, 3, 24));
    IndexDocument {
        title: text(rng, 6),
        summary: list(rng, 2, 8),
        keywords: list(rng, 3, 3),
        blocks: passages
            .into_iter()
            .map(|text| Passage {
                text,
                ..Passage::default()
            })
            .collect(),
        headings,
        extra: list(rng, 2, 5),
        numbers: asked::numbers(rng),
        laws: asked::laws(rng),
        meta: Meta {
            id: id.clone(),
            ..Meta::default()
        },
        id,
        facets,
        ..IndexDocument::default()
    }
}

fn text(rng: &mut Rng, most: usize) -> String {
    let mut out = String::new();
    for _ in 0..rng.usize(1..=most) {
        match rng.usize(0..10) {
            0..=6 => out.push(*rng.choice(HAN.iter()).unwrap()),
            7 => out.push_str(rng.choice(LATIN.iter()).unwrap()),
            _ => out.push_str(rng.choice(MARKS.iter()).unwrap()),
        }
    }
    out
}

/// A word of a query.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub text: String,
    pub quoted: bool,
}

/// A filter of a query.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Kind(&'static str),
    Unit(&'static str),
    Tag(&'static str),
    Years(i16, i16),
    Title(String),
    /// A number, a law or months, as somebody writes them.
    Asked(Asked),
}

/// A query as a structure.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    pub clauses: Vec<Vec<Term>>,
    pub excluded: Vec<Term>,
    pub conditions: Vec<(bool, Condition)>,
}

impl Request {
    pub(super) fn random(rng: &mut Rng, corpus: &Corpus) -> Self {
        let mut request = Self::default();
        for _ in 0..rng.usize(0..=3) {
            let words = if rng.usize(0..4) == 0 { rng.usize(2..=3) } else { 1 };
            request.clauses.push((0..words).map(|_| term(rng, corpus)).collect());
        }
        if rng.usize(0..4) == 0 {
            request.excluded.push(term(rng, corpus));
        }
        for _ in 0..rng.usize(0..4).saturating_sub(1) {
            request.conditions.push((rng.usize(0..4) > 0, condition(rng, corpus)));
        }
        request
    }

    /// The query as a person types it.
    pub(super) fn text(&self) -> String {
        let word = |term: &Term| {
            if term.quoted {
                format!("“{}”", term.text)
            } else {
                term.text.clone()
            }
        };
        let clause = |words: &Vec<Term>| words.iter().map(word).collect::<Vec<_>>().join(" OR ");
        let mut parts: Vec<String> = self.clauses.iter().map(clause).collect();
        parts.extend(self.excluded.iter().map(|term| format!("-{}", word(term))));
        parts.extend(self.conditions.iter().map(|(holds, condition)| {
            let condition = match condition {
                Condition::Kind(kind) => format!("kind:{kind}"),
                Condition::Unit(unit) => format!("单位：{unit}"),
                Condition::Tag(tag) => format!("tag:{tag}"),
                Condition::Years(from, to) => format!("year:{from}..{to}"),
                Condition::Title(title) => format!("标题:“{title}”"),
                Condition::Asked(asked) => asked.text.clone(),
            };
            format!("{}{condition}", if *holds { "" } else { "-" })
        }));
        parts.join(" ")
    }
}

fn condition(rng: &mut Rng, corpus: &Corpus) -> Condition {
    match rng.usize(0..8) {
        5.. => Condition::Asked(Asked::random(rng)),
        0 => Condition::Kind(rng.choice(["report", "case", "topic", "recommendation"]).unwrap()),
        1 => Condition::Unit(rng.choice(["甲县", "检察院", "乙市检察院", "丙"]).unwrap()),
        2 => Condition::Tag(rng.choice(["未检", "公益诉讼", "公益"]).unwrap()),
        3 => Condition::Years(rng.i16(2019..2022), rng.i16(2021..2025)),
        _ => loop {
            let title = &rng.choice(corpus.documents.iter()).unwrap().title;
            let part = substring(rng, title);
            if has_unit(&part) {
                break Condition::Title(part);
            }
        },
    }
}

/// A word drawn from a document, or now and then made up.
fn term(rng: &mut Rng, corpus: &Corpus) -> Term {
    let quoted = rng.usize(0..3) == 0;
    loop {
        let drawn = {
            let document = rng.choice(corpus.documents.iter()).unwrap();
            let texts: Vec<&str> = texts_of(document).collect();
            substring(rng, rng.clone().choice(texts.iter()).unwrap())
        };
        let text = if rng.usize(0..8) == 0 { text(rng, 4) } else { drawn };
        let plain = !text.contains(char::is_whitespace) && !text.starts_with('-');
        if has_unit(&text) && (quoted || plain) {
            return Term { text, quoted };
        }
    }
}

fn has_unit(text: &str) -> bool {
    !super::brute::sequences(text).is_empty()
}

fn texts_of(document: &IndexDocument) -> impl Iterator<Item = &str> {
    let lists = document
        .summary
        .iter()
        .chain(&document.keywords)
        .chain(&document.extra)
        .map(String::as_str);
    std::iter::once(document.title.as_str())
        .chain(document.blocks.iter().map(|block| block.text.as_str()))
        .chain(lists)
}

fn substring(rng: &mut Rng, text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let from = rng.usize(0..characters.len());
    let to = (from + rng.usize(1..=6)).min(characters.len());
    characters[from..to].iter().collect()
}
