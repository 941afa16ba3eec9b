//! What holds of every page of the sample site: no absolute link, none that leads nowhere, valid HTML, few bytes.

use crate::npm;
use crate::served;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

fn build(corpus: &Path, root: &Path) -> PathBuf {
    let site = root.join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .args(["--now", "2026-11-20", "--corpus"])
        .arg(corpus)
        .arg("--index")
        .arg(root.join("index"))
        .arg("--site")
        .arg(&site)
        .arg("build")
        .output()
        .unwrap();
    assert!(
        output.status.code().is_some_and(|code| code <= 1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    site
}

/// Where the site stands, and its pages by path.
type Pages = (PathBuf, BTreeMap<String, String>);

/// The pages of the sample corpus by their path below the site.
fn pages() -> &'static (PathBuf, BTreeMap<String, String>) {
    static PAGES: OnceLock<(tempfile::TempDir, Pages)> = OnceLock::new();
    let (_, pages) = PAGES.get_or_init(|| {
        let root = tempfile::tempdir().unwrap();
        let site = build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), root.path());
        let mut pages = BTreeMap::new();
        for file in walkdir::WalkDir::new(&site).into_iter().flatten() {
            let name = file.path().strip_prefix(&site).unwrap().to_str().unwrap().to_owned();
            if name.ends_with(".html") {
                pages.insert(name, std::fs::read_to_string(file.path()).unwrap());
            }
        }
        (root, (site, pages))
    });
    pages
}

