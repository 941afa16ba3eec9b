//! What must hold of any bytes, target by target. `tests/fuzz` feeds them on stable Rust, `fuzz/` by cargo-fuzz.

use jianyan::audience::Audience;
use jianyan::cache::{self, Stamp};
use jianyan::corpus::{self, Source};
use jianyan::markdown::{self, Resolve, Target};
use jianyan::output;
use jianyan::sink::Sink;
use jianyan::{check, import, query, record};
use scraper::Html;

/// Takes any bytes; what must hold is asserted inside.
pub(crate) type Fed = fn(&[u8]);

/// A target by its name.
pub(crate) const TARGETS: [(&str, Fed); 8] = [
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("query", query),
    ("decode", decode),
    ("docx", docx),
    ("office", office),
    ("html", html),
    ("state", state),
];

/// Leads every target to itself, as a careless resolver might.
struct Echo;

impl Resolve for Echo {
    fn resolve(&self, target: &str) -> Target {
        Target::Href(target.to_owned())
    }
}

/// Every text is a record; every diagnostic has its place in the text.
pub(crate) fn front_matter(data: &[u8]) {
    let text = format!(
        "---\n{}\n---\n\n正文。\n",
        String::from_utf8_lossy(data).replace('\r', "")
    );
    let source = Source::of("甲".into(), "甲.md".into(), text);
    let (record, diagnostics) = record::read(&source);
    assert_eq!(record.file, "甲.md");
    for finding in diagnostics.iter().chain(&check::privacy(&source, record.visibility)) {
        let span = finding.span.clone().unwrap_or_default();
        assert!(
            source.text.get(span.clone()).is_some(),
            "{}: {span:?} is no place",
            finding.code
        );
    }
    // Written anew, as for the public, it is read again as YAML that says the same.
    let again = record::write::front_matter(&record).expect("a record is YAML");
    let source = Source::of("甲".into(), "甲.md".into(), format!("---\n{again}---\n"));
    let (reread, _) = record::read(&source);
    assert_eq!(
        (reread.kind, reread.visibility),
        (record.kind, record.visibility),
        "{again}"
    );
}

/// No page holds anything that a browser runs or fetches from elsewhere.
pub(crate) fn markdown(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (rendered, diagnostics) = markdown::render("甲.md", &text, 0..text.len(), "标题", &Echo);
    for finding in diagnostics {
        let span = finding.span.unwrap_or_default();
        assert!(
            text.get(span.clone()).is_some(),
            "{}: {span:?} is no place",
            finding.code
        );
    }
    is_inactive(&rendered.html);
    // Written anew from what is shown, marks and escapes included.
    let source = markdown::shown_source(&text, &Echo);
    assert!(source.len() <= 64 * (text.len() + 1));
}

/// Holds of a page with no active content: parses as a browser does and looks at every element.
pub(crate) fn is_inactive(html: &str) {
    const ACTIVE: [&str; 17] = [
        "script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "base", "meta",
        "link", "video", "audio", "template", "frame",
    ];
    let page = Html::parse_fragment(html);
    for node in page.tree.nodes() {
        let Some(element) = node.value().as_element() else {
            continue;
        };
        let name = element.name();
        assert!(!ACTIVE.contains(&name), "<{name}> in {html}");
        for (attribute, value) in element.attrs() {
            assert!(
                !attribute.starts_with("on") && attribute != "style" && attribute != "srcset",
                "{attribute} in {html}"
            );
            if matches!(
                attribute,
                "href" | "src" | "action" | "formaction" | "background" | "poster" | "cite"
            ) {
                let plain: String = value
                    .chars()
                    .filter(|letter| *letter > ' ')
                    .collect::<String>()
                    .to_lowercase();
                let plain = plain.replace('\\', "/");
                for scheme in ["javascript:", "data:", "vbscript:", "file:", "blob:", "//"] {
                    assert!(!plain.starts_with(scheme), "{attribute}={value} in {html}");
                }
                assert!(
                    name != "img" || !plain.contains("://"),
                    "an image from elsewhere: {value}"
                );
            }
        }
    }
}

/// Every query is read, within its limit.
pub(crate) fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let plan = query::plan::plan(
        &query::syntax::parse(&text, None),
        &query::synonyms::Synonyms::default(),
    );
    let again = query::plan::plan(
        &query::syntax::parse(&text, None),
        &query::synonyms::Synonyms::default(),
    );
    assert_eq!(format!("{plan:?}"), format!("{again:?}"));
}

