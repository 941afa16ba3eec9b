//! Citations with one fault.

use super::{Item, Maker, clauses, han, name_of};
use jianyan::verify::{Cited, Verdict};

/// Words that drafts put in the place of others.
const SWAPPED: [(&str, &str); 16] = [
    ("应当", "可以"),
    ("可以", "应当"),
    ("或者", "并且"),
    ("以上", "以下"),
    ("人民检察院", "人民法院"),
    ("人民法院", "人民检察院"),
    ("必须", "可以"),
    ("部门", "机构"),
    ("不得", "可以"),
    ("及时", "定期"),
    ("依法", "从严"),
    ("有关", "所有"),
    ("国家", "地方"),
    ("社会", "企业"),
    ("保护", "利用"),
    ("公安机关", "行政机关"),
];
/// Negations put in or left out.
const NEGATED: [(&str, &str); 5] = [
    ("应当", "不应当"),
    ("可以", "不可以"),
    ("不得", "得"),
    ("没有", "有"),
    ("不", ""),
];
/// What no document has.
const INVENTED: [&str; 4] = [
    "任何单位不得经营野味餐馆和野味摊点并须每季报备",
    "网约护士应当佩戴蓝色袖标并于午后三刻签到",
    "茶农采摘须在谷雨之前持竹编证件进入园区",
    "赛龙舟的鼓手每队不超过两人且须会游泳",
];

impl Maker {
    pub(super) fn faulty(&mut self) -> Option<Item> {
        match self.rng.u8(..12) {
            0..5 => self.changed(),
            5 => self.changed_document(),
            6 => self.other_article(),
            7 => self.other_document(),
            8 => self.beyond(),
            9 => self.other_case(),
            10 => self.turned(),
            _ => self.invented(),
        }
    }

    fn fault(what: &'static str, draft: String, kind: Cited, wanted: Verdict) -> Option<Item> {
        Some(Item {
            what,
            draft,
            kind,
            wanted,
        })
    }

    /// An article of a law, and a clause of it.
    fn cited(&mut self) -> Option<(usize, u32, String)> {
        let at = self.source("law")?;
        let (part, words) = self.clause(at)?;
        let (number, _) = *self.articles(at).iter().find(|(_, own)| *own == part)?;
        Some((at, number, words))
    }

    /// Words with one change, which stand nowhere.
    fn change(&mut self, words: &str) -> Option<(&'static str, String)> {
        let letters: Vec<char> = words.chars().collect();
        let at = self.rng.usize(2..letters.len() - 4);
        let head = |end: usize| letters[..end].iter().collect::<String>();
        let tail = |from: usize| letters[from..].iter().collect::<String>();
        let pick = |pairs: &[(&str, &str)], choice: usize| {
            let fitting: Vec<_> = pairs.iter().filter(|(from, _)| words.contains(from)).collect();
            let (from, to) = fitting.get(choice % fitting.len().max(1))?;
            Some(words.replacen(from, to, 1))
        };
        let choice = self.rng.usize(..64);
        let (what, changed) = match self.rng.u8(..5) {
            0 => ("word dropped", head(at) + &tail(at + 2)),
            1 => ("word added", head(at) + "统一" + &tail(at)),
            2 => ("negation", pick(&NEGATED, choice)?),
            3 => ("figure", figure(words)?),
            _ => ("word swapped", pick(&SWAPPED, choice)?),
        };
        (!self.is_anywhere(&changed)).then_some((what, changed))
    }

    fn changed(&mut self) -> Option<Item> {
        let (at, number, words) = self.cited()?;
        let (what, words) = self.change(&words)?;
        let named = self.named(at, number);
        let draft = match self.rng.u8(..4) {
            0 if what == "word swapped" => format!("根据{named}规定，{words}。"),
            1 => format!("{named}规定：\n\n> {words}。"),
            _ => format!("{named}规定：{}。", self.quoted(&words)),
        };
        Self::fault(what, draft, Cited::Quotation, Verdict::Differs)
    }

