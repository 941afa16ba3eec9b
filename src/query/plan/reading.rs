//! One word, read: its pieces, its article spans, the number or the citation that it is.

use super::citing::{self, Cited};
use super::limit::{self, Limit};
use super::related::{self, RelatedPlace, RelatedToken};
use super::tokens::{TokenSet, add, of_sequence};
use super::{Mark, Piece, Place, Target, Way, question};
use crate::index::analyzer::{Article, Unit, UnitKind, articles, is_cjk, joint, key, units};
use crate::text::{normalize, number};
use std::collections::HashSet;

/// Weight of a pair with a function word or with letters and digits among what related documents are found by.
const LOOSE: f64 = 0.5;

/// A word as it is looked for.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Normal form without white space at its ends.
    pub(super) normal: String,
    pieces: Vec<Sequence>,
    articles: Vec<Article>,
    number: Option<String>,
}

/// A piece of the word.
#[derive(Debug, Clone)]
struct Sequence {
    units: Vec<Unit>,
    /// Whether the piece before it in the word was kept to its end, so that a phrase may run on.
    follows: bool,
}

impl Reading {
    /// Reads a raw word.
    pub(super) fn of(text: &str) -> Self {
        let normal = normalize(text).trim().to_owned();
        let mut pieces: Vec<Sequence> = Vec::new();
        for unit in units(&normal) {
            match pieces.last_mut() {
                Some(piece) if !unit.first => piece.units.push(unit),
                last => {
                    let follows = last.is_some();
                    pieces.push(Sequence {
                        units: vec![unit],
                        follows,
                    });
                }
            }
        }
        let articles = articles(&normal);
        let number = number::canonical(&normal);
        Self {
            normal,
            pieces,
            articles,
            number,
        }
    }

    /// Whether nothing is left to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Keeps what the limit allows.
    pub(super) fn restrict(&mut self, limit: &mut Limit) {
        let mut whole_before = false;
        let mut kept = Vec::with_capacity(self.pieces.len());
        for mut piece in std::mem::take(&mut self.pieces) {
            let count = limit.admit(&self.normal, &piece.units);
            piece.follows &= whole_before;
            whole_before = count == piece.units.len();
            if count > 0 {
                piece.units.truncate(count);
                kept.push(piece);
            }
        }
        self.pieces = kept;
        let touched = |article: &Article| {
            let touches = |unit: &Unit| touches(unit, article);
            self.pieces.iter().any(|piece| piece.units.iter().any(touches))
        };
        self.articles.retain(touched);
        if self.pieces.is_empty() {
            self.number = None;
        }
    }

    /// Whether it has an article or number token.
    pub(super) fn is_numbered(&self) -> bool {
        self.number.is_some() || !self.articles.is_empty()
    }

    /// The ways in which it matches.
    pub(super) fn ways(&self, quoted: bool) -> Vec<Way> {
        let mut ways = vec![Way::Pieces(self.occurring(quoted))];
        if quoted {
            return ways;
        }
        if let Some(from) = self.articles_at_end() {
            match from {
                0 => ways.push(Way::Articles(self.articles_meant())),
                _ => ways.extend(self.law().map(Way::Law)),
            }
        }
        if let Some(cited) = self.cited() {
            ways.push(match cited.laws().as_slice() {
                [] => Way::Articles(cited.named),
                [law] => Way::Law(law.clone()),
                laws => Way::Laws(laws.to_vec()),
            });
        }
        ways.extend(self.number.clone().map(Way::Number));
        ways
    }

    /// The articles that it is wholly, where its article spans don't say it: 第341、342条.
    fn cited(&self) -> Option<Cited> {
        if self.articles_at_end() == Some(0) || self.law().is_some() {
            return None;
        }
        citing::read(&self.normal).filter(|cited| cited.sure)
    }

    /// Where the article spans begin that follow each other to the end of the word.
    fn articles_at_end(&self) -> Option<usize> {
        let (first, last) = (self.articles.first()?, self.articles.last()?);
        let neighbours = |pair: &[Article]| self.normal[pair[0].end..pair[1].start].trim().is_empty();
        (last.end == self.normal.len() && self.articles.windows(2).all(neighbours)).then_some(first.start)
    }

