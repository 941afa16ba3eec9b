//! What only the parser knows: code that is text, sentences that became headings, references that became link
//! definitions, cells that a table has no column for, HTML that doesn't end.

use super::target::is_target;
use super::{Edit, Note, any_of, lines_of};
use crate::markdown::dropped::quoted;
use crate::markdown::glyph::is_cjk;
use crate::markdown::options::OPTIONS;
use crate::markdown::report::Finding;
use crate::markdown::section;
use aho_corasick::AhoCorasick;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// The edits that need a look by the parser; none for a body that has nothing of the kind.
pub(super) fn edits(body: &str) -> (Vec<Edit>, Vec<Note>) {
    let mut survey = Survey {
        body,
        edits: Vec::new(),
        notes: Vec::new(),
        used: BTreeSet::new(),
        labels: OnceCell::new(),
        containers: 0,
        table: None,
    };
    if !is_suspect(body) {
        return (survey.edits, survey.notes);
    }
    let parser = Parser::new_ext(body, OPTIONS);
    let mut definitions: Vec<Definition> = parser
        .reference_definitions()
        .iter()
        .map(|(label, it)| Definition {
            label: label.to_owned(),
            target: it.dest.to_string(),
            span: it.span.clone(),
        })
        .collect();
    // The definitions, and what says something by itself: a line in none of them is lost.
    let mut said: Vec<Range<usize>> = definitions.iter().map(|definition| definition.span.clone()).collect();
    for (event, span) in parser.into_offset_iter() {
        if !matches!(
            event,
            Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) | Event::End(_)
        ) {
            said.push(span.clone());
        }
        survey.event(event, span);
    }
    definitions.extend(second_definitions(body, said));
    survey.definitions(definitions);
    (survey.edits, survey.notes)
}

/// Whether a body may hold anything that is seen to here.
fn is_suspect(body: &str) -> bool {
    static SIGNS: LazyLock<AhoCorasick> =
        LazyLock::new(|| any_of(&["]:", "```", "~~~", "<", "|", "](", " \t", "\n    ", "\n\t"]));
    SIGNS.is_match(body)
        || body.starts_with("    ")
        || body.starts_with('\t')
        || lines_of(body).any(|(_, line)| is_underline(line))
}

/// Whether a line may make a heading of the one above.
fn is_underline(line: &str) -> bool {
    let marks = line.trim_start_matches(['>', ' ']).trim_end();
    !marks.is_empty() && (marks.bytes().all(|byte| byte == b'-') || marks.bytes().all(|byte| byte == b'='))
}

/// Whether a block that is indented like code is Chinese text. A word or number in another script, and an address, is one
/// word of it, unless the line has signs of code.
pub(super) fn is_prose(block: &str) -> bool {
    let first = block.lines().map(str::trim).find(|line| !line.is_empty());
    first.is_some_and(|line| {
        // The number of an item is not one of its words.
        let line = line.trim_start_matches(|mark: char| mark.is_ascii_digit() || ".)-*+ ".contains(mark));
        let letters = line
            .chars()
            .filter(|letter| letter.is_alphanumeric() || is_cjk(*letter));
        let chinese = line.chars().filter(|letter| is_cjk(*letter)).count();
        2 * chinese > letters.count() || !is_code(line) && chinese > 1 && chinese >= other_words(line)
    })
}

/// How many words, numbers and addresses of other scripts a line has.
fn other_words(line: &str) -> usize {
    let runs = line.split(|letter: char| is_cjk(letter) || letter.is_whitespace());
    runs.filter(|run| run.contains(|letter: char| letter.is_alphanumeric()))
        .count()
}

/// Whether a line has signs that programs have and texts don't.
fn is_code(line: &str) -> bool {
    const SIGNS: [&str; 17] = [
        "{", "}", "()", "(\"", "('", " = ", "==", "=\"", "='", "->", "=>", "::", "/*", "//!", "$", "`", "&&",
    ];
    let called = line
        .match_indices('(')
        .any(|(at, _)| line[..at].ends_with(|before: char| before.is_ascii_alphanumeric() || before == '_'));
    called || SIGNS.iter().any(|sign| line.contains(sign)) || line.ends_with(';')
}

struct Definition {
    label: String,
    target: String,
    span: Range<usize>,
}

