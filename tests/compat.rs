//! Scripts and styles use nothing newer than Chromium 69, by MDN's browser compatibility data, but for what `older.js`
//! brings and `older.css` makes up for.
//!
//! Syntax needs no check here: `tools/shrink` fails where it can't lower a script to that version. What a script calls is
//! known by its name alone, so a name counts as too new where every interface that has it got it later; what the scripts
//! define themselves is theirs.

use crate::npm;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const VERSION: &str = "8.1.9";

/// BLAKE3 of `package/data.json` in the tarball of that version on the npm registry.
const CHECKSUM: &str = "a244bef92cfc8ea788e7e197d7e542e9455c306a99a993bc0cb60279e0675b2b";

/// The oldest Chromium that the site works in.
const OLDEST: u32 = 69;

/// What is newer and does no harm, with what an older browser does.
const GUARDED: [(&str, &str); 12] = [
    (":focus-visible", "the browser's own ring shows"),
    ("accent-color", "the box of a choice keeps the system's colour"),
    (
        "appearance",
        "stands beside the name that Chromium 69 knows, once shrunk",
    ),
    ("color-scheme", "the bars and boxes of the system stay light"),
    ("mask-image", "stands beside the name that Chromium 69 knows"),
    ("outline", "Chromium 1; newer is that it follows round corners"),
    ("page", "a wide board is printed on upright sheets"),
    ("print-color-adjust", "stands beside the name that Chromium 69 knows"),
    ("scrollbar-width", "the bar of the suggestions shows"),
    ("size", "a descriptor of @page, which the data has there"),
    ("text-decoration-thickness", "the line is as thin as that of a link"),
    ("text-underline-offset", "the line stands closer to the text"),
];

/// What `older.js` brings; scripts may use it once `jianyan.older` has come, as all do that are loaded later.
const BROUGHT: [&str; 4] = ["DecompressionStream", "matchAll", "replaceChildren", "requestSubmit"];

/// Scripts that pages name themselves, and that begin before `older.js` has come.
const EARLY: [&str; 5] = ["boards.js", "document.js", "marks.js", "preview.js", "theme.js"];

/// What stands beside what is brought, and goes with it.
const BESIDE: [(&str, &str); 2] = [
    ("arrayBuffer", "of a Response, which is older than that of a Blob"),
    (
        "stream",
        "of a Blob, Chromium 76: asked only where there is a DecompressionStream",
    ),
];

/// Names of ours that scripts read without defining them.
const OURS: [(&str, &str); 1] = [("since", "a field of the ledger's filter, named by its form")];

/// The Chromium that first has a feature without a prefix or a flag; the largest number where none has.
fn since(feature: &Value) -> u32 {
    let support = &feature["__compat"]["support"]["chrome"];
    let all = support
        .as_array()
        .map_or_else(|| vec![support], |all| all.iter().collect());
    let plain = all.into_iter().filter(|one| {
        ["flags", "prefix", "alternative_name", "version_removed"]
            .iter()
            .all(|part| one[part].is_null())
    });
    let version = |one: &Value| {
        let text = one["version_added"].as_str()?.trim_start_matches('≤').to_owned();
        text.split('.').next()?.parse().ok()
    };
    plain.filter_map(version).min().unwrap_or(u32::MAX)
}

/// The least version of every name below a part of the data.
fn names(part: &Value, into: &mut BTreeMap<String, u32>) {
    for (name, inner) in part
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "__compat")
    {
        if inner["__compat"].is_object() {
            let name = name.trim_end_matches("_static").trim_end_matches("_event").to_owned();
            let least = into.entry(name).or_insert(u32::MAX);
            *least = (*least).min(since(inner));
        }
        names(inner, into);
    }
}

/// A name of a script: what stands before and after it.
struct Name<'a> {
    text: &'a str,
    member: bool,
    called: bool,
    defined: bool,
}

