//! Citations made by chance from what a corpus holds: genuine ones in every layout, and ones with one known fault.
//!
//! `JIANYAN_CITATIONS=5000 JIANYAN_SEED=7,8` tries more, and others.

use fastrand::Rng;
use jianyan::index;
use jianyan::verify::{Cited, Verdict, Verifier};
use std::path::Path;

/// What a citation is made from.
pub(super) struct Source {
    title: String,
    kind: String,
    /// Its 检例 number.
    number: Option<String>,
    /// Articles of a law, sections of another document, each with its texts.
    parts: Vec<(String, Vec<String>)>,
    /// Whether it says itself where it ends, so that what comes after can't be cut off.
    ended: bool,
}

/// A draft with one citation, and what there is to say of it.
#[derive(Debug)]
pub(super) struct Item {
    /// What it tries.
    pub what: &'static str,
    pub draft: String,
    pub kind: Cited,
    pub wanted: Verdict,
}

/// Sources of an index, and their texts as they are compared.
pub(super) struct Maker {
    sources: Vec<Source>,
    flat: Vec<String>,
    rng: Rng,
}

/// The letters of a text.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The clauses of a text that can be cited as they are.
fn clauses(text: &str) -> Vec<&str> {
    let signs = ['。', '；', '：', ';', ':', '\n'];
    let fits = |clause: &&str| {
        let count = clause.chars().count();
        // A colon may stand within a time.
        let in_figure = clause.starts_with(|letter: char| letter.is_ascii_digit())
            || clause.ends_with(|letter: char| letter.is_ascii_digit());
        (16..=60).contains(&count)
            && !in_figure
            && !clause.contains(['“', '”', '"', '（', '）', '(', ')', '《', '》', '「', '…', '第', '|'])
    };
    text.split(signs).map(str::trim).filter(fits).collect()
}

impl Maker {
    pub(super) fn new(folder: &Path, seed: u64) -> Self {
        let opened = index::open(folder).unwrap();
        let ids: Vec<String> = opened
            .values_of(opened.fields.id)
            .unwrap()
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        let verifier = Verifier::new(opened, jiff::civil::date(2026, 11, 20));
        let mut sources = Vec::new();
        let mut flat = Vec::new();
        for id in ids {
            let read = verifier.read(&id).unwrap().unwrap();
            let mut parts: Vec<(String, Vec<String>)> = Vec::new();
            for passage in read.passages("") {
                match parts.last_mut() {
                    Some((place, texts)) if *place == passage.place => texts.push(passage.text),
                    _ => parts.push((passage.place, vec![passage.text])),
                }
            }
            let last = parts.last().map(|(_, texts)| texts.concat()).unwrap_or_default();
            let number = read.meta.title.split_once("检例第").and_then(|(_, rest)| {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                (!digits.is_empty()).then_some(digits)
            });
            flat.push(plain(
                &parts.iter().flat_map(|(_, texts)| texts).cloned().collect::<String>(),
            ));
            sources.push(Source {
                title: read.meta.title.clone(),
                kind: read.meta.kind.clone(),
                number,
                parts,
                ended: last.contains("施行"),
            });
        }
        Self {
            sources,
            flat,
            rng: Rng::with_seed(seed),
        }
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        (!all.is_empty()).then(|| &all[self.rng.usize(..all.len())])
    }

    /// A document of a kind.
    fn source(&mut self, kind: &str) -> Option<usize> {
        let own: Vec<usize> = (0..self.sources.len())
            .filter(|&at| self.sources[at].kind == kind && (kind != "law" || self.articles(at).len() > 3))
            .collect();
        self.one_of(&own).copied()
    }

    /// A case with a number.
    fn numbered(&mut self) -> Option<(usize, String)> {
        let own: Vec<usize> = (0..self.sources.len())
            .filter(|&at| self.sources[at].number.is_some())
            .collect();
        let at = *self.one_of(&own)?;
        Some((at, self.sources[at].number.clone()?))
    }

    /// Numbers of the articles of a law, with the numbers of their parts.
    fn articles(&self, at: usize) -> Vec<(u32, usize)> {
        let number = |place: &str| place.strip_prefix('第')?.strip_suffix('条')?.parse().ok();
        let parts = self.sources[at].parts.iter().enumerate();
        parts
            .filter_map(|(part, (place, _))| Some((number(place)?, part)))
            .collect()
    }

    /// A clause of a document that stands in it once, with its part.
    fn clause(&mut self, at: usize) -> Option<(usize, String)> {
        let law = self.sources[at].kind == "law";
        let articles = self.articles(at);
        for _ in 0..30 {
            let part = if law {
                self.one_of(&articles)?.1
            } else {
                self.rng.usize(..self.sources[at].parts.len())
            };
            let texts = self.sources[at].parts[part].1.join("\n");
            let all = clauses(&texts);
            let Some(clause) = self.one_of(&all) else { continue };
            if self.flat[at].matches(&plain(clause)).count() == 1 {
                return Some((part, (*clause).to_owned()));
            }
        }
        None
    }