    /// The articles that it is: those of 条 alone, where one is among them, since a paragraph or an item is often written
    /// without what makes it a span: 第（三）项.
    fn articles_meant(&self) -> Vec<String> {
        let own: Vec<String> = self
            .articles
            .iter()
            .filter(|one| one.unit() == '条')
            .map(Article::token)
            .collect();
        if own.is_empty() {
            self.articles.iter().map(Article::token).collect()
        } else {
            own
        }
    }

    /// The term of `laws`, where it is a law's name followed by an article, perhaps with paragraph and item.
    fn law(&self) -> Option<String> {
        let from = self.articles_at_end().filter(|&from| from > 0)?;
        law_term(&self.normal[..from], self.articles.first()?)
    }

    /// What must occur: each piece by itself, but for those that stand side by side as typed.
    fn occurring(&self, quoted: bool) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for run in self.runs(quoted) {
            add(&mut pieces, self.occurring_run(run, quoted));
        }
        pieces
    }

    /// The pieces in runs of those that must stand side by side: in quotes all of them, otherwise the parts of a
    /// decimal, a version, a date with points, a number with commas.
    fn runs(&self, quoted: bool) -> Vec<&[Sequence]> {
        let side_by_side = |before: &Sequence, piece: &Sequence| {
            let (Some(before), Some(unit)) = (before.units.last(), piece.units.first()) else {
                return false;
            };
            let between = &self.normal[before.end..unit.start];
            piece.follows
                && (if quoted {
                    !between.contains('\n')
                } else {
                    self.is_point(before, unit)
                })
        };
        self.pieces.chunk_by(side_by_side).collect()
    }

    /// The word as it is read in quotes, where it is short enough to be looked for as one: what stands as typed is shown
    /// before its pieces.
    fn whole(&self, quoted: bool) -> Option<Self> {
        let short = self.normal.encode_utf16().count() <= limit::MOST;
        (!quoted && short).then(|| Self::of(&self.normal))
    }

    /// What a snippet looks for of a run, blanks side by side as one.
    fn target(&self, run: &[Sequence], quoted: bool) -> Target {
        let units = || run.iter().flat_map(|piece| &piece.units);
        let (start, end) = (
            units().next().map_or(0, |unit| unit.start),
            units().last().map_or(0, |unit| unit.end),
        );
        let (left, right) = self.open(run, quoted);
        Target::Text {
            text: one_blank(&self.normal[start..end]),
            whole: (!left, !right),
            piece: self.occurring_run(run, quoted),
        }
    }

    /// Whether two units are parts of one number: digits with a point between, or with a comma before three of them.
    fn is_point(&self, before: &Unit, unit: &Unit) -> bool {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let behind = &self.normal[unit.start..unit.end];
        let digits = digit(self.normal[..before.end].chars().next_back()) && digit(behind.chars().next());
        let thousand = behind.len() == 3 && behind.bytes().all(|byte| byte.is_ascii_digit());
        match &self.normal[before.end..unit.start] {
            "." => digits,
            "," => digits && thousand,
            _ => false,
        }
    }

    /// Whether a run's first and last unit may be the end or the beginning of a longer one: letters and digits, unless
    /// they are an article's number.
    fn open(&self, run: &[Sequence], quoted: bool) -> (bool, bool) {
        let open = |unit: Option<&Unit>| {
            unit.is_some_and(|unit| {
                unit.kind == UnitKind::Word && (quoted || !self.articles.iter().any(|article| touches(unit, article)))
            })
        };
        (
            open(run.first().and_then(|piece| piece.units.first())),
            open(run.last().and_then(|piece| piece.units.last())),
        )
    }

    fn occurring_run(&self, run: &[Sequence], quoted: bool) -> Piece {
        let open = self.open(run, quoted);
        if let [Sequence { units, .. }] = run
            && let [unit] = units.as_slice()
        {
            let text = self.normal[unit.start..unit.end].to_owned();
            return match unit.kind {
                UnitKind::Character => Piece::Character(text),
                UnitKind::Word if open.0 => Piece::Part(text),
                UnitKind::Word => Piece::Phrase(vec![(0, Place::Token(text))]),
            };
        }
        Piece::Phrase(self.phrase(run, open))
    }

    /// What stands where a run stands. A lone unit at an end of it is told by its joint.
    fn phrase(&self, run: &[Sequence], (open_left, open_right): (bool, bool)) -> Vec<(u32, Place)> {
        let (mut out, mut at) = (Vec::new(), 0);
        let text = |unit: &Unit| &self.normal[unit.start..unit.end];
        let mut before: Option<&Unit> = None;
        let edges = run
            .first()
            .zip(run.last())
            .map(|(first, last)| (first.units.first(), last.units.last()));
        let (first, last) = edges.unwrap_or_default();
        let opens_left = |unit: &Unit| open_left && Some(unit) == first;
        let opens_right = |unit: &Unit| open_right && Some(unit) == last;
        for (n, Sequence { units, .. }) in run.iter().enumerate() {
            for (i, unit) in units.iter().enumerate() {
                if let Some(before) = before.filter(|_| i == 0) {
                    let between = &self.normal[before.end..unit.start];
                    let open = (opens_left(before), opens_right(unit));
                    out.push((at, joined_over(text(before), between, text(unit), open)));
                    at += 1;
                }
                let alone = units.len() == 1;
                if unit.kind == UnitKind::Word || alone {
                    let told = alone && (n == 0 || n + 1 == run.len());
                    if !told && !opens_left(unit) && !opens_right(unit) {
                        out.push((at, Place::Token(text(unit).to_owned())));
                    }
                    at += 1;
                }
                if let Some(next) = units.get(i + 1) {
                    let name = key(&self.normal[unit.start..next.end]).into_owned();
                    let open = opens_left(unit) || opens_right(next);
                    out.push((at, if open { Place::Begins(name) } else { Place::Token(name) }));
                    at += 1;
                }
                before = Some(unit);
            }
        }
        let start = out.first().map_or(0, |&(at, _)| at);
        out.iter_mut().for_each(|(at, _)| *at -= start);
        out
    }

    /// Adds what related documents are found by. Article and number tokens stand in place of the units that they touch;
    /// the words of a question don't count, unless they are quoted or all that there is.
    pub(super) fn relate(&self, quoted: bool, tokens: &mut Vec<RelatedToken>) {
        let before = tokens.len();
        self.relate_runs(!quoted, tokens);
        if tokens.len() == before {
            self.relate_runs(false, tokens);
        }
    }

    fn relate_runs(&self, asked: bool, tokens: &mut Vec<RelatedToken>) {
        let token = |text: &str, weight: f64, place: RelatedPlace, telling: bool| RelatedToken {
            text: text.to_owned(),
            weight,
            place,
            telling,
        };
        if let Some(number) = &self.number {
            related::add(tokens, token(number, 1.0, RelatedPlace::Number, true));
            return;
        }
        for article in &self.articles {
            related::add(tokens, token(&article.token(), 1.0, RelatedPlace::Text, true));
        }
        for Sequence { units, .. } in &self.pieces {
            let asking = if asked {
                question::asking(&self.normal, units)
            } else {
                vec![false; units.len()]
            };
            let counts = |at: usize| !asking[at] && !self.articles.iter().any(|article| touches(&units[at], article));
            let counted: Vec<usize> = (0..units.len()).filter(|&at| counts(at)).collect();
            for run in counted.chunk_by(|a, b| a + 1 == *b) {
                let run = &units[run[0]..=run[run.len() - 1]];
                for found in of_sequence(&self.normal, run)
                    .into_iter()
                    .filter(|token| !is_character(&token.text))
                {
                    let weight = if found.loose { LOOSE } else { 1.0 };
                    related::add(tokens, token(&found.text, weight, RelatedPlace::Text, true));
                }
                for unit in run.iter().filter(|unit| unit.kind == UnitKind::Character) {
                    let text = &self.normal[unit.start..unit.end];
                    if units.len() == 1 || !is_function_word(text) {
                        related::add(tokens, token(text, 1.0, RelatedPlace::Characters, units.len() == 1));
                    }
                }
            }
        }
    }

    /// Adds what it scores: article and number tokens stand in place of the units that they touch.
    pub(super) fn score(&self, set: &mut TokenSet) {
        if let Some(number) = &self.number {
            add(&mut set.numbers, number.clone());
            return;
        }
        for article in &self.articles {
            add(&mut set.articles, article.token());
        }
        for piece in &self.pieces {
            let touched = |unit: &Unit| self.articles.iter().any(|article| touches(unit, article));
            for run in piece.units.split(touched).filter(|run| !run.is_empty()) {
                match run {
                    [unit] if unit.kind == UnitKind::Character => {
                        if piece.units.len() == 1 {
                            add(&mut set.characters, self.normal[unit.start..unit.end].to_owned());
                        }
                    }
                    run => set.add_sequence(&self.normal, run),
                }
            }
        }
    }

    /// What a snippet marks of it, numbered from `first`.
    pub(super) fn marks(&self, first: usize, quoted: bool) -> impl Iterator<Item = Mark> {
        let mut seen = HashSet::new();
        let texts = self.runs(quoted).into_iter().map(|run| self.target(run, quoted));
        let whole = self.whole(quoted);
        let lines = whole.iter().flat_map(|whole| {
            let lines = whole.runs(true).into_iter().filter(|run| run.len() > 1);
            lines.map(move |run| whole.target(run, true))
        });
        let texts = texts
            .chain(lines)
            .filter(|target| !matches!(target, Target::Text { text, .. } if !seen.insert(text.clone())));
        let mut marks: Vec<Mark> = texts
            .enumerate()
            .map(|(at, target)| Mark {
                word: first + at,
                target,
            })
            .collect();
        // An article or a number counts beside the text: a passage that holds both as typed is better than one that holds the
        // other spelling alone.
        let word = first + marks.len();
        let others = self.articles.iter().map(|article| Target::Article(article.token()));
        let (named, laws) = self
            .cited()
            .map(|cited| (cited.named.clone(), cited.laws()))
            .unwrap_or_default();
        let others = others.chain(named.into_iter().map(Target::Article));
        let others = others.chain(self.law().into_iter().chain(laws).map(Target::Citation));
        let others = others.chain(self.number.iter().map(|number| Target::Number(number.clone())));
        marks.extend(others.map(|target| Mark { word, target }));
        marks.into_iter()
    }
}

