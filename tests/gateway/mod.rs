//! A gateway as a process: it gives the page what a search of the terminal and the browser's own engine give, and nothing to
//! those who ask too much.

mod limits;

use crate::client::engine::{Client, Files};
use crate::served::Served;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

/// The sample corpus, built.
pub(crate) struct Sample {
    root: tempfile::TempDir,
}

impl Sample {
    pub(crate) fn built() -> Self {
        let sample = Self {
            root: tempfile::tempdir().unwrap(),
        };
        let output = sample.command(&["build", "-q"]).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code <= 1));
        sample
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .current_dir(self.root.path())
            .args(["--now", "2026-11-20", "--lang", "zh", "--corpus"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))
            .args(arguments);
        command
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// A gateway on its index that a test can't ask too much.
    fn gateway(&self) -> Served {
        Served::gateway(&mut self.command(&["gateway", "--rate", "100000"]))
    }
}

/// A question with its parameters, as a page asks it.
pub(crate) fn question(name: &str, parameters: &[(&str, &str)]) -> String {
    let parameters = parameters
        .iter()
        .map(|(key, value)| format!("{key}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    format!("/api/{name}?{}", parameters.collect::<Vec<_>>().join("&"))
}

/// The JSON of an answer.
pub(crate) fn json(answer: &str) -> Value {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {head}"))
}

const QUERIES: [&str; 36] = [
    "未成年人",
    "文身",
    "纹身",
    "公益訴訟",
    "第264条",
    "刑法第264条",
    "检例第142号",
    "２０２２年",
    "治理 快递",
    "寄递 药品",
    "\"检察建议\"",
    "地名 -公益诉讼",
    "文身 OR 地名",
    "类别:调研报告 治理",
    "类别:案例",
    "单位:澄溪 年份:2022..2024",
    "作者:熊某",
    "条线:未成年人 治理",
    "标签:未成年人保护",
    "标题:文身",
    "文号:〔2024〕",
    "法条:刑法 盗窃",
    "-类别:项目 未成年人",
    "去年 盗窃",
    "电瓶车",
    "电",
    "a",
    "2022",
    "危险驾驶怎么处理",
    "青少年纹身怎么办",
    "类别:没有 文身",
    "\"没有结尾",
    "井盖",
    "乱七八糟的一句话里没有的词",
    "",
    "   ",
];

#[test]
fn a_page_gets_what_a_search_of_the_terminal_writes() {
    let sample = Sample::built();
    let gateway = sample.gateway();
    let lines: Vec<String> = QUERIES.iter().map(|query| format!("q\t{query}\n")).collect();
    let file = sample.path("queries.tsv");
    std::fs::write(&file, lines.concat()).unwrap();
    let arguments = ["search", "--format", "json", "--limit", "20", "--queries"];
    let output = sample.command(&arguments).arg(&file).output().unwrap();
    let expected: Vec<Value> = serde_json::Deserializer::from_slice(&output.stdout)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(expected.len(), QUERIES.len());
    let mut shown = 0;
    for (query, expected) in QUERIES.iter().zip(&expected) {
        let found = json(&gateway.get(&question("search", &[("q", query), ("limit", "20")])));
        for key in ["query", "total", "related", "facets", "notes"] {
            assert_eq!(found[key], expected[key], "{query}: {key}");
        }
        let hits = [&found, expected].map(|answer| answer["hits"].as_array().unwrap());
        assert_eq!(hits[0].len(), hits[1].len(), "{query}");
        for (hit, expected) in hits[0].iter().zip(hits[1]) {
            for (key, value) in expected.as_object().unwrap() {
                assert_eq!(&hit[key], value, "{query}: {key}");
            }
            assert_eq!(hit["meta"]["id"], hit["id"], "{query}");
        }
        shown += hits[0].len();
        let ideas = ["dated", "help"].map(|name| json(&gateway.get(&question(name, &[("q", query)]))));
        let mut ideas: Vec<&Value> = ideas
            .iter()
            .zip([true, expected["total"] == 0])
            .filter(|(_, asked)| *asked)
            .flat_map(|(ideas, _)| ideas.as_array().unwrap())
            .collect();
        let helped = expected["help"].as_array().into_iter().flatten();
        ideas.retain(|idea| !helped.clone().any(|own| own == *idea));
        assert!(ideas.is_empty(), "{query}: {ideas:?}");
    }
    assert!(shown > 200, "{shown}");
}

/// What the client's own engine says of a question, in the words of the gateway.
const DRIVER: &str = r"
    // The bundle has anchors cut short: the page finds them by how they begin.
    const said = ({ section, anchor, parts }) => [section, anchor.slice(0, 3), parts.map((part, i) => i % 2 ? `[${part}]` : part).join('').replace(/\s/g, ' ')];
    const page = async (query, sort, without) => {
      const result = await jianyan.search(query, { limit: 12, sort, without });
      const hits = result.hits.map(hit => [hit.id, hit.tier, hit.more, ...said(hit)]);
      const passages = await Promise.all(result.hits.slice(0, 4).map(hit => jianyan.passages(result, hit)));
      return { total: result.total, related: result.related, hits, passages: passages.map(all => all.map(said)) };
    };
";

/// An anchor as the driver says it.
fn short(anchor: &Value) -> String {
    anchor.as_str().unwrap().chars().take(3).collect()
}

/// A snippet as the driver says it.
fn plain(snippet: &Value) -> String {
    let text = snippet.as_str().unwrap().replace("<mark>", "[").replace("</mark>", "]");
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let text = signs
        .iter()
        .fold(text, |text, (sign, letter)| text.replace(sign, letter));
    text.replace(char::is_whitespace, " ")
}

#[test]
fn a_page_gets_what_the_engine_in_the_browser_finds() {
    let sample = Sample::built();
    let gateway = sample.gateway();
    let files: Files = crate::folder::files(&sample.path("site/search"));
    let client = Client::new(Rc::new(files));
    client.load(DRIVER);
    let mut passages = 0;
    for query in QUERIES {
        for (sort, without) in [
            ("", ""),
            ("date", ""),
            ("level", ""),
            ("", "纹身"),
            ("date", "文身\n电瓶车"),
        ] {
            let context = format!("{query} {sort} {without}");
            let words: Vec<&str> = without.split('\n').filter(|word| !word.is_empty()).collect();
            let call = format!(
                "page({}, {sort:?}, {})",
                serde_json::json!(query),
                serde_json::json!(words)
            );
            let expected = client.promised(&call);
            let asked = [("q", query), ("sort", sort), ("without", without)];
            let found = json(&gateway.get(&question("search", &[&asked[..], &[("limit", "12")]].concat())));
            assert_eq!(found["total"], expected["total"], "{context}");
            assert_eq!(found["related"], expected["related"], "{context}");
            for (hit, expected) in found["hits"]
                .as_array()
                .unwrap()
                .iter()
                .zip(expected["hits"].as_array().unwrap())
            {
                let said = serde_json::json!([
                    hit["id"],
                    hit["tier"],
                    hit["more"],
                    hit["section"],
                    short(&hit["anchor"]),
                    plain(&hit["snippet"])
                ]);
                assert_eq!(&said, expected, "{context}");
            }
            for (hit, expected) in expected["hits"]
                .as_array()
                .unwrap()
                .iter()
                .zip(expected["passages"].as_array().unwrap())
            {
                let of = [("id", hit[0].as_str().unwrap()), ("tier", hit[1].as_str().unwrap())];
                let found = json(&gateway.get(&question("passages", &[&asked[..], &of[..]].concat())));
                let said: Vec<Value> = found
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|one| serde_json::json!([one["section"], short(&one["anchor"]), plain(&one["snippet"])]))
                    .collect();
                assert_eq!(&Value::from(said), expected, "{context}: {}", hit[0]);
                passages += expected.as_array().unwrap().len();
            }
        }
    }
    assert!(passages > 300, "{passages}");
}
