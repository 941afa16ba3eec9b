//! Markdown that nearly works: what only one reading is possible of is read so, what loses something is reported.

use super::*;

/// A body, what its page holds, and the rules that say something of it.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

fn holds(cases: &[Case]) {
    for (body, fragments, codes) in cases {
        let page = bare(body);
        for fragment in *fragments {
            assert!(page.contains(fragment), "{body:?} lacks {fragment:?}: {page}");
        }
        let mut said: Vec<&str> = outcome(body).1.iter().map(|diagnostic| diagnostic.code).collect();
        said.dedup();
        assert_eq!(said, *codes, "{body:?}");
    }
}

#[test]
fn marks_in_full_width_are_read_as_narrow_ones() {
    const WIDE: &[&str] = &["wide-mark"];
    holds(&[
        (
            "甲［^1］乙\n\n［^1］：注一",
            &["注一", "<ol class=\"footnotes\">"],
            WIDE,
        ),
        ("甲【^1】\n\n【^1】：注一", &["注一", "href=\"#fn-1\""], WIDE),
        ("甲[^1］乙\n\n[^1]：注一", &["href=\"#fn-1\""], WIDE),
        ("＃ 一、情况", &["<h2>一、情况</h2>"], WIDE),
        ("＃＃二、情况", &["<h2>二、情况</h2>"], WIDE),
        ("＞ 引文", &["<blockquote><p>引文</p></blockquote>"], WIDE),
        ("＞50%", &["<p>＞50%</p>"], &[]),
        ("－ 甲\n－ 乙", &["<ul><li>甲</li><li>乙</li></ul>"], WIDE),
        ("－甲\n－乙", &["<ul><li>甲</li><li>乙</li></ul>"], WIDE),
        ("－甲", &["<p>－甲</p>"], &[]),
        ("１．甲\n２．乙", &["<ol><li>甲</li><li>乙</li></ol>"], WIDE),
        ("甲＊＊乙＊＊丙", &["甲<strong>乙</strong>丙"], &[]),
        ("姓名＿＿日期＿＿", &["姓名＿＿日期＿＿"], &[]),
        ("【网站】(https://a.cn)", &["href=\"https://a.cn\"", ">网站</a>"], &[]),
        ("［网站］（https://a.cn）", &["href=\"https://a.cn\"", ">网站</a>"], &[]),
        ("[网站] (https://a.cn)", &["href=\"https://a.cn\"", ">网站</a>"], &[]),
        ("见[1] (图1.png)", &["见[1] (图1.png)"], &[]),
        ("！[图](图.png)", &["<img src=\"../图.png\""], &[]),
        ("好！[文](甲.md)", &["好！<a href=\"../甲.md\">文</a>"], &[]),
        ("> ［!note］ 题\n> 文", &["<strong>题</strong>", "<p>文</p>"], &[]),
        ("> 【！warning】\n> 文", &["<strong>注意</strong>"], &[]),
    ]);
}

#[test]
fn tables_are_tables_whatever_their_second_line_is_made_of() {
    const CELLS: &[&str] = &[">甲</th>", ">乙</th>", "<td>一</td>", "<td>二</td>"];
    holds(&[
        ("｜甲｜乙｜\n｜－－｜－－｜\n｜一｜二｜", CELLS, &["wide-mark"]),
        ("|甲|乙|\n|－|－|\n|一|二|", CELLS, &["wide-mark"]),
        (
            "|甲|乙|\n|——|：——：|\n|一|二|",
            &["<td class=\"centre\">二</td>"],
            &["wide-mark"],
        ),
        ("甲｜乙\n－－｜－－\n一｜二", CELLS, &["wide-mark"]),
        ("|[[R|甲]]|乙|\n|--|--|\n|一|二|", &[">甲</a></th>", "<td>二</td>"], &[]),
        ("|甲|乙|\n|--|\n|一|二|", CELLS, &["table-delimiters"]),
        ("|甲|乙|\n|--|--|--|\n|一|二|", CELLS, &["table-delimiters"]),
        ("|甲|乙|\n|--|--|\n|一|二|三|", &["<td>三</td>"], &["extra-cells"]),
        ("|甲|乙|\n|--|--|\n|一|二|", CELLS, &[]),
        ("甲|乙", &["<p>甲|乙</p>"], &[]),
        ("```\n|甲|乙|\n|——|——|\n```", &["|——|——|"], &[]),
    ]);
}

