//! Nothing that CommonMark, GitHub's tables, footnotes and task lists or Obsidian's links can say is lost: each example
//! of the specifications is rendered, and every word of it stands on the page and in what is searched, or a diagnostic
//! names it.
//!
//! The examples are those of pulldown-cmark's own tests, which come with its source: nothing of them is kept here.

use super::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

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

fn examples(suite: &PathBuf) -> Vec<Example> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(suite)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut examples = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, test) in text.split("let original = r##\"").skip(1).enumerate() {
            let (markdown, rest) = test.split_once("\"##").unwrap();
            let expected = rest
                .split_once("r##\"")
                .and_then(|(_, rest)| rest.split_once("\"##"))
                .unwrap()
                .0;
            examples.push(Example {
                name: format!("{} {}", file.file_stem().unwrap().to_string_lossy(), number + 1),
                markdown: markdown.to_owned(),
                expected: expected.to_owned(),
            });
        }
    }
    examples
}

/// What a browser shows of HTML: its text, the descriptions of its images.
fn shown(html: &str) -> String {
    let fragment = scraper::Html::parse_fragment(html);
    let hidden = ["script", "style", "template", "title"];
    let mut text = String::new();
    for node in fragment.root_element().descendants() {
        let within = node.ancestors().filter_map(|above| above.value().as_element());
        let within: Vec<&str> = within.map(scraper::node::Element::name).collect();
        if within.iter().any(|name| hidden.contains(name)) {
            continue;
        }
        match node.value() {
            scraper::Node::Text(part) => text.push_str(part),
            scraper::Node::Element(element) => {
                text.push_str(element.attr("alt").unwrap_or_default());
                // A word that markup parts is one; a block parts words.
                if !["em", "strong", "a", "code", "del", "sup", "sub", "span", "mark"].contains(&element.name()) {
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

/// A text in which words are looked for: without what parts them, so that marks within a word don't matter.
fn solid(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Words of the source that the specification itself shows nowhere in its HTML, and that are marks by what the program
/// reads besides it: labels of footnotes and links, kinds of callouts and of task items.
fn marks(markdown: &str) -> BTreeSet<String> {
    let mut marks = BTreeSet::from(["x".to_owned(), "X".to_owned()]);
    for label in markdown
        .split(['[', '\n'])
        .filter_map(|part| part.split_once(']'))
        .map(|(label, _)| label)
    {
        marks.extend(words(label).map(str::to_owned));
    }
    for info in markdown
        .lines()
        .filter(|line| line.contains("```") || line.contains("~~~"))
    {
        marks.extend(words(info).map(str::to_owned));
    }
    marks
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
    assert!(examples.len() > 1000, "{}", examples.len());
    let mut lost = Vec::new();
    for Example {
        name,
        markdown,
        expected,
    } in &examples
    {
        let (rendered, diagnostics) = outcome(markdown);
        let page = solid(&shown(&rendered.html));
        let searched: String = rendered.blocks.iter().map(|block| solid(&block.text)).collect();
        let said: String = diagnostics
            .iter()
            .map(|diagnostic| {
                let line = diagnostic.position.map_or(0, |place| place.line as usize);
                let line = markdown.lines().nth(line.saturating_sub(1)).unwrap_or_default();
                // What an element swallows that doesn't end is named by where it begins.
                let rest = match diagnostic.code {
                    "unclosed-html" | "dropped-html" => markdown.as_str(),
                    _ => line,
                };
                format!("{} {rest}", diagnostic.message(crate::message::Lang::En))
            })
            .collect();
        let (said, marks) = (solid(&said), marks(markdown));
        let visible = shown(expected);
        let images = expected.contains("<img");
        for word in words(&visible) {
            let found = searched.contains(word) || images && page.contains(word);
            if !(page.contains(word) && found || said.contains(word)) && !marks.contains(word) {
                lost.push(format!("{name}: {word} is shown by the specification"));
            }
        }
        let (known, whole) = (solid(expected), solid(markdown));
        for word in words(markdown).filter(|word| whole.contains(*word) && !known.contains(*word)) {
            let kept = page.contains(word) || said.contains(word) || marks.contains(word);
            if !kept && !rendered.html.contains(word) {
                lost.push(format!("{name}: {word} stands in the source alone"));
            }
        }
    }
    assert!(
        lost.is_empty(),
        "{} of {}:\n{}",
        lost.len(),
        examples.len(),
        lost.join("\n")
    );
}
