//! Answers for people, programs and evaluations.

use crate::cli::{GOOD, sample};
use crate::desk::Desk;
use serde_json::Value;
use std::io::Write;
use std::process::Stdio;

#[test]
fn search_explains_itself() {
    let desk = Desk::new();
    desk.write("corpus/synonyms.yaml", "builtin: false\n");
    desk.write("corpus/a.md", GOOD);
    desk.expect(0, &["build", "-q"]);
    let arguments = ["search", "--explain", "非法采砂 -盗窃 kind:report"];
    let (json, _) = desk.expect(0, &["search", "--explain", "--format", "json", arguments[2]]);
    let found: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(found["total"], 1);
    let explanation = &found["explanation"];
    assert_eq!(explanation["clauses"][0][0]["typed"], "非法采砂");
    assert_eq!(explanation["tokens"][0]["fields"][0]["documents"], 1);
    let parts = explanation["hits"][0]["contributions"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
    assert!((sum - found["hits"][0]["score"].as_f64().unwrap()).abs() < 1e-4);

    let (human, _) = desk.expect(0, &arguments);
    for line in [
        "检索词  非法采砂 = 非法·法采·采砂\n",
        "排除　  盗窃 = 盗窃\n",
        "筛选　  kind:report\n",
        "词元 非法  正文 1×1（1 篇）\n",
        "短语 非法·法采·采砂  正文 1×0.5（至多 1 篇）\n",
        "由以下各项相加",
    ] {
        assert!(human.contains(line), "{line} in {human}");
    }
    let (plain, _) = desk.expect(0, &["search", "--format", "json", "采砂"]);
    assert!(!plain.contains("explanation"));
}

#[test]
fn eval_measures_search_beside_its_baselines() {
    let desk = Desk::new();
    desk.write("corpus/a.md", GOOD);
    desk.expect(0, &["build", "-q"]);
    desk.write("queries.tsv", "1\t非法采砂\t词语\n2\t採砂 河道\t繁体\n");
    desk.write("qrels.tsv", "1\ta\t1\n2\ta\t1\n");
    let arguments = ["eval", "queries.tsv", "qrels.tsv", "--format", "json"];
    let found: Value = serde_json::from_str(&desk.expect(0, &arguments).0).unwrap();
    assert_eq!(found["total"]["queries"], 2);
    assert_eq!(found["total"]["jianyan"]["ndcg_10"], 1.0);
    assert_eq!(found["total"]["grep"]["mrr_10"], 0.5);
    assert_eq!(found["groups"][1]["group"], "繁体");
    assert_eq!(found["groups"][1]["any_token"]["recall_50"], 1.0);
    let (table, _) = desk.expect(0, &arguments[..3]);
    assert!(
        table.lines().count() == 1 + 3 * 3 && table.contains("合计（2）"),
        "{table}"
    );

    desk.write("qrels.tsv", "1\ta\n");
    let refused = desk.run(&arguments);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("qrels.tsv 第 1 行"), "{said}");
}

