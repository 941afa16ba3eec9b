//! Formulas (OMML) as text on one line: powers raised, fractions with a slash.

use super::document::Walk;
use super::state::{Change, State};
use crate::office::Element;
use crate::office::block::{Inline, Level, Look, Loss, plain};
use crate::office::line::Place;
use crate::office::xml::Node;

/// Formulas in formulas that are followed; below there is only text.
const DEEPEST: usize = 60;

impl Walk<'_> {
    /// A formula: its text, and a loss where more than that was drawn.
    pub(super) fn formula(&mut self, element: &Element, state: State, out: &mut Vec<Inline>) {
        let mut shown = element.clone();
        self.take_out_unseen(&mut shown, state);
        let mut text = Vec::new();
        push(&shown, Level::Base, DEEPEST, &mut text);
        if text.is_empty() {
            return;
        }
        self.document.lose(Loss::Formula);
        for inline in text {
            if let Inline::Text { text, look } = inline {
                let look = Look {
                    level: look.level,
                    ..state.look
                };
                self.say(&text, State { look, ..state }, out);
            }
        }
    }
}

impl Walk<'_> {
    /// Takes out of a formula what its page doesn't show, and keeps it for the checks.
    fn take_out_unseen(&mut self, element: &mut Element, state: State) {
        for node in &mut element.children {
            let Node::Element(child) = node else { continue };
            let state = match child.name.as_str() {
                "w:del" | "w:moveFrom" => state.changed(Change::Deleted),
                "m:r" => child.child("w:rPr").map_or(state, |run| state.with(run, &self.styles)),
                _ => state,
            };
            if state.is_shown() {
                self.take_out_unseen(child, state);
            } else {
                let text = child.text();
                let (loss, place) = match state.change {
                    Change::Deleted => (Loss::TrackedChange, Place::Deleted),
                    _ => (Loss::Hidden, Place::Hidden),
                };
                self.document.lose_all(loss, usize::from(!text.trim().is_empty()));
                self.say_aside(text, place);
                child.children.clear();
            }
        }
    }
}

fn push(element: &Element, level: Level, depth: usize, out: &mut Vec<Inline>) {
    let look = Look {
        level,
        ..Look::default()
    };
    let say = |text: &str, out: &mut Vec<Inline>| out.push(Inline::looking(text, look));
    if depth == 0 {
        return say(&element.text(), out);
    }
    let part = |name: &str, level: Level, out: &mut Vec<Inline>| {
        if let Some(part) = element.child(name) {
            push(part, level, depth - 1, out);
        }
    };
    // What is raised twice stays raised.
    let or = |other: Level| if level == Level::Base { other } else { level };
    match element.name.as_str() {
        "m:t" => say(&element.text(), out),
        "m:f" => {
            let of = |name: &str| {
                let mut inner = Vec::new();
                part(name, Level::Base, &mut inner);
                grouped(&plain(&inner))
            };
            say(&format!("{}/{}", of("m:num"), of("m:den")), out);
        }
        "m:rad" => {
            part("m:deg", or(Level::Raised), out);
            let mut inner = Vec::new();
            part("m:e", Level::Base, &mut inner);
            say(&format!("√{}", grouped(&plain(&inner))), out);
        }
        "m:sSup" | "m:sSub" | "m:sSubSup" | "m:limLow" | "m:limUpp" => {
            part("m:e", level, out);
            part("m:sub", or(Level::Lowered), out);
            part("m:sup", or(Level::Raised), out);
            part("m:lim", or(Level::Lowered), out);
        }
        "m:sPre" => {
            part("m:sub", or(Level::Lowered), out);
            part("m:sup", or(Level::Raised), out);
            part("m:e", level, out);
        }
        "m:nary" => {
            let sign = element.child("m:naryPr").and_then(|it| it.value("m:chr"));
            say(sign.unwrap_or("∫"), out);
            part("m:sub", or(Level::Lowered), out);
            part("m:sup", or(Level::Raised), out);
            part("m:e", level, out);
        }
        "m:d" => {
            let properties = element.child("m:dPr");
            let sign = |name: &str, usual| properties.and_then(|it| it.value(name)).unwrap_or(usual).to_owned();
            say(&sign("m:begChr", "("), out);
            rows(element, &sign("m:sepChr", "|"), level, depth, out);
            say(&sign("m:endChr", ")"), out);
        }
        "m:m" | "m:eqArr" => rows(element, "; ", level, depth, out),
        "m:mr" => rows(element, " ", level, depth, out),
        _ => {
            for child in element.elements() {
                push(child, level, depth - 1, out);
            }
        }
    }
}

/// Parts side by side.
fn rows(element: &Element, between: &str, level: Level, depth: usize, out: &mut Vec<Inline>) {
    let parts = element
        .elements()
        .filter(|part| matches!(part.name.as_str(), "m:e" | "m:mr"));
    for (index, part) in parts.enumerate() {
        if index > 0 {
            let look = Look {
                level,
                ..Look::default()
            };
            out.push(Inline::looking(between, look));
        }
        push(part, level, depth - 1, out);
    }
}

/// What a line or a root spans, in brackets where it is more than one number or word.
fn grouped(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}
