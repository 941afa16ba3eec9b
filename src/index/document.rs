//! What the index takes: one value a document, made from a cleared document and its rendering.

pub use super::facet::Facets;
use crate::text::title;
use serde::{Deserialize, Serialize};

/// One document for the index. All texts are raw; the analyzer normalises.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IndexDocument {
    /// Id; documents are numbered in the byte order of these.
    pub id: String,
    /// As the page shows it.
    pub title: String,
    /// 摘要 and 要旨.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub summary: Vec<String>,
    /// 关键词, tags, causes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Headings of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
    /// Passages of the body, headings included, in reading order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Passage>,
    /// Every other text that the page shows as the document's own, one a passage.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<String>,
    /// Canonical numbers (`text::number`), own and cited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// `law#article` terms, such as `刑法#264条`: those that it cites; of a law its own, too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<String>,
    /// Facet values.
    pub facets: Facets,
    /// What a result shows.
    pub meta: Meta,
    /// How it is cited, and whether it is in force.
    pub authority: Authority,
    /// What it adds to the figures of the ledger: counts as JSON, which nobody searches.
    #[serde(skip)]
    pub ledger: Vec<String>,
}

impl IndexDocument {
    /// The term of `laws` that a law itself has, by its name there: `=刑法`. It is found by its articles before all that
    /// cite them.
    pub fn holder(law: &str) -> String {
        format!("={law}")
    }
}

/// What a citation of a document is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Authority {
    /// Its own numbers, in canonical form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// 时效 of a law, by its English key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// 施行日期 of a law (ISO).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// Ids of the documents that it replaces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<String>,
    /// Whether only a part of its text is held (节选).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

impl Authority {
    /// The terms that a document of this title is found by: its names, its numbers, what it replaces.
    pub fn terms(&self, title: &str) -> Vec<String> {
        let names = title::keys(title).into_iter().map(|key| Self::name(&key));
        let numbers = self.numbers.iter().map(|number| Self::number(number));
        let replaced = self.supersedes.iter().map(|id| Self::replaces(id));
        names.chain(numbers).chain(replaced).collect()
    }

    /// The term of a name, given as [`title::key`] gives it.
    pub fn name(key: &str) -> String {
        format!("name:{key}")
    }

    /// The term of a canonical number.
    pub fn number(number: &str) -> String {
        format!("number:{number}")
    }

    /// The term of what replaces a document.
    pub fn replaces(id: &str) -> String {
        format!("replaces:{id}")
    }
}

/// A passage: a block of the rendered body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Passage {
    /// Title of the section that it stands in; empty before the first heading.
    #[serde(rename = "s")]
    pub section: String,
    /// Id of the element in the page that holds it.
    #[serde(rename = "a")]
    pub anchor: String,
    /// Its text, as the page shows it.
    #[serde(rename = "t")]
    pub text: String,
}

/// What a result shows of its document; stored in the index and in the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Meta {
    /// Unique in the corpus; addresses are made of it.
    pub id: String,
    /// As the page shows it.
    pub title: String,
    /// Kind, by its English key.
    pub kind: String,
    /// The page, relative to the site's root, percent-encoded.
    pub url: String,
    /// Date as shown (ISO), or empty.
    pub date: String,
    /// Full names.
    pub unit: Vec<String>,
    /// 业务条线.
    pub line: Vec<String>,
    /// Badges: `adopted`, `recognised`, `unverified`, a rank's or state's key.
    pub badges: Vec<String>,
}
