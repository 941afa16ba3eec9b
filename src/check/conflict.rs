//! Conflict markers that a version control system left: both versions would be published side by side.

use crate::diagnostic::Severity;
use crate::record::fields::Reader;
use std::ops::Range;

/// Tells of each conflict in a file's text at its first marker, and of markers that stand alone.
pub fn check(text: &str, reader: &Reader) {
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return;
    }
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let place = at..at + line.trim_end().len();
        at += line.len();
        match marker(line.trim_end()) {
            Some('<') => {
                tell(text, place, reader);
                open = true;
            }
            Some('>') => {
                if !open {
                    tell(text, place, reader);
                }
                open = false;
            }
            _ => {}
        }
    }
}

fn tell(text: &str, place: Range<usize>, reader: &Reader) {
    let marker = text[place.clone()].to_owned();
    reader.tell(Severity::Error, "conflict-marker", &place, &[("marker", &marker)]);
}

/// The sign of a line that is a marker: seven of them, then nothing or a blank and a name.
fn marker(line: &str) -> Option<char> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '<' | '>'))?;
    let rest = line.trim_start_matches(sign);
    (line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with(' '))).then_some(sign)
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
    }

    #[test]
    fn quotes_rules_and_signs_in_a_text_are_no_markers() {
        for text in [
            "第一部分\n=======\n",
            "> > > 引用",
            "表中“<<<<<<<”表示",
            "<<<<<<<<\n",
            "<<<<<<<甲\n",
        ] {
            assert_eq!(lines(text), [0; 0], "{text}");
        }
    }
}
