//! What authors have written for them: new files, and entries into the front matter of old ones.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A working folder with a corpus.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(desk.0.path().join("corpus")).unwrap();
        desk
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join("corpus").join(file)
    }

    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn read(&self, file: &str) -> String {
        String::from_utf8(std::fs::read(self.path(file)).unwrap()).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .current_dir(self.0.path())
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL")
            .args(["--now", "2026-11-20"])
            .args(arguments)
            .output()
            .unwrap()
    }

    /// Runs and expects an exit code; gives standard output and standard error.
    fn expect(&self, code: i32, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}{}", said.0, said.1);
        said
    }

    /// Codes of what `check` finds, with their severity.
    fn findings(&self) -> Vec<(String, String)> {
        let report: Value = serde_json::from_slice(&self.run(&["check", "--format", "json"]).stdout).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let all = report["diagnostics"].as_array().unwrap().iter();
        all.map(|finding| (text(&finding["severity"]), text(&finding["code"])))
            .collect()
    }

    /// All pages of the built site, as one text.
    fn pages(&self) -> String {
        self.expect(0, &["build", "-q"]);
        walkdir::WalkDir::new(self.0.path().join("site"))
            .into_iter()
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))
            .map(|entry| std::fs::read_to_string(entry.path()).unwrap())
            .collect()
    }
}

/// Name of the only file in a folder of the corpus.
fn only_file(folder: &Path) -> String {
    let names: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    assert_eq!(names.len(), 1);
    names[0].file_name().into_string().unwrap()
}

#[test]
fn a_new_file_of_each_kind_builds_and_check_asks_for_nothing_but_content() {
    let desk = Desk::new();
    desk.write("jianyan.yaml", "unit: 某县人民检察院\n");
    for (kind, folder, heading) in [
        ("report", "调研报告", "四、对策建议"),
        ("案例", "案例", "检察机关履职过程"),
        ("检察建议", "检察建议", "五、异议期限"),
        ("topic", "项目（课题）", "预期成果"),
    ] {
        let title = format!("关于“{folder}”: 一 # 二/三?");
        let (path, _) = desk.expect(0, &["new", kind, &title]);
        let name = only_file(&desk.path(folder));
        assert!(path.trim_end().ends_with(&name));
        assert!(
            name.starts_with("2026-11-20-关于“") && !name.contains(['/', ':', '?', '#', '"']),
            "{name}"
        );
        assert!(desk.read(&format!("{folder}/{name}")).contains(heading));
    }
    for finding in desk.findings() {
        assert_eq!(finding, ("note".into(), "missing-summary".into()));
    }
    let pages = desk.pages();
    for word in [
        "关于“案例”: 一 # 二/三?",
        "五、异议期限",
        "某县人民检察院",
        "2026-11-20",
    ] {
        assert!(
            pages.contains(word) || pages.contains(&word.replace('/', "&#x2f;")),
            "{word}"
        );
    }
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let desk = Desk::new();
    desk.expect(0, &["new", "report", "Survey 一", "--date", "2024年3月5日"]);
    let name = "调研报告/2024-03-05-Survey-一.md";
    desk.write(name, "我的文字");
    let (_, said) = desk.expect(2, &["new", "report", "SURVEY 一", "--date", "2024-03-05"]);
    assert!(said.contains("不会覆盖"), "{said}");
    assert_eq!(desk.read(name), "我的文字");
    assert_eq!(only_file(&desk.path("调研报告")), "2024-03-05-Survey-一.md");
}

#[test]
fn what_can_not_be_is_refused_with_the_allowed_values() {
    let desk = Desk::new();
    let (_, said) = desk.expect(2, &["new", "reprot", "题目"]);
    assert!(said.contains("report"), "{said}");
    desk.expect(2, &["new", "report", "?!"]);
    desk.expect(2, &["new", "report", "题目", "--date", "2024-13-05"]);
    assert!(std::fs::read_dir(desk.path("")).unwrap().next().is_none());
}
