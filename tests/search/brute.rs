//! What must come out of a search, by going through every text: no index, no tokens but those that the
//! score needs, no code of the crate.

use super::generate::{Condition, Request, Term};
use super::telling::Telling;
use jianyan::index::document::IndexDocument;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::fieldnorm::FieldNormReader;

type Sequence = Vec<String>;

/// What counts as the same, for the characters that `generate` uses.
pub(super) fn folded(c: char) -> char {
    match c {
        '訴' => '诉',
        '\u{FF10}'..='\u{FF19}' => char::from(b'0' + (c as u32 - 0xFF10) as u8),
        '，' => ',',
        '\u{3000}' => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

/// A text as it is compared: several blanks are one.
fn normal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().map(folded) {
        if !(c == ' ' && out.ends_with(' ')) {
            out.push(c);
        }
    }
    out
}

/// The stretches of a word of which each must stand somewhere: in quotes all of it from the first letter to the last
/// one, otherwise what signs separate, but a decimal and a number with commas are one.
pub(super) fn stretches(text: &str, quoted: bool) -> Vec<String> {
    let text = normal(text);
    if quoted {
        return vec![text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()];
    }
    let mut out: Vec<String> = vec![String::new()];
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || is_inside_number(&text[..at], c, &text[at + c.len_utf8()..]) {
            out.last_mut().unwrap().push(c);
        } else {
            out.push(String::new());
        }
    }
    out.retain(|stretch| !stretch.is_empty());
    out
}

fn is_inside_number(before: &str, c: char, behind: &str) -> bool {
    let run = behind.chars().take_while(char::is_ascii_alphanumeric);
    let thousand = run.clone().count() == 3 && run.clone().all(|c| c.is_ascii_digit());
    let digits = before.ends_with(|c: char| c.is_ascii_digit()) && behind.starts_with(|c: char| c.is_ascii_digit());
    digits && (c == '.' || (c == ',' && thousand))
}

/// The units of a text, in sequences.
pub(super) fn sequences(text: &str) -> Vec<Sequence> {
    let mut out: Vec<Sequence> = Vec::new();
    let mut previous = ' ';
    for c in text.chars().map(folded) {
        let starts = !previous.is_alphanumeric();
        match c {
            _ if !c.is_alphanumeric() => {}
            _ if starts => out.push(vec![c.to_string()]),
            _ if c.is_ascii() && previous.is_ascii() => out.last_mut().unwrap().last_mut().unwrap().push(c),
            _ => out.last_mut().unwrap().push(c.to_string()),
        }
        previous = c;
    }
    out
}

fn is_character(unit: &str) -> bool {
    !unit.is_ascii()
}

/// Tokens with the numbers of the tokens beside them, as the score needs them.
fn tokens(sequence: &Sequence) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    for (at, unit) in sequence.iter().enumerate() {
        if !is_character(unit) || sequence.len() == 1 {
            out.push((unit.clone(), false));
        }
        if let Some(next) = sequence.get(at + 1) {
            out.push((format!("{unit}{next}"), true));
        }
    }
    out
}

/// A text field of a document.
struct Field {
    sequences: Vec<Sequence>,
    /// How often each token stands in it.
    counts: BTreeMap<String, usize>,
    /// How often each CJK character stands in it.
    characters: BTreeMap<String, usize>,
    length: usize,
}

impl Field {
    fn new(sequences: Vec<Sequence>) -> Self {
        let mut counts = BTreeMap::new();
        let all: Vec<_> = sequences.iter().flat_map(tokens).collect();
        all.iter()
            .for_each(|(token, _)| *counts.entry(token.clone()).or_default() += 1);
        let mut characters = BTreeMap::new();
        let units = sequences.iter().flatten().filter(|unit| is_character(unit));
        units.for_each(|unit| *characters.entry(unit.clone()).or_default() += 1);
        Self {
            counts,
            characters,
            length: all.len(),
            sequences,
        }
    }

    fn count(&self, token: &str) -> usize {
        self.counts.get(token).copied().unwrap_or(0)
    }

    fn count_character(&self, character: &str) -> usize {
        self.characters.get(character).copied().unwrap_or(0)
    }
}

/// The six text fields of a document, each of all its texts.
fn fields(document: &IndexDocument) -> [Field; 6] {
    let all = |texts: &[String]| texts.iter().flat_map(|text| sequences(text)).collect();
    let body = document
        .blocks
        .iter()
        .flat_map(|block| sequences(&block.text))
        .collect();
    [
        sequences(&document.title),
        body,
        all(&document.summary),
        all(&document.keywords),
        all(&document.headings),
        all(&document.extra),
    ]
    .map(Field::new)
}

