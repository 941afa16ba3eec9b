//! What is wrong with a corpus is told whole, in order, at its place, and never stops the rest.

use jianyan::corpus::{self, Corpus, Source};
use jianyan::diagnostic::{self, Diagnostic};
use jianyan::message::Lang;
use jianyan::record::{self, Record};
use jianyan::{check, settings};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Everything that can be said of a corpus before it is rendered.
fn diagnose(root: &Path) -> (Vec<Record>, Vec<Diagnostic>) {
    let now = jiff::civil::date(2026, 11, 20);
    let Corpus {
        sources,
        attachments,
        mut diagnostics,
    } = corpus::read(root).unwrap();
    let (settings, problems) = settings::read(root);
    diagnostics.extend(problems);
    let (classified, sources): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| check::secrecy(source).is_some());
    diagnostics.extend(classified.iter().filter_map(|source| check::secrecy(source)));
    let mut records = Vec::new();
    for source in &sources {
        let (record, problems) = record::read(source);
        diagnostics.extend(problems);
        diagnostics.extend(check::record(
            source,
            &jianyan::reading::Reading::of(source),
            &record,
            &settings,
            now,
        ));
        diagnostics.extend(check::privacy(source, record.visibility));
        records.push(record);
    }
    diagnostics.extend(check::corpus(
        &records.iter().collect::<Vec<_>>(),
        &sources.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
        &settings.people,
    ));
    diagnostics.extend(
        attachments
            .iter()
            .flat_map(|attachment| check::attachment(&attachment.file, check::Content::Unknown)),
    );
    diagnostic::sort(&mut diagnostics);
    (records, diagnostics)
}

/// One line a diagnostic: place, weight, rule and sentence, and the remedy below it.
fn shown(diagnostic: &Diagnostic) -> String {
    let place = diagnostic
        .position
        .map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
    let severity = format!("{:?}", diagnostic.severity).to_lowercase();
    let (message, help) = (diagnostic.message(Lang::Zh), diagnostic.help(Lang::Zh));
    format!(
        "{}{place} {severity} {}\n  {message}\n  {help}\n",
        diagnostic.file, diagnostic.code
    )
}

/// `BLESS=1 cargo test --test suite diagnostics` writes the expected text anew.
#[test]
fn a_bad_corpus_is_diagnosed_as_expected() {
    let actual: String = diagnose(&fixture("bad")).1.iter().map(shown).collect();
    let expected_file = fixture("bad.expected.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expected_file, &actual).unwrap();
    }
    let expected = std::fs::read_to_string(expected_file).unwrap();
    for (actual, expected) in actual.lines().zip(expected.lines()) {
        assert_eq!(actual, expected);
    }
    assert_eq!(actual.lines().count(), expected.lines().count());
}

/// Rules that need what can't be kept in a repository: links, names and sizes of files, permissions.
/// `src/corpus/walk.rs` and `tests/hostile` hold them.
const OF_THE_FILE_SYSTEM: [&str; 10] = [
    "file-name",
    "file-too-large",
    "front-matter-too-long",
    "large-file",
    "link-broken",
    "link-loop",
    "link-outside",
    "not-a-file",
    "too-many-marks",
    "unreadable-file",
];

/// Rules of what leaves for the public, which no document breaks by itself; `tests/look.rs` holds them.
const OF_THE_LAST_LOOK: [&str; 2] = ["last-look", "last-look-page"];

