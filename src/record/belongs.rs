//! To what a document belongs besides its kind: series of numbers, the folder that it lies in, a court and a type of
//! cases.

use super::batch;
use super::guess;
use super::{Detail, Record};
use crate::message::{Catalogue, Lang};
use crate::text::{normalize, number};

/// The series that the numbers of a document count in, each with its batch where that is known: 检例, 检例第五十批.
pub(crate) fn series(record: &Record) -> Vec<String> {
    let own = match &record.detail {
        Detail::Case(case) => case
            .number
            .as_deref()
            .and_then(counted_in)
            .or_else(|| court_series(&record.title)),
        Detail::Recommendation(recommendation) => recommendation.number.as_deref().and_then(counted_in),
        Detail::Report(_) | Detail::Topic(_) | Detail::Law(_) => None,
    };
    let batch = match &record.detail {
        Detail::Case(case) => case.batch.as_ref().map(|batch| batch::canonical(batch.trim())),
        _ => None,
    };
    let of_batch = batch.filter(|batch| !batch.is_empty()).map(|batch| match &own {
        Some(series) if !batch.starts_with(series.as_str()) => format!("{series}{batch}"),
        _ => batch,
    });
    own.into_iter().chain(of_batch).collect()
}

/// How the canonical form of a number begins: 检例 of 检例142号, 澄检建 of 澄检建2022-9号.
fn counted_in(text: &str) -> Option<String> {
    let canonical = number::canonical(text)?;
    let series: String = canonical.chars().take_while(|letter| letter.is_alphabetic()).collect();
    (!series.is_empty()).then_some(series)
}

/// The series of the Supreme Court, where a title has a number of it.
fn court_series(title: &str) -> Option<String> {
    let found = number::court_guidance(&normalize(title)).into_iter().next()?;
    Some(
        found
            .canonical
            .chars()
            .take_while(|letter| letter.is_alphabetic())
            .collect(),
    )
}

/// The folder that a document lies in; none where that says no more than its kind does.
pub(crate) fn folder(record: &Record) -> Option<String> {
    let (folder, _) = record.file.rsplit_once('/')?;
    let zh = Catalogue::of(Lang::Zh);
    let says_the_kind =
        guess::kind_of_folder(folder) == Some(record.kind) && folder == zh.get(&format!("kind.{}", record.kind.key()));
    (!says_the_kind).then(|| folder.to_owned())
}

/// The court of a 案号 by the sign that courts have in one: 澄0123 of （2022）澄0123刑初45号.
pub(crate) fn court(record: &Record) -> Option<String> {
    case_number(record).map(|(court, _)| court)
}

/// What a 案号 says of its case: 刑初 of （2022）澄0123刑初45号, 民终 of （2014）澄高法民四终字第9号.
pub(crate) fn case_type(record: &Record) -> Option<String> {
    let (_, rest) = case_number(record)?;
    let letters = rest
        .chars()
        .take_while(|letter| !letter.is_ascii_digit() && !"字第".contains(*letter));
    // Which chamber heard it is not what the case is.
    let kind: String = letters
        .filter(|letter| !"一二三四五六七八九十".contains(*letter))
        .collect();
    (!kind.is_empty()).then_some(kind)
}

