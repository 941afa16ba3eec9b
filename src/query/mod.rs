//! Asking the index: syntax, plan, search.
//!
//! [`syntax`] reads what was typed and never fails; [`plan`] turns it into clauses, filters and scored
//! tokens without looking at an index; [`search`] runs a plan and [`snippet`] cuts the passage that
//! a hit shows. [`related`] finds what is near to a query though it doesn't hold every word, [`similar`] documents like a text
//! or a document; [`page`] is what pages are given that [`asked`] for it. [`evaluate`] measures all of it on a judged set. `docs/search.md` is the contract, which the browser's client keeps too.

pub(crate) mod answer;
pub(crate) mod asked;
mod baseline;
pub(crate) mod evaluate;
pub mod explain;
mod facets;
pub(crate) mod filter;
pub mod help;
pub(crate) mod judged;
mod listed;
pub(crate) mod measure;
mod open;
pub(crate) mod page;
pub mod plan;
pub(crate) mod related;
pub(crate) mod score;
pub(crate) mod search;
pub mod similar;
pub mod snippet;
mod strict;
pub mod synonyms;
pub mod syntax;
pub mod vocabulary;

pub use answer::{Answer, Hit, Tier};
pub use asked::{Asked, Order};
pub(crate) use page::Near;
pub use score::PartKind;
pub(crate) use search::{ENOUGH_STRICT, MOST_RELATED};
pub use search::{Options, Searcher};
pub use similar::Alike;
