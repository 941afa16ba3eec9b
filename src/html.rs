//! HTML as the tree that a browser makes of it, within limits.
//!
//! A parser of HTML opens again, at each block, every `<b>` and `<a>` that nobody closed: N of them and M blocks make
//! N times M elements, each with all of its attributes, and looking through what is open takes as long. So the tree is
//! counted while it grows: elements, bytes of attributes, and the looks that the parser takes at what is there, which
//! are its time. What goes over a limit is not a tree; no page that somebody wrote comes near.

use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QualName, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{ParseOpts, Parser, local_name, ns, parse_document, parse_fragment};
use scraper::{Html, HtmlTreeSink};
use std::borrow::Cow;
use std::cell::Cell;

/// Elements and comments of a tree at most: some 150 MB.
const NODES: usize = 400_000;
/// What a node takes, about.
const OF_NODE: usize = 380;
/// Bytes of attributes that a tree has beyond those of its source at most.
const ATTRIBUTES: usize = 16 << 20;
/// Looks at the tree at most: a second.
const LOOKS: usize = 50_000_000;
/// Bytes that are handed to the parser before it is asked whether a limit is reached.
const BITE: usize = 512;
/// Tags from which a text is worth counting: the square of fewer makes no tree of a size.
const FEW_TAGS: usize = 500;

/// Bytes of memory that the tree of a text may take, about: seldom does a tag make more than two of its nodes.
pub(crate) fn most_memory(text: &str) -> usize {
    let tags = text.bytes().filter(|&byte| byte == b'<').count();
    (2 * tags).min(NODES) * OF_NODE + text.len()
}

/// The tree of a page; nothing where it would go over a limit.
pub(crate) fn document(text: &str) -> Option<Html> {
    if !has_few_attributes(text) {
        return None;
    }
    let sink = Bounded::of(Html::new_document(), text);
    grown(parse_document(sink, ParseOpts::default()), text)
}

/// Whether the tree of a text that stands in an element stays within the limits.
pub(crate) fn is_bounded(text: &str) -> bool {
    if !has_few_attributes(text) {
        return false;
    }
    let tags = text.bytes().filter(|&byte| byte == b'<').count();
    if tags < FEW_TAGS && tags * text.len() < ATTRIBUTES {
        return true;
    }
    let name = QualName::new(None, ns!(html), local_name!("div"));
    let sink = Bounded::of(Html::new_fragment(), text);
    grown(
        parse_fragment(sink, ParseOpts::default(), name, Vec::new(), false),
        text,
    )
    .is_some()
}

/// Whether a parser gets through the tags of a text within [`LOOKS`]: it compares each attribute with all those before
/// it in its tag, and nobody can ask it how far it is. What stands in a comment or a script is taken for tags, too.
fn has_few_attributes(text: &str) -> bool {
    let (bytes, mut looks) = (text.as_bytes(), 0_usize);
    let names = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    for (at, _) in text.match_indices('<') {
        let name = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/'));
        if !names(name) {
            continue;
        }
        let (attributes, length) = attributes(&bytes[name..]);
        // The way through a tag that only a comment or a script has may be long, and many may begin within it.
        looks = looks.saturating_add(attributes.saturating_mul(attributes) / 2 + length / 64);
        if looks > LOOKS {
            return false;
        }
    }
    true
}

/// The attributes of a tag from its name on, and its bytes.
fn attributes(tag: &[u8]) -> (usize, usize) {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let skip = |at: usize, skipped: &dyn Fn(&u8) -> bool| {
        at + tag[at..]
            .iter()
            .position(|byte| !skipped(byte))
            .unwrap_or(tag.len() - at)
    };
    let mut count = 0;
    let mut at = skip(0, &|byte| !is_blank(byte) && !b"/>".contains(byte));
    loop {
        at = skip(at, &|byte| is_blank(byte) || *byte == b'/');
        if at == tag.len() || tag[at] == b'>' {
            return (count, at);
        }
        count += 1;
        at = skip(at + 1, &|byte| !is_blank(byte) && !b"/>=".contains(byte));
        let value = skip(at, &is_blank);
        if tag.get(value) != Some(&b'=') {
            continue;
        }
        let value = skip(value + 1, &is_blank);
        at = match tag.get(value) {
            Some(quote @ (b'"' | b'\'')) => (skip(value + 1, &|byte| byte != quote) + 1).min(tag.len()),
            _ => skip(value, &|byte| !is_blank(byte) && *byte != b'>'),
        };
    }
}

/// Feeds a parser bite by bite until all is read or a limit is reached.
fn grown(mut parser: Parser<Bounded>, text: &str) -> Option<Html> {
    let mut rest = text;
    while !rest.is_empty() {
        let end = (0..=BITE.min(rest.len())).rev().find(|&at| rest.is_char_boundary(at));
        let (bite, after) = rest.split_at(end.unwrap_or(rest.len()));
        parser.process(StrTendril::from_slice(bite));
        if parser.tokenizer.sink.sink.is_full() {
            return None;
        }
        rest = after;
    }
    parser.finish()
}

/// A tree that counts what it costs.
struct Bounded {
    tree: HtmlTreeSink,
    nodes: Cell<usize>,
    attributes: Cell<usize>,
    looks: Cell<usize>,
    most_attributes: usize,
}

impl Bounded {
    fn of(tree: Html, text: &str) -> Self {
        Self {
            tree: HtmlTreeSink::new(tree),
            nodes: Cell::new(0),
            attributes: Cell::new(0),
            looks: Cell::new(0),
            most_attributes: text.len().saturating_add(ATTRIBUTES),
        }
    }

