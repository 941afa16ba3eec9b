//! What holds for any event and any reply in any style of file.

use jianyan::author::{AuthorError, adopt, reply};
use jianyan::corpus;
use jianyan::diagnostic::Severity;
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
        match adopt(folder.path(), "河道", event.clone(), &settings, now, Severity::Error) {
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
        let again = adopt(folder.path(), "河道", event, &settings, now, Severity::Error);
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
        if reply(folder.path(), "建议", given.clone(), &settings, now, Severity::Error).is_ok() {
            let entered = std::fs::read(&path).unwrap();
            let read = corpus::read(folder.path()).unwrap();
            let Detail::Recommendation(found) = record::read(&read.sources[0]).0.detail else { panic!("another kind") };
            prop_assert_eq!(found.reply.map(|reply| Reply { line: 0, ..reply }), Some(given.clone()));
            let other = Reply { outcome: Some(Outcome::Rejected), ..given };
            prop_assert!(matches!(reply(folder.path(), "建议", other, &settings, now, Severity::Error), Err(AuthorError::AlreadyThere(_))));
            prop_assert_eq!(std::fs::read(&path).unwrap(), entered);
        }
    }
}
