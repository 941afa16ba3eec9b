//! A part of XML, step by step: a large sheet needs no tree.

use super::{Fault, guard, xml};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// One step through a part; names are without prefixes.
pub(super) enum Step<'a> {
    /// An element begins.
    Start(&'a str, &'a Attributes),
    /// Text, or a piece of it.
    Text(&'a str),
    /// An element ends.
    End(&'a str),
}

/// The attributes of an element.
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(start: &BytesStart) -> Result<Self, quick_xml::Error> {
        let mut all = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            all.push((local(attribute.key.0).to_owned(), value.into_owned()));
        }
        Ok(Self(all))
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All of them: names without prefix, and values.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A whole number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name), Some("1" | "true"))
    }
}

/// Walks through a part.
///
/// # Errors
/// [`Fault`] where it isn't XML to its end, or `take` gives one.
pub(super) fn walk(text: &str, part: &str, mut take: impl FnMut(Step) -> Result<(), Fault>) -> Result<(), Fault> {
    let broken = |error: &dyn std::fmt::Display| Fault::Broken(format!("{part}: {error}"));
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        guard::step()?;
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(start) => {
                depth += 1;
                let attributes = Attributes::of(&start).map_err(|error| broken(&error))?;
                take(Step::Start(local(start.name().0), &attributes))?;
            }
            Event::Empty(start) => {
                let attributes = Attributes::of(&start).map_err(|error| broken(&error))?;
                take(Step::Start(local(start.name().0), &attributes))?;
                take(Step::End(local(start.name().0)))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Step::End(local(end.name().0)))?;
            }
            Event::Text(text) => take(Step::Text(&text.xml_content(XmlVersion::Implicit1_0)))?,
            Event::CData(text) => take(Step::Text(&text))?,
            Event::GeneralRef(reference) => {
                let character = xml::character(&reference).map_err(|error| broken(&error))?;
                take(Step::Text(&character.map(String::from).unwrap_or_default()))?;
            }
            Event::Eof if depth > 0 => return Err(broken(&"unexpected end")),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The name of an element without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
