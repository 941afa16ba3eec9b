//! Word files up to 2003, put together by hand.

use crate::import::{self, Draft, Loss, Refusal};
use crate::office::{Fault, Format, Place, Said, read};
use std::io::{Cursor, Write};

/// A run of letters with what is said of them.
type Run = (String, Vec<u8>);

/// A paragraph: its runs, its end, its style and what is said of it.
struct Paragraph {
    runs: Vec<Run>,
    style: u16,
    set: Vec<u8>,
}

fn paragraph(text: &str) -> Paragraph {
    set(&[(text, &[])], 0, &[])
}

fn set(runs: &[(&str, &[u8])], style: u16, set: &[u8]) -> Paragraph {
    let runs = runs
        .iter()
        .map(|(text, changes)| ((*text).to_owned(), changes.to_vec()));
    Paragraph {
        runs: runs.collect(),
        style,
        set: set.to_vec(),
    }
}

const BOLD: &[u8] = &[0x35, 0x08, 1];
const VANISH: &[u8] = &[0x3C, 0x08, 1];
const DELETED: &[u8] = &[0x00, 0x08, 1];
const INSERTED: &[u8] = &[0x01, 0x08, 1];
const SPECIAL: &[u8] = &[0x55, 0x08, 1];
const IN_TABLE: &[u8] = &[0x16, 0x24, 1];

/// The place where text begins, and where the two pages lie behind it.
const TEXT: usize = 0x800;

/// A file whose texts are the main one, notes, heads and comments.
struct Doc {
    main: Vec<Paragraph>,
    notes: Vec<Paragraph>,
    heads: Vec<Paragraph>,
    comments: Vec<Paragraph>,
    /// Parts of the table: the number in the list, and the bytes.
    parts: Vec<(usize, Vec<u8>)>,
    flags: u16,
}

impl Doc {
    fn of(main: Vec<Paragraph>) -> Self {
        Self {
            main,
            notes: Vec::new(),
            heads: Vec::new(),
            comments: Vec::new(),
            parts: Vec::new(),
            flags: 0x0200,
        }
    }

