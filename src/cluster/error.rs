//! Why a cluster couldn't be asked or written.

use crate::index::IndexError;
use crate::message::{Catalogue, Lang};

/// A failure of the cluster, of the way there, or of what stands there.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// An address that is none: not http or https, no host, or with something that has no place in it.
    Address(String),
    /// An address that carries a user or a password.
    Secret,
    /// A password would leave the machine without TLS.
    Plain(String),
    /// TLS without the certificates of those who are trusted.
    NoAuthority(String),
    /// The file of certificates or of credentials can't be read, or isn't one; the file and why.
    File(String, String),
    /// User without password, or the other way round.
    Credentials,
    /// Nobody answers there: the address and why.
    Away(String, String),
    /// The certificate or the encryption isn't as it must be.
    Tls(String, String),
    /// No answer in time.
    Timeout(String),
    /// The cluster doesn't know us, or doesn't allow it.
    Refused,
    /// The disks of the cluster are full: it takes nothing more.
    Full,
    /// The cluster was too busy for as long as was waited.
    Busy,
    /// A request that is larger than the cluster takes.
    TooLarge,
    /// There is no such index or alias.
    Missing(String),
    /// An index of another format; 0 where it names none.
    Format(String, u32),
    /// A name that is no alias of ours: an index, or an alias of an index that is not ours, or of several.
    Elsewhere(String),
    /// A query of more parts than the cluster takes.
    Clauses,
    /// What stands behind the alias is for another audience than what is published or asked for.
    Audience(String, String),
    /// The index on this machine is for another audience than is asked for: for this one.
    IndexAudience(String),
    /// What has arrived isn't what was sent: what was looked at.
    Disagrees(String),
    /// An answer that isn't one of such a cluster: why.
    Garbled(String),
    /// Something else: the status, with the engine's kind of error and its reason.
    Unexpected(u16, String, String),
    /// The index on this machine can't be read.
    Index(#[from] IndexError),
}

impl ClusterError {
    /// The sentence about it, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        let one = |about: &String| vec![("about", about.clone())];
        let two = |about: &String, cause: &String| vec![("about", about.clone()), ("cause", cause.clone())];
        let (key, args): (&str, Vec<(&'static str, String)>) = match self {
            Self::Address(url) => ("cluster.address", one(url)),
            Self::Secret => ("cluster.secret", Vec::new()),
            Self::Plain(url) => ("cluster.plain", one(url)),
            Self::NoAuthority(url) => ("cluster.no-authority", one(url)),
            Self::File(path, cause) => ("cluster.file", two(path, cause)),
            Self::Credentials => ("cluster.credentials", Vec::new()),
            Self::Away(url, cause) => ("cluster.away", two(url, cause)),
            Self::Tls(url, cause) => ("cluster.tls", two(url, cause)),
            Self::Timeout(url) => ("cluster.timeout", one(url)),
            Self::Refused => ("cluster.refused", Vec::new()),
            Self::Full => ("cluster.full", Vec::new()),
            Self::Busy => ("cluster.busy", Vec::new()),
            Self::TooLarge => ("cluster.too-large", Vec::new()),
            Self::Missing(name) => ("cluster.missing", one(name)),
            Self::Format(name, _) => ("cluster.format", one(name)),
            Self::Elsewhere(name) => ("cluster.elsewhere", one(name)),
            Self::Clauses => ("cluster.clauses", Vec::new()),
            Self::Audience(alias, found) => (
                "cluster.audience",
                vec![("about", alias.clone()), ("found", found.clone())],
            ),
            Self::IndexAudience(found) => ("cluster.index-audience", vec![("found", found.clone())]),
            Self::Disagrees(what) => ("cluster.disagrees", one(what)),
            Self::Garbled(cause) => ("cluster.garbled", vec![("cause", cause.clone())]),
            Self::Unexpected(status, kind, reason) => (
                "cluster.unexpected",
                vec![
                    ("status", status.to_string()),
                    ("kind", kind.clone()),
                    ("cause", reason.clone()),
                ],
            ),
            Self::Index(error) => return error.message(lang),
        };
        Catalogue::of(lang).format(key, &args)
    }

    /// Whether it lies in what was asked for, not in the cluster or the machine.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Address(_)
                | Self::Secret
                | Self::Plain(_)
                | Self::NoAuthority(_)
                | Self::Credentials
                | Self::Audience(..)
                | Self::IndexAudience(_)
        )
    }

    /// Whether the same request may well be answered a moment later.
    pub(super) fn passes(&self) -> bool {
        match self {
            Self::Away(..) | Self::Timeout(_) | Self::Busy => true,
            Self::Unexpected(status, ..) => matches!(status, 502..=504),
            _ => false,
        }
    }
}

impl std::fmt::Display for ClusterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}
