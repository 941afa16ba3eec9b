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