/// What is decoded is text with line feeds, and the same text decodes to itself.
pub(crate) fn decode(data: &[u8]) {
    if let Ok(decoded) = corpus::decode::decode(data.to_vec()) {
        assert!(!decoded.text.contains('\r'));
        let again = corpus::decode::decode(decoded.text.clone().into_bytes());
        assert!(again.is_ok_and(|again| again.text == decoded.text || decoded.text.starts_with('\u{feff}')));
    }
}

/// A Word file, a page or a text becomes Markdown or is refused; the Markdown is as inactive as any.
pub(crate) fn docx(data: &[u8]) {
    for name in ["调研.docx", "调研.html", "调研.txt"] {
        if let Ok(draft) = import::read(name, data, None) {
            markdown(draft.body.as_bytes());
        }
    }
}

/// HTML that grows: each line stands as often as the number before it says, so that few bytes are much.
pub(crate) fn html(data: &[u8]) {
    const LONGEST: usize = 400_000;
    let mut page = String::new();
    for line in String::from_utf8_lossy(data).lines() {
        let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let times = line[..digits].parse::<usize>().unwrap_or(1);
        let part = &line[digits..];
        let room = (LONGEST - page.len().min(LONGEST)) / part.len().max(1);
        page.push_str(&part.repeat(times.min(room)));
    }
    markdown(page.as_bytes());
    if let Ok(draft) = import::read("调研.html", page.as_bytes(), None) {
        markdown(draft.body.as_bytes());
    }
}

/// The insides of other formats: a text of LibreOffice, a page of OFD, Rich Text, PDF, a compound file.
pub(crate) fn office(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let open = format!("<a><office:body><office:text>{text}</office:text></office:body></a>");
    let page = format!("<Page><Content>{text}</Content></Page>");
    let files = [
        archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &open),
        ]),
        archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", &open),
        ]),
        archive(&[
            ("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"),
            ("D.xml", "<Document><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>"),
            ("P.xml", &page),
        ]),
        [&b"{\\rtf1\\ansicpg936 "[..], data].concat(),
        [&b"%PDF-1.7\n"[..], data].concat(),
        [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], data].concat(),
    ];
    for file in files {
        drop(jianyan::office::read("附件", &file));
        if let Ok(draft) = import::read("材料", &file, None) {
            markdown(draft.body.as_bytes());
        }
    }
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Whatever stands in the files that earlier runs left (manifest, journal, marker, caches), the next run is refused or
/// makes a whole site, and touches nothing outside its folder and nothing that isn't its own.
pub(crate) fn state(data: &[u8]) {
    const NAMES: [&str; 4] = ["manifest.tsv", "journal.json", "marker.json", "cache/pages"];
    let Some((&which, content)) = data.split_first() else {
        return;
    };
    let desk = tempfile::tempdir().expect("a temporary folder");
    let (root, outside) = (desk.path().join("site"), desk.path().join("own"));
    let write = |path: &std::path::Path, bytes: &[u8]| {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    };
    let build = || {
        let site = output::SiteFolder::open(&root, Audience::Internal, output::Comparison::Stamps).ok()?;
        site.put("index.html", b"page".to_vec()).expect("staged");
        site.put("search/current.js", b"1".to_vec()).expect("staged");
        site.commit("g").ok()
    };
    write(&outside, b"own");
    build().expect("a first build");
    write(&root.join("own.txt"), b"own");
    write(
        &root.join(".jianyan").join(NAMES[usize::from(which) % NAMES.len()]),
        content,
    );
    let pages: Option<Vec<(cache::Key, Stamp)>> = cache::recall(&root, "pages");
    assert!(pages.is_none_or(|pages| pages.is_empty()), "a foreign cache is read");
    if build().is_some() {
        assert_eq!(
            std::fs::read(root.join("index.html")).ok().as_deref(),
            Some(&b"page"[..])
        );
    }
    assert_eq!(std::fs::read(&outside).ok().as_deref(), Some(&b"own"[..]), "outside");
    let names = |folder: &std::path::Path| {
        let entries = std::fs::read_dir(folder).expect("a folder").flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(desk.path()), ["own", "site"], "outside");
}
