//! What authors have written for them: new files, and entries into the front matter of old ones.

mod desk;

use desk::Desk;
use serde_json::Value;
use std::path::Path;

/// Codes of what `check` finds, with their severity.
fn findings(desk: &Desk) -> Vec<(String, String)> {
    let report: Value = serde_json::from_slice(&desk.run(&["check", "--format", "json"]).stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = report["diagnostics"].as_array().unwrap().iter();
    all.map(|finding| (text(&finding["severity"]), text(&finding["code"])))
        .collect()
}

/// All pages of the built site, as one text.
fn pages(desk: &Desk) -> String {
    desk.expect(0, &["build", "-q"]);
    walkdir::WalkDir::new(desk.root().join("site"))
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))
        .map(|entry| std::fs::read_to_string(entry.path()).unwrap())
        .collect()
}

/// Name of the only file in a folder of the corpus.
fn only_file(folder: &Path) -> String {
    let names: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    assert_eq!(names.len(), 1);
    names[0].file_name().into_string().unwrap()
}

#[test]
fn a_new_file_of_each_kind_builds_and_check_asks_for_nothing_but_content() {
    let desk = Desk::of_documents();
    desk.write("jianyan.yaml", "unit: 某县人民检察院\n");
    for (kind, folder, heading) in [
        ("report", "调研报告", "四、对策建议"),
        ("案例", "案例", "检察机关履职过程"),
        ("检察建议", "检察建议", "五、异议期限"),
        ("topic", "项目（课题）", "预期成果"),
    ] {
        let title = format!("关于“{folder}”: 一 # 二/三?");
        let (path, _) = desk.expect(0, &["new", kind, &title]);
        let name = only_file(&desk.path(folder));
        assert!(path.trim_end().ends_with(&name));
        assert!(
            name.starts_with("2026-11-20-关于“") && !name.contains(['/', ':', '?', '#', '"']),
            "{name}"
        );
        assert!(desk.read(&format!("{folder}/{name}")).contains(heading));
    }
    for finding in findings(&desk) {
        assert_eq!(finding, ("note".into(), "missing-summary".into()));
    }
    let pages = pages(&desk);
    for word in [
        "关于“案例”: 一 # 二/三?",
        "五、异议期限",
        "某县人民检察院",
        "2026-11-20",
    ] {
        assert!(
            pages.contains(word) || pages.contains(&word.replace('/', "&#x2f;")),
            "{word}"
        );
    }
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let desk = Desk::of_documents();
    desk.expect(0, &["new", "report", "Survey 一", "--date", "2024年3月5日"]);
    let name = "调研报告/2024-03-05-Survey-一.md";
    desk.write(name, "我的文字");
    let (_, said) = desk.expect(2, &["new", "report", "SURVEY 一", "--date", "2024-03-05"]);
    assert!(said.contains("不会覆盖"), "{said}");
    assert_eq!(desk.read(name), "我的文字");
    assert_eq!(only_file(&desk.path("调研报告")), "2024-03-05-Survey-一.md");
}

#[test]
fn what_can_not_be_is_refused_with_the_allowed_values() {
    let desk = Desk::of_documents();
    let (_, said) = desk.expect(2, &["new", "reprot", "题目"]);
    assert!(said.contains("report"), "{said}");
    desk.expect(2, &["new", "report", "?!"]);
    // Nobody is asked where there is no terminal.
    for missing in [&["new"] as &[&str], &["new", "report"]] {
        assert!(desk.expect(2, missing).1.contains("请写明类别和标题"));
    }
    desk.expect(2, &["new", "report", "题目", "--date", "2024-13-05"]);
    assert!(std::fs::read_dir(desk.path("")).unwrap().next().is_none());
}

const REPORT: &str = "调研报告/河道.md";
const BEFORE: &str =
    "---\n# 说明\nkind: report\ntitle: 河道\ndate: 2024-03-05 # 成文\nunit: 某县人民检察院\nsummary: 摘要。\n";
