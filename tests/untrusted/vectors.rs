//! The kinds of vectors that are known to get script into pages, in every place that a stranger writes to: none of them
//! leaves an element, an attribute or an address behind that acts. The public collections hold instances; here each kind
//! is made in each disguise.

use crate::desk::Desk;
use crate::made::{self, DISGUISES, KINDS};
use scraper::Html;
use scraper::node::Element;
use std::path::Path;

/// The address of the site, and its path: the page for what isn't found begins there.
const BASE: &str = "https://a.example/b&c'd/";
const BASE_PATH: &str = "/b&c'd/";
/// Elements that no page of ours has.
const NEVER: [&str; 21] = [
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "math",
    "foreignobject",
    "animate",
    "set",
    "video",
    "audio",
    "source",
    "marquee",
    "isindex",
    "xmp",
    "plaintext",
    "style",
    "portal",
    "handler",
];

/// What acts in an element, if anything does.
fn acts(element: &Element, text: &str) -> Option<String> {
    let name = element.name().to_lowercase();
    if name == "base" && element.attr("href") == Some(BASE_PATH) {
        return None;
    }
    // One of ours says what a page does without its scripts; the parser reads it as text, as a browser does.
    let says = text.trim_start_matches("<p class=\"notice\">").trim_end_matches("</p>");
    if name == "noscript" && says.contains('<') {
        return Some(format!("<{name}> {text}"));
    }
    if NEVER.contains(&&*name) {
        return Some(format!("<{name}>"));
    }
    for (attribute, value) in element.attrs() {
        let plain: String = value
            .chars()
            .filter(|letter| *letter > ' ')
            .collect::<String>()
            .to_lowercase();
        let of_vector = attribute.starts_with("on")
            || ["style", "srcdoc", "formaction", "srcset", "ping", "background"].contains(&attribute);
        let address = matches!(
            attribute,
            "href" | "src" | "action" | "data" | "xlink:href" | "poster" | "cite" | "content"
        );
        let foreign = [
            "javascript:",
            "vbscript:",
            "data:text",
            "data:image/svg",
            "blob:",
            "file:",
            "//",
        ];
        if of_vector
            || address && foreign.iter().any(|start| plain.replace('\\', "/").starts_with(start))
            || attribute == "content" && plain.contains(";url=")
        {
            return Some(format!("<{name} {attribute}=\"{value}\">"));
        }
        if address && matches!(&*name, "script" | "link" | "img") && plain.contains("://") {
            return Some(format!("<{name} {attribute}=\"{value}\"> from elsewhere"));
        }
    }
    let refreshes = name == "meta"
        && element
            .attr("http-equiv")
            .is_some_and(|kind| kind != "Content-Security-Policy");
    let inline = name == "script" && (element.attr("src").is_none_or(|src| !is_own(src)) || !text.trim().is_empty());
    (refreshes || inline).then(|| format!("<{name}> {text}"))
}

/// Whether a script is one of the site's.
fn is_own(source: &str) -> bool {
    let path = source.trim_start_matches("../").trim_start_matches("./");
    ["assets/", "search/", "data/", "ledger/"]
        .iter()
        .any(|folder| path.starts_with(folder))
        && !path.contains("..")
}

fn assert_inactive(file: &str, html: &str) {
    let page = Html::parse_document(html);
    for node in page.tree.nodes() {
        let Some(element) = node.value().as_element() else {
            continue;
        };
        let text: String = node
            .children()
            .filter_map(|child| Some(child.value().as_text()?.to_string()))
            .collect();
        if let Some(found) = acts(element, &text) {
            panic!("{file}: {found}");
        }
    }
}

#[test]
#[should_panic(expected = "onerror")]
fn what_acts_would_be_noticed() {
    assert_inactive("a page", "<p><img src=x onerror=alert(1)>");
}

#[test]
fn an_element_an_address_or_a_script_of_a_vector_would_be_noticed() {
    for bare in KINDS {
        let noticed = std::panic::catch_unwind(|| assert_inactive("a page", bare));
        let only_marks = ["<div id=", "<a name=", "<x ", "<form", "<input"]
            .iter()
            .any(|start| bare.starts_with(start));
        assert!(noticed.is_err() || only_marks, "{bare} passes unnoticed");
    }
}

