//! Articles of law that a text cites: 《刑法》第二百六十四条, 刑法第264条、第266条, 第一百二十条之一.

mod law;
mod series;
pub(crate) mod short;
mod words;

use super::Citation;
use crate::text::normalize::{fold, is_dropped};
use crate::text::numeral;
pub(super) use law::canonical as law_name;
use law::{Named, canonical, named, quoted};
use series::{Series, after_parts, is_numeral};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
pub(crate) use words::WORDS;
use words::{ADDS, ENDINGS, FOLLOWING, PROVIDES, REVISED, THINGS};

/// Where a citation has the name of its law, the law that the text itself belongs to: 本法第三条.
pub(crate) const OWN: &str = "本法";

/// Longest text between two articles of one law, in bytes: 第一款、第三款第（二）项，以及.
const LONGEST_JOINT: usize = 120;

/// The articles of law that texts cite, in order, each once. A law named in one text isn't taken over into the next, but
/// for 同法 and its like.
pub fn citations<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Citation> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    let mut reader = Citations::default();
    for text in texts {
        reader.cited(text, |citation, _| {
            if citation.law != OWN && !seen.contains(&citation) {
                seen.insert(citation.clone());
                all.push(citation);
            }
        });
    }
    all
}

/// The articles that a text names, of whatever law and in lists and ranges too, in canonical form (`264条`, `120条-1`),
/// each with its place as [`citation_spans`] has it.
pub(crate) fn article_spans(text: &str) -> Vec<(String, Range<usize>)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('第') {
        at += found;
        let series = series::read(text, at);
        at += '第'.len_utf8();
        if let Some(series) = series {
            all.extend(series.articles);
            at = at.max(series.end);
        }
    }
    all
}

/// The citations of one text, each with the bytes of its article: 第, or its number where a list leaves that out, to
/// the end of its number. What a range leaves out (第二十一条 in 第二十条至第二十三条) has the place of the range.
pub(crate) fn citation_spans(text: &str) -> Vec<(Citation, Range<usize>)> {
    Citations::default().spans(text)
}

/// A reader of texts that follow each other: 同法 in one may mean the law that one before it cites.
#[derive(Debug, Default)]
pub(crate) struct Citations {
    /// The law of the last article.
    last: Option<String>,
}

impl Citations {
    /// The citations of the next text, as [`citation_spans`] gives them.
    pub(crate) fn spans(&mut self, text: &str) -> Vec<(Citation, Range<usize>)> {
        let mut all = self.spans_with_own(text);
        all.retain(|(citation, _)| citation.law != OWN);
        all
    }

    /// These, and with the name [`OWN`] the articles of the law that the text belongs to.
    pub(crate) fn spans_with_own(&mut self, text: &str) -> Vec<(Citation, Range<usize>)> {
        let mut all = Vec::new();
        self.cited(text, |citation, span| all.push((citation, span)));
        all
    }

    /// Tells every citation of the next text and where its article stands, those of [`OWN`] too.
    fn cited(&mut self, text: &str, mut tell: impl FnMut(Citation, Range<usize>)) {
        if !text.contains(['条', '條']) {
            return;
        }
        let plain = Plain::of(text);
        let text = &*plain.text;
        let mut laws = Laws {
            last: self.last.take().map(|law| (law, 0)),
            ..Laws::default()
        };
        let mut at = 0;
        while let Some(start) = next_start(text, at) {
            let Some(series) = series::read(text, start) else {
                at = after_number(text, start);
                continue;
            };
            match laws.of(text, start, &series) {
                Some(law) => {
                    for (article, span) in series.articles {
                        let law = law.clone();
                        tell(Citation { law, article }, plain.written(span));
                    }
                    at = series.end;
                }
                None => at = after_number(text, start),
            }
        }
        self.last = laws.last.map(|(law, _)| law);
    }
}

