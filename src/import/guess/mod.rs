//! What the head and the foot of a document say of it: title, unit, date, 文号, addressee.
//!
//! `title` chooses the lines of the title, `people` reads names and `when` dates.

mod people;
mod title;
mod when;

use crate::corpus::Source;
use crate::office::Place;
use crate::office::block::{Block, Document, Inline};
use crate::office::outline;
use crate::record::date::Day;
use crate::record::number::{case_number, document_number, has_other_brackets};
use crate::record::{Detail, Kind, Record, guess as of_name};

/// Blocks of the head that are looked at, and of the foot.
const HEAD: usize = 14;
const FOOT: usize = 8;
/// Characters of a title at most.
const LONGEST_TITLE: usize = 80;
/// Ends of the names of offices.
const OFFICES: [&str; 16] = [
    "人民检察院",
    "检察院",
    "人民法院",
    "委员会",
    "人民政府",
    "政府",
    "局",
    "办公室",
    "研究室",
    "检察部",
    "政治部",
    "公司",
    "中心",
    "学校",
    "大学",
    "课题组",
];
/// Words of which a title has one.
const TITLES: [&str; 22] = [
    "报告",
    "建议书",
    "调研",
    "研究",
    "分析",
    "情况",
    "案",
    "意见",
    "办法",
    "方案",
    "通知",
    "纪要",
    "总结",
    "思考",
    "路径",
    "调查",
    "探析",
    "评估",
    "课题",
    "讲稿",
    "问题",
    "建议",
];

/// What was guessed; every part is to be confirmed by the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    pub kind: Kind,
    /// Whether the author said so.
    pub kind_is_sure: bool,
    pub title: String,
    pub date: Option<Day>,
    pub unit: Option<String>,
    /// Its department, where the text names it after the unit.
    pub department: Option<String>,
    pub authors: Vec<String>,
    /// The 文号 or the number of a guiding case.
    pub number: Option<String>,
    /// The addressee of a recommendation.
    pub addressee: Option<String>,
    pub summary: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
}

/// Guesses, and takes out of the blocks what the front matter says from now on: title, 文号, keywords.
pub(super) fn take(document: &mut Document, name: &str, kind: Option<Kind>) -> Guess {
    let blocks = &mut document.blocks;
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).trim();
    let head = head(blocks);
    let (title, used) = title::find(blocks, head).unwrap_or_else(|| (stem.to_owned(), Vec::new()));
    let number = number(blocks, &title);
    let authors = after(
        blocks,
        &[
            "作者",
            "执笔人",
            "执笔",
            "撰稿人",
            "撰稿",
            "撰写",
            "课题组成员",
            "课题主持人",
            "课题负责人",
        ],
    );
    // A line of names below the title is its authors.
    let leads = |block: &Block| {
        block
            .inlines()
            .iter()
            .any(|inline| matches!(inline, Inline::Link { .. }))
    };
    let named = (0..head).find(|at| {
        let below = used.iter().any(|of_title| of_title < at);
        below && !leads(&blocks[*at]) && people::are_names(&blocks[*at].plain())
    });
    let authors = authors.or_else(|| named.map(|at| (blocks[at].plain(), at)));
    let summary = after(blocks, &["摘要", "内容摘要", "内容提要", "提要"]);
    let tags = after(blocks, &["关键词", "关键字"]);
    let (unit, department) = unit(blocks, head).map_or((None, None), |name| parted(&name));
    let of_header = document.aside.iter().filter(|line| line.place == Place::Header);
    let of_header = of_header.map(|line| &line.text).find(|text| is_number(text));
    let guess = Guess {
        kind: kind.unwrap_or_else(|| kind_of(name, &title, &plain(blocks))),
        kind_is_sure: kind.is_some(),
        date: date(blocks).or_else(|| of_name::date_in(stem)),
        unit,
        department,
        authors: authors
            .as_ref()
            .map(|(text, _)| people::names(text))
            .unwrap_or_default(),
        summary: summary.as_ref().map(|(text, _)| text.clone()),
        tags: tags.as_ref().map(|(text, _)| words(text)).unwrap_or_default(),
        addressee: addressee(blocks),
        number: number
            .as_ref()
            .map(|(number, _)| number.clone())
            .or_else(|| of_header.map(|text| document_number(&text.split_whitespace().collect::<String>()))),
        title,
    };
    let mut taken = used;
    // Other kinds have no key for it: then it stays in the text.
    let keeps_number = matches!(guess.kind, Kind::Case | Kind::Recommendation);
    taken.extend(number.filter(|_| keeps_number).and_then(|(_, at)| at));
    taken.extend([summary, tags, authors].into_iter().flatten().map(|(_, at)| at));
    // At the head of a page: the office's own line, the date. At the foot they are a signature.
    let said = |text: &str| {
        let after_unit = guess.unit.as_deref().and_then(|unit| text.strip_prefix(unit));
        let of_unit = after_unit
            .is_some_and(|rest| rest.is_empty() || GROUPS.contains(&rest) || guess.department.as_deref() == Some(rest));
        of_unit || when::whole_date(text).is_some_and(|date| Some(date) == guess.date)
    };
    taken.extend((0..head).filter(|&at| said(&blocks[at].plain())));
    let mut kept = Vec::new();
    for (at, block) in std::mem::take(blocks).into_iter().enumerate() {
        if taken.contains(&at) {
            kept.extend(left(&block));
        } else {
            kept.push(block);
        }
    }
    *blocks = kept;
    guess
}

