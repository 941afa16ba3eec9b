//! A document of the index, or a part of it, as it can be read and quoted.

use super::library::Held;
use super::mention;
use super::{Verifier, judge};
use crate::index::IndexError;
use crate::index::document::Meta;
use crate::text::normalize;
use std::ops::Range;
use std::rc::Rc;

/// A document that can be read.
pub struct Readable {
    /// What a result shows of it.
    pub meta: Meta,
    held: Rc<Held>,
}

/// A passage with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The article, or the section; empty before the first heading.
    pub place: String,
    /// Id of the element in the page that holds it.
    pub anchor: String,
    pub text: String,
}

impl Verifier {
    /// The document of an id.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn read(&self, id: &str) -> Result<Option<Readable>, IndexError> {
        let held = self.library.of_id(id)?;
        Ok(held.map(|held| Readable {
            meta: held.meta.clone(),
            held,
        }))
    }
}

impl Readable {
    /// The passages of a place: of an article (第四条第二款), of the sections of a name, or all where the name is empty.
    pub fn passages(&self, place: &str) -> Vec<Placed> {
        let all = &self.held.passages;
        if place.is_empty() {
            return (0..all.len()).map(|at| self.placed(at)).collect();
        }
        if let Some(range) = self.of_article(place) {
            return range.map(|at| self.placed(at)).collect();
        }
        let plain = |text: &str| {
            let letters = normalize(text);
            letters
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect::<String>()
        };
        let wanted = plain(place);
        let own = |at: &usize| plain(&all[*at].section) == wanted;
        (0..all.len()).filter(own).map(|at| self.placed(at)).collect()
    }

    fn of_article(&self, place: &str) -> Option<Range<usize>> {
        let place = mention::place(place)?;
        judge::passages(&self.held, &place)
    }

    fn placed(&self, at: usize) -> Placed {
        let passage = &self.held.passages[at];
        let article = self.held.statute().and_then(|statute| statute.at(at));
        Placed {
            place: article.map_or_else(|| passage.section.clone(), |article| judge::named(article.number)),
            anchor: passage.anchor.clone(),
            text: passage.text.clone(),
        }
    }
}
