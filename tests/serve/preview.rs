//! A preview of a corpus with one report, and what is sent to it.

use crate::served::Served;
use serde_json::{Value, json};
use std::process::Command;
use tempfile::TempDir;

pub(super) const REPORT: &str = "---\r\nkind: report\r\ntitle: 河道\r\ndate: 2024-03-05\r\nunit: 某院\r\nsummary: 摘要。\r\n---\r\n\r\n两处采砂点。\r\n";

/// A preview of a corpus with one report.
pub(super) struct Preview {
    pub served: Served,
    pub root: TempDir,
}

/// What came back.
pub(super) struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Preview {
    pub(super) fn start() -> Self {
        Self::start_with(|_| ())
    }

    /// A preview whose working folder was prepared.
    pub(super) fn start_with(prepare: impl FnOnce(&std::path::Path)) -> Self {
        let root = tempfile::tempdir().unwrap();
        let corpus = root.path().join("corpus");
        std::fs::create_dir_all(corpus.join("调研报告")).unwrap();
        std::fs::write(corpus.join("调研报告/a.md"), REPORT).unwrap();
        std::fs::write(root.path().join("outside.md"), "外面的文件\n").unwrap();
        prepare(root.path());
        let temporary = root.path().join("temporary");
        std::fs::create_dir_all(&temporary).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .current_dir(root.path())
            .env("TMPDIR", temporary)
            .args(["--now", "2024-06-01", "--corpus"])
            .arg(&corpus)
            .arg("serve");
        Self {
            served: Served::start(&mut command),
            root,
        }
    }

    /// Where its own folder is, and those of others.
    pub(super) fn temporary(&self) -> std::path::PathBuf {
        self.root.path().join("temporary")
    }

    pub(super) fn corpus(&self) -> std::path::PathBuf {
        self.root.path().join("corpus")
    }

    /// Sends bytes as they are.
    pub(super) fn raw(&self, bytes: &[u8]) -> Answer {
        let answer = self.served.send(bytes);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        Answer {
            status: head.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(super) fn get(&self, target: &str) -> Answer {
        self.raw(format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.served.address).as_bytes())
    }

    /// Posts a form as the preview's own pages do, with other headers added.
    pub(super) fn post_with(&self, target: &str, form: &Value, headers: &str) -> Answer {
        let body = form.to_string();
        self.raw(
            format!(
                "POST {target} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}",
                self.served.address,
                body.len()
            )
            .as_bytes(),
        )
    }

    pub(super) fn post(&self, action: &str, form: &Value) -> Answer {
        self.post_with(&format!("/_/{action}?token={}", self.served.token), form, "")
    }

    pub(super) fn report(&self) -> String {
        std::fs::read_to_string(self.corpus().join("调研报告/a.md")).unwrap()
    }

    /// The mark of the state that a form is filled from.
    pub(super) fn mark(&self) -> String {
        let page = self.get(&format!(
            "/_/edit?file={}&token={}",
            "%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A%2Fa.md", self.served.token
        ));
        assert_eq!(page.status, 200, "{}", page.body);
        let mark = page.body.split("name=\"mark\" value=\"").nth(1).unwrap();
        mark.split('"').next().unwrap().to_owned()
    }

    /// A form about the report that is there, with what was filled in.
    pub(super) fn about(&self, values: &Value) -> Value {
        let mut form = json!({ "file": "调研报告/a.md", "mark": self.mark() });
        for (key, value) in values.as_object().unwrap() {
            form[key] = value.clone();
        }
        form
    }

    pub(super) fn edit_of(&self, file: &str, body: &str) -> Value {
        json!({ "file": file, "mark": self.mark(), "front": "kind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\n", "body": body })
    }

    /// Every file below the root but the preview's own, with its text.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let temporary = self.temporary();
        let files = walkdir::WalkDir::new(self.root.path())
            .sort_by_file_name()
            .into_iter()
            .filter_entry(move |entry| entry.path() != temporary)
            .flatten();
        files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                (
                    entry.path().display().to_string(),
                    std::fs::read_to_string(entry.path()).unwrap_or_default(),
                )
            })
            .collect()
    }
}

pub(super) fn report(title: &str) -> Value {
    json!({ "kind": "report", "title": title, "date": "2024-05-01", "unit": "某院", "summary": "摘要。", "body": "正文。" })
}
