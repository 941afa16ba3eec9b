use super::*;
use crate::disk::Folder;

fn open(root: &Path) -> Result<SiteFolder, OutputError> {
    SiteFolder::open(root, Audience::Internal, Comparison::Stamps)
}

fn write(root: &Path, generation: &str, files: &[(&str, &str)]) -> Summary {
    let folder = open(root).unwrap();
    for (path, text) in files {
        folder.put(path, text.as_bytes().to_vec()).unwrap();
    }
    folder.commit(generation).unwrap()
}

fn read(root: &Path, path: &str) -> Option<String> {
    std::fs::read_to_string(root.join(path)).ok()
}

#[test]
fn a_second_build_writes_only_what_changed_and_removes_what_went() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root, "1", &[("a/一.html", "1"), ("b.html", "2"), ("assets/x.css", "3")]);
    let summary = write(root, "2", &[("b.html", "2"), ("assets/x.css", "4")]);
    assert_eq!(
        summary,
        Summary {
            written: 1,
            unchanged: 1,
            removed: 1
        }
    );
    assert_eq!(read(root, "a/一.html"), None);
    assert!(!root.join("a").exists());
    assert_eq!(read(root, "assets/x.css").as_deref(), Some("4"));
}

#[test]
fn files_of_the_last_search_generation_stay_one_build_longer() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root, "1", &[("search/x/p0.js", "old"), (POINTER, "1")]);
    write(root, "2", &[("search/y/p0.js", "new"), (POINTER, "2")]);
    assert_eq!(read(root, "search/x/p0.js").as_deref(), Some("old"));
    write(root, "2", &[("search/y/p0.js", "new"), (POINTER, "2")]);
    assert_eq!(read(root, "search/x/p0.js"), None, "the same generation again");
    write(root, "3", &[("search/z/p0.js", "newer"), (POINTER, "3")]);
    assert_eq!(read(root, "search/y/p0.js").as_deref(), Some("new"));
}

#[test]
fn files_of_search_go_with_the_page_whose_text_they_hold() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(
        root,
        "1",
        &[("a.html", "secret"), ("search/x.js", "secret"), (POINTER, "1")],
    );
    write(root, "2", &[("search/y.js", "new"), (POINTER, "2")]);
    assert_eq!(read(root, "search/x.js"), None);
}

#[test]
fn a_file_and_a_folder_change_places() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    for (at, path) in ["files/a", "files/a/b/c.csv", "files/a/b", "files/a"]
        .iter()
        .enumerate()
    {
        write(root, &at.to_string(), &[(path, "text"), ("b.html", "1")]);
        assert_eq!(read(root, path).as_deref(), Some("text"), "{path}");
    }
    // What somebody else put there is in the way, and stays.
    std::fs::remove_file(root.join("files/a")).unwrap();
    std::fs::create_dir(root.join("files/a")).unwrap();
    std::fs::write(root.join("files/a/mine"), "mine").unwrap();
    let folder = open(root).unwrap();
    assert!(folder.put("files/a", b"text".to_vec()).is_err());
    assert_eq!(read(root, "files/a/mine").as_deref(), Some("mine"));
}

#[test]
fn a_file_that_somebody_changed_is_written_again() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root, "1", &[("a.html", "ours")]);
    std::fs::write(root.join("a.html"), "hers").unwrap();
    assert_eq!(write(root, "1", &[("a.html", "ours")]).written, 1);
    assert_eq!(read(root, "a.html").as_deref(), Some("ours"));
    // With the time that it had only a comparison by content sees it.
    let written = std::fs::metadata(root.join("a.html")).unwrap().modified().unwrap();
    std::fs::write(root.join("a.html"), "hers").unwrap();
    let file = std::fs::File::options().write(true).open(root.join("a.html")).unwrap();
    file.set_modified(written - WEEK).unwrap();
    let folder = SiteFolder::open(root, Audience::Internal, Comparison::Contents).unwrap();
    folder.put("a.html", b"ours".to_vec()).unwrap();
    assert_eq!(folder.commit("1").unwrap().written, 1);
}

