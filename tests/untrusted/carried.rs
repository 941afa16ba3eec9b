//! Attachments, names and values of strangers, as they leave: as files, downloads, tables and lines of a terminal.

use crate::desk::Desk;
use crate::untrusted::support::document;
use scraper::{Html, Selector};

const STILL: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>图</text></svg>";
const ACTS: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

fn built(files: &[(&str, &str)], site_file: &str) -> (Desk, String) {
    let desk = Desk::new();
    let links: String = files.iter().map(|(name, _)| format!("[件](<{name}>)\n\n")).collect();
    desk.write("corpus/报告/甲.md", document("甲", &links));
    for (name, bytes) in files {
        desk.write(&format!("corpus/报告/{name}"), bytes);
    }
    desk.write("corpus/jianyan.yaml", site_file);
    desk.run(&["build", "-q"]);
    let output = desk.run(&["check", "--all"]);
    (desk, String::from_utf8(output.stdout).unwrap())
}

fn carried(desk: &Desk) -> Vec<String> {
    let files = walkdir::WalkDir::new(desk.path("site/files"))
        .sort_by_file_name()
        .into_iter()
        .flatten();
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.file_name().to_str().unwrap().to_owned())
        .collect()
}

#[test]
fn only_what_is_listed_goes_along_and_the_author_is_told() {
    let files = [
        ("a.pdf", "%PDF-1.7"),
        ("b.html", "a"),
        ("c.xht", "a"),
        ("d.xml", "<a/>"),
        ("e.svg", STILL),
        ("f.svg", ACTS),
        ("g", "<script>"),
        ("h.zip", "PK"),
        ("i.html.", "a"),
        ("j.html ", "a"),
        ("k.png", "<script>alert(1)</script>"),
        ("l.js", "alert(1)"),
        ("m.hta", "a"),
        ("n.swf", "FWS"),
    ];
    let (desk, said) = built(&files, "");
    assert_eq!(carried(&desk), ["a.pdf", "e.svg"]);
    for name in ["b.html", "c.xht", "d.xml", "h.zip", "i.html."] {
        assert!(said.contains(&format!("“{name}”")), "{name}: {said}");
    }
    assert_eq!(said.matches("active-attachment").count(), 2, "{said}");
    let (desk, _) = built(&files, "附件类型: [zip, html]\n");
    assert_eq!(carried(&desk), ["a.pdf", "e.svg", "h.zip"]);
}

#[test]
fn what_is_not_what_its_name_says_stays_behind() {
    let page = "<!doctype html><script>alert(1)</script>";
    let files = [
        ("a.doc", page),
        ("b.txt", page),
        ("c.json", page),
        ("d.docx", "PK\u{3}\u{4}"),
        ("e.xlsx", "文字"),
        ("f.pdf", "\u{7f}ELF"),
        ("g.txt", "MZ\u{1}"),
        ("h.txt", "文字"),
        ("i.rtf", "{\\rtf1 a}"),
        ("j.csv", "甲,乙"),
    ];
    let (desk, said) = built(&files, "");
    // Text is nothing else, and an archive that doesn't open opens for nobody.
    assert_eq!(carried(&desk), ["d.docx", "e.xlsx", "h.txt", "i.rtf", "j.csv"]);
    assert_eq!(said.matches("active-attachment").count(), 3, "{said}");
    assert_eq!(said.matches("disguised-attachment").count(), 2, "{said}");
}

#[test]
fn a_link_to_a_file_offers_it_for_download() {
    let (desk, _) = built(&[("a.pdf", "%PDF-1.7"), ("CON.txt", "a"), ("b|c.txt", "a")], "");
    let page = Html::parse_document(&desk.read("site/报告/甲.html"));
    let links = Selector::parse("article.body a").unwrap();
    let links: Vec<_> = page.select(&links).collect();
    assert_eq!(links.len(), 3);
    for link in links {
        assert!(link.attr("download").is_some(), "{}", link.html());
        let href = percent_encoding::percent_decode_str(link.attr("href").unwrap())
            .decode_utf8()
            .unwrap();
        assert!(desk.path("site/报告").join(&*href).is_file(), "{href}");
    }
    for name in carried(&desk) {
        assert!(
            !name.contains('|') && !name.to_lowercase().starts_with("con."),
            "{name}"
        );
    }
}

