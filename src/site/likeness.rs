//! What a page says of its document so that the browser finds similar ones, and the page 选题查新.

use super::Site;
use super::law_term::term;
use super::laws::laws;
use super::templates::{render, value};
use crate::markdown::Rendered;
use crate::record::Record;
use minijinja::context;
use serde::Serialize;

/// Characters that the page 选题查新 takes.
const MOST: usize = 2_000;

/// Sections whose text is weighed as keywords.
const KEYWORD_ROLES: [&str; 1] = ["关键词"];

/// What likeness to a document starts from, as `similar.js` takes it.
#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    text: String,
    causes: &'a [String],
    laws: Vec<String>,
}

/// Tags, causes and the texts of the section 关键词.
pub(crate) fn keywords(record: &Record, rendered: &Rendered) -> Vec<String> {
    let mut keywords: Vec<String> = record.tags.iter().chain(&record.causes).cloned().collect();
    keywords.extend(section_texts(rendered, &KEYWORD_ROLES));
    keywords
}

/// The texts of the sections of some roles, without their headings.
pub(crate) fn section_texts(rendered: &Rendered, roles: &[&str]) -> Vec<String> {
    let heading = |index: usize| &rendered.headings[index];
    let wanted = |index: &usize| {
        heading(*index)
            .role
            .as_deref()
            .is_some_and(|role| roles.contains(&role))
    };
    rendered
        .blocks
        .iter()
        .filter(|block| {
            let section = block.section.filter(wanted);
            section.is_some_and(|index| heading(index).text != block.text)
        })
        .map(|block| block.text.clone())
        .collect()
}

/// `law#article` terms, those of the front matter first, each once; then the laws that the front matter names as a whole.
pub(crate) fn law_terms(record: &Record, rendered: &Rendered) -> Vec<String> {
    let mut terms: Vec<String> = laws(record, &rendered.citations).iter().map(term).collect();
    for law in record.laws.iter().filter_map(|entry| whole_law(entry)) {
        if !terms.contains(&law) {
            terms.push(law);
        }
    }
    terms
}

/// The name of a law that an entry of 引用法条 consists of.
fn whole_law(entry: &str) -> Option<String> {
    let name = entry.trim().trim_matches(['《', '》']);
    let name = name.strip_prefix("中华人民共和国").unwrap_or(name);
    let numbered = name.contains(|letter: char| letter == '第' || letter.is_ascii_digit());
    (!numbered && !name.is_empty()).then(|| name.to_owned())
}

/// The data attribute of the section 相似文献.
pub(super) fn source(record: &Record, rendered: &Rendered) -> String {
    let lines: Vec<String> = std::iter::once(record.title.clone())
        .chain(keywords(record, rendered))
        .collect();
    let source = Source {
        id: &record.id,
        text: lines.join("\n"),
        causes: &record.causes,
        laws: law_terms(record, rendered),
    };
    // A plain structure of strings: serde_json has no way to fail on it.
    serde_json::to_string(&source).unwrap_or_default()
}

impl Site<'_> {
    /// The page 选题查新.
    pub(super) fn novelty(&self) -> String {
        let own = context! {
            title => self.words.get("button.novelty"),
            here => "novelty",
            most => value(MOST),
        };
        render(
            &self.templates,
            "novelty.html",
            context! { ..self.frame("novelty.html"), ..own },
        )
    }
}
