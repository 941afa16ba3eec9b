//! What leaves as a Word file and is imported again is the same document.

use super::markdown::write;
use super::{Draft, read};
use crate::audience::{Audience, Drafts};
use crate::build::{self, Carry, Options, Silent};
use crate::corpus::Source;
use crate::export::docx::{self, Paper};
use crate::markdown::{Resolve, Target, render};
use crate::office::block::{Align, Block, Cell, Document, Form, Inline, Level, Look, Role, Table};
use crate::record::{self, Record};
use proptest::collection::vec;
use proptest::prelude::*;
use std::path::Path;

/// The page of a body without what says nothing: that a column is set as text is, a line between sections.
fn page(body: &str) -> String {
    struct AsWritten;
    impl Resolve for AsWritten {
        fn resolve(&self, target: &str) -> Target {
            Target::Href(target.to_owned())
        }
    }
    let (rendered, _) = render("", body, 0..body.len(), "题目", &AsWritten);
    let html = rendered.html.replace(" class=\"left\"", "");
    html.replace("<hr>", "").replace('\n', "")
}

#[test]
fn the_sample_corpus_comes_back_as_it_left() {
    let options = Options {
        corpus: Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
        audience: Audience::Internal,
        drafts: Drafts::Shown,
        lang: None,
        now: jiff::civil::date(2026, 11, 20),
    };
    let loaded = build::load(&options, &Silent).unwrap();
    assert!(loaded.entries.len() > 90);
    for entry in &loaded.entries {
        let written = build::paper(&loaded, entry, Carry::Record).unwrap();
        let source = entry.document.source();
        assert!(written.losses.is_empty(), "{}: {:?}", source.id, written.losses);
        let draft = read("文件.docx", &written.bytes, None).unwrap();
        assert_eq!(draft.front.as_deref(), source.front_text());
        assert_eq!(page(&draft.body), page(source.body_text()), "{}", source.id);
        // What is sent to others says no more than its page, and an import still knows what it is.
        let plain = build::paper(&loaded, entry, Carry::Nothing).unwrap();
        let draft = read("文件.docx", &plain.bytes, None).unwrap();
        let record = entry.document.record();
        assert!(draft.front.is_none());
        assert_eq!(draft.guess.title, record.title);
    }
}

const FRONT: &str =
    "kind: recommendation\ntitle: 关于噪声的检察建议书\nunit: 澄溪县人民检察院\nnumber: 澄检建〔2024〕7号\n";

/// What an import makes of a body that left as a Word file.
fn again(body: &str) -> Draft {
    let source = Source::of(String::new(), String::new(), format!("---\n{FRONT}---\n\n{body}"));
    let (record, _) = record::read(&source);
    returned(&record, &source)
}

/// What an import makes of the Word file of a record and its document.
fn returned(record: &Record, source: &Source) -> Draft {
    let written = docx::write(&Paper {
        record: Some(record),
        title: &record.title,
        unit: None,
        body: source.body_text(),
        front: source.front_text(),
        pictures: &|_| None,
    });
    read("文件.docx", &written.unwrap().bytes, None).unwrap()
}

#[test]
fn what_is_set_around_a_text_is_no_part_of_it() {
    for body in [
        "",
        "澄溪县民政局：\n\n正文。\n\n澄溪县人民检察院\n\n2024年3月5日\n",
        "## 一、案件来源\n\n正文。\n\n（一）短的一段\n",
        "## 一、案件来源\n\n来源。\n\n## 四、建议内容和依据\n\n1. 建议一；\n2. 建议二。\n",
        "> 说明一\n>\n> 说明二\n\n正文。\n",
        "见[报告](<../调研报告/R01.md>)和[网页](<https://example.org/>)。\n",
        "| 甲 | 乙 |\n| --- | ---: |\n| 一 | 2 |\n",
        "附件：1. 清单\n\n附件1\n\n清单。\n",
    ] {
        let draft = again(body);
        assert_eq!(draft.front.as_deref(), Some(FRONT));
        assert_eq!(draft.body, body);
    }
}

#[test]
fn a_title_that_was_edited_counts_before_the_record() {
    let source = Source::of(String::new(), String::new(), format!("---\n{FRONT}---\n\n正文。\n"));
    let (mut record, _) = record::read(&source);
    record.title = "关于扬尘的检察建议书".to_owned();
    let draft = returned(&record, &source);
    assert!(draft.front.is_none());
    assert_eq!(draft.guess.title, "关于扬尘的检察建议书");
    assert_eq!(draft.losses, [(super::Loss::Record, 1)]);
}

fn text() -> impl Strategy<Value = String> {
    "[甲乙丙一二1a*#_|<>&~、。（）.:：+-]{1,10}"
}

