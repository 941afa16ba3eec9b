//! `EQ` fields: enclosed characters, fractions, roots and readings, which Word draws from the instruction.

use crate::office::block::{Inline, Level, Look};

/// Brackets in brackets that are followed.
const DEEPEST: usize = 16;

/// What an instruction `EQ …` shows, or `None` where it isn't understood.
pub(super) fn read(instruction: &str) -> Option<Vec<Inline>> {
    let rest = instruction.trim_start();
    let rest = rest
        .get(..2)
        .filter(|name| name.eq_ignore_ascii_case("eq"))
        .map(|_| &rest[2..])?;
    let mut parser = Parser {
        rest: rest.chars().collect(),
        at: 0,
    };
    let shown = parser.sequence(0)?;
    (parser.at == parser.rest.len()).then_some(shown)
}

struct Parser {
    rest: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    /// Text and functions, until what ends an argument.
    fn sequence(&mut self, depth: usize) -> Option<Vec<Inline>> {
        if depth > DEEPEST {
            return None;
        }
        let mut out = Vec::new();
        let mut text = String::new();
        while let Some(character) = self.peek() {
            match character {
                ',' | ';' | '，' | '；' if depth > 0 => break,
                ')' | '）' if depth > 0 => break,
                '\\' => {
                    self.at += 1;
                    if let escaped @ (',' | ';' | '(' | ')' | '\\') = self.peek()? {
                        text.push(escaped);
                        self.at += 1;
                    } else {
                        push(&mut out, &mut text);
                        out.extend(self.function(depth)?);
                    }
                }
                other => {
                    text.push(other);
                    self.at += 1;
                }
            }
        }
        push(&mut out, &mut text);
        Some(out)
    }

    /// A function by its letter, its options and its arguments.
    fn function(&mut self, depth: usize) -> Option<Vec<Inline>> {
        let name = self.peek()?.to_ascii_lowercase();
        self.at += 1;
        if name == '*' {
            // A switch of a field such as \* jc2, up to the next one.
            while self.peek().is_some_and(|character| character != '\\') {
                self.at += 1;
            }
            return Some(Vec::new());
        }
        let mut options = String::new();
        while self.peek().is_some_and(|character| !matches!(character, '(' | '（')) {
            options.extend(self.peek());
            self.at += 1;
        }
        self.at += 1;
        let mut arguments = Vec::new();
        loop {
            arguments.push(self.sequence(depth + 1)?);
            let end = self.peek()?;
            self.at += 1;
            if matches!(end, ')' | '）') {
                break;
            }
        }
        drawn(name, &options, arguments)
    }
}

fn push(out: &mut Vec<Inline>, text: &mut String) {
    // Blanks beside functions only part them.
    let said = std::mem::take(text);
    if !said.trim().is_empty() {
        out.push(Inline::text(said.trim()));
    }
}

fn drawn(name: char, options: &str, arguments: Vec<Vec<Inline>>) -> Option<Vec<Inline>> {
    let plain = |inlines: &[Inline]| crate::office::block::plain(inlines);
    let text = |text: String| Some(vec![Inline::text(text)]);
    match (name, arguments.as_slice()) {
        ('f', [above, below]) => text(format!("{}/{}", grouped(&plain(above)), grouped(&plain(below)))),
        ('r', [under]) => text(format!("√{}", grouped(&plain(under)))),
        ('r', [power, under]) => {
            let mut out = raised(power.clone(), Level::Raised);
            out.push(Inline::text(format!("√{}", grouped(&plain(under)))));
            Some(out)
        }
        ('o', [around, inner]) if enclosed(&plain(around), &plain(inner)).is_some() => {
            text(enclosed(&plain(around), &plain(inner))?)
        }
        // A reading above a word: \o\ad(\s\up 9(chéng),澄).
        ('o', [reading, word]) if is_raised(reading) => Some(word.clone()),
        ('s', [moved]) => {
            let down = options.to_ascii_lowercase().contains("\\do");
            Some(raised(moved.clone(), if down { Level::Lowered } else { Level::Raised }))
        }
        ('s', [above, below]) => {
            let mut out = raised(above.clone(), Level::Raised);
            out.extend(raised(below.clone(), Level::Lowered));
            Some(out)
        }
        ('b', [inner]) => {
            let bracket = options
                .split("\\bc\\")
                .nth(1)
                .and_then(|rest| rest.trim().chars().next());
            let (open, close) = match bracket {
                Some('{') => ('{', '}'),
                Some('[') => ('[', ']'),
                Some('|') => ('|', '|'),
                _ => ('(', ')'),
            };
            let mut out = vec![Inline::text(open)];
            out.extend(inner.clone());
            out.push(Inline::text(close));
            Some(out)
        }
        ('d', _) => Some(Vec::new()),
        ('x', [inner]) => Some(inner.clone()),
        ('i', _) => Some([vec![Inline::text("∫")], arguments.join(&Inline::text(" "))].concat()),
        ('a' | 'l' | 'o', _) => Some(arguments.join(&Inline::text(if name == 'l' { "," } else { " " }))),
        _ => None,
    }
}