/// For each rule a corpus that breaks it, and beside it exactly what the terminal says.
/// `BLESS=1 cargo test --test suite diagnostics` writes that anew.
#[test]
fn every_diagnostic_stands_beside_its_bad_input() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/diagnostics");
    let catalogue = include_str!("../src/assets/messages/diagnostics.zh.json");
    let catalogue: std::collections::BTreeMap<String, String> = serde_json::from_str(catalogue).unwrap();
    let codes = catalogue.keys().filter_map(|key| key.strip_suffix(".message"));
    let mut wrong = Vec::new();
    let by_itself = |code: &&str| !OF_THE_FILE_SYSTEM.contains(code) && !OF_THE_LAST_LOOK.contains(code);
    for code in codes.filter(by_itself) {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .current_dir(&folder)
            .env("NO_COLOR", "1")
            .args([
                "--lang",
                "zh",
                "--now",
                "2026-11-20",
                "--corpus",
                code,
                "check",
                "--all",
            ])
            .output()
            .unwrap();
        let actual = String::from_utf8(output.stdout).unwrap();
        let expected_file = folder.join(format!("{code}.txt"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected_file, &actual).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_file).unwrap_or_default();
        if actual != expected || !actual.contains(&format!("[{code}]")) {
            wrong.push(format!("{code}:\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_diagnostic_reads_in_both_languages() {
    for diagnostic in diagnose(&fixture("bad")).1 {
        for lang in [Lang::Zh, Lang::En] {
            for sentence in [diagnostic.message(lang), diagnostic.help(lang)] {
                let is_key = sentence.starts_with(diagnostic.code);
                assert!(
                    !is_key && !sentence.contains(['{', '}']),
                    "{}: {sentence}",
                    diagnostic.code
                );
            }
        }
    }
}

#[test]
fn a_classified_file_is_quoted_nowhere() {
    let (records, diagnostics) = diagnose(&fixture("bad"));
    let said: String = diagnostics.iter().map(|diagnostic| format!("{diagnostic:?}")).collect();
    assert!(!said.contains("不应出现") && !said.contains("不得引用"));
    assert!(records.iter().all(|record| !record.title.contains("不应出现")));
}

#[test]
fn bad_documents_do_not_stop_the_others() {
    let titles: Vec<_> = diagnose(&fixture("bad"))
        .0
        .into_iter()
        .map(|record| record.title)
        .collect();
    for title in [
        "关于乡村道路的调研",
        "全角冒号也能读",
        "国标编码的文件",
        "宽字符编码的文件",
        "以分隔线开头的调研",
        "只有标题的课题",
    ] {
        assert!(titles.iter().any(|known| known == title), "{title} in {titles:?}");
    }
}

#[test]
fn the_sample_corpus_has_no_errors_or_warnings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    if !root.exists() {
        return;
    }
    let (_, diagnostics) = diagnose(&root);
    let bad: Vec<_> = diagnostics
        .iter()
        .filter(|d| d.severity != diagnostic::Severity::Note)
        .map(shown)
        .collect();
    assert!(bad.is_empty(), "{}", bad.concat());
}

/// A source as the corpus would give it, front matter or not.
fn source(front: Option<&str>, body: &str) -> Source {
    let text = front.map_or_else(|| body.to_string(), |front| format!("---\n{front}\n---\n{body}"));
    Source::of(
        "案例/某案（检例第1号）".into(),
        "案例/某案（检例第1号）.md".into(),
        text,
    )
}

/// Whatever is written, reading and checking give diagnostics that lie in the text.
fn assert_no_panic(source: &Source) {
    let (record, mut diagnostics) = record::read(source);
    diagnostics.extend(check::secrecy(source));
    let now = jiff::civil::date(2026, 11, 20);
    diagnostics.extend(check::record(
        source,
        &jianyan::reading::Reading::of(source),
        &record,
        &settings::Settings::default(),
        now,
    ));
    diagnostics.extend(check::privacy(source, record.visibility));
    diagnostics.extend(check::corpus(&[&record], &[source], &[]));
    for diagnostic in diagnostics {
        assert!(
            diagnostic.span.is_none_or(|span| source.text.get(span).is_some()),
            "{}",
            diagnostic.code
        );
    }
}

/// Lines of front matter with keys that are known and values of any shape.
fn front_matter() -> impl Strategy<Value = String> {
    const KEYS: [&str; 24] = [
        "kind",
        "标题",
        "date",
        "unit",
        "authors",
        "lines",
        "causes",
        "laws",
        "benefits",
        "honours",
        "visibility",
        "review",
        "draft",
        "adoptions",
        "rank",
        "number",
        "reply",
        "followups",
        "closed",
        "key_results",
        "密级",
        "id",
        "related",
        "x",
    ];
    const VALUES: [&str; 24] = [
        "",
        "~",
        "case",
        "检察建议",
        "topic",
        "2024-02-30",
        "2024年2月3日",
        "[甲, 乙]",
        "甲、乙，丙",
        "{date: 2024-01-01, form: decision}",
        "[{date: x}, {form: norm}, 1]",
        "{people: 2000余, amount: -1}",
        "[[[]]]",
        "public",
        "是",
        "：",
        "'",
        "{",
        "*a",
        "&a 1",
        "{name: 甲, role: 执笔}",
        "|\n  甲\n  乙",
        "刑法第264条、第266条",
        "不予公开",
    ];
    let line = (0..KEYS.len(), 0..VALUES.len()).prop_map(|(key, value)| format!("{}: {}", KEYS[key], VALUES[value]));
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn reading_never_panics_on_arbitrary_text(front in ".*", body in "(?s).*") {
        assert_no_panic(&source(Some(&front), &body));
        assert_no_panic(&source(None, &body));
    }

    #[test]
    fn reading_never_panics_on_values_of_any_shape(front in front_matter(), body in "[#＃一（）1-9@微信号京A\n -]{0,40}") {
        assert_no_panic(&source(Some(&front), &body));
    }
}
