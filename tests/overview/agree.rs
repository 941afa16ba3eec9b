//! Figures that look like the same thing are the same wherever a reader meets them: the words and numbers of all pages
//! and of the commands, read as a person reads them, with no knowledge of how they came about.

use crate::overview::front_matter::root;
use crate::overview::pages::{Built, NOW, all, sample};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Names under which figures stand, each with its unit: 领导批示 4 篇 counts reports, 领导批示 8 件 instructions.
const FIGURES: [(&str, &str); 10] = [
    ("撰写报告", "篇"),
    ("已转化", "篇"),
    ("成果认可", "篇"),
    ("待核实", "篇"),
    ("领导批示", "件"),
    ("肯定性批示", "件"),
    ("受益人数", "人"),
    ("挽回损失", "元"),
    ("逾期未回复", "件"),
    ("省级以上典型、精品案例", "件"),
];

const PAGES: [&str; 4] = [
    "index.html",
    "boards/overview.html",
    "boards/ledger.html",
    "boards/replies.html",
];

/// Where a figure was met with which number.
type Met = BTreeMap<(&'static str, &'static str), BTreeMap<String, BTreeSet<String>>>;

/// Reads the figures of a text: a name, a number right behind it, and its unit.
fn read(text: &str, place: &str, met: &mut Met) {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    for (name, unit) in FIGURES {
        for (at, _) in text.match_indices(name) {
            let rest = &text[at + name.len()..];
            let digits = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || ",.余万".contains(letter));
            let number = &rest[..rest.len() - digits.len()];
            if number.starts_with(|first: char| first.is_ascii_digit()) && digits.starts_with(unit) {
                let places = met.entry((name, unit)).or_default();
                places.entry(number.to_owned()).or_default().insert(place.to_owned());
            }
        }
    }
}

fn met_on_pages(built: &Built, met: &mut Met) {
    for page in PAGES {
        let html = built.page(page);
        let main = all(&html, "main")[0];
        // The bars of a chart say what they are in words of their own.
        let is_chart = |name: &str| matches!(name, "svg" | "table");
        let texts = main.descendants().filter_map(|node| {
            let mut within = node.ancestors().filter_map(|above| above.value().as_element());
            let chart = within.any(|element| is_chart(element.name()));
            node.value().as_text().filter(|_| !chart).map(|text| text.to_string())
        });
        read(&texts.collect::<String>(), page, met);
    }
}

fn command(arguments: &[&str], public: bool) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(root())
        .args(["--lang", "zh", "--now", NOW])
        .args(["--audience", if public { "public" } else { "internal" }])
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_same_figure_is_the_same_on_every_page_and_in_every_command() {
    for public in [false, true] {
        let mut met = Met::new();
        met_on_pages(&sample(public), &mut met);
        let due = command(&["due"], public);
        read(&due.replace("其中已逾期", "逾期未回复"), "due", &mut met);
        let ledger: Value = serde_json::from_str(&command(
            &["ledger", "--since", "2022-01-01", "--format", "json"],
            public,
        ))
        .unwrap();
        for (key, name, unit) in [
            ("reports", "撰写报告", "篇"),
            ("adopted", "已转化", "篇"),
            ("recognised", "成果认可", "篇"),
            ("unverified", "待核实", "篇"),
        ] {
            read(&format!("{name}{}{unit}", ledger["total"][key]), "ledger", &mut met);
        }
        for ((name, unit), numbers) in &met {
            assert_eq!(numbers.len(), 1, "public: {public}, {name}（{unit}）: {numbers:?}");
        }
        let places = |figure: &(&'static str, &'static str)| {
            met.get(figure)
                .map_or(0, |numbers| numbers.values().map(BTreeSet::len).sum())
        };
        let several: Vec<_> = FIGURES.iter().filter(|figure| places(figure) >= 2).collect();
        // The public has neither instructions nor recommendations.
        let least = if public { 3 } else { 9 };
        assert!(several.len() >= least, "public: {public}: {met:?}");
    }
}
