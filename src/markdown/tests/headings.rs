//! Headings: levels, ids, sections, and the lines of Chinese papers that are headings.

use super::*;

/// Level, text and role of every heading.
fn outline(body: &str, title: &str) -> Vec<(u8, String, Option<String>)> {
    let (rendered, _) = render("a.md", body, 0..body.len(), title, &Folder);
    rendered
        .headings
        .into_iter()
        .map(|heading| (heading.level, heading.text, heading.role))
        .collect()
}

/// Level and text, written as Markdown.
fn levels(body: &str) -> Vec<String> {
    outline(body, "标题")
        .into_iter()
        .map(|(level, text, _)| format!("{} {text}", "#".repeat(level.into())))
        .collect()
}

#[test]
fn levels_begin_at_two_and_keep_their_order() {
    for (body, expected) in [
        ("# 甲\n## 乙\n# 丙", &["## 甲", "### 乙", "## 丙"] as &[_]),
        ("## 甲\n### 乙", &["## 甲", "### 乙"]),
        ("### 甲\n##### 乙\n### 丙", &["## 甲", "#### 乙", "## 丙"]),
        ("# 甲\n###### 乙", &["## 甲", "###### 乙"]),
        ("# 标题\n### 甲\n#### 乙", &["## 甲", "### 乙"]),
        ("## 甲\n# 乙", &["### 甲", "## 乙"]),
        ("甲\n===\n乙\n---", &["## 甲", "### 乙"]),
        ("## \n\n### 甲", &["## 甲"]),
    ] {
        assert_eq!(levels(body), expected, "{body}");
    }
}

#[test]
fn a_heading_that_repeats_the_title_is_dropped() {
    for (body, title) in [
        ("# 文身问题调研\n\n甲", "文身问题调研"),
        ("# 文身问题 调研：\n\n甲", "文身问题调研"),
        ("# 郭某某案（检例第152号）\n\n甲", "郭某某案"),
        ("# （检例第152号）郭某某案\n\n甲", "郭某某案（检例第152号）"),
        ("# 郭某某案\n\n甲", "检例第152号　郭某某案"),
        ("# 指导案例98号：张某案\n\n甲", "张某案（指导案例98号）"),
        (
            "### （检例第152号）\n郭某某案\n\n（检例第１５２号）\n\n甲",
            "郭某某案（检例第152号）",
        ),
        ("### \n郭某某案\n\n甲", "郭某某案（检例第152号）"),
        ("<!-- 注 -->\n\n# 题\n\n甲", "题"),
        ("<h1>题</h1>\n\n甲", "题"),
    ] {
        let (rendered, _) = render("a.md", body, 0..body.len(), title, &Folder);
        assert_eq!(rendered.headings, [], "{body}");
        assert_eq!(
            rendered
                .blocks
                .iter()
                .map(|block| block.text.as_str())
                .collect::<Vec<_>>(),
            ["甲"],
            "{body}"
        );
    }
}

#[test]
fn a_heading_that_says_something_else_stays() {
    for (body, title) in [
        ("# 甲\n\n乙", "丙"),
        ("丁\n\n# 甲", "甲"),
        ("# 检例第152号\n\n乙", "丙"),
        ("# 郭某某案二\n\n乙", "郭某某案"),
        ("# ——\n\n乙", "——"),
        ("# 检例第12号检例第13号\n\n乙", "检例第12号"),
    ] {
        assert_eq!(outline(body, title).len(), 1, "{body}");
    }
}

#[test]
fn names_of_sections_are_known_by_all_their_names() {
    for (line, role) in [
        ("【关键词】", "关键词"),
        ("【关 键 词】", "关键词"),
        ("**【要　旨】**", "要旨"),
        ("**要旨**", "要旨"),
        ("**基本案情**", "基本案情"),
        ("【检察机关监督情况】", "检察机关履职过程"),
        ("【检察履职情况】", "检察机关履职过程"),
        ("## 检察机关履职情况", "检察机关履职过程"),
        ("## 要  旨", "要旨"),
        ("## 一、基本案情", "基本案情"),
        ("## 【典型意义】", "典型意义"),
        ("### 相关法律规定：", "相关规定"),
        ("裁判理由", "裁判理由"),
        ("诉讼过程", "诉讼过程"),
        ("【问题的提出】", "问题的提出"),
    ] {
        let body = format!("甲\n\n{line}\n\n乙");
        let headings = outline(&body, "标题");
        assert_eq!(headings.len(), 1, "{line}");
        assert_eq!((headings[0].0, headings[0].2.as_deref()), (2, Some(role)), "{line}");
    }
}

