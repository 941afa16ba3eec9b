//! Hostile and broken input: each file is told of, none stops the others, nothing panics.

use crate::desk;

use desk::Desk;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Output;

/// Runs and expects that it ends well or with findings.
fn run(desk: &Desk, arguments: &[&str]) -> Output {
    let output = desk.run(arguments);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{arguments:?}: {:?} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn with_front(front: &str) -> Vec<u8> {
    format!("---\nkind: report\ntitle: 坏的\ndate: 2024-03-05\nsummary: 一句话。\n{front}\n---\n\n正文。\n")
        .into_bytes()
}

fn with_body(body: &str) -> Vec<u8> {
    format!("---\nkind: report\ntitle: 坏的\ndate: 2024-03-05\nsummary: 一句话。\n---\n\n{body}\n").into_bytes()
}

/// Aliases that would unfold to ten to the eighth values.
fn alias_bomb() -> String {
    let first = "x0: &x0 [一, 一, 一, 一, 一, 一, 一, 一, 一, 一]\n".to_owned();
    let line = |at: usize| format!("x{at}: &x{at} [{}]\n", vec![format!("*x{}", at - 1); 10].join(", "));
    first + &(1..8).map(line).collect::<String>()
}

/// Documents of a corpus with something wrong in each.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
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

const GOOD: [&str; 3] = ["好的一", "好的二", "好的三"];

#[test]
fn each_of_sixty_bad_documents_is_told_of_and_the_good_ones_are_built() {
    let desk = Desk::new();
    let bad = documents();
    assert!(bad.len() >= 60);
    for (name, bytes) in &bad {
        desk.write(&format!("corpus/坏/{name}.md"), bytes);
    }
    for name in GOOD {
        desk.write(&format!("corpus/好/{name}.md"), format!("---\nkind: report\ntitle: {name}的调研\ndate: 2024-03-05\nunit: 某县人民检察院\nsummary: 一句话。\n---\n\n{name}，正文完好。\n"));
    }
    let found: Value = serde_json::from_slice(&run(&desk, &["check", "--format", "json"]).stdout).unwrap();
    let told: BTreeSet<&str> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["file"].as_str().unwrap())
        .collect();
    let silent: Vec<_> = bad
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !told.contains(&*format!("坏/{name}.md")))
        .collect();
    assert_eq!(silent, [""; 0]);
    assert!(GOOD.iter().all(|name| !told.contains(&*format!("好/{name}.md"))));
    let text = String::from_utf8(run(&desk, &["check", "--all"]).stdout).unwrap();
    assert!(!text.contains("不应出现"));
    run(&desk, &["check", "--fix"]);
    run(&desk, &["check", "--format", "sarif"]);
    for audience in ["internal", "public"] {
        let (index, site) = (format!("index-{audience}"), format!("site-{audience}"));
        run(
            &desk,
            &[
                "--audience",
                audience,
                "--index",
                &index,
                "--site",
                &site,
                "build",
                "-q",
            ],
        );
    }
    let output = run(
        &desk,
        &["--index", "index-internal", "search", "正文完好", "--format", "json"],
    );
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["total"], GOOD.len());
}

#[cfg(unix)]
#[test]
fn links_sizes_and_permissions_are_told_of() {
    let desk = Desk::new();
    desk.write("外.md", "# 外\n");
    desk.write("corpus/好.md", "# 好的\n\n正文完好。\n");
    let link = |to: &str, from: &str| std::os::unix::fs::symlink(desk.path(to), desk.path(from)).unwrap();
    link("corpus", "corpus/环");
    link("外.md", "corpus/外.md");
    link("没有.md", "corpus/断.md");
    let huge = std::fs::File::create(desk.path("corpus/巨.md")).unwrap();
    huge.set_len(201 << 20).unwrap();
    let found: Value = serde_json::from_slice(&run(&desk, &["check", "--format", "json"]).stdout).unwrap();
    let codes: BTreeSet<&str> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    for code in ["link-loop", "link-outside", "link-broken", "file-too-large"] {
        assert!(codes.contains(code), "{code} in {codes:?}");
    }
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    format!("<w:document xmlns:w=\"{namespace}\"><w:body>{body}</w:body></w:document>").into_bytes()
}

