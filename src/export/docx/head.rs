//! What stands above and below a text: 发文机关标志, 发文字号, 标题, 署名, 主送, 落款, 抄送. What the record says alone is
//! written between bookmarks, so that an import doesn't take it for text.

use super::body::Body;
use super::words;
use crate::office::block::{Block, Document};
use crate::office::outline;
use crate::record::date::Day;
use crate::record::{Author, Detail, Recommendation, Record};

/// What is to be filled in by hand.
const BLANK: &str = "＿＿＿＿＿＿＿＿＿＿＿＿";
/// Where a date or a number is to be filled in.
const BLANK_DATE: &str = "　　　　年　　月　　日";
const BLANK_NUMBER: &str = "　　　〔　　　　〕　　　号";

/// The parts of a recommendation (最高人民检察院 2019 年规定第十六条), each with words by which its heading is known.
const PARTS: [(&str, &[&str]); 7] = [
    ("案件来源", &["来源"]),
    ("事实和证据", &["事实", "查明"]),
    ("违法情形或隐患", &["违法", "隐患", "问题", "理由"]),
    ("建议内容和依据", &["建议"]),
    ("异议期限", &["异议"]),
    ("回复期限", &["回复"]),
    ("其他", &["其他"]),
];
const NUMERALS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "七"];

/// Writes a document with what belongs around it.
pub(super) fn write(record: &Record, unit: Option<&str>, document: &Document, body: &mut Body) {
    let unit = record.units.first().map(String::as_str).or(unit);
    let blocks = &document.blocks;
    match &record.detail {
        Detail::Recommendation(recommendation) => {
            let signed = signed(blocks, record);
            let text = addressed(recommendation, record, unit, &blocks[..blocks.len() - signed], body);
            with_parts(text, body);
            sign(record, unit, &blocks[blocks.len() - signed..], true, body);
            if !recommendation.cc.is_empty() {
                let all = format!("抄送：{}。", recommendation.cc.join("，"));
                body.restated(|body| body.paragraph("CarbonCopy", "", &words(&all)));
            }
        }
        Detail::Report(_) => {
            title(&record.title, body);
            authors(&record.authors, body);
            let signed = signed(blocks, record);
            body.blocks(&blocks[..blocks.len() - signed]);
            sign(record, unit, &blocks[blocks.len() - signed..], false, body);
        }
        Detail::Case(case) => {
            title(&record.title, body);
            if let Some(number) = case.number.as_ref().filter(|number| !record.title.contains(*number)) {
                let number = format!("（{number}）");
                body.restated(|body| body.paragraph("Author", "", &words(&number)));
            }
            body.blocks(blocks);
        }
        Detail::Topic(_) | Detail::Law(_) => {
            title(&record.title, body);
            body.blocks(blocks);
        }
    }
}

pub(super) fn title(title: &str, body: &mut Body) {
    body.restated(|body| body.paragraph("Title", "", &words(title)));
}

/// Who wrote it, a line.
fn authors(authors: &[Author], body: &mut Body) {
    if authors.is_empty() {
        return;
    }
    let name = |author: &Author| match author.role {
        Some(role) => format!("{}（{}）", author.name, role.zh()),
        None => author.name.clone(),
    };
    let names: Vec<String> = authors.iter().map(name).collect();
    let names = names.join("　");
    body.restated(|body| {
        body.paragraph("Author", "", &words(&names));
        body.raw("Author", "", "");
    });
}

/// The head of a recommendation with its number and its addressee; gives the text that follows.
fn addressed<'a>(
    recommendation: &Recommendation,
    record: &Record,
    unit: Option<&str>,
    blocks: &'a [Block],
    body: &mut Body,
) -> &'a [Block] {
    let number = recommendation.number.as_deref().unwrap_or(BLANK_NUMBER);
    body.restated(|body| {
        body.paragraph("Office", "", &words(unit.unwrap_or(BLANK)));
        body.paragraph("Number", "", &words(number));
        body.paragraph("Title", "", &words(&record.title));
    });
    if let [first @ Block::Paragraph { text, .. }, rest @ ..] = blocks {
        let line = first.plain();
        if line.ends_with(['：', ':']) && line.chars().count() <= 60 {
            body.paragraph("Addressee", "", text);
            return rest;
        }
    }
    let addressee = format!("{}：", recommendation.addressee.as_deref().unwrap_or(BLANK));
    body.restated(|body| body.paragraph("Addressee", "", &words(&addressee)));
    blocks
}

