//! An incremental build gives what a clean one gives; the same input gives the same site anywhere.
//!
//! `JIANYAN_SERIES` says how many random series of edits are tried (2), `JIANYAN_EDITS` how long each is (6).

mod content;
mod corpus;
mod damage;

use content::{content, files};
use corpus::Corpus;
use damage::damage;
use fastrand::Rng;
use jianyan::audience::{Audience, Drafts};
use jianyan::build::{self, Options, Silent};
use jianyan::output::{Comparison, Purpose, SiteFolder, Summary, claim};
use std::path::Path;
use std::process::Command;

fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |value| value.parse().unwrap())
}

/// What a build had to make anew.
struct Made {
    pages: usize,
    blocks: usize,
}

/// Builds a corpus into `out/site` and `out/index`.
fn build(corpus: &Corpus, audience: Audience, out: &Path) -> (Made, Summary, Vec<String>) {
    let site = SiteFolder::open(&out.join("site"), audience, Comparison::Stamps).unwrap();
    let index = claim(&out.join("index"), Purpose::Index, audience).unwrap();
    let options = Options {
        corpus: corpus.folder().to_owned(),
        audience,
        drafts: Drafts::Hidden,
        lang: None,
        now: corpus.now,
    };
    let loaded = build::load_without(&options, &[], index.root(), &Silent).unwrap();
    let mut written = build::write(&loaded, index.root(), &site, &Silent).unwrap();
    build::project(&mut written, index.root(), &site, &Silent).unwrap();
    let summary = site.commit(&loaded.generation).unwrap();
    let said = loaded.diagnostics.iter().chain(&written.diagnostics);
    let said = said.map(|finding| format!("{finding:?}")).collect();
    let made = Made {
        pages: written.pages,
        blocks: written.blocks,
    };
    written.index.commit().unwrap();
    (made, summary, said)
}

/// Holds that an output folder has what a clean build of the corpus gives.
fn assert_clean(corpus: &Corpus, audience: Audience, out: &Path, said: &[String], story: &[String]) {
    let fresh = tempfile::tempdir().unwrap();
    let (_, _, said_clean) = build(corpus, audience, fresh.path());
    assert_eq!(said, said_clean, "diagnostics after {story:#?}");
    let (grown, clean) = (files(&out.join("site")), files(&fresh.path().join("site")));
    let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&grown), names(&clean), "files after {story:#?}");
    for (path, bytes) in &clean {
        assert!(grown[path] == *bytes, "{path} differs after {story:#?}");
    }
    let (grown, clean) = (content(&out.join("index")), content(&fresh.path().join("index")));
    for (grown, clean) in grown.iter().zip(&clean) {
        assert_eq!(grown, clean, "index after {story:#?}");
    }
    assert_eq!(grown.len(), clean.len(), "index after {story:#?}");
}

#[test]
fn any_series_of_edits_gives_what_a_clean_build_gives() {
    for series in 0..number("JIANYAN_SERIES", 2) {
        let mut rng = Rng::with_seed(series as u64);
        let mut corpus = Corpus::random(&mut rng, 14);
        let outs = [Audience::Internal, Audience::Public].map(|audience| (audience, tempfile::tempdir().unwrap()));
        for (audience, out) in &outs {
            build(&corpus, *audience, out.path());
        }
        let mut story = vec![format!("series {series}")];
        for _ in 0..number("JIANYAN_EDITS", 6) {
            for _ in 0..rng.usize(1..=3) {
                story.push(corpus.edit(&mut rng));
            }
            let (audience, out) = rng.choice(&outs).unwrap();
            story.push(damage(out.path(), &mut rng));
            story.push(format!("build {}", audience.key()));
            let (_, _, said) = build(&corpus, *audience, out.path());
            assert_clean(&corpus, *audience, out.path(), &said, &story);
        }
    }
}

#[test]
fn only_what_hangs_on_a_change_is_made_again() {
    let mut corpus = Corpus::random(&mut Rng::with_seed(7), 14);
    let out = tempfile::tempdir().unwrap();
    let audience = Audience::Internal;
    let (written, ..) = build(&corpus, audience, out.path());
    assert_eq!(written.pages, corpus.documents());
    let (written, summary, _) = build(&corpus, audience, out.path());
    assert_eq!((written.pages, written.blocks), (0, 0), "nothing has changed");
    assert_eq!(summary.written, 0);

    let alone = corpus.add("孤立.md", "---\ntitle: 孤立\nkind: report\n---\n\n谁也不引。\n");
    build(&corpus, audience, out.path());
    corpus.write(&alone, "---\ntitle: 孤立\nkind: report\n---\n\n谁也不引，改了。\n");
    let (written, ..) = build(&corpus, audience, out.path());
    assert_eq!((written.pages, written.blocks), (1, 1), "one page and its block");

    // Only the pages of recommendations show the reference day, and their states are the same a day later.
    corpus.now = corpus.now.tomorrow().unwrap();
    let (written, ..) = build(&corpus, audience, out.path());
    assert_eq!(
        (written.pages, written.blocks),
        (corpus.count("kind: recommendation"), 0),
        "a day later"
    );
}