const AFTER: &str = "visibility: internal # 内部\n---\n\n正文 --- 一。\n";
const NEW: [&str; 16] = [
    "adopt",
    "调研报告/河道",
    "--form",
    "人大决议",
    "--level",
    "county",
    "--authority",
    "某县人大常委会",
    "--effect",
    "已形成文件",
    "--date",
    "2024年5月6日",
    "--document",
    "某人常[2024]第015号",
    "--note",
    "首次: 审议",
];
const INLINE: &str = "{date: 2024-05-06, form: resolution, level: county, authority: 某县人大常委会, effect: issued, document: \"某人常[2024]第015号\", note: \"首次: 审议\"}";

/// The event in block style, its first line after one lead, the others after another.
fn block(first: &str, others: &str) -> String {
    let lines = [
        "date: 2024-05-06",
        "form: resolution",
        "level: county",
        "authority: 某县人大常委会",
        "effect: issued",
        "document: \"某人常[2024]第015号\"",
        "note: \"首次: 审议\"",
    ];
    let leads = std::iter::once(first).chain(std::iter::repeat(others));
    leads.zip(lines).map(|(lead, line)| format!("{lead}{line}\n")).collect()
}

/// Files before and after the event was entered: (what stands there, what it becomes).
fn styles() -> Vec<(String, String)> {
    let whole = |middle: &str| format!("{BEFORE}{middle}{AFTER}");
    let event = "date: 2024-04-01\n    form: 刊发 # 学报\n    note: |\n      一\n      二\n";
    let lines = block("  - ", "    ");
    let mut all = vec![
        // No adoptions yet: the key becomes the last one.
        (
            whole(""),
            whole("").replace("# 内部\n", &format!("# 内部\nadoptions:\n{lines}")),
        ),
        // An empty key, an empty list.
        (
            whole("adoptions: # 用命令登记\n"),
            whole(&format!("adoptions: # 用命令登记\n{lines}")),
        ),
        (whole("adoptions: ~\n"), whole(&format!("adoptions: \n{lines}"))),
        (whole("adoptions: []\n"), whole(&format!("adoptions: [{INLINE}]\n"))),
        // Block style, with a comment after the last event.
        (
            whole(&format!("adoptions:\n  - {event}  # 待补\n")),
            whole(&format!("adoptions:\n  - {event}{lines}  # 待补\n")),
        ),
        // Items under their key, a wider gap, a dash alone.
        (
            whole("adoptions:\n-   date: 2024-04-01\n    form: 刊发\n\n"),
            whole(&format!(
                "adoptions:\n-   date: 2024-04-01\n    form: 刊发\n{}\n",
                block("-   ", "    ")
            )),
        ),
        (
            whole("adoptions:\n    -\n        form: 刊发\n"),
            whole(&format!(
                "adoptions:\n    -\n        form: 刊发\n{}",
                block("    - ", "      ")
            )),
        ),
        // Flow style: in one line, in several, a single one, an event in a block list.
        (
            whole("adoptions: [{form: 刊发}] # 一项\n"),
            whole(&format!("adoptions: [{{form: 刊发}}, {INLINE}] # 一项\n")),
        ),
        (
            whole("adoptions: [\n  {form: 刊发},\n]\n"),
            whole(&format!("adoptions: [\n  {{form: 刊发}},\n  {INLINE},\n]\n")),
        ),
        (
            whole("adoptions: {form: 刊发}\n"),
            whole(&format!("adoptions: [{{form: 刊发}}, {INLINE}]\n")),
        ),
        (
            whole("adoptions:\n  - {form: 刊发}\n"),
            whole(&format!("adoptions:\n  - {{form: 刊发}}\n  - {INLINE}\n")),
        ),
        // A front matter that is all in braces.
        (
            "---\n{kind: report, title: 河道, date: 2024-03-05, summary: 摘要}\n---\n正文\n".into(),
            format!(
                "---\n{{kind: report, title: 河道, date: 2024-03-05, summary: 摘要, adoptions: [{INLINE}]}}\n---\n正文\n"
            ),
        ),
        // No front matter at all.
        (
            "# 河道\n\n正文。\n".into(),
            format!("---\nkind: report\ntitle: 河道\nadoptions:\n{lines}---\n\n# 河道\n\n正文。\n"),
        ),
    ];
    // The line ends of Windows, with and without a byte order mark.
    for (mark, number) in [("", 0), ("\u{FEFF}", 4)] {
        let (old, new) = all[number].clone();
        all.push((
            mark.to_owned() + &old.replace('\n', "\r\n"),
            mark.to_owned() + &new.replace('\n', "\r\n"),
        ));
    }
    all
}

