//! A model that looks things up, by the client of those who keep the protocol, over standard input and output.

use super::library;
use crate::desk::Desk;
use rmcp::model::{CallToolRequestParams, CallToolResult, ClientRequest, Request};
use rmcp::service::{PeerRequestOptions, RoleClient, RunningService};
use rmcp::{ServiceError, ServiceExt};
use serde_json::{Value, json};
use std::process::Stdio;
use tokio::process::{Child, Command};

/// A server of a desk's index, and a client that has greeted it.
struct Asked {
    client: RunningService<RoleClient, ()>,
    /// Ends with it.
    _server: Child,
}

fn server(desk: &Desk, index: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
    let arguments = ["--now", "2026-11-20", "--index", index, "mcp"];
    command.current_dir(desk.root()).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    command.spawn().unwrap()
}

impl Asked {
    async fn of(desk: &Desk) -> Self {
        Self::of_index(desk, "index").await
    }

    async fn of_index(desk: &Desk, index: &str) -> Self {
        let mut child = server(desk, index);
        let pipes = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        let client = ().serve(pipes).await.unwrap();
        Self { client, _server: child }
    }

    async fn result(&self, name: &'static str, arguments: Value) -> Result<CallToolResult, ServiceError> {
        let Value::Object(arguments) = arguments else {
            panic!("arguments are an object")
        };
        let call = CallToolRequestParams::new(name).with_arguments(arguments);
        self.client.call_tool(call).await
    }

    /// What a call gives.
    async fn call(&self, name: &'static str, arguments: Value) -> Value {
        let result = self.result(name, arguments).await.unwrap();
        assert_ne!(result.is_error, Some(true), "{result:?}");
        result.structured_content.unwrap()
    }
}

fn run(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(work);
}

#[test]
fn a_model_finds_reads_and_verifies() {
    let desk = library();
    run(async {
        let asked = Asked::of(&desk).await;
        let tools = asked.client.list_all_tools().await.unwrap();
        let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
        assert_eq!(names, ["search", "read", "similar", "ledger", "verify"]);
        for tool in &tools {
            let hints = tool.annotations.as_ref().unwrap();
            assert_eq!(
                (hints.read_only_hint, hints.destructive_hint),
                (Some(true), Some(false))
            );
            assert!(tool.description.as_ref().unwrap().chars().count() > 10, "{}", tool.name);
        }
        let found = asked.call("search", json!({ "query": "捕网", "kind": "case" })).await;
        let hit = &found["hits"][0];
        assert_eq!((&found["total"], &hit["id"]), (&json!(1), &json!("案例/郑某案")));
        for key in ["title", "unit", "date", "place", "permalink", "text"] {
            assert!(!hit[key].is_null(), "{key}: {hit}");
        }
        assert!(hit["permalink"].as_str().unwrap().contains('#'), "{hit}");
        let article = asked
            .call("read", json!({ "id": "法律法规/禁猎条例", "place": "第二条第二款" }))
            .await;
        let passages = article["passages"].as_array().unwrap();
        assert_eq!(passages.len(), 1, "{article}");
        assert_eq!(passages[0]["text"], "每年三月至五月为禁猎期。");
        assert_eq!(passages[0]["place"], "第2条");
        let words = passages[0]["text"].as_str().unwrap();
        let draft = format!("《澄溪县禁猎条例》第二条规定：“{words}”又说，第三条。参照吴某诈骗案（检例第955号）。");
        let judged = asked.call("verify", json!({ "text": draft })).await;
        let verdict = |kind: &str| {
            let all = judged["citations"].as_array().unwrap();
            all.iter().find(|it| it["kind"] == kind).unwrap()["verdict"].clone()
        };
        assert_eq!(
            (verdict("quotation"), verdict("number")),
            (json!("exact"), json!("misplaced"))
        );
        let like = asked.call("similar", json!({ "text": "架设捕网猎捕野生鸟类" })).await;
        assert_eq!(like["hits"][0]["id"], "案例/郑某案", "{like}");
    });
}

