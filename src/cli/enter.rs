//! `jianyan adopt` and `jianyan reply`

use super::args::{AdoptArgs, Common, ReplyArgs};
use super::error::CliError;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::author::{self, Entered};
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
    let entered = author::adopt(&common.corpus, &arguments.id, event, &settings, now)?;
    Ok(tell(common, entered))
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
    let entered = author::reply(&common.corpus, &arguments.id, reply, &settings, now)?;
    Ok(tell(common, entered))
}

/// A text that says something.
fn given(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Names the file, and what there is to say of it now.
fn tell(common: &Common, entered: Entered) -> Ending {
    let lang = common.terminal_lang();
    let file = entered.source.file.clone();
    println!("{}", common.corpus.join(&file).display());
    let sources = BTreeMap::from([(file, Arc::new(entered.source))]);
    let to_terminal = std::io::stderr().is_terminal();
    eprint!("{}", report::render(&entered.findings, &sources, lang, to_terminal));
    eprintln!("{}", Catalogue::of(lang).get("enter.done"));
    let bad = entered
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    if bad { Ending::Findings } else { Ending::Good }
}
