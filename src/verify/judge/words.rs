//! The verdicts on words: in the source that is named, elsewhere, near to it, or nowhere.

mod omitted;
mod told;

use super::places::{There, label, there};
use super::{Judge, found, judged, whole};
use crate::index::IndexError;
use crate::verify::align::{Aligned, align};
use crate::verify::flat::Flat;
use crate::verify::library::Held;
use crate::verify::mention::{Place, Standing, What};
use crate::verify::quotation::{Quoted, Way};
use crate::verify::{Difference, Found, Judged, Note, Verdict};
use std::ops::Range;
use std::rc::Rc;

/// Hundredths of the words that are in the source where a quotation differs from it.
const NEAR: usize = 80;
/// The same where nobody said what the source is.
const NEARER: usize = 85;
/// Fewest characters of words that are looked for where nobody said that they stand.
const TELLING: usize = 8;
/// Fewest characters of words that may be near to something that nobody named.
const LONG: usize = 14;
/// Fewest characters of words that differ from a source that may be theirs.
const MIDDLE: usize = 12;

/// A stretch of the letters of a document.
type Stretch = (Rc<Held>, Range<usize>);

/// The words of a quotation, divided at ……
struct Words {
    parts: Vec<(String, Flat)>,
    length: usize,
}

/// The source that is named beside a quotation.
struct Source {
    /// Its documents: those in force, then older versions.
    valid: Vec<Rc<Held>>,
    old: Vec<Rc<Held>>,
    place: Option<Place>,
}

impl Words {
    fn of(text: &str) -> Self {
        let unified = text.replace("......", "……").replace("。。。", "……").replace("⋯⋯", "……");
        let parts: Vec<(String, Flat)> = unified
            .split(['…'])
            .map(|part| (part.to_owned(), Flat::of(part)))
            .filter(|(_, flat)| flat.len() > 0)
            .collect();
        let length = parts.iter().map(|(_, flat)| flat.len()).sum();
        Self { parts, length }
    }

    /// The longest part.
    fn longest(&self) -> &[char] {
        let longest = self.parts.iter().max_by_key(|(_, flat)| flat.len());
        longest.map_or(&[], |(_, flat)| &flat.letters)
    }

    /// Where all parts stand within a stretch of a document, one after the other.
    fn stand(&self, held: &Held, within: Range<usize>) -> Option<Range<usize>> {
        let flat = held.flat();
        let mut from = within.start;
        let mut first = None;
        for (_, part) in &self.parts {
            let at = flat.find(&part.letters, from..within.end)?;
            from = at + part.len();
            first = first.or(Some(at));
        }
        first.map(|first| first..from)
    }

    /// Where all parts stand in a document, one after the other; of a law in one article, which alone gives them one
    /// sense.
    fn stand_together(&self, held: &Held) -> Option<Range<usize>> {
        let all = 0..held.flat().len();
        match held.statute() {
            Some(statute) if self.parts.len() > 1 => {
                let articles = statute.articles.iter().map(|article| article.passages.clone());
                articles
                    .into_iter()
                    .find_map(|passages| self.stand(held, held.flat().of_texts(passages)))
            }
            _ => self.stand(held, all),
        }
    }

    /// Whether all parts stand within a stretch, in whatever order.
    fn scattered(&self, held: &Held, within: Range<usize>) -> Option<usize> {
        let mut places = self
            .parts
            .iter()
            .map(|(_, part)| held.flat().find(&part.letters, within.clone()));
        let first = places.next().flatten()?;
        places.all(|place| place.is_some()).then_some(first)
    }

    /// The parts laid against a stretch of a document, where so many hundredths of them stand there.
    fn near(&self, held: &Held, within: Range<usize>, percent: usize) -> Option<Vec<Aligned>> {
        let flat = held.flat();
        let all: Option<Vec<Aligned>> = self
            .parts
            .iter()
            .map(|(_, part)| align(&part.letters, &flat.letters, within.clone()))
            .collect();
        let all = all?;
        let same: usize = all.iter().map(|aligned| aligned.same).sum();
        (same * 100 >= self.length * percent && !all.is_empty()).then_some(all)
    }

