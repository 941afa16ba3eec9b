//! Classes of characters that decide how Chinese lines are joined and which marks may touch a letter.

/// Ideographs, kana, CJK punctuation and full-width forms: what is written without spaces.
pub(super) fn is_cjk(letter: char) -> bool {
    matches!(letter,
        '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{3100}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        | '\u{31F0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF9F}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{16FE0}'..='\u{18CFF}' | '\u{1B000}'..='\u{1B2FF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Punctuation that Chinese and Western texts share, of whichever its neighbours are.
pub(super) fn is_shared(letter: char) -> bool {
    matches!(letter, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '–')
}

/// Whether a line break between two pieces of text is not a space: the letter before or after is CJK.
/// Shared punctuation counts as what stands on its other side.
pub(super) fn joins(before: &str, after: &str) -> bool {
    // Nobody writes longer rows of dashes and quotes than that; a bound keeps hostile ones cheap.
    const FARTHEST: usize = 8;
    let last = before.chars().rev().take(FARTHEST).find(|&letter| !is_shared(letter));
    let next = after.chars().take(FARTHEST).find(|&letter| !is_shared(letter));
    last.is_some_and(is_cjk) || next.is_some_and(is_cjk)
}
