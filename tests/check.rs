//! `check` at an author's hands: formats, what it fixes, what it looks at.

use crate::desk;

use desk::Desk;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

fn git(desk: &Desk, arguments: &[&str]) {
    let identity = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.cn",
        "-c",
        "commit.gpgsign=false",
    ];
    let output = Command::new("git")
        .current_dir(desk.root())
        .args(identity)
        .args(arguments)
        .output();
    assert!(output.unwrap().status.success(), "{arguments:?}");
}

fn said(output: &Output, code: i32) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{}{}", said.0, said.1);
    said
}

fn report(title: &str, more: &str, body: &str) -> String {
    format!(
        "---\nkind: report\ntitle: {title}\ndate: 2024-03-05\nunit: 某县人民检察院\nsummary: 一句话。\n{more}---\n\n{body}"
    )
}

const BAD: &str = "---\r\nknd: case # 类别\r\n标题：张伟、李娜盗窃案\r\ndate: 2024年3月5\r\nunit: 某县人民检察院\r\nsummary: 张伟多次盗窃。\r\nrelated: []\r\n---\r\n\r\n\
    被告人张伟，男，公民身份号码110101199003071233，住澄溪县青山镇河口村3组15号。\r\n被告人张建国驾驶云A12345号轿车。被害人李娜陈述，张伟到其家中。\t \r\n\
    <!-- jianyan: allow privacy-landline 公开电话 -->\r\n值班电话0871-63123456，其女就读于澄溪县第一小学。";
const GOOD: &str = "---\r\nkind: case # 类别\r\n标题: 张某1、李某盗窃案\r\ndate: 2024-03-05\r\nunit: 某县人民检察院\r\nsummary: 张某1多次盗窃。\r\nrelated: []\r\n---\r\n\r\n\
    被告人张某1，男，公民身份号码×××，住澄溪县×××。\r\n被告人张某2驾驶云×××号轿车。被害人李某陈述，张某1到其家中。\t \r\n\
    <!-- jianyan: allow privacy-landline 公开电话 -->\r\n值班电话0871-63123456，其女就读于某小学。";