#[test]
fn unknown_sections_are_headings_without_a_role_and_other_lines_are_text() {
    assert_eq!(
        outline("【检察听证过程】\n\n甲", ""),
        [(2, "【检察听证过程】".to_owned(), None)]
    );
    for body in [
        "【发布部门】最高人民法院",
        "**重要提示**",
        "**要旨**是这样",
        "要旨：甲",
        "> 【关键词】",
        "- 【关键词】",
        "【】",
        "见【甲】【乙】",
        "## 甲\n\n基本案情",
        "## 【要旨】\n\n监督结果",
    ] {
        assert!(outline(body, "").len() <= usize::from(body.starts_with('#')), "{body}");
    }
}

#[test]
fn where_sections_have_brackets_a_bare_name_is_text() {
    assert_eq!(
        levels("【检察机关履职情况】\n\n监督意见\n\n甲\n\n监督结果\n\n乙"),
        ["## 【检察机关履职情况】"]
    );
    assert_eq!(levels("裁判要点\n\n甲\n\n裁判结果"), ["## 裁判要点", "## 裁判结果"]);
}

#[test]
fn a_section_name_may_stand_on_the_first_line_of_its_paragraph() {
    let (rendered, _) = outcome("【关键词】\n盗窃　入户\n\n**【要旨】**  \n甲");
    let texts: Vec<_> = rendered
        .blocks
        .iter()
        .map(|block| (block.section, block.text.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            (Some(0), "【关键词】"),
            (Some(0), "盗窃　入户"),
            (Some(1), "【要旨】"),
            (Some(1), "甲")
        ]
    );
}

#[test]
fn sections_stand_one_below_what_encloses_them() {
    for (body, expected) in [
        (
            "# 案例一\n\n【关键词】\n\n甲\n\n# 案例二\n\n【关键词】",
            &["## 案例一", "### 【关键词】", "## 案例二", "### 【关键词】"] as &[_],
        ),
        ("# 标题\n\n【关键词】\n\n【要旨】", &["## 【关键词】", "## 【要旨】"]),
        (
            "## 甲\n\n### 乙\n\n【要旨】\n\n【丙】",
            &["## 甲", "### 乙", "#### 【要旨】", "#### 【丙】"],
        ),
        (
            "【检察机关履职过程】\n\n（一）审查逮捕\n\n甲\n\n（二）审查起诉",
            &["## 【检察机关履职过程】", "### （一）审查逮捕", "### （二）审查起诉"],
        ),
    ] {
        assert_eq!(levels(body), expected, "{body}");
    }
}

#[test]
fn the_outline_of_an_office_paper_is_read() {
    let body = "# 标题\n\n甲。\n\n一、基本情况\n\n（一）做法\n\n乙\n\n（二）成效\n\n二、存在的问题\n\n**（一）意识不强**\n\n　　(二)机制不全\n\n三、建议";
    let expected = [
        "## 一、基本情况",
        "### （一）做法",
        "### （二）成效",
        "## 二、存在的问题",
        "### （一）意识不强",
        "### (二)机制不全",
        "## 三、建议",
    ];
    assert_eq!(levels(body), expected);
    assert!(
        outcome(body).0.html.contains(">（一）意识不强</h3>"),
        "a heading is bold without being told"
    );
}

#[test]
fn what_only_looks_like_an_outline_is_text() {
    for body in [
        "一、这是一个完整的句子。",
        "（一）有下列情形之一的：",
        "（一）非法拘禁案；",
        "一、这一行很长，长得不像一个标题，因为它一直写下去写下去写下去写下去写下去写下去写下去",
        "一、甲\n乙",
        "- 一、甲",
        "一般、重要",
        "第一、甲",
        "（甲）乙",
        "| 一、甲 |\n| --- |\n| （一）乙 |",
    ] {
        assert_eq!(levels(body), [""; 0], "{body}");
    }
    assert_eq!(
        levels("## 甲\n\n一、乙\n\n（一）丙"),
        ["## 甲"],
        "an author who writes headings means them"
    );
}

#[test]
fn ids_are_slugs_and_unique() {
    let (rendered, _) = outcome(
        "# 一、总 则（2023）\n\n# 甲\n\n# 甲\n\n# ——\n\n# 第一章任务基本原则和适用范围第二章犯罪和刑事责任第三章",
    );
    let ids: Vec<_> = rendered.headings.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids[..3], ["s-一总则2023", "s-甲", "s-甲-2"]);
    assert!(ids[3].len() == 8 && ids[3].starts_with("s-"));
    assert_eq!(ids[4].chars().count(), 26);
}

#[test]
fn the_first_heading_that_names_something_is_told() {
    for (body, expected) in [
        ("甲\n\n# 乙*丙*\n\n# 丁", Some("乙丙")),
        ("### （检例第152号）\n\n甲", None),
        ("## 基本案情\n\n甲\n\n## 乙", Some("乙")),
        ("##\n\n甲", None),
        ("甲", None),
        ("# 看**“甲”**乙", Some("看“甲”乙")),
    ] {
        assert_eq!(scan(body).first_heading.as_deref(), expected, "{body}");
    }
}
