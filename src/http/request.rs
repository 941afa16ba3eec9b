//! What a client asks for, and the body that it hands over.

use super::limits::{MOST_OF_BODIES, Phase};
use super::seat::Visit;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The head of a request.
#[derive(Debug)]
pub(crate) struct Request {
    parts: Parts,
    /// The path, decoded, without its first `/`.
    path: String,
    /// The query, decoded.
    query: BTreeMap<String, String>,
}

impl Request {
    /// `None` for what asks for another thing than a path: a proxy's request, `*`.
    pub(super) fn of(parts: Parts) -> Option<Self> {
        if parts.uri.authority().is_some() {
            return None;
        }
        let path = parts.uri.path().strip_prefix('/')?;
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let query = parts.uri.query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Some(Self { parts, path, query })
    }

    /// GET, POST …
    pub(crate) fn method(&self) -> &Method {
        &self.parts.method
    }

    /// The path, decoded, without its first `/`.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Path and query as they came.
    pub(crate) fn target(&self) -> &str {
        self.parts.uri.path_and_query().map_or("", |target| target.as_str())
    }

    /// A header. Of one that comes twice with different values there is none.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.parts.headers.get_all(name).iter();
        let first = values.next()?;
        let alike = values.all(|value| value == first);
        first.to_str().ok().filter(|_| alike)
    }

    /// Whether a header came at all, be it readable or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.headers.contains_key(name)
    }

    /// A parameter of the query; empty where there is none.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }
}

/// Why a body is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// It stopped, or was not a body.
    #[error("the body stopped or is broken")]
    Broken,
    /// It is too large.
    #[error("the body is too large")]
    Large,
    /// It doesn't say how much it sends.
    #[error("the body has no length")]
    NoLength,
    /// Others hand over too much at the moment.
    #[error("too many bodies at the moment")]
    Busy,
}

impl Fault {
    /// What its sender is told.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Fault::Broken => StatusCode::BAD_REQUEST,
            Fault::Large => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::NoLength => StatusCode::LENGTH_REQUIRED,
            Fault::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// One request on its connection.
pub(crate) struct Call {
    /// What it asks for.
    pub request: Arc<Request>,
    body: Incoming,
    visit: Visit,
    bodies: Arc<Bodies>,
}

impl Call {
    pub(super) fn new(request: Request, body: Incoming, visit: Visit, bodies: Arc<Bodies>) -> Self {
        Self {
            request: Arc::new(request),
            body,
            visit,
            bodies,
        }
    }

    /// From here on the answer is waited for until there is news, and may be given up for another client.
    pub(crate) fn waits(&self) {
        self.visit.enter(Phase::Wait);
    }

    /// Reads the body, of so many bytes at most.
    ///
    /// # Errors
    /// Where there is none that can be taken whole.
    pub(crate) async fn body(&mut self, most: usize) -> Result<Received, Fault> {
        let length = self.request.header("content-length");
        let length = length.and_then(|text| text.parse::<usize>().ok());
        let (Some(length), false) = (length, self.request.has("transfer-encoding")) else {
            return Err(Fault::NoLength);
        };
        if length > most {
            return Err(Fault::Large);
        }
        self.visit.enter(Phase::Body);
        let mut received = Received {
            bytes: Vec::new(),
            bodies: Arc::clone(&self.bodies),
        };
        while let Some(frame) = self.body.frame().await {
            let frame = frame.map_err(|_| Fault::Broken)?;
            if let Ok(bytes) = frame.into_data() {
                received.add(&bytes)?;
            }
        }
        self.visit.enter(Phase::Work);
        Ok(received)
    }

    /// The request with its body, of so many bytes at most, for a library that answers it; without one where none is
    /// wanted.
    ///
    /// # Errors
    /// Where there is none that can be taken whole.
    pub(crate) async fn whole(&mut self, most: usize) -> Result<hyper::Request<Full<Bytes>>, Fault> {
        let body = match most {
            0 => Bytes::new(),
            _ => Bytes::from_owner(self.body(most).await?),
        };
        let mut request = hyper::Request::new(Full::new(body));
        *request.method_mut() = self.request.parts.method.clone();
        *request.uri_mut() = self.request.parts.uri.clone();
        *request.headers_mut() = self.request.parts.headers.clone();
        Ok(request)
    }
}

/// How much of all bodies is in memory.
#[derive(Default)]
pub(super) struct Bodies(AtomicUsize);

/// A body, which counts as long as it is held.
pub(crate) struct Received {
    bytes: Vec<u8>,
    bodies: Arc<Bodies>,
}

impl Received {
    fn add(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let before = self.bodies.0.fetch_add(bytes.len(), Ordering::Relaxed);
        // Counted from here on, so that dropping it takes away what was added.
        self.bytes.extend_from_slice(bytes);
        if before + bytes.len() > MOST_OF_BODIES {
            return Err(Fault::Busy);
        }
        Ok(())
    }
}

impl std::ops::Deref for Received {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl AsRef<[u8]> for Received {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        self.bodies.0.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str) -> Option<Request> {
        let head = hyper::Request::builder().uri(uri).body(()).unwrap();
        Request::of(head.into_parts().0)
    }

    #[test]
    fn path_and_query_are_decoded_and_another_server_is_no_path() {
        let asked = request("/%E6%A1%88%E4%BE%8B/a.html?file=a%2Fb.md&q=x+y&empty").unwrap();
        assert_eq!(asked.path(), "案例/a.html");
        let read = ["file", "q", "empty", "none"].map(|name| asked.parameter(name));
        assert_eq!(read, ["a/b.md", "x y", "", ""]);
        assert!(request("http://a.example/").is_none() && request("*").is_none());
    }

    #[test]
    fn all_bodies_together_have_a_limit_and_one_that_is_gone_counts_no_more() {
        let bodies = Arc::new(Bodies::default());
        let body = || Received {
            bytes: Vec::new(),
            bodies: Arc::clone(&bodies),
        };
        let piece = vec![0; MOST_OF_BODIES / 2];
        let (mut one, mut other) = (body(), body());
        assert!(one.add(&piece).is_ok() && other.add(&piece).is_ok());
        assert_eq!(other.add(&[0]), Err(Fault::Busy));
        drop((one, other));
        assert!(body().add(&piece).is_ok());
        assert_eq!(bodies.0.load(Ordering::Relaxed), 0);
    }
}
