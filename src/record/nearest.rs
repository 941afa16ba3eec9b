//! The nearest known word to one that is not known.

/// The candidate with the fewest insertions, deletions, replacements and swaps of neighbours to
/// `word`, case aside; of several the first.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(60).collect();
    candidates.into_iter().min_by_key(|candidate| {
        let candidate: Vec<char> = candidate.to_lowercase().chars().take(60).collect();
        distance(&word, &candidate)
    })
}

/// The nearest candidate, if a slip of the pen can have made `word` of it: at most half of its characters differ.
pub(crate) fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = nearest(word, candidates)?;
    let letters = |text: &str| text.to_lowercase().chars().take(60).collect::<Vec<char>>();
    let (word, candidate) = (letters(word), letters(found));
    (distance(&word, &candidate) <= candidate.len() / 2).then_some(found)
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_the_word_that_was_meant() {
        let keys = ["title", "date", "unit", "authors", "标题", "成文日期"];
        for (word, expected) in [
            ("titel", "title"),
            ("Auhtors", "authors"),
            ("标題", "标题"),
            ("成文期日", "成文日期"),
            ("units", "unit"),
        ] {
            assert_eq!(nearest(word, keys), Some(expected), "{word}");
        }
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn what_no_slip_makes_is_not_near() {
        let commands = ["import", "export", "check"];
        assert_eq!(near("imprt", commands), Some("import"));
        assert_eq!(near("河道", commands), None);
        assert_eq!(near("决策", ["领导批示", "纳入党委政府决策"]), None);
    }
}
