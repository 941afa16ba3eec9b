//! Rich texts and PDF files that hold a text in one place each.

use super::File;

/// A text in the letters of RTF.
fn escaped(text: &str) -> String {
    let letter = |it: char| match it {
        it if it.is_ascii() => it.to_string(),
        it => format!("\\u{}?", it as u32 as u16 as i16),
    };
    text.chars().map(letter).collect()
}

fn rtf(inner: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\uc1 {}\\par {inner}\\par}}", escaped("看得见")).into_bytes()
}

/// A text in the letters of PDF: UTF-16 in hexadecimal digits.
fn hex(text: &str) -> String {
    let digits: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{digits}>")
}

/// A PDF file of one page, with what stands in its catalog and on its page, and further objects from 5 on.
fn pdf(catalog: &str, page: &str, objects: &[String]) -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 720 Td (shown) Tj ET";
    let mut all = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font \
             /Subtype /Type1 /BaseFont /Helvetica >> >> >> {page} >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    all.extend(objects.iter().cloned());
    let mut out = String::from("%PDF-1.7\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1);
    for (at, object) in all.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = out.len();
    out += &format!(
        "{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        all.len() + 1
    );
    out.into_bytes()
}

/// Rich texts and PDF files that hold a text somewhere.
pub(super) fn places(text: &str) -> Vec<File> {
    let told = escaped(text);
    let rich = vec![
        ("隐藏", rtf(&format!("{{\\v {told}}}"))),
        ("批注", rtf(&format!("{{\\*\\annotation {told}}}"))),
        ("批注作者", rtf(&format!("{{\\*\\atnauthor {told}}}"))),
        ("书签", rtf(&format!("{{\\*\\bkmkstart {told}}}"))),
        ("文档变量", rtf(&format!("{{\\*\\docvar {{a}}{{{told}}}}}"))),
        (
            "窗体默认值",
            rtf(&format!(
                "{{\\field{{\\*\\fldinst FORMTEXT {{\\*\\formfield{{\\fftype0{{\\*\\ffdeftext {told}}}}}}}}}{{\\fldrslt x}}}}"
            )),
        ),
        ("属性", rtf(&format!("{{\\info{{\\subject {told}}}}}"))),
        (
            "自定义属性名",
            rtf(&format!(
                "{{\\*\\userprops {{\\propname {told}}}\\proptype30{{\\staticval 1}}}}"
            )),
        ),
        ("脚注分隔符", rtf(&format!("{{\\*\\ftnsep {told}}}"))),
        (
            "合并域",
            rtf(&format!("{{\\field{{\\*\\fldinst MERGEFIELD {told}}}{{\\fldrslt x}}}}")),
        ),
    ];
    let string = hex(text);
    let packet = format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description><dc:description><rdf:Alt><rdf:li>{text}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    let pdfs = vec![
        (
            "批注",
            pdf(
                "",
                &format!("/Annots [<< /Subtype /Text /Rect [0 0 9 9] /Contents {string} >>]"),
                &[],
            ),
        ),
        (
            "表单",
            pdf(
                &format!("/AcroForm << /Fields [<< /T (a) /V {string} /Kids [5 0 R] >>] >>"),
                "/Annots [5 0 R]",
                &["<< /Subtype /Widget /Rect [0 0 9 9] >>".to_owned()],
            ),
        ),
        (
            "表单名",
            pdf(&format!("/AcroForm << /Fields [<< /T {string} >>] >>"), "", &[]),
        ),
        (
            "表单提示",
            pdf(
                "",
                &format!("/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /TU {string} >>]"),
                &[],
            ),
        ),
        (
            "元数据",
            pdf(
                "/Metadata 5 0 R",
                "",
                &[format!(
                    "<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{packet}\nendstream",
                    packet.len()
                )],
            ),
        ),
        (
            "大纲",
            pdf("/Outlines << /First 5 0 R >>", "", &[format!("<< /Title {string} >>")]),
        ),
        (
            "附件名",
            pdf(
                &format!("/Names << /EmbeddedFiles << /Names [{string} << /F (a) >>] >> >>"),
                "",
                &[],
            ),
        ),
        (
            "附件说明",
            pdf(
                &format!("/Names << /EmbeddedFiles << /Names [(a) << /F (a) /Desc {string} >>] >> >>"),
                "",
                &[],
            ),
        ),
        (
            "图层名",
            pdf(
                "/OCProperties << /OCGs [5 0 R] >>",
                "",
                &[format!("<< /Type /OCG /Name {string} >>")],
            ),
        ),
        (
            "替代文字",
            pdf(
                "/StructTreeRoot << /K << /S /Figure /Alt 5 0 R >> >>",
                "",
                std::slice::from_ref(&string),
            ),
        ),
    ];
    let named = |files: Vec<(&str, Vec<u8>)>, ending: &str| -> Vec<File> {
        let named = files
            .into_iter()
            .map(|(name, bytes)| (format!("{name}.{ending}"), bytes));
        named.collect()
    };
    [named(rich, "rtf"), named(pdfs, "pdf")].concat()
}
