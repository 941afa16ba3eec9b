//! Citations of drafts: what is right passes, what is wrong is named, and nothing is accused that the index can't know.

mod agreement;
mod generate;
mod kinds;
mod marked;
mod models;
mod variants;

use crate::desk;

use desk::Desk;
use jianyan::corpus::Source;
use jianyan::index;
use jianyan::verify::{Verdict, Verifier};
use serde_json::Value;

const RULES: &str = "---\nkind: law\ntitle: 澄溪县禁猎条例\nissuer: [澄溪县人民代表大会常务委员会]\n\
    date: 2020-05-28\neffective: 2020-07-01\n---\n\n\
    第一条　为了保护野生鸟类，制定本条例。\n\n\
    第二条　县林业主管部门负责禁猎工作，乡镇人民政府应当予以协助。\n\n\
    每年三月至五月为禁猎期。\n\n\
    第三条　违反本条例第二条规定猎捕野生鸟类的，处五百元以上五千元以下的罚款：\n\n\
    （一）使用捕网的；\n\n（二）使用毒饵的。\n\n\
    第四条　本条例自2020年7月1日起施行。\n";

const OLD: &str = "---\nkind: law\ntitle: 澄溪县禁猎办法\nissuer: [澄溪县人民政府]\ndate: 2009-03-01\nstatus: 已废止\n---\n\n\
    第一条　为了规范狩猎，制定本办法。\n\n第二条　狩猎人员应当随身携带狩猎证件备查。\n";

const CASE: &str = "---\nkind: case\ntitle: 郑某非法狩猎案\nrank: 典型案例\nnumber: 检例第955号\n\
    court_number: （2023）澄0123刑初7号\ndate: 2023-09-01\nunit: 澄溪县人民检察院\n---\n\n## 基本案情\n\n\
    2023年4月，郑某在白鹭湖架设捕网六张，猎捕野生鸟类四十三只，其中国家二级保护动物三只。\n";

/// A corpus with a law, a repealed one and a case, built.
fn library() -> Desk {
    let desk = Desk::of_documents();
    desk.write("法律法规/禁猎条例.md", RULES);
    desk.write("法律法规/禁猎办法.md", OLD);
    desk.write("案例/郑某案.md", CASE);
    desk.expect(0, &["build", "-q"]);
    desk
}