/// A text as citations are read from it: without what nobody sees, with plain characters for radicals, and with
/// simplified ones where 條 says that it is in traditional ones.
struct Plain<'a> {
    text: Cow<'a, str>,
    /// Where each character begins and what it was read from, where the text isn't as written.
    places: Vec<(usize, Range<usize>)>,
}

impl<'a> Plain<'a> {
    fn of(text: &'a str) -> Self {
        let traditional = text.contains('條');
        let is_radical = |letter: char| matches!(letter, '\u{2E80}'..='\u{2FDF}');
        if !traditional && !text.contains(|letter: char| is_dropped(letter) || is_radical(letter)) {
            return Self {
                text: Cow::Borrowed(text),
                places: Vec::new(),
            };
        }
        let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::new());
        for (at, letter) in text.char_indices().filter(|&(_, letter)| !is_dropped(letter)) {
            places.push((plain.len(), at..at + letter.len_utf8()));
            match letter {
                _ if is_radical(letter) => plain.extend(std::iter::once(letter).nfkc().map(fold)),
                _ if traditional => plain.push(fold(letter)),
                _ => plain.push(letter),
            }
        }
        Self {
            text: Cow::Owned(plain),
            places,
        }
    }

    /// The bytes of the written text that a range was read from.
    fn written(&self, range: Range<usize>) -> Range<usize> {
        let index = |at: usize| self.places.partition_point(|(place, _)| *place < at);
        match (self.places.get(index(range.start)), index(range.end).checked_sub(1)) {
            (Some((_, first)), Some(last)) => first.start..self.places[last].1.end,
            _ => range,
        }
    }
}

/// Where articles may begin: at 第, or at a number after the name of a law or within a list.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let mut before = text[..from].chars().rev().find(|letter| *letter != ' ').unwrap_or(' ');
    for (at, letter) in text[from..].char_indices() {
        if letter == '第' {
            return Some(from + at);
        }
        let may_begin = matches!(
            before,
            '》' | '法' | '典' | '则' | '）' | ')' | '、' | '，' | ',' | '/' | '和' | '及' | '与' | '或' | '者'
        );
        if may_begin && is_numeral(letter) {
            return Some(from + at);
        }
        if letter != ' ' {
            before = letter;
        }
    }
    None
}

/// The offset after the 第 and the number that stand at an offset.
fn after_number(text: &str, start: usize) -> usize {
    let rest = text[start..].strip_prefix('第').unwrap_or(&text[start..]);
    let begin = text.len() - rest.len();
    let after = begin + rest.len() - rest.trim_start_matches(is_numeral).len();
    after.max(start + 1)
}

/// Bytes back to the name of a law that a pronoun means.
const FARTHEST: usize = 1500;
/// Bytes of a quotation that is looked over for the article that it is of.
const LONGEST_QUOTATION: usize = 6000;

/// The laws that a text has named so far.
#[derive(Default)]
struct Laws {
    /// That of the last article, and where that ends: a list goes on with it.
    open: Option<(String, usize)>,
    /// The last that was cited, and where: 同法, 该法.
    last: Option<(String, usize)>,
    /// Those of all articles, and where these end.
    cited: Vec<(String, usize)>,
}

impl Laws {
    /// The law that articles belong to which begin at an offset.
    fn of(&mut self, text: &str, start: usize, series: &Series) -> Option<String> {
        let before = &text[..start];
        let ordinal = text[start..].starts_with('第');
        if !ordinal && counts_things(&text[series.end..]) {
            return None;
        }
        let law = match named(before) {
            Named::Law(law, plain) => (ordinal || plain).then_some(law),
            Named::Same(ending) => self.same(before, ending),
            Named::Own => Some(OWN.to_owned()),
            Named::Among => self.among(before),
            Named::Elsewhere => None,
            Named::Not => {
                let open = self.open.take();
                let open = open.filter(|(_, end)| is_joint(&text[*end..start]));
                let listed = ordinal || is_article(&text[series.end..]) && is_listed(before);
                let open = open.filter(|_| listed).map(|(law, _)| law);
                open.or_else(|| self.quoted_before(text, start, series))
            }
        };
        self.open = law.clone().map(|law| (law, series.end));
        if let Some(open) = self.open.as_ref().filter(|(law, _)| law != OWN) {
            self.cited.push(open.clone());
            self.last = Some(open.clone());
        }
        law
    }

