//! Fields: what a document shows in the place of an instruction. Word keeps what a field gave when it was last
//! computed; some it draws from the instruction alone.

use super::document::{Field, Walk};
use super::equation;
use super::state::State;
use super::symbol;
use crate::office::block::{Document, Inline, Loss, says};
use crate::office::line::Place;
use crate::office::trace::Paragraph;
use crate::office::{Element, Fault};

/// What stands in the place of a field that has no result.
#[derive(Debug, PartialEq, Eq)]
enum Shown {
    Inlines(Vec<Inline>),
    Nothing,
    Lost,
}

impl Walk<'_> {
    /// Whether what follows is not text but the instruction of a field.
    pub(super) fn in_instruction(&self) -> bool {
        self.fields.iter().any(|field| field.result.is_none())
    }

    pub(super) fn instruct(&mut self, text: &str) {
        let open = self.fields.iter_mut().rev().find(|field| field.result.is_none());
        if let Some(field) = open {
            field.instruction += text;
        }
    }

    /// Fields that the file doesn't end: what follows them was read as their instruction.
    pub(super) fn end_open_fields(&mut self) {
        for field in std::mem::take(&mut self.fields) {
            let is_cut = field.result.is_none() && !arguments(&field.instruction).is_empty();
            self.document.lose_all(Loss::Field, usize::from(is_cut));
            self.document.say_instruction(&field.instruction);
        }
    }

    /// The begin, the separation or the end of a field.
    pub(super) fn field_mark(&mut self, element: &Element, state: State, out: &mut Vec<Inline>) {
        match element.attribute("fldCharType") {
            Some("begin") => self.fields.push(Field {
                form: element.child("w:ffData").and_then(form),
                ..Field::default()
            }),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = Some((self.paragraph_id, out.len()));
                }
            }
            Some("end") => {
                if let Some(field) = self.fields.pop() {
                    self.end_field(field, state, out);
                }
            }
            _ => {}
        }
    }

    fn end_field(&mut self, field: Field, state: State, out: &mut Vec<Inline>) {
        self.document.say_instruction(&field.instruction);
        if self.in_instruction() {
            return;
        }
        let here = field
            .result
            .filter(|(id, at)| *id == self.paragraph_id && *at <= out.len());
        let result = here.map(|(_, at)| out.split_off(at));
        // A result in another paragraph is one.
        let elsewhere = field.result.is_some() && here.is_none();
        let result = result.unwrap_or_default();
        match field.form {
            Some(shown) => self.say(&shown, state, out),
            None if says(&result) || elsewhere => self.push_result(&field.instruction, result, out),
            None => self.push_shown(&field.instruction, state, out),
        }
    }

    /// A field in one element.
    pub(super) fn simple_field(&mut self, element: &Element, state: State, out: &mut Vec<Inline>) -> Result<(), Fault> {
        let instruction = element.attribute("instr").unwrap_or_default();
        self.document.say_instruction(instruction);
        let mut result = Vec::new();
        self.inlines(element, state, &mut result)?;
        if says(&result) {
            self.push_result(instruction, result, out);
        } else {
            self.push_shown(instruction, state, out);
        }
        Ok(())
    }

    fn push_result(&mut self, instruction: &str, result: Vec<Inline>, out: &mut Vec<Inline>) {
        match link_target(instruction) {
            Some(target) => self.document.push_link(result, target, out),
            None => out.extend(result),
        }
    }

    fn push_shown(&mut self, instruction: &str, state: State, out: &mut Vec<Inline>) {
        match shown(instruction) {
            Shown::Inlines(inlines) => {
                for inline in inlines {
                    match inline {
                        Inline::Text { text, look } => {
                            let level = look.level;
                            let look = crate::office::block::Look { level, ..state.look };
                            self.say(&text, State { look, ..state }, out);
                        }
                        other => out.push(other),
                    }
                }
            }
            Shown::Nothing => {}
            Shown::Lost => {
                self.say_aside(instruction.to_owned(), Place::Hidden);
                self.document.lose(Loss::Field);
            }
        }
    }
}

impl Document {
    /// Keeps what an instruction says that nobody reads on the page.
    pub(in crate::office) fn say_instruction(&mut self, instruction: &str) {
        self.say_aside(arguments(instruction), Place::Held);
    }

    /// Ends a field of a format that keeps its instruction as text: a link, its result, or what Word draws for it.
    pub(in crate::office) fn end_field(
        &mut self,
        instruction: &str,
        result: Vec<Inline>,
        state: State,
        out: &mut Paragraph,
    ) {
        self.say_instruction(instruction);
        if let Some(target) = link_target(instruction) {
            if !says(&result) {
                return self.say_aside(target, Place::Hidden);
            }
            return self.push_link(result, target, &mut out.text);
        }
        if says(&result) {
            return out.text.extend(result);
        }
        match shown(instruction) {
            Shown::Inlines(inlines) if state.is_shown() => {
                out.trace.say(&crate::office::block::plain(&inlines), state);
                out.text.extend(inlines);
            }
            Shown::Inlines(_) | Shown::Lost => {
                self.say_aside(instruction.trim().to_owned(), Place::Hidden);
                self.lose(Loss::Field);
            }
            Shown::Nothing => {}
        }
    }
}

