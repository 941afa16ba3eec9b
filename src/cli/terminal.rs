//! The border of the terminal: the one place that writes to it.
//!
//! What documents, file names and answers hold was written by others. A control character among it moves the cursor,
//! renames the window or answers for the reader; a mark of direction shows a name as another. Here each becomes its
//! escape as JSON writes it (`\u202e`), so that it is seen, and so that JSON stays the same value. Line feeds, tabs and
//! the colours of our own reports pass.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

/// Whether what is written is in colour: on a terminal that understands it, unless somebody asked for none. Consoles of
/// Windows 10 do when they are asked to; older ones would show the sequences.
pub(super) fn is_coloured(to_terminal: bool) -> bool {
    let is_wanted = to_terminal && std::env::var_os("NO_COLOR").is_none();
    is_wanted && anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

/// Writes data to standard output. A reader that went away is not a failure.
pub(super) fn print(text: &str) {
    let to_terminal = io::stdout().is_terminal();
    drop(io::stdout().lock().write_all(shown(text, to_terminal).as_bytes()));
}

/// Writes a line of data.
pub(super) fn print_line(line: impl Display) {
    print(&format!("{line}\n"));
}

/// Hands the bytes of a file to the program that standard output leads to: they are not shown.
pub(super) fn hand_over(bytes: &[u8]) {
    drop(io::stdout().lock().write_all(bytes));
}

/// Says a line to the person who runs the program.
pub(super) fn tell(line: impl Display) {
    tell_text(&format!("{line}\n"));
}

/// Says lines to the person who runs the program.
pub(super) fn tell_text(text: &str) {
    let to_terminal = io::stderr().is_terminal();
    drop(io::stderr().lock().write_all(shown(text, to_terminal).as_bytes()));
}

/// The name of a file, on one line.
pub(super) fn name(path: &std::path::Path) -> String {
    let name = path.display().to_string();
    name.replace('\n', "\\n").replace('\t', "\\t")
}

/// A writer that escapes what goes through it as text.
pub(super) struct Escaped<W: Write> {
    inner: W,
    /// The bytes of a character whose end hasn't come yet.
    begun: Vec<u8>,
}

impl<W: Write> Escaped<W> {
    /// Escapes what is written to `inner`.
    pub(super) fn new(inner: W) -> Self {
        let begun = Vec::new();
        Self { inner, begun }
    }
}

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.begun.len(),
        };
        let text: Vec<u8> = self.begun.drain(..whole).collect();
        self.inner
            .write_all(shown(&String::from_utf8_lossy(&text), false).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A text with what a terminal would act upon as escapes; colours stay where they are wanted.
fn shown(text: &str, coloured: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let colour = if coloured { colour(rest) } else { None };
        if let Some(length) = colour {
            out.push_str(&rest[..length]);
            at += length;
            continue;
        }
        // A mark of UTF-8 at the start is for Excel.
        let passes = rest.starts_with("\r\n") || at == 0 && letter == '\u{FEFF}';
        if acts(letter) && !passes {
            escape(&mut out, letter);
        } else {
            out.push(letter);
        }
        at += letter.len_utf8();
    }
    out
}

/// The length of a sequence that sets colour or weight, where a text begins with one: those alone hide nothing.
fn colour(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\u{1B}[")?;
    let end = inner.find(|letter: char| !letter.is_ascii_digit() && letter != ';')?;
    let codes: Vec<&str> = inner[..end].split(';').collect();
    let harmless = match codes[..] {
        // One of 256 colours. The first is black, which may be what is behind it.
        ["38", "5", number] => number.parse::<u8>().is_ok_and(|number| number % 8 != 0),
        _ => codes.iter().all(|code| is_plain(code)),
    };
    (inner[end..].starts_with('m') && harmless).then_some("\u{1B}[".len() + end + 1)
}

/// Whether a code sets weight, underlining or a colour that is seen on any ground, or takes them back.
fn is_plain(code: &str) -> bool {
    let foreground = |number| (31..=36).contains(&number) || (91..=96).contains(&number);
    matches!(code, "" | "0" | "1" | "4" | "22" | "24" | "39") || code.parse::<u8>().is_ok_and(foreground)
}

/// Whether a terminal acts upon a character instead of showing it.
fn acts(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => true,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        letter => letter.is_control(),
    }
}

fn escape(out: &mut String, letter: char) {
    let mut units = [0; 2];
    for unit in letter.encode_utf16(&mut units) {
        out.push_str(&format!("\\u{unit:04x}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_acts_upon_is_seen() {
        for (text, seen) in [
            ("报告\n一\t二\r\n", "报告\n一\t二\r\n"),
            ("\u{1B}]0;名\u{7}", "\\u001b]0;名\\u0007"),
            ("\u{9B}2J\u{7F}\0", "\\u009b2J\\u007f\\u0000"),
            ("全部\r没有", "全部\\u000d没有"),
            ("a\u{202E}fdp.exe\u{2066}", "a\\u202efdp.exe\\u2066"),
            ("\u{FEFF}甲\u{FEFF}", "\u{FEFF}甲\\ufeff"),
            ("\u{E0041}", "\\udb40\\udc41"),
            ("👨‍👩‍👧 é", "👨‍👩‍👧 é"),
        ] {
            assert_eq!(shown(text, false), seen);
        }
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({ "title": "a\u{202E}b\u{9B}\u{E0041}\0\u{7F}c\n" });
        let read: serde_json::Value = serde_json::from_str(&shown(&value.to_string(), false)).unwrap();
        assert_eq!(read, value);
    }

    #[test]
    fn colours_pass_on_a_terminal_and_nothing_else_does() {
        for passes in ["\u{1B}[0m", "\u{1B}[1m\u{1B}[91m甲", "\u{1B}[38;5;9m"] {
            assert_eq!(shown(passes, true), passes);
            assert!(!shown(passes, false).contains('\u{1B}'));
        }
        for held in [
            "\u{1B}[8m",
            "\u{1B}[2J",
            "\u{1B}[31",
            "\u{1B}[1;1H",
            "\u{1B}c",
            "\u{1B}[7m",
            "\u{1B}[30m",
            "\u{1B}[38;5;0m",
        ] {
            assert!(!shown(held, true).contains('\u{1B}'), "{held:?}");
        }
    }

    #[test]
    fn a_character_may_come_in_pieces() {
        let mut out = Vec::new();
        let mut escaped = Escaped::new(&mut out);
        for byte in "甲\u{202E}乙\n".as_bytes() {
            escaped.write_all(&[*byte]).unwrap();
        }
        escaped.flush().unwrap();
        drop(escaped);
        assert_eq!(String::from_utf8(out).unwrap(), "甲\\u202e乙\n");
    }
}
