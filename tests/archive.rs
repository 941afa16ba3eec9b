//! `build --zip`: one file with the whole site, the same bytes for the same site, for one audience.

use crate::desk;
use crate::folder;

use desk::Desk;
use folder::{Files, files};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output};
use zip::ZipArchive;

const ZIP: &str = "带走/整站.zip";

/// A working folder with two documents, and a folder for the archive.
fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("带走")).unwrap();
    document(&desk, "案例/“二〇二四”年度·甲 乙😀", "河道原文。[图](图.png)");
    document(&desk, "报告/旧", "河道旧文。");
    desk.write("corpus/案例/图.png", b"\x89PNG");
    desk
}

fn document(desk: &Desk, id: &str, body: &str) {
    let front = "kind: report\ntitle: 甲\ndate: 2024-03-05\nsummary: 一句话。";
    desk.write(&format!("corpus/{id}.md"), format!("---\n{front}\n---\n\n{body}\n"));
}

fn build(desk: &Desk, arguments: &[&str], zip: &str) -> Output {
    desk.run(&[arguments, &["build", "--zip", zip]].concat())
}

/// The archive of a build.
fn built(desk: &Desk, zip: &str) -> Vec<u8> {
    desk.expect(0, &["build", "--zip", zip]);
    std::fs::read(desk.path(zip)).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

/// The files of an archive in its order, each with what must hold of every entry.
fn unpacked(zip: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let name = entry.name().unwrap().into_owned();
            assert_eq!(String::from_utf8(entry.name_raw().to_vec()).unwrap(), name, "UTF-8");
            assert_eq!(entry.last_modified(), Some(zip::DateTime::default()), "{name}");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

#[test]
fn it_holds_the_site_and_nothing_else() {
    let desk = desk();
    built(&desk, ZIP);
    // A second build: what the bundle keeps of the first stays in the folder and out of the archive.
    document(&desk, "报告/旧", "河道新文。");
    desk.write("site/我的.txt", "不是站点的");
    built(&desk, ZIP);
    let entries = unpacked(&desk.path(ZIP));
    let names: Vec<&String> = entries.iter().skip(2).map(|(name, _)| name).collect();
    assert!(names.is_sorted() && names.len() > 20);
    let site = files(&desk.path("site"));
    let zip: Files = entries.iter().cloned().collect();
    for (path, bytes) in zip.iter().filter(|(path, _)| *path != ".jianyan/manifest.tsv") {
        assert!(site.get(path) == Some(bytes), "{path}");
    }
    let missing = site.keys().filter(|path| !zip.contains_key(*path));
    let mut retired = 0;
    for path in missing {
        retired += usize::from(path.starts_with("search/"));
        assert!(
            path.starts_with("search/") || [".jianyan/lock", ".jianyan/compared", "我的.txt"].contains(&path.as_str()),
            "{path}"
        );
    }
    assert!(retired > 0, "there was nothing to leave out");
    assert!(zip.keys().any(|path| path.contains("“二〇二四”年度·甲 乙😀.html")));
    // No page names it.
    assert!(
        !zip.values()
            .any(|bytes| bytes.windows(9).any(|part| part == "整站.zip".as_bytes()))
    );
    assert_eq!(files(&desk.path("带走")).len(), 1, "nothing is left aside");
}

/// By the program that people unpack with, where there is one: what is unpacked is a site that is built into again.
#[test]
fn unpacked_it_is_the_folder_and_is_known_as_ours() {
    let desk = desk();
    built(&desk, ZIP);
    let fresh = desk.path("新/站");
    let unzip = Command::new("unzip")
        .arg("-q")
        .arg(desk.path(ZIP))
        .arg("-d")
        .arg(&fresh)
        .env("LC_ALL", "C.UTF-8")
        .output();
    if !unzip.is_ok_and(|output| output.status.success()) {
        for (path, bytes) in unpacked(&desk.path(ZIP)) {
            std::fs::create_dir_all(fresh.join(&path).parent().unwrap()).unwrap();
            std::fs::write(fresh.join(path), bytes).unwrap();
        }
    }
    let mut site = files(&desk.path("site"));
    site.retain(|path, _| ![".jianyan/lock", ".jianyan/compared"].contains(&path.as_str()));
    assert!(files(&fresh) == site);
    let other = build(
        &desk,
        &["--audience", "public", "--site", "新/站", "--index", "又"],
        "又.zip",
    );
    assert_eq!(other.status.code(), Some(3), "{}", said(&other));
    let again = build(&desk, &["--site", "新/站"], ZIP);
    assert!(said(&again).contains("写入 0 个文件"), "{}", said(&again));
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (desk, other) = (desk(), desk());
    let first = built(&desk, ZIP);
    assert!(built(&desk, "又.zip") == first && built(&other, "带走/他.zip") == first);
    // Whatever came before.
    let kept = desk.read("corpus/报告/旧.md");
    document(&desk, "报告/旧", "改了。");
    assert!(built(&desk, ZIP) != first);
    desk.write("corpus/报告/旧.md", kept);
    assert!(built(&desk, ZIP) == first);
    let archive = ZipArchive::new(std::fs::File::open(desk.path(ZIP)).unwrap()).unwrap();
    assert!(archive.comment().starts_with(b"jianyan internal "));
}

#[test]
fn it_takes_the_place_of_nothing_but_its_like() {
    let desk = desk();
    built(&desk, ZIP);
    let internal = std::fs::read(desk.path(ZIP)).unwrap();
    let public = ["--audience", "public", "--site", "公开", "--index", "公开索引"];
    desk.write("论文.zip", "我的");
    let mut foreign = zip::ZipWriter::new(std::fs::File::create(desk.path("别的.zip")).unwrap());
    foreign
        .start_file("a", zip::write::SimpleFileOptions::default())
        .unwrap();
    foreign.write_all(b"1").unwrap();
    foreign.finish().unwrap();
    for (arguments, zip, code) in [
        (&public[..], ZIP, 3),
        (&[], "论文.zip", 3),
        (&[], "别的.zip", 3),
        (&[], "site/a.zip", 2),
        (&[], "corpus/报告/a.zip", 2),
        (&[], "index/a.zip", 2),
        (&[], "没有/a.zip", 3),
    ] {
        let before = files(desk.root());
        let output = build(&desk, arguments, zip);
        assert_eq!(output.status.code(), Some(code), "{zip}: {}", said(&output));
        assert!(!said(&output).contains("panicked"), "{}", said(&output));
        assert!(files(desk.root()) == before, "{zip}: nothing is built");
    }
    assert!(std::fs::read(desk.path(ZIP)).unwrap() == internal);
}

#[test]
fn whatever_fails_the_old_archive_stays_whole() {
    let desk = desk();
    let first = built(&desk, ZIP);
    document(&desk, "报告/新", "河道。");
    for step in 1.. {
        let mut command = desk.command(&["build", "--zip", ZIP]);
        let output = command.env("JIANYAN_FAULT", format!("fail:{step}")).output().unwrap();
        let now = std::fs::read(desk.path(ZIP)).unwrap();
        assert_eq!(files(&desk.path("带走")).len(), 1, "{step}: something is left aside");
        if output.status.success() {
            assert!(now != first && step > 1);
            break;
        }
        assert!(now == first, "{step}");
    }
}

/// The site and what was carried over, each without its state.
fn both(desk: &Desk) -> (Files, Files) {
    (
        folder::without_state(&desk.path("site")),
        folder::without_state(&desk.path("带走/站点")),
    )
}

#[test]
fn a_share_gets_what_has_changed_and_keeps_what_others_put_there() {
    let desk = desk();
    let carry = || desk.expect(0, &["build", "--to", "带走/站点"]).0;
    let said = carry();
    let (site, share) = both(&desk);
    assert_eq!(site.keys().collect::<Vec<_>>(), share.keys().collect::<Vec<_>>());
    assert!(site == share && said.contains("带走/站点"), "{said}");
    let said = carry();
    assert!(said.lines().last().unwrap().contains("写入 0 个文件"), "{said}");

    desk.write("带走/站点/通知.doc", "别人的");
    document(&desk, "报告/旧", "河道新文。");
    std::fs::remove_dir_all(desk.path("corpus/案例")).unwrap();
    carry();
    let (site, mut share) = both(&desk);
    assert_eq!(share.remove("通知.doc").as_deref(), Some("别人的".as_bytes()));
    assert_eq!(site.keys().collect::<Vec<_>>(), share.keys().collect::<Vec<_>>());
    assert!(site == share);

    // A share that lost its manifest is made whole.
    std::fs::remove_file(desk.path("带走/站点/.jianyan/manifest.tsv")).unwrap();
    std::fs::remove_file(desk.path("带走/站点/index.html")).unwrap();
    carry();
    assert!(folder::files(&desk.path("带走/站点")).contains_key("index.html"));
}

#[test]
fn a_share_that_cannot_be_written_is_named_and_the_site_stands() {
    let desk = desk();
    let (_, said) = desk.expect(3, &["build", "--to", "未连接/站点"]);
    assert!(said.contains("未连接/站点"), "{said}");
    assert!(desk.path("site/index.html").is_file() && !desk.path("未连接").exists());

    desk.write("带走/别家/论文.doc", "别人的");
    desk.expect(3, &["build", "--to", "带走/别家"]);
    assert_eq!(folder::files(&desk.path("带走/别家")).len(), 1);
    for place in ["site/内", "index", "corpus/站点", "."] {
        let (_, said) = desk.expect(2, &["build", "--to", place]);
        assert!(said.contains("重叠"), "{place}: {said}");
    }
    desk.expect(0, &["build", "--to", "带走/站点"]);
    let public = ["--audience", "public", "--site", "s", "--index", "i"];
    desk.expect(3, &[&public[..], &["build", "--to", "带走/站点"]].concat());
}
