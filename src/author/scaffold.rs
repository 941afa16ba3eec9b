//! New files: commented front matter with the allowed values, and the usual sections of a kind.

use super::AuthorError;
use super::add::add;
use super::yaml_text::scalar;
use crate::record::Kind;
use crate::record::date::Day;
use crate::record::keys::{self, Key, Shape};
use crate::settings::Settings;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// A name is at most this many bytes of UTF-8, its date and extension included: file systems hold
/// 255, and paths on Windows 260 units in all.
const MAX_NAME: usize = 150;

/// What the name of a document begins with whose date nobody knows. A date there would be read as its own.
pub(crate) const UNDATED: &str = "未注日期";

/// Writes a new document into the folder of its kind and gives its path.
///
/// # Errors
/// Where the title is empty, a file of that name is there (case aside), or it can't be written.
pub(crate) fn create(
    corpus: &Path,
    kind: Kind,
    title: &str,
    date: Day,
    settings: &Settings,
) -> Result<PathBuf, AuthorError> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let stem = stem(&title, &date.to_string()).ok_or(AuthorError::EmptyTitle)?;
    let added = add(corpus, kind, &stem, &text(kind, &title, date, settings), &[])?;
    Ok(added.path)
}

/// The usual sections of a kind: the body of a new document.
pub(crate) fn sections(kind: Kind) -> &'static str {
    let template = template(kind);
    let after = template.split_once("\n---\n").map_or("", |(_, body)| body);
    after.trim_start_matches(['\r', '\n'])
}

/// Something first (the date) and the title as a name that sorts by it and that every common system
/// can hold. It begins with what comes first, so it is neither hidden nor a device of Windows. `None` where the title has no letter.
pub(crate) fn stem(title: &str, first: &str) -> Option<String> {
    let forbidden = |character: char| {
        character.is_control()
            || "\\/:*?\"<>|#%^[]`".contains(character)
            || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    let mut name = first.to_owned();
    let mut letters = false;
    for part in title
        .nfc()
        .collect::<String>()
        .split(forbidden)
        .flat_map(str::split_whitespace)
    {
        letters |= part.chars().any(char::is_alphanumeric);
        name.push('-');
        name += part;
    }
    let end = (0..=name.len().min(MAX_NAME - ".md".len()))
        .rev()
        .find(|&end| name.is_char_boundary(end))?;
    name.truncate(end);
    name.truncate(name.trim_end_matches(['.', '-', ' ']).len());
    letters.then_some(name)
}

/// A document, among the names of a folder, whose id would be the same: ids differ by more than case and extension.
pub(crate) fn namesake<'a>(names: &'a [OsString], stem: &str) -> Option<&'a Path> {
    let plain = |name: &str| name.nfc().collect::<String>().to_lowercase();
    let is_namesake = |path: &&Path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let document = ["md", "markdown"]
            .iter()
            .any(|known| extension.is_some_and(|extension| extension.eq_ignore_ascii_case(known)));
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        document && plain(name) == plain(stem)
    };
    names.iter().map(Path::new).find(is_namesake)
}

/// The text of a new document. The values that it names are those that the reader and the checks take.
fn text(kind: Kind, title: &str, date: Day, settings: &Settings) -> String {
    let mut text = template(kind)
        .replace("\r\n", "\n")
        .replace("{{date}}", &date.to_string());
    let lines = keys::COMMON.iter().find(|key| key.name == "lines");
    text = text.replace(
        "{{lines}}",
        &lines.map(|key| choices(key, settings)).unwrap_or_default(),
    );
    let own = keys::of_kind(kind)
        .iter()
        .filter(|key| key.in_new && key.place.is_some());
    text = text.replace("{{own}}\n", &own.map(|key| line(key, settings)).collect::<String>());
    let unit = settings.unit.as_deref().map(scalar).unwrap_or_default();
    text = text.replace("{{unit}}", &unit).replace("unit:  #", "unit: #");
    // The title comes last: braces in it are its own.
    text.replacen("{{title}}", &scalar(title), 1)
}

fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => include_str!("../assets/scaffold/report.md"),
        Kind::Case => include_str!("../assets/scaffold/case.md"),
        Kind::Recommendation => include_str!("../assets/scaffold/recommendation.md"),
        Kind::Topic => include_str!("../assets/scaffold/topic.md"),
        Kind::Law => include_str!("../assets/scaffold/law.md"),
    }
}

