//! Entries into the front matter of documents that are there: adoptions and replies, in the style of the file.

use crate::desk;
mod faults;
mod fixes;
mod fronts;
mod kinds;
mod properties;

use desk::Desk;
use std::path::Path;

/// A number that a variable sets.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
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
        (whole("adoptions: ~\n"), whole(&format!("adoptions:\n{lines}"))),
        (whole("adoptions: []\n"), whole(&format!("adoptions: [{INLINE}]\n"))),
        // Block style, with a comment after the last event.
        (
            whole(&format!("adoptions:\n  - {event}  # 待补\n")),
            whole(&format!("adoptions:\n  - {event}  # 待补\n{lines}")),
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
        assert_eq!(desk.files(), [REPORT]);
        assert!(
            !desk.findings().iter().any(|(severity, _)| severity == "error"),
            "{new}"
        );
    }
}

#[test]
fn the_event_shows_on_the_page_and_counts() {
    let desk = Desk::of_documents();
    desk.write(REPORT, format!("{BEFORE}{AFTER}"));
    assert!(!desk.pages().contains("某县人大常委会"));
    desk.expect(0, &NEW);
    let pages = desk.pages();
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
        (
            format!("{BEFORE}adoptions: 一次\n{AFTER}"),
            1,
            "调研报告/河道.md:8:12 这里不是列表",
        ),
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
    assert!(desk.pages().contains("已整改"));
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
