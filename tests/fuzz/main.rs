//! Any bytes at all: regressions are replayed, some mutations tried each time, and as many as time allows
//! when asked: `JIANYAN_FUZZ_SECONDS=600 cargo test --test fuzz -- --ignored --nocapture`, with
//! `JIANYAN_FUZZ_TARGET=bundle` for one target alone.
//!
//! What breaks a target is printed with the file to put below `tests/regressions/<target>/`.

mod bundle;
#[path = "../client/engine.rs"]
#[allow(dead_code)]
mod engine;
#[path = "../payload/mod.rs"]
mod payload;
mod targets;

use cap::Cap;
use fastrand::Rng;
use std::alloc::System;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};
use targets::Fed;

/// No input of a test may take more than [`MEMORY`] beyond what was held before.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// Bytes of memory that an input may take: what the program promises for one of 50 MB.
const MEMORY: usize = 400 << 20;

/// The targets of `fuzz/`, and the one that needs the client's engine, which cargo-fuzz can't see into.
fn targets() -> impl Iterator<Item = (&'static str, Fed)> {
    targets::TARGETS.into_iter().chain([("bundle", bundle::bundle as Fed)])
}

/// How long an input may take, in a build that isn't optimised and on a busy machine.
const SLOWEST: Duration = Duration::from_secs(150);

/// Bytes of an input at most.
const LONGEST: usize = 4_000;

/// Pieces that parsers care about.
const PIECES: &[&str] = &[
    "---\n",
    "\n",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "&a ",
    "*a",
    "!!",
    "|\n",
    ">\n",
    "#",
    "<!--",
    "-->",
    "<script>",
    "</p>",
    "<a href=",
    "javascript:",
    "](",
    "![",
    "```\n",
    "|-|\n",
    "**",
    "~~",
    "\u{feff}",
    "\u{200b}",
    "\u{0}",
    "&#106;",
    "&colon;",
    "\\",
    "<svg ",
    "onload=",
    "[^1]",
    "[1]: ",
    "第264条",
    "《刑法》",
    "或",
    " OR ",
    "-",
    "kind:",
    "year:2021..",
    "“",
    "”",
    "「",
    "检例第142号",
    "〔2023〕12号",
    "visibility: public\n",
    "adoptions:\n  - ",
    "date: 2024年3月5日\n",
    "2000余",
    "<math>",
    "<img src=",
    "data:",
    "//a.cn",
    "\t",
    "\r\n",
    "../own",
    "/",
    "..",
    "own.txt",
];

/// What stands inside of files of offices.
const OFFICE: &[&str] = &[
    "<text:h text:outline-level=\"1\">一、概况</text:h><text:list text:style-name=\"L\"><text:list-item><text:p>甲<text:s text:c=\"9\"/>\
     <text:note><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p></text:list-item></text:list>",
    "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"9\"><table:table-cell table:number-columns-repeated=\"9\" \
     table:number-rows-spanned=\"2\" office:value=\"13800138000\"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>",
    "<draw:frame draw:name=\"a\"><draw:text-box><text:p>框</text:p></draw:text-box><draw:image xlink:href=\"a.png\"/></draw:frame>",
    "<TextObject Boundary=\"10 10 90 9\" Size=\"5\" CTM=\"1 0 0 1 0 0\"><TextCode X=\"0\" Y=\"5\" DeltaX=\"g 3 5\">正文一句</TextCode></TextObject>",
    "{\\fonttbl{\\f0\\fcharset134 a;}}{\\stylesheet{\\s1 heading 1;}}\\pard\\s1\\qc\\u27491?\\'d5\\'fd{\\v x}{\\footnote a}\\par \
     \\trowd\\cellx100\\clvmrg\\cellx200\\intbl a\\cell b\\cell\\row{\\field{\\*\\fldinst HYPERLINK \"a\"}{\\fldrslt b}}",
    "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page\
     /Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length 40>>\nstream\nBT /F 9 Tf 9 99 Td \
     [(a) -9 <4142>] TJ ET\nendstream\nendobj\n5 0 obj\n<</Type/Font/Subtype/Type1>>\nendobj\ntrailer\n<</Root 1 0 R>>\n",
];