/// The values of href and src in a page.
fn references(page: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse("[href], [src]").unwrap();
    let elements = document.select(&selector);
    elements
        .filter_map(|element| element.attr("href").or(element.attr("src")))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_link_is_relative_and_leads_somewhere() {
    let (site, pages) = pages();
    assert!(pages.len() > 300, "{} pages", pages.len());
    let mut wrong = Vec::new();
    for (name, page) in pages {
        let folder = site.join(name).parent().unwrap().to_owned();
        for target in references(page) {
            let path = target.split(['#', '?']).next().unwrap();
            let path = percent_encoding::percent_decode_str(path).decode_utf8().unwrap();
            let absolute = path.starts_with('/') || target.contains("//") || target.starts_with("file:");
            let missing = !path.is_empty() && !target.starts_with("data:") && !folder.join(&*path).is_file();
            if absolute || missing {
                wrong.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What html-validate finds in files: rule, file, line, text.
fn findings(validator: &Path, files: &[PathBuf]) -> Vec<String> {
    let output = Command::new("node")
        .arg(validator.join("node_modules/html-validate/bin/html-validate.mjs"))
        .args(["--formatter=json", "--config"])
        .arg(validator.join(".htmlvalidate.json"))
        .args(files)
        .output()
        .unwrap();
    let reports: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let reports = reports.as_array().unwrap().iter();
    let told = reports.flat_map(|report| {
        report["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(move |one| (report, one))
    });
    told.map(|(report, one)| {
        format!(
            "{} {}:{} {}",
            one["ruleId"], report["filePath"], one["line"], one["message"]
        )
    })
    .collect()
}

/// html-validate holds pages to the standard: what may stand in what, which attributes take which values, what refers
/// to what. Off are rules of taste, and the roles that say again what a table is: a style that shows tables as blocks on
/// a phone would take it from them.
#[test]
fn html_validate_finds_nothing_on_any_page() {
    let Some(validator) = npm::installed("html-validate") else {
        eprintln!("NOT CHECKED: html-validate is neither cached nor to be had from the npm registry");
        return;
    };
    let (site, pages) = pages();
    let wrong = validator.join("wrong.html");
    std::fs::write(&wrong, "<!doctype html><html lang=\"zh\"><head><title>一</title></head><body><p><div></div></p><a id=\"b\" href=\"\"><a href=\"#\">二</a></a></body></html>").unwrap();
    let planted = findings(&validator, &[wrong]).join("\n");
    assert!(
        planted.contains("element-permitted-content") || planted.contains("no-implicit-close"),
        "it runs: {planted}"
    );

    let files: Vec<PathBuf> = pages.keys().map(|name| site.join(name)).collect();
    let mut found = Vec::new();
    for portion in files.chunks(200) {
        found.extend(findings(&validator, portion));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The preview's own pages, and a page of the site with its bar, by the name of a file; found in the corpus are errors,
/// warnings and a draft.
fn desk_pages() -> BTreeMap<String, String> {
    const REPORT: &str = "---\nkind: report\ntitel: 河道\ntitle: <河道> & \"采砂\"\ndate: 2024年13月5日\nunit: 某院\ndraft: true\n---\n\n见[方案](无.md)。\n";
    const RECOMMENDATION: &str =
        "---\nkind: recommendation\ntitle: 噪声\ndate: 2026-05-06\nissued: 2026-05-06\n---\n\n扰民。\n";
    let corpus = tempfile::tempdir().unwrap();
    std::fs::write(corpus.path().join("a.md"), REPORT).unwrap();
    std::fs::write(corpus.path().join("b.md"), RECOMMENDATION).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
    command
        .args(["--now", "2026-11-20", "serve", "--corpus"])
        .arg(corpus.path());
    let served = served::Served::start(&mut command);
    let targets = [
        "_/new?kind=report",
        "_/new?kind=case",
        "_/new?kind=recommendation",
        "_/new?kind=topic",
        "_/edit?file=a.md",
        "_/adopt?file=a.md",
        "_/review?file=a.md",
        "_/reply?file=b.md",
        "_/check",
        "a.html",
        "b.html",
        "index.html",
    ];
    let page = |target: &str| {
        let join = if target.contains('?') { '&' } else { '?' };
        let answer = served.get(&format!("/{target}{join}token={}", served.token));
        let (head, page) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{target}: {head}");
        let name = target.replace(|character: char| !character.is_ascii_alphanumeric(), "-");
        (format!("desk-{name}.html"), page.to_owned())
    };
    let refused = served.get("/_/new");
    let refused = refused.split_once("\r\n\r\n").unwrap().1.to_owned();
    let pages = targets.into_iter().map(page);
    pages.chain([("desk-refused.html".to_owned(), refused)]).collect()
}

#[test]
fn html_validate_finds_nothing_on_a_page_of_the_preview() {
    let Some(validator) = npm::installed("html-validate") else {
        eprintln!("NOT CHECKED: html-validate is neither cached nor to be had from the npm registry");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = |(name, page): (String, String)| {
        let file = folder.path().join(name);
        std::fs::write(&file, page).unwrap();
        file
    };
    let mut files: Vec<PathBuf> = desk_pages().into_iter().map(file).collect();
    let found = findings(&validator, &files);
    assert!(found.is_empty(), "{}", found.join("\n"));
    // One that is spoilt is found.
    let page = std::fs::read_to_string(&files[0]).unwrap();
    let spoilt = page.replacen(
        "</form>",
        "<p><div></div></p><label for=\"nowhere\">甲</label></form>",
        1,
    );
    files.truncate(1);
    std::fs::write(&files[0], spoilt).unwrap();
    assert!(!findings(&validator, &files).is_empty(), "{}", files[0].display());
}

#[test]
fn every_page_is_parsed_without_a_complaint() {
    let mut wrong = Vec::new();
    for (name, page) in pages().1.iter().chain(&desk_pages()) {
        let document = scraper::Html::parse_document(page);
        wrong.extend(document.errors.iter().map(|error| format!("{name}: {error}")));
        let ids = scraper::Selector::parse("[id]").unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for element in document.select(&ids) {
            let id = element.attr("id").unwrap_or_default();
            if !seen.insert(id) {
                wrong.push(format!("{name}: id {id} twice"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_is_heavy() {
    const PAGE: usize = 60 * 1024;
    for (name, page) in &pages().1 {
        assert!(page.len() <= PAGE, "{name} has {} bytes", page.len());
    }
}

#[test]
fn the_page_that_searches_is_light() {
    let (site, pages) = pages();
    let size = |file: &str| std::fs::metadata(site.join(file)).unwrap().len() as usize;
    let all =
        pages["index.html"].len() + size("assets/jianyan.css") + size("assets/jianyan.js") + size("assets/theme.js");
    // 300 of them for Chromium 69 to 85, 380 for the sample's fifth kind and for what finds an article in its law.
    assert!(all <= 66 * 1024 + 680, "home, its styles and scripts have {all} bytes");
}

/// An office with a face of its own: a stylesheet, a filing number, a base URL and a template.
fn office(template: &str) -> (tempfile::TempDir, PathBuf, String) {
    let root = tempfile::tempdir().unwrap();
    let corpus = root.path().join("corpus");
    std::fs::create_dir_all(corpus.join("templates")).unwrap();
    let write = |file: &str, text: &str| std::fs::write(corpus.join(file), text).unwrap();
    write(
        "jianyan.yaml",
        "title: 某院检研\n备案号: 某ICP备00000000号\nstyle: 本院.css\nbase_url: https://example.org/kb\n",
    );
    write("本院.css", ":root { --accent: #006450; }\n");
    write("templates/list.html", template);
    write(
        "甲.md",
        "---\nkind: report\ntitle: 关于甲的<调研>\ndate: 2024-03-05\nlaws: [刑法第264条]\n---\n正文引用《刑法》第二百六十四条。\n",
    );
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .args(["--now", "2026-11-20", "--corpus"])
        .arg(&corpus)
        .arg("--index")
        .arg(root.path().join("index"))
        .arg("--site")
        .arg(root.path().join("site"))
        .arg("build")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    let site = root.path().join("site");
    (root, site, said)
}

/// The worked example of the docs.
fn example() -> String {
    let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/appearance.zh-CN.md")).unwrap();
    let (_, rest) = docs
        .split_once("```jinja\n")
        .expect("docs/appearance.zh-CN.md has an example");
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn an_office_has_a_face_of_its_own() {
    let (_root, site, said) = office(&example());
    let read =
        |file: &str| std::fs::read_to_string(site.join(file)).unwrap_or_else(|error| panic!("{file}: {error}; {said}"));
    let list = read("lists/all/index.html");
    assert!(
        list.contains("本院提示") && list.contains("关于甲的&lt;调研&gt;"),
        "{list}"
    );
    assert!(
        list.contains("备00000000号") && list.contains("files/%E6%9C%AC%E9%99%A2.css"),
        "{list}"
    );
    assert!(read("files/本院.css").contains("#006450"));
    let law = read("laws/刑法/index.html");
    assert!(law.contains("<h2 id=\"a264\">第264条</h2>") && law.contains("关于甲的&lt;调研&gt;"));

    let feed = read("feed.xml");
    assert!(
        feed.contains("<title>关于甲的&lt;调研&gt;</title>")
            && feed.contains("<updated>2024-03-05T00:00:00Z</updated>"),
        "{feed}"
    );
    assert!(feed.contains("https://example.org/kb/%E7%94%B2.html"), "{feed}");
    assert!(read("sitemap.xml").contains("<loc>https://example.org/kb/%E7%94%B2.html</loc>"));
    assert!(read("404.html").contains("<base href=\"/kb/\">"));
}

#[test]
fn a_bad_template_is_told_with_its_line_and_the_shipped_one_is_taken() {
    for (template, line, code) in [
        ("一\n二 {% for %}\n", ":2", "bad-template"),
        ("一\n二\n{{ title|没有 }}\n", ":3", "bad-template"),
        ("{% extends 'nowhere.html' %}", ":1", "bad-template"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            ":1",
            "bad-template",
        ),
    ] {
        let (_root, site, said) = office(template);
        assert!(
            said.contains(code) && said.contains(&format!("templates/list.html{line}")),
            "{template}: {said}"
        );
        let list = std::fs::read_to_string(site.join("lists/all/index.html")).unwrap();
        assert!(list.contains("class=\"card\""), "the program's own page stands: {list}");
    }
}
