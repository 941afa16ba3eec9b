//! Citations of a draft, judged by what an index holds: `docs/verify.zh-CN.md`.
//!
//! `draft` gives the paragraphs and quotations of a draft, `mention` what they name, `judge` the verdicts.
//! `library` looks things up in the index, `held` gives its documents to readers, `report` words what was found, `statute` reads a law by its articles, `flat` makes texts comparable and
//! `align` compares them.
//!
//! **Invariant**: nothing is accused that the index can't know. What it doesn't hold is [`Verdict::Unheld`], and so is
//! what nobody said where it comes from and what stands nowhere.

mod align;
mod draft;
mod flat;
mod held;
mod judge;
mod library;
mod mention;
mod quotation;
pub(crate) mod report;
pub(crate) mod statute;
mod tables;

use crate::corpus::Source;
use crate::diagnostic::LineIndex;
use crate::index::{IndexError, Opened};
use draft::Paragraph;
use jiff::civil::Date;
use judge::Judge;
use library::Library;
pub(crate) use library::Shelf;
use mention::{Mention, What};
use quotation::Way;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
pub(crate) use tables::tables;

/// What is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cited {
    /// An article of a law, down to paragraph and item.
    Article,
    /// A number of a case or a document.
    Number,
    /// A title in 《》.
    Title,
    /// Words.
    Quotation,
}

/// What a citation is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// 已失效: the law, or the words in it, aren't in force.
    Outdated,
    /// 一致.
    Exact,
    /// 出处不符: right, and elsewhere than said.
    Misplaced,
    /// 有出入: near the source, with differences.
    Differs,
    /// 查无: what would have it is held whole, and hasn't.
    Absent,
    /// 未收录: the index can't tell.
    Unheld,
}

impl Verdict {
    /// All of them, as the table of the guide has them.
    pub const ALL: [Self; 6] = [
        Self::Outdated,
        Self::Exact,
        Self::Misplaced,
        Self::Differs,
        Self::Absent,
        Self::Unheld,
    ];

    /// The key in JSON and in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Outdated => "outdated",
            Self::Exact => "exact",
            Self::Misplaced => "misplaced",
            Self::Differs => "differs",
            Self::Absent => "absent",
            Self::Unheld => "unheld",
        }
    }

    /// Whether somebody has to look at it.
    pub fn is_finding(self) -> bool {
        !matches!(self, Self::Exact | Self::Unheld)
    }

    /// Whether the source doesn't bear the citation out, be it in force or not.
    fn is_fault(self) -> bool {
        self.is_finding() && self != Self::Outdated
    }
}

impl Cited {
    /// The key in JSON and in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Number => "number",
            Self::Title => "title",
            Self::Quotation => "quotation",
        }
    }
}

/// Where the index has what is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Id of the document.
    pub id: String,
    /// Of the document, as its page shows it.
    pub title: String,
    /// The article or the section; empty for the document as a whole.
    pub place: String,
    /// What stands there.
    pub text: String,
}

/// Words of the draft, and what the source has in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// In the draft.
    pub draft: String,
    /// In the source.
    pub source: String,
}

/// What a verdict is, with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What the comparison came to.
    pub verdict: Verdict,
    /// Where the index has it.
    pub source: Option<Found>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// What more there is to say: a key of the catalogue and its arguments.
    pub note: Option<Note>,
}

impl Judged {
    /// What the index can't tell.
    fn unheld() -> Self {
        Self {
            verdict: Verdict::Unheld,
            source: None,
            differences: Vec::new(),
            note: None,
        }
    }
}

/// A sentence of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Key of the catalogue.
    pub key: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, String)>,
}

/// A citation of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// As the draft has it.
    pub text: String,
    /// What is cited.
    pub kind: Cited,
    /// Line of the draft's text, from 1.
    pub line: u32,
    /// Column, in characters from 1.
    pub column: u32,
    /// Its bytes in the draft's text.
    pub span: Range<usize>,
    /// The verdict.
    pub judged: Judged,
}

/// A document that is in the index itself.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// As the index has it.
    pub id: &'a str,
    /// Its title, where it is a law: 本法 means that one.
    pub law: Option<&'a str>,
}

/// Judges drafts by one index.
pub struct Verifier {
    library: Library,
    now: Date,
}

impl Verifier {
    /// A verifier by an open index; laws are in force or not on the day.
    pub fn new(opened: Opened, now: Date) -> Self {
        Self::of(Arc::new(Shelf::new(opened)), now)
    }

    /// A verifier by an index that others judge by, too; laws are in force or not on the day.
    pub fn of(shelf: Arc<Shelf>, now: Date) -> Self {
        Self {
            library: Library::new(shelf),
            now,
        }
    }