/// The court of a 案号, and what follows it: 澄0123 and 刑初45号.
fn case_number(record: &Record) -> Option<(String, String)> {
    /// With what the types of cases begin.
    const TYPES: [char; 13] = [
        '刑', '民', '行', '执', '赔', '财', '认', '清', '破', '限', '强', '委', '辖',
    ];
    const SUPREME: &str = "最高法";
    let Detail::Case(case) = &record.detail else {
        return None;
    };
    let canonical = number::canonical(case.court_number.as_deref()?)?;
    let (_, number) = canonical.split_once(')')?;
    if let Some(rest) = number.strip_prefix(SUPREME) {
        return Some((SUPREME.to_owned(), rest.to_owned()));
    }
    let province = number.chars().next()?;
    let after = &number[province.len_utf8()..];
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    let court = match digits {
        0 => number.find(TYPES)?,
        digits => province.len_utf8() + digits,
    };
    // Before 2016 the Supreme Court named itself in none: （2015）民申字第1号.
    let named = if court == 0 { SUPREME } else { &number[..court] };
    Some((named.to_owned(), number[court..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    fn record(file: &str, front: &str) -> Record {
        let id = file.trim_end_matches(".md").to_owned();
        crate::record::read(&Source::of(
            id,
            file.to_owned(),
            format!("---\n{front}\n---\n\n正文。\n"),
        ))
        .0
    }

    #[test]
    fn numbers_tell_the_series_and_the_batch() {
        for (front, expected) in [
            ("kind: case\ntitle: 甲案\nnumber: 检例第142号", ["检例"].as_slice()),
            (
                "kind: case\ntitle: 甲案\nnumber: 检例第142号\nbatch: 第三十五批",
                &["检例", "检例第三十五批"],
            ),
            (
                "kind: case\ntitle: 甲案\nnumber: 检例第142号\nbatch: 第35批",
                &["检例", "检例第三十五批"],
            ),
            ("kind: case\ntitle: 甲案（指导案例24号）", &["指导案例"]),
            ("kind: case\ntitle: 甲案\nbatch: 第二批典型案例", &["第二批典型案例"]),
            (
                "kind: recommendation\ntitle: 甲\nnumber: 澄检建〔2022〕9号",
                &["澄检建"],
            ),
            ("kind: report\ntitle: 甲（检例第142号）", &[]),
        ] {
            assert_eq!(series(&record("a.md", front)), expected, "{front}");
        }
    }

    #[test]
    fn a_text_without_front_matter_tells_its_batch() {
        for (body, expected) in [
            (
                "最高人民检察院第三十五批指导性案例\n\n【关键词】\n",
                ["检例", "检例第三十五批"].as_slice(),
            ),
            ("【要旨】\n\n第三十五批指导性案例另有规定。\n", &["检例"]),
        ] {
            let text = format!("# 甲案（检例第142号）\n\n{body}");
            let source = Source::of("案例/甲".to_owned(), "案例/甲.md".to_owned(), text);
            assert_eq!(series(&crate::record::read(&source).0), expected, "{body}");
        }
    }

    #[test]
    fn a_folder_that_only_says_the_kind_is_not_told() {
        for (file, front, expected) in [
            ("案例/a.md", "kind: case\ntitle: 甲", None),
            ("案例/典型案例/a.md", "kind: case\ntitle: 甲", Some("案例/典型案例")),
            ("案例/a.md", "kind: report\ntitle: 甲", Some("案例")),
            ("a.md", "kind: report\ntitle: 甲", None),
        ] {
            assert_eq!(folder(&record(file, front)).as_deref(), expected, "{file}");
        }
    }

    #[test]
    fn a_case_number_tells_its_court_and_its_type() {
        for (number, expected) in [
            ("（2022）澄0123刑初45号", Some(("澄0123", "刑初"))),
            ("（2020）最高法民再1号", Some(("最高法", "民再"))),
            ("（2020）最高法知民终1号", Some(("最高法", "知民终"))),
            ("（2019）澄民终7号", Some(("澄", "民终"))),
            ("（2017）澄执异18号", Some(("澄", "执异"))),
            ("（2022）澄0123执恢123-1号", Some(("澄0123", "执恢"))),
            ("（2015）澄中法民四初字第15号", Some(("澄中法", "民初"))),
            ("（2015）民申字第1号", Some(("最高法", "民申"))),
            ("澄检刑不诉〔2022〕5号", None),
        ] {
            let front = format!("kind: case\ntitle: 甲\ncourt_number: {number}");
            let record = record("a.md", &front);
            let told = court(&record).zip(case_type(&record));
            let expected = expected.map(|(court, of)| (court.to_owned(), of.to_owned()));
            assert_eq!(told, expected, "{number}");
        }
    }
}
