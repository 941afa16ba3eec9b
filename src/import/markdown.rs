//! Blocks as Markdown.

use super::inline::{levelled, markdown};
use crate::office::Loss;
use crate::office::block::{Align, Block, Cell, Document, Form, Inline, Level, Role, Table, plain};

/// The whole body, footnotes at the end.
pub(super) fn write(document: &mut Document) -> String {
    let mut out = String::new();
    let mut lists = Lists::default();
    let mut referred = Vec::new();
    let mut in_quotation = false;
    for block in &document.blocks {
        let text = match block {
            Block::Item { depth, number, text } => {
                let (text, joins) = lists.item(*depth, *number, text);
                if joins {
                    out += &text;
                    out.push('\n');
                    continue;
                }
                text
            }
            other => {
                lists.end();
                self::block(other, &document.notes)
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        // Paragraphs of one quotation stay together.
        let quoted = text.starts_with("> ");
        if !out.is_empty() {
            out += if quoted && in_quotation { ">\n" } else { "\n" };
        }
        in_quotation = quoted;
        out += &text;
        out.push('\n');
    }
    for block in &document.blocks {
        match block {
            Block::Table(table) if !table.is_plain() => {}
            Block::Table(table) => table
                .rows
                .iter()
                .flatten()
                .flat_map(|cell| &cell.lines)
                .for_each(|line| marks(line, &mut referred)),
            other => marks(other.inlines(), &mut referred),
        }
    }
    document.notes.iter().for_each(|(_, note)| marks(note, &mut referred));
    let (referred, in_tables): (Vec<_>, Vec<_>) = document.notes.iter().partition(|(mark, _)| referred.contains(mark));
    let in_tables = in_tables.len();
    for (mark, note) in referred {
        let text = markdown(note, false).replace('\n', "\n    ");
        out += &format!("\n[^{mark}]: {text}\n");
    }
    document.lose_all(Loss::NoteInTable, in_tables);
    out
}

fn marks(inlines: &[Inline], out: &mut Vec<usize>) {
    for inline in inlines {
        match inline {
            Inline::Note(mark) => out.push(*mark),
            Inline::Link { text, .. } => marks(text, out),
            _ => {}
        }
    }
}

/// The lists that items stand in, from the outermost.
#[derive(Default)]
struct Lists {
    open: Vec<List>,
    /// Whether the list before used the other mark: two lists in a row are two.
    other_mark: bool,
}

struct List {
    /// How deep its document has it.
    depth: usize,
    /// The number of its last item, or `None` for bullets.
    last: Option<u32>,
    other_mark: bool,
}

impl Lists {
    fn end(&mut self) {
        self.open.clear();
        self.other_mark = false;
    }

    /// An item, and whether it goes on in the list before it. Depth is counted from the first item of a list and grows
    /// one step at a time, or the text would be code.
    fn item(&mut self, depth: usize, number: Option<u32>, text: &[Inline]) -> (String, bool) {
        let was_open = !self.open.is_empty();
        while self.open.len() > 1 && self.open.last().is_some_and(|list| list.depth > depth) {
            self.open.pop();
        }
        let same = self.open.last_mut().filter(|list| list.depth >= depth);
        let goes_on = match same {
            None => {
                self.open.push(List {
                    depth,
                    last: number,
                    other_mark: false,
                });
                Some(was_open)
            }
            Some(list) => {
                list.depth = list.depth.min(depth);
                // A bullet after a number begins another list by itself.
                let kinds = list.last.is_some() != number.is_some();
                let follows = match (list.last, number) {
                    (Some(last), Some(number)) => number == last.saturating_add(1),
                    _ => true,
                };
                let jumps =
                    matches!((list.last, number), (Some(last), Some(number)) if number > last.saturating_add(1));
                if kinds {
                    list.other_mark = false;
                } else if !follows && !jumps {
                    list.other_mark = !list.other_mark;
                }
                list.last = number;
                (!jumps).then_some(follows)
            }
        };
        let level = self.open.len() - 1;
        let other = self.open.last().is_some_and(|list| list.other_mark);
        let indent = "    ".repeat(level.min(6));
        let line = markdown(text, false).replace('\n', &format!("\n{indent}    "));
        let Some(joins) = goes_on else {
            // No list of Markdown leaves numbers out.
            let number = number.unwrap_or_default();
            if level == 0 {
                self.end();
            }
            return (format!("{indent}{number}\\. {line}"), false);
        };
        let mark = match (number, other) {
            (Some(number), false) => format!("{number}."),
            (Some(number), true) => format!("{number})"),
            (None, false) => "-".to_owned(),
            (None, true) => "*".to_owned(),
        };
        (format!("{indent}{mark} {line}"), joins)
    }
}

fn block(block: &Block, notes: &[(usize, Vec<Inline>)]) -> String {
    match block {
        Block::Title(text) => format!("# {}", one_line(&markdown(text, false))),
        Block::Heading(level, text) => {
            // The page's own title is the first level.
            let level = usize::from(*level).clamp(1, 5) + 1;
            format!("{} {}", "#".repeat(level), one_line(&markdown(text, false)))
        }
        Block::Paragraph {
            text,
            form: Form {
                role: Role::Quotation, ..
            },
        } => format!("> {}", markdown(text, false).replace('\n', "\n> ")),
        Block::Paragraph { text, .. } | Block::Item { text, .. } => markdown(text, false),
        Block::Table(table) if table.is_plain() => pipe_table(table),
        Block::Table(table) => html_table(table, notes),
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
            let rule = |column| match table.columns.get(column) {
                Some(Align::Centre) => " :---: |",
                Some(Align::End) => " ---: |",
                Some(Align::Start) | None => " --- |",
            };
            lines.push(format!("|{}", (0..width).map(rule).collect::<String>()));
        }
    }
    lines.join("\n")
}

/// Markdown has no merged cells; HTML has.
fn html_table(table: &Table, notes: &[(usize, Vec<Inline>)]) -> String {
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
                .map(|line| html_line(line, notes))
                .filter(|line| !line.is_empty());
            out += &lines.collect::<Vec<_>>().join("<br>");
            out += &format!("</{name}>");
        }
        out += "</tr>\n";
    }
    out + "</table>"
}

/// Inlines as HTML. A footnote can't be referred to from there; its text is.
fn html_line(inlines: &[Inline], notes: &[(usize, Vec<Inline>)]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, look } => {
                let (text, level) = levelled(text, look.level);
                let mut shown = in_html(&text);
                let says = !text.trim().is_empty();
                for (tag, is) in [
                    ("s", look.struck),
                    ("sup", level == Level::Raised),
                    ("sub", level == Level::Lowered),
                    ("b", look.bold),
                ] {
                    if is && says {
                        shown = format!("<{tag}>{shown}</{tag}>");
                    }
                }
                out += &shown;
            }
            Inline::Link { text, target } => {
                out += &format!("<a href=\"{}\">{}</a>", in_html(target), html_line(text, notes));
            }
            Inline::Break => out += "<br>",
            Inline::Note(mark) => {
                let note = notes.iter().find(|(known, _)| known == mark);
                let said = note.map(|(_, note)| plain(note).replace('\n', " ")).unwrap_or_default();
                out += &format!("（注：{}）", in_html(&said));
            }
            Inline::Picture { name, description } => {
                out += &format!("<img src=\"{}\" alt=\"{}\">", in_html(name), in_html(description));
            }
        }
    }
    // %% begins a comment of Obsidian's.
    out.trim().replace("%%", "&#37;&#37;")
}

fn in_html(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace(['\n', '\r'], " ")
}