    fn is_anywhere(&self, words: &str) -> bool {
        let words = plain(words);
        self.flat.iter().any(|text| text.contains(&words))
    }

    /// An article of a law by one of its names, in Han numerals or digits.
    fn named(&mut self, at: usize, number: u32) -> String {
        let title = &self.sources[at].title;
        let short = title.strip_prefix("中华人民共和国").unwrap_or(title);
        let name = if self.rng.bool() { title.as_str() } else { short };
        let number = if self.rng.bool() {
            han(number)
        } else {
            number.to_string()
        };
        format!("《{name}》第{number}条")
    }

    /// Words with noise of layout, in quotation marks of one kind.
    fn quoted(&mut self, words: &str) -> String {
        let middle = words
            .char_indices()
            .nth(words.chars().count() / 2)
            .map_or(0, |(at, _)| at);
        let (first, second) = words.split_at(middle);
        let words = match self.rng.u8(..6) {
            0 => format!("{first} {second}"),
            1 => format!("{first}\n{second}"),
            2 => words.replace('，', ","),
            3 => words.replace('个', "個").replace('应', "應").replace('检', "檢"),
            4 => wide(words),
            _ => words.to_owned(),
        };
        let marks = [("“", "”"), ("「", "」"), ("\"", "\"")];
        let (open, close) = marks[self.rng.usize(..marks.len())];
        format!("{open}{words}{close}")
    }
}

/// Digits in full width.
fn wide(text: &str) -> String {
    text.chars()
        .map(|letter| match letter.to_digit(10) {
            Some(digit) => char::from_u32('０' as u32 + digit).unwrap_or(letter),
            None => letter,
        })
        .collect()
}

/// A number below a thousand in Han numerals.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: u32| DIGITS[at as usize];
    let ones = |number: u32| match number % 10 {
        0 => "",
        ones => digit(ones),
    };
    match number {
        0..10 => digit(number).to_owned(),
        10..20 => format!("十{}", ones(number)),
        20..100 => format!("{}十{}", digit(number / 10), ones(number)),
        _ if number.is_multiple_of(100) => format!("{}百", digit(number / 100)),
        _ if number % 100 < 10 => format!("{}百零{}", digit(number / 100), ones(number)),
        _ => format!("{}百{}十{}", digit(number / 100), digit(number / 10 % 10), ones(number)),
    }
}

mod faults;

impl Maker {
    /// So many citations, half of them genuine.
    pub(super) fn items(&mut self, count: usize) -> Vec<Item> {
        let mut items = Vec::new();
        for _ in 0..40 * count {
            if items.len() == count {
                break;
            }
            let made = match items.len() % 2 {
                0 => self.genuine(),
                _ => self.faulty(),
            };
            items.extend(made);
        }
        items
    }

    fn genuine(&mut self) -> Option<Item> {
        let exact = |what, draft, kind| {
            Some(Item {
                what,
                draft,
                kind,
                wanted: Verdict::Exact,
            })
        };
        let choice = self.rng.u8(..11);
        if choice >= 8 {
            let at = self.source(["case", "report", "recommendation"][usize::from(choice - 8)])?;
            let (_, words) = self.clause(at)?;
            let (title, words) = (self.sources[at].title.clone(), self.quoted(&words));
            return exact(
                "words of a document",
                format!("《{title}》提出：{words}。"),
                Cited::Quotation,
            );
        }
        if choice == 7 {
            let (at, number) = self.numbered()?;
            let name = name_of(&self.sources[at].title);
            return exact("number", format!("参照{name}（检例第{number}号）办理。"), Cited::Number);
        }
        let at = self.source("law")?;
        let (part, words) = self.clause(at)?;
        let (number, _) = *self.articles(at).iter().find(|(_, own)| *own == part)?;
        let (title, named, quoted) = (
            self.sources[at].title.clone(),
            self.named(at, number),
            self.quoted(&words),
        );
        match choice {
            0 => exact("article", format!("依照{named}的规定办理。"), Cited::Article),
            1 => exact("words", format!("{named}规定：{quoted}。"), Cited::Quotation),
            2 => exact(
                "name defined",
                format!("《{title}》（以下简称《甲规》）已经施行。《甲规》第{number}条规定，{quoted}，应当落实。"),
                Cited::Quotation,
            ),
            3 => exact(
                "footnote",
                format!("要做到{quoted}[^1]。\n\n[^1]: {named}。"),
                Cited::Quotation,
            ),
            4 => exact("block", format!("{named}规定：\n\n> {words}。"), Cited::Quotation),
            5 => exact("told", format!("根据{named}规定，{words}。"), Cited::Quotation),
            _ => exact("no source", format!("工作中应当坚持{quoted}的要求。"), Cited::Quotation),
        }
    }
}

/// The name of a case without its number.
fn name_of(title: &str) -> String {
    let mut name = title.to_owned();
    for (open, close) in [('（', '）'), ('(', ')')] {
        if let Some(start) = name.find(&format!("{open}检例")) {
            let end = name[start..]
                .find(close)
                .map_or(name.len(), |end| start + end + close.len_utf8());
            name.replace_range(start..end, "");
        }
    }
    name.trim().to_owned()
}
