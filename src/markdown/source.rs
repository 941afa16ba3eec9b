//! The Markdown of a document for download, written anew from what its page shows: nothing that an author hid, and no
//! path of what its links may not lead to, is in the pieces that this is made of.

mod text;

use super::link::{self, Class};
use super::piece::{Cell, Element, Inline, Kind, Piece, Reference};
use super::{Resolve, Target, comment, html, parse, repair, report};
use text::Words;

/// The body as its page shows it, with links that lead nowhere as plain text.
pub fn shown_source(body: &str, resolver: &dyn Resolve) -> String {
    let uncommented = comment::blank(body);
    let repaired = repair::repair(&uncommented.text);
    let parsed = html::clean(parse::parse(&repaired), &repaired.text, &mut report::Report::default());
    let mut pieces = parsed.pieces;
    pieces.extend(parsed.footnotes);
    let mut writer = Writer {
        pieces: &pieces,
        at: 0,
        resolver,
        links: Vec::new(),
    };
    let mut out = String::new();
    while writer.at < pieces.len() {
        let blocks = writer.blocks();
        if !out.is_empty() && !blocks.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&blocks.join("\n\n"));
        // A stray end of an element that never began.
        writer.at += 1;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

struct Writer<'p, 'a> {
    pieces: &'p [Piece<'a>],
    at: usize,
    resolver: &'p dyn Resolve,
    /// What ends each open link; nothing for one that leads nowhere.
    links: Vec<String>,
}

