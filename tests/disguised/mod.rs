//! Personal data is found in whatever form and place it was written, and nothing else is.
//!
//! `JIANYAN_FORMS=20000 JIANYAN_SEED=7` tries more, and others.

mod edition;
mod form;
mod secret;

use form::{Syntax, document, front, written};
use jianyan::check::{self, Content};
use jianyan::corpus::{Source, decode};
use jianyan::diagnostic::Diagnostic;
use jianyan::record::Visibility;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn rngs() -> impl Iterator<Item = fastrand::Rng> {
    let seed = number("JIANYAN_SEED", 20_261_120);
    (0..number("JIANYAN_FORMS", 1000)).map(move |at| fastrand::Rng::with_seed(seed.wrapping_mul(1_000_003) + at))
}

fn judge(text: String) -> Vec<Diagnostic> {
    let text = decode::decode(text.into_bytes()).unwrap().text;
    check::privacy(&Source::of("a".into(), "a.md".into(), text), Visibility::Public)
}

fn assert_found(missed: Vec<String>, tried: u64) {
    let shown = missed.iter().take(12).cloned().collect::<Vec<_>>().join("\n――――\n");
    assert!(missed.is_empty(), "{} of {tried} missed:\n{shown}", missed.len());
}

/// Whether a value was found; the digits of a long number may be those of a shorter one, too.
fn holds(findings: &[Diagnostic], code: &str) -> bool {
    let among = |codes: &[&str]| findings.iter().any(|finding| codes.contains(&finding.code));
    match code {
        "privacy-bank-card" | "privacy-id-number" => {
            among(&["privacy-bank-card", "privacy-id-number", "privacy-mobile"])
        }
        // The number of a character reference (`&#48;`) may complete a mobile number where it is read as it is written.
        "privacy-landline" => among(&["privacy-landline", "privacy-mobile"]),
        code => among(&[code]),
    }
}

#[test]
fn in_a_body_in_any_form_it_is_found() {
    let mut missed = Vec::new();
    for mut rng in rngs() {
        let secret = secret::any(&mut rng);
        let text = document(secret.cue, &written(&secret, Syntax::Markdown, &mut rng), &mut rng);
        if !holds(&judge(text.clone()), secret.code) {
            missed.push(format!("{} {:?}\n{text}", secret.code, secret.groups));
        }
    }
    assert_found(missed, number("JIANYAN_FORMS", 1000));
}

#[test]
fn in_a_front_matter_of_any_style_it_is_found() {
    let mut missed = Vec::new();
    for mut rng in rngs() {
        let secret = secret::any(&mut rng);
        let text = front(secret.cue, &written(&secret, Syntax::Plain, &mut rng), &mut rng);
        if !holds(&judge(text.clone()), secret.code) {
            missed.push(format!("{} {:?}\n{text}", secret.code, secret.groups));
        }
    }
    assert_found(missed, number("JIANYAN_FORMS", 1000));
}

#[test]
fn in_an_attachment_it_is_found() {
    let mut missed = Vec::new();
    for mut rng in rngs() {
        let secret = secret::any(&mut rng);
        let plain = written(&secret, Syntax::Plain, &mut rng);
        let html = written(&secret, Syntax::Html, &mut rng);
        let cue = secret.cue;
        let (file, text) = match rng.u8(..5) {
            0 => ("a.csv", format!("序号,{cue}\n1,{plain}\n")),
            1 => ("a.tsv", format!("{cue}\t备注\n{plain}\t无\n")),
            2 => ("a.html", format!("<p>{cue}：{html}</p>")),
            3 => (
                "a.html",
                format!("<table><tr><td>{cue}</td><td>{html}</td></tr></table>"),
            ),
            _ => ("a.txt", format!("第一行\n{cue}：{plain}\n")),
        };
        let content = match file {
            "a.html" => Content::Markup(&text),
            _ => Content::Lines(&text),
        };
        if !holds(&check::attachment(file, content), secret.code) {
            missed.push(format!("{} {:?}\n{file}\n{text}", secret.code, secret.groups));
        }
    }
    assert_found(missed, number("JIANYAN_FORMS", 1000));
}

#[test]
fn where_there_is_nothing_private_nothing_is_found() {
    let mut alarms = Vec::new();
    for mut rng in rngs() {
        let said = secret::harmless(&mut rng);
        let text = if rng.bool() {
            document("情况", &said, &mut rng)
        } else {
            front("情况", &said, &mut rng)
        };
        let found = judge(text.clone());
        if !found.is_empty() {
            let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
            alarms.push(format!("{codes:?}\n{text}"));
        }
    }
    assert_found(alarms, number("JIANYAN_FORMS", 1000));
}
