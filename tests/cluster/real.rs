//! A real cluster, where the environment names one.

use jianyan::audience::Audience;
use jianyan::cluster::{Address, Client};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A cluster with an alias of a test's own; what stands there of it goes with this.
pub(super) struct Real {
    pub urls: String,
    pub alias: String,
    pub audience: Audience,
}

impl Real {
    /// The one that the environment names.
    pub(super) fn of(test: &str, audience: Audience) -> Option<Self> {
        match std::env::var("JIANYAN_ENGINE") {
            Ok(urls) => Some(Self::at(urls, test, audience)),
            Err(_) => {
                println!("{test}: skipped, JIANYAN_ENGINE names no cluster");
                None
            }
        }
    }

    pub(super) fn at(urls: String, test: &str, audience: Audience) -> Self {
        let alias = format!("jianyan-test-{test}-{}", std::process::id());
        Self { urls, alias, audience }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(&self.urls, None, None, Some(&self.alias), self.audience).unwrap()
    }

    pub(super) fn client(&self) -> Client {
        Client::connect(&self.address())
            .unwrap()
            .patient(Duration::from_secs(120))
    }

    /// The indexes that stand there of it.
    pub(super) fn indexes(&self) -> Vec<String> {
        let found = self.client().get(&format!("/{}-*/_mapping", self.alias)).unwrap();
        found.as_object().unwrap().keys().cloned().collect()
    }

    /// The index behind the alias.
    pub(super) fn standing(&self) -> Option<String> {
        let found = self.client().get(&format!("/{}/_mapping", self.alias)).ok()?;
        found.as_object()?.keys().next().cloned()
    }

    /// How many documents are found behind the alias, and how many were deleted there.
    pub(super) fn counts(&self) -> (u64, u64) {
        let client = self.client();
        let count = client.get(&format!("/{}/_count", self.alias)).unwrap();
        let stats = client.get(&format!("/{}/_stats/docs", self.alias)).unwrap();
        let deleted = &stats["_all"]["primaries"]["docs"]["deleted"];
        (count["count"].as_u64().unwrap(), deleted.as_u64().unwrap())
    }

    /// The index that is being filled.
    pub(super) fn half_made(&self) -> Option<String> {
        let stands = self.standing();
        let mut indexes = self
            .indexes()
            .into_iter()
            .filter(|index| Some(index) != stands.as_ref());
        indexes.find(|index| {
            let found = self.client().get(&format!("/{index}/_mapping")).unwrap();
            found[index.as_str()]["mappings"]["_meta"]["jianyan"]["documents"].is_null()
        })
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        for index in self.indexes() {
            let _ = self.client().delete(&format!("/{index}"));
        }
    }
}

/// A cluster of which nodes may be killed.
pub(super) struct Mortal {
    folder: PathBuf,
}

impl Mortal {
    pub(super) fn of(test: &str) -> Option<Self> {
        let folder = std::env::var_os("JIANYAN_ENGINE_MORTAL").map(PathBuf::from);
        if folder.is_none() {
            println!("{test}: skipped, JIANYAN_ENGINE_MORTAL names no cluster");
        }
        folder.map(|folder| Self { folder })
    }

    /// Runs `scripts/cluster`.
    pub(super) fn run(&self, arguments: &[&str]) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/cluster");
        let output = Command::new(script).args(arguments).arg(&self.folder).output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// The addresses of its nodes.
    pub(super) fn urls(&self) -> String {
        let addresses: Vec<String> = self.run(&["start"]).lines().map(str::to_owned).collect();
        addresses.join(",")
    }
}
