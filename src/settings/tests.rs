use super::*;
use crate::diagnostic::Diagnostic;
use std::path::Path;

fn read_files(files: &[(&str, &str)]) -> (Settings, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in files {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    read(folder.path())
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<(&str, u32)> {
    diagnostics
        .iter()
        .map(|d| (d.code, d.position.map_or(0, |position| position.line)))
        .collect()
}

/// The defaults of an office that says nothing: its synonyms are those of the thesaurus.
fn unsaid() -> Settings {
    Settings {
        synonyms: super::synonyms::with_thesaurus(Vec::new(), &[]),
        ..Settings::default()
    }
}

#[test]
fn a_folder_without_settings_has_the_defaults() {
    assert_eq!(read_files(&[]), (unsaid(), Vec::new()));
    assert_eq!(read_files(&[("jianyan.yaml", "# 无\n")]), (unsaid(), Vec::new()));
    assert_eq!(read(Path::new("/nowhere")).0, unsaid());
}

#[test]
fn browsers_search_by_themselves_unless_the_site_file_names_a_gateway() {
    use crate::record::vocabulary::Search;
    for (text, search, found) in [
        ("title: 某院\n", Search::Browser, &[][..]),
        ("search: engine\n", Search::Engine, &[]),
        ("检索: 检索服务\n", Search::Engine, &[]),
        ("search: 浏览器\n", Search::Browser, &[]),
        ("search: api/\n", Search::Browser, &[("unknown-value", 1)]),
    ] {
        let (settings, diagnostics) = read_files(&[("jianyan.yaml", text)]);
        assert_eq!(
            (settings.search, codes(&diagnostics).as_slice()),
            (search, found),
            "{text}"
        );
    }
}

#[test]
fn every_line_of_the_default_vocabulary_has_a_group() {
    let settings = Settings::default();
    assert_eq!(settings.vocabularies["lines"].len(), 16);
    assert!(
        settings.vocabularies["lines"]
            .iter()
            .all(|line| settings.line_groups.contains_key(line))
    );
}

#[test]
fn the_site_file_overrides_in_english_and_chinese() {
    let text = "标题: 某县检研\nbase_url: https://x.example/a\nlanguage: en\nreview_required: 否\n\
        vocabularies:\n  文种: [报告, 论文]\n  lines: {民事: 民事, 涉外: 综合}\n\
        认定口径:\n  指令: 已落实\n  领导批示: 已形成文件\n  规范性文件: 不计\n\
        recognised_forms: [刊发]\nendorsed_counts: true\nholidays: [2026-10-01, 2026年10月2日]\n\
        targets:\n  - {indicator: 甲, benchmark: {unit: 乙院, value: 88.0%}, present: {value: 1.10, date: 2026-10-31}}\n";
    let (settings, diagnostics) = read_files(&[("jianyan.yaml", text)]);
    assert_eq!(codes(&diagnostics), [("unknown-key", 9)]);
    assert_eq!(
        (settings.title.as_str(), settings.base_url.as_deref()),
        ("某县检研", Some("https://x.example/a/"))
    );
    assert_eq!(
        (settings.language, settings.review_required, settings.endorsed_counts),
        (Lang::En, false, true)
    );
    assert_eq!(settings.vocabularies["genre"], ["报告", "论文"]);
    assert_eq!(settings.vocabularies["lines"], ["民事", "涉外"]);
    assert_eq!(settings.line_groups.get("涉外").map(String::as_str), Some("综合"));
    assert_eq!(settings.counts_from.get(&Form::Instruction), Some(&Effect::Issued));
    assert_eq!(settings.counts_from.get(&Form::Norm), None);
    assert_eq!(settings.counts_from.get(&Form::Decision), Some(&Effect::Issued));
    assert_eq!(settings.recognised_forms, BTreeSet::from([Form::Publication]));
    assert_eq!(settings.holidays.len(), 2);
    let target = &settings.targets[0];
    assert_eq!(target.benchmark, Some(("乙院".into(), "88.0%".into())));
    assert_eq!(target.present, Some(("1.10".into(), Day::parse("2026-10-31"))));
}

#[test]
fn what_the_site_file_gets_wrong_is_located_and_the_default_stays() {
    let text = "titel: 甲\nbase_url: x.example\nlanguage: fr\nline_groups: {民事: 民商}\ncounts_from: 全部\n";
    let (settings, diagnostics) = read_files(&[("jianyan.yaml", text)]);
    let expected = [
        ("unknown-key", 1),
        ("base-url", 2),
        ("unknown-value", 3),
        ("unknown-value", 4),
        ("not-a-mapping", 5),
    ];
    assert_eq!(codes(&diagnostics), expected);
    assert_eq!(settings, unsaid());
}

#[test]
fn the_roster_tells_namesakes_apart_by_their_keys() {
    let text = "people:\n  - {name: 甲某, key: jia, born: 1990-03, posts: [{title: 检察官, from: \"2020-06\"}, 书记员]}\n\
        \x20 - {name: 甲某, key: jia2, mentor: jai}\n  - {name: 乙某, key: jia}\n  - {key: x}\n";
    let (settings, diagnostics) = read_files(&[("people.yaml", text)]);
    assert_eq!(
        codes(&diagnostics),
        [
            ("unknown-mentor", 3),
            ("duplicate-person", 4),
            ("person-without-name", 5)
        ]
    );
    let keys: Vec<_> = settings
        .people
        .iter()
        .map(|person| (&*person.name, &*person.key))
        .collect();
    assert_eq!(keys, [("甲某", "jia"), ("甲某", "jia2")]);
    assert_eq!(
        settings.people[0].born.map(|born| born.to_string()).as_deref(),
        Some("1990-03")
    );
    assert_eq!(
        settings.people[0].posts,
        [("检察官".into(), Day::parse("2020-06")), ("书记员".into(), None)]
    );
}

#[test]
fn synonyms_are_groups_of_two_or_more() {
    let text = "builtin: 否\ngroups:\n  - [文身, 纹身]\n  - [掩饰、隐瞒犯罪所得, 掩隐]\n  - [文身, 刺青, 刺字]\n  - [孤]\n  - 单\n";
    let (settings, diagnostics) = read_files(&[("synonyms.yaml", text)]);
    assert_eq!(
        codes(&diagnostics),
        [("synonym-twice", 5), ("synonym-alone", 6), ("synonym-alone", 7)]
    );
    assert_eq!(
        settings.synonyms,
        [
            vec!["文身", "纹身"],
            vec!["掩饰、隐瞒犯罪所得", "掩隐"],
            vec!["刺青", "刺字"]
        ]
    );
    assert_eq!(
        read_files(&[("synonyms.yaml", "- [甲, 乙]\n")]).0.synonyms[0],
        ["甲", "乙"]
    );
}

#[test]
fn the_thesaurus_is_there_unless_it_is_switched_off() {
    let groups = |text: &str| {
        let files = [("synonyms.yaml", text)];
        read_files(if text.is_empty() { &[] } else { &files }).0.synonyms
    };
    let group = |groups: &[Vec<String>], word: &str| groups.iter().find(|group| group.contains(&word.into())).cloned();
    let all = groups("");
    let tattoo = group(&all, "文身").unwrap();
    assert!(tattoo.contains(&"纹身".into()), "{tattoo:?}");
    assert_eq!(groups("groups: [[甲, 乙]]\nbuiltin: false\n"), [["甲", "乙"]]);
    let less = groups("off: [纹身]\n");
    assert_eq!((less.len(), group(&less, "文身")), (all.len() - 1, None));
    // A group of the office's takes in what the thesaurus has.
    let own = groups("groups: [[纹身, 身上的图案], [刺青, 刺字]]\n");
    let joined = group(&own, "身上的图案").unwrap();
    assert!(
        joined.contains(&"文身".into()) && !joined.contains(&"刺青".into()),
        "{joined:?}"
    );
    assert_eq!(own.len(), all.len() + 1);
}

#[test]
fn a_settings_file_that_is_no_yaml_is_named() {
    let (settings, diagnostics) = read_files(&[("jianyan.yaml", "title: [\n"), ("people.yaml", "\0")]);
    assert_eq!(codes(&diagnostics), [("yaml-bracket", 2), ("unknown-encoding", 0)]);
    assert_eq!(settings, unsaid());
}
