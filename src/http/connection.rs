//! One connection: a request, judged by the guard, answered and closed.

use super::app::{App, House};
use super::limits::{DRAIN, LONGEST_HEAD, MOST_DRAINED, MOST_HEADERS, Phase};
use super::reply::{Reply, Response};
use super::request::{Call, Request};
use super::seat::{Seat, Visit};
use hyper::StatusCode;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What hyper doesn't say: to a client that takes too long, and to one that finds every seat taken.
const TOO_SLOW: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
const NO_SEAT: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// Answers what comes on a connection, and closes it. A client that goes away is not a failure of ours.
pub(super) async fn serve<A: App>(stream: TcpStream, seat: Seat, house: Arc<House<A>>) {
    let visit = &seat.visit;
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let (visit, house) = (visit.clone(), Arc::clone(&house));
        Box::pin(async move { Ok::<Response, Infallible>(answer(request, visit, house).await) })
    });
    let mut connection = http1::Builder::new()
        .keep_alive(false)
        .title_case_headers(true)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LONGEST_HEAD)
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(stream), service);
    let answered = std::future::poll_fn(|context| connection.poll_without_shutdown(context));
    let in_time = tokio::select! {
        _ = answered => true,
        () = visit.overdue() => false,
    };
    let stream = connection.into_parts().io.into_inner();
    match (in_time, visit.phase()) {
        (true, _) => finish(stream, b"").await,
        (false, Phase::Head) => finish(stream, TOO_SLOW).await,
        (false, _) => {}
    }
}

/// Says that there is no seat.
pub(super) async fn refuse(stream: TcpStream) {
    finish(stream, NO_SEAT).await;
}

async fn answer<A: App>(request: hyper::Request<Incoming>, visit: Visit, house: Arc<House<A>>) -> Response {
    visit.enter(Phase::Work);
    let (parts, body) = request.into_parts();
    let response = match Request::of(parts) {
        None => Reply::failure(StatusCode::BAD_REQUEST).into(),
        Some(request) if !house.guard.admits(&request) => Reply::failure(StatusCode::FORBIDDEN).into(),
        Some(request) => {
            let call = Call::new(request, body, visit.clone(), Arc::clone(&house.bodies));
            Arc::clone(&house.app).answer(call).await
        }
    };
    visit.enter(Phase::Answer);
    response
}

/// Says the last word and closes. The request may not have been read to its end: closed at once, its sender would
/// see a broken connection in the place of the answer.
async fn finish(mut stream: TcpStream, last: &[u8]) {
    let close = async {
        stream.write_all(last).await?;
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(MOST_DRAINED), &mut tokio::io::sink()).await
    };
    // A client that doesn't listen any more misses nothing.
    let _ = timeout(DRAIN, close).await;
}
