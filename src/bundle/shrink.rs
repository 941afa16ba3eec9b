//! Makes scripts smaller for shipping: no comments, no spare white space, short names.
//!
//! A variable is renamed everywhere alike, whatever its scope, so no scopes need to be understood; what
//! may be seen from outside (properties, keys, methods, globals) keeps its name. The suites run the
//! client in this form. It reads the project's own scripts: statements end with semicolons, and no
//! regular expression follows a closing bracket.

mod lexer;

use lexer::{Kind, Token, lex};
use std::collections::{BTreeMap, BTreeSet};

/// What an opening bracket opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opened {
    /// Statements.
    Block,
    /// The members of a class.
    Class,
    /// An object literal or a pattern.
    Object,
    /// Parentheses, square brackets, or an expression in a template.
    Other,
}

/// What a word is where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A variable, or a word of the language.
    Variable,
    /// A variable that names a property too: `{ name }`.
    Shorthand,
    /// A property, a key or a method.
    Property,
}

/// Names that belong to the page or the language, even where a script declares them.
const KEPT: [&str; 6] = ["jianyan", "document", "window", "location", "arguments", "undefined"];

const WORDS: &str = "async await break case catch class const continue default delete do else extends false finally for \
    function get if in instanceof let new null of return static super switch this throw true try typeof var void while";

fn is_reserved(word: &str) -> bool {
    WORDS.split_whitespace().any(|reserved| reserved == word)
}

/// The script in a shorter form that does the same.
pub fn shrink(source: &str) -> String {
    let tokens = lex(source);
    let roles = roles(&tokens);
    let names = short_names(&tokens, &roles);
    let mut out = String::with_capacity(source.len() / 2);
    let mut last: Option<&Token<'_>> = None;
    for (token, role) in tokens.iter().zip(&roles) {
        if let Some(last) = last {
            out.push_str(between(last, token));
        }
        match names.get(token.text) {
            Some(short) if token.kind == Kind::Word && *role == Role::Variable => out.push_str(short),
            Some(short) if token.kind == Kind::Word && *role == Role::Shorthand => {
                out.push_str(token.text);
                out.push(':');
                out.push_str(short);
            }
            _ => out.push_str(token.text),
        }
        last = Some(token);
    }
    out.push('\n');
    out
}

/// What must stand between two tokens.
fn between(last: &Token<'_>, next: &Token<'_>) -> &'static str {
    let wordy = |kind| matches!(kind, Kind::Word | Kind::Number);
    let open_end = matches!(last.text, ")" | "]" | "}") || wordy(last.kind) || last.kind == Kind::Text;
    let open_start = wordy(next.kind) || next.kind == Kind::Text || matches!(next.text, "(" | "[" | "{" | "!");
    match () {
        () if next.on_new_line && open_end && open_start => "\n",
        () if wordy(last.kind) && wordy(next.kind) => " ",
        () if ["+", "-"]
            .iter()
            .any(|sign| last.text.ends_with(sign) && next.text.starts_with(sign)) =>
        {
            " "
        }
        () => "",
    }
}

/// For each token its role; of those that are no words it means nothing.
fn roles(tokens: &[Token<'_>]) -> Vec<Role> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let mut open: Vec<Opened> = Vec::new();
    let mut roles = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map_or("", text), text(at + 1));
        roles.push(match open.last() {
            _ if before == "." => Role::Property,
            Some(Opened::Object) if matches!(before, "{" | "," | "async" | "get") => match after {
                ":" | "(" => Role::Property,
                "," | "}" | "=" => Role::Shorthand,
                _ => Role::Variable,
            },
            Some(Opened::Class) if after == "(" => Role::Property,
            _ => Role::Variable,
        });
        match token.text {
            "{" => open.push(opened_by_brace(tokens, at)),
            "(" | "[" => open.push(Opened::Other),
            "}" | ")" | "]" => drop(open.pop()),
            _ if token.opens_template() => open.push(Opened::Other),
            _ if token.closes_template() => drop(open.pop()),
            _ => {}
        }
    }
    roles
}

