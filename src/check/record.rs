//! Rules that one record must hold to.

use crate::check::internal;
use crate::check::juvenile::is_minors_crime;
use crate::check::{advice, articles, conflict, headings, review};
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::reading::{Reading, What};
use crate::record::date::Day;
use crate::record::fields::Reader;
use crate::record::front::Places;
use crate::record::keys::chinese_name;
use crate::record::{
    Adoption, Detail, Form, Outcome, Recommendation, Record, Rectified, Report, Step, Topic, Visibility, nearest,
};
use crate::settings::Settings;
use crate::text::placeholder::is_placeholder;
use jiff::civil::Date;
use std::ops::Range;

/// Characters of a summary at most: it stands in lists and under hits, where more is cut.
const LONGEST_SUMMARY: usize = 300;

/// Checks one record against its own dates, what is read in it, and the settings; `now` is the reference day.
pub fn record(source: &Source, reading: &Reading, record: &Record, settings: &Settings, now: Date) -> Vec<Diagnostic> {
    let check = Check {
        source,
        reading,
        places: Places::new(source),
        reader: Reader::new(&source.file, &source.text, Group::Record),
        settings,
        now,
    };
    check.terms("lines", &record.lines);
    check.future("date", record.date, || check.place(&["date"]));
    check.publication(record);
    check.hidden();
    for (index, honour) in record.honours.iter().enumerate() {
        check.future("honours", honour.date, || {
            check.line_or(honour.line, &["honours", &index.to_string()])
        });
    }
    // A law says in its first article what it is about.
    let is_law = matches!(record.detail, Detail::Law(_));
    if record.summary.is_none() && !is_law && check.places.are_whole() {
        let place = check.place(&["summary"]);
        check.reader.tell(Severity::Note, "missing-summary", &place, &[]);
    }
    if let Some(length) = record.summary.as_ref().map(|summary| summary.chars().count())
        && length > LONGEST_SUMMARY
    {
        let (length, limit) = (length.to_string(), LONGEST_SUMMARY.to_string());
        let args = [("length", &*length), ("limit", &*limit)];
        check
            .reader
            .tell(Severity::Warning, "long-summary", &check.place(&["summary"]), &args);
    }
    headings::check(reading, &check.reader);
    articles::check(reading, &check.reader);
    articles::check_list(&record.laws, || check.place(&["laws"]), &check.reader);
    conflict::check(&source.text, &check.reader);
    check.marked(record);
    match &record.detail {
        Detail::Report(report) => check.report(record, report),
        Detail::Case(_) => check.case(record),
        Detail::Recommendation(recommendation) => {
            check.recommendation(recommendation);
            if check.places.are_whole() && !record.draft {
                advice::check(source, reading, recommendation, &check.places, &check.reader);
            }
        }
        Detail::Topic(topic) => check.topic(topic),
        Detail::Law(_) => {}
    }
    check.reader.finish()
}

struct Check<'a> {
    source: &'a Source,
    reading: &'a Reading,
    places: Places<'a>,
    reader: Reader<'a>,
    settings: &'a Settings,
    now: Date,
}

