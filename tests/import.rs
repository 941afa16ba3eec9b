//! What authors have already becomes a document that builds: Word files, pages, text in any encoding.

use crate::desk;

use desk::Desk;
use std::path::Path;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/import")
        .join(name);
    path.to_str().unwrap().to_owned()
}

const BRIDGES: &str = "---
# 由“农村桥梁（LibreOffice）.docx”导入。标有“请核对”的各项是从正文猜的，核对后删去说明。
kind: report # 请核对
title: 关于澄溪县农村桥梁安全的调研报告 # 请核对
date: 2024-03-05 # 请核对
unit: 澄溪县人民检察院 # 请核对
summary: 全县排查桥梁四十二座，发现隐患九处。 # 请核对
genre: 调研报告 # 请核对
visibility: internal # 公开的须先作保密审查
---

## 一、基本情况

排查**四十二座**桥梁[^1]，涉及六个乡镇。

<table>
<tr><th>乡镇</th><th colspan=\"2\">隐患（处）</th></tr>
<tr><td rowspan=\"2\">青山镇</td><td>护栏</td><td>3</td></tr>
<tr><td>桥面</td><td>2</td></tr>
</table>

### （一）主要做法

1. 逐桥登记；
2. 分级处置。
- 无人机巡查

![桥面照片](<附件/2024-03-05-关于澄溪县农村桥梁安全的调研报告/图1.png>)

## 二、建议

根据《公路法》第三十五条，建议加强养护。

澄溪县人民检察院

2024年3月5日

[^1]: 数据截至2024年2月底。
";

