use super::date::Day;
use super::*;
use crate::corpus::Source;
use crate::diagnostic::Diagnostic;

fn source(front: &str) -> Source {
    let text = format!("---\n{front}---\n正文。\n");
    Source::of("调研报告/某报告".into(), "调研报告/某报告.md".into(), text)
}

/// The record of a front matter with its diagnostics as rule and line.
fn read_front(front: &str) -> (Record, Vec<(&'static str, u32)>) {
    let (record, diagnostics) = read(&source(front));
    (record, diagnostics.iter().map(place).collect())
}

fn place(diagnostic: &Diagnostic) -> (&'static str, u32) {
    (diagnostic.code, diagnostic.position.map_or(0, |position| position.line))
}

/// The record of a front matter that is in order.
fn record(front: &str) -> Record {
    let (record, told) = read_front(&format!("kind: report\ntitle: 题\ndate: 2024-01-01\n{front}"));
    assert_eq!(told, [], "{front}");
    record
}

fn day(text: &str) -> Option<Day> {
    Some(Day::parse(text).unwrap())
}

#[test]
fn a_report_reads_the_same_in_english_and_in_chinese() {
    let english = "kind: report\ntitle: 题\ndate: 2023-03-05\nunit: 某院\ndepartments: [甲部]\n\
        authors: [甲某, {name: 乙某, role: writer}]\nlines: [民事]\ncauses: [盗窃罪]\ntags: [标]\nsummary: 摘。\n\
        laws: [刑法第264条]\nrelated: [案例/一]\nsupersedes: [调研报告/旧]\nbenefits: {people: 2000余, amount: 18.5万}\n\
        honours: [{title: 省级二等奖, level: province, issuer: 省院, date: 2024-01}]\nvisibility: public\n\
        review: {by: 办公室, date: 2023-04-01, result: 可以公开}\ndraft: true\ngenre: 论文\nmethods: [问卷]\n\
        partners: [某局]\ntopic: 项目/一\nadoptions:\n  - {date: 2023-05-01, form: norm, level: county, \
        authority: 某县政府, effect: issued, document: '某政发[2023]1号', evidence: 卷一, note: 注, leads_to: [检察建议/一], visibility: public}\n";
    let chinese = "类别: 调研报告\n标题: 题\n成文日期: 2023年3月5日\n单位: 某院\n部门: [甲部]\n\
        作者: [甲某, {姓名: 乙某, 分工: 执笔}]\n业务条线: [民事]\n案由: [盗窃罪]\n标签: [标]\n摘要: 摘。\n\
        引用法条: [刑法第264条]\n相关文献: [案例/一]\n替代: [调研报告/旧]\n成效: {受益人数: 2000余, 挽回损失（元）: 18.5万}\n\
        荣誉: [{名称: 省级二等奖, 层级: 省级, 授予单位: 省院, 日期: 2024年1月}]\n公开范围: 公开\n\
        保密审查: {审查人: 办公室, 日期: 2023-04-01, 结论: 可以公开}\n草稿: 是\n文种: 论文\n方法: [问卷]\n\
        合作单位: [某局]\n所属项目: 项目/一\n转化情况:\n  - {日期: 2023-05-01, 转化形式: 规范性文件, 层级: 县级, \
        批示(采纳)单位: 某县政府, 办理程度: 已形成文件, 文号: 某政发〔2023〕1号, 佐证材料: 卷一, 备注: 注, 衍生成果: [检察建议/一], 公开范围: 公开}\n";
    let (record, told) = read_front(english);
    assert_eq!(told, []);
    assert_eq!((record.clone(), told), read_front(chinese));
    assert_eq!(
        record.authors[1],
        Author {
            name: "乙某".into(),
            role: Some(Role::Writer)
        }
    );
    assert_eq!(
        record
            .benefits
            .amount
            .as_ref()
            .map(|amount| (amount.value.value, amount.line)),
        Some((18_500_000, 15))
    );
    assert_eq!((record.visibility, record.draft), (Visibility::Public, true));
    let Detail::Report(report) = &record.detail else {
        panic!("not a report")
    };
    let event = &report.adoptions[0];
    assert_eq!(
        (event.date, event.document.as_deref(), event.line),
        (day("2023-05-01"), Some("某政发〔2023〕1号"), 25)
    );
}

#[test]
fn a_case_has_its_rank_as_its_first_honour() {
    let (record, told) = read_front(
        "类别: 案例\n标题: 某案\ndate: 2023-01-01\n案例等次: 典型案例\n层级: 省级\n评定单位: [省院]\n评定日期: 2023-06-01\n\
         案例编号: 检例 第１２号\n批次: 第三批\n案号: (2022)某刑初1号\nhonours: [{title: 市级优秀案例, date: 2022-12-01}]\n",
    );
    assert_eq!(told, []);
    let titles: Vec<_> = record
        .honours
        .iter()
        .map(|honour| (&*honour.title, honour.level, honour.rank))
        .collect();
    let expected = [
        ("省级典型案例", Some(Level::Province), Some(CaseRank::Typical)),
        ("市级优秀案例", Some(Level::City), Some(CaseRank::Excellent)),
    ];
    assert_eq!(titles, expected);
    assert_eq!((record.honours[0].date, record.honours[0].line), (day("2023-06-01"), 5));
    let Detail::Case(case) = record.detail else {
        panic!("not a case")
    };
    assert_eq!(
        (case.number.as_deref(), case.court_number.as_deref()),
        (Some("检例第12号"), Some("（2022）某刑初1号"))
    );
}

#[test]
fn a_recommendation_has_its_steps() {
    let (record, told) = read_front(
        "kind: 检察建议\ntitle: 书\ndate: 2023-01-01\n建议类型: 纠正违法\n民事执行: 是\n文号: 某检建【2023】第02号\n被建议单位: 某院\n\
         抄送: 甲局、乙局\n问题: [一, 二]\n建议: 一、做甲；二、做乙。\n重点督办: true\n制发: 2023-01-01\n送达: 2023-01-02\n\
         送达方式: 宣告送达\nurgent: no\ndue: 2023-05-01\nobjection: {date: 2023-01-10, outcome: 成立}\nwithdrawn: 2023-02-01\n\
         回复: {日期: 2023-02-01, 结果: 部分采纳, 内容: 已办}\n整改: {date: 2023-03-01, outcome: full}\n\
         跟进: [{date: 2023-04-01, note: 回访}]\n跟进监督: [{date: 2023-04-02, step: 提请}]\nclosed: 2023-05-01\n来源报告: ./调研报告/一.md\n",
    );
    assert_eq!(told, [("text-as-list", 9)]);
    let Detail::Recommendation(read) = record.detail else {
        panic!("not a recommendation")
    };
    assert_eq!(
        (read.number.as_deref(), read.enforcement, read.priority, read.urgent),
        (Some("某检建〔2023〕2号"), true, true, false)
    );
    assert_eq!(
        (read.cc.len(), read.suggestions.len(), read.source.as_deref()),
        (2, 1, Some("调研报告/一"))
    );
    assert_eq!(
        read.delivered,
        Some(Located {
            value: day("2023-01-02").unwrap(),
            line: 14
        })
    );
    assert_eq!(
        read.objection,
        Some(Step {
            date: day("2023-01-10"),
            text: Some("成立".into()),
            line: 18
        })
    );
    assert_eq!(
        read.reply.map(|reply| (reply.outcome, reply.summary)),
        Some((Some(Outcome::Partial), Some("已办".into())))
    );
    assert_eq!(
        read.rectification.and_then(|found| found.outcome),
        Some(Rectified::Full)
    );
    assert_eq!(
        (read.followups[0].text.as_deref(), read.escalations[0].text.as_deref()),
        (Some("回访"), Some("提请"))
    );
    assert_eq!(
        read.closed,
        Some(Step {
            date: day("2023-05-01"),
            text: None,
            line: 24
        })
    );
}

#[test]
fn a_topic_has_its_results() {
    let (record, told) = read_front(
        "kind: 课题\ntitle: 项\ndate: 2023-01-01\ncategory: 创新课题\n申报方式: 个人申报\n状态: 在研\n负责人: 甲某\n成员: [乙某]\n\
         截止日期: 2023-02-01\n选题: [一]\n关键成果: [{text: 完成, done: true}, 问卷]\n产出: 调研报告/一\n",
    );
    assert_eq!(told, []);
    let Detail::Topic(topic) = record.detail else {
        panic!("not a topic")
    };
    assert_eq!(
        (topic.status, topic.deadline),
        (Some(TopicStatus::Running), day("2023-02-01"))
    );
    let results: Vec<_> = topic
        .key_results
        .iter()
        .map(|result| (&*result.text, result.done))
        .collect();
    assert_eq!(
        (results, topic.outputs),
        (vec![("完成", true), ("问卷", false)], vec!["调研报告/一".into()])
    );
}

#[test]
fn single_values_and_lists_in_one_text_are_lists() {
    assert_eq!(record("tags: 一项\n").tags, ["一项"]);
    let (record, told) = read_front(
        "kind: report\ntitle: 题\ndate: 2024-01-01\nauthors: 甲某（执笔）、乙某\ntags: 甲（一、二），乙;丙\nlaws: 刑法第264条、第266条，民法典第1条\n",
    );
    assert_eq!(told, [("text-as-list", 5), ("text-as-list", 6), ("text-as-list", 7)]);
    assert_eq!(
        record.authors[0],
        Author {
            name: "甲某".into(),
            role: Some(Role::Writer)
        }
    );
    assert_eq!(record.tags, ["甲（一、二）", "乙", "丙"]);
    assert_eq!(record.laws, ["刑法第264条", "刑法第266条", "民法典第1条"]);
}

#[test]
fn a_cause_with_a_comma_in_it_is_one() {
    assert_eq!(
        record("causes: 掩饰、隐瞒犯罪所得罪\n").causes,
        ["掩饰、隐瞒犯罪所得罪"]
    );
    let (record, _) = read_front("kind: case\ntitle: 题\ndate: 2024-01-01\ncauses: 盗窃罪、诈骗罪\n");
    assert_eq!(record.causes, ["盗窃罪", "诈骗罪"]);
}

#[test]
fn no_and_numbers_stay_text_where_text_is_meant() {
    let record = record("tags: [no, 1.10, 2023-01]\nsummary: no\n");
    assert_eq!(
        (record.tags, record.summary.as_deref()),
        (vec!["no".into(), "1.10".into(), "2023-01".into()], Some("no"))
    );
}

#[test]
fn unknown_keys_are_kept_and_told() {
    let (record, told) =
        read_front("kind: report\ntitle: 题\ndate: 2024-01-01\n备忘: [甲, {乙: 丙}]\nrank: 典型案例\n");
    assert_eq!(told, [("unknown-key", 5), ("key-of-other-kind", 6)]);
    assert_eq!(
        record.unknown,
        [("备忘".into(), "甲, 乙: 丙".into()), ("rank".into(), "典型案例".into())]
    );
}

#[test]
fn what_cannot_be_read_keeps_a_document_from_the_public() {
    assert_eq!(record("visibility: public\n").visibility, Visibility::Public);
    let broken = "kind: report\ntitle: 题\ndate: 2024-01-01\nvisibility: public\nsummary: 一: 二\n";
    assert_eq!(read_front(broken).0.visibility, Visibility::Internal);
    assert_eq!(read_front("visibility: 公丌\n").0.visibility, Visibility::Internal);
    let marked = "kind: report\ntitle: 题\ndate: 2024-01-01\nvisibility: public\n密级: 工作秘密\n";
    let (read, told) = read_front(marked);
    assert_eq!(read.visibility, Visibility::Internal);
    assert_eq!(told, [("secrecy-against-visibility", 6)]);
    assert!(read_front("draft: 也许\n").0.draft);
    assert!(!record("draft: 否\n").draft);
}

#[test]
fn events_come_by_date() {
    let front =
        "adoptions:\n  - {form: norm}\n  - {form: decision, date: 2024-05-01}\n  - {form: briefing, date: 2024-03}\n";
    let Detail::Report(report) = record(front).detail else {
        panic!("not a report")
    };
    let forms: Vec<_> = report.adoptions.iter().map(|event| (event.form, event.line)).collect();
    assert_eq!(forms, [(Form::Briefing, 8), (Form::Decision, 7), (Form::Norm, 6)]);
}

#[test]
fn a_value_is_located_by_its_path_under_either_name() {
    let source = source("标题: 题\n转化情况:\n  - {日期: 2023-05-01, 衍生成果: [甲, 乙]}\n");
    let places = front::Places::new(&source);
    let at = |path: &[&str]| places.find(path).map(|span| &source.text[span]);
    assert_eq!(at(&["title"]), Some("题"));
    assert_eq!(at(&["adoptions", "0", "leads_to", "1"]), Some("乙"));
    assert_eq!(at(&["adoptions", "0", "date"]), Some("2023-05-01"));
    assert_eq!(at(&["adoptions", "1"]), None);
}

#[test]
fn a_slip_of_the_pen_does_not_publish_a_draft() {
    let read = |front: &str| read_front(&format!("kind: report\ntitle: 题\ndate: 2024-01-01\n{front}")).0;
    for front in [
        "drfat: true\n",
        "dra\u{200b}ft: true\n",
        "dr\u{430}ft: yes\n",
        "草\u{200b}稿: 是\n",
        "meta:\n  draft: true\n",
        "<<: {draft: true}\n",
        "visibility: public\nvisiblity: internal\n",
        "visibility: public\nmeta: {公开范围: 内部}\n",
    ] {
        assert!(read(front).draft, "{front}");
    }
    for front in [
        "drfat: false\n",
        "原稿: 卷一\n",
        "公开时间: 2024\n",
        "备注: 草稿已存档\n",
        "meta: {draft: no}\n",
    ] {
        assert!(!read(front).draft, "{front}");
    }
}

#[test]
fn the_corpus_knows_every_key_of_a_front_matter() {
    let kinds = Kind::ALL.iter().flat_map(|&kind| keys::of_kind(kind));
    for name in keys::COMMON.iter().chain(kinds).flat_map(super::key::Key::spellings) {
        assert!(crate::corpus::is_front_key(name), "{name}");
    }
}

#[test]
fn a_figure_within_braces_is_read_whole_or_refused() {
    for amount in ["￥1,846,000", "人民币1,846,000元", "1, 846, 000"] {
        let record = record(&format!("benefits: {{people: 4, amount: {amount}}}\n"));
        assert_eq!(record.benefits.amount.unwrap().value.value, 184_600_000, "{amount}");
    }
    for amount in ["1,84", "1,846,00", "184,6000", "两千六万元", "1 2"] {
        let front = format!("kind: report\ntitle: 题\ndate: 2024-01-01\nbenefits: {{amount: {amount}, people: 4}}\n");
        let (record, told) = read_front(&front);
        assert_eq!(record.benefits.amount, None, "{amount}");
        assert_eq!(record.benefits.people.unwrap().value.value, 4, "{amount}");
        assert_eq!(told, [("not-a-number", 5)], "{amount}");
    }
}

#[test]
fn lists_of_articles_stay_whole() {
    for (written, laws) in [
        ("刑法第264、263条", &["刑法第264、263条"] as &[_]),
        ("[刑法第三百四十一、三百四十二条]", &["刑法第三百四十一、三百四十二条"]),
        ("[刑法第264,266条]", &["刑法第264、266条"]),
        (
            "刑法第264条，民法典第1165、1166条",
            &["刑法第264条", "民法典第1165、1166条"],
        ),
        (
            "刑法第二百六十四、二百六十六条；民法典第1165条",
            &["刑法第二百六十四、二百六十六条", "民法典第1165条"],
        ),
        ("刑法第133条之一、之二", &["刑法第133条之一、之二"]),
        ("[刑法第264条, 同法第266条]", &["刑法第264条", "刑法第266条"]),
        ("刑法第264条、第266条", &["刑法第264条", "刑法第266条"]),
        ("刑法第264条、266条", &["刑法第264条", "刑法第266条"]),
        ("[民法典第1,179条]", &["民法典第1179条"]),
        ("刑法第1、264条", &["刑法第1、264条"]),
        (
            "刑法第一百三十三条之一第一款第（一）项、第（二）项",
            &[
                "刑法第一百三十三条之一第一款第（一）项",
                "刑法第一百三十三条之一第（二）项",
            ],
        ),
    ] {
        let front = format!("kind: report\ntitle: 题\ndate: 2024-01-01\nlaws: {written}\n");
        assert_eq!(read_front(&front).0.laws, laws, "{written}");
    }
}

#[test]
fn several_values_in_one_are_read_or_reported() {
    let read = |line: &str| read_front(&format!("kind: report\ntitle: 题\ndate: 2024-01-01\n{line}\n"));
    for line in [
        "causes: ［盗窃罪，诈骗罪］",
        "causes: [盗窃罪，诈骗罪]",
        "causes: 盗窃罪；诈骗罪",
        "causes: 盗窃罪、诈骗罪",
    ] {
        assert_eq!(read(line).0.causes, ["盗窃罪", "诈骗罪"], "{line}");
    }
    assert_eq!(read("causes: 掩饰、隐瞒犯罪所得罪").0.causes, ["掩饰、隐瞒犯罪所得罪"]);
    for line in [
        "authors:\n  -熊某\n  -白某",
        "authors: [“熊某”,“白某”]",
        "authors: 熊某&白某",
    ] {
        let names: Vec<_> = read(line).0.authors.into_iter().map(|author| author.name).collect();
        assert_eq!(names, ["熊某", "白某"], "{line}");
    }
    for line in [
        "tags:\n  － 文身\n  － 治理",
        "tags: （文身，治理）",
        "tags: 【文身】【治理】",
        "tags: 文身﹑治理",
    ] {
        assert_eq!(read(line).0.tags, ["文身", "治理"], "{line}");
    }
    for line in [
        "tags: 文身|治理",
        "tags: 文身/治理",
        "tags: 文身　治理",
        "tags: [\"文身，治理\"]",
        "authors: 熊某和白某",
        "honours: [全国优秀案例，省级典型案例]",
    ] {
        assert_eq!(read(line).1, [("several-in-one", 5)], "{line}");
    }
}

#[test]
fn what_a_sign_for_comments_cuts_off_is_reported() {
    let said = |lines: &str| read_front(&format!("kind: report\ntitle: 题\ndate: 2024-01-01\n{lines}\n")).1;
    for cut in [
        "summary: 甲 #乙",
        "summary: 第一句\n  #标签 第二句",
        "summary:\n  第一句\n  #标签",
        "unit: 某院\n #1",
        "sumary: 甲 # 乙",
    ] {
        assert!(said(cut).iter().any(|(code, _)| *code == "value-cut"), "{cut}");
    }
    for marked in ["summary: &nbsp;甲", "summary: &甲"] {
        assert!(said(marked).iter().any(|(code, _)| *code == "value-mark"), "{marked}");
    }
    for remark in [
        "unit: 某院\n#某部",
        "tags:\n  - 甲\n  #- 乙",
        "adoptions:\n  - form: decision\n    level: county\n    authority: 某县人民政府\n    date: 2024-02-01\n    #effect: issued",
        "tags: [甲] #乙",
    ] {
        assert!(said(remark).iter().all(|(code, _)| *code != "value-cut"), "{remark}");
    }
}

#[test]
fn a_form_that_nobody_filled_in_is_no_entry() {
    for empty in [
        "reply: {}",
        "reply:\n  date:\n  outcome:",
        "回复: {日期: , 采纳情况: ~}",
        "reply: {summary: \"\"}",
        "closed:\n  date:\n  reason: ''",
        "rectification: {date: , outcome: }",
    ] {
        let lines = format!("kind: recommendation\ntitle: 题\ndate: 2024-01-01\n{empty}\n");
        let (record, _) = read_front(&lines);
        let Detail::Recommendation(found) = record.detail else {
            panic!("{empty}")
        };
        assert!(
            found.reply.is_none() && found.closed.is_none() && found.rectification.is_none(),
            "{empty}"
        );
    }
}

#[test]
fn a_name_with_a_character_that_nobody_sees_is_the_same_name() {
    for hidden in ["\u{200B}", "\u{AD}", "\u{200E}", "\u{2060}", "\u{FE0F}"] {
        let (record, _) = read_front(&format!(
            "kind: report\ntitle: 题\ndate: 2024-01-01\nunit: 澄溪县{hidden}人民检察院\ndepartments: [第一{hidden}检察部]\n"
        ));
        assert_eq!(record.units, ["澄溪县人民检察院"], "{hidden:?}");
        assert_eq!(record.departments, ["第一检察部"], "{hidden:?}");
    }
}

#[test]
fn a_front_matter_of_colons_is_read_once() {
    for unit in [": ", "a:", "{a: "] {
        let text = format!("x: {{{}\n", unit.repeat(200_000));
        assert_eq!(crate::record::front::readable(&text), text);
    }
}
