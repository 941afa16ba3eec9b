//! What others take for the same text: Hugo makes pages with the smallest theme, Pagefind indexes them.

use super::floors::body;
use super::process::{Cost, measure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CONFIG: &str = "baseURL = 'https://example.org/'\nlanguageCode = 'zh-CN'\ntitle = 'site'\n\
    disableKinds = ['taxonomy', 'term', 'rss', 'sitemap']\n[markup.goldmark.renderer]\nunsafe = true\n";
const SINGLE: &str = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\
    <body><main data-pagefind-body><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>\n";
const LIST: &str = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\
    <body>{{ range (.Paginate .RegularPages 100).Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}</body></html>\n";

/// Measures both in a folder, where they are installed.
pub(crate) fn run(files: &[PathBuf], folder: &Path) -> Vec<(String, Cost)> {
    let Some(tools) = std::env::var_os("JIANYAN_PEERS").map(PathBuf::from) else {
        return Vec::new();
    };
    write(files, folder);
    let mut hugo = Command::new(tools.join("hugo"));
    hugo.args(["--quiet", "--source"]).arg(folder);
    let hugo = measure(&mut hugo);
    let mut pagefind = Command::new(tools.join("pagefind_extended"));
    pagefind.arg("--site").arg(folder.join("public"));
    let pagefind = measure(&mut pagefind);
    vec![
        (version(&tools.join("hugo"), "version"), hugo),
        (version(&tools.join("pagefind_extended"), "--version"), pagefind),
    ]
}

/// The corpus as Hugo takes it: titles and bodies.
fn write(files: &[PathBuf], folder: &Path) {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    put("hugo.toml", CONFIG);
    for (name, layout) in [("single", SINGLE), ("list", LIST), ("home", LIST)] {
        put(&format!("layouts/_default/{name}.html"), layout);
    }
    for (at, file) in files.iter().enumerate() {
        let text = fs::read_to_string(file).expect("UTF-8");
        let title = text
            .lines()
            .find_map(|line| line.strip_prefix("title:"))
            .unwrap_or("无题")
            .trim();
        put(
            &format!("content/docs/d{at:06}.md"),
            &format!("---\ntitle: {title}\n---\n{}", body(&text)),
        );
    }
}

fn version(tool: &Path, asked: &str) -> String {
    let output = Command::new(tool).arg(asked).output().expect("a version");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split(['-', '+', '\n'])
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}
