//! Where a number stands in a normal form, however it is written: by itself, in a list or within a range.

use crate::text::number::listed;

/// Whether a character is one of those by which ways to write a number differ.
fn is_sign(c: char) -> bool {
    "()〔〕[]【】第号-".contains(c) || c.is_whitespace()
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// The digits and the other letters of a canonical number, in order.
fn runs_of(number: &str) -> Vec<&str> {
    let parts = number.split(is_sign).filter(|part| !part.is_empty());
    let mut runs = Vec::new();
    for mut part in parts {
        while let Some(first) = part.chars().next() {
            let other = |c: char| c.is_ascii_digit() != first.is_ascii_digit();
            let (run, rest) = part.split_at(part.find(other).unwrap_or(part.len()));
            runs.push(run);
            part = rest;
        }
    }
    runs
}

/// Byte ranges of a canonical number: those of its own text, of the member of a list (143 of 检例第142、143号) and of the
/// range that it lies in (检例第142—146号).
pub(super) fn spans(normal: &str, number: &str) -> Vec<(usize, usize)> {
    let runs = runs_of(number);
    let Some((last, stem)) = runs.split_last().filter(|(_, stem)| !stem.is_empty()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let (mut from, mut behind) = (0, 0);
    while let Some((start, after)) = next_stem(normal, from, stem) {
        let before = normal[..start].chars().next_back();
        let bracket = before.filter(|&c| number.starts_with('(') && "(〔[【".contains(c));
        let begin = start - bracket.map_or(0, char::len_utf8);
        from = start + normal[start..].chars().next().map_or(1, char::len_utf8);
        if let Some(end) = own_end(normal, after, stem, last).filter(|_| start >= behind) {
            out.push((begin, end));
            behind = end;
        }
        let at = after + normal[after..].len() - normal[after..].trim_start_matches(is_sign).len();
        let members = listed(normal, begin, at).into_iter();
        out.extend(
            members
                .filter(|(digits, _)| digits == last)
                .map(|(_, place)| (place.start, place.end)),
        );
    }
    out
}

/// The next place from an offset on where all but the last digits of a number stand, and the offset after them.
fn next_stem(normal: &str, mut from: usize, stem: &[&str]) -> Option<(usize, usize)> {
    let first = stem.first()?;
    loop {
        let start = from + normal[from..].find(first)?;
        let runs_on = is_digit(normal[..start].chars().next_back());
        if let Some(after) = after_runs(normal, start, stem).filter(|_| !runs_on) {
            return Some((start, after));
        }
        from = start + first.chars().next().map_or(1, char::len_utf8);
    }
}

/// The offset after runs that stand at an offset with signs between them, at least one between digits.
fn after_runs(normal: &str, start: usize, runs: &[&str]) -> Option<usize> {
    let mut at = start;
    for (number, run) in runs.iter().enumerate() {
        let before = number.checked_sub(1).map(|before| runs[before]);
        at = after_run(normal, at, before, run)?;
    }
    Some(at)
}

fn after_run(normal: &str, at: usize, before: Option<&str>, run: &str) -> Option<usize> {
    let rest = match before {
        Some(before) => {
            let trimmed = normal[at..].trim_start_matches(is_sign);
            let parted = trimmed.len() < normal[at..].len();
            let meet = is_digit(before.chars().next()) && is_digit(run.chars().next());
            (parted || !meet).then_some(trimmed)?
        }
        None => &normal[at..],
    };
    Some(normal.len() - rest.strip_prefix(run)?.len())
}

/// The end of a number whose last digits follow its stem.
fn own_end(normal: &str, after: usize, stem: &[&str], last: &str) -> Option<usize> {
    let end = after_run(normal, after, stem.last().copied(), last)?;
    let rest = &normal[end..];
    let whole = !is_digit(rest.chars().next());
    whole.then(|| normal.len() - rest.strip_prefix('号').unwrap_or(rest).len())
}
