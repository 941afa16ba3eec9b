//! A document as a form: the fields of each kind, and the text that what was filled in becomes.

use super::yaml_text::scalar;
use crate::record::date::Day;
use crate::record::{CaseRank, Kind, LawStatus, Level, TopicStatus, Visibility, Vocabulary};
use crate::settings::Settings;
use std::collections::BTreeMap;

/// How the value of a field is filled in and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One line of text.
    Text,
    /// A few sentences.
    Long,
    /// A date.
    Day,
    /// Words in a line, parted by 、 or a comma.
    Words,
    /// Sentences, one a line.
    Lines,
    /// One of these: the value and its Chinese name.
    One(Vec<(String, String)>),
    /// Any of these.
    Any(Vec<String>),
    /// Yes or nothing.
    Flag,
}

/// Where a field stands in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What nobody leaves out.
    First,
    /// The rest.
    More,
    /// Who may read it, and who has looked it through.
    Review,
}

/// A field of the form; `review.by` stands in a mapping, `honours.title` in the one entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its key, the English one.
    pub key: &'static str,
    /// How it is filled in.
    pub shape: Shape,
    /// Where it stands.
    pub place: Place,
    /// Whether nothing is written without it.
    pub required: bool,
}

/// Keys that hold a list of mappings, of which the form has the first.
const LISTED: [&str; 1] = ["honours"];

/// The fields of a kind, in the order of the form.
pub fn fields(kind: Kind, settings: &Settings) -> Vec<Field> {
    use Place::{First, More, Review};
    use Shape::{Any, Day, Flag, Lines, Long, One, Text, Words};
    let own = |key: &str| settings.vocabularies.get(key).cloned().unwrap_or_default();
    let table = |key: &str| One(own(key).into_iter().map(|value| (value.clone(), value)).collect());
    let mut all = vec![
        ("title", Text, First),
        ("date", Day, First),
        ("unit", Words, First),
        ("departments", Words, First),
        ("authors", Words, First),
        ("lines", Any(own("lines")), First),
        ("tags", Words, First),
        ("summary", Long, First),
    ];
    all.extend(match kind {
        Kind::Report => vec![
            ("genre", table("genre"), First),
            ("methods", Words, More),
            ("partners", Words, More),
            ("topic", Text, More),
        ],
        Kind::Case => vec![
            ("rank", closed::<CaseRank>(), First),
            ("level", closed::<Level>(), First),
            ("issuers", Words, First),
            ("awarded", Day, First),
            ("number", Text, First),
            ("result", Long, First),
            ("batch", Text, More),
            ("court_number", Text, More),
        ],
        Kind::Recommendation => vec![
            ("type", table("type"), First),
            ("number", Text, First),
            ("addressee", Text, First),
            ("problems", Lines, First),
            ("suggestions", Lines, First),
            ("issued", Day, First),
            ("delivered", Day, First),
            ("delivery", table("delivery"), First),
            ("cc", Words, More),
            ("handling_unit", Text, More),
            ("priority", Flag, More),
            ("urgent", Flag, More),
            ("enforcement", Flag, More),
            ("due", Day, More),
            ("due_reason", Text, More),
            ("filed", Day, More),
            ("source", Text, More),
        ],
        Kind::Topic => vec![
            ("category", table("category"), First),
            ("origin", table("origin"), First),
            ("status", closed::<TopicStatus>(), First),
            ("lead", Text, First),
            ("team", Words, First),
            ("deadline", Day, First),
            ("key_results", Lines, First),
            ("themes", Lines, More),
            ("outputs", Lines, More),
        ],
        Kind::Law => vec![
            ("issuer", Words, First),
            ("effective", Day, First),
            ("status", closed::<LawStatus>(), First),
            ("amended", Day, First),
        ],
    });
    all.extend([
        ("causes", Words, More),
        ("laws", Words, More),
        ("related", Lines, More),
        ("supersedes", Lines, More),
        ("benefits.people", Text, More),
        ("benefits.amount", Text, More),
        ("honours.title", Text, More),
        ("honours.level", closed::<Level>(), More),
        ("honours.issuer", Text, More),
        ("honours.date", Day, More),
        ("visibility", closed::<Visibility>(), Review),
        ("review.by", Text, Review),
        ("review.date", Day, Review),
        ("review.result", Text, Review),
        ("draft", Flag, Review),
    ]);
    let field = |(key, shape, place)| Field {
        key,
        shape,
        place,
        required: matches!(key, "title" | "date"),
    };
    all.into_iter().map(field).collect()
}

/// The values of a closed vocabulary.
pub(super) fn closed<V: Vocabulary>() -> Shape {
    let names = V::all().iter().map(|value| value.names());
    Shape::One(names.map(|(key, name)| (key.to_owned(), name.to_owned())).collect())
}

/// A document as text, with the line of each field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Composed {
    /// Front matter and body.
    pub text: String,
    /// The field that stands in each line of the front matter, by its number from 1.
    pub lines: BTreeMap<u32, &'static str>,
    /// Number of the line that the body begins in.
    pub body_line: u32,
}