/// The texts in which words are looked for, the title first.
fn texts(document: &IndexDocument) -> Vec<String> {
    let blocks = document.blocks.iter().map(|block| &block.text);
    let lists = [&document.summary, &document.keywords, &document.extra]
        .into_iter()
        .flatten();
    let all = std::iter::once(&document.title).chain(blocks).chain(lists);
    all.map(|text| normal(text)).collect()
}

/// Fields in which words are looked for: all but the headings, which the body holds too.
const STRICT: [usize; 5] = [0, 1, 2, 3, 5];
const BOOSTS: [f64; 6] = [1.0, 1.0, 0.5, 0.5, 0.25, 0.25];

pub(super) struct Brute<'a> {
    documents: &'a [IndexDocument],
    /// The title of each document, as it is compared, and its other texts but for the headings, which the body has.
    texts: Vec<Vec<String>>,
    fields: Vec<[Field; 6]>,
}

#[derive(Debug)]
pub(super) struct Expected {
    pub strict: BTreeSet<String>,
    pub related: BTreeSet<String>,
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
    /// Score of every document as a strict one, and as a related one.
    pub scores: Vec<f64>,
    pub near: Vec<f64>,
}

impl<'a> Brute<'a> {
    pub(super) fn new(documents: &'a [IndexDocument]) -> Self {
        Self {
            documents,
            texts: documents.iter().map(texts).collect(),
            fields: documents.iter().map(fields).collect(),
        }
    }

    pub(super) fn answer(&self, request: &Request) -> Expected {
        let numbers = 0..self.documents.len();
        let empty = request.clauses.is_empty() && request.excluded.is_empty() && request.conditions.is_empty();
        let strict: Vec<usize> = numbers
            .clone()
            .filter(|&at| !empty && self.passes(at, request) && self.matches(at, request))
            .collect();
        let scores = self.scores(request);
        let (near, enough) = self.near(request);
        let mut related: Vec<usize> = match strict.len() {
            0..10 => enough,
            _ => Vec::new(),
        };
        related.retain(|at| !strict.contains(at) && self.passes(*at, request));
        related.sort_by(|&a, &b| near[b].total_cmp(&near[a]).then(a.cmp(&b)));
        related.truncate(50);
        let facets = self.facets(&strict);
        let id = |at: usize| self.documents[at].id.clone();
        Expected {
            strict: strict.into_iter().map(id).collect(),
            related: related.into_iter().map(id).collect(),
            facets,
            scores,
            near,
        }
    }

    fn matches(&self, at: usize, request: &Request) -> bool {
        request
            .clauses
            .iter()
            .all(|words| words.iter().any(|word| self.occurs(at, word)))
    }

    fn passes(&self, at: usize, request: &Request) -> bool {
        let conditions = &request.conditions;
        let name = |condition: &Condition| match condition {
            Condition::Kind(_) => "kind",
            Condition::Unit(_) => "unit",
            Condition::Tag(_) => "tag",
            Condition::Years(..) => "year",
            Condition::Title(_) => "title",
            Condition::Asked(asked) => asked.name,
        };
        let same = |one: &Condition| {
            let mut same = conditions
                .iter()
                .filter(|(holds, other)| *holds && name(other) == name(one));
            same.any(|(_, other)| self.holds(at, other))
        };
        conditions.iter().all(|(holds, condition)| {
            if *holds {
                same(condition)
            } else {
                !self.holds(at, condition)
            }
        }) && !request.excluded.iter().any(|word| self.occurs(at, word))
    }

    fn holds(&self, at: usize, condition: &Condition) -> bool {
        let facets = &self.documents[at].facets;
        match condition {
            Condition::Kind(kind) => facets.kind == *kind,
            Condition::Unit(part) => facets.unit.iter().any(|unit| unit.contains(part)),
            Condition::Tag(tag) => facets.tag.iter().any(|known| known == tag),
            Condition::Years(from, to) => facets.year.is_some_and(|year| *from <= year && year <= *to),
            Condition::Title(title) => {
                let all = stretches(title, true);
                all.iter().all(|stretch| self.texts[at][0].contains(stretch.as_str()))
            }
            Condition::Asked(asked) => asked.holds(&self.documents[at]),
        }
    }

    /// Letters and digits may go on on either side: the word is found as Ctrl+F would find it.
    fn occurs(&self, at: usize, word: &Term) -> bool {
        let stands = |stretch: &String| self.texts[at].iter().any(|text| text.contains(stretch.as_str()));
        stretches(&word.text, word.quoted).iter().all(stands)
    }

