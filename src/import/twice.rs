//! Whether a text was taken already: a report lies in a folder as doc and as pdf, and both say the same.

use std::collections::{BTreeMap, BTreeSet};

/// Letters that are looked at together.
const WINDOW: usize = 8;
/// How many windows of a text are compared.
const KEPT: usize = 128;
/// Hundredths of these that two texts share when they are one.
const SAME: usize = 85;

/// What is compared of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch(BTreeSet<u64>);

/// Texts, each with its name.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    all: Vec<(String, Sketch)>,
    /// Which texts have a window.
    of_windows: BTreeMap<u64, Vec<usize>>,
}

impl Texts {
    /// The name of a text that says the same.
    pub(crate) fn like(&self, Sketch(own): &Sketch) -> Option<&str> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in own.iter().filter_map(|window| self.of_windows.get(window)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        // Of the smallest windows of both, those that both have.
        let same = |at: usize| {
            let (_, Sketch(other)) = &self.all[at];
            let both: BTreeSet<u64> = own.union(other).copied().take(KEPT).collect();
            let count = both.iter().filter(|it| own.contains(it) && other.contains(it)).count();
            count * 100 >= both.len() * SAME
        };
        let found = shared.into_keys().find(|at| same(*at))?;
        Some(&self.all[found].0)
    }

    /// Takes a text.
    pub(crate) fn keep(&mut self, name: String, sketch: Sketch) {
        for window in &sketch.0 {
            self.of_windows.entry(*window).or_default().push(self.all.len());
        }
        self.all.push((name, sketch));
    }
}

impl Sketch {
    /// The smallest hashes of the windows of a text: letters alone, without markup.
    pub(crate) fn of(body: &str) -> Self {
        let mut in_tag = false;
        let shown = body.chars().filter(|character| {
            in_tag = match character {
                '<' => true,
                '>' if in_tag => {
                    in_tag = false;
                    return false;
                }
                _ => in_tag,
            };
            !in_tag
        });
        let letters: Vec<char> = shown.filter(|character| character.is_alphanumeric()).collect();
        let hash = |window: &[char]| {
            // FNV-1a with a last stir, so that the smallest are drawn evenly.
            let hash = window.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, letter| {
                (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0000_0100_0000_01B3)
            });
            (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
        };
        let all: BTreeSet<u64> = letters.windows(WINDOW.min(letters.len().max(1))).map(hash).collect();
        Self(all.into_iter().take(KEPT).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_in_two_formats_is_known() {
        let text: String = (0..120)
            .map(|at| format!("第{at}座桥梁护栏缺失，建议限期整改。\n\n"))
            .collect();
        let mut texts = Texts::default();
        texts.keep(
            "甲.docx".to_owned(),
            Sketch::of(&format!("## 一、基本情况\n\n{text}| 一 | 二 |\n")),
        );
        let lines = text.replace("限期整改", "限期 整改").replace('\n', " ");
        assert_eq!(
            texts.like(&Sketch::of(&format!("一、基本情况 {lines} 一 二 <b>12</b>"))),
            Some("甲.docx")
        );
        assert_eq!(
            texts.like(&Sketch::of(&text.replace("桥梁", "水库").replace("护栏", "溢洪道"))),
            None
        );
        assert_eq!(texts.like(&Sketch::of("")), None);
        assert_eq!(texts.like(&Sketch::of("短")), None);
        texts.keep("乙.txt".to_owned(), Sketch::of("短"));
        assert_eq!(texts.like(&Sketch::of("短")), Some("乙.txt"));
    }
}
