//! What an index carries besides its documents, so that a search needs the index folder alone.

use serde::{Deserialize, Serialize};

/// Number of the index's format. It rises whenever an index written before could be misread.
pub(crate) const FORMAT: u32 = 4;

/// The payload of the index's commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexSettings {
    /// Format of the index; [`FORMAT`] for one that this version writes.
    pub format: u32,
    /// Names the build; the site's search bundle carries the same.
    #[serde(default)]
    pub generation: String,
    /// `internal` or `public`.
    #[serde(default)]
    pub audience: String,
    /// `zh` or `en`.
    #[serde(default)]
    pub language: String,
    /// Synonym groups, members as people write them.
    #[serde(default)]
    pub synonyms: Vec<Vec<String>>,
    /// Series of numbers that the corpus holds whole, by how their canonical forms begin.
    #[serde(default)]
    pub complete: Vec<String>,
    /// How documents are ranked.
    #[serde(default)]
    pub ranking: Ranking,
    /// The reference day of the build (ISO), for what depends on it.
    #[serde(default)]
    pub now: String,
    /// What the addresses of pages begin with; empty where the site has none.
    #[serde(default)]
    pub site: String,
}

impl Default for IndexSettings {
    fn default() -> Self {
        Self {
            format: FORMAT,
            generation: String::new(),
            audience: "internal".to_owned(),
            language: "zh".to_owned(),
            synonyms: Vec::new(),
            complete: Vec::new(),
            ranking: Ranking::default(),
            now: String::new(),
            site: String::new(),
        }
    }
}

/// Weights of the ranking: `docs/search.md`, section 4.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ranking {
    /// Boost of the title.
    pub title: f32,
    /// Boost of the body.
    pub body: f32,
    /// Boost of 摘要 and 要旨.
    pub summary: f32,
    /// Boost of 关键词, tags and causes.
    pub keywords: f32,
    /// Boost of the headings.
    pub headings: f32,
    /// Boost of the other texts.
    pub extra: f32,
    /// Boost of one-character words.
    pub chars: f32,
    /// Boost of the title and of `number` in a query with an article or number token.
    pub numbered: f32,
    /// Factor on article and number tokens in these two.
    pub number_factor: f32,
    /// What a law adds that was asked for by one of its articles: more than all words of a query together.
    #[serde(default = "holder")]
    pub holder: f32,
    /// Factor on phrases.
    pub phrase: f32,
    /// Weight of a joined token with a function word or a letter-or-digit unit.
    pub loose: f32,
    /// Weight of a token that both its neighbours outnumber.
    pub inner: f32,
    /// Factor on members of a synonym group other than the typed one.
    pub synonym: f32,
}

impl Ranking {
    /// The boosts of the fields of text, in the order of [`Fields::texts`](super::Fields::texts).
    pub fn boosts(&self) -> [f32; 6] {
        [
            self.title,
            self.body,
            self.summary,
            self.keywords,
            self.headings,
            self.extra,
        ]
    }
}

/// What an index that knows nothing of it takes.
fn holder() -> f32 {
    200.0
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            title: 1.0,
            body: 1.0,
            summary: 0.5,
            keywords: 0.5,
            headings: 0.25,
            extra: 0.25,
            chars: 1.0,
            numbered: 5.0,
            number_factor: 3.0,
            holder: holder(),
            phrase: 0.5,
            loose: 0.5,
            inner: 0.6,
            synonym: 0.7,
        }
    }
}
