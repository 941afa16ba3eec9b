//! Where a cluster is, whom it is told that we are, and whom we trust to be it.

use super::error::ClusterError;
use crate::audience::Audience;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use ureq::http::Uri;

/// The environment's user, password, and file of credentials.
const USER: &str = "JIANYAN_ENGINE_USER";
const PASSWORD: &str = "JIANYAN_ENGINE_PASSWORD";
const CREDENTIALS: &str = "JIANYAN_ENGINE_CREDENTIALS";
/// How a line of such a file begins that is a key, not a user and a password.
const API_KEY: &str = "ApiKey ";
/// How long an answer may take, unless somebody says otherwise.
const ANSWER: Duration = Duration::from_secs(120);
/// Bytes of a file of credentials or certificates, at most.
const LARGEST: u64 = 4 << 20;

/// A cluster, and the alias that is published and asked there.
#[derive(Debug, Clone)]
pub struct Address {
    /// Its nodes, any of which answers for all; without a slash at the end.
    pub(super) urls: Vec<String>,
    /// Who we are.
    pub(super) credentials: Option<Credentials>,
    /// Certificates of those whom we trust to vouch for it.
    pub(super) ca: Option<PathBuf>,
    /// How long an answer may take.
    pub(super) answer: Duration,
    /// The name under which the index of the day is found.
    pub alias: String,
    /// Who it is for.
    pub audience: Audience,
}

impl Address {
    /// The cluster at an address, or at several with a comma between them; the alias is named by the audience unless
    /// another is given.
    ///
    /// # Errors
    /// An address that is none, that carries a secret, or that would need one to be sent in the clear.
    pub fn new(
        engine: &str,
        credentials: Option<Credentials>,
        ca: Option<PathBuf>,
        alias: Option<&str>,
        audience: Audience,
    ) -> Result<Self, ClusterError> {
        let urls: Vec<String> = engine
            .split(',')
            .map(|url| checked(url.trim(), credentials.is_some(), ca.is_some()))
            .collect::<Result<_, _>>()?;
        let alias = alias.map_or_else(|| format!("jianyan-{}", audience.key()), str::to_owned);
        if !is_name(&alias) {
            return Err(ClusterError::Elsewhere(alias));
        }
        Ok(Self {
            urls,
            credentials,
            ca,
            answer: ANSWER,
            alias,
            audience,
        })
    }

    /// The same cluster, from which an answer may take so long.
    #[must_use]
    pub fn answering_within(mut self, answer: Duration) -> Self {
        self.answer = answer;
        self
    }
}

/// Whether a cluster takes it as the name of an index, with what we add to it.
fn is_name(alias: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    alias.starts_with(letter) && alias.len() <= 100 && alias.chars().all(|c| letter(c) || matches!(c, '-' | '_' | '.'))
}

