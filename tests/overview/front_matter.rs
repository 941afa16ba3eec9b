//! The front matter of the sample corpus, raw.

use serde_yaml::Value;
use std::path::Path;

pub(super) struct Document {
    pub id: String,
    pub front: Value,
}

impl Document {
    pub(super) fn text(&self, key: &str) -> &str {
        field(&self.front, key)
    }

    pub(super) fn list(&self, key: &str) -> Vec<&Value> {
        match &self.front[key] {
            Value::Sequence(items) => items.iter().collect(),
            Value::Null => vec![],
            one => vec![one],
        }
    }

    pub(super) fn texts(&self, key: &str) -> Vec<&str> {
        self.list(key).into_iter().filter_map(Value::as_str).collect()
    }
}

pub(super) fn field<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents of an audience, drafts left out.
pub(super) fn corpus(public: bool) -> Vec<Document> {
    let mut documents = Vec::new();
    let folders = std::fs::read_dir(root().join("corpus")).unwrap().flatten();
    for folder in folders.filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let (front, _) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
            let stem = file.path().file_stem().unwrap().to_str().unwrap().to_owned();
            let front: Value = serde_yaml::from_str(front).unwrap();
            let draft = front["draft"].as_bool() == Some(true);
            if !draft && (!public || field(&front, "visibility") == "public") {
                documents.push(Document {
                    id: format!("{}/{stem}", folder.file_name().to_str().unwrap()),
                    front,
                });
            }
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents
}

pub(super) fn of_kind<'a>(all: &'a [Document], kind: &'a str) -> impl Iterator<Item = &'a Document> {
    all.iter().filter(move |document| document.text("kind") == kind)
}

/// The events of a report that the audience sees.
pub(super) fn events(report: &Document, public: bool) -> Vec<&Value> {
    let visible = |event: &&Value| match event["visibility"].as_str() {
        Some(visibility) => visibility == "public",
        None => field(event, "form") != "instruction",
    };
    report
        .list("adoptions")
        .into_iter()
        .filter(|event| !public || visible(event))
        .collect()
}

fn find<'a>(all: &'a [Document], id: &Value) -> Option<&'a Document> {
    all.iter().find(|document| Some(document.id.as_str()) == id.as_str())
}

pub(super) fn named<'a>(event: &'a Value, all: &'a [Document]) -> impl Iterator<Item = &'a Document> {
    let ids = event["leads_to"].as_sequence().into_iter().flatten();
    ids.filter_map(|id| find(all, id))
}
