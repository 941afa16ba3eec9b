//! What is said to a cluster, and what it answers.

use super::address::{self, Address};
use super::answer::{cut, failure};
use super::error::ClusterError;
use crate::audience::Audience;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{Method, Request, Response};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the same is asked again, where a moment may help.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first pause before that; each further one is twice as long, up to the longest.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Bytes of an answer, at most.
const LARGEST: u64 = 256 << 20;

/// A cluster that was reached once.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    address: Address,
    /// Which of the addresses answered last.
    at: AtomicUsize,
    patience: Duration,
    /// `opensearch`, or whatever it calls itself; empty where it calls itself nothing (Elasticsearch).
    pub distribution: String,
    /// Its version.
    pub version: String,
}

/// The body of a request and its media type.
#[derive(Clone, Copy)]
enum Body<'a> {
    None,
    Json(&'a [u8]),
    Lines(&'a [u8]),
}

impl Client {
    /// Reaches a cluster and asks what it is.
    ///
    /// # Errors
    /// Nobody is there, or somebody else, or we aren't let in.
    pub fn connect(address: &Address) -> Result<Self, ClusterError> {
        let mut client = Self {
            agent: agent(address)?,
            address: address.clone(),
            at: AtomicUsize::new(0),
            patience: PATIENCE,
            distribution: String::new(),
            version: String::new(),
        };
        let about = client.get("/")?;
        let version = &about["version"];
        let Some(number) = version["number"].as_str() else {
            return Err(ClusterError::Garbled(cut(&about.to_string())));
        };
        number.clone_into(&mut client.version);
        let distribution = version["distribution"].as_str();
        distribution.unwrap_or_default().clone_into(&mut client.distribution);
        Ok(client)
    }

    /// The same client, asking again for so long where a moment may help.
    #[must_use]
    pub fn patient(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How long the same is asked again.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// The alias that is published and asked.
    pub fn alias(&self) -> &str {
        &self.address.alias
    }

    /// Who it is for.
    pub fn audience(&self) -> Audience {
        self.address.audience
    }

    /// Gets what is there. Paths begin with a slash.
    ///
    /// # Errors
    /// What keeps the cluster from answering, or what it answers instead.
    pub fn get(&self, path: &str) -> Result<Value, ClusterError> {
        self.ask(&Method::GET, path, Body::None)
    }

    /// Asks with a body. Asked again where the answer was lost: what is asked for must come to the same twice.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, ClusterError> {
        self.ask(&Method::POST, path, Body::Json(body.to_string().as_bytes()))
    }

    /// Puts something there, as [`Self::post`].
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn put(&self, path: &str, body: &Value) -> Result<Value, ClusterError> {
        self.ask(&Method::PUT, path, Body::Json(body.to_string().as_bytes()))
    }

    /// Removes what is there, as [`Self::post`].
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn delete(&self, path: &str) -> Result<Value, ClusterError> {
        self.ask(&Method::DELETE, path, Body::None)
    }

    /// Hands over lines of JSON, as [`Self::post`].
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn bulk(&self, path: &str, body: Vec<u8>) -> Result<Value, ClusterError> {
        self.ask(&Method::POST, path, Body::Lines(&body))
    }

    /// Asks, and asks again where a moment or another node may help.
    fn ask(&self, method: &Method, path: &str, body: Body) -> Result<Value, ClusterError> {
        let begun = Instant::now();
        let mut pause = PAUSE;
        loop {
            let at = self.at.load(Ordering::Relaxed);
            let error = match self.once(at, method, path, body) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if !error.passes() || begun.elapsed() + pause > self.patience {
                return Err(error);
            }
            let next = (at + 1) % self.address.urls.len();
            // Another thread may have gone on already.
            let _ = self.at.compare_exchange(at, next, Ordering::Relaxed, Ordering::Relaxed);
            std::thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn once(&self, at: usize, method: &Method, path: &str, body: Body) -> Result<Value, ClusterError> {
        let url = &self.address.urls[at];
        let mut request = Request::builder().method(method).uri(format!("{url}{path}"));
        if let Some(credentials) = &self.address.credentials {
            request = request.header("authorization", credentials.header());
        }
        let odd = |_| ClusterError::Address(url.clone());
        let answer = match body {
            Body::None => self.agent.run(request.body(()).map_err(odd)?),
            Body::Json(bytes) => self.agent.run(
                request
                    .header("content-type", "application/json")
                    .body(bytes)
                    .map_err(odd)?,
            ),
            Body::Lines(bytes) => self.agent.run(
                request
                    .header("content-type", "application/x-ndjson")
                    .body(bytes)
                    .map_err(odd)?,
            ),
        };
        let answer = answer.map_err(|error| failed(error, url))?;
        let about = path
            .trim_start_matches('/')
            .split(['/', '?'])
            .next()
            .unwrap_or_default();
        read(answer, url, about)
    }
}

/// The value of an answer.
fn read(mut answer: Response<ureq::Body>, url: &str, about: &str) -> Result<Value, ClusterError> {
    let status = answer.status();
    let bytes = answer.body_mut().with_config().limit(LARGEST).read_to_vec();
    let bytes = bytes.map_err(|error| failed(error, url))?;
    if !status.is_success() {
        return Err(failure(status.as_u16(), &bytes, about));
    }
    serde_json::from_slice(&bytes).map_err(|error| ClusterError::Garbled(cut(&error.to_string())))
}

/// Speaks as it must: with the certificates that are trusted, without a proxy, and following nobody elsewhere, as
/// credentials would go there, too.
fn agent(address: &Address) -> Result<Agent, ClusterError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
    if let Some(ca) = &address.ca {
        let shown = ca.display().to_string();
        let pem = address::read(ca)?;
        let certificates: Vec<_> = parse_pem(&pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        if certificates.is_empty() {
            return Err(ClusterError::File(shown, "no certificate in it".to_owned()));
        }
        tls = tls.root_certs(RootCerts::new_with_certs(&certificates));
    }
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(concat!("jianyan/", env!("CARGO_PKG_VERSION")))
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(address.answer))
        .tls_config(tls.build())
        .build();
    Ok(config.into())
}

/// Why there is no answer.
fn failed(error: ureq::Error, url: &str) -> ClusterError {
    let url = url.to_owned();
    match error {
        ureq::Error::Timeout(_) => ClusterError::Timeout(url),
        ureq::Error::Tls(cause) => ClusterError::Tls(url, cause.to_owned()),
        ureq::Error::Rustls(cause) => ClusterError::Tls(url, cause.to_string()),
        ureq::Error::Pem(cause) => ClusterError::Tls(url, cause.to_string()),
        ureq::Error::Io(cause) if is_tls(&cause) => ClusterError::Tls(url, cause.to_string()),
        ureq::Error::BodyExceedsLimit(_) => ClusterError::Garbled("too long an answer".to_owned()),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => ClusterError::Address(url),
        other => ClusterError::Away(url, cut(&other.to_string())),
    }
}

/// Whether a failure of a connection is one of its encryption.
fn is_tls(error: &std::io::Error) -> bool {
    let mut inner: Option<&(dyn std::error::Error + 'static)> = match error.get_ref() {
        Some(inner) => Some(inner),
        None => None,
    };
    while let Some(error) = inner {
        if error.is::<rustls::Error>() {
            return true;
        }
        inner = error.source();
    }
    false
}