#[test]
fn an_adoption_is_entered_in_the_style_of_the_file_and_no_other_byte_changes() {
    for (old, new) in styles() {
        let desk = Desk::of_documents();
        desk.write(REPORT, &old);
        let output = desk.run(&NEW);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{old}\n{said}");
        assert_eq!(desk.read(REPORT), new, "from {old}");
        // Nothing else was left in the folder.
        assert_eq!(only_file(&desk.path("调研报告")), "河道.md");
        assert!(
            !findings(&desk).iter().any(|(severity, _)| severity == "error"),
            "{new}"
        );
    }
}

#[test]
fn the_event_shows_on_the_page_and_counts() {
    let desk = Desk::of_documents();
    desk.write(REPORT, format!("{BEFORE}{AFTER}"));
    assert!(!pages(&desk).contains("某县人大常委会"));
    desk.expect(0, &NEW);
    let pages = pages(&desk);
    for word in ["某县人大常委会", "某人常〔2024〕15号", "首次: 审议"] {
        assert!(pages.contains(word), "{word}");
    }
}

#[test]
fn who_writes_in_chinese_gets_chinese() {
    let desk = Desk::of_documents();
    let old = "---\n类别: 调研报告\n标题：河道\n成文日期: 2024-03-05\n摘要: 一\n转化情况:\n  - 日期: 2024-04-01\n    转化形式: 刊发\n---\n正文\n";
    desk.write(REPORT, old);
    desk.expect(0, &NEW);
    let new = "  - 日期: 2024-05-06\n    转化形式: 人大决议（决定、审议意见）\n    层级: 县级\n    批示（采纳）单位: 某县人大常委会\n    办理程度: 已形成文件\n    文号: \"某人常[2024]第015号\"\n    备注: \"首次: 审议\"\n---\n";
    assert_eq!(desk.read(REPORT), old.replace("---\n正文", &format!("{new}正文")));
}

