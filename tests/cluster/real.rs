//! A real cluster, where the environment names one.

use jianyan::audience::Audience;
use jianyan::cluster::{Address, Client};
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
        let urls = std::env::var("JIANYAN_ENGINE").ok();
        if urls.is_none() {
            println!("{test}: skipped, JIANYAN_ENGINE names no cluster");
        }
        Some(Self::at(urls?, test, audience))
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
}

impl Drop for Real {
    fn drop(&mut self) {
        for index in self.indexes() {
            let _ = self.client().delete(&format!("/{index}"));
        }
    }
}
