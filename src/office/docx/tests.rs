//! Word files made by hand, as Word and WPS write them.

use crate::import::{Draft, Loss, Refusal, read};
use crate::office::Budget;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An archive of parts.
pub(in crate::office) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with a body and further parts.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><w:body>{body}</w:body></w:document>"
    );
    let mut all = vec![("word/document.xml", document.as_bytes())];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    archive(&all)
}

fn draft(body: &str, parts: &[(&str, &str)]) -> Draft {
    read("材料.docx", &docx(body, parts), None).unwrap()
}

/// The Markdown of a body that begins with a title of its own, without it.
fn markdown(body: &str, parts: &[(&str, &str)]) -> String {
    let title = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>题目</w:t></w:r></w:p>";
    draft(&format!("{title}{body}"), parts).body
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn styles_and_the_chinese_outline_make_headings() {
    // Word names its styles in English whatever its language; WPS gives them numbers for ids.
    let styles = format!(
        "<w:styles xmlns:w=\"{W}\">\
         <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"3\"><w:name w:val=\"heading 2\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"我的小标题\"><w:name w:val=\"我的小标题\"/><w:basedOn w:val=\"3\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"大纲\"><w:name w:val=\"大纲\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>\
         </w:styles>"
    );
    let body = [
        styled("2", "概况"),
        styled("我的小标题", "做法"),
        styled("大纲", "细节"),
        p("二、问题"),
        p("（一）监管缺位"),
        p("（二）加强监管。一是落实责任。"),
        p("1.数量上升"),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>2.手段翻新</w:t></w:r></w:p>".to_owned(),
    ]
    .concat();
    assert_eq!(
        markdown(&body, &[("word/styles.xml", &styles)]),
        "## 概况\n\n### 做法\n\n#### 细节\n\n## 二、问题\n\n### （一）监管缺位\n\n（二）加强监管。一是落实责任。\n\n1.数量上升\n\n#### 2.手段翻新\n"
    );
}

#[test]
fn automatic_numbers_become_lists_and_words() {
    let level = |level: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering xmlns:w=\"{W}\">\
         <w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\">{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>\
         </w:numbering>",
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(0, "decimal", "%1."),
        level(1, "bullet", "·"),
    );
    let item = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        item(1, 0, "情况"),
        item(1, 1, "甲"),
        item(1, 1, "乙"),
        item(1, 0, "建议"),
        item(1, 1, "丙"),
        item(2, 0, "登记；"),
        item(2, 1, "逐桥；"),
        item(2, 0, "处置。"),
        p("正文。"),
        item(3, 0, "重新编号。"),
    ]
    .concat();
    assert_eq!(
        markdown(&body, &[("word/numbering.xml", &numbering)]),
        "## 一、情况\n\n### （一）甲\n\n### （二）乙\n\n## 二、建议\n\n### （一）丙\n\n1. 登记；\n    - 逐桥；\n2. 处置。\n\n正文。\n\n1. 重新编号。\n"
    );
}

#[test]
fn changes_are_taken_as_accepted() {
    let body = "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>三</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>四</w:t></w:r></w:ins><w:r><w:t>座。</w:t></w:r></w:p>\
        <w:p><w:moveFrom><w:r><w:t>移走。</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>移来。</w:t></w:r></w:moveTo></w:p>";
    let draft = draft(body, &[]);
    assert_eq!(draft.body, "共四座。\n\n移来。\n");
    assert_eq!(draft.losses, [(Loss::TrackedChange, 4)]);
}