    /// 同法, 该条例: the last law that was cited or named in 《》, if it is of that kind.
    fn same(&self, before: &str, ending: &str) -> Option<String> {
        let from = farthest(before, FARTHEST);
        let from = self.last.as_ref().map_or(from, |(_, end)| from.max(*end));
        let named = before[from..]
            .rfind('》')
            .and_then(|at| quoted(&before[..from + at]))
            .map(canonical);
        let law = named.or_else(|| self.last.as_ref().map(|(law, _)| law.clone()))?;
        let kind = law.split('(').next().unwrap_or(&law);
        (kind.ends_with(ending) || ending == "法" && kind.ends_with("法典")).then_some(law)
    }

    /// 其中第八条: the law that its sentence names before it.
    fn among(&self, before: &str) -> Option<String> {
        let from = farthest(before, FARTHEST);
        let sentence = before[from..].rfind(['。', '；', '！', '？', '\n']);
        let sentence = sentence.map_or(from, |at| from + at + 1);
        let titled = before[from..].rfind('》').map(|at| from + at);
        let titled = titled.filter(|at| *at > sentence);
        let cited = self.last.as_ref().filter(|(_, end)| *end > sentence);
        let law = match (titled, cited) {
            (Some(at), Some((law, end))) if *end > at => law.clone(),
            (Some(at), _) => canonical(quoted(&before[..at])?),
            (None, cited) => cited?.0.clone(),
        };
        let kind = law.split('(').next().unwrap_or(&law);
        ENDINGS.iter().any(|ending| kind.ends_with(ending)).then_some(law)
    }

    /// The law of an article before a quotation behind which the words of one more are given: 第三条规定：“……。”第四条规定.
    fn quoted_before(&self, text: &str, start: usize, series: &Series) -> Option<String> {
        let behind = &text[after_parts(text, series.end)..];
        let behind = behind.trim_start_matches(['还', '也', '又', '则', '并']);
        if !PROVIDES.iter().any(|verb| behind.starts_with(verb)) {
            return None;
        }
        let lead = before_quotation(&text[..start])?;
        let cited = self.cited.partition_point(|(_, end)| *end <= lead);
        let (law, end) = self.cited[..cited].last()?;
        (after_parts(text, *end) == lead).then(|| law.clone())
    }
}