/// An address without the slash at its end.
fn checked(url: &str, secret: bool, trusted: bool) -> Result<String, ClusterError> {
    // Nothing of an address that may carry a password is repeated.
    if url.contains('@') {
        return Err(ClusterError::Secret);
    }
    let uri: Uri = url.parse().map_err(|_| ClusterError::Address(url.to_owned()))?;
    let host = uri.host().unwrap_or_default();
    let secure = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => return Err(ClusterError::Address(url.to_owned())),
    };
    if host.is_empty() || uri.query().is_some() {
        return Err(ClusterError::Address(url.to_owned()));
    }
    if secret && !secure && !is_own(host) {
        return Err(ClusterError::Plain(url.to_owned()));
    }
    if secure && !trusted {
        return Err(ClusterError::NoAuthority(url.to_owned()));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// Whether a host is this machine.
fn is_own(host: &str) -> bool {
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Who we are, as a cluster is told. It is never shown.
#[derive(Clone)]
pub struct Credentials(String);

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}

impl Credentials {
    /// Those of the environment: of the file that it names, or its user and password; none where it has none.
    ///
    /// # Errors
    /// A file that can't be read or holds none, a user without a password or the other way round.
    pub fn of_environment() -> Result<Option<Self>, ClusterError> {
        let value = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        match (value(CREDENTIALS), value(USER), value(PASSWORD)) {
            (Some(file), ..) => Self::of_file(Path::new(&file)).map(Some),
            (None, None, None) => Ok(None),
            (None, Some(user), Some(password)) => Self::of_line(&format!("{user}:{password}"))
                .map(Some)
                .ok_or(ClusterError::Credentials),
            _ => Err(ClusterError::Credentials),
        }
    }

    fn of_file(path: &Path) -> Result<Self, ClusterError> {
        let text = String::from_utf8(read(path)?).unwrap_or_default();
        let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        Self::of_line(line.trim()).ok_or(ClusterError::Credentials)
    }

    /// `USER:PASSWORD` or `ApiKey KEY`.
    fn of_line(line: &str) -> Option<Self> {
        if let Some(key) = line.strip_prefix(API_KEY) {
            let fits = |c: char| c.is_ascii_graphic();
            return (!key.is_empty() && key.chars().all(fits)).then(|| Self(line.to_owned()));
        }
        let (user, password) = line.split_once(':')?;
        (!user.is_empty() && !password.is_empty()).then(|| Self(format!("Basic {}", STANDARD.encode(line))))
    }

    /// The value of the header that says it.
    pub(super) fn header(&self) -> &str {
        &self.0
    }
}

/// A small file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, ClusterError> {
    let shown = || path.display().to_string();
    let failed = |error: std::io::Error| ClusterError::File(shown(), error.to_string());
    let found = std::fs::metadata(path).map_err(failed)?;
    if !found.is_file() || found.len() > LARGEST {
        return Err(ClusterError::File(shown(), "not a small file".to_owned()));
    }
    std::fs::read(path).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(engine: &str, secret: bool, ca: bool) -> Result<Address, ClusterError> {
        let credentials = secret.then(|| Credentials::of_line("reader:geheim").unwrap());
        Address::new(engine, credentials, ca.then(|| "ca.pem".into()), None, Audience::Public)
    }

    #[test]
    fn an_address_is_one_of_a_cluster_and_carries_no_secret() {
        let plain = at("http://127.0.0.1:9200/, http://127.0.0.1:9201", true, false).unwrap();
        assert_eq!(plain.urls, ["http://127.0.0.1:9200", "http://127.0.0.1:9201"]);
        assert_eq!(plain.alias, "jianyan-public");
        assert!(at("https://search.example:9200/cluster", true, true).is_ok());
        assert!(matches!(
            at("http://a:geheim@host", false, false),
            Err(ClusterError::Secret)
        ));
        assert!(matches!(
            at("http://search.example", true, false),
            Err(ClusterError::Plain(_))
        ));
        assert!(at("http://search.example", false, false).is_ok());
        assert!(matches!(
            at("https://search.example", false, false),
            Err(ClusterError::NoAuthority(_))
        ));
        for none in [
            "",
            "search.example:9200",
            "ftp://host",
            "http://",
            "http://host/?a=b",
            "http://ho st",
        ] {
            assert!(
                matches!(at(none, false, false), Err(ClusterError::Address(_))),
                "{none}"
            );
        }
    }

    #[test]
    fn a_secret_is_never_shown() {
        let address = at("http://localhost:9200", true, false).unwrap();
        let shown = format!("{address:?}");
        assert!(!shown.contains("geheim") && !shown.contains(&STANDARD.encode("reader:geheim")));
    }

    #[test]
    fn credentials_are_a_line_of_a_file() {
        let header = |line: &str| Credentials::of_line(line).map(|found| found.0);
        assert_eq!(header("a:b:c").unwrap(), format!("Basic {}", STANDARD.encode("a:b:c")));
        assert_eq!(header("ApiKey abc==").unwrap(), "ApiKey abc==");
        assert!(
            ["", "a", ":b", "a:", "ApiKey ", "ApiKey a b"]
                .into_iter()
                .all(|line| header(line).is_none())
        );
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("credentials");
        std::fs::write(&file, "\u{feff}reader:geheim\r\n").unwrap();
        assert_eq!(Credentials::of_file(&file).unwrap().0, header("reader:geheim").unwrap());
        assert!(matches!(Credentials::of_file(dir.path()), Err(ClusterError::File(..))));
    }
}