impl Writer<'_, '_> {
    /// The blocks up to the end of the element around them, each without the marks of what is around it.
    fn blocks(&mut self) -> Vec<String> {
        let mut blocks = Vec::new();
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Close(element) if element.kind() != Kind::Inline => break,
                Piece::Open(element) if element.kind() != Kind::Inline => {
                    self.at += 1;
                    blocks.extend(self.block(*element));
                    self.at += 1;
                }
                Piece::Rule => {
                    self.at += 1;
                    blocks.push("---".to_owned());
                }
                _ => blocks.extend(self.paragraph(Words::prose())),
            }
        }
        blocks
    }

    fn block(&mut self, element: Element) -> Vec<String> {
        match element {
            Element::Heading(level) => {
                let text = self.words(Words::line());
                let marks = "#".repeat(level.clamp(1, 6) as usize);
                vec![format!("{marks} {text}")]
            }
            Element::Preformatted => vec![self.code()],
            Element::Quote => prefixed(self.blocks(), "> ", "> "),
            Element::Bullets => self.list(|_| "- ".to_owned()),
            Element::Numbers(first) => self.list(move |place| format!("{}. ", first as usize + place)),
            Element::Footnotes => self.items().into_iter().flatten().collect(),
            Element::Footnote(number) => prefixed(self.blocks(), &format!("[^{number}]: "), "    "),
            Element::Table => vec![self.table()],
            Element::Details => {
                let mut blocks = vec!["<details>".to_owned()];
                blocks.extend(self.blocks());
                blocks.push("</details>".to_owned());
                blocks
            }
            Element::Summary => {
                let text = self.blocks().join(" ");
                vec![format!("<summary>{text}</summary>")]
            }
            _ => self.blocks(),
        }
    }

    /// The blocks of each item.
    fn items(&mut self) -> Vec<Vec<String>> {
        let mut items = Vec::new();
        while let Some(Piece::Open(element)) = self.pieces.get(self.at) {
            self.at += 1;
            items.push(match element {
                Element::Item => self.blocks(),
                other => self.block(*other),
            });
            self.at += 1;
        }
        items
    }

    fn list(&mut self, mark: impl Fn(usize) -> String) -> Vec<String> {
        // A list with paragraphs in its items has room between them.
        let loose = self.holds_paragraphs();
        let items = self.items().into_iter().enumerate().map(|(place, blocks)| {
            let mark = mark(place);
            let blank = " ".repeat(mark.len());
            if blocks.is_empty() {
                mark.trim_end().to_owned()
            } else {
                indented(&blocks.join(if loose { "\n\n" } else { "\n" }), &mark, &blank)
            }
        });
        let items: Vec<String> = items.collect();
        vec![items.join(if loose { "\n\n" } else { "\n" })]
    }

    fn holds_paragraphs(&self) -> bool {
        let mut depth = 0;
        for piece in &self.pieces[self.at..] {
            match piece {
                Piece::Open(Element::Paragraph) if depth == 1 => return true,
                Piece::Open(element) if element.kind() != Kind::Inline => depth += 1,
                Piece::Close(element) if element.kind() != Kind::Inline => {
                    if depth == 0 {
                        break;
                    }
                    depth -= 1;
                }
                _ => {}
            }
        }
        false
    }

    fn paragraph(&mut self, words: Words) -> Option<String> {
        let text = self.words(words);
        (!text.trim().is_empty()).then_some(text)
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Close(Element::Preformatted) => break,
                Piece::Text(text) => code.push_str(text),
                Piece::SoftBreak | Piece::HardBreak => code.push('\n'),
                _ => {}
            }
            self.at += 1;
        }
        let longest = code
            .split(|character| character != '`')
            .map(str::len)
            .max()
            .unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n'))
    }

    /// The inline text up to the next block, or to the end of the element around it.
    fn words(&mut self, mut words: Words) -> String {
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Open(Element::Inline(Inline::Code)) => {
                    self.at += 1;
                    let code = self.inline_code();
                    words.code(&code);
                }
                Piece::Open(Element::Inline(inline)) => words.mark(opening(*inline)),
                Piece::Close(Element::Inline(inline)) => words.mark(closing(*inline)),
                Piece::Link(reference) => {
                    let end = self.link_end(reference);
                    words.mark(if end.is_empty() { "" } else { "[" });
                    self.links.push(end);
                }
                Piece::Close(Element::Link) => words.mark(&self.links.pop().unwrap_or_default()),
                Piece::Open(_) | Piece::Close(_) | Piece::Rule => break,
                Piece::Text(_) => words.text(&self.whole_text()),
                Piece::SoftBreak => words.soft_break(),
                Piece::HardBreak => words.hard_break(),
                Piece::Image(reference) => self.image(reference, &mut words),
                Piece::Mark(number) => words.mark(&format!("[^{number}]")),
                Piece::Task(done) => words.mark(if *done { "[x] " } else { "[ ] " }),
                Piece::Reading(text) => {
                    words.mark("<rt>");
                    words.text(text);
                    words.mark("</rt>");
                }
                Piece::Raw(..) => {}
            }
            self.at += 1;
        }
        words.finish()
    }

    /// The text from here on, which the parser may have cut into several.
    fn whole_text(&mut self) -> String {
        let mut whole = String::new();
        while let Some(Piece::Text(text)) = self.pieces.get(self.at) {
            whole.push_str(text);
            self.at += 1;
        }
        self.at -= 1;
        whole
    }

    fn inline_code(&mut self) -> String {
        let mut code = String::new();
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Close(Element::Inline(Inline::Code)) => break,
                Piece::Close(element) if element.kind() != Kind::Inline => {
                    self.at -= 1;
                    break;
                }
                Piece::Text(text) => code.push_str(text),
                Piece::SoftBreak | Piece::HardBreak => code.push(' '),
                _ => {}
            }
            self.at += 1;
        }
        code
    }

    /// The end of a link as it is written; nothing where it leads nowhere.
    fn link_end(&self, reference: &Reference<'_>) -> String {
        let target = reference.target.as_ref();
        let leads = match link::classify(target) {
            Class::Relative => !matches!(self.resolver.resolve(target), Target::Nowhere | Target::Excluded),
            Class::Refused => false,
            Class::Here(_) | Class::Web | Class::Mail => true,
        };
        if leads {
            format!("]({})", destination(target))
        } else {
            String::new()
        }
    }

    fn image(&self, reference: &Reference<'_>, words: &mut Words) {
        let end = self.link_end(reference);
        if !end.is_empty() {
            words.mark("![");
        }
        words.text(&reference.alt);
        words.mark(&end);
    }

    fn table(&mut self) -> String {
        let start = self.at;
        let (mut depth, mut plain) = (0, true);
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Open(Element::Table) => depth += 1,
                Piece::Close(Element::Table) if depth == 0 => break,
                Piece::Close(Element::Table) => depth -= 1,
                Piece::Open(Element::Cell(Cell { columns, rows, .. })) if *columns > 1 || *rows > 1 => plain = false,
                Piece::Open(Element::Caption | Element::Paragraph | Element::Bullets | Element::Numbers(_)) => {
                    plain = false;
                }
                _ => {}
            }
            self.at += 1;
        }
        let end = self.at;
        let headed = matches!(self.pieces.get(start), Some(Piece::Open(Element::Head)));
        self.at = start;
        let table = if plain && headed {
            self.pipes(end)
        } else {
            self.tagged(end)
        };
        self.at = end;
        table
    }

    fn pipes(&mut self, end: usize) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut aligns = String::from("|");
        while self.at < end {
            let piece = &self.pieces[self.at];
            self.at += 1;
            match piece {
                Piece::Open(Element::Row) => lines.push("|".to_owned()),
                Piece::Open(Element::Cell(cell)) => {
                    let text = self.words(Words::cell());
                    if let Some(line) = lines.last_mut() {
                        *line += &format!(" {text} |");
                    }
                    if lines.len() == 1 {
                        aligns += alignment(*cell);
                    }
                }
                Piece::Close(Element::Head) => lines.push(aligns.clone()),
                _ => {}
            }
        }
        lines.join("\n")
    }

    /// A table that pipes can't write: as HTML, its cells as plain text.
    fn tagged(&mut self, end: usize) -> String {
        let mut out = String::from("<table>\n");
        while self.at < end {
            let piece = &self.pieces[self.at];
            self.at += 1;
            match piece {
                Piece::Open(Element::Row) => out.push_str("<tr>"),
                Piece::Close(Element::Row) => out.push_str("</tr>\n"),
                Piece::Open(Element::Cell(cell)) => {
                    out.push_str(if cell.header { "<th" } else { "<td" });
                    for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                        if count > 1 {
                            out += &format!(" {name}=\"{count}\"");
                        }
                    }
                    out.push('>');
                }
                Piece::Close(Element::Cell(_)) => out.push_str("</td>"),
                Piece::Open(Element::Caption) => out.push_str("<caption>"),
                Piece::Close(Element::Caption) => out.push_str("</caption>\n"),
                Piece::Text(text) => super::write::escape(&mut out, text),
                Piece::SoftBreak => out.push(' '),
                Piece::HardBreak | Piece::Close(Element::Paragraph | Element::Item) => out.push_str("<br>"),
                Piece::Mark(number) => out += &format!("[{number}]"),
                _ => {}
            }
        }
        out + "</table>"
    }
}

