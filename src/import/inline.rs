//! Text as Markdown: what would be markup is escaped, emphasis is written where it stands.

use crate::office::block::{Inline, Level, Look};

/// Inlines as one line of Markdown (with `<br>` for breaks where `in_cell`).
pub(super) fn markdown(inlines: &[Inline], in_cell: bool) -> String {
    // A break at the end breaks nothing.
    let end = inlines
        .iter()
        .rposition(|inline| *inline != Inline::Break)
        .map_or(0, |last| last + 1);
    let out = pieces(&inlines[..end], in_cell);
    let out = out.trim_matches(|character: char| character.is_whitespace());
    if in_cell { out.to_owned() } else { guarded(out) }
}

fn pieces(inlines: &[Inline], in_cell: bool) -> String {
    let mut out = String::new();
    for inline in &joined(inlines) {
        match inline {
            Inline::Text { text, look } => out += &marked(text, *look, in_cell, out.ends_with('*')),
            Inline::Link { text, target } => {
                out += &format!("[{}](<{}>)", pieces(text, in_cell).trim(), address(target));
            }
            Inline::Break if in_cell => out += "<br>",
            Inline::Break => out += "\\\n",
            Inline::Note(mark) => out += &format!("[^{mark}]"),
            Inline::Picture { name, description } => {
                out += &format!("![{}](<{}>)", escaped(description, in_cell), address(name));
            }
        }
    }
    out
}

/// Neighbours of one look as one: Word splits runs anywhere.
fn joined(inlines: &[Inline]) -> Vec<Inline> {
    let mut all: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (all.last_mut(), inline) {
            (
                Some(Inline::Text { text, look }),
                Inline::Text {
                    text: more,
                    look: of_more,
                },
            ) if look == of_more || (more.trim().is_empty() && !look.struck) => {
                text.push_str(more);
            }
            _ => all.push(inline.clone()),
        }
    }
    all
}

/// Text with the marks of its look; spaces at its ends stay outside of them. `beside` tells that asterisks stand before it,
/// which would run into its own.
fn marked(text: &str, look: Look, in_cell: bool, beside: bool) -> String {
    let core = text.trim();
    let (raised, level) = levelled(core, look.level);
    let core = escaped(&raised, in_cell);
    if core.is_empty() {
        return escaped(text, in_cell);
    }
    let core = match level {
        Level::Base => core,
        Level::Raised => format!("<sup>{core}</sup>"),
        Level::Lowered => format!("<sub>{core}</sub>"),
    };
    let struck = if look.struck { "~~" } else { "" };
    // Beside a sign that is not a letter asterisks inside a word are not emphasis.
    let (mark, open, close) = match (look.bold, look.italic, beside || look.struck || level != Level::Base) {
        (false, false, _) => ("", "", ""),
        (true, true, false) => ("***", "", ""),
        (true, false, false) => ("**", "", ""),
        (false, true, false) => ("*", "", ""),
        (true, true, true) => ("", "<b><i>", "</i></b>"),
        (true, false, true) => ("", "<b>", "</b>"),
        (false, true, true) => ("", "<i>", "</i>"),
    };
    let before = escaped(&text[..text.len() - text.trim_start().len()], in_cell);
    let after = escaped(&text[text.trim_end().len()..], in_cell);
    format!("{before}{mark}{open}{struck}{core}{struck}{close}{mark}{after}")
}

/// Raised and lowered figures as the characters that stand for them: 10⁵; what has none keeps its level.
pub(super) fn levelled(text: &str, level: Level) -> (String, Level) {
    let (plain, shown) = match level {
        Level::Base => return (text.to_owned(), level),
        Level::Raised => ("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
        Level::Lowered => ("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    };
    let found = |one: char| shown.chars().nth(plain.chars().position(|known| known == one)?);
    match text.chars().map(found).collect::<Option<String>>() {
        Some(figures) => (figures, Level::Base),
        None => (text.to_owned(), level),
    }
}

fn escaped(text: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let formulas = text.matches('$').count() > 1;
    let mut letters = text.chars().peekable();
    while let Some(character) = letters.next() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' => {
                out.push('\\');
                out.push(character);
            }
            '$' if formulas => out += "\\$",
            // %% begins a comment of Obsidian's.
            '%' if letters.peek() == Some(&'%') || out.ends_with('%') => out += "\\%",
            // == marks a text.
            '=' if letters.peek() == Some(&'=') && !out.ends_with('=') => out += "\\=",
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
        .replace("%%", "%25%25")
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
            "==甲==",
            "$a_b$",
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
            "%%甲%%",
            "50%%",
            "%",
        ] {
            assert_eq!(shown(&[Inline::text(text)]), text);
        }
    }

    #[test]
    fn what_is_raised_lowered_or_struck_out_shows_it() {
        let of = |text: &str, look: Look| {
            markdown(
                &[Inline::text("约10"), Inline::looking(text, look), Inline::text("亩")],
                false,
            )
        };
        let level = |level| Look {
            level,
            ..Look::default()
        };
        assert_eq!(of("5", level(Level::Raised)), "约10⁵亩");
        assert_eq!(of("-n", level(Level::Raised)), "约10⁻ⁿ亩");
        assert_eq!(of("甲", level(Level::Raised)), "约10<sup>甲</sup>亩");
        assert_eq!(of("2", level(Level::Lowered)), "约10₂亩");
        let struck = Look {
            struck: true,
            ..Look::default()
        };
        assert_eq!(of(" 三十 ", struck), "约10 ~~三十~~ 亩");
        assert_eq!(of("三十", Look { bold: true, ..struck }), "约10<b>~~三十~~</b>亩");
        let [bold, italic] = [(true, false), (true, true)].map(|(bold, italic)| Look {
            bold,
            italic,
            ..Look::default()
        });
        let looks = [Inline::looking("甲", italic), Inline::looking("乙", bold)];
        assert_eq!(markdown(&looks, false), "***甲***<b>乙</b>");
    }

    #[test]
    fn a_link_holds_what_it_shows() {
        let picture = Inline::Picture {
            name: "图1.png".to_owned(),
            description: "图1".to_owned(),
        };
        let link = |text: Vec<Inline>| {
            markdown(
                &[Inline::Link {
                    text,
                    target: "https://a.cn/<b>".to_owned(),
                }],
                false,
            )
        };
        assert_eq!(link(vec![picture]), "[![图1](<图1.png>)](<https://a.cn/%3Cb%3E>)");
        let bold = Look {
            bold: true,
            ..Look::default()
        };
        assert_eq!(
            link(vec![Inline::looking("甲", bold), Inline::text("[乙]")]),
            "[**甲**\\[乙\\]](<https://a.cn/%3Cb%3E>)"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn every_text_comes_out_as_it_went_in(text in "[甲乙1-3a-c#*_`~<>&;|:.)(\\[\\]!+=$^\\\\ -]{1,24}", bold in any::<bool>()) {
            let inline = Inline::looking(text.clone(), Look { bold, ..Look::default() });
            prop_assert_eq!(squeezed(&shown(&[inline])), squeezed(&text));
        }
    }
}