#[test]
fn search_answers_people_programs_and_evaluations() {
    let desk = sample();
    desk.expect(0, &["build", "-q"]);
    let json: Value =
        serde_json::from_str(&desk.expect(0, &["search", "--format", "json", "文身", "类别:案例"]).0).unwrap();
    assert_eq!(json["total"], 1);
    let hit = &json["hits"][0];
    assert_eq!(hit["id"], "案例/C02-督促整治文身场所向未成年人提供服务行政公益诉讼案");
    assert_eq!(
        (hit["tier"].as_str(), hit["kind"].as_str()),
        (Some("strict"), Some("case"))
    );
    assert!(hit["snippet"].as_str().unwrap().contains("<mark>文身</mark>"));
    assert_eq!(json["facets"]["kind"]["case"], 1);

    let (human, _) = desk.expect(0, &["search", "检例第142号"]);
    assert!(
        human.contains("检索到 2 篇") && human.contains("关于澄溪县未成年人文身情况的调研报告"),
        "{human}"
    );
    assert!(
        human.contains("类别：案例 1 · 调研报告 1") && human.contains("年份：2022 2"),
        "{human}"
    );

    desk.write("q.tsv", "q1\t文身\nq2\t古树名木 保护\n");
    let (trec, _) = desk.expect(0, &["search", "--queries", "q.tsv", "--format", "trec", "--limit", "5"]);
    let lines: Vec<Vec<&str>> = trec.lines().map(|line| line.split(' ').collect()).collect();
    assert!(
        lines
            .iter()
            .all(|line| line.len() == 6 && line[1] == "Q0" && line[5] == "jianyan"),
        "{trec}"
    );
    assert!(lines.iter().any(|line| line[0] == "q2"));
    assert_eq!(lines[0][3], "1");
    assert!(
        lines[0][4].parse::<f32>().unwrap() > 1_000.0,
        "strict stands before related"
    );
}

#[test]
fn search_finds_what_is_like_a_document_or_a_text() {
    let desk = sample();
    desk.expect(0, &["build", "-q"]);
    let own = "调研报告/R01-关于澄溪县未成年人文身情况的调研报告";
    let json: Value = serde_json::from_str(&desk.expect(0, &["search", "--like", own, "--format", "json"]).0).unwrap();
    let hits = json["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 10);
    assert!(hits.iter().all(|hit| hit["id"] != own));
    assert_eq!(
        (hits[0]["band"].as_str(), hits[0]["phrases"][0].as_str()),
        (Some("near"), Some("未成年人文身情况"))
    );
    assert_eq!(json["like"], own);
    let unknown = desk.run(&["search", "--like", "没有这篇"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("没有标识为“没有这篇”的文献"));

    let mut child = desk
        .command(&["search", "--like", "-", "--limit", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = "电瓶车盗窃案件高发，被盗车辆改装后销售，充电引发火灾。";
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let human = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    for part in [
        "链条调研",
        "高度相似",
        "调研报告",
        "沈某",
        "2024-07-09",
        "已转化",
        "市级转化",
        "共有词句：",
    ] {
        assert!(human.contains(part), "{part} in {human}");
    }
}

#[test]
fn an_empty_result_helps_people_and_programs() {
    let desk = sample();
    desk.expect(0, &["build", "-q"]);
    let (human, _) = desk.expect(0, &["search", "公议诉讼", "月球"]);
    assert!(human.contains("检索到 0 篇") && human.contains("公益诉讼（"), "{human}");
    let json: Value = serde_json::from_str(&desk.expect(0, &["search", "公议诉讼", "--format", "json"]).0).unwrap();
    assert_eq!(
        (&json["help"][0]["q"], &json["help"][0]["why"]),
        (&"公益诉讼".into(), &"sound".into())
    );
    assert!(json["help"][0]["n"].as_u64().unwrap() > 0);
    let json: Value = serde_json::from_str(&desk.expect(0, &["search", "文身", "--format", "json"]).0).unwrap();
    assert!(json.get("help").is_none());
}

#[test]
fn options_may_stand_behind_the_query() {
    let desk = Desk::new();
    desk.write("corpus/甲.md", GOOD);
    desk.write("corpus/乙.md", GOOD.replace("非法采砂", "采砂与盗窃"));
    desk.expect(0, &["build", "-q"]);
    for arguments in [
        &["search", "采砂 -盗窃", "--format", "json", "--limit", "5"] as &[&str],
        &["search", "采砂", "--format", "json", "--", "-盗窃"],
    ] {
        let answer: Value = serde_json::from_str(&desk.expect(0, arguments).0).unwrap();
        assert_eq!(
            (answer["query"].as_str(), answer["total"].as_u64()),
            (Some("采砂 -盗窃"), Some(1)),
            "{arguments:?}"
        );
    }
}
