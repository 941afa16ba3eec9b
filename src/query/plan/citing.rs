//! Articles as people ask for them, where no article span says it: 刑法第341、342条, 第264条第（一）项, 刑法第120-1条.
//!
//! `docs/search.md`, section 3; `jianyan.query.cited` in `columns.js` is the twin.

use crate::index::analyzer::{articles, is_cjk};
use crate::markdown::short;

/// Longest text that is read, in UTF-16 units.
const LONGEST: usize = 200;
/// Most articles or numbers that a range leaves out.
pub(in crate::query) const WIDEST: u32 = 500;
/// What may stand before a law's name.
const LEADS: [&str; 3] = ["中华人民共和国", "我国", "现行"];
/// What stands between the members of a list, in normal form.
pub(in crate::query) const LIST: [&str; 9] = ["以及", "或者", "、", ",", ";", "和", "及", "与", "或"];
/// What Chinese numerals are made of.
pub(in crate::query) const NUMERALS: &str = "〇零一二三四五六七八九十百千";
const RANGE: [char; 9] = ['至', '到', '~', '—', '–', '―', '─', '‐', '-'];

/// Articles that a text is wholly, perhaps of a law.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::query) struct Cited {
    /// The law's name; empty for articles of any law.
    pub(in crate::query) law: String,
    /// The articles that are named, as tokens: #264条.
    pub(in crate::query) named: Vec<String>,
    /// Those that the ranges between them leave out.
    pub(in crate::query) inner: Vec<String>,
    /// Whether 条 says that it is articles.
    pub(in crate::query) sure: bool,
}

impl Cited {
    /// The terms of `laws` of those that are named.
    pub(in crate::query) fn laws(&self) -> Vec<String> {
        let named = self.named.iter().filter(|_| !self.law.is_empty());
        named.map(|article| format!("{}{article}", self.law)).collect()
    }
}

/// Reads a normal form.
pub(in crate::query) fn read(normal: &str) -> Option<Cited> {
    if normal.encode_utf16().count() > LONGEST {
        return None;
    }
    let text = bare(normal);
    text.char_indices().find_map(|(at, first)| {
        let behind_digit = text[..at].ends_with(|c: char| c.is_ascii_digit());
        let mut reader = Reader::new(&text[at..]);
        if first.is_ascii_digit() && behind_digit || !reader.series() {
            return None;
        }
        let Reader { named, inner, sure, .. } = reader;
        let digits = first.is_ascii_digit() || text[at..].contains(['十', '百', '千']);
        let law = name(&text[..at])?;
        (sure || law.is_empty() || digits || first == '第').then_some(Cited {
            law,
            named,
            inner,
            sure,
        })
    })
}

/// A text without blanks, the signs around a law's name and what ends a sentence.
pub(in crate::query) fn bare(normal: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !"《》〈〉".contains(*c);
    let text: String = normal
        .chars()
        .filter(kept)
        .map(|c| if c == '§' { '第' } else { c })
        .collect();
    text.trim_end_matches(['。', '.', ',', ';', ':', '、', '!', '?'])
        .to_owned()
}

/// A law's name as `laws` has it; `None` for what is none.
pub(in crate::query) fn name(text: &str) -> Option<String> {
    let mut name = text;
    while let Some(rest) = LEADS
        .iter()
        .find_map(|lead| name.strip_prefix(lead))
        .filter(|rest| !rest.is_empty())
    {
        name = rest;
    }
    let letters = name
        .chars()
        .all(|c| c.is_alphanumeric() || is_cjk(c) || matches!(c, '(' | ')'));
    letters.then(|| short::full(name).to_owned())
}

/// The value of digits or of a Chinese numeral, as the analyzer reads them in an article.
pub(in crate::query) fn value(text: &str) -> Option<u32> {
    let spans = articles(&format!("第{text}条"));
    let [one] = spans.as_slice() else { return None };
    one.token().strip_prefix('#')?.strip_suffix('条')?.parse().ok()
}

struct Reader<'a> {
    rest: &'a str,
    named: Vec<String>,
    inner: Vec<String>,
    sure: bool,
    /// The article before: its number as written, its value, and that of what stands behind 之.
    last: Option<(&'a str, u32, u32)>,
}

impl<'a> Reader<'a> {
    fn new(rest: &'a str) -> Self {
        Reader {
            rest,
            named: Vec::new(),
            inner: Vec::new(),
            sure: false,
            last: None,
        }
    }

    fn eat(&mut self, sign: &str) -> bool {
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Digits or a Chinese numeral.
    fn number(&mut self, most: usize) -> Option<(&'a str, u32)> {
        let is_digits = self.rest.starts_with(|c: char| c.is_ascii_digit());
        let part = |c: char| {
            if is_digits {
                c.is_ascii_digit()
            } else {
                NUMERALS.contains(c)
            }
        };
        let end = self.rest.find(|c: char| !part(c)).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        let value = value(text).filter(|_| !is_digits || text.len() <= most)?;
        self.rest = rest;
        Some((text, value))
    }

    /// What `read` reads, undone where it fails.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (rest, sure) = (self.rest, self.sure);
        let found = read(self);
        if found.is_none() {
            (self.rest, self.sure) = (rest, sure);
        }
        found
    }

