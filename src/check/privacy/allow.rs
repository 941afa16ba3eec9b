//! Comments by which an author says that a place is in order.

use std::collections::BTreeMap;
use std::ops::Range;

/// The comments of a text.
#[derive(Debug, Default)]
pub struct Comments {
    /// Where each line begins; none without comments.
    lines: Vec<usize>,
    /// What lines allow.
    allowed: BTreeMap<usize, Allowed>,
    /// Lines with a comment that gives no reason, and so allows nothing.
    pub without_reason: Vec<Range<usize>>,
}

impl Comments {
    /// Reads the comments of a text, those of YAML too.
    pub fn read(text: &str) -> Self {
        let mut comments = Self::default();
        if !text.contains("jianyan:") {
            return comments;
        }
        let mut start = 0;
        for (number, line) in text.split('\n').enumerate() {
            let allowed = Allowed::read(line);
            comments.lines.push(start);
            if allowed.without_reason {
                comments.without_reason.push(start..start + line.len());
            }
            if !allowed.codes.is_empty() {
                comments.allowed.insert(number, allowed);
            }
            start += line.len() + 1;
        }
        comments
    }

    /// Whether a rule is silent at a place: on its lines or the line before.
    pub fn cover(&self, code: &str, span: &Range<usize>) -> bool {
        let line = |at: usize| self.lines.partition_point(|&start| start <= at).saturating_sub(1);
        let (first, last) = (line(span.start), line(span.end));
        let around = self.allowed.range(first.saturating_sub(1)..=last);
        around.into_iter().any(|(_, allowed)| allowed.covers(code))
    }
}

/// What the comments of one line allow.
#[derive(Debug, Default)]
struct Allowed {
    codes: Vec<String>,
    /// Whether a comment of the line gives no reason, and so allows nothing.
    without_reason: bool,
}

impl Allowed {
    /// Reads `jianyan: allow CODE reason` in the comments of a line, those of YAML too.
    fn read(line: &str) -> Self {
        let mut allowed = Self::default();
        if !line.contains("jianyan:") {
            return allowed;
        }
        for comment in line.split("jianyan:").skip(1) {
            let Some(rest) = comment.trim_start().strip_prefix("allow ") else {
                continue;
            };
            let rest = rest.split("-->").next().unwrap_or_default().trim();
            let (code, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            if reason.trim().is_empty() {
                allowed.without_reason = true;
            } else {
                allowed.codes.push(code.to_string());
            }
        }
        allowed
    }

    /// Whether a rule is silent here.
    fn covers(&self, code: &str) -> bool {
        self.codes.iter().any(|allowed| allowed == code)
    }
}