#[test]
fn files_in_other_encodings_stay_in_them() {
    let (old, new) = styles().remove(0);
    let utf16 = |text: &str| -> Vec<u8> {
        [0xFFFE_u16.swap_bytes()]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    for (before, after) in [(utf16(&old), utf16(&new)), (gb18030(&old), gb18030(&new))] {
        let desk = Desk::of_documents();
        desk.write(REPORT, &before);
        desk.expect(0, &NEW);
        assert!(std::fs::read(desk.path(REPORT)).unwrap() == after);
    }
}

#[test]
fn what_can_not_be_entered_leaves_the_file_as_it_is_and_says_why() {
    let desk = Desk::of_documents();
    for (text, code, why) in [
        (
            "---\nkind: report\ntitle: [河道\n---\n正文\n".to_owned(),
            1,
            "jianyan check",
        ),
        (
            "---\nkind: report\ntitle: 河道\n\n正文没有结尾\n".to_owned(),
            1,
            "jianyan check",
        ),
        (format!("{BEFORE}adoptions:\n  form: 刊发\n{AFTER}"), 1, "不是列表"),
        (format!("{BEFORE}adoptions: 一次\n{AFTER}"), 1, "不是列表"),
        (styles().remove(0).1, 1, "已有这项登记"),
        (format!("{BEFORE}{AFTER}").replace("report", "case"), 2, "案例"),
        ("---\nkind: report\ntitle: 河道\n---\n机密★1年\n".to_owned(), 2, "涉密"),
    ] {
        desk.write(REPORT, &text);
        let (_, said) = desk.expect(code, &NEW);
        assert!(said.contains(why), "{text}\n{said}");
        assert_eq!(desk.read(REPORT), text);
    }
    let mut unknown = NEW;
    unknown[1] = "调研报告/河导";
    let (_, said) = desk.expect(2, &unknown);
    assert!(said.contains("最接近的是“调研报告/河道”"), "{said}");
}

#[test]
fn a_strange_event_is_entered_and_remarked_on() {
    let desk = Desk::of_documents();
    desk.write(REPORT, format!("{BEFORE}{AFTER}"));
    let mut early = NEW;
    (early[7], early[11]) = ("王某", "2023-05-06");
    let (_, said) = desk.expect(0, &early);
    assert!(
        said.contains("event-before-document") && said.contains("authority-is-a-person"),
        "{said}"
    );
}

#[test]
fn a_reply_is_entered_once() {
    let desk = Desk::of_documents();
    let file = "检察建议/河道.md";
    let front = "kind: recommendation\ntitle: 建议\ndate: 2024-03-05\nsummary: 一\ndelivered: 2024-03-06\n";
    let reply = [
        "reply",
        "检察建议/河道",
        "--date",
        "2024-04-01",
        "--outcome",
        "采纳",
        "--summary",
        "已整改",
    ];
    for (there, then) in [
        (
            "",
            "reply:\n  date: 2024-04-01\n  outcome: accepted\n  summary: 已整改\n",
        ),
        (
            "reply: # 尚未\n",
            "reply: # 尚未\n  date: 2024-04-01\n  outcome: accepted\n  summary: 已整改\n",
        ),
    ] {
        desk.write(file, format!("---\n{front}{there}---\r\n正文\n"));
        desk.expect(0, &reply);
        assert_eq!(desk.read(file), format!("---\n{front}{then}---\r\n正文\n"));
    }
    assert!(pages(&desk).contains("已整改"));
    let before = desk.read(file);
    let (_, said) = desk.expect(1, &reply);
    assert!(said.contains("已有这项登记"), "{said}");
    assert_eq!(desk.read(file), before);
}

#[test]
fn every_report_of_the_sample_corpus_takes_an_event_as_one_piece_of_new_text() {
    let desk = Desk::of_documents();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/调研报告");
    let mut reports = 0;
    for entry in std::fs::read_dir(sample).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let old = std::fs::read_to_string(entry.path()).unwrap();
        if !old.contains("kind: report") {
            continue;
        }
        let file = format!("调研报告/{name}");
        desk.write(&file, &old);
        let mut event = NEW;
        event[1] = file.strip_suffix(".md").unwrap();
        desk.expect(0, &event);
        let new = desk.read(&file);
        let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        assert_eq!(
            &old.as_bytes()[same..],
            &new.as_bytes()[new.len() - (old.len() - same)..],
            "{name}"
        );
        std::fs::remove_file(desk.path(&file)).unwrap();
        reports += 1;
    }
    assert!(reports > 10);
}

#[test]
fn the_schema_has_every_key_in_both_languages_and_the_values_of_the_reader() {
    let desk = Desk::of_documents();
    desk.write("jianyan.yaml", "vocabularies:\n  genre: [调研报告, 手记]\n");
    let schema: Value = serde_json::from_str(&desk.expect(0, &["schema"]).0).unwrap();
    for key in ["title", "标题", "date", "成文日期", "review", "保密审查"] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
    let has = |value: &Value, word: &str| value["enum"].as_array().unwrap().iter().any(|known| known == word);
    assert!(has(&schema["properties"]["类别"], "案例") && has(&schema["properties"]["kind"], "case"));
    let of_kinds = schema["allOf"].as_array().unwrap();
    assert_eq!(of_kinds.len(), 4);
    let report = &of_kinds[0]["then"];
    let event = &report["properties"]["adoptions"]["anyOf"][1]["items"]["properties"];
    assert!(has(&event["form"], "resolution") && has(&event["转化形式"], "人大决议") && has(&event["层级"], "县级"));
    assert!(has(&report["propertyNames"], "转化情况") && !has(&report["propertyNames"], "addressee"));
    assert!(has(&report["properties"]["genre"], "手记"));
    let reply = &of_kinds[2]["then"]["properties"]["回复"]["anyOf"][1]["properties"];
    assert!(has(&reply["outcome"], "部分采纳"));
}