#[test]
fn a_word_file_becomes_a_searchable_page_in_a_few_commands() {
    let desk = Desk::new();
    let (path, said) = desk.expect(0, &["import", &fixture("农村桥梁（LibreOffice）.docx")]);
    let name = "调研报告/2024-03-05-关于澄溪县农村桥梁安全的调研报告";
    assert!(path.trim_end().ends_with(&format!("{name}.md")), "{path}");
    assert!(
        said.contains("请核对：类别、标题、成文日期、单位、摘要") && said.contains("合并单元格"),
        "{said}"
    );
    assert_eq!(desk.read(&format!("corpus/{name}.md")), BRIDGES);
    desk.expect(0, &["check"]);
    desk.expect(0, &["build", "-q"]);
    let (hits, _) = desk.expect(0, &["search", "无人机巡查"]);
    assert!(hits.contains("农村桥梁安全"), "{hits}");
    // A result names the section as its author does.
    let (hits, _) = desk.expect(0, &["search", "涉及六个乡镇"]);
    assert!(hits.contains("一、基本情况：") && !hits.contains("基本案情"), "{hits}");
    let pages: Vec<_> = walkdir::WalkDir::new(desk.path("site")).into_iter().flatten().collect();
    let page = pages
        .iter()
        .find(|entry| {
            entry.path().extension().is_some_and(|ending| ending == "html")
                && entry.path().to_string_lossy().contains("2024-03-05")
        })
        .unwrap();
    let html = std::fs::read_to_string(page.path()).unwrap();
    for part in ["rowspan=\"2\"", "数据截至2024年2月底", "alt=\"桥面照片\"", "files/"] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_page_keeps_its_footnotes_and_tables() {
    let desk = Desk::new();
    desk.expect(0, &["import", &fixture("农村桥梁（LibreOffice）.html")]);
    let text = desk.read("corpus/调研报告/2024-03-05-关于澄溪县农村桥梁安全的调研报告.md");
    for part in [
        "排查**四十二座**桥梁[^1]，",
        "[^1]: 数据截至2024年2月底。",
        "rowspan=\"2\"",
        "## 二、建议",
        "1. 逐桥登记；",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

const LETTER: &str = "澄溪县人民检察院\r\n检察建议书\r\n澄检建[2024]6号\r\n\r\n澄溪县民政局：\r\n　　我院在履职中发现以下问题。\r\n一、案件来源\r\n　　来自群众举报。\r\n澄溪县人民检察院\r\n2024年3月5日\r\n";

#[test]
fn plain_text_is_read_in_every_encoding() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let encodings = [
        LETTER.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF".to_vec(), LETTER.as_bytes().to_vec()].concat(),
        [b"\xFF\xFE".to_vec(), utf16(LETTER)].concat(),
        encoding_rs::GB18030.encode(LETTER).0.into_owned(),
    ];
    for bytes in encodings {
        let desk = Desk::new();
        desk.write("建议.txt", bytes);
        desk.expect(0, &["import", "建议.txt"]);
        assert_eq!(
            desk.read("corpus/检察建议/2024-03-05-检察建议书.md"),
            "---\n# 由“建议.txt”导入。标有“请核对”的各项是从正文猜的，核对后删去说明。\nkind: recommendation # 请核对\n\
             title: 检察建议书 # 请核对\ndate: 2024-03-05 # 请核对\nunit: 澄溪县人民检察院 # 请核对\nsummary: # 摘要，一到三句话\n\
             number: 澄检建〔2024〕6号 # 请核对\naddressee: 澄溪县民政局 # 请核对\nvisibility: internal # 公开的须先作保密审查\n---\n\n\
             澄溪县民政局：\n\n我院在履职中发现以下问题。\n\n## 一、案件来源\n\n来自群众举报。\n\n澄溪县人民检察院\n\n2024年3月5日\n"
        );
    }
}

#[test]
fn a_folder_is_imported_whole_and_what_can_not_be_is_kept_or_told() {
    let desk = Desk::new();
    desk.write("历年/甲/某某盗窃案.txt", "某某盗窃案\n一、基本案情\n某某多次盗窃。\n");
    desk.write(
        "历年/乙.html",
        "<html><head><title>x</title></head><body><h1>关于噪声的调研报告</h1><p>正文。</p></body></html>",
    );
    desk.write("历年/旧稿.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    desk.write("历年/扫描.pdf", scan());
    desk.write("历年/半截.pdf", "%PDF-1.4");
    desk.write("历年/图.png", b"\x89PNG\r\n");
    desk.write("历年/程序.exe", b"MZ\x90\0");
    desk.write("历年/已有.md", "# 已有");
    desk.write("历年/坏的.docx", "PK\x03\x04");
    desk.write("历年/~$坏的.docx", "lock");
    desk.write("历年/空.txt", "  \n");
    let (_, said) = desk.expect(1, &["import", "历年"]);
    assert_eq!(
        desk.files(),
        [
            "案例/未注日期-某某盗窃案.md",
            "调研报告/未注日期-关于噪声的调研报告.md",
            "附件/图.png",
            "附件/扫描.pdf",
            "附件/旧稿.doc"
        ]
    );
    assert_eq!(said.matches("请用WPS另存为docx后再导入").count(), 1, "{said}");
    for part in [
        "程序.exe 未导入：不认识的格式",
        "扫描.pdf 已原样存为附件",
        "扫描件，没有文字",
        "半截.pdf 未导入：文件已损坏",
        "图.png 已原样存为附件",
        "已有.md 未导入：已是 Markdown",
        "坏的.docx 未导入：文件已损坏",
        "空.txt 未导入：没有文字",
        "导入 2 个，原样保存 3 个，未导入 5 个",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
}

/// A PDF of one page on which nothing is written.
fn scan() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut table = String::from("xref\n0 4\n0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = out.len();
    out += &format!("{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

#[test]
fn nothing_is_overwritten_and_nothing_classified_taken_in() {
    let desk = Desk::new();
    desk.write("甲.txt", "关于噪声的调研报告\n正文。\n2024年3月5日\n");
    desk.write("乙.txt", "机密★10年\n关于某事的报告\n不应出现。\n");
    desk.expect(0, &["import", "甲.txt"]);
    let name = "corpus/调研报告/2024-03-05-关于噪声的调研报告.md";
    desk.write(name, "我的修改");
    let (_, said) = desk.expect(1, &["import", "甲.txt", "乙.txt"]);
    assert_eq!(desk.read(name), "我的修改");
    assert!(
        said.contains("不会覆盖") && said.contains("涉密文件不得存入本库") && !said.contains("不应出现"),
        "{said}"
    );
    assert_eq!(desk.files().len(), 1);
}

#[test]
fn the_kind_that_the_author_names_is_taken() {
    let desk = Desk::new();
    desk.write("甲.txt", "督促整治噪声\n正文。\n");
    desk.expect(0, &["import", "--kind", "案例", "甲.txt"]);
    assert!(
        desk.read("corpus/案例/未注日期-督促整治噪声.md")
            .contains("kind: case\n")
    );
}

/// A PNG of one pixel, in its bytes and as a page holds it.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[test]
fn pictures_of_a_page_come_along_from_the_page_and_from_beside_it() {
    use base64::Engine;
    let desk = Desk::new();
    let pixel = base64::engine::general_purpose::STANDARD.decode(PIXEL).unwrap();
    desk.write("网页/报告.files/图 一.png", &pixel);
    desk.write("网页/另.gif", b"GIF89a");
    desk.write("外面.png", b"not below the page");
    let page = format!(
        "<html><body><h1>关于噪声的调研报告</h1><p><img src=\"data:image/png;base64,{PIXEL}\" alt=\"噪声 分布\"></p>\
         <table><tr><td>一</td><td><img src=\"另.gif\"></td></tr></table>\
         <p>同一幅<img src=\"报告.files/图%20%E4%B8%80.png\"></p>\
         <p><img src=\"../外面.png\"><img src=\"https://example.org/a.png\"><img src=\"没有.png\"></p></body></html>"
    );
    desk.write("网页/报告.html", page);
    let (_, said) = desk.expect(0, &["import", "网页/报告.html"]);
    let text = desk.read("corpus/调研报告/未注日期-关于噪声的调研报告.md");
    for part in [
        "![噪声 分布](<附件/未注日期-关于噪声的调研报告/图1.png>)",
        "![图2](<附件/未注日期-关于噪声的调研报告/图2.gif>)",
        "同一幅![图1](<附件/未注日期-关于噪声的调研报告/图1.png>)",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(said.contains("图片 2 幅，存入") && said.contains("图片 3 幅"), "{said}");
    assert!(
        !desk.files().iter().any(|file| file.contains("外面")),
        "{:?}",
        desk.files()
    );
}

#[test]
fn a_group_that_wrote_a_report_wrote_it_for_its_office() {
    let desk = Desk::new();
    desk.write(
        "甲.txt",
        "关于噪声的调研报告\n某县人民检察院课题组\n正文。\n2024年3月5日\n",
    );
    desk.expect(0, &["import", "甲.txt"]);
    let text = desk.read("corpus/调研报告/2024-03-05-关于噪声的调研报告.md");
    assert!(text.contains("unit: 某县人民检察院 # 请核对\n"), "{text}");
    assert!(
        !text.contains("课题组"),
        "the head of the page is the front matter's now: {text}"
    );
}

#[test]
fn a_folder_is_taken_once_and_its_list_says_what_became_of_each_file() {
    let desk = Desk::new();
    let lines: String = (1..40)
        .map(|at| format!("<p>第{at}处噪声源位于学校附近，应当限期治理。</p>"))
        .collect();
    let page = format!("<html><body><h1>关于噪声的调研报告</h1>{lines}</body></html>");
    desk.write("历年/关于噪声的调研报告.html", &page);
    let text = page.replace("<p>", "").replace("</p>", "\n").replace("</h1>", "\n");
    let text = text.replace("<html><body><h1>", "").replace("</body></html>", "");
    desk.write("历年/又一份.txt", text);
    desk.write("历年/关于噪声的调研报告附件1.csv", "点位,分贝\n学校,70\n");
    desk.write("历年/附件2.csv", "机密★10年\n");
    let (_, said) = desk.expect(1, &["import", "历年", "--report", "清单.xlsx"]);
    let stem = "调研报告/未注日期-关于噪声的调研报告";
    let folder = "调研报告/附件/未注日期-关于噪声的调研报告";
    assert_eq!(
        desk.files(),
        [format!("{stem}.md"), format!("{folder}/关于噪声的调研报告附件1.csv")]
    );
    let written = desk.read(&format!("corpus/{stem}.md"));
    let link = "附件：[关于噪声的调研报告附件1.csv](<附件/未注日期-关于噪声的调研报告/关于噪声的调研报告附件1.csv>)";
    assert!(written.contains(link), "{written}");
    for part in [
        "又一份.txt 未导入：内容与",
        "附件2.csv 未导入：",
        "导入 1 个，原样保存 0 个，未导入 1 个",
        "附件随正文存入 1 个；内容相同未重复导入 1 个，此前已导入 0 个",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(desk.path("清单.xlsx")).unwrap();
    let list = calamine::Reader::worksheet_range(&mut book, "导入清单").unwrap();
    let outcomes: Vec<String> = list.rows().skip(1).map(|row| row[1].to_string()).collect();
    assert_eq!(outcomes, ["导入", "随正文存为附件", "内容相同，未重复导入", "未导入"]);
    // Again: what is new, and no more.
    desk.write(
        "历年/新/关于噪声的调研报告.txt",
        "关于噪声的调研报告\n这是另一年的另一篇，说的是另一件事。\n",
    );
    let (_, said) = desk.expect(1, &["import", "历年"]);
    assert!(said.contains("导入 1 个，原样保存 0 个，未导入 1 个"), "{said}");
    assert!(said.contains("此前已导入 3 个"), "{said}");
    assert_eq!(desk.files()[1], format!("{stem}（2）.md"));
}

#[test]
fn the_genre_is_guessed_by_the_title_and_the_form_of_a_paper() {
    for (title, more, genre) in [
        ("关于河道采砂情况的调查", "", "调研报告"),
        ("2023年刑事检察白皮书", "", "专题报告"),
        ("数字检察的路径", "摘要：本文。\n关键词：数字；检察\n", "论文"),
        ("公益诉讼授课讲稿", "", "授课讲稿"),
    ] {
        let desk = Desk::new();
        desk.write("甲.txt", format!("{title}\n{more}正文。\n"));
        let (path, _) = desk.expect(0, &["import", "甲.txt"]);
        let text = std::fs::read_to_string(desk.path(path.trim())).unwrap();
        assert!(text.contains(&format!("\ngenre: {genre} # 请核对\n")), "{text}");
    }
}
