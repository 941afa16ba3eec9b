//! What a cluster makes of what is published: one in memory that fails as it is told, and a real one, which
//! `JIANYAN_ENGINE` names (`scripts/cluster start` prints its nodes; several with commas between). Without it the tests that
//! need one say that they were skipped.

mod alone;
mod fake;
mod faults;
mod parity;
mod program;
mod proxy;
mod publish;
mod real;
mod sealed;

use crate::desk;

use desk::Desk;
use jianyan::index::document::IndexDocument;
use jianyan::index::{self, IndexSettings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

/// A cluster with an alias of a test's own, and the desk that publishes there.
struct Town {
    desk: Desk,
    /// Its first node.
    node: String,
    alias: String,
}

impl Town {
    /// None where no cluster is named.
    fn new(name: &str) -> Option<Self> {
        let Some(engine) = std::env::var("JIANYAN_ENGINE").ok().filter(|engine| !engine.is_empty()) else {
            println!("skipped: JIANYAN_ENGINE names no cluster");
            return None;
        };
        let town = Self {
            desk: Desk::new(),
            node: engine.split(',').next().unwrap().trim().to_owned(),
            alias: format!("jianyan-test-{name}-{}", std::process::id()),
        };
        Some(town)
    }

    /// Writes documents of so many sentences each, numbered from one, and builds.
    fn build(&self, documents: std::ops::RangeInclusive<usize>, sentences: usize) {
        for number in documents {
            self.write(number, sentences, "");
        }
        self.desk.expect(0, &["build", "-q"]);
    }

    fn write(&self, number: usize, sentences: usize, more: &str) {
        let body: String = (0..sentences)
            .map(|at| {
                format!(
                    "第{number}件之{at}：检察机关依法履行法律监督职责，刑法第{}条，2024年{at}月。\n\n",
                    at % 400 + 1
                )
            })
            .collect();
        let front =
            format!("---\ntitle: 关于第{number}项工作的调研报告\ndate: 2024-03-05\nsummary: 摘要{number}\n---\n");
        self.desk.write(
            &format!("corpus/调研报告/{number:03}.md"),
            format!("{front}{body}{more}\n"),
        );
    }

    fn remove(&self, number: usize) {
        std::fs::remove_file(self.desk.path(&format!("corpus/调研报告/{number:03}.md"))).unwrap();
    }

    /// Publishes at an address, under the alias of the test.
    fn command(&self, engine: &str, more: &[&str]) -> Command {
        let own = ["publish", "--engine", engine, "--engine-alias", &self.alias];
        self.desk.command(&[&own, more].concat())
    }

    fn publish_at(&self, engine: &str) -> Output {
        self.command(engine, &[]).output().unwrap()
    }

    /// Publishes, expects an exit code, and gives what was told.
    fn publish(&self, code: i32) -> String {
        told(&self.publish_at(&self.node), code)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        ask(&self.node, method, path, body)
    }

    /// The index behind the alias.
    fn index(&self) -> Option<String> {
        let (status, found) = self.ask("GET", &format!("/_alias/{}", self.alias), &Value::Null);
        (status == 200).then(|| found.as_object().unwrap().keys().next().unwrap().clone())
    }

    /// Every index that was made for the alias.
    fn indexes(&self) -> Vec<String> {
        let (_, found) = self.ask("GET", &format!("/{}-*/_settings", self.alias), &Value::Null);
        found.as_object().unwrap().keys().cloned().collect()
    }

    /// Every document behind the alias, and how many deleted ones are still counted.
    fn content(&self) -> (BTreeMap<String, Value>, Value) {
        let ask = json!({ "size": 5_000, "query": { "match_all": {} } });
        let (_, found) = self.ask("POST", &format!("/{}/_search", self.alias), &ask);
        let hits = found["hits"]["hits"].as_array().unwrap();
        let documents = hits
            .iter()
            .map(|hit| (hit["_id"].as_str().unwrap().to_owned(), hit["_source"].clone()));
        let (_, stats) = self.ask("GET", &format!("/{}/_stats/docs", self.alias), &Value::Null);
        (documents.collect(), stats["_all"]["total"]["docs"]["deleted"].clone())
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        for index in self.indexes() {
            self.ask("DELETE", &format!("/{index}"), &Value::Null);
        }
    }
}

/// What a program that ended so told.
fn told(output: &Output, code: i32) -> String {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{told}");
    told
}

/// Asks a node; gives status and value.
fn ask(node: &str, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let agent: ureq::Agent = config.into();
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{node}{path}"));
    let answer = match body {
        Value::Null => agent.run(request.body(()).unwrap()),
        body => agent.run(
            request
                .header("content-type", "application/json")
                .body(body.to_string())
                .unwrap(),
        ),
    };
    let mut answer = answer.unwrap();
    let text = answer.body_mut().with_config().limit(1 << 30).read_to_string().unwrap();
    (
        answer.status().as_u16(),
        serde_json::from_str(&text).unwrap_or_default(),
    )
}

/// An index of documents, for an audience.
fn index_of(documents: &[IndexDocument], audience: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), documents, audience);
    dir
}

fn write(dir: &Path, documents: &[IndexDocument], audience: &str) {
    let settings = IndexSettings {
        audience: audience.to_owned(),
        now: "2026-11-20".to_owned(),
        ..IndexSettings::default()
    };
    index::write(dir, documents.iter().cloned(), &settings).unwrap();
}

/// Reports to nobody.
struct Quiet;

impl jianyan::cluster::Progress for Quiet {
    fn begin(&self, _: jianyan::cluster::Stage, _: u64) {}
    fn advance(&self, _: u64) {}
}
