//! Ways of writing in which an entry or a fix once changed more than its place, or found no place: each with what it becomes.

use jianyan::author::{AuthorError, Change, Desk, EntryKind, Mode, Surroundings, Values, Why, enter, fixes, write};
use jianyan::check;
use jianyan::corpus::Source;
use jianyan::diagnostic::Severity;
use jianyan::reading::Reading;
use jianyan::record;
use jianyan::settings::Settings;

const REPORT: &str = "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nsummary: 摘。\n";
const ADVICE: &str = "---\nkind: recommendation\ntitle: 建议\ndate: 2024-03-05\nsummary: 摘。\ndelivered: 2024-03-06\n";
const END: &str = "tags: [甲]\n---\n\n正文。\n";

/// What a document with these lines becomes by a change.
fn entered(head: &str, lines: &str, change: &Change) -> Result<String, AuthorError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("文.md");
    let old = format!("{head}{lines}{END}");
    std::fs::write(&path, &old).unwrap();
    let desk = Desk {
        corpus: folder.path(),
        settings: &Settings::default(),
        now: "2026-11-20".parse().unwrap(),
        refuse: Severity::Error,
        mode: Mode::Write,
    };
    let outcome = enter(desk, "文", change, None);
    let new = std::fs::read_to_string(&path).unwrap();
    if let Err(error) = outcome {
        assert_eq!(new, old, "a refusal wrote");
        Err(error)
    } else {
        let own = new.strip_prefix(head).and_then(|rest| rest.strip_suffix(END));
        Ok(own.unwrap_or_else(|| panic!("{old}\n→\n{new}")).to_owned())
    }
}

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn event() -> Change {
    let said = [
        ("date", "2024-05-01"),
        ("form", "instruction"),
        ("level", "county"),
        ("authority", "某县委"),
        ("effect", "ordered"),
    ];
    Change::Add(EntryKind::Adoption.read(&values(&said)).unwrap())
}

fn replacing(change: Change, index: usize) -> Change {
    match change {
        Change::Add(entry) => Change::Set(index, entry),
        other => other,
    }
}

fn reply() -> Change {
    let said = [("date", "2024-05-20"), ("outcome", "accepted")];
    Change::Add(EntryKind::Reply.read(&values(&said)).unwrap())
}

/// The lines of the event, each behind its lead.
fn lines(first: &str, others: &str) -> String {
    let said = [
        "date: 2024-05-01",
        "form: instruction",
        "level: county",
        "authority: 某县委",
        "effect: ordered",
    ];
    let leads = std::iter::once(first).chain(std::iter::repeat(others));
    leads.zip(said).map(|(lead, line)| format!("{lead}{line}\n")).collect()
}

#[test]
fn an_item_that_was_commented_out_stays_whole_and_stays() {
    for (indent, item) in [
        ("  ", "#  - date: 2023-01-01\n#    form: 刊发\n#    level: county\n"),
        ("  ", "# - date: 2023-01-01\n#   form: 刊发\n"),
        ("  ", "  # - date: 2023-01-01\n  #   form: 刊发\n"),
        ("", "# - date: 2023-01-01\n#   form: 刊发\n"),
        ("", "#- date: 2023-01-01\n#  form: 刊发\n"),
        (
            "  ",
            "#  -\n#    date: 2023-01-01\n\n#  - date: 2022-01-01\n#    form: 刊发\n",
        ),
    ] {
        let one = format!("{indent}- date: 2024-04-04\n{indent}  form: 刊发\n");
        let new = lines(&format!("{indent}- "), &format!("{indent}  "));
        let old = format!("adoptions:\n{one}{item}");
        assert_eq!(entered(REPORT, &old, &event()).unwrap(), format!("{old}{new}"));
        let two = format!("{old}{indent}- form: 转发\n");
        let without = format!("adoptions:\n{item}{indent}- form: 转发\n");
        let remove = Change::Remove(0, EntryKind::Adoption);
        assert_eq!(entered(REPORT, &two, &remove).unwrap(), without);
    }
}

