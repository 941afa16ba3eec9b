//! Articles of law that a body cites: read alike before and while rendering, and linked where they have a page.

use super::*;
use std::cell::RefCell;

/// Has a page for every article of 刑法, and notes what it was asked for.
#[derive(Default)]
struct Laws {
    asked: RefCell<Vec<Citation>>,
}

impl Resolve for Laws {
    fn resolve(&self, target: &str) -> Target {
        Target::Href(target.to_owned())
    }

    fn article(&self, citation: &Citation) -> Option<String> {
        self.asked.borrow_mut().push(citation.clone());
        if citation.law == OWN {
            return (citation.article != "99条").then(|| format!("#{}", citation.article));
        }
        (citation.law == "刑法").then(|| format!("laws/{}", citation.article))
    }

    fn number(&self, number: &str) -> Option<Numbered> {
        match number {
            "检例142号" => Some(Numbered::Held("cases/142".to_owned())),
            "检例900号" => Some(Numbered::Unheld("未收录".to_owned())),
            _ => None,
        }
    }
}

fn linked(body: &str) -> String {
    render("a.md", body, 0..body.len(), "标题", &Laws::default()).0.html
}

#[test]
fn an_article_with_a_page_is_a_link_and_the_text_stays() {
    for (body, expected) in [
        (
            "依照《刑法》第二百六十四条定罪",
            "依照《刑法》<a class=\"law\" href=\"laws/264条\">第二百六十四条</a>定罪",
        ),
        (
            "刑法第２５条第一款、第120条之一",
            "刑法<a class=\"law\" href=\"laws/25条\">第２５条</a>第一款、<a class=\"law\" href=\"laws/120条-1\">第120条之一</a>",
        ),
        (
            "**刑法第264条**与<民法典第1165条",
            "<strong>刑法<a class=\"law\" href=\"laws/264条\">第264条</a></strong>与&lt;民法典第1165条",
        ),
        (
            "A & B、刑法第3条",
            "A &amp; B、刑法<a class=\"law\" href=\"laws/3条\">第3条</a>",
        ),
    ] {
        let html = linked(body);
        assert!(html.contains(expected), "{body}: {html}");
        let plain = render("a.md", body, 0..body.len(), "标题", &Folder).0;
        assert_eq!(
            texts(body),
            plain.blocks.into_iter().map(|block| block.text).collect::<Vec<_>>()
        );
    }
}

#[test]
fn tables_items_and_footnotes_link_too() {
    let html = linked("- 刑法第1条\n\n|条|\n|-|\n|刑法第2条|\n\n见[^1]\n\n[^1]: 刑法第3条\n");
    for article in 1..=3 {
        assert!(html.contains(&format!("href=\"laws/{article}条\"")), "{html}");
    }
}

#[test]
fn headings_links_code_and_summaries_hold_none() {
    for body in [
        "# 刑法第264条",
        "[刑法第264条](a.md)",
        "`刑法第264条`",
        "```\n刑法第264条\n```",
        "<details><summary>刑法第264条</summary></details>",
        "刑法第**264**条",
        "民法典第264条",
    ] {
        let html = linked(body);
        assert!(!html.contains("class=\"law\""), "{body}: {html}");
    }
}

/// The build names a page by what reading it found, so rendering may ask for nothing else.
#[test]
fn reading_and_rendering_find_the_same_articles_in_the_same_order() {
    let parts = [
        "刑法第264条",
        "《民法典》第一百二十条之一、",
        "第三十四条",
        "**",
        "`",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "> ",
        "[^1]",
        "\n\n[^1]: ",
        "<b>",
        "</b>",
        "<!-- 刑法第1条 -->",
        "<script>刑法第2条</script>",
        "<details><summary>",
        "</summary>",
        "</details>",
        "[链接](a.md)",
        "![刑法第9条](a.png)",
        "|甲|乙|\n|-|-|\n|",
        "|",
        "<br>",
        "和",
        "&amp;",
        "~~",
        "1. ",
        "    ",
    ];
    let mut random = 20_261_120_u64;
    for _ in 0..4000 {
        let mut body = String::new();
        for _ in 0..12 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            body.push_str(parts[(random >> 33) as usize % parts.len()]);
        }
        let laws = Laws::default();
        let rendered = render("a.md", &body, 0..body.len(), "标题", &laws).0;
        let read = scan(&body).citations;
        assert_eq!(read, rendered.citations, "{body}");
        let asked = laws.asked.into_inner();
        assert!(asked.iter().all(|citation| read.contains(citation)), "{body}");
    }
}

