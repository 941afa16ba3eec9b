//! Word files that hold a text in one place each.

use super::{File, archive};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file with a body and further parts.
fn docx(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:pic=\"pic\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>\
         <w:r><w:t>题目</w:t></w:r></w:p>{}{body}</w:body></w:document>",
        p("看得见")
    );
    let mut all = vec![("word/document.xml", document.as_str())];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_str())));
    archive(&all)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A part of Word's own.
fn part(name: &str, inner: &str) -> String {
    format!("<w:{name} xmlns:w=\"{W}\">{inner}</w:{name}>")
}

fn relations(kind: &str, target: &str) -> String {
    format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{R}/{kind}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
    )
}

fn named(files: Vec<(&str, Vec<u8>)>) -> Vec<File> {
    let named = files.into_iter().map(|(name, bytes)| (format!("{name}.docx"), bytes));
    named.collect()
}

/// A table of two rows whose first one holds a text, in a style.
fn table(text: &str, look: &str) -> String {
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/>{look}</w:tblPr><w:tr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        p(text),
        p("看得见的格")
    )
}

fn item(text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn numbering(format: &str, text: &str, run: &str) -> String {
    part(
        "numbering",
        &format!(
            "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{text}\"/><w:rPr>{run}</w:rPr></w:lvl></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
        ),
    )
}

fn style(kind: &str, more: &str, inner: &str) -> String {
    part(
        "styles",
        &format!("<w:style w:type=\"{kind}\" w:styleId=\"T\"{more}><w:name w:val=\"T\"/>{inner}</w:style>"),
    )
}

const VANISH: &str = "<w:rPr><w:vanish/></w:rPr>";
const FIRST_ROW: &str = "<w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>";

/// Files that hide a text from their readers.
pub(super) fn hidden(text: &str) -> Vec<File> {
    let of_table =
        |inner: &str, look: &str| docx(&table(text, look), &[("word/styles.xml", style("table", "", inner))]);
    let first = format!("<w:tblStylePr w:type=\"firstRow\">{VANISH}</w:tblStylePr>");
    let old_look = "<w:tblLook w:val=\"0020\"/>";
    let math = |inner: &str| docx(&format!("<w:p><m:oMath>{inner}</m:oMath></w:p>"), &[]);
    let run = |inner: &str| format!("<m:r><w:rPr>{inner}</w:rPr><m:t>{text}</m:t></m:r>");
    let by_default = {
        let body = "<w:p><w:pPr><w:pStyle w:val=\"V\"/></w:pPr><w:r><w:t>看得见</w:t></w:r></w:p>";
        let styles = format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"V\"><w:name w:val=\"V\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"N\" w:default=\"1\"><w:name w:val=\"Normal\"/>{VANISH}</w:style>"
        );
        docx(
            &format!("{body}{}", p(text)),
            &[("word/styles.xml", part("styles", &styles))],
        )
    };
    named(vec![
        ("首行样式", of_table(&first, FIRST_ROW)),
        ("首行样式旧写法", of_table(&first, old_look)),
        (
            "首列样式",
            docx(
                &format!(
                    "<w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/><w:tblLook w:firstColumn=\"1\"/></w:tblPr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
                    p(text),
                    p("看得见")
                ),
                &[(
                    "word/styles.xml",
                    style(
                        "table",
                        "",
                        &format!("<w:tblStylePr w:type=\"firstCol\">{VANISH}</w:tblStylePr>"),
                    ),
                )],
            ),
        ),
        ("整表样式", of_table(VANISH, "")),
        ("公式", math(&run("<w:vanish/>"))),
        (
            "公式的上标",
            math(&format!(
                "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup>{}</m:sup></m:sSup>",
                run("<w:vanish/>")
            )),
        ),
        (
            "公式的分母",
            math(&format!(
                "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den>{}</m:den></m:f>",
                run("<w:vanish/>")
            )),
        ),
        (
            "编号",
            docx(
                &item("看得见"),
                &[(
                    "word/numbering.xml",
                    numbering("decimal", &format!("{text}%1、"), "<w:vanish/>"),
                )],
            ),
        ),
        ("默认样式", by_default),
    ])
}

