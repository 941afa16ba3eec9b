//! Front matters in other formats than YAML.

use super::known::{is_key, is_telling};
use super::{FARTHEST, is_blank, silent_length};
use unicode_normalization::UnicodeNormalization;

/// Quotes of either kind of script.
const QUOTES: [char; 8] = ['"', '\'', '“', '”', '‘', '’', '＂', '＇'];

/// The name of a format other than YAML in which a text's head is written.
pub(super) fn other_format(text: &str) -> Option<&'static str> {
    let text = &text[silent_length(text)..];
    let head: Vec<&str> = text.lines().take(FARTHEST).collect();
    let seen: String = head.first()?.chars().filter(|letter| !is_blank(*letter)).collect();
    let first = seen.nfkc().collect::<String>().to_ascii_lowercase();
    let format = first.trim_start_matches(['+', '-', ';', '`', '~']);
    let fence = first[..first.len() - format.len()].get(..3).unwrap_or_default();
    let rest = &head[usize::from(!fence.is_empty())..];
    let assigned = rest.iter().take_while(|line| !line.trim_matches(is_blank).is_empty());
    let assigned = assigned.filter(|line| is_assignment(line)).count();
    match (fence, format) {
        ("+++" | "---", "toml" | "") | ("```" | "~~~", "toml") if assigned > 0 => Some("TOML"),
        ("", _) if assigned >= 2 && is_assignment(rest.first()?) => Some("TOML"),
        (";;;" | "---" | "```" | "~~~" | "+++", "json" | "json5" | "jsonc" | "") if begins_json(rest) => Some("JSON"),
        ("", _) if begins_json(rest) => Some("JSON"),
        _ => None,
    }
}

/// `title = "甲"`, with a key of the project.
fn is_assignment(line: &str) -> bool {
    let key = line.split_once(['=', '＝']).map(|(key, _)| key);
    key.is_some_and(|key| is_key(key.trim_matches(is_blank).trim_matches(QUOTES)))
}

/// Whether lines begin as an object does, or a list of them, with a key of the project.
fn begins_json(lines: &[&str]) -> bool {
    let text = lines.join("\n");
    let begin = text.trim_start_matches(|letter: char| is_blank(letter) || matches!(letter, '[' | '［'));
    begin.starts_with(['{', '｛']) && holds_json_key(begin)
}

/// Whether a front matter in another format begins a part of a body: with the fence of one before it, or as an object with
/// a key that stands nowhere else.
pub(super) fn begins_other(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim_start_matches(is_blank);
    let fenced = ["+++", ";;;", "---"].iter().any(|fence| line.starts_with(fence));
    let object = || line.starts_with(['{', '｛']) && holds_as_json(text, is_telling);
    (fenced || object()) && other_format(text).is_some()
}

/// Whether a text holds a key of the project as JSON has it, in quotes of any kind or, as scripts have it, in none.
pub(super) fn holds_json_key(text: &str) -> bool {
    holds_as_json(text, is_key)
}

fn holds_as_json(text: &str, is_meant: impl Fn(&str) -> bool) -> bool {
    let object = text.split(['}', '｝']).next().unwrap_or_default();
    object.split(['{', '｛', ',', '，', '\n']).any(|entry| {
        let key = entry.split_once([':', '：']).map(|(key, _)| key.trim_matches(is_blank));
        key.is_some_and(|key| is_meant(key.trim_matches(QUOTES)))
    })
}