fn opened_by_brace(tokens: &[Token<'_>], at: usize) -> Opened {
    let before = |by: usize| at.checked_sub(by).map_or("", |at| tokens[at].text);
    match before(1) {
        "" | ")" | "=>" | ";" | "{" | "}" | "else" | "try" | "finally" | "do" | "catch" => Opened::Block,
        _ if matches!(before(2), "class" | "extends") => Opened::Class,
        _ => Opened::Object,
    }
}

/// Short names of the variables that the scripts declare, the commonest first.
fn short_names<'s>(tokens: &[Token<'s>], roles: &[Role]) -> BTreeMap<&'s str, String> {
    let declared = declared(tokens, roles);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kept: BTreeSet<&str> = KEPT.into_iter().chain(WORDS.split_whitespace()).collect();
    for (token, role) in tokens.iter().zip(roles).filter(|(token, _)| token.kind == Kind::Word) {
        match declared.contains(token.text) {
            true if *role != Role::Property => *counts.entry(token.text).or_default() += 1,
            false => drop(kept.insert(token.text)),
            true => {}
        }
    }
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut free = (0..).map(name).filter(|name| !kept.contains(name.as_str()));
    order
        .into_iter()
        .filter_map(|(name, _)| Some((name, free.next()?)))
        .collect()
}

/// The `number`th shortest name.
fn name(number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut out = String::new();
    let mut rest = number + 1;
    while rest > 0 {
        out.insert(0, LETTERS[(rest - 1) % 52] as char);
        rest = (rest - 1) / 52;
    }
    out
}

/// The variables that are declared anywhere.
fn declared<'s>(tokens: &[Token<'s>], roles: &[Role]) -> BTreeSet<&'s str> {
    let mut found = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| tokens[at].text);
        let after = tokens.get(at + 1).map_or("", |token| token.text);
        match token.text {
            "const" | "let" | "var" => declare_list(tokens, roles, at + 1, &mut found),
            "(" => {
                let end = closing(tokens, at);
                let follows = tokens.get(end + 1).map_or("", |token| token.text);
                let control = matches!(before, "if" | "for" | "while" | "switch" | "with");
                let method = follows == "{" && !control && roles.get(at.wrapping_sub(1)) == Some(&Role::Property);
                let function =
                    before == "function" || at.checked_sub(2).is_some_and(|at| tokens[at].text == "function");
                if follows == "=>" || method || function || before == "catch" {
                    declare_within(tokens, roles, at..end, &mut found);
                }
            }
            _ if token.kind == Kind::Word && (after == "=>" || before == "class" || before == "function") => {
                found.insert(token.text);
            }
            _ => {}
        }
    }
    found.retain(|name| !KEPT.contains(name) && !is_reserved(name));
    found
}

/// The names of a declaration that begins at a token: `a = 1, { b, c: d } = e`.
fn declare_list<'s>(tokens: &[Token<'s>], roles: &[Role], mut at: usize, found: &mut BTreeSet<&'s str>) {
    loop {
        let end = if is_opening(tokens, at) {
            closing(tokens, at)
        } else {
            at
        };
        declare_within(tokens, roles, at..end + 1, found);
        at = end + 1;
        // On to the next name, past the value of this one.
        loop {
            match tokens.get(at).map_or(";", |token| token.text) {
                "," => break,
                ";" | "of" | "in" | ")" => return,
                _ if is_opening(tokens, at) => at = closing(tokens, at) + 1,
                _ => at += 1,
            }
        }
        at += 1;
    }
}

fn declare_within<'s>(
    tokens: &[Token<'s>],
    roles: &[Role],
    range: std::ops::Range<usize>,
    found: &mut BTreeSet<&'s str>,
) {
    for at in range {
        if tokens.get(at).is_some_and(|token| token.kind == Kind::Word) && roles[at] != Role::Property {
            found.insert(tokens[at].text);
        }
    }
}

fn is_opening(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| matches!(token.text, "(" | "[" | "{") || token.opens_template())
}

/// The bracket that closes the one at a token.
fn closing(tokens: &[Token<'_>], at: usize) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(at) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ if token.opens_template() => depth += 1,
            _ if token.closes_template() => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len().saturating_sub(1)
}

#[cfg(test)]
mod tests;
