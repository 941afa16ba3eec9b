//! The marks of lists: typed in full width, without the blank behind them, or in several ways in one list.

use super::Edit;
use super::found::Found;
use crate::markdown::glyph::is_cjk;

/// `－ 甲`, `-　甲`, and in several lines `－甲`, `-甲` or `*甲`, are items of a list.
pub(super) fn bullet(lines: &[(usize, &str)], at: usize, begin: &str, place: usize, found: &mut Found) {
    let Some(mark) = begin.chars().next() else { return };
    let rest = &begin[mark.len_utf8()..];
    let text = rest.trim_start();
    if text.is_empty() || rest.starts_with([' ', '\t']) && mark.is_ascii() {
        return;
    }
    let blank = rest.len() > text.len();
    // A second star makes it emphasis.
    let is_item = |line: &str| {
        let text = line.trim_start().strip_prefix(mark);
        text.is_some_and(|text| {
            let begins = |next: char| is_cjk(next) && next != mark || matches!(next, '“' | '‘' | '①'..='⑳');
            text.starts_with(begins) && !(mark == '*' && text.contains('*'))
        })
    };
    let beside = |other: Option<&(usize, &str)>| other.is_some_and(|(_, line)| is_item(line));
    let several = beside(at.checked_sub(1).and_then(|before| lines.get(before)))
        || beside(lines.get(at + 1))
        || goes_on(&lines[..at]);
    let items = several && mark != '＊' && is_item(begin);
    if !blank && !items {
        return;
    }
    let (span, new) = (place..place + begin.len() - text.len(), "- ");
    if mark.is_ascii() {
        found.replace(span, format!("{mark} "));
    } else {
        found.widen(span, &mark.to_string(), new);
    }
}

/// Whether lines end within an item of a list, the mark of which has its blank.
fn goes_on(lines: &[(usize, &str)]) -> bool {
    /// Lines of one item.
    const LONGEST: usize = 10;
    let paragraph = lines
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|(_, line)| !line.trim().is_empty());
    paragraph.into_iter().any(|(_, line)| {
        let text = line.trim_start().strip_prefix(['-', '*', '+', '－', '＊', '＋']);
        text.is_some_and(|text| {
            text.starts_with([' ', '　']) && text.trim_start().starts_with(|next: char| !matches!(next, '-' | '*'))
        })
    })
}

/// `１．甲` above `２．乙` are items of a list, whatever mark stands behind each number, with a blank or without one, and so
/// is `1.　甲`. `1、甲` above `2、乙` stay as they are, each in a line of its own.
pub(super) fn number(lines: &[(usize, &str)], at: usize, begin: &str, place: usize, found: &mut Found) {
    let Some((value, mark, text)) = ordinal(begin) else {
        return;
    };
    let span = place..place + begin.len() - text.len();
    let written = &begin[..begin.len() - text.len()];
    let narrow = written.starts_with(|digit: char| digit.is_ascii_digit()) && matches!(mark, '.' | ')');
    if narrow && written.ends_with(char::is_whitespace) {
        // The parser knows it, but for the blank.
        if written.ends_with(|blank: char| !blank.is_ascii()) {
            found.replace(span, format!("{value}{mark} "));
        }
        return;
    }
    let beside = |other: Option<usize>| {
        other
            .and_then(|other| lines.get(other))
            .and_then(|(_, line)| neighbour(line))
    };
    let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
    let before = before.filter(|(before, _)| before + 1 == value);
    let after = after.filter(|(after, _)| *after == value + 1);
    let Some((_, other)) = before.or(after) else {
        return;
    };
    match mark {
        '、' if other == '、' => {
            let (start, line) = lines[at];
            if before.is_some() && !line.contains('>') {
                found.edits.push(Edit::insert(start, "\n"));
            }
        }
        '、' => found.replace(span, format!("{value}. ")),
        ')' => found.replace(span, format!("{value}) ")),
        '.' if narrow => found.replace(span, format!("{value}. ")),
        '）' => found.widen(span, written.trim(), format!("{value}) ")),
        _ => found.widen(span, written.trim(), format!("{value}. ")),
    }
}

/// The number and the mark of an item in the line beside it.
fn neighbour(line: &str) -> Option<(u32, char)> {
    let (value, mark, _) = ordinal(line.trim_start_matches(|mark: char| mark == '>' || mark.is_whitespace()))?;
    Some((value, mark))
}

/// The number that begins a line with the mark of an item behind it, that mark, and the text.
fn ordinal(line: &str) -> Option<(u32, char, &str)> {
    let rest = line.trim_start_matches(|digit: char| matches!(digit, '0'..='9' | '０'..='９'));
    let value = crate::text::numeral::parse(&line[..line.len() - rest.len()]).filter(|value| *value < 1000)?;
    let mark = rest.chars().next().filter(|mark| "．.、）)".contains(*mark))?;
    let text = rest[mark.len_utf8()..].trim_start();
    let next = text.chars().next()?;
    (!next.is_ascii_digit() && !matches!(next, '０'..='９')).then_some((value, mark, text))
}
