//! Recognises a case of a minor's crime: its record is sealed, and it must never be public.

use crate::check::privacy::is_unseen;
use crate::reading::{Reading, What};
use crate::record::{Case, Record};

/// Words that say it wherever a record has them.
const TELLING: [&str; 8] = [
    "附条件不起诉",
    "犯罪记录封存",
    "涉罪未成年",
    "未成年犯罪嫌疑人",
    "未成年被告人",
    "未成年罪犯",
    "未成年人犯罪案",
    "未成年犯",
];
/// Words before the name of someone who is accused.
const ACCUSED: [&str; 5] = ["被告人", "犯罪嫌疑人", "被不起诉人", "罪犯", "上诉人"];
/// Words that begin to speak of someone else.
const OTHERS: [&str; 4] = ["被害人", "被害", "证人", "女友"];
/// Ages under which a crime is a minor's, as they are written.
const AGES: [&str; 14] = [
    "12",
    "13",
    "14",
    "15",
    "16",
    "17",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "不满十八",
    "未满十八",
];
/// Characters after an accused person's name in which his age stands.
const REACH: usize = 40;

/// Whether a case is one of a minor's crime, by what the record says of it or by the age of an
/// accused in the text. A minor who is the victim doesn't make it one.
pub fn is_minors_crime(reading: &Reading, record: &Record, case: &Case) -> bool {
    let lists = record.tags.iter().chain(&record.causes).map(String::as_str);
    let texts = [Some(&record.title), record.summary.as_ref(), case.result.as_ref()]
        .into_iter()
        .flatten();
    let said = lists
        .chain(texts.map(String::as_str))
        .any(|text| TELLING.iter().any(|word| text.contains(word)));
    let bodies = || reading.body().iter().filter(|passage| passage.what != What::Target);
    said || record.title.contains("（未成年人）")
        || bodies().any(|passage| {
            let text = plain(passage.text.text());
            text.contains("被附条件不起诉人") || has_young_accused(&text)
        })
}

/// A text without what nobody sees.
fn plain(text: &str) -> String {
    text.chars().filter(|&character| !is_unseen(character)).collect()
}

fn has_young_accused(body: &str) -> bool {
    ACCUSED.iter().any(|word| {
        body.match_indices(word).any(|(at, _)| {
            let after: String = body[at + word.len()..].chars().take(REACH).collect();
            // The accused's own clause ends where the sentence ends or someone else comes.
            let end = after.find(['。', '\n']).unwrap_or(after.len());
            let end = OTHERS
                .iter()
                .filter_map(|other| after.find(other))
                .fold(end, usize::min);
            is_young(&after[..end])
        })
    })
}

/// An age with 时 before it, so that it is the age at the deed: 作案时17周岁, 时年十六岁, 犯罪时不满十八周岁.
fn is_young(clause: &str) -> bool {
    AGES.iter().any(|age| {
        clause.match_indices(age).any(|(at, _)| {
            let after = &clause[at + age.len()..];
            let before: String = clause[..at].chars().rev().take(4).collect();
            (after.starts_with("周岁") || after.starts_with('岁')) && before.contains('时')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;
    use crate::record::{Detail, read};

    fn minors_crime(front: &str, body: &str) -> bool {
        let front = format!("kind: case\ntitle: 某案\n{front}");
        let source = Source::of("a".into(), "a.md".into(), format!("---\n{front}---\n{body}"));
        let record = read(&source).0;
        let Detail::Case(case) = &record.detail else {
            panic!("not a case")
        };
        is_minors_crime(&Reading::of(&source), &record, case)
    }

    #[test]
    fn a_minor_who_is_accused_is_recognised() {
        for body in [
            "被告人某某，男，作案时17周岁，学生。",
            "犯罪嫌疑人甲某（时年十六岁）到案。",
            "被告人某某犯罪时不满十八周岁，应当从轻。",
            "被附条件不起诉人某某。",
            "被告人某某，作案时**17**周岁。",
            "被告人某某，作案时\n17周岁。",
            "被附条件\u{200b}不起诉人某某。",
        ] {
            assert!(minors_crime("", body), "{body}");
        }
        assert!(minors_crime("tags: [附条件不起诉]\n", ""));
        assert!(minors_crime("result: 相关犯罪记录封存，不，涉罪未成年人帮教。\n", ""));
    }

    #[test]
    fn a_minor_who_is_harmed_is_not() {
        for body in [
            "被告人某某与被害人（女，案发时13周岁）相识。",
            "被告人某某，男，1985年出生。被害人时年12岁。",
            "在办理涉罪未成年人案件中发现文身问题。",
            "有期徒刑十五年，罚金。被告人时年42岁。",
        ] {
            assert!(!minors_crime("lines: [未成年人]\n", body), "{body}");
        }
    }
}
