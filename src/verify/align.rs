//! Two texts side by side: how much of one stands in the other in order, and what stands there instead.

use super::flat::is_numeral;
use std::collections::HashSet;
use std::ops::Range;

/// The longest text that is aligned, in characters: what is longer is not a quotation that anyone compares by eye.
const LONGEST: usize = 3_000;

/// Places of the other that are tried: forms are filled in alike (被告人某，男，1980年出生).
const PLACES: usize = 4;

/// A text laid against the stretch of another that is nearest to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Characters that stand in both.
    pub same: usize,
    /// How many characters the text has.
    of: usize,
    /// The stretch of the other.
    pub stretch: Range<usize>,
    /// What differs: characters of the text, and characters of the other in their place.
    pub changes: Vec<(Range<usize>, Range<usize>)>,
}

impl Aligned {
    /// Whether at least so many hundredths of the text stand in the other.
    pub(super) fn is_near(&self, percent: usize) -> bool {
        self.of > 0 && self.same * 100 >= self.of * percent
    }
}

/// Lays a text against the nearest part of a stretch of another; `None` where they have nothing in common.
pub(super) fn align(text: &[char], other: &[char], within: Range<usize>) -> Option<Aligned> {
    if text.len() < 2 || text.len() > LONGEST {
        return None;
    }
    let laid = |window: Range<usize>| {
        let window = within.start + window.start..within.start + window.end;
        read(text, other, window.start, &steps(text, &other[window.clone()]))
    };
    let all = nearest(text, &other[within.clone()]).into_iter().map(laid);
    // The first of equals.
    all.reduce(|best, next| if next.same > best.same { next } else { best })
}

/// The parts of a text that share most pairs of characters with another, the best first, with some room on both sides.
fn nearest(text: &[char], other: &[char]) -> Vec<Range<usize>> {
    let pairs: HashSet<(char, char)> = text.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut hits: Vec<usize> = other
        .windows(2)
        .map(|pair| usize::from(pairs.contains(&(pair[0], pair[1]))))
        .collect();
    let room = text.len() / 4 + 8;
    let width = (text.len() + room).min(hits.len());
    let mut found = Vec::new();
    for _ in 0..PLACES {
        let mut sum: usize = hits.iter().take(width).sum();
        let (mut best, mut from) = (sum, 0);
        for end in width..hits.len() {
            sum = sum + hits[end] - hits[end - width];
            if sum > best {
                (best, from) = (sum, end - width + 1);
            }
        }
        if best == 0 {
            break;
        }
        found.push(from.saturating_sub(room)..(from + width + room + 1).min(other.len()));
        hits[from..from + width].fill(0);
    }
    found
}

/// A step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The same character.
    Same,
    /// One in the place of another.
    Instead,
    /// One that the other doesn't have.
    Added,
    /// One that the text leaves out.
    Left,
}

/// The steps of the cheapest way through a text, from any place of the other to any; with where it starts there.
fn steps(text: &[char], other: &[char]) -> (usize, Vec<Step>) {
    let width = other.len() + 1;
    let mut ways = vec![Step::Left; (text.len() + 1) * width];
    let mut costs: Vec<u32> = vec![0; width];
    for (row, letter) in text.iter().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = row as u32 + 1;
        ways[(row + 1) * width] = Step::Added;
        for (column, against) in other.iter().enumerate() {
            let same = letter == against;
            let options = [
                (
                    diagonal + u32::from(!same),
                    if same { Step::Same } else { Step::Instead },
                ),
                (costs[column + 1] + 1, Step::Added),
                (costs[column] + 1, Step::Left),
            ];
            diagonal = costs[column + 1];
            let (cost, step) = options
                .into_iter()
                .min_by_key(|(cost, _)| *cost)
                .unwrap_or((0, Step::Same));
            costs[column + 1] = cost;
            ways[(row + 1) * width + column + 1] = step;
        }
    }
    let end = costs.iter().enumerate().min_by_key(|(_, cost)| **cost);
    let (mut row, mut column) = (text.len(), end.map_or(0, |(at, _)| at));
    let mut taken = Vec::new();
    while row > 0 {
        let step = ways[row * width + column];
        taken.push(step);
        if step != Step::Left {
            row -= 1;
        }
        if step != Step::Added {
            column -= 1;
        }
    }
    taken.reverse();
    (column, taken)
}

