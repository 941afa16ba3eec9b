//! What a build writes: the same for the same corpus, each audience's own, and the files that go along.

use crate::cli::{GOOD, sample};
use crate::desk::Desk;
use crate::folder::{self, without_state};
use crate::payload;
use serde_json::Value;

#[test]
fn the_same_corpus_gives_the_same_site_byte_for_byte_in_any_folder() {
    let (one, other) = (sample(), sample());
    one.expect(0, &["build", "-q"]);
    other.expect(0, &["build", "-q"]);
    let (first, second) = (without_state(&one.path("site")), without_state(&other.path("site")));
    assert!(first.len() > 300);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, content) in &first {
        assert!(content == &second[path], "{path} differs");
    }
    // Building again changes nothing, and says so.
    let (said, _) = one.expect(0, &["build", "-q"]);
    assert!(said.contains("写入 0 个文件"), "{said}");
    assert!(without_state(&one.path("site")) == first);
}

#[test]
fn the_public_edition_holds_nothing_internal() {
    let desk = sample();
    desk.expect(0, &["--audience", "public", "build", "-q"]);
    let mut haystack = Vec::new();
    for (path, content) in without_state(&desk.path("site"))
        .into_iter()
        .chain(without_state(&desk.path("index")))
    {
        haystack.extend(path.into_bytes());
        haystack.extend(&content);
        if content.starts_with(&[0xFF, 0xFE]) {
            haystack.extend(payload::unpack(&content).expect("a data file reads"));
        }
    }
    let text = String::from_utf8_lossy(&haystack);
    for internal in [
        "金丝雀C10不得外传",
        "金丝雀R13不得外传",
        "柯某某（未成年人）附条件不起诉案",
        "医药购销领域乱象调查",
        "研究室档案 2022-研-011",
        "澄委批〔2022〕31号",
        "澄检建〔2023〕21号",
    ] {
        assert!(!text.contains(internal), "{internal} is in the public edition");
    }
    for public in ["关于澄溪县未成年人文身情况的调研报告", "澄人常〔2022〕15号"] {
        assert!(text.contains(public), "{public} is missing from the public edition");
    }
    let refused = desk.run(&["build", "-q"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("另一类读者"));
}

#[test]
fn the_emblem_goes_along_and_a_missing_one_is_told_of() {
    let desk = Desk::new();
    desk.write("corpus/甲.md", GOOD);
    desk.write("corpus/图/院徽.png", "png");
    desk.write("corpus/jianyan.yaml", "title: 库\nemblem: 图/院徽.png\n");
    desk.expect(0, &["build", "-q"]);
    assert!(desk.path("site/files/图/院徽.png").is_file());
    assert!(desk.read("site/index.html").contains("class=\"emblem\""));
    desk.write("corpus/jianyan.yaml", "title: 库\nemblem: 图/没有.png\n");
    let json: Value = serde_json::from_str(&desk.expect(0, &["check", "--format", "json"]).0).unwrap();
    let missing = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "missing-emblem")
        .unwrap();
    assert_eq!(
        (
            missing["file"].as_str(),
            missing["line"].as_u64(),
            missing["column"].as_u64()
        ),
        (Some("jianyan.yaml"), Some(2), Some(9))
    );
    desk.expect(0, &["build", "-q"]);
    assert!(!desk.read("site/index.html").contains("class=\"emblem\""));
}

#[test]
fn attachments_that_are_linked_go_along() {
    let desk = Desk::new();
    desk.write(
        "corpus/报告/甲.md",
        format!("{GOOD}\n![图](<图片/图 一.png>)\n\n[附表](附表.csv) [网页](页.html)\n"),
    );
    desk.write("corpus/报告/图片/图 一.png", "png");
    desk.write("corpus/报告/附表.csv", "甲,乙");
    desk.write("corpus/报告/页.html", "<script>alert(1)</script>");
    desk.write("corpus/报告/无关.pdf", "pdf");
    desk.run(&["build"]);
    let site = desk.path("site");
    assert!(site.join("files/报告/图片/图 一.png").is_file() && site.join("files/报告/附表.csv").is_file());
    assert!(!site.join("files/报告/页.html").exists(), "active content stays behind");
    assert!(
        !site.join("files/报告/无关.pdf").exists(),
        "only what is linked goes along"
    );
    let page = std::fs::read_to_string(site.join("报告/甲.html")).unwrap();
    assert!(
        page.contains("../files/%E6%8A%A5%E5%91%8A/%E5%9B%BE%E7%89%87/%E5%9B%BE%20%E4%B8%80.png"),
        "{page}"
    );
}

