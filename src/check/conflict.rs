//! Conflict markers that a version control system left: both versions would be published side by side.

use crate::diagnostic::Severity;
use crate::record::fields::Reader;
use std::ops::Range;

/// Reports each conflict in a file's text at its first marker, and markers that stand alone.
pub(super) fn check(text: &str, reader: &Reader) {
    let mut open = None;
    let mut before = "";
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let place = at..at + line.trim_end().len();
        at += line.len();
        let said = bare(line, open);
        match (marker(said), open) {
            (Some(Mark::Open(sign)), _) => {
                tell(text, place, reader);
                open = Some(sign);
            }
            // Those that stand between the versions belong to the conflict that is open.
            (Some(Mark::Inner), None) => {
                tell(text, place, reader);
                open = Some('%');
            }
            (Some(Mark::Close(sign)), Some(opened)) if closes(opened, sign) => open = None,
            (Some(Mark::Close('>')), None) if is_left_over(said, before) => tell(text, place, reader),
            _ => {}
        }
        before = line.trim();
    }
}

/// A line that a version control system put between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The first, by its sign.
    Open(char),
    /// One of those within, which nothing else looks like.
    Inner,
    /// The last.
    Close(char),
}

/// A line without its indentation and the marks of quotes and lists that stand before it: in an open conflict the signs
/// that close it aren't those of a quote.
fn bare(line: &str, open: Option<char>) -> &str {
    let mut line = line.trim();
    loop {
        let quoted = line
            .strip_prefix("> ")
            .or_else(|| line.strip_prefix('>').filter(|rest| rest.starts_with('<')));
        let item = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark));
        match quoted.or(item.filter(|_| open.is_none())) {
            Some(rest) => line = rest.trim_start(),
            None => return line,
        }
    }
}

fn closes(opened: char, sign: char) -> bool {
    matches!((opened, sign), ('<' | '%', '>') | ('>', '<'))
}

/// Whether a line of `>` is the end of a conflict whose beginning is gone, and not a quotation in quotations: it follows
/// a version without a gap, or names a branch.
fn is_left_over(line: &str, before: &str) -> bool {
    let name = line.trim_start_matches('>').trim();
    let follows = !before.is_empty() && !before.starts_with('>');
    follows || !name.is_empty() && name.is_ascii()
}

fn tell(text: &str, place: Range<usize>, reader: &Reader) {
    let marker = text[place.clone()].to_owned();
    reader.tell(Severity::Error, "conflict-marker", &place, &[("marker", &marker)]);
}

/// What marker a line is: seven signs or more, then nothing or a blank and a name; four, as Perforce has them.
fn marker(line: &str) -> Option<Mark> {
    let sign = line.chars().next().filter(|sign| "<>|%+".contains(*sign))?;
    let name = line.trim_start_matches(sign);
    let count = line.len() - name.len();
    let named = name.starts_with(char::is_whitespace) && !name.trim().is_empty();
    let apart = name.is_empty() || name.starts_with(char::is_whitespace);
    match sign {
        '<' if count == 4 && name.is_empty() => Some(Mark::Close('<')),
        '>' if count == 4 && name.starts_with(" ORIGINAL ") => Some(Mark::Open('>')),
        '<' if count == 7 && apart || count > 7 && named => Some(Mark::Open('<')),
        '>' if count == 7 && apart || count > 7 && named => Some(Mark::Close('>')),
        '|' if count >= 7 && named && !name.contains('|') => Some(Mark::Inner),
        '%' | '+' if count >= 7 && named && !name.contains(sign) => Some(Mark::Inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Group;

    fn lines(text: &str) -> Vec<u32> {
        let reader = Reader::new("a.md", text, Group::Record);
        check(text, &reader);
        reader
            .finish()
            .into_iter()
            .map(|found| found.position.unwrap().line)
            .collect()
    }

    #[test]
    fn each_conflict_is_told_at_its_first_line() {
        assert_eq!(lines("甲\n<<<<<<< HEAD\n乙\n=======\n丙\n>>>>>>> 分支\n丁\n"), [2]);
        assert_eq!(
            lines("<<<<<<< .mine\n乙\n||||||| .r1\n=======\n丙\n>>>>>>> .r2\n<<<<<<<\n=======\n>>>>>>>"),
            [1, 7]
        );
        assert_eq!(lines("---\ntitle: 一\n<<<<<<< HEAD\ntags: [甲]\n---\n"), [3]);
        assert_eq!(lines("甲\n>>>>>>> 分支\n"), [2]);
        assert_eq!(lines("甲\n\n>>>>>>> origin/main\n"), [3]);
    }

    #[test]
    fn markers_are_known_wherever_a_line_may_begin_and_by_any_tool() {
        for text in [
            "  <<<<<<< HEAD\n  一\n  =======\n  二\n  >>>>>>> x\n",
            "- <<<<<<< HEAD\n  一\n  =======\n  二\n  >>>>>>> x\n",
            "> <<<<<<< HEAD\n> 一\n> =======\n> 二\n> >>>>>>> x\n",
            "><<<<<<< HEAD\n>一\n>=======\n>二\n>>>>>>>> x\n",
            "<<<<<<<\tHEAD\n一\n=======\n二\n>>>>>>>\tx\n",
            "<<<<<<<< HEAD\n一\n========\n二\n>>>>>>>> x\n",
            "<<<<<<< HEAD\n一\n||||||| base\n零\n=======\n二\n>>>>>>> x\n",
            ">>>> ORIGINAL //a#1\n零\n==== THEIRS //a#2\n一\n==== YOURS //a\n二\n<<<<\n",
            "%%%%%%% Changes from base\n一\n+++++++ Contents of side #2\n二\n",
            "||||||| merged common ancestors\n乙\n",
        ] {
            assert_eq!(lines(text), [1], "{text}");
        }
        assert_eq!(
            lines("<<<<<<< A\n=======\n>>>>>>> B\n\n<<<<<<< A\n=======\n>>>>>>> B\n"),
            [1, 5]
        );
    }

    #[test]
    fn quotes_rules_and_signs_in_a_text_are_no_markers() {
        for text in [
            "第一部分\n=======\n",
            "> > > 引用",
            "表中“<<<<<<<”表示",
            "<<<<<<<<\n",
            "<<<<<<<甲\n",
            "甲\n\n>>>>>>> 深引用七层\n",
            "> > > > > > > 七层\n",
            "> 甲\n>>>>>>> 乙\n",
            "||||||||\n|---|---|\n",
            "||||||| 甲 | 乙 |\n",
            "%%%%%%%\n",
            "+++++++\n",
            ">>>> 四层\n",
        ] {
            assert_eq!(lines(text), [0; 0], "{text}");
        }
    }
}
