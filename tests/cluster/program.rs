//! `publish` as its users run it: what it says, how it ends, and that a secret is never repeated.

use super::fake::{Fake, Fault};
use super::write;
use crate::client::corpus;
use crate::desk::Desk;

const RIGHT: &str = "Basic cHVibGlzaGVyOmdlaGVpbQ==";

fn desk() -> Desk {
    let desk = Desk::new();
    write(&desk.root().join("index"), &corpus::documents(1, 12), "internal");
    desk
}

/// Runs `publish` with a user and a password; gives its exit code and all that it says.
fn run(desk: &Desk, arguments: &[&str], password: &str) -> (Option<i32>, String) {
    let mut command = desk.command(&[]);
    command
        .env("JIANYAN_ENGINE_USER", "publisher")
        .env("JIANYAN_ENGINE_PASSWORD", password);
    let output = command.arg("publish").args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn a_run_says_what_was_sent_and_who_is_not_let_in() {
    let (fake, desk) = (Fake::start(), desk());
    fake.fails(|request| {
        let known = request.credentials.as_deref() == Some(RIGHT);
        (!known).then(|| Fault::Say(401, "Unauthorized".to_owned()))
    });
    let engine = ["--engine", &fake.url];
    let (code, said) = run(&desk, &engine, "falsch");
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("集群拒绝访问") && !said.contains("falsch"), "{said}");
    let (code, said) = run(&desk, &engine, "geheim");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("共 12 篇，发送 12 篇") && !said.contains("geheim"),
        "{said}"
    );
    let (code, said) = run(&desk, &engine, "geheim");
    assert!(code == Some(0) && said.contains("无需发布"), "{said}");
}

#[test]
fn what_is_written_wrong_ends_with_two() {
    let (fake, desk) = (Fake::start(), desk());
    let with_secret = fake.url.replace("http://", "http://publisher:geheim@");
    for arguments in [
        &[][..],
        &["--engine", "127.0.0.1:9200"],
        &["--engine", &with_secret],
        &["--engine", "http://search.example:9200"],
        &["--engine", "https://search.example:9200"],
        &["--engine", &fake.url, "--shards", "0"],
        &["--engine-alias", "docs"],
        &["--audience", "public", "--engine", &fake.url],
    ] {
        let (code, said) = run(&desk, arguments, "geheim");
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(!said.contains("geheim"), "{said}");
    }
    assert!(fake.state().indexes.is_empty());
    let (code, said) = run(&desk, &["--index", "nowhere", "--engine", &fake.url], "geheim");
    assert_eq!(code, Some(3), "{said}");
}
