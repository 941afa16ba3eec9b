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

#[cfg(unix)]
#[test]
fn told_to_end_at_any_moment_it_leaves_nothing_and_complains_of_nothing() {
    use std::time::{Duration, Instant};
    let root = tempfile::tempdir().unwrap();
    let (corpus, all) = (root.path().join("corpus"), root.path().join("temporary"));
    for folder in [&corpus, &all] {
        std::fs::create_dir(folder).unwrap();
    }
    for number in 0..40 {
        let document =
            format!("---\nkind: report\ntitle: 河道{number}\ndate: 2024-03-05\nsummary: 摘要。\n---\n\n正文。\n");
        std::fs::write(corpus.join(format!("{number}.md")), document).unwrap();
    }
    for pause in [0, 0, 0, 3, 10, 30, 60, 100, 200, 400] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .env("TMPDIR", &all)
            .args(["--now", "2024-06-01", "--corpus"])
            .arg(&corpus);
        command.args(["serve", "--port", "0"]);
        let piped = command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped());
        let preview = piped.spawn().unwrap();
        let started = Instant::now();
        while folders(&all).is_empty() {
            assert!(started.elapsed() < Duration::from_secs(60));
        }
        std::thread::sleep(Duration::from_millis(pause));
        let told = Command::new("kill")
            .args(["-s", "TERM", &preview.id().to_string()])
            .status();
        assert!(told.unwrap().success());
        let output = preview.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{pause}: {said}");
        let complains = said
            .lines()
            .any(|line| line.starts_with("错误：") || line.starts_with("error:"));
        assert!(!complains, "{pause}: {said}");
        assert_eq!(std::fs::read_dir(&all).unwrap().count(), 0, "{pause}");
    }
}