    fn changed_document(&mut self) -> Option<Item> {
        let kind = ["case", "report", "recommendation"][self.rng.usize(..3)];
        let at = self.source(kind)?;
        let (_, words) = self.clause(at)?;
        let (_, words) = self.change(&words)?;
        let (title, words) = (self.sources[at].title.clone(), self.quoted(&words));
        let draft = format!("《{title}》指出，{words}。");
        Self::fault("words of a document changed", draft, Cited::Quotation, Verdict::Differs)
    }

    fn other_article(&mut self) -> Option<Item> {
        let (at, number, words) = self.cited()?;
        let articles = self.articles(at);
        let (other, _) = *self.one_of(&articles)?;
        let draft = format!("{}规定：{}。", self.named(at, other), self.quoted(&words));
        (other != number)
            .then(|| Self::fault("another article", draft, Cited::Quotation, Verdict::Misplaced))
            .flatten()
    }

    fn other_document(&mut self) -> Option<Item> {
        let (at, _, words) = self.cited()?;
        let other = self.source("law")?;
        let articles = self.articles(other);
        let (number, _) = *self.one_of(&articles)?;
        let draft = format!("{}规定：{}。", self.named(other, number), self.quoted(&words));
        let holds = self.flat[other].contains(&super::plain(&words));
        (at != other && !holds)
            .then(|| Self::fault("another document", draft, Cited::Quotation, Verdict::Misplaced))
            .flatten()
    }

    fn beyond(&mut self) -> Option<Item> {
        let at = self.source("law").filter(|at| self.sources[*at].ended)?;
        let articles = self.articles(at);
        // A law that leaves numbers out doesn't say what it hasn't.
        let gaps = articles.windows(2).any(|pair| pair[1].0 != pair[0].0 + 1);
        let last = articles.last().filter(|_| !gaps)?.0;
        let article = last + self.rng.u32(1..30);
        let named = self.named(at, article);
        Self::fault(
            "beyond the last",
            format!("依照{named}处理。"),
            Cited::Article,
            Verdict::Absent,
        )
    }

    fn other_case(&mut self) -> Option<Item> {
        let (own, number) = self.numbered()?;
        let other = self.source("case")?;
        let (mine, name) = (name_of(&self.sources[own].title), name_of(&self.sources[other].title));
        let draft = match self.rng.u8(..3) {
            0 => format!("参照{name}（检例第{number}号）办理。"),
            1 => format!("检例第{number}号（{name}）明确了规则。"),
            _ => format!("《{name}》（检例第{number}号）"),
        };
        (own != other && mine != name)
            .then(|| Self::fault("another case", draft, Cited::Number, Verdict::Misplaced))
            .flatten()
    }

    fn turned(&mut self) -> Option<Item> {
        let (at, number, _) = self.cited()?;
        let part = self.articles(at).iter().find(|(own, _)| *own == number)?.1;
        let texts = self.sources[at].parts[part].1.join("\n");
        let all = clauses(&texts);
        let (first, last) = (all.first()?, all.last()?);
        if all.len() < 2 || first == last || first.contains(last) || last.contains(first) {
            return None;
        }
        let draft = format!("{}规定：“{last}……{first}”。", self.named(at, number));
        Self::fault("order", draft, Cited::Quotation, Verdict::Differs)
    }

    fn invented(&mut self) -> Option<Item> {
        let (at, number, _) = self.cited()?;
        let words = INVENTED[self.rng.usize(..INVENTED.len())];
        let draft = format!("{}规定：{}。", self.named(at, number), self.quoted(words));
        Self::fault("invented", draft, Cited::Quotation, Verdict::Absent)
    }
}

/// Words with another figure.
fn figure(words: &str) -> Option<String> {
    let units = ['年', '月', '日', '个', '万', '元', '名', '人', '%'];
    let letters: Vec<(usize, char)> = words.char_indices().collect();
    let found = letters.windows(2).find(|pair| {
        let (letter, unit) = (pair[0].1, pair[1].1);
        units.contains(&unit) && (letter.is_ascii_digit() || "一二三四五六七八九".contains(letter))
    })?;
    let (at, letter) = found[0];
    let other = match letter.to_digit(10) {
        Some(digit) => ((digit + 3) % 9 + 1).to_string(),
        None => han("一二三四五六七八九".chars().position(|known| known == letter)? as u32 % 8 + 2),
    };
    Some(format!("{}{other}{}", &words[..at], &words[at + letter.len_utf8()..]))
}
