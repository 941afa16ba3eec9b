//! What answers, and what its connections share.

use super::guard::Guard;
use super::reply::Response;
use super::request::{Bodies, Call};
use std::sync::Arc;

/// What a server answers with.
pub(crate) trait App: Send + Sync + 'static {
    /// Answers a request that the guard has admitted.
    fn answer(self: Arc<Self>, call: Call) -> impl Future<Output = Response> + Send;
}

/// What all connections share.
pub(super) struct House<A> {
    pub app: Arc<A>,
    pub guard: Guard,
    pub bodies: Arc<Bodies>,
}