#[test]
fn indented_paragraphs_are_text() {
    holds(&[
        (
            "    第一段首行缩进。\n\n    第二段。",
            &["<p>第一段首行缩进。</p><p>第二段。</p>"],
            &[],
        ),
        ("\t第一段首行缩进。", &["<p>第一段首行缩进。</p>"], &[]),
        (
            "    1. 甲\n    2. 乙",
            &["<ol><li><p>甲</p></li><li><p>乙</p></li></ol>"],
            &[],
        ),
        ("    （一）甲方ABC公司", &["甲方ABC公司"], &[]),
        ("文\n\n    int a = 1;", &["<pre><code>int a = 1;"], &[]),
        ("- 甲\n\n    乙段", &["<p>乙段</p>"], &[]),
    ]);
}

#[test]
fn what_vanishes_elsewhere_stays_or_is_reported() {
    holds(&[
        (
            "见[1]。\n\n[1]: 张某.刑法学[M].",
            &["见[1]。", "[1]: 张某.刑法学[M]."],
            &[],
        ),
        ("文\n\n[9]: https://a.cn", &["<p>文</p>"], &["unused-definition"]),
        (
            "[甲]\n\n[甲]: https://a.cn\n[甲]: https://b.cn",
            &["href=\"https://a.cn\""],
            &["unused-definition"],
        ),
        (
            "[1]: 张某.刑法学.\n\n文\n\n[1]: 李某.民法学.",
            &["张某.刑法学", "李某.民法学"],
            &[],
        ),
        ("被告<XX>公司", &["被告公司"], &["unknown-element"]),
        ("<o:p></o:p>甲<u>乙</u>", &["甲<u>乙</u>"], &[]),
        ("甲<span title=\"全称\">乙</span>", &["甲"], &["link-title"]),
        ("<div class=\"注\"\n第一句", &["第一句"], &["unended-tag"]),
        ("<style>\n乙", &[], &["dropped-html", "unclosed-html"]),
        ("一句话。\n---\n后", &["<p>一句话。</p><hr>"], &["sentence-over-dashes"]),
        ("$$\na_1*b_2*c\n$$", &["$$a_1*b_2*c$$"], &[]),
        ("甲$x^2_1$乙", &["<code>$x^2_1$</code>"], &[]),
        ("甲==乙==丙", &["<mark>乙</mark>"], &[]),
        ("甲\\==乙\\==丙", &["甲==乙==丙"], &[]),
        ("甲\\$x^2_1\\$乙", &["甲$x^2_1$乙"], &[]),
        ("\\[甲\\](图 1.png)", &["[甲](图 1.png)"], &[]),
        (
            "甲[^1][乙](https://a.cn)\n\n[^1]: 注",
            &["<a href=\"https://a.cn\"", "<sup", "注"],
            &[],
        ),
        ("甲^[行内注[1]]乙", &["行内注[1]"], &[]),
        ("[[甲文|别名]]", &["<a href=\"../甲文\">别名</a>"], &[]),
    ]);
}

#[test]
fn a_reference_list_that_is_indented_is_text() {
    holds(&[
        (
            "正文。\n\n    [1]: 张某.刑法学[M].北京:法律出版社,2020.\n    [2]: 李某.论检察建议[J].人民检察,2021(3).",
            &["<p>[1]: 张某.刑法学[M].北京:法律出版社,2020.</p>", "论检察建议"],
            &[],
        ),
        (
            "正文。\n\n\t[1]: 张某.刑法学[M].",
            &["<p>[1]: 张某.刑法学[M].</p>"],
            &[],
        ),
        ("- 甲\n\n      [1]: 张某.刑法学[M].", &["[1]: 张某.刑法学[M]."], &[]),
        ("见[1]。\n\n    [^1]: 张某.刑法学[M].", &["张某"], &[]),
    ]);
}

#[test]
fn a_table_may_begin_an_item_of_a_list() {
    for body in [
        "- | 甲 | 乙 |\n  | --- | --- |\n  | 1 | 2 |",
        "1. | 甲 | 乙 |\n   | --- | --- |\n   | 1 | 2 |",
        "- 甲 | 乙\n  --- | ---\n  1 | 2",
        "> - | 甲 | 乙 |\n>   | --- | --- |\n>   | 1 | 2 |",
    ] {
        holds(&[(body, &["<table>", "乙</th>", "2</td>"], &[])]);
    }
}

