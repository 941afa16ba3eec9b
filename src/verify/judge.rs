//! The verdicts on articles, numbers and titles.

mod names;
mod places;
mod words;

use super::library::{Held, Library};
use super::mention::{self, Place, Standing};
use super::{Found, Judged, Note, Verdict};
use crate::index::IndexError;
use crate::text::{normalize, title};
use jiff::civil::Date;
pub(super) use names::GENERIC;
use names::{is_alike, is_case_of, names_a_party, slip, without_words};
use places::{There, label, missing, there};
pub(super) use places::{named, passages};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Characters of a source that are shown.
const SHOWN: usize = 400;
/// Fewest characters of a title that is compared with others.
const SHORTEST_TITLE: usize = 8;
/// Characters of a title right before a number that are looked at.
const LONGEST_TITLE: usize = 60;
/// Characters of a law's name without 《》 that are left when what stands before it is taken off.
const SHORTEST_LAW: usize = 4;

/// Fewest characters of the name of a case that is looked for among the titles.
const SHORTEST_CASE: usize = 5;
/// Ends of words that may stand before a law's name without 《》, and in none.
const JOINTS: &str = "按照据对将把被由就为如因经并依用从以且又则即在";

/// Documents, in the order in which they are looked at.
type Documents = Vec<Rc<Held>>;