/// The changes along the steps.
fn read(text: &[char], other: &[char], base: usize, (start, steps): &(usize, Vec<Step>)) -> Aligned {
    let mut aligned = Aligned {
        same: 0,
        of: text.len(),
        stretch: base + start..base + start,
        changes: Vec::new(),
    };
    let (mut row, mut column) = (0, base + start);
    let mut open: Option<(usize, usize)> = None;
    for step in steps.iter().chain([&Step::Same]) {
        match (step, open) {
            (Step::Same, Some((from, against))) => {
                let change = (from..row, against..column);
                aligned.changes.push(widened(text, other, change));
                open = None;
            }
            (Step::Same, None) => {}
            (_, None) => open = Some((row, column)),
            _ => {}
        }
        if row == text.len() && *step == Step::Same {
            break;
        }
        row += usize::from(*step != Step::Left);
        column += usize::from(*step != Step::Added);
        aligned.same += usize::from(*step == Step::Same);
    }
    aligned.stretch.end = column;
    aligned.changes = merged(std::mem::take(&mut aligned.changes));
    aligned
}

/// A change with the whole of the figure that it touches, and with a neighbour where a side has nothing.
fn widened(
    text: &[char],
    other: &[char],
    (mut ours, mut theirs): (Range<usize>, Range<usize>),
) -> (Range<usize>, Range<usize>) {
    let touches = text[ours.clone()]
        .iter()
        .chain(&other[theirs.clone()])
        .any(|letter| is_numeral(*letter));
    while touches && before(text, &ours).is_some_and(is_numeral) && before(text, &ours) == before(other, &theirs) {
        (ours.start, theirs.start) = (ours.start - 1, theirs.start - 1);
    }
    while touches && after(text, &ours).is_some_and(is_numeral) && after(text, &ours) == after(other, &theirs) {
        (ours.end, theirs.end) = (ours.end + 1, theirs.end + 1);
    }
    if ours.is_empty() || theirs.is_empty() {
        if before(text, &ours).is_some() && before(text, &ours) == before(other, &theirs) {
            (ours.start, theirs.start) = (ours.start - 1, theirs.start - 1);
        }
        if after(text, &ours).is_some() && after(text, &ours) == after(other, &theirs) {
            (ours.end, theirs.end) = (ours.end + 1, theirs.end + 1);
        }
    }
    (ours, theirs)
}

fn before(letters: &[char], range: &Range<usize>) -> Option<char> {
    range.start.checked_sub(1).map(|at| letters[at])
}

fn after(letters: &[char], range: &Range<usize>) -> Option<char> {
    letters.get(range.end).copied()
}

/// Changes that touch are one.
fn merged(changes: Vec<(Range<usize>, Range<usize>)>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut all: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (ours, theirs) in changes {
        match all.last_mut() {
            Some((last, against)) if ours.start <= last.end && theirs.start <= against.end => {
                (last.end, against.end) = (ours.end, theirs.end);
            }
            _ => all.push((ours, theirs)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(text: &str, other: &str) -> Vec<(String, String)> {
        let (text, other): (Vec<char>, Vec<char>) = (text.chars().collect(), other.chars().collect());
        let aligned = align(&text, &other, 0..other.len()).unwrap();
        let words = |letters: &[char], range: &Range<usize>| letters[range.clone()].iter().collect::<String>();
        aligned
            .changes
            .iter()
            .map(|(ours, theirs)| (words(&text, ours), words(&other, theirs)))
            .collect()
    }

    #[test]
    fn each_change_is_told_by_its_words() {
        for (text, other, expected) in [
            (
                "没收违法所得应当处罚款",
                "责令停止没收违法所得可以处罚款依法",
                vec![("应当", "可以")],
            ),
            (
                "单位采砂十四万余吨得款",
                "单位采砂四万余吨得款",
                vec![("十四万", "四万")],
            ),
            (
                "七个没有安装高清视频监控",
                "十二个中有七个没有安装视频监控的",
                vec![("装高清视", "装视")],
            ),
            ("全部追缴违法所得", "应当依法全部追缴违法所得", vec![]),
            (
                "县水行政主管部门批准",
                "应当经县水行政部门批准",
                vec![("政主管部", "政部")],
            ),
        ] {
            let expected: Vec<(String, String)> = expected
                .into_iter()
                .map(|(a, b): (&str, &str)| (a.to_owned(), b.to_owned()))
                .collect();
            assert_eq!(changes(text, other), expected, "{text}");
        }
    }

    #[test]
    fn nothing_in_common_is_no_alignment() {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        assert!(align(&letters("甲乙丙"), &letters("丁戊己"), 0..3).is_none());
        let near = align(&letters("甲乙丙丁戊"), &letters("甲乙子丁戊"), 0..5).unwrap();
        assert!(near.is_near(80) && !near.is_near(81));
    }
}
