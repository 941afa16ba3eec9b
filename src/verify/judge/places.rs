//! Places within laws: articles, paragraphs, items.

use crate::verify::Note;
use crate::verify::library::Held;
use crate::verify::mention::{Place, Standing};
use crate::verify::statute::{Article, Statute};
use std::ops::Range;

/// What a law has of a place.
pub(in crate::verify) enum There {
    /// These passages.
    Here(Range<usize>),
    /// It is held whole, and it isn't there.
    Missing,
    /// That can't be known.
    Unknown,
}

/// What a law has of a place.
pub(super) fn there(held: &Held, place: &Place) -> There {
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
pub(super) fn missing(held: &Held, place: &Place) -> Note {
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
pub(super) fn label(place: &Place) -> String {
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

/// An article as offices write it.
pub(in crate::verify) fn named(article: (u32, u32)) -> String {
    label(&Place {
        article,
        paragraph: None,
        item: None,
        year: None,
        standing: Standing::Held,
    })
}

/// The passages of a place, where the document has it.
pub(in crate::verify) fn passages(held: &Held, place: &Place) -> Option<Range<usize>> {
    match there(held, place) {
        There::Here(passages) => Some(passages),
        There::Missing | There::Unknown => None,
    }
}