/// Where the last `bytes` of a text begin, or a few bytes later.
fn farthest(text: &str, bytes: usize) -> usize {
    let from = text.len().saturating_sub(bytes);
    (from..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(from)
}

/// Where the words end that a quotation at the end of a text is given by, without their verb: “第三条” of 第三条规定：“……。”.
fn before_quotation(text: &str) -> Option<usize> {
    let from = farthest(text, LONGEST_QUOTATION);
    let text = &text[..from
        + text[from..]
            .trim_end_matches(['，', '；', '。', '、', '和', '及', '并', ' '])
            .len()];
    let (close, open) = [('”', '“'), ('」', '「')]
        .into_iter()
        .find(|(close, _)| text.ends_with(*close))?;
    let mut depth = 0usize;
    let at = text[from..].char_indices().rev().find(|(_, letter)| {
        match *letter {
            letter if letter == close => depth += 1,
            letter if letter == open => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let lead = text[..from + at?.0].trim_end_matches(['：', ':', '，', ',', ' ']);
    let lead = PROVIDES.iter().find_map(|verb| lead.strip_suffix(verb))?;
    let lead = lead.strip_suffix("明确").unwrap_or(lead);
    Some(lead.trim_end_matches(['还', '也', '又', '则', '并', '的']).len())
}

/// How long the words are that lead from an article to what is added to it, or to its new number, up to 第 or the end:
/// 后增加一条，作为; 改为.
pub(crate) fn added(text: &str) -> Option<usize> {
    /// Characters of such words.
    const LONGEST: usize = 24;
    let end = text.find(['第', '。', '；', '：', '“', '《']).unwrap_or(text.len());
    let said = text[..end].trim_end();
    let adds = |said: &str| ADDS.iter().any(|verb| said.contains(verb));
    let leads = match said.strip_suffix("作为") {
        Some(said) => adds(said),
        None => matches!(said, "改为" | "相应改为" | "调整为" | "的序号改为"),
    };
    let stops = text[end..].is_empty() || text[end..].starts_with('第');
    (leads && stops && said.chars().count() <= LONGEST).then_some(end)
}

/// Whether what follows a number with 条 is counted by it: 三十二条线索.
fn counts_things(rest: &str) -> bool {
    THINGS.iter().any(|thing| rest.starts_with(thing))
}

/// Whether what follows a number with 条 lets it be an article in a list: nothing, a mark, or words that go on about one.
fn is_article(rest: &str) -> bool {
    let rest = rest.trim_start();
    !rest.starts_with(char::is_alphabetic) || FOLLOWING.iter().any(|word| rest.starts_with(word))
}

/// Whether a text ends with what joins the members of a list.
fn is_listed(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['、', '，', ',', '/', '和', '及', '与', '或']) || before.ends_with("或者")
}

/// Whether what stands between two articles only lists: 、 和 第一款 （二）项, or leads to another version, or says what is
/// in the first.
fn is_joint(between: &str) -> bool {
    if between.len() > LONGEST_JOINT {
        return false;
    }
    let revised = |text: String, word: &&str| text.replace(*word, "");
    let plain = without_asides(between);
    let joins = |letter: char| {
        numeral::is_part(letter)
            || letter.is_whitespace()
            || "、，,；;/和及以与或者至到-—～~第款项目（）()前中的".contains(letter)
    };
    let behind = &plain[after_parts(&plain, 0)..];
    added(behind) == Some(behind.len()) || is_object(&plain) || REVISED.iter().fold(plain, revised).chars().all(joins)
}

/// Whether words name what is in an article, and a list goes on behind them: 第264条规定的盗窃罪、第266条, 第389条行贿罪或者
/// 第393条.
fn is_object(between: &str) -> bool {
    /// Characters of what is in an article.
    const LONGEST: usize = 20;
    let part =
        |letter: char| numeral::is_part(letter) || letter.is_whitespace() || "第款项目（）()的之中".contains(letter);
    let joints = ["或者", "以及", "、", "和", "或", "及", "与"];
    let between = between.trim_end();
    let Some(said) = joints.iter().find_map(|joint| between.strip_suffix(joint)) else {
        return false;
    };
    let said = said.trim_start_matches(part);
    let told = ["规定", "所列", "所称", "关于"]
        .iter()
        .find_map(|word| said.strip_prefix(word));
    let told = told.map(|object| object.strip_prefix('的').unwrap_or(object));
    let fits = |object: &str| {
        object.chars().count() <= LONGEST && !object.contains(|letter| "，。；：,;:《》第条".contains(letter))
    };
    told.is_some_and(fits) || said.ends_with('罪') && fits(said)
}

/// A text without what brackets say of an article: （盗窃罪）, （情节严重）. What numbers a paragraph or an item stays.
fn without_asides(text: &str) -> String {
    const LONGEST: usize = 20;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['（', '(']) {
        let inner = &rest[open..];
        let end = inner
            .char_indices()
            .skip(1)
            .take(LONGEST + 1)
            .find(|(_, letter)| "（(）)条".contains(*letter));
        let keep = match end {
            Some((at, '）' | ')')) if !inner[..at].chars().skip(1).all(is_numeral) => {
                out.push_str(&rest[..open]);
                rest = &inner[at..];
                rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
                continue;
            }
            _ => open + inner.chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&rest[..keep]);
        rest = &rest[keep..];
    }
    out + rest
}

#[cfg(test)]
mod tests;
