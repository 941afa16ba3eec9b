//! Which attachments go along with a site: those that nobody's browser runs in its name.
//!
//! A list says what may go, since whatever isn't named could be a page tomorrow. A name is judged as Windows and a web
//! server read it: without the dots and blanks at its end. Its bytes must not be something else that acts, as people who
//! open it trust the name.

use crate::office;
use crate::settings::FURTHER_ATTACHMENTS;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

/// Documents, tables, slides, plain text and pictures.
const KINDS: [&str; 38] = [
    "doc", "docx", "wps", "wpt", "rtf", "odt", "pdf", "ofd", "ceb", "caj", "txt", "xls", "xlsx", "et", "csv", "tsv",
    "ods", "json", "ppt", "pptx", "dps", "odp", "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "avif",
    "heic", "emf", "wmf", "svg", "eml", "msg", "vsdx",
];
/// The rule that keeps what a browser might run out of every site.
const ACTIVE: &str = "active-attachment";
/// The rule that keeps out what its name doesn't say, and what holds programs.
const DISGUISED: &str = "disguised-attachment";
/// The rules by which an attachment stays behind for its bytes.
pub(crate) const REFUSALS: [&str; 2] = [ACTIVE, DISGUISED];

/// Whether an attachment goes along; `further` are the kinds that the site file adds.
pub(super) fn goes_along(file: &str, further: &BTreeSet<String>) -> bool {
    ending(file).is_some_and(|ending| KINDS.contains(&&*ending) || further.contains(&ending))
}

/// Where the attachments that go along stand below the folder of attachments, by their paths below the corpus.
pub(super) fn places<'a>(files: impl Iterator<Item = &'a str>, further: &BTreeSet<String>) -> BTreeMap<String, String> {
    let files: Vec<&str> = files.filter(|file| goes_along(file, further)).collect();
    let places = crate::site::file_names(&files);
    files.into_iter().map(str::to_owned).zip(places).collect()
}

/// The rule by which an attachment stays behind for its bytes; `head` are the first of them, or all of a drawing.
pub(super) fn refusal(file: &str, head: &[u8], whole: impl Read + Seek) -> Option<&'static str> {
    let ending =
        ending(file).filter(|ending| KINDS.contains(&&**ending) || FURTHER_ATTACHMENTS.contains(&&**ending))?;
    if ending == "svg" {
        return (!office::is_still(head)).then_some(ACTIVE);
    }
    if office::begins_like_a_page(head) {
        return Some(ACTIVE);
    }
    (!office::fits(&ending, head, whole)).then_some(DISGUISED)
}

/// The ending by which a server and Windows go, in lower case.
fn ending(file: &str) -> Option<String> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = name.trim_end_matches(|letter: char| letter == '.' || letter.is_whitespace());
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty()).then(|| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a browser, a server or Windows runs by one of these endings.
    const RUN: [&str; 72] = [
        "html",
        "htm",
        "xhtml",
        "xht",
        "shtml",
        "shtm",
        "stm",
        "mht",
        "mhtml",
        "hta",
        "htc",
        "xml",
        "xsl",
        "xslt",
        "xsd",
        "rss",
        "atom",
        "rdf",
        "mathml",
        "svgz",
        "js",
        "mjs",
        "cjs",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "css",
        "wasm",
        "swf",
        "jar",
        "jnlp",
        "class",
        "appcache",
        "manifest",
        "webmanifest",
        "php",
        "php5",
        "phtml",
        "asp",
        "aspx",
        "asa",
        "cer",
        "cdx",
        "ashx",
        "jsp",
        "jspx",
        "cgi",
        "pl",
        "py",
        "rb",
        "sh",
        "exe",
        "dll",
        "bat",
        "cmd",
        "com",
        "scr",
        "pif",
        "msi",
        "ps1",
        "lnk",
        "url",
        "reg",
        "chm",
        "hlp",
        "docm",
        "xlsm",
        "pptm",
        "iso",
        "7z",
    ];

    #[test]
    fn what_is_not_listed_stays_behind_however_its_name_ends() {
        let none = BTreeSet::new();
        for ending in RUN {
            for name in [
                format!("报告/a.{ending}"),
                format!("a.{}", ending.to_uppercase()),
                format!("a.{ending}."),
                format!("a.{ending} "),
                format!("a.{ending}. . "),
                format!("a.{ending}\u{3000}"),
                format!("a.pdf.{ending}"),
                format!("a.pdf/b.{ending}"),
                format!("a.png:b.{ending}"),
                format!("a.{ending}::$DATA"),
            ] {
                assert!(!goes_along(&name, &none), "{name}");
            }
        }
        for name in [
            "Makefile",
            "a.",
            ".pdf",
            "a. pdf",
            "a.pdf\u{202E}",
            "a.ｐｄｆ",
            "a.pdf;html",
            "a.pdf?x",
            "a.pdf%00.html",
        ] {
            assert!(!goes_along(name, &none), "{name}");
        }
        for name in ["a.pdf", "A.PDF", "a.pdf.", "a.docx ", "报告/表.xlsx", "图.svg"] {
            assert!(goes_along(name, &none), "{name}");
        }
    }

    #[test]
    fn an_archive_goes_by_the_word_of_the_site_file() {
        assert!(!goes_along("a.zip", &BTreeSet::new()));
        assert!(goes_along("a.ZIP", &["zip".to_owned()].into()));
    }

    #[test]
    fn a_page_under_another_name_is_found_by_its_bytes() {
        let page = b"\xEF\xBB\xBF \n<script>alert(1)</script>";
        let refusal = |name: &str, bytes: &[u8]| refusal(name, bytes, std::io::Cursor::new(bytes));
        for ending in KINDS.into_iter().chain(FURTHER_ATTACHMENTS) {
            assert_eq!(refusal(&format!("a.{ending}"), page), Some(ACTIVE), "{ending}");
        }
        assert_eq!(refusal("a.png", b"\x89PNG\r\n"), None);
        assert_eq!(refusal("a.docx ", b"\x7FELF\x02"), Some(DISGUISED));
        assert_eq!(refusal("a.html", page), None, "its name keeps it back");
    }

    #[test]
    fn names_that_a_system_reads_otherwise_are_others_in_the_site() {
        let files = [
            "a/CON.pdf",
            "a/图.png",
            "b.pdf.",
            "b.pdf",
            "c:d.png",
            "x.html.ofd",
            "nul/e.txt",
        ];
        let places = places(files.into_iter(), &BTreeSet::new());
        assert_eq!(places["a/图.png"], "a/图.png");
        assert_eq!(places["b.pdf"], "b.pdf");
        for (file, place) in &places {
            let lower = place.to_lowercase();
            assert!(!lower.contains(".html") && !lower.contains(':'), "{place}");
            for segment in lower.split('/') {
                let stem = segment.split('.').next().unwrap();
                assert!(
                    !["con", "nul"].contains(&stem) && !segment.ends_with(['.', ' ']),
                    "{place}"
                );
            }
            assert_eq!(ending(file), ending(place), "{file} is {place}");
        }
        let unique: BTreeSet<_> = places.values().collect();
        assert_eq!(unique.len(), files.len());
    }
}