/// Where the instruction of a link leads.
fn link_target(instruction: &str) -> Option<String> {
    let words = words(instruction);
    words.first().filter(|name| name.eq_ignore_ascii_case("HYPERLINK"))?;
    let at = words.iter().position(|word| word.eq_ignore_ascii_case("\\l"));
    let anchor = at.and_then(|at| words.get(at + 1));
    let target = words.get(1).filter(|word| !word.starts_with('\\'))?;
    Some(match anchor {
        Some(anchor) => format!("{target}#{anchor}"),
        None => target.clone(),
    })
}

/// What an instruction says besides its name, its switches and the marks that the program made; of a link, what isn't its
/// target.
fn arguments(instruction: &str) -> String {
    let words = words(instruction);
    let is_link = words.first().is_some_and(|name| name.eq_ignore_ascii_case("HYPERLINK"));
    let said = words.into_iter().skip(if is_link { 2 } else { 1 });
    let said: Vec<String> = said.filter(|word| !word.starts_with(['\\', '_'])).collect();
    said.join(" ")
}

/// What a field of a form shows: whether its box is checked, the entry that was chosen.
fn form(data: &Element) -> Option<String> {
    if let Some(check) = data.child("w:checkBox") {
        let checked = check.switch("w:checked").or_else(|| check.switch("w:default"));
        return Some(if checked.unwrap_or(false) { "☑" } else { "☐" }.to_owned());
    }
    let list = data.child("w:ddList")?;
    let chosen = list.value("w:result").or_else(|| list.value("w:default"));
    let chosen = chosen.and_then(|at| at.parse::<usize>().ok()).unwrap_or(0);
    let mut entries = list.elements().filter(|child| child.name == "w:listEntry");
    Some(entries.nth(chosen)?.attribute("val")?.to_owned())
}

/// What Word draws from an instruction alone.
fn shown(instruction: &str) -> Shown {
    let words = words(instruction);
    let name = words.first().map(|name| name.to_ascii_uppercase()).unwrap_or_default();
    let text = |text: &str| Shown::Inlines(vec![Inline::text(text)]);
    match name.as_str() {
        "EQ" => equation::read(instruction).map_or(Shown::Lost, Shown::Inlines),
        "QUOTE" => words.get(1).map_or(Shown::Nothing, |quoted| text(quoted)),
        // The macro's name stands before what is shown.
        "MACROBUTTON" | "GOTOBUTTON" => text(&words.iter().skip(2).cloned().collect::<Vec<_>>().join(" ")),
        "SYMBOL" => {
            let code = words.get(1).and_then(|code| match code.strip_prefix("0x") {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => code.parse().ok(),
            });
            let font = words.iter().position(|word| word.eq_ignore_ascii_case("\\f"));
            let font = font.and_then(|at| words.get(at + 1)).map_or("Symbol", String::as_str);
            let found = code.and_then(|code| symbol::character(symbol::named(font), code));
            found.map_or(Shown::Lost, |character| text(&character.to_string()))
        }
        // What has no result shows nothing: marks of entries, settings, links, numbers of pages.
        "" | "TC" | "XE" | "TA" | "RD" | "SET" | "ASK" | "PRIVATE" | "ADDIN" | "HYPERLINK" | "PAGE" | "NUMPAGES"
        | "SECTIONPAGES" | "PAGEREF" | "TOC" | "INDEX" | "NEXT" | "ADVANCE" | "FORMTEXT" | "COMMENTS" => Shown::Nothing,
        _ => Shown::Lost,
    }
}

/// The words of an instruction; what stands in quotes is one.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut open: Option<String> = None;
    let mut quoted = false;
    let mut characters = instruction.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' | '“' | '”' => {
                if quoted {
                    words.extend(open.take());
                } else {
                    words.extend(open.replace(String::new()).filter(|word| !word.is_empty()));
                }
                quoted = !quoted;
            }
            '\\' if quoted && matches!(characters.peek(), Some('\\' | '"')) => {
                open.get_or_insert_default().extend(characters.next());
            }
            space if space.is_whitespace() && !quoted => words.extend(open.take()),
            other => open.get_or_insert_default().push(other),
        }
    }
    words.extend(open);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_is_taken_apart_at_blanks_outside_of_quotes() {
        assert_eq!(
            words(r#" HYPERLINK "https://a.cn/一 二" \l "b" \o "C:\\d" "#),
            ["HYPERLINK", "https://a.cn/一 二", "\\l", "b", "\\o", "C:\\d"]
        );
        assert_eq!(words("PAGE"), ["PAGE"]);
        assert_eq!(words(" "), [""; 0]);
    }

    #[test]
    fn what_has_no_result_shows_what_its_instruction_says() {
        let text = |instruction: &str| match shown(instruction) {
            Shown::Inlines(inlines) => crate::office::block::plain(&inlines),
            Shown::Nothing => "nothing".to_owned(),
            Shown::Lost => "lost".to_owned(),
        };
        for (instruction, expected) in [
            ("QUOTE \"域内 文字\"", "域内 文字"),
            ("SYMBOL 254 \\f \"Wingdings\"", "☑"),
            ("SYMBOL 0xF0A3 \\f Symbol", "≤"),
            ("MACROBUTTON AcceptAll [点此 填写]", "[点此 填写]"),
            ("EQ \\o\\ac(○,3)", "③"),
            ("XE \"词条\"", "nothing"),
            ("LISTNUM", "lost"),
            ("MERGEFIELD 姓名", "lost"),
        ] {
            assert_eq!(text(instruction), expected, "{instruction}");
        }
    }
}
