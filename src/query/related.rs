//! Documents that hold at least half of a query's tokens by idf, though not every word.

use super::plan::RelatedToken;
use crate::index::Opened;
use crate::index::schema::Fields;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

/// The documents, in rising order.
pub(super) fn documents(tokens: &[RelatedToken], opened: &Opened) -> tantivy::Result<Vec<u32>> {
    let count = opened.searcher.num_docs();
    let mut sums = vec![0.0; count as usize];
    let mut total = 0.0;
    // For each document the number of the last token found in it: a token counts once, whatever the field.
    let mut counted = vec![usize::MAX; count as usize];
    for (number, token) in tokens.iter().enumerate() {
        let fields = if token.character {
            vec![opened.fields.chars]
        } else {
            opened.fields.strict().to_vec()
        };
        let idf = idf(token, &fields, count, opened)?;
        total += idf;
        each_document(token, &fields, opened, |doc| {
            if counted[doc as usize] != number {
                counted[doc as usize] = number;
                sums[doc as usize] += idf;
            }
        })?;
    }
    // The slack keeps exact halves in, however the logarithm was rounded.
    let enough = |sum: &f64| total > 0.0 && 2.0 * sum >= total - 1e-6;
    Ok((0..)
        .zip(&sums)
        .filter(|(_, sum)| enough(sum))
        .map(|(doc, _)| doc)
        .collect())
}

fn idf(token: &RelatedToken, fields: &[Field], count: u64, opened: &Opened) -> tantivy::Result<f64> {
    let mut most = 0;
    for &field in fields {
        most = most.max(opened.searcher.doc_freq(&Fields::term(field, &token.text))?);
    }
    let (n, count) = (most as f64, count as f64);
    Ok(if most == 0 {
        0.0
    } else {
        (1.0 + (count - n + 0.5) / (n + 0.5)).ln()
    })
}

fn each_document(
    token: &RelatedToken,
    fields: &[Field],
    opened: &Opened,
    mut found: impl FnMut(u32),
) -> tantivy::Result<()> {
    for reader in opened.searcher.segment_readers() {
        for &field in fields {
            let term = Fields::term(field, &token.text);
            let index = reader.inverted_index(field)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                found(postings.doc());
                postings.advance();
            }
        }
    }
    Ok(())
}
