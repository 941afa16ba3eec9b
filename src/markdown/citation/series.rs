//! Articles as texts list them: 第三百四十一、三百四十二条; 第36、37条; 第二十条至第二十三条; 之一至之六; 第91-1条.

use crate::text::normalize::is_dropped;
use crate::text::numeral;
use std::ops::Range;

/// Articles that a range leaves out at most: from there on it isn't a range that anyone means.
const WIDEST: u32 = 500;

/// Articles that are cited side by side.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Series {
    /// Each in its canonical form (`264条`, `120条-1`) with its bytes in the text; those that a range leaves out have
    /// the place of the whole range.
    pub articles: Vec<(String, Range<usize>)>,
    /// Where the last one ends.
    pub end: usize,
}

/// An article as written.
#[derive(Clone, Copy)]
struct Numbered {
    number: u32,
    /// The number after 之.
    sub: Option<u32>,
}

impl Numbered {
    fn canonical(self) -> String {
        match self.sub {
            Some(sub) => format!("{}条-{sub}", self.number),
            None => format!("{}条", self.number),
        }
    }
}

/// What stands between two articles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    List,
    Range,
    /// A range, or with a smaller number after it one that was inserted.
    Hyphen,
}

/// Reads the articles whose first begins at `start`, with 第 or with its number.
pub(super) fn read(text: &str, start: usize) -> Option<Series> {
    let mut reader = Reader {
        text,
        articles: Vec::new(),
        waiting: Vec::new(),
        last: None,
        end: start,
    };
    let (mut at, mut joint) = (start, None);
    while let Some(after) = reader.article(at, joint) {
        let Some((next, begin)) = reader.joint(after) else {
            break;
        };
        (joint, at) = (Some(next), begin);
    }
    (!reader.articles.is_empty()).then_some(Series {
        articles: reader.articles,
        end: reader.end,
    })
}

struct Reader<'a> {
    text: &'a str,
    articles: Vec<(String, Range<usize>)>,
    /// Those whose 条 hasn't come yet.
    waiting: Vec<(Numbered, Range<usize>)>,
    /// The one before, with its place.
    last: Option<(Numbered, Range<usize>)>,
    end: usize,
}

