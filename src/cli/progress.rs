//! Progress: a bar on a terminal, a plain line a phase elsewhere.

use super::terminal;
use crate::build::{Phase, Progress};
use crate::message::{Catalogue, Lang};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;

/// Shows the progress of a run on standard error.
pub(super) struct Shown {
    lang: Lang,
    bar: Mutex<Option<ProgressBar>>,
}

impl Shown {
    /// A progress in the language of the terminal.
    pub(super) fn new(lang: Lang) -> Self {
        Self {
            lang,
            bar: Mutex::new(None),
        }
    }

    /// Clears the bar.
    pub(super) fn finish(&self) {
        self.replace(None);
    }

    fn replace(&self, next: Option<ProgressBar>) {
        let mut bar = self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(old) = bar.take() {
            old.finish_and_clear();
        }
        *bar = next;
    }
}

impl Progress for Shown {
    fn begin(&self, phase: Phase, steps: usize) {
        let key = match phase {
            Phase::Check => "phase.check",
            Phase::Render => "phase.render",
            Phase::Bundle => "phase.bundle",
            Phase::Commit => "phase.commit",
        };
        let name = Catalogue::of(self.lang).get(key);
        if !std::io::stderr().is_terminal() {
            terminal::tell(name);
            return;
        }
        let template = if steps == 0 {
            "{spinner} {msg}"
        } else {
            "{msg} {wide_bar} {pos}/{len}"
        };
        let bar = ProgressBar::new(steps as u64).with_message(name.to_owned());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        self.replace(Some(bar));
    }

    fn advance(&self, steps: usize) {
        if let Some(bar) = self
            .bar
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .as_ref()
        {
            bar.inc(steps as u64);
        }
    }
}