#[test]
fn comments_that_were_spoilt_stay_hidden() {
    for body in [
        "前文 <！-- 内部批注 --> 后文",
        "前文 <!—— 内部批注 ——> 后文",
        "前文 <!– 内部批注 –> 后文",
        "前文 ＜！－－内部批注－－＞ 后文",
        "前文\n\n<!—— 内部批注\n\n第二段 ——>\n\n后文",
    ] {
        let page = bare(body);
        assert!(!page.contains("批注") && page.contains("后文"), "{body}: {page}");
        holds(&[(body, &["前文"], &["spoilt-comment"])]);
    }
    holds(&[
        ("前文 <!—— 内部批注 后文", &["后文"], &["unended-comment"]),
        ("写作`<!—— 批注 ——>`的", &["批注"], &[]),
    ]);
}

#[test]
fn what_swallows_the_rest_is_reported() {
    for (body, code) in [
        ("前文。\n\n<!NOTE 待核实\n\n后文。", "unclosed-html"),
        ("前文。\n\n<!DOCTYPE html\n\n后文。", "unclosed-html"),
        ("前文。\n\n<!TODO 补充数据>后文。", "unknown-element"),
        ("前文。<!TODO 补充数据>后文。", "unknown-element"),
        ("前文。\n\n<div hidden>\n附记\n\n后文。", "unclosed-html"),
        (
            "前文。\n\n<div style=\"display: none\">\n附记\n\n后文。",
            "unclosed-html",
        ),
        ("前文<ruby>检<rt>jiǎn察建议三件。", "unclosed-html"),
        ("前文<ruby>检<rp>(jiǎn察建议三件。", "unclosed-html"),
    ] {
        let said: Vec<&str> = outcome(body).1.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(said.contains(&code), "{body}: {said:?}");
    }
    holds(&[
        ("<!DOCTYPE html>\n\n后文。", &["后文"], &[]),
        (
            "<ruby>检<rt>jiǎn</ruby>察<ruby>院<rp>(</rp><rt>yuàn<rp>)</rp></ruby>",
            &["察"],
            &[],
        ),
        ("<!-- <!TODO> -->\n\n后文。", &["后文"], &[]),
    ]);
}

#[test]
fn indented_text_with_numbers_and_addresses_is_text() {
    for body in [
        "    GDP增长5%;CPI上涨2%",
        "    详情见[通知](https://a.cn)。",
        "    第1条：a=b",
        "    http://a.cn 是公开网站。",
        "    2024年1-3月",
    ] {
        assert!(!bare(body).contains("<pre"), "{body}: {}", bare(body));
    }
    for body in [
        "    x = 数量 + 1",
        "    print(\"你好\")",
        "    git commit -m 说明",
        "    let 甲 = 1;",
    ] {
        assert!(bare(body).contains("<pre"), "{body}: {}", bare(body));
    }
}

#[test]
fn a_sentence_is_no_heading_whatever_stands_at_its_end() {
    for sentence in [
        "这是一句话。",
        "**这是本段的结论。**",
        "这是一句话。[^1]",
        "这是本段的结论……",
        "This is a sentence.",
    ] {
        for underline in ["---", "===", "--", "-"] {
            let body = format!("{sentence}\n{underline}\n下一段。\n\n[^1]: 注");
            let page = bare(&body);
            assert!(
                page.contains("<hr>") && !page.contains("<h2") && !page.contains("--"),
                "{body}: {page}"
            );
        }
    }
    holds(&[
        ("一、情况\n---\n文", &["<h2>一、情况</h2>"], &[]),
        ("一、情况\n===\n文", &["<h2>一、情况</h2>"], &[]),
    ]);
}

#[test]
fn what_runs_on_over_dashes_is_no_heading() {
    for text in [
        "本报告由研究室起草，数据截至2024年6月底",
        "各部门要压实责任\n各乡镇要加强配合",
        "澄溪县人民检察院\n2024年3月5日",
        "2024年3月5日",
    ] {
        let page = bare(&format!("正文。\n\n{text}\n---\n下一段。"));
        assert!(page.contains("<hr>") && !page.contains("<h2"), "{text}: {page}");
    }
    for heading in ["一、强化监督，推动治理", "第一部分：基本情况", "基本情况"] {
        let page = bare(&format!("{heading}\n---\n下一段。"));
        assert!(page.contains("<h2"), "{heading}: {page}");
    }
}

