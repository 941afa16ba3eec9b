//! Files to import and attachments that burst, lie or are broken.

use crate::desk::Desk;
use crate::hostile::{run, with_body};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::Path;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    format!("<w:document xmlns:w=\"{namespace}\"><w:body>{body}</w:body></w:document>").into_bytes()
}

/// Files to import, with a part of what is said of each.
fn imports() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let docx = |body: &str| archive(&[("word/document.xml", &document(body))]);
    let paragraph = "<w:p><w:r><w:t>正文。</w:t></w:r></w:p>";
    let half = docx(paragraph);
    vec![
        (
            "炸弹.docx",
            archive(&[("word/document.xml", &vec![b' '; 60 << 20])]),
            "过大",
        ),
        ("图片炸弹.docx", picture_bomb(), "过大"),
        (
            "穿越.docx",
            archive(&[("word/document.xml", &document(paragraph)), ("../../穿越.txt", b"a")]),
            "指向外面",
        ),
        (
            "绝对.docx",
            archive(&[("word/document.xml", &document(paragraph)), ("/etc/passwd", b"a")]),
            "指向外面",
        ),
        (
            "盘符.docx",
            archive(&[("word/document.xml", &document(paragraph)), ("C:\\a.txt", b"a")]),
            "指向外面",
        ),
        (
            "一千层.docx",
            docx(&format!("{}{}", "<w:p>".repeat(1000), "</w:p>".repeat(1000))),
            "嵌套",
        ),
        ("半个.docx", half[..half.len() / 2].to_vec(), "已损坏"),
        ("空的.docx", Vec::new(), "没有文字"),
        ("没有正文.docx", archive(&[("word/styles.xml", b"<a/>")]), "已损坏"),
        ("坏的标记.docx", docx("<w:p><w:r></w:p>"), "已损坏"),
        ("没有文字.docx", docx("<w:p/>"), "没有文字"),
        ("加密.docx", encrypted(), "密码"),
        ("乱码.txt", vec![0xFF, 0xFF, 0xFE], "文字编码"),
        ("空字节.txt", b"a\0\0b".to_vec(), "不认识的格式"),
        ("空白.txt", b" \n \n".to_vec(), "没有文字"),
        (
            "空页.html",
            b"<html><body><script>x</script></body></html>".to_vec(),
            "没有文字",
        ),
        (
            "很深.html",
            format!(
                "<html><body>{}深{}</body></html>",
                "<div>".repeat(20_000),
                "</div>".repeat(20_000)
            )
            .into_bytes(),
            "嵌套",
        ),
        (
            "深.html",
            format!("<html><body>{}", "<div>".repeat(1001)).into_bytes(),
            "嵌套",
        ),
        ("涉密.txt", "机密★10年\n不应出现。\n".into(), "涉密"),
        ("表.xlsx", b"PK".to_vec(), "已损坏"),
    ]
}