mod properties {
    //! What holds for any event and any reply in any style of file.

    use jianyan::author::{AuthorError, adopt, reply};
    use jianyan::corpus;
    use jianyan::record::date::Day;
    use jianyan::record::{self, Adoption, Detail, Effect, Form, Level, Outcome, Reply};
    use jianyan::settings::Settings;
    use proptest::prelude::*;
    use std::path::Path;

    /// Texts that YAML could take for something else.
    fn text() -> impl Strategy<Value = Option<String>> {
        let awkward = prop::sample::select(vec![
            "县委",
            "第1期",
            "no",
            "1.10",
            "2024-01-01",
            "一: 二",
            "# 一",
            "- 一",
            "[一]",
            "{一: 二}",
            "'一'",
            "\"一\"",
            "一 # 二",
            "&一",
            "*一",
            "!一",
            "%一",
            "@一",
            "|",
            ">",
            "~",
            "null",
            "true",
            "一\\二",
            "《检察调研》2023年第3期",
        ]);
        let any = prop_oneof![awkward.prop_map(str::to_owned), "[a-z甲乙丙：:#'\", \\[\\]{}-]{1,12}"];
        prop::option::of(any).prop_map(|text| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn day() -> impl Strategy<Value = Option<Day>> {
        let day = (2022..2026_i16, prop::option::of(1..13_i8), prop::option::of(1..29_i8));
        day.prop_map(|(year, month, day)| Day::of(year, month, month.and(day)))
    }

    prop_compose! {
        fn event()(
            date in day(), authority in text(), document in text(), evidence in text(), note in text(),
            form in prop::sample::select(Form::ALL), level in prop::option::of(prop::sample::select(Level::ALL)),
            effect in prop::option::of(prop::sample::select(Effect::ALL)),
        ) -> Adoption {
            Adoption { date, form, level, authority, effect, document, evidence, note, leads_to: vec![], visibility: None, line: 0 }
        }
    }

    /// The front matter around the list of events: before it, its key with what it holds, after it.
    fn file() -> impl Strategy<Value = String> {
        let events = prop::sample::select(vec![
            "",
            "adoptions:\n",
            "adoptions: # 待补\n",
            "adoptions: []\n",
            "adoptions: [{form: 刊发}] # 一项\n",
            "adoptions:\n  - {form: 刊发}\n",
            "adoptions:\n  - date: 2021-04-01\n    form: 刊发 # 学报\n    note: |\n      一\n      二\n",
            "adoptions:\n-   form: 刊发\n\n",
            "转化情况:\n  - 转化形式: 刊发\n",
        ]);
        let after = prop::sample::select(vec!["", "tags: [a]\n", "summary: '一'  # 注\n\n"]);
        let end = prop::sample::select(vec!["\n", "\r\n"]);
        (events, after, end).prop_map(|(events, after, end)| {
            let text = format!(
                "---\n# 说明\nkind: report\ntitle: 河道\ndate: 2021-01-05 # 成文\n{events}{after}---\n\n正文 --- 一。\n"
            );
            text.replace('\n', end)
        })
    }

    fn events(folder: &Path) -> Vec<Adoption> {
        let read = corpus::read(folder).unwrap();
        match record::read(&read.sources[0]).0.detail {
            Detail::Report(report) => report.adoptions,
            other => panic!("{other:?}"),
        }
    }

    /// Whether a text is another with one piece put into it.
    fn grew(old: &[u8], new: &[u8]) -> bool {
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let rest = old
            .iter()
            .rev()
            .zip(new.iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        new.len() > old.len() && same + rest >= old.len()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        #[test]
        fn an_event_is_one_piece_of_new_text_that_reads_as_it_was_given_and_is_entered_once(file in file(), event in event()) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("河道.md");
            std::fs::write(&path, &file).unwrap();
            let now = "2026-11-20".parse().unwrap();
            let before = events(folder.path()).len();
            let settings = Settings::default();
            match adopt(folder.path(), "河道", event.clone(), &settings, now) {
                Ok(_) => {}
                // What can't be told apart from the file's own syntax is refused, and nothing is written.
                Err(AuthorError::Unreadable(_) | AuthorError::Refused(_)) => {
                    prop_assert_eq!(std::fs::read(&path).unwrap(), file.as_bytes());
                    return Ok(());
                }
                Err(other) => panic!("{other:?}"),
            }
            let entered = std::fs::read(&path).unwrap();
            prop_assert!(grew(file.as_bytes(), &entered), "{}", String::from_utf8_lossy(&entered));
            let found = events(folder.path());
            prop_assert_eq!(found.len(), before + 1);
            let wanted = Adoption {
                document: event.document.as_deref().map(record::number::document_number),
                ..event.clone()
            };
            let same = found.iter().any(|one| Adoption { line: 0, ..one.clone() } == wanted);
            prop_assert!(same, "{:?} is not in {:?}", wanted, found);
            let again = adopt(folder.path(), "河道", event, &settings, now);
            prop_assert!(matches!(again, Err(AuthorError::AlreadyThere(_))));
            prop_assert_eq!(std::fs::read(&path).unwrap(), entered);
        }

        #[test]
        fn a_reply_is_entered_once_and_never_over_another(
            date in day(), summary in text(), outcome in prop::sample::select(Outcome::ALL),
            there in prop::sample::select(vec!["", "reply:\n", "reply: ~\n", "reply: # 尚未\n"]),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("建议.md");
            std::fs::write(&path, format!("---\nkind: recommendation\ntitle: 建议\ndelivered: 2021-03-06\n{there}---\r\n正文\n")).unwrap();
            let now = "2026-11-20".parse().unwrap();
            let given = Reply { date, outcome: Some(outcome), summary, line: 0 };
            let settings = Settings::default();
            if reply(folder.path(), "建议", given.clone(), &settings, now).is_ok() {
                let entered = std::fs::read(&path).unwrap();
                let read = corpus::read(folder.path()).unwrap();
                let Detail::Recommendation(found) = record::read(&read.sources[0]).0.detail else { panic!("another kind") };
                prop_assert_eq!(found.reply.map(|reply| Reply { line: 0, ..reply }), Some(given.clone()));
                let other = Reply { outcome: Some(Outcome::Rejected), ..given };
                prop_assert!(matches!(reply(folder.path(), "建议", other, &settings, now), Err(AuthorError::AlreadyThere(_))));
                prop_assert_eq!(std::fs::read(&path).unwrap(), entered);
            }
        }
    }
}

#[test]
fn what_would_be_an_error_is_refused_and_leaves_the_file_as_it_is() {
    let desk = Desk::of_documents();
    let public = "visibility: public\nreview: {by: 甲, date: 2024-03-06, result: 可以公开}\n---\n\n正文。\n";
    let text = format!("{BEFORE}{public}");
    desk.write(REPORT, &text);
    let mut event = NEW;
    // A resident ID number with its checksum.
    event[15] = "联系人 11010519491231002X";
    let (_, said) = desk.expect(1, &event);
    assert!(
        said.contains("privacy-id-number") && said.contains("文件未改动"),
        "{said}"
    );
    assert_eq!(desk.read(REPORT), text);
}