impl Reader<'_> {
    /// Reads one number with what belongs to it, and gives the offset after it; `None` where none stands here that
    /// goes with those before it.
    fn article(&mut self, at: usize, joint: Option<Joint>) -> Option<usize> {
        let (number, after) = number(self.text, ordinal(self.text, at))?;
        // 第三条、第四款; 第二条第一款至第三款
        if joint.is_some() && self.text[blank(self.text, after)..].starts_with(['款', '项', '目']) {
            return None;
        }
        // 第九十一之一条
        let (inserted, after) = match sub(self.text, after, true) {
            Some((sub, end)) if unit(self.text, end).is_some() => (Some(sub), end),
            _ => (None, after),
        };
        let ranges = matches!(joint, Some(Joint::Range | Joint::Hyphen));
        if joint == Some(Joint::Hyphen)
            && let Some((first, place)) = self.waiting.last_mut()
            && number <= first.number
        {
            (first.sub, place.end) = (Some(number), after);
        } else {
            if ranges {
                let (first, from) = self.last.clone()?;
                if number == first.number {
                    return self.same(first, from.start, inserted, after);
                }
                if number < first.number {
                    return None;
                }
                let end = unit(self.text, after).unwrap_or(after);
                self.between(first.number + 1..number, from.start..end);
            }
            self.waiting.push((Numbered { number, sub: inserted }, at..after));
        }
        self.last = self.waiting.last().cloned();
        let Some(unit) = unit(self.text, after) else {
            // 第三十六、三十七条: the unit comes with a later one.
            return Some(after);
        };
        if let Some((_, place)) = self.waiting.last_mut() {
            place.end = unit;
        }
        self.take();
        Some(self.subs(unit, ranges))
    }

    /// 第120条之一至第120条之六, 第264-1至264-3条: the second article has the number of the first.
    fn same(&mut self, first: Numbered, from: usize, inserted: Option<u32>, after: usize) -> Option<usize> {
        let hyphened = || {
            let (sub, end) = hyphened(self.text, after)?;
            Some((sub, unit(self.text, end).unwrap_or(end)))
        };
        let (sub, end) = match inserted {
            Some(sub) => (sub, unit(self.text, after)?),
            None => hyphened().or_else(|| sub(self.text, unit(self.text, after)?, true))?,
        };
        self.take();
        let begin = first.sub.unwrap_or(0) + 1;
        for sub in (begin..=sub).take(WIDEST as usize) {
            let article = Numbered {
                sub: Some(sub),
                ..first
            };
            self.articles.push((article.canonical(), from..end));
        }
        self.end = end;
        (begin <= sub).then_some(end)
    }

    /// The numbers that a range leaves out.
    fn between(&mut self, numbers: Range<u32>, place: Range<usize>) {
        if numbers.len() <= WIDEST as usize {
            let inner = numbers.map(|number| (Numbered { number, sub: None }, place.clone()));
            self.waiting.extend(inner);
        }
    }

    /// Those that waited for their 条 have it.
    fn take(&mut self) {
        for (article, place) in self.waiting.drain(..) {
            self.end = self.end.max(place.end);
            self.articles.push((article.canonical(), place));
        }
    }

    /// 之一, 之一至之六, 之一、之二 after an article, and the offset after them. The end of a range takes in the article
    /// itself and those that were inserted before it.
    fn subs(&mut self, unit: usize, ranges: bool) -> usize {
        let Some((article, place)) = self.last.clone() else {
            return unit;
        };
        let behind = || hyphened(self.text, unit).filter(|&(sub, end)| self.is_part(article.number, sub, end));
        // 第一百三十三条及之一: the article itself is one of the list.
        let beside = || {
            let (_, begin) = joint_at(self.text, unit).filter(|(joint, _)| *joint == Joint::List)?;
            sub(self.text, begin, true)
        };
        let own = sub(self.text, unit, true).or_else(behind);
        let is_listed = own.is_none();
        let Some((first, mut end)) = own.or_else(beside) else {
            return unit;
        };
        let mut push = |sub: u32, place: Range<usize>| {
            let article = Numbered {
                sub: Some(sub),
                ..article
            };
            self.articles.push((article.canonical(), place));
        };
        let mut latest = first;
        if ranges {
            (1..first.min(WIDEST)).for_each(|sub| push(sub, place.start..end));
        }
        push(first, place.start..end);
        while let Some((joint, begin)) = joint_at(self.text, end) {
            let is_range = joint != Joint::List;
            let bare = || bare(self.text, end, latest);
            let Some((next, after)) = self::sub(self.text, begin, !is_range).or_else(bare) else {
                break;
            };
            if is_range && (next <= latest || next - latest > WIDEST) {
                break;
            }
            if is_range {
                (latest + 1..next).for_each(|sub| push(sub, place.start..after));
            }
            push(next, begin..after);
            (latest, end) = (next, after);
        }
        if !ranges && !is_listed {
            // What stands for the article itself was only its beginning.
            let whole = article.canonical();
            self.articles
                .retain(|(canonical, at)| *canonical != whole || *at != (place.start..unit));
        }
        let sub = Some(latest);
        self.last = Some((Numbered { sub, ..article }, place));
        self.end = end;
        end
    }

    /// Whether a number behind a hyphen is that of an inserted article (第91条-1) and not the end of a range.
    fn is_part(&self, article: u32, sub: u32, end: usize) -> bool {
        let rest = &self.text[blank(self.text, end)..];
        sub < article && !rest.starts_with(['条', '款', '项', '目', '年', '月', '日'])
    }

    /// What joins the last article to the next, and where that begins. A list that goes on after a 条 is read anew: it
    /// may name another law.
    fn joint(&self, at: usize) -> Option<(Joint, usize)> {
        let next = |at: usize| joint_at(self.text, at);
        // 第二十条第一款至第二十三条
        let over_parts = || next(after_parts(self.text, at)).filter(|(joint, _)| *joint != Joint::List);
        next(at)
            .or_else(over_parts)
            .filter(|(joint, _)| *joint != Joint::List || !self.waiting.is_empty())
    }
}

/// The number behind a hyphen, and the offset after it.
fn hyphened(text: &str, at: usize) -> Option<(u32, usize)> {
    let (joint, begin) = joint_at(text, at)?;
    number(text, begin).filter(|_| joint == Joint::Hyphen)
}

/// The offset after 第一款第（二）项 behind an article.
pub(super) fn after_parts(text: &str, mut at: usize) -> usize {
    loop {
        let begin = ordinal(text, blank(text, at));
        let open = text[begin..]
            .strip_prefix(['（', '('])
            .map_or(begin, |rest| text.len() - rest.len());
        let Some((_, end)) = number(text, open) else { return at };
        let end = text[end..]
            .strip_prefix(['）', ')'])
            .map_or(end, |rest| text.len() - rest.len());
        match text[end..].strip_prefix(['款', '项', '目']) {
            Some(rest) => at = text.len() - rest.len(),
            None => return at,
        }
    }
}