/// A document that shows a picture of 300 MB, packed into 300 KB.
fn picture_bomb() -> Vec<u8> {
    let body = "<w:p><w:r><w:t>正文。</w:t><w:drawing><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>";
    let relations = b"<Relationships><Relationship Id=\"rId1\" Target=\"media/a.png\"/></Relationships>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [
        ("word/document.xml", document(body)),
        ("word/_rels/document.xml.rels", relations.to_vec()),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.start_file("word/media/a.png", options).unwrap();
    let block = vec![0; 10 << 20];
    for _ in 0..30 {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_can_not_be_imported_is_told_and_the_rest_is_taken_in() {
    let desk = Desk::new();
    for (name, bytes, _) in imports() {
        desk.write(&format!("材料/{name}"), bytes);
    }
    let deep = format!(
        "<html><body>{}深{}</body></html>",
        "<div>".repeat(900),
        "</div>".repeat(900)
    );
    desk.write("材料/九百层.html", deep);
    // Read by its bytes.
    desk.write("材料/没有扩展名", "关于扬尘的调研报告\n正文无缺。\n");
    desk.write("材料/好的.txt", "关于噪声的调研报告\n正文完好。\n");
    let output = run(&desk, &["import", "材料"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    for (name, _, reason) in imports() {
        let line = told
            .lines()
            .find(|line| line.contains(&format!("材料/{name} ")))
            .unwrap_or_else(|| panic!("{name} in {told}"));
        assert!(line.contains(reason), "{line}");
    }
    assert!(!told.contains("不应出现"));
    assert!(told.contains("导入 3 个"), "{told}");
    assert!(!desk.path("穿越.txt").exists() && !Path::new("/穿越.txt").exists());
    run(&desk, &["build", "-q"]);
    let answer: Value =
        serde_json::from_slice(&run(&desk, &["search", "正文完好", "--format", "json"]).stdout).unwrap();
    assert_eq!(answer["total"], 1);
}

/// The head of what an office program encrypts: a compound file that names its one stream in UTF-16.
fn encrypted() -> Vec<u8> {
    let name = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    let head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    head.into_iter().chain(name).collect()
}

/// What can't be read of an attachment is named as unchecked, soon, and the document that leads to it is built.
#[test]
fn attachments_that_burst_or_lie_are_named_as_unchecked() {
    let desk = Desk::new();
    let deep = |depth: usize| format!("{}{}", "<w:p>".repeat(depth), "</w:p>".repeat(depth)).into_bytes();
    let zeros = vec![b' '; 60 << 20];
    let bomb = [&b"<w:document><w:body>"[..], &zeros, b"</w:body></w:document>"].concat();
    let deep_section = format!(
        "{}{}",
        "<text:section>".repeat(50_000),
        "</text:section>".repeat(50_000)
    );
    let blanks = format!("<text:p>{}</text:p>", "<text:s text:c=\"4000000000\"/>".repeat(100_000));
    let open = |body: &str| {
        let content = format!(
            "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", content.as_bytes()),
        ])
    };
    let ofd = |page: &str| {
        archive(&[
            ("OFD.xml", b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"),
            (
                "D.xml",
                b"<Document><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>",
            ),
            ("P.xml", page.as_bytes()),
        ])
    };
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let word: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let attachments: [(&str, Vec<u8>); 19] = [
        ("深.rtf", [&b"{\\rtf1"[..], &vec![b'{'; 100_000]].concat()),
        ("空.rtf", b"{\\rtf1}".to_vec()),
        ("字节.rtf", b"{\\rtf1\\bin2147483647 x".to_vec()),
        (
            "深.ofd",
            ofd(&format!("{}{}", "<a>".repeat(50_000), "</a>".repeat(50_000))),
        ),
        (
            "缺页.ofd",
            archive(&[(
                "OFD.xml",
                b"<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>",
            )]),
        ),
        ("半页.ofd", ofd("<Page><TextObject><TextCode>")),
        (
            "半截.pdf",
            b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF".to_vec(),
        ),
        (
            "自指.pdf",
            b"%PDF-1.7\n1 0 obj\n1 0 R\nendobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF".to_vec(),
        ),
        ("半截.doc", [&ole[..], &[0xFF; 600], &word].concat()),
        ("零.wps", [&ole[..], &[0; 2_000], &word].concat()),
        ("深.odt", open(&deep_section)),
        ("空格.odt", open(&blanks)),
        ("炸弹.docx", archive(&[("word/document.xml", &bomb)])),
        (
            "爬出.docx",
            archive(&[("../../外面.xml", b"x"), ("word/document.xml", &document(""))]),
        ),
        (
            "半截.xlsx",
            archive(&[("xl/worksheets/sheet1.xml", b"<worksheet><row>")]),
        ),
        ("深.docx", archive(&[("word/document.xml", &deep(50_000))])),
        ("不是.pptx", b"PK\x03\x04".to_vec()),
        ("旧的.docx", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        (
            "实体.odt",
            archive(&[("content.xml", b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a")]),
        ),
    ];
    let mut body = String::new();
    for (name, bytes) in &attachments {
        desk.write(&format!("corpus/附件/{name}"), bytes);
        body += &format!("[{name}](附件/{name})\n\n");
    }
    desk.write("corpus/好的.md", with_body(&body));
    let report: Value = serde_json::from_slice(&run(&desk, &["check", "--all", "--format", "json"]).stdout).unwrap();
    let all = report["diagnostics"].as_array().unwrap().iter();
    let unchecked: BTreeSet<&str> = all
        .filter(|finding| finding["code"] == "attachment-unchecked")
        .filter_map(|finding| finding["file"].as_str()?.strip_prefix("附件/"))
        .collect();
    assert_eq!(unchecked, attachments.iter().map(|(name, _)| *name).collect());
    run(&desk, &["build", "-q"]);
    assert!(desk.path("site/好的.html").exists());
}

/// A PDF file of objects, numbered from 1.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out += &format!("{table}trailer\n<</Size {size} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

/// A page whose font gives each code a long text, and bookmarks that all have one title.
fn swelling_pdf() -> Vec<u8> {
    let stream = |content: &str| format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
    let map = format!("1 beginbfrange <0000> <FFFF> <{}> endbfrange", "4E2D".repeat(10_000));
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R/Outlines<</First 7 0 R>>>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        stream("BT /F 12 Tf 50 700 Td <00410042> Tj ET"),
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</W[0 65535 500]>>]>>"
            .to_owned(),
        stream(&map),
        "<</Title(title)/Next 7 0 R>>".to_owned(),
    ])
}

/// What a few bytes name over and over is made once, or as long as there is room: the file is read or named, soon.
#[test]
fn attachments_that_say_much_in_few_bytes_are_read_or_named() {
    let desk = Desk::new();
    let open = |body: &str| {
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table>{body}</table:table>\
             </office:spreadsheet></office:body></office:document-content>"
        );
        archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content.as_bytes()),
        ])
    };
    let sheet = |columns: &str, cells: &str, merged: &str| {
        let text = format!(
            "<worksheet><cols>{columns}</cols><sheetData><row r=\"1\">{cells}</row></sheetData>{merged}</worksheet>"
        );
        let strings = format!("<sst><si><t>{}</t></si></sst>", "甲".repeat(100_000));
        archive(&[
            ("xl/worksheets/sheet1.xml", text.as_bytes()),
            ("xl/sharedStrings.xml", strings.as_bytes()),
        ])
    };
    let span = "<table:table-row><table:table-cell table:number-rows-spanned=\"4294967295\"><text:p>甲</text:p>\
                </table:table-cell></table:table-row>";
    let hidden = "<col min=\"1\" max=\"16384\" hidden=\"1\"/>".repeat(100_000);
    let merged = "<mergeCells><mergeCell ref=\"A1:A4294967295\"/></mergeCells>";
    let values = format!("<c t=\"s\">{}</c>", "<v>0</v>".repeat(400_000));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(10_000);
    let lists = |count: usize| {
        let list = format!("<Relationships>{}</Relationships>", "<a b=\"\"/>".repeat(300_000));
        let main = document("<w:p><w:r><w:t>正文。</w:t></w:r></w:p>");
        let names: Vec<String> = (0..count).map(|at| format!("a/{at}.rels")).collect();
        let mut parts: Vec<(&str, &[u8])> = vec![("word/document.xml", &main)];
        parts.extend(names.iter().map(|name| (&**name, list.as_bytes())));
        archive(&parts)
    };
    let attachments: [(&str, Vec<u8>, &[&str]); 7] = [
        ("跨行.ods", open(span), &[]),
        ("跨行.xlsx", sheet("", "<c t=\"s\"><v>0</v></c>", merged), &[]),
        ("隐列.xlsx", sheet(&hidden, "<c t=\"s\"><v>0</v></c>", ""), &[]),
        ("多值.xlsx", sheet("", &values, ""), &[]),
        ("同文.xlsx", sheet("", &cells, ""), &["attachment-unchecked"]),
        ("映射.pdf", swelling_pdf(), &["attachment-unchecked"]),
        (
            "关系.docx",
            lists(20),
            &["attachment-unchecked", "disguised-attachment"],
        ),
    ];
    let mut body = String::new();
    for (name, bytes, _) in &attachments {
        desk.write(&format!("corpus/附件/{name}"), bytes);
        body += &format!("[{name}](附件/{name})\n\n");
    }
    desk.write("corpus/好的.md", with_body(&body));
    let report: Value = serde_json::from_slice(&run(&desk, &["check", "--all", "--format", "json"]).stdout).unwrap();
    for (name, _, expected) in &attachments {
        let of_file = |finding: &&Value| finding["file"].as_str() == Some(&format!("附件/{name}"));
        let found: BTreeSet<&str> = report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter(of_file)
            .filter_map(|finding| finding["code"].as_str())
            .collect();
        assert_eq!(found, expected.iter().copied().collect(), "{name}");
    }
}
