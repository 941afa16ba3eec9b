//! A document as a form: the fields of each kind, and the text that what was filled in becomes.

use super::yaml_text::{flow, scalar};
use crate::message::Lang;
use crate::record::Kind;
use crate::record::date::Day;
pub(crate) use crate::record::keys::Place;
use crate::record::keys::{self, Key};
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
    /// Words in a line, separated by 、 or a comma.
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

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key of the mapping, or of the list of mappings, that it stands in (`review`); empty for the document itself.
    pub group: &'static str,
    /// Its key, the English one.
    pub key: &'static str,
    /// How it is filled in.
    pub shape: Shape,
    /// Where it stands.
    pub place: Place,
    /// Whether nothing is written without it.
    pub required: bool,
    /// Its row in the table of keys.
    row: &'static Key,
}

impl Field {
    /// A key as a field: of the document, or of the mapping under another key.
    fn of(group: &'static str, row: &'static Key, place: Place, settings: &Settings) -> Self {
        let own = settings.vocabularies.get(row.name);
        Self {
            group,
            key: row.name,
            shape: shape(row, own.map_or(&[], Vec::as_slice)),
            place,
            // A mapping may be left out as a whole, and what is shown to whom has a default.
            required: row.required && group.is_empty() && place == Place::First,
            row,
        }
    }

    /// A key of the table of an entry as a field of its form.
    pub(super) fn of_entry(row: &'static Key) -> Self {
        Self {
            group: "",
            key: row.name,
            shape: shape(row, &[]),
            place: Place::First,
            required: row.required,
            row,
        }
    }

    /// Its name in a form: `title`, `review.by`.
    pub fn path(&self) -> String {
        match self.group {
            "" => self.key.to_owned(),
            group => format!("{group}.{}", self.key),
        }
    }

    /// The value of its closed vocabulary that a text names, in any spelling.
    pub(super) fn value(&self, text: &str) -> Option<keys::Value> {
        let keys::Shape::One(values) = self.row.shape else {
            return None;
        };
        let is = |value: &keys::Value| value.key.eq_ignore_ascii_case(text) || value.spellings.contains(&text);
        values().into_iter().find(is)
    }

    /// Its label in a language of the interface.
    pub fn label(&self, lang: Lang) -> &'static str {
        self.row.label(lang)
    }
}

/// How a key is filled in, with the vocabulary that an office has for it.
fn shape(key: &Key, own: &[String]) -> Shape {
    match key.shape {
        keys::Shape::Long => Shape::Long,
        keys::Shape::Day => Shape::Day,
        keys::Shape::Flag => Shape::Flag,
        keys::Shape::Words | keys::Shape::People => Shape::Words,
        keys::Shape::Lines | keys::Shape::Ids => Shape::Lines,
        keys::Shape::Term => Shape::One(own.iter().map(|value| (value.clone(), value.clone())).collect()),
        keys::Shape::Terms => Shape::Any(own.to_vec()),
        keys::Shape::One(values) => {
            let names = values().into_iter();
            Shape::One(names.map(|value| (value.key.to_owned(), value.zh.to_owned())).collect())
        }
        // A list of which each mapping may be one text: authors by their names, results by their sentences.
        keys::Shape::Groups(_, Some(keys::Shape::Long)) => Shape::Lines,
        keys::Shape::Groups(_, Some(_)) => Shape::Words,
        _ => Shape::Text,
    }
}

/// The fields of a table of keys that the form has. A mapping has its keys for fields where those have a place.
fn of_table(table: &'static [Key], settings: &Settings) -> Vec<Field> {
    let fields = table.iter().filter_map(|key| Some((key, key.place?)));
    let fields = fields.flat_map(|(key, place)| {
        let inner = key.inner().iter().filter(|inner| inner.place.is_some());
        let inner: Vec<Field> = inner.map(|inner| Field::of(key.name, inner, place, settings)).collect();
        if inner.is_empty() {
            vec![Field::of("", key, place, settings)]
        } else {
            inner
        }
    });
    let mut fields: Vec<Field> = fields.collect();
    fields.sort_by_key(|field| field.place);
    fields
}

/// The fields of a kind, in the order of the form.
pub(crate) fn fields(kind: Kind, settings: &Settings) -> Vec<Field> {
    let mut all = of_table(keys::COMMON, settings);
    let first = all.iter().take_while(|field| field.place == Place::First).count();
    all.splice(first..first, of_table(keys::of_kind(kind), settings));
    all
}

/// Whether a key holds a list of mappings, of which the form has the first.
fn is_listed(group: &str) -> bool {
    let listed = |key: &Key| key.name == group && matches!(key.shape, keys::Shape::Groups(..));
    keys::COMMON.iter().any(listed)
}

/// A document as text, with the line of each field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Composed {
    /// Front matter and body.
    pub text: String,
    /// The field that stands in each line of the front matter, by its number from 1.
    pub lines: BTreeMap<u32, String>,
    /// Number of the line that the body begins in.
    pub body_line: u32,
}

