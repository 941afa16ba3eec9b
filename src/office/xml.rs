//! A part as a tree of elements, their names with the prefixes that everybody uses.

use super::{Budget, Fault};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;

/// Elements nested in each other at most. (Tables in text boxes in tables reach sixty.)
const DEEPEST: usize = 400;

/// What an element, an attribute and a text take besides their own bytes, about.
const OF_ELEMENT: usize = 240;
const OF_ATTRIBUTE: usize = 80;

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Element {
    /// Its name: `w:p`.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// What it takes without its children.
    fn size(&self) -> usize {
        let of = |(key, value): &(String, String)| OF_ATTRIBUTE + key.len() + value.len();
        OF_ELEMENT + self.attributes.iter().map(of).sum::<usize>()
    }

    /// The value of an attribute, by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements that stand in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name that stands in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Its attributes: names without prefix, and values.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value (`w:val`) of a child.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Whether a switch such as `w:b` is on; `None` where it isn't there.
    pub(crate) fn switch(&self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(child.attribute("val"), Some("0" | "false" | "off" | "none")))
    }

    /// The text in it and below.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for node in &self.children {
            match node {
                Node::Text(text) => out += text,
                Node::Element(element) => out += &element.text(),
            }
        }
        out
    }

    /// The first element of a name without prefix in it or below.
    pub(crate) fn find_local(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| {
            if local(element) == name {
                Some(element)
            } else {
                element.find_local(name)
            }
        })
    }

    /// The first element of a name in it or below.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| {
            if element.name == name {
                Some(element)
            } else {
                element.find(name)
            }
        })
    }
}

/// The name of an element without its prefix.
pub(super) fn local(element: &Element) -> &str {
    element.name.rsplit(':').next().unwrap_or_default()
}

/// Parses a part; what its tree takes is taken from the budget.
pub(crate) fn parse(text: &str, part: &str, budget: &Budget) -> Result<Element, Fault> {
    let broken = |error: &dyn std::fmt::Display| Fault::Broken(format!("{part}: {error}"));
    let mut reader = Reader::from_str(text);
    let mut prefixes = Prefixes::default();
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(Fault::TooDeep);
                }
                let element = prefixes.element(&start).map_err(|error| broken(&error))?;
                budget.take(element.size())?;
                open.push(element);
            }
            Event::Empty(start) => {
                let element = prefixes.element(&start).map_err(|error| broken(&error))?;
                budget.take(element.size())?;
                add(&mut open, Node::Element(element));
            }
            Event::End(_) => {
                // The reader holds that ends match starts, so the root below is never closed.
                if open.len() > 1
                    && let Some(mut element) = open.pop()
                {
                    element.children.shrink_to_fit();
                    add(&mut open, Node::Element(element));
                }
            }
            Event::Text(text) => {
                budget.take(OF_ATTRIBUTE + text.len())?;
                let text = text.xml_content(XmlVersion::Implicit1_0).into_owned();
                add(&mut open, Node::Text(text));
            }
            Event::CData(text) => {
                budget.take(OF_ATTRIBUTE + text.len())?;
                add(&mut open, Node::Text(text.to_string()));
            }
            Event::GeneralRef(reference) => {
                let character = character(&reference).map_err(|error| broken(&error))?;
                add(&mut open, Node::Text(character.map(String::from).unwrap_or_default()));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if open.len() > 1 {
        return Err(broken(&"unexpected end"));
    }
    let root = open.pop().unwrap_or_default();
    let found = root.children.into_iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    found.ok_or_else(|| broken(&"no element"))
}

/// The character that a reference stands for. Entities but the five of XML stand for none: there is nothing to
/// bomb with.
pub(super) fn character(reference: &BytesRef) -> Result<Option<char>, quick_xml::Error> {
    Ok(match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref()?,
    })
}

fn add(open: &mut [Element], node: Node) {
    let Some(parent) = open.last_mut() else { return };
    match (parent.children.last_mut(), node) {
        (Some(Node::Text(text)), Node::Text(more)) => text.push_str(&more),
        (_, node) => parent.children.push(node),
    }
}

/// What prefixes stand for in this part: any program may choose its own.
#[derive(Default)]
struct Prefixes(BTreeMap<String, &'static str>);

impl Prefixes {
    fn element(&mut self, start: &BytesStart) -> Result<Element, quick_xml::Error> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute?;
            let key = attribute.key.0;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            if let Some(prefix) = key.strip_prefix("xmlns:") {
                if let Some(usual) = usual(&value) {
                    self.0.insert(prefix.to_owned(), usual);
                }
            } else {
                let local = key.rsplit(':').next().unwrap_or(key);
                attributes.push((local.to_owned(), value.into_owned()));
            }
        }
        attributes.shrink_to_fit();
        let written = start.name().0;
        let name = match written.split_once(':') {
            Some((prefix, local)) => {
                let prefix = self.0.get(prefix).copied().unwrap_or(prefix);
                format!("{prefix}:{local}")
            }
            None => written.to_owned(),
        };
        Ok(Element {
            name,
            attributes,
            children: Vec::new(),
        })
    }
}

/// The usual prefix of a namespace that matters here.
fn usual(namespace: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 15] = [
        ("/wordprocessingml/main", "w"),
        ("/drawingml/main", "a"),
        ("/drawingml/wordprocessingDrawing", "wp"),
        ("/officeDocument/math", "m"),
        ("/markup-compatibility/2006", "mc"),
        ("urn:schemas-microsoft-com:vml", "v"),
        ("opendocument:xmlns:office:1.0", "office"),
        ("opendocument:xmlns:text:1.0", "text"),
        ("opendocument:xmlns:table:1.0", "table"),
        ("opendocument:xmlns:drawing:1.0", "draw"),
        ("opendocument:xmlns:style:1.0", "style"),
        ("opendocument:xmlns:presentation:1.0", "presentation"),
        ("opendocument:xmlns:svg-compatible:1.0", "svg"),
        ("purl.org/dc/elements/1.1/", "dc"),
        ("1998/Math/MathML", "math"),
    ];
    let ends = |end: &str| namespace.ends_with(end) || namespace.replace("/2006/", "/").ends_with(end);
    NAMES.iter().find(|(end, _)| ends(end)).map(|&(_, prefix)| prefix)
}
