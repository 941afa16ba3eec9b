//! Text as Markdown: what would be markup is escaped, emphasis is written where it stands.

use super::block::Inline;

/// Inlines as one line of Markdown (with `<br>` for breaks where `in_cell`).
pub(super) fn markdown(inlines: &[Inline], in_cell: bool) -> String {
    let mut out = String::new();
    for inline in &joined(inlines) {
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
    let out = out
        .trim_matches(|character: char| character.is_whitespace())
        .trim_end_matches('\\')
        .trim_end();
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
        let ordered = (1..=9).contains(&digits) && line[digits..].starts_with(". ") || line[digits..].starts_with(") ");
        if line.starts_with(['#', '>', '+', '='])
            || line.starts_with("- ")
            || line.starts_with("---")
            || line.starts_with(':')
        {
            format!("\\{line}")
        } else if ordered && digits > 0 {
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
