//! What is sent back, and how it may be used.

use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::StatusCode;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::fs::File;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

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
    // Not `no-referrer`: with it a page of ours asks from nowhere in Chromium 69 (`Origin: null`).
    (header::REFERRER_POLICY, "same-origin"),
];

/// What hyper sends: an answer whole, or a stream of an application's own.
pub(crate) type Response = hyper::Response<UnsyncBoxBody<Bytes, io::Error>>;

/// An answer whose bytes are there.
#[derive(Debug)]
pub struct Reply {
    status: StatusCode,
    media_type: &'static str,
    pieces: VecDeque<Piece>,
    location: Option<String>,
    saved: bool,
    /// Whether the client is told to ask once more, later.
    again: bool,
    /// Names what was answered, so that a client that has it is told so.
    tag: Option<String>,
}

/// Seconds after which a client asks once more.
const LATER: &str = "2";

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
            pieces: pieces
                .into_iter()
                .filter(|piece| !piece.is_empty())
                .map(Piece::Held)
                .collect(),
            location: None,
            saved: false,
            again: false,
            tag: None,
        }
    }

    /// A file as long as it is now, read while it is sent.
    ///
    /// # Errors
    /// Where the system doesn't say how long it is.
    pub fn file(media_type: &'static str, file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self {
            pieces: [Piece::OnDisk(file.into(), length)].into(),
            ..Self::pieces(media_type, [])
        })
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

    /// That too many ask for what takes long, and that it is there later.
    pub fn busy() -> Self {
        Self::failure(StatusCode::SERVICE_UNAVAILABLE).for_later()
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

    /// The same, to be saved and not opened where it is asked for by itself.
    #[must_use]
    pub fn into_download(self) -> Self {
        Self { saved: true, ..self }
    }

    /// The same, to be asked once more a little later.
    #[must_use]
    pub fn for_later(self) -> Self {
        Self { again: true, ..self }
    }

    /// The same under a name: a client keeps it, and asks whether it still holds.
    #[must_use]
    pub fn with_tag(self, tag: String) -> Self {
        Self { tag: Some(tag), ..self }
    }

    /// That what the client has under a name still holds.
    pub fn unchanged(tag: String) -> Self {
        Self::pieces(media_type("txt"), [])
            .with_status(StatusCode::NOT_MODIFIED)
            .with_tag(tag)
    }

    /// What it says.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

/// What another library answers, with what every answer of ours says.
pub(crate) fn secured<B>(response: hyper::Response<B>) -> Response
where
    B: Body<Data = Bytes, Error = Infallible> + Send + 'static,
{
    let mut response = response.map(|body| body.map_err(|never| match never {}).boxed_unsync());
    response.headers_mut().extend(always());
    let policy = HeaderValue::from_static(FILE_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn always() -> HeaderMap {
    ALWAYS
        .into_iter()
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect()
}

impl From<Reply> for Response {
    fn from(reply: Reply) -> Self {
        let mut headers = always();
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
        if reply.saved {
            headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
        }
        if reply.again {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(LATER));
        }
        if let Some(tag) = reply.tag.and_then(|tag| HeaderValue::try_from(tag).ok()) {
            headers.insert(header::ETAG, tag);
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        }
        let mut response = hyper::Response::new(Pieces(reply.pieces).boxed_unsync());
        *response.status_mut() = reply.status;
        *response.headers_mut() = headers;
        response
    }
}

/// Bytes of a file that are read at a time.
const READ: u64 = 64 << 10;

/// A part of what is sent.
#[derive(Debug)]
enum Piece {
    /// Bytes that others hold too: sent as they are.
    Held(Bytes),
    /// So many bytes of a file.
    OnDisk(tokio::fs::File, u64),
}

struct Pieces(VecDeque<Piece>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let (bytes, left) = match self.0.front_mut() {
            None => return Poll::Ready(None),
            Some(Piece::Held(bytes)) => (std::mem::take(bytes), 0),
            Some(Piece::OnDisk(file, left)) => {
                let mut bytes = vec![0; READ.min(*left) as usize];
                let mut read = ReadBuf::new(&mut bytes);
                ready!(pin!(file).poll_read(context, &mut read))?;
                let length = read.filled().len();
                bytes.truncate(length);
                *left -= length as u64;
                // A file that has become shorter breaks off what was promised.
                if length == 0 && *left > 0 {
                    return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
                }
                (bytes.into(), *left)
            }
        };
        if left == 0 {
            self.0.pop_front();
        }
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        let size = |piece: &Piece| match piece {
            Piece::Held(bytes) => bytes.len() as u64,
            Piece::OnDisk(_, left) => *left,
        };
        SizeHint::with_exact(self.0.iter().map(size).sum())
    }
}

/// The media type of a file by its ending.
pub(crate) fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        // The bundle's files carry their encoding in a byte order mark.
        "js" => "text/javascript",
        "json" => "application/json",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
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