#[test]
fn lists_are_lists_whatever_marks_their_items_have() {
    const LIST: &[&str] = &["<ol><li>项一</li><li>项二</li>"];
    holds(&[
        (
            "1. 项一\n２．项二\n3、项三",
            &["<li>项二</li><li>项三</li>"],
            &["wide-mark"],
        ),
        ("1） 项一\n2） 项二", LIST, &["wide-mark"]),
        ("1) 项一\n2）项二", LIST, &["wide-mark"]),
        ("1.项一\n2.项二", LIST, &[]),
        ("*项一\n*项二", &["<ul><li>项一</li><li>项二</li></ul>"], &[]),
        ("*项一*\n*项二*", &["<em>项一</em>"], &[]),
        ("1、项一\n2、项二", &["<p>1、项一</p>", "<p>2、项二</p>"], &[]),
        ("1.5倍\n2.5倍", &["1.5倍"], &[]),
        ("1.项一", &["<p>1.项一</p>"], &[]),
    ]);
}

#[test]
fn what_other_editors_know_is_read() {
    holds(&[
        ("面积120m^2^。", &["m<sup>2</sup>。"], &[]),
        ("二氧化硫SO~2~超标。", &["SO<sub>2</sub>超标"], &[]),
        ("3~5年，`m^2^`", &["3~5年", "m^2^"], &[]),
        ("！[[图.png]]", &["<img src=\"../图.png\""], &[]),
        (
            "＞ [!note]\n＞ 提示内容。",
            &["<strong>注</strong>", "提示内容。"],
            &["wide-mark"],
        ),
        (
            "##2024年工作情况\n\n正文。",
            &["<h2>2024年工作情况</h2>"],
            &["heading-without-blank"],
        ),
        (
            "#2024年工作情况\n\n正文。",
            &["<h2>2024年工作情况</h2>"],
            &["heading-without-blank"],
        ),
        ("#2024年 #河道", &["#2024年 #河道"], &[]),
        (
            "##12309检察服务中心\n\n##“清朗”行动\n\n##A类案件",
            &["<h2>12309检察服务中心</h2>", "<h2>“清朗”行动</h2>", "<h2>A类案件</h2>"],
            &["heading-without-blank"],
        ),
        (
            "##基本情况##\n\n正文。",
            &["<h2>基本情况</h2>"],
            &["heading-without-blank"],
        ),
        (
            "- 项一\n－ 项二\n-项三",
            &["<li>项一</li><li>项二</li><li>项三</li>"],
            &["wide-mark"],
        ),
        ("* 项一\n*项二", &["<li>项一</li><li>项二</li>"], &[]),
        ("- 收入\n-5万元", &["<li>收入-5万元</li>"], &[]),
        ("王**（男）、刘**（女）系同案犯。", &["王**（男）、刘**（女）"], &[]),
        ("见[ ](图.docx)。", &["href=\"../图.docx\"", ">图.docx</a>"], &[]),
        ("见[](图.docx)。", &["href=\"../图.docx\"", ">图.docx</a>"], &[]),
        ("![](图.png)", &["<img src=\"../图.png\""], &[]),
        (
            "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n数据来源：县统计局。",
            &["</table></div><p>数据来源：县统计局。</p>"],
            &[],
        ),
    ]);
}

#[test]
fn marks_within_html_are_reported() {
    const MARK: &[&str] = &["markdown-in-html"];
    holds(&[
        ("<div align=\"center\">\n**标题文字**\n</div>", &["**标题文字**"], MARK),
        ("<center>**标题文字**</center>", &["**标题文字**"], MARK),
        (
            "<details>\n<summary>附注</summary>\n见[甲文](甲.md)。\n</details>",
            &["甲文"],
            MARK,
        ),
        ("<div>\n\n**标题文字**\n\n</div>", &["<strong>标题文字</strong>"], &[]),
        ("<div>\n被告人张**和李**\n</div>", &["张**和李**"], &[]),
        ("<pre>\n**代码**\n</pre>", &["**代码**"], &[]),
    ]);
}

