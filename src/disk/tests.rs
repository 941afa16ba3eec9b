use super::*;
use crate::disk::{Inside, Maker, refused, write_named};
use std::fs;

fn desk() -> (tempfile::TempDir, Folder) {
    let desk = tempfile::tempdir().unwrap();
    fs::create_dir_all(desk.path().join("out/a/b")).unwrap();
    fs::write(desk.path().join("out/a/b/file"), "ours").unwrap();
    let folder = Folder::open(&desk.path().join("out")).unwrap();
    (desk, folder)
}

fn found<T: std::fmt::Debug>(outcome: io::Result<T>) -> Found {
    let error = outcome.unwrap_err();
    refused(&error)
        .unwrap_or_else(|| panic!("not refused but failed: {error}"))
        .found
}

#[test]
fn a_file_is_written_read_moved_and_removed_below_the_folder() {
    let (_desk, folder) = desk();
    folder.make("c/d").unwrap();
    folder.put("c/d/x", b"one").unwrap();
    folder.put("c/d/x", b"two").unwrap();
    assert_eq!(folder.read("c/d/x").unwrap(), b"two");
    assert_eq!(folder.size("c/d/x").unwrap(), Some(3));
    assert_eq!(folder.size("c/none/x").unwrap(), None);
    folder.rename("c/d/x", &folder.sub("a").unwrap(), "y").unwrap();
    assert_eq!(folder.read("a/y").unwrap(), b"two");
    folder.remove_file("a/y").unwrap();
    folder.remove_dir_all("a").unwrap();
    folder.remove_dir_all("a").unwrap();
    assert_eq!(folder.names().unwrap(), ["c"]);
    assert!(folder.write_new("c/z", b"").is_ok() && folder.write_new("c/z", b"").is_err());
}

#[test]
fn a_path_that_leads_out_is_refused() {
    let (desk, folder) = desk();
    fs::write(desk.path().join("own"), "own").unwrap();
    let absolute = desk.path().join("own");
    for path in ["../own", "a/../../own", "..", "", ".", absolute.to_str().unwrap()] {
        assert_eq!(found(folder.read(path)), Found::Outside, "{path}");
        assert_eq!(found(folder.put(path, b"x")), Found::Outside, "{path}");
        assert_eq!(found(folder.remove_file(path)), Found::Outside, "{path}");
    }
    assert_eq!(fs::read(&absolute).unwrap(), b"own");
}

