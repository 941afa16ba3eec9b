//! Documents of a corpus with something wrong in each.

use crate::hostile::with_body;

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn with_front(front: &str) -> Vec<u8> {
    format!("---\nkind: report\ntitle: 坏的\ndate: 2024-03-05\nsummary: 一句话。\n{front}\n---\n\n正文。\n")
        .into_bytes()
}

/// Aliases that would unfold to ten to the eighth values.
fn alias_bomb() -> String {
    let first = "x0: &x0 [一, 一, 一, 一, 一, 一, 一, 一, 一, 一]\n".to_owned();
    let line = |at: usize| format!("x{at}: &x{at} [{}]\n", vec![format!("*x{}", at - 1); 10].join(", "));
    first + &(1..8).map(line).collect::<String>()
}

/// A text that aliases would copy ten thousand times over.
fn long_alias() -> String {
    format!("x: &x {}\ny: [{}]\n", "长".repeat(20_000), "*x, ".repeat(9_000))
}

/// Documents of a corpus with something wrong in each.
pub(super) fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        // Bytes that are no text, or in an unexpected encoding.
        ("空字节", b"# a\0b\n".to_vec()),
        ("全是空字节", vec![0; 4096]),
        ("图片", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("压缩包", b"PK\x03\x04\x14\0\0\0".to_vec()),
        ("截断的宽字符", b"\xFF\xFE\x00".to_vec()),
        ("宽字符", [b"\xFF\xFE".to_vec(), utf16("# 宽字符\n")].concat()),
        (
            "大端宽字符",
            [
                vec![0xFE, 0xFF],
                "# 宽\n".encode_utf16().flat_map(u16::to_be_bytes).collect(),
            ]
            .concat(),
        ),
        (
            "孤立代理",
            [b"\xFF\xFE".to_vec(), vec![0x00, 0xD8, 0x41, 0x00]].concat(),
        ),
        (
            "国标",
            encoding_rs::GB18030.encode("# 国标编码的一份文件\n").0.into_owned(),
        ),
        ("坏的国标", vec![0xB9, 0xFA, 0xFF, 0xFF, 0xB1, 0xEA]),
        (
            "坏的一个字",
            [
                text("# 好的标题和很长的正文，只有一处是坏的"),
                vec![0xE6, 0xB2],
                text("。\n"),
            ]
            .concat(),
        ),
        ("带签名", [b"\xEF\xBB\xBF".to_vec(), text("# 带签名\n")].concat()),
        ("控制字符", text("# a\u{1}\u{2}\u{8}b\n")),
        ("空文件", Vec::new()),
        ("只有空白", text(" \n\t\n\u{3000}\n")),
        ("只有换行", text(&"\n".repeat(100_000))),
        ("旧式换行", text("# 甲\r\r正文。\r")),
        // Front matter.
        ("别名炸弹", with_front(&alias_bomb())),
        ("别名长文", with_front(&long_alias())),
        ("许多人", with_front(&format!("authors: [{}]", "甲, ".repeat(20_000)))),
        ("别名自指", with_front("tags: &a [*a]")),
        ("没有的别名", with_front("tags: *b")),
        (
            "嵌套一千层",
            with_front(&format!("tags: {}{}", "[".repeat(1000), "]".repeat(1000))),
        ),
        (
            "块嵌套",
            with_front(
                &(0..300)
                    .map(|depth| format!("{}a:\n", " ".repeat(depth)))
                    .collect::<String>(),
            ),
        ),
        ("没有结尾", text("---\nkind: report\ntitle: 甲\n\n正文。\n")),
        ("只有开头", text("---\nkind: report")),
        ("空的前置信息", text("---\n---\n正文。\n")),
        ("不是字段", text("---\n# 说明\n- 甲: 1\n---\n正文。\n")),
        (
            "十万行",
            text(&format!(
                "---\nkind: report\n{}---\n正文。\n",
                "# 注释\n".repeat(100_000)
            )),
        ),
        (
            "很长的值",
            with_front(&format!("unit: {}\nfoo: 1", "长".repeat(400_000))),
        ),
        ("制表符", with_front("tags:\n\t- 甲")),
        ("没有成对的引号", with_front("tags: \"甲")),
        ("没有成对的括号", with_front("tags: [甲")),
        ("冒号", with_front("unit: 甲: 乙")),
        ("缩进", with_front("benefits:\n    people: 1\n  amount: 2")),
        ("复杂的键", with_front("? [一]\n: 二")),
        ("重复的键", with_front("title: 二")),
        ("标签", with_front("tags: !!python/object:os.system [甲]\ntagz: 甲")),
        ("合并键", with_front("<<: {title: 三}")),
        ("二进制值", with_front("unit: !!binary R0lGODlhDAAMAIQ\nunits: 甲")),
        (
            "日期越界",
            with_front("issued: 2024-02-30\nadoptions: [{date: 9999-99-99, form: decision}]"),
        ),
        ("数字越界", with_front("benefits: {people: 99999999999999999999999}")),
        ("负数", with_front("benefits: {people: -5}")),
        (
            "类型全错",
            with_front("authors: 1\nlines: {a: b}\nadoptions: 是\nhonours: [[[]]]\nreview: []\nbenefits: 2"),
        ),
        (
            "路径穿越的标识",
            with_front("id: ../../../etc/passwd\nrelated: [../../etc/shadow]"),
        ),
        ("零宽字符的键", with_front("ti\u{200B}tle: 甲")),
        ("双向控制符", with_front("unt: \u{202E}院察检\u{202C}")),
        (
            "全角的一切",
            text("---\nｋｉｎｄ：ｒｅｐｏｒｔ\nｔｉｔｌｅ：甲\n---\n正文。\n"),
        ),
        // Body.
        ("一兆的一行", with_body(&format!("{}13800138000", "长".repeat(350_000)))),
        (
            "引用一千层",
            with_body(&format!("{}深 电话13800138000", "> ".repeat(1000))),
        ),
        (
            "列表一千层",
            with_body(
                &(0..1000)
                    .map(|depth| format!("{}- 电话13800138000\n", "  ".repeat(depth % 400)))
                    .collect::<String>(),
            ),
        ),
        (
            "强调",
            with_body(&format!("{}甲{} [无](无.md)", "*".repeat(20_000), "*".repeat(20_000))),
        ),
        ("方括号", with_body(&format!("{}[无](无.md)", "[".repeat(20_000)))),
        (
            "反引号",
            with_body(&format!("[无](无.md) {}", "`a``b```".repeat(5_000))),
        ),
        (
            "标签一千层",
            with_body(&format!("{}深{}", "<div>".repeat(1000), "</div>".repeat(1000))),
        ),
        ("没有闭合的标签", with_body(&"<table><tr><td>".repeat(500))),
        (
            "脚本",
            with_body("<script>alert(1)</script>\n\n[点](javascript:alert(1))\n"),
        ),
        (
            "事件属性",
            with_body("<img src=\"无.png\" onerror=\"alert(1)\">\n\n![无](无.png)\n"),
        ),
        ("外部图片", with_body("![图](https://www.example.cn/a.png)")),
        ("数据地址", with_body("[点](data:text/html;base64,PHNjcmlwdD4=)")),
        (
            "脚注成环",
            with_body("甲[^1]\n\n[^1]: 乙[^2]\n\n[^2]: 丙[^1] [无](无.md)\n"),
        ),
        (
            "脚注一万个",
            with_body(&format!(
                "[无](无.md)\n\n{}",
                (0..3000)
                    .map(|at| format!("甲[^{at}]\n\n[^{at}]: 乙\n\n"))
                    .collect::<String>()
            )),
        ),
        (
            "表格很宽",
            with_body(&format!(
                "|{}\n|{}\n|[无](无.md)|\n",
                "甲|".repeat(3000),
                "-|".repeat(3000)
            )),
        ),
        (
            "标题一万个",
            with_body(&format!("{}## 一、甲\n\n## 三、乙\n", "## 同名\n\n".repeat(10_000))),
        ),
        (
            "未完的注释",
            with_body("[无](无.md)\n\n<!-- 没有结尾 ".repeat(3).as_str()),
        ),
        (
            "放行没有理由",
            with_body("电话13800138000 <!-- jianyan: allow privacy-mobile -->"),
        ),
        ("涉密", text("机密★10年\n\n# 不应出现的标题\n")),
        ("涉密的前置信息", with_front("密级: 绝密")),
        (
            "没有的链接",
            with_body("[上级](../../../../etc/passwd) ![图](//example.cn/a.png)"),
        ),
        ("表情😀和 空格", text("# 表情\n")),
        (
            "不可能的条文",
            with_body("《刑法》第九百九十九条、第0条、第二十条之一千。"),
        ),
    ]
}
