//! What is sent back, and how it may be used.

use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::StatusCode;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a page may load and do; nobody may frame it.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A picture that is opened by itself runs nothing: it would run in the name of the desk.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// What every answer says.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// What hyper sends: an answer whole, or a stream of an application's own.
pub type Response = hyper::Response<UnsyncBoxBody<Bytes, Infallible>>;

/// An answer whose bytes are there.
#[derive(Debug)]
pub struct Reply {
    status: StatusCode,
    media_type: &'static str,
    pieces: VecDeque<Bytes>,
    location: Option<String>,
}

impl Reply {
    /// Bytes of a media type.
    pub fn ok(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self::pieces(media_type, [body.into()])
    }

    /// Pieces, one after the other.
    pub fn pieces(media_type: &'static str, pieces: impl IntoIterator<Item = Bytes>) -> Self {
        Self {
            status: StatusCode::OK,
            media_type,
            pieces: pieces.into_iter().filter(|piece| !piece.is_empty()).collect(),
            location: None,
        }
    }

    /// A page, in pieces.
    pub fn page(pieces: impl IntoIterator<Item = Bytes>) -> Self {
        Self::pieces(media_type("html"), pieces)
    }

    /// A line of text.
    pub fn text(text: impl Into<Bytes>) -> Self {
        Self::ok(media_type("txt"), text)
    }

    /// Nothing but a status.
    pub fn failure(status: StatusCode) -> Self {
        Self::text(status.to_string()).with_status(status)
    }

    /// A value as JSON.
    pub fn json(value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => Self::ok(media_type("json"), bytes),
            Err(_) => Self::failure(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// Leads to another page.
    pub fn see(location: String) -> Self {
        Self {
            location: Some(location),
            ..Self::failure(StatusCode::SEE_OTHER)
        }
    }

    /// The same with another status.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl From<Reply> for Response {
    fn from(reply: Reply) -> Self {
        let mut headers: HeaderMap = ALWAYS
            .into_iter()
            .map(|(name, value)| (name, HeaderValue::from_static(value)))
            .collect();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.media_type));
        let policy = match reply.media_type {
            "text/html; charset=utf-8" => Some(PAGE_POLICY),
            // The browser's own reader of PDF doesn't work in a sandbox.
            "application/pdf" => None,
            _ => Some(FILE_POLICY),
        };
        let policy = policy.map(HeaderValue::from_static);
        headers.extend(policy.map(|policy| (header::CONTENT_SECURITY_POLICY, policy)));
        let location = reply.location.and_then(|location| HeaderValue::try_from(location).ok());
        headers.extend(location.map(|location| (header::LOCATION, location)));
        let mut response = hyper::Response::new(Pieces(reply.pieces).boxed_unsync());
        *response.status_mut() = reply.status;
        *response.headers_mut() = headers;
        response
    }
}

/// Bytes that others hold too: sent as they are.
struct Pieces(VecDeque<Bytes>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.iter().map(|piece| piece.len() as u64).sum())
    }
}

/// The media type of a file by its ending.
pub fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        // The bundle's files carry their encoding in a byte order mark.
        "js" => "text/javascript",
        "json" => "application/json",
        "md" | "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
