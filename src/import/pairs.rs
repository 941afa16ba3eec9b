//! Which files are attachments of another, by their names: 关于采砂的报告.docx and 关于采砂的报告附件1.xlsx.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Words that name an attachment.
const WORDS: [&str; 4] = ["附件", "附表", "附录", "附图"];

/// For each attachment the file that it belongs to, by their places in the list. `is_text` tells what can be a main text.
pub(crate) fn pairs(files: &[PathBuf], is_text: impl Fn(&Path) -> bool) -> BTreeMap<usize, usize> {
    let mut folders: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        folders
            .entry(file.parent().unwrap_or(Path::new("")))
            .or_default()
            .push(at);
    }
    let mut pairs = BTreeMap::new();
    for members in folders.values() {
        let named: Vec<(usize, Option<String>)> = members.iter().map(|at| (*at, main_of(&stem(&files[*at])))).collect();
        let mains: Vec<(usize, String)> = named
            .iter()
            .filter(|(at, of)| of.is_none() && is_text(&files[*at]))
            .map(|(at, _)| (*at, plain(&stem(&files[*at]))))
            .collect();
        for (at, of) in &named {
            let Some(of) = of.as_deref().map(plain) else { continue };
            let fits = |main: &&(usize, String)| match of.as_str() {
                "" => true,
                of => main.1 == of || main.1.contains(of) || of.contains(main.1.as_str()),
            };
            // A name that fits whole before one that fits in part; what several fit belongs to none.
            let whole = mains.iter().find(|main| main.1 == of && !of.is_empty());
            let mut fitting = mains.iter().filter(fits);
            let only = fitting.next().filter(|_| fitting.next().is_none());
            pairs.extend(whole.or(only).map(|main| (*at, main.0)));
        }
    }
    pairs
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A name without what only orders files: numbers before it, blanks, 正文.
fn plain(name: &str) -> String {
    let name = name.replace("正文", "");
    let letters = name
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect::<String>();
    letters
        .trim_start_matches(|letter: char| letter.is_ascii_digit())
        .to_owned()
}

/// The name of the main text that the name of an attachment begins with, which may be empty; `None` where it is none.
fn main_of(stem: &str) -> Option<String> {
    let at = WORDS.iter().filter_map(|word| stem.rfind(word)).max()?;
    let after = &stem[at + WORDS[0].len()..];
    let before = stem[..at].trim_matches(|letter: char| !letter.is_alphanumeric());
    let ends = after.is_empty() || after.starts_with(|next: char| !next.is_alphanumeric() || next.is_numeric());
    let numbered = after.starts_with(|next: char| "一二三四五六七八九十之".contains(next));
    (ends || numbered || before.is_empty()).then(|| before.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_are_found_by_their_names() {
        let of = |names: &[&str]| {
            let files: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
            pairs(&files, |file| file.extension().is_some_and(|ending| ending == "docx"))
        };
        let pair = |attachment: usize, main: usize| BTreeMap::from([(attachment, main)]);
        assert_eq!(of(&["关于采砂的报告.docx", "关于采砂的报告附件1.xlsx"]), pair(1, 0));
        assert_eq!(
            of(&["关于采砂的报告（附件：台账）.pdf", "关于采砂的报告.docx"]),
            pair(0, 1)
        );
        assert_eq!(of(&["甲/正文.docx", "甲/附件1 清单.docx", "乙/附件2.docx"]), pair(1, 0));
        assert_eq!(
            of(&["01关于采砂的报告（正文）.docx", "02关于采砂的报告-附表二.xlsx"]),
            pair(1, 0)
        );
        // One that two fit, and a title that speaks of attachments.
        assert_eq!(of(&["采砂.docx", "噪声.docx", "附件1.xlsx"]), BTreeMap::new());
        assert_eq!(of(&["关于报送附件材料的通知.docx", "说明.docx"]), BTreeMap::new());
    }
}