/// Files to import, with a part of what is said of each.
fn imports() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let docx = |body: &str| archive(&[("word/document.xml", &document(body))]);
    let paragraph = "<w:p><w:r><w:t>正文。</w:t></w:r></w:p>";
    let half = docx(paragraph);
    vec![
        (
            "炸弹.docx",
            archive(&[("word/document.xml", &vec![b' '; 60 << 20])]),
            "过大",
        ),
        ("图片炸弹.docx", picture_bomb(), "过大"),
        (
            "穿越.docx",
            archive(&[("word/document.xml", &document(paragraph)), ("../../穿越.txt", b"a")]),
            "指向外面",
        ),
        (
            "绝对.docx",
            archive(&[("word/document.xml", &document(paragraph)), ("/etc/passwd", b"a")]),
            "指向外面",
        ),
        (
            "盘符.docx",
            archive(&[("word/document.xml", &document(paragraph)), ("C:\\a.txt", b"a")]),
            "指向外面",
        ),
        (
            "一千层.docx",
            docx(&format!("{}{}", "<w:p>".repeat(1000), "</w:p>".repeat(1000))),
            "嵌套",
        ),
        ("半个.docx", half[..half.len() / 2].to_vec(), "已损坏"),
        ("空的.docx", Vec::new(), "没有文字"),
        ("没有正文.docx", archive(&[("word/styles.xml", b"<a/>")]), "已损坏"),
        ("坏的标记.docx", docx("<w:p><w:r></w:p>"), "已损坏"),
        ("没有文字.docx", docx("<w:p/>"), "没有文字"),
        ("加密.docx", encrypted(), "密码"),
        ("乱码.txt", vec![0xFF, 0xFF, 0xFE], "文字编码"),
        ("空字节.txt", b"a\0\0b".to_vec(), "不认识的格式"),
        ("空白.txt", b" \n \n".to_vec(), "没有文字"),
        (
            "空页.html",
            b"<html><body><script>x</script></body></html>".to_vec(),
            "没有文字",
        ),
        (
            "很深.html",
            format!(
                "<html><body>{}深{}</body></html>",
                "<div>".repeat(20_000),
                "</div>".repeat(20_000)
            )
            .into_bytes(),
            "嵌套",
        ),
        (
            "深.html",
            format!("<html><body>{}", "<div>".repeat(1001)).into_bytes(),
            "嵌套",
        ),
        ("涉密.txt", "机密★10年\n不应出现。\n".into(), "涉密"),
        ("表.xlsx", b"PK".to_vec(), "已损坏"),
    ]
}

