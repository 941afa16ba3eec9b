//! The templates: embedded, escaped, with the words of the interface at hand as `t("key")`.

use super::words::Words;
use crate::diagnostic::{Diagnostic, Group, Position, Severity};
use minijinja::value::Kwargs;
use minijinja::{
    Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter, syntax::SyntaxConfig,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Steps that an own template may take for one page, about a second; the largest of our pages takes a hundredth.
const STEPS: u64 = 20_000_000;

/// Templates by name, embedded.
macro_rules! embedded {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../assets/templates/", $name)))),*]
    };
}

/// The templates by name.
const TEMPLATES: &[(&str, &str)] = embedded![
    "base.html",
    "parts.html",
    "syntax.html",
    "home.html",
    "404.html",
    "directory.html",
    "laws.html",
    "law.html",
    "list.html",
    "overview.html",
    "years.html",
    "novelty.html",
    "basket.html",
    "verify.html",
    "verify-parts.html",
    "ledger.html",
    "document.html",
    "board.html",
    "board-parts.html",
    "board-basis.html",
    "board-overview.html",
    "board-replies.html",
    "board-reminders.html",
    "board-honours.html",
    "board-topics.html",
    "board-targets.html",
    "board-dossiers.html",
    "board-dossier.html",
    "board-ranking.html",
    "desk.html",
    "desk-parts.html",
    "desk-bar.html",
    "desk-check.html",
    "desk-new.html",
    "desk-edit.html",
    "desk-enter.html",
    "desk-refused.html",
    "desk-verify.html",
];

/// What renders pages: the templates of the program, with those of the office's own in their place.
pub(super) struct Templates {
    shipped: Environment<'static>,
    /// None: the office has no templates that can be used.
    own: Option<Environment<'static>>,
    /// Whether an own one didn't come to its end: what took a second once isn't tried for every page.
    endless: AtomicBool,
    found: Mutex<BTreeMap<String, Diagnostic>>,
}

impl Templates {
    /// Prepares the templates. An own one that isn't a template, or none that there is, is told of and left out.
    pub(super) fn new(words: Words, site: Value, own: &BTreeMap<String, String>) -> Self {
        let mut found = BTreeMap::new();
        let mut mine = environment(words, site.clone());
        mine.set_fuel(Some(STEPS));
        let mut used = false;
        for (name, source) in own {
            if !TEMPLATES.iter().any(|(shipped, _)| shipped == name) {
                let nearest = crate::record::nearest(name, TEMPLATES.iter().map(|(shipped, _)| *shipped)).unwrap_or("");
                let finding = Diagnostic::new(
                    Group::Settings,
                    Severity::Warning,
                    "unknown-template",
                    format!("{FOLDER}{name}"),
                );
                found.insert(name.clone(), finding.arg("nearest", nearest));
                continue;
            }
            match mine.add_template_owned(name.clone(), source.clone()) {
                Ok(()) => used = true,
                Err(error) => {
                    found.insert(name.clone(), finding(name, &error));
                }
            }
        }
        Self {
            shipped: environment(words, site),
            own: used.then_some(mine),
            endless: AtomicBool::new(false),
            found: Mutex::new(found),
        }
    }

    /// Renders a page. An own template that fails at it is told of, and the program's is taken.
    pub(super) fn render(&self, name: &str, context: Value) -> String {
        if let Some(own) = self.own.as_ref().filter(|_| !self.endless.load(Ordering::Relaxed)) {
            match own.get_template(name).and_then(|template| template.render(&context)) {
                Ok(page) => return page,
                Err(error) => {
                    self.endless
                        .fetch_or(error.kind() == ErrorKind::OutOfFuel, Ordering::Relaxed);
                    let failed = error.name().unwrap_or(name).to_owned();
                    let finding = finding(&failed, &error);
                    let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
                    // Pages are made side by side: of several failures the first in the file is told.
                    let known = found.entry(failed).or_insert_with(|| finding.clone());
                    if finding.position < known.position {
                        *known = finding;
                    }
                }
            }
        }
        // Nothing in a context can fail: unknown names are empty, and functions take what templates give them.
        self.shipped
            .get_template(name)
            .and_then(|template| template.render(context))
            .expect("embedded template renders")
    }

    /// What is wrong with the office's own templates, as far as they were used: one finding a file.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.values().cloned().collect()
    }
}

/// Where an office keeps its own templates, below the corpus.
const FOLDER: &str = "templates/";

/// What went wrong in a template, at its line.
fn finding(name: &str, error: &Error) -> Diagnostic {
    let reason = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    let line = error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(1);
    Diagnostic {
        position: Some(Position { line, column: 1 }),
        ..Diagnostic::new(
            Group::Settings,
            Severity::Error,
            "bad-template",
            format!("{FOLDER}{name}"),
        )
    }
    .arg("reason", reason)
}

/// The environment that pages are rendered in; `site` is a global.
fn environment(words: Words, site: Value) -> Environment<'static> {
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
pub(super) fn render(templates: &Templates, name: &str, context: Value) -> String {
    templates.render(name, context)
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
