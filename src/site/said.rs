//! What pages and commands say of figures in the same words: rates, and what stands beside the figures.

use super::Entry;
use crate::adoption::{Rate, Replies, ReplyFigure};
use crate::message::Catalogue;

/// 66.7%（6/9，到期应复 9 件）; `of` names the denominator. Of nothing there is no rate: —（到期应复 0 件）.
pub(crate) fn rate(rate: Rate, of: &str, words: &Catalogue) -> String {
    let of = words.get(&format!("due.of.{of}")).to_owned();
    let Some(percent) = rate.percent() else {
        return words.format("due.rate.none", &[("of", of)]);
    };
    let (part, whole) = (rate.part.to_string(), rate.whole.to_string());
    words.format(
        "due.rate",
        &[("percent", percent), ("part", part), ("whole", whole), ("of", of)],
    )
}

/// 9 件.
pub(super) fn count(n: usize, words: &Catalogue) -> String {
    words.format("due.count", &[("n", n.to_string())])
}

/// How many a figure on replies counts, and its rate, if it has one.
pub(crate) fn reply_figure(figure: &ReplyFigure, replies: &Replies, words: &Catalogue) -> (String, Option<String>) {
    let n = (figure.count)(replies);
    let partly = figure.partly.map(|(partly, what)| (partly(replies), what));
    let text = match partly.filter(|(more, _)| *more > 0) {
        None => count(n, words),
        Some((more, what)) => words.format(
            "due.partly",
            &[
                ("n", n.to_string()),
                ("what", words.get(what).to_owned()),
                ("more", more.to_string()),
            ],
        ),
    };
    (text, figure.rate.map(|(of, whole)| rate(of(replies), whole, words)))
}

/// What the six figures leave out or hold together, a sentence each; nothing of what there is none.
pub(crate) fn beside(replies: &Replies, words: &Catalogue) -> Vec<String> {
    let counts = [
        ("due.beside.undated", replies.undated),
        ("due.beside.closed", replies.closed),
        ("due.beside.unaccepted", replies.rectified_unaccepted),
    ];
    let said = counts.into_iter().filter(|(_, n)| *n > 0);
    said.map(|(key, n)| words.format(key, &[("n", n.to_string())]))
        .collect()
}

/// That some documents are copies of others, and counted once, or replaced by a newer version, which counts.
pub(crate) fn copies_note(entries: &[Entry], words: &Catalogue) -> Option<String> {
    let number = |is: fn(&Entry) -> bool| entries.iter().filter(|entry| is(entry)).count();
    let copies = number(|entry| entry.outcome.counted.copy_of.is_some());
    let replaced = number(|entry| entry.outcome.counted.replaced && entry.outcome.counted.copy_of.is_none());
    let said: Vec<String> = [("ledger.copies", copies), ("ledger.replaced", replaced)]
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| words.format(key, &[("n", n.to_string())]))
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}
