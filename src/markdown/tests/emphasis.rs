//! Emphasis means in Chinese what its author meant.

use super::{bare, texts};

/// The HTML of one paragraph's inside.
fn inline(body: &str) -> String {
    let html = bare(body);
    html.strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"))
        .map_or(html.clone(), str::to_owned)
}

#[test]
fn emphasis_beside_chinese_punctuation_renders_as_meant() {
    for (body, expected) in [
        ("**注意：**请先登录", "<strong>注意：</strong>请先登录"),
        ("请看**“报销”**流程", "请看<strong>“报销”</strong>流程"),
        ("~~旧版。~~新版", "<del>旧版。</del>新版"),
        ("*重点*。", "<em>重点</em>。"),
        ("*重点。*其他", "<em>重点。</em>其他"),
        ("这是*“重点”*内容", "这是<em>“重点”</em>内容"),
        ("参见**《刑法》**第二条", "参见<strong>《刑法》</strong>第二条"),
        ("参见**（一）**项", "参见<strong>（一）</strong>项"),
        ("**2023年（修正）**施行", "<strong>2023年（修正）</strong>施行"),
        ("**增长20%**以上", "<strong>增长20%</strong>以上"),
        ("**增长20％**以上", "<strong>增长20％</strong>以上"),
        ("**Note:**请看", "<strong>Note:</strong>请看"),
        ("**“报销”**abc", "<strong>“报销”</strong>abc"),
        ("看**“a”**b", "看<strong>“a”</strong>b"),
        ("**注意：**2023年起", "<strong>注意：</strong>2023年起"),
        (
            "**注意：**请先**登录**再看",
            "<strong>注意：</strong>请先<strong>登录</strong>再看",
        ),
        (
            "一是：**加强**管理；二是：**改进**作风",
            "一是：<strong>加强</strong>管理；二是：<strong>改进</strong>作风",
        ),
        (
            "他说**“你好”**，又说**“再见”**。",
            "他说<strong>“你好”</strong>，又说<strong>“再见”</strong>。",
        ),
        (
            "**“一”**、**“二”**和**“三”**都",
            "<strong>“一”</strong>、<strong>“二”</strong>和<strong>“三”</strong>都",
        ),
        ("**“*重点*”**说明", "<strong>“<em>重点</em>”</strong>说明"),
        ("**重点*强调。***其他", "<strong>重点<em>强调。</em></strong>其他"),
        ("***重点：***其他", "<em><strong>重点：</strong></em>其他"),
        ("**~~旧。~~**新", "<strong><del>旧。</del></strong>新"),
        ("看~~**“旧”**~~新", "看<del><strong>“旧”</strong></del>新"),
        ("**`代码`**说明", "<strong><code>代码</code></strong>说明"),
        (
            "参见**[链接](a.md)**说明",
            "参见<strong><a href=\"../a.md\">链接</a></strong>说明",
        ),
        (
            "[**注意：**请看](a.md)",
            "<a href=\"../a.md\"><strong>注意：</strong>请看</a>",
        ),
        ("“**重点**”内容", "“<strong>重点</strong>”内容"),
        ("（**重点**）内容", "（<strong>重点</strong>）内容"),
        ("**甲****乙**", "<strong>甲</strong><strong>乙</strong>"),
        ("**侵犯。****公民**", "<strong>侵犯。</strong><strong>公民</strong>"),
        ("**第1****第2**", "<strong>第1</strong><strong>第2</strong>"),
        ("**重点**内容**其他**", "<strong>重点</strong>内容<strong>其他</strong>"),
        ("**注意：**\n请看", "<strong>注意：</strong>请看"),
        ("中文\n**“重点”**后", "中文<strong>“重点”</strong>后"),
        ("**提示！**本页", "<strong>提示！</strong>本页"),
        ("其中**——**后", "其中<strong>——</strong>后"),
        ("**重点……**后", "<strong>重点……</strong>后"),
    ] {
        assert_eq!(inline(body), expected, "{body}");
    }
}