#[test]
fn blanks_of_full_width_before_a_mark_mean_nothing() {
    holds(&[
        ("　　# 一、情况\n\n正文", &["<h2>一、情况</h2>"], &[]),
        ("\u{A0}# 一、情况", &["<h2>一、情况</h2>"], &[]),
        ("\u{200B}# 一、情况", &["<h2>一、情况</h2>"], &[]),
        ("　|甲|乙|\n　|---|---|\n　|1|2|", &["<table>", "2</td>"], &[]),
        (
            "- 项一\n　　- 子项",
            &["<ul><li>项一<ul><li>子项</li></ul></li></ul>"],
            &[],
        ),
        (
            "　　第一段的内容。\n　　第二段的内容。",
            &["第一段的内容。</p><p>"],
            &[],
        ),
    ]);
}

#[test]
fn marks_that_mean_nothing_are_reported() {
    for body in [
        "正文[＾1]。",
        "正文〔^1〕。",
        "正文[^1]。",
        "正文[^１]。\n\n[^1]: 说明文字。",
        "正文^［行内脚注］后。",
        "正文＾[行内脚注]后。",
        "**加粗＊＊文字",
        "**注：数据截至2024年底",
        "*重点 *文字",
        "__重点 __文字",
        "~~删去 ~~文字",
        "**重点“**后文",
        "***重点***文字**",
        "__张三__和___填空___",
        "<!-- 甲 -->文字 --> 后文",
        "前文<!- 批注 ->后文",
        "前文％％批注％％后文",
        "见[[甲文]。",
        "＊＊加粗**文字",
        "＊斜体＊文字",
        "** 加粗 **文字",
        "__加粗__文字",
        "＿＿加粗＿＿文字",
        "～～删除～～文字",
        "＝＝标记＝＝文字",
        "== 标记 ==文字",
        "｀代码｀文字",
        "｀｀｀\n代码\n｀｀｀",
        "前文\n\n－－－\n\n后文",
        "前文\n\n＊＊＊\n\n后文",
        "####### 七级标题",
        "[TOC]\n\n正文",
        ":::note\n内容\n:::",
        "## 情况 {#qk}",
        "|甲|乙|\n|1|2|",
        "|甲|乙|\n|===|===|\n|1|2|",
        "见[附件] (附件/a.docx)。",
        "! [图](附件/图.png)",
        "![图] (附件/图.png)",
        "![图](附件/图.png =300x)",
        "![图](附件/图.png){width=50%}",
        "见[附件]。\n\n[附件]：附件/a.docx",
        "见【【R】】。",
        "见[表][附]。\n\n[附]: 附件/a b.docx",
        "<o:p>甲</o:p>乙",
        "这是**重点 **文字。",
        "这是** 重点**文字。",
        "这是**重点文字，没有结束。",
        "这是**重点*文字。",
        "这是*重点**文字。",
        "**重点*，后文",
        "这是**重点\n**文字。",
        "这是__“重点”__后文。",
        "文字～～删去的字～～文字。",
        "结论如下。 ^jielun",
        "@[toc]\n\n正文。",
        "*[HTML]: 超文本标记语言\n\n用HTML写成。",
    ] {
        let said: Vec<&str> = outcome(body).1.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(said.contains(&"loose-mark"), "{body}: {said:?}: {}", bare(body));
    }
}

#[test]
fn marks_in_a_text_are_text() {
    for body in [
        "张**和李**的行为",
        "电话138****1234",
        "姓名：__，日期：__",
        "见[1][2]，另见[2024]5号",
        "数据（2024年）",
        "3~5年，甲～乙",
        "————",
        "`[^1]`",
        "```\n|甲|乙|\n[^1]\n```",
        "函数$x^[2]$",
        "甲[乙](https://a.cn)丙",
        "请看！[链接](https://a.cn)",
        "被告人张**因盗窃被捕",
        "被告人张** 李**因盗窃被捕",
        "显著（0.35**）",
        "年龄__性别__民族__",
        "面积 2 ^2",
    ] {
        let said: Vec<&str> = outcome(body).1.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(!said.contains(&"loose-mark"), "{body}: {said:?}");
    }
}

#[test]
fn code_that_does_not_end_is_reported() {
    holds(&[
        ("```\n代码\n\n后文", &["后文"], &["unclosed-code"]),
        ("~~~~\n代码\n~~~\n后文", &["后文"], &["unclosed-code"]),
        ("```\n代码\n```", &["代码"], &[]),
        ("> ```\n> 代码\n> ```", &["代码"], &[]),
        ("- ```rust\n  代码\n  ````", &["代码"], &[]),
    ]);
}