fn alignment(cell: Cell) -> &'static str {
    use super::piece::Align;
    match cell.align {
        Align::Unset => " --- |",
        Align::Left => " :--- |",
        Align::Centre => " :---: |",
        Align::Right => " ---: |",
    }
}

fn opening(inline: Inline) -> &'static str {
    match inline {
        Inline::Emphasis => "*",
        Inline::Strong => "**",
        Inline::Deleted => "~~",
        Inline::Inserted => "<ins>",
        Inline::Underlined => "<u>",
        Inline::Marked => "<mark>",
        Inline::Small => "<small>",
        Inline::Above => "<sup>",
        Inline::Below => "<sub>",
        Inline::Key => "<kbd>",
        Inline::Ruby => "<ruby>",
        Inline::Code => "`",
    }
}

fn closing(inline: Inline) -> &'static str {
    match inline {
        Inline::Inserted => "</ins>",
        Inline::Underlined => "</u>",
        Inline::Marked => "</mark>",
        Inline::Small => "</small>",
        Inline::Above => "</sup>",
        Inline::Below => "</sub>",
        Inline::Key => "</kbd>",
        Inline::Ruby => "</ruby>",
        other => opening(other),
    }
}

/// A target as it is written in a link.
fn destination(target: &str) -> String {
    let plain = !target.is_empty() && !target.contains([' ', '(', ')', '<', '>', '\\', '\n', '\t']);
    if plain {
        target.to_owned()
    } else {
        format!(
            "<{}>",
            target
                .replace(['\n', '\t'], " ")
                .replace('<', "%3C")
                .replace('>', "%3E")
        )
    }
}

/// Blocks as one, with a mark before its first line and another before the others.
fn prefixed(blocks: Vec<String>, first: &str, others: &str) -> Vec<String> {
    if blocks.is_empty() {
        Vec::new()
    } else {
        vec![indented(&blocks.join("\n\n"), first, others)]
    }
}

fn indented(text: &str, first: &str, others: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(number, line)| {
        let mark = if number == 0 { first } else { others };
        format!("{mark}{line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
