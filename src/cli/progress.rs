//! Progress: a bar on a terminal, a plain line a phase elsewhere.

use super::terminal;
use crate::build::{Phase, Progress};
use crate::cluster::{self, Stage};
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

    /// Begins what a key of the catalogues names, of so many steps; 0 where nobody knows.
    fn show(&self, key: &str, steps: u64) {
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
        let bar = ProgressBar::new(steps).with_message(name.to_owned());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        self.replace(Some(bar));
    }

    fn step(&self, steps: u64) {
        if let Some(bar) = self
            .bar
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .as_ref()
        {
            bar.inc(steps);
        }
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
        self.show(key, steps as u64);
    }

    fn advance(&self, steps: usize) {
        self.step(steps as u64);
    }
}

impl cluster::Progress for Shown {
    fn begin(&self, stage: Stage, documents: u64) {
        let key = match stage {
            Stage::Compare => "phase.compare",
            Stage::Bring => "phase.bring",
            Stage::Send => "phase.send",
            Stage::Settle => "phase.settle",
        };
        self.show(key, documents);
    }

    fn advance(&self, documents: u64) {
        self.step(documents);
    }
}