/// The citations of a draft: kind, text and verdict.
fn judged(desk: &Desk, draft: &str) -> Vec<(String, String, String)> {
    let file = desk.root().join("draft.md");
    std::fs::write(&file, draft).unwrap();
    let output = desk.run(&["verify", "--format", "json", "draft.md"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let citations = report["citations"].as_array().unwrap();
    let all: Vec<_> = citations
        .iter()
        .map(|it| (text(&it["kind"]), text(&it["text"]), text(&it["verdict"])))
        .collect();
    let finding = all
        .iter()
        .any(|(.., verdict)| verdict != "exact" && verdict != "unheld");
    assert_eq!(output.status.code(), Some(i32::from(finding)), "{all:?}");
    all
}

/// The citations of each of several drafts, judged in one run.
fn judged_all(desk: &Desk, drafts: &[String]) -> Vec<Vec<(String, String, String)>> {
    let name = |at: usize| format!("draft-{at:03}.md");
    let names: Vec<String> = (0..drafts.len()).map(name).collect();
    for (name, draft) in names.iter().zip(drafts) {
        std::fs::write(desk.root().join(name), format!("# 题\n\n{draft}\n")).unwrap();
    }
    let arguments = ["verify", "--format", "json"]
        .into_iter()
        .chain(names.iter().map(String::as_str));
    let output = desk.run(&arguments.collect::<Vec<_>>());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of = |name: &String| {
        let all = report["citations"].as_array().unwrap().iter();
        let own = all.filter(|it| it["file"] == name.as_str());
        own.map(|it| (text(&it["kind"]), text(&it["text"]), text(&it["verdict"])))
            .collect()
    };
    names.iter().map(of).collect()
}

/// The verdict on the one citation of a kind.
fn verdict(desk: &Desk, draft: &str, kind: &str) -> String {
    let all = judged(desk, draft);
    let mut of_kind = all.iter().filter(|(known, ..)| known == kind);
    let found = of_kind
        .next()
        .unwrap_or_else(|| panic!("{draft}: no {kind} in {all:?}"));
    found.2.clone()
}

#[test]
fn what_is_right_is_exact_however_it_is_set() {
    let desk = library();
    for (draft, kind) in [
        ("《澄溪县禁猎条例》第二条规定：“每年三月至五月为禁猎期”。", "quotation"),
        (
            "《澄溪县禁猎条例》第2条规定：「每年三月 至五月\n為禁獵期」。",
            "quotation",
        ),
        (
            "《澄溪县禁猎条例》规定：\n\n> 县林业主管部门负责禁猎工作，乡镇人民政府应当予以协助。",
            "quotation",
        ),
        (
            "要落实“乡镇人民政府应当予以协助”的要求[^1]。\n\n[^1]: 《澄溪县禁猎条例》第二条。",
            "quotation",
        ),
        (
            "《澄溪县禁猎条例》第二条规定：“县林业主管部门负责禁猎工作……每年三月至五月为禁猎期”。",
            "quotation",
        ),
        ("依照《澄溪县禁猎条例》第三条第（二）项处理。", "article"),
        ("依照澄溪县禁猎条例第二条第二款处理。", "article"),
        ("郑某非法狩猎案（检例第955号）", "number"),
        ("（2023）澄0123刑初7号判决", "number"),
        ("检例第955号指出：“猎捕野生鸟类四十三只”。", "quotation"),
        ("《澄溪县禁猎条例》", "title"),
    ] {
        assert_eq!(verdict(&desk, draft, kind), "exact", "{draft}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    let desk = library();
    for (draft, kind, expected) in [
        (
            "《澄溪县禁猎条例》第二条规定：“每年三月至六月为禁猎期”。",
            "quotation",
            "differs",
        ),
        (
            "《澄溪县禁猎条例》第三条规定：“每年三月至五月为禁猎期”。",
            "quotation",
            "misplaced",
        ),
        ("检例第955号指出：“每年三月至五月为禁猎期”。", "quotation", "misplaced"),
        (
            "《澄溪县禁猎条例》第二条规定：“每年三月至五月为禁猎期……县林业主管部门负责禁猎工作”。",
            "quotation",
            "differs",
        ),
        (
            "《澄溪县禁猎条例》规定：“任何单位不得经营野味餐馆和野味摊点”。",
            "quotation",
            "absent",
        ),
        ("检例第955号指出：“猎捕野生鸟类一百四十三只”。", "quotation", "differs"),
        ("依照《澄溪县禁猎条例》第五条处理。", "article", "absent"),
        ("依照《澄溪县禁猎条例》第二条第三款处理。", "article", "absent"),
        ("依照《澄溪县禁猎条例》第三条第（三）项处理。", "article", "absent"),
        ("依照《澄溪县禁猎办法》第二条处理。", "article", "outdated"),
        ("吴某诈骗案（检例第955号）", "number", "misplaced"),
        ("《澄溪县禁猎条列》", "title", "unheld"),
    ] {
        assert_eq!(verdict(&desk, draft, kind), expected, "{draft}");
    }
}

#[test]
fn nothing_is_accused_that_the_index_can_not_know() {
    let desk = library();
    for draft in [
        "依照《中华人民共和国民法典》第一千条、刑法第三百四十一条处理。",
        "参照检例第12号、（2021）京01刑终3号和《森林公安工作手册》。",
        "村民说：“这片林子里的鸟从前多得很，现在少多了。”",
        "《湖区观鸟》一书写道：“白鹭在四月里最多，那时湖水还浅着。”",
        "要破解“九龙治水”难题，做到“应救尽救、能放尽放”的要求。",
        "依照《澄溪县禁猎条例》办理，本条例第九条、本法第三条除外。",
    ] {
        for (kind, text, verdict) in judged(&desk, draft) {
            assert!(
                verdict == "unheld" || verdict == "exact",
                "{draft}: {kind} {text} {verdict}"
            );
        }
    }
}

#[test]
fn a_number_is_absent_only_where_its_series_is_complete() {
    let desk = library();
    assert_eq!(verdict(&desk, "参照检例第956号。", "number"), "unheld");
    desk.write("jianyan.yaml", "complete: [检例]\n");
    desk.expect(0, &["build", "-q"]);
    assert_eq!(verdict(&desk, "参照检例第956号。", "number"), "absent");
    assert_eq!(verdict(&desk, "参照（2021）京01刑终3号。", "number"), "unheld");
}

#[test]
fn a_law_is_in_force_until_what_replaces_it_is() {
    let desk = library();
    let newer = |effective: &str| {
        let dated = format!("{effective}\nsupersedes: [法律法规/禁猎条例]");
        let text = RULES.replace("date: 2020-05-28", "date: 2026-05-01");
        text.replace("2020-07-01", &dated).replace("三月至五月", "三月至六月")
    };
    let old = "《澄溪县禁猎条例》第二条规定：“每年三月至五月为禁猎期”。";
    for (effective, expected) in [("2027-01-01", "exact"), ("2026-07-01", "outdated")] {
        desk.write("法律法规/禁猎条例（新）.md", newer(effective));
        desk.expect(0, &["build", "-q"]);
        assert_eq!(verdict(&desk, old, "quotation"), expected, "{effective}");
    }
}

#[test]
fn a_document_is_judged_by_no_law_that_is_newer_than_it() {
    let desk = library();
    for (date, noted) in [("2019-05-01", false), ("2021-05-01", true)] {
        let report = format!(
            "---\nkind: report\ntitle: 护鸟情况\ngenre: 调研报告\ndate: {date}\nunit: 某院\nauthors: [熊某]\n---\n\n\
             依照《澄溪县禁猎条例》第五条处理；第二条规定：“每年三月至六月为禁猎期”。\n"
        );
        desk.write("调研报告/护鸟.md", report);
        let output = desk.run(&["check", "--format", "json"]);
        let said = String::from_utf8(output.stdout).unwrap();
        for code in ["citation-absent", "citation-differs"] {
            assert_eq!(said.contains(code), noted, "{date} {code}: {said}");
        }
    }
}

#[test]
fn documents_of_a_corpus_are_not_accused_of_what_others_say_alike() {
    let desk = library();
    let report = |body: &str| {
        let head = "kind: report\ntitle: 工作报告\ngenre: 调研报告\ndate: 2021-05-01\nunit: 某院\nauthors: [熊某]";
        format!("---\n{head}\n---\n\n{body}\n")
    };
    desk.write(
        "调研报告/他院.md",
        report("坚持提升传统产业、培育壮大新兴产业、前瞻布局未来产业。"),
    );
    let cases = [
        ("坚持“改造传统产业、培育新兴产业、布局未来产业”三线并进。", false),
        (
            "对“违反本条例第二条规定猎捕野生鸟类的，处五百元以上三千元以下的罚款”的理解不一。",
            true,
        ),
    ];
    for (body, noted) in cases {
        desk.write("调研报告/护鸟.md", report(body));
        let said = String::from_utf8(desk.run(&["check", "--format", "json"]).stdout).unwrap();
        assert_eq!(said.contains("citation-differs"), noted, "{body}: {said}");
    }
}

#[test]
fn what_a_law_quotes_of_others_is_not_looked_for_in_its_own_articles() {
    let desk = library();
    let term = "有本条例第二条规定情形之一的，应当认定为“使用捕网致使野生鸟类遭受重大伤亡的情形”。";
    desk.write("法律法规/禁猎条例.md", RULES.replace("（一）使用捕网的；", term));
    let said = String::from_utf8(desk.run(&["check", "--format", "json"]).stdout).unwrap();
    assert!(!said.contains("citation-"), "{said}");
}

#[test]
fn drafts_are_told_where_each_citation_stands() {
    let desk = library();
    std::fs::write(desk.root().join("draft.md"), "# 题\n\n依照《澄溪县禁猎条例》第九条。\n").unwrap();
    let (said, _) = desk.expect(1, &["verify", "draft.md"]);
    assert!(
        said.contains("draft.md:3:3: 查无 · 法条 · 《澄溪县禁猎条例》第九条"),
        "{said}"
    );
    let (log, _) = desk.expect(1, &["verify", "--format", "sarif", "draft.md"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&3.into(), &3.into()));
    std::fs::write(
        desk.root().join("secret.md"),
        "机密★十年\n\n依照《澄溪县禁猎条例》第九条。\n",
    )
    .unwrap();
    let (said, _) = desk.expect(1, &["verify", "secret.md"]);
    assert!(!said.contains("第九条"), "a classified draft is not read");
}

/// Laws that say where they end, for citations made by chance.
const LAWS: [(&str, &str); 2] = [
    ("澄溪县河道采砂管理条例", include_str!("laws/采砂.md")),
    ("澄溪县文身服务管理办法", include_str!("laws/文身.md")),
];

/// What came of citations made by chance.
#[derive(Default)]
struct Tried {
    faults: usize,
    seen: usize,
    /// Genuine ones that are accused, or not seen.
    accused: Vec<String>,
    /// Faults that are not seen, or judged as another.
    missed: Vec<String>,
}

impl Tried {
    /// Makes so many citations from an index and judges them, for each of the seeds.
    fn of(folder: &std::path::Path, count: usize) -> Self {
        let set = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
        let count: usize = set("JIANYAN_CITATIONS", &count.to_string()).parse().unwrap();
        let verifier = Verifier::new(index::open(folder).unwrap(), jiff::civil::date(2026, 11, 20));
        let mut tried = Self::default();
        for seed in set("JIANYAN_SEED", "20261120").split(',') {
            let items = generate::Maker::new(folder, seed.parse().unwrap()).items(count);
            assert!(items.len() * 10 >= count * 9, "{} of {count}", items.len());
            items.iter().for_each(|item| tried.judge(&verifier, item));
        }
        tried
    }

    fn judge(&mut self, verifier: &Verifier, item: &generate::Item) {
        let source = Source::body_only("稿".to_owned(), "稿.md".to_owned(), format!("{}\n", item.draft));
        let all = verifier.verify(&source).unwrap();
        let right = all
            .iter()
            .any(|it| it.kind == item.kind && it.judged.verdict == item.wanted);
        let genuine = item.wanted == Verdict::Exact;
        let accused = genuine && all.iter().any(|it| it.judged.verdict.is_finding());
        self.faults += usize::from(!genuine);
        self.seen += usize::from(!genuine && right);
        if !right || accused {
            let told: Vec<_> = all
                .iter()
                .map(|it| (it.kind, it.text.as_str(), it.judged.verdict))
                .collect();
            let wrong = if genuine { &mut self.accused } else { &mut self.missed };
            wrong.push(format!("{}: {} {told:?}", item.what, item.draft));
        }
    }

    fn holds(&self) {
        assert!(self.accused.is_empty(), "{:#?}", self.accused);
        let Self {
            faults, seen, missed, ..
        } = self;
        assert!(seen * 100 >= faults * 99, "{seen} of {faults}: {missed:#?}");
    }
}

#[test]
fn of_citations_made_by_chance_none_is_accused_and_the_faults_are_seen() {
    let desk = Desk::of_documents();
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for folder in ["案例", "检察建议", "调研报告"] {
        for entry in std::fs::read_dir(corpus.join(folder)).unwrap().flatten() {
            let name = entry.file_name().into_string().unwrap();
            desk.write(&format!("{folder}/{name}"), std::fs::read(entry.path()).unwrap());
        }
    }
    for (title, text) in LAWS {
        desk.write(&format!("法律法规/{title}.md"), text);
    }
    desk.write("案例/郑某案.md", CASE);
    desk.expect(0, &["build", "-q"]);
    let index = desk.root().join("index");
    Tried::of(&index, 400).holds();
    agree(&desk, &generate::Maker::new(&index, 5).items(120));
}

/// The page of the site says the same of drafts as the program, but for a few in a hundred that it can't look up.
fn agree(desk: &Desk, items: &[generate::Item]) {
    let verifier = Verifier::new(
        index::open(&desk.root().join("index")).unwrap(),
        jiff::civil::date(2026, 11, 20),
    );
    let page = agreement::page(desk);
    let mut others = Vec::new();
    for item in items {
        let (ours, theirs) = (
            agreement::in_program(&verifier, &item.draft),
            agreement::in_browser(&page, &item.draft),
        );
        let genuine = item.wanted == Verdict::Exact;
        let accused = theirs
            .iter()
            .find(|(.., verdict)| verdict != "exact" && verdict != "unheld");
        assert!(!genuine || accused.is_none(), "{}: {accused:?}", item.draft);
        if ours != theirs {
            others.push(format!("{}: {ours:?}, in the browser {theirs:?}", item.draft));
        }
    }
    assert!(others.len() * 50 <= items.len(), "{others:#?}");
}

#[test]
fn the_page_judges_every_kind_of_citation() {
    let desk = library();
    let verifier = Verifier::new(
        index::open(&desk.root().join("index")).unwrap(),
        jiff::civil::date(2026, 11, 20),
    );
    let page = agreement::page(&desk);
    for draft in [
        "《澄溪县禁猎条例》第二条规定：“每年三月至五月为禁猎期”。",
        "《澄溪县禁猎条例》第2条规定：「每年三月 至五月\n為禁獵期」。",
        "《澄溪县禁猎条例》规定：\n\n> 县林业主管部门负责禁猎工作，乡镇人民政府应当予以协助。",
        "要落实“乡镇人民政府应当予以协助”的要求[^1]。\n\n[^1]: 《澄溪县禁猎条例》第二条。",
        "《澄溪县禁猎条例》第二条规定：“县林业主管部门负责禁猎工作……每年三月至五月为禁猎期”。",
        "《澄溪县禁猎条例》第二条规定：“每年三月至五月为禁猎期……县林业主管部门负责禁猎工作”。",
        "依照《澄溪县禁猎条例》第三条第（二）项、第三项和第五条处理，该条例第二条第三款另有规定。",
        "依照澄溪县禁猎条例第一条至第三条、第七条处理。",
        "依照澄溪县禁猎条例第三条第一项至第三项、第二条第一至第二款处理。",
        "有野生动物法第三条所列行为，具备野生动物法第五条规定的情形，经水务部令第12号公布。",
        "《澄溪县禁猎条例》（2009年修正）第二条、第三条（现为2021年修订后的第四条、第五条）。",
        "构成《野生动物法》第三条规定的盗窃罪、第六条规定的诈骗罪或者第八条第一款诈骗罪和第九条的规定、第十条关于罚款的规定以及第十一条。",
        "依照《水法》第四条、二十条道路，五条犬只；《野生动物法》第三条、六条规定，七条 之规定，第八条，三条河流。",
        "应当按野生动物法第三条，并据仲裁法第五条，对反家庭暴力法第六条的理解，结合对外关系法第7条，由人民法院组织法第八条，参见前引法第9条。",
        "例如野生动物法第三条，按信访工作条例第四条，对外承包工程管理条例第五条，执行中华人民共和国监狱法第六条。",
        "依照《民法典》第1,179条、第１，０１２条和第1,17条处理。",
        "《某某问题的解释》已经施行，根据该司法解释第八条规定处理。",
        "《澄溪县禁猎条例》（以下简称《禁猎条例》）第三条规定：“每年三月至五月为禁猎期”。",
        "《澄溪县禁猎条例》第二条规定：“每年三月至六月为禁猎期”。",
        "《澄溪县禁猎条例》规定：“任何单位不得经营野味餐馆和野味摊点”。",
        "《澄溪县禁猎办法》第二条规定：“狩猎人员应当随身携带狩猎证件备查”。",
        "郑某非法狩猎案（检例第955号）和王某盗窃案（检例第955号），检例第955、956号，（2023）澄0123刑初7号判决。",
        "检例第955号指出：“猎捕野生鸟类一百四十三只”。",
        "根据《澄溪县禁猎条例》第二条规定，县林业主管部门负责禁猎工作，乡镇人民政府可以予以协助。",
        "他说：“这件事情我们早就知道了。”《某某法》第三条规定：“任何人都应当遵守这一规定”。",
    ] {
        assert_eq!(
            agreement::in_browser(&page, draft),
            agreement::in_program(&verifier, draft),
            "{draft}"
        );
    }
}

#[test]
fn the_same_holds_of_real_laws_and_cases() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-corpus");
    if !corpus.is_dir() || std::env::var_os("JIANYAN_CITATIONS").is_none() {
        return;
    }
    let desk = Desk::new();
    let corpus = corpus.to_str().unwrap();
    desk.expect(0, &["--corpus", corpus, "build", "-q"]);
    let tried = Tried::of(&desk.root().join("index"), 5000);
    let Tried {
        faults, seen, missed, ..
    } = &tried;
    println!("{seen} of {faults} faults\n{}", missed.join("\n"));
    tried.holds();
}
