//! What a wrong command line is told: in the reader's language, with what is possible and what is near.

use crate::desk;

use desk::Desk;

#[test]
fn a_slip_on_the_command_line_is_answered_in_chinese() {
    let desk = Desk::new();
    for (line, parts) in [
        ("imprt a.docx", &["没有“imprt”这个命令", "是否要写：", "import"][..]),
        ("check --fixx", &["没有 --fixx 这个选项", "是否要写：--fix"]),
        ("check --fix=3", &["--fix", "后面不写值，请去掉“3”"]),
        (
            "check --format xml",
            &["--format（输出格式）不能写“xml”", "给人看（human）"],
        ),
        ("import", &["还缺 FILE（文件，或含有文件的文件夹）"]),
        (
            "new 调研报告 河道 --date 三月",
            &["--date（成文日期）的“三月”不是日期", "2024-03-05"],
        ),
        ("new 河道治理", &["KIND", "不能写“河道治理”", "调研报告（report）"]),
        (
            "--audience 外网 check",
            &["--audience（读者）不能写“外网”", "公开版（public）"],
        ),
        ("ledger --since 明天", &["--since（起）的“明天”不是日期"]),
        (
            "adopt 某调研",
            &["还缺 --form（转化形式）、--level（层级）", "--date（日期）"],
        ),
        (
            "adopt 某调研 --form 人大决意",
            &["人大决议（决定、审议意见）（resolution）", "是否要写：人大决议"],
        ),
        ("adopt 某调研 --form", &["--form（转化形式）后面没有写值"]),
        (
            "reply 某建议 --date 昨天 --outcome 采纳",
            &["--date（回复日期）的“昨天”不是日期"],
        ),
        ("--now 2026-01-01 due", &["--now（参照日）写了两次"]),
        ("search 文身 --like 某调研", &["不能和 --like"]),
    ] {
        let (_, said) = desk.expect(2, &line.split(' ').collect::<Vec<_>>());
        for part in parts {
            assert!(said.contains(part), "{line}: {part} in {said}");
        }
        let last = said.lines().last().unwrap();
        assert!(
            last.starts_with("写法和例子见 jianyan") && last.ends_with("--help"),
            "{line}: {said}"
        );
        assert!(!said.contains("error"), "{line}: {said}");
    }
}

#[test]
fn who_asks_for_english_gets_english() {
    let desk = Desk::new();
    let (_, said) = desk.expect(2, &["--lang", "en", "adopt", "x"]);
    assert!(
        said.contains("missing --form (Form)") && said.contains("jianyan adopt --help"),
        "{said}"
    );
    let (_, said) = desk.expect(2, &["--lang=en", "check", "--format", "xml"]);
    assert!(said.contains("Possible: human, json, sarif"), "{said}");
}

#[test]
fn chinese_names_of_values_are_values() {
    let desk = Desk::new();
    desk.expect(0, &["--audience", "公开", "check"]);
    desk.expect(0, &["--audience", "内部", "check"]);
}

#[test]
fn what_is_not_there_is_said_with_the_way_to_begin() {
    let desk = Desk::new();
    let (_, said) = desk.expect(3, &["--corpus", "没有", "check"]);
    assert!(
        said.contains("没有语料文件夹 没有") && said.contains("jianyan new"),
        "{said}"
    );
    let (_, said) = desk.expect(3, &["check", "没有.md"]);
    assert!(said.contains("没有文件") && said.contains("没有.md"), "{said}");
    let (_, said) = desk.expect(3, &["search", "文身"]);
    assert_eq!(said.matches("请先运行 jianyan build").count(), 1, "{said}");
}

#[test]
fn help_is_in_one_language() {
    let desk = Desk::new();
    for line in [
        "--help",
        "-h",
        "help",
        "check --help",
        "help check",
        "adopt -h",
        "completions --help",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let (zh, _) = desk.expect(0, &[&["--lang", "zh"], &words[..]].concat());
        for foreign in [
            "Usage",
            "Options",
            "Commands",
            "Possible",
            "default",
            "·",
            "Print",
            "[OPTIONS]",
        ] {
            assert!(!zh.contains(foreign), "{line}: {foreign} in {zh}");
        }
        let (en, _) = desk.expect(0, &[&["--lang", "en"], &words[..]].concat());
        let above = en.split("Examples:").next().unwrap_or_default();
        assert!(
            above.starts_with(|first: char| first.is_ascii()) && above.contains("Usage: jianyan"),
            "{line}: {en}"
        );
        let foreign = above
            .chars()
            .find(|letter| matches!(letter, '\u{4E00}'..='\u{9FFF}' | '：'));
        assert_eq!(foreign, None, "{line}: {en}");
    }
    let (zh, _) = desk.expect(0, &["--lang", "zh", "check", "--help"]);
    for part in [
        "用法：jianyan check [选项] [FILE]...",
        "--audience <AUDIENCE>",
        "不写则为 internal",
        "示例：",
        "human（给人看）",
    ] {
        assert!(zh.contains(part), "{part}: {zh}");
    }
}