#[test]
fn what_has_one_right_answer_is_fixed_and_every_other_byte_stays() {
    let encode = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    for (before, after) in [
        (BAD.as_bytes().to_vec(), GOOD.as_bytes().to_vec()),
        (
            [b"\xEF\xBB\xBF", BAD.as_bytes()].concat(),
            [b"\xEF\xBB\xBF", GOOD.as_bytes()].concat(),
        ),
        (encode(BAD), encode(GOOD)),
    ] {
        let desk = Desk::of_documents();
        desk.write("案例/甲.md", before);
        let (found, told) = desk.expect(0, &["check", "--fix"]);
        assert_eq!(std::fs::read(desk.path("案例/甲.md")).unwrap(), after);
        assert!(!found.contains("错误[") && !found.contains("privacy-"), "{found}");
        for part in [
            "案例/甲.md:2:1 已改：“knd” → “kind” [unknown-key]",
            "“张*” → “张某1” [privacy-name]",
            "[not-a-date]",
            "“1*****************” → “×××” [privacy-id-number]",
            "涉及 1 个文件",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert!(!told.contains("张伟") && !told.contains("110101"), "{told}");
        // A second run finds nothing more.
        assert!(desk.expect(0, &["check", "--fix"]).1.contains("已改正 0 处"));
    }
}

#[test]
fn what_has_no_one_right_answer_is_left_to_its_author() {
    let desk = Desk::of_documents();
    let text = report(
        "河道",
        "foo: 1\ngenre: 随笔\ntags: [河道\n",
        "## 一、甲\n\n## 三、乙\n\n《刑法》第四百五十三条。\n",
    );
    desk.write("甲.md", &text);
    desk.write("机密.md", "机密★10年\n13800138000\n");
    let (_, told) = desk.expect(1, &["check", "--fix"]);
    assert!(told.contains("已改正 0 处"), "{told}");
    assert_eq!(std::fs::read_to_string(desk.path("甲.md")).unwrap(), text);
    assert!(
        std::fs::read_to_string(desk.path("机密.md"))
            .unwrap()
            .contains("13800138000")
    );
}

#[test]
fn the_most_useful_comes_first_and_many_notes_of_one_kind_are_few() {
    let desk = Desk::of_documents();
    for index in 0..9 {
        desk.write(&format!("{index}.md"), "# 河道调研\n\n正文。\n");
    }
    desk.write(
        "乙.md",
        report(
            "河道",
            "genre: 调研报靠\nbenefits: {people: 很多}\n",
            "电话13800138000。\n",
        ),
    );
    let (found, _) = desk.expect(1, &["check"]);
    let place = |code: &str| found.find(code).unwrap_or_else(|| panic!("{code} in {found}"));
    assert!(place("[not-a-number]") < place("[privacy-mobile]"));
    assert!(place("[privacy-mobile]") < place("[unknown-term]"));
    assert!(place("[unknown-term]") < place("[no-front-matter]"));
    assert_eq!(found.matches("提示[no-front-matter]").count(), 5);
    assert!(found.contains("另有 4 处同类提示 [no-front-matter]"), "{found}");
    assert!(found.ends_with("错误 1 个，警告 2 个，提示 9 个。\n"), "{found}");
    assert_eq!(
        desk.expect(1, &["check", "--all"])
            .0
            .matches("提示[no-front-matter]")
            .count(),
        9
    );
}

#[test]
fn sarif_names_rules_places_and_remedies() {
    let desk = Desk::of_documents();
    desk.write(
        "调研 报告/甲.md",
        report("河道", "sumary: 二\n", "电话13800138000，宽字符之后。\n"),
    );
    let log: Value = serde_json::from_str(&desk.expect(0, &["check", "--format", "sarif"]).0).unwrap();
    assert_eq!(
        (&log["version"], &log["runs"][0]["tool"]["driver"]["name"]),
        (&"2.1.0".into(), &"jianyan".into())
    );
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let of = |code: &str| results.iter().find(|result| result["ruleId"] == code).unwrap();
    let mobile = of("privacy-mobile");
    assert_eq!(
        run["tool"]["driver"]["rules"][mobile["ruleIndex"].as_u64().unwrap() as usize]["id"],
        "privacy-mobile"
    );
    assert_eq!(mobile["level"], "warning");
    let place = &mobile["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "corpus/%E8%B0%83%E7%A0%94%20%E6%8A%A5%E5%91%8A/%E7%94%B2.md"
    );
    let region = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| place["region"][key].as_u64().unwrap());
    assert_eq!(region, [10, 3, 10, 14]);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert!(
        of("unknown-key")["message"]["text"]
            .as_str()
            .unwrap()
            .contains("summary")
    );
}

#[test]
fn the_public_edition_names_what_is_held_back_and_why() {
    let desk = Desk::of_documents();
    let public = "visibility: public\nreview: {by: 办公室, date: 2024-03-06, result: 可以公开}\n";
    desk.write("甲.md", report("甲", public, "正文。\n"));
    desk.write("乙.md", report("乙", public, "电话13800138000。\n"));
    desk.write("丙.md", report("丙", "", "电话13800138000。\n"));
    desk.write("丁.md", report("丁", &format!("{public}draft: true\n"), "正文。\n"));
    let (found, _) = desk.expect(1, &["--audience", "public", "check"]);
    for part in [
        "未进入公开版的文献 3 篇：",
        "  丁.md  草稿\n",
        "  丙.md  公开范围为内部\n",
        "  乙.md  有未处理的问题 [privacy-mobile]\n",
        "错误[privacy-mobile]",
        "--> 乙.md:11:3",
    ] {
        assert!(found.contains(part), "{part} in {found}");
    }
    assert!(!found.contains("--> 丙.md"), "{found}");
    let json: Value =
        serde_json::from_str(&desk.expect(1, &["--audience", "public", "check", "--format", "json"]).0).unwrap();
    assert_eq!(json["held_back"].as_array().unwrap().len(), 3);
}

