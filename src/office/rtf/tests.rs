//! Rich Text made by hand, as Word, WordPad and WPS write it.

use crate::import::{self, Draft, Loss};
use crate::office::{Budget, Fault, Place, Said, read};

const HEAD: &str = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f1\\froman\\fcharset0 Times;}}\
    {\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s2 Title;}{\\*\\cs3 Default;}{\\s4 toc 1;}}";

fn rtf(body: &str) -> Vec<u8> {
    format!("{HEAD}{body}}}").into_bytes()
}

fn draft(body: &str) -> Draft {
    import::read(
        "材料.rtf",
        &rtf(&format!("\\pard\\s2 {}\\par\\pard {body}", escaped("题目"))),
        None,
    )
    .unwrap()
}

fn said(body: &str) -> Said {
    read("附件.doc", &rtf(body)).unwrap()
}

fn at(said: &Said, place: &Place) -> Vec<String> {
    let lines = said.lines.iter().filter(|line| line.place == *place);
    lines.map(|line| line.text.clone()).collect()
}

/// Text as Word writes it: in Unicode, with a mark for programs that know none.
fn escaped(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{}?", unit as i16)).collect()
}

/// Text as WordPad writes it: in the bytes of GBK.
fn gbk(text: &str) -> String {
    let bytes = encoding_rs::GBK.encode(text).0.into_owned();
    bytes.iter().map(|byte| format!("\\'{byte:02x}")).collect()
}

#[test]
fn text_is_read_from_unicode_and_from_bytes_of_gbk() {
    let body = format!(
        "{}\\par {}\\par \\uc2\\u27491\\'d5\\'fd\\u25991\\'ce\\'c4\\uc1 \\f1 A\\'e9\\~B\\_C\\emdash D\\line E\\tab F\\par \\f0\\'8f@\\par",
        escaped("𠮷野家，正文。"),
        gbk("报告。")
    );
    assert_eq!(
        draft(&body).body,
        "𠮷野家，正文。\n\n报告。\n\n正文Aé\u{A0}B-C—D\\\nE F\n\n廆\n"
            .replace("廆", &encoding_rs::GBK.decode(b"\x8f@").0)
    );
}

#[test]
fn headings_lists_notes_links_and_looks_are_kept() {
    let body = format!(
        "\\pard\\s1 {}\\par\\pard {{\\b {}}}{{\\super 2}}{{\\super\\chftn{{\\footnote\\pard {}\\par}}}}\\par\
         {{\\listtext 1.\\tab}}{}\\par{{\\listtext\\'b7\\tab}}{}\\par{{\\pntext {}\\tab}}{}\\par \
         A{{\\field{{\\*\\fldinst HYPERLINK \"https://www.example.cn/\"}}{{\\fldrslt {}}}}}\\par",
        gbk("概况"),
        gbk("加粗"),
        gbk("脚注"),
        gbk("甲"),
        gbk("乙"),
        gbk("一、"),
        gbk("为了养护。"),
        gbk("网址"),
    );
    assert_eq!(
        draft(&body).body,
        "## 概况\n\n**加粗**²[^1]\n\n1. 甲\n- 乙\n\n一、为了养护。\n\nA[网址](<https://www.example.cn/>)\n\n[^1]: 脚注\n"
    );
}

#[test]
fn cells_make_tables_and_know_what_is_merged() {
    let cell = |text: &str| format!("\\pard\\intbl {}\\cell", gbk(text));
    let body = format!(
        "\\trowd\\cellx1000\\cellx2000\\cellx3000 {}{}{}\\row\\trowd\\cellx1000\\cellx3000 {}{}\\row\\pard {}\\par",
        cell("一"),
        cell("二"),
        cell("三"),
        cell("甲"),
        cell("乙"),
        gbk("其后")
    );
    assert_eq!(
        draft(&body).body,
        "<table>\n<tr><th>一</th><th>二</th><th>三</th></tr>\n<tr><td>甲</td><td colspan=\"2\">乙</td></tr>\n</table>\n\n其后\n"
    );
    let body = format!(
        "\\trowd\\cellx1000\\cellx2000 {}{}\\row\\pard {}\\par",
        cell("甲"),
        cell("乙"),
        gbk("后")
    );
    assert_eq!(draft(&body).body, "| 甲 | 乙 |\n| --- | --- |\n\n后\n");
}