fn inlines(notes: bool) -> impl Strategy<Value = Vec<Inline>> {
    let look = (any::<bool>(), any::<bool>(), 0..6_usize).prop_map(|(bold, italic, other)| Look {
        bold,
        italic,
        struck: other == 1,
        level: if other == 2 { Level::Raised } else { Level::Base },
    });
    let word = "[甲乙丙丁戊]{1,6}".prop_map(Inline::text);
    let mark = if notes { 8..10_usize } else { 8..9 };
    let piece = (0..9_usize, text(), look, mark).prop_map(|(kind, text, look, mark)| match kind {
        0 => Inline::looking("着重", look),
        1 => Inline::Link {
            text: vec![Inline::text("链接")],
            target: "https://example.org/甲?b=1&c=2".to_owned(),
        },
        2 if mark == 9 => Inline::Note(0),
        _ => Inline::text(text),
    });
    (word, vec(piece, 0..4), "[甲乙丙丁戊]{1,6}").prop_map(|(first, middle, last)| {
        let mut all = vec![first];
        all.extend(middle);
        all.push(Inline::text(last));
        all
    })
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let align = prop_oneof![Just(Align::Start), Just(Align::Centre), Just(Align::End)];
    let table = (vec(vec(inlines(false), 2..=2), 2..4), vec(align, 2..=2), any::<bool>()).prop_map(
        |(rows, columns, merged)| {
            let cell = |line| Cell {
                lines: vec![line],
                columns: 1,
                rows: 1,
            };
            let mut rows: Vec<Vec<Cell>> = rows
                .into_iter()
                .map(|row| row.into_iter().map(cell).collect())
                .collect();
            if merged {
                rows[0].truncate(1);
                rows[0][0].columns = 2;
            }
            let columns = if merged { Vec::new() } else { columns };
            Block::Table(Table { rows, columns })
        },
    );
    let items = vec((inlines(true), any::<bool>()), 1..4).prop_map(|items| {
        let ordered = items[0].1;
        let item = |(at, (text, _))| Block::Item {
            depth: 0,
            number: ordered.then_some(at as u32 + 1),
            text,
        };
        items.into_iter().enumerate().map(item).collect::<Vec<_>>()
    });
    let quoted = Form {
        role: Role::Quotation,
        ..Form::default()
    };
    let one = prop_oneof![
        (1..4_u8, inlines(true)).prop_map(|(level, text)| vec![Block::Heading(level, text)]),
        inlines(true).prop_map(|text| vec![Block::paragraph(text)]),
        inlines(true).prop_map(move |text| vec![Block::Paragraph { text, form: quoted }]),
        table.prop_map(|table| vec![table]),
        items,
    ];
    // A paragraph between lists keeps them apart.
    vec(one, 1..6).prop_map(|all| {
        let between = || Block::paragraph(vec![Inline::text("其间")]);
        all.into_iter()
            .flat_map(|some| some.into_iter().chain([between()]))
            .collect()
    })
}

/// Gives the marks of notes their numbers in order, and each its note.
fn numbered(blocks: Vec<Block>) -> Document {
    let mut document = Document::default();
    let mut last = 0;
    for mut block in blocks {
        // A page has no heading two levels below the one before it.
        if let Block::Heading(level, _) = &mut block {
            *level = (*level).min(last + 1);
            last = *level;
        }
        if let Block::Heading(_, text) | Block::Paragraph { text, .. } | Block::Item { text, .. } = &mut block {
            for inline in text {
                if let Inline::Note(mark) = inline {
                    *mark = document.notes.len() + 1;
                    document.notes.push((*mark, vec![Inline::text(format!("注{mark}"))]));
                }
            }
        }
        document.blocks.push(block);
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_document_comes_back_as_it_left(blocks in blocks()) {
        let body = write(&mut numbered(blocks));
        prop_assert_eq!(again(&body).body, body);
    }
}

#[test]
fn a_front_matter_with_errors_is_kept_and_reported() {
    let text = "---\ntitle: \"河道\ndate: 2024-03-05\n---\n\n正文一段。\n";
    for unsound in [
        text,
        "---\ntitle: 河道 #2号桥\n---\n\n正文一段。\n",
        "---\ntitle: 河道\ndate: 2024-03-05\n\n正文一段。\n",
        "{\"title\": \"河道\", \"date\": \"2024-03-05\"}\n\n正文一段。\n",
    ] {
        let draft = super::read("河道.txt", unsound.as_bytes(), None).unwrap();
        assert_eq!(draft.losses, [(super::Loss::Front, 1)], "{unsound}");
    }
    let sound = super::read("河道.txt", text.replace('"', "").as_bytes(), None).unwrap();
    assert_eq!(sound.losses, []);
}