/// Judges the citations of one draft.
pub(super) struct Judge<'a> {
    library: &'a Library,
    now: Date,
    /// Short names that the draft defines, by their keys.
    definitions: BTreeMap<String, String>,
    /// The document that is judged, where the index holds it: its words stand there whatever they are.
    own: Option<Rc<Held>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        library: &'a Library,
        now: Date,
        definitions: BTreeMap<String, String>,
        own: Option<Rc<Held>>,
    ) -> Self {
        Self {
            library,
            now,
            definitions,
            own,
        }
    }

    /// Whether a document is the one that is judged.
    fn is_own(&self, held: &Held) -> bool {
        self.own.as_ref().is_some_and(|own| own.doc == held.doc)
    }

    /// Whether the document that is judged, where it has a time of its own, may be compared with another: not with a
    /// version of a law that is newer, or may be. It cites the version of its time, which may have what this one hasn't.
    pub(super) fn is_of_its_time(&self, held: &Held) -> bool {
        let Some(own) = &self.own else { return true };
        let known = !held.version().is_empty() && held.version() <= own.version();
        known || !held.is_law() || self.is_own(held)
    }

    /// The documents of a name: by the draft's definitions first, then by title, then by the thesaurus.
    fn resolve(&self, name: &str) -> Result<Vec<Rc<Held>>, IndexError> {
        let name = self.definitions.get(&title::key(name)).map_or(name, String::as_str);
        let found = self.library.named(name)?;
        if found.is_empty() {
            return self.library.abbreviated(name);
        }
        Ok(found)
    }

    /// The documents of a law's name before an article. A name without 《》 may depend on words before it: 援用某条例.
    fn resolve_law(&self, name: &str) -> Result<Vec<Rc<Held>>, IndexError> {
        let mut found = self.resolve(name)?;
        for (at, letter) in name.char_indices() {
            let tail = &name[at + letter.len_utf8()..];
            if !found.is_empty() || tail.chars().count() < SHORTEST_LAW {
                break;
            }
            if JOINTS.contains(letter) {
                found = self.library.named(tail)?;
            }
        }
        Ok(found)
    }

    /// The documents of the law of an article in the version that is named with it, or with what its short name is for.
    fn versions(&self, law: &str, place: &Place) -> Result<Documents, IndexError> {
        if place.standing == Standing::Former {
            return Ok(Vec::new());
        }
        let defined = || {
            self.definitions
                .get(&title::key(law))
                .and_then(|whole| mention::named_year(whole))
        };
        let all = self.resolve_law(law)?;
        Ok(match place.year.or_else(defined) {
            Some(year) => of_year(all, year),
            None => all,
        })
    }

    /// Documents in force, and those that are not.
    fn by_validity(&self, all: Documents) -> Result<(Documents, Documents), IndexError> {
        let (mut valid, mut old) = (Vec::new(), Vec::new());
        for held in all {
            if self.library.in_force(&held, self.now)? {
                valid.push(held);
            } else {
                old.push(held);
            }
        }
        Ok((valid, old))
    }

    /// The verdict on an article.
    pub(super) fn article(&self, law: &str, place: &Place) -> Result<Judged, IndexError> {
        let mut laws = self.versions(law, place)?;
        laws.retain(|held| held.statute().is_some());
        let (valid, old) = self.by_validity(laws)?;
        let said = label(place);
        for (pool, verdict) in [(&valid, Verdict::Exact), (&old, Verdict::Outdated)] {
            for held in pool {
                if let There::Here(passages) = there(held, place) {
                    let note = (verdict == Verdict::Outdated).then(|| self.replaced(held, &valid));
                    return Ok(Judged {
                        note,
                        ..judged(verdict, Some(found(held, &said, passages)))
                    });
                }
            }
        }
        let Some(held) = valid.first().or(old.first()) else {
            return Ok(judged(Verdict::Unheld, None));
        };
        if valid.is_empty() {
            return Ok(judged(Verdict::Outdated, Some(whole(held))));
        }
        match there(held, place) {
            There::Missing if place.standing == Standing::Held => Ok(Judged {
                note: Some(missing(held, place)),
                ..judged(Verdict::Absent, Some(whole(held)))
            }),
            _ => Ok(judged(Verdict::Unheld, None)),
        }
    }

    /// What there is to say of a law that is not in force.
    fn replaced(&self, held: &Held, valid: &[Rc<Held>]) -> Note {
        match valid.first() {
            Some(newer) => Note {
                key: "verify.note.replaced",
                args: vec![("title", held.meta.title.clone()), ("newer", newer.meta.title.clone())],
            },
            None => Note {
                key: "verify.note.not-in-force",
                args: vec![("title", held.meta.title.clone())],
            },
        }
    }

    /// The verdict on a title.
    pub(super) fn title(&self, name: &str) -> Result<Judged, IndexError> {
        let (valid, old) = self.by_validity(self.resolve(name)?)?;
        if let Some(held) = valid.first() {
            return Ok(judged(Verdict::Exact, Some(whole(held))));
        }
        if let Some(held) = old.first() {
            let verdict = if held.is_law() {
                Verdict::Outdated
            } else {
                Verdict::Exact
            };
            let note = held.is_law().then(|| self.replaced(held, &valid));
            return Ok(Judged {
                note,
                ..judged(verdict, Some(whole(held)))
            });
        }
        let near = self.near_title(name)?;
        Ok(near.unwrap_or_else(|| judged(Verdict::Unheld, None)))
    }

    /// A title that this one is a slip of.
    fn near_title(&self, name: &str) -> Result<Option<Judged>, IndexError> {
        let letters: Vec<char> = title::key(name).chars().collect();
        if letters.len() < SHORTEST_TITLE {
            return Ok(None);
        }
        let near = self.library.near_title(&letters)?.into_iter();
        for held in near.filter(|held| !self.is_own(held)) {
            if let Some(rest) = without_words(&held.meta.title, name) {
                return Ok((rest > 0).then(|| judged(Verdict::Exact, Some(whole(&held)))));
            }
            for key in title::keys(&held.meta.title) {
                let other: Vec<char> = key.chars().collect();
                if let Some(change) = slip(&letters, &other, held.is_law()) {
                    return Ok(Some(Judged {
                        differences: vec![change],
                        ..judged(Verdict::Differs, Some(whole(&held)))
                    }));
                }
            }
        }
        Ok(None)
    }

    /// The verdict on a number, with what is named beside it.
    pub(super) fn number(&self, number: &str, text: &str, span: &Range<usize>) -> Result<Judged, IndexError> {
        let owners = self.library.numbered(number)?;
        let Some(owner) = owners.first() else {
            let naming = self.library.naming(number)?;
            if let Some(held) = naming.first() {
                return Ok(judged(Verdict::Exact, Some(whole(held))));
            }
            let mut series = self.library.complete().iter();
            let complete = series.any(|series| is_of_series(number, series));
            let verdict = if complete { Verdict::Absent } else { Verdict::Unheld };
            return Ok(judged(verdict, None));
        };
        let other = self.other_name(text, span, &owners)?;
        let Some(name) = other else {
            return Ok(judged(Verdict::Exact, Some(whole(owner))));
        };
        Ok(Judged {
            note: Some(Note {
                key: "verify.note.other-case",
                args: vec![("title", owner.meta.title.clone()), ("named", name)],
            }),
            ..judged(Verdict::Misplaced, Some(whole(owner)))
        })
    }

    /// What is named beside a number and is not what has that number.
    fn other_name(&self, text: &str, span: &Range<usize>, owners: &[Rc<Held>]) -> Result<Option<String>, IndexError> {
        if let Some(name) = titled(text, span) {
            let known = self.resolve(&name)?;
            let own = owners
                .iter()
                .any(|owner| known.iter().any(|held| held.doc == owner.doc));
            // A title that isn't held may be another name of the same document.
            if own || known.is_empty() && owners.iter().any(|owner| is_alike(&name, &owner.meta.title)) {
                return Ok(None);
            }
            let is_case = owners.iter().any(|owner| owner.meta.kind == "case");
            if !known.is_empty() || !is_case {
                return Ok((!known.is_empty()).then_some(name));
            }
        }
        if let Some(name) = self.title_beside(text, span, owners)? {
            return Ok(Some(name));
        }
        let Some(name) = mention::case_name(text, span) else {
            return Ok(None);
        };
        if owners.iter().any(|owner| is_case_of(name, &owner.meta.title)) {
            return Ok(None);
        }
        let full = format!("{name}案");
        let is_other = names_a_party(name) || self.is_held(&full)?;
        Ok(is_other.then_some(full))
    }

    /// The full title of another document right beside a number, however many signs stand in it: 甲，乙（检例第1号）,
    /// 检例第1号（指导案例2号：甲案）. One that names the number itself may well stand there.
    fn title_beside(&self, text: &str, span: &Range<usize>, owners: &[Rc<Held>]) -> Result<Option<String>, IndexError> {
        let (before, behind) = mention::beside(text, span);
        for (words, is_whole) in [(before, false), (behind, true)] {
            let Some(words) = words else { continue };
            let key = title::key(words);
            let letters: Vec<char> = key.chars().collect();
            if letters.len() < SHORTEST_TITLE {
                continue;
            }
            let last = letters.len().saturating_sub(LONGEST_TITLE);
            for held in self.library.near_title(&letters[last..])? {
                let keys = title::keys(&held.meta.title);
                let mut named = keys.iter().filter(|name| name.chars().count() >= SHORTEST_TITLE);
                if !named.any(|name| key == *name || !is_whole && key.ends_with(name.as_str())) {
                    continue;
                }
                let own = owners
                    .iter()
                    .any(|owner| owner.doc == held.doc || is_alike(&held.meta.title, &owner.meta.title));
                return Ok((!own).then(|| held.meta.title.clone()));
            }
        }
        Ok(None)
    }

    /// Whether a case of this name is held, whatever more stands before the name in its title.
    fn is_held(&self, name: &str) -> Result<bool, IndexError> {
        let key = title::key(name);
        let letters: Vec<char> = key.chars().collect();
        if letters.len() < SHORTEST_CASE {
            return Ok(false);
        }
        let near = self.library.near_title(&letters)?;
        let mut cases = near.iter().filter(|held| held.meta.kind == "case");
        Ok(cases.any(|held| title::key(&held.meta.title).contains(&key)))
    }
}

