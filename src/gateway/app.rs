//! Who is answered what: questions below `api/`, health and counts, and the files of a site where it has them.

use super::asked::{self, Failed, Question};
use super::metrics::Metrics;
use super::rate::Rate;
use super::turns::Turns;
use super::{Answers, Pages, Source};
use crate::http::{self, Bytes, Call, Method, Reply, Request, Response, StatusCode, blocking, media_type};
use crate::message::{Catalogue, Lang};
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Where the questions of a page begin.
const API: &str = "api/";
/// Bytes of a text that comes with a question at most.
const LONGEST_TEXT: usize = 64 << 10;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Threads that answer at most: the server's others read files.
const MOST_WORKERS: usize = 6;

/// A gateway.
pub(crate) struct App<S> {
    source: Arc<S>,
    pages: Option<Arc<Pages>>,
    lang: Lang,
    rate: Rate,
    turns: Turns,
    metrics: Metrics,
    kept: Arc<Kept>,
}

/// The vocabulary of a generation, for which the whole index is looked through.
type Kept = Mutex<Option<(String, Bytes)>>;

impl<S: Source> App<S> {
    /// Answers from a source, in a language, each client so many questions a second; with the files of a site, where it has
    /// them.
    pub(crate) fn new(source: S, pages: Option<Pages>, lang: Lang, per_second: u32) -> Self {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            source: Arc::new(source),
            pages: pages.map(Arc::new),
            lang,
            rate: Rate::of(per_second),
            turns: Turns::of(workers.min(MOST_WORKERS)),
            metrics: Metrics::default(),
            kept: Arc::default(),
        }
    }

    /// What a request asks for, by the name that the metrics have, and the answer.
    async fn route(&self, call: Call) -> (&'static str, Reply) {
        let request = Arc::clone(&call.request);
        match request.path() {
            "health" => ("health", self.health().await),
            "metrics" => ("metrics", self.count().await),
            path => match path.strip_prefix(API) {
                Some(name) => match Question::parse(name) {
                    Some(question) => (question.name(), self.question(question, call).await),
                    None => ("other", Reply::failure(StatusCode::NOT_FOUND)),
                },
                None => ("page", self.page(&request).await),
            },
        }
    }

    /// Whether there is somebody to answer.
    async fn health(&self) -> Reply {
        let source = Arc::clone(&self.source);
        blocking(move || match source.current() {
            Ok(answers) => Reply::json(&json!({
                "status": "ok",
                "generation": answers.generation(),
                "documents": answers.documents(),
            })),
            Err(refusal) => said(StatusCode::SERVICE_UNAVAILABLE, &refusal.0),
        })
        .await
    }

    async fn count(&self) -> Reply {
        let source = Arc::clone(&self.source);
        let documents = tokio::task::spawn_blocking(move || Some(source.current().ok()?.documents()));
        Reply::text(self.metrics.text(documents.await.unwrap_or(None)))
    }

    async fn page(&self, request: &Arc<Request>) -> Reply {
        let Some(pages) = self.pages.clone().filter(|_| request.method() == Method::GET) else {
            return Reply::failure(StatusCode::NOT_FOUND);
        };
        let request = Arc::clone(request);
        blocking(move || pages.file(request.path())).await
    }

    /// Answers a question within its limits.
    async fn question(&self, question: Question, mut call: Call) -> Reply {
        let words = Catalogue::of(self.lang);
        let request = Arc::clone(&call.request);
        let text = match *request.method() {
            Method::GET => None,
            Method::POST if question == Question::Like => match call.body(LONGEST_TEXT).await {
                Ok(body) => Some(body),
                Err(fault) => {
                    let most = (LONGEST_TEXT >> 10).to_string();
                    return said(fault.status(), &words.format("gateway.text", &[("most", most)]));
                }
            },
            _ => return Reply::failure(StatusCode::METHOD_NOT_ALLOWED),
        };
        if !self.rate.admits(client(&request), Instant::now()) {
            return said(StatusCode::TOO_MANY_REQUESTS, words.get("gateway.too-often")).for_later();
        }
        let busy = || said(StatusCode::SERVICE_UNAVAILABLE, words.get("gateway.busy")).for_later();
        let (source, kept, lang) = (Arc::clone(&self.source), Arc::clone(&self.kept), self.lang);
        let work = async {
            let turn = self.turns.take().await?;
            let work = move || {
                // Held to the end of the work, which goes on when the client is gone.
                let _turn = turn;
                let text = String::from_utf8_lossy(text.as_deref().unwrap_or_default());
                match answered((question, &request, &text), &*source, &kept) {
                    Ok(reply) => reply,
                    Err(failed) => {
                        let (status, sentence) = failed.said(Catalogue::of(lang));
                        said(status, &sentence)
                    }
                }
            };
            Some(blocking(work).await)
        };
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(reply) => reply.unwrap_or_else(busy),
            Err(_) => said(StatusCode::GATEWAY_TIMEOUT, words.get("gateway.slow")),
        }
    }
}

impl<S: Source> http::App for App<S> {
    async fn answer(self: Arc<Self>, call: Call) -> Response {
        let begun = Instant::now();
        let (name, reply) = self.route(call).await;
        self.metrics.note(name, reply.status(), begun.elapsed());
        reply.into()
    }
}

/// Answers a question, or says that what the client has is the answer.
fn answered(
    (question, request, text): (Question, &Request, &str),
    source: &impl Source,
    kept: &Kept,
) -> Result<Reply, Failed> {
    let answers = source.current()?;
    let tag = tag(answers.generation(), request, text);
    if has(request, &tag) {
        return Ok(Reply::unchanged(tag));
    }
    let answer = match question {
        Question::Vocabulary => vocabulary(request, &*answers, kept)?,
        _ => asked::answer(question, request, text, &*answers)?.into(),
    };
    Ok(Reply::ok(media_type("json"), answer).with_tag(tag))
}

/// The vocabulary, which is the same as long as the index is.
fn vocabulary(request: &Request, answers: &impl Answers, kept: &Kept) -> Result<Bytes, Failed> {
    let held = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    let known = held().clone().filter(|(known, _)| known == answers.generation());
    if let Some((_, vocabulary)) = known {
        return Ok(vocabulary);
    }
    let vocabulary = Bytes::from(asked::answer(Question::Vocabulary, request, "", answers)?);
    *held() = Some((answers.generation().to_owned(), vocabulary.clone()));
    Ok(vocabulary)
}

/// Names the answer of this program to a question in a generation.
fn tag(generation: &str, request: &Request, text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [
        env!("JIANYAN_SOURCES").as_bytes(),
        generation.as_bytes(),
        request.target().as_bytes(),
        text.as_bytes(),
    ] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    format!("\"{}\"", &hasher.finalize().to_hex()[..32])
}

/// Whether a client has what a tag names. A web server that compresses makes a weak tag of it.
fn has(request: &Request, tag: &str) -> bool {
    let known = request.header("if-none-match").unwrap_or_default();
    known.split(',').any(|own| own.trim().trim_start_matches("W/") == tag)
}

/// Who asks, as the web server before us says: the last one that it names.
fn client(request: &Request) -> &str {
    let named = request.header("x-forwarded-for").unwrap_or_default();
    named.rsplit(',').next().unwrap_or_default().trim()
}

/// A sentence for the reader.
fn said(status: StatusCode, sentence: &str) -> Reply {
    Reply::json(&json!({ "message": sentence })).with_status(status)
}