impl Check<'_> {
    /// Where the value of a path stands, or what is nearest above it.
    fn place(&self, path: &[&str]) -> Range<usize> {
        self.places.find_nearest(path).unwrap_or_else(|| self.start())
    }

    fn start(&self) -> Range<usize> {
        let start = self.source.front.as_ref().map_or(0, |front| front.start);
        start..start
    }

    fn line_or(&self, line: u32, path: &[&str]) -> Range<usize> {
        if line > 0 {
            self.reader.line_text(line)
        } else {
            self.place(path)
        }
    }

    /// Values of an open vocabulary that its table doesn't have.
    fn terms(&self, key: &str, values: &[String]) {
        let Some(known) = self.settings.vocabularies.get(key) else {
            return;
        };
        for value in values.iter().filter(|value| !known.contains(value)) {
            let nearest = nearest(value, known.iter().map(String::as_str)).unwrap_or_default();
            let names = known.join("、");
            let name = chinese_name(key);
            let args = [
                ("key", key),
                ("name", name),
                ("value", value),
                ("nearest", nearest),
                ("names", &names),
            ];
            let of_word = self.places.find_word(key, value);
            let span = of_word.unwrap_or_else(|| self.place(&[key]));
            self.reader.tell(Severity::Warning, "unknown-term", &span, &args);
        }
    }

    fn term(&self, key: &str, value: Option<&String>) {
        self.terms(key, value.map(std::slice::from_ref).unwrap_or_default());
    }

    fn future(&self, key: &str, day: Option<Day>, place: impl FnOnce() -> Range<usize>) {
        if let Some(day) = day.filter(|day| day.date > self.now) {
            let (date, now) = (day.to_string(), self.now.to_string());
            let args = [
                ("key", key),
                ("name", chinese_name(key)),
                ("date", &*date),
                ("now", &*now),
            ];
            self.reader.tell(Severity::Warning, "date-in-future", &place(), &args);
        }
    }

    /// What a public document must have, and what makes it none.
    fn publication(&self, record: &Record) {
        if let Some(review) = &record.review {
            self.future("review", review.date, || self.place(&["review", "date"]));
        }
        if record.visibility != Visibility::Public {
            return;
        }
        let place = || self.place(&["visibility"]);
        let is_whole = record.review.as_ref().is_some_and(review::is_whole);
        if self.settings.review_required && !is_whole {
            self.reader
                .tell(Severity::Error, "public-without-review", &place(), &[]);
        }
        let result = record.review.as_ref().and_then(|review| review.result.as_deref());
        if let Some(result) = result.filter(|result| !result.trim().is_empty() && !review::releases(result)) {
            let args = [("result", result)];
            self.reader
                .tell(Severity::Error, "public-against-review", &place(), &args);
        }
    }

    /// What a value hides: pages, lists and exports give each value as it is.
    fn hidden(&self) {
        let hidden = self
            .reading
            .head()
            .iter()
            .filter(|passage| passage.what == What::Hidden);
        for passage in hidden {
            let Some(key) = passage.cues.last() else { continue };
            let span = passage.text.source(&(0..passage.text.text().len()));
            self.reader
                .tell(Severity::Error, "hidden-value", &span, &[("key", key)]);
        }
    }

    fn report(&self, record: &Record, report: &Report) {
        self.term("genre", report.genre.as_ref());
        // Without one a report is among no figure of those written, which matters where it is counted otherwise.
        let counted = !report.adoptions.is_empty() || self.places.has_key("genre");
        if report.genre.is_none() && counted {
            let place = self.place(&["genre"]);
            self.reader.tell(Severity::Note, "missing-genre", &place, &[]);
        }
        for event in &report.adoptions {
            self.event(record, event);
        }
    }

    fn event(&self, record: &Record, event: &Adoption) {
        let place = || self.reader.line_text(event.line);
        self.future("adoptions", event.date, place);
        if event.date.is_none() {
            self.reader.tell(Severity::Warning, "event-without-date", &place(), &[]);
        }
        if let (Some(event), Some(document)) = (event.date, record.date)
            && event.last() < document.date
        {
            let args = [("event", &*event.to_string()), ("date", &*document.to_string())];
            self.reader
                .tell(Severity::Warning, "event-before-document", &place(), &args);
        }
        if event.form == Form::Instruction && event.visibility == Some(Visibility::Public) {
            self.reader.tell(Severity::Warning, "public-instruction", &place(), &[]);
        }
        if event.authority.as_deref().is_some_and(is_person) {
            self.reader
                .tell(Severity::Warning, "authority-is-a-person", &place(), &[]);
        }
    }

    /// What an office keeps to itself is not public, whatever its front matter says.
    fn marked(&self, record: &Record) {
        if record.visibility == Visibility::Public && internal::is_marked(self.reading) {
            self.reader.tell(
                Severity::Error,
                "public-internal-mark",
                &self.place(&["visibility"]),
                &[],
            );
        }
    }

    fn case(&self, record: &Record) {
        if record.visibility == Visibility::Public && is_minors_crime(self.reading) {
            self.reader.tell(
                Severity::Error,
                "public-minors-crime",
                &self.place(&["visibility"]),
                &[],
            );
        }
    }

    fn topic(&self, topic: &Topic) {
        self.term("category", topic.category.as_ref());
        self.term("origin", topic.origin.as_ref());
    }

    fn recommendation(&self, recommendation: &Recommendation) {
        self.term("type", recommendation.type_.as_ref());
        self.term("delivery", recommendation.delivery.as_ref());
        let events = events(recommendation);
        for &(key, day) in &events {
            self.future(key, Some(day), || self.place(&[key]));
        }
        let day = |key: &str| events.iter().find(|(known, _)| *known == key).map(|&(_, day)| day);
        for (first, second) in ORDER {
            if let (Some(before), Some(after)) = (day(first), day(second))
                && after.last() < before.date
            {
                self.out_of_order((first, before), (second, after));
            }
        }
        if let (Some(before), Some(due)) = (day("delivered"), &recommendation.due)
            && due.value.last() < before.date
        {
            self.out_of_order(("delivered", before), ("due", due.value));
        }
        self.missing(recommendation);
    }

    /// What a figure needs of a recommendation and doesn't have: it counts, and never as the best case.
    fn missing(&self, recommendation: &Recommendation) {
        let Recommendation {
            issued,
            delivered,
            reply,
            rectification,
            closed,
            ..
        } = recommendation;
        let accepted = reply.as_ref().and_then(|reply| reply.outcome);
        let accepted = matches!(accepted, Some(Outcome::Accepted | Outcome::Partial));
        let rectified = rectification.as_ref().and_then(|found| found.outcome);
        let rectified = matches!(rectified, Some(Rectified::Full | Rectified::Partial));
        let rough = delivered.as_ref().is_some_and(|day| day.value.last() != day.value.date);
        let rough = rough && recommendation.due.is_none();
        let not_dated = rectified && rectification.as_ref().is_some_and(|found| found.date.is_none());
        // An outcome that can't be read has been told.
        let is_empty = |span| matches!(self.reader.written(&span), "" | "~" | "null" | "\"\"" | "''");
        let unsaid = |key: &str| self.places.find(&[key, "outcome"]).is_none_or(is_empty);
        let answer_unknown = reply.as_ref().is_some_and(|reply| reply.outcome.is_none());
        let answer_unknown = answer_unknown && unsaid("reply");
        let found_unknown = rectification.as_ref().is_some_and(|found| found.outcome.is_none());
        let found_unknown = found_unknown && unsaid("rectification");
        let unreasoned =
            recommendation.due.is_some() && recommendation.due_reason.as_deref().is_none_or(is_placeholder);
        let undated = reply.as_ref().is_some_and(|reply| reply.date.is_none());
        for (is_missing, code, key) in [
            (
                reply.is_some() && delivered.is_none(),
                "reply-without-delivery",
                "reply",
            ),
            (undated, "reply-without-date", "reply"),
            (answer_unknown, "reply-without-outcome", "reply"),
            (found_unknown, "rectification-without-outcome", "rectification"),
            (unreasoned, "due-without-reason", "due"),
            (rough, "delivery-without-day", "delivered"),
            (not_dated, "rectification-without-date", "rectification"),
            (
                delivered.is_some() && issued.is_none(),
                "delivery-without-issue",
                "delivered",
            ),
            (rectified && !accepted, "rectified-unaccepted", "rectification"),
            (closed.is_some() && reply.is_none(), "closed-unanswered", "closed"),
        ] {
            if is_missing && recommendation.withdrawn.is_none() {
                self.reader.tell(Severity::Warning, code, &self.place(&[key]), &[]);
            }
        }
    }

    fn out_of_order(&self, (first, before): (&str, Day), (second, after): (&str, Day)) {
        let (before, after) = (before.to_string(), after.to_string());
        let args = [
            ("first", first),
            ("first_name", chinese_name(first)),
            ("before", &*before),
            ("second", second),
            ("second_name", chinese_name(second)),
            ("after", &*after),
        ];
        let code = if (first, second) == ("delivered", "reply") {
            "reply-before-delivery"
        } else {
            "dates-out-of-order"
        };
        self.reader.tell(Severity::Warning, code, &self.place(&[second]), &args);
    }
}