    /// What differs, in the words of both.
    fn differences(&self, held: &Held, all: &[Aligned]) -> Vec<Difference> {
        let pairs = self.parts.iter().zip(all);
        let changes = pairs.flat_map(|(part, aligned)| aligned.changes.iter().map(move |change| (part, change)));
        changes
            .map(|((raw, flat), (ours, theirs))| Difference {
                draft: raw[flat.place(ours.clone())].to_owned(),
                source: words_of(held, theirs.clone()),
            })
            .collect()
    }
}

/// The words of a stretch of a document.
fn words_of(held: &Held, letters: Range<usize>) -> String {
    let flat = held.flat();
    if letters.is_empty() {
        return String::new();
    }
    let text = held.text(flat.text_of(letters.start));
    text[flat.place(letters)].to_owned()
}

/// The letters of a place of a document: of the article that is named, or of all of it.
fn scope(held: &Held, place: Option<&Place>) -> Option<Range<usize>> {
    match place {
        None => Some(0..held.flat().len()),
        Some(place) => match there(held, place) {
            There::Here(passages) => Some(held.flat().of_texts(passages)),
            _ => None,
        },
    }
}

/// Where letters of a document stand: the article, or the section.
fn place_of(held: &Held, letters: &Range<usize>) -> Found {
    let text = held.flat().text_of(letters.start);
    let last = held.flat().text_of(letters.end.saturating_sub(1)).max(text);
    let article = held.statute().and_then(|statute| statute.at(text));
    let place = match article {
        Some(article) => {
            let of_text = article
                .paragraphs
                .iter()
                .position(|paragraph| paragraph.passages.contains(&text));
            label(&Place {
                article: article.number,
                paragraph: of_text.filter(|_| article.paragraphs.len() > 1).map(|at| at as u32 + 1),
                item: None,
                year: None,
                standing: Standing::Held,
            })
        }
        None => held
            .passages
            .get(text)
            .map(|passage| passage.section.clone())
            .unwrap_or_default(),
    };
    found(held, &place, text..last + 1)
}