    /// The citations of a draft, in its order.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn verify(&self, source: &Source) -> Result<Vec<Citation>, IndexError> {
        self.judge(source, None)
    }

    /// The citations of a document that is in the index itself: it is not a source of its own words.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn verify_within(&self, source: &Source, own: &Own) -> Result<Vec<Citation>, IndexError> {
        self.judge(source, Some(own))
    }

    fn judge(&self, source: &Source, own: Option<&Own>) -> Result<Vec<Citation>, IndexError> {
        let paragraphs = draft::paragraphs(source);
        let law = match own {
            Some(own) => own.law.map(str::to_owned),
            None => draft::own_law(&paragraphs),
        };
        let named = named(&paragraphs, law.as_deref());
        let held = own.map(|own| self.library.of_id(own.id)).transpose()?.flatten();
        let definitions: BTreeMap<String, String> = paragraphs
            .iter()
            .flat_map(|paragraph| mention::definitions(paragraph.text()))
            .map(|(short, whole)| (crate::text::title::key(&short), whole))
            .collect();
        let judge = Judge::new(&self.library, self.now, definitions, held);
        let lines = LineIndex::new(&source.text);
        let mut all = Vec::new();
        let mut add = |paragraph: &Paragraph, kind: Cited, span: Range<usize>, judged: Judged| {
            let place = paragraph.traced.source(&span);
            let position = lines.position(place.start);
            all.push(Citation {
                text: paragraph.text()[span].to_owned(),
                kind,
                line: position.line,
                column: position.column,
                span: place,
                judged,
            });
        };
        for (paragraph, mentions) in paragraphs.iter().zip(&named) {
            for mention in mentions {
                let (kind, judged) = match &mention.what {
                    What::Title(name) => (Cited::Title, judge.title(name)?),
                    What::Article(law, place) => (Cited::Article, judge.article(law, place)?),
                    What::Number(number) => (Cited::Number, judge.number(number, paragraph.text(), &mention.span)?),
                };
                add(paragraph, kind, mention.span.clone(), judged);
            }
        }
        // What stands after 规定 in a law is the case that it provides for, not what the other article says.
        let is_law = own.is_some_and(|own| own.law.is_some());
        let quotations = quotation::quotations(source, &paragraphs, &named).into_iter();
        for quoted in quotations.filter(|quoted| !is_law || quoted.way != Way::Told) {
            if let Some(judged) = judge.quotation(&quoted)? {
                add(
                    &paragraphs[quoted.paragraph],
                    Cited::Quotation,
                    quoted.span.clone(),
                    judged,
                );
            }
        }
        all.sort_by_key(|citation| (citation.span.start, citation.kind, citation.span.end));
        for citation in &mut all {
            self.within_its_time(&mut citation.judged, &judge)?;
        }
        Ok(all)
    }

    /// Takes back what is said of a document by a law that is not of its time.
    fn within_its_time(&self, judged: &mut Judged, judge: &Judge) -> Result<(), IndexError> {
        let Some(source) = judged.source.as_ref().filter(|_| judged.verdict.is_fault()) else {
            return Ok(());
        };
        let source = self.library.of_id(&source.id)?;
        if source.is_some_and(|source| !judge.is_of_its_time(&source)) {
            *judged = Judged::unheld();
        }
        Ok(())
    }
}

/// What each paragraph names; `own` is the law that the text is.
fn named(paragraphs: &[Paragraph], own: Option<&str>) -> Vec<Vec<Mention>> {
    let mut law: Option<String> = None;
    let mut column: Option<(usize, &str)> = None;
    // The law that a quotation over several paragraphs is of.
    let mut source: Option<String> = None;
    let mut all = Vec::new();
    for (paragraph, running) in paragraphs.iter().zip(draft::running(paragraphs)) {
        let text = paragraph.text();
        let mut mentions = mention::mentions(text, law.as_deref());
        if let Some((table, 0)) = paragraph.cell {
            column = mention::table_law(text).map(|law| (table, law)).or(column);
        }
        let of_table = column.filter(|(table, _)| paragraph.cell.is_some_and(|(own, _)| own == *table));
        let mut found = match (of_table, own) {
            (Some((_, law)), _) => mention::cell_articles(text, law),
            (None, Some(own)) => mention::own_articles(text, &(0..text.len()), own),
            (None, None) => quoted(paragraph, &mentions, law.as_deref()),
        };
        source = running
            .as_ref()
            .and_then(|stretch| before(text, &mentions, stretch).or(source));
        if let (None, Some(stretch), Some(source)) = (own, running, &source) {
            found.extend(mention::own_articles(text, &stretch, source));
        }
        let is_new = |one: &Mention| !mentions.iter().any(|known| known.span.contains(&one.span.start));
        let found: Vec<Mention> = found.into_iter().filter(is_new).collect();
        mentions.extend(found);
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
        law = mention::last_law(text, &mentions).or(law);
        all.push(mentions);
    }
    all
}

/// The law that a paragraph names last before a stretch of it.
fn before(text: &str, mentions: &[Mention], stretch: &Range<usize>) -> Option<String> {
    let before = mentions.iter().filter(|mention| mention.span.end <= stretch.start);
    mention::last_law(text, &before.cloned().collect::<Vec<_>>())
}

/// The articles that quotations name as those of the law that they quote.
fn quoted(paragraph: &Paragraph, mentions: &[Mention], law: Option<&str>) -> Vec<Mention> {
    let text = paragraph.text();
    let quotations = if paragraph.quoted {
        std::iter::once(0..text.len()).collect()
    } else {
        draft::quotations(text)
    };
    let of_quotation = |quotation: Range<usize>| {
        let carried = law.filter(|_| paragraph.quoted).map(str::to_owned);
        let source = before(text, mentions, &quotation).or(carried);
        source
            .map(|law| mention::own_articles(text, &quotation, &law))
            .unwrap_or_default()
    };
    quotations.into_iter().flat_map(of_quotation).collect()
}
