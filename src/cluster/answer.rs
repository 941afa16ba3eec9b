//! What a cluster's answer says when it isn't what was asked for.

use super::error::ClusterError;
use serde_json::Value;

/// Characters of a reason that are shown.
const SHOWN: usize = 300;
/// What a cluster says of an index that it has closed for writing because a disk is full, and of itself where all are.
const FULL: [&str; 4] = [
    "flood-stage",
    "read-only-allow-delete",
    "read_only_allow_delete",
    "create-index blocked",
];

/// What a node says that is busy, or has just lost its partners: it has no shard to offer, or waits for an election.
const PASSING: [&str; 10] = [
    "unavailable_shards_exception",
    "no_shard_available_action_exception",
    "cluster_manager_not_discovered_exception",
    "master_not_discovered_exception",
    "node_not_connected_exception",
    "node_closed_exception",
    "circuit_breaking_exception",
    "es_rejected_execution_exception",
    "rejected_execution_exception",
    "search_context_missing_exception",
];

/// The error in an answer whose status says that it failed. `about` is the address or name that was asked for.
pub(super) fn failure(status: u16, body: &[u8], about: &str) -> ClusterError {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let error = &body["error"];
    if error.is_object() {
        return of(status, error, about);
    }
    // Security plugins and proxies answer in texts of their own.
    let reason = error.as_str().or(body.as_str()).unwrap_or_default();
    plain(status, about).unwrap_or_else(|| ClusterError::Unexpected(status, String::new(), cut(reason)))
}

/// An error as an engine describes it, of a whole request or of one of its items.
pub(super) fn of(status: u16, error: &Value, about: &str) -> ClusterError {
    let (kind, reason) = (text(error, "type"), text(error, "reason"));
    let whole = error.to_string();
    let says = |word: &str| whole.contains(word);
    if FULL.iter().any(|word| says(word)) {
        return ClusterError::Full;
    }
    if says("too_many_clauses") || says("too_many_nested_clauses") || says("maxClauseCount") {
        return ClusterError::Clauses;
    }
    if kind == "index_not_found_exception" || kind == "aliases_not_found_exception" {
        return ClusterError::Missing(error["index"].as_str().unwrap_or(about).to_owned());
    }
    if PASSING.contains(&kind) || says("no cluster-manager") || says("no_shard_available") {
        return ClusterError::Busy;
    }
    plain(status, about).unwrap_or_else(|| ClusterError::Unexpected(status, kind.to_owned(), cut(reason)))
}

/// What a status says by itself.
fn plain(status: u16, about: &str) -> Option<ClusterError> {
    Some(match status {
        401 | 403 => ClusterError::Refused,
        404 => ClusterError::Missing(about.to_owned()),
        408 => ClusterError::Timeout(about.to_owned()),
        413 => ClusterError::TooLarge,
        429 => ClusterError::Busy,
        _ => return None,
    })
}

fn text<'a>(error: &'a Value, key: &str) -> &'a str {
    error[key].as_str().unwrap_or_default()
}

/// The beginning of a text, on one line.
pub(super) fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_engine_says_is_told_apart() {
        let said = |status, body: &str| failure(status, body.as_bytes(), "jianyan-public");
        let error = |kind: &str, reason: &str| format!(r#"{{"error":{{"type":"{kind}","reason":"{reason}"}}}}"#);
        let flood = "index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]";
        for status in [403, 429] {
            assert!(matches!(
                said(status, &error("cluster_block_exception", flood)),
                ClusterError::Full
            ));
        }
        let all = "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];";
        assert!(matches!(
            said(403, &error("cluster_block_exception", all)),
            ClusterError::Full
        ));
        assert!(matches!(said(429, "busy"), ClusterError::Busy));
        assert!(matches!(said(401, "Unauthorized"), ClusterError::Refused));
        assert!(matches!(
            said(403, &error("security_exception", "no permissions")),
            ClusterError::Refused
        ));
        assert!(matches!(said(413, ""), ClusterError::TooLarge));
        let missing = r#"{"error":{"type":"index_not_found_exception","index":"b","reason":"no such index [b]"}}"#;
        assert!(matches!(said(404, missing), ClusterError::Missing(name) if name == "b"));
        let nested = r#"{"error":{"type":"search_phase_execution_exception","reason":"all shards failed","caused_by":{"type":"too_many_clauses","reason":"maxClauseCount is set to 1024"}}}"#;
        assert!(matches!(said(400, nested), ClusterError::Clauses));
        let gateway = said(502, "<html>Bad Gateway</html>");
        assert!(gateway.passes() && matches!(gateway, ClusterError::Unexpected(502, ..)));
        let odd = said(400, &error("parsing_exception", "unknown\\n  query"));
        assert!(!odd.passes());
        assert!(
            matches!(odd, ClusterError::Unexpected(400, kind, reason) if kind == "parsing_exception" && reason == "unknown query")
        );
    }
}