/// Files that show a text in a place of its own.
pub(super) fn shown(text: &str) -> Vec<File> {
    let off = format!("<w:tblStylePr w:type=\"firstRow\">{VANISH}</w:tblStylePr>");
    let of_table = |look: &str| docx(&table(text, look), &[("word/styles.xml", style("table", "", &off))]);
    named(vec![
        (
            "项目符号",
            docx(&item("项"), &[("word/numbering.xml", numbering("bullet", text, ""))]),
        ),
        (
            "编号文字",
            docx(
                &item("项"),
                &[("word/numbering.xml", numbering("decimal", &format!("{text}%1"), ""))],
            ),
        ),
        ("不用首行样式", of_table("<w:tblLook w:val=\"0000\" w:firstRow=\"0\"/>")),
        (
            "脚注分隔符",
            docx(
                "",
                &[(
                    "word/footnotes.xml",
                    part(
                        "footnotes",
                        &format!("<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote>", p(text)),
                    ),
                )],
            ),
        ),
        (
            "公式",
            docx(
                &format!("<w:p><m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath></w:p>"),
                &[],
            ),
        ),
    ])
}

/// Files into whose text it was typed: a paragraph, a heading, an item, cells, a note, a link.
pub(super) fn typed(text: &str) -> Vec<File> {
    let row = |cells: &str| format!("<w:tr>{cells}</w:tr>");
    let cell = |text: &str, span: &str| format!("<w:tc><w:tcPr>{span}</w:tcPr>{}</w:tc>", p(text));
    let plain = row(&[cell("甲", ""), cell(text, "")].concat());
    let merged =
        row(&[cell(text, "<w:gridSpan w:val=\"2\"/>")].concat()) + &row(&[cell("乙", ""), cell("丙", "")].concat());
    named(vec![
        ("段落", docx(&p(text), &[])),
        ("两段", docx(&format!("{}{}", p(text), p(text)), &[])),
        (
            "拆开的",
            docx(
                &format!(
                    "<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>%</w:t></w:r></w:p>{}",
                    "甲%",
                    p(text)
                ),
                &[],
            ),
        ),
        (
            "标题",
            docx(
                &format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"),
                &[],
            ),
        ),
        (
            "列表",
            docx(&item(text), &[("word/numbering.xml", numbering("bullet", "·", ""))]),
        ),
        ("表格", docx(&format!("<w:tbl>{plain}</w:tbl>"), &[])),
        ("合并的表格", docx(&format!("<w:tbl>{merged}</w:tbl>"), &[])),
        (
            "脚注",
            docx(
                "<w:p><w:r><w:t>注</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
                &[(
                    "word/footnotes.xml",
                    part("footnotes", &format!("<w:footnote w:id=\"2\">{}</w:footnote>", p(text))),
                )],
            ),
        ),
        (
            "链接",
            docx(
                &format!("<w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>"),
                &[(
                    "word/_rels/document.xml.rels",
                    relations("hyperlink", "https://www.example.cn/a"),
                )],
            ),
        ),
    ])
}

