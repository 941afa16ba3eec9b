//! Whatever a body holds, its page is safe, well formed and shows what is indexed.

use super::page;
use super::*;
use proptest::prelude::*;

/// Leads every target to itself, as a careless resolver might.
struct Echo;

impl Resolve for Echo {
    fn resolve(&self, target: &str) -> Target {
        Target::Href(target.to_owned())
    }
}

fn check(body: &str) {
    let (rendered, diagnostics) = render("a.md", body, 0..body.len(), "标题", &Echo);
    page::check(&rendered);
    check_safe(&rendered.html);
    for diagnostic in diagnostics {
        assert!(
            diagnostic.span.is_none_or(|span| body.get(span).is_some()),
            "a place within the text"
        );
    }
    for link in scan(body).links {
        assert!(body.get(link.span).is_some(), "a place within the body");
    }
}

/// No tag but ours, no address but a file's, a web page's or a mail address.
fn check_safe(html: &str) {
    for tag in tags::tags(html) {
        assert!(
            ![
                "script", "style", "iframe", "object", "svg", "form", "base", "meta", "link"
            ]
            .contains(&tag.name.as_str()),
            "{html}"
        );
        for name in ["style", "onclick", "onerror", "onload", "srcset", "data-piece"] {
            assert_eq!(tags::attribute(tag.attributes, name), None, "{html}");
        }
        for name in ["href", "src"] {
            if let Some(target) = tags::attribute(tag.attributes, name) {
                let plain: String = target
                    .chars()
                    .filter(|letter| *letter > ' ')
                    .collect::<String>()
                    .to_lowercase();
                for scheme in ["javascript:", "data:", "vbscript:", "file:", "//"] {
                    assert!(!plain.starts_with(scheme), "{target} in {html}");
                }
            }
        }
    }
}

#[test]
fn hostile_bodies_are_harmless() {
    for body in [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//a.cn/x.js></SCRIPT>甲",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a xlink:href=javascript:alert(1)>甲</a></svg>",
        "<a href=\"javascript:alert(1)\">甲</a>",
        "<a href=\" java\tscript:alert(1)\">甲</a>",
        "<a href='&#106;avascript:alert(1)'>甲</a>",
        "[甲](javascript:alert(1))",
        "[甲](<java\tscript:alert(1)>)",
        "[甲](JAVASCRIPT&colon;alert(1))",
        "[甲](vbscript:x) [乙](data:text/html,x) [丙](file:///etc/passwd) [丁](//a.cn) [戊](\\\\\\\\a\\\\b)",
        "![甲](data:image/png;base64,AAAA)",
        "![甲](https://a.cn/x.png) ![](//a.cn/x.png)",
        "<p style=\"background:url(//a.cn)\" onclick=x()>甲</p>",
        "<iframe src=//a.cn></iframe><object data=x></object><embed src=x>",
        "<math><mi xlink:href=\"data:x\">甲</mi></math>",
        "<form action=//a.cn><input name=x><button>甲</button></form>",
        "<style>body{display:none}</style>甲",
        "<base href=//a.cn><meta http-equiv=refresh content=0><link rel=stylesheet href=//a.cn>甲",
        "<div data-piece=\"0\">甲</div>\n\n<span data-piece=\"0\">乙</span>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea><img src=x onerror=alert(1)></textarea>",
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<plaintext>甲",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<a href=\"https://a.cn\"><a href=x>甲</a></a>",
        "[甲 <a href=x>乙</a>](y)",
        "\u{0}\u{1}\u{FDD0}\u{FFFF}甲\r\n乙\u{0C}丙\u{85}丁\u{2028}",
    ] {
        check(body);
    }
}

