//! The text of paragraphs, and what stands in it.

use super::{Walk, aside, collapsed};
use crate::office::block::{Inline, Loss, lines, says};
use crate::office::line::Place;
use crate::office::trace::{Paragraph, State};
use crate::office::xml::Node;
use crate::office::{Element, Fault};

/// Blanks that one element makes, at most.
const MOST_BLANKS: usize = 1000;

impl Walk<'_> {
    /// The text of a paragraph, a span or a link.
    pub(super) fn runs(&mut self, parent: &Element, state: State, out: &mut Paragraph) -> Result<(), Fault> {
        for node in &parent.children {
            match node {
                Node::Text(text) => {
                    let text = collapsed(text, out.trace.is_at_blank());
                    self.say(&text, state, out)?;
                }
                Node::Element(element) => self.run(element, state, out)?,
            }
        }
        Ok(())
    }

    fn run(&mut self, element: &Element, state: State, out: &mut Paragraph) -> Result<(), Fault> {
        for name in [
            "string-value",
            "string-value-if-true",
            "string-value-if-false",
            "description",
        ] {
            let unseen = element.attribute(name).filter(|_| element.name.starts_with("text:"));
            if let Some(value) = unseen {
                self.document.say_aside(value.to_owned(), Place::Hidden);
            }
        }
        match element.name.as_str() {
            "text:s" => {
                let count = element.attribute("c").and_then(|count| count.parse::<usize>().ok());
                self.say(&" ".repeat(count.unwrap_or(1).min(MOST_BLANKS)), state, out)
            }
            "text:tab" => self.say(" ", state, out),
            "text:line-break" => {
                out.break_line(self.as_changed(state));
                Ok(())
            }
            "text:span" => {
                let style = self.styles.of("text", element);
                self.runs(element, style.of(state), out)
            }
            "text:a" => self.link(element, state, out),
            "text:note" => self.note(element, state, out),
            "text:ruby" => self.ruby(element, state, out),
            "text:change-start" | "text:change-end" | "text:change" => self.change(element, state, out),
            "text:hidden-text" => {
                let hidden = state.hidden || element.attribute("is-hidden") == Some("true");
                self.runs(element, State { hidden, ..state }, out)
            }
            "text:label" => {
                let entry = element.attribute("value").unwrap_or_default().to_owned();
                self.document.say_aside(entry, Place::Hidden);
                Ok(())
            }
            "office:annotation" => self.comment(element),
            "office:annotation-end" | "text:soft-page-break" => Ok(()),
            "text:script" => self.say_words(element, &Place::Hidden),
            name if name.starts_with("draw:") => {
                let mut pictures = self.drawn(element, state)?;
                out.text.append(&mut pictures);
                Ok(())
            }
            _ => self.runs(element, state, out),
        }
    }

    fn link(&mut self, element: &Element, state: State, out: &mut Paragraph) -> Result<(), Fault> {
        let mut inner = Paragraph::default();
        std::mem::swap(&mut inner.trace, &mut out.trace);
        let done = self.runs(element, state, &mut inner);
        out.trace = inner.trace;
        let target = element.attribute("href").unwrap_or_default().to_owned();
        if target.is_empty() || target.starts_with('#') {
            out.text.extend(inner.text);
        } else {
            self.document.push_link(inner.text, target, &mut out.text);
        }
        done
    }

    /// A footnote or an endnote, numbered where the text refers to it.
    fn note(&mut self, element: &Element, state: State, out: &mut Paragraph) -> Result<(), Fault> {
        let Some(body) = element.child("text:note-body") else {
            return Ok(());
        };
        let shown = self.as_changed(state).is_shown();
        let mark = self.document.notes.len() + 1;
        if shown {
            out.text.push(Inline::Note(mark));
            self.document.notes.push((mark, Vec::new()));
        }
        let hidden = !shown;
        let blocks = self.blocks(
            body,
            State {
                hidden,
                ..State::default()
            },
        )?;
        let lines: Vec<Vec<Inline>> = lines(blocks).into_iter().filter(|line| says(line)).collect();
        if shown {
            self.document.notes[mark - 1].1 = lines.join(&Inline::Break);
        }
        Ok(())
    }

    /// A word with its reading above: the word stands in the text.
    fn ruby(&mut self, element: &Element, state: State, out: &mut Paragraph) -> Result<(), Fault> {
        if let Some(base) = element.child("text:ruby-base") {
            self.runs(base, state, out)?;
        }
        if let Some(reading) = element.child("text:ruby-text") {
            self.document.lose(Loss::Ruby);
            self.document.say_aside(reading.text(), Place::Ruby);
        }
        Ok(())
    }

    /// A comment, with who wrote it.
    pub(super) fn comment(&mut self, element: &Element) -> Result<(), Fault> {
        self.document.lose(Loss::Comment);
        self.say_words(element, &Place::Comment)
    }

    /// The words of an element that goes into no draft, a paragraph a line.
    pub(super) fn say_words(&mut self, element: &Element, place: &Place) -> Result<(), Fault> {
        for line in aside::words(element) {
            self.count(&line)?;
            self.document.say_aside(line, place.clone());
        }
        Ok(())
    }
}