#[test]
fn what_is_no_emphasis_stays_literal() {
    for (body, expected) in [
        ("2*3*4", "2*3*4"),
        ("长3*4米、宽5*6米", "长3*4米、宽5*6米"),
        ("3m*4m和5m*6m", "3m*4m和5m*6m"),
        ("2**10和3**5", "2**10和3**5"),
        ("138****1234、139****5678", "138****1234、139****5678"),
        ("尾号****1234，另一张****5678", "尾号****1234，另一张****5678"),
        ("卡号3201**********1234", "卡号3201**********1234"),
        ("被告人张**，李**", "被告人张**，李**"),
        ("甲*****公司与乙*****公司", "甲*****公司与乙*****公司"),
        ("3~5年，（10）~（20）万", "3~5年，（10）~（20）万"),
        ("3~~5年，10~~20万", "3~~5年，10~~20万"),
        ("~5年，约~6年", "~5年，约~6年"),
        ("`**注意：**请`", "<code>**注意：**请</code>"),
        ("``**“a”**`b``看", "<code>**“a”**`b</code>看"),
        ("\\*重点\\*", "*重点*"),
        ("\\*\\*注意：\\*\\*请", "**注意：**请"),
        ("注意：** 请", "注意：** 请"),
        ("a * b * c", "a * b * c"),
        ("[看](甲~乙*丙*.md)", "<a href=\"../甲~乙*丙*.md\">看</a>"),
        ("[看](<看**“甲”**乙.md>)", "<a href=\"../看**“甲”**乙.md\">看</a>"),
        (
            "![看](看**“甲”**乙.png)图",
            "<img src=\"../看**“甲”**乙.png\" alt=\"看\" loading=\"lazy\">图",
        ),
        (
            "<https://a.cn/~b*c*/>",
            "<a href=\"https://a.cn/~b*c*/\" rel=\"noopener noreferrer\">https://a.cn/~b*c*/</a>",
        ),
        (
            "[看**“甲”**乙][丙]\n\n[丙]: 丁~戊.md",
            "<a href=\"../丁~戊.md\">看<strong>“甲”</strong>乙</a>",
        ),
        (
            "[看**“甲”**乙]\n\n[看**“甲”**乙]: 丁.md",
            "<a href=\"../丁.md\">看**“甲”**乙</a>",
        ),
        ("3 ~ 5", "3 ~ 5"),
        ("__注意__", "<strong>注意</strong>"),
    ] {
        assert_eq!(inline(body), expected, "{body}");
    }
    assert_eq!(
        bare("```\n**注意：**请\n3~5\n```"),
        "<pre><code>**注意：**请3~5</code></pre>"
    );
    // Authors indent their paragraphs: that is not code.
    assert_eq!(bare("    **注意：**请"), "<p><strong>注意：</strong>请</p>");
    assert_eq!(bare("***\n\n* 甲~乙\n* 丙"), "<hr><ul><li>甲~乙</li><li>丙</li></ul>");
}

#[test]
fn emphasis_is_repaired_in_headings_lists_and_tables() {
    assert_eq!(bare("## **注意：**请看"), "<h2><strong>注意：</strong>请看</h2>");
    assert_eq!(
        bare("* **注意：**请看\n* 看**“甲”**乙"),
        "<ul><li><strong>注意：</strong>请看</li><li>看<strong>“甲”</strong>乙</li></ul>"
    );
    assert!(bare("|甲|乙|\n|-|-|\n|**注意：**请|看**“甲”**乙|\n|3~5|`**：**请`|").contains(
        "<td><strong>注意：</strong>请</td><td>看<strong>“甲”</strong>乙</td></tr><tr><td>3~5</td><td><code>**：**请</code></td>"
    ));
    assert_eq!(
        bare("> **注意：**请看"),
        "<blockquote><p><strong>注意：</strong>请看</p></blockquote>"
    );
}

#[test]
fn no_mark_of_the_repair_is_left() {
    let body = "看**“甲”**乙 ![看**“甲”**乙](a.png) `x` [看**“甲”**乙](b.md)[^1]\n\n[^1]: 看**“甲”**乙";
    assert!(!bare(body).contains('\u{FDD0}'));
    assert_eq!(texts(body), ["看“甲”乙 x 看“甲”乙", "看“甲”乙"]);
}
