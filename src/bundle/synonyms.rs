//! Which synonym groups a bundle carries.

use super::Result;
use crate::index::Opened;
use crate::index::analyzer::{is_cjk, tokens};
use crate::text::normalize;
use tantivy::Term;
use tantivy::schema::Field;

/// The groups of which a member occurs in the index: words that stand nowhere in a site must not
/// reach it by this way.
pub(crate) fn occurring(opened: &Opened) -> Result<Vec<Vec<String>>> {
    let mut out = Vec::new();
    for group in &opened.settings.synonyms {
        for member in group {
            if occurs(opened, member)? {
                out.push(group.clone());
                break;
            }
        }
    }
    Ok(out)
}

/// Whether one field holds every token of a word.
fn occurs(opened: &Opened, member: &str) -> Result<bool> {
    let normal = normalize(member);
    let mut terms = Vec::new();
    for token in tokens(&normal) {
        let mut text = String::new();
        token.write(&normal, &mut text);
        terms.push(text);
    }
    let fields = &opened.fields;
    let lone = terms.len() == 1 && terms[0].chars().all(is_cjk) && terms[0].chars().count() == 1;
    let places: Vec<Field> = if lone {
        vec![fields.chars]
    } else {
        fields.strict().to_vec()
    };
    for field in places {
        let mut all = !terms.is_empty();
        for term in &terms {
            all = all && opened.searcher.doc_freq(&Term::from_field_text(field, term))? > 0;
        }
        if all {
            return Ok(true);
        }
    }
    Ok(false)
}
