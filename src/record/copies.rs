//! Which documents are copies of others: made by hand, by a sync client, in another folder.
//!
//! A copy has the kind, title, date and units of its original, or its number. What tells two documents apart (another
//! number, another addressee, one that supersedes the other) makes them two. A draft is no copy and has none.

use crate::record::number::{canonical, is_number};
use crate::record::{Benefits, Detail, Record};
use crate::text::normalize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What file managers, office programs and sync clients put into the name of a copy.
const MARKS: [&str; 10] = [
    "副本",
    "冲突",
    "拷贝",
    "备份",
    "复制",
    "重复",
    "copy",
    "conflict",
    "backup",
    "duplicate",
];

/// What copies have in common, hashed: a corpus has many documents and few copies.
type Name = [u8; 16];

/// For each record the index of the one that it is a copy of; `None` for originals. The order of the records doesn't
/// matter: the original is the one that says most, then the one whose name looks least like a copy's, then the shortest,
/// then the first by id.
pub(crate) fn copies(records: &[&Record]) -> Vec<Option<usize>> {
    let mut found = vec![None; records.len()];
    let mut originals: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
    for at in in_question(records) {
        let names = names(records[at]);
        let original = names
            .iter()
            .filter_map(|name| originals.get(name))
            .flatten()
            .copied()
            .find(|&other| !are_apart(records[other], records[at]));
        match original {
            Some(original) => found[at] = Some(original),
            None => names
                .into_iter()
                .for_each(|name| originals.entry(name).or_default().push(at)),
        }
    }
    found
}

/// The records that have something in common with another one, originals first.
fn in_question(records: &[&Record]) -> Vec<usize> {
    let named = records
        .iter()
        .enumerate()
        .filter(|(_, record)| !record.draft)
        .flat_map(|(at, record)| names(record).into_iter().map(move |name| (name, at)));
    let mut named: Vec<(Name, usize)> = named.collect();
    named.sort_unstable();
    let shared = named
        .chunk_by(|(one, _), (other, _)| one == other)
        .filter(|group| group.len() > 1);
    let mut shared: Vec<usize> = shared.flatten().map(|&(_, at)| at).collect();
    shared.sort_unstable();
    shared.dedup();
    shared.sort_by_cached_key(|&at| (Reverse(said(records[at])), rank(&records[at].file)));
    shared
}

/// How much a document says that is counted: its entries (转化情况, 回复, 整改, 成效, 荣誉), then how much of them is
/// filled in.
fn said(record: &Record) -> (usize, usize) {
    let benefits = [record.benefits.people.is_some(), record.benefits.amount.is_some()];
    let honours = record.honours.iter().map(|honour| {
        let known = [honour.level.is_some(), honour.rank.is_some(), honour.date.is_some()];
        number_of(&known)
    });
    let of_kind: Vec<usize> = match &record.detail {
        Detail::Report(report) => {
            let events = report.adoptions.iter().map(|event| {
                let known = [event.date.is_some(), event.level.is_some(), event.effect.is_some()];
                let named = [
                    event.authority.is_some(),
                    event.document.is_some(),
                    event.evidence.is_some(),
                ];
                number_of(&known) + number_of(&named)
            });
            events.collect()
        }
        Detail::Recommendation(recommendation) => {
            let reply = recommendation.reply.as_ref();
            let reply = reply.map(|reply| number_of(&[reply.date.is_some(), reply.outcome.is_some()]));
            let found = recommendation.rectification.as_ref();
            let found = found.map(|found| number_of(&[found.date.is_some(), found.outcome.is_some()]));
            reply.into_iter().chain(found).collect()
        }
        _ => Vec::new(),
    };
    let entries = honours.chain(of_kind);
    let (number, filled) = entries.fold((0, 0), |(number, filled), entry| (number + 1, filled + entry));
    (number + number_of(&benefits), filled)
}

fn number_of(known: &[bool]) -> usize {
    known.iter().filter(|is_known| **is_known).count()
}

/// The less a name looks like a copy's, the sooner it comes.
fn rank(file: &str) -> (bool, usize, String) {
    (is_copy_name(file), file.chars().count(), file.to_owned())
}

/// Whether a file's name says that it is a copy: `甲 - 副本.md`, `甲 (2).md`, `Copy of 甲.md`.
fn is_copy_name(file: &str) -> bool {
    let name = stem(file);
    let counted = name
        .strip_suffix([')', '）'])
        .and_then(|rest| rest.rsplit_once(['(', '（']))
        .is_some_and(|(_, inner)| {
            !inner.is_empty() && inner.len() < 3 && inner.bytes().all(|byte| byte.is_ascii_digit())
        });
    counted || MARKS.iter().any(|mark| name.contains(mark))
}

