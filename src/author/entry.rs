//! The entries that a document can have besides what it says itself: what became of it. Each kind with the key that it
//! stands below, its values, and how what was filled in is read.

use super::form::{Field, Shape};
use super::front::{New, Scalar};
use super::yaml_text::scalar;
use crate::check::is_unseen;
use crate::record::Kind;
use crate::record::date::Day;
use crate::record::keys::{self, Key};
use std::collections::BTreeMap;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// What was filled in, by the English keys of the fields.
pub type Values = BTreeMap<String, String>;

/// The kinds of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// 转化.
    Adoption,
    /// 回复.
    Reply,
    /// 整改.
    Rectification,
    /// 办结.
    Closing,
    /// 荣誉.
    Honour,
    /// 异议.
    Objection,
    /// 撤回.
    Withdrawal,
    /// 保密审查.
    Review,
}

/// What is wrong with a value that was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is required and says nothing.
    Missing,
    /// It is not a date.
    NotADate,
    /// It is none of the values that there are.
    Unknown,
}

impl EntryKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Adoption,
        Self::Reply,
        Self::Rectification,
        Self::Closing,
        Self::Honour,
        Self::Objection,
        Self::Withdrawal,
        Self::Review,
    ];

    /// The name of its form and of its command.
    pub fn name(self) -> &'static str {
        match self {
            Self::Adoption => "adopt",
            Self::Reply => "reply",
            Self::Rectification => "rectify",
            Self::Closing => "close",
            Self::Honour => "honour",
            Self::Objection => "object",
            Self::Withdrawal => "withdraw",
            Self::Review => "review",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The English key that it stands below.
    pub fn key(self) -> &'static str {
        match self {
            Self::Adoption => "adoptions",
            Self::Reply => "reply",
            Self::Rectification => "rectification",
            Self::Closing => "closed",
            Self::Honour => "honours",
            Self::Objection => "objection",
            Self::Withdrawal => "withdrawn",
            Self::Review => "review",
        }
    }

    /// Whether a document can have several.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Adoption | Self::Honour)
    }

    /// Whether it is one value and no mapping.
    pub(super) fn is_plain(self) -> bool {
        self == Self::Withdrawal
    }

    /// The kind of document that has it; `None` for any.
    pub fn document(self) -> Option<Kind> {
        match self {
            Self::Adoption => Some(Kind::Report),
            Self::Honour | Self::Review => None,
            _ => Some(Kind::Recommendation),
        }
    }

    /// Whether documents of a kind have it.
    pub fn is_of(self, kind: Kind) -> bool {
        self.document().is_none_or(|own| own == kind)
    }

    /// The keys of the entry.
    pub fn table(self) -> &'static [Key] {
        match self {
            Self::Adoption => keys::ADOPTION,
            Self::Reply => keys::REPLY,
            Self::Rectification => keys::RECTIFICATION,
            Self::Honour => keys::HONOUR,
            Self::Closing | Self::Objection => keys::STEP,
            Self::Withdrawal => keys::NONE,
            Self::Review => keys::REVIEW,
        }
    }

    /// The fields of its form, in the order in which they are written.
    pub fn fields(self) -> Vec<Field> {
        let asked = |key: &&Key| match self {
            Self::Closing => matches!(key.name, "date" | "reason"),
            Self::Objection => matches!(key.name, "date" | "outcome"),
            Self::Withdrawal => key.name == "date",
            _ => key.place.is_some(),
        };
        let table = if self.is_plain() { keys::STEP } else { self.table() };
        // Whom a document may be shown to stands in the document itself.
        let shown = keys::COMMON
            .iter()
            .filter(|key| self == Self::Review && key.name == "visibility");
        shown.chain(table.iter().filter(asked)).map(Field::of_entry).collect()
    }

    /// Reads what was filled in: what a form and a command refuse alike.
    ///
    /// # Errors
    /// The fields that say nothing and must, or nothing that can be read.
    pub fn read(self, values: &Values) -> Result<Entry, Vec<(&'static str, Fault)>> {
        let mut words = Vec::new();
        let mut faults = Vec::new();
        let mut emptied = Vec::new();
        for field in self.fields() {
            let text = values.get(field.key).map(|text| readable(text));
            if text.as_deref().is_some_and(|text| said(text).is_empty()) {
                emptied.push(field.key);
            }
            let text = text.as_deref().map_or("", said);
            match Word::read(&field, text) {
                _ if text.is_empty() && field.required => faults.push((field.key, Fault::Missing)),
                _ if text.is_empty() => {}
                Some(word) => words.push(word),
                None if field.shape == Shape::Day => faults.push((field.key, Fault::NotADate)),
                None => faults.push((field.key, Fault::Unknown)),
            }
        }
        if faults.is_empty() {
            Ok(Entry {
                kind: self,
                words,
                emptied,
            })
        } else {
            Err(faults)
        }
    }
}

