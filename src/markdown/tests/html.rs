//! HTML among the Markdown: its text becomes blocks, and nothing unsafe is left of it.

use super::page;
use super::*;

#[test]
fn a_hidden_element_reaches_to_its_end_whatever_lies_between() {
    for name in [
        "template",
        "noscript",
        "dialog",
        "select",
        "title",
        "video",
        "svg",
        "p hidden",
        "span hidden",
        "table hidden",
        "h2 hidden",
        "header style=display:none",
        "form hidden",
        "li hidden",
        "i hidden/",
    ] {
        let end = name.split(' ').next().unwrap();
        for body in [
            format!("前\n\n<{name}>\n\n隐\n\n- 隐\n\n</{end}>\n\n后"),
            format!("前<{name}>隐\n\n隐</{end}>\n\n后"),
            format!("- 前\n\n  <{name}>\n\n  隐\n\n  </{end}>\n\n后"),
            format!("前\n\n<{name}>\n隐\n</{end}>\n\n后"),
        ] {
            let (rendered, _) = outcome(&body);
            page::check(&rendered);
            let shown = |what| rendered.html.contains(what);
            assert!(!shown('隐') && shown('前') && shown('后'), "{body}: {}", rendered.html);
        }
    }
}

#[test]
fn a_footnote_of_hidden_text_is_hidden_with_it() {
    let body =
        "甲<b hidden>乙[^1]</b>丙[^2]\n\n[^1]: 隐[^3]\n\n[^2]: 注甲[^4]\n\n[^3]: 隐\n\n[^4]: 注乙\n\n[^5]: 没有记号";
    let (rendered, _) = outcome(body);
    page::check(&rendered);
    let shown = |what: &str| rendered.html.contains(what);
    assert!(!shown("隐") && shown("没有记号"), "{}", rendered.html);
    let marked = |number: u32, note: &str| {
        let item = format!("<li id=\"fn-{number}\">");
        rendered.html.contains(&format!("href=\"#fn-{number}\""))
            && rendered
                .html
                .split(&item)
                .nth(1)
                .is_some_and(|it| it.split("</li>").next().is_some_and(|it| it.contains(note)))
    };
    assert!(marked(1, "注甲") && marked(2, "注乙"), "{}", rendered.html);
    let (rendered, _) = outcome("甲<b hidden>乙[^1]</b>\n\n[^1]: 隐");
    assert!(!rendered.html.contains("footnotes"), "{}", rendered.html);
}

#[test]
fn what_html_says_is_shown_and_indexed() {
    for (body, expected_html, expected_texts) in [
        ("甲<u>乙</u>丙", "<p>甲<u>乙</u>丙</p>", &["甲乙丙"] as &[_]),
        (
            "甲<font color=red>**乙**</font>",
            "<p>甲<strong>乙</strong></p>",
            &["甲乙"],
        ),
        ("<u>**乙**", "<p><u><strong>乙</strong></u></p>", &["乙"]),
        ("<u>乙\n\n丙", "<p><u>乙</u></p><p>丙</p>", &["乙", "丙"]),
        (
            "H<sub>2</sub>O<sup>+</sup>",
            "<p>H<sub>2</sub>O<sup>+</sup></p>",
            &["H2O+"],
        ),
        ("<!-- 注 -->\n\n甲<!-- 注 -->乙", "<p>甲乙</p>", &["甲乙"]),
        (
            "<div align=center>\n\n**甲**\n\n</div>\n\n乙",
            "<div><p><strong>甲</strong></p></div><p>乙</p>",
            &["甲", "乙"],
        ),
        ("<center>甲</center>", "<div><p>甲</p></div>", &["甲"]),
        ("<p>甲<p>乙", "<p>甲</p><p>乙</p>", &["甲", "乙"]),
        (
            "<p>中文\n   换行\n   some\n   words</p>",
            "<p>中文换行somewords</p>",
            &["中文换行some words"],
        ),
        ("<pre>甲\n  乙</pre>", "<pre><code>甲  乙</code></pre>", &["甲\n  乙"]),
        ("<h1>甲</h1>\n\n<h3>乙</h3>", "<h2>甲</h2><h4>乙</h4>", &["甲", "乙"]),
        (
            "<details><summary>甲</summary>\n\n乙\n\n</details>",
            "<details><summary>甲</summary><p>乙</p></details>",
            &["甲", "乙"],
        ),
        (
            "<dl><dt>甲<dd>乙</dl>",
            "<dl><dt>甲</dt><dd>乙</dd></dl>",
            &["甲", "乙"],
        ),
        (
            "<ol start=3><li>甲<li>乙</ol>",
            "<ol start=\"3\"><li>甲</li><li>乙</li></ol>",
            &["甲", "乙"],
        ),
        (
            "<blockquote>甲<br>乙</blockquote>",
            "<blockquote><p>甲<br>乙</p></blockquote>",
            &["甲\n乙"],
        ),
        (
            "<a name=x></a>甲<a href=乙.md>丙</a>",
            "<p>甲<a href=\"../乙.md\">丙</a></p>",
            &["甲丙"],
        ),
        (
            "<a href=https://a.cn target=_blank>丙</a>",
            "<p><a href=\"https://a.cn\" rel=\"noopener noreferrer\">丙</a></p>",
            &["丙"],
        ),
        (
            "<img src=甲.png alt=乙 width=9>",
            "<figure><img src=\"../甲.png\" alt=\"乙\" loading=\"lazy\"><figcaption>乙</figcaption></figure>",
            &["乙"],
        ),
        (
            "<div align=center>\n<img src=甲.png>\n</div>",
            "<div><figure><img src=\"../甲.png\" alt=\"\" loading=\"lazy\"></figure></div>",
            &[],
        ),
        ("甲<unknown>乙</unknown>", "<p>甲乙</p>", &["甲乙"]),
        ("a &lt; b <i>c</i>", "<p>a &lt; b <em>c</em></p>", &["a < b c"]),
        ("<script>甲</script>乙", "<p>乙</p>", &["乙"]),
        ("乙<script>甲</script>", "<p>乙</p>", &["乙"]),
        ("<span style='color:red'>甲</span>", "<p>甲</p>", &["甲"]),
        ("<h2>甲<div>乙</div></h2>", "<h2>甲<br>乙</h2>", &["甲\n乙"]),
    ] {
        let (rendered, _) = outcome(body);
        page::check(&rendered);
        let texts: Vec<_> = rendered.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            (bare(body).as_str(), texts.as_slice()),
            (expected_html, expected_texts),
            "{body}"
        );
    }
}