#[test]
fn a_number_whose_document_is_here_is_a_link_and_the_text_stays() {
    for (body, expected) in [
        (
            "参照检例第142号办理",
            "参照<a class=\"law\" href=\"cases/142\">检例第142号</a>办理",
        ),
        (
            "（检例第１４２号）和检例第143号",
            "（<a class=\"law\" href=\"cases/142\">检例第１４２号</a>）和检例第143号",
        ),
        (
            "刑法第264条、检例第142号",
            "刑法<a class=\"law\" href=\"laws/264条\">第264条</a>、<a class=\"law\" href=\"cases/142\">检例第142号</a>",
        ),
    ] {
        let html = linked(body);
        assert!(html.contains(expected), "{body}: {html}");
    }
    assert_eq!(scan("见检例第142号、检例第142号。").numbers, ["检例142号"]);
}

#[test]
fn a_block_that_opens_an_article_is_found_by_its_number() {
    let body = "# 某法\n\n第一条　为了规范，制定本法。\n\n第二款。\n\n第二条 甲。\n\n第二条之一 乙。\n\n第一条第一款的规定。\n\n第二条 重复。\n";
    let rendered = render("a.md", body, 0..body.len(), "某法", &Folder).0;
    let anchors: Vec<&str> = rendered.blocks.iter().map(|block| block.anchor.as_str()).collect();
    assert_eq!((anchors[0], anchors[2], anchors[3]), ("a1", "a2", "a2-1"));
    assert!([1, 4, 5].iter().all(|&at| anchors[at].starts_with('p')), "{anchors:?}");
    assert_eq!(scan(body).articles, ["1条", "2条", "2条-1"]);
    assert!(["a264", "a120-1"].into_iter().all(is_block_id) && !is_block_id("a1-2-3") && !is_block_id("a"));
    assert_eq!(law_name("中华人民共和国刑法（2020年修正）"), "刑法");
}

#[test]
fn a_law_leads_to_its_own_articles_and_cites_none_by_them() {
    let link = |article: &str, text: &str| format!("<a class=\"law\" href=\"#{article}\">{text}</a>");
    for (body, expected) in [
        (
            "违反本法第三条、第五条第一款的",
            format!("本法{}、{}第一款", link("3条", "第三条"), link("5条", "第五条")),
        ),
        ("依照本条例第12条处理", format!("本条例{}处理", link("12条", "第12条"))),
        ("本解释第一条所称", format!("本解释{}所称", link("1条", "第一条"))),
        ("本意见第二条", format!("本意见{}", link("2条", "第二条"))),
        ("按照本法第二章第七条", format!("第二章{}", link("7条", "第七条"))),
        ("本法第九十九条", "本法第九十九条".to_owned()),
        ("香港特别行政区基本法第三条", "基本法第三条".to_owned()),
        ("该院规定第三条", "该院规定第三条".to_owned()),
    ] {
        let html = linked(body);
        assert!(html.contains(&expected), "{body}: {html}");
        assert!(outline_of(body).is_empty(), "{body}");
    }
    assert_eq!(
        outline_of("刑法第3条，本法第4条，同法第5条").len(),
        2,
        "同法 is the law before"
    );
}

fn outline_of(body: &str) -> Vec<Citation> {
    render("a.md", body, 0..body.len(), "标题", &Laws::default())
        .0
        .citations
}

#[test]
fn a_number_that_nothing_has_says_so_once() {
    let html = linked("参照检例第900号\n\n又见检例第900号、检例第142号");
    let said = "<span class=\"unheld\" data-said=\"未收录\">检例第900号</span>";
    assert_eq!(html.matches(said).count(), 1, "{html}");
    assert!(
        html.contains("又见检例第900号、<a class=\"law\" href=\"cases/142\">检例第142号</a>"),
        "{html}"
    );
}