#[test]
fn what_the_page_does_not_show_is_judged_and_in_no_draft() {
    let body = format!(
        "{{\\info{{\\author {}}}{{\\title a}}}}{{\\header {}\\par}}{}{{\\v {}}}{}\\par 138{{\\deleted 0013}}8000{{\\revised {}}}\\par\
         {{\\*\\atnauthor {}}}{{\\*\\annotation {}}}\\pard\\s4 {}\\par\\pard{{\\*\\unheard {}}}{{\\*\\themedata 13800138000}}{}\\par",
        gbk("李某某"),
        gbk("澄检研〔2024〕3号"),
        gbk("公开"),
        gbk("隐去"),
        gbk("句。"),
        gbk("新"),
        gbk("王某"),
        gbk("存疑"),
        gbk("目录一行"),
        gbk("别处"),
        gbk("末。"),
    );
    let draft = draft(&body);
    assert_eq!(draft.body, "公开句。\n\n1388000新\n\n末。\n");
    for loss in [
        Loss::Hidden,
        Loss::Comment,
        Loss::TrackedChange,
        Loss::Contents,
        Loss::Header,
    ] {
        assert!(draft.losses.iter().any(|(known, _)| *known == loss), "{loss:?}");
    }
    let said = said(&body);
    assert_eq!(at(&said, &Place::Hidden), ["公开隐去句。", "目录一行", "别处"]);
    assert_eq!(at(&said, &Place::Deleted), ["13800138000"]);
    assert_eq!(at(&said, &Place::Comment), ["王某", "存疑"]);
    assert_eq!(at(&said, &Place::Header), ["澄检研〔2024〕3号"]);
    assert_eq!(at(&said, &Place::Property("author".into())), ["李某某"]);
}

#[test]
fn pictures_and_boxes_are_taken() {
    let draft = draft(&format!(
        "{}{{\\*\\shppict{{\\pict\\pngblip 89504e47\n0d0a}}}}{{\\nonshppict{{\\pict\\wmetafile8 0102}}}}\
         {{\\shp{{\\*\\shpinst{{\\sp{{\\sn wzDescription}}{{\\sv abc}}}}{{\\shptxt {}\\par}}}}}}\\par",
        gbk("图"),
        gbk("框内")
    ));
    assert_eq!(draft.pictures, [("图1.png".to_owned(), b"\x89PNG\r\n".to_vec())]);
    assert_eq!(draft.body, "图![图1](<图1.png>)\n\n框内\n");
}

#[test]
fn what_is_said_twice_is_read_once_and_a_cut_file_to_its_end() {
    let body = format!("{{\\upr{{ansi}}{{\\*\\ud {}}}}} a {{\\b b", escaped("双"));
    assert_eq!(draft(&body).body, "双 a **b**\n");
    assert_eq!(read("a", &rtf(&"{".repeat(5_000))), Err(Fault::TooDeep));
    for odd in [
        "}}}}",
        "\\bin99999999 x",
        "\\u",
        "\\'",
        "{\\field{\\fldrslt}}}",
        "\\cell\\row\\cellx",
        "\\uc-5\\u1",
    ] {
        read("a", &rtf(odd)).unwrap();
    }
}

#[test]
fn what_paragraphs_cells_and_marks_take_is_bounded() {
    let most = |unit: &str| {
        let read = |count: usize| {
            let file = format!("{{\\rtf1 {}}}", unit.repeat(count));
            let budget = Budget::small(1 << 20, 0);
            super::read(file.as_bytes(), &budget).map(|_| ())
        };
        (1..1 << 20)
            .find(|count| read(count * 10) == Err(Fault::TooLarge))
            .unwrap()
            * 10
    };
    for (unit, at_most) in [
        ("\\trowd\\cellx1\\intbl a\\cell\\row", 500),
        ("a\\par ", 1_050),
        ("a\\\n", 1_050),
        ("\\b a\\b0 a", 4_200),
        ("{a}", 8_400),
    ] {
        assert!(most(unit) <= at_most, "{unit}");
    }
    let words = "一段文字。".repeat(10_000);
    let file = format!("{{\\rtf1\\ansicpg936 {words}\\par}}");
    assert!(
        super::read(file.as_bytes(), &Budget::small(1 << 20, 0)).is_ok(),
        "words are bounded by their file"
    );
}