#[test]
fn bold_breaks_links_and_markup_are_kept_apart() {
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId9\" Type=\"{R}/hyperlink\" Target=\"https://www.example.cn/a\" TargetMode=\"External\"/>\
         <Relationship Id=\"rId8\" Type=\"{R}/hyperlink\" Target=\"javascript:alert(1)\" TargetMode=\"External\"/></Relationships>"
    );
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>注</w:t></w:r><w:r><w:rPr><w:b w:val=\"true\"/></w:rPr><w:t>意：</w:t></w:r>\
        <w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t>先登录</w:t><w:br/><w:t>再填写*号项 [1] a_b &lt;x&gt; A&amp;B</w:t></w:r></w:p>\
        <w:p><w:hyperlink r:id=\"rId9\"><w:r><w:t>网页</w:t></w:r></w:hyperlink><w:hyperlink r:id=\"rId8\"><w:r><w:t>坏链</w:t></w:r></w:hyperlink></w:p>\
        <w:p><w:r><w:t># 不是标题</w:t></w:r></w:p><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>";
    assert_eq!(
        markdown(body, &[("word/_rels/document.xml.rels", &relations)]),
        "**注意：**先登录\\\n再填写\\*号项 \\[1\\] a\\_b \\<x> A&amp;B\n\n[网页](<https://www.example.cn/a>)坏链\n\n\\# 不是标题\n"
    );
}

#[test]
fn notes_and_text_boxes_find_their_place() {
    let footnotes = format!(
        "<w:footnotes xmlns:w=\"{W}\"><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/></w:footnote>\
         <w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> 数据截至二月底。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let text_box = "<w:txbxContent><w:p><w:r><w:t>框中的话。</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>四十二座</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
         <w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{text_box}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{text_box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>桥。</w:t></w:r></w:p>"
    );
    let draft = draft(&body, &[("word/footnotes.xml", &footnotes)]);
    assert_eq!(draft.body, "四十二座[^1]桥。\n\n框中的话。\n\n[^1]: 数据截至二月底。\n");
    assert_eq!(draft.losses, [(Loss::TextBox, 1)]);
}

#[test]
fn tables_are_plain_or_html_as_their_cells_are() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let plain = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&[cell("", "年度"), cell("", "件|数")]),
        row(&[cell("", "2023"), cell("", "12")])
    );
    assert_eq!(
        markdown(&plain, &[]),
        "| 年度 | 件\\|数 |\n| --- | --- |\n| 2023 | 12 |\n"
    );
    let merged = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&[cell("", "乡镇"), cell("<w:gridSpan w:val=\"2\"/>", "隐患&lt;")]),
        row(&[
            cell("<w:vMerge w:val=\"restart\"/>", "青山镇"),
            cell("", "护栏"),
            cell("", "3")
        ]),
        row(&[cell("<w:vMerge/>", ""), cell("", "桥面"), cell("", "2")])
    );
    assert_eq!(
        markdown(&merged, &[]),
        "<table>\n<tr><th>乡镇</th><th colspan=\"2\">隐患&lt;</th></tr>\n<tr><td rowspan=\"2\">青山镇</td><td>护栏</td><td>3</td></tr>\n<tr><td>桥面</td><td>2</td></tr>\n</table>\n"
    );
}

#[test]
fn pictures_come_along_and_what_browsers_do_not_show_is_told() {
    let relations = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{R}/image\" Target=\"media/image1.png\"/>\
         <Relationship Id=\"rId2\" Type=\"{R}/image\" Target=\"media/image2.emf\"/></Relationships>"
    );
    let picture = |id: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图片 1\" descr=\"桥面\"/><a:blip r:embed=\"{id}\"/></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let body = [picture("rId1"), picture("rId2"), picture("rId1")].concat();
    let parts = [
        ("word/_rels/document.xml.rels", relations.as_str()),
        ("word/media/image1.png", "PNG"),
        ("word/media/image2.emf", "EMF"),
    ];
    let draft = draft(&body, &parts);
    assert_eq!(draft.body, "![桥面](<图1.png>)\n\n![桥面](<图1.png>)\n");
    assert_eq!(draft.pictures, [("图1.png".to_owned(), b"PNG".to_vec())]);
    assert_eq!(draft.losses, [(Loss::Picture, 1)]);
}

#[test]
fn what_is_left_out_is_told() {
    let body = [
        styled("TOC1", "一、情况\t1"),
        "<w:p><w:r><w:t>正文。</w:t><w:commentReference w:id=\"0\"/><w:object/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p>".to_owned(),
    ]
    .concat();
    let draft = draft(&body, &[]);
    assert_eq!(draft.body, "正文。☑x+1\n");
    let losses: Vec<Loss> = draft.losses.into_iter().map(|(loss, _)| loss).collect();
    assert_eq!(losses, [Loss::Comment, Loss::Formula, Loss::Object, Loss::Contents]);
}

