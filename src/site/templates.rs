//! The templates: embedded, escaped, with the words of the interface at hand as `t("key")`.

use super::words::Words;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, Output, State, UndefinedBehavior, Value, escape_formatter, syntax::SyntaxConfig};

/// The templates by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../assets/templates/base.html")),
    ("parts.html", include_str!("../assets/templates/parts.html")),
    ("home.html", include_str!("../assets/templates/home.html")),
    ("list.html", include_str!("../assets/templates/list.html")),
    ("overview.html", include_str!("../assets/templates/overview.html")),
    ("novelty.html", include_str!("../assets/templates/novelty.html")),
    ("ledger.html", include_str!("../assets/templates/ledger.html")),
    ("document.html", include_str!("../assets/templates/document.html")),
    ("board-parts.html", include_str!("../assets/templates/board-parts.html")),
    (
        "board-overview.html",
        include_str!("../assets/templates/board-overview.html"),
    ),
    (
        "board-replies.html",
        include_str!("../assets/templates/board-replies.html"),
    ),
    (
        "board-reminders.html",
        include_str!("../assets/templates/board-reminders.html"),
    ),
    (
        "board-honours.html",
        include_str!("../assets/templates/board-honours.html"),
    ),
    (
        "board-topics.html",
        include_str!("../assets/templates/board-topics.html"),
    ),
    (
        "board-targets.html",
        include_str!("../assets/templates/board-targets.html"),
    ),
    (
        "board-dossiers.html",
        include_str!("../assets/templates/board-dossiers.html"),
    ),
    (
        "board-dossier.html",
        include_str!("../assets/templates/board-dossier.html"),
    ),
    (
        "board-ranking.html",
        include_str!("../assets/templates/board-ranking.html"),
    ),
    ("desk-parts.html", include_str!("../assets/templates/desk-parts.html")),
    ("desk-bar.html", include_str!("../assets/templates/desk-bar.html")),
    ("desk-check.html", include_str!("../assets/templates/desk-check.html")),
    ("desk-new.html", include_str!("../assets/templates/desk-new.html")),
    ("desk-edit.html", include_str!("../assets/templates/desk-edit.html")),
    ("desk-enter.html", include_str!("../assets/templates/desk-enter.html")),
    (
        "desk-refused.html",
        include_str!("../assets/templates/desk-refused.html"),
    ),
];

/// The environment that all pages are rendered in; `site` is a global.
pub(super) fn environment(words: Words, site: Value) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .expect("default delimiters"),
    );
    // What a template asks for and a page lacks is empty, so that no document can fail a build.
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_formatter(escape);
    environment.add_global("site", site);
    environment.add_function("t", move |key: &str, args: Kwargs| -> Result<Value, Error> {
        let mut text = words.find(key);
        for name in args.args() {
            text = text.replace(&format!("{{{name}}}"), &args.get::<Value>(name)?.to_string());
        }
        Ok(Value::from(text))
    });
    for &(name, source) in TEMPLATES {
        // The templates are part of the program, and every one of them is rendered by its tests.
        environment
            .add_template(name, source)
            .expect("embedded template parses");
    }
    environment
}

/// A value for a context.
pub(super) fn value<T: serde::Serialize>(value: T) -> Value {
    Value::from(minijinja::value::Serde(value))
}

/// Renders a template.
pub(super) fn render(environment: &Environment, name: &str, context: Value) -> String {
    // Nothing in a context can fail: unknown names are empty, and functions take what templates give them.
    environment
        .get_template(name)
        .and_then(|template| template.render(context))
        .expect("embedded template renders")
}

/// Escapes text for element content and quoted attributes; unlike the default leaves `/` alone.
fn escape(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            let mut rest = text;
            while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
                out.write_str(&rest[..at])?;
                out.write_str(match rest.as_bytes()[at] {
                    b'&' => "&amp;",
                    b'<' => "&lt;",
                    b'>' => "&gt;",
                    b'"' => "&quot;",
                    _ => "&#39;",
                })?;
                rest = &rest[at + 1..];
            }
            out.write_str(rest)?;
            Ok(())
        }
        // What a page lacks is empty, be it undefined or none.
        None if value.is_none() => Ok(()),
        _ => escape_formatter(out, state, value),
    }
}
