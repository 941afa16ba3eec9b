//! Workbooks made by hand, as Excel and WPS write them.

use crate::office::{Fault, Place, Said, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const WORKBOOK: &str = "<workbook><sheets><sheet name=\"名单\" r:id=\"r1\"/><sheet name=\"底稿\" state=\"veryHidden\" r:id=\"r2\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Target=\"worksheets/sheet2.xml\"/></Relationships>";

fn workbook(parts: &[(&str, &str)]) -> Result<Said, Fault> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let own = [("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", RELATIONS)];
    for (name, text) in own.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    read("a.xlsx", &zip.finish().unwrap().into_inner())
}

/// The lines of a workbook as `place: text`.
fn lines(parts: &[(&str, &str)]) -> Vec<String> {
    let told = |place: &Place| match place {
        Place::Cell(cell) => {
            let header = |header: &Option<std::sync::Arc<str>>| header.as_deref().unwrap_or("-").to_owned();
            let hidden = if cell.hidden { " hidden" } else { "" };
            format!(
                "{} {}/{}{hidden}",
                cell.address(),
                header(&cell.row_header),
                header(&cell.column_header)
            )
        }
        other => format!("{other:?}"),
    };
    let said = workbook(parts).unwrap();
    said.lines
        .iter()
        .map(|line| format!("{}: {}", told(&line.place), line.text))
        .collect()
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn cells_are_read_as_people_see_them() {
    let strings =
        "<sst><si><t>姓名</t></si><si/><si><r><t>王</t></r><r><t>某_x000A_二</t></r><rPh><t>wang</t></rPh></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>\
        <numFmt numFmtId=\"165\" formatCode=\";;;\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>";
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><r><t>电</t></r><r><t>话</t></r></is></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\"><v>1.3800138E10</v></c><c r=\"C3\" s=\"1\"><v>45356</v></c>\
        <c r=\"D3\" s=\"2\"><v>0.5</v></c><c r=\"E3\" t=\"s\"><v>9</v></c><c r=\"F3\" t=\"b\"><v>1</v></c></row>";
    assert_eq!(
        lines(&[
            ("xl/sharedStrings.xml", strings),
            ("xl/styles.xml", styles),
            ("xl/worksheets/sheet1.xml", &sheet(rows))
        ]),
        [
            "Name: 名单",
            "名单!A1 -/-: 姓名",
            "名单!B1 姓名/-: 电话",
            "名单!A3 -/姓名: 王某 二",
            "名单!B3 王某 二/电话: 13800138000",
            "名单!C3 王某 二/-: 2024-03-05",
            "名单!D3 王某 二/-: 50%",
            "名单!F3 王某 二/-: TRUE",
            "Hidden: 底稿",
            "Held: 年月日",
            "Ruby: wang",
        ]
    );
}

#[test]
fn what_is_hidden_says_so() {
    let first = "<worksheet><cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>\
        <row><c t=\"str\"><v>甲</v></c><c t=\"str\"><v>乙</v></c></row>\
        <row hidden=\"1\"><c t=\"str\"><v>丙</v></c></row></sheetData>\
        <headerFooter><oddHeader>&amp;L&amp;\"宋体,粗体\"&amp;12机密★1年&amp;R第&amp;P页</oddHeader></headerFooter></worksheet>";
    let second = sheet("<row><c><v>1</v></c></row>");
    assert_eq!(
        lines(&[
            ("xl/worksheets/sheet1.xml", first),
            ("xl/worksheets/sheet2.xml", &second)
        ]),
        [
            "Name: 名单",
            "名单!A1 -/-: 甲",
            "名单!B1 甲/- hidden: 乙",
            "名单!A2 -/甲 hidden: 丙",
            "Header: 机密★1年 第页",
            "Hidden: 底稿",
            "底稿!A1 -/- hidden: 1",
        ]
    );
}

#[test]
fn comments_drawings_copies_of_data_and_properties_are_read() {
    let parts = [
        (
            "xl/worksheets/sheet1.xml",
            &*sheet("<row><c><f>HYPERLINK(\"tel:138\")</f><v>1</v></c></row>"),
        ),
        (
            "xl/comments1.xml",
            "<comments><authors><author>李</author></authors><commentList><comment ref=\"A1\"><text><r><t>批</t></r><r><t>注</t></r></text></comment></commentList></comments>",
        ),
        (
            "xl/drawings/drawing1.xml",
            "<d><a:p><a:r><a:t>文本</a:t></a:r><a:r><a:t>框</a:t></a:r></a:p></d>",
        ),
        (
            "xl/pivotCache/pivotCacheDefinition1.xml",
            "<p><sharedItems><s v=\"王小明\"/></sharedItems></p>",
        ),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:creator>赵某</dc:creator></cp:coreProperties>",
        ),
        ("xl/media/image1.png", "…"),
        ("xl/embeddings/a.docx", "PK\u{3}\u{4}"),
    ];
    let all = lines(&parts);
    for line in [
        "Hidden: HYPERLINK(\"tel:138\")",
        "Comment: 批注",
        "Paragraph: 文本框",
        "Held: 王小明",
        "Property(\"creator\"): 赵某",
    ] {
        assert!(all.iter().any(|known| known == line), "{line} in {all:?}");
    }
    assert_eq!(
        workbook(&parts).unwrap().unread,
        ["xl/embeddings/a.docx", "xl/media/image1.png"]
    );
}

#[test]
fn a_sheet_that_names_one_long_string_over_and_over_is_a_bomb() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(100_000));
    let rows = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(1_000));
    let parts = [
        ("xl/sharedStrings.xml", &*strings),
        ("xl/worksheets/sheet1.xml", &*sheet(&rows)),
    ];
    assert_eq!(workbook(&parts), Err(Fault::TooLarge));
}

#[test]
fn what_a_sheet_says_over_and_over_is_made_once() {
    // Columns that are hidden a thousand times, a cell of a hundred thousand values, and styles of one long format.
    let columns = "<col min=\"1\" max=\"16384\" hidden=\"1\"/>".repeat(10_000);
    let values = "<v>0</v>".repeat(100_000);
    let first = format!(
        "<worksheet><cols>{columns}</cols><sheetData><row><c t=\"s\">{values}</c></row></sheetData></worksheet>"
    );
    let long = "长".repeat(10_000);
    let strings = format!("<sst><si><t>{long}</t></si></sst>");
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;{long}&quot;@\"/></numFmts><cellXfs>{}</cellXfs></styleSheet>",
        "<xf numFmtId=\"164\"/>".repeat(50_000)
    );
    let all = lines(&[
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", &first),
    ]);
    assert_eq!(all[1], format!("名单!A1 -/- hidden: {long}"));
}