/// A Word file of one paragraph.
fn docx(text: &str) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>\
         <w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    let types = "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/\
                 vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("[Content_Types].xml", types), ("word/document.xml", &*document)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn office_files_are_looked_into_and_what_can_not_be_is_named() {
    let desk = Desk::of_documents();
    let public = "visibility: public\nreview: {by: 办公室, date: 2024-03-06, result: 可以公开}\n";
    let body = "见[名单](附件/名单.docx)、[说明](附件/说明.docx)、[扫描](附件/扫描.pdf)、[坏的](附件/坏的.docx)。\n";
    desk.write("甲.md", report("甲", public, body));
    desk.write("附件/名单.docx", docx("张某，13800138000"));
    desk.write("附件/没有人链接.docx", docx("李某，13900139000"));
    desk.write("附件/说明.docx", docx("按年度统计。"));
    desk.write("附件/定密.docx", docx("机密★10年"));
    desk.write("附件/坏的.docx", docx("<w:p>"));
    desk.write("附件/扫描.pdf", "%PDF-1.4");
    let (found, _) = desk.expect(1, &["check", "--format", "json"]);
    let found: Value = serde_json::from_str(&found).unwrap();
    let of = |file: &str| -> Vec<(String, String)> {
        let all = found["diagnostics"].as_array().unwrap().iter();
        let of_file = all.filter(|finding| finding["file"] == format!("附件/{file}"));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        of_file
            .map(|finding| (text(&finding["severity"]), text(&finding["code"])))
            .collect()
    };
    let pair = |severity: &str, code: &str| vec![(severity.to_owned(), code.to_owned())];
    assert_eq!(of("名单.docx"), pair("error", "privacy-mobile"));
    assert_eq!(of("没有人链接.docx"), pair("warning", "privacy-mobile"));
    assert_eq!(of("说明.docx"), []);
    assert_eq!(of("定密.docx"), pair("error", "classified"));
    for file in ["坏的.docx", "扫描.pdf"] {
        assert_eq!(of(file), pair("note", "attachment-unchecked"), "{file}");
    }
    desk.expect(0, &["--audience", "public", "build", "-q"]);
    let published = desk.root().join("site/files/附件");
    let published = |file: &str| published.join(file).exists();
    assert!(published("说明.docx") && !published("名单.docx") && !published("定密.docx"));
    // What has a secrecy mark goes nowhere.
    desk.expect(1, &["--site", "内网", "--index", "内网索引", "build", "-q"]);
    assert!(!desk.root().join("内网/files/附件/定密.docx").exists());
}

#[test]
fn attachments_with_personal_data_or_a_secrecy_mark_stay_at_home() {
    let desk = Desk::of_documents();
    let public = "visibility: public\nreview: {by: 办公室, date: 2024-03-06, result: 可以公开}\n";
    let body = "见[名单](附件/名单.csv)、[说明](附件/说明.txt)、[原件](附件/机密★10年原件.txt)。\n";
    desk.write("甲.md", report("甲", public, body));
    desk.write("附件/名单.csv", "张某,13800138000\n");
    desk.write("附件/说明.txt", "按年度统计。\n");
    desk.write("附件/机密★10年原件.txt", "不应出现。\n");
    let (found, _) = desk.expect(1, &["check"]);
    assert!(
        found.contains("--> 附件/名单.csv:1:4") && found.contains("错误[classified]"),
        "{found}"
    );
    // What a public build says names nothing that the public doesn't have.
    for (audience, code, expected) in [
        ("internal", 1, &["名单.csv", "说明.txt"] as &[_]),
        ("public", 0, &["说明.txt"]),
    ] {
        desk.expect(
            code,
            &[
                "--audience",
                audience,
                "--site",
                audience,
                "--index",
                &format!("{audience}-index"),
                "build",
                "-q",
            ],
        );
        let files = std::fs::read_dir(desk.root().join(audience).join("files/附件")).unwrap();
        let mut names: Vec<String> = files
            .flatten()
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, expected, "{audience}");
    }
}