/// Writes the corpus, and counts the forms in it.
fn corpus(desk: &Desk) -> usize {
    let mut forms = 0;
    for (at, disguise) in DISGUISES.iter().enumerate() {
        for (group, kinds) in KINDS.chunks(5).enumerate() {
            let vectors: Vec<String> = kinds.iter().map(|kind| disguise(kind)).collect();
            let (text, written) = made::document(&vectors);
            desk.write(&format!("corpus/报告/{at}-{group}.md"), text);
            forms += written;
        }
    }
    let joined = KINDS.map(made::quoted).join(" ");
    desk.write(
        "corpus/jianyan.yaml",
        format!("title: \"{}\"\nunit: \"{joined}\"\nfooter: \"{joined}\"\nfiling: \"{joined}\"\nbase_url: \"{BASE}\"\ncomplete: [\"{joined}\"]\n",
            made::quoted(KINDS[0])),
    );
    forms += 4 * KINDS.len();
    for (at, kind) in KINDS.iter().enumerate() {
        let name = made::file_name(kind);
        desk.write(
            &format!("corpus/名/{at}{name}.md"),
            "---\nkind: report\n---\n\n正文。\n",
        );
        desk.write(&format!("corpus/名/{at}{name}.txt"), kind);
        desk.write(
            &format!("corpus/名/{at}.svg"),
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>a</text>{kind}</svg>"),
        );
        desk.write(&format!("corpus/名/{at}.png"), format!("{kind}<p>"));
        desk.write(&format!("corpus/名/{at}.html"), kind);
        let links = ["txt", "svg", "png", "html"].map(|ending| match ending {
            "txt" => format!("[a](<{at}{}.txt>)", name.replace(['<', '>'], "\\$0")),
            ending => format!("[a]({at}.{ending}) ![a]({at}.{ending})"),
        });
        desk.write(
            &format!("corpus/名/{at}.md"),
            format!("---\nkind: report\ntitle: 附\n---\n\n{}\n", links.join("\n\n")),
        );
        forms += 5;
    }
    forms
}

fn below(folder: &Path, ending: &str) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    files
        .filter(|entry| entry.file_type().is_file() && entry.path().extension().is_some_and(|it| it == ending))
        .map(|entry| {
            (
                entry.path().strip_prefix(folder).unwrap().display().to_string(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn no_vector_in_any_place_leaves_anything_that_acts() {
    let desk = Desk::new();
    let forms = corpus(&desk);
    assert!(forms >= 2_000, "{forms} forms");
    let output = desk.run(&["build", "-q"]);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let site = desk.path("site");
    let pages = below(&site, "html");
    assert!(pages.len() > KINDS.len() * 2, "{} pages", pages.len());
    for (file, bytes) in pages {
        assert_inactive(&file, std::str::from_utf8(&bytes).unwrap());
    }
    for (file, bytes) in below(&site, "xml") {
        is_xml(&file, std::str::from_utf8(&bytes).unwrap());
    }
    for (file, bytes) in below(&site, "json") {
        let read: Result<serde_json::Value, _> = serde_json::from_slice(&bytes);
        assert!(read.is_ok(), "{file}");
    }
    attachments_are_still(&site);
}

/// What goes along of the attachments is neither a page nor a drawing that acts, and the names of files hold nothing
/// that a path or an attribute could end with.
fn attachments_are_still(site: &Path) {
    let files = walkdir::WalkDir::new(site.join("files")).into_iter().flatten();
    for entry in files.filter(|entry| entry.file_type().is_file()) {
        let name = entry.file_name().to_str().unwrap();
        let ending = name.rsplit('.').next().unwrap();
        assert!(["txt", "svg"].contains(&ending), "{name}");
        assert!(!name.contains(['<', '>', '"', ':', '|', '?', '*']), "{name}");
        if ending == "svg" {
            assert_inactive(name, &std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn is_xml(file: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{file}: {error}"),
        }
    }
}

/// A query is data in every answer, and what is printed of it is one line of it.
#[test]
fn a_vector_as_a_query_is_a_query() {
    let desk = Desk::new();
    desk.write("corpus/甲.md", "# 甲\n\n正文。\n");
    desk.run(&["build", "-q"]);
    for kind in KINDS.iter().step_by(7) {
        let query = format!("{kind}\u{1b}]0;a\u{7}\u{202e}");
        let (json, _) = desk.expect(0, &["search", &query, "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(answer["query"], *query);
        let output = desk.run(&["search", &query]);
        let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{said:?}");
    }
}