/// The names of a script, without those of its comments and strings.
fn read(script: &str) -> Vec<Name<'_>> {
    let bytes = script.as_bytes();
    let (mut all, mut at) = (Vec::new(), 0);
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
    while at < bytes.len() {
        let rest = &script[at..];
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if bytes[at] == b'\'' {
            let end = rest[1..].find(['\'', '\n']).map_or(rest.len(), |end| end + 2);
            at += end;
        } else if part(bytes[at]) {
            let length = bytes[at..].iter().position(|&byte| !part(byte)).unwrap_or(rest.len());
            let before = script[..at].trim_end();
            let after = rest[length..].trim_start();
            let member = before.ends_with('.') && !before.ends_with("..");
            all.push(Name {
                text: &rest[..length],
                member,
                called: after.starts_with('('),
                defined: after.starts_with(':')
                    || after.starts_with('=') && !after.starts_with("==")
                    || !member
                        && after.starts_with('(')
                        && after
                            .split_once(')')
                            .is_some_and(|(_, rest)| rest.trim_start().starts_with('{')),
            });
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    all
}

/// Names that scripts use and Chromium got too late.
fn too_new_in_scripts(
    scripts: &BTreeMap<String, String>,
    known: &BTreeMap<String, u32>,
    globals: &BTreeSet<&str>,
) -> Vec<String> {
    let read: Vec<(&String, Vec<Name>)> = scripts.iter().map(|(file, text)| (file, read(text))).collect();
    let all = || read.iter().flat_map(|(_, names)| names);
    let defined: BTreeSet<&str> = all().filter(|name| name.defined).map(|name| name.text).collect();
    let alone: BTreeSet<&str> = all().filter(|name| !name.member).map(|name| name.text).collect();
    let mut found = BTreeSet::new();
    for (file, names) in &read {
        for name in names {
            let since = known.get(name.text).copied().unwrap_or(0);
            let theirs = match (name.member, name.called) {
                (true, true) => !defined.contains(name.text),
                (true, false) => !defined.contains(name.text) && !alone.contains(name.text),
                (false, called) => called && globals.contains(name.text) && !defined.contains(name.text),
            };
            let allowed =
                BROUGHT.contains(&name.text) || OURS.iter().chain(&BESIDE).any(|(allowed, _)| *allowed == name.text);
            if since > OLDEST && theirs && !allowed {
                found.insert(format!("{file}: {} came with Chromium {since}", name.text));
            }
        }
    }
    found.into_iter().collect()
}

/// A stylesheet without what `@supports` guards.
fn unguarded(style: &str) -> String {
    let mut out = String::new();
    let mut rest = style;
    while let Some(at) = rest.find("@supports") {
        out.push_str(&rest[..at]);
        let mut depth = 0;
        let end = rest[at..].char_indices().find(|(_, letter)| {
            depth += i32::from(*letter == '{') - i32::from(*letter == '}');
            *letter == '}' && depth == 0
        });
        rest = end.map_or("", |(end, _)| &rest[at + end + 1..]);
    }
    out + rest
}

/// Properties, selectors, at-rules and functions of a stylesheet that Chromium got too late.
fn too_new_in_style(style: &str, css: &Value, types: &BTreeMap<String, u32>) -> BTreeSet<String> {
    let style = unguarded(style);
    let word = |text: &str| -> String {
        text.chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .collect()
    };
    let mut found = BTreeSet::new();
    let mut note = |name: String, since: u32| {
        // A name with a maker's prefix is the old one of something, and no other engine heeds it.
        let old = name.trim_start_matches(':').starts_with('-');
        if since > OLDEST && !old && GUARDED.iter().all(|(guarded, _)| *guarded != name) {
            found.insert(name);
        }
    };
    for piece in style.split(['{', '}', ';']) {
        let piece = piece.trim();
        let name = word(piece);
        if let Some(value) = piece[name.len()..]
            .strip_prefix(':')
            .filter(|_| !name.is_empty() && !piece.contains('\n'))
        {
            // A selector such as a:hover looks like a property; no property is called like an element.
            if !name.starts_with("--") && (css["properties"][&name].is_object() || name.contains('-')) {
                note(name.clone(), since(&css["properties"][&name]));
            }
            for (at, _) in value.match_indices('(') {
                let function: String = value[..at]
                    .chars()
                    .rev()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
                    .collect();
                let function: String = function.chars().rev().collect();
                note(function.clone(), types.get(&function).copied().unwrap_or(0));
            }
        }
        if let Some(rule) = piece.strip_prefix('@') {
            note(format!("@{}", word(rule)), since(&css["at-rules"][&word(rule)]));
        }
        for (at, _) in piece.match_indices(':') {
            let name = word(piece[at + 1..].trim_start_matches(':'));
            let selector = &css["selectors"][&name];
            if selector["__compat"].is_object() {
                note(format!(":{name}"), since(selector));
            }
        }
    }
    found
}

fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let all = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|own| own == ending))
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn nothing_is_newer_than_chromium_69() {
    let tarball = format!("mdn-browser-compat-data-{VERSION}.tgz");
    let package = format!("@mdn/browser-compat-data@{VERSION}");
    let Some(data) = npm::file(&package, &tarball, "package/data.json", CHECKSUM) else {
        eprintln!("NOT CHECKED: {package} is neither cached nor to be had from the npm registry");
        return;
    };
    let data: Value = serde_json::from_str(&data).unwrap();
    let (mut known, mut types) = (BTreeMap::new(), BTreeMap::new());
    names(&data["api"], &mut known);
    names(&data["javascript"]["builtins"], &mut known);
    names(&data["css"]["types"], &mut types);
    let globals: BTreeSet<&str> = [&data["api"], &data["javascript"]["builtins"]]
        .iter()
        .flat_map(|part| part.as_object().unwrap().keys().map(String::as_str))
        .collect();

    // What it must find, so that finding nothing means something.
    let planted = [(
        "a.js".to_owned(),
        "const last = [1].at(-1), copy = structuredClone(last); 'x'.replaceAll('x', ''); Object.hasOwn({}, 'a');"
            .to_owned(),
    )];
    let found = too_new_in_scripts(&planted.into(), &known, &globals);
    let wanted = [
        "at came with Chromium 92",
        "hasOwn came with Chromium 93",
        "replaceAll came with Chromium 85",
        "structuredClone came with Chromium 98",
    ];
    assert_eq!(found, wanted.map(|one| format!("a.js: {one}")));
    let planted = "a:has(b) { aspect-ratio: 1; color: color-mix(in srgb, red, blue) } @layer x {} @supports (inset: 0) { a { inset: 0 } } p { margin: 0 }";
    let found: Vec<String> = too_new_in_style(planted, &data["css"], &types).into_iter().collect();
    assert_eq!(found, [":has", "@layer", "aspect-ratio", "color-mix"]);

    let scripts = files("src/assets/client", "js");
    assert!(scripts.len() > 10);
    assert_eq!(too_new_in_scripts(&scripts, &known, &globals), [""; 0]);
    assert!(BROUGHT.iter().all(|name| scripts["older.js"].contains(name)));
    for file in EARLY {
        let names = read(&scripts[file]);
        let brought: Vec<&str> = names
            .iter()
            .map(|name| name.text)
            .filter(|name| BROUGHT.contains(name))
            .collect();
        assert_eq!(brought, [""; 0], "{file} doesn't wait for what older browsers get");
    }
    for (file, style) in files("src/assets/styles", "css") {
        // The build lowers what it can; what it can't stands in the source as it is shipped.
        let found = too_new_in_style(&style, &data["css"], &types);
        assert!(found.is_empty(), "{file}: {found:?}");
    }
}

