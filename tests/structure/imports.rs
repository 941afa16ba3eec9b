//! No files of a module import each other, directly or round several: each can be read after those that it imports.
//!
//! A file and the file of the folder that it stands in aren't counted: `mod.rs` declares and hands out what is in its
//! folder, and holds what the files there share. A name that another file only hands on is that of the file that defines
//! it.

use super::{files, source};
use std::collections::{BTreeMap, BTreeSet};

/// Files that import each other, by the path of their module, and why they may.
const ALLOWED: [(&[&str], &str); 7] = [
    (
        &["query::snippet::cut", "query::snippet::find"],
        "the width of a snippet, which one cuts and the other fills",
    ),
    (
        &[
            "record::case",
            "record::common",
            "record::content",
            "record::fields",
            "record::keys",
            "record::law",
            "record::recommendation",
            "record::report",
            "record::topic",
        ],
        "the table of all keys is made of the tables of the kinds, and each kind is read by the table of all",
    ),
    (
        &["author::add", "author::scaffold"],
        "a scaffold is added, and a name that is taken is found as a scaffold finds it",
    ),
    (
        &["author::essence", "author::register"],
        "a change of the register is judged by what it leaves, which is told by the change",
    ),
    (
        &["author::fix", "author::mask"],
        "a mask is a fix, and masks are among the fixes",
    ),
    (
        &["check::copies", "check::corpus"],
        "copies are told with the tools by which the corpus is, as a part of it",
    ),
    (
        &["check::privacy::email", "check::privacy::words"],
        "an address ends where its word does, and words are read past addresses",
    ),
];

/// The modules that each module imports, those above and below it left out.
type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn files_of_a_module_import_each_other_in_no_circle() {
    let all = imports();
    assert!(all.len() > 400);
    let circles: BTreeSet<BTreeSet<String>> = all.keys().filter_map(|from| circle(from, &all)).collect();
    let allowed: BTreeSet<BTreeSet<String>> = ALLOWED
        .iter()
        .map(|(files, _)| files.iter().map(|&file| file.to_owned()).collect())
        .collect();
    let new: Vec<_> = circles.difference(&allowed).collect();
    assert!(new.is_empty(), "files that import each other: {new:#?}");
    let gone: Vec<_> = allowed.difference(&circles).collect();
    assert!(gone.is_empty(), "allowed, but they don't any more: {gone:#?}");
}

/// The modules that lead to one and that it leads to.
fn circle(from: &str, all: &Graph) -> Option<BTreeSet<String>> {
    let reached = reach(from, all);
    let circle: BTreeSet<String> = reached.into_iter().filter(|to| reach(to, all).contains(from)).collect();
    (!circle.is_empty()).then_some(circle)
}

fn reach(from: &str, all: &Graph) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        for next in all.get(module).into_iter().flatten() {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}

/// What each file imports of its own top module.
fn imports() -> Graph {
    let modules: BTreeMap<String, String> = files()
        .into_iter()
        .map(|(_, path, code)| {
            let below = path.strip_prefix(source()).unwrap().with_extension("");
            let mut parts: Vec<_> = below.iter().map(|part| part.to_str().unwrap()).collect();
            parts.pop_if(|last| *last == "mod");
            let code = code.lines().filter(|line| !super::is_comment(line));
            (parts.join("::"), code.collect::<Vec<_>>().join("\n"))
        })
        .collect();
    let tree = Tree::of(modules);
    let graph = tree.modules.iter().map(|(module, code)| {
        let named = tree.named(module, code);
        let beside = named.into_iter().filter(|other| are_beside(module, other));
        (module.clone(), beside.collect())
    });
    graph.collect()
}

/// Whether two modules have one top module, and neither stands in the other.
fn are_beside(one: &str, other: &str) -> bool {
    let top = |module: &str| module.split("::").next().map(str::to_owned);
    let is_in = |inner: &str, outer: &str| inner == outer || inner.starts_with(&format!("{outer}::"));
    top(one) == top(other) && !is_in(one, other) && !is_in(other, one)
}