#[test]
fn the_ledger_is_that_of_the_command_line() {
    let desk = Desk::of_documents();
    for (at, effect) in ["issued", "noted"].into_iter().enumerate() {
        let text = format!(
            "---\nkind: report\ntitle: 关于第{at}段河道的调研报告\ngenre: 调研报告\ndate: 2025-03-0{}\nunit: 某院\n\
             authors: [熊某]\nbenefits: {{people: 30, amount: 1250.5}}\nadoptions:\n  - {{date: 2025-06-01, form: decision, \
             level: city, authority: 市委办公室, effect: {effect}}}\n---\n\n采砂点不少。\n",
            at + 1
        );
        desk.write(&format!("调研报告/{at}.md"), text);
    }
    desk.expect(0, &["build", "-q"]);
    let (told, _) = desk.expect(0, &["ledger", "--by", "person", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    run(async {
        let asked = Asked::of(&desk).await;
        let answer = asked.call("ledger", json!({ "by": "person" })).await;
        for key in ["reports", "adopted", "recognised", "unverified", "people", "amount"] {
            assert_eq!(answer["total"][key], told["total"][key], "{key}");
            assert_eq!(answer["rows"][0][key], told["rows"][0][key], "{key}");
        }
        assert_eq!(answer["rows"][0]["key"], "熊某");
        let behind = answer["documents"].as_array().unwrap();
        assert_eq!(behind.len(), 2, "{answer}");
        assert_eq!(behind[0]["basis"][0]["authority"], "市委办公室");
        let none = asked.call("ledger", json!({ "since": "2026-01-01" })).await;
        assert_eq!(none["total"]["adopted"], 0);
    });
}

#[test]
fn a_public_index_knows_no_persons() {
    let desk = library();
    desk.expect(
        0,
        &[
            "--audience",
            "public",
            "build",
            "-q",
            "--index",
            "public",
            "--site",
            "open",
        ],
    );
    run(async {
        let asked = Asked::of_index(&desk, "public").await;
        let found = asked.call("search", json!({ "query": "捕网" })).await;
        assert_eq!(found["total"], 0, "the case is internal: {found}");
        let refused = asked.result("ledger", json!({ "by": "person" })).await.unwrap();
        assert_eq!(refused.is_error, Some(true), "{refused:?}");
    });
}

#[test]
fn answers_are_bounded_and_go_on() {
    let desk = library();
    let long: String = (0..400)
        .map(|at| format!("第{at}段说明了湖区护鸟的情况，各村都有记录在册。\n\n"))
        .collect();
    desk.write(
        "调研报告/长.md",
        format!("---\nkind: report\ntitle: 湖区护鸟\ndate: 2025-01-01\n---\n\n{long}"),
    );
    desk.expect(0, &["build", "-q"]);
    run(async {
        let asked = Asked::of(&desk).await;
        let (mut offset, mut read, mut rounds) = (0, String::new(), 0);
        loop {
            let part = asked
                .call("read", json!({ "id": "调研报告/长", "offset": offset }))
                .await;
            assert!(part.to_string().len() < 200_000);
            let passages = part["passages"].as_array().unwrap();
            read.extend(passages.iter().map(|passage| passage["text"].as_str().unwrap()));
            rounds += 1;
            match part["next_offset"].as_u64() {
                Some(next) => offset = next,
                None => break,
            }
        }
        assert!(rounds > 1 && rounds < 20, "{rounds}");
        assert_eq!(read, long.replace('\n', ""));
    });
}

#[test]
fn what_does_not_fit_is_an_error_and_the_server_lives() {
    let desk = library();
    run(async {
        let asked = Asked::of(&desk).await;
        let is_refused = |result: Result<CallToolResult, ServiceError>| match result {
            Err(ServiceError::McpError(error)) => error.code.0 == -32602,
            _ => false,
        };
        assert!(is_refused(asked.result("delete", json!({})).await));
        assert!(is_refused(asked.result("search", json!({ "quary": "捕网" })).await));
        assert!(is_refused(asked.result("search", json!({ "query": 3 })).await));
        assert!(is_refused(
            asked.result("verify", json!({ "text": "鸟".repeat(10 << 20) })).await
        ));
        let unknown = asked.result("read", json!({ "id": "没有" })).await.unwrap();
        assert_eq!(unknown.is_error, Some(true));
        let Value::Object(arguments) = json!({ "query": "捕网" }) else {
            return;
        };
        let call = CallToolRequestParams::new("search").with_arguments(arguments);
        let request = ClientRequest::CallToolRequest(Request::new(call));
        let sent = asked
            .client
            .send_cancellable_request(request, PeerRequestOptions::no_options())
            .await
            .unwrap();
        sent.cancel(Some("enough".to_owned())).await.unwrap();
        assert_eq!(asked.call("search", json!({ "query": "捕网" })).await["total"], 2);
    });
}

#[test]
fn broken_lines_are_passed_over_and_a_client_that_goes_ends_the_server() {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let desk = library();
    run(async {
        let mut child = server(&desk, "index");
        let mut input = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let greeting = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "甲", "version": "1" } } });
        input.write_all(format!("{greeting}\n").as_bytes()).await.unwrap();
        let answer: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
        assert_eq!(answer["result"]["serverInfo"]["name"], "jianyan");
        let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        let list = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" });
        input
            .write_all(format!("{ready}\n{{\"jsonrpc\": \n\u{0}\n[[[\n{list}\n").as_bytes())
            .await
            .unwrap();
        let answer = loop {
            let answer: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
            if answer["id"] == 2 {
                break answer;
            }
            assert!(!answer["error"].is_null(), "{answer}");
        };
        assert_eq!(answer["result"]["tools"].as_array().unwrap().len(), 5);
        drop(input);
        let ended = tokio::time::timeout(std::time::Duration::from_secs(20), child.wait()).await;
        assert!(ended.unwrap().unwrap().success(), "it ends when its client is gone");
    });
}