#[test]
fn other_prefixes_and_the_strict_format_are_read() {
    for namespace in [W, "http://purl.oclc.org/ooxml/wordprocessingml/main"] {
        let document = format!(
            "<x:document xmlns:x=\"{namespace}\"><x:body><x:p><x:r><x:t>正文。</x:t></x:r></x:p></x:body></x:document>"
        );
        let bytes = archive(&[("word/document.xml", document.as_bytes())]);
        assert_eq!(read("a.docx", &bytes, None).unwrap().body, "正文。\n");
    }
}

#[test]
fn what_is_no_honest_word_file_is_refused() {
    let refusal = |bytes: &[u8]| read("a.docx", bytes, None).unwrap_err();
    let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old";
    assert!(matches!(refusal(old), Refusal::KeepAsAttachment(_)));
    assert!(matches!(refusal(b"not\0a zip"), Refusal::UnknownFormat));
    assert!(matches!(refusal(&archive(&[("a.txt", b"a")])), Refusal::UnknownFormat));
    let evil = archive(&[("word/document.xml", b"<a/>"), ("../../evil.txt", b"a")]);
    assert!(matches!(refusal(&evil), Refusal::UnsafeName(_)));
    let deep = format!("{}{}", "<w:p>".repeat(1000), "</w:p>".repeat(1000));
    assert!(matches!(refusal(&docx(&deep, &[])), Refusal::TooDeep));
    let half = docx(&p("正文。"), &[]);
    assert!(matches!(refusal(&half[..half.len() / 2]), Refusal::Broken(_)));
    assert!(matches!(refusal(&docx("<w:p><w:r></w:p>", &[])), Refusal::Broken(_)));
    assert!(matches!(refusal(&docx("<w:p/>", &[])), Refusal::Empty));
    // 64 MB of zeros pack into 64 KB.
    let bomb = archive(&[("word/document.xml", &vec![b' '; 64 << 20])]);
    assert!(bomb.len() < 100_000);
    assert!(matches!(refusal(&bomb), Refusal::TooLarge));
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document><w:body><w:p><w:r><w:t>正文&b;。</w:t></w:r></w:p></w:body></w:document>";
    let draft = read("a.docx", &archive(&[("word/document.xml", entities.as_bytes())]), None).unwrap();
    assert_eq!(draft.body, "正文。\n");
}

#[test]
fn files_in_a_file_share_its_budget() {
    let paragraphs = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>").repeat(100);
    let inner: Vec<Vec<u8>> = ["甲", "乙", "丙"].map(|text| docx(&paragraphs(text), &[])).into();
    let main = format!(
        "<w:document xmlns:w=\"{W}\"><w:body>{}</w:body></w:document>",
        p("正文。")
    );
    let mut parts = vec![("word/document.xml", main.as_bytes())];
    let names = [
        "word/embeddings/1.docx",
        "word/embeddings/2.docx",
        "word/embeddings/3.docx",
    ];
    parts.extend(names.into_iter().zip(&inner).map(|(name, bytes)| (name, &**bytes)));
    let outer = archive(&parts);
    let read = |room, unpacked| {
        let said = crate::office::said("a.docx", &outer, &Budget::small(room, unpacked)).unwrap();
        assert_eq!(
            said.lines[0].text, "正文。",
            "what isn't too large is read all the same"
        );
        let lines = said.lines.iter().filter(|line| line.text.chars().count() == 1).count();
        (lines, said.unread)
    };
    let unread = |from: usize| names[from..].iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(read(1 << 20, 1 << 20), (300, vec![]));
    // One is read after the other in the same room, and its lines stay.
    let tree = 100 * (3 * 240 + 80 + 3);
    let (lines, of_lines) = (|room| read(room, 1 << 20), 100 * (160 + 3));
    assert_eq!(lines(tree + 2 * of_lines + 10_000), (300, vec![]));
    assert_eq!(lines(tree + of_lines + 10_000), (200, unread(2)));
    assert_eq!(lines(tree / 2), (0, unread(0)));
    // What was unpacked took its time.
    assert_eq!(read(1 << 20, 8_000), (100, unread(1)));
}
