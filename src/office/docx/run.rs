//! The text of paragraphs: runs, and what stands in them.

use super::document::{Walk, choice};
use super::state::{Change, State};
use super::symbol::{self, Font};
use crate::office::block::{Inline, Loss};
use crate::office::line::Place;
use crate::office::{Element, Fault, Relation};

impl Walk<'_> {
    /// The inlines of a paragraph, a link or a change.
    pub(super) fn runs(&mut self, parent: &Element, state: State, out: &mut Vec<Inline>) -> Result<(), Fault> {
        for element in parent.elements() {
            match element.name.as_str() {
                "w:r" => self.run(element, state, out)?,
                "w:hyperlink" => {
                    let mut text = Vec::new();
                    self.inlines(element, state, &mut text)?;
                    self.link(element, text, out);
                }
                "w:ins" | "w:moveTo" => {
                    self.document.lose(Loss::TrackedChange);
                    self.runs(element, state.changed(Change::Inserted), out)?;
                }
                "w:del" | "w:moveFrom" => {
                    self.document.lose(Loss::TrackedChange);
                    self.runs(element, state.changed(Change::Deleted), out)?;
                }
                "w:fldSimple" => self.simple_field(element, state, out)?,
                "w:sdt" => {
                    if let Some(content) = element.child("w:sdtContent") {
                        self.runs(content, state, out)?;
                    }
                }
                "m:oMath" | "m:oMathPara" => self.formula(element, state, out),
                "mc:AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.runs(choice, state, out)?;
                    }
                }
                "w:pPr" | "w:rPr" | "w:sdtPr" => {}
                _ => self.runs(element, state, out)?,
            }
        }
        Ok(())
    }

    fn link(&mut self, element: &Element, text: Vec<Inline>, out: &mut Vec<Inline>) {
        let target = element.attribute("id").and_then(|id| self.relations.get(id));
        let Some(Relation::Outside(target)) = target else {
            return out.extend(text);
        };
        let target = match element.attribute("anchor") {
            Some(anchor) if !target.contains('#') => format!("{target}#{anchor}"),
            _ => target.clone(),
        };
        self.document.push_link(text, target, out);
    }

    fn run(&mut self, run: &Element, state: State, out: &mut Vec<Inline>) -> Result<(), Fault> {
        let properties = run.child("w:rPr");
        let state = properties.map_or(state, |properties| state.with(properties, &self.styles));
        let font = properties.map_or(Font::Text, symbol::font);
        self.run_content(run, state, font, out)
    }

    /// Text of a run: shown, or kept for the checks of what isn't.
    pub(super) fn say(&mut self, text: &str, state: State, out: &mut Vec<Inline>) {
        if self.in_instruction() {
            return self.instruct(text);
        }
        self.trace.say(text, state);
        if state.is_shown() {
            out.push(Inline::looking(text, state.look));
        }
    }

    fn run_content(&mut self, run: &Element, state: State, font: Font, out: &mut Vec<Inline>) -> Result<(), Fault> {
        for element in run.elements() {
            match element.name.as_str() {
                "w:t" => {
                    let (text, lost) = symbol::in_font(&element.text(), font);
                    self.document.lose_all(Loss::Symbol, lost);
                    self.say(&text, state, out);
                }
                "w:delText" => self.say(&element.text(), state.changed(Change::Deleted), out),
                "w:instrText" | "w:delInstrText" => self.instruct(&element.text()),
                "w:fldChar" => self.field_mark(element, state, out),
                "w:tab" | "w:ptab" => self.say(" ", state, out),
                "w:noBreakHyphen" => self.say("-", state, out),
                "w:sym" => {
                    let text = self.symbol(element);
                    self.say(&text, state, out);
                }
                "w:br" | "w:cr" => {
                    self.trace.say(" ", state);
                    if state.is_shown() && !matches!(element.attribute("type"), Some("page" | "column")) {
                        out.push(Inline::Break);
                    }
                }
                "w:footnoteReference" if state.is_shown() => self.note('f', element, out)?,
                "w:endnoteReference" if state.is_shown() => self.note('e', element, out)?,
                "w:commentReference" => self.document.lose(Loss::Comment),
                "w:drawing" | "w:pict" | "w:object" => self.drawing(element, state, out)?,
                "w:ruby" => self.ruby(element, state, out)?,
                "mc:AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.run_content(choice, state, font, out)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A character of a symbol font by its code.
    fn symbol(&mut self, element: &Element) -> String {
        let font = symbol::named(element.attribute("font").unwrap_or_default());
        let code = u32::from_str_radix(element.attribute("char").unwrap_or_default(), 16).ok();
        let found = code.and_then(|code| symbol::character(font, code));
        if found.is_none() {
            self.document.lose(Loss::Symbol);
        }
        found.map(String::from).unwrap_or_default()
    }

    /// A word with its reading above: the word stands in the text.
    fn ruby(&mut self, element: &Element, state: State, out: &mut Vec<Inline>) -> Result<(), Fault> {
        if let Some(base) = element.child("w:rubyBase") {
            self.runs(base, state, out)?;
        }
        if let Some(reading) = element.child("w:rt") {
            let mut text = Vec::new();
            self.runs(reading, state, &mut text)?;
            self.document.lose(Loss::Ruby);
            self.say_aside(crate::office::block::plain(&text), Place::Ruby);
        }
        Ok(())
    }
}