    fn is_full(&self) -> bool {
        self.nodes.get() > NODES || self.attributes.get() > self.most_attributes || self.looks.get() > LOOKS
    }

    fn look(&self) {
        self.looks.set(self.looks.get() + 1);
    }

    fn node(&self) {
        self.nodes.set(self.nodes.get() + 1);
    }

    /// A child is looked for among its siblings: how many these are, other trees find out by counting.
    fn search(&self) {
        self.looks.set(self.looks.get() + 1 + self.nodes.get() / 8);
    }
}

impl TreeSink for Bounded {
    type Handle = <HtmlTreeSink as TreeSink>::Handle;
    type Output = Option<Html>;
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Option<Html> {
        (!self.is_full()).then(|| self.tree.finish())
    }

    /// Errors are counted by nobody, and there may be one a byte.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Self::Handle {
        self.tree.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Self::Handle) -> Self::ElemName<'a> {
        self.look();
        self.tree.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Self::Handle {
        self.node();
        let bytes: usize = attributes
            .iter()
            .map(|one| one.name.local.len() + one.value.len())
            .sum();
        self.attributes.set(self.attributes.get().saturating_add(bytes));
        // A tree over a limit is given up soon: until then it grows by nothing but names.
        let attributes = if self.is_full() { Vec::new() } else { attributes };
        self.tree.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> Self::Handle {
        self.node();
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Self::Handle {
        self.node();
        self.tree.create_pi(target, data)
    }

    fn append(&self, parent: &Self::Handle, child: NodeOrText<Self::Handle>) {
        self.tree.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Self::Handle,
        before: &Self::Handle,
        child: NodeOrText<Self::Handle>,
    ) {
        self.search();
        self.tree.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.tree.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &Self::Handle) -> Self::Handle {
        self.tree.get_template_contents(target)
    }

    fn same_node(&self, one: &Self::Handle, other: &Self::Handle) -> bool {
        self.look();
        self.tree.same_node(one, other)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Self::Handle, child: NodeOrText<Self::Handle>) {
        self.search();
        self.tree.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &Self::Handle, attributes: Vec<Attribute>) {
        self.tree.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &Self::Handle) {
        self.search();
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &Self::Handle, parent: &Self::Handle) {
        self.search();
        self.tree.reparent_children(node, parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of at most 5 MB of which a parser makes gigabytes, or which take it minutes.
    fn bombs() -> Vec<(&'static str, String)> {
        let repeat = |part: &str, times: usize| part.repeat(times);
        vec![
            (
                "a link of 100 KB in each paragraph",
                format!("<p><a href={}>{}", repeat("x", 100_000), repeat("<p>a", 25_000)),
            ),
            (
                "4,000 elements in each of 20,000 paragraphs",
                format!(
                    "<p>{}{}",
                    (0..4000).map(|n| format!("<s a=i{n}></zz>")).collect::<String>(),
                    repeat("<p>x", 20_000)
                ),
            ),
            (
                "elements in elements, and titles that look like their ends",
                repeat("<div title=\"</div>\">", 100_000),
            ),
            ("elements that nothing closes", repeat("<span>", 400_000)),
            ("lists in lists", repeat("<ul><li>", 200_000)),
            (
                "text that tables push out",
                format!("<table>{}", repeat("<b>x</b>", 200_000)),
            ),
            ("misnested", repeat("<b><div></b>", 100_000)),
            ("comments", repeat("<!---->", 500_000)),
            ("tables in tables", repeat("<table><tr><td>", 100_000)),
            (
                "attributes of one tag",
                format!("<p{}>一", (0..20_000).map(|n| format!(" a{n}=1")).collect::<String>()),
            ),
            (
                "attributes that a comment seems to quote",
                format!(
                    "<!--<a b=\"--><p{}>一",
                    (0..20_000).map(|n| format!("/a{n}")).collect::<String>()
                ),
            ),
            ("tags that a quotation mark leaves open", repeat("<a b=\"'", 400_000)),
        ]
    }

    #[test]
    fn a_tree_that_would_grow_over_the_limits_is_none() {
        for (what, bomb) in bombs() {
            assert!(!is_bounded(&bomb), "{what}");
            assert!(document(&bomb).is_none(), "{what}");
        }
    }

    #[test]
    fn a_tree_as_large_as_its_text_is_within_them() {
        let ends = "<b>".repeat(2000) + &"</i><p>".repeat(100_000);
        let links: String = (0..100_000).map(|n| format!("<a b={n}><p>")).collect();
        assert!(is_bounded(&ends) && is_bounded(&links));
    }

    #[test]
    fn a_page_of_many_thousand_elements_is_within_them() {
        let row = "<tr><td class=xl65 style='border-top:none'>甲</td><td><b>乙</b><br></td></tr>\n";
        let page = format!(
            "<p>表<table>{}</table>{}",
            row.repeat(20_000),
            "<p><b>一<i>二</b>三</i>".repeat(2000)
        );
        assert!(is_bounded(&page));
        let same = |one: Option<Html>, other: Html| one.is_some_and(|one| one.html() == other.html());
        assert!(same(document(&page), Html::parse_document(&page)));
        let long = format!("<p title=\"{}\">短</p>", "长".repeat(1_000_000));
        assert!(
            same(document(&long), Html::parse_document(&long)),
            "long values are no danger by themselves"
        );
    }
}