/// Characters that a terminal acts upon.
const ACTING: [char; 9] = [
    '\u{1b}', '\u{7}', '\u{8}', '\u{9b}', '\u{7f}', '\u{202e}', '\u{2066}', '\u{200f}', '\u{61c}',
];

#[test]
fn nothing_printed_acts_on_the_terminal() {
    let evil: String = ACTING.iter().collect();
    let desk = Desk::new();
    let escaped = "\\e\\a\\b\\x9b\\x7f\\u202e\\u2066\\u200f\\u061c";
    desk.write(
        "corpus/检察建议/甲.md",
        format!("---\nkind: recommendation\ntitle: \"甲{escaped}\"\nnumber: \"{escaped}\"\naddressee: \"某局{escaped}\"\nhandling_unit: \"{escaped}\"\nissued: 2026-01-05\ndelivered: 2026-01-05\nfoo{escaped}: 1\n---\n\n正文 [无](无{evil}.md)\n"),
    );
    desk.write(
        "corpus/报告/乙.md",
        format!("---\nkind: report\ntitle: \"乙{escaped}\"\nunit: \"{escaped}\"\nauthors: [\"{escaped}\"]\ndate: 2026-01-05\nadoptions: [{{date: 2026-02-01, form: decision, level: city, effect: issued, authority: \"{escaped}\"}}]\n---\n\n正文\n"),
    );
    desk.write(&format!("corpus/附{evil}.txt"), "a");
    desk.write(&format!("材料/坏{evil}.docx"), "PK");
    desk.write(&format!("材料/好{evil}.txt"), "关于噪声的调研报告\n正文完好。\n");
    desk.write("稿.md", format!("《刑法》第999条{evil}“{evil}”"));
    for arguments in [
        &["check", "--all"][..],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["build"],
        &["search", "正文"],
        &["search", "正文", "--format", "json"],
        &["ledger"],
        &["ledger", "--by", "unit"],
        &["ledger", "--format", "csv"],
        &["ledger", "--by", "person", "--format", "json"],
        &["due"],
        &["stats"],
        &["verify", "稿.md"],
        &["export", "--format", "csv"],
        &["export", "--format", "ndjson"],
        &["export", "--format", "bibtex"],
        &["adopt", &format!("没有{evil}"), "--form", "decision"],
        &["import", "材料"],
        &["search", &evil],
        &[&evil],
    ] {
        let output = desk.run(arguments);
        for bytes in [output.stdout, output.stderr] {
            let text = String::from_utf8(bytes).unwrap();
            let found = text.chars().find(|letter| ACTING.contains(letter));
            assert!(found.is_none(), "{arguments:?}: {found:?} in {text:?}");
        }
    }
}

#[test]
fn a_base_address_can_not_leave_its_place() {
    let desk = Desk::new();
    desk.write("corpus/甲.md", document("甲", "正文。"));
    let due = "---\nkind: recommendation\ntitle: 乙\nunit: 某院\naddressee: 某局\nissued: 2026-10-05\ndelivered: 2026-10-05\n---\n\n正文。\n";
    desk.write("corpus/乙.md", due);
    for (base, taken) in [
        ("https://a.example/?b&c", false),
        ("https://a.example/b&c'd/", true),
        ("https://a.example/<b>", false),
        ("https://a.example/\\\"b", false),
        ("https://a.example/\\r\\nX-EVIL:1", false),
        ("https://a.example//evil.example/", false),
        ("https:///evil.example/", false),
        ("javascript:alert(1)//https://", false),
    ] {
        desk.write("corpus/jianyan.yaml", format!("base_url: \"{base}\"\n"));
        desk.run(&["build", "-q"]);
        assert_eq!(desk.path("site/feed.xml").exists(), taken, "{base}");
        for file in ["feed.xml", "sitemap.xml"].iter().filter(|_| taken) {
            let text = desk.read(&format!("site/{file}"));
            assert!(text.contains("b&amp;c") && !text.contains("b&c"), "{text}");
        }
        let calendars = walkdir::WalkDir::new(desk.path("site")).into_iter().flatten();
        for file in calendars.filter(|file| file.path().extension().is_some_and(|ending| ending == "ics")) {
            let text = std::fs::read_to_string(file.path()).unwrap();
            assert!(!text.contains("\nX-EVIL"), "{text}");
        }
    }
}