/// Lines of HTML with how often they stand.
const GROWING: &[&str] = &[
    "1<p>\n900<a href=x>\n900<p>a\n",
    "700<s a=i></zz>\n2000<p>x\n",
    "3000<div title=\"</div>\">\n",
    "1<table>\n5000<b>x</b>\n300<tr><td colspan=999>a\n",
    "2000<ul><li>\n2000<b><div></b>\n",
    "1<svg>\n900<font color=a><math><mi>\n900</p>\n",
    "3000<!---->\n3000<template><select><option>\n",
];

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds: Vec<Vec<u8>> = walkdir::WalkDir::new(root.join("corpus"))
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"))
        .map(|entry| std::fs::read(entry.path()).unwrap())
        .collect();
    if target == "front_matter" {
        let fronts = seeds
            .iter()
            .map(|text| String::from_utf8_lossy(text).split("\n---\n").next().unwrap()[4..].to_owned());
        seeds = fronts.map(String::into_bytes).collect();
    }
    if target == "decode" {
        let wide = |text: &Vec<u8>| {
            String::from_utf8_lossy(text)
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect()
        };
        let more: Vec<Vec<u8>> = seeds.iter().take(5).map(wide).collect();
        seeds.extend(more);
    }
    if target == "docx" {
        let fixtures = walkdir::WalkDir::new(root.join("tests/fixtures"))
            .sort_by_file_name()
            .into_iter()
            .flatten();
        let words = fixtures.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "docx"));
        seeds.extend(words.map(|entry| std::fs::read(entry.path()).unwrap()));
    }
    if target == "office" {
        seeds = OFFICE.iter().map(|text| text.as_bytes().to_vec()).collect();
    }
    if target == "html" {
        seeds = GROWING.iter().map(|text| text.as_bytes().to_vec()).collect();
    }
    if target == "state" {
        let hash = "0123456789abcdef0123456789abcdef";
        let texts = [
            format!("\0generation\tg\n{hash}\t4\tindex.html\n{hash}\t3\tsearch/x/p0.js\n-\t-\tsearch/y/p1.js\n"),
            format!(
                r#"{}{{"moves":["index.html","a/b.html"],"removals":["c.html"],"manifest":"generation\tg\n{hash}\t4\tindex.html\n"}}"#,
                '\u{1}'
            ),
            format!(r#"{}{{"purpose":"site","audience":"internal"}}"#, '\u{2}'),
            format!("\u{3}{hash} 2 {hash}\n[]"),
        ];
        seeds = texts.map(String::into_bytes).to_vec();
    }
    if target == "bundle" {
        seeds = (0..=255)
            .map(|file: u8| vec![file, file.rotate_left(4), 0, 0x15, 3, 1, 0x54, 200])
            .collect();
    }
    seeds
}

/// A seed, cut out and changed at a few places.
fn mutate(seeds: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let seed = &seeds[random.usize(..seeds.len())];
    let start = random.usize(..=seed.len().saturating_sub(1));
    let mut data = if random.bool() {
        seed[start..(start + random.usize(1..400)).min(seed.len())].to_vec()
    } else {
        seed[..seed.len().min(LONGEST)].to_vec()
    };
    for _ in 0..random.usize(1..12) {
        let at = random.usize(..=data.len());
        match random.u8(..6) {
            0 | 1 => {
                let piece = PIECES[random.usize(..PIECES.len())].repeat(if random.u8(..40) == 0 { 300 } else { 1 });
                data.splice(at..at, piece.bytes());
            }
            2 => drop(data.drain(at..(at + random.usize(..20)).min(data.len()))),
            3 if at < data.len() => data[at] = random.u8(..),
            4 => {
                let other = &seeds[random.usize(..seeds.len())];
                let from = random.usize(..=other.len());
                let cut = other[from..(from + random.usize(..80)).min(other.len())].to_vec();
                data.splice(at..at, cut);
            }
            _ => {
                let cut = data[at..(at + random.usize(..60)).min(data.len())].to_vec();
                data.splice(at..at, cut);
            }
        }
    }
    data
}

/// Feeds a target for as long as inputs so far and time say; gives the number of inputs.
fn feed(name: &str, target: fn(&[u8]), go_on: impl Fn(u64, Duration) -> bool, seed: u64) -> u64 {
    let (seeds, mut random, started) = (seeds(name), Rng::with_seed(seed), Instant::now());
    let mut count: u64 = 0;
    while go_on(count, started.elapsed()) {
        let data = mutate(&seeds, &mut random);
        // Over the limit the process ends: the input is there to be looked at.
        let last = std::env::temp_dir().join(format!("jianyan-{name}-last-{}", std::process::id()));
        std::fs::write(&last, &data).unwrap();
        let held = ALLOCATOR.allocated();
        ALLOCATOR.set_limit(held + MEMORY).unwrap();
        let began = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| target(&data))).is_err() {
            let file = std::env::temp_dir().join(format!("jianyan-{name}-{:016x}", seed.wrapping_add(count)));
            std::fs::write(&file, &data).unwrap();
            panic!("{name} breaks on {}", file.display());
        }
        assert!(
            began.elapsed() < SLOWEST,
            "{name} is slow on {:?}",
            String::from_utf8_lossy(&data)
        );
        count += 1;
        std::fs::remove_file(&last).unwrap();
    }
    ALLOCATOR.set_limit(usize::MAX).unwrap();
    count
}

#[test]
fn what_once_broke_a_target_no_longer_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regressions");
    for (name, target) in targets() {
        for entry in walkdir::WalkDir::new(root.join(name))
            .sort_by_file_name()
            .into_iter()
            .flatten()
        {
            if entry.file_type().is_file() {
                target(&std::fs::read(entry.path()).unwrap());
            }
        }
    }
}

#[test]
fn every_target_takes_what_is_thrown_at_it() {
    for (name, target) in targets() {
        // Those that take a second or more for an input.
        let most = if ["bundle", "html"].contains(&name) { 60 } else { 300 };
        feed(name, target, |count, _| count < most, 1);
    }
}

#[test]
#[should_panic(expected = "script")]
fn active_content_would_be_noticed() {
    targets::is_inactive("<p>甲<script>1</script></p>");
}

#[test]
#[ignore = "as long as JIANYAN_FUZZ_SECONDS says for each target"]
fn every_target_takes_it_for_long() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let time = Duration::from_secs(number("JIANYAN_FUZZ_SECONDS").unwrap_or(600));
    let seed = number("JIANYAN_FUZZ_SEED").unwrap_or_else(|| fastrand::u64(..));
    let only = std::env::var("JIANYAN_FUZZ_TARGET").ok();
    for (name, target) in targets().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        println!(
            "{name}: {} inputs in {} s, seed {seed}",
            feed(name, target, |_, elapsed| elapsed < time, seed),
            time.as_secs()
        );
    }
}
