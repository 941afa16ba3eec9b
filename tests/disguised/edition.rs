//! A public edition of a corpus that holds personal data of each kind in each form, read by a reader of its own: whatever
//! stands in a page (text, attributes, comments), in a download, in JSON, a feed or the inflated files of search.

use super::form::{Syntax, document, front, written};
use super::secret;
use fastrand::Rng;
use scraper::{Html, Node};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use unicode_normalization::UnicodeNormalization;

/// Documents that hold something private.
const PRIVATE: usize = 160;
const REVIEWED: &str =
    "unit: 澄溪县人民检察院\nvisibility: public\nreview: {by: 办公室, date: 2026-03-03, result: 可以公开}\n";
/// Ways to hide a text from the readers of a page.
const HIDDEN: [&str; 10] = [
    "<!-- @ -->",
    "%%@%%",
    "[//]: # (@)",
    "<template>@</template>",
    "<span hidden>@</span>",
    "<div style=\"display: none\">@</div>",
    "<![CDATA[@]]>",
    "<p title=\"@\">甲</p>",
    "[甲](https://example.com/ \"@\")",
    "![](附件/@.png)",
];

/// Writes a corpus; gives what nobody outside may read of it.
fn write(root: &Path) -> Vec<String> {
    let mut values = Vec::new();
    for number in 0..PRIVATE {
        let mut rng = Rng::with_seed(number as u64);
        let secret = secret::any(&mut rng);
        let plain = secret.groups.concat();
        let (cue, file) = (secret.cue, format!("调研/第{number}篇"));
        let text = match number % 5 {
            0 | 1 => document(cue, &written(&secret, Syntax::Markdown, &mut rng), &mut rng),
            2 => front(cue, &written(&secret, Syntax::Plain, &mut rng), &mut rng),
            3 => {
                let form = HIDDEN[number / 5 % HIDDEN.len()].replace('@', &format!("{cue}{plain}"));
                body(&format!("开头。\n\n{form}\n\n结尾。"))
            }
            _ => {
                let name = format!("调研/附件/表{number}.csv");
                put(root, &name, &format!("序号,{cue}\n1,{plain}\n"));
                body(&format!("见[附件](附件/表{number}.csv)。"))
            }
        };
        put(
            root,
            &format!("{file}.md"),
            &text.replacen("date: 2026-03-02\n", &format!("date: 2026-03-02\n{REVIEWED}"), 1),
        );
        values.push(plain);
    }
    for number in 0..5 {
        let text = body(&format!("第{number}段平常的文字，共办理案件{number}件。"));
        put(
            root,
            &format!("公开/平常{number}.md"),
            &text.replacen("date: 2026-03-02\n", &format!("date: 2026-03-02\n{REVIEWED}"), 1),
        );
    }
    values
}

fn body(text: &str) -> String {
    format!("---\nkind: report\ntitle: 一般情况调研\ndate: 2026-03-02\n---\n\n{text}\n")
}

fn put(root: &Path, file: &str, text: &str) {
    let path = root.join("corpus").join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn build(root: &Path, audience: &str) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(root)
        .args([
            "--now",
            "2026-11-20",
            "--audience",
            audience,
            "--site",
            audience,
            "--index",
            &format!("{audience}-index"),
            "build",
        ])
        .output()
        .unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let files = crate::folder::files(&root.join(audience)).into_iter();
    files
        .map(|(path, bytes)| (path.clone(), plain(&path) + "\n" + &read(&path, &bytes)))
        .collect()
}

/// All that a file says, in one form.
fn read(path: &str, bytes: &[u8]) -> String {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return plain(&spelled(&crate::payload::unpack(bytes).unwrap_or_default()));
    }
    let text = String::from_utf8_lossy(bytes);
    if path.ends_with(".html") {
        plain(&of_page(&text))
    } else {
        plain(&text)
    }
}

/// Text, attributes and comments of a page, as a browser's parser reads it.
fn of_page(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut all = String::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Text(text) => all += text,
            Node::Comment(comment) => all += comment,
            Node::Element(element) => element.attrs().for_each(|(_, value)| all += &format!(" {value} ")),
            _ => {}
        }
    }
    all
}

/// The passages of search say digits and small letters by a byte each (`docs/search.md`, section 6): beside the bytes
/// as they are these are spelled.
fn spelled(bytes: &[u8]) -> String {
    const FIRST: &[u8] = b"\n \"'[]{}:,.-_/%()#0123456789abcdefghijklmnopqrstuvwxyz";
    let coded: Vec<u8> = bytes
        .iter()
        .map(|&byte| FIRST.get(byte as usize).copied().unwrap_or(b'\n'))
        .collect();
    format!(
        "{}\n{}",
        String::from_utf8_lossy(bytes),
        String::from_utf8_lossy(&coded)
    )
}

/// Letters and digits alone, in their plain form.
fn plain(text: &str) -> String {
    text.nfkc().filter(|it| it.is_alphanumeric()).collect()
}

#[test]
fn an_independent_reader_finds_none_of_it_in_the_public_edition() {
    let root = tempfile::tempdir().unwrap();
    let values: Vec<String> = write(root.path()).iter().map(|value| plain(value)).collect();
    let (public, internal) = (build(root.path(), "public"), build(root.path(), "internal"));
    let holds = |files: &BTreeMap<String, String>, value: &str| {
        let holding = files.iter().filter(|(_, text)| text.contains(value));
        holding.map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    let leaked: Vec<_> = values
        .iter()
        .filter_map(|value| Some((value, holds(&public, value))).filter(|(_, files)| !files.is_empty()))
        .collect();
    assert!(leaked.is_empty(), "{leaked:?}");
    assert!(public.keys().any(|path| path.contains("平常4")), "nothing is public");
    // The reader can read: the office's own edition shows most of it, and search has it, too.
    let shown = values
        .iter()
        .filter(|value| !holds(&internal, value).is_empty())
        .count();
    assert!(shown > PRIVATE / 2, "{shown}");
    let in_search = values
        .iter()
        .filter(|value| holds(&internal, value).iter().any(|path| path.starts_with("search/")));
    assert!(in_search.count() > PRIVATE / 8);
}