#[test]
fn no_name_of_a_document_takes_the_place_of_a_page_of_the_site() {
    let desk = Desk::new();
    desk.write("corpus/甲.md", document("甲", "正文。"));
    desk.write("corpus/jianyan.yaml", "base_url: https://a.example/\n");
    desk.expect(0, &["build", "-q"]);
    let own: Vec<_> = std::fs::read_dir(desk.path("site"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(own.contains(&"novelty.html".to_owned()));
    for name in own.iter().filter(|name| !name.starts_with(['.', '甲'])) {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        desk.write(&format!("corpus/{stem}.md"), document(stem, "正文。"));
        desk.write(
            &format!("corpus/{}/乙.md", name.to_uppercase()),
            document(stem, "正文。"),
        );
    }
    desk.expect(0, &["build", "-q"]);
}

#[test]
fn a_heading_in_a_footnote_gives_no_id_twice() {
    let desk = Desk::new();
    let body = "## 一\n\n正文[^1]\n\n## 二\n\n[^1]: 注\n\n    <h2>一</h2>\n\n    ## 二\n\n    <h1>三</h1>\n";
    desk.write("corpus/甲.md", document("甲", body));
    desk.expect(0, &["build", "-q"]);
    let page = Html::parse_document(&desk.read("site/甲.html"));
    let mut seen = std::collections::BTreeSet::new();
    for element in page.select(&Selector::parse("[id]").unwrap()) {
        assert!(
            seen.insert(element.attr("id").unwrap().to_owned()),
            "{:?} twice",
            element.attr("id")
        );
    }
}

/// What a process leaves beside documents while it writes is its own affair: errors name what the person knows.
#[test]
fn an_error_of_a_corpus_that_can_not_be_written_names_no_file_of_ours() {
    let desk = Desk::new();
    desk.write("corpus/报告/甲.md", document("甲", "正文。"));
    desk.write("a.txt", "关于噪声的调研报告\n正文完好。\n");
    let entry = [
        "adopt",
        "报告/甲",
        "--form",
        "decision",
        "--level",
        "city",
        "--authority",
        "县委",
        "--effect",
        "issued",
        "--date",
        "2024-05-01",
    ];
    for arguments in [
        &entry[..],
        &["new", "report", "题目"],
        &["import", "a.txt"],
        &["build", "-q"],
    ] {
        for fault in ["read-only:1", "read-only:2", "read-only:3"] {
            let output = desk.command(arguments).env("JIANYAN_FAULT", fault).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            let said = said.replace(desk.path("").to_str().unwrap(), "");
            assert!(!output.status.success(), "{arguments:?} {fault}");
            for ours in [".new-", ".jianyan-", ".jianyan.lock", ".tmp"] {
                assert!(!said.contains(ours), "{arguments:?} {fault}: {said}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_or_a_pipe_is_refused_and_nothing_is_made() {
    let entry = [
        "adopt",
        "报告/甲",
        "--form",
        "decision",
        "--level",
        "city",
        "--authority",
        "县委",
        "--effect",
        "issued",
        "--date",
        "2024-05-01",
    ];
    for kind in ["link", "pipe"] {
        let desk = Desk::new();
        desk.write("corpus/报告/甲.md", document("甲", "正文。"));
        let lock = desk.path("corpus/报告/.jianyan.lock");
        match kind {
            "link" => std::os::unix::fs::symlink(desk.path("made"), &lock).unwrap(),
            _ => assert!(
                std::process::Command::new("mkfifo")
                    .arg(&lock)
                    .status()
                    .unwrap()
                    .success()
            ),
        }
        let (_, said) = desk.expect(3, &entry);
        assert!(said.contains(".jianyan.lock"), "{kind}: {said}");
        assert!(!desk.path("made").exists());
    }
}
