//! A small corpus of all kinds whose documents refer to each other, and random changes to it.

use fastrand::Rng;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const NAMES: [&str; 6] = ["文身", "快递", "药品", "地名", "养老", "河道"];
const TAGS: [&str; 5] = ["未检", "公益诉讼", "DLC", "dlc", "治理"];
const LINES: [&str; 3] = ["未成年人", "公益诉讼", "普通犯罪"];

/// A folder of documents, with the reference day of its builds.
pub(super) struct Corpus {
    folder: tempfile::TempDir,
    files: Vec<String>,
    pub now: jiff::civil::Date,
    made: usize,
}

impl Corpus {
    pub(super) fn random(rng: &mut Rng, count: usize) -> Self {
        let mut corpus = Self {
            folder: tempfile::tempdir().unwrap(),
            files: Vec::new(),
            now: jiff::civil::date(2026, 11, 20),
            made: 0,
        };
        for _ in 0..count {
            corpus.create(rng);
        }
        corpus.attach("图/一.png", b"png");
        corpus
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn documents(&self) -> usize {
        self.files.len()
    }

    /// How many documents hold a text.
    pub(super) fn count(&self, text: &str) -> usize {
        let holds = |file: &&String| std::fs::read_to_string(self.path(file)).unwrap().contains(text);
        self.files.iter().filter(holds).count()
    }

    /// Adds a document with a text; gives its file.
    pub(super) fn add(&mut self, file: &str, text: &str) -> String {
        self.write(file, text);
        self.files.push(file.to_owned());
        file.to_owned()
    }

    pub(super) fn write(&self, file: &str, text: &str) {
        self.attach(file, text.as_bytes());
    }

    pub(super) fn remove(&mut self, file: &str) {
        std::fs::remove_file(self.path(file)).unwrap();
        self.files.retain(|other| other != file);
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn attach(&self, file: &str, bytes: &[u8]) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn create(&mut self, rng: &mut Rng) -> String {
        self.made += 1;
        let folder = *rng.choice(["", "报告/", "案例/深/"].iter()).unwrap();
        let name = rng.choice(NAMES.iter()).unwrap();
        let file = format!("{folder}{name}{:02}.md", self.made);
        let text = self.document(rng);
        self.add(&file, &text)
    }

    /// An id of the corpus, or one that isn't there.
    fn id(&self, rng: &mut Rng) -> String {
        match rng.choice(&self.files) {
            Some(file) if rng.u8(..6) > 0 => file.trim_end_matches(".md").to_owned(),
            _ => "没有/这篇".to_owned(),
        }
    }

    fn document(&self, rng: &mut Rng) -> String {
        let kind = *rng
            .choice(["report", "case", "recommendation", "topic"].iter())
            .unwrap();
        let name = *rng.choice(NAMES.iter()).unwrap();
        let mut text = format!("---\nkind: {kind}\ntitle: 关于{name}的{}\n", rng.u8(..4));
        let mut line = |text: String| {
            if rng.u8(..3) > 0 {
                return Some(text);
            }
            None
        };
        let front = [
            line("date: 2024-03-05\n".to_owned()),
            line("unit: 甲县人民检察院\n".to_owned()),
            line("summary: 一段摘要。\n".to_owned()),
            line("authors: [王某, 李某]\n".to_owned()),
            line("review: {by: 赵某, date: 2024-03-06, result: 同意公开}\n".to_owned()),
            line("visibility: public\n".to_owned()),
        ];
        front.into_iter().flatten().for_each(|line| text += &line);
        let _ = writeln!(text, "tags: [{}]", rng.choice(TAGS.iter()).unwrap());
        let _ = writeln!(text, "lines: [{}]", rng.choice(LINES.iter()).unwrap());
        if rng.bool() {
            let _ = writeln!(text, "related: [{}]", self.id(rng));
        }
        if rng.u8(..5) == 0 {
            let _ = writeln!(text, "supersedes: [{}]", self.id(rng));
        }
        if kind == "report" && rng.bool() {
            let effect = rng.choice(["noted", "ordered", "issued"].iter()).unwrap();
            let form = rng.choice(["instruction", "decision", "publication"].iter()).unwrap();
            let seen = if rng.bool() { ", visibility: public" } else { "" };
            let _ = writeln!(
                text,
                "adoptions:\n  - {{date: 2024-06-01, form: {form}, level: city, effect: {effect}, authority: 甲市委, evidence: 图/一.png, leads_to: [{}]{seen}}}",
                self.id(rng)
            );
        }
        if kind == "recommendation" {
            let _ = writeln!(
                text,
                "issued: 2026-09-0{}\ndelivered: 2026-09-19\naddressee: 乙局",
                rng.u8(1..9)
            );
        }
        text += "---\n\n## 基本案情\n\n";
        for _ in 0..rng.usize(1..5) {
            text += &self.paragraph(rng);
        }
        text
    }

    fn paragraph(&self, rng: &mut Rng) -> String {
        let id = self.id(rng);
        match rng.u8(..9) {
            0 => format!("参见[那一篇](/{id}.md)和[别处](https://example.org/)。\n\n"),
            1 => format!("<a href=\"/{id}.md\">原文</a>与<b>强调</b>。\n\n"),
            2 => "![图](/图/一.png)![图](/图/一.png/二.png)\n\n".to_owned(),
            3 => format!("见[引用][r]。\n\n[r]: /{id}.md#s-成因\n\n"),
            4 => "根据刑法第二百六十四条，参照检例第142号。\n\n".to_owned(),
            5 => "## 指导意义\n\n<!-- 内部批注 -->\n\n".to_owned(),
            6 => "|甲|乙|\n|-|-|\n|一|二|\n\n".to_owned(),
            _ => format!(
                "检察机关对{}开展调研{}次。\n\n",
                rng.choice(NAMES.iter()).unwrap(),
                rng.u16(..)
            ),
        }
    }

    /// Changes something; says what.
    pub(super) fn edit(&mut self, rng: &mut Rng) -> String {
        let Some(file) = rng.choice(&self.files).cloned() else {
            return format!("new {}", self.create(rng));
        };
        match rng.u8(..12) {
            0 | 1 => format!("new {}", self.create(rng)),
            2 => {
                self.remove(&file);
                format!("remove {file}")
            }
            3 => {
                let text = std::fs::read_to_string(self.path(&file)).unwrap();
                self.remove(&file);
                self.made += 1;
                let name = format!("移动/{:02}.md", self.made);
                format!("rename {file} to {}", self.add(&name, &text))
            }
            4 | 5 => {
                let text = std::fs::read_to_string(self.path(&file)).unwrap() + &self.paragraph(rng);
                self.write(&file, &text);
                format!("append to {file}")
            }
            6 => {
                let text = std::fs::read_to_string(self.path(&file)).unwrap();
                self.write(&file, &text.replacen("title: ", "title: 再论", 1));
                format!("retitle {file}")
            }
            7 => {
                let text = self.document(rng);
                self.write(&file, &text);
                format!("rewrite {file}")
            }
            8 => {
                let place = self.path("图/一.png");
                let _ = std::fs::remove_file(&place).or_else(|_| std::fs::remove_dir_all(&place));
                let picture = *rng.choice(["none", "file", "folder"].iter()).unwrap();
                match picture {
                    "file" => self.attach("图/一.png", &[rng.u8(..)]),
                    "folder" => self.attach("图/一.png/二.png", &[rng.u8(..)]),
                    _ => {}
                }
                format!("picture {picture}")
            }
            9 => {
                let language = if rng.bool() { "zh" } else { "en" };
                let title = rng.u8(..3);
                let holidays = if rng.bool() { "holidays: [2026-11-19]\n" } else { "" };
                let counts = if rng.bool() { "endorsed_counts: true\n" } else { "" };
                let settings =
                    format!("title: 站点{title}\nlanguage: {language}\nreview_required: false\n{holidays}{counts}");
                self.write("jianyan.yaml", &settings);
                format!("settings {settings:?}")
            }
            10 => {
                let (one, other) = (rng.choice(NAMES.iter()).unwrap(), rng.choice(NAMES.iter()).unwrap());
                self.write("synonyms.yaml", &format!("groups:\n  - [{one}, {other}, 别名]\n"));
                format!("synonyms {one} {other}")
            }
            _ => {
                self.now = jiff::civil::date(2026, rng.i8(10..=12), rng.i8(1..=28));
                format!("now {}", self.now)
            }
        }
    }
}