/// Files that hold a text somewhere.
pub(super) fn places(text: &str) -> Vec<File> {
    let field = |instruction: &str, result: &str| {
        docx(
            &format!(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
            ),
            &[],
        )
    };
    let control = |inner: &str| {
        docx(
            &format!(
                "<w:sdt><w:sdtPr>{inner}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                p("控件")
            ),
            &[],
        )
    };
    let drawing = |inner: &str| {
        docx(
            &format!("<w:p><w:r><w:drawing><wp:inline>{inner}</wp:inline></w:drawing></w:r></w:p>"),
            &[],
        )
    };
    let shape = |inner: &str| docx(&format!("<w:p><w:r><w:pict>{inner}</w:pict></w:r></w:p>"), &[]);
    let with = |part: &'static str, inner: String| docx("", &[(part, inner)]);
    let linked = |body: &str, target: &str| {
        docx(
            body,
            &[("word/_rels/document.xml.rels", relations("hyperlink", target))],
        )
    };
    let properties = |inner: &str| format!("<Properties><property name=\"{inner}</property></Properties>");
    let changed = |attributes: &str| {
        docx(
            &format!("<w:p><w:ins {attributes}><w:r><w:t>新</w:t></w:r></w:ins></w:p>"),
            &[],
        )
    };
    let form = |inner: &str| {
        docx(
            &format!(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{inner}</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
            ),
            &[],
        )
    };
    let mut all = vec![
        ("批注作者", with("word/comments.xml", part("comments", &format!("<w:comment w:id=\"0\" w:author=\"{text}\">{}</w:comment>", p("批"))))),
        ("批注缩写", with("word/comments.xml", part("comments", &format!("<w:comment w:id=\"0\" w:author=\"甲\" w:initials=\"{text}\">{}</w:comment>", p("批"))))),
        ("批注", with("word/comments.xml", part("comments", &format!("<w:comment w:id=\"0\">{}</w:comment>", p(text))))),
        ("修订作者", changed(&format!("w:author=\"{text}\""))),
        ("协作者", with("word/people.xml", format!("<w15:people xmlns:w15=\"w15\"><w15:person w15:author=\"{text}\"/></w15:people>"))),
        ("控件标题", control(&format!("<w:alias w:val=\"{text}\"/>"))),
        ("控件标记", control(&format!("<w:tag w:val=\"{text}\"/>"))),
        ("控件占位", control(&format!("<w:placeholder><w:docPart w:val=\"{text}\"/></w:placeholder>"))),
        ("控件选项", control(&format!("<w:dropDownList><w:listItem w:displayText=\"一\" w:value=\"{text}\"/></w:dropDownList>"))),
        ("占位文字", with("word/glossary/document.xml", part("glossaryDocument", &format!("<w:docParts><w:docPart><w:docPartBody>{}</w:docPartBody></w:docPart></w:docParts>", p(text))))),
        ("自定义数据", with("customXml/item1.xml", format!("<a><b>{text}</b></a>"))),
        ("自定义数据的属性", with("customXml/item1.xml", format!("<a><b c=\"{text}\"/></a>"))),
        ("自定义属性", with("docProps/custom.xml", properties(&format!("备注\"><vt:lpwstr>{text}</vt:lpwstr>")))),
        ("自定义属性名", with("docProps/custom.xml", properties(&format!("{text}\"><vt:lpwstr>是</vt:lpwstr>")))),
        ("关键词", with("docProps/core.xml", format!("<cp:coreProperties><cp:keywords>{text}</cp:keywords></cp:coreProperties>"))),
        ("书签", docx(&format!("<w:p><w:bookmarkStart w:id=\"0\" w:name=\"{text}\"/><w:r><w:t>签</w:t></w:r><w:bookmarkEnd w:id=\"0\"/></w:p>"), &[])),
        ("替代文字", drawing(&format!("<wp:docPr id=\"1\" name=\"图\" descr=\"{text}\"/>"))),
        ("替代标题", drawing(&format!("<wp:docPr id=\"1\" name=\"图\" title=\"{text}\"/>"))),
        ("图片原名", drawing(&format!("<wp:docPr id=\"1\" name=\"图\"/><pic:cNvPr id=\"0\" name=\"{text}.jpg\"/>"))),
        ("图片提示", drawing(&format!("<wp:docPr id=\"1\" name=\"图\"><a:hlinkClick tooltip=\"{text}\"/></wp:docPr>"))),
        ("旧图替代文字", shape(&format!("<v:shape alt=\"{text}\"/>"))),
        ("旧图标题", shape(&format!("<v:shape><v:imagedata title=\"{text}\"/></v:shape>"))),
        ("艺术字", shape(&format!("<v:shape><v:textpath string=\"{text}\"/></v:shape>"))),
        ("链接提示", linked(&format!("<w:p><w:hyperlink r:id=\"r1\" w:tooltip=\"{text}\"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>"), "https://www.example.cn/")),
        ("链接位置", docx(&format!("<w:p><w:hyperlink w:anchor=\"{text}\"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>"), &[])),
        ("链接文件", linked("<w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>", &format!("file:///D:/{text}/a.docx"))),
        ("无字链接", linked("<w:p><w:hyperlink r:id=\"r1\"/></w:p>", &format!("file:///D:\\{text}\\a.docx"))),
        ("模板", with("word/_rels/settings.xml.rels", relations("attachedTemplate", &format!("file:///D:/{text}.dotx")))),
        ("域的链接提示", field(&format!("HYPERLINK \"https://www.example.cn\" \\o \"{text}\""), "链")),
        ("合并域", field(&format!("MERGEFIELD {text}"), "«一»")),
        ("条件域", field(&format!("IF 1 = 1 \"一\" \"{text}\""), "一")),
        ("简单域", docx(&format!("<w:p><w:fldSimple w:instr=\"MERGEFIELD {text}\"><w:r><w:t>一</w:t></w:r></w:fldSimple></w:p>"), &[])),
        ("域内藏字", docx(&format!("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>{text}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"), &[])),
        ("窗体提示", form(&format!("<w:statusText w:val=\"{text}\"/>"))),
        ("窗体默认值", form(&format!("<w:textInput><w:default w:val=\"{text}\"/></w:textInput>"))),
        ("窗体选项", form(&format!("<w:ddList><w:listEntry w:val=\"一\"/><w:listEntry w:val=\"{text}\"/></w:ddList>"))),
        ("文档变量", with("word/settings.xml", part("settings", &format!("<w:docVars><w:docVar w:name=\"a\" w:val=\"{text}\"/></w:docVars>")))),
        ("文档变量名", with("word/settings.xml", part("settings", &format!("<w:docVars><w:docVar w:name=\"{text}\" w:val=\"一\"/></w:docVars>")))),
        ("邮件合并", with("word/settings.xml", part("settings", &format!("<w:mailMerge><w:mailSubject w:val=\"{text}\"/></w:mailMerge>")))),
        ("尾注分隔符", with("word/endnotes.xml", part("endnotes", &format!("<w:endnote w:type=\"continuationNotice\" w:id=\"0\">{}</w:endnote>", p(text))))),
        ("未用的编号", with("word/numbering.xml", numbering("bullet", text, ""))),
        (
            "嵌入文本",
            docx(
                "<w:altChunk r:id=\"r1\"/>",
                &[
                    ("word/_rels/document.xml.rels", format!("<Relationships><Relationship Id=\"r1\" Type=\"{R}/aFChunk\" Target=\"chunk.txt\"/></Relationships>")),
                    ("word/chunk.txt", text.to_owned()),
                ],
            ),
        ),
        ("没有人引用的嵌入文本", with("word/afchunk1.txt", text.to_owned())),
        ("图表缓存", with("word/charts/chart1.xml", format!("<c:chart><c:v>{text}</c:v></c:chart>"))),
        ("删去的字", docx(&format!("<w:p><w:del><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p>"), &[])),
        ("页眉", docx("<w:sectPr><w:headerReference r:id=\"r1\"/></w:sectPr>", &[("word/header1.xml", part("hdr", &p(text)))])),
    ]
    .into_iter()
    .map(|(name, bytes)| (format!("{name}.docx"), bytes))
    .collect::<Vec<_>>();
    for (name, bytes) in hidden(text).into_iter().chain(shown(text)) {
        all.push((format!("{}（正文）.docx", name.trim_end_matches(".docx")), bytes));
    }
    all
}