#[test]
fn a_place_that_was_kept_for_an_entry_is_filled() {
    for (old, new) in [
        (
            "reply:\n  date:\n  outcome:\n",
            "reply:\n  date: 2024-05-20\n  outcome: accepted\n",
        ),
        (
            "reply:\n  date: ~ # 待填\n  outcome: null\n  summary: ''\n",
            "reply:\n  date: 2024-05-20 # 待填\n  outcome: accepted\n  summary: ''\n",
        ),
        (
            "reply: {date: , outcome: }\n",
            "reply: {date: 2024-05-20 , outcome: accepted }\n",
        ),
        (
            "reply: {outcome: ''}\n",
            "reply: {outcome: 'accepted', date: 2024-05-20}\n",
        ),
        ("回复:\n  日期:\n  结果:\n", "回复:\n  日期: 2024-05-20\n  结果: 采纳\n"),
        ("reply:\n  -\n", "reply:\n  date: 2024-05-20\n  outcome: accepted\n"),
        (
            "reply: [{}] # 待填\n",
            "reply: # 待填\n  date: 2024-05-20\n  outcome: accepted\n",
        ),
        (
            "reply: {\n  # 待填\n}\n",
            "reply: {\n  # 待填\n  date: 2024-05-20, outcome: accepted\n}\n",
        ),
    ] {
        assert_eq!(entered(ADVICE, old, &reply()).unwrap(), new, "{old}");
    }
    let block = lines("  - ", "    ");
    let empty = "adoptions:\n  - date:\n    form:\n    level:\n    authority:\n    effect:\n";
    assert_eq!(
        entered(REPORT, empty, &event()).unwrap(),
        format!("adoptions:\n{block}")
    );
    for nothing in ["~", "null", "''", "{}"] {
        let alone = format!("adoptions:\n  {nothing}\n");
        assert_eq!(
            entered(REPORT, &alone, &event()).unwrap(),
            format!("adoptions:\n{block}")
        );
        let commented = format!("adoptions:\n  {nothing} # 尾\n");
        let kept = format!("adoptions:\n  # 尾\n{block}");
        assert_eq!(entered(REPORT, &commented, &event()).unwrap(), kept);
    }
}

#[test]
fn another_entry_in_the_place_of_a_date_keeps_the_place_and_the_comment() {
    for (old, new) in [
        (
            "reply: 2024-05-01 # 电话核实\n# 其他\ncc: [某局]\n",
            "reply: # 电话核实\n  date: 2024-05-20\n  outcome: accepted\n# 其他\ncc: [某局]\n",
        ),
        (
            "reply: &r '2024-05-01'\ncc: [某局]\n",
            "reply: &r\n  date: 2024-05-20\n  outcome: accepted\ncc: [某局]\n",
        ),
        (
            "reply:\n  2024-05-01 # 电话核实\ncc: [某局]\n",
            "reply:\n  # 电话核实\n  date: 2024-05-20\n  outcome: accepted\ncc: [某局]\n",
        ),
    ] {
        assert_eq!(entered(ADVICE, old, &replacing(reply(), 0)).unwrap(), new, "{old}");
    }
    let said = values(&[("title", "二等奖"), ("date", "2024-05-20")]);
    let honour = EntryKind::Honour.read(&said).unwrap();
    let old = "honours:\n  - 一等奖 # 注\n  - 三等奖\n";
    let new = entered(REPORT, old, &Change::Set(0, honour)).unwrap();
    assert!(
        new.starts_with("honours:\n  - # 注\n    ") && new.ends_with("\n  - 三等奖\n"),
        "{new}"
    );
}