#[test]
fn only_what_git_says_has_changed_is_told() {
    let desk = Desk::of_documents();
    let bad = report("河道", "sumary: 二\n", "正文。\n");
    for name in ["旧的.md", "改了的.md", "子 文件夹/暂存的.md"] {
        desk.write(name, &bad);
    }
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "-A"]);
    git(&desk, &["commit", "-qm", "一"]);
    assert_eq!(
        desk.expect(0, &["check", "--changed"]).0,
        "错误 0 个，警告 0 个，提示 0 个。\n"
    );
    desk.write("改了的.md", format!("{bad}再一句。\n"));
    desk.write("子 文件夹/暂存的.md", format!("{bad}再一句。\n"));
    desk.write("新的.md", &bad);
    git(&desk, &["add", "corpus/子 文件夹"]);
    let (found, _) = desk.expect(0, &["check", "--changed"]);
    for name in ["改了的.md", "子 文件夹/暂存的.md", "新的.md"] {
        assert!(found.contains(&format!("--> {name}:7")), "{name} in {found}");
    }
    assert!(!found.contains("旧的.md"), "{found}");
    git(&desk, &["add", "-A"]);
    git(&desk, &["commit", "-qm", "二"]);
    assert!(desk.expect(0, &["check", "--changed=HEAD~1"]).0.contains("新的.md"));
    let (_, told) = desk.expect(3, &["check", "--changed=nowhere"]);
    assert!(told.contains("git 未能说明"), "{told}");
}

/// The hook of the guide, as authors copy it.
#[cfg(unix)]
#[test]
fn the_hook_of_the_guide_stops_a_commit_with_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let guide = include_str!("../docs/guide.zh-CN.md");
    let hook = guide.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let desk = Desk::of_documents();
    git(&desk, &["init", "-q"]);
    let path = desk.root().join(".git/hooks/pre-commit");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, hook).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let bin = PathBuf::from(env!("CARGO_BIN_EXE_jianyan"))
        .parent()
        .unwrap()
        .to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::join_paths([bin].into_iter().chain(std::env::split_paths(&path))).unwrap();
    let commit = || {
        let identity = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.cn",
            "-c",
            "commit.gpgsign=false",
        ];
        let mut git = Command::new("git");
        git.current_dir(desk.root())
            .env("PATH", &paths)
            .args(identity)
            .args(["commit", "-qm", "一"]);
        git.output().unwrap().status.success()
    };
    desk.write("甲.md", report("河道", "", "正文。\n"));
    git(&desk, &["add", "-A"]);
    // The first commit has nothing to be compared with: the empty tree is.
    assert!(commit());
    desk.write("乙.md", report("河道", "benefits: {people: 很多}\n", "正文。\n"));
    git(&desk, &["add", "-A"]);
    assert!(!commit());
    desk.write("乙.md", report("河道", "benefits: {people: 200}\n", "正文。\n"));
    git(&desk, &["add", "-A"]);
    assert!(commit());
}

#[test]
fn without_git_or_a_repository_the_reason_is_plain() {
    let desk = Desk::of_documents();
    desk.write("甲.md", report("甲", "", "正文。\n"));
    let output = desk
        .command(&["check", "--changed"])
        .env("GIT_CEILING_DIRECTORIES", desk.root())
        .output()
        .unwrap();
    let told = said(&output, 3).1;
    assert!(
        told.contains("not a git repository") && told.contains("请确认语料文件夹在 git 仓库中"),
        "{told}"
    );
    let empty = tempfile::tempdir().unwrap();
    let output = desk
        .command(&["check", "--changed"])
        .env("PATH", empty.path())
        .output()
        .unwrap();
    assert!(said(&output, 3).1.contains("没有找到 git 程序"));
}

#[test]
fn single_files_can_be_named_from_here_or_below_the_corpus() {
    let desk = Desk::of_documents();
    for (name, title) in [("甲.md", "河道"), ("乙.md", "桥梁")] {
        desk.write(name, report(title, "sumary: 二\n", "正文。\n"));
    }
    for name in ["corpus/甲.md", "甲.md"] {
        let (found, _) = desk.expect(0, &["check", name]);
        assert!(found.contains("甲.md") && !found.contains("乙.md"), "{found}");
    }
    assert!(desk.expect(3, &["check", "丙.md"]).1.contains("丙.md"));
    std::fs::write(desk.root().join("外.md"), "一").unwrap();
    assert!(desk.expect(2, &["check", "外.md"]).1.contains("不在语料文件夹"));
}
