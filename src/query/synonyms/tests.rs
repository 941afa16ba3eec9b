//! The built-in thesaurus keeps its own rules, and no word of it stands by chance inside of an innocent one.
//!
//! `tests/judged/thesaurus.tsv` holds a line a group: its first member, a query with a member in context, and words in
//! which none of the group may stand. `tests/judged/words.tsv` holds the judged queries cut into words by hand: where a
//! member is found in one, it begins and ends where words do.

use super::{Synonyms, WHOLE};
use crate::markdown::short::SHORT;
use crate::query::judged;
use crate::settings;
use crate::text::normalize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

const THESAURUS: &str = include_str!("../../assets/data/thesaurus.yaml");
const LINES: &str = include_str!("../../../tests/judged/thesaurus.tsv");
const WORDS: &str = include_str!("../../../tests/judged/words.tsv");
const QUERIES: &str = include_str!("../../../tests/judged/queries.tsv");

fn thesaurus() -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("synonyms.yaml"), THESAURUS).unwrap();
    let (settings, diagnostics) = settings::read(folder.path());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    settings.synonyms
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// The members by normal form, longest first, each with the number of its group.
fn members(groups: &[Vec<String>]) -> Vec<(String, usize)> {
    let numbered = groups.iter().enumerate();
    let mut members: Vec<_> = numbered
        .flat_map(|(at, group)| group.iter().map(move |member| (normalize(member), at)))
        .filter(|(member, _)| !WHOLE.contains(&member.as_str()))
        .collect();
    members.sort_by_key(|(member, _)| std::cmp::Reverse(member.chars().count()));
    members
}

/// Where members stand in a text, the longest first: what one has taken no other takes.
fn found(members: &[(String, usize)], text: &str) -> Vec<(Range<usize>, usize)> {
    let mut taken: Vec<(Range<usize>, usize)> = Vec::new();
    for (member, group) in members {
        for (start, _) in text.match_indices(member.as_str()) {
            let span = start..start + member.len();
            if taken
                .iter()
                .all(|(other, _)| other.end <= span.start || span.end <= other.start)
            {
                taken.push((span, *group));
            }
        }
    }
    taken
}

/// The members found in a text of these words that begin or end within one of them.
fn crossing(members: &[(String, usize)], words: &[String]) -> Vec<String> {
    let text = words.concat();
    let mut borders = BTreeSet::from([0]);
    let mut end = 0;
    for word in words {
        end += word.len();
        borders.insert(end);
    }
    let across = |span: &Range<usize>| !borders.contains(&span.start) || !borders.contains(&span.end);
    found(members, &text)
        .into_iter()
        .filter(|(span, _)| across(span))
        .map(|(span, _)| text[span].to_owned())
        .collect()
}

/// The words, separated by blanks, in normal form.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(normalize).collect()
}

#[test]
fn the_thesaurus_holds_each_word_once() {
    let groups = thesaurus();
    assert!(groups.len() >= 500, "{} groups", groups.len());
    let mut seen = BTreeMap::new();
    for member in groups.iter().flatten() {
        let normal = normalize(member);
        assert!(normal.chars().filter(|c| c.is_alphanumeric()).count() > 1, "{member}");
        if let Some(other) = seen.insert(normal, member) {
            panic!("{member} is {other} once more");
        }
    }
}

#[test]
fn each_group_is_found_in_its_query_and_not_in_innocent_words() {
    let groups = thesaurus();
    let members = members(&groups);
    let lines: Vec<_> = rows(LINES).collect();
    let heads: Vec<_> = groups.iter().map(|group| group[0].as_str()).collect();
    assert_eq!(lines.iter().map(|line| line[0]).collect::<Vec<_>>(), heads);
    for (at, line) in lines.iter().enumerate() {
        let query = normalize(line[1]);
        let hit = found(&members, &query).iter().any(|(_, group)| *group == at);
        assert!(hit, "{} is not found in {}", line[0], line[1]);
        for innocent in line.get(2).map_or(Vec::new(), |innocent| words(innocent)) {
            let mut inside = members.iter().filter(|(member, _)| innocent.contains(member));
            let own = inside.find(|(_, group)| *group == at);
            assert_eq!(own, None, "stands in {innocent}");
        }
    }
}

#[test]
fn no_member_is_found_across_the_words_of_a_judged_query() {
    let members = members(&thesaurus());
    let cut: BTreeMap<_, _> = rows(WORDS).map(|row| (row[0], words(row[1]))).collect();
    let queries = judged::queries(QUERIES).unwrap();
    assert_eq!(cut.len(), queries.len());
    for judged in queries {
        let words = &cut[judged.id.as_str()];
        let query: String = judged.query.split_whitespace().map(normalize).collect();
        assert_eq!(words.concat(), query, "{}", judged.id);
        assert_eq!(crossing(&members, words), Vec::<String>::new(), "in {}", judged.query);
    }
}

#[test]
fn a_careless_member_is_found_out() {
    let careless = |member: &str| members(&[vec![member.to_owned(), "甲乙".to_owned()]]);
    assert_eq!(crossing(&careless("取保"), &words("收取 保证金")), ["取保"]);
    assert_eq!(crossing(&careless("保证"), &words("收取 保证金")), ["保证"]);
    assert!(crossing(&careless("保证金"), &words("收取 保证金")).is_empty());
}

#[test]
fn short_forms_that_stand_in_other_words_count_alone() {
    let groups = thesaurus();
    let synonyms = Synonyms::new(&groups);
    for word in WHOLE {
        assert!(synonyms.group_of(word).is_some(), "{word}");
        let inside = synonyms.inside(&format!("抗{word}行"));
        assert!(
            inside
                .iter()
                .all(|(_, group)| group.iter().all(|member| member.normal != word)),
            "{word}"
        );
    }
}

#[test]
fn short_names_of_laws_are_in_the_thesaurus() {
    let groups = thesaurus();
    let holds = |group: &&Vec<String>, name: &str| group.iter().any(|member| member == name);
    for (short, full) in SHORT {
        assert!(
            groups.iter().any(|group| holds(&group, short) && holds(&group, full)),
            "{short}"
        );
    }
}