/// A file's name without folders and extension, in normal form.
fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    normalize(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// What copies of a record have in common with it.
fn names(record: &Record) -> Vec<Name> {
    let kind = record.kind.key();
    let numbered = number(record).map(|number| format!("{kind}\n#{}", letters(&canonical(number))));
    let title = letters(&record.title);
    let mut units: Vec<String> = record.units.iter().map(|unit| letters(unit)).collect();
    units.sort();
    let units = units.join("\n");
    let titled = match record.date {
        Some(date) => format!("{kind}\n{title}\n{date}\n{units}"),
        // Without a date a title alone says too little: the files must have one name, or say the same of themselves.
        None => format!("{kind}\n{title}\n{units}\n/{}", original_name(&record.file)),
    };
    let same = words(record).map(|words| format!("{kind}\n{words}"));
    let names = numbered.into_iter().chain([titled]).chain(same);
    names.map(|name| hash(&name)).collect()
}

/// All that the front matter of a record without a date says, where that is more than a title.
fn words(record: &Record) -> Option<String> {
    let figures = !record.honours.is_empty() || record.benefits != Benefits::default();
    let events = matches!(&record.detail, Detail::Report(report) if !report.adoptions.is_empty());
    let telling = record.summary.is_some() || figures || events;
    let anywhere = || Record {
        id: String::new(),
        file: String::new(),
        ..record.clone()
    };
    (record.date.is_none() && telling).then(|| format!("{:?}", anywhere()))
}

fn hash(text: &str) -> Name {
    let mut name = Name::default();
    name.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..size_of::<Name>()]);
    name
}

/// A file's name without what makes it that of a copy.
fn original_name(file: &str) -> String {
    let name = stem(file);
    let end = MARKS.iter().filter_map(|mark| name.find(mark)).min();
    let name = match end {
        Some(0) | None => name.as_str(),
        Some(end) => &name[..end],
    };
    let name = name.split(['(', '（']).next().unwrap_or(name);
    letters(name)
}

/// The letters and digits of a text in normal form.
fn letters(text: &str) -> String {
    normalize(text)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// The number that a copy has in common with its original.
pub(crate) fn copied_number<'a>(copy: &'a Record, original: &Record) -> Option<&'a str> {
    let one = number(copy)?;
    (canonical(one) == canonical(number(original)?)).then_some(one)
}

/// The number of a case or a recommendation, where what is written there is one.
fn number(record: &Record) -> Option<&str> {
    let number = match &record.detail {
        Detail::Case(case) => case.number.as_deref(),
        Detail::Recommendation(recommendation) => recommendation.number.as_deref(),
        _ => None,
    };
    number.filter(|number| is_number(number))
}

/// Whether two records that have something in common are two documents all the same.
fn are_apart(one: &Record, other: &Record) -> bool {
    let replaces = |new: &Record, old: &Record| new.supersedes.contains(&old.id);
    if replaces(one, other) || replaces(other, one) {
        return true;
    }
    match (number(one), number(other)) {
        (Some(one), Some(other)) => canonical(one) != canonical(other),
        _ => addressee(one) != addressee(other) || court_number(one) != court_number(other),
    }
}

fn addressee(record: &Record) -> Option<&str> {
    match &record.detail {
        Detail::Recommendation(recommendation) => recommendation.addressee.as_deref(),
        _ => None,
    }
}

