//! What holds for any entry in any front matter, by a reader of YAML that shares nothing with the program's own:
//! afterwards it says the old value with the change, and the text differs in the place of the entry alone.
//!
//! `JIANYAN_FRONTS=1000000 JIANYAN_SEED=7` tries more, and others.

use crate::entries::fronts::{Front, front};
use crate::entries::number;
use jianyan::author::{AuthorError, Change, Desk, EntryKind, Mode, Values, enter};
use jianyan::corpus::decode::decode;
use jianyan::diagnostic::Severity;
use jianyan::settings::Settings;
use serde_yaml::Value;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// The event that is entered, in what it says.
fn event(rng: &mut fastrand::Rng) -> Values {
    const AWKWARD: [&str; 20] = [
        "县委",
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
        "|",
        "~",
        "一\\二",
        "《检察调研》2023年第3期",
    ];
    let day = format!("2025-{:02}-{:02}", rng.u8(1..13), rng.u8(1..29));
    let mut pairs = vec![
        ("date", day),
        ("form", "resolution".to_owned()),
        ("level", "county".to_owned()),
        ("authority", "某县人大常委会".to_owned()),
        ("effect", "issued".to_owned()),
    ];
    if rng.bool() {
        pairs.push(("note", AWKWARD[rng.usize(..AWKWARD.len())].to_owned()));
    }
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn desk<'a>(corpus: &'a Path, settings: &'a Settings) -> Desk<'a> {
    Desk {
        corpus,
        settings,
        now: "2026-11-20".parse().unwrap(),
        refuse: Severity::Error,
        mode: Mode::Write,
    }
}

fn text_of(bytes: &[u8]) -> String {
    decode(bytes.to_vec()).unwrap().text
}

/// What an independent reader takes from the front matter of a text.
fn read(text: &str) -> Option<Value> {
    let (_, rest) = text.split_once("---\n")?;
    let (yaml, _) = rest.split_once("\n---\n")?;
    serde_yaml::from_str(&format!("{yaml}\n")).ok()
}

/// The list of events, where one may stand alone.
fn events(front: &Value, key: &str) -> Vec<Value> {
    match front.get(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Sequence(items)) => items.iter().filter(|item| says_something(item)).cloned().collect(),
        Some(one) if says_something(one) => vec![one.clone()],
        Some(_) => Vec::new(),
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Mapping(map) => map.values().any(says_something),
        Value::Tagged(tagged) => says_something(&tagged.value),
        _ => true,
    }
}

fn without(front: &Value, key: &str) -> Value {
    let mut front = front.clone();
    if let Value::Mapping(map) = &mut front {
        map.remove(key);
    }
    front
}

/// Whether the signs of one text all stand in another, in their order.
fn stands_in(old: &str, new: &str) -> bool {
    let mut rest = new.chars();
    old.chars().all(|sign| rest.any(|other| other == sign))
}

