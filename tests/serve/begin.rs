//! Where nothing is yet, the preview begins.

use crate::served::Served;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The program in a folder.
fn program(folder: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
    command.current_dir(folder).env("LANG", "zh_CN.UTF-8");
    command
}

#[test]
fn a_preview_without_a_corpus_makes_one() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(program(folder.path()).arg("serve"));
    assert!(folder.path().join("corpus").is_dir());
    let page = served.get(&format!("/_/new?token={}", served.token));
    assert!(page.contains("新建"), "{page}");
}

#[test]
fn an_empty_corpus_begins_with_the_sample_and_no_other_does() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(program(folder.path()).arg("serve"));
    let form = format!("/_/new?token={}", served.token);
    assert!(served.get(&form).contains("data-desk-sample"));
    let begin = format!(
        "POST /_/sample?token={} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
        served.token, served.address
    );
    let answer = served.send(begin.as_bytes());
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains(r#""next":"/""#),
        "{answer}"
    );
    let started = Instant::now();
    while !served.get("/").contains("澄溪县") && started.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!served.get(&form).contains("data-desk-sample"));
    assert!(served.send(begin.as_bytes()).starts_with("HTTP/1.1 409"));
}

/// A port that is free now.
fn free_port() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port().to_string()
}

#[test]
fn who_starts_it_again_is_led_to_the_one_that_runs() {
    let (folder, other, port) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), free_port());
    let mut first = program(folder.path())
        .args(["serve", "--port", &port])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(first.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let again = |folder: &std::path::Path| {
        // No browser can be opened there.
        let mut command = program(folder);
        command.env("PATH", "").args(["serve", "--open", "--port", &port]);
        command.output().unwrap()
    };
    let (same, different) = (again(folder.path()), again(other.path()));
    first.kill().unwrap();
    first.wait().unwrap();
    let said = String::from_utf8_lossy(&same.stderr);
    assert!(
        same.status.success() && said.contains("已在运行") && said.contains(&port),
        "{said}"
    );
    assert_eq!(different.status.code(), Some(3), "another corpus");
}

#[test]
fn a_corpus_that_was_named_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(folder.path())
        .args(["--corpus", "语料", "serve"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(!folder.path().join("语料").exists());
}

#[test]
fn without_a_command_help_is_offered_where_something_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let output = program(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("corpus").exists());
}
