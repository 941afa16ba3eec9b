//! The protocol at an address of the HTTP server: a request, an answer, and nothing kept between the two.

use super::{Assistant, Source};
use crate::http::{Call, Method, Reply, Response, secured};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use std::sync::Arc;

/// Where it stands.
pub(crate) const PATH: &str = "mcp";
/// Bytes of a message at most: a draft, and what JSON adds to it.
const LONGEST: usize = 16 << 20;

/// Answers the messages that are sent to [`PATH`].
pub(crate) struct Endpoint {
    source: Source,
    service: StreamableHttpService<Assistant, NeverSessionManager>,
}

impl Endpoint {
    /// An endpoint for an index. Who may ask at all, the server's guard has decided.
    pub(crate) fn new(source: Source) -> Self {
        let assistant = Assistant::new(source.clone());
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(LONGEST);
        let service = StreamableHttpService::new(move || Ok(assistant.clone()), Arc::default(), config);
        Self { source, service }
    }

    /// The index that it asks.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Answers one message.
    pub(crate) async fn answer(&self, mut call: Call) -> Response {
        let most = match call.request.method() {
            &Method::POST => LONGEST,
            _ => 0,
        };
        match call.whole(most).await {
            Ok(request) => secured(self.service.handle(request).await),
            Err(fault) => Reply::failure(fault.status()).into(),
        }
    }
}
