//! OpenDocument files that hold a text in one place each.

use super::{File, archive};

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" \
    xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" \
    xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";

fn file(kind: &str, body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let content = format!(
        "<office:document-content {SPACES}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    );
    let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
    let mut all = vec![("mimetype", mimetype.as_str()), ("content.xml", content.as_str())];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_str())));
    archive(&all)
}

/// OpenDocument files that hold a text somewhere.
pub(super) fn places(text: &str) -> Vec<File> {
    let written = |inner: &str| file("text", &format!("<text:p>看得见</text:p>{inner}"), &[]);
    let sheet = |inner: &str| {
        file(
            "spreadsheet",
            &format!(
                "<table:table table:name=\"表一\"><table:table-row><table:table-cell><text:p>甲</text:p>{inner}</table:table-cell></table:table-row></table:table>"
            ),
            &[],
        )
    };
    let meta = |inner: &str| {
        file(
            "text",
            "<text:p>看得见</text:p>",
            &[(
                "meta.xml",
                format!(
                    "<office:document-meta {SPACES} xmlns:meta=\"meta\"><office:meta>{inner}</office:meta></office:document-meta>"
                ),
            )],
        )
    };
    let note = |inner: &str| format!("<office:annotation>{inner}</office:annotation>");
    let odt = vec![
        (
            "批注",
            written(&format!(
                "<text:p>甲{}</text:p>",
                note(&format!("<text:p>{text}</text:p>"))
            )),
        ),
        (
            "批注作者",
            written(&format!(
                "<text:p>甲{}</text:p>",
                note(&format!("<dc:creator>{text}</dc:creator>"))
            )),
        ),
        (
            "隐藏的节",
            written(&format!(
                "<text:section text:display=\"none\"><text:p>{text}</text:p></text:section>"
            )),
        ),
        (
            "隐藏的文字",
            written(&format!(
                "<text:p><text:hidden-text text:string-value=\"{text}\" text:is-hidden=\"true\"/></text:p>"
            )),
        ),
        (
            "删去的字",
            written(&format!(
                "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><text:p>{text}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
            )),
        ),
        (
            "修订作者",
            written(&format!(
                "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:insertion><office:change-info><dc:creator>{text}</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
            )),
        ),
        (
            "书签",
            written(&format!("<text:p><text:bookmark text:name=\"{text}\"/>签</text:p>")),
        ),
        (
            "图名",
            written(&format!("<text:p><draw:frame draw:name=\"{text}\"/></text:p>")),
        ),
        (
            "替代文字",
            written(&format!(
                "<text:p><draw:frame><svg:desc>{text}</svg:desc></draw:frame></text:p>"
            )),
        ),
        (
            "链接提示",
            written(&format!(
                "<text:p><text:a xlink:href=\"https://www.example.cn\" office:title=\"{text}\">链</text:a></text:p>"
            )),
        ),
        (
            "节名",
            written(&format!(
                "<text:section text:name=\"{text}\"><text:p>甲</text:p></text:section>"
            )),
        ),
        (
            "自定义属性",
            meta(&format!(
                "<meta:user-defined meta:name=\"a\">{text}</meta:user-defined>"
            )),
        ),
        (
            "自定义属性名",
            meta(&format!(
                "<meta:user-defined meta:name=\"{text}\">是</meta:user-defined>"
            )),
        ),
        ("模板", meta(&format!("<meta:template xlink:title=\"{text}\"/>"))),
    ];
    let ods = vec![
        ("批注", sheet(&note(&format!("<text:p>{text}</text:p>")))),
        (
            "名称",
            file(
                "spreadsheet",
                &format!(
                    "<table:named-expressions><table:named-range table:name=\"{text}\"/></table:named-expressions>"
                ),
                &[],
            ),
        ),
        (
            "有效性提示",
            file(
                "spreadsheet",
                &format!(
                    "<table:content-validations><table:content-validation><table:help-message><text:p>{text}</text:p></table:help-message></table:content-validation></table:content-validations>"
                ),
                &[],
            ),
        ),
        (
            "有效性序列",
            file(
                "spreadsheet",
                &format!(
                    "<table:content-validations><table:content-validation table:condition=\"of:cell-content-is-in-list(&quot;{text}&quot;)\"/></table:content-validations>"
                ),
                &[],
            ),
        ),
        ("图名", sheet(&format!("<draw:frame draw:name=\"{text}\"/>"))),
    ];
    let named = |files: Vec<(&str, Vec<u8>)>, ending: &str| -> Vec<File> {
        let named = files
            .into_iter()
            .map(|(name, bytes)| (format!("{name}.{ending}"), bytes));
        named.collect()
    };
    [named(odt, "odt"), named(ods, "ods")].concat()
}
