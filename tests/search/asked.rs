//! Filters of numbers, laws and months: what is meant is drawn first and then written in one of the ways in which people do,
//! so that what must hold never goes through a reader of such values.

use fastrand::Rng;
use jianyan::index::document::IndexDocument;

const LAWS: [&str; 3] = ["刑法", "民法典", "刑事诉讼法"];
const ARTICLES: [(u32, &str); 3] = [(264, "二百六十四"), (20, "二十"), (120, "一百二十")];
const SERIALS: [(u32, &str); 4] = [(4, "四"), (14, "十四"), (142, "一百四十二"), (45, "四十五")];
const YEARS: std::ops::Range<i16> = 2020..2024;

/// Canonical numbers of a document.
pub(super) fn numbers(rng: &mut Rng) -> Vec<String> {
    (0..rng.usize(0..3))
        .map(|_| number(rng, rng.clone().usize(..3)).0)
        .collect()
}

/// A number of a series: its canonical form, its year and its serial number, in digits and in Chinese.
fn number(rng: &mut Rng, series: usize) -> (String, i16, (u32, &'static str)) {
    let (year, serial) = (rng.i16(YEARS), SERIALS[rng.usize(..SERIALS.len())]);
    let canonical = match series {
        0 => format!("检例{}号", serial.0),
        1 => format!("甲检建{year}-{}号", serial.0),
        _ => format!("({year})甲0123刑初{}号", serial.0),
    };
    (canonical, year, serial)
}

/// What a document cites.
pub(super) fn laws(rng: &mut Rng) -> Vec<String> {
    let cited = (0..rng.usize(0..3)).map(|_| {
        let law = LAWS[rng.usize(..LAWS.len())];
        format!("{law}#{}条", ARTICLES[rng.usize(..ARTICLES.len())].0)
    });
    cited.collect()
}

/// The year of a document's date, and the date in days since 1970.
pub(super) fn day(rng: &mut Rng) -> Option<(i16, i32)> {
    let (year, month, day) = (rng.i16(YEARS), rng.i8(1..=12), rng.i8(1..=28));
    rng.bool().then(|| (year, days(year, month, day)))
}

fn days(year: i16, month: i8, day: i8) -> i32 {
    let since = jiff::civil::date(year, month, day) - jiff::civil::date(1970, 1, 1);
    since.get_days()
}

/// A filter, as it is typed and as it is meant.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub text: String,
    /// Filters of one name are alternatives.
    pub name: &'static str,
    means: Means,
}

#[derive(Debug, Clone)]
enum Means {
    /// A number that is this one.
    Number(String),
    /// A number that ends so; no digit stands before one that begins with a digit.
    Ending(String),
    /// A number that begins so.
    Beginning(String),
    /// This law and article.
    Law(String),
    /// This article of any law.
    Article(String),
    /// Any article of a law whose name holds this.
    Named(String),
    /// Days from the first one up to, but not with, the last one.
    Days(i32, i32),
}

impl Asked {
    pub(super) fn random(rng: &mut Rng) -> Self {
        match rng.usize(..3) {
            0 => Self::number(rng),
            1 => Self::law(rng),
            _ => Self::months(rng),
        }
    }

    fn number(rng: &mut Rng) -> Self {
        let series = rng.usize(..3);
        let (canonical, year, (n, chinese)) = number(rng, series);
        let short = |text: String| (text, Means::Ending(format!("{n}号")));
        let whole = |text: String| (text, Means::Number(canonical.clone()));
        let (text, means) = match (series, rng.usize(..8)) {
            (_, 0) => short(format!("第{n}号")),
            (_, 1) => short(format!("\"第{n}号\"")),
            (_, 2) => short(format!("第{chinese}号")),
            // Without 号 it may go on.
            (0, 3) => (format!("检例第{n}"), Means::Beginning(format!("检例{n}"))),
            (0, 4) => whole(format!("檢例第{n}號")),
            (0, 5) => whole(format!("检例第{chinese}号")),
            (0, 6) => whole(format!("检例{n}号")),
            (0, _) => whole(format!("“检例第 {n} 号”")),
            (1, 3) => (format!("〔{year}〕{n}号"), Means::Ending(format!("{year}-{n}号"))),
            (1, 4) => (format!("[{year}]第{n}号"), Means::Ending(format!("{year}-{n}号"))),
            (1, 5) => whole(format!("甲检建〔{year}〕0{n}号")),
            (1, 6) => whole(format!("甲检建{year}年{n}号")),
            (1, _) => whole(format!("甲检建（{year}）{n}号")),
            (_, 3) => whole(format!("（{year}）甲0123刑初{n}号")),
            (_, 4) => whole(format!("({year})甲0123刑初字第{n}号")),
            (_, _) => (format!("刑初{n}号"), Means::Ending(format!("刑初{n}号"))),
        };
        let name = ["编号:", "文号：", "number:"][rng.usize(..3)];
        Self {
            text: format!("{name}{text}"),
            name: "number",
            means,
        }
    }

