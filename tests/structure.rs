//! The layout shows the way of the data: a module depends only on those that stand before it in
//! `src/lib.rs`, its files import each other in no circle, and only the command line prints, exits or reads the clock.

mod imports;

use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules of `lib.rs`, in order.
fn modules() -> Vec<String> {
    let lib = std::fs::read_to_string(source().join("lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.split(';').next().map(str::to_owned))
        .collect()
}

/// Every Rust file with the module that it belongs to; test files are left out.
fn files() -> Vec<(String, PathBuf, String)> {
    walkdir::WalkDir::new(source())
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .filter(|entry| {
            !entry
                .path()
                .components()
                .any(|part| part.as_os_str().to_string_lossy().starts_with("tests"))
        })
        .filter_map(|entry| {
            let relative = entry.path().strip_prefix(source()).unwrap();
            let module = relative
                .components()
                .next()?
                .as_os_str()
                .to_str()?
                .trim_end_matches(".rs")
                .to_owned();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let code = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default()
                .to_owned();
            Some((module, entry.path().to_owned(), code))
        })
        .collect()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[test]
fn modules_depend_only_on_those_before_them() {
    let order = modules();
    assert!(order.len() > 15);
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for (module, path, code) in files() {
        let Some(own) = place(&module) else { continue };
        for line in code.lines().filter(|line| !is_comment(line)) {
            for part in line.split("crate::").skip(1) {
                let inner = part
                    .strip_prefix('{')
                    .map_or(part, |list| list.trim_end_matches(['}', ';']));
                let names = if part.starts_with('{') {
                    inner.split(',').collect()
                } else {
                    vec![inner]
                };
                for name in names {
                    let name: String = name
                        .trim()
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    if place(&name).is_some_and(|other| other > own) {
                        wrong.push(format!("{}: {module} uses {name}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_command_line_prints_exits_and_reads_the_clock() {
    let forbidden = [
        "println!",
        "eprintln!",
        "process::exit",
        "SystemTime::now",
        "ZonedDateTime::now",
        "Timestamp::now",
    ];
    let mut wrong = Vec::new();
    for (module, path, code) in files() {
        if matches!(module.as_str(), "cli" | "main") {
            continue;
        }
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            if forbidden.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_file_alone_writes_to_the_terminal() {
    let printing = [
        "print!(",
        "println!(",
        "stdout().write",
        "stderr().write",
        "stdout().lock",
        "stderr().lock",
    ];
    let mut wrong = Vec::new();
    for (_, path, code) in files()
        .into_iter()
        .filter(|(_, path, _)| !path.ends_with("cli/terminal.rs"))
    {
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            // A stream goes through the border as a writer.
            let escaped = line.contains("Escaped::new");
            if !escaped && printing.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_read_in_one_sitting() {
    let long: Vec<String> = files()
        .into_iter()
        .map(|(_, path, code)| (path, code.lines().count()))
        .filter(|(_, lines)| *lines > 500)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn scripts_and_styles_were_shrunk_since_they_changed() {
    let assets = source().join("assets");
    let hash = |path: PathBuf| format!("{:08x}", crc32fast::hash(&std::fs::read(path).unwrap()));
    let mut lines = String::new();
    for (folder, ending) in [("client", "js"), ("styles", "css")] {
        let mut names: Vec<String> = std::fs::read_dir(assets.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(ending))
            .collect();
        names.sort();
        for name in names {
            let [of_source, of_shrunk] = ["", "shrunk"].map(|place| hash(assets.join(place).join(folder).join(&name)));
            lines += &format!("{of_source} {of_shrunk} {folder}/{name}\n");
        }
    }
    let said = std::fs::read_to_string(assets.join("shrunk/sources")).unwrap();
    assert!(
        said == lines,
        "run scripts/shrink: src/assets/shrunk is not of the scripts and styles that stand there"
    );
}