/// Writes a document of a kind from what was filled in; what is empty is left out.
pub(crate) fn compose(kind: Kind, values: &BTreeMap<String, String>, body: &str, settings: &Settings) -> Composed {
    let mut composed = Composed {
        text: format!("---\nkind: {}\n", kind.key()),
        lines: BTreeMap::from([(2, "kind".to_owned())]),
        body_line: 0,
    };
    let mut number = 3;
    let mut above = "";
    for field in fields(kind, settings) {
        let Some(value) = values.get(&field.path()).and_then(|value| written(&field.shape, value)) else {
            continue;
        };
        let Field { group, key, .. } = field;
        let mut lead = "";
        if !group.is_empty() {
            let listed = is_listed(group);
            lead = if listed { "    " } else { "  " };
            if group != above {
                composed.text += &format!("{group}:\n");
                composed.lines.insert(number, field.path());
                number += 1;
                lead = if listed { "  - " } else { lead };
            }
        }
        above = group;
        composed.text += &format!("{lead}{key}: {value}\n");
        composed.lines.insert(number, field.path());
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
        Shape::Words | Shape::Any(_) | Shape::Lines => {
            let items = items(shape, value);
            (!items.is_empty()).then(|| flow(items))?
        }
        Shape::Flag => "true".to_owned(),
    })
}

/// Lines as one: those of words that blanks part with a blank between them, Han characters without.
pub(super) fn one_line(text: &str) -> String {
    let mut whole = String::new();
    let lines = text.split(LINE_ENDS).map(str::trim);
    for line in lines.filter(|line| !line.is_empty()) {
        let spaced = |end: Option<char>| end.is_some_and(|sign| !is_unspaced(sign));
        // Signs that both scripts use go with the letter beside them.
        let own = |sign: &char| !"‘’“”—–…".contains(*sign);
        let (before, after) = (whole.chars().rfind(own), line.chars().find(own));
        if spaced(before) && spaced(after) {
            whole.push(' ');
        }
        whole += line;
    }
    whole
}

/// What ends a line; Word's soft break is a vertical tab.
const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Whether a sign is of a script that is written without blanks, signs of its own and full-width ones included. Korean has
/// blanks.
fn is_unspaced(sign: char) -> bool {
    let korean = matches!(sign, '\u{3130}'..='\u{318F}');
    !korean
        && matches!(sign, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The items of a list as the form has it: words with signs between them, or lines.
pub(super) fn items<'t>(shape: &Shape, text: &'t str) -> Vec<&'t str> {
    let ends: &[char] = if *shape == Shape::Words {
        &['、', '，', ',', '；', ';', '\n']
    } else {
        &['\n']
    };
    let items = text.split(ends).map(str::trim);
    items.filter(|item| !item.is_empty()).collect()
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
        assert_eq!((&*report.lines[&3], &*report.lines[&13]), ("title", "review.by"));
    }

    #[test]
    fn lines_become_one_with_a_blank_where_the_script_has_blanks() {
        for (text, expected) in [
            ("一\n二", "一二"),
            ("one line,\nand another", "one line, and another"),
            ("Über\nÄnderung", "Über Änderung"),
            ("plaintiffs’\nclaims", "plaintiffs’ claims"),
            ("done.\n“Good”", "done. “Good”"),
            ("done —\nall", "done — all"),
            ("他说“甲”\n“乙”", "他说“甲”“乙”"),
            ("报告 A\nB 类", "报告 A B 类"),
            ("该报告\nWiFi 类", "该报告WiFi 类"),
            ("  一 \n\n 二  ", "一二"),
            ("AB®\nsystem", "AB® system"),
            ("turned by 5°\nand more", "turned by 5° and more"),
            ("the cafe\u{301}\nand", "the cafe\u{301} and"),
            ("하세요\n여러분", "하세요 여러분"),
            ("done.\u{B}All", "done. All"),
            ("约5°\n左右", "约5°左右"),
            ("甲。\n（乙）", "甲。（乙）"),
        ] {
            assert_eq!(one_line(text), expected);
        }
    }

    #[test]
    fn every_field_of_every_kind_is_one_that_is_read() {
        for &kind in Kind::ALL {
            let fields = fields(kind, &Settings::default());
            let filled: Vec<(String, String)> = fields
                .iter()
                .map(|field| {
                    let value = match &field.shape {
                        Shape::Day => "2024-03-05".to_owned(),
                        Shape::One(values) => values[0].0.clone(),
                        Shape::Any(values) => values.join("\n"),
                        Shape::Flag => "true".to_owned(),
                        _ if field.group == "benefits" => "3".to_owned(),
                        _ => "甲".to_owned(),
                    };
                    (field.path(), value)
                })
                .collect();
            let filled: Vec<(&str, &str)> = filled
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .collect();
            let text = composed(kind, &filled, "正文").text;
            let (record, found) = record::read(&Source::of("a".into(), "a.md".into(), text.clone()));
            assert!(record.unknown.is_empty() && found.is_empty(), "{found:?}\n{text}");
            let groups: std::collections::BTreeSet<&str> = fields
                .iter()
                .map(|field| if field.group.is_empty() { field.key } else { field.group })
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