#[test]
fn a_table_in_html_is_a_table() {
    let body = "\
<table class=\"MsoTable\" style=\"width:9pt\">
<caption>甲</caption>
<tr><th>乙<th>丙</tr>

<tr>
    <td rowspan=2><p>丁</p></td><td>戊<br>己</td>
</tr>

<tr><td colspan='x'>**庚**</td></tr>
</table>

辛
";
    let (rendered, _) = outcome(body);
    page::check(&rendered);
    let texts: Vec<_> = rendered.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["甲", "乙", "丙", "丁", "戊\n己", "**庚**", "辛"]);
    assert!(rendered.html.contains("<div class=\"table\"><table>") && rendered.html.contains("<td rowspan=\"2\">"));
    assert!(rendered.html.contains("<th scope=\"row\">乙</th>"));
    assert!(!rendered.html.contains("style") && !rendered.html.contains("MsoTable"));
}

#[test]
fn markdown_around_html_stays_as_it_is() {
    let body =
        "# 甲\n\n- 乙 <u>丙</u>[^1]\n- [x] 丁\n\n|戊|\n|-:|\n|<u>己</u>|\n\n[庚](辛.md) <b>壬</b>\n\n[^1]: 癸<u>子</u>";
    let marked = outcome(body).0;
    let plain = outcome(
        &body
            .replace("<u>", "")
            .replace("</u>", "")
            .replace("<b>", "")
            .replace("</b>", ""),
    )
    .0;
    page::check(&marked);
    assert_eq!(marked.blocks, plain.blocks);
    let without = marked
        .html
        .replace("<u>", "")
        .replace("</u>", "")
        .replace("<strong>", "")
        .replace("</strong>", "");
    assert_eq!(without, plain.html);
}

#[test]
fn an_error_in_html_harms_its_part_alone() {
    let body = "甲\n\n</div></table><b>乙\n\n丙\n\n<table>\n\n丁";
    let (rendered, _) = outcome(body);
    page::check(&rendered);
    assert_eq!(texts(body), ["甲", "乙", "丙", "丁"]);
    assert!(bare(body).starts_with("<p>甲</p><p><strong>乙</strong></p><p>丙</p>"));
}

#[test]
fn places_of_links_in_html_are_told() {
    let body = "甲\n\n> <a href=\"无.md\">乙</a> <a href='javascript:x'>丙</a>\n\n<img src=https://a.cn/x.png alt=丁>";
    let (rendered, diagnostics) = outcome(body);
    page::check(&rendered);
    let told: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.position.unwrap().line, it.position.unwrap().column))
        .collect();
    assert_eq!(
        told,
        [("dead-link", 3, 3), ("refused-link", 3, 24), ("external-image", 5, 1)]
    );
}

#[test]
fn html_that_is_nested_too_deep_is_text() {
    let body = format!("{}甲{}\n\n乙", "<div>".repeat(200), "</div>".repeat(200));
    let (rendered, diagnostics) = outcome(&body);
    page::check(&rendered);
    assert_eq!(diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), ["deep-html"]);
    assert!(rendered.blocks[0].text.starts_with("<div><div>"));
    assert_eq!(rendered.blocks[1].text, "乙");
}
