//! What the commands take that enter something into a document.

use super::values::{day, vocabulary};
use crate::record::date::Day;
use crate::record::{Effect, Form, Level, Outcome, Rectified};
use clap::Args;

/// `adopt`
#[derive(Debug, Args)]
pub(super) struct AdoptArgs {
    /// Id of the report
    pub id: String,
    #[arg(long, value_parser = vocabulary::<Form>())]
    pub form: Form,
    #[arg(long, value_parser = vocabulary::<Level>())]
    pub level: Level,
    /// The office, never a person
    #[arg(long)]
    pub authority: String,
    #[arg(long, value_parser = vocabulary::<Effect>())]
    pub effect: Effect,
    #[arg(long, value_parser = day)]
    pub date: Day,
    /// Number of the document
    #[arg(long)]
    pub document: Option<String>,
    /// Path, shelf mark or URL
    #[arg(long)]
    pub evidence: Option<String>,
    /// Remark
    #[arg(long)]
    pub note: Option<String>,
    #[command(flatten)]
    pub how: How,
}

/// `reply`
#[derive(Debug, Args)]
pub(super) struct ReplyArgs {
    /// Id of the recommendation
    pub id: String,
    /// Date of the reply
    #[arg(long, value_parser = day)]
    pub date: Day,
    #[arg(long, value_parser = vocabulary::<Outcome>())]
    pub outcome: Outcome,
    /// What it says
    #[arg(long)]
    pub summary: Option<String>,
    #[command(flatten)]
    pub how: How,
}

/// `rectify`
#[derive(Debug, Args)]
pub(super) struct RectifyArgs {
    /// Id of the recommendation
    pub id: String,
    #[arg(long, value_parser = day)]
    pub date: Day,
    #[arg(long, value_parser = vocabulary::<Rectified>())]
    pub outcome: Rectified,
    #[command(flatten)]
    pub how: How,
}

/// `close`
#[derive(Debug, Args)]
pub(super) struct CloseArgs {
    /// Id of the recommendation
    pub id: String,
    #[arg(long, value_parser = day)]
    pub date: Day,
    #[arg(long)]
    pub reason: String,
    #[command(flatten)]
    pub how: How,
}

/// How an entry is made.
#[derive(Debug, Args)]
pub(super) struct How {
    /// Change an entry that is there, by its number from 1; what isn't given stays
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub replace: Option<u32>,
    /// Show the change and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `remove`
#[derive(Debug, Args)]
pub(super) struct RemoveArgs {
    /// Id of the document
    pub id: String,
    /// Which entry
    #[arg(value_parser = ["adopt", "reply", "rectify", "close", "honour", "object", "withdraw", "review"])]
    pub entry: String,
    /// Its number among several, from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub number: u32,
    /// Show the change and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `undo`
#[derive(Debug, Args)]
pub(super) struct UndoArgs {
    /// Show the change and write nothing
    #[arg(long)]
    pub dry_run: bool,
}