#[test]
fn what_is_used_again_elsewhere_is_not_changed_there() {
    let item = "date: 2024-04-04\n    form: 刊发\n";
    for (head, lines, change, place, why) in [
        (
            REPORT,
            format!("adoptions:\n  - &b\n    {item}  - *b\n"),
            event(),
            (7, 5),
            Why::Anchor,
        ),
        (
            REPORT,
            format!("adoptions:\n  - &b\n    {item}  - <<: *b\n    level: county\n"),
            event(),
            (7, 5),
            Why::Anchor,
        ),
        (
            REPORT,
            "base: &b {form: 刊发}\nadoptions:\n  - *b\n".to_owned(),
            event(),
            (8, 5),
            Why::Alias,
        ),
        (
            REPORT,
            "base: &b [{form: 刊发}, {form: 转发}]\nadoptions: *b\n".to_owned(),
            event(),
            (7, 12),
            Why::Alias,
        ),
        (
            ADVICE,
            "reply:\n  outcome: partial\n  date: &d 2024-05-01\nmine: *d\n".to_owned(),
            reply(),
            (9, 9),
            Why::Anchor,
        ),
        (
            ADVICE,
            "mine: &r {date: 2024-05-01}\nreply: *r\n".to_owned(),
            reply(),
            (8, 8),
            Why::Alias,
        ),
        (
            ADVICE,
            "reply: {outcome: partial, date: &d 2024-05-01}\nmine: *d\n".to_owned(),
            reply(),
            (7, 33),
            Why::Anchor,
        ),
    ] {
        match entered(head, &lines, &replacing(change, 0)) {
            Err(AuthorError::CannotWrite(_, found, reason)) => {
                assert_eq!(((found.line, found.column), reason), (place, why), "{lines}");
            }
            other => panic!("{lines}: {other:?}"),
        }
    }
}

/// The document with what can be fixed.
fn fix(lines: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("---\nkind: report\ntitle: 河道\n{lines}---\n\n正文。\n");
    std::fs::write(folder.path().join("文.md"), &text).unwrap();
    let source = Source::of("文".into(), "文.md".into(), text);
    let (settings, now) = (Settings::default(), "2026-11-20".parse().unwrap());
    let (record, mut found) = record::read(&source);
    let reading = Reading::of(&source);
    found.extend(check::record(&source, &reading, &record, &settings, now));
    found.extend(check::privacy_of(&reading, &source, record.visibility));
    let around = Surroundings {
        settings: &settings,
        now,
        has: &|id| id == "有",
    };
    write(folder.path(), &source, fixes(&source, &found), &around, Mode::Write).unwrap();
    let new = std::fs::read_to_string(folder.path().join("文.md")).unwrap();
    let own = new.strip_prefix("---\nkind: report\ntitle: 河道\n");
    own.and_then(|rest| rest.strip_suffix("---\n\n正文。\n"))
        .unwrap()
        .to_owned()
}

#[test]
fn a_word_of_a_list_in_one_text_is_fixed_and_the_others_stay() {
    for (old, new) in [
        ("lines: 民事、未成年人检 # 注\n", "lines: 民事、未成年人 # 注\n"),
        ("lines: 未成年人检，民事;行政\n", "lines: 未成年人，民事;行政\n"),
        ("lines: \"民事、未成年人检\"\n", "lines: \"民事、未成年人\"\n"),
        (
            "lines: [民事、行政, '未成年人检']\n",
            "lines: [民事、行政, '未成年人']\n",
        ),
        (
            "lines:\n  - 民事、未成年人检\n  - 行政\n",
            "lines:\n  - 民事、未成年人\n  - 行政\n",
        ),
        ("lines: |\n  民事\n  未成年人检\n", "lines: |\n  民事\n  未成年人\n"),
    ] {
        assert_eq!(fix(old), new, "{old}");
    }
}