/// All modules, with what each imports under which name.
struct Tree {
    modules: BTreeMap<String, String>,
    names: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Tree {
    fn of(modules: BTreeMap<String, String>) -> Self {
        let mut tree = Self {
            modules,
            names: BTreeMap::new(),
        };
        let names = tree.modules.iter().map(|(module, code)| {
            let imported = uses(code).into_iter().filter_map(|path| {
                let (path, name) = match path.split_once(" as ") {
                    Some((path, name)) => (path.to_owned(), name.to_owned()),
                    None => (path.clone(), path.rsplit("::").next().unwrap().to_owned()),
                };
                Some((name, tree.absolute(module, &path)?))
            });
            (module.clone(), imported.collect())
        });
        tree.names = names.collect();
        tree
    }

    /// The modules that the code of one names: in its imports, and in paths of its expressions.
    fn named(&self, module: &str, code: &str) -> BTreeSet<String> {
        let used = uses(code).into_iter();
        let used = used.map(|path| path.split(" as ").next().unwrap().to_owned());
        used.chain(paths(code))
            .filter_map(|path| self.file(self.absolute(module, &path)?, 0))
            .collect()
    }

    /// A path from the root of the crate; none that leads out of it.
    fn absolute(&self, module: &str, path: &str) -> Option<Vec<String>> {
        let mut segments: Vec<&str> = path.split("::").collect();
        if segments.last() == Some(&"self") {
            segments.pop();
        }
        let mut at: Vec<&str> = module.split("::").collect();
        match *segments.first()? {
            "crate" => {
                at.clear();
                segments.remove(0);
            }
            "self" => drop(segments.remove(0)),
            "super" => {
                while segments.first() == Some(&"super") {
                    at.pop();
                    segments.remove(0);
                }
            }
            child => drop(self.modules.get(&format!("{module}::{child}"))?),
        }
        Some(at.into_iter().chain(segments).map(str::to_owned).collect())
    }

    /// The module whose file defines what stands at a path, however many hand it on.
    fn file(&self, path: Vec<String>, depth: usize) -> Option<String> {
        let end = (1..=path.len())
            .rev()
            .find(|&end| self.modules.contains_key(&path[..end].join("::")))?;
        let module = path[..end].join("::");
        let handed_on = path.get(end).and_then(|name| self.names[&module].get(name));
        match handed_on {
            Some(whence) if depth < 8 => {
                let rest = &path[end + 1..];
                self.file([whence, rest].concat(), depth + 1)
            }
            _ => Some(module),
        }
    }
}

/// The paths of all imports, lists taken apart.
fn uses(code: &str) -> Vec<String> {
    let imports = words(code, "use ").filter_map(|rest| rest["use ".len()..].split(';').next());
    imports
        .flat_map(|import| expanded(&import.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect()
}

/// The paths that begin with `crate` or `super`.
fn paths(code: &str) -> impl Iterator<Item = String> + '_ {
    let begins = ["crate::", "super::"].into_iter().flat_map(|begin| words(code, begin));
    begins.map(|rest| {
        let end = rest.find(|letter: char| !is_in_name(letter) && letter != ':');
        rest[..end.unwrap_or(rest.len())].trim_end_matches(':').to_owned()
    })
}

/// The code from each place on where it begins with a word that isn't the end of another or of a path.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    let places = code.match_indices(word).map(|(at, _)| code.split_at(at));
    places
        .filter(|(before, _)| !before.ends_with(|letter: char| is_in_name(letter) || letter == ':'))
        .map(|(_, rest)| rest)
}

fn is_in_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d` and `a::c::e`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((begin, rest)) = tree.split_once('{') else {
        return vec![tree.trim().to_owned()];
    };
    let list = &rest[..rest.rfind('}').unwrap_or(rest.len())];
    let mut depth = 0;
    let items = list.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    let items = items.map(str::trim).filter(|item| !item.is_empty());
    items
        .flat_map(expanded)
        .map(|item| format!("{}{item}", begin.trim()))
        .collect()
}