/// The offset after 第, if one stands here.
fn ordinal(text: &str, at: usize) -> usize {
    at + if text[at..].starts_with('第') {
        '第'.len_utf8()
    } else {
        0
    }
}

/// The number at an offset, blanks before it passed over, and the offset after it.
pub(super) fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let at = blank(text, at);
    if let Some(found) = thousand(text, at) {
        return Some(found);
    }
    let length: usize = text[at..]
        .chars()
        .take_while(|&letter| is_numeral(letter) || numeral::is_zero(letter))
        .map(char::len_utf8)
        .sum();
    let run = text[at..at + length].trim_end_matches(|letter: char| letter.is_alphabetic() && !is_numeral(letter));
    Some((numeral::parse(run)?, at + run.len()))
}

/// The number of 第1,179条 and the offset after it: no law has so many articles that the first digit could be another.
fn thousand(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text[at..].strip_prefix(['1', '１'])?.strip_prefix([',', '，'])?;
    let after = rest.trim_start_matches(|digit: char| matches!(digit, '0'..='9' | '０'..='９'));
    let digits = &rest[..rest.len() - after.len()];
    let end = text.len() - after.len();
    let number = numeral::parse(digits).filter(|_| digits.chars().count() == 3 && unit(text, end).is_some())?;
    Some((1000 + number, end))
}

/// Whether a character can stand in the number of an article.
pub(super) fn is_numeral(letter: char) -> bool {
    numeral::is_part(letter) || numeral::is_capital(letter)
}

/// The offset after 条; 条例 is none.
fn unit(text: &str, at: usize) -> Option<usize> {
    let at = blank(text, at);
    let rest = text[at..].strip_prefix('条')?;
    (!rest.starts_with('例')).then_some(at + '条'.len_utf8())
}

/// The number after 之, and the offset after it; the 之 may be missing where one was before it (之一至六).
fn sub(text: &str, at: usize, asks: bool) -> Option<(u32, usize)> {
    /// What follows 一 in words that are no numbers: 之一般规定, 之一切.
    const WORDS: &str = "般些样致定切旦直方面种个部并律";
    let begin = blank(text, at);
    // （之一）
    let aside = text[begin..]
        .strip_prefix(['（', '('])
        .filter(|rest| rest.starts_with('之'));
    let begin = aside.map_or(begin, |rest| text.len() - rest.len());
    let begin = match text[begin..].starts_with('之') {
        true => begin + '之'.len_utf8(),
        false if asks => return None,
        false => begin,
    };
    // 之（一）
    let open = text[begin..]
        .strip_prefix(['（', '('])
        .map_or(begin, |rest| text.len() - rest.len());
    let (number, end) = number(text, open)?;
    let end = if open == begin && aside.is_none() {
        end
    } else {
        text.len() - text[end..].strip_prefix(['）', ')'])?.len()
    };
    let rest = &text[end..];
    let is_word = number == 1 && rest.starts_with(|next: char| WORDS.contains(next));
    let is_other = !text[at..end].contains('之') && rest.trim_start().starts_with(['条', '款', '项', '章']);
    (!is_word && !is_other).then_some((number, end))
}

/// The last number of 之一、二 and the offset after it, where nothing else can be meant: 之一、二审 is none.
fn bare(text: &str, at: usize, before: u32) -> Option<(u32, usize)> {
    let begin = text[blank(text, at)..].strip_prefix(['、', '和', '及', '与'])?;
    let (number, end) = number(text, text.len() - begin.len())?;
    let rest = &text[end..];
    let ends =
        rest.is_empty() || rest.starts_with(|next: char| !next.is_alphanumeric() || "的规之和及与".contains(next));
    (ends && before < number && number - before < 20).then_some((number, end))
}

/// What joins two numbers, and the offset after it.
fn joint_at(text: &str, at: usize) -> Option<(Joint, usize)> {
    let at = blank(text, at);
    if let Some(rest) = ["或者", "以及"].iter().find_map(|word| text[at..].strip_prefix(word)) {
        return Some((Joint::List, blank(text, text.len() - rest.len())));
    }
    let letter = text[at..].chars().next()?;
    let joint = match letter {
        '、' | '，' | ',' | '/' | '／' | '和' | '及' | '与' | '或' => Joint::List,
        '至' | '到' | '~' | '～' | '〜' => Joint::Range,
        '-' | '－' | '‐' | '‑' | '−' | '—' | '–' | '―' | '─' => Joint::Hyphen,
        _ => return None,
    };
    let rest = match joint {
        Joint::List => &text[at + letter.len_utf8()..],
        _ => text[at..].trim_start_matches(letter),
    };
    Some((joint, blank(text, text.len() - rest.len())))
}