/// A document that shows a picture of 300 MB, packed into 300 KB.
fn picture_bomb() -> Vec<u8> {
    let body = "<w:p><w:r><w:t>正文。</w:t><w:drawing><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>";
    let relations = b"<Relationships><Relationship Id=\"rId1\" Target=\"media/a.png\"/></Relationships>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [
        ("word/document.xml", document(body)),
        ("word/_rels/document.xml.rels", relations.to_vec()),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.start_file("word/media/a.png", options).unwrap();
    let block = vec![0; 10 << 20];
    for _ in 0..30 {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_can_not_be_imported_is_told_and_the_rest_is_taken_in() {
    let desk = Desk::new();
    for (name, bytes, _) in imports() {
        desk.write(&format!("材料/{name}"), bytes);
    }
    let deep = format!(
        "<html><body>{}深{}</body></html>",
        "<div>".repeat(900),
        "</div>".repeat(900)
    );
    desk.write("材料/九百层.html", deep);
    // Read by its bytes.
    desk.write("材料/没有扩展名", "关于扬尘的调研报告\n正文无缺。\n");
    desk.write("材料/好的.txt", "关于噪声的调研报告\n正文完好。\n");
    let output = run(&desk, &["import", "材料"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    for (name, _, reason) in imports() {
        let line = told
            .lines()
            .find(|line| line.contains(&format!("材料/{name} ")))
            .unwrap_or_else(|| panic!("{name} in {told}"));
        assert!(line.contains(reason), "{line}");
    }
    assert!(!told.contains("不应出现"));
    assert!(told.contains("导入 3 个"), "{told}");
    assert!(!desk.path("穿越.txt").exists() && !Path::new("/穿越.txt").exists());
    run(&desk, &["build", "-q"]);
    let answer: Value =
        serde_json::from_slice(&run(&desk, &["search", "正文完好", "--format", "json"]).stdout).unwrap();
    assert_eq!(answer["total"], 1);
}

/// The head of what an office program encrypts: a compound file that names its one stream in UTF-16.
fn encrypted() -> Vec<u8> {
    let name = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    let head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    head.into_iter().chain(name).collect()
}

/// What can't be read of an attachment is named as unchecked, soon, and the document that leads to it is built.
#[test]
fn attachments_that_burst_or_lie_are_named_as_unchecked() {
    let desk = Desk::new();
    let deep = |depth: usize| format!("{}{}", "<w:p>".repeat(depth), "</w:p>".repeat(depth)).into_bytes();
    let zeros = vec![b' '; 60 << 20];
    let bomb = [&b"<w:document><w:body>"[..], &zeros, b"</w:body></w:document>"].concat();
    let deep_section = format!(
        "{}{}",
        "<text:section>".repeat(50_000),
        "</text:section>".repeat(50_000)
    );
    let blanks = format!("<text:p>{}</text:p>", "<text:s text:c=\"4000000000\"/>".repeat(100_000));
    let open = |body: &str| {
        let content = format!(
            "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", content.as_bytes()),
        ])
    };
    let ofd = |page: &str| {
        archive(&[
            ("OFD.xml", b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"),
            (
                "D.xml",
                b"<Document><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>",
            ),
            ("P.xml", page.as_bytes()),
        ])
    };
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let word: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let attachments: [(&str, Vec<u8>); 19] = [
        ("深.rtf", [&b"{\\rtf1"[..], &vec![b'{'; 100_000]].concat()),
        ("空.rtf", b"{\\rtf1}".to_vec()),
        ("字节.rtf", b"{\\rtf1\\bin2147483647 x".to_vec()),
        (
            "深.ofd",
            ofd(&format!("{}{}", "<a>".repeat(50_000), "</a>".repeat(50_000))),
        ),
        (
            "缺页.ofd",
            archive(&[(
                "OFD.xml",
                b"<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>",
            )]),
        ),
        ("半页.ofd", ofd("<Page><TextObject><TextCode>")),
        (
            "半截.pdf",
            b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF".to_vec(),
        ),
        (
            "自指.pdf",
            b"%PDF-1.7\n1 0 obj\n1 0 R\nendobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF".to_vec(),
        ),
        ("半截.doc", [&ole[..], &[0xFF; 600], &word].concat()),
        ("零.wps", [&ole[..], &[0; 2_000], &word].concat()),
        ("深.odt", open(&deep_section)),
        ("空格.odt", open(&blanks)),
        ("炸弹.docx", archive(&[("word/document.xml", &bomb)])),
        (
            "爬出.docx",
            archive(&[("../../外面.xml", b"x"), ("word/document.xml", &document(""))]),
        ),
        (
            "半截.xlsx",
            archive(&[("xl/worksheets/sheet1.xml", b"<worksheet><row>")]),
        ),
        ("深.docx", archive(&[("word/document.xml", &deep(50_000))])),
        ("不是.pptx", b"PK\x03\x04".to_vec()),
        ("旧的.docx", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        (
            "实体.odt",
            archive(&[("content.xml", b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a")]),
        ),
    ];
    let mut body = String::new();
    for (name, bytes) in &attachments {
        desk.write(&format!("corpus/附件/{name}"), bytes);
        body += &format!("[{name}](附件/{name})\n\n");
    }
    desk.write("corpus/好的.md", with_body(&body));
    let report: Value = serde_json::from_slice(&run(&desk, &["check", "--all", "--format", "json"]).stdout).unwrap();
    let all = report["diagnostics"].as_array().unwrap().iter();
    let unchecked: BTreeSet<&str> = all
        .filter(|finding| finding["code"] == "attachment-unchecked")
        .filter_map(|finding| finding["file"].as_str()?.strip_prefix("附件/"))
        .collect();
    assert_eq!(unchecked, attachments.iter().map(|(name, _)| *name).collect());
    run(&desk, &["build", "-q"]);
    assert!(desk.path("site/好的.html").exists());
}
