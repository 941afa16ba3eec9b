//! What was read of files, so that a process that runs again reads only those that look different.

use crate::cache::Step;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How a file looks from outside: what changes when it is written, as a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    /// Bytes.
    pub size: u64,
    pub(super) modified: Option<SystemTime>,
}

impl From<&Metadata> for Look {
    fn from(data: &Metadata) -> Self {
        Self {
            size: data.len(),
            modified: data.modified().ok(),
        }
    }
}

/// What was made of files, by their paths: in the last run, and in this one.
///
/// A file may be written without looking different, by who restores its date. So the watcher of the folder says
/// which files were written, by [`Readings::forget`]; for those that nobody reports, their look has to do.
pub(crate) struct Readings<T>(Step<(PathBuf, Look), T>);

impl<T> Default for Readings<T> {
    fn default() -> Self {
        Self(Step::default())
    }
}

impl<T: Clone> Readings<T> {
    /// For a process that will run again; the default remembers nothing.
    pub(crate) fn keeping() -> Self {
        Self(Step::keeping())
    }

    /// What is made of a file that looked so before it was read: as the last run has it, or made now.
    pub(crate) fn get(&self, path: &Path, look: Look, make: impl FnOnce() -> T) -> T {
        self.0.get(|| (path.to_owned(), look), make)
    }

    /// A run is done: what it didn't ask for is forgotten.
    pub(crate) fn settle(&mut self) {
        self.0.settle();
    }

    /// Something was written at a path or below it.
    pub(crate) fn forget(&mut self, path: &Path) {
        self.0.forget(|(known, _)| known.starts_with(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    /// A folder with two files, and how often they were read.
    struct Desk(tempfile::TempDir, Readings<String>);

    impl Desk {
        fn new() -> Self {
            let desk = Desk(tempfile::tempdir().unwrap(), Readings::keeping());
            fs::create_dir(desk.0.path().join("a")).unwrap();
            desk.write("a/1", "one");
            desk.write("2", "two");
            desk
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.0.path().join(name), text).unwrap();
        }

        /// Reads both: what they hold, and the names of those that were read indeed.
        fn run(&mut self) -> (Vec<String>, Vec<&'static str>) {
            let mut read = Vec::new();
            let held = ["a/1", "2"].map(|name| {
                let path = self.0.path().join(name);
                let look = Look::from(&fs::metadata(&path).unwrap());
                self.1.get(&path, look, || {
                    read.push(name);
                    fs::read_to_string(&path).unwrap()
                })
            });
            self.1.settle();
            (held.into(), read)
        }
    }

    #[test]
    fn only_a_file_that_looks_different_is_read_again() {
        let mut desk = Desk::new();
        assert_eq!(desk.run().1, ["a/1", "2"]);
        assert_eq!(desk.run().1, [""; 0]);
        desk.write("2", "two and more");
        assert_eq!(
            desk.run(),
            (vec!["one".to_owned(), "two and more".to_owned()], vec!["2"])
        );
        assert_eq!(desk.run().1, [""; 0]);
    }

    #[test]
    fn a_file_that_was_written_and_looks_the_same_is_read_again_when_that_is_told() {
        let mut desk = Desk::new();
        let path = desk.0.path().join("a/1");
        let mut rewritten = |told: &dyn Fn(&Desk) -> PathBuf| {
            desk.write("a/1", "one");
            desk.run();
            let date = fs::metadata(&path).unwrap().modified().unwrap();
            desk.write("a/1", "eno");
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(date).unwrap();
            let told = told(&desk);
            desk.1.forget(&told);
            desk.run()
        };
        let again = (vec!["eno".to_owned(), "two".to_owned()], vec!["a/1"]);
        assert_eq!(rewritten(&|desk| desk.0.path().join("a/1")), again);
        assert_eq!(
            rewritten(&|desk| desk.0.path().join("a")),
            again,
            "a folder was written"
        );
        assert_eq!(rewritten(&|desk| desk.0.path().join("2")).1, ["2"]);
    }

    #[test]
    fn a_run_of_its_own_remembers_nothing() {
        let mut desk = Desk::new();
        desk.1 = Readings::default();
        assert_eq!(desk.run().1, ["a/1", "2"]);
        assert_eq!(desk.run().1, ["a/1", "2"]);
    }
}
