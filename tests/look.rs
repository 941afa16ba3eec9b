//! The last look: what a rule sees in a public page, and didn't see in the document, keeps the document from leaving.

use crate::folder;

use folder::files;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An office with two public documents.
struct Office {
    root: tempfile::TempDir,
}

const NUMBER: &str = "13800138000";

fn document(title: &str, more: &str) -> String {
    format!(
        "---\nkind: report\ntitle: {title}\ndate: 2026-03-02\nunit: 澄溪县人民检察院\nvisibility: public\n\
         summary: 一句话。\nreview: {{by: 办公室, date: 2026-03-03, result: 可以公开}}\n{more}---\n\n## 一、基本情况\n\n正文。\n"
    )
}

impl Office {
    fn new() -> Self {
        let office = Self {
            root: tempfile::tempdir().unwrap(),
        };
        office.write("corpus/河道.md", &document("河道采砂调研", "tags: [水]\n"));
        office.write("corpus/校园.md", &document("校园周边调研", "tags: [校]\n"));
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Overrides a template of the program's by itself with something before its end.
    fn template(&self, name: &str, before: &str, more: &str) {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/assets/templates")
            .join(name);
        let text = fs::read_to_string(own).unwrap();
        let at = text.find(before).unwrap();
        let (head, tail) = text.split_at(at);
        self.write(&format!("corpus/templates/{name}"), &format!("{head}{more}{tail}"));
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .current_dir(self.root.path())
            .args(["--lang", "zh", "--now", "2026-11-20", "--audience", "public"])
            .args(arguments)
            .output()
            .unwrap()
    }

    fn holds(&self, text: &str) -> Vec<String> {
        let all = files(&self.path("site"));
        let holding = all
            .into_iter()
            .filter(|(path, bytes)| path.contains(text) || String::from_utf8_lossy(bytes).contains(text));
        holding.map(|(path, _)| path).collect()
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Nothing of the corpus is wrong: only the page joins what stands apart in the document.
const JOINED: &str = "{% if title == '河道采砂调研' %}<p>联系电话 138<b>0013</b>8000</p>{% endif %}";

#[test]
fn a_document_whose_page_would_hold_personal_data_is_held_back() {
    let office = Office::new();
    assert_eq!(office.run(&["build"]).status.code(), Some(0));
    assert!(!office.holds("河道采砂调研").is_empty());
    office.template("document.html", "<header class=", JOINED);

    for command in ["check", "build"] {
        let output = office.run(&[command]);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("last-look") && told.contains("河道.md"), "{told}");
        assert!(told.contains("138********") && !told.contains(NUMBER), "{told}");
        assert!(!told.contains("校园.md"), "{told}");
    }
    for lost in [NUMBER, "138<b>0013</b>8000", "河道采砂调研"] {
        assert_eq!(office.holds(lost), [""; 0], "{lost}");
    }
    assert!(!office.holds("校园周边调研").is_empty());
}

#[test]
fn an_edition_made_again_without_it_is_a_clean_one() {
    let office = Office::new();
    office.run(&["build"]);
    office.template("document.html", "<header class=", JOINED);
    office.run(&["build"]);
    let again = files(&office.path("site"));
    fs::remove_dir_all(office.path("site")).unwrap();
    fs::remove_dir_all(office.path("index")).unwrap();
    office.run(&["build"]);
    let of_site = |files: folder::Files| -> folder::Files {
        // What the last generation left for pages that are open is not part of this one.
        let current = String::from_utf8_lossy(&files["search/current.js"]).into_owned();
        let stays =
            |path: &str| !path.starts_with(".jianyan/") && (!path.starts_with("search/") || current.contains(path));
        files.into_iter().filter(|(path, _)| stays(path)).collect()
    };
    assert_eq!(of_site(again), of_site(files(&office.path("site"))));
}

#[test]
fn a_page_that_is_no_documents_stops_the_build_and_leaves_the_site() {
    let office = Office::new();
    office.run(&["build"]);
    let before = files(&office.path("site"));
    office.template("home.html", "<section", "<p>联系人手机：13800138000</p>");
    let output = office.run(&["build"]);
    let told = told(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("index.html") && !told.contains(NUMBER), "{told}");
    let of_pages = |files: folder::Files| -> folder::Files {
        files
            .into_iter()
            .filter(|(path, _)| !path.starts_with(".jianyan/"))
            .collect()
    };
    assert_eq!(of_pages(before), of_pages(files(&office.path("site"))));
}

#[test]
fn what_an_author_allowed_and_what_the_site_file_says_leaves() {
    let office = Office::new();
    let allowed = document("举报方式", "").replace(
        "正文。",
        "<!-- jianyan: allow privacy-mobile 本院公布的举报电话 -->\n举报电话 13800138000。",
    );
    office.write("corpus/举报.md", &allowed);
    office.write("corpus/jianyan.yaml", "footer: 值班手机 13900139000\n");
    let output = office.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(office.holds(NUMBER).iter().any(|path| path.ends_with(".html")));
    assert!(!office.holds("13900139000").is_empty());
}