/// Selectors of the flex boxes of a stylesheet that have a distance between what stands in them.
fn boxes_with_gaps(style: &str) -> Vec<String> {
    let rules = style.split('}').filter_map(|rule| rule.rsplit_once('{'));
    let with_gaps =
        rules.filter(|(_, body)| body.contains("flex") && body.split([';', ' ']).any(|word| word == "gap:"));
    with_gaps
        .flat_map(|(selectors, _)| selectors.rsplit(['{', '/', ';']).next().unwrap_or_default().split(','))
        .map(|selector| selector.trim().to_owned())
        .collect()
}

#[test]
fn every_distance_in_a_flex_box_has_a_margin_for_older_browsers() {
    let planted = "@media (a) { .b, .c > d { display: flex; gap: 1px; } } /* e */ .f { gap: 0; display: grid; }";
    assert_eq!(boxes_with_gaps(planted), [".b", ".c > d"]);
    let mut styles = files("src/assets/styles", "css");
    let older = styles.remove("older.css").unwrap();
    let boxes: Vec<String> = styles.values().flat_map(|style| boxes_with_gaps(style)).collect();
    assert!(boxes.len() > 20);
    let missing: Vec<&String> = boxes
        .iter()
        .filter(|flex| !older.contains(&format!("{flex} > :not(:last-child)")))
        .collect();
    assert!(missing.is_empty(), "older.css says nothing of {missing:?}");
}
