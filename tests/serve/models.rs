//! Models ask the preview at `/mcp`, by the client of those who keep the protocol: without the token, since nothing is
//! written, and from this machine alone.

use super::preview::Preview;
use rmcp::ServiceExt;
use rmcp::model::CallToolRequestParams;
use rmcp::transport::StreamableHttpClientTransport;
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpStream;

/// The head of a message to `/mcp`.
fn head(host: &str, length: usize, more: &str) -> String {
    format!(
        "POST /mcp HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
         Content-Length: {length}\r\n{more}\r\n"
    )
}

#[test]
fn a_model_asks_over_http() {
    let preview = Preview::start();
    let address = preview.served.address.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let transport = StreamableHttpClientTransport::from_uri(format!("http://{address}/mcp"));
        let client = ().serve(transport).await.unwrap();
        assert_eq!(client.list_all_tools().await.unwrap().len(), 5);
        let Value::Object(arguments) = json!({ "query": "采砂点" }) else {
            return;
        };
        // The index follows behind the first pages.
        for _ in 0..200 {
            let call = CallToolRequestParams::new("search").with_arguments(arguments.clone());
            let answer = client.call_tool(call).await.unwrap();
            match answer.structured_content {
                Some(found) if answer.is_error == Some(false) => {
                    let link = found["hits"][0]["permalink"].as_str().unwrap();
                    assert!(link.starts_with(&format!("http://{address}/")), "{found}");
                    return;
                }
                _ => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
            }
        }
        panic!("no index");
    });
}

#[test]
fn others_are_not_answered_and_broken_messages_are_errors() {
    let preview = Preview::start();
    let host = preview.served.address.clone();
    let list = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
    let send = |head: String, body: &str| preview.raw(format!("{head}{body}").as_bytes());
    let port = host.rsplit_once(':').unwrap().1;
    for (name, more) in [
        (format!("rebound.example:{port}"), ""),
        (host.clone(), "Origin: http://a.example\r\n"),
        (host.clone(), "Sec-Fetch-Site: cross-site\r\n"),
    ] {
        assert_eq!(send(head(&name, list.len(), more), list).status, 403, "{name} {more}");
    }
    assert_eq!(preview.get("/mcp").status, 405);
    let answer = send(head(&host, list.len(), ""), list);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(
        answer.head.contains("X-Frame-Options: DENY") || answer.head.contains("x-frame-options: DENY"),
        "{}",
        answer.head
    );
    let broken = send(head(&host, 9, ""), "{\"jsonrpc");
    assert!((400..500).contains(&broken.status), "{}", broken.status);
    let unknown = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete","arguments":{}}}"#;
    assert!(send(head(&host, unknown.len(), ""), unknown).body.contains("-32602"));
    assert_eq!(send(head(&host, 99_999_999, ""), "").status, 413);
    // A client that goes away in the middle of its message.
    let mut stream = TcpStream::connect(&host).unwrap();
    stream
        .write_all(format!("{}{{\"json", head(&host, 5000, "")).as_bytes())
        .unwrap();
    drop(stream);
    assert_eq!(send(head(&host, list.len(), ""), list).status, 200, "it still answers");
}
