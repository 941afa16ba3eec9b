//! What the program is made of: allowed licences, one registry, a stated compiler that is true of every part.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap()
}

/// The packages that cargo has locked: those of this platform, which building this test has fetched. Where
/// `JIANYAN_SUPPLY_HOME` names an empty folder, those of all platforms, fetched into it as on a new machine.
fn packages() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked"]);
    match std::env::var_os("JIANYAN_SUPPLY_HOME") {
        Some(home) => cargo.env("CARGO_HOME", home),
        None => cargo.args(["--filter-platform", &host()]),
    };
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// The platform that the compiler builds for, as it calls it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(output.stdout).unwrap();
    let line = version.lines().find_map(|line| line.strip_prefix("host: "));
    line.unwrap().to_owned()
}

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<String> {
    let deny = text("deny.toml");
    let list = deny
        .split_once("allow = [")
        .unwrap()
        .1
        .split_once(']')
        .unwrap()
        .0
        .to_owned();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a licence expression holds under the allowed ones; `/` is an old way to write `OR`.
fn holds(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    let one = |alternative: &str| allowed.iter().any(|licence| licence == alternative.trim());
    expression.split(" AND ").all(|part| part.split(" OR ").any(one))
}

#[test]
fn every_package_has_an_allowed_licence_and_comes_from_the_registry() {
    let allowed = allowed();
    assert!(!holds("GPL-3.0-only", &allowed) && holds("GPL-3.0-only OR MIT", &allowed));
    assert!(!holds("MIT AND GPL-3.0-only", &allowed));
    let packages = packages();
    assert!(packages.len() > 100);
    for package in packages.iter().filter(|package| package["name"] != "jianyan") {
        let name = &package["name"];
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(holds(licence, &allowed), "{name}: {licence}");
        let source = package["source"].as_str().unwrap_or_default();
        assert!(source.starts_with("registry+"), "{name}: {source}");
    }
}

#[test]
fn the_stated_compiler_is_enough_for_every_package() {
    let version = |text: &str| -> Vec<u32> { text.split('.').map(|part| part.parse().unwrap()).collect() };
    let packages = packages();
    let of = |package: &Value| package["rust_version"].as_str().map(version);
    let ours = packages
        .iter()
        .find(|package| package["name"] == "jianyan")
        .and_then(of)
        .unwrap();
    for package in &packages {
        let theirs = of(package).unwrap_or_default();
        assert!(
            theirs[..theirs.len().min(2)] <= ours[..2],
            "{} needs {theirs:?}",
            package["name"]
        );
    }
}

#[test]
fn no_unsafe_code_and_no_dependency_without_a_reason() {
    let manifest = text("Cargo.toml");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    let mut bare = Vec::new();
    for section in [
        "\n[dependencies]\n",
        "\n[build-dependencies]\n",
        "\n[dev-dependencies]\n",
    ] {
        let (_, rest) = manifest.split_once(section).unwrap();
        let mut before = "";
        for line in rest
            .lines()
            .take_while(|line| !line.starts_with('['))
            .filter(|line| !line.is_empty())
        {
            // Crates of one family, such as oxc_…, have one reason.
            let family = |line: &str| line.split(['_', '-', ' ']).next().unwrap_or_default().to_owned();
            let reasoned = line.starts_with('#') || before.starts_with('#') || family(line) == family(before);
            if !reasoned || line.contains("git =") || line.contains("path =") {
                bare.push(line);
            }
            before = line;
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
}
