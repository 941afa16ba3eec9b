//! What a site and an index hold, in a form that can be compared.

use crate::folder::{self, Files};
use jianyan::disk::Folder;
use jianyan::index;
use jianyan::output::Manifest;
use std::path::Path;
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, TantivyDocument, document::Document};
use tantivy::{DocSet, TERMINATED};

/// The files of a site without our state, or of an index, both without what the last generation leaves for a while.
pub(super) fn files(root: &Path) -> Files {
    let retired = Manifest::load(&Folder::open(root).unwrap().sub(".jianyan").unwrap())
        .unwrap()
        .unwrap_or_default()
        .retired;
    let mut files = if root.join("index.html").exists() {
        folder::without_state(root)
    } else {
        folder::files(root)
    };
    files.retain(|path, _| !retired.contains_key(path));
    files
}

/// Everything that an index holds, one line a document, a term with its postings, a field's lengths or total.
pub(super) fn content(dir: &Path) -> Vec<String> {
    let opened = index::open(dir).unwrap();
    let schema = opened.index.schema();
    let mut lines = vec![format!("{:?}", opened.settings)];
    for segment in opened.searcher.segment_readers() {
        assert!(!segment.has_deletes());
        for number in 0..segment.max_doc() {
            let address = tantivy::DocAddress::new(0, number);
            let stored: TantivyDocument = opened.searcher.doc(address).unwrap();
            lines.push(format!("document {number} {}", stored.to_json(&schema)));
        }
        for (field, entry) in schema.fields() {
            if !entry.is_indexed() {
                continue;
            }
            let name = entry.name();
            let inverted = segment.inverted_index(field).unwrap();
            lines.push(format!("total {name} {}", inverted.total_num_tokens()));
            if let Ok(lengths) = segment.get_fieldnorms_reader(field) {
                let all: Vec<u32> = (0..segment.max_doc()).map(|number| lengths.fieldnorm(number)).collect();
                lines.push(format!("lengths {name} {all:?}"));
            }
            let mut terms = inverted.terms().stream().unwrap();
            while let Some((term, info)) = terms.next() {
                let option = IndexRecordOption::WithFreqsAndPositions;
                let mut postings = inverted.read_postings_from_terminfo(info, option).unwrap();
                let mut line = format!("term {name} {term:02x?} {}", info.doc_freq);
                let mut positions = Vec::new();
                while postings.doc() != TERMINATED {
                    postings.positions(&mut positions);
                    line += &format!(" {}:{}:{positions:?}", postings.doc(), postings.term_freq());
                    postings.advance();
                }
                lines.push(line);
            }
        }
        for (_, entry) in schema.fields().filter(|(_, entry)| entry.is_fast()) {
            let column = segment.fast_fields().u64_lenient(entry.name()).unwrap();
            let values = |number| column.iter().flat_map(move |(column, _)| column.values_for_doc(number));
            let all: Vec<Vec<u64>> = (0..segment.max_doc()).map(|number| values(number).collect()).collect();
            lines.push(format!("column {} {all:?}", entry.name()));
        }
    }
    lines
}