#[test]
fn what_reads_like_a_key_within_a_text_stays() {
    for text in [
        "summary: |\n  问题：河道淤积。\n  建议：清理。\n",
        "summary: |\n  一\n  　　单位：甲\n",
        "summary: >-\n  近年来，\n  单位：某，\n",
        "summary: \"一\n  标题：二\"\n",
        "summary: '一\n  标题：二，\n  单位：三'\n",
        "summary: 近年来，\n  单位：某。\n",
        "adoptions:\n  - note: |\n      日期：一\n    form: 刊发\n",
        "summary: |\n  {people: 4, amount: 1,846,000}\n",
    ] {
        assert_eq!(fix(text), text);
        let source = Source::of("文".into(), "文.md".into(), format!("---\nkind: report\n{text}---\n"));
        let (_, found) = record::read(&source);
        assert!(
            !found.iter().any(|finding| finding.code == "full-width-colon"),
            "{text}"
        );
    }
    let own = "summary: |\n  问题：一\n单位：甲\n";
    assert_eq!(fix(own), "summary: |\n  问题：一\n单位: 甲\n");
}

#[test]
fn a_fix_changes_no_other_value() {
    for text in [
        "date: &d 2024年3月5\nmine: *d\n",
        "base: &b {date: 2024年3月5}\nreview: *b\n",
    ] {
        assert_eq!(fix(text), text);
    }
    assert_eq!(fix("date: &d 2024年3月5\n"), "date: &d 2024-03-05\n");
    assert_eq!(fix("draft: ture\n"), "draft: true\n");
}

#[test]
fn a_key_whose_value_would_lead_nowhere_stays() {
    assert_eq!(fix("topc: 没有\n"), "topc: 没有\n");
    assert_eq!(fix("topc: 有\n"), "topic: 有\n");
    assert_eq!(fix("relatd: [有, 没有]\n"), "relatd: [有, 没有]\n");
}

#[test]
fn what_would_change_more_than_it_says_is_refused_at_its_place() {
    let remove = |kind| Change::Remove(0, kind);
    let twice = "reply: {date: 2024-05-01}\nreply: {date: 2024-05-02}\n";
    let named = "reply: {date: 2024-05-01}\n回复: {date: 2024-05-02}\n";
    let merged = "mine: &m {adoptions: [{form: 刊发}]}\n<<: *m\n";
    let nested = "mine: &m {adoptions: [{form: 刊发}]}\nours: &o {<<: *m}\n<<: *o\n";
    for (head, lines, change, place, why) in [
        (REPORT, nested, event(), (8, 1), Why::Merge),
        (ADVICE, twice, remove(EntryKind::Reply), (8, 1), Why::Twice),
        (ADVICE, named, remove(EntryKind::Reply), (8, 1), Why::Twice),
        (REPORT, merged, event(), (7, 1), Why::Merge),
    ] {
        match entered(head, lines, &change) {
            Err(AuthorError::CannotWrite(_, found, reason)) => {
                assert_eq!(((found.line, found.column), reason), (place, why), "{lines}");
            }
            other => panic!("{lines}: {other:?}"),
        }
    }
}

#[test]
fn what_an_entry_in_the_place_of_one_leaves_out_stays() {
    let old = "reply:\n  date: 2024-05-01\n  outcome: partial\n  summary: 已整改 # 电话核实过\n";
    let new = "reply:\n  date: 2024-05-20\n  outcome: accepted\n  summary: 已整改 # 电话核实过\n";
    assert_eq!(entered(ADVICE, old, &replacing(reply(), 0)).unwrap(), new);
    let said = [("date", "2024-05-20"), ("outcome", "accepted"), ("summary", "")];
    let emptied = Change::Set(0, EntryKind::Reply.read(&values(&said)).unwrap());
    let without = "reply:\n  date: 2024-05-20\n  outcome: accepted\n";
    assert_eq!(entered(ADVICE, old, &emptied).unwrap(), without);
}

#[test]
fn what_no_file_keeps_is_not_written() {
    let said = [
        ("date", "2024-05-20"),
        ("outcome", "accepted"),
        ("summary", "已\u{FEFF}整\u{0}改"),
    ];
    let change = Change::Add(EntryKind::Reply.read(&values(&said)).unwrap());
    let new = entered(ADVICE, "reply:\n", &change).unwrap();
    assert!(new.ends_with("summary: 已整改\n"), "{new}");
}
