//! Nothing that CommonMark and GitHub's Markdown can say is lost: each example of the specifications is rendered, and
//! every word of it stands on the page and in what is searched, or a diagnostic names it.
//!
//! The examples are those of pulldown-cmark's own tests, which come with its source: nothing of them is kept here.

use super::*;
use crate::message::Lang;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// An example: Markdown, and the HTML that the specification makes of it.
struct Example {
    name: String,
    markdown: String,
    expected: String,
}

/// The folder of pulldown-cmark's tests, where Cargo unpacked the source that it built.
fn suite() -> Option<PathBuf> {
    let lock = include_str!("../../../Cargo.lock");
    let (_, rest) = lock.split_once("name = \"pulldown-cmark\"\nversion = \"")?;
    let version = rest.split('"').next()?;
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = std::fs::read_dir(home.join("registry/src")).ok()?.flatten();
    registries
        .map(|registry| registry.path().join(format!("pulldown-cmark-{version}/tests/suite")))
        .find(|folder| folder.is_dir())
}

/// The files with what is read here: no formulas, no attributes of headings.
const READ: [&str; 8] = [
    "spec",
    "gfm_strikethrough",
    "gfm_table",
    "gfm_tasklist",
    "table",
    "strikethrough",
    "footnotes",
    "regression",
];

fn examples(suite: &Path) -> Vec<Example> {
    let mut examples = Vec::new();
    for name in READ {
        let text = std::fs::read_to_string(suite.join(name).with_extension("rs")).unwrap();
        for (number, test) in text.split("let original = r##\"").skip(1).enumerate() {
            let (markdown, rest) = test.split_once("\"##").unwrap();
            let (_, rest) = rest.split_once("r##\"").unwrap();
            examples.push(Example {
                name: format!("{name} {}", number + 1),
                markdown: markdown.to_owned(),
                expected: rest.split_once("\"##").unwrap().0.to_owned(),
            });
        }
    }
    examples
}

/// Elements within words; all others part them.
const INLINE: [&str; 8] = ["em", "strong", "a", "code", "del", "sup", "sub", "span"];

/// What a browser shows of HTML: its text and the descriptions of its images, without the numbers of footnotes.
fn shown(html: &str) -> String {
    let is_unseen = |element: &scraper::node::Element| match element.name() {
        "script" | "style" | "template" | "title" => true,
        "sup" => element
            .attr("class")
            .is_some_and(|class| class.starts_with("footnote-")),
        _ => false,
    };
    let mut text = String::new();
    for node in scraper::Html::parse_fragment(html).root_element().descendants() {
        let mut above = node.ancestors().filter_map(|above| above.value().as_element());
        if above.any(is_unseen) {
            continue;
        }
        match node.value() {
            scraper::Node::Text(part) => text.push_str(part),
            scraper::Node::Element(element) => {
                text.push_str(element.attr("alt").unwrap_or_default());
                if !INLINE.contains(&element.name()) {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    text
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The words of a source but for the numbers of its lists and the names of entities.
fn source_words(markdown: &str) -> impl Iterator<Item = &str> {
    let is_entity = move |word: &str| {
        let at = word.as_ptr() as usize - markdown.as_ptr() as usize;
        markdown[..at].trim_end_matches('#').ends_with('&')
    };
    words(markdown).filter(move |word| !is_entity(word) && !word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A text in which words are looked for: without what parts them, so that marks within a word don't matter.
fn solid(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Words of a source that are marks: labels of footnotes and links, where links lead, kinds of callouts and of task
/// items, languages of code.
fn marks(markdown: &str) -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    let labels = markdown.split(['[', '\n']).filter_map(|part| part.split_once(']'));
    let infos = markdown
        .lines()
        .filter(|line| line.contains("```") || line.contains("~~~"));
    let targets = markdown.split("](").skip(1).filter_map(|part| part.split(')').next());
    for mark in labels.map(|(label, _)| label).chain(infos).chain(targets) {
        marks.extend(words(mark).map(str::to_owned));
    }
    marks
}

/// What is said of a source: the messages, and the lines that they are about; what swallows all that follows is about
/// all of it.
fn said(markdown: &str, diagnostics: &[Diagnostic]) -> String {
    let about = |diagnostic: &Diagnostic| {
        let span = match diagnostic.code {
            "unclosed-html" | "dropped-html" => 0..markdown.len(),
            _ => diagnostic.span.clone().unwrap_or(0..0),
        };
        let start = markdown[..span.start].rfind('\n').map_or(0, |feed| feed + 1);
        let end = markdown[span.end..]
            .find('\n')
            .map_or(markdown.len(), |feed| span.end + feed);
        format!("{} {}", diagnostic.message(Lang::En), &markdown[start..end])
    };
    diagnostics.iter().map(about).collect()
}

/// The words of an example that are lost.
fn lost(example: &Example) -> Vec<String> {
    let Example { markdown, expected, .. } = example;
    let (Rendered { html, blocks, .. }, diagnostics) = outcome(markdown);
    let page = solid(&shown(&html));
    let searched: String = blocks.iter().map(|block| solid(&block.text)).collect();
    let (said, marks) = (solid(&said(markdown, &diagnostics)), marks(markdown));
    let told = |word: &str| said.contains(word) || marks.contains(word);
    let visible = shown(expected);
    let from_page = words(&visible).filter(|word| {
        // The description of an image and where a link leads are on the page alone.
        let apart = html.contains(word) && (!page.contains(word) || expected.contains("<img"));
        !(page.contains(word) && searched.contains(word) || apart || told(word))
    });
    let known = solid(expected);
    let from_source = source_words(markdown)
        .filter(|word| !(known.contains(word) || html.contains(word) || page.contains(word) || told(word)));
    from_page.chain(from_source).map(str::to_owned).collect()
}

#[test]
fn no_word_of_the_specifications_examples_is_lost_in_silence() {
    let Some(suite) = suite() else {
        println!(
            "skipped: the source of pulldown-cmark is not in Cargo's registry, so there are no examples to render"
        );
        return;
    };
    let examples = examples(&suite);
    assert!(examples.len() > 900, "{}", examples.len());
    for example in &examples {
        let lost = lost(example);
        assert!(lost.is_empty(), "{}: {lost:?} of {:?}", example.name, example.markdown);
    }
}
