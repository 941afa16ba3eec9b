//! What an office takes out of the ledger: workbooks, the evidence zip, the section for its report.

use calamine::{Data, Reader, Xlsx, open_workbook};
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output};

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(folder)
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .args(["--now", "2026-11-20"])
        .args(arguments)
        .output()
        .unwrap()
}

fn run(arguments: &[&str]) -> Output {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn said(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn part_of(zip: &Path, name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_workbook_has_real_dates_and_numbers_and_is_the_same_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["一.xlsx", "二.xlsx"].map(|name| folder.path().join(name));
    for path in [&first, &second] {
        said(&[
            "ledger",
            "--by",
            "level",
            "--since",
            "2022-01-01",
            "--format",
            "xlsx",
            "-o",
            path.to_str().unwrap(),
        ]);
    }
    assert!(std::fs::read(&first).unwrap() == std::fs::read(&second).unwrap());
    let mut book: Xlsx<_> = open_workbook(&first).unwrap();
    assert_eq!(book.sheet_names(), ["按最高层级", "台账"]);
    let figures = book.worksheet_range("按最高层级").unwrap();
    let last = figures.rows().next_back().unwrap();
    assert_eq!(last[0], Data::String("合计".into()));
    assert_eq!(
        (&last[2], &last[7], &last[8]),
        (&Data::Float(12.0), &Data::Float(2086.0), &Data::Float(4_970_000.0))
    );
    let events = book.worksheet_range("台账").unwrap();
    assert_eq!(events.rows().next().unwrap()[0], Data::String("日期".into()));
    for row in events.rows().skip(1) {
        let Data::DateTime(date) = &row[0] else {
            panic!("{row:?}")
        };
        assert!(date.is_datetime() && date.as_f64() > 44_000.0);
        assert!(matches!(row[15], Data::Float(line) if line > 1.0));
    }
    let sheet = String::from_utf8(part_of(&first, "xl/worksheets/sheet2.xml")).unwrap();
    for mark in ["state=\"frozen\"", "<autoFilter ref=\"A1:P"] {
        assert!(sheet.contains(mark), "{mark}");
    }
    let styles = String::from_utf8(part_of(&first, "xl/styles.xml")).unwrap();
    assert!(styles.contains("yyyy\\-mm\\-dd") || styles.contains("yyyy-mm-dd"));
    assert!(styles.contains("余"), "a lower bound is a number that shows its mark");
}

#[test]
fn filters_are_those_of_the_page() {
    let rows = |arguments: &[&str]| {
        said(&[&["ledger", "--events", "--format", "csv"], arguments].concat())
            .lines()
            .count()
            - 1
    };
    let all = rows(&[]);
    assert_eq!(
        rows(&["--status", "adopted", "--since", "2023-01-01", "--until", "2023-12-31"]),
        4
    );
    assert_eq!(rows(&["--unverified"]), 1);
    assert_eq!(rows(&["--form", "刊发"]), 4);
    assert_eq!(rows(&["--person", "沈某"]), 2);
    for (filter, value) in [
        ("--unit", "平岭县人民检察院"),
        ("--department", "刑事检察部"),
        ("--line", "公益诉讼"),
        ("--level", "city"),
        ("--effect", "肯定性批示"),
    ] {
        let some = rows(&[filter, value]);
        assert!(some > 0 && some < all, "{filter}: {some} of {all}");
    }
    let none = ["ledger", "--events", "--unit", "平岭县人民检察院", "--form", "立法采纳"];
    assert!(said(&none).contains("该条件下暂无转化记录"));
    let unknown = run(&["ledger", "--events", "--unit", "平岭县检察院"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("平岭县人民检察院"));
    let json: serde_json::Value =
        serde_json::from_str(&said(&["ledger", "--events", "--unverified", "--format", "json"])).unwrap();
    assert_eq!(json["events"][0]["认定"], "已转化、待核实");
    for refused in [
        ["--audience", "public", "ledger", "--person", "沈某"],
        [
            "--audience",
            "public",
            "ledger",
            "--evidence=/nowhere/a.zip",
            "--by=year",
        ],
    ] {
        assert_eq!(run(&refused).status.code(), Some(2), "{refused:?}");
    }
    let public = said(&["--audience", "public", "ledger", "--events", "--format", "csv"]);
    assert!(!public.contains("研究室档案") && !public.contains("作者") && !public.contains("领导批示"));
}

#[test]
fn the_evidence_zip_holds_the_list_and_the_files_that_it_names() {
    let desk = tempfile::tempdir().unwrap();
    let corpus = desk.path().join("corpus/报告");
    std::fs::create_dir_all(corpus.join("佐证")).unwrap();
    std::fs::create_dir_all(desk.path().join("corpus/档案")).unwrap();
    std::fs::write(corpus.join("佐证/批示.pdf"), b"%PDF-1.4 a").unwrap();
    std::fs::write(desk.path().join("corpus/档案/办法.txt"), "办法").unwrap();
    std::fs::write(desk.path().join("outside.txt"), "不在语料中").unwrap();
    let events = [
        ("2024-05-01", "佐证/批示.pdf", "佐证/报告/佐证/批示.pdf"),
        ("2024-04-01", "档案/办法.txt", "佐证/档案/办法.txt"),
        ("2024-03-01", "研究室档案 7", "不在语料文件夹中，请按档号或网址调取"),
        ("2024-02-01", "../../outside.txt", "待核实：没有佐证材料"),
        ("2024-01-01", "", "待核实：没有佐证材料"),
    ];
    let list: String = events
        .iter()
        .map(|(date, evidence, _)| {
            format!("  - {{date: {date}, form: norm, effect: issued, level: county, evidence: '{evidence}'}}\n")
        })
        .collect();
    std::fs::write(
        corpus.join("河道.md"),
        format!("---\nkind: report\ntitle: 河道\ndate: 2023-12-01\nsummary: 一\nadoptions:\n{list}---\n正文\n"),
    )
    .unwrap();
    let output = run_in(desk.path(), &["ledger", "--evidence", "佐证.zip"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && told.contains("清单 5 条，佐证文件 2 个；另有 1 条"),
        "{told}"
    );
    let zip = desk.path().join("佐证.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&zip).unwrap()).unwrap();
    let mut names: Vec<String> = (0..archive.len())
        .map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["佐证/报告/佐证/批示.pdf", "佐证/档案/办法.txt", "清单.csv", "清单.xlsx"]
    );
    assert_eq!(part_of(&zip, "佐证/报告/佐证/批示.pdf"), b"%PDF-1.4 a");
    let csv = String::from_utf8(part_of(&zip, "清单.csv")).unwrap();
    for ((_, _, place), line) in events.iter().zip(csv.lines().skip(1)) {
        assert!(line.ends_with(place), "{line}");
    }
    run_in(desk.path(), &["ledger", "--evidence", "又.zip"]);
    assert!(std::fs::read(&zip).unwrap() == std::fs::read(desk.path().join("又.zip")).unwrap());
    // The page opens the same files, and nothing that a browser would run or that lies outside.
    std::fs::write(corpus.join("佐证/页.html"), "<script>").unwrap();
    let page = corpus.join("河道.md");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, text.replace("研究室档案 7", "佐证/页.html")).unwrap();
    assert!(run_in(desk.path(), &["build", "-q"]).status.success());
    let site = desk.path().join("site");
    let ledger = std::fs::read_to_string(site.join("boards/ledger.html")).unwrap();
    assert_eq!(ledger.matches("href=\"../files/").count(), 2);
    assert!(site.join("files/报告/佐证/批示.pdf").is_file() && site.join("files/档案/办法.txt").is_file());
    assert!(!site.join("files/报告/佐证/页.html").exists() && !ledger.contains("href=\"佐证"));
    // A filter takes its events alone.
    run_in(
        desk.path(),
        &["ledger", "--since", "2024-04-15", "--evidence", "少.zip"],
    );
    assert_eq!(
        zip::ZipArchive::new(std::fs::File::open(desk.path().join("少.zip")).unwrap())
            .unwrap()
            .len(),
        3
    );
}

const OF_2023: [&str; 7] = [
    "stats",
    "--since",
    "2023-01-01",
    "--until",
    "2023-12-31",
    "--compare",
    "previous",
];

#[test]
fn the_section_for_a_report_has_both_figures_and_names_its_documents() {
    let text = said(&OF_2023);
    for words in [
        "## 调研成果转化情况（2023年1月1日至2023年12月31日）",
        "已转化4篇（上年同期3篇，增加1篇）[^2]，其中县级4篇（上年同期3篇，增加1篇）[^3]，其中待核实1篇",
        "入选省级典型案例3件（上年同期0件，增加3件）",
        "入选省级精品案例1件（上年同期0件，增加1件）",
        "按期回复率100.0%（1/1，到期应复 1 件）",
        "| 指标 | 本期 | 上年同期 | 增减 |",
        "| 挽回损失 | 0元 | 184.6万元 | 减少184.6万元 |",
        "《假劣农资案件背后的监管漏洞》（2023-09-07，调研报告/R07-假劣农资案件背后的监管漏洞.md 第19行）",
        "（2000余人，2022-09-15，",
        "上年同期为2022年1月1日至2022年12月31日。",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // Every mark has its note and every note its mark.
    for number in 1..40 {
        let (mark, note) = (format!("[^{number}]"), format!("\n[^{number}]: "));
        assert_eq!(text.contains(&note), text.matches(&mark).count() == 2, "{number}");
    }
    let without = said(&["stats", "--since", "2023-01-01", "--until", "2023-12-31"]);
    assert!(without.contains("已转化4篇[^2]") && !without.contains("上年同期"));
    assert_eq!(
        run(&["stats", "--since", "2025-01-01", "--until", "2024-01-01"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_word_processor_takes_the_section_as_it_stands() {
    let html = said(&[&OF_2023[..], &["--format", "html"]].concat());
    let page = scraper::Html::parse_document(&html);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    assert!(!html.contains("class=") && !html.contains("<script") && !html.contains("<link"));
    let select = |selector: &str| page.select(&scraper::Selector::parse(selector).unwrap()).count();
    let notes = html.matches("<sup>[").count();
    assert!(notes > 10 && select("table tr") > 15 && select("p") > notes);
    for number in 1..=notes {
        assert!(html.contains(&format!("<sup>[{number}]</sup>")) && html.contains(&format!(">[{number}] ")));
    }
}

#[test]
fn the_public_section_counts_what_the_public_sees() {
    let text = said(&[&["--audience", "public"], &OF_2023[..]].concat());
    assert!(
        text.contains("已转化1篇") && text.contains("《校园周边食品安全监管盲区调研》（2023-05-30）"),
        "{text}"
    );
    for word in ["批示", ".md", "农资", "内网版"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

#[test]
fn the_figures_of_the_section_are_for_programs_too() {
    let json: serde_json::Value = serde_json::from_str(&said(&[&OF_2023[..], &["--format", "json"]].concat())).unwrap();
    let figures = json["figures"].as_array().unwrap();
    let of = |key: &str| {
        figures
            .iter()
            .find(|figure| figure["key"] == key)
            .unwrap_or_else(|| panic!("{key}"))
    };
    for (key, now, before) in [
        ("adopted", 4, 3),
        ("adopted-county", 4, 3),
        ("cases-province-typical", 3, 0),
        ("amount", 0, 1_846_000),
    ] {
        assert_eq!(
            (&of(key)["now"], &of(key)["before"]),
            (&now.into(), &before.into()),
            "{key}"
        );
    }
    assert_eq!(of("adopted")["documents"]["now"].as_array().unwrap().len(), 4);
}

#[test]
fn a_rate_is_stated_once_even_where_only_the_period_before_has_replies() {
    let asked = [
        "stats",
        "--since",
        "2023-01-01",
        "--until",
        "2023-09-30",
        "--compare",
        "previous",
    ];
    let text = said(&asked);
    let prose = text.lines().take_while(|line| !line.starts_with('|'));
    let prose: String = prose.collect();
    assert_eq!(prose.matches("按期回复率").count(), 1, "{prose}");
}

/// The text of a part of a file that was exported.
fn part_text(path: &Path, name: &str) -> String {
    String::from_utf8(part_of(path, name)).unwrap()
}

#[test]
fn a_recommendation_leaves_in_the_layout_of_official_papers() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, plain] = ["一.docx", "二.docx", "外发.docx"].map(|name| folder.path().join(name));
    let id = "检察建议/J05-关于消除农村公路危桥安全隐患的检察建议书";
    for path in [&first, &second] {
        said(&["export", id, "--format", "docx", "-o", path.to_str().unwrap()]);
    }
    assert!(std::fs::read(&first).unwrap() == std::fs::read(&second).unwrap());
    let text = part_text(&first, "word/document.xml");
    for part in [
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"",
        "<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"579\"/>",
        "<w:pStyle w:val=\"Number\"/>",
        ">澄检建〔2024〕7号<",
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Addressee\"/>",
        "<w:pStyle w:val=\"Signature\"/>",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let styles = part_text(&first, "word/styles.xml");
    for font in ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"] {
        assert!(styles.contains(font), "{font}");
    }
    assert!(part_text(&first, "word/footer1.xml").contains(" PAGE "));
    assert!(part_text(&first, "customXml/item1.xml").contains("handling_unit: 公益诉讼检察部"));
    said(&[
        "export",
        id,
        "--format",
        "docx",
        "--plain",
        "-o",
        plain.to_str().unwrap(),
    ]);
    let bytes = std::fs::read(&plain).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert!(archive.by_name("customXml/item1.xml").is_err());
    // The public file says what the public sees.
    let path = plain.to_str().unwrap();
    said(&["--audience", "public", "export", id, "--format", "docx", "-o", path]);
    let record = part_text(&plain, "customXml/item1.xml");
    assert!(
        record.contains("addressee: 澄溪县交通运输局") && !record.contains("保密审查岗"),
        "{record}"
    );
    for wrong in [
        &["export", "--format", "docx"][..],
        &["export", "检察建议/没有", "--format", "docx"],
        &["export", id, "--format", "csv"],
    ] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn the_parts_that_a_recommendation_lacks_are_left_blank_and_come_back_as_none() {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("corpus/检察建议");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "---\nkind: recommendation\ntitle: 关于噪声的检察建议书\nsummary: 一\ndraft: true\n---\n\n## 一、案件来源\n\n来自举报。\n\n## 四、建议内容和依据\n\n限期治理。\n";
    std::fs::write(folder.join("噪声.md"), text).unwrap();
    let output = run_in(
        desk.path(),
        &["export", "检察建议/噪声", "--format", "docx", "-o", "建议.docx"],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let paper = part_text(&desk.path().join("建议.docx"), "word/document.xml");
    for part in [
        "二、事实和证据",
        "五、异议期限",
        "七、其他",
        "＿＿＿＿",
        "〔　　　　〕",
        "年　　月　　日",
    ] {
        assert!(paper.contains(part), "{part}");
    }
    std::fs::remove_dir_all(desk.path().join("corpus")).unwrap();
    assert!(run_in(desk.path(), &["import", "建议.docx"]).status.success());
    let back = std::fs::read_to_string(folder.join("未注日期-关于噪声的检察建议书.md")).unwrap();
    assert_eq!(back, text);
}

#[test]
fn every_department_gets_a_letter_on_its_replies() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let list: serde_json::Value = serde_json::from_str(&said(&["due", "--format", "json"])).unwrap();
    let mut departments: Vec<&str> = list["replies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reply| reply["handling_unit"].as_str().unwrap())
        .collect();
    departments.sort_unstable();
    departments.dedup();
    let written = said(&["due", "--format", "docx", "-o", &path("函/")]);
    assert_eq!(written.lines().count(), departments.len());
    for department in &departments {
        let letter = part_text(
            Path::new(&path(&format!("函/催办函-{department}.docx"))),
            "word/document.xml",
        );
        assert!(letter.contains(&format!("{department}：")) && letter.contains("2026年11月20日"));
    }
    said(&["due", "--format", "docx", "-o", &path("全部.docx")]);
    let all = part_text(Path::new(&path("全部.docx")), "word/document.xml");
    assert_eq!(all.matches("<w:br w:type=\"page\"/>").count(), departments.len() - 1);
    said(&[&OF_2023[..], &["--format", "docx", "-o", &path("报数.docx")]].concat());
    let section = Path::new(&path("报数.docx")).to_owned();
    assert!(part_text(&section, "word/document.xml").contains("调研成果转化情况"));
    assert!(part_text(&section, "word/footnotes.xml").contains("农资案件"));
}
