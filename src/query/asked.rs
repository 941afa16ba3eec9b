//! A search as a page asks it: a range of the hits in an order, with members of synonym groups that the reader left out.

/// A search as a page asks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The query as typed.
    pub query: String,
    /// How many hits at most.
    pub limit: usize,
    /// How many hits to leave out from the start.
    pub offset: usize,
    /// The order of the strict matches.
    pub order: Order,
    /// Words, in normal form, that are looked for without their synonyms.
    pub without: Vec<String>,
    /// Whether documents that are only near are wanted, too.
    pub related: bool,
    /// Whether counts by facet are wanted.
    pub facets: bool,
    /// Whether the passages of the hits are wanted.
    pub passages: bool,
}

impl Asked {
    /// A query of which everything is wanted, with the first ten hits.
    pub fn of(query: &str) -> Self {
        Self {
            query: query.to_owned(),
            limit: 10,
            offset: 0,
            order: Order::Relevance,
            without: Vec::new(),
            related: true,
            facets: true,
            passages: true,
        }
    }
}

/// The order of strict matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The greatest scores first.
    #[default]
    Relevance,
    /// The latest first.
    Date,
    /// Those that were adopted at the highest level first.
    Level,
}

impl Order {
    /// The order of this name, which is empty for that of relevance.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "" => Some(Self::Relevance),
            "date" => Some(Self::Date),
            "level" => Some(Self::Level),
            _ => None,
        }
    }
}
