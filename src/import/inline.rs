//! Text as Markdown: what would be markup is escaped, emphasis is written where it stands.

use super::block::Inline;

/// Inlines as one line of Markdown (with `<br>` for breaks where `in_cell`).
pub(super) fn markdown(inlines: &[Inline], in_cell: bool) -> String {
    let mut out = String::new();
    // A break at the end breaks nothing.
    let end = inlines
        .iter()
        .rposition(|inline| *inline != Inline::Break)
        .map_or(0, |last| last + 1);
    for inline in &joined(&inlines[..end]) {
        match inline {
            Inline::Text { text, bold, italic } => out += &emphasised(&escaped(text, in_cell), *bold, *italic),
            Inline::Link { text, target } => out += &format!("[{}](<{}>)", escaped(text, in_cell), address(target)),
            Inline::Break if in_cell => out += "<br>",
            Inline::Break => out += "\\\n",
            Inline::Note(mark) => out += &format!("[^{mark}]"),
            Inline::Picture { name, description } => {
                out += &format!("![{}](<{}>)", escaped(description, in_cell), address(name));
            }
        }
    }
    let out = out.trim_matches(|character: char| character.is_whitespace());
    if in_cell { out.to_owned() } else { guarded(out) }
}

/// Neighbours of one look as one: Word parts runs anywhere.
fn joined(inlines: &[Inline]) -> Vec<Inline> {
    let mut all: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (all.last_mut(), inline) {
            (
                Some(Inline::Text { text, bold, italic }),
                Inline::Text {
                    text: more,
                    bold: more_bold,
                    italic: more_italic,
                },
            ) if (*bold, *italic) == (*more_bold, *more_italic) || more.trim().is_empty() => text.push_str(more),
            _ => all.push(inline.clone()),
        }
    }
    all
}

/// Emphasis around what says something; spaces at its ends stay outside.
fn emphasised(text: &str, bold: bool, italic: bool) -> String {
    let mark = match (bold, italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => return text.to_owned(),
    };
    let core = text.trim();
    if core.is_empty() {
        return text.to_owned();
    }
    let before = &text[..text.len() - text.trim_start().len()];
    let after = &text[text.trim_end().len()..];
    format!("{before}{mark}{core}{mark}{after}")
}

fn escaped(text: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' => {
                out.push('\\');
                out.push(character);
            }
            '&' => out += "&amp;",
            '|' if in_cell => out += "\\|",
            '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' => out.push(' '),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// What would begin a block of another kind at the start of a line.
fn guarded(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let line = line.trim_start();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let after = line[digits..].strip_prefix(['.', ')']);
        let ordered = (1..=9).contains(&digits) && after.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if line.starts_with(['#', '>', '+', '=', '-', ':']) {
            format!("\\{line}")
        } else if ordered {
            format!("{}\\{}", &line[..digits], &line[digits..])
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An address between `<` and `>`.
fn address(target: &str) -> String {
    target
        .chars()
        .filter(|character| !character.is_control())
        .fold(String::new(), |mut out, character| {
            match character {
                '<' => out += "%3C",
                '>' => out += "%3E",
                '\\' => out += "%5C",
                other => out.push(other),
            }
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Resolve, Target, render};
    use proptest::prelude::*;

    struct Nowhere;

    impl Resolve for Nowhere {
        fn resolve(&self, _: &str) -> Target {
            Target::Nowhere
        }
    }

    /// The text that a page shows of a paragraph.
    fn shown(inlines: &[Inline]) -> String {
        let body = markdown(inlines, false);
        let (rendered, _) = render("a.md", &body, 0..body.len(), "题目", &Nowhere);
        rendered
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn squeezed(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_would_be_markup_is_shown_as_it_is() {
        for text in [
            "# 号",
            "1. 甲",
            "1) 甲",
            "- 甲",
            "+ 甲",
            "> 甲",
            "---",
            "===",
            "* 甲",
            "**甲**",
            "[甲](乙)",
            "[^1]: 甲",
            "`甲`",
            "~~甲~~",
            "<b>甲</b>",
            "&amp; &copy;",
            "a\\",
            "\\# 甲",
            "| 甲 | 乙 |",
            "甲_乙_丙",
            ": 甲",
            "#",
            "2024. 甲",
            "<!-- 甲 -->",
        ] {
            assert_eq!(shown(&[Inline::text(text)]), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn every_text_comes_out_as_it_went_in(text in "[甲乙1-3a-c#*_`~<>&;|:.)(\\[\\]!+=\\\\ -]{1,24}", bold in any::<bool>()) {
            let inline = Inline::Text { text: text.clone(), bold, italic: false };
            prop_assert_eq!(squeezed(&shown(&[inline])), squeezed(&text));
        }
    }
}
