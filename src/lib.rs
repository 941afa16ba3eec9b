//! jianyan (检研) turns a folder of Markdown files with YAML front matter into a tantivy index
//! and a searchable static site for a procuratorate's research reports, cases, prosecutorial
//! recommendations, topics and laws.
//!
//! # The way of the data
//!
//! [`corpus`] walks the folder, decodes each file and splits off its front matter; [`html`] makes trees of pages within
//! limits; [`office`] reads what lies beside in other formats; [`yaml`] reads that with positions, and [`record`] makes
//! a typed record of it. [`settings`] holds what an office decides for itself. [`markdown`] renders the body to safe
//! HTML and to the plain text of its blocks; [`reading`] gives what a person reads in a document, an attachment or a
//! name, passage by passage, and [`check`] says what is wrong with it. [`audience`] is the gate: only what it lets
//! through is a [`audience::Cleared`] document, and nothing after it takes anything else. [`adoption`] derives what
//! became of each document. [`index`] writes the tantivy index, [`query`] asks it, [`cluster`] brings it to
//! machines beyond this one, [`verify`] judges the citations of a
//! draft by it, [`bundle`] projects it for the browser, [`export`] for other programs, [`site`] renders the pages;
//! their files go through a [`sink`] to [`output`], which puts them in place so that a kill leaves them whole, and
//! [`build`] runs that way once. [`author`] writes what authors ask for into the corpus, [`import`] what they have in
//! other formats; [`serve`] keeps it running for a writer, over [`http`]; [`mcp`] lets models ask an index; [`cli`]
//! alone knows all of them, prints, exits and reads the clock.
//!
//! Modules stand in the order of that way and depend only on those before them
//! (`tests/structure.rs` reads the `use` lines).
#![warn(clippy::unwrap_used)]
#![cfg_attr(
    test,
    allow(
        clippy::float_cmp,
        clippy::too_many_lines,
        reason = "a test is a list of cases, each with what must come of it"
    )
)]

pub mod message; // the catalogues: every sentence for people, in Chinese and English
pub mod diagnostic; // what is wrong, where, and how to fix it: values, never printed here
pub mod disk; // every change of an output folder, counted
pub mod text; // normal form, numerals, canonical numbers of cases and documents
pub mod cache; // names of contents, and what earlier runs made of them
pub mod sink; // where the files of a site go
pub mod corpus; // walk, decode, split front matter
mod html; // HTML as a tree, within limits
pub mod office; // office files: the parts of their archives, and their plain text
mod yaml; // YAML as a tree that knows the line and column of every value
pub mod record; // the model: reports, cases, recommendations, topics, laws
pub mod settings; // the site file, the roster and the synonyms
pub mod markdown; // body to HTML, blocks, headings, links and citations
pub mod reading; // documents, attachments and names as the texts that a person reads
pub mod check; // what one document and the whole corpus must hold; privacy
pub mod audience; // the gate between the corpus and everything that is written
pub mod adoption; // what became of a document: counted events, deadlines, states
pub mod index; // schema, analyzer and writer of the tantivy index
pub mod query; // syntax, plan, search, snippets and facets
pub mod cluster; // the same index in a cluster of search engines: published, asked
pub mod verify; // citations of drafts, judged by what an index holds
pub mod bundle; // the browser's projection of the index
mod export; // records for other programs
pub mod site; // pages
pub mod output; // atomic writing, markers and generations
pub mod build; // the whole way, once
pub mod author; // new files, and what is entered into the front matter of old ones
pub mod import; // Word files, pages and plain text become Markdown
mod http; // the one HTTP server: who is answered, and within which limits
mod mcp; // the Model Context Protocol: models look things up in an index
mod serve; // the preview server
pub mod cli; // the command line
