//! Workbooks that hold a text in one place each.

use super::{File, archive};

const RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

/// A workbook of one sheet: what stands in the workbook's part, in the sheet after its cells, and further parts.
fn xlsx(workbook: &str, sheet: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let workbook = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"r1\"/></sheets>{workbook}</workbook>"
    );
    let sheet = if sheet.contains("<sheetData>") {
        format!("<worksheet>{sheet}</worksheet>")
    } else {
        format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲</v></c></row></sheetData>{sheet}</worksheet>"
        )
    };
    let mut all = vec![
        ("xl/workbook.xml", workbook.as_str()),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_str())));
    archive(&all)
}

/// A cell with a format of numbers.
fn formatted(code: &str, kind: &str, value: &str) -> Vec<u8> {
    let code = code.replace('"', "&quot;");
    xlsx(
        "",
        &format!("<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\" t=\"{kind}\"><v>{value}</v></c></row></sheetData>"),
        &[(
            "xl/styles.xml",
            format!(
                "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{code}\"/></numFmts>\
                 <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
            ),
        )],
    )
}

/// Workbooks that hold a text somewhere.
pub(super) fn places(text: &str) -> Vec<File> {
    let of_sheet = |inner: &str| xlsx("", inner, &[]);
    let of_book = |inner: &str| xlsx(inner, "", &[]);
    let with = |part: &'static str, inner: String| xlsx("", "", &[(part, inner)]);
    let target = |target: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>")
    };
    let rule = |inner: &str| {
        of_sheet(&format!(
            "<dataValidations><dataValidation {inner}</dataValidation></dataValidations>"
        ))
    };
    let drawing = |inner: &str| with("xl/drawings/drawing1.xml", format!("<xdr:wsDr>{inner}</xdr:wsDr>"));
    let all = [
        (
            "链接提示",
            of_sheet(&format!(
                "<hyperlinks><hyperlink ref=\"A1\" tooltip=\"{text}\"/></hyperlinks>"
            )),
        ),
        (
            "链接显示",
            of_sheet(&format!(
                "<hyperlinks><hyperlink ref=\"A1\" display=\"{text}\"/></hyperlinks>"
            )),
        ),
        (
            "链接位置",
            of_sheet(&format!(
                "<hyperlinks><hyperlink ref=\"A1\" location=\"{text}\"/></hyperlinks>"
            )),
        ),
        (
            "链接目标",
            with(
                "xl/worksheets/_rels/sheet1.xml.rels",
                target(&format!("file:///D:/{text}/a.xlsx")),
            ),
        ),
        (
            "链接公式",
            of_sheet(&format!(
                "<sheetData><row><c><f>HYPERLINK(\"tel:1\",\"{text}\")</f><v>1</v></c></row></sheetData>"
            )),
        ),
        ("格式文字", formatted(&format!("\"{text}\"0"), "n", "5")),
        ("格式文字与常规", formatted(&format!("\"{text}：\"General"), "n", "5")),
        ("格式的负数段", formatted(&format!("0;\"{text}\""), "n", "-5")),
        ("格式的文字段", formatted(&format!("0;0;0;\"{text}\"@"), "str", "甲")),
        (
            "格式的转义",
            formatted(&text.chars().map(|it| format!("\\{it}")).collect::<String>(), "n", "5"),
        ),
        ("日期格式文字", formatted(&format!("\"{text}\"yyyy"), "n", "45356")),
        (
            "名称",
            of_book(&format!(
                "<definedNames><definedName name=\"{text}\">表一!$A$1</definedName></definedNames>"
            )),
        ),
        (
            "名称的值",
            of_book(&format!(
                "<definedNames><definedName name=\"a\">\"{text}\"</definedName></definedNames>"
            )),
        ),
        (
            "名称的批注",
            of_book(&format!(
                "<definedNames><definedName name=\"a\" comment=\"{text}\">1</definedName></definedNames>"
            )),
        ),
        ("有效性提示", rule(&format!("prompt=\"{text}\">"))),
        (
            "有效性序列",
            rule(&format!("type=\"list\"><formula1>\"{text}\"</formula1>")),
        ),
        (
            "新式有效性序列",
            of_sheet(&format!(
                "<extLst><x14:dataValidation><x14:formula1><xm:f>\"{text}\"</xm:f></x14:formula1></x14:dataValidation></extLst>"
            )),
        ),
        (
            "条件格式",
            of_sheet(&format!(
                "<conditionalFormatting><cfRule><formula>\"{text}\"</formula></cfRule></conditionalFormatting>"
            )),
        ),
        (
            "条件格式的文字",
            of_sheet(&format!(
                "<conditionalFormatting><cfRule text=\"{text}\"/></conditionalFormatting>"
            )),
        ),
        (
            "筛选值",
            of_sheet(&format!(
                "<autoFilter><filterColumn><filters><filter val=\"{text}\"/></filters></filterColumn></autoFilter>"
            )),
        ),
        (
            "方案",
            of_sheet(&format!(
                "<scenarios><scenario name=\"一\" comment=\"{text}\"/></scenarios>"
            )),
        ),
        ("工作表代码名", of_sheet(&format!("<sheetPr codeName=\"{text}\"/>"))),
        (
            "页眉",
            of_sheet(&format!(
                "<headerFooter><oddHeader>&amp;C{text}</oddHeader></headerFooter>"
            )),
        ),
        (
            "页脚",
            of_sheet(&format!(
                "<headerFooter><firstFooter>&amp;R{text}</firstFooter></headerFooter>"
            )),
        ),
        (
            "图表页的页眉",
            with(
                "xl/chartsheets/sheet1.xml",
                format!("<chartsheet><headerFooter><oddHeader>&amp;L{text}</oddHeader></headerFooter></chartsheet>"),
            ),
        ),
        (
            "隐藏行",
            of_sheet(&format!(
                "<sheetData><row hidden=\"1\"><c t=\"str\"><v>{text}</v></c></row></sheetData>"
            )),
        ),
        (
            "隐藏列",
            of_sheet(&format!(
                "<cols><col min=\"1\" max=\"1\" hidden=\"1\"/></cols><sheetData><row><c t=\"str\"><v>{text}</v></c></row></sheetData>"
            )),
        ),
        (
            "没有人用的字符串",
            with("xl/sharedStrings.xml", format!("<sst><si><t>{text}</t></si></sst>")),
        ),
        (
            "拼音",
            with(
                "xl/sharedStrings.xml",
                format!("<sst><si><t>甲</t><rPh><t>{text}</t></rPh></si></sst>"),
            ),
        ),
        (
            "批注",
            with(
                "xl/comments1.xml",
                format!(
                    "<comments><commentList><comment><text><t>{text}</t></text></comment></commentList></comments>"
                ),
            ),
        ),
        (
            "批注作者",
            with(
                "xl/comments1.xml",
                format!("<comments><authors><author>{text}</author></authors></comments>"),
            ),
        ),
        (
            "会话批注",
            with(
                "xl/threadedComments/threadedComment1.xml",
                format!("<ThreadedComments><threadedComment><text>{text}</text></threadedComment></ThreadedComments>"),
            ),
        ),
        (
            "会话批注作者",
            with(
                "xl/persons/person.xml",
                format!("<personList><person displayName=\"{text}\"/></personList>"),
            ),
        ),
        (
            "属性",
            with(
                "docProps/core.xml",
                format!("<cp:coreProperties><dc:subject>{text}</dc:subject></cp:coreProperties>"),
            ),
        ),
        (
            "自定义属性名",
            with(
                "docProps/custom.xml",
                format!("<Properties><property name=\"{text}\"><vt:lpwstr>是</vt:lpwstr></property></Properties>"),
            ),
        ),
        (
            "透视缓存",
            with(
                "xl/pivotCache/pivotCacheDefinition1.xml",
                format!("<p><sharedItems><s v=\"{text}\"/></sharedItems></p>"),
            ),
        ),
        (
            "透视字段",
            with(
                "xl/pivotCache/pivotCacheDefinition1.xml",
                format!("<p><cacheField name=\"{text}\"/></p>"),
            ),
        ),
        (
            "透视表标题",
            with(
                "xl/pivotTables/pivotTable1.xml",
                format!("<p rowHeaderCaption=\"{text}\"/>"),
            ),
        ),
        (
            "外部链接缓存",
            with(
                "xl/externalLinks/externalLink1.xml",
                format!("<e><sheetData><cell><v>{text}</v></cell></sheetData></e>"),
            ),
        ),
        (
            "外部链接表名",
            with(
                "xl/externalLinks/externalLink1.xml",
                format!("<e><sheetNames><sheetName val=\"{text}\"/></sheetNames></e>"),
            ),
        ),
        (
            "外部链接目标",
            with(
                "xl/externalLinks/_rels/externalLink1.xml.rels",
                target(&format!("file:///D:/{text}.xlsx")),
            ),
        ),
        (
            "数据连接",
            with(
                "xl/connections.xml",
                format!("<connections><connection description=\"{text}\"/></connections>"),
            ),
        ),
        (
            "表格汇总",
            with(
                "xl/tables/table1.xml",
                format!(
                    "<table><tableColumns><tableColumn name=\"甲\" totalsRowLabel=\"{text}\"/></tableColumns></table>"
                ),
            ),
        ),
        (
            "图表缓存",
            with(
                "xl/charts/chart1.xml",
                format!("<c:chart><c:strCache><c:pt><c:v>{text}</c:v></c:pt></c:strCache></c:chart>"),
            ),
        ),
        ("图形文字", drawing(&format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"))),
        (
            "替代文字",
            drawing(&format!("<xdr:cNvPr id=\"1\" name=\"图\" descr=\"{text}\"/>")),
        ),
        (
            "替代标题",
            drawing(&format!("<xdr:cNvPr id=\"1\" name=\"图\" title=\"{text}\"/>")),
        ),
        (
            "图片原名",
            drawing(&format!("<xdr:cNvPr id=\"1\" name=\"{text}.jpg\"/>")),
        ),
        (
            "图片提示",
            drawing(&format!(
                "<xdr:cNvPr id=\"1\" name=\"图\"><a:hlinkClick tooltip=\"{text}\"/></xdr:cNvPr>"
            )),
        ),
        (
            "按钮文字",
            with(
                "xl/drawings/vmlDrawing1.vml",
                format!("<xml><v:shape><v:textbox><div>前<br>{text}</div></v:textbox></v:shape></xml>"),
            ),
        ),
        (
            "自定义数据的属性",
            with("customXml/item1.xml", format!("<a><b c=\"{text}\"/></a>")),
        ),
    ];
    let mut all: Vec<File> = all
        .into_iter()
        .map(|(name, bytes)| (format!("{name}.xlsx"), bytes))
        .collect();
    let named =
        format!("<workbook><sheets><sheet name=\"{text}\" state=\"veryHidden\" r:id=\"r1\"/></sheets></workbook>");
    let sheet = "<worksheet><sheetData/></worksheet>";
    all.push((
        "表名.xlsx".to_owned(),
        archive(&[
            ("xl/workbook.xml", &named),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/worksheets/sheet1.xml", sheet),
        ]),
    ));
    all
}
