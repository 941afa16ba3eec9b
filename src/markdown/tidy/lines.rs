//! What begins a line: headings, lists, quotes, footnotes, tables and callouts.

use super::found::Found;
use super::{Edit, Note, lines_of, lists};
use crate::markdown::glyph::is_cjk;
use crate::markdown::report::Finding;
use crate::markdown::section;
use crate::text::normalize::is_dropped;

/// The edits that single lines and their neighbours ask for.
pub(super) fn edits(body: &str) -> (Vec<Edit>, Vec<Note>) {
    let lines: Vec<(usize, &str)> = lines_of(body).collect();
    let mut found = Found::default();
    let mut table_until = 0;
    let has_bars = body.contains(['｜', '|']);
    for at in 0..lines.len() {
        let (start, line) = lines[at];
        let begin = line.trim_start_matches(|mark: char| matches!(mark, ' ' | '>') || is_wide_blank(mark));
        let Some(first) = begin.chars().next() else { continue };
        let place = start + line.len() - begin.len();
        indent(&lines, at, begin, &mut found);
        match first {
            '#' | '＃' => heading(begin, place, &mut found),
            '[' | '［' | '【' => footnote(begin, place, &mut found),
            '＞' => quote(begin, place, &mut found),
            '-' | '*' | '+' | '－' | '＊' | '＋' => lists::bullet(&lines, at, begin, place, &mut found),
            '0'..='9' | '０'..='９' => lists::number(&lines, at, begin, place, &mut found),
            _ => {}
        }
        if line.starts_with([' ', '>']) && begin.starts_with(['[', '［', '【']) {
            callout(line, begin, place, &mut found);
        }
        if has_bars && at >= table_until && line.contains(['｜', '|']) {
            table_until = table(&lines, at, &mut found);
        }
    }
    (found.edits, found.notes)
}

/// Blanks that Markdown doesn't take for indentation, and what nobody sees.
fn is_wide_blank(mark: char) -> bool {
    matches!(
        mark,
        '　' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}'
    ) || is_dropped(mark)
}

/// A line behind blanks of full width: a heading, an item or a table keeps none of them, an item below another is one of
/// its own list, and a paragraph begins at each.
fn indent(lines: &[(usize, &str)], at: usize, begin: &str, found: &mut Found) {
    let (start, line) = lines[at];
    let prefix = &line[..line.len() - begin.len()];
    let Some(wide) = prefix.find(is_wide_blank) else { return };
    let span = start + wide..start + prefix.len();
    let before = at.checked_sub(1).map_or("", |before| lines[before].1.trim_start());
    let hashes = begin.trim_start_matches('#');
    let heading = (1..=6).contains(&(begin.len() - hashes.len())) && hashes.starts_with([' ', '　']);
    let item = is_item(begin);
    let note = begin
        .strip_prefix(['[', '［', '【'])
        .is_some_and(|rest| rest.starts_with('^'));
    if item && is_item(before) {
        found.replace(span, " ".repeat(4));
    } else if heading || item || note || is_row(begin) {
        found.replace(span, "");
    } else if prefix.starts_with("　　") && begin.starts_with(is_cjk) && is_prose_line(before) {
        found.edits.push(Edit::insert(start, "\n"));
    }
}

/// Whether a line is an item of a list.
fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let number = number.strip_prefix(['.', ')']).filter(|_| number.len() < line.len());
    let rest = line.strip_prefix(['-', '*', '+']).or(number);
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']) && !rest.trim().is_empty())
}

/// Whether a line is a row of a table with bars at both ends.
fn is_row(line: &str) -> bool {
    let bar = |letter: char| matches!(letter, '|' | '｜');
    let line = line.trim_end();
    line.starts_with(bar) && line.ends_with(bar) && line.matches(bar).count() > 1
}

/// Whether a line is one of a paragraph of Chinese text.
fn is_prose_line(line: &str) -> bool {
    let line = line.trim_start_matches(is_wide_blank);
    line.starts_with(|letter: char| is_cjk(letter) || matches!(letter, '“' | '（' | '《' | '*' | '['))
}