/// Definitions of labels that are defined above already: the parser passes them over.
fn second_definitions(body: &str, mut said: Vec<Range<usize>>) -> Vec<Definition> {
    said.sort_by_key(|span| span.start);
    let (mut next, mut end) = (0, 0);
    let mut found = Vec::new();
    for (start, line) in lines_of(body) {
        let begin = start + line.len() - line.trim_start_matches([' ', '>']).len();
        while said.get(next).is_some_and(|span| span.start <= begin) {
            end = end.max(said[next].end);
            next += 1;
        }
        let written = &body[begin..start + line.len()];
        let definition = written.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        if let Some((label, target)) = definition.filter(|(label, _)| end <= begin && !label.starts_with('^')) {
            found.push(Definition {
                label: label.to_owned(),
                target: target.trim().to_owned(),
                span: begin..start + line.len(),
            });
        }
    }
    found
}

struct Survey<'a> {
    body: &'a str,
    edits: Vec<Edit>,
    notes: Vec<Note>,
    /// Labels of link definitions that something refers to.
    used: BTreeSet<String>,
    /// Lists and quotes that are open.
    containers: usize,
    table: Option<Table>,
    /// How often each text stands in square brackets; counted when it is first asked.
    labels: OnceCell<BTreeMap<&'a str, usize>>,
}

/// How often each text of a body stands in square brackets, as the label of a link does: it holds none.
fn labels(body: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    let closed = body.rsplit_once(']').map_or("", |(closed, _)| closed);
    let pieces = closed.split(']').filter_map(|piece| piece.rsplit_once('['));
    for (_, label) in pieces {
        *counts.entry(label).or_default() += 1;
    }
    counts
}

/// A table that is open.
struct Table {
    columns: usize,
    header: Range<usize>,
    /// Cells beyond those of the header that a row has at most.
    extra: usize,
    /// Where the lines without a bar begin that end it.
    below: Option<usize>,
}

