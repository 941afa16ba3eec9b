//! What a preview leaves: nothing, however it is ended; what one left that was killed goes with the next.

use crate::serve::preview::Preview;
use std::path::Path;
use std::process::Command;

/// The folders of previews that are there.
fn folders(all: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("jianyan-preview-")
        })
        .collect()
}

#[cfg(unix)]
fn signal(preview: &Preview, name: &str) {
    let id = preview.served.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn its_folder_is_its_users_alone_and_goes_on_a_signal() {
    use std::os::unix::fs::PermissionsExt;
    for name in ["TERM", "INT", "HUP"] {
        let mut preview = Preview::start();
        let all = preview.temporary();
        let [folder] = folders(&all).try_into().unwrap();
        let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        assert!(folder.join("index").is_dir());
        signal(&preview, name);
        assert!(preview.served.ended().success(), "{name}");
        assert_eq!(std::fs::read_dir(&all).unwrap().count(), 0, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn what_a_killed_one_left_goes_with_the_next_and_what_runs_stays() {
    let mut killed = Preview::start();
    let all = killed.temporary();
    signal(&killed, "KILL");
    assert!(!killed.served.ended().success());
    let left = folders(&all);
    assert_eq!(left.len(), 1, "nobody could remove it");
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .env("TMPDIR", &all)
            .args(["--corpus"])
            .arg(killed.corpus())
            .arg("serve");
        crate::served::Served::start(&mut command)
    };
    let one = start();
    let first = folders(&all);
    assert!(first.len() == 1 && first != left, "{first:?}");
    let other = start();
    assert_eq!(folders(&all).len(), 2, "one that runs keeps its folder");
    drop((one, other));
}