    fn law(rng: &mut Rng) -> Self {
        let (law, (n, chinese)) = (LAWS[rng.usize(..LAWS.len())], ARTICLES[rng.usize(..ARTICLES.len())]);
        let own = Means::Law(format!("{law}#{n}条"));
        let (text, means) = match rng.usize(..9) {
            0 => (format!("第{n}条"), Means::Article(format!("#{n}条"))),
            1 => (format!("第{chinese}条第一款"), Means::Article(format!("#{n}条"))),
            2 => (format!("{law}{n}"), own),
            3 => (format!("{law}第{chinese}条"), own),
            4 => (format!("《{law}》第{n}条第1款"), own),
            5 => (format!("中华人民共和国{law}第{n}條"), own),
            6 => (format!("“{law}第 {n} 条”"), own),
            7 => (format!("中华人民共和国{law}"), Means::Named(law.to_owned())),
            _ => (format!("《{law}》"), Means::Named(law.to_owned())),
        };
        let name = ["法条:", "法律：", "law:"][rng.usize(..3)];
        Self {
            text: format!("{name}{text}"),
            name: "law",
            means,
        }
    }

    fn months(rng: &mut Rng) -> Self {
        let (year, from) = (rng.i16(YEARS), rng.i8(1..=12));
        let to = rng.i8(from..=12);
        let before = |year, month| {
            if month > 12 {
                days(year + 1, 1, 1)
            } else {
                days(year, month, 1)
            }
        };
        let between = |from, to| Means::Days(before(year, from), before(year, to + 1));
        let (text, means) = match rng.usize(..6) {
            0 => (format!("{year}年{from}月"), between(from, from)),
            1 => (format!("{year}-{from:02}"), between(from, from)),
            2 => (format!("{year}年{from}月至{to}月"), between(from, to)),
            3 => (format!("“{year}年{from}月”"), between(from, from)),
            4 => (format!("{year}年上半年"), between(1, 6)),
            _ => (
                format!("{year}-{}", year + 1),
                Means::Days(before(year, 1), before(year + 2, 1)),
            ),
        };
        let name = ["年份:", "年：", "year:"][rng.usize(..3)];
        Self {
            text: format!("{name}{text}"),
            name: "year",
            means,
        }
    }

    /// Whether it holds for a document.
    pub(super) fn holds(&self, document: &IndexDocument) -> bool {
        let IndexDocument {
            numbers, laws, facets, ..
        } = document;
        match &self.means {
            Means::Number(number) => numbers.contains(number),
            Means::Ending(ending) => numbers.iter().any(|number| {
                let digit = |c: char| c.is_ascii_digit();
                let before = number.strip_suffix(ending.as_str());
                before.is_some_and(|before| !(ending.starts_with(digit) && before.ends_with(digit)))
            }),
            Means::Beginning(beginning) => numbers.iter().any(|number| number.starts_with(beginning)),
            Means::Law(law) => laws.contains(law),
            Means::Article(article) => laws.iter().any(|law| law.ends_with(article)),
            Means::Named(name) => laws.iter().any(|law| law.contains(name)),
            Means::Days(from, to) => facets.date.is_some_and(|date| *from <= date && date < *to),
        }
    }
}