impl Survey<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => self.indented(span),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => self.fenced(span),
            Event::Start(Tag::Heading { .. }) => self.heading(span),
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => self.containers += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => self.containers = self.containers.saturating_sub(1),
            Event::Start(Tag::Table(aligns)) => {
                self.table = Some(Table {
                    columns: aligns.len(),
                    header: span.start..span.start,
                    extra: 0,
                    below: None,
                });
            }
            Event::Start(Tag::TableHead) => {
                if let Some(table) = &mut self.table {
                    table.header = span;
                }
            }
            Event::Start(Tag::TableRow) => self.row(span),
            Event::End(TagEnd::Table) => self.end_table(),
            Event::Start(Tag::HtmlBlock) => {
                self.html(span.clone());
                self.declarations(span);
            }
            Event::InlineHtml(_) => self.declarations(span),
            Event::Start(Tag::Link {
                link_type, title, id, ..
            }) => self.link(link_type, &title, &id, span),
            Event::Start(Tag::Image {
                link_type, title, id, ..
            }) => self.link(link_type, &title, &id, span),
            _ => {}
        }
    }

    fn tell(&mut self, finding: Finding, what: impl Into<String>, span: Range<usize>) {
        self.notes.push(Note {
            finding,
            what: what.into(),
            span,
        });
    }

    /// Chinese authors indent every paragraph: each line that is indented begins one.
    fn indented(&mut self, span: Range<usize>) {
        let start = self.body[..span.start].rfind('\n').map_or(0, |feed| feed + 1);
        if !is_prose(&self.body[start..span.end]) {
            return;
        }
        for (at, line) in lines_of(&self.body[start..span.end]) {
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            if blanks == line.len() {
                continue;
            }
            // Within a list the text stays in its item.
            let cut = match self.containers {
                0 => blanks,
                _ if line.starts_with('\t') => 1,
                _ => blanks.min(4),
            };
            let first = at == 0 || self.body[..start + at].ends_with("\n\n");
            let feed = if first || self.containers > 0 { "" } else { "\n" };
            // What would be a link definition now is a reference of a list.
            let escape = if self.is_reference(&line[blanks..]) { "\\" } else { "" };
            let kept = &line[cut..blanks];
            self.edits.push(Edit::new(
                start + at..start + at + blanks,
                format!("{feed}{kept}{escape}"),
            ));
        }
    }

    /// A fence that no other one ends makes code of all that follows.
    fn fenced(&mut self, span: Range<usize>) {
        let block = self.body[span.clone()].trim_end();
        let Some(mark) = block.chars().next().filter(|mark| matches!(mark, '`' | '~')) else {
            return;
        };
        let fence = &block[..block.len() - block.trim_start_matches(mark).len()];
        let last = block.rsplit_once('\n').map_or("", |(_, last)| last);
        let last = last.trim_start_matches([' ', '>']).trim_end();
        if !(last.starts_with(fence) && last.chars().all(|letter| letter == mark)) {
            self.tell(Finding::UnclosedCode, fence, span.start..span.start + fence.len());
        }
    }

    /// Whether a line that would define a link (`[1]: 张某.刑法学[M]`) is one that nothing refers to.
    fn is_reference(&self, line: &str) -> bool {
        let definition = line.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        definition.is_some_and(|(label, target)| {
            let is_used = || self.labels.get_or_init(|| labels(self.body)).get(label) > Some(&1);
            !(label.starts_with('^') || is_target(target) && is_used())
        })
    }

    /// A sentence over a line of dashes is not a heading.
    fn heading(&mut self, span: Range<usize>) {
        let heading = self.body[span.clone()].trim_end();
        let Some((text, underline)) = heading.rsplit_once('\n') else {
            return;
        };
        let marks = underline.trim_start_matches(['>', ' ']);
        let all = |mark: u8| !marks.is_empty() && marks.bytes().all(|byte| byte == mark);
        if !all(b'-') && !all(b'=') || !is_sentence(text, all(b'=')) {
            return;
        }
        // The middle of a conflict, which is reported as that.
        if marks == "=======" && self.body.contains("<<<<<<<") {
            return;
        }
        let at = span.start + text.len() + 1;
        self.tell(Finding::SentenceOverDashes, marks, at..at + underline.len());
        let prefix = &underline[..underline.len() - marks.len()];
        self.edits.push(Edit::insert(at, format!("{}\n", prefix.trim_end())));
        if marks.len() < 3 || all(b'=') {
            let start = at + prefix.len();
            self.edits.push(Edit::new(start..start + marks.len(), "---"));
        }
    }

    /// Counts the cells of a row that its table has no column for.
    fn row(&mut self, span: Range<usize>) {
        let row = self.body[span.clone()].trim_end();
        let Some(table) = &mut self.table else { return };
        table.below = (!row.contains('|')).then_some(table.below.unwrap_or(span.start));
        let cells = cells(row);
        if cells <= table.columns {
            return;
        }
        let extra = cells - table.columns;
        table.extra = table.extra.max(extra);
        self.tell(
            Finding::ExtraCells,
            extra.to_string(),
            span.start..span.start + row.len(),
        );
    }

    /// A table gets the columns that its rows need.
    fn end_table(&mut self) {
        let Some(Table {
            columns,
            header,
            extra,
            below,
        }) = self.table.take()
        else {
            return;
        };
        // A source or a note right below is no row.
        if let Some(below) = below.filter(|_| columns > 1 && self.containers == 0) {
            self.edits.push(Edit::insert(below, "\n"));
        }
        if extra == 0 {
            return;
        }
        let first = header.start + self.body[header.clone()].trim_end().len();
        let Some(feed) = self.body[first..].find('\n') else {
            return;
        };
        let second_at = first + feed + 1;
        let second = self.body[second_at..].split('\n').next().unwrap_or_default().trim_end();
        for (end, cell) in [(first, " |"), (second_at + second.len(), " --- |")] {
            let closed = self.body[..end].ends_with('|') && !self.body[..end].ends_with("\\|");
            let bar = if closed { "" } else { " |" };
            self.edits
                .push(Edit::insert(end, format!("{bar}{}", cell.repeat(extra))));
        }
    }

    /// HTML that doesn't end swallows what follows.
    fn html(&mut self, span: Range<usize>) {
        const PAIRS: [(&str, &str); 9] = [
            ("<!--", "-->"),
            ("<style", "</style"),
            ("<script", "</script"),
            ("<textarea", "</textarea"),
            ("<pre", "</pre"),
            ("<template", "</template"),
            ("<![cdata[", "]]>"),
            ("<?", "?>"),
            ("<!", ">"),
        ];
        let html = self.body[span.clone()].to_ascii_lowercase();
        let begin = html.len() - html.trim_start().len();
        let opened = PAIRS.iter().find(|(open, _)| html[begin..].starts_with(open));
        if let Some((open, _)) = opened.filter(|(_, close)| !html.contains(close)) {
            let at = span.start + begin;
            self.tell(Finding::UnclosedHtml, *open, at..at + open.len());
        }
    }

    /// Declarations (`<!TODO 补充数据>`) say something that no page shows.
    fn declarations(&mut self, span: Range<usize>) {
        let html = &self.body[span.clone()];
        let mut from = 0;
        while let Some(at) = html[from..].find("<!").map(|at| from + at) {
            let inner = &html[at + 2..];
            let end = if inner.starts_with("--") { "-->" } else { ">" };
            let Some(length) = inner.find(end) else { return };
            let begins = inner.starts_with(|letter: char| letter.is_ascii_alphabetic());
            let doctype = inner.get(..7).is_some_and(|name| name.eq_ignore_ascii_case("doctype"));
            from = at + 2 + length + end.len();
            if begins && !doctype {
                let written = quoted(&html[at..from]);
                self.tell(Finding::UnknownElement, written, span.start + at..span.start + from);
            }
        }
    }

    fn link(&mut self, kind: LinkType, title: &str, id: &str, span: Range<usize>) {
        if matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.used.insert(plain_label(id));
        }
        if !title.trim().is_empty() && !self.body[span.clone()].contains(&format!("[{title}]")) {
            self.tell(Finding::LinkTitle, title, span);
        }
    }

    /// A reference list (`[1]: 张某.刑法学[M]`) is text, and a definition that nothing refers to isn't shown.
    fn definitions(&mut self, definitions: Vec<Definition>) {
        let mut seen = BTreeSet::new();
        for definition in definitions {
            let Definition { label, target, span } = definition;
            let second = !seen.insert(plain_label(&label));
            let comment = label.starts_with("//") || target == "#" || label.eq_ignore_ascii_case("comment");
            if comment {
                continue;
            }
            if !is_target(&target) && !target.is_empty() && target.chars().any(is_cjk) {
                let open = span.start + self.body[span.clone()].find('[').unwrap_or(0);
                let first = self.body[..open].trim_end_matches([' ', '　']).ends_with("\n\n") || open == 0;
                self.edits.push(Edit::insert(open, if first { "\\" } else { "\n\\" }));
            } else if second || !self.used.contains(&plain_label(&label)) {
                let written = self.body[span.clone()].trim_end();
                let end = span.start + written.len();
                // By its label: where it leads may be a document that this audience doesn't have.
                self.tell(Finding::UnusedDefinition, format!("[{label}]"), span.start..end);
            }
        }
    }
}