/// `＃ 一、`, `##　一、` and `#一、` are headings.
fn heading(begin: &str, place: usize, found: &mut Found) {
    let marks: String = begin.chars().take_while(|mark| matches!(mark, '#' | '＃')).collect();
    let (rest, count) = (&begin[marks.len()..], marks.chars().count());
    let text = rest.trim_start();
    if count > 6 || text.is_empty() || rest.starts_with([' ', '\t']) && !marks.contains('＃') {
        return;
    }
    // `##基本情况##`
    let closed = text.trim_end();
    let opened = closed.trim_end_matches('#').trim_end();
    let at = place..place + begin.len() - text.len();
    if marks.contains('＃') {
        // ＃1 is a number.
        if !rest.starts_with(|next: char| next.is_ascii_digit()) {
            found.widen(at, &marks, format!("{} ", "#".repeat(count)));
        }
    } else if rest.len() > text.len() || is_heading(if count > 1 { opened } else { text }, count) {
        found.notes.push(Note {
            finding: Finding::HeadingWithoutBlank,
            what: marks.clone(),
            span: place..place + begin.len(),
        });
        found.replace(at, format!("{marks} "));
        if count > 1 && opened.len() < closed.len() {
            let end = place + begin.len() - text.len() + opened.len();
            found.replace(end..end + closed.len() - opened.len(), "");
        }
    }
}

/// Whether a text right behind its `#` is a heading, and no tag (#清朗) or number (#12).
fn is_heading(text: &str, marks: usize) -> bool {
    let digits = text.len() - text.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let numbered = digits > 0 && text[digits..].starts_with(['、', '．', '.']);
    let chapter = text.starts_with('第')
        && text
            .chars()
            .take(6)
            .any(|letter| matches!(letter, '章' | '节' | '编' | '部'));
    if section::outline_rank(text).is_some() || numbered || chapter {
        return true;
    }
    let short = text.chars().count() <= 40 && !text.ends_with(['。', '；', '，', '、']);
    let dated = digits == 4 && text[digits..].starts_with('年') && text.chars().count() > 5;
    // ##1 is a number, ##FF0000 a colour.
    let words = marks > 1 && text.contains(is_cjk);
    short && !text.contains('#') && (marks > 1 && text.starts_with(is_cjk) || words || dated)
}

/// `[^1]：` and `［^1］：` begin a footnote.
fn footnote(begin: &str, place: usize, found: &mut Found) {
    let inner = begin
        .strip_prefix(['[', '［', '【'])
        .and_then(|rest| rest.strip_prefix('^'));
    let Some(inner) = inner else { return };
    let Some(close) = inner.find([']', '］', '】']) else {
        return;
    };
    let label = &inner[..close];
    let rest = inner[close..].trim_start_matches([']', '］', '】']);
    let after = rest.trim_start();
    if label.is_empty() || label.contains(char::is_whitespace) || !after.starts_with(['：', ':']) {
        return;
    }
    let text = after.trim_start_matches(['：', ':']).trim_start();
    let end = place + begin.len() - text.len();
    let written = begin[..begin.len() - text.len()].trim_end();
    if written != format!("[^{label}]:") {
        found.widen(place..end, written, format!("[^{label}]: "));
    }
}

/// `＞ 引文` is a quotation; ＞50% is none.
fn quote(begin: &str, place: usize, found: &mut Found) {
    let rest = begin.trim_start_matches('＞');
    let marks = begin.len() - rest.len();
    let text = rest.trim_start();
    let close = text.starts_with(is_cjk) && !text.starts_with(['０', '＝']) || callout_title(text).is_some();
    if text.is_empty() || !(rest.len() > text.len() || close) {
        return;
    }
    let narrow = ">".repeat(begin[..marks].chars().count());
    let (end, new) = match callout_title(text) {
        Some(title) => (begin.len(), format!("{narrow} **{title}**\n{narrow}")),
        None => (begin.len() - text.len(), format!("{narrow} ")),
    };
    found.widen(place..place + end, "＞", new);
}

/// `> [!note] 题目`, in brackets of any width: the marker goes, what stands behind it is the quotation's title.
fn callout(line: &str, begin: &str, place: usize, found: &mut Found) {
    let prefix = &line[..line.len() - begin.len()];
    if let Some(title) = callout_title(begin).filter(|_| prefix.contains('>')) {
        let new = format!("**{title}**\n{}", prefix.trim_end());
        found.replace(place..place + begin.len(), new);
    }
}

/// The title of a callout, its own or that of its kind; none where a text is no marker of one.
fn callout_title(begin: &str) -> Option<&str> {
    let inner = begin.strip_prefix(['[', '［', '【'])?.strip_prefix(['!', '！'])?;
    let (kind, rest) = inner.split_once([']', '］', '】'])?;
    let known = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '|');
    if kind.is_empty() || !kind.chars().all(known) || rest.starts_with('(') {
        return None;
    }
    let title = rest.trim_start_matches(['-', '+']).trim();
    Some(if title.is_empty() { label(kind) } else { title })
}

