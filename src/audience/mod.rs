//! The gate: only what it lets through can be indexed or written.
//!
//! **Invariant**: a [`Cleared`] document is made here alone. In the public audience it holds public
//! documents without drafts and open findings, and of each only its public fields: no instruction
//! or other internal event, no note that is not public, no comment of the source.

use crate::corpus::Source;
use crate::record::Record;
use std::sync::Arc;

/// Who a build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// 内网版: everything but drafts and classified files.
    Internal,
    /// 公开版: public documents, their public fields.
    Public,
}

/// A document that may be published to the audience of the build.
#[derive(Debug, Clone)]
pub struct Cleared {
    record: Record,
    source: Arc<Source>,
    audience: Audience,
}

impl Cleared {
    /// Its record, reduced to the fields that the audience may see.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Its Markdown body.
    pub fn body(&self) -> &str {
        self.source.body_text()
    }

    /// The audience that it was cleared for.
    pub fn audience(&self) -> Audience {
        self.audience
    }
}

#[cfg(test)]
impl Cleared {
    /// A document as if it had passed the gate, for tests of what comes after it.
    pub(crate) fn unchecked(record: Record, source: Arc<Source>, audience: Audience) -> Self {
        Self { record, source, audience }
    }
}