impl Judge<'_> {
    /// The verdict on words; `None` where they are no citation of anything that is held. Words of another version of
    /// what is named may stand anywhere.
    pub(crate) fn quotation(&self, quoted: &Quoted) -> Result<Option<Judged>, IndexError> {
        let judged = self.by_version_held(quoted)?;
        let accused = judged.as_ref().is_some_and(|judged| judged.verdict.is_fault());
        if let Some(what) = quoted.source.as_ref().filter(|_| accused) {
            let source = self.source(what)?;
            let newer = source.is_some_and(|source| source.valid.iter().any(|held| !self.is_of_its_time(held)));
            return Ok(if newer { Some(Judged::unheld()) } else { judged });
        }
        Ok(judged)
    }

    fn by_version_held(&self, quoted: &Quoted) -> Result<Option<Judged>, IndexError> {
        let words = Words::of(&quoted.text);
        if words.length == 0 {
            return Ok(None);
        }
        let Some(what) = &quoted.source else {
            return self.unnamed(&words, quoted.way).map(Some);
        };
        let source = self.source(what)?;
        let Some(source) = source else {
            let told = quoted.way == Way::Told || words.length < TELLING;
            return Ok((!told).then(|| judged(Verdict::Unheld, None)));
        };
        // A document is not a source of its own words: what another line of it says is no fault of this one.
        let is_own = source.valid.iter().chain(&source.old).all(|held| self.is_own(held));
        if is_own && in_source(&words, &source).is_none() {
            return self.unnamed(&words, Way::Spoken).map(Some);
        }
        for what in &quoted.also {
            let source = self.source(what)?;
            let judged = source.and_then(|source| in_source(&words, &source));
            if let Some(judged) = judged.filter(|judged| judged.verdict == Verdict::Exact) {
                return Ok(Some(judged));
            }
        }
        // What a text adds to a law is its own, whatever the law has.
        let adds = source.place.is_some_and(|place| place.standing != Standing::Held);
        match quoted.way {
            Way::Told if adds => Ok(None),
            _ if adds => self.unnamed(&words, Way::Spoken).map(Some),
            Way::Told => Ok(told::told(&quoted.text, &source)),
            Way::Spoken => self.unnamed(&words, Way::Spoken).map(Some),
            Way::Perhaps => self.perhaps(&words, &source).map(Some),
            Way::Surely | Way::Beside if words.length < TELLING => Ok(in_source(&words, &source)),
            Way::Surely => self.surely(&words, &source).map(Some),
            // What is near to nothing in the source is rather said of it.
            Way::Beside => Ok(Some(match self.surely(&words, &source)? {
                absent if absent.verdict == Verdict::Absent => judged(Verdict::Unheld, None),
                judged => judged,
            })),
        }
    }

    /// The documents of what is named; `None` where none is held.
    fn source(&self, what: &What) -> Result<Option<Source>, IndexError> {
        let (all, place) = match what {
            What::Title(name) => (self.resolve(name)?, None),
            What::Article(law, place) => (self.versions(law, place)?, Some(*place)),
            What::Number(number) => (self.library.numbered(number)?, None),
        };
        let (valid, old) = self.by_validity(all)?;
        Ok((!valid.is_empty() || !old.is_empty()).then_some(Source { valid, old, place }))
    }

    /// Words that are given as those of a source.
    fn surely(&self, words: &Words, source: &Source) -> Result<Judged, IndexError> {
        if let Some(judged) = in_source(words, source) {
            return Ok(judged);
        }
        let named: Vec<&Rc<Held>> = source.valid.iter().chain(&source.old).collect();
        let turned = || named.iter().find_map(|held| turned(words, held, source.place.as_ref()));
        // Parts that are turned round in the place named may well stand in order across others.
        if let Some(judged) = source.place.and_then(|_| turned()) {
            return Ok(judged);
        }
        // Who leaves words out may do so as another text does that quotes the same.
        let omitted = |held: &&Rc<Held>| omitted::omitted(words, held, scope(held, source.place.as_ref())?);
        if let Some(judged) = named.iter().find_map(omitted) {
            return Ok(judged);
        }
        // Elsewhere in the same document, in an older version, or in another document.
        for held in &source.valid {
            if let Some(letters) = words.stand_together(held) {
                return Ok(misplaced(held, &letters));
            }
        }
        for held in &source.old {
            if let Some(letters) = words.stand_together(held) {
                return Ok(judged(Verdict::Outdated, Some(place_of(held, &letters))));
            }
        }
        if let Some((held, letters)) = self.anywhere(words)? {
            return Ok(misplaced(&held, &letters));
        }
        if let Some(judged) = turned() {
            return Ok(judged);
        }
        for place in [source.place.as_ref(), None] {
            for held in &named {
                if let Some(judged) = differs(words, held, scope(held, place), NEAR) {
                    return Ok(judged);
                }
            }
        }
        if let Some(near) = self.near_anywhere(words)? {
            return Ok(near);
        }
        let held = named[0];
        let is_there = source
            .place
            .as_ref()
            .is_some_and(|place| matches!(there(held, place), There::Here(_)));
        if is_there || held.is_whole() {
            return Ok(judged(Verdict::Absent, Some(whole(held))));
        }
        Ok(judged(Verdict::Unheld, None))
    }

    /// Words in the neighbourhood of a source, which may be theirs or not.
    fn perhaps(&self, words: &Words, source: &Source) -> Result<Judged, IndexError> {
        if let Some(judged) = in_source(words, source) {
            return Ok(judged);
        }
        if let Some((held, letters)) = self.anywhere(words)? {
            return self.stands(&held, &letters);
        }
        if words.length >= MIDDLE {
            for held in source.valid.iter().chain(&source.old) {
                if let Some(judged) = differs(words, held, scope(held, source.place.as_ref()), NEARER) {
                    return Ok(judged);
                }
            }
        }
        Ok(judged(Verdict::Unheld, None))
    }

    /// Words of which nobody says where they come from.
    fn unnamed(&self, words: &Words, way: Way) -> Result<Judged, IndexError> {
        if let Some((held, letters)) = self.anywhere(words)? {
            return self.stands(&held, &letters);
        }
        let near = match way {
            Way::Spoken => None,
            _ => self.near_anywhere(words)?,
        };
        Ok(near.unwrap_or_else(|| judged(Verdict::Unheld, None)))
    }

    /// Words that stand in a document that nobody named.
    fn stands(&self, held: &Held, letters: &Range<usize>) -> Result<Judged, IndexError> {
        let valid = !held.is_law() || self.library.in_force(held, self.now)?;
        let verdict = if valid { Verdict::Exact } else { Verdict::Outdated };
        Ok(judged(verdict, Some(place_of(held, letters))))
    }

    /// The documents that share most with words, but for the one that is judged.
    fn near(&self, words: &Words) -> Result<Vec<Rc<Held>>, IndexError> {
        let mut near = self.library.near(words.longest())?;
        near.retain(|held| !self.is_own(held));
        Ok(near)
    }

    /// Where words stand in any document, the nearest in kind and the newest first; a law that is in force first.
    fn anywhere(&self, words: &Words) -> Result<Option<Stretch>, IndexError> {
        if words.length < TELLING {
            return Ok(None);
        }
        let near = self.near(words)?;
        let docs: Vec<u32> = near.iter().map(|held| held.doc).collect();
        let (valid, old) = self.by_validity(self.library.documents(&docs)?)?;
        let mut all = valid.into_iter().chain(old);
        Ok(all.find_map(|held| {
            let letters = words.stand_together(&held)?;
            Some((held, letters))
        }))
    }

    /// The document that words are nearest to, though nobody named it. Documents of one corpus say alike much that none
    /// has from another: those that are in it are compared with laws alone.
    fn near_anywhere(&self, words: &Words) -> Result<Option<Judged>, IndexError> {
        if words.length < LONG {
            return Ok(None);
        }
        let near = self.near(words)?;
        let found = near
            .iter()
            .filter(|held| self.own.is_none() || held.is_law())
            .find_map(|held| differs(words, held, Some(0..held.flat().len()), NEARER));
        Ok(found)
    }
}