/// What a callout is called that has no title of its own.
fn label(kind: &str) -> &str {
    const LABELS: [(&str, &str); 14] = [
        ("note", "注"),
        ("info", "说明"),
        ("tip", "提示"),
        ("hint", "提示"),
        ("important", "重要"),
        ("warning", "注意"),
        ("caution", "警告"),
        ("danger", "警告"),
        ("abstract", "摘要"),
        ("summary", "摘要"),
        ("question", "问题"),
        ("example", "示例"),
        ("quote", "引用"),
        ("todo", "待办"),
    ];
    let plain = kind.split('|').next().unwrap_or(kind);
    let known = LABELS.iter().find(|(name, _)| name.eq_ignore_ascii_case(plain));
    known.map_or(plain, |(_, label)| label)
}

/// A table with `｜` between its cells, dashes of full width in its second line, or other cells there than in its first.
/// Gives the line after it.
fn table(lines: &[(usize, &str)], at: usize, found: &mut Found) -> usize {
    let Some(&(place, delimiters)) = lines.get(at + 1) else {
        return at + 1;
    };
    let is_delimiter = |letter: char| "｜|：:-－—–−".contains(letter) || letter.is_whitespace();
    let dashed = delimiters.contains(['-', '－', '—', '–', '−']) && delimiters.contains(['｜', '|']);
    if !dashed || !delimiters.chars().all(is_delimiter) {
        return at + 1;
    }
    let (start, header) = lines[at];
    let (cells, asked) = (cells(delimiters), cells(after_marks(header)));
    if cells != asked && asked > 1 {
        found.notes.push(Note {
            finding: Finding::TableDelimiters,
            what: cells.to_string(),
            span: place..place + delimiters.len(),
        });
        let begin = delimiters.len() - delimiters.trim_start_matches([' ', '>']).len();
        found.replace(
            place + begin..place + delimiters.len(),
            format!("|{}", " --- |".repeat(asked)),
        );
    }
    let next = narrowed(lines, at, cells != asked, found);
    // One note for a table is enough.
    let mut noted = false;
    let wide = |note: &Note| note.finding == Finding::WideMark && note.span.start >= start;
    found
        .notes
        .retain(|note| !wide(note) || !std::mem::replace(&mut noted, true));
    next
}

/// Replaces the marks of a table that were typed in full width, those of its second line unless it was written anew.
/// Gives the line after the table.
fn narrowed(lines: &[(usize, &str)], at: usize, anew: bool, found: &mut Found) -> usize {
    let mut next = at;
    while let Some(&(start, line)) = lines.get(next) {
        if line.trim().is_empty() || !line.contains(['｜', '|']) {
            break;
        }
        for (offset, letter) in line.char_indices().filter(|_| !(anew && next == at + 1)) {
            let place = start + offset..start + offset + letter.len_utf8();
            match letter {
                '｜' if next == at => found.widen(place, "｜", "|"),
                '｜' => found.replace(place, "|"),
                '：' if next == at + 1 => found.replace(place, ":"),
                '－' | '—' | '–' | '−' if next == at + 1 => found.widen(place, &letter.to_string(), "-"),
                _ => {}
            }
        }
        next += 1;
    }
    next
}

/// A line without the marks of quotes and lists that stand before it.
fn after_marks(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let bullet = line.strip_prefix(['-', '*', '+']);
    let number = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let number = number.strip_prefix(['.', ')']).filter(|_| number.len() < line.len());
    match bullet.or(number).filter(|rest| rest.starts_with([' ', '\t'])) {
        Some(rest) => after_marks(rest),
        None => line,
    }
}

/// The cells that bars of either width part in a line.
fn cells(line: &str) -> usize {
    let line = line.trim_start_matches([' ', '>']).trim();
    let bar = |letter: char| matches!(letter, '|' | '｜');
    let inner = line.strip_prefix(bar).unwrap_or(line);
    let inner = if inner.ends_with("\\|") {
        inner
    } else {
        inner.strip_suffix(bar).unwrap_or(inner)
    };
    // The bar of [[甲文|文字]] separates no cells.
    let links = inner.contains("[[");
    let linked = |at: usize| {
        let open = if links { inner[..at].rfind("[[") } else { None };
        open.is_some_and(|open| !inner[open..at].contains("]]") && inner[at..].contains("]]"))
    };
    let bars = inner
        .char_indices()
        .filter(|(at, letter)| bar(*letter) && !inner[..*at].ends_with('\\') && !linked(*at));
    bars.count() + 1
}
