//! A diagnostic in a file: codes and names of arguments are found again in the message catalogue.

use super::{Diagnostic, Group, Position, Severity};
use crate::message::{Catalogue, Lang};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A diagnostic with texts of its own for the names that the program knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    file: String,
    span: Option<Range<usize>>,
    position: Option<Position>,
    severity: Severity,
    code: String,
    group: Group,
    args: Vec<(String, String)>,
}

impl From<&Diagnostic> for Stored {
    fn from(diagnostic: &Diagnostic) -> Self {
        let args = diagnostic.args.iter();
        Self {
            file: diagnostic.file.clone(),
            span: diagnostic.span.clone(),
            position: diagnostic.position,
            severity: diagnostic.severity,
            code: diagnostic.code.to_owned(),
            group: diagnostic.group,
            args: args.map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }
}

impl Stored {
    /// The diagnostic; nothing where the program has no such rule or argument.
    pub(crate) fn restore(&self) -> Option<Diagnostic> {
        let catalogue = Catalogue::of(Lang::Zh);
        let message = catalogue.entry(&format!("{}.message", self.code))?;
        let help = catalogue.entry(&format!("{}.help", self.code));
        let code = message.0.strip_suffix(".message")?;
        let texts = [Some(message.1), help.map(|(_, text)| text)];
        let name = |name: &str| {
            texts.iter().flatten().find_map(|text| {
                text.match_indices('{')
                    .find_map(|(at, _)| text[at + 1..].get(..name.len()).filter(|found| *found == name))
            })
        };
        let mut args = Vec::with_capacity(self.args.len());
        for (known, value) in &self.args {
            args.push((name(known)?, value.clone()));
        }
        Some(Diagnostic {
            file: self.file.clone(),
            span: self.span.clone(),
            position: self.position,
            severity: self.severity,
            code,
            group: self.group,
            args,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_comes_back_as_it_was() {
        let text = "一\n二三\n";
        let diagnostic = Diagnostic::new(Group::Record, Severity::Warning, "unknown-key", "a.md")
            .arg("key", "title\n{known}")
            .at(text, 4..7);
        assert_eq!(Stored::from(&diagnostic).restore(), Some(diagnostic));
        let unknown = Diagnostic::new(Group::Record, Severity::Note, "no-such-rule", "a.md");
        assert_eq!(Stored::from(&unknown).restore(), None);
        let argument = Diagnostic::new(Group::Record, Severity::Note, "unknown-key", "a.md").arg("nothing", 1);
        assert_eq!(Stored::from(&argument).restore(), None);
    }
}
