//! The section as Markdown, as HTML for a word processor, and as JSON.

use super::section::{Line, Section};
use crate::adoption::yuan_json;
use crate::export::docx;
use crate::message::Catalogue;
use serde_json::{Value, json};

/// A way to write: how text is escaped and how a note is marked.
struct Style {
    escape: fn(&str) -> String,
    mark: fn(usize) -> String,
}

const MARKDOWN: Style = Style {
    escape: escape_markdown,
    mark: |number| format!("[^{number}]"),
};

const HTML: Style = Style {
    escape: escape_html,
    mark: |number| format!("<sup>[{number}]</sup>"),
};

/// Numbers of the notes: one for each figure that has documents, from 1.
fn numbered(section: &Section) -> Vec<Vec<(&Line, Option<usize>)>> {
    let mut last = 0;
    let mut number = |line: &Line| {
        (!line.documents.0.is_empty() || !line.documents.1.is_empty()).then(|| {
            last += 1;
            last
        })
    };
    section
        .paragraphs
        .iter()
        .map(|lines| lines.iter().map(|line| (line, number(line))).collect())
        .collect()
}

/// A paragraph: the figures as clauses, each with its counterpart and the mark of its note.
fn prose(lead: &str, lines: &[(&Line, Option<usize>)], style: &Style, words: &Catalogue) -> String {
    let clause = |(line, number): &(&Line, Option<usize>)| {
        let mut text = words.format(
            "stats.clause",
            &[("name", line.name.clone()), ("value", line.now.clone())],
        );
        if let Some(before) = &line.before {
            let change = line
                .change
                .as_ref()
                .map(|change| words.get("stats.comma").to_owned() + change);
            text += &words.format(
                "stats.versus",
                &[("value", before.clone()), ("change", change.unwrap_or_default())],
            );
        }
        (style.escape)(&text) + &number.map(style.mark).unwrap_or_default()
    };
    let mut text = (style.escape)(lead);
    for (at, line) in lines.iter().enumerate() {
        // What is a part of the figure before it belongs to its clause.
        text += match (at, line.0.part) {
            (0, _) => "",
            (_, true) => words.get("stats.comma"),
            (_, false) => words.get("stats.semicolon"),
        };
        text += &clause(line);
    }
    text + words.get("stats.stop")
}

/// The documents behind a figure.
fn note(line: &Line, words: &Catalogue) -> String {
    let list = |documents: &[String]| match documents {
        [] => words.get("stats.none").to_owned(),
        some => some.join(words.get("stats.semicolon")),
    };
    let text = words.format(
        "stats.basis",
        &[("name", line.name.clone()), ("list", list(&line.documents.0))],
    );
    match &line.before {
        Some(_) => text + &words.format("stats.basis.before", &[("list", list(&line.documents.1))]),
        None => text,
    }
}

fn header(section: &Section, words: &Catalogue) -> Vec<String> {
    let keys: &[&str] = if section.before.is_some() {
        &[
            "stats.column.figure",
            "stats.column.now",
            "stats.column.before",
            "stats.column.change",
        ]
    } else {
        &["stats.column.figure", "stats.column.now"]
    };
    keys.iter().map(|key| words.get(key).to_owned()).collect()
}

