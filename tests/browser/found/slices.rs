//! Random slices of body text, searched and opened: the mark is in view, in a block that holds all of the slice, and all of it
//! is marked there. Signs aren't searched.

use crate::driver::{Chromium, Tab};
use crate::{TOTAL, site};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::{Path, PathBuf};

/// How many slices are tried of the sample corpus.
const FEW: usize = 20;

/// The texts of the blocks of an open page.
const BLOCKS: &str = "(window.blocks = [...document.querySelectorAll('article.body p, article.body li, article.body td, article.body th, article.body h2, article.body h3')]\
     .filter(one => !one.querySelector('p, li, td') && !one.closest('.print-only, .note-preview, .footnotes')), \
     blocks.map(one => { const copy = one.cloneNode(true); copy.querySelectorAll('.footnote-mark, .anchor, .print-only, rt, rp').forEach(own => own.remove()); return copy.textContent.trim() }))";

/// The pages of documents of a site.
fn pages(site: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(site).sort_by_file_name().into_iter().flatten();
    let pages = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "html"));
    let document =
        |path: &PathBuf| std::fs::read_to_string(path).is_ok_and(|page| page.contains("<article class=\"body"));
    pages.map(walkdir::DirEntry::into_path).filter(document).collect()
}

/// A text without white space, which a page breaks as it likes.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A slice of 2 to 20 characters with a letter in it, that means itself when it is typed.
fn slice(random: &mut fastrand::Rng, text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let from = random.usize(..letters.len().max(1));
    let slice: String = letters.iter().skip(from).take(random.usize(2..=20)).collect();
    let slice = slice.trim();
    let typed = slice.chars().count() > 1
        && slice.chars().any(char::is_alphanumeric)
        && !slice.contains(['"', '“', '”', '「', '」', ':', '：'])
        && !slice
            .split_whitespace()
            .any(|word| word.starts_with(['-', '－']) || word == "或");
    typed.then(|| slice.to_owned())
}

/// Searches for a slice of a document and opens that document's result; tells what is wrong with what is shown.
async fn look(tab: &mut Tab, base: &str, page: &str, slice: &str) -> Option<String> {
    tab.go(&format!(
        "{base}index.html#q={}",
        utf8_percent_encode(slice, NON_ALPHANUMERIC)
    ))
    .await;
    tab.until(&format!(
        "{TOTAL} >= 0 && document.querySelector('input[type=search]').value === {slice:?}"
    ))
    .await;
    let link = format!(
        "[...document.querySelectorAll('#results h3 a')].find(one => decodeURIComponent(one.pathname).endsWith({page:?}))"
    );
    // A slice that many documents hold has its own further down.
    while !tab.value::<bool>(&format!("Boolean({link})")).await {
        if tab.value::<bool>("document.querySelector('[data-more]').hidden").await {
            return Some("not found".to_owned());
        }
        let shown: usize = tab.value("document.querySelectorAll('#results .card').length").await;
        tab.until("document.querySelector('.facet')").await;
        tab.value::<bool>("(document.querySelector('[data-more] button').click(), true)")
            .await;
        tab.until(&format!("document.querySelectorAll('#results .card').length > {shown}"))
            .await;
    }
    if tab
        .value::<bool>(&format!("!{link}.closest('.card').querySelector('mark')"))
        .await
    {
        return Some("a result without a mark".to_owned());
    }
    tab.value::<bool>(&format!("(setTimeout(() => {link}.click()), true)"))
        .await;
    tab.until("document.querySelector('article.body') && document.readyState === 'complete'")
        .await;
    for _ in 0..40 {
        if tab.value("Boolean(document.querySelector('main mark.current'))").await {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let (marked, in_view, block, marks): (bool, bool, String, String) = tab
        .value(
            "(() => { const mark = document.querySelector('main mark.current'); if (!mark) return [false, false, '', '']; \
             const { top, bottom } = mark.getBoundingClientRect(), block = mark.closest('p, li, td, th, tr, h1, h2, h3, h4, h5, h6, dd, summary, figcaption, div'); \
             return [true, top >= 0 && bottom <= innerHeight, block.textContent, [...block.querySelectorAll('mark')].map(one => one.textContent).join('')] })()",
        )
        .await;
    if !marked {
        return Some("opened without a mark".to_owned());
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if !in_view {
        Some("the mark is out of view".to_owned())
    } else if !slice
        .split(|c: char| !c.is_alphanumeric())
        .all(|piece| bare(&block).contains(piece))
    {
        Some(format!(
            "another block: {}",
            block.trim().chars().take(60).collect::<String>()
        ))
    } else if slice
        .chars()
        .filter(|c| c.is_alphanumeric())
        .any(|c| !letters(&marks).contains(c))
    {
        Some(format!("marked {marks}"))
    } else {
        None
    }
}

async fn try_slices(folder: &Path, count: usize) -> Vec<String> {
    let base = format!("file://{}/", utf8_percent_encode(folder.to_str().unwrap(), site::PATH));
    let pages = pages(folder);
    let chromium = Chromium::start().await;
    let mut tab = chromium.open(&format!("{base}index.html")).await;
    let mut random = fastrand::Rng::with_seed(20_261_130);
    let (mut tried, mut wrong) = (0, Vec::new());
    while tried < count {
        let page = &pages[random.usize(..pages.len())];
        tab.go(&format!(
            "file://{}",
            utf8_percent_encode(page.to_str().unwrap(), site::PATH)
        ))
        .await;
        let blocks: Vec<String> = tab.value(BLOCKS).await;
        if blocks.is_empty() {
            continue;
        }
        let block = &blocks[random.usize(..blocks.len())];
        let Some(slice) = slice(&mut random, block) else {
            continue;
        };
        tried += 1;
        let name = page.strip_prefix(folder).unwrap().to_str().unwrap();
        if let Some(what) = look(&mut tab, &base, name, &slice).await {
            eprintln!("{name}: {slice:?}: {what}");
            wrong.push(format!("{name}: {slice:?}: {what}"));
        }
    }
    chromium.stop().await;
    eprintln!(
        "{} of {count} slices were in view, in the right block and marked",
        count - wrong.len()
    );
    wrong
}

/// `JIANYAN_SLICES` says how many, `JIANYAN_SLICES_OF` of which corpus; without them it is a few of the sample corpus.
#[tokio::test(flavor = "multi_thread")]
async fn slices_of_a_text_open_at_their_place() {
    let count = std::env::var("JIANYAN_SLICES").map_or(FEW, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let site = match std::env::var_os("JIANYAN_SLICES_OF") {
        Some(corpus) => {
            let site = folder.path().join("site");
            site::build(Path::new(&corpus), &folder.path().join("index"), &site);
            site
        }
        None => site::folder().to_owned(),
    };
    let wrong = try_slices(&site, count).await;
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
