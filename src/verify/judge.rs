//! The verdicts on articles, numbers and titles.

mod words;

use super::align::align;
use super::flat::is_numeral;
use super::library::{Held, Library};
use super::mention::{self, Place};
use super::statute::{Article, Statute};
use super::{Difference, Found, Judged, Note, Verdict};
use crate::index::IndexError;
use crate::text::{normalize, sound, title};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Characters of a source that are shown.
const SHOWN: usize = 400;
/// Fewest characters of a title that is compared with others.
const SHORTEST_TITLE: usize = 8;
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
}

/// What a law has of a place.
enum There {
    /// These passages.
    Here(Range<usize>),
    /// It is held whole, and it isn't there.
    Missing,
    /// That can't be known.
    Unknown,
}

impl<'a> Judge<'a> {
    pub fn new(library: &'a Library, now: Date, definitions: BTreeMap<String, String>) -> Self {
        Self {
            library,
            now,
            definitions,
        }
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

    /// The documents of a law's name before an article. A name without 《》 may hang on words before it: 援用某条例.
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

    /// Documents in force, and those that are not.
    fn by_validity(&self, all: Documents) -> Result<(Documents, Documents), IndexError> {
        let (mut valid, mut old) = (Vec::new(), Vec::new());
        for held in all {
            match self.library.in_force(&held, self.now)? {
                true => valid.push(held),
                false => old.push(held),
            }
        }
        Ok((valid, old))
    }

    /// The verdict on an article.
    pub fn article(&self, law: &str, place: &Place) -> Result<Judged, IndexError> {
        let all = self.resolve_law(law)?;
        let laws = all
            .into_iter()
            .filter(|held| held.statute().is_some() && is_version(held, place.year));
        let laws: Vec<Rc<Held>> = laws.collect();
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
            There::Missing => Ok(Judged {
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
    pub fn title(&self, name: &str) -> Result<Judged, IndexError> {
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
        for held in self.library.near_title(&letters)? {
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
    pub fn number(&self, number: &str, text: &str, span: &Range<usize>) -> Result<Judged, IndexError> {
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

/// Whether a document may be the version of a year. One whose date nobody knows may be any.
pub(super) fn is_version(held: &Held, year: Option<u32>) -> bool {
    let dates = [Some(held.meta.date.as_str()), held.authority.effective.as_deref()];
    let years: Vec<u32> = dates
        .into_iter()
        .flatten()
        .filter_map(|date| date.get(..4)?.parse().ok())
        .collect();
    year.is_none_or(|year| years.is_empty() || years.contains(&year))
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

/// Whether two titles share most of their characters in order.
fn is_alike(name: &str, title: &str) -> bool {
    let (name, title): (Vec<char>, Vec<char>) =
        (title::key(name).chars().collect(), title::key(title).chars().collect());
    align(&name, &title, 0..title.len()).is_some_and(|aligned| aligned.is_near(70))
}

/// Whether a case of this name, 案 apart, may be the one of a title: a party of both, and what it is about.
fn is_case_of(name: &str, title: &str) -> bool {
    let (name, title) = (title::key(name), title::key(title));
    if title.contains(&name) {
        return true;
    }
    let parties = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        let some = letters.windows(2).filter(|pair| pair[1] == '某' && pair[0] != '某');
        some.map(|pair| pair[0]).collect::<Vec<char>>()
    };
    let ours = parties(&name);
    if !ours.is_empty() && !ours.iter().any(|party| title.contains(*party)) {
        return false;
    }
    let plain = |text: &str| {
        text.chars()
            .filter(|letter| !"某等人案".contains(*letter))
            .collect::<Vec<char>>()
    };
    let (name, title) = (plain(&name), plain(&title));
    name.len() < 3 || common(&name, &title) * 10 >= name.len() * 6
}

/// How many characters of a text stand in another in this order.
fn common(text: &[char], other: &[char]) -> usize {
    let mut row = vec![0usize; other.len() + 1];
    for letter in text {
        let mut diagonal = 0;
        for (at, against) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if letter == against {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[other.len()]
}

/// Whether the name of a case names who it is about: 周某, 甲公司诉乙局. Other names (性侵未成年人案) describe.
fn names_a_party(name: &str) -> bool {
    let generic = [
        "本", "该", "此", "类", "同", "上述", "相关", "有关", "前述", "这", "那", "其",
    ];
    ["某", "诉", "公司", "×", "甲", "等人"]
        .iter()
        .any(|word| name.contains(word))
        && !generic.iter().any(|word| name.starts_with(word))
}

/// The one small change that makes a title another: a slip, where the other name can't well be that of another
/// document. Names of laws differ by single characters (民事, 刑事): of them only what sounds alike or is left out.
fn slip(name: &[char], title: &[char], is_law: bool) -> Option<Difference> {
    let aligned = align(name, title, 0..title.len())?;
    let [(ours, theirs)] = aligned.changes.as_slice() else {
        // Something missing at an end is no change within.
        return ends(name, title, &aligned.stretch).filter(|_| !is_law && aligned.changes.is_empty());
    };
    let longer = name.len().max(title.len());
    let touched = || name[ours.clone()].iter().chain(&title[theirs.clone()]).copied();
    let whole = aligned.stretch == (0..title.len());
    if !whole || longer - aligned.same > 2 || touched().any(|letter| is_numeral(letter) || letter == '年') {
        return None;
    }
    let swapped = ours.len() == 1 && theirs.len() == 1;
    let sounds = swapped && sound::alike(title[theirs.start]).contains(&name[ours.start]);
    let shifted = name.len() != title.len();
    (!is_law || sounds || shifted).then(|| Difference {
        draft: name[ours.clone()].iter().collect(),
        source: title[theirs.clone()].iter().collect(),
    })
}

/// A character or two that a title has more at an end.
fn ends(name: &[char], title: &[char], stretch: &Range<usize>) -> Option<Difference> {
    let more = title.len() - stretch.len();
    (name.len() == stretch.len() && (1..=2).contains(&more)).then(|| Difference {
        draft: name.iter().collect(),
        source: title.iter().collect(),
    })
}

/// What a law has of a place.
fn there(held: &Held, place: &Place) -> There {
    let Some(statute) = held.statute() else {
        return There::Unknown;
    };
    let Some(article) = statute.article(place.article) else {
        return if held.is_whole() {
            There::Missing
        } else {
            There::Unknown
        };
    };
    within(statute, article, place)
}

fn within(statute: &Statute, article: &Article, place: &Place) -> There {
    let paragraph = match place.paragraph {
        None => None,
        Some(number) => match article.paragraphs.get((number as usize).saturating_sub(1)) {
            Some(paragraph) if number > 0 => Some(paragraph),
            _ if statute.has_paragraphs => return There::Missing,
            _ => return There::Unknown,
        },
    };
    let passages = paragraph.map_or(article.passages.clone(), |paragraph| paragraph.passages.clone());
    let Some(item) = place.item else {
        return There::Here(passages);
    };
    let among: Vec<_> = match paragraph {
        Some(paragraph) => vec![paragraph],
        None => article.paragraphs.iter().collect(),
    };
    if among.iter().any(|paragraph| paragraph.items.contains(&item)) {
        return There::Here(passages);
    }
    // Items whose numbers a list draws itself can't be seen.
    let counted = among.iter().any(|paragraph| !paragraph.items.is_empty());
    if counted || passages.len() <= 1 {
        There::Missing
    } else {
        There::Unknown
    }
}

/// What there is to say of a place that a law hasn't.
fn missing(held: &Held, place: &Place) -> Note {
    let articles = held
        .statute()
        .map(|statute| statute.articles.as_slice())
        .unwrap_or_default();
    let article = articles.iter().find(|article| article.number == place.article);
    let last = articles
        .last()
        .map(|article| article.number.0.to_string())
        .unwrap_or_default();
    match article {
        None => Note {
            key: "verify.note.no-article",
            args: vec![("title", held.meta.title.clone()), ("last", last)],
        },
        Some(article) => Note {
            key: "verify.note.no-part",
            args: vec![
                (
                    "article",
                    label(&Place {
                        paragraph: None,
                        item: None,
                        ..*place
                    }),
                ),
                ("paragraphs", article.paragraphs.len().to_string()),
            ],
        },
    }
}

/// An article as offices write it: 第四条第二款第（一）项 in digits.
fn label(place: &Place) -> String {
    let (number, sub) = place.article;
    let mut text = format!("第{number}条");
    if sub > 0 {
        text += &format!("之{sub}");
    }
    if let Some(paragraph) = place.paragraph {
        text += &format!("第{paragraph}款");
    }
    if let Some(item) = place.item {
        text += &format!("第（{item}）项");
    }
    text
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

#[cfg(test)]
mod tests;
