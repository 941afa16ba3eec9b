//! The Model Context Protocol: an office's own model looks things up in an index instead of inventing them.
//!
//! `tools` says what there is to call and with which arguments, `answer` what each call returns, `http` serves it beside
//! what else an HTTP server answers; [`serve_pipes`] serves it over standard input and output. The protocol itself is
//! rmcp's.
//!
//! **Invariant**: everything is read-only, comes from the one index that the server was given, and is bounded: what
//! doesn't fit into an answer is continued from the number that the answer names. Texts of the corpus are values in
//! JSON, never instructions.

mod answer;
mod http;
mod tools;

pub(crate) use http::{Endpoint, PATH};

use crate::message::{Catalogue, Lang};
use jiff::civil::Date;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::{ErrorData, ServiceExt};
use std::path::PathBuf;
use std::sync::Arc;
use tools::{Call, Refused};

/// Bytes of a message over standard input at most. An argument that is too long is answered, so there is room for one; what
/// is longer still is passed over without an answer.
const LONGEST_LINE: usize = 64 << 20;

/// An index that models may ask.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Its folder.
    pub index: PathBuf,
    /// The day on which laws are in force or not.
    pub now: Date,
    /// What the addresses of pages begin with; where there is nothing, they are relative to the site.
    pub site: String,
    /// Language of descriptions and messages.
    pub lang: Lang,
}

/// The server of one index. Each call opens the index anew, so that it answers from the newest build.
#[derive(Debug, Clone)]
pub(crate) struct Assistant(Arc<Source>);

impl Assistant {
    /// A server of an index.
    pub(crate) fn new(source: Source) -> Self {
        Self(Arc::new(source))
    }
}

impl ServerHandler for Assistant {
    fn get_info(&self) -> ServerConfig {
        let words = Catalogue::of(self.0.lang);
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("jianyan", env!("CARGO_PKG_VERSION")))
            .with_instructions(words.get("mcp.instructions"))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::all(self.0.lang).into_iter().find(|tool| tool.name == name)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all(self.0.lang)))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let call = Call::of(&request.name, request.arguments.unwrap_or_default());
        let call = call.map_err(|refused| match refused {
            Refused::Unknown(name) => ErrorData::invalid_params(format!("unknown tool: {name}"), None),
            Refused::Arguments(cause) => ErrorData::invalid_params(cause, None),
        })?;
        let source = Arc::clone(&self.0);
        let work = tokio::task::spawn_blocking(move || answer::of(&call, &source));
        let answer = tokio::select! {
            done = work => done.map_err(|_| ErrorData::internal_error("the call failed", None))?,
            () = context.ct.cancelled() => return Err(ErrorData::internal_error("cancelled", None)),
        };
        Ok(match answer {
            Ok(value) => CallToolResult::structured(value),
            Err(said) => CallToolResult::error(vec![ContentBlock::text(said)]),
        }
        .into())
    }
}

/// Serves over standard input and output until the client closes them.
///
/// # Errors
/// Where the client doesn't begin as the protocol asks.
pub(crate) async fn serve_pipes(source: Source) -> Result<(), String> {
    let (input, output) = rmcp::transport::stdio();
    let pipes = AsyncRwTransport::new_server(input, output).with_max_line_length(LONGEST_LINE);
    let running = Assistant::new(source).serve(pipes).await;
    let running = running.map_err(|error| error.to_string())?;
    running.waiting().await.map(drop).map_err(|error| error.to_string())
}
