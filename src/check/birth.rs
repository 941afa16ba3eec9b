//! The age of who is accused, by the day of his birth and those of which a case tells.

use crate::check::accused;

/// Words before who is accused.
const ACCUSED: [&str; 6] = ["被告人", "嫌疑人", "被不起诉人", "罪犯", "上诉人", "同案犯"];
/// Words of someone else, between such a word and a birth.
const OTHERS: [&str; 6] = ["被害", "受害", "证人", "监护", "子女", "之子"];
/// Characters after a word for the accused in which his birth stands.
const REACH: usize = 40;
/// Months of a minor.
const MINOR: u32 = 18 * 12;

/// Whether everything that a case tells of lies before an accused person's eighteenth birthday.
pub(super) fn is_of_a_minor(said: &[String], accused: &[String]) -> bool {
    let births: Vec<u32> = said.iter().flat_map(|text| births(text, accused)).collect();
    let Some(youngest) = births.iter().max() else {
        return false;
    };
    let days = said.iter().flat_map(|text| months(text));
    let last = days.map(|(month, _)| month).max().unwrap_or_default();
    // A case that tells of no day after the birth tells nothing of the age at the deed.
    last > *youngest + MINOR / 2 && last < *youngest + MINOR
}

/// The months in which those who are accused were born, by a word for their role or by their names.
fn births(text: &str, accused: &[String]) -> Vec<u32> {
    let places = ACCUSED
        .iter()
        .flat_map(|word| text.match_indices(word).map(|(at, word)| &text[at + word.len()..]));
    let named = accused::clauses(text, accused);
    let first = places.chain(named).filter_map(|rest| {
        let end = rest.char_indices().nth(REACH).map_or(rest.len(), |(end, _)| end);
        let near = &rest[..end];
        let near = near.split(['。', ';']).next().unwrap_or_default();
        let (month, after) = months(near).into_iter().next()?;
        let before = &near[..near.len() - after.len()];
        let born = after.trim_start_matches(|it: char| it.is_ascii_digit() || it == '日');
        let is_birth = born.starts_with('出') || born.starts_with('生') || before.contains("生于");
        (is_birth && !OTHERS.iter().any(|other| before.contains(other))).then_some(month)
    });
    first.collect()
}

/// The months of which a text tells, each as a number, with what follows it. Of a year alone it is the last.
fn months(text: &str) -> Vec<(u32, &str)> {
    let years = text.match_indices('年').filter_map(|(at, sign)| {
        let digits = text[..at].len() - text[..at].trim_end_matches(|it: char| it.is_ascii_digit()).len();
        let year: u32 = text[at - digits..at].parse().ok().filter(|_| digits == 4)?;
        let rest = &text[at + sign.len()..];
        let length = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        let month = rest[..length]
            .parse::<u32>()
            .ok()
            .filter(|month| (1..=12).contains(month));
        match (month, rest[length..].strip_prefix('月')) {
            (Some(month), Some(after)) => Some((year * 12 + month - 1, after)),
            _ => Some((year * 12 + 11, rest)),
        }
    });
    years
        .filter(|(month, _)| (1900 * 12..2100 * 12).contains(month))
        .collect()
}