    fn facets(&self, strict: &[usize]) -> BTreeMap<String, BTreeMap<String, usize>> {
        let mut out: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for &at in strict {
            let facets = &self.documents[at].facets;
            let year = facets.year.map(|year| year.to_string()).into_iter().collect();
            for (name, values) in [
                ("kind", vec![facets.kind.clone()]),
                ("unit", facets.unit.clone()),
                ("tag", facets.tag.clone()),
                ("year", year),
            ] {
                for value in values {
                    *out.entry(name.to_owned()).or_default().entry(value).or_default() += 1;
                }
            }
        }
        out
    }

    /// The pieces of all typed words.
    fn pieces(request: &Request) -> Vec<Sequence> {
        request
            .clauses
            .iter()
            .flatten()
            .flat_map(|word| sequences(&word.text))
            .collect()
    }

    /// Scores by pairs over all fields as one and by single characters, and the documents that are near enough.
    fn near(&self, request: &Request) -> (Vec<f64>, Vec<usize>) {
        let (mut pairs, mut characters) = (BTreeMap::new(), BTreeSet::new());
        let mut lone = BTreeSet::new();
        for piece in Self::pieces(request) {
            let alone = piece.len() == 1 && is_character(&piece[0]);
            for (token, joined) in tokens(&piece).into_iter().filter(|_| !alone) {
                let loose = joined && (token.contains('的') || token.chars().any(|c| c.is_ascii()));
                pairs.insert(token, if loose { 0.5 } else { 1.0 });
            }
            let telling = piece
                .iter()
                .filter(|unit| is_character(unit) && (alone || *unit != "的"));
            characters.extend(telling.cloned());
            lone.extend(piece.iter().filter(|_| alone).cloned());
        }
        let count = self.documents.len();
        let mut scores = vec![0.0; count];
        let mut telling = Telling::new(count, self.idf(1));
        let mut add = |text: &str, frequencies: Vec<f64>, idf: f64, weight: f64, tells: bool| {
            let value = |sum: f64| weight * idf * 2.2 * sum / (sum + 1.2);
            let values: Vec<f64> = frequencies.into_iter().map(value).collect();
            scores.iter_mut().zip(&values).for_each(|(score, own)| *score += own);
            if tells {
                telling.add(text, &values, weight * idf);
            }
        };
        for (token, weight) in &pairs {
            let (mut sums, mut most) = (vec![0.0; count], 0);
            for (field, boost) in BOOSTS.iter().enumerate() {
                let lengths: Vec<usize> = self.fields.iter().map(|fields| fields[field].length).collect();
                let average = average(&lengths);
                let mut holders = 0;
                for at in 0..count {
                    let frequency = self.fields[at][field].count(token);
                    holders += usize::from(frequency > 0);
                    sums[at] += boost * frequency as f64 / (0.25 + 0.75 * rounded(lengths[at]) / average);
                }
                most = most.max(holders);
            }
            add(token, sums, self.idf(most), *weight, true);
        }
        let strict = |at: usize| STRICT.iter().map(move |&field| &self.fields[at][field]);
        let lengths: Vec<usize> = (0..count)
            .map(|at| strict(at).flat_map(|field| field.characters.values()).sum())
            .collect();
        let average = average(&lengths);
        for character in &characters {
            let frequency = |at: usize| -> usize { strict(at).map(|field| field.count_character(character)).sum() };
            let idf = self.idf((0..count).filter(|&at| frequency(at) > 0).count());
            let sums = (0..count).map(|at| frequency(at) as f64 / (rounded(lengths[at]) / average).max(1e-9));
            add(character, sums.collect(), idf, 1.0, lone.contains(character));
        }
        let best = scores.iter().copied().fold(0.0, f64::max);
        let near = |at: &usize| scores[*at] > 0.0 && scores[*at] >= 0.25 * best - 1e-6;
        let enough = if (0..count).any(|at| scores[at] > 0.0 && telling.shows(at, scores[at])) {
            (0..count).filter(near).collect()
        } else {
            Vec::new()
        };
        (scores, enough)
    }

    fn idf(&self, holders: usize) -> f64 {
        idf(holders, self.documents.len())
    }

