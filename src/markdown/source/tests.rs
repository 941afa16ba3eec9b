use super::*;
use crate::markdown::render;

struct OnlyKnown;

impl Resolve for OnlyKnown {
    fn resolve(&self, target: &str) -> Target {
        if target.contains("known") {
            Target::Href(target.to_owned())
        } else {
            Target::Nowhere
        }
    }
}

#[test]
fn what_is_hidden_and_paths_that_lead_nowhere_are_not_in_it() {
    for (body, expected) in [
        (
            "见[甲**案**](../secret.md)和[乙](known.md)。",
            "见甲**案**和[乙](known.md)。",
        ),
        ("![图](secret.png \"题\")尾", "图尾"),
        ("[甲][1]\n\n[1]: secret.md\n\n尾", "甲\n\n尾"),
        ("前<!-- 密 -->后\n\n<!-- 一\n\n二 -->\n\n尾", "前后\n\n尾"),
        (
            "`<!-- 代码 -->` [网](https://example.org) [节](#s)",
            "`<!-- 代码 -->` [网](https://example.org) [节](#s)",
        ),
        ("[](secret.md)尾", "尾"),
        ("前\n<!-- 密 -->\n后", "前\n\n后"),
        ("<!-- 密 -->\n\n前", "前"),
        ("[![图](secret.png)](secret.md)", "图"),
        ("前%%密%%后", "前后"),
        ("前\n\n[//]: # (密)\n\n后", "前\n\n后"),
        ("前<template>密</template>后<span hidden>密</span>。", "前后。"),
        ("<div style=\"display:none\">\n\n密\n\n</div>\n\n后", "后"),
        ("[名](known.md \"密\")", "[名](known.md)"),
        ("前<![CDATA[密]]>后", "前后"),
    ] {
        assert_eq!(shown_source(body, &OnlyKnown).trim_end(), expected, "{body}");
    }
}

#[test]
fn what_nobody_hid_stays_as_it_was_written() {
    for body in [
        "# 一、情况\n\n正文，**加粗**、*强调*、~~删去~~、`代码`。",
        "- 甲\n- 乙\n  - 丙\n- 丁",
        "3. 甲\n\n   又\n\n4. 乙",
        "> 引文\n> 第二行\n>\n> 又一段",
        "| 甲 | 乙 |\n| :--- | ---: |\n| 1 | a\\|b |",
        "```\n代码 *不变*\n```",
        "正文[^1]。\n\n[^1]: 注释",
        "- [x] 办结\n- [ ] 未办结",
        "第一行\\\n第二行",
        "刑法[2023]第1号，3~5年，a_b_c，2 < 3，A&B，50%，[甲]",
        "1\\. 不是列表",
        "\\# 不是标题",
        "\\- 不是列表",
        "<u>下划线</u>",
    ] {
        assert_eq!(shown_source(body, &OnlyKnown).trim_end(), body);
    }
}

/// The blocks of a body.
fn blocks(body: &str) -> Vec<String> {
    let rendered = render("a.md", body, 0..body.len(), "", &OnlyKnown).0;
    rendered.blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn it_shows_what_the_body_shows() {
    for body in [
        "**注意：**请**“报销”**流程\n\n138\\*\\*\\*\\*1234与2*3*4，~3日~",
        "<table><tr><th colspan=2>甲</th></tr><tr><td>乙</td><td>丙&lt;</td></tr></table>",
        "<details><summary>要点</summary>\n\n正文\n\n</details>",
        "a\\*b \\[c\\](d) \\<e> &amp;lt; \\`f\\` 50\\%% %% 1\\. x",
        "[^a]: 注\n\n文[^a]，[^a]",
        "- 甲\n\n  > 乙\n\n- 丙",
        "甲<br>乙\n\n| a<br>b | c |\n| - | - |\n| `x\\|y` | **z** |",
        "一`` ` ``二\n\n    缩进代码\n",
        "<p>甲<b>乙</b></p>\n<ul><li>丙</li></ul>",
    ] {
        assert_eq!(blocks(&shown_source(body, &OnlyKnown)), blocks(body), "{body}");
    }
}
