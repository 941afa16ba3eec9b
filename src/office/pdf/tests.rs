//! PDF files made by hand, as the programs of offices print them.

use crate::import::{self, Loss};
use crate::office::{Fault, Format, Place, Said, read};

/// A file of objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

fn stream(head: &str, content: &str) -> String {
    format!("<< {head} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A file of pages whose fonts are a Chinese one with the codes of an encoding (G) and a Latin one (L).
fn pages(encoding: &str, contents: &[String], catalog: &str, more: &[String], trailer: &str) -> Vec<u8> {
    let first = 5 + more.len();
    let kids: String = (0..contents.len())
        .map(|at| format!("{} 0 R ", first + 2 * at))
        .collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        format!(
            "<< /Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 595 842] >>",
            contents.len()
        ),
        format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /{encoding} /DescendantFonts [ << /Type /Font \
             /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >> ] >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    objects.extend(more.iter().cloned());
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /Font << /G 3 0 R /L 4 0 R >> \
             /Properties << /hid 5 0 R >> >> >>",
            first + 2 * at + 1
        ));
        objects.push(stream("", content));
    }
    pdf(&objects, trailer)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Text in the codes of UniGB-UTF16-H.
fn uni(text: &str, x: u32, y: u32, size: u32) -> String {
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    format!("BT /G {size} Tf {x} {y} Td <{}> Tj ET\n", hex(&bytes))
}

fn said(bytes: &[u8]) -> Said {
    read("附件.pdf", bytes).unwrap()
}

fn at(said: &Said, place: &Place) -> Vec<String> {
    let lines = said.lines.iter().filter(|line| line.place == *place);
    lines.map(|line| line.text.clone()).collect()
}

#[test]
fn pages_become_the_paragraphs_of_a_draft() {
    let full = "长".repeat(28);
    let first = [
        uni("关于桥梁安全的调研报告", 177, 760, 22),
        uni(&full[..26 * 3], 110, 700, 16),
        uni(&full, 78, 672, 16),
        uni("— 1 —", 280, 60, 14),
    ];
    let second = uni("末行。", 78, 760, 16) + &uni("— 2 —", 280, 60, 14);
    let bytes = pages("UniGB-UTF16-H", &[first.concat(), second], "", &[], "");
    let draft = import::read("报告.pdf", &bytes, None).unwrap();
    assert_eq!(draft.guess.title, "关于桥梁安全的调研报告");
    assert_eq!(draft.body, format!("{}{full}末行。\n", &full[..26 * 3]));
    assert!(draft.losses.contains(&(Loss::Lines, 1)));
}

#[test]
fn codes_are_read_by_their_map_or_their_encoding() {
    let gbk = encoding_rs::GBK.encode("国标码 13800138000").0.into_owned();
    let content = format!(
        "BT /G 12 Tf 50 700 Td <{}> Tj /L 12 Tf 0 -20 Td [(Sp) -20 (lit) -400 (words)] TJ ET",
        hex(&gbk)
    );
    let read = said(&pages("GBK-EUC-H", &[content], "", &[], ""));
    assert_eq!(at(&read, &Place::Paragraph), ["国标码 13800138000", "Split words"]);
    // Glyphs that only the file's own map names.
    let map =
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0007> <6B63> <0008> <6587> endbfchar";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        stream("", "BT /F 12 Tf 50 700 Td <000700080009> Tj ET"),
        "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [ << /Subtype /CIDFontType2 \
         /W [7 [1000 1000]] >> ] >>"
            .to_owned(),
        stream("", map),
    ];
    let bytes = pdf(&objects, "");
    assert_eq!(at(&said(&bytes), &Place::Paragraph), ["正文"]);
    let draft = import::read("a.pdf", &bytes, None).unwrap();
    assert!(
        draft.losses.contains(&(Loss::Symbol, 1)),
        "a code that nothing explains is reported"
    );
}

#[test]
fn what_a_page_does_not_show_is_judged_and_in_no_draft() {
    let content = [
        uni("正文一句。", 78, 700, 16),
        format!("3 Tr {}0 Tr\n", uni("无墨", 78, 600, 16)),
        format!("/OC /hid BDC {}EMC\n", uni("隐层", 78, 500, 16)),
        uni("纸外", 78, 2000, 16),
        uni("又一句。", 78, 672, 12),
    ];
    let more = [
        "<< /Type /OCG /Name (a) >>".to_owned(),
        "<< /Author <FEFF674E67D0> /Producer (13800138000) >>".to_owned(),
        "<< /Title <FEFF4E667B7E> >>".to_owned(),
    ];
    let catalog = "/OCProperties << /D << /OFF [5 0 R] >> >> /Outlines << /First 7 0 R >>";
    let bytes = pages("UniGB-UTF16-H", &[content.concat()], catalog, &more, "/Info 6 0 R");
    let read = said(&bytes);
    assert_eq!(at(&read, &Place::Paragraph), ["正文一句。", "又一句。"]);
    assert_eq!(at(&read, &Place::Hidden), ["隐层无墨", "纸外", "书签"]);
    assert_eq!(at(&read, &Place::Property("Author".into())), ["李某"]);
    assert!(!read.text().contains("13800138000"));
    let draft = import::read("a.pdf", &bytes, None).unwrap();
    assert!(!format!("{draft:?}").contains("无墨"));
}