/// White space, line breaks too, and what nobody sees.
fn blank(text: &str, at: usize) -> usize {
    let seen = text[at..].trim_start_matches(|letter: char| letter.is_whitespace() || is_dropped(letter));
    text.len() - seen.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let series = read(text, 0);
        series.map_or_else(Vec::new, |series| {
            series.articles.into_iter().map(|(article, _)| article).collect()
        })
    }

    #[test]
    fn lists_and_ranges_are_read_whole() {
        for (text, expected) in [
            ("第264条", ["264条"].as_slice()),
            ("第三百四十一、三百四十二条", &["341条", "342条"]),
            ("第264\u{200B}、266条", &["264条", "266条"]),
            ("第二十条第一款至第二十二条", &["20条", "21条", "22条"]),
            ("第二十条第（一）项至第二十一条", &["20条", "21条"]),
            ("第九十一之一条", &["91条-1"]),
            ("第91条-1", &["91条-1"]),
            ("第91条-93条", &["91条", "92条", "93条"]),
            ("第264-1至264-3条", &["264条-1", "264条-2", "264条-3"]),
            ("第264-1条至第264-3条", &["264条-1", "264条-2", "264条-3"]),
            ("第286条之（一）", &["286条-1"]),
            ("第36、37条", &["36条", "37条"]),
            ("第36、第37条", &["36条", "37条"]),
            ("第36/37条", &["36条", "37条"]),
            ("第36或者第37条", &["36条", "37条"]),
            ("第36〜38条", &["36条", "37条", "38条"]),
            ("第 36 和 37 条", &["36条", "37条"]),
            ("第二十条至第二十三条", &["20条", "21条", "22条", "23条"]),
            ("第二十至二十三条", &["20条", "21条", "22条", "23条"]),
            ("第20—23条", &["20条", "21条", "22条", "23条"]),
            ("第20-23条", &["20条", "21条", "22条", "23条"]),
            ("第20条~第22条", &["20条", "21条", "22条"]),
            ("第91-1条", &["91条-1"]),
            ("第九十一条之一", &["91条-1"]),
            ("第九十一条 之一", &["91条-1"]),
            ("第九十一条\n之一", &["91条-1"]),
            ("第120条之一至之三", &["120条-1", "120条-2", "120条-3"]),
            ("第120条之一至三", &["120条-1", "120条-2", "120条-3"]),
            ("第120条之一、之二", &["120条-1", "120条-2"]),
            ("第120条之一、二、三的规定", &["120条-1", "120条-2", "120条-3"]),
            ("第120条之一、二和三", &["120条-1", "120条-2", "120条-3"]),
            ("第120条之一、二审认为", &["120条-1"]),
            ("第120条之一、第三条", &["120条-1"]),
            ("第120条及之一", &["120条", "120条-1"]),
            ("第120条、之一", &["120条", "120条-1"]),
            ("第120条（之一）", &["120条-1"]),
            ("第廿三条", &["23条"]),
            ("第二百0五条", &["205条"]),
            ("第一百O二条", &["102条"]),
            ("第120条之一至第120条之三", &["120条-1", "120条-2", "120条-3"]),
            ("第119条至第120条之二", &["119条", "120条", "120条-1", "120条-2"]),
            ("第120条之一和之三", &["120条-1", "120条-3"]),
            ("第1,179条", &["1179条"]),
            ("第１，０１２条", &["1012条"]),
            ("第1,17条", &["1条", "17条"]),
            ("第1、179条", &["1条", "179条"]),
            ("第三十六、三十八至四十条", &["36条", "38条", "39条", "40条"]),
            ("第贰佰陆拾肆条", &["264条"]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_goes_on_otherwise_is_no_series() {
        for (text, expected) in [
            ("第三条例", [].as_slice()),
            ("第三款", &[]),
            ("第三、四款", &[]),
            ("第三条之规定", &["3条"]),
            ("第三条之一般规定", &["3条"]),
            ("第三条、第四款", &["3条"]),
            ("第三条至第二条", &["3条"]),
            ("第三条至第五款", &["3条"]),
            ("第二条第一款至第三款、第五条", &["2条"]),
            ("第三条-1月", &["3条"]),
            ("第一条至第九百条", &["1条", "900条"]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
