//! OFD files made by hand, as the programs of offices write them.

use crate::import::{self, Loss};
use crate::office::{Fault, Format, Place, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A text whose letters stand side by side.
fn text(text: &str, x: f32, y: f32, size: f32) -> String {
    let steps = text.chars().count().saturating_sub(1);
    format!(
        "<ofd:TextObject ID=\"1\" Boundary=\"{x} {y} 100 10\" Font=\"1\" Size=\"{size}\"><ofd:TextCode X=\"0\" Y=\"{size}\" \
         DeltaX=\"g {steps} {size}\">{text}</ofd:TextCode></ofd:TextObject>"
    )
}

fn ofd(pages: &[String], more: &[(&str, String)]) -> Vec<u8> {
    let list: String = (0..pages.len())
        .map(|at| format!("<ofd:Page ID=\"{at}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>"))
        .collect();
    let names: Vec<String> = (0..pages.len())
        .map(|at| format!("Doc_0/Pages/Page_{at}/Content.xml"))
        .collect();
    let mut parts = vec![
        (
            "OFD.xml",
            format!(
                "<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocInfo><ofd:DocID>a13800138000</ofd:DocID><ofd:Author>李某某</ofd:Author>\
                 <ofd:CustomDatas><ofd:CustomData Name=\"承办人\">王某</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>\
                 <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
        ),
        (
            "Doc_0/Document.xml",
            format!(
                "<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>\
                 </ofd:PageArea><ofd:TemplatePage ID=\"9\" BaseLoc=\"Tpls/T.xml\"/></ofd:CommonData><ofd:Pages>{list}</ofd:Pages>\
                 <ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
            ),
        ),
    ];
    for (name, page) in names.iter().zip(pages) {
        let content =
            format!("<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID=\"1\">{page}</ofd:Layer></ofd:Content></ofd:Page>");
        parts.push((name, content));
    }
    parts.extend(more.iter().map(|(name, text)| (*name, text.clone())));
    archive(&parts)
}

#[test]
fn lines_of_pages_become_paragraphs_of_a_draft() {
    let full = "长".repeat(28);
    let pages = [
        [
            text("关于桥梁安全的调研报告", 74.0, 40.0, 6.0),
            text(&full[..26 * 3], 38.0, 60.0, 5.0),
            text(&full, 28.0, 70.0, 5.0),
            text("— 1 —", 100.0, 280.0, 4.0),
        ]
        .concat(),
        text("末行。", 28.0, 40.0, 5.0) + &text("— 2 —", 100.0, 280.0, 4.0),
    ];
    let draft = import::read("报告.ofd", &ofd(&pages, &[]), None).unwrap();
    assert_eq!(draft.guess.title, "关于桥梁安全的调研报告");
    assert_eq!(draft.body, format!("{}{full}末行。\n", &full[..26 * 3]));
    assert!(draft.losses.contains(&(Loss::Lines, 1)), "{:?}", draft.losses);
}

#[test]
fn what_a_page_does_not_show_is_judged_and_in_no_draft() {
    let hidden =
        text("隐去 13800138000", 28.0, 80.0, 5.0).replace("<ofd:TextObject", "<ofd:TextObject Visible=\"false\"");
    let pages = [text("正文一句。", 28.0, 60.0, 5.0) + &hidden + "<ofd:ImageObject ID=\"7\" ResourceID=\"3\"/>"];
    let more = [
        (
            "Doc_0/Annots/Annotations.xml",
            format!(
                "<ofd:Annotations {SPACE}><ofd:Page PageID=\"0\"><ofd:FileLoc>Page_0/Annot.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"
            ),
        ),
        (
            "Doc_0/Annots/Page_0/Annot.xml",
            format!(
                "<ofd:PageAnnot {SPACE}><ofd:Annot ID=\"5\" Creator=\"赵某\"><ofd:Remark>请核实</ofd:Remark></ofd:Annot></ofd:PageAnnot>"
            ),
        ),
        (
            "Doc_0/Tpls/T.xml",
            format!(
                "<ofd:Page {SPACE}><ofd:Content>{}</ofd:Content></ofd:Page>",
                text("内部材料", 10.0, 10.0, 4.0)
            ),
        ),
        ("Doc_0/Tags/CustomTag.xml", "<t><a>标引 王五</a></t>".to_owned()),
        ("Doc_0/Res/image_1.png", "x".to_owned()),
    ];
    let bytes = ofd(&pages, &more);
    let draft = import::read("a.ofd", &bytes, None).unwrap();
    assert!(
        !format!("{}{}", draft.guess.title, draft.body).contains("隐去"),
        "{}",
        draft.body
    );
    let said = read("a.ofd", &bytes).unwrap();
    let at = |place: &Place| -> Vec<&str> {
        let lines = said.lines.iter().filter(|line| line.place == *place);
        lines.map(|line| line.text.as_str()).collect()
    };
    assert_eq!(at(&Place::Paragraph), ["正文一句。"]);
    assert_eq!(at(&Place::Hidden), ["隐去 13800138000", "标引 王五"]);
    assert_eq!(at(&Place::Comment), ["请核实", "赵某"]);
    assert_eq!(at(&Place::Header), ["内部材料"]);
    assert_eq!(at(&Place::Property("承办人".into())), ["王某"]);
    assert_eq!(at(&Place::Property("Author".into())), ["李某某"]);
    assert!(
        !said.text().contains("a13800138000"),
        "an id of the file is nobody's number"
    );
    assert_eq!(said.unread, ["doc_0/res/image_1.png"]);
}

#[test]
fn scans_and_hostile_files_say_what_they_are() {
    let scan = ofd(&["<ofd:ImageObject ID=\"1\"/>".to_owned()], &[]);
    assert!(matches!(
        import::read("a.ofd", &scan, None),
        Err(import::Refusal::KeepAsAttachment(Format::Scan))
    ));
    let broken = |parts: &[(&str, String)]| read("a.ofd", &archive(parts)).unwrap_err();
    assert!(matches!(broken(&[("OFD.xml", "<a".to_owned())]), Fault::Broken(_)));
    let missing = "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>".to_owned();
    assert!(matches!(broken(&[("OFD.xml", missing)]), Fault::Broken(_)));
    let deep = "<ofd:PageBlock>".repeat(500) + &"</ofd:PageBlock>".repeat(500);
    assert_eq!(read("a.ofd", &ofd(&[deep], &[])).unwrap_err(), Fault::TooDeep);
    // Places that are no numbers, or beyond any paper.
    let odd = text("正文。", f32::NAN, 1e30, 5.0) + &text("又一句。", 1.0, 1.0, -3.0);
    let said = read("a.ofd", &ofd(&[odd], &[])).unwrap();
    assert!(said.text().contains("正文。") && said.text().contains("又一句。"));
}
