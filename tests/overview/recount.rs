//! Every figure of the overview, recounted.

use crate::overview::front_matter::{Document, corpus, events, field, of_kind};
use crate::overview::pages::NOW;
use crate::overview::rules::{
    LEVELS, SINCE, adopted, benefits, counts, due, honour, is_high, is_written, issued, youth,
};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "—".to_owned(),
        _ => format!("{:.1}%", part as f64 * 100.0 / whole as f64),
    }
}

pub(super) fn people_text((at_least, people, _): (bool, u64, u64)) -> String {
    match people {
        0 => String::new(),
        _ => format!("{people}{}人", if at_least { "余" } else { "" }),
    }
}

pub(super) fn amount_text((_, _, yuan): (bool, u64, u64)) -> String {
    match yuan {
        0 => String::new(),
        _ => format!("{:.1}万元", yuan as f64 / 10_000.0),
    }
}

/// Every figure of the overview as the page writes it.
pub(super) fn recounted(public: bool) -> BTreeMap<String, String> {
    let all = corpus(public);
    let adopted = adopted(&all, public);
    let mut figures = BTreeMap::new();
    let mut put = |key: &str, text: String| {
        if !text.is_empty() {
            figures.insert(key.to_owned(), text);
        }
    };
    let written = of_kind(&all, "report").filter(|report| is_written(report) && report.text("date") >= SINCE);
    put("written", written.count().to_string());
    put("adopted", adopted.len().to_string());
    let unverified = adopted.iter().filter(|one| one.is_unverified()).count();
    put(
        "unverified",
        if unverified > 0 {
            unverified.to_string()
        } else {
            String::new()
        },
    );
    let recognised_only = of_kind(&all, "report").filter(|report| {
        let events = events(report, public);
        let recognised =
            |event: &&Value| ["publication", "forwarded", "briefing", "proposal"].contains(&field(event, "form"));
        !events.iter().any(|event| counts(event, &all))
            && events
                .iter()
                .any(|event| recognised(event) && field(event, "date") >= SINCE)
    });
    put("recognised", recognised_only.count().to_string());
    let benefits = benefits(&all, |_| true);
    put("people", people_text(benefits));
    put("amount", amount_text(benefits));
    put(
        "high_cases",
        of_kind(&all, "case").filter(|case| is_high(case)).count().to_string(),
    );

    let issued = issued(&all);
    let standing: Vec<&&Document> = issued.iter().filter(|item| item.text("withdrawn").is_empty()).collect();
    let fallen_due: Vec<&&&Document> = standing
        .iter()
        .filter(|item| due(item).is_some_and(|day| day.as_str() < NOW))
        .collect();
    let reply = |item: &Document, key: &str| field(&item.front["reply"], key).to_owned();
    let late = |item: &Document| Some(reply(item, "date")) > due(item);
    let of_due = |part: usize| {
        format!(
            "{}（{part}/{whole}，到期应复 {whole} 件）",
            percent(part, fallen_due.len()),
            whole = fallen_due.len()
        )
    };
    let answered = || fallen_due.iter().filter(|item| !reply(item, "date").is_empty());
    let on_time = answered().filter(|item| !late(item)).count();
    let came_late = answered().filter(|item| late(item)).count();
    let silent = fallen_due.len() - answered().count();
    put("issued", format!("{} 件", issued.len()));
    put("due", format!("{} 件", fallen_due.len()));
    for (key, count) in [("on_time", on_time), ("late", came_late), ("unanswered", silent)] {
        put(key, format!("{count} 件"));
        put(&format!("{key}_rate"), of_due(count));
    }
    let outcome = |word: &str| standing.iter().filter(|item| reply(item, "outcome") == word).count();
    let rectified = |word: &str| {
        let found = |item: &&&&Document| field(&item.front["rectification"], "outcome") == word;
        standing.iter().filter(found).count()
    };
    let replied = standing.iter().filter(|item| !item.front["reply"].is_null()).count();
    let partly = |n: usize, more: usize, word: &str| match more {
        0 => format!("{n} 件"),
        _ => format!("{n} 件，另{word} {more} 件"),
    };
    put("accepted", partly(outcome("采纳"), outcome("部分采纳"), "部分采纳"));
    put(
        "accepted_rate",
        format!(
            "{}（{}/{replied}，已回复 {replied} 件）",
            percent(outcome("采纳"), replied),
            outcome("采纳")
        ),
    );
    let taken = outcome("采纳") + outcome("部分采纳");
    let full = rectified("整改到位");
    put("rectified", partly(full, rectified("部分整改"), "部分整改"));
    put(
        "rectified_rate",
        format!("{}（{full}/{taken}，采纳和部分采纳 {taken} 件）", percent(full, taken)),
    );

    let mut honours: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (level, rank, date) in of_kind(&all, "case").filter_map(honour) {
        if date.as_str() >= SINCE {
            *honours.entry((level, rank)).or_default() += 1;
        }
    }
    for ((level, rank), count) in honours {
        let rank = ["selected", "excellent", "fine", "typical", "guiding"][rank];
        put(&format!("honour-{}-{rank}", LEVELS[level].0), count.to_string());
    }
    if !public {
        let of_instructions = |endorsed: bool| {
            let events = of_kind(&all, "report").flat_map(|report| events(report, public));
            // From 肯定性批示 up: 圈阅 only says that it was read.
            let wanted = events.filter(|event| {
                let effect = field(event, "effect");
                field(event, "form") == "instruction"
                    && field(event, "date") >= SINCE
                    && if endorsed {
                        effect == "endorsed"
                    } else {
                        !["submitted", "noted"].contains(&effect)
                    }
            });
            let instrument = |event: &Value| match field(event, "document") {
                "" => format!("{} {}", field(event, "authority"), field(event, "date")),
                number => number.to_owned(),
            };
            wanted.map(instrument).collect::<BTreeSet<_>>().len().to_string()
        };
        put("instructions", of_instructions(false));
        put("endorsed", of_instructions(true));
        put("youth_projects", youth(&all).len().to_string());
    }
    figures
}
