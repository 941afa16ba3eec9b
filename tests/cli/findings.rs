//! What is wrong is told, where and how, and stops nothing else.

use crate::cli::GOOD;
use crate::desk::Desk;
use serde_json::Value;

#[test]
fn exit_codes_tell_what_happened() {
    let desk = Desk::new();
    desk.write("corpus/好.md", GOOD);
    desk.expect(0, &["build"]);
    desk.expect(0, &["search", "采砂"]);
    desk.write("corpus/坏.md", "---\nkind: raport\ntitle: 坏\n---\n正文\n");
    desk.expect(1, &["check"]);
    desk.expect(1, &["build"]);
    assert!(
        desk.path("site/好.html").is_file() && desk.path("site/坏.html").is_file(),
        "one bad document stops no other"
    );
    desk.expect(2, &["frobnicate"]);
    desk.expect(2, &["search"]);
    desk.expect(3, &["--corpus", "nowhere", "build"]);
    desk.expect(3, &["--index", "nowhere", "search", "采砂"]);
}

#[test]
fn strict_writes_nothing_when_there_are_errors() {
    let desk = Desk::new();
    desk.write("corpus/坏.md", "---\nkind: raport\ntitle: 坏\n---\n正文\n");
    desk.expect(1, &["build", "--strict"]);
    assert!(!desk.path("site/index.html").exists());
}

#[test]
fn check_says_where_and_how_in_json_and_for_people() {
    let desk = Desk::new();
    desk.write(
        "corpus/报告/坏.md",
        "---\nkind: report\ntitel: 写错的键\ndate: 2024-13-05\n---\n见[附件](没有.md)。\n",
    );
    let json: Value = serde_json::from_str(&desk.expect(1, &["check", "--format", "json"]).0).unwrap();
    let findings = json["diagnostics"].as_array().unwrap();
    let of = |code: &str| {
        findings
            .iter()
            .find(|finding| finding["code"] == code)
            .unwrap_or_else(|| panic!("{code} in {json:#}"))
    };
    let key = of("unknown-key");
    assert_eq!(
        (key["line"].as_u64(), key["column"].as_u64(), key["file"].as_str()),
        (Some(3), Some(1), Some("报告/坏.md"))
    );
    assert!(key["message"].as_str().unwrap().contains("titel") && key["help"].as_str().unwrap().contains("title"));
    assert_eq!(of("dead-link")["line"], 6);
    assert_eq!(of("dead-link")["group"], "markdown");

    let people = desk.run(&["check"]);
    let said = String::from_utf8(people.stdout).unwrap();
    assert!(
        said.contains("报告/坏.md:3:1") && said.contains("titel: 写错的键"),
        "{said}"
    );
    let english = String::from_utf8(desk.run(&["--lang", "en", "check"]).stdout).unwrap();
    assert!(english.contains("warning") && !english.contains("警告"), "{english}");
}

#[test]
fn of_two_documents_with_one_id_the_second_is_named_and_left_out() {
    let desk = Desk::new();
    for (name, visibility) in [("a.md", "internal"), ("b.md", "public"), ("c.md", "public")] {
        let front = format!(
            "kind: report\nid: 同\nvisibility: {visibility}\nreview: {{by: 保密岗, date: 2024-03-06, result: 可以公开}}"
        );
        desk.write(
            &format!("corpus/{name}"),
            GOOD.replace("kind: report", &front)
                .replace("河道里", &format!("{name} 河道里")),
        );
    }
    let json: Value = serde_json::from_str(&desk.expect(1, &["check", "--format", "json"]).0).unwrap();
    let doubles: Vec<_> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "duplicate-id")
        .collect();
    assert_eq!(
        doubles
            .iter()
            .map(|finding| finding["file"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["b.md", "c.md"]
    );
    desk.expect(1, &["build", "-q"]);
    assert!(desk.read("site/同.html").contains("a.md 河道里"));

    // What the public sees does not depend on what is internal, and nothing of it is said there.
    let public = desk.run(&["--audience", "public", "--index", "i", "--site", "s", "build"]);
    assert!(desk.read("s/同.html").contains("b.md 河道里"));
    let said = String::from_utf8(public.stderr).unwrap();
    assert!(
        said.contains("c.md") && said.contains("b.md") && !said.contains("a.md"),
        "{said}"
    );
}

#[test]
fn classified_files_are_refused_and_not_quoted() {
    let desk = Desk::new();
    desk.write("corpus/好.md", GOOD);
    desk.write("corpus/密.md", "机密★10年\n\n# 不能说的题目\n\n不能说的内容\n");
    let output = desk.run(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("涉密文件不得存入本库") && !said.contains("不能说"),
        "{said}"
    );
    assert!(!desk.path("site/密.html").exists());
}
