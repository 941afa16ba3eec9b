//! Reading one request: within a time and a size that no honest browser needs more of.

use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long a client may take to say what it wants, and to hand over what it sends.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
const BODY_PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of the head of a request at most.
const LONGEST_HEAD: usize = 64 << 10;
/// Headers of a request at most.
const MOST_HEADERS: usize = 64;
/// Bytes that are read at a time.
const PIECE: usize = 64 << 10;

/// The head of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// GET, POST …
    pub method: String,
    /// The path, decoded, without its first `/`.
    pub path: String,
    /// The query, decoded.
    pub query: BTreeMap<String, String>,
    /// Headers by their names in lower case. Of a header that comes twice the last counts, unless
    /// they differ: then there is none.
    headers: BTreeMap<String, Option<String>>,
    /// What came of the body with the head.
    begun: Vec<u8>,
}

/// Why a request is not answered as it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It says nothing, or stopped.
    Gone,
    /// It is no request.
    Malformed,
    /// It took too long.
    Slow,
    /// It is too large.
    Large,
    /// It doesn't say how much it sends.
    NoLength,
}

impl Request {
    /// Reads the head of a request.
    pub fn read(stream: &TcpStream) -> Result<Self, Fault> {
        let deadline = Instant::now() + HEAD_PATIENCE;
        let mut bytes = Vec::new();
        loop {
            let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
            let mut head = httparse::Request::new(&mut headers);
            match head.parse(&bytes) {
                Ok(httparse::Status::Complete(end)) => {
                    let mut request = Self::of(&head).ok_or(Fault::Malformed)?;
                    request.begun = bytes.split_off(end);
                    return Ok(request);
                }
                Ok(httparse::Status::Partial) if bytes.len() > LONGEST_HEAD => return Err(Fault::Large),
                Ok(httparse::Status::Partial) => {}
                Err(_) => return Err(Fault::Malformed),
            }
            if read_some(stream, &mut bytes, deadline)? == 0 {
                return Err(Fault::Gone);
            }
        }
    }

    fn of(head: &httparse::Request) -> Option<Self> {
        let target = head.path?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = path.split('#').next()?.strip_prefix('/')?;
        let mut headers: BTreeMap<String, Option<String>> = BTreeMap::new();
        for header in head.headers.iter() {
            let value = std::str::from_utf8(header.value)
                .ok()
                .map(|value| value.trim().to_owned());
            let known = headers
                .entry(header.name.to_ascii_lowercase())
                .or_insert_with(|| value.clone());
            if *known != value {
                *known = None;
            }
        }
        Some(Self {
            method: head.method?.to_owned(),
            path: decoded(path),
            query: parameters(query),
            headers,
            begun: Vec::new(),
        })
    }

    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.as_deref()
    }

    /// Whether a header came at all, be it readable or not.
    pub fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// A parameter of the query; empty where there is none.
    pub fn parameter(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// Reads the body, of so many bytes at most.
    pub fn body(&mut self, stream: &TcpStream, most: usize) -> Result<Vec<u8>, Fault> {
        let length = self
            .header("content-length")
            .and_then(|text| text.parse::<usize>().ok());
        let (Some(length), false) = (length, self.has("transfer-encoding")) else {
            return Err(Fault::NoLength);
        };
        if length > most {
            return Err(Fault::Large);
        }
        let deadline = Instant::now() + BODY_PATIENCE;
        let mut bytes = std::mem::take(&mut self.begun);
        while bytes.len() < length {
            if read_some(stream, &mut bytes, deadline)? == 0 {
                return Err(Fault::Gone);
            }
        }
        bytes.truncate(length);
        Ok(bytes)
    }
}

/// Reads what has come, waiting until the deadline at most.
fn read_some(mut stream: &TcpStream, bytes: &mut Vec<u8>, deadline: Instant) -> Result<usize, Fault> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Fault::Slow);
    }
    let mut piece = [0; PIECE];
    let read = stream
        .set_read_timeout(Some(left))
        .and_then(|()| stream.read(&mut piece));
    match read {
        Ok(count) => {
            bytes.extend_from_slice(&piece[..count]);
            Ok(count)
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => Err(Fault::Slow),
        Err(_) => Err(Fault::Gone),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The parameters of a query, `+` being a space as forms write it.
fn parameters(query: &str) -> BTreeMap<String, String> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
        })
        .collect()
}
