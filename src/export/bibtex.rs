//! Documents as BibTeX entries, for reference managers.

use super::record;
use crate::index::document::IndexDocument;
use std::fmt::Write as _;

/// The entry of a document. Its key is made of its id, in letters that every BibTeX takes.
pub(crate) fn bibtex(document: &IndexDocument) -> String {
    let record = record(document);
    let kind = match record.kind {
        "report" => "techreport",
        _ => "misc",
    };
    let key = &blake3::hash(record.id.as_bytes()).to_hex()[..10];
    let date = record.date.unwrap_or_default();
    let month = date
        .get(5..7)
        .map(|month| month.trim_start_matches('0').to_owned())
        .unwrap_or_default();
    let fields = [
        ("title", format!("{{{}}}", escaped(record.title))),
        ("author", names(&document.facets.author)),
        ("institution", escaped(&document.facets.unit.join("；"))),
        ("year", record.year.map(|year| year.to_string()).unwrap_or_default()),
        ("month", month),
        ("keywords", escaped(&record.keywords.join(", "))),
        ("note", escaped(record.id)),
    ];
    let mut entry = format!("@{kind}{{jianyan-{key},\n");
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(entry, "  {name} = {{{value}}},");
    }
    entry + "}\n"
}

/// Names joined by `and`, each in braces: BibTeX must not take a Chinese name apart.
fn names(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{{{}}}", escaped(name))).collect();
    names.join(" and ")
}

/// A text without what TeX would take for a command.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => out.extend(['\\', character]),
            '\n' | '\r' => out.push(' '),
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::document::Facets;

    #[test]
    fn names_stay_whole_and_commands_are_text() {
        let document = IndexDocument {
            id: "a".into(),
            title: "降低 50% 的{甲}\\乙".into(),
            facets: Facets {
                kind: "report".into(),
                author: vec!["欧阳某".into(), "李某".into()],
                year: Some(2024),
                date: Some(19_787),
                ..Facets::default()
            },
            ..IndexDocument::default()
        };
        let expected = "@techreport{jianyan-17762fddd9,\n  title = {{降低 50\\% 的\\{甲\\}\\textbackslash{}乙}},\n  \
                        author = {{欧阳某} and {李某}},\n  year = {2024},\n  month = {3},\n  note = {a},\n}\n";
        assert_eq!(bibtex(&document), expected);
    }
}