fn is_raised(inlines: &[Inline]) -> bool {
    let raised = |inline: &Inline| matches!(inline, Inline::Text { look, .. } if look.level == Level::Raised);
    !inlines.is_empty() && inlines.iter().all(raised)
}

fn raised(inlines: Vec<Inline>, level: Level) -> Vec<Inline> {
    let look = Look {
        level,
        ..Look::default()
    };
    let raise = |inline| match inline {
        Inline::Text { text, .. } => Inline::looking(text, look),
        other => other,
    };
    inlines.into_iter().map(raise).collect()
}

/// A part of a fraction, in brackets where it is more than one number or word.
fn grouped(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// Signs that stand in circles.
const HAN: [(char, char); 12] = [
    ('一', '㊀'),
    ('二', '㊁'),
    ('三', '㊂'),
    ('四', '㊃'),
    ('五', '㊄'),
    ('六', '㊅'),
    ('七', '㊆'),
    ('八', '㊇'),
    ('九', '㊈'),
    ('十', '㊉'),
    ('正', '㊣'),
    ('印', '㊞'),
];

/// A character in a circle or a box, as the one character that it is.
fn enclosed(around: &str, inner: &str) -> Option<String> {
    match around {
        "○" | "〇" | "◯" | "O" | "Ο" => circled(inner).map(String::from),
        "□" | "☐" => match inner {
            "√" | "✓" | "✔" | "v" | "V" => Some("☑".to_owned()),
            "×" | "✕" | "✗" | "x" | "X" => Some("☒".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// ③ for 3.
pub(super) fn circled(inner: &str) -> Option<char> {
    if let Ok(number) = inner.parse::<u32>() {
        return crate::office::counting::circled(number);
    }
    let mut characters = inner.chars();
    let (Some(one), None) = (characters.next(), characters.next()) else {
        return None;
    };
    let letter = |base: u32, from: char| char::from_u32(base + u32::from(one) - u32::from(from));
    match one {
        'A'..='Z' => letter(0x24B6, 'A'),
        'a'..='z' => letter(0x24D0, 'a'),
        _ => HAN.iter().find(|(plain, _)| *plain == one).map(|(_, circled)| *circled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(instruction: &str) -> Option<String> {
        read(instruction).map(|inlines| crate::office::block::plain(&inlines))
    }

    #[test]
    fn what_equations_draw_is_read() {
        for (instruction, expected) in [
            (" eq \\o\\ac(○,3)", "③"),
            ("EQ \\o\\ac(○,21)", "㉑"),
            ("EQ \\o\\ac(○,a)", "ⓐ"),
            ("eq \\o\\ac(□,√)", "☑"),
            ("EQ \\f(1,2)", "1/2"),
            ("EQ \\F(a+b;2)", "(a+b)/2"),
            ("EQ \\r(3,x)", "3√x"),
            (
                "EQ \\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(chéng),澄)",
                "澄",
            ),
            ("EQ \\b\\bc\\[(甲)", "[甲]"),
            ("EQ \\o\\ac(△,!)", "△ !"),
            ("EQ a\\,b", "a,b"),
        ] {
            assert_eq!(shown(instruction).as_deref(), Some(expected), "{instruction}");
        }
        for broken in ["EQ \\o\\ac(○", "EQ \\", "EQ \\q(1)", "QE"] {
            assert_eq!(shown(broken), None, "{broken}");
        }
        assert_eq!(shown(&format!("EQ {}", "\\x(".repeat(1000))), None);
    }
}