    fn scores(&self, request: &Request) -> Vec<f64> {
        let pieces = Self::pieces(request);
        let mut scores = vec![0.0; self.documents.len()];
        for (field, boost) in BOOSTS.iter().enumerate() {
            let lengths: Vec<usize> = self.fields.iter().map(|fields| fields[field].length).collect();
            let (average, own) = own(&lengths);
            let holders = |token: &str| {
                self.fields
                    .iter()
                    .filter(|fields| fields[field].count(token) > 0)
                    .count()
            };
            let mut weights: BTreeMap<String, f64> = BTreeMap::new();
            let mut phrases: BTreeSet<Sequence> = BTreeSet::new();
            for piece in pieces
                .iter()
                .filter(|piece| piece.len() > 1 || !is_character(&piece[0]))
            {
                let list = tokens(piece);
                for (at, (token, joined)) in list.iter().enumerate() {
                    let beside = |at: Option<usize>| {
                        at.and_then(|at| list.get(at))
                            .filter(|(_, joined)| *joined)
                            .map(|(t, _)| holders(t))
                    };
                    let own = holders(token);
                    let outnumbered = beside(at.checked_sub(1)).is_some_and(|n| n > own)
                        && beside(Some(at + 1)).is_some_and(|n| n > own);
                    let weight = match joined {
                        true if token.contains('的') || token.chars().any(|c| c.is_ascii()) => 0.5,
                        true if outnumbered => 0.6,
                        _ => 1.0,
                    };
                    let known = weights.entry(token.clone()).or_insert(0.0);
                    *known = known.max(weight);
                }
                if piece.len() > 2 {
                    phrases.insert(piece.clone());
                }
            }
            let phrase_idf = |phrase: &Sequence| tokens(phrase).iter().map(|(token, _)| idf(holders(token), own)).sum();
            let weights: Vec<_> = weights
                .iter()
                .map(|(token, weight)| (token, weight, idf(holders(token), own)))
                .collect();
            let phrases: Vec<(&Sequence, f64)> = phrases.iter().map(|phrase| (phrase, phrase_idf(phrase))).collect();
            for (at, fields) in self.fields.iter().enumerate() {
                let bm25 = |frequency: usize, idf: f64| bm25(frequency, idf, lengths[at], average);
                for (token, weight, idf) in &weights {
                    scores[at] += boost * *weight * bm25(fields[field].count(token), *idf);
                }
                for (phrase, idf) in &phrases {
                    let places = fields[field]
                        .sequences
                        .iter()
                        .map(|sequence| places(sequence, phrase))
                        .sum();
                    scores[at] += 0.5 * boost * bm25(places, *idf);
                }
            }
        }
        self.add_characters(&pieces, &mut scores);
        scores
    }

    fn add_characters(&self, pieces: &[Sequence], scores: &mut [f64]) {
        let wanted: BTreeSet<&String> = pieces
            .iter()
            .filter(|p| p.len() == 1 && is_character(&p[0]))
            .map(|p| &p[0])
            .collect();
        let strict = |at: usize| STRICT.iter().map(move |&field| &self.fields[at][field]);
        let lengths: Vec<usize> = (0..scores.len())
            .map(|at| strict(at).flat_map(|field| field.characters.values()).sum())
            .collect();
        let (average, own) = own(&lengths);
        for character in wanted {
            let frequency = |at: usize| -> usize { strict(at).map(|field| field.count_character(character)).sum() };
            let idf = idf((0..scores.len()).filter(|&at| frequency(at) > 0).count(), own);
            for (at, score) in scores.iter_mut().enumerate() {
                *score += bm25(frequency(at), idf, lengths[at], average);
            }
        }
    }
}

fn idf(holders: usize, all: usize) -> f64 {
    let (all, n) = (all as f64, holders as f64);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

fn bm25(frequency: usize, idf: f64, length: usize, average: f64) -> f64 {
    if frequency == 0 {
        return 0.0;
    }
    let frequency = frequency as f64;
    idf * 2.2 * frequency / (frequency + 1.2 * (0.25 + 0.75 * rounded(length) / average))
}

/// Field lengths are stored as tantivy rounds them.
fn rounded(length: usize) -> f64 {
    let rounded = FieldNormReader::fieldnorm_to_id(u32::try_from(length).unwrap());
    f64::from(FieldNormReader::id_to_fieldnorm(rounded))
}

fn average(lengths: &[usize]) -> f64 {
    lengths.iter().sum::<usize>() as f64 / lengths.len() as f64
}

/// How often the units of a phrase stand side by side in a sequence.
fn places(sequence: &Sequence, phrase: &Sequence) -> usize {
    sequence.windows(phrase.len()).filter(|window| window == phrase).count()
}

/// The average length of the documents that have a field, and their number.
fn own(lengths: &[usize]) -> (f64, usize) {
    let own: Vec<usize> = lengths.iter().copied().filter(|&length| length > 0).collect();
    (average(&own), own.len())
}
