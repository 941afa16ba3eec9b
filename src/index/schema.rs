//! The fields of the index and how a document fills them.

use super::analyzer::{CharacterTokenizer, JointTokenizer, PartTokenizer, UnitTokenizer, articles, key};
use super::document::IndexDocument;
use super::facet::{self, Facets};
use crate::markdown::article_spans;
use crate::text::normalize;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder};
use tantivy::schema::{TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{TantivyDocument, Term};

/// Names of the fields of joints, in the order of [`Fields::strict`].
pub(crate) const JOINTS: [&str; 5] = [
    "title_joints",
    "body_joints",
    "summary_joints",
    "keywords_joints",
    "extra_joints",
];

/// The fields in which something is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Within<'a> {
    /// Fields of tokens.
    pub texts: &'a [Field],
    /// The field of their CJK characters.
    pub chars: Field,
    /// The field of the parts of their letter-or-digit units.
    pub parts: Field,
}

/// Handles of all fields.
#[derive(Debug, Clone)]
pub struct Fields {
    pub title: Field,
    /// Blocks of the body, joined by a line break.
    pub body: Field,
    /// 摘要 and 要旨.
    pub summary: Field,
    /// 关键词, tags, causes.
    pub keywords: Field,
    /// Headings of the body.
    pub headings: Field,
    /// Every other text of the page.
    pub extra: Field,
    /// What joins the sequences of each of [`Fields::strict`], at the places that stay empty there.
    pub joints: [Field; 5],
    /// CJK characters one by one.
    pub chars: Field,
    /// Those of the title alone.
    pub title_chars: Field,
    /// Parts of letter-or-digit units.
    pub parts: Field,
    /// Those of the title alone.
    pub title_parts: Field,
    /// Canonical numbers.
    pub number: Field,
    /// `law#article`.
    pub laws: Field,
    /// Article tokens of which no span stands in a text: those of lists and ranges, and of `laws`.
    pub articles: Field,
    /// Columns of the filters that have one, as [`facet::facets`] lists them.
    pub facets: Vec<Field>,
    /// Year of the date.
    pub year: Field,
    /// Days since 1970-01-01.
    pub date: Field,
    pub id: Field,
    /// JSON of [`super::document::Meta`].
    pub meta: Field,
    /// JSON of the passages of the body.
    pub blocks: Field,
    /// JSON of [`Texts`].
    pub texts: Field,
    /// What the document is cited by: [`super::document::Authority::terms`].
    pub cited: Field,
    /// JSON of [`super::document::Authority`].
    pub authority: Field,
    /// What documents add to the ledger: [`IndexDocument::ledger`], each a term, so that the terms are all that there is.
    pub ledger: Field,
}

/// The stored texts of a document that are no passages of its body, and what no column holds as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Texts {
    /// 摘要 and 要旨.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub summary: Vec<String>,
    /// 关键词, tags, causes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Every other text of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<String>,
    /// Headings of the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
    /// Canonical numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// `law#article`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<String>,
}

impl Fields {
    /// The six fields that hold tokens with positions.
    pub fn texts(&self) -> [Field; 6] {
        [
            self.title,
            self.body,
            self.summary,
            self.keywords,
            self.headings,
            self.extra,
        ]
    }

    /// The five fields in which a word is looked for; `headings` stand in `body` too.
    pub fn strict(&self) -> [Field; 5] {
        [self.title, self.body, self.summary, self.keywords, self.extra]
    }

    /// The field of the joints of a text field; that field itself where it has none.
    pub fn joints_of(&self, field: Field) -> Field {
        let at = self.strict().iter().position(|&strict| strict == field);
        at.map_or(field, |at| self.joints[at])
    }

    /// The term of a token in a field.
    pub fn term(field: Field, token: &str) -> Term {
        Term::from_field_text(field, &key(token))
    }

    /// The column of a facet.
    pub fn facet(&self, name: &str) -> Option<Field> {
        facet::facets()
            .position(|known| known.column == name)
            .map(|at| self.facets[at])
    }