/// Writes a document of a kind from what was filled in; what is empty is left out.
pub fn compose(kind: Kind, values: &BTreeMap<String, String>, body: &str, settings: &Settings) -> Composed {
    let mut composed = Composed {
        text: format!("---\nkind: {}\n", kind.key()),
        lines: BTreeMap::from([(2, "kind")]),
        body_line: 0,
    };
    let mut number = 3;
    let mut above = "";
    for field in fields(kind, settings) {
        let Some(value) = values.get(field.key).and_then(|value| written(&field.shape, value)) else {
            continue;
        };
        let (group, key) = field.key.split_once('.').unwrap_or(("", field.key));
        let mut lead = "";
        if !group.is_empty() {
            let listed = LISTED.contains(&group);
            lead = if listed { "    " } else { "  " };
            if group != above {
                composed.text += &format!("{group}:\n");
                composed.lines.insert(number, field.key);
                number += 1;
                lead = if listed { "  - " } else { lead };
            }
        }
        above = group;
        composed.text += &format!("{lead}{key}: {value}\n");
        composed.lines.insert(number, field.key);
        number += 1;
    }
    composed.text += "---\n\n";
    composed.body_line = number + 2;
    composed.text += body.trim_start_matches('\n');
    if !body.is_empty() && !body.ends_with('\n') {
        composed.text.push('\n');
    }
    composed
}

/// A value as YAML; `None` where nothing was filled in.
fn written(shape: &Shape, value: &str) -> Option<String> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    Some(match shape {
        Shape::Text | Shape::Long => scalar(&one_line(value)),
        Shape::Day => Day::parse(value).map_or_else(|| scalar(value), |day| day.to_string()),
        Shape::One(_) => scalar(value),
        Shape::Words => list(value.split(['、', '，', ',', '；', ';', '\n']))?,
        Shape::Any(_) | Shape::Lines => list(value.lines())?,
        Shape::Flag => "true".to_owned(),
    })
}

/// Lines as one: those of words that blanks part with a blank between them, Han characters without.
pub(super) fn one_line(text: &str) -> String {
    let mut whole = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let spaced =
            |end: Option<char>| end.is_some_and(|sign| sign.is_ascii() || sign.is_alphabetic() && !is_han(sign));
        let (before, after) = (whole.chars().next_back(), line.chars().next());
        if spaced(before) && spaced(after) {
            whole.push(' ');
        }
        whole += line;
    }
    whole
}

/// Whether a sign is of a script that is written without blanks.
fn is_han(sign: char) -> bool {
    matches!(sign, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> Option<String> {
    let items: Vec<String> = items
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(scalar)
        .collect();
    (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;
    use crate::record;

    fn composed(kind: Kind, values: &[(&str, &str)], body: &str) -> Composed {
        let values = values
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        compose(kind, &values.collect(), body, &Settings::default())
    }

    #[test]
    fn what_was_filled_in_stands_in_the_order_of_the_form() {
        let report = composed(
            Kind::Report,
            &[
                ("title", "a: b"),
                ("date", "2024年3月5日"),
                ("authors", "张某（执笔）、李某"),
                ("lines", "公益诉讼\n行政"),
                ("benefits.people", "2000余"),
                ("honours.title", "优秀调研成果"),
                ("honours.level", "city"),
                ("review.by", "办公室"),
                ("draft", "true"),
                ("tags", "  "),
            ],
            "\n\n正文",
        );
        let expected = "---\nkind: report\ntitle: \"a: b\"\ndate: 2024-03-05\nauthors: [张某（执笔）, 李某]\n\
            lines: [公益诉讼, 行政]\nbenefits:\n  people: \"2000余\"\nhonours:\n  - title: 优秀调研成果\n    level: city\n\
            review:\n  by: 办公室\ndraft: true\n---\n\n正文\n";
        assert_eq!(report.text, expected);
        assert_eq!((report.lines[&3], report.lines[&13]), ("title", "review.by"));
    }

    #[test]
    fn lines_become_one_with_a_blank_where_the_script_has_blanks() {
        for (text, expected) in [
            ("一\n二", "一二"),
            ("one line,\nand another", "one line, and another"),
            ("Über\nÄnderung", "Über Änderung"),
            ("报告 A\nB 类", "报告 A B 类"),
            ("该报告\nWiFi 类", "该报告WiFi 类"),
            ("  一 \n\n 二  ", "一二"),
        ] {
            assert_eq!(one_line(text), expected);
        }
    }

    #[test]
    fn every_field_of_every_kind_is_one_that_is_read() {
        for &kind in Kind::ALL {
            let fields = fields(kind, &Settings::default());
            let filled: Vec<(&str, String)> = fields
                .iter()
                .map(|field| {
                    let value = match &field.shape {
                        Shape::Day => "2024-03-05".to_owned(),
                        Shape::One(values) => values[0].0.clone(),
                        Shape::Any(values) => values.join("\n"),
                        Shape::Flag => "true".to_owned(),
                        _ if field.key.starts_with("benefits") => "3".to_owned(),
                        _ => "甲".to_owned(),
                    };
                    (field.key, value)
                })
                .collect();
            let filled: Vec<(&str, &str)> = filled.iter().map(|(key, value)| (*key, value.as_str())).collect();
            let text = composed(kind, &filled, "正文").text;
            let (record, found) = record::read(&Source::of("a".into(), "a.md".into(), text.clone()));
            assert!(record.unknown.is_empty() && found.is_empty(), "{found:?}\n{text}");
            let groups: std::collections::BTreeSet<&str> = fields
                .iter()
                .map(|field| field.key.split('.').next().unwrap())
                .collect();
            assert_eq!(
                record.key_lines.len(),
                groups.len() + 1,
                "{:?}\n{text}",
                record.key_lines
            );
        }
    }
}