#[test]
fn without_its_manifest_a_site_keeps_nothing_that_is_gone_and_what_others_put_there() {
    let page =
        |body: &str| format!("<!doctype html>\n<link rel=\"stylesheet\" href=\"../assets/jianyan.css\">\n<p>{body}");
    let secret = page("<a href=\"../files/%E9%99%84/1.csv\">附</a>");
    let stays = page("stays");
    let files = [
        ("a/secret.html", secret.as_str()),
        ("a/secret.json", "{}"),
        ("a/secret.md", "secret"),
        ("a/stays.html", &stays),
        ("files/附/1.csv", "secret"),
        ("search/x.js", "secret"),
        ("data/records-1.json", "{\"jianyan\":\"records\",\"records\":[]}"),
        (POINTER, "1"),
    ];
    let mine = [
        "a/mine.html",
        "a/mine.md",
        "files/mine.csv",
        "data/records-2.json",
        "CNAME",
    ];
    for damage in ["gone", "cut", "nonsense"] {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        write(root, "1", &files);
        mine.iter()
            .for_each(|path| std::fs::write(root.join(path), "mine").unwrap());
        let manifest = root.join(".jianyan").join(manifest::NAME);
        let text = std::fs::read_to_string(&manifest).unwrap();
        match damage {
            "gone" => std::fs::remove_file(&manifest).unwrap(),
            "cut" => std::fs::write(&manifest, text.split_inclusive('\n').take(3).collect::<String>()).unwrap(),
            _ => std::fs::write(&manifest, "nonsense").unwrap(),
        }
        write(root, "1", &[("a/stays.html", &stays), (POINTER, "1")]);
        for (path, _) in files {
            let is_there = ["a/stays.html", POINTER].contains(&path);
            assert_eq!(root.join(path).exists(), is_there, "{damage}: {path}");
        }
        mine.iter()
            .for_each(|path| assert!(root.join(path).exists(), "{damage}: {path}"));
    }
}

#[test]
fn foreign_folders_and_files_are_left_alone() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("thesis.doc"), "mine").unwrap();
    assert!(matches!(open(root.path()), Err(OutputError::Foreign(_))));
    std::fs::remove_file(root.path().join("thesis.doc")).unwrap();
    write(root.path(), "1", &[("a.html", "1")]);
    std::fs::write(root.path().join("thesis.doc"), "mine").unwrap();
    write(root.path(), "2", &[("b.html", "1")]);
    assert_eq!(read(root.path(), "thesis.doc").as_deref(), Some("mine"));
}

#[test]
fn a_folder_keeps_its_audience() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "1", &[("a.html", "1")]);
    assert!(
        matches!(SiteFolder::open(root.path(), Audience::Public, Comparison::Stamps), Err(OutputError::OtherAudience(_, found)) if found == "internal")
    );
}

#[test]
fn a_second_build_at_once_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let _first = open(root.path()).unwrap();
    assert!(matches!(open(root.path()), Err(OutputError::Busy(_))));
}

#[test]
fn what_a_killed_run_decided_is_carried_out_by_the_next() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root, "1", &[("a.html", "old"), ("gone.html", "x")]);
    let state = root.join(".jianyan");
    std::fs::write(state.join(journal::STAGE).join(journal::staged("a.html")), "new").unwrap();
    let manifest = Manifest {
        generation: "2".into(),
        files: [("a.html".to_owned(), Stamp::of(b"new"))].into(),
        ..Manifest::default()
    };
    Journal {
        first: Vec::new(),
        moves: vec!["a.html".into(), "already-moved.html".into()],
        removals: vec![("gone.html".into(), Stamp::of(b"x"))],
    }
    .store(
        &Folder::open(&state).unwrap(),
        &manifest::text("2", manifest.files.iter(), &BTreeMap::new()),
    )
    .unwrap();
    let folder = open(root).unwrap();
    assert_eq!(read(root, "a.html").as_deref(), Some("new"));
    assert_eq!(read(root, "gone.html"), None);
    assert_eq!(folder.old, manifest);
}

#[test]
fn what_a_killed_run_had_not_decided_is_thrown_away() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "1", &[("a.html", "old")]);
    std::fs::write(root.path().join(".jianyan/stage/abc"), "half").unwrap();
    open(root.path()).unwrap();
    assert!(!root.path().join(".jianyan/stage/abc").exists());
    assert_eq!(read(root.path(), "a.html").as_deref(), Some("old"));
}
