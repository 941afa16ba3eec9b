//! `jianyan due`

mod letter;

use super::Ending;
use super::args::DueArgs;
use super::common::Common;
use super::deliver::{Form, deliver};
use super::error::CliError;
use super::format::{Format, pretty};
use super::table::Table;
use crate::adoption::{self, Owed, REPLY_FIGURES, Rate, Replies, ReplyFigure};
use crate::audience::Drafts;
use crate::build::{self, Loaded, Silent};
use crate::message::Catalogue;
use crate::site::{self, shown};
use serde_json::{Value, json};
use std::cmp::Ordering;

pub(super) fn run(common: &Common, arguments: &DueArgs) -> Result<Ending, CliError> {
    let loaded = build::load(&common.options(Drafts::Hidden), &Silent)?;
    let documents = site::documents(&loaded.entries);
    let owed = adoption::owed(&documents, &loaded.settings, loaded.now);
    let replies = adoption::replies(&documents, &loaded.settings, loaded.now);
    let words = Catalogue::of(common.terminal_lang());
    let out = match arguments.format {
        Format::Docx => {
            letter::write(&owed, &loaded, arguments, words)?;
            return Ok(Ending::Good);
        }
        Format::Json => pretty(&as_json(&owed, &replies, loaded.now))?,
        _ => human(&owed, &replies, &loaded, words),
    };
    deliver(arguments.output.as_deref(), out.as_bytes(), Form::Text)?;
    Ok(Ending::Good)
}

fn human(owed: &[Owed], replies: &Replies, loaded: &Loaded, words: &Catalogue) -> String {
    let mut lines = Vec::new();
    if owed.is_empty() {
        lines.push(words.get("due.none").to_owned());
    } else {
        let late = owed.iter().filter(|reply| reply.days < 0).count();
        lines.push(words.format(
            "due.title",
            &[
                (
                    "audience",
                    words.get(&format!("audience.{}", loaded.audience.key())).to_owned(),
                ),
                ("date", loaded.now.to_string()),
                ("count", owed.len().to_string()),
                ("late", late.to_string()),
            ],
        ));
        lines.push(String::new());
        lines.push(list(owed, words).aligned());
    }
    lines.push(six_figures(replies, words).aligned());
    lines.push(words.format(
        "due.unanswered",
        &[
            ("due", replies.due.to_string()),
            ("unanswered", replies.unanswered.to_string()),
        ],
    ));
    lines.extend(site::beside(replies, words));
    lines.extend(site::copies_note(&loaded.entries, words));
    if loaded.settings.holidays.is_empty() {
        lines.push(words.get("state.no-holidays").trim().to_owned());
    }
    lines.join("\n") + "\n"
}

/// 催办清单.
fn list(owed: &[Owed], words: &Catalogue) -> Table {
    let columns = [
        "number",
        "addressee",
        "handling_unit",
        "delivered",
        "due",
        "days",
        "state",
    ];
    Table {
        header: columns
            .iter()
            .map(|column| words.get(&format!("due.column.{column}")).to_owned())
            .collect(),
        rows: owed.iter().map(|reply| row(reply, words)).collect(),
        left: columns.len(),
    }
}

fn row(reply: &Owed, words: &Catalogue) -> Vec<String> {
    let recommendation = reply.recommendation;
    let days = match reply.days.cmp(&0) {
        Ordering::Less => "due.days.late",
        Ordering::Equal => "due.days.today",
        Ordering::Greater => "due.days.left",
    };
    let state = words.get(&format!("badge.{}", reply.state.key())).to_owned();
    vec![
        // What has no number is known by its title.
        recommendation
            .number
            .clone()
            .unwrap_or_else(|| reply.record.title.clone()),
        recommendation.addressee.clone().unwrap_or_default(),
        handling_unit(reply),
        delivered(reply).unwrap_or_default(),
        reply.due.date.to_string(),
        words.format(days, &[("days", reply.days.unsigned_abs().to_string())]),
        if recommendation.priority {
            format!("{state} · {}", words.get("badge.priority"))
        } else {
            state
        },
    ]
}

/// 承办部门, else the departments of the document.
fn handling_unit(reply: &Owed) -> String {
    let departments = || reply.record.departments.join("、");
    reply.recommendation.handling_unit.clone().unwrap_or_else(departments)
}

fn delivered(reply: &Owed) -> Option<String> {
    reply.recommendation.delivered.as_ref().map(|day| shown(day.value))
}

/// The six figures, the rates with numerator and denominator. What is unanswered is told in a sentence of its own.
fn six_figures(replies: &Replies, words: &Catalogue) -> Table {
    let row = |figure: &ReplyFigure| {
        let name = words.get(&format!("due.figure.{}", figure.key)).to_owned();
        let (count, rate) = site::reply_figure(figure, replies, words);
        vec![name, count, rate.unwrap_or_default()]
    };
    let mut rows: Vec<_> = REPLY_FIGURES
        .iter()
        .filter(|figure| figure.key != "unanswered")
        .map(row)
        .collect();
    Table {
        header: rows.remove(0),
        rows,
        left: 3,
    }
}

fn as_json(owed: &[Owed], replies: &Replies, now: jiff::civil::Date) -> Value {
    let list: Vec<Value> = owed
        .iter()
        .map(|reply| {
            json!({
                "id": reply.record.id,
                "title": reply.record.title,
                "number": reply.recommendation.number,
                "addressee": reply.recommendation.addressee,
                "handling_unit": handling_unit(reply),
                "delivered": delivered(reply),
                "due": reply.due.date.to_string(),
                "days": reply.days,
                "state": reply.state.key(),
                "priority": reply.recommendation.priority,
            })
        })
        .collect();
    let rate = |rate: Rate| json!({ "part": rate.part, "whole": rate.whole, "percent": rate.percent() });
    json!({
        "now": now.to_string(),
        "replies": list,
        "figures": {
            "issued": replies.issued,
            "due": replies.due,
            "on_time": replies.on_time,
            "late": replies.late,
            "overdue": replies.unanswered,
            "replied": replies.replied,
            "accepted": replies.accepted,
            "partly_accepted": replies.partly_accepted,
            "rejected": replies.rejected,
            "rectified": replies.rectified,
            "partly_rectified": replies.partly_rectified,
        },
        "beside": {
            "withdrawn": replies.withdrawn,
            "undated": replies.undated,
            "closed_unanswered": replies.closed,
            "rectified_unaccepted": replies.rectified_unaccepted,
        },
        "rates": {
            "on_time": rate(replies.on_time_rate()),
            "late": rate(replies.late_rate()),
            "accepted": rate(replies.accepted_rate()),
            "rectified": rate(replies.rectified_rate()),
        },
    })
}
