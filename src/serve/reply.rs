//! What is sent back, and how it may be used.

use serde::Serialize;
use std::io::{self, Write};
use std::net::TcpStream;

/// What a page of the preview may load and do; nobody may frame it.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A picture that is opened by itself runs nothing: it would run in the name of the desk.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// An answer.
pub(super) struct Reply {
    status: &'static str,
    media_type: &'static str,
    body: Vec<u8>,
    location: Option<String>,
}

impl Reply {
    pub fn ok(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: "200 OK",
            media_type,
            body: body.into(),
            location: None,
        }
    }

    pub fn page(html: impl Into<Vec<u8>>) -> Self {
        Self::ok("text/html; charset=utf-8", html)
    }

    pub fn failure(status: &'static str) -> Self {
        Self::ok("text/plain; charset=utf-8", status).with_status(status)
    }

    pub fn json(value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => Self::ok("application/json", bytes),
            Err(_) => Self::failure("500 Internal Server Error"),
        }
    }

    /// Leads to another page.
    pub fn see(location: String) -> Self {
        Self {
            location: Some(location),
            ..Self::failure("303 See Other")
        }
    }

    pub fn with_status(self, status: &'static str) -> Self {
        Self { status, ..self }
    }

    /// Sends it; to HEAD without its body.
    pub fn send(&self, stream: &TcpStream, with_body: bool) -> io::Result<()> {
        let mut out = io::BufWriter::new(stream);
        write!(
            out,
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n",
            self.status,
            self.media_type,
            self.body.len()
        )?;
        let policy = match self.media_type {
            "text/html; charset=utf-8" => Some(PAGE_POLICY),
            // The browser's own reader of PDF is none in a sandbox.
            "application/pdf" => None,
            _ => Some(FILE_POLICY),
        };
        if let Some(policy) = policy {
            write!(out, "Content-Security-Policy: {policy}\r\n")?;
        }
        if let Some(location) = &self.location {
            write!(out, "Location: {location}\r\n")?;
        }
        out.write_all(b"Connection: close\r\n\r\n")?;
        if with_body {
            out.write_all(&self.body)?;
        }
        out.flush()
    }
}

/// The media type of a file by its ending.
pub(super) fn media_type(path: &str) -> &'static str {
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
