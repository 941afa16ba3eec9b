//! Presentations that hold a text in one place each.

use super::{File, archive};

fn pptx(slide: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let slide = format!("<p:sld><p:sp><p:txBody><a:p><a:r><a:t>页</a:t></a:r></a:p></p:txBody></p:sp>{slide}</p:sld>");
    let mut all = vec![
        ("ppt/presentation.xml", "<p:presentation/>"),
        ("ppt/slides/slide1.xml", slide.as_str()),
    ];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_str())));
    archive(&all)
}

/// Presentations that hold a text somewhere.
pub(super) fn places(text: &str) -> Vec<File> {
    let words = format!("<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>");
    let of_slide = |inner: &str| pptx(inner, &[]);
    let with = |part: &'static str, inner: String| pptx("", &[(part, inner)]);
    let shape = |attributes: &str| {
        of_slide(&format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"1\" {attributes}</p:cNvPr></p:nvSpPr></p:sp>"
        ))
    };
    let all = [
        ("文字", of_slide(&words)),
        (
            "隐藏页",
            with("ppt/slides/slide2.xml", format!("<p:sld show=\"0\">{words}</p:sld>")),
        ),
        (
            "备注",
            with("ppt/notesSlides/notesSlide1.xml", format!("<p:notes>{words}</p:notes>")),
        ),
        (
            "批注",
            with(
                "ppt/comments/comment1.xml",
                format!("<p:cmLst><p:cm><p:text>{text}</p:text></p:cm></p:cmLst>"),
            ),
        ),
        (
            "批注作者",
            with(
                "ppt/commentAuthors.xml",
                format!("<p:cmAuthorLst><p:cmAuthor name=\"{text}\"/></p:cmAuthorLst>"),
            ),
        ),
        ("替代文字", shape(&format!("descr=\"{text}\">"))),
        ("替代标题", shape(&format!("title=\"{text}\">"))),
        ("图片原名", shape(&format!("name=\"{text}.png\">"))),
        (
            "链接提示",
            shape(&format!("name=\"图\"><a:hlinkClick tooltip=\"{text}\"/>")),
        ),
        (
            "标记",
            with(
                "ppt/tags/tag1.xml",
                format!("<p:tagLst><p:tag name=\"A\" val=\"{text}\"/></p:tagLst>"),
            ),
        ),
        (
            "自定义数据",
            with("customXml/item1.xml", format!("<a><b>{text}</b></a>")),
        ),
        (
            "链接目标",
            with(
                "ppt/slides/_rels/slide1.xml.rels",
                format!(
                    "<Relationships><Relationship Id=\"r1\" Target=\"file:///D:/{text}.docx\" TargetMode=\"External\"/></Relationships>"
                ),
            ),
        ),
        (
            "属性",
            with(
                "docProps/app.xml",
                format!("<Properties><Manager>{text}</Manager></Properties>"),
            ),
        ),
        (
            "节名",
            archive(&[
                (
                    "ppt/presentation.xml",
                    &format!("<p:presentation><p14:section name=\"{text}\"/></p:presentation>"),
                ),
                (
                    "ppt/slides/slide1.xml",
                    "<p:sld><a:p><a:r><a:t>页</a:t></a:r></a:p></p:sld>",
                ),
            ]),
        ),
    ];
    let named = all.into_iter().map(|(name, bytes)| (format!("{name}.pptx"), bytes));
    named.collect()
}