    /// Articles, lists and ranges of them, to the end.
    fn series(&mut self) -> bool {
        if self.article(false).is_none() {
            return false;
        }
        while !self.rest.is_empty() {
            let range = self.rest.starts_with(RANGE);
            if range {
                self.rest = self.rest.trim_start_matches(RANGE);
            } else if !LIST.iter().any(|sign| self.eat(sign)) {
                return false;
            }
            if self.part().is_none() && self.inserted(range).is_none() && self.article(range).is_none() {
                return false;
            }
        }
        true
    }

    /// 第264条, 264, 第120条之一, 第120-1条, with paragraphs and items behind it.
    fn article(&mut self, range: bool) -> Option<()> {
        let before = self.last;
        let (text, value, insertion) = self.attempt(|own| {
            own.eat("第");
            let (text, value) = own.number(4)?;
            own.sure |= own.eat("条");
            let insertion = own.attempt(|own| {
                let stroke = own.eat("-");
                if !stroke && !own.eat("之") {
                    return None;
                }
                let bracket = own.eat("(");
                let (_, insertion) = own.number(2)?;
                // 264-266 is a range.
                (bracket == own.eat(")") && !(stroke && insertion > value)).then_some(insertion)
            });
            own.sure |= own.eat("条");
            Some((text, value, insertion.unwrap_or(0)))
        })?;
        self.add((text, value, insertion), range.then_some(before).flatten());
        while self.part().is_some() {}
        Some(())
    }

    /// 之六 behind 第120条之一至.
    fn inserted(&mut self, range: bool) -> Option<()> {
        let last = self.last?;
        let insertion = self.attempt(|own| if own.eat("之") { own.number(2) } else { None })?.1;
        self.add((last.0, last.1, insertion), range.then_some(last));
        Some(())
    }

    fn add(&mut self, found: (&'a str, u32, u32), from: Option<(&'a str, u32, u32)>) {
        let token = |value: u32, insertion: u32| match insertion {
            0 => format!("#{value}条"),
            _ => format!("#{value}条-{insertion}"),
        };
        let (_, value, insertion) = found;
        match from {
            Some((_, first, after)) if first == value && insertion > after && insertion - after <= WIDEST => {
                self.inner.extend((after + 1..insertion).map(|it| token(value, it)));
            }
            Some((_, first, _)) if value > first && value - first <= WIDEST => {
                self.inner.extend((first + 1..value).map(|it| token(it, 0)));
            }
            _ => {}
        }
        self.named.push(token(value, insertion));
        self.last = Some(found);
    }

    /// 第一款, 第（一）项, （一）, 的规定.
    fn part(&mut self) -> Option<()> {
        self.attempt(|own| {
            if ["的规定", "之规定", "规定"].iter().any(|word| own.eat(word)) {
                return Some(());
            }
            own.eat("第");
            let bracket = own.eat("(");
            own.number(2)?;
            let closed = bracket == own.eat(")");
            let unit = ["款", "项", "目"].iter().any(|unit| own.eat(unit));
            (closed && (bracket || unit)).then_some(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_read_as_people_ask_for_them() {
        for (text, law, named, inner) in [
            ("刑法第341条、第342条", "刑法", "#341条 #342条", ""),
            ("刑法第341、342条", "刑法", "#341条 #342条", ""),
            ("第三百四十一、三百四十二条", "", "#341条 #342条", ""),
            ("《刑法》第20条至第23条", "刑法", "#20条 #23条", "#21条 #22条"),
            ("刑法264-266", "刑法", "#264条 #266条", "#265条"),
            ("第一百二十条之一至之三", "", "#120条-1 #120条-3", "#120条-2"),
            ("刑法第120-1条", "刑法", "#120条-1", ""),
            ("刑法120之一", "刑法", "#120条-1", ""),
            ("刑法第264条第(一)项", "刑法", "#264条", ""),
            ("刑法第264条第一款第(一)、(二)项", "刑法", "#264条", ""),
            ("刑法第264条(一)", "刑法", "#264条", ""),
            ("刑法§264", "刑法", "#264条", ""),
            ("〈刑法〉第 264 条的规定。", "刑法", "#264条", ""),
            ("中华人民共和国刑法二百六十四", "刑法", "#264条", ""),
            ("二百六十四", "", "#264条", ""),
            ("刑诉法第173条", "刑事诉讼法", "#173条", ""),
            ("我国现行刑诉法第173条", "刑事诉讼法", "#173条", ""),
        ] {
            let found = read(text).unwrap_or_default();
            assert_eq!(
                (found.law.as_str(), found.named.join(" "), found.inner.join(" ")),
                (law, named.to_owned(), inner.to_owned()),
                "{text}"
            );
        }
        for text in [
            "刑法",
            "刑法第264条的认定",
            "检例第142号",
            "第3.5条",
            "刑法修正案一",
            "",
            "、",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