/// What no line of the front matter can say of a block that goes there: its pictures and notes.
fn left(block: &Block) -> Option<Block> {
    let is_left = |inline: &&Inline| matches!(inline, Inline::Note(_) | Inline::Picture { .. });
    let mut inlines: Vec<Inline> = block.inlines().iter().filter(is_left).cloned().collect();
    if let Some(first) = inlines.iter().position(|inline| matches!(inline, Inline::Note(_))) {
        inlines.insert(first, Inline::text("题注"));
    }
    (!inlines.is_empty()).then(|| Block::paragraph(inlines))
}

/// What a document says itself, where it has a front matter: nothing is guessed.
pub(super) fn of_record(record: &Record, source: &Source, kind: Option<Kind>) -> Guess {
    let stated = record.key_lines.get("kind").is_some();
    let number = match &record.detail {
        Detail::Case(case) => case.number.clone(),
        Detail::Recommendation(recommendation) => recommendation.number.clone(),
        Detail::Report(_) | Detail::Topic(_) | Detail::Law(_) => None,
    };
    let addressee = match &record.detail {
        Detail::Recommendation(recommendation) => recommendation.addressee.clone(),
        _ => None,
    };
    let name = |author: &crate::record::Author| match author.role {
        Some(role) => format!("{}（{}）", author.name, role.zh()),
        None => author.name.clone(),
    };
    Guess {
        kind: if stated {
            record.kind
        } else {
            kind.unwrap_or_else(|| kind_of(&source.id, &record.title, source.body_text()))
        },
        kind_is_sure: stated || kind.is_some(),
        title: record.title.clone(),
        date: record.date.or_else(|| of_name::date_in(&source.id)),
        unit: record.units.first().cloned(),
        department: record.departments.first().cloned(),
        authors: record.authors.iter().map(name).collect(),
        number,
        addressee,
        summary: record.summary.clone(),
        tags: record.tags.clone(),
    }
}

/// Number of blocks before the text itself: short ones, none of which is a sentence.
fn head(blocks: &[Block]) -> usize {
    let is_head = |block: &&Block| {
        let text = block.plain();
        let sentence =
            text.ends_with(['。', '；', '：', ':']) || text.contains('。') || text.chars().count() > LONGEST_TITLE;
        let numbered = outline::level(&text).is_some();
        (!sentence || title::is_labelled(&text)) && !numbered && !matches!(block, Block::Table(_) | Block::Item { .. })
    };
    blocks.iter().take(HEAD).take_while(is_head).count()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().fold(String::new(), |mut out, part| {
        // 调　研　报　告 is set wide; words of Latin letters keep their spaces.
        let latin = |end: Option<char>| end.is_some_and(|character| character.is_ascii_alphanumeric());
        if latin(out.chars().next_back()) && latin(part.chars().next()) {
            out.push(' ');
        }
        out + part
    })
}

/// The text of blocks, a line each.
fn plain(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.plain() + "\n").collect()
}

/// The kind that a text is like, else that of the folder that its file lies in.
fn kind_of(path: &str, title: &str, text: &str) -> Kind {
    let mut folders = path.split(['/', '\\']).rev().skip(1);
    let by_text = of_name::kind_of_text(title, text);
    by_text
        .or_else(|| folders.find_map(of_name::kind_of_folder))
        .unwrap_or(Kind::Report)
}

