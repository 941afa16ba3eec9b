//! A corpus as a build loads it.

use jianyan::audience::{Audience, Drafts};
use jianyan::build::{self, Loaded, Options, Silent};
use std::path::Path;

/// Loads a corpus without its drafts.
pub(crate) fn load(corpus: &Path, audience: Audience, now: &str) -> Loaded {
    let options = Options {
        corpus: corpus.to_owned(),
        audience,
        drafts: Drafts::Hidden,
        lang: None,
        now: now.parse().unwrap(),
    };
    build::load(&options, &Silent).unwrap()
}