/// What joins two units over a separator, where the first one may be the end of a longer unit and the second one the
/// beginning of one.
fn joined_over(before: &str, between: &str, behind: &str, (open_left, open_right): (bool, bool)) -> Place {
    let name = joint(before, between, behind);
    match (open_left, open_right) {
        (false, false) => Place::Token(name),
        (false, true) => Place::Begins(name),
        (true, open) => Place::Joint {
            // Without the mark and the unit behind it.
            prefix: name[..name.len() - behind.len() - 1].to_owned(),
            behind: behind.to_owned(),
            open,
        },
    }
}

/// A text with one blank where several stand side by side.
fn one_blank(text: &str) -> String {
    let parts: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn is_character(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(is_cjk) && characters.next().is_none()
}

/// Characters that tell nothing by themselves; `FUNCTION_WORDS` in `src/assets/client/query.js` has the same.
fn is_function_word(character: &str) -> bool {
    "的了是吗呢吧啊么哪谁何在和与及其等怎这那我他她你们嘛呀".contains(character)
}

fn touches(unit: &Unit, article: &Article) -> bool {
    unit.start < article.end && unit.end > article.start
}

/// The pieces of a filter's value, without alternatives; `None` where nothing is to be looked for.
pub(in crate::query) fn pieces(value: &str, quoted: bool) -> Option<Vec<Piece>> {
    let reading = Reading::of(value);
    (!reading.is_empty()).then(|| reading.occurring(quoted))
}

/// The term of `laws` for a law's name and an article: `刑法#264条`.
fn law_term(name: &str, article: &Article) -> Option<String> {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '《' | '》') && !c.is_whitespace())
        .collect();
    let name = citing::name(&name).filter(|name| !name.is_empty())?;
    (article.unit() == '条').then(|| format!("{name}{}", article.token()))
}