/// The documents that may be the version of a year. One whose date nobody knows may be any; the newest, of which nobody
/// knows the day from which it is in force, may be that of the year after it was passed.
fn of_year(mut all: Documents, year: u32) -> Documents {
    let first = |date: &str| date.get(..4).and_then(|year| year.parse::<u32>().ok());
    let passed = |held: &Held| first(&held.meta.date);
    let effective = |held: &Held| held.authority.effective.as_deref().and_then(first);
    let newest = all.iter().map(|held| held.meta.date.clone()).max();
    let is_of = |held: &Held| {
        passed(held).is_none() && effective(held).is_none() || [passed(held), effective(held)].contains(&Some(year))
    };
    let is_before = |held: &Held| {
        let is_newest = newest.as_ref() == Some(&held.meta.date);
        is_newest && effective(held).is_none() && passed(held).is_some_and(|passed| passed + 1 == year)
    };
    let known = all.iter().any(|held| is_of(held));
    all.retain(|held| is_of(held) || !known && is_before(held));
    all
}

/// Whether a canonical number belongs to a series, which is named as offices name it: 检例, 澄检建, 澄检建〔2022〕.
fn is_of_series(number: &str, series: &str) -> bool {
    let plain = |text: &str| {
        let kept = normalize(text)
            .chars()
            .filter(|letter| letter.is_alphanumeric() && *letter != '第')
            .collect::<String>();
        kept.trim_end_matches('号').to_owned()
    };
    let series = plain(series);
    !series.is_empty() && plain(number).starts_with(&series)
}

/// The title in 《》 that stands right before a number in brackets: 《甲》（高检发〔2020〕4号）.
fn titled(text: &str, span: &Range<usize>) -> Option<String> {
    let before = text[..span.start].trim_end();
    let before = before.strip_suffix(['（', '(']).unwrap_or(before).trim_end();
    let inner = before.strip_suffix('》')?;
    inner.rfind('《').map(|open| inner[open + '《'.len_utf8()..].to_owned())
}

/// A verdict with its source.
fn judged(verdict: Verdict, source: Option<Found>) -> Judged {
    Judged {
        verdict,
        source,
        differences: Vec::new(),
        note: None,
    }
}

/// Passages of a document as a source.
fn found(held: &Held, place: &str, passages: Range<usize>) -> Found {
    let texts: Vec<&str> = passages.map(|passage| held.text(passage)).collect();
    Found {
        id: held.meta.id.clone(),
        title: held.meta.title.clone(),
        place: place.to_owned(),
        text: texts.join("\n").chars().take(SHOWN).collect(),
    }
}

/// A document as a whole as a source.
fn whole(held: &Held) -> Found {
    found(held, "", 0..0)
}