#[test]
fn a_cache_that_is_damaged_foreign_or_gone_is_made_again() {
    let mut rng = Rng::with_seed(11);
    let corpus = Corpus::random(&mut rng, 8);
    let out = tempfile::tempdir().unwrap();
    let audience = Audience::Internal;
    build(&corpus, audience, out.path());
    let cache = out.path().join("index/.jianyan/cache");
    let all: Vec<_> = walkdir::WalkDir::new(&cache)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().to_owned())
        .collect();
    assert!(all.len() > 5, "pages, bundle and a block");
    for file in all {
        // A build may have named the blocks' files anew.
        let Ok(mut bytes) = std::fs::read(&file) else { continue };
        let at = rng.usize(..bytes.len().max(1));
        match rng.u8(..3) {
            0 => std::fs::remove_file(&file).unwrap(),
            1 => std::fs::write(&file, &bytes[..at]).unwrap(),
            _ if bytes.is_empty() => std::fs::write(&file, "x").unwrap(),
            _ => {
                bytes[at] ^= 0x55;
                std::fs::write(&file, bytes).unwrap();
            }
        }
        let (_, _, said) = build(&corpus, audience, out.path());
        assert_clean(&corpus, audience, out.path(), &said, &[file.display().to_string()]);
    }
    std::fs::remove_dir_all(&cache).unwrap();
    let (written, _, said) = build(&corpus, audience, out.path());
    assert_eq!(written.pages, corpus.documents());
    assert_clean(&corpus, audience, out.path(), &said, &["without a cache".to_owned()]);

    // Another site's pages are not taken for ours: the cache says what was made, the site what stands.
    std::fs::remove_dir_all(out.path().join("site")).unwrap();
    let (_, _, said) = build(&corpus, audience, out.path());
    assert_clean(&corpus, audience, out.path(), &said, &["without a site".to_owned()]);
}

#[test]
fn nothing_that_left_stays_in_the_cache() {
    let mut corpus = Corpus::random(&mut Rng::with_seed(3), 4);
    let out = tempfile::tempdir().unwrap();
    let file = corpus.add("离开.md", "---\ntitle: 离开\n---\n\n金丝雀在此。\n");
    build(&corpus, Audience::Internal, out.path());
    corpus.remove(&file);
    build(&corpus, Audience::Internal, out.path());
    let holds = |needle: &str| {
        files(&out.path().join("index"))
            .values()
            .any(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes()))
    };
    let cache = out.path().join("index/.jianyan/cache/blocks");
    assert_eq!(
        std::fs::read_dir(cache).unwrap().count(),
        1,
        "one block for what is left"
    );
    assert!(!holds("金丝雀在此"));
}

#[test]
fn the_same_input_gives_the_same_site_at_any_thread_count_in_any_folder_on_any_day() {
    let corpora = [
        Corpus::random(&mut Rng::with_seed(5), 30),
        Corpus::random(&mut Rng::with_seed(5), 30),
    ];
    // The files of one are of another day than those of the other.
    for entry in walkdir::WalkDir::new(corpora[1].folder()).into_iter().flatten() {
        if entry.file_type().is_file() {
            let file = std::fs::File::options().write(true).open(entry.path()).unwrap();
            file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000))
                .unwrap();
        }
    }
    let mut first = None;
    for (threads, corpus) in [("1", &corpora[0]), ("2", &corpora[0]), ("8", &corpora[1])] {
        let out = tempfile::tempdir().unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .env("RAYON_NUM_THREADS", threads)
            .env("LC_ALL", if threads == "2" { "en_US.UTF-8" } else { "zh_CN.UTF-8" })
            .env(
                "TZ",
                if threads == "1" {
                    "Pacific/Kiritimati"
                } else {
                    "Pacific/Pago_Pago"
                },
            )
            .arg("--corpus")
            .arg(corpus.folder())
            .arg("--site")
            .arg(out.path().join("site"))
            .arg("--index")
            .arg(out.path().join("index"))
            .args(["--now", &corpus.now.to_string(), "build", "--quiet"])
            .output()
            .unwrap();
        assert!(status.status.code().is_some_and(|code| code < 2), "{status:?}");
        let site = files(&out.path().join("site"));
        assert!(site.len() > 100);
        let first = first.get_or_insert_with(|| site.clone());
        assert!(site.keys().eq(first.keys()));
        for (path, bytes) in &site {
            assert!(first[path] == *bytes, "{path} differs at {threads} threads");
        }
    }
}