/// A text without what no file keeps: byte order marks and control characters but for line breaks and tabs.
fn readable(text: &str) -> String {
    let is_kept =
        |letter: &char| *letter != '\u{FEFF}' && (!letter.is_control() || matches!(letter, '\t'..='\r' | '\u{85}'));
    text.chars().filter(is_kept).collect()
}

/// What is said in a text: without the blanks around it, and nothing where nobody would see anything.
fn said(text: &str) -> &str {
    let is_blank = |letter: char| letter.is_whitespace() || letter == '\u{2800}';
    let is_mark = |letter: char| letter.general_category_group() == GeneralCategoryGroup::Mark;
    let is_seen = |letter: char| !is_blank(letter) && !is_unseen(letter);
    if !text.contains(is_seen) {
        return "";
    }
    // A mark is seen upon the letter before it.
    text.trim_matches(|letter: char| is_blank(letter) || (is_unseen(letter) && !is_mark(letter)))
}

/// An entry that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub kind: EntryKind,
    words: Vec<Word>,
    /// The fields that were left empty, not left out.
    emptied: Vec<&'static str>,
}

impl Entry {
    /// Its values, but for the one that stands in the document itself.
    pub(super) fn words(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| !word.is_of_document())
    }

    /// Whether a field was left empty, and not left out.
    pub(super) fn empties(&self, key: &str) -> bool {
        self.emptied.contains(&key)
    }

    /// The value of this entry that stands in a key of the document: whom it may be shown to.
    pub(super) fn of_document(&self) -> Option<&Word> {
        self.words.iter().find(|word| word.is_of_document())
    }

    /// The entry as it is written, in Chinese or English.
    pub(super) fn written(&self, chinese: bool) -> New {
        match self.words().next().filter(|_| self.kind.is_plain()) {
            Some(word) => New::Scalar(word.scalar(chinese)),
            None => New::Mapping(
                self.words()
                    .map(|word| (word.name(self.kind.table(), chinese).to_owned(), word.scalar(chinese)))
                    .collect(),
            ),
        }
    }
}

/// A value in both languages; they differ for closed vocabularies alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The English key.
    pub key: &'static str,
    english: String,
    chinese: String,
    /// A date, which needs no quotes.
    day: bool,
}

impl Word {
    /// The value of a field, where it is one.
    fn read(field: &Field, text: &str) -> Option<Self> {
        let (english, chinese) = match &field.shape {
            Shape::Day => {
                let day = Day::parse(text)?.to_string();
                (day.clone(), day)
            }
            Shape::One(_) => {
                let value = field.value(text)?;
                (value.key.to_owned(), value.zh.to_owned())
            }
            _ => {
                let text = super::form::one_line(text);
                (text.clone(), text)
            }
        };
        Some(Self {
            key: field.key,
            english,
            chinese,
            day: field.shape == Shape::Day,
        })
    }

    fn is_of_document(&self) -> bool {
        self.key == "visibility"
    }

