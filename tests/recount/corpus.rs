//! Random corpora: all kinds, fields missing and written oddly, documents that lead to one another, copies and versions.

use crate::recount::plain::Query;
use jianyan::record::{Effect, Form, Level};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const UNITS: [&str; 3] = ["甲院", "乙院", "丙院"];
const DEPARTMENTS: [&str; 3] = ["一部", "二部", "办公室"];
const PERSONS: [&str; 4] = ["王某", "李某", "张某", "赵某"];
const LINES: [&str; 6] = ["普通犯罪", "经济犯罪", "民事", "行政", "公益诉讼", "未成年人"];
const DAYS: [&str; 16] = [
    "2022-01-01",
    "2022-12-31",
    "2023-01-31",
    "2023年3月",
    "2023",
    "2023年",
    "2023-06-30",
    "2023-07-01",
    "2023年11月30日",
    "20231231",
    "2024.1.15",
    "2024-02-29",
    "2024-03",
    "2024-04-01",
    "2024/6/14",
    "2024-06-15",
];
const KINDS: [&str; 4] = ["R", "C", "J", "T"];
const TYPES: [&str; 5] = ["再审", "纠正违法", "公益诉讼", "社会治理", "其他"];

pub(super) struct Random {
    random: fastrand::Rng,
    /// Documents of each kind: report, case, recommendation, topic.
    counts: [usize; 4],
    /// Ids of the documents that have a copy.
    copied: BTreeSet<String>,
    /// Numbers of replaced recommendations that a newer one keeps: a second one would be a copy of that.
    kept: BTreeSet<usize>,
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let counts = [
            random.usize(1..14),
            random.usize(0..8),
            random.usize(0..14),
            random.usize(0..4),
        ];
        let mut corpus = Self {
            random,
            counts,
            copied: BTreeSet::new(),
            kept: BTreeSet::new(),
        };
        for (kind, letter) in KINDS.into_iter().enumerate() {
            let ids = (0..counts[kind]).map(|number| format!("{letter}{number}"));
            let copied: Vec<String> = ids.filter(|_| corpus.chance(9)).collect();
            corpus.copied.extend(copied);
        }
        corpus
    }

    fn of<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.random.usize(..values.len())]
    }

    fn chance(&mut self, of: u8) -> bool {
        self.random.u8(..of) == 0
    }

    fn some(&mut self, values: &[&str]) -> String {
        let kept: Vec<&str> = values.iter().copied().filter(|_| self.random.u8(..3) == 0).collect();
        format!("[{}]", kept.join(", "))
    }

    fn day(&mut self) -> &'static str {
        self.of(&DAYS)
    }

    /// The id of a document that may be there or not.
    fn id(&mut self) -> String {
        let kind = self.random.usize(..4);
        let number = self.random.usize(..=self.counts[kind].max(1));
        self.or_its_copy(format!("{}{number}", KINDS[kind]))
    }

    /// An id, or that of the copy of its document.
    fn or_its_copy(&mut self, id: String) -> String {
        if self.copied.contains(&id) && self.chance(2) {
            format!("{id} - 副本")
        } else {
            id
        }
    }

    fn number(&mut self) -> String {
        let number = self.random.usize(1..self.counts[2].max(1) + 2);
        match self.random.u8(..4) {
            3 => self.of(&["无", "甲检建〔2023〕 号", "待补"]).to_owned(),
            0 => format!("甲检建〔2023〕{number}号"),
            1 => format!("甲检建[2023]第{number:02}号"),
            _ => format!("甲检建（２０２３）{number}号"),
        }
    }

    /// Writes a corpus with its settings.
    pub(super) fn write(&mut self, folder: &Path) {
        for (kind, letter) in KINDS.into_iter().enumerate() {
            for number in 0..self.counts[kind] {
                let text = self.document(kind, number);
                let mut texts = [text.clone(), text];
                // One of a document and its copy may say more than the other.
                let at = self.random.usize(..3);
                if at < 2 && !texts[at].contains("benefits:") {
                    texts[at] = texts[at].replacen("summary: 摘要\n", "summary: 摘要\nbenefits: {people: 7}\n", 1);
                }
                let [text, copy] = texts;
                std::fs::write(folder.join(format!("{letter}{number}.md")), text).unwrap();
                if self.copied.contains(&format!("{letter}{number}")) {
                    std::fs::write(folder.join(format!("{letter}{number} - 副本.md")), copy).unwrap();
                }
            }
        }
        let mut settings = String::from("title: 测试\n");
        if self.chance(3) {
            settings += "endorsed_counts: true\n";
        }
        if self.chance(3) {
            settings += "counts_from: {campaign: 不计, norm: implemented}\n";
        }
        if self.chance(2) {
            settings += "holidays: [2023-10-01, 2023-10-02, 2024-05-01, 2024-06-10]\n";
        }
        if self.chance(2) {
            settings += "workdays: [2024-04-28, 2024-05-11, 2024-03-31]\n";
        }
        if self.chance(3) {
            settings += "since: 2023-01-01\n";
        }
        std::fs::write(folder.join("jianyan.yaml"), settings).unwrap();
        let people = "people:\n  - {name: 王某, key: wang, born: 1995-03, department: 一部}\n  - {name: 李某, key: li, born: 1970-01}\n";
        std::fs::write(folder.join("people.yaml"), people).unwrap();
    }

    fn document(&mut self, kind: usize, number: usize) -> String {
        let key = ["report", "case", "recommendation", "topic"][kind];
        let mut text = format!("---\nkind: {key}\ntitle: {key}{number}\nsummary: 摘要\n");
        if !self.chance(3) {
            text += "visibility: public\nreview: {by: 甲, date: 2021-01-01, result: 可}\n";
        }
        if self.chance(12) {
            text += "draft: true\n";
        }
        if !self.chance(8) {
            let _ = writeln!(text, "date: {}", self.day());
        }
        let _ = writeln!(
            text,
            "unit: {}\ndepartments: {}",
            self.some(&UNITS),
            self.some(&DEPARTMENTS)
        );
        let _ = writeln!(text, "authors: {}\nlines: {}", self.some(&PERSONS), self.some(&LINES));
        if self.chance(3) {
            text += &self.benefits();
        }
        if self.chance(3) {
            let _ = writeln!(text, "related: [{}]", self.id());
        }
        // An older version is one of a smaller number, or of any, so that some replace themselves by way of others.
        let mut older = None;
        let all = self.counts[kind];
        let below = if self.chance(5) { all } else { number };
        if below > 0 && self.chance(4) {
            let id = format!("{}{}", KINDS[kind], self.random.usize(..below));
            let own = format!("{}{number}", KINDS[kind]);
            // A copy of what replaces itself would replace its original.
            if id != own || !self.copied.contains(&own) {
                let named = self.or_its_copy(id.clone());
                let _ = writeln!(text, "supersedes: [{named}]");
            }
            older = Some(id).filter(|id| !self.copied.contains(id) && *id != own);
        }
        if self.chance(6) {
            text += "无此键: 值\n";
        }
        text += &match kind {
            0 => self.report(),
            1 => self.case(),
            2 => self.recommendation(number, older.as_deref()),
            _ => self.topic(),
        };
        text + "---\n正文。\n"
    }

    fn benefits(&mut self) -> String {
        let people = ["86", "2000余", "1,200人", "1.2万余名"];
        let amount = ["1846000", "184.6万元", "0.05", "3.5万余元", "12,345.67"];
        match self.random.u8(..3) {
            0 => format!("benefits:\n  people: {}\n", self.of(&people)),
            1 => format!("benefits:\n  amount: {}\n", self.of(&amount)),
            _ => format!(
                "benefits:\n  people: {}\n  amount: {}\n",
                self.of(&people),
                self.of(&amount)
            ),
        }
    }

    fn report(&mut self) -> String {
        let mut text = String::new();
        if !self.chance(8) {
            let _ = writeln!(
                text,
                "genre: {}",
                self.of(&["调研报告", "专题报告", "实证研究", "论文", "授课讲稿"])
            );
        }
        if self.chance(4) {
            let _ = writeln!(text, "topic: T{}", self.random.usize(..4));
        }
        let events = self.random.usize(..5);
        if events > 0 {
            text += "adoptions:\n";
        }
        (0..events).for_each(|_| text += &self.event());
        text
    }

    fn event(&mut self) -> String {
        let keys: Vec<&str> = Form::ALL.iter().map(|form| form.key()).collect();
        let form = match self.random.u8(..4) {
            0 => "instruction",
            1 => "recommendation",
            _ => self.of(&keys),
        };
        let mut text = format!("  - form: {form}\n");
        let mut field = |key: &str, value: &str| text += &format!("    {key}: {value}\n");
        if !self.chance(7) {
            field("date", self.day());
        }
        if !self.chance(7) {
            let levels: Vec<&str> = Level::ALL.iter().map(|level| level.zh()).collect();
            field("level", self.of(&levels));
        }
        if !self.chance(7) {
            let effects: Vec<&str> = Effect::ALL.iter().map(|effect| effect.key()).collect();
            field("effect", self.of(&effects));
        }
        if !self.chance(4) {
            field("authority", self.of(&["县委", "县政府"]));
        }
        if self.chance(2) {
            let number = match form {
                "recommendation" => self.number(),
                _ if self.chance(5) => self.of(&["口头批示", "县批〔2023〕 号", "N/A"]).to_owned(),
                _ => format!("县批〔2023〕{}号", self.random.u8(1..5)),
            };
            field("document", &number);
        }
        if !self.chance(3) {
            field("evidence", "研究室档案 7");
        }
        if self.chance(2) {
            field("leads_to", &format!("[{}]", self.id()));
        }
        if self.chance(3) {
            field("visibility", self.of(&["public", "internal"]));
        }
        text
    }

    fn case(&mut self) -> String {
        let mut text = String::new();
        let ranks = ["指导性案例", "典型案例", "精品案例", "优秀案例", "入选案例"];
        if self.chance(2) {
            let _ = writeln!(
                text,
                "rank: {}\nlevel: {}",
                self.of(&ranks),
                self.of(&["市级", "省级", "国家级"])
            );
            if !self.chance(4) {
                let _ = writeln!(text, "awarded: {}", self.day());
            }
        }
        let honours = self.random.usize(..4);
        if honours > 0 {
            text += "honours:\n";
        }
        for _ in 0..honours {
            let _ = write!(text, "  - {{title: {}", self.of(&ranks));
            if !self.chance(4) {
                let _ = write!(text, ", level: {}", self.of(&["省级", "市级"]));
            }
            if !self.chance(4) {
                let _ = write!(text, ", date: {}", self.day());
            }
            text += "}\n";
        }
        text
    }

    /// A recommendation; what replaces another may keep its number.
    fn recommendation(&mut self, number: usize, older: Option<&str>) -> String {
        let mut text = String::new();
        let own = number + 1;
        let kept = older.map(|id| id[1..].parse::<usize>().unwrap() + 1);
        let kept = kept.filter(|_| !self.copied.contains(&format!("J{number}")) && self.chance(2));
        match self.random.u8(..8) {
            0 => {}
            1 => text += "number: 待编号\n",
            _ => {
                let kept = kept.filter(|number| self.kept.insert(*number));
                let _ = writeln!(text, "number: 甲检建〔2023〕{}号", kept.unwrap_or(own));
            }
        }
        let _ = writeln!(text, "type: {}\naddressee: 县局{number}", self.of(&TYPES));
        for (flag, of) in [("urgent", 3), ("enforcement", 3), ("priority", 5)] {
            if self.chance(of) {
                let _ = writeln!(text, "{flag}: true");
            }
        }
        for (step, of) in [("issued", 7), ("delivered", 6)] {
            if !self.chance(of) {
                let _ = writeln!(text, "{step}: {}", self.day());
            }
        }
        if self.chance(9) {
            let _ = writeln!(text, "due: {}", self.day());
        }
        if self.chance(9) {
            let _ = writeln!(text, "withdrawn: {}", self.day());
        }
        if self.chance(2) {
            text += &self.step("reply", &["采纳", "部分采纳", "未采纳"]);
        }
        if self.chance(3) {
            text += &self.step("rectification", &["整改到位", "部分整改", "未整改"]);
        }
        if self.chance(6) {
            text += &self.step("objection", &["异议不成立"]);
        }
        if self.chance(6) {
            let _ = writeln!(text, "closed: {{date: {}, reason: 并案办理}}", self.day());
        }
        if self.chance(5) {
            let _ = writeln!(text, "escalations: [{{date: {}, step: 通报}}]", self.day());
        }
        if self.chance(3) {
            let _ = writeln!(text, "source: {}", self.id());
        }
        text
    }

    /// A step with a date, an outcome, both or neither.
    fn step(&mut self, key: &str, outcomes: &[&str]) -> String {
        let mut parts = Vec::new();
        if !self.chance(5) {
            parts.push(format!("date: {}", self.day()));
        }
        if !self.chance(5) {
            parts.push(format!("outcome: {}", self.of(outcomes)));
        }
        format!("{key}: {{{}}}\n", parts.join(", "))
    }

    fn topic(&mut self) -> String {
        format!(
            "category: {}\nlead: {}\nstatus: 在研\nkey_results:\n  - {{text: 甲, done: {}}}\n  - 乙\noutputs: [{}]\n",
            self.of(&["创新课题", "选题征集"]),
            self.of(&PERSONS),
            self.random.bool(),
            self.id()
        )
    }

    /// A question to the ledger.
    pub(super) fn query(&mut self) -> Query {
        const ENDS: [&str; 6] = [
            "2022-12-31",
            "2023-01-01",
            "2023-06-30",
            "2023-12-31",
            "2024-01-01",
            "2024-06-15",
        ];
        let text = |random: &mut Self, values: &[&str]| random.chance(4).then(|| random.of(values).to_owned());
        let mut query = Query {
            since: self.chance(2).then(|| self.of(&ENDS).parse().unwrap()),
            until: self.chance(2).then(|| self.of(&ENDS).parse().unwrap()),
            unit: text(self, &UNITS),
            department: text(self, &DEPARTMENTS),
            person: text(self, &PERSONS),
            line: text(self, &["普通犯罪", "刑事", "综合", "民事"]),
            form: self.chance(4).then(|| Form::ALL[self.random.usize(..Form::ALL.len())]),
            level: self
                .chance(4)
                .then(|| Level::ALL[self.random.usize(..Level::ALL.len())]),
            effect: self
                .chance(5)
                .then(|| Effect::ALL[self.random.usize(..Effect::ALL.len())]),
        };
        // A period that ends before it begins is refused before anything is counted.
        if let (Some(since), Some(until)) = (query.since, query.until) {
            (query.since, query.until) = (Some(since.min(until)), Some(since.max(until)));
        }
        query
    }
}