    /// Makes tantivy's document.
    pub(crate) fn fill(&self, document: &IndexDocument) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        let title = normalize(&document.title);
        let body = normal_lines(document.blocks.iter().map(|block| block.text.as_str()));
        let summary = normal_lines(document.summary.iter().map(String::as_str));
        let keywords = normal_lines(document.keywords.iter().map(String::as_str));
        let extra = normal_lines(document.extra.iter().map(String::as_str));
        let headings = normal_lines(document.headings.iter().map(String::as_str));
        for text in [&title, &body, &summary, &keywords, &extra] {
            out.add_text(self.chars, text);
            out.add_text(self.parts, text);
        }
        out.add_text(self.title_chars, &title);
        out.add_text(self.title_parts, &title);
        for (field, text) in self
            .joints
            .into_iter()
            .zip([&title, &body, &summary, &keywords, &extra])
        {
            out.add_text(field, text);
        }
        for article in other_articles([&title, &body, &summary, &keywords, &extra], &document.laws) {
            out.add_text(self.articles, article);
        }
        let texts = [title, body, summary, keywords, headings, extra];
        for (field, text) in self.texts().into_iter().zip(texts) {
            out.add_text(field, text);
        }
        document
            .numbers
            .iter()
            .for_each(|number| out.add_text(self.number, number));
        document.laws.iter().for_each(|law| out.add_text(self.laws, law));
        self.fill_facets(&document.facets, &mut out);
        out.add_text(self.id, &document.id);
        let texts = Texts {
            summary: document.summary.clone(),
            keywords: document.keywords.clone(),
            extra: document.extra.clone(),
            headings: document.headings.clone(),
            numbers: document.numbers.clone(),
            laws: document.laws.clone(),
        };
        out.add_text(self.meta, json(&document.meta));
        out.add_text(self.blocks, json(&document.blocks));
        out.add_text(self.texts, json(&texts));
        let authority = &document.authority;
        let terms = authority.terms(&document.title);
        terms.iter().for_each(|term| out.add_text(self.cited, term));
        out.add_text(self.authority, json(authority));
        document
            .ledger
            .iter()
            .for_each(|count| out.add_text(self.ledger, count));
        out
    }

    fn fill_facets(&self, facets: &Facets, out: &mut TantivyDocument) {
        for (filter, &field) in facet::facets().zip(&self.facets) {
            facets.of(filter).iter().for_each(|value| out.add_text(field, value));
        }
        if let Some(year) = facets.year {
            out.add_i64(self.year, year.into());
        }
        if let Some(date) = facets.date {
            out.add_i64(self.date, date.into());
        }
    }
}

/// The article tokens that texts name in lists and ranges, and those of `laws`, but for those whose spans stand there.
fn other_articles(texts: [&String; 5], laws: &[String]) -> BTreeSet<String> {
    let lines = || {
        texts
            .into_iter()
            .flat_map(|text| text.split('\n'))
            .filter(|line| line.contains('条'))
    };
    let own: BTreeSet<String> = lines().flat_map(articles).map(|article| article.token()).collect();
    let named = lines()
        .flat_map(article_spans)
        .map(|(article, _)| format!("#{article}"));
    let cited = laws
        .iter()
        .filter_map(|law| law.find('#').map(|at| law[at..].to_owned()));
    named.chain(cited).filter(|token| !own.contains(token)).collect()
}

/// Normal forms of several texts, one a line, so that no sequence runs from one into the next.
fn normal_lines<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for text in texts {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&normalize(text));
    }
    out
}

fn json(value: &impl Serialize) -> String {
    // Plain structures of strings: serde_json has no way to fail on them.
    serde_json::to_string(value).unwrap_or_default()
}

/// The schema and the handles of its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = SchemaBuilder::new();
    let number = NumericOptions::from(FAST | INDEXED);
    let fields = Fields {
        title: builder.add_text_field("title", tokenized("units", IndexRecordOption::WithFreqsAndPositions)),
        body: builder.add_text_field("body", tokenized("units", IndexRecordOption::WithFreqsAndPositions)),
        summary: builder.add_text_field("summary", tokenized("units", IndexRecordOption::WithFreqsAndPositions)),
        keywords: builder.add_text_field("keywords", tokenized("units", IndexRecordOption::WithFreqsAndPositions)),
        headings: builder.add_text_field("headings", tokenized("units", IndexRecordOption::WithFreqsAndPositions)),
        extra: builder.add_text_field("extra", tokenized("units", IndexRecordOption::WithFreqsAndPositions)),
        joints: JOINTS
            .map(|name| builder.add_text_field(name, unscored("joints", IndexRecordOption::WithFreqsAndPositions))),
        chars: builder.add_text_field("chars", tokenized("characters", IndexRecordOption::WithFreqs)),
        title_chars: builder.add_text_field("title_chars", unscored("characters", IndexRecordOption::Basic)),
        parts: builder.add_text_field("parts", unscored("parts", IndexRecordOption::Basic)),
        title_parts: builder.add_text_field("title_parts", unscored("parts", IndexRecordOption::Basic)),
        number: builder.add_text_field("number", tokenized("raw", IndexRecordOption::WithFreqs)),
        laws: builder.add_text_field("laws", values()),
        articles: builder.add_text_field("articles", values()),
        facets: facet::facets()
            .map(|filter| builder.add_text_field(filter.column, values() | FAST))
            .collect(),
        year: builder.add_i64_field("year", number.clone()),
        date: builder.add_i64_field("date", number),
        id: builder.add_text_field("id", values().set_stored()),
        meta: builder.add_text_field("meta", STORED),
        blocks: builder.add_text_field("blocks", STORED),
        texts: builder.add_text_field("texts", STORED),
        cited: builder.add_text_field("cited", values()),
        authority: builder.add_text_field("authority", STORED),
        ledger: builder.add_text_field("ledger", values()),
    };
    (builder.build(), fields)
}

/// Scored text.
fn tokenized(tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(option);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(true))
}

/// Whole values, looked up and never scored.
fn values() -> TextOptions {
    unscored("raw", IndexRecordOption::Basic)
}

/// Text that is looked into and never scored.
fn unscored(tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(option);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
}

/// The tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register("units", UnitTokenizer);
    manager.register("joints", JointTokenizer);
    manager.register("characters", CharacterTokenizer);
    manager.register("parts", PartTokenizer);
    manager
}