/// A small corpus with something to say, built once.
fn built(audience: &str) -> Desk {
    let desk = Desk::new();
    desk.write("corpus/a.md", GOOD);
    desk.write(
        "corpus/b.md",
        GOOD.replace("kind: report", "kind: 无此类").replace("河道", "山林"),
    );
    desk.write("corpus/图.txt", "附件");
    desk.write("corpus/jianyan.yaml", "title: 检研\n");
    build(&desk, audience);
    desk
}

/// What a build says on both outputs, but for its phases, and whether it went the whole way: then it makes pages.
fn build(desk: &Desk, audience: &str) -> (String, String, bool) {
    let output = desk.run(&["--audience", audience, "build"]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let phases = ["读取并检查", "生成页面和索引", "生成检索数据", "写入站点"];
    let told = text(&output.stderr);
    let said: Vec<&str> = told.lines().filter(|line| !phases.contains(line)).collect();
    let said = format!("{:?}\n{}", output.status.code(), said.join("\n"));
    let whole = told.lines().any(|line| line == "生成页面和索引");
    (said, text(&output.stdout), whole)
}

#[test]
fn a_build_that_would_change_nothing_reads_no_document_and_says_the_same() {
    for audience in ["internal", "public"] {
        let desk = built(audience);
        desk.write("corpus/c.md", GOOD);
        let (said, _, whole) = build(&desk, audience);
        assert!(whole);
        for _ in 0..2 {
            let (again, done, whole) = build(&desk, audience);
            assert!(!whole && done.contains("写入 0 个文件"), "{audience}: {done}");
            assert_eq!(again, said, "{audience}");
        }
        // What the last generation left of search is gone, as after any second build.
        let clean = Desk::new();
        folder::copy(&desk.path("corpus"), &clean.path("corpus"));
        build(&clean, audience);
        let sites = [&desk, &clean].map(|desk| without_state(&desk.path("site")));
        assert!(
            sites[0].keys().eq(sites[1].keys()) && sites[0] == sites[1],
            "{audience}"
        );
    }
}

#[test]
fn whatever_decides_a_build_makes_it_go_the_whole_way() {
    type Change = fn(&Desk);
    let changes: [(&str, Change); 11] = [
        ("a document", |desk| {
            desk.write("corpus/a.md", GOOD.replace("采砂", "捕鱼"));
        }),
        ("one of the same length and time", |desk| {
            let path = desk.path("corpus/a.md");
            let written = path.metadata().and_then(|data| data.modified()).unwrap();
            desk.write("corpus/a.md", GOOD.replace("采砂", "捕鱼"));
            let file = std::fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(written).unwrap();
        }),
        ("a document more", |desk| desk.write("corpus/z.md", GOOD)),
        ("a document less", |desk| {
            std::fs::remove_file(desk.path("corpus/b.md")).unwrap();
        }),
        ("an attachment", |desk| desk.write("corpus/图.txt", "新附件")),
        ("the site file", |desk| {
            desk.write("corpus/jianyan.yaml", "title: 某院检研\n");
        }),
        ("synonyms", |desk| {
            desk.write("corpus/synonyms.yaml", "groups:\n  - [采砂, 挖沙]\n");
        }),
        ("a template", |desk| {
            desk.write("corpus/templates/footer.html", "<p>页脚</p>");
        }),
        ("a page that was edited", |desk| desk.write("site/index.html", "x")),
        ("a file of the index", |desk| {
            desk.write("index/meta.json", &(desk.read("index/meta.json") + " "));
        }),
        ("a file of the site", |desk| {
            std::fs::remove_file(desk.path("site/search/current.js")).unwrap();
        }),
    ];
    for (what, change) in changes {
        let desk = built("internal");
        assert!(!build(&desk, "internal").2, "{what}: nothing has changed yet");
        change(&desk);
        assert!(build(&desk, "internal").2, "{what}");
        assert!(!build(&desk, "internal").2, "{what}: and again");
    }
    // Another day, another language.
    let desk = built("internal");
    for (day, lang, phase) in [
        ("2026-11-21", "zh", "生成页面和索引"),
        ("2026-11-21", "en", "Rendering and indexing"),
    ] {
        let output = desk.command_on(day, &["--lang", lang, "build"]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(phase), "{day} {lang}: {told}");
    }
}

#[test]
fn sources_for_download_stand_beside_the_pages_unless_the_site_file_says_no() {
    let desk = built("internal");
    let sources = |desk: &Desk| {
        let files = without_state(&desk.path("site"));
        let count = files.keys().filter(|path| path.ends_with(".md")).count();
        (count, desk.read("site/a.html").contains("a.md"))
    };
    assert_eq!(sources(&desk), (2, true));
    desk.write("corpus/jianyan.yaml", "源文件下载: 否\n");
    build(&desk, "internal");
    assert_eq!(sources(&desk), (0, false));
}