fn is_number(text: &str) -> bool {
    let text: String = text.split_whitespace().collect();
    let canonical = document_number(&text);
    text.chars().count() <= 30
        && canonical.contains('〔')
        && (canonical == text || has_other_brackets(&text))
        && canonical.ends_with('号')
}

/// The 文号 with its block, or the number of a guiding case in the title.
fn number(blocks: &[Block], title: &str) -> Option<(String, Option<usize>)> {
    let line = blocks.iter().take(HEAD).position(|block| is_number(&block.plain()));
    if let Some(at) = line {
        let text: String = blocks[at].plain().split_whitespace().collect();
        return Some((document_number(&text), Some(at)));
    }
    case_number(title).map(|number| (number, None))
}

/// The date at the foot, else in brackets or alone at the head.
fn date(blocks: &[Block]) -> Option<Day> {
    let foot = blocks.iter().rev().take(FOOT);
    foot.chain(blocks.iter().take(HEAD))
        .find_map(|block| when::whole_date(&block.plain()))
}

/// What a group that writes for its office is called after it.
const GROUPS: [&str; 4] = ["课题组", "调研组", "联合课题组", "联合调研组"];

/// The office that signs before the date, else the one at the head.
fn unit(blocks: &[Block], head: usize) -> Option<String> {
    let office = |text: &str| {
        let text = one_line(text);
        // A group writes for its office.
        let text = GROUPS
            .iter()
            .filter_map(|group| text.strip_suffix(group))
            .filter(|office| OFFICES.iter().any(|ending| office.ends_with(ending)))
            .min_by_key(|office| office.len())
            .map_or_else(|| text.clone(), str::to_owned);
        (OFFICES.iter().any(|office| text.ends_with(office))
            && text.chars().count() <= 40
            && !text.contains(['。', '，']))
        .then_some(text)
    };
    let foot = blocks.len().saturating_sub(FOOT);
    let dated = (foot..blocks.len())
        .rev()
        .find(|&at| when::whole_date(&blocks[at].plain()).is_some());
    let signed = dated
        .and_then(|at| at.checked_sub(1))
        .and_then(|at| office(&blocks[at].plain()));
    signed.or_else(|| blocks.iter().take(head).find_map(|block| office(&block.plain())))
}

/// 澄溪县人民检察院第一检察部 is a unit and its department.
fn parted(name: &str) -> (Option<String>, Option<String>) {
    const OFFICE: &str = "检察院";
    let end = name.find(OFFICE).map_or(name.len(), |at| at + OFFICE.len());
    let (unit, department) = name.split_at(end);
    (
        Some(unit.to_owned()),
        (!department.is_empty()).then(|| department.to_owned()),
    )
}

/// 澄溪县民政局： on a line of its own.
fn addressee(blocks: &[Block]) -> Option<String> {
    blocks.iter().take(HEAD).find_map(|block| {
        let text = block.plain();
        let name = text.strip_suffix(['：', ':'])?.trim();
        let office = OFFICES.iter().any(|office| name.ends_with(office));
        (office && name.chars().count() <= 40).then(|| name.to_owned())
    })
}

/// What follows one of these words at the start of a block of the head or the foot, and which block. The word may be
/// set wide, in brackets, and with what it names in brackets behind it: 执笔人（第一检察部）：.
fn after(blocks: &[Block], words: &[&str]) -> Option<(String, usize)> {
    let foot = blocks.len().saturating_sub(FOOT)..blocks.len();
    (0..blocks.len().min(HEAD)).chain(foot).find_map(|at| {
        let text = blocks[at].plain();
        let end = text.find(['：', ':', '】', ']'])?;
        let (label, rest) = text.split_at(end);
        let label: String = label.split_whitespace().collect();
        let label = label.trim_start_matches(['【', '[']);
        let rest = rest.trim_start_matches(['：', ':', '】', ']']).trim();
        let known = words.contains(&label) && !rest.is_empty();
        known.then(|| (rest.split_whitespace().collect::<Vec<_>>().join(" "), at))
    })
}

fn words(text: &str) -> Vec<String> {
    let words = text
        .split(['；', ';', '，', ',', '、', ' '])
        .map(|word| word.trim().trim_end_matches('。'));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The text of a block without markup, for tests of other modules.
#[cfg(test)]
pub(super) fn texts(blocks: &[Block]) -> Vec<String> {
    blocks.iter().map(Block::plain).collect()
}

#[cfg(test)]
mod heads;

#[cfg(test)]
mod tests;