#[test]
fn what_a_killed_run_left_half_written_is_swept_and_nothing_else() {
    let (desk, folder) = desk();
    let digits = "0".repeat(32);
    let (output, author) = (format!(".new-{digits}"), format!(".jianyan-{digits}"));
    let others = [
        ".jianyan-12-0.tmp",
        ".jianyan.lock",
        ".new",
        ".new-0123",
        "new-page.html",
    ];
    for name in [output.as_str(), author.as_str()].iter().chain(&others) {
        fs::write(desk.path().join("out").join(name), "x").unwrap();
    }
    folder.sweep(Maker::Output).unwrap();
    assert!(folder.size(&output).unwrap().is_none() && folder.size(&author).unwrap().is_some());
    folder.sweep(Maker::Author).unwrap();
    let left: Vec<_> = folder.names().unwrap().into_iter().filter(|name| name != "a").collect();
    assert_eq!(left, others);
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn no_component_of_a_path_may_be_a_link() {
        let (desk, folder) = desk();
        let outside = desk.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("file"), "own").unwrap();
        symlink(&outside, desk.path().join("out/dir")).unwrap();
        symlink(outside.join("file"), desk.path().join("out/file")).unwrap();
        symlink("a", desk.path().join("out/inner")).unwrap();
        symlink(outside.join("gone"), desk.path().join("out/gone")).unwrap();
        for path in ["dir/file", "file", "inner/b/file", "gone"] {
            assert_eq!(found(folder.read(path)), Found::Link, "{path}");
            assert_eq!(found(folder.size(path)), Found::Link, "{path}");
            assert_eq!(found(folder.put(path, b"x")), Found::Link, "{path}");
            assert_eq!(found(folder.remove_file(path)), Found::Link, "{path}");
            assert_eq!(found(folder.rename("a/b/file", &folder, path)), Found::Link, "{path}");
        }
        assert!(folder.write_new("gone", b"x").is_err() && folder.write_new("file", b"x").is_err());
        assert_eq!(found(folder.open_lock("file")), Found::Link);
        assert_eq!(found(folder.make("dir/new")), Found::Link);
        assert_eq!(found(folder.remove_dir_all("dir")), Found::Link);
        assert_eq!(found(folder.rename("dir/file", &folder, "x")), Found::Link);
        let left: Vec<_> = fs::read_dir(&outside)
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        assert_eq!(left, ["file"]);
        assert_eq!(fs::read(outside.join("file")).unwrap(), b"own");
        // What a removed folder links to stays.
        symlink(&outside, desk.path().join("out/a/b/dir")).unwrap();
        folder.remove_dir_all("a").unwrap();
        assert!(outside.join("file").exists());
    }

    #[test]
    fn the_last_component_of_the_folders_own_path_may_not_be_a_link() {
        let (desk, _) = desk();
        symlink(desk.path().join("out"), desk.path().join("link")).unwrap();
        assert_eq!(found(Folder::open(&desk.path().join("link"))), Found::Link);
        assert_eq!(found(Folder::create(&desk.path().join("link"))), Found::Link);
        assert!(
            Folder::create(&desk.path().join("link/a")).is_ok(),
            "how a machine is laid out is its owner's affair"
        );
    }

    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        let (desk, folder) = desk();
        let pipe = desk.path().join("out/pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        assert_eq!(found(folder.read("pipe")), Found::NoFile);
        assert_eq!(found(folder.open_lock("pipe")), Found::NoFile);
        assert_eq!(found(folder.put("pipe", b"x")), Found::NoFile);
        assert_eq!(found(folder.size("a")), Found::NoFile);
        assert_eq!(
            found(Inside::of(&desk.path().join("out")).unwrap().read("pipe")),
            Found::NoFile
        );
        assert_eq!(found(write_named(&pipe, b"x")), Found::NoFile);
    }

    #[test]
    fn reading_follows_a_link_to_a_place_inside_and_no_other() {
        let (desk, _) = desk();
        let out = desk.path().join("out");
        fs::write(desk.path().join("secret"), "own").unwrap();
        symlink("a/b/file", out.join("relative")).unwrap();
        symlink(out.join("a"), out.join("absolute")).unwrap();
        symlink("../secret", out.join("secret")).unwrap();
        symlink("..", out.join("a/up")).unwrap();
        symlink("/dev/zero", out.join("zero")).unwrap();
        let inside = Inside::of(&out).unwrap();
        assert_eq!(inside.read("relative").unwrap(), b"ours");
        assert_eq!(inside.read("absolute/b/file").unwrap(), b"ours");
        assert_eq!(inside.read("a/up/a/b/file").unwrap(), b"ours");
        assert_eq!(found(inside.read("secret")), Found::Outside);
        assert_eq!(found(inside.read("a/up/../secret")), Found::Outside);
        assert_eq!(found(inside.read("zero")), Found::Outside);
    }

    #[test]
    fn a_named_file_is_replaced_and_never_written_through_a_link() {
        let (desk, _) = desk();
        fs::write(desk.path().join("own"), "own").unwrap();
        symlink("own", desk.path().join("table.csv")).unwrap();
        assert_eq!(found(write_named(&desk.path().join("table.csv"), b"x")), Found::Link);
        assert_eq!(fs::read(desk.path().join("own")).unwrap(), b"own");
        write_named(&desk.path().join("own"), b"new").unwrap();
        assert_eq!(fs::read(desk.path().join("own")).unwrap(), b"new");
    }
}