    fn bytes(mut self) -> Vec<u8> {
        let (mut text, mut of_letters, mut of_paragraphs) = (Vec::<u16>::new(), Vec::new(), Vec::new());
        let mut lengths = [0_u32; 8];
        for (at, part) in [(0, &self.main), (1, &self.notes), (2, &self.heads), (4, &self.comments)] {
            let before = text.len();
            for paragraph in part {
                for (run, changes) in &paragraph.runs {
                    text.extend(run.encode_utf16());
                    of_letters.push((text.len(), changes.clone()));
                }
                let own = [&paragraph.style.to_le_bytes()[..], &paragraph.set].concat();
                of_paragraphs.push((text.len(), own));
            }
            lengths[at] = (text.len() - before) as u32;
        }
        let mut main = vec![0_u8; TEXT];
        main.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
        main.resize(main.len().next_multiple_of(512), 0);
        let letters_page = main.len() / 512;
        main.extend(page(&of_letters, 1, |changes| {
            [&[changes.len() as u8][..], changes].concat()
        }));
        let paragraphs_page = main.len() / 512;
        main.extend(page(&of_paragraphs, 13, |own| {
            let padded = own.len().next_multiple_of(2);
            let mut out = vec![0, (padded / 2) as u8];
            out.extend(own);
            out.resize(2 + padded, 0);
            out
        }));
        let end = (TEXT + 2 * text.len()) as u32;
        let list = |page: usize| {
            [TEXT as u32, end, page as u32]
                .iter()
                .flat_map(|it| it.to_le_bytes())
                .collect::<Vec<u8>>()
        };
        self.parts.push((12, list(letters_page)));
        self.parts.push((13, list(paragraphs_page)));
        let mut pieces = vec![2];
        pieces.extend(16_u32.to_le_bytes());
        pieces.extend(0_u32.to_le_bytes());
        pieces.extend((text.len() as u32).to_le_bytes());
        pieces.extend([0, 0]);
        pieces.extend((TEXT as u32).to_le_bytes());
        pieces.extend([0, 0]);
        self.parts.push((33, pieces));
        let mut table = Vec::new();
        for (part, bytes) in &self.parts {
            let at = 0x9A + 8 * part;
            main[at..at + 4].copy_from_slice(&(table.len() as u32).to_le_bytes());
            // The length of the part of lists says nothing about their levels.
            let length = if *part == 73 {
                2 + 28 * bytes[0] as usize
            } else {
                bytes.len()
            };
            main[at + 4..at + 8].copy_from_slice(&(length as u32).to_le_bytes());
            table.extend(bytes);
        }
        main[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
        main[0x0A..0x0C].copy_from_slice(&self.flags.to_le_bytes());
        for (at, length) in lengths.iter().enumerate() {
            main[0x4C + 4 * at..0x50 + 4 * at].copy_from_slice(&length.to_le_bytes());
        }
        compound(&[
            ("WordDocument", main),
            ("1Table", table),
            ("\u{5}SummaryInformation", summary()),
        ])
    }
}

fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A page of runs that end at these letters.
fn page(runs: &[(usize, Vec<u8>)], size: usize, written: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut page = vec![0_u8; 512];
    let place = |letter: usize| ((TEXT + 2 * letter) as u32).to_le_bytes();
    page[..4].copy_from_slice(&place(0));
    let mut free = 511;
    for (at, (end, changes)) in runs.iter().enumerate() {
        page[4 * (at + 1)..4 * (at + 2)].copy_from_slice(&place(*end));
        let bytes = written(changes);
        free = (free - bytes.len()) & !1;
        page[free..free + bytes.len()].copy_from_slice(&bytes);
        page[4 * (runs.len() + 1) + size * at] = (free / 2) as u8;
    }
    page[511] = runs.len() as u8;
    page
}

/// The author 李某某, in GBK.
fn summary() -> Vec<u8> {
    let name = encoding_rs::GBK.encode("李某某").0.into_owned();
    let mut out = vec![0; 44];
    out.extend(48_u32.to_le_bytes());
    out.extend(64_u32.to_le_bytes());
    out.extend(1_u32.to_le_bytes());
    out.extend([4, 0, 0, 0, 16, 0, 0, 0]);
    out.extend([0x1E, 0, 0, 0]);
    out.extend((name.len() as u32 + 1).to_le_bytes());
    out.extend(name);
    out.push(0);
    out
}

/// Styles: one without anything, Word's first heading, its title, its first line of contents.
fn styles() -> Vec<u8> {
    let mut out = vec![18, 0, 4, 0, 10, 0];
    out.resize(2 + 18, 0);
    for kind in [0_u16, 1, 62, 19] {
        let mut style = Vec::new();
        style.extend(kind.to_le_bytes());
        style.extend([0xF1, 0xFF, 0, 0, 0, 0, 0, 0]);
        style.extend([1, 0, b'a', 0, 0, 0]);
        out.extend((style.len() as u16).to_le_bytes());
        out.extend(style);
    }
    out
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn draft(main: Vec<Paragraph>) -> Draft {
    let mut all = vec![set(&[("题目\r", &[])], 2, &[])];
    all.extend(main);
    let mut doc = Doc::of(all);
    doc.parts.push((1, styles()));
    import::read("材料.doc", &doc.bytes(), None).unwrap()
}

fn at(said: &Said, place: &Place) -> Vec<String> {
    let lines = said.lines.iter().filter(|line| line.place == *place);
    lines.map(|line| line.text.clone()).collect()
}

#[test]
fn headings_looks_links_and_tables_are_kept() {
    let cell = |text: &str| set(&[(text, &[])], 0, IN_TABLE);
    let row_end = || set(&[("\u{7}", &[])], 0, &[IN_TABLE, &[0x17, 0x24, 1]].concat());
    let main = vec![
        set(&[("概况\r", &[])], 1, &[]),
        set(&[("正文", &[]), ("加粗", BOLD), ("𠮷\u{b}换行。\r", &[])], 0, &[]),
        set(
            &[
                ("见", &[]),
                ("\u{13}", SPECIAL),
                (" HYPERLINK \"https://www.example.cn/\" ", &[]),
                ("\u{14}", SPECIAL),
                ("网址", &[]),
                ("\u{15}", SPECIAL),
                ("\r", &[]),
            ],
            0,
            &[],
        ),
        cell("甲\u{7}"),
        cell("乙\u{7}"),
        row_end(),
        paragraph("其后。\r"),
    ];
    assert_eq!(
        draft(main).body,
        "## 概况\n\n正文**加粗**𠮷\\\n换行。\n\n见[网址](<https://www.example.cn/>)\n\n| 甲 | 乙 |\n| --- | --- |\n\n其后。\n"
    );
}

#[test]
fn what_the_page_does_not_show_is_judged_and_in_no_draft() {
    let mut doc = Doc::of(vec![
        set(&[("题目\r", &[])], 2, &[]),
        set(
            &[
                ("电话138", &[]),
                ("0013", DELETED),
                ("8000", &[]),
                ("新", INSERTED),
                ("\r", &[]),
            ],
            0,
            &[],
        ),
        set(&[("公开", &[]), ("隐去", VANISH), ("句。\r", &[])], 0, &[]),
        set(&[("见注", &[]), ("\u{2}", SPECIAL), ("。\r", &[])], 0, &[]),
        set(&[("目录一行\r", &[])], 3, &[]),
    ]);
    doc.notes = vec![set(&[("\u{2}", SPECIAL), ("脚注。\r", &[])], 0, &[]), paragraph("\r")];
    doc.heads = vec![paragraph("澄检研〔2024〕3号\r"), paragraph("\r")];
    doc.comments = vec![paragraph("存疑\r"), paragraph("\r")];
    let before = "题目\r电话13800138000新\r公开隐去句。\r见注".encode_utf16().count() as u32;
    let length = |text: &str| text.encode_utf16().count() as u32;
    doc.parts.push((1, styles()));
    doc.parts.push((2, [words(&[before, before + 1]), vec![1, 0]].concat()));
    doc.parts.push((3, words(&[0, 5, 6])));
    let head = length("澄检研〔2024〕3号\r");
    doc.parts.push((11, words(&[0, 0, 0, 0, 0, 0, 0, head, head + 1])));
    let bytes = doc.bytes();
    let draft = import::read("a.doc", &bytes, None).unwrap();
    assert_eq!(draft.body, "电话1388000新\n\n公开句。\n\n见注[^1]。\n\n[^1]: 脚注。\n");
    for loss in [Loss::Hidden, Loss::TrackedChange, Loss::Contents, Loss::Header] {
        assert!(draft.losses.iter().any(|(known, _)| *known == loss), "{loss:?}");
    }
    let said = read("a.wps", &bytes).unwrap();
    assert_eq!(at(&said, &Place::Deleted), ["电话13800138000"]);
    assert_eq!(at(&said, &Place::Hidden), ["公开隐去句。", "目录一行"]);
    assert_eq!(at(&said, &Place::Comment), ["存疑"]);
    assert_eq!(at(&said, &Place::Header), ["澄检研〔2024〕3号"]);
    assert_eq!(at(&said, &Place::Property("creator".into())), ["李某某"]);
}

#[test]
fn automatic_numbers_are_written_as_chinese_ones() {
    // A list whose one level is 第%1条 in Chinese.
    let mut lists = vec![1, 0];
    lists.extend([7, 0, 0, 0]);
    lists.resize(2 + 26, 0);
    lists.extend([1, 0]);
    let mut level = vec![0_u8; 28];
    (level[0], level[4]) = (1, 39);
    level.extend([3, 0]);
    level.extend("第\u{0}条".encode_utf16().flat_map(u16::to_le_bytes));
    lists.extend(level);
    let mut overrides = words(&[1, 7, 0, 0, 0]);
    overrides.extend(words(&[u32::MAX]));
    let item = |text: &str| set(&[(text, &[])], 0, &[0x0B, 0x46, 1, 0]);
    let mut doc = Doc::of(vec![
        set(&[("题目\r", &[])], 2, &[]),
        item("为了。\r"),
        item("其次。\r"),
    ]);
    doc.parts.extend([(1, styles()), (73, lists), (74, overrides)]);
    let draft = import::read("a.doc", &doc.bytes(), None).unwrap();
    assert_eq!(draft.body, "第一条为了。\n\n第二条其次。\n");
}

#[test]
fn what_is_no_such_file_says_why() {
    let mut locked = Doc::of(vec![paragraph("甲\r")]);
    locked.flags |= 0x0100;
    let locked = locked.bytes();
    assert_eq!(read("a.doc", &locked).unwrap_err(), Fault::Locked);
    assert!(matches!(
        import::read("a.doc", &locked, None),
        Err(Refusal::Locked | Refusal::KeepAsAttachment(_))
    ));
    let old = compound(&[("WordDocument", [&[0xDC, 0xA5, 0x65, 0][..], &[0; 100]].concat())]);
    assert!(read("a.doc", &old).is_err());
    assert_eq!(
        read("a.xls", &compound(&[("Workbook", vec![0; 9])])),
        Err(Fault::Format(Format::Ole))
    );
    // Whatever byte is another, it is read or refused, and ends.
    let sound = Doc::of(vec![
        paragraph("甲乙丙\r"),
        set(&[("丁", BOLD), ("\r", &[])], 1, IN_TABLE),
    ])
    .bytes();
    for at in (0..sound.len()).step_by(7) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0xFF;
        drop(read("a.doc", &bytes));
    }
}
