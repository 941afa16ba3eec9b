//! What related documents are found by: `docs/search.md`, section 5.

/// A token by which related documents are found.
#[derive(Debug, Clone, PartialEq)]
pub struct RelatedToken {
    /// The token.
    pub text: String,
    /// Factor on what it adds.
    pub weight: f64,
    /// Where it is looked for.
    pub place: RelatedPlace,
    /// Whether a document is nearer to the query for holding it, by itself. A character of a longer word tells nothing alone.
    pub telling: bool,
}

/// Where a token by which related documents are found is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelatedPlace {
    /// In the text fields.
    Text,
    /// In `chars`.
    Characters,
    /// In `number`.
    Number,
}

/// What related documents are found by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelatedPlan {
    /// Distinct tokens of what was typed, in order.
    pub typed: Vec<RelatedToken>,
    /// The synonym groups of which a member stands inside of a word.
    pub groups: Vec<RelatedGroup>,
}

/// A synonym group that widens a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelatedGroup {
    /// Number of the group.
    pub group: usize,
    /// Tokens of its members that were typed.
    pub typed: Vec<Vec<RelatedToken>>,
    /// Tokens of its other members.
    pub others: Vec<Vec<RelatedToken>>,
}

impl RelatedPlan {
    /// All tokens, those of what was typed first.
    pub fn tokens(&self) -> impl Iterator<Item = &RelatedToken> {
        let members = self
            .groups
            .iter()
            .flat_map(|group| group.typed.iter().chain(&group.others));
        self.typed.iter().chain(members.flatten())
    }

    /// Those that are looked for in texts, distinct.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        for token in self.tokens().filter(|token| token.place == RelatedPlace::Text) {
            if !texts.contains(&token.text.as_str()) {
                texts.push(token.text.as_str());
            }
        }
        texts
    }
}

/// Adds a token that isn't there yet; one that is gets the greater weight.
pub(super) fn add(tokens: &mut Vec<RelatedToken>, token: RelatedToken) {
    let same = |known: &&mut RelatedToken| known.text == token.text && known.place == token.place;
    match tokens.iter_mut().find(same) {
        Some(known) => {
            known.weight = known.weight.max(token.weight);
            known.telling |= token.telling;
        }
        None => tokens.push(token),
    }
}
