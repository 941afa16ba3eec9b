//! OpenDocument files made by hand, as LibreOffice writes them.

use crate::import::{self, Draft, Loss, Refusal};
use crate::office::{Fault, Place, Said, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
    xmlns:presentation=\"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0\" \
    xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" \
    xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    xmlns:math=\"http://www.w3.org/1998/Math/MathML\"";

/// A file of a kind with a body, automatic styles and further parts.
fn file(kind: &str, styles: &str, body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {SPACES}><office:automatic-styles>{styles}\
         </office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>\
         </office:document-content>"
    );
    let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let own = [("mimetype", mimetype.as_str()), ("content.xml", content.as_str())];
    for (name, text) in own.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn draft(styles: &str, body: &str, parts: &[(&str, &str)]) -> Draft {
    import::read("材料.odt", &file("text", styles, body, parts), None).unwrap()
}

fn said(kind: &str, styles: &str, body: &str, parts: &[(&str, &str)]) -> Said {
    read("附件", &file(kind, styles, body, parts)).unwrap()
}

/// The texts of the lines of a place.
fn at(said: &Said, place: &Place) -> Vec<String> {
    let lines = said.lines.iter().filter(|line| line.place == *place);
    lines.map(|line| line.text.clone()).collect()
}

fn shown(said: &Said) -> String {
    let lines = said.lines.iter().filter(|line| {
        matches!(
            line.place,
            Place::Title | Place::Heading | Place::Paragraph | Place::Cell(_) | Place::Footnote
        )
    });
    lines.map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

const TITLE: &str = "<text:p text:style-name=\"Title\">题目</text:p>";

#[test]
fn a_text_becomes_a_draft_with_its_outline_lists_notes_and_tables() {
    let styles = "<style:style style:name=\"Title\" style:family=\"paragraph\"/>\
        <style:style style:name=\"B\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
        <style:style style:name=\"S\" style:family=\"text\"><style:text-properties style:text-position=\"super 58%\"/></style:style>\
        <text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" \
         style:num-suffix=\".\"/><text:list-level-style-bullet text:level=\"2\" text:bullet-char=\"•\"/></text:list-style>\
        <text:list-style style:name=\"C\"><text:list-level-style-number text:level=\"1\" \
         style:num-format=\"一, 二, 三, ...\" style:num-prefix=\"第\" style:num-suffix=\"条\"/></text:list-style>";
    let body = "<text:h text:outline-level=\"1\">一、基本情况</text:h>\
        <text:p>排查<text:span text:style-name=\"B\">四十二座</text:span>桥梁<text:note text:note-class=\"footnote\">\
         <text:note-citation>1</text:note-citation><text:note-body><text:p>截至二月底。</text:p></text:note-body></text:note>\
         ，约10<text:span text:style-name=\"S\">5</text:span>吨。</text:p>\
        <text:p>见<text:a xlink:href=\"https://www.example.cn/a\">公报</text:a>，<text:s text:c=\"2\"/>空格\n   归一。</text:p>\
        <text:list text:style-name=\"L\"><text:list-item><text:p>登记；</text:p><text:list><text:list-item>\
         <text:p>逐桥；</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>处置。</text:p>\
         </text:list-item></text:list>\
        <text:list text:style-name=\"C\"><text:list-item text:start-value=\"11\"><text:p>为了养护。</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>乡镇</text:p>\
         </table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell>\
         <text:p>青山</text:p></table:table-cell><table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></table:table>";
    let draft = draft(styles, &format!("{TITLE}{body}"), &[]);
    assert_eq!(draft.guess.title, "题目");
    assert_eq!(
        draft.body,
        "## 一、基本情况\n\n排查**四十二座**桥梁[^1]，约10⁵吨。\n\n见[公报](<https://www.example.cn/a>)，  空格 归一。\n\n\
         1. 登记；\n    - 逐桥；\n2. 处置。\n\n第十一条为了养护。\n\n<table>\n<tr><th colspan=\"2\">乡镇</th></tr>\n\
         <tr><td>青山</td><td>3</td></tr>\n</table>\n\n[^1]: 截至二月底。\n"
    );
}

#[test]
fn what_the_page_does_not_show_is_judged_and_in_no_draft() {
    let styles = "<style:style style:name=\"Title\" style:family=\"paragraph\"/>\
        <style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let body = "<text:tracked-changes><text:changed-region text:id=\"d1\"><text:deletion><text:p>0013</text:p></text:deletion>\
        </text:changed-region><text:changed-region text:id=\"i1\"><text:insertion/></text:changed-region></text:tracked-changes>\
        <text:p>电话138<text:change text:change-id=\"d1\"/>8000<text:change-start text:change-id=\"i1\"/>新增\
         <text:change-end text:change-id=\"i1\"/>。</text:p>\
        <text:p>公开<text:span text:style-name=\"H\">隐去</text:span>句。</text:p>\
        <text:section text:display=\"none\"><text:p>整节不显。</text:p></text:section>\
        <text:p>甲<office:annotation><dc:creator>王某</dc:creator><text:p>此处存疑</text:p></office:annotation>乙。</text:p>\
        <text:table-of-content><text:index-body><text:p>目录一行</text:p></text:index-body></text:table-of-content>";
    let parts = [
        (
            "styles.xml",
            format!(
                "<office:document-styles {SPACES}><office:master-styles><style:master-page style:name=\"Standard\">\
                 <style:header><text:p>澄检研〔2024〕3号</text:p></style:header><style:footer><text:p>第 1 页</text:p>\
                 </style:footer></style:master-page></office:master-styles></office:document-styles>"
            ),
        ),
        (
            "meta.xml",
            format!(
                "<office:document-meta {SPACES}><office:meta><dc:creator>李某某</dc:creator></office:meta></office:document-meta>"
            ),
        ),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let body = format!("{TITLE}{body}");
    let draft = draft(styles, &body, &parts);
    assert_eq!(draft.body, "电话1388000新增。\n\n公开句。\n\n甲乙。\n");
    let lost = |loss| {
        draft
            .losses
            .iter()
            .find(|(known, _)| *known == loss)
            .map(|(_, count)| *count)
    };
    assert_eq!(
        [
            Loss::TrackedChange,
            Loss::Hidden,
            Loss::Comment,
            Loss::Contents,
            Loss::Header
        ]
        .map(lost),
        [Some(2), Some(2), Some(1), Some(1), Some(1)]
    );
    let said = said("text", styles, &body, &parts);
    assert_eq!(at(&said, &Place::Deleted), ["电话13800138000。"]);
    assert_eq!(at(&said, &Place::Hidden), ["公开隐去句。", "整节不显。", "目录一行"]);
    assert_eq!(at(&said, &Place::Comment), ["王某", "此处存疑"]);
    assert_eq!(at(&said, &Place::Header), ["澄检研〔2024〕3号"]);
    assert_eq!(at(&said, &Place::Property("creator".into())), ["李某某"]);
}

#[test]
fn boxes_pictures_and_formulas_of_a_text_are_taken() {
    let body = "<text:p>前<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame>后，\
        <draw:frame><draw:image xlink:href=\"Pictures/a.png\"/><svg:desc>桥面</svg:desc></draw:frame>\
        <draw:custom-shape><text:p>形内</text:p></draw:custom-shape>\
        <draw:frame><draw:object xlink:href=\"./Object 1\"/><draw:image xlink:href=\"./ObjectReplacements/Object 1\"/></draw:frame></text:p>";
    let math = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><semantics><msup><mi>x</mi><mn>2</mn></msup>\
        <annotation>x^2</annotation></semantics></math>";
    let parts = [("Pictures/a.png", "\u{89}PNG"), ("Object 1/content.xml", math)];
    let draft = draft("", &format!("{TITLE}{body}"), &parts);
    // The picture's bytes aren't those of a PNG, since they stand here as UTF-8.
    assert_eq!(draft.body, "前后，x²\n\n框内\n\n形内\n");
    assert!(draft.losses.contains(&(Loss::Picture, 1)) && draft.losses.contains(&(Loss::Formula, 1)));
}

#[test]
fn cells_of_a_workbook_have_their_headers() {
    let styles = "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let body = format!(
        "<table:table table:name=\"名单\"><table:table-column/><table:table-column table:visibility=\"collapse\"/>{}{}\
         <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
         </table:table-row></table:table><table:table table:name=\"底稿\" table:style-name=\"ta2\">{}</table:table>",
        row(&(cell("姓名") + &cell("电话"))),
        row(
            "<table:table-cell><text:p>王某</text:p><office:annotation><text:p>证人</text:p></office:annotation></table:table-cell>\
             <table:table-cell office:value=\"13800138000\"><text:p>1.38E+10</text:p></table:table-cell>"
        ),
        row(&cell("底")),
    );
    let said = said("spreadsheet", styles, &body, &[]);
    let cells: Vec<_> = said
        .lines
        .iter()
        .filter_map(|line| match &line.place {
            Place::Cell(cell) => Some((
                line.text.as_str(),
                cell.address(),
                cell.column_header.as_deref(),
                cell.hidden,
            )),
            _ => None,
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("姓名", "名单!A1".to_owned(), None, false),
            ("电话", "名单!B1".to_owned(), None, true),
            ("王某", "名单!A2".to_owned(), Some("姓名"), false),
            ("1.38E+10", "名单!B2".to_owned(), Some("电话"), true),
            ("底", "底稿!A1".to_owned(), None, true),
        ]
    );
    assert_eq!(at(&said, &Place::Comment), ["证人"]);
    assert_eq!(at(&said, &Place::Hidden), ["底稿", "13800138000"]);
}

#[test]
fn slides_say_what_they_show_and_what_their_speaker_has() {
    let styles = "<style:style style:name=\"dp2\" style:family=\"drawing-page\">\
        <style:drawing-page-properties presentation:visibility=\"hidden\"/></style:style>";
    let frame = |class: &str, text: &str| {
        format!(
            "<draw:frame presentation:class=\"{class}\"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"
        )
    };
    let body = format!(
        "<draw:page draw:name=\"p1\">{}{}<presentation:notes>{}</presentation:notes></draw:page>\
         <draw:page draw:name=\"p2\" draw:style-name=\"dp2\">{}</draw:page>",
        frame("title", "汇报"),
        frame("outline", "要点"),
        frame("notes", "口头说明"),
        frame("outline", "备用"),
    );
    let said = said("presentation", styles, &body, &[]);
    assert_eq!(shown(&said), "汇报\n要点");
    assert_eq!(at(&said, &Place::Comment), ["口头说明"]);
    assert_eq!(at(&said, &Place::Hidden), ["备用"]);
}

#[test]
fn only_a_text_becomes_a_draft() {
    for kind in ["spreadsheet", "presentation"] {
        let bytes = file(kind, "", "", &[]);
        let refusal = import::read("表.odt", &bytes, None).unwrap_err();
        assert!(matches!(refusal, Refusal::KeepAsAttachment(_)), "{kind}: {refusal:?}");
    }
}

#[test]
fn any_prefix_stands_for_its_namespace() {
    let content = "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><o:body><o:text><t:p>一<t:line-break/>二</t:p></o:text></o:body>\
        </o:document-content>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("META-INF/manifest.xml", "<m/>"), ("content.xml", content)] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let said = read("附件", &zip.finish().unwrap().into_inner()).unwrap();
    assert_eq!(shown(&said), "一 二");
}

#[test]
fn what_is_hostile_is_refused_by_its_reason() {
    let refused = |kind: &str, body: &str, parts: &[(&str, &str)]| read("a", &file(kind, "", body, parts)).unwrap_err();
    let deep = "<text:section>".repeat(500) + &"</text:section>".repeat(500);
    assert_eq!(refused("text", &deep, &[]), Fault::TooDeep);
    let manifest = [("META-INF/manifest.xml", "<manifest:encryption-data/>")];
    assert_eq!(refused("text", "", &manifest), Fault::Locked);
    // One long cell that all cells of a sheet repeat.
    let long = "长".repeat(400_000);
    let row = format!(
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\">\
         <text:p>{long}</text:p></table:table-cell></table:table-row>"
    );
    let sheet = format!("<table:table table:name=\"a\">{row}</table:table>");
    assert_eq!(refused("spreadsheet", &sheet, &[]), Fault::TooLarge);
    assert!(matches!(refused("text", "<text:p>", &[]), Fault::Broken(_)));
    let said = said("text", "", "<text:p><text:s text:c=\"4000000000\"/>字</text:p>", &[]);
    assert_eq!(shown(&said), "字");
}