/// Steps of a recommendation of which the first can't come after the second.
const ORDER: [(&str, &str); 9] = [
    ("issued", "delivered"),
    ("delivered", "reply"),
    ("delivered", "objection"),
    ("delivered", "rectification"),
    ("delivered", "followups"),
    ("delivered", "escalations"),
    ("issued", "withdrawn"),
    ("reply", "closed"),
    ("issued", "closed"),
];

/// The dated steps that a recommendation has, by key; of several the first.
fn events(recommendation: &Recommendation) -> Vec<(&'static str, Day)> {
    let step = |step: Option<&Step>| step.and_then(|step| step.date);
    let first = |steps: &[Step]| steps.iter().filter_map(|step| step.date).min();
    let all = [
        ("issued", recommendation.issued.as_ref().map(|day| day.value)),
        ("delivered", recommendation.delivered.as_ref().map(|day| day.value)),
        ("objection", step(recommendation.objection.as_ref())),
        ("withdrawn", recommendation.withdrawn.as_ref().map(|day| day.value)),
        ("filed", recommendation.filed),
        ("reply", recommendation.reply.as_ref().and_then(|reply| reply.date)),
        (
            "rectification",
            recommendation.rectification.as_ref().and_then(|found| found.date),
        ),
        ("followups", first(&recommendation.followups)),
        ("escalations", first(&recommendation.escalations)),
        ("closed", step(recommendation.closed.as_ref())),
    ];
    all.into_iter().filter_map(|(key, day)| Some((key, day?))).collect()
}

/// Whether what stands for an office is a person: a name that ends with 某, or someone's post.
fn is_person(authority: &str) -> bool {
    const POSTS: [&str; 8] = ["书记", "县长", "市长", "省长", "区长", "检察长", "主任", "同志"];
    authority.ends_with('某') || POSTS.iter().any(|post| authority.ends_with(post))
}
