//! Corpora whose settings, templates and files lead elsewhere.

use crate::untrusted::support::{Home, OWN, said};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

const SETTINGS: [&str; 5] = [
    "jianyan.yaml",
    "people.yaml",
    "synonyms.yaml",
    "scores.yaml",
    "templates/list.html",
];

/// No file of the site holds a word.
fn is_nowhere(home: &Home, word: &str, why: &str) {
    let files = walkdir::WalkDir::new(home.desk.path("site")).into_iter().flatten();
    for file in files.filter(|file| file.file_type().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap();
        let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
        assert!(!found, "{why}: {}", file.path().display());
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn settings_and_templates_come_from_inside_the_corpus() {
    for file in SETTINGS {
        let home = Home::new();
        let secret = home.desk.path(OWN).join("secret.yaml");
        let link = home.desk.path("corpus").join(file);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(&secret, &link).unwrap();
        let output = home.run(&["build"], file);
        assert_eq!(output.status.code(), Some(1), "{file}: {}", said(&output));
        assert!(
            said(&output).contains("link-outside") && said(&output).contains(file),
            "{file}: {}",
            said(&output)
        );
        is_nowhere(&home, "own secret.yaml", file);
    }
}

#[test]
fn a_folder_of_templates_elsewhere_is_not_even_listed() {
    let home = Home::new();
    home.desk.write("elsewhere/list.html", "from elsewhere");
    symlink(home.desk.path("elsewhere"), home.desk.path("corpus/templates")).unwrap();
    let output = home.run(&["build"], "templates");
    assert!(
        said(&output).contains("link-outside") && !said(&output).contains("list.html"),
        "{}",
        said(&output)
    );
    is_nowhere(&home, "from elsewhere", "templates");
}

#[test]
fn settings_may_be_links_to_a_place_inside() {
    let home = Home::new();
    home.desk.write("corpus/设置/站点.yaml", "title: 从里面来\n");
    symlink("设置/站点.yaml", home.desk.path("corpus/jianyan.yaml")).unwrap();
    assert_eq!(home.run(&["build"], "a link inside").status.code(), Some(0));
    assert!(home.desk.read("site/index.html").contains("从里面来"));
}

#[test]
fn a_link_in_the_corpus_is_no_further_corpus() {
    let home = Home::new();
    symlink(home.desk.path(OWN), home.desk.path("corpus/汇集")).unwrap();
    home.desk
        .write("corpus/jianyan.yaml", "corpora:\n  - path: 汇集\n    prefix: 一\n");
    let output = home.run(&["check"], "a link to a folder of somebody's");
    assert!(said(&output).contains("jianyan.yaml:2"), "{}", said(&output));
    home.run(&["build"], "a link to a folder of somebody's");
    assert!(!home.desk.path("site/一").exists());
}

#[test]
fn pipes_devices_and_folders_are_no_files() {
    for file in SETTINGS.into_iter().chain(["管道.md", "管道.txt"]) {
        let home = Home::new();
        let path = home.desk.path("corpus").join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        pipe(&path);
        let output = home.run(&["check"], file);
        assert!(said(&output).contains("not-a-file"), "{file}: {}", said(&output));
        assert!(said(&output).contains(file), "{file}: {}", said(&output));
        std::fs::remove_file(&path).unwrap();
        symlink("/dev/zero", &path).unwrap();
        let output = home.run(&["check"], file);
        assert!(said(&output).contains("link-outside"), "{file}: {}", said(&output));
    }
}

#[test]
fn a_dangling_link_among_the_settings_is_named() {
    let home = Home::new();
    symlink("none.yaml", home.desk.path("corpus/jianyan.yaml")).unwrap();
    let output = home.run(&["check"], "dangling");
    assert!(said(&output).contains("link-broken"), "{}", said(&output));
}

fn git(home: &Home, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(home.desk.path("corpus"))
        .args([
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@x",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn check_changed_runs_no_program_that_the_corpus_names() {
    let home = Home::new();
    home.desk.write("corpus/.gitattributes", "*.md filter=evil diff=evil\n");
    git(&home, &["init", "-q"]);
    git(&home, &["add", "."]);
    git(&home, &["commit", "-qm", "x"]);
    let program = home.desk.path("evil");
    home.desk
        .write("evil", "#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\ncat\n");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    for key in [
        "core.fsmonitor",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.askPass",
        "credential.helper",
        "gpg.program",
        "uploadpack.packObjectsHook",
    ] {
        git(&home, &["config", key, program]);
    }
    home.desk
        .write("corpus/.git/hooks/post-index-change", std::fs::read(program).unwrap());
    let hook = home.desk.path("corpus/.git/hooks/post-index-change");
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    // Another text of the same length, so that git must look into the file.
    let text = home.desk.read("corpus/报告/甲.md");
    home.desk.write("corpus/报告/甲.md", text.replace("正文", "原文"));
    home.desk.write(
        "corpus/报告/丙.md",
        super::support::document("丙", "新来的。[无](无.md)"),
    );
    let output = home.run(&["check", "--changed"], "git");
    assert!(
        !home.desk.path("ran").exists(),
        "a program of the corpus ran: {}",
        said(&output)
    );
    assert!(said(&output).contains("丙.md"), "{}", said(&output));
    // A name in the index is not looked up, for which git would ask the monitor.
    let output = home.run(&["check", "--changed=:报告/甲.md"], "git");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("--changed=HEAD~1"), "{}", said(&output));
    assert!(!home.desk.path("ran").exists(), "a program of the corpus ran");
}

#[test]
fn check_changed_does_not_wait_for_pipes() {
    for name in [".git/config", ".git/packed-refs", ".git/index", ".gitattributes"] {
        let home = Home::new();
        git(&home, &["init", "-q"]);
        git(&home, &["add", "."]);
        git(&home, &["commit", "-qm", "x"]);
        let path = home.desk.path(&format!("corpus/{name}"));
        let _ = std::fs::remove_file(&path);
        pipe(&path);
        let output = home.run(&["check", "--changed"], name);
        assert_eq!(output.status.code(), Some(3), "{name}: {}", said(&output));
        assert!(said(&output).contains(name), "{name}: {}", said(&output));
    }
}

#[test]
fn an_index_of_two_parts_is_compared() {
    let home = Home::new();
    git(&home, &["init", "-q"]);
    git(&home, &["add", "."]);
    git(&home, &["commit", "-qm", "x"]);
    git(&home, &["update-index", "--split-index"]);
    let other = home.desk.path("corpus/.git/sharedindex.00");
    std::fs::File::create(&other).unwrap().set_len(1 << 30).unwrap();
    home.desk
        .write("corpus/报告/丙.md", super::support::document("丙", "[无](无.md)"));
    let output = home.run(&["check", "--changed"], "split");
    assert!(said(&output).contains("丙.md"), "{}", said(&output));
    assert!(!said(&output).contains("甲.md"), "{}", said(&output));
}
