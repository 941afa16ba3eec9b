//! Output folders that came with a corpus.

use crate::untrusted::support::{Home, OWN, said};
use jianyan::cache::Stamp;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;

/// What a build writes, empties, replaces or removes, and what stands there after one, as far as it isn't named by chance.
const PLACES: [&str; 30] = [
    "site",
    "site/.jianyan",
    "site/.jianyan/lock",
    "site/.jianyan/marker.json",
    "site/.jianyan/marker.new",
    "site/.jianyan/manifest.tsv",
    "site/.jianyan/manifest.next",
    "site/.jianyan/journal.json",
    "site/.jianyan/journal.new",
    "site/.jianyan/stage",
    "site/index.html",
    "site/报告",
    "site/files",
    "site/files/报告",
    "site/files/报告/乙.txt",
    "site/assets",
    "site/search",
    "site/search/current.js",
    "index",
    "index/.jianyan",
    "index/.jianyan/lock",
    "index/.jianyan/marker.json",
    "index/.jianyan/cache",
    "index/.jianyan/cache/pages",
    "index/.jianyan/cache/pages.new",
    "index/.jianyan/cache/bundle",
    "index/.jianyan/cache/blocks",
    "index/.building",
    "index/.building/merged",
    "index/meta.json",
];

fn take_away(path: &Path) {
    if path.is_dir() && !path.is_symlink() {
        std::fs::remove_dir_all(path).unwrap();
    } else if path.symlink_metadata().is_ok() {
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn no_link_leads_a_build_out_of_its_folders() {
    for built in [false, true] {
        for place in PLACES {
            for target in ["p", "keys"] {
                let home = if built { Home::built() } else { Home::new() };
                let why = format!("{place} is a link to {target}, built: {built}");
                let link = home.desk.path(place);
                take_away(&link);
                std::fs::create_dir_all(link.parent().unwrap()).unwrap();
                symlink(home.desk.path(OWN).join(target), &link).unwrap();
                home.desk.write(
                    "corpus/报告/甲.md",
                    super::support::document("改了", "新的正文。[乙](乙.txt)"),
                );
                let output = home.run(&["build"], &why);
                if output.status.code() == Some(3) {
                    let told = said(&output);
                    assert!(
                        told.contains(place) || told.contains("里有不属于 jianyan 的文件"),
                        "{why}: {told}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_link_in_a_relative_path_is_no_way_out_either() {
    let home = Home::new();
    symlink(home.desk.path(OWN), home.desk.path("out")).unwrap();
    for option in ["--site", "--index"] {
        let output = home.run(&[option, "out/new", "build"], option);
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(said(&output).contains("out"), "{}", said(&output));
    }
}

#[test]
fn a_link_among_cached_blocks_is_removed_or_refused_and_not_followed() {
    let home = Home::built();
    let blocks = home.desk.path("index/.jianyan/cache/blocks");
    symlink(home.desk.path(OWN), blocks.join("0123456789abcdef0123456789abcdef")).unwrap();
    home.run(&["build"], "a foreign block");
    for block in std::fs::read_dir(&blocks).unwrap().flatten() {
        take_away(&block.path());
        symlink(home.desk.path(OWN).join("p"), block.path()).unwrap();
    }
    home.run(&["build"], "every block");
}

#[test]
fn a_journal_or_a_manifest_names_nothing_outside_and_nothing_that_is_not_as_it_says() {
    let own = Stamp::of("own keys".as_bytes());
    let stamp = serde_json::to_string(&own).unwrap();
    let (hash, size) = (format!("{:032x}", u128::from_be_bytes(own.hash)), own.size);
    for path in [
        "../own/keys",
        "dir/keys",
        ".jianyan/../../own/keys",
        "mine.doc",
        ".JIANYAN/marker.json",
    ] {
        let home = Home::built();
        symlink(home.desk.path(OWN), home.desk.path("site/dir")).unwrap();
        home.desk.write("site/mine.doc", "somebody's own");
        let state = home.desk.path("site/.jianyan");
        let journals = [
            format!(r#"{{"moves":[],"removals":["{path}"]}}"#),
            format!(r#"{{"moves":[],"removals":[["{path}",{stamp}]]}}"#),
            format!(r#"{{"moves":["{path}"],"removals":[]}}"#),
        ];
        let staged = state.join("stage").join(&blake3::hash(path.as_bytes()).to_hex()[..32]);
        for journal in journals {
            std::fs::create_dir_all(state.join("stage")).unwrap();
            if path != "mine.doc" {
                std::fs::write(&staged, "theirs").unwrap();
            }
            std::fs::write(state.join("journal.json"), &journal).unwrap();
            home.run(&["build"], &journal);
            assert_eq!(home.desk.read("site/mine.doc"), "somebody's own", "{journal}");
            take_away(&state.join("journal.json"));
        }
        for line in [
            format!("{hash}\t{size}\t{path}"),
            format!("-{hash}\t{size}\t{path}"),
            format!("-\t-\t{path}"),
        ] {
            std::fs::write(state.join("manifest.tsv"), format!("generation\tx\n{line}\n")).unwrap();
            home.run(&["build"], &line);
            home.run(&["build"], &line);
            assert_eq!(home.desk.read("site/mine.doc"), "somebody's own", "{line}");
        }
    }
}

#[test]
fn files_that_a_faked_manifest_names_stay_when_they_are_not_what_it_says() {
    let home = Home::new();
    home.desk.write(
        "site/.jianyan/marker.json",
        r#"{"purpose":"site","audience":"internal"}"#,
    );
    let stamp = Stamp::of(b"what the stranger thinks");
    let line = format!("{:032x}\t{}\t论文.doc\n", u128::from_be_bytes(stamp.hash), stamp.size);
    home.desk
        .write("site/.jianyan/manifest.tsv", format!("generation\tx\n{line}"));
    home.desk.write("site/论文.doc", "what somebody wrote here");
    home.desk.write(
        "index/.jianyan/marker.json",
        r#"{"purpose":"index","audience":"internal"}"#,
    );
    home.desk
        .write("index/0123456789abcdef0123456789abcdef.doc", "somebody's own");
    assert_eq!(home.run(&["build"], "a faked marker").status.code(), Some(0));
    assert_eq!(home.desk.read("site/论文.doc"), "what somebody wrote here");
    assert_eq!(
        home.desk.read("index/0123456789abcdef0123456789abcdef.doc"),
        "somebody's own"
    );
}

#[test]
fn a_pipe_a_folder_or_a_device_in_place_of_a_state_file_is_refused_and_not_waited_for() {
    let states = ["lock", "marker.json", "manifest.tsv", "journal.json"];
    for folder in ["site", "index"] {
        for state in states {
            for kind in ["pipe", "folder"] {
                let home = Home::built();
                let path = home.desk.path(&format!("{folder}/.jianyan/{state}"));
                if folder == "index" && !path.exists() {
                    continue;
                }
                take_away(&path);
                match kind {
                    "pipe" => assert!(
                        std::process::Command::new("mkfifo")
                            .arg(&path)
                            .status()
                            .unwrap()
                            .success()
                    ),
                    _ => std::fs::create_dir(&path).unwrap(),
                }
                let why = format!("{folder}/.jianyan/{state} is a {kind}");
                let output = home.run(&["build"], &why);
                assert_eq!(output.status.code(), Some(3), "{why}: {}", said(&output));
                assert!(said(&output).contains(state), "{why}: {}", said(&output));
            }
        }
    }
}

#[test]
fn a_pipe_among_the_files_of_an_index_is_not_waited_for() {
    for file in [".managed.json", "meta.json"] {
        let home = Home::built();
        let path = home.desk.path("index").join(file);
        take_away(&path);
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap()
                .success()
        );
        for args in [&["search", "正文"][..], &["export"], &["build"]] {
            let output = home.run(args, file);
            assert!(output.status.code().is_some(), "{file}: {args:?}: {}", said(&output));
        }
    }
}

#[test]
fn a_marker_alone_makes_nobodys_pages_ours() {
    let home = Home::built();
    take_away(&home.desk.path("site/.jianyan/manifest.tsv"));
    let own = "<!doctype html><p>自己的主页";
    home.desk.write("site/index.html", own);
    let output = home.run(&["build"], "a home page below a marker");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(home.desk.path("site/index.html")).unwrap(), own);
}

#[test]
fn a_lock_is_never_emptied() {
    let home = Home::built();
    for (folder, own) in [("site", "keys"), ("index", "secret.yaml")] {
        let lock = home.desk.path(&format!("{folder}/.jianyan/lock"));
        take_away(&lock);
        std::fs::hard_link(home.desk.path(OWN).join(own), &lock).unwrap();
    }
    assert_eq!(
        home.run(&["build"], "a lock that is a file of somebody's")
            .status
            .code(),
        Some(0)
    );
}

#[test]
fn only_a_zip_that_is_wholly_ours_is_replaced() {
    let home = Home::built();
    home.run(&["build", "--zip", "ours.zip"], "a first zip");
    let ours = std::fs::read(home.desk.path("ours.zip")).unwrap();
    assert_eq!(
        home.run(&["build", "--zip", "ours.zip"], "ours again").status.code(),
        Some(0)
    );

    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    zip.set_comment("jianyan internal 0123456789abcdef").unwrap();
    zip.start_file("论文.doc", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all("多年的心血".as_bytes()).unwrap();
    zip.finish().unwrap();
    let stranger = "多年的心血".repeat(20).into_bytes();
    let (before, behind) = ([&stranger[..], &ours].concat(), [&ours[..], &stranger].concat());
    let mut added = std::io::Cursor::new(ours);
    let mut zip = zip::ZipWriter::new_append(&mut added).unwrap();
    zip.start_file("批注.txt", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all("后来加的".as_bytes()).unwrap();
    zip.finish().unwrap();
    for theirs in [
        bytes.into_inner(),
        added.into_inner(),
        before,
        behind,
        b"PK\x05\x06".to_vec(),
        Vec::new(),
    ] {
        home.desk.write("theirs.zip", &theirs);
        let output = home.run(&["build", "--zip", "theirs.zip"], "a zip of somebody's");
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(std::fs::read(home.desk.path("theirs.zip")).unwrap() == theirs);
    }
    for link in [".ours.zip.new", "link.zip"] {
        symlink(home.desk.path(OWN).join("keys"), home.desk.path(link)).unwrap();
    }
    home.run(&["build", "--zip", "ours.zip"], "a link where the zip was made");
    assert_eq!(
        home.run(&["build", "--zip", "link.zip"], "a link as the zip")
            .status
            .code(),
        Some(3)
    );
}

#[test]
fn what_is_asked_into_a_file_is_never_written_through_a_link() {
    let home = Home::built();
    symlink(home.desk.path(OWN).join("keys"), home.desk.path("out")).unwrap();
    for arguments in [
        &["ledger", "--format", "csv", "--output", "out"][..],
        &["export", "--format", "csv", "--output", "out"],
        &["export", "--format", "ndjson", "--output", "out"],
    ] {
        let output = home.run(arguments, &arguments.join(" "));
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {}", said(&output));
    }
}
