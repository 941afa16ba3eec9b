//! How a document is cited: by GB/T 7714-2015, section 4.1; and as office papers do, by its number.

use crate::record::{Detail, Record};

/// Authors named before 等 (8.1.2).
const NAMED_AUTHORS: usize = 3;

/// What stands in the name of every procuratorate behind the place.
const OFFICE: &str = "人民检察院";

/// The citation of a document: 责任者. 题名: 编号[类型]. 出版地: 出版者, 年.
///
/// A report is `[R]`; for cases, official papers and projects the standard has no type but `[Z]`, 其他 (annex B).
/// The office issues what its people write; where there are no authors it stands in their place too. Of several
/// offices the first one issues (8.4.2).
pub(super) fn citation(record: &Record) -> String {
    let mut authors: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
    if authors.is_empty() {
        authors = record.units.iter().map(String::as_str).collect();
    }
    let more = authors.len() > NAMED_AUTHORS;
    authors.truncate(NAMED_AUTHORS);
    let mut by = authors.join(", ");
    if more {
        by.push_str(", 等");
    }
    let (number, kind) = match &record.detail {
        Detail::Report(_) => (None, "R"),
        Detail::Case(case) => (case.number.as_deref(), "Z"),
        Detail::Recommendation(recommendation) => (recommendation.number.as_deref(), "Z"),
        Detail::Topic(_) | Detail::Law(_) => (None, "Z"),
    };
    let title = match number {
        Some(number) => format!("{}: {number}[{kind}]", record.title),
        None => format!("{}[{kind}]", record.title),
    };
    let publisher = record.units.first().map(|unit| format!("{}: {unit}", place(unit)));
    let year = record.date.map(|day| day.date.year().to_string());
    let issued: Vec<String> = publisher.into_iter().chain(year).collect();
    let parts = [by, title, issued.join(", ")];
    let parts: Vec<&str> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    parts.join(". ") + "."
}

/// Where an office is, by its name: 澄溪县 of 澄溪县人民检察院. The standard has words for a place that isn't known
/// (8.4.1.3).
fn place(unit: &str) -> &str {
    match unit.split_once(OFFICE) {
        Some(("最高", _)) => "北京",
        Some((place, _)) if !place.is_empty() => place,
        _ => "[出版地不详]",
    }
}

/// How office papers cite a law: its title in 《》; and what has a number: the title in 《》 and its number in brackets,
/// 《关于加强……的检察建议书》（澄检建〔2022〕9号）; a case goes without 《》: ……案（检例第142号）.
pub(super) fn office_citation(record: &Record) -> Option<String> {
    match &record.detail {
        Detail::Case(case) => Some(format!("{}（{}）", record.title, case.number.as_deref()?)),
        Detail::Recommendation(recommendation) => {
            Some(format!("《{}》（{}）", record.title, recommendation.number.as_deref()?))
        }
        Detail::Law(_) => Some(format!("《{}》", record.title)),
        Detail::Report(_) | Detail::Topic(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_read_from_the_name_of_the_office() {
        for (unit, expected) in [
            ("澄溪县人民检察院", "澄溪县"),
            ("澜州市人民检察院第七检察部", "澜州市"),
            ("最高人民检察院", "北京"),
            ("人民检察院", "[出版地不详]"),
            ("澜州大学", "[出版地不详]"),
        ] {
            assert_eq!(place(unit), expected, "{unit}");
        }
    }
}
