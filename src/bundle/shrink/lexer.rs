//! The tokens of a script.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a word of the language.
    Word,
    /// A number.
    Number,
    /// A string, a regular expression, or a part of a template.
    Text,
    /// Anything else.
    Sign,
}

/// A token of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'s> {
    pub(super) kind: Kind,
    pub(super) text: &'s str,
    /// Whether a line ends between the token before and this one.
    pub(super) on_new_line: bool,
}

impl Token<'_> {
    /// Whether it is a part of a template that an expression follows.
    pub(super) fn opens_template(&self) -> bool {
        self.kind == Kind::Text && self.text.starts_with('`') && self.text.ends_with("${")
    }

    /// Whether it is the last part of a template, behind an expression.
    pub(super) fn closes_template(&self) -> bool {
        self.kind == Kind::Text && self.text.starts_with('}') && self.text.ends_with('`')
    }
}

/// Reads a script.
pub(super) fn lex(source: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    // For each template that is open, how many braces are within its expression.
    let mut templates: Vec<usize> = Vec::new();
    let (mut at, mut on_new_line) = (0, false);
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let blank = blank(rest);
        if blank > 0 {
            on_new_line |= rest[..blank].contains('\n');
            at += blank;
            continue;
        }
        let (kind, length) = match c {
            '\'' | '"' => (Kind::Text, quoted(rest, c)),
            '`' => (Kind::Text, template(rest, &mut templates)),
            '}' if templates.last() == Some(&0) => {
                templates.pop();
                (Kind::Text, template(rest, &mut templates))
            }
            '/' if expects_value(tokens.last()) => (Kind::Text, regex(rest)),
            _ if is_name(c) && !c.is_ascii_digit() => (Kind::Word, run(rest)),
            _ if c.is_ascii_digit() => (Kind::Number, number(rest)),
            _ => (Kind::Sign, sign(rest, c)),
        };
        match (kind, c, templates.last_mut()) {
            (Kind::Sign, '{', Some(depth)) => *depth += 1,
            (Kind::Sign, '}', Some(depth)) => *depth = depth.saturating_sub(1),
            _ => {}
        }
        tokens.push(Token {
            kind,
            text: &rest[..length],
            on_new_line,
        });
        at += length;
        on_new_line = false;
    }
    tokens
}

/// Length of the white space or the comment that a text begins with.
fn blank(rest: &str) -> usize {
    if let Some(after) = rest.strip_prefix("/*") {
        return after.find("*/").map_or(rest.len(), |end| end + 4);
    }
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    rest.len() - rest.trim_start().len()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

fn run(rest: &str) -> usize {
    rest.find(|c| !is_name(c)).unwrap_or(rest.len())
}

fn number(rest: &str) -> usize {
    rest.find(|c: char| !is_name(c) && c != '.').unwrap_or(rest.len())
}

/// Length up to behind the first unescaped `end` for which `ends` holds.
fn up_to(rest: &str, from: usize, mut ends: impl FnMut(char) -> bool) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().filter(|&(at, _)| at >= from) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if ends(c) => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    up_to(rest, 1, |c| c == quote)
}

/// A part of a template: up to its end, or to an expression within it.
fn template(rest: &str, templates: &mut Vec<usize>) -> usize {
    let mut dollar = false;
    let length = up_to(rest, 1, |c| {
        let ends = c == '`' || (c == '{' && dollar);
        dollar = c == '$';
        ends
    });
    if rest[..length].ends_with("${") {
        templates.push(0);
    }
    length
}

fn regex(rest: &str) -> usize {
    let mut class = false;
    let end = up_to(rest, 1, |c| {
        class = match c {
            '[' => true,
            ']' => false,
            _ => class,
        };
        c == '/' && !class
    });
    end + run(&rest[end..])
}

/// Whether a value is expected behind a token, so that a slash begins a regular expression.
fn expects_value(last: Option<&Token<'_>>) -> bool {
    match last {
        None => true,
        Some(token) => match token.kind {
            Kind::Sign => !matches!(token.text, ")" | "]" | "}"),
            Kind::Word => matches!(token.text, "return" | "typeof" | "case" | "of" | "in"),
            _ => false,
        },
    }
}

fn sign(rest: &str, c: char) -> usize {
    let long = ["...", "=>", "?.", "++", "--"]
        .into_iter()
        .find(|sign| rest.starts_with(sign));
    long.map_or(c.len_utf8(), str::len)
}
