//! The gate: only what it lets through can be indexed or written.
