use super::*;
use crate::disk::Folder;

fn write(root: &Path, generation: &str, files: &[(&str, &str)]) -> Summary {
    let folder = SiteFolder::open(root, Audience::Internal).unwrap();
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
    assert_eq!(
        read(root, "search/x/p0.js").as_deref(),
        Some("old"),
        "the same generation again retires nothing"
    );
    write(root, "3", &[("search/z/p0.js", "newer"), (POINTER, "3")]);
    assert_eq!(read(root, "search/x/p0.js"), None);
    assert_eq!(read(root, "search/y/p0.js").as_deref(), Some("new"));
}

#[test]
fn foreign_folders_and_files_are_left_alone() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("thesis.doc"), "mine").unwrap();
    assert!(matches!(
        SiteFolder::open(root.path(), Audience::Internal),
        Err(OutputError::Foreign(_))
    ));
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
        matches!(SiteFolder::open(root.path(), Audience::Public), Err(OutputError::OtherAudience(_, found)) if found == "internal")
    );
}

#[test]
fn a_second_build_at_once_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let _first = SiteFolder::open(root.path(), Audience::Internal).unwrap();
    assert!(matches!(
        SiteFolder::open(root.path(), Audience::Internal),
        Err(OutputError::Busy(_))
    ));
}

#[test]
fn what_a_killed_run_decided_is_carried_out_by_the_next() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root, "1", &[("a.html", "old"), ("gone.html", "x")]);
    let state = root.join(".jianyan");
    std::fs::write(state.join(journal::staged("a.html")), "new").unwrap();
    let manifest = Manifest {
        generation: "2".into(),
        files: [("a.html".to_owned(), Stamp::of(b"new"))].into(),
        ..Manifest::default()
    };
    Journal {
        moves: vec!["a.html".into(), "already-moved.html".into()],
        removals: vec![("gone.html".into(), Stamp::of(b"x"))],
    }
    .store(
        &Folder::open(&state).unwrap(),
        &manifest::text("2", manifest.files.iter(), &BTreeMap::new()),
    )
    .unwrap();
    let folder = SiteFolder::open(root, Audience::Internal).unwrap();
    assert_eq!(read(root, "a.html").as_deref(), Some("new"));
    assert_eq!(read(root, "gone.html"), None);
    assert_eq!(folder.old, manifest);
}

#[test]
fn what_a_killed_run_had_not_decided_is_thrown_away() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "1", &[("a.html", "old")]);
    std::fs::write(root.path().join(".jianyan/stage/abc"), "half").unwrap();
    SiteFolder::open(root.path(), Audience::Internal).unwrap();
    assert!(!root.path().join(".jianyan/stage/abc").exists());
    assert_eq!(read(root.path(), "a.html").as_deref(), Some("old"));
}