#[test]
fn hostile_sizes_are_harmless() {
    let many = 100_000;
    for body in [
        ">".repeat(many) + "甲",
        "- ".repeat(many) + "甲",
        "*甲_".repeat(many),
        "**“".repeat(many),
        "[".repeat(many) + "甲",
        "[甲](".repeat(many),
        "`".repeat(many) + "甲" + &"``".repeat(many),
        "<div>".repeat(many) + "甲",
        "<b>".repeat(many) + "甲",
        ">".repeat(1000) + "<div>甲",
        "<b>甲\n\n".repeat(2000),
        "<i id=1>甲</p>\n\n".repeat(2000),
        "<a href=x>甲\n\n".repeat(2000),
        "—\n".repeat(many),
        "第一条".repeat(many),
        "第一章".repeat(many) + "第一条",
        "《刑法》第一条、".repeat(many),
        "法第一条".repeat(many),
        "~".repeat(many) + "甲",
        "\\".repeat(many) + "*甲",
        "[^1]".repeat(many) + "\n\n[^1]: 甲",
        "[甲](#乙)\n".repeat(many),
        "# 甲\n".repeat(many),
        "甲\n\n".repeat(many),
        "|甲".repeat(many) + "\n" + &"|-".repeat(many),
        "一、甲\n\n".repeat(many),
        "<!-- ".repeat(many),
        "<a \"".repeat(many),
        "<a href=".repeat(many),
    ] {
        let (rendered, _) = render("a.md", &body, 0..body.len(), "标题", &Echo);
        check_safe(&rendered.html);
        scan(&body);
    }
}

#[test]
fn a_body_out_of_range_is_nothing() {
    let text = "甲";
    assert_eq!(render("a.md", text, 1..2, "", &Echo), Outcome::default());
    assert_eq!(render("a.md", text, 0..9, "", &Echo), Outcome::default());
}

/// Bits of Markdown and HTML that mean something together.
const BITS: [&str; 96] = [
    "甲",
    "乙，",
    "丙。",
    "“丁”",
    "（一）",
    "一、",
    "《刑法》",
    "第一条",
    "、",
    "：",
    "a",
    "b1",
    "2",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n\n",
    "\n    ",
    "\t",
    "　　",
    "*",
    "**",
    "***",
    "****",
    "~",
    "~~",
    "_",
    "`",
    "``",
    "```\n",
    "# ",
    "## ",
    "\n\n### 甲\n\n",
    "\n---\n",
    "- ",
    "\n- ",
    "\n  - ",
    "1. ",
    "\n2. ",
    "> ",
    "\n> ",
    "- [x] ",
    "|",
    "\n|甲|乙|\n|-|:-:|\n|1|2|\n",
    "[",
    "]",
    "](",
    ")",
    "[甲](a.md)",
    "[甲](#甲)",
    "[甲](无.md)",
    "![图](a.png)",
    "\n\n![图](a.png)\n\n",
    "![图](https://a.cn/b.png)",
    "[^1]",
    "\n\n[^1]: 注",
    "\n\n[^2]: 注[^1]",
    "<https://a.cn>",
    "https://a.cn",
    "\\",
    "\\*",
    "&amp;",
    "&nbsp;",
    "&#x3C;",
    "&lt;b&gt;",
    "<",
    ">",
    "<br>",
    "<u>",
    "</u>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "\n\n<div>\n\n",
    "\n\n</div>\n\n",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</td><td>",
    "</td></tr></table>",
    "\n\n<table>\n",
    "<ul><li>",
    "</li></ul>",
    "<a href=\"x.md\">",
    "</a>",
    "<img src=\"x.png\" alt=\"甲\">",
    "<!-- 注 -->",
    "<script>",
    "</script>",
    "<details><summary>",
    "</summary>",
    "</details>",
    "【关键词】",
    "\n\n【要　旨】\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_renders(body in "\\PC*") {
        check(&body);
    }

    #[test]
    fn any_markup_renders(bits in prop::collection::vec(prop::sample::select(&BITS[..]), 0..40)) {
        check(&bits.concat());
    }
}
