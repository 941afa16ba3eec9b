//! What of Markdown is read, by all who read a body.

use pulldown_cmark::Options;

/// What of Markdown is read.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH);
