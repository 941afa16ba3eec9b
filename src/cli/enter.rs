//! `jianyan adopt` and `jianyan reply`

use super::args::{AdoptArgs, Common, ReplyArgs};
use super::error::CliError;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::author::{self, AuthorError, Entered};
use crate::diagnostic::Severity;
use crate::message::Catalogue;
use crate::record::{Adoption, Reply};
use crate::settings;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Arc;

pub(super) fn adopt(common: &Common, arguments: &AdoptArgs) -> Result<Ending, CliError> {
    let event = Adoption {
        date: Some(arguments.date),
        form: arguments.form,
        level: Some(arguments.level),
        authority: given(Some(&arguments.authority)),
        effect: Some(arguments.effect),
        document: given(arguments.document.as_ref()),
        evidence: given(arguments.evidence.as_ref()),
        note: given(arguments.note.as_ref()),
        leads_to: Vec::new(),
        visibility: None,
        line: 0,
    };
    let (settings, _) = settings::read(&common.corpus);
    let now = common.options(Drafts::Hidden).now;
    told(
        common,
        author::adopt(&common.corpus, &arguments.id, event, &settings, now, Severity::Error),
    )
}

pub(super) fn reply(common: &Common, arguments: &ReplyArgs) -> Result<Ending, CliError> {
    let reply = Reply {
        date: Some(arguments.date),
        outcome: Some(arguments.outcome),
        summary: given(arguments.summary.as_ref()),
        line: 0,
    };
    let (settings, _) = settings::read(&common.corpus);
    let now = common.options(Drafts::Hidden).now;
    told(
        common,
        author::reply(&common.corpus, &arguments.id, reply, &settings, now, Severity::Error),
    )
}

/// A text that says something.
fn given(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Names the file that was written, and what there is to say of it now; or says why it was not.
fn told(common: &Common, outcome: Result<Entered, AuthorError>) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let say = |entered: Entered| {
        let sources = BTreeMap::from([(entered.source.file.clone(), Arc::new(entered.source))]);
        let to_terminal = std::io::stderr().is_terminal();
        eprint!("{}", report::render(&entered.findings, &sources, lang, to_terminal));
    };
    match outcome {
        Ok(entered) => {
            println!("{}", common.corpus.join(&entered.source.file).display());
            say(entered);
            eprintln!("{}", Catalogue::of(lang).get("enter.done"));
            Ok(Ending::Good)
        }
        Err(AuthorError::Refused(entered)) => {
            let file = entered.source.file.clone();
            say(*entered);
            eprintln!("{}", Catalogue::of(lang).format("error.refused", &[("path", file)]));
            Ok(Ending::Findings)
        }
        Err(error) => Err(error.into()),
    }
}