fn cells(line: &Line) -> Vec<String> {
    let change = line
        .before
        .as_ref()
        .map(|_| line.change.clone().unwrap_or_else(|| "—".into()));
    [
        Some(line.name.clone()),
        Some(line.now.clone()),
        line.before.clone(),
        change,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The section as a Word file: its heading is the title.
pub(super) fn docx(section: &Section, words: &Catalogue) -> std::io::Result<Vec<u8>> {
    let text = markdown(section, words);
    let body = text.strip_prefix("## ").and_then(|text| text.split_once('\n'));
    let written = docx::write(&docx::Paper {
        record: None,
        title: &section.title,
        unit: None,
        body: body.map_or(&text, |(_, body)| body),
        front: None,
        pictures: &|_| None,
    })?;
    Ok(written.bytes)
}

/// What leads the first paragraph: the period.
fn lead(section: &Section, at: usize, words: &Catalogue) -> String {
    if at == 0 {
        words.format("stats.lead", &[("period", section.period.clone())])
    } else {
        String::new()
    }
}

/// What stands below the table: how it was counted, and with which period it is compared.
fn remark(section: &Section, words: &Catalogue) -> String {
    let before = section
        .before
        .as_ref()
        .map(|period| words.format("stats.before", &[("period", period.clone())]));
    before.unwrap_or_default() + &section.note
}

/// The section in Markdown with footnotes.
pub(super) fn markdown(section: &Section, words: &Catalogue) -> String {
    let lines = numbered(section);
    let mut text = format!("## {}\n\n", escape_markdown(&section.title));
    for (at, lines) in lines.iter().enumerate() {
        text += &prose(&lead(section, at, words), lines, &MARKDOWN, words);
        text += "\n\n";
    }
    let row = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| escape_markdown(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let header = header(section, words);
    text += &row(header.clone());
    text += &format!(
        "|{}\n",
        [" --- |"]
            .iter()
            .chain(vec![&" ---: |"; header.len() - 1])
            .copied()
            .collect::<String>()
    );
    for (line, _) in lines.iter().flatten() {
        text += &row(cells(line));
    }
    text += &format!("\n{}\n\n", escape_markdown(&remark(section, words)));
    for (line, number) in lines.iter().flatten() {
        if let Some(number) = number {
            text += &format!("[^{number}]: {}\n", escape_markdown(&note(line, words)));
        }
    }
    text
}

/// Fonts and measures of official documents (GB/T 9704—2012): body in 仿宋 of size 三号 (16 pt), lines of
/// 28 pt, headings in 黑体. A word processor takes them from the elements when the page is pasted.
const BODY: &str = "font-family:仿宋_GB2312,仿宋,FangSong,serif;font-size:16pt;line-height:28pt;margin:0";
const SMALL: &str = "font-family:仿宋_GB2312,仿宋,FangSong,serif;font-size:12pt;line-height:20pt;margin:0";
const HEADING: &str = "font-family:黑体,SimHei,sans-serif;font-size:16pt;line-height:28pt;font-weight:normal;margin:0";
const TABLE: &str = "border-collapse:collapse;width:100%;font-family:仿宋_GB2312,仿宋,FangSong,serif;font-size:12pt";
const CELL: &str = "border:1px solid #000;padding:2pt 6pt";

/// The section as a page whose elements carry their own style, so that they keep it when pasted.
pub(super) fn html(section: &Section, words: &Catalogue) -> String {
    let lines = numbered(section);
    let title = escape_html(&section.title);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n<h2 style=\"{HEADING}\">{title}</h2>\n"
    );
    for (at, lines) in lines.iter().enumerate() {
        let prose = prose(&lead(section, at, words), lines, &HTML, words);
        text += &format!("<p style=\"{BODY};text-indent:2em\">{prose}</p>\n");
    }
    let row = |cells: Vec<String>, tag: &str| {
        let cell = |(at, cell): (usize, &String)| {
            let align = if at == 0 { "left" } else { "right" };
            format!(
                "<{tag} style=\"{CELL};text-align:{align}\">{}</{tag}>",
                escape_html(cell)
            )
        };
        format!("<tr>{}</tr>\n", cells.iter().enumerate().map(cell).collect::<String>())
    };
    text += &format!("<table style=\"{TABLE}\">\n{}", row(header(section, words), "th"));
    for (line, _) in lines.iter().flatten() {
        text += &row(cells(line), "td");
    }
    text += &format!(
        "</table>\n<p style=\"{SMALL}\">{}</p>\n",
        escape_html(&remark(section, words))
    );
    for (line, number) in lines.iter().flatten() {
        if let Some(number) = number {
            text += &format!(
                "<p style=\"{SMALL}\">[{number}] {}</p>\n",
                escape_html(&note(line, words))
            );
        }
    }
    text + "</body>\n</html>\n"
}

/// The section for programs.
pub(super) fn json(section: &Section) -> Value {
    let figure = |line: &Line| {
        let number = |value: Option<i64>| match value {
            Some(value) if line.money => yuan_json(value),
            value => json!(value),
        };
        json!({
            "key": line.key, "name": line.name, "now": number(line.numbers.0), "before": number(line.numbers.1),
            "text": { "now": line.now, "before": line.before, "change": line.change },
            "documents": { "now": line.documents.0, "before": line.documents.1 },
        })
    };
    let figures: Vec<Value> = section.paragraphs.iter().flatten().map(figure).collect();
    json!({ "period": section.period, "before": section.before, "note": section.note, "figures": figures })
}

fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
