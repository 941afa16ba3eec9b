//! Which synonym groups an index carries: words that stand nowhere in it must not reach a site by this way.

use super::analyzer::{is_cjk, tokens};
use super::schema::Fields;
use crate::text::normalize;
use tantivy::Searcher;
use tantivy::schema::Field;

/// The groups of which a member occurs in the index.
pub(super) fn occurring(
    searcher: &Searcher,
    fields: &Fields,
    groups: &[Vec<String>],
) -> tantivy::Result<Vec<Vec<String>>> {
    let mut out = Vec::new();
    for group in groups {
        for member in group {
            if occurs(searcher, fields, member)? {
                out.push(group.clone());
                break;
            }
        }
    }
    Ok(out)
}

/// Whether one field holds every token of a word.
fn occurs(searcher: &Searcher, fields: &Fields, member: &str) -> tantivy::Result<bool> {
    let normal = normalize(member);
    let mut terms = Vec::new();
    for token in tokens(&normal) {
        let mut text = String::new();
        token.write(&normal, &mut text);
        terms.push(text);
    }
    let lone = terms.len() == 1 && terms[0].chars().all(is_cjk) && terms[0].chars().count() == 1;
    let places: Vec<Field> = if lone {
        vec![fields.chars]
    } else {
        fields.strict().to_vec()
    };
    for field in places {
        let mut all = !terms.is_empty();
        for term in &terms {
            all = all && searcher.doc_freq(&Fields::term(field, term))? > 0;
        }
        if all {
            return Ok(true);
        }
    }
    Ok(false)
}
