//! What no build can go below: each floor does one thing with the least that it takes, on all processors.

use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, doc};

/// The floors, in the order in which they are told.
pub(crate) const NAMES: [&str; 4] = ["read", "pulldown-cmark", "tantivy", "merge"];

/// Bytes that the writer of the index may hold: what tantivy's own examples use.
const HELD: usize = 100_000_000;

/// Does what the floor `name` is and prints how many seconds it took.
pub(crate) fn run(name: &str, corpus: &Path, out: &Path) {
    let files = documents(corpus);
    fs::create_dir_all(out).expect("a folder");
    let started = Instant::now();
    let seconds = match name {
        "read" => {
            let bytes: usize = files
                .par_iter()
                .map(|file| fs::read(file).expect("a document").len())
                .sum();
            assert!(bytes > 0);
            started.elapsed()
        }
        "pulldown-cmark" => {
            files
                .par_iter()
                .enumerate()
                .for_each(|(at, file)| render(file, &out.join(format!("{at}.html"))));
            started.elapsed()
        }
        _ => {
            let texts: Vec<String> = files
                .par_iter()
                .map(|file| fs::read_to_string(file).expect("UTF-8"))
                .collect();
            let started = Instant::now();
            let mut writer = index(&texts, out);
            let indexed = started.elapsed();
            if name == "tantivy" { indexed } else { merge(&mut writer) }
        }
    };
    println!("{:.3}", seconds.as_secs_f64());
}

fn documents(corpus: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(corpus).sort_by_file_name().into_iter().flatten();
    let files = entries.map(walkdir::DirEntry::into_path);
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect()
}

/// The text behind the front matter.
pub(crate) fn body(text: &str) -> &str {
    text.strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(text, |(_, body)| body)
}

fn render(file: &Path, page: &Path) {
    let text = fs::read_to_string(file).expect("UTF-8");
    let mut html = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(body(&text)));
    fs::write(page, html).expect("a page");
}

/// Indexes the texts with as many threads as there are processors.
fn index(texts: &[String], out: &Path) -> IndexWriter {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("bigrams")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let id = schema.add_text_field("id", STRING | STORED);
    let text = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing));
    let index = Index::create_in_dir(out, schema.build()).expect("an index");
    index.tokenizers().register("bigrams", Bigrams::default());
    let mut writer = index.writer(HELD).expect("a writer");
    for (at, content) in texts.iter().enumerate() {
        writer
            .add_document(doc!(id => at.to_string(), text => body(content)))
            .expect("added");
    }
    writer.commit().expect("committed");
    writer
}

fn merge(writer: &mut IndexWriter) -> std::time::Duration {
    let segments = writer.index().searchable_segment_ids().expect("segments");
    let started = Instant::now();
    if segments.len() > 1 {
        writer.merge(&segments).wait().expect("merged");
    }
    started.elapsed()
}

/// Pairs of neighbouring letters and digits, nothing else done to them.
#[derive(Clone, Default)]
struct Bigrams {
    token: Token,
}

struct Pairs<'a> {
    text: &'a str,
    last: Option<(usize, char)>,
    rest: std::str::CharIndices<'a>,
    token: &'a mut Token,
}

impl Tokenizer for Bigrams {
    type TokenStream<'a> = Pairs<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Pairs<'a> {
        self.token.reset();
        Pairs {
            text,
            last: None,
            rest: text.char_indices(),
            token: &mut self.token,
        }
    }
}

impl TokenStream for Pairs<'_> {
    fn advance(&mut self) -> bool {
        for (at, letter) in self.rest.by_ref() {
            let last = self.last.replace((at, letter));
            if let Some((from, _)) = last.filter(|(_, before)| before.is_alphanumeric() && letter.is_alphanumeric()) {
                self.token.text.clear();
                self.token.text.push_str(&self.text[from..at + letter.len_utf8()]);
                self.token.position = self.token.position.wrapping_add(1);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