/// Holds what was promised of one addition; gives whether it was written.
fn holds(folder: &Path, settings: &Settings, made: &Front, rng: &mut fastrand::Rng) -> bool {
    let path = folder.join("河道.md");
    let old = made.bytes();
    std::fs::write(&path, &old).unwrap();
    let before = text_of(&old);
    let Some(was) = read(&before) else { return false };
    let values = event(rng);
    let entry = EntryKind::Adoption.read(&values).unwrap();
    let outcome = enter(desk(folder, settings), "河道", &Change::Add(entry), None);
    let bytes = std::fs::read(&path).unwrap();
    let now = text_of(&bytes);
    assert!(bytes.ends_with(&made.end()), "{before}");
    if let Err(error) = outcome {
        if std::env::var_os("JIANYAN_REFUSALS").is_some() {
            println!("{error:?}\n{before}");
        }
        assert_eq!(bytes, old, "a refusal wrote: {before}");
        match error {
            AuthorError::CannotWrite(file, place, _) => {
                assert!(file == "河道.md" && place.line as usize <= before.lines().count());
            }
            AuthorError::AlreadyThere(_) | AuthorError::Refused(_) => {}
            other => panic!("{other:?} of {before}"),
        }
        return false;
    }
    let key = if was.get("转化情况").is_some() {
        "转化情况"
    } else {
        "adoptions"
    };
    let is = read(&now).unwrap_or_else(|| panic!("no YAML:\n{now}"));
    assert_eq!(without(&was, key), without(&is, key), "{before}\n→\n{now}");
    let (earlier, later) = (events(&was, key), events(&is, key));
    assert_eq!(earlier, later[..later.len() - 1], "{before}\n→\n{now}");
    let said: Vec<String> = match later.last().unwrap() {
        Value::Mapping(map) => map
            .values()
            .map(|value| value.as_str().unwrap_or_default().to_owned())
            .collect(),
        other => panic!("{other:?}"),
    };
    for word in [&values["date"], &values["authority"]] {
        assert!(said.contains(word), "{word} is not in {said:?}");
    }
    if let Some(note) = values.get("note") {
        assert!(said.contains(note), "{note} is not in {said:?}");
    }
    // Nothing outside of the key's own lines, and in them nothing but what means nothing.
    assert!(now.starts_with(&made.above()), "{before}\n→\n{now}");
    assert!(now.ends_with(&made.below()), "{before}\n→\n{now}");
    let own = &now[made.above().len()..now.len() - made.below().len()];
    assert!(stands_in(&made.kept(), own), "{before}\n→\n{now}");
    true
}

#[test]
fn an_entry_in_any_front_matter_is_that_entry_and_nothing_else() {
    let (count, seed) = (number("JIANYAN_FRONTS", 10_000), number("JIANYAN_SEED", 26));
    let next = AtomicU64::new(0);
    let work = || {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let mut written = 0;
        loop {
            let case = next.fetch_add(1, Ordering::Relaxed);
            if case >= count {
                return written;
            }
            let mut rng = fastrand::Rng::with_seed(seed.wrapping_mul(1_000_003).wrapping_add(case));
            let made = front(&mut rng);
            written += u64::from(holds(folder.path(), &settings, &made, &mut rng));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let written: u64 = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    println!("{written} of {count} front matters were written into, seed {seed}");
    assert!(written * 10 > count * 7, "{written} of {count}");
}

/// What was entered is changed and taken away again: the bytes are those of before.
#[test]
fn what_is_taken_away_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("河道.md");
    let settings = Settings::default();
    let mut back = 0;
    for case in 0..500 {
        let mut rng = fastrand::Rng::with_seed(case);
        let made = front(&mut rng);
        let old = made.bytes();
        std::fs::write(&path, &old).unwrap();
        let before = text_of(&old);
        let Some(was) = read(&before) else { continue };
        let key = if was.get("转化情况").is_some() {
            "转化情况"
        } else {
            "adoptions"
        };
        let count = was.get(key).and_then(Value::as_sequence).map_or(0, Vec::len);
        let add = Change::Add(EntryKind::Adoption.read(&event(&mut rng)).unwrap());
        if count == 0 || enter(desk(folder.path(), &settings), "河道", &add, None).is_err() {
            continue;
        }
        let is = read(&text_of(&std::fs::read(&path).unwrap())).unwrap();
        let index = is.get(key).and_then(Value::as_sequence).map_or(0, Vec::len) - 1;
        let remove = Change::Remove(index, EntryKind::Adoption);
        if enter(desk(folder.path(), &settings), "河道", &remove, None).is_ok() {
            let after = text_of(&std::fs::read(&path).unwrap());
            let is = read(&after).unwrap_or_else(|| panic!("{before}\n→\n{after}"));
            assert_eq!(events(&was, key), events(&is, key), "{before}\n→\n{after}");
            assert_eq!(without(&was, key), without(&is, key), "{before}\n→\n{after}");
            back += 1;
        }
    }
    assert!(back > 100, "{back}");
}
