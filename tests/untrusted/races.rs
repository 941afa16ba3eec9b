//! A folder of the corpus that somebody swaps for a link while the program writes. Each race runs for moments; where the
//! swap falls exactly is tested beside the code.

use crate::untrusted::support::{Home, OWN, document};
use std::os::unix::fs::symlink;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Swaps a folder for a link and back, again and again, while something is done.
fn meanwhile(folder: &Path, link: &Path, work: impl FnOnce()) {
    let aside = link.with_extension("aside");
    let done = AtomicBool::new(false);
    let made = tempfile::tempdir_in(link.parent().unwrap()).unwrap();
    let count = AtomicUsize::new(0);
    // What the program has made meanwhile in the place of the folder goes.
    let put = |from: &Path, to: &Path| {
        while std::fs::rename(from, to).is_err() {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let _ = std::fs::rename(to, made.path().join(number.to_string()));
        }
    };
    let swap = || {
        while !done.load(Ordering::SeqCst) {
            // The folder is away for as long as the link is in its place.
            for (from, to) in [(folder, &*aside), (link, folder), (folder, link), (&*aside, folder)] {
                put(from, to);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(swap);
        let worked = catch_unwind(AssertUnwindSafe(work));
        // Whatever came of it, the swapping ends.
        done.store(true, Ordering::SeqCst);
        worked.unwrap_or_else(|panic| resume_unwind(panic));
    });
}

#[test]
fn nothing_is_written_where_a_folder_is_swapped_for_a_link() {
    let home = Home::new();
    let own = home.desk.path(OWN);
    home.desk.write("来源.csv", "甲,乙\n");
    home.desk
        .write("来.html", "<h1>关于来源的调研报告</h1><p>正文一句话。</p>");
    let link = home.desk.path("link");
    for folder in ["报告", "调研报告", "附件"] {
        let place = home.desk.path("corpus").join(folder);
        std::fs::create_dir_all(&place).unwrap();
        symlink(&own, &link).unwrap();
        meanwhile(&place, &link, || {
            for round in 0..3 {
                let adopt = ["adopt", "报告/甲", "--form", "人大决议", "--level", "county"];
                let rest = ["--authority", "某县人大常委会", "--effect", "issued", "--date"];
                let day = format!("2025-12-{:02}", round + 1);
                home.run(&[&adopt[..], &rest, &[day.as_str()]].concat(), folder);
                home.run(&["undo"], folder);
                home.run(&["new", "report", &format!("关于事项{round}的调研报告")], folder);
                home.desk.write("来源.csv", format!("甲,{round}\n"));
                home.run(&["import", "来源.csv", "来.html"], folder);
            }
        });
        std::fs::remove_file(&link).unwrap();
    }
    assert!(
        home.desk
            .read("corpus/报告/甲.md")
            .starts_with(&document("甲", "")[..20])
    );
}
