//! Blocks as Markdown.

use super::block::{Block, Cell, Inline, Parsed, Table};
use super::inline::markdown;

/// The whole body, footnotes at the end.
pub(super) fn write(parsed: &Parsed) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in &parsed.blocks {
        let text = self::block(block);
        if text.trim().is_empty() {
            continue;
        }
        let item = matches!(block, Block::Item { .. });
        let joins = item && in_list;
        if !out.is_empty() && !joins {
            out.push('\n');
        }
        in_list = item;
        out += &text;
        out.push('\n');
    }
    for (mark, note) in &parsed.notes {
        let text = markdown(note, false).replace('\n', "\n    ");
        out += &format!("\n[^{mark}]: {text}\n");
    }
    out
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("# {}", one_line(&markdown(text, false))),
        Block::Heading(level, text) => {
            // The page's own title is the first level.
            let level = usize::from(*level).clamp(1, 5) + 1;
            format!("{} {}", "#".repeat(level), one_line(&markdown(text, false)))
        }
        Block::Paragraph { text, .. } => markdown(text, false),
        Block::Item { depth, number, text } => {
            let indent = "    ".repeat((*depth).min(6));
            let mark = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
            let text = markdown(text, false).replace('\n', &format!("\n{indent}    "));
            format!("{indent}{mark} {text}")
        }
        Block::Table(table) if table.is_plain() => pipe_table(table),
        Block::Table(table) => html_table(table),
    }
}

fn one_line(text: &str) -> String {
    text.replace("\\\n", " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn cell(cell: &Cell) -> String {
    let lines = cell
        .lines
        .iter()
        .map(|line| markdown(line, true))
        .filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("<br>")
}

fn pipe_table(table: &Table) -> String {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut lines = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let mut cells: Vec<String> = row.iter().map(cell).collect();
        cells.resize(width, String::new());
        lines.push(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            lines.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    lines.join("\n")
}

/// Markdown has no merged cells; HTML has.
fn html_table(table: &Table) -> String {
    let mut out = String::from("<table>\n");
    for (index, row) in table.rows.iter().enumerate() {
        out += "<tr>";
        let name = if index == 0 { "th" } else { "td" };
        for it in row {
            let span = |key: &str, count: usize| {
                if count > 1 {
                    format!(" {key}=\"{count}\"")
                } else {
                    String::new()
                }
            };
            out += &format!("<{name}{}{}>", span("colspan", it.columns), span("rowspan", it.rows));
            let lines = it
                .lines
                .iter()
                .map(|line| html_line(line))
                .filter(|line| !line.is_empty());
            out += &lines.collect::<Vec<_>>().join("<br>");
            out += &format!("</{name}>");
        }
        out += "</tr>\n";
    }
    out + "</table>"
}

/// Inlines as HTML. A footnote can't be referred to from there; its number is.
fn html_line(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, bold: true, .. } if !text.trim().is_empty() => {
                out += &format!("<b>{}</b>", in_html(text))
            }
            Inline::Text { text, .. } => out += &in_html(text),
            Inline::Link { text, target } => out += &format!("<a href=\"{}\">{}</a>", in_html(target), in_html(text)),
            Inline::Break => out += "<br>",
            Inline::Note(mark) => out += &format!("（注{mark}）"),
            Inline::Picture { name, description } => {
                out += &format!("<img src=\"{}\" alt=\"{}\">", in_html(name), in_html(description));
            }
        }
    }
    out.trim().to_owned()
}

fn in_html(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace(['\n', '\r'], " ")
}