fn court_number(record: &Record) -> Option<&str> {
    match &record.detail {
        Detail::Case(case) => case.court_number.as_deref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    /// The ids of the copies among documents, each with that of its original.
    fn found(documents: &[(&str, &str)]) -> Vec<(String, String)> {
        let records: Vec<Record> = documents
            .iter()
            .map(|(id, front)| {
                let text = format!("---\n{front}\n---\n正文。\n");
                crate::record::read(&Source::of((*id).into(), format!("{id}.md"), text)).0
            })
            .collect();
        let records: Vec<&Record> = records.iter().collect();
        let copies = copies(&records);
        let named = copies.iter().enumerate();
        named
            .filter_map(|(at, original)| Some((records[at].id.clone(), records[(*original)?].id.clone())))
            .collect()
    }

    const REPORT: &str = "kind: report\ntitle: 关于河道治理的调研报告\ndate: 2024-03-05\nunit: 澄溪县人民检察院";

    #[test]
    fn a_copy_is_known_however_it_was_made() {
        for name in [
            "报告/甲 - 副本",
            "报告/甲 (2)",
            "报告/甲（1）",
            "报告/Copy of 甲",
            "报告/甲 (DESKTOP-1 的冲突副本 2024-06-02)",
            "报告/甲.sync-conflict-20240602-101010",
            "备份/报告/甲",
        ] {
            let expected = [(name.to_owned(), "报告/甲".to_owned())];
            assert_eq!(found(&[(name, REPORT), ("报告/甲", REPORT)]), expected, "{name}");
            assert_eq!(found(&[("报告/甲", REPORT), (name, REPORT)]), expected, "{name}");
        }
    }

    #[test]
    fn a_title_written_another_way_is_one_title() {
        let wide = "kind: report\ntitle: 关于 河道治理的調研報告\ndate: 2024年3月5日\nunit: 澄溪县人民检察院";
        assert_eq!(found(&[("a", REPORT), ("bb", wide)]).len(), 1);
    }

    #[test]
    fn three_copies_have_one_original() {
        let copies = found(&[("甲 (1)", REPORT), ("甲 (2)", REPORT), ("甲", REPORT)]);
        assert_eq!(copies.len(), 2);
        assert!(copies.iter().all(|(_, original)| original == "甲"));
    }

    #[test]
    fn of_copies_the_one_that_says_most_is_the_original() {
        let more = format!("{REPORT}\nadoptions: [{{form: norm, effect: issued, date: 2024-06-01}}]");
        let expected = [("甲".to_owned(), "甲 (1)".to_owned())];
        assert_eq!(found(&[("甲", REPORT), ("甲 (1)", &more)]), expected);
        assert_eq!(found(&[("甲 (1)", &more), ("甲", REPORT)]), expected);
        let advice = "kind: recommendation\ntitle: 建议\nnumber: 澄检建〔2024〕1号";
        let answered = format!("{advice}\nreply: {{date: 2024-06-01, outcome: 采纳}}");
        let dated = format!("{advice}\nreply: {{date: 2024-06-01}}");
        let expected = [("J".to_owned(), "K".to_owned())];
        assert_eq!(found(&[("J", &dated), ("K", &answered)]), expected);
    }

    #[test]
    fn a_draft_is_no_copy_and_has_none() {
        let draft = format!("{REPORT}\ndraft: true");
        assert_eq!(found(&[("甲", &draft), ("乙", REPORT)]), []);
    }

    #[test]
    fn what_stands_in_the_place_of_a_number_makes_no_copies() {
        for number in ["无", "待编号", "/", "澄检建〔2024〕 号", "×号", "N/A"] {
            let advice = |title: &str| format!("kind: recommendation\ntitle: {title}\nnumber: {number}");
            assert_eq!(found(&[("a", &advice("甲")), ("b", &advice("乙"))]), [], "{number}");
        }
    }

    #[test]
    fn what_tells_documents_apart_makes_them_two() {
        let with = |more: &str| format!("{REPORT}\n{more}");
        let another_year = REPORT.replace("2024", "2023");
        let another_unit = REPORT.replace("澄溪", "东山");
        let advice = "kind: recommendation\ntitle: 检察建议书\ndate: 2024-03-05\nunit: 澄溪县人民检察院";
        let to = |addressee: &str| format!("{advice}\naddressee: {addressee}");
        let number = |number: u32| format!("{advice}\nnumber: 澄检建〔2024〕{number}号");
        for (one, other) in [
            (REPORT.to_owned(), another_year),
            (REPORT.to_owned(), another_unit),
            (REPORT.to_owned(), with("supersedes: a")),
            (to("澄溪县水务局"), to("澄溪县民政局")),
            (number(1), number(2)),
            ("title: 编写说明".to_owned(), "title: 编写说明".to_owned()),
        ] {
            assert_eq!(found(&[("a", &one), ("b", &other)]), [], "{other}");
        }
    }

    #[test]
    fn one_number_is_one_document() {
        let first = "kind: recommendation\ntitle: 甲\nnumber: 澄检建〔2024〕1号";
        let second = "kind: recommendation\ntitle: 乙\nnumber: 澄检建[2024]第01号";
        assert_eq!(found(&[("a", first), ("b", second)]).len(), 1);
    }

    #[test]
    fn without_a_date_the_files_have_one_name_or_say_the_same() {
        let undated = "kind: report\ntitle: 河道治理";
        assert_eq!(found(&[("甲", undated), ("甲 - 副本", undated)]).len(), 1);
        assert_eq!(found(&[("甲", undated), ("旧/甲", undated)]).len(), 1);
        assert_eq!(found(&[("甲", undated), ("乙", undated)]).len(), 0);
        let events = "adoptions: [{date: 2024-06-01, form: 刊发}]";
        for more in ["summary: 摘要。", events, "date: 待定\nsummary: 摘要。"] {
            let said = format!("{undated}\n{more}");
            assert_eq!(found(&[("甲", &said), ("乙（报送）", &said)]).len(), 1, "{more}");
            assert_eq!(found(&[("甲", &said), ("乙", undated)]).len(), 0, "{more}");
        }
    }
}
