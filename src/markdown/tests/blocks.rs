//! Blocks are what the page shows: their text, their anchors, their links.

use super::page;
use super::*;

#[test]
fn lines_join_as_their_script_asks() {
    for (body, expected) in [
        ("甲\n乙", "甲乙"),
        ("甲。\n乙", "甲。乙"),
        ("甲\nword", "甲word"),
        ("word\n乙", "word乙"),
        ("some\nword", "some word"),
        ("甲\n2023年", "甲2023年"),
        ("2023\n年", "2023年"),
        ("１\n２", "１２"),
        ("他说\n“好”", "他说“好”"),
        ("“好”\n然后", "“好”然后"),
        ("“好”\n“再见”", "“好”“再见”"),
        ("he said “yes”\nand left", "he said “yes” and left"),
        ("甲——\n——乙", "甲————乙"),
        ("**甲**\n*乙*", "甲乙"),
        ("甲`a`\n`b`乙", "甲a b乙"),
        ("甲[^1]\n乙\n\n[^1]: 丙", "甲乙"),
        ("甲  \n乙", "甲\n乙"),
        ("甲\\\n乙", "甲\n乙"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("かな\nカナ", "かなカナ"),
        ("한국\n사람", "한국 사람"),
        // What is indented begins a paragraph.
        ("　　甲\n　　乙", "甲"),
        ("&emsp;&emsp;甲", "甲"),
        ("a   b\tc", "a b c"),
    ] {
        assert_eq!(texts(body)[0], expected, "{body}");
        page::check(&outcome(body).0);
    }
}

#[test]
fn a_soft_break_that_parts_words_stays_a_line_break_in_the_html() {
    assert!(html("甲\n乙 some\nword").ends_with(">甲乙 some\nword</p>\n"));
}

#[test]
fn every_kind_of_block_is_there_once_and_in_order() {
    let body = "\
甲

## 乙

- 丙
  - 丁
- 戊

  己

1. 庚

> 辛

| 壬 | 癸 |
| --- | ---: |
| 子 | 丑 |

```
寅
  卯
```

辰[^a]巳

![午](午.png)

- [x] 未

[^a]: 申

    酉
";
    let (rendered, diagnostics) = outcome(body);
    page::check(&rendered);
    assert_eq!(diagnostics, []);
    let blocks: Vec<_> = rendered
        .blocks
        .iter()
        .map(|block| (block.section, block.text.as_str()))
        .collect();
    let after = |text| (Some(0), text);
    assert_eq!(
        blocks,
        [
            (None, "甲"),
            after("乙"),
            after("丙"),
            after("丁"),
            after("戊"),
            after("己"),
            after("庚"),
            after("辛"),
            after("壬"),
            after("癸"),
            after("子"),
            after("丑"),
            after("寅\n  卯"),
            after("辰巳"),
            after("午"),
            after("未"),
            after("申"),
            after("酉"),
        ]
    );
    let anchor = |text: &str| &rendered.blocks.iter().find(|block| block.text == text).unwrap().anchor;
    assert_eq!(anchor("子"), anchor("丑"), "cells share their row's anchor");
    assert_ne!(anchor("壬"), anchor("子"));
}

#[test]
fn anchors_are_stable_under_edits_elsewhere_and_unique() {
    let before = outcome("# 甲\n\n乙\n\n丙\n\n- 丁").0;
    let after = outcome("# 甲\n\n新\n\n丙\n\n另\n\n- 新\n- 丁\n\n丙").0;
    let anchor = |rendered: &Rendered, text: &str| -> Vec<String> {
        rendered
            .blocks
            .iter()
            .filter(|block| block.text == text)
            .map(|block| block.anchor.clone())
            .collect()
    };
    for text in ["甲", "丙", "丁"] {
        assert_eq!(anchor(&before, text)[0], anchor(&after, text)[0], "{text}");
    }
    let twice = anchor(&after, "丙");
    assert_eq!(twice[1], format!("{}-2", twice[0]));
    assert!(twice[0].len() == 7 && twice[0].starts_with('p'));
}

#[test]
fn tables_scroll_and_say_what_their_headers_head() {
    assert_eq!(
        bare("|甲|乙|\n|:-:|-:|\n|丙|丁|"),
        "<div class=\"table\"><table><thead><tr><th scope=\"col\" class=\"centre\">甲</th><th scope=\"col\" class=\"right\">乙</th></tr>\
         </thead><tbody><tr><td class=\"centre\">丙</td><td class=\"right\">丁</td></tr></tbody></table></div>"
    );
}

#[test]
fn footnotes_are_numbered_in_order_of_appearance() {
    let body = "甲[^b]乙[^a]丙[^b]\n\n[^a]: 注甲\n[^b]: 注乙[^c]\n[^c]: 注丙\n[^d]: 无人引用\n\n[^none]";
    let (rendered, _) = outcome(body);
    page::check(&rendered);
    assert_eq!(texts(body), ["甲乙丙", "[^none]", "注乙", "注甲", "注丙", "无人引用"]);
    for part in [
        "甲<sup class=\"footnote-mark\" id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>乙<sup class=\"footnote-mark\" id=\"fnref-2\">",
        "丙<sup class=\"footnote-mark\" id=\"fnref-1-2\"><a href=\"#fn-1\">1</a></sup>",
        "<ol class=\"footnotes\">\n<li id=\"fn-1\">",
        "<a class=\"footnote-back\" href=\"#fnref-1\">↑</a></li>",
    ] {
        assert!(rendered.html.contains(part), "{part} in {}", rendered.html);
    }
    assert!(!rendered.html.contains("#fnref-4"), "nothing to go back to");
}

#[test]
fn a_footnote_belongs_to_the_section_that_refers_to_it() {
    let (rendered, _) = outcome("# 甲\n\n乙[^1]\n\n# 丙\n\n丁\n\n[^1]: 戊");
    let footnote = rendered.blocks.last().unwrap();
    assert_eq!((footnote.text.as_str(), footnote.section), ("戊", Some(0)));
}

#[test]
fn links_lead_where_the_resolver_says_or_are_plain_text() {
    let text = "---\ntitle: 标题\n---\n甲[乙](丙.md)、[丁](无.md)、[戊](https://a.cn/?x=1&y=2)、[己](mailto:a@b.cn)、\n[庚](ftp://a.cn)、[辛]()、[壬](#癸)、[子](#丑)\n\n## 癸\n";
    let start = text.find('甲').unwrap();
    let (rendered, diagnostics) = render("报告.md", text, start..text.len(), "标题", &Folder);
    page::check(&rendered);
    for part in [
        "<a href=\"../丙.md\">乙</a>",
        "、丁、",
        "<a href=\"https://a.cn/?x=1&amp;y=2\" rel=\"noopener noreferrer\">戊</a>",
        "<a href=\"mailto:a@b.cn\" rel=\"noopener noreferrer\">己</a>",
        "、庚、辛、",
        "<a href=\"#s-癸\">壬</a>、子<",
    ] {
        assert!(rendered.html.contains(part), "{part} in {}", rendered.html);
    }
    let told: Vec<_> = diagnostics
        .iter()
        .map(|it| {
            let position = it.position.unwrap();
            (
                it.code,
                it.args[0].1.as_str(),
                position.line,
                position.column,
                &text[it.span.clone().unwrap()],
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("dead-link", "无.md", 4, 12, "[丁](无.md)"),
            ("refused-link", "ftp://a.cn", 5, 1, "[庚](ftp://a.cn)"),
            ("refused-link", "", 5, 17, "[辛]()"),
            ("dead-link", "#丑", 5, 31, "[子](#丑)"),
        ]
    );
    assert!(diagnostics.iter().all(|it| it.file == "报告.md"));
}

#[test]
fn places_are_those_of_the_file_after_a_repair() {
    let body = "**注意：**请3~5次看**“甲”**[乙](无.md)";
    let (_, diagnostics) = outcome(body);
    assert_eq!(&body[diagnostics[0].span.clone().unwrap()], "[乙](无.md)");
    let links = scan(body).links;
    assert_eq!(
        links,
        [LinkRef {
            target: "无.md".to_owned(),
            image: false,
            span: diagnostics[0].span.clone().unwrap()
        }]
    );
}

#[test]
fn images_are_figures_inline_or_their_description() {
    assert_eq!(
        bare("![甲](乙.png)"),
        "<figure><img src=\"../乙.png\" alt=\"甲\" loading=\"lazy\"><figcaption>甲</figcaption></figure>"
    );
    assert_eq!(
        bare("![](乙.png)"),
        "<figure><img src=\"../乙.png\" alt=\"\" loading=\"lazy\"></figure>"
    );
    assert_eq!(
        bare("甲![乙](丙.png)丁"),
        "<p>甲<img src=\"../丙.png\" alt=\"乙\" loading=\"lazy\">丁</p>"
    );
    for (body, expected, code) in [
        ("![甲](https://a.cn/b.png)", "<p>甲</p>", "external-image"),
        ("乙![甲](http://a.cn/b.png)", "<p>乙甲</p>", "external-image"),
        ("![甲](//a.cn/b.png)", "<p>甲</p>", "refused-link"),
        ("![甲](无.png)", "<p>甲</p>", "dead-image"),
        ("![甲](data:image/png;base64,A)", "<p>甲</p>", "refused-link"),
    ] {
        assert_eq!(bare(body), expected);
        let (_, diagnostics) = outcome(body);
        assert_eq!(
            diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(),
            [code],
            "{body}"
        );
    }
}

#[test]
fn a_scan_tells_every_link_and_image_with_its_place() {
    let body = "# 甲[乙](丙.md)\n\n![丁](戊.png) <a href='己&amp;.md'>庚</a>\n\n<img src=\"辛.png\">\n\n[^1]\n\n[^1]: [壬](癸.md)";
    let outline = scan(body);
    assert_eq!(outline.first_heading.as_deref(), Some("甲乙"));
    let links: Vec<_> = outline
        .links
        .iter()
        .map(|it| (it.target.as_str(), it.image, &body[it.span.clone()]))
        .collect();
    assert_eq!(
        links,
        [
            ("丙.md", false, "[乙](丙.md)"),
            ("戊.png", true, "![丁](戊.png)"),
            ("己&.md", false, "<a href='己&amp;.md'>"),
            ("辛.png", true, "<img src=\"辛.png\">"),
            ("癸.md", false, "[壬](癸.md)"),
        ]
    );
}

#[test]
fn articles_are_cited_across_markup_and_each_once() {
    let (rendered, _) = outcome("根据《**刑法**》\n第二百六十四条[^1]、*第266条*。\n\n[^1]: 刑法第264条、民法典第五条");
    let cited: Vec<_> = rendered
        .citations
        .iter()
        .map(|it| (it.law.as_str(), it.article.as_str()))
        .collect();
    assert_eq!(cited, [("刑法", "264条"), ("刑法", "266条"), ("民法典", "5条")]);
}