#[test]
fn the_text_that_a_scanner_recognised_is_what_its_page_shows() {
    let content = format!("3 Tr {}", uni("识别的文字。", 78, 700, 16));
    assert_eq!(
        at(
            &said(&pages("UniGB-UTF16-H", &[content], "", &[], "")),
            &Place::Paragraph
        ),
        ["识别的文字。"]
    );
}

#[test]
fn a_scan_says_that_it_has_no_text() {
    let scan = pages("UniGB-UTF16-H", &["q Q".to_owned()], "", &[], "");
    assert!(matches!(
        import::read("a.pdf", &scan, None),
        Err(import::Refusal::KeepAsAttachment(Format::Scan))
    ));
    // Letters that are drawn are no text, either; the empty page behind a text is not a scan.
    for (last, found) in [("0 0 1 1 re f ".repeat(99), true), (String::new(), false)] {
        let mixed = pages("UniGB-UTF16-H", &[uni("正文。", 78, 700, 16), last], "", &[], "");
        let draft = import::read("a.pdf", &mixed, None).unwrap();
        assert_eq!(draft.losses.contains(&(Loss::Scan, 1)), found);
    }
}

#[test]
fn text_that_runs_upwards_is_read_along() {
    let letter = |text: &str, y: u32| {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        format!("BT /G 12 Tf 0 1 -1 0 300 {y} Tm <{}> Tj ET\n", hex(&bytes))
    };
    let content: String = (0_u32..)
        .zip(["横", "排", "的", "表"])
        .map(|(at, text)| letter(text, 200 + 12 * at))
        .collect();
    assert_eq!(
        at(
            &said(&pages("UniGB-UTF16-H", &[content], "", &[], "")),
            &Place::Paragraph
        ),
        ["横排的表"]
    );
}

#[test]
fn what_is_hostile_ends_soon_and_says_why() {
    let locked = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) \
        /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) >> /ID [(a) (b)]";
    let bytes = pages("UniGB-UTF16-H", &["q Q".to_owned()], "", &[], locked);
    assert!(
        matches!(read("a.pdf", &bytes), Err(Fault::Locked | Fault::Broken(_))),
        "{:?}",
        read("a.pdf", &bytes)
    );
    for odd in [
        &b"%PDF-1.4"[..],
        b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
    ] {
        assert!(matches!(read("a.pdf", odd), Err(Fault::Broken(_))));
    }
    // A form that draws itself, a bookmark that follows itself, and a tree of pages without end.
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Outlines << /First 6 0 R >> >>".to_owned(),
        "<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_owned(),
        stream("", "/X Do /X Do"),
        stream(
            "/Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >>",
            "/X Do /X Do",
        ),
        "<< /Title (a) /Next 6 0 R /First 6 0 R >>".to_owned(),
    ];
    drop(read("a.pdf", &pdf(&objects, "")));
}

/// A file of one page with a font, an annotation and files within it, each of which names another object.
fn one_page(content: &str, map: &str, widths: &str, catalog: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        stream("", content),
        format!(
            "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [ << /Subtype \
             /CIDFontType2 /W [{widths}] >> ] >>"
        ),
        stream("", map),
    ];
    objects.extend(more.iter().cloned());
    pdf(&objects, "")
}

#[test]
fn what_is_named_over_and_over_is_made_as_long_as_there_is_room() {
    let show = "BT /F 12 Tf 50 700 Td <00410042> Tj ET";
    let long = "4E2D".repeat(10_000);
    let range = format!("1 beginbfrange <0000> <FFFF> <{long}> endbfrange");
    let word = format!("1 beginbfchar <41> <{long}> endbfchar");
    let shown = format!("BT /F 12 Tf 50 700 Td ({}) Tj ET", "A".repeat(100_000));
    let text = format!("({})", "words ".repeat(20_000));
    let same = |count: usize| "7 0 R ".repeat(count);
    let bombs = [
        ("a map of long texts", one_page(show, &range, "", "", &[])),
        ("a letter of a long text", one_page(&shown, &word, "", "", &[])),
        (
            "numbers for nothing",
            one_page(&"0 ".repeat(3_000_000), "", "", "", &[]),
        ),
        ("objects", one_page(show, "", &"1 ".repeat(1_100_000), "", &[])),
        (
            "bookmarks of one title",
            one_page(
                show,
                "",
                "",
                "/Outlines << /First 8 0 R >>",
                &[text.clone(), "<< /Title 7 0 R /Next 8 0 R >>".to_owned()],
            ),
        ),
        (
            "fields of one name",
            one_page(
                show,
                "",
                "",
                "/AcroForm 8 0 R",
                &[text, format!("<< /Fields [{}] >>", same(19_000))],
            ),
        ),
        (
            "files of one name",
            one_page(
                show,
                "",
                "",
                "/Names << /EmbeddedFiles 8 0 R >>",
                &[
                    format!("<< /Names [{}] >>", "(a) 1 0 R ".repeat(2_000)),
                    format!("<< /Kids [{}] >>", same(2_000)),
                ],
            ),
        ),
    ];
    for (what, bytes) in bombs {
        assert_eq!(read("a.pdf", &bytes), Err(Fault::TooLarge), "{what}");
    }
    // A thousand times the widths of all codes.
    let widths = "0 65535 500 ".repeat(100);
    assert_eq!(said(&one_page(show, "", &widths, "", &[])).lines, []);
}