    /// The key in Chinese or English.
    pub(super) fn name(&self, table: &[Key], chinese: bool) -> &'static str {
        let known = table.iter().find(|key| key.name == self.key);
        known.filter(|_| chinese).map_or(self.key, |key| key.zh)
    }

    /// The value in Chinese or English.
    pub(super) fn scalar(&self, chinese: bool) -> Scalar {
        let text = if chinese { &self.chinese } else { &self.english };
        Scalar {
            text: text.clone(),
            yaml: if self.day { text.clone() } else { scalar(text) },
        }
    }

    /// Whether a text that stands in the front matter says the same.
    pub(super) fn is_said_by(&self, field: &Field, written: &str) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self::read(field, written).is_some_and(|there| there.english == self.english)
            || plain(written) == plain(&self.english)
    }
}

/// What a text of the front matter fills its field with.
pub(super) fn filled_in(field: &Field, written: &str) -> String {
    Word::read(field, written.trim()).map_or_else(|| written.trim().to_owned(), |word| word.english)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn what_must_be_said_is_asked_for_and_what_is_said_must_be_readable() {
        let given = values(&[
            ("date", "去年"),
            ("form", "圈阅"),
            ("level", "县级"),
            ("authority", "  "),
        ]);
        let faults = EntryKind::Adoption.read(&given).unwrap_err();
        assert_eq!(
            faults,
            [
                ("date", Fault::NotADate),
                ("form", Fault::Unknown),
                ("authority", Fault::Missing),
                ("effect", Fault::Missing),
            ]
        );
    }

    #[test]
    fn what_nobody_sees_says_nothing() {
        let authority = |text: &str| {
            let given = values(&[
                ("date", "2024-05-06"),
                ("form", "刊发"),
                ("level", "县级"),
                ("authority", text),
                ("effect", "已形成文件"),
            ]);
            let entry = EntryKind::Adoption.read(&given)?;
            let word = entry.words().find(|word| word.key == "authority");
            Ok::<_, Vec<(&str, Fault)>>(word.map(|word| word.english.clone()).unwrap_or_default())
        };
        for unseen in [
            "\u{3164}",
            "\u{115F}",
            "\u{FFA0}",
            "\u{FE0F}",
            "\u{34F}",
            "\u{180E}",
            "\u{2800}",
            "\u{E0020}",
            "\u{7}",
            "\u{200B} \u{FEFF}",
            "\u{AD}\u{3000}",
        ] {
            assert_eq!(
                authority(unseen),
                Err(vec![("authority", Fault::Missing)]),
                "{unseen:?}"
            );
        }
        assert_eq!(authority("\u{200B}县委 \u{2800}").unwrap(), "县委");
        assert_eq!(authority("☎\u{FE0F}").unwrap(), "☎\u{FE0F}");
    }

    #[test]
    fn values_are_read_in_every_spelling_and_written_in_the_language_of_the_file() {
        let given = values(&[("date", "2024年5月6日"), ("outcome", "整改到位")]);
        let entry = EntryKind::Rectification.read(&given).unwrap();
        let inline = |new: New| match new {
            New::Mapping(pairs) => pairs
                .into_iter()
                .map(|(key, value)| format!("{key}: {}", value.yaml))
                .collect(),
            New::Scalar(value) => vec![value.yaml],
        };
        assert_eq!(inline(entry.written(true)), ["日期: 2024-05-06", "结果: 整改到位"]);
        assert_eq!(inline(entry.written(false)), ["date: 2024-05-06", "outcome: full"]);
        let day = EntryKind::Withdrawal.read(&values(&[("date", "2024-05-06")])).unwrap();
        assert_eq!(inline(day.written(true)), ["2024-05-06"]);
    }

    #[test]
    fn every_kind_has_a_name_of_its_own_and_fields_that_its_table_knows() {
        for kind in EntryKind::ALL {
            assert_eq!(EntryKind::parse(kind.name()), Some(kind));
            for field in kind.fields() {
                let known = kind.table().iter().any(|key| key.name == field.key);
                assert!(known || kind.is_plain() || field.key == "visibility", "{field:?}");
            }
        }
    }
}