/// The text of a recommendation; where it is set in the seven parts, those that it lacks stand there to be filled in.
fn with_parts(blocks: &[Block], body: &mut Body) {
    let parts: Vec<(usize, Option<usize>)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block, Block::Heading(1, _)))
        .map(|(at, block)| (at, part(&block.plain())))
        .collect();
    let found: Option<Vec<usize>> = parts.iter().map(|(_, part)| *part).collect();
    let in_order = found.filter(|found| found.is_sorted_by(|one, other| one < other));
    let Some(found) = in_order.filter(|found| !found.is_empty() || blocks.is_empty()) else {
        return body.blocks(blocks);
    };
    let start = |part: usize| found.iter().position(|known| *known == part).map(|at| parts[at].0);
    body.blocks(&blocks[..parts.first().map_or(blocks.len(), |(at, _)| *at)]);
    for (number, (name, _)) in PARTS.iter().enumerate() {
        let Some(from) = start(number) else {
            let heading = format!("{}、{name}", NUMERALS[number]);
            body.restated(|body| {
                body.paragraph("Heading1", "", &words(&heading));
                body.paragraph("BodyText", "", &words(BLANK));
            });
            continue;
        };
        let next = parts.iter().map(|(at, _)| *at).find(|at| *at > from);
        body.blocks(&blocks[from..next.unwrap_or(blocks.len())]);
    }
}

/// Which of the seven parts a heading begins, by its numeral and its words.
fn part(heading: &str) -> Option<usize> {
    let at = NUMERALS
        .iter()
        .position(|numeral| heading.strip_prefix(numeral).is_some_and(|rest| rest.starts_with('、')))?;
    PARTS[at].1.iter().any(|word| heading.contains(word)).then_some(at)
}

/// How many blocks at the end sign the document: its office, its date.
fn signed(blocks: &[Block], record: &Record) -> usize {
    let is_text = |block: &Block| matches!(block, Block::Paragraph { .. }) && outline::level(&block.plain()).is_none();
    let is_office = |text: &str| record.units.iter().any(|unit| unit == text) || text.ends_with("人民检察院");
    let mut count = 0;
    for block in blocks.iter().rev().take(3) {
        let text: String = block.plain().split_whitespace().collect();
        let is_short = text.chars().count() <= 30;
        let is_date = Day::parse(&text).is_some() || is_han_date(&text);
        if !is_text(block) || !is_short || !(is_date && count == 0 || is_office(&text)) {
            break;
        }
        count += 1;
    }
    count
}

/// 二〇二四年三月五日.
fn is_han_date(text: &str) -> bool {
    let han = text
        .chars()
        .all(|character| "〇○零一二三四五六七八九十年月日".contains(character));
    han && text.ends_with('日') && text.contains('年') && text.contains('月')
}

/// Signs: as the text does itself, or with the office and the date of the record. The office stands centred above the
/// date, which ends four characters before the edge.
fn sign(record: &Record, unit: Option<&str>, own: &[Block], blanks: bool, body: &mut Body) {
    if !own.is_empty() {
        let lines: Vec<String> = own.iter().map(Block::plain).collect();
        let date = lines.last().map_or(0, |line| width(line));
        body.raw("BodyText", "", "");
        for (block, line) in own.iter().zip(&lines) {
            body.paragraph("Signature", &edge(width(line), date), block.inlines());
        }
        return;
    }
    let date = record.date.map(Day::zh).or(blanks.then(|| BLANK_DATE.to_owned()));
    let unit = unit.map(str::to_owned).or(blanks.then(|| BLANK.to_owned()));
    if let (Some(unit), Some(date)) = (unit, date) {
        body.restated(|body| signature(&unit, &date, body));
    }
}

/// The office and the date below it.
pub(super) fn signature(office: &str, date: &str, body: &mut Body) {
    let length = width(date);
    body.raw("BodyText", "", "");
    body.paragraph("Signature", &edge(width(office), length), &words(office));
    body.paragraph("Signature", &edge(length, length), &words(date));
}

/// The width of a line in half characters.
fn width(line: &str) -> usize {
    line.chars()
        .map(|character| if character.is_ascii() { 1 } else { 2 })
        .sum()
}

/// How far a line stays from the edge when it is centred above a date of this width.
fn edge(line: usize, date: usize) -> String {
    // In hundredths of a character: four characters for the date itself.
    let hundredths = (400 + 25 * date).saturating_sub(25 * line);
    format!(
        "<w:ind w:rightChars=\"{hundredths}\" w:right=\"{}\"/>",
        hundredths * 316 / 100
    )
}
