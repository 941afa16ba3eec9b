//! A corpus for everybody: sentences drawn from what stands next to what in the sample corpus, the same every time.

use fastrand::Rng;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Documents, of some 6,000 characters each.
const DOCUMENTS: usize = 2_000;

/// Which letters follow a letter in our own writing.
struct Chain {
    follow: BTreeMap<char, Vec<char>>,
    all: Vec<char>,
}

impl Chain {
    fn read() -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let (mut follow, mut all): (BTreeMap<char, Vec<char>>, Vec<char>) = Default::default();
        for entry in walkdir::WalkDir::new(sample).sort_by_file_name().into_iter().flatten() {
            if entry.path().extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(entry.path()).expect("UTF-8");
                let letters: Vec<char> = text.chars().filter(|letter| *letter > '\u{2E7F}').collect();
                letters
                    .windows(2)
                    .for_each(|pair| follow.entry(pair[0]).or_default().push(pair[1]));
                all.extend(letters);
            }
        }
        Self { follow, all }
    }

    fn paragraph(&self, random: &mut Rng) -> String {
        let any = |random: &mut Rng| self.all[random.usize(..self.all.len())];
        let (length, mut letter, mut out) = (random.usize(120..260), any(random), String::new());
        for _ in 0..length {
            out.push(letter);
            // Now and then a leap, so that there are more pairs than the sample has.
            letter = match self.follow.get(&letter).filter(|_| random.u8(..20) > 0) {
                Some(next) => next[random.usize(..next.len())],
                None => any(random),
            };
        }
        out
    }
}

/// Writes the corpus into a folder and gives the folder.
pub(crate) fn corpus(folder: &Path) -> PathBuf {
    let (chain, mut random) = (Chain::read(), Rng::with_seed(1));
    fs::create_dir_all(folder).expect("a folder");
    for number in 0..DOCUMENTS {
        let (year, month, line) = (
            2000 + number % 25,
            1 + number % 12,
            ["民事", "行政", "公益诉讼"][number % 3],
        );
        let mut text = format!(
            "---\nkind: report\ntitle: 第{number}号调研\ndate: {year}-{month:02}-05\nunit: 第{}检察院\nlines: [{line}]\ntags: [标签{}]\nsummary: 一句话。\n---\n",
            number % 40,
            number % 200
        );
        for section in 1..=6 {
            let _ = write!(text, "\n## {section}、情况\n");
            for _ in 0..5 {
                let _ = write!(text, "\n{}\n", chain.paragraph(&mut random));
            }
        }
        fs::write(folder.join(format!("d{number:05}.md")), text).expect("a document");
    }
    folder.to_owned()
}
