//! Comments by which an author says that a place is in order.

/// What the comments of one line allow.
#[derive(Debug, Default)]
pub struct Allowed {
    codes: Vec<String>,
    /// Whether a comment of the line gives no reason, and so allows nothing.
    pub without_reason: bool,
}

impl Allowed {
    /// Reads `jianyan: allow CODE reason` in the comments of a line, those of YAML too.
    pub fn read(line: &str) -> Self {
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
    pub fn covers(&self, code: &str) -> bool {
        self.codes.iter().any(|allowed| allowed == code)
    }
}