/// The line of a key: empty or preset, with what the key is and the values that it may have.
fn line(key: &Key, settings: &Settings) -> String {
    let value = match key.shape {
        Shape::Flag => "false",
        Shape::Words | Shape::Lines | Shape::Ids | Shape::People | Shape::Terms | Shape::Groups(..) => "[]",
        _ => key.preset,
    };
    let value = if value.is_empty() {
        String::new()
    } else {
        format!(" {value}")
    };
    let choices = match choices(key, settings) {
        none if none.is_empty() => none,
        some => format!("，可选：{some}"),
    };
    format!("{}:{value} # {}{}{choices}\n", key.name, key.zh, key.help)
}

/// The values that a key may have, if they are listed anywhere.
fn choices(key: &Key, settings: &Settings) -> String {
    let own = settings
        .vocabularies
        .get(key.name)
        .map(Vec::as_slice)
        .unwrap_or_default();
    match key.shape {
        Shape::Flag => "true、false".to_owned(),
        Shape::One(values) => values().iter().map(|value| value.zh).collect::<Vec<_>>().join("、"),
        _ => one_line(&own.join("、")),
    }
}

/// A comment ends with its line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(title: &str) -> Option<String> {
        stem(title, "2024-03-05")
    }

    #[test]
    fn a_name_sorts_by_date_and_is_safe_on_windows() {
        for (title, expected) in [
            ("关于河道治理的调研", "2024-03-05-关于河道治理的调研"),
            ("甲/乙: “丙”?", "2024-03-05-甲-乙-“丙”"),
            ("..\\..\\etc\\passwd", "2024-03-05-..-..-etc-passwd"),
            ("CON", "2024-03-05-CON"),
            ("末尾有点...", "2024-03-05-末尾有点"),
        ] {
            assert_eq!(name(title).as_deref(), Some(expected));
        }
        assert_eq!(name(" ?… "), None);
        assert!(name(&"长".repeat(300)).unwrap().len() < MAX_NAME);
    }

    /// What the guide says of a key: its help, the values that it may have, the keys of a mapping.
    fn explained(key: &Key) -> String {
        let named = |key: &Key| format!("`{}` {}", key.name, key.zh);
        let values = match key.shape {
            Shape::One(values) => {
                let named = values().into_iter().map(|value| format!("{} {}", value.key, value.zh));
                named.collect::<Vec<_>>().join("、")
            }
            Shape::Flag => String::new(),
            Shape::Step(word) | Shape::Steps(word) => {
                let asked = keys::STEP.iter().filter(|key| ["date", word].contains(&key.name));
                asked.map(named).collect::<Vec<_>>().join("、")
            }
            _ if !key.inner().is_empty() => key.inner().iter().map(named).collect::<Vec<_>>().join("、"),
            _ => choices(key, &Settings::default()),
        };
        let help = key.help.trim_start_matches(['，', '；']);
        [help, &values]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("：")
    }

    #[test]
    fn the_guide_lists_every_key() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.zh-CN.md");
        let mut guide = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        let kinds = Kind::ALL.iter().map(|&kind| (kind.zh(), keys::of_kind(kind)));
        for (heading, table) in std::iter::once(("各类共有", keys::COMMON)).chain(kinds) {
            let row = |key: &Key| format!("| `{}` | {} | {} |\n", key.name, key.zh, explained(key));
            let rows: String = table.iter().map(row).collect();
            let section = guide.find(&format!("\n## {heading}\n")).unwrap();
            let from = section + guide[section..].find("| --- |").unwrap();
            let from = from + guide[from..].find('\n').unwrap() + 1;
            let rows_there = guide[from..]
                .split_inclusive('\n')
                .take_while(|line| line.starts_with('|'));
            let until = from + rows_there.map(str::len).sum::<usize>();
            if std::env::var_os("BLESS").is_some() {
                guide.replace_range(from..until, &rows);
            } else {
                assert_eq!(&guide[from..until], rows, "{heading}: BLESS=1 writes it anew");
            }
        }
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, guide).unwrap();
        }
    }

    #[test]
    fn nothing_of_the_template_is_left_to_fill_in() {
        let date = Day::of(2024, Some(3), Some(5)).unwrap();
        for &kind in Kind::ALL {
            let text = text(kind, "题目", date, &Settings::default());
            assert!(!text.contains("{{"), "{text}");
        }
    }
}