/// Whether a text over a line of dashes is a sentence, a signature, or too long for a heading. Over a double line stands
/// a title more often than not.
fn is_sentence(text: &str, double: bool) -> bool {
    let mut said = text.trim_end();
    // Behind the full stop may stand the mark of a footnote and the end of an emphasis.
    loop {
        let bare = said.trim_end_matches(['*', '_', '＊', ' ']);
        let note = bare.strip_suffix(']').and_then(|inner| inner.rsplit_once("[^"));
        let shorter = note.map_or(bare, |(before, _)| before);
        if shorter.len() == said.len() {
            break;
        }
        said = shorter;
    }
    let english = said.ends_with(['.', '!', '?']) && said.split_whitespace().count() > 2;
    let full_stop = said.ends_with(['。', '！', '？', '；', '…', '⋯', '｡', '．']);
    let pause = said.ends_with(['：', '”', '）', '，']) || text.chars().count() > 40;
    english || full_stop || !double && (pause || is_running(said))
}

/// Whether a text in Chinese runs on as no title does: over lines, past a comma, up to a date.
fn is_running(text: &str) -> bool {
    let numbered = section::outline_rank(text).is_some() || text.starts_with('第');
    let dated = text.ends_with(['日', '底']) && text.contains('年');
    let parted = text.contains(['\n', '，', '。', '；', '：']) && !numbered;
    text.contains(is_cjk) && (parted || dated)
}

/// A label as labels are compared.
fn plain_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The cells of a row: as many as its bars part, those in code too.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut bars = 0;
    let mut escaped = false;
    let mut last = 0;
    for (at, byte) in row.bytes().enumerate() {
        match byte {
            b'|' if !escaped => {
                bars += 1;
                last = at + 1;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    bars + usize::from(last < row.len())
}