/// Words that stand in the source that is named.
fn in_source(words: &Words, source: &Source) -> Option<Judged> {
    for (pool, verdict) in [(&source.valid, Verdict::Exact), (&source.old, Verdict::Outdated)] {
        for held in pool {
            let is_law = held.is_law();
            let verdict = if is_law { verdict } else { Verdict::Exact };
            let within = scope(held, source.place.as_ref());
            if let Some(letters) = within.and_then(|within| words.stand(held, within)) {
                return Some(judged(verdict, Some(place_of(held, &letters))));
            }
        }
    }
    None
}

/// Parts that stand in the place that is named, in another order.
fn turned(words: &Words, held: &Held, place: Option<&Place>) -> Option<Judged> {
    let within = scope(held, place).unwrap_or(0..held.flat().len());
    let first = words.scattered(held, within).filter(|_| words.parts.len() > 1)?;
    Some(Judged {
        note: Some(note("verify.note.order")),
        ..judged(Verdict::Differs, Some(place_of(held, &(first..first + 1))))
    })
}

fn misplaced(held: &Held, letters: &Range<usize>) -> Judged {
    judged(Verdict::Misplaced, Some(place_of(held, letters)))
}

/// Words that are near to those of a stretch.
fn differs(words: &Words, held: &Held, within: Option<Range<usize>>, percent: usize) -> Option<Judged> {
    let all = words.near(held, within?, percent)?;
    let stretch = all.first()?.stretch.clone();
    let differences = words.differences(held, &all);
    let note = differences.is_empty().then(|| note("verify.note.cut"));
    Some(Judged {
        differences,
        note,
        ..judged(Verdict::Differs, Some(place_of(held, &stretch)))
    })
}

fn note(key: &'static str) -> Note {
    Note { key, args: Vec::new() }
}
