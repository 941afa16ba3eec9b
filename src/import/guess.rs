//! What the head and the foot of a document say of it: title, unit, date, 文号, addressee.

use super::block::Block;
use crate::author::day;
use crate::corpus::Source;
use crate::record::date::{Day, Precision};
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
    /// The kind.
    pub kind: Kind,
    /// Whether the author said so.
    pub kind_is_sure: bool,
    /// The title.
    pub title: String,
    /// The date.
    pub date: Option<Day>,
    /// The unit.
    pub unit: Option<String>,
    /// Its department, where the text names it after the unit.
    pub department: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The 文号 or the number of a guiding case.
    pub number: Option<String>,
    /// The addressee of a recommendation.
    pub addressee: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
}

/// Guesses, and takes out of the blocks what the front matter says from now on: title, 文号, keywords.
pub(super) fn take(blocks: &mut Vec<Block>, name: &str, kind: Option<Kind>) -> Guess {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).trim();
    let head = head(blocks);
    let (title, used) = title(blocks, head).unwrap_or_else(|| (stem.to_owned(), Vec::new()));
    let title = if title.chars().count() <= LONGEST_TITLE {
        title
    } else {
        stem.to_owned()
    };
    let number = number(blocks, &title);
    let authors = after(blocks, &["作者：", "作者:", "执笔：", "执笔人：", "撰稿：", "撰写："]);
    let summary = after(blocks, &["摘要：", "内容摘要：", "【摘要】", "[摘要]", "摘 要："]);
    let tags = after(blocks, &["关键词：", "【关键词】", "[关键词]", "关键字："]);
    let (unit, department) = unit(blocks, head).map_or((None, None), |name| parted(&name));
    let guess = Guess {
        kind: kind.unwrap_or_else(|| kind_of(&title)),
        kind_is_sure: kind.is_some(),
        date: date(blocks).or_else(|| of_name::date_in(stem)),
        unit,
        department,
        authors: authors.as_ref().map(|(text, _)| people(text)).unwrap_or_default(),
        summary: summary.as_ref().map(|(text, _)| text.clone()),
        tags: tags.as_ref().map(|(text, _)| words(text)).unwrap_or_default(),
        addressee: addressee(blocks),
        number: number.as_ref().map(|(number, _)| number.clone()),
        title,
    };
    let mut taken = used;
    taken.extend(number.and_then(|(_, at)| at));
    taken.extend([summary, tags, authors].into_iter().flatten().map(|(_, at)| at));
    // At the head of a page: the office's own line, the date. At the foot they are a signature.
    let said = |text: &str| {
        let after_unit = guess.unit.as_deref().and_then(|unit| text.strip_prefix(unit));
        let of_unit = after_unit
            .is_some_and(|rest| rest.is_empty() || GROUPS.contains(&rest) || guess.department.as_deref() == Some(rest));
        of_unit || whole_date(text).is_some_and(|date| Some(date) == guess.date)
    };
    taken.extend((0..head).filter(|&at| said(&blocks[at].plain())));
    let mut at = 0;
    blocks.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
    guess
}

/// What a document says itself, where it has a front matter: nothing is guessed.
pub(super) fn of_record(record: &Record, source: &Source, kind: Option<Kind>) -> Guess {
    let stated = record.key_lines.get("kind").is_some();
    let number = match &record.detail {
        Detail::Case(case) => case.number.clone(),
        Detail::Recommendation(recommendation) => recommendation.number.clone(),
        Detail::Report(_) | Detail::Topic(_) => None,
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
            kind.unwrap_or_else(|| kind_of(&record.title))
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
        let numbered = super::outline::level(&text).is_some();
        !sentence && !numbered && !matches!(block, Block::Table(_) | Block::Item { .. })
    };
    blocks.iter().take(HEAD).take_while(is_head).count()
}

/// The title and the blocks that it stands in.
fn title(blocks: &[Block], head: usize) -> Option<(String, Vec<usize>)> {
    let told = blocks
        .iter()
        .take(HEAD)
        .position(|block| matches!(block, Block::Title(_)));
    if let Some(at) = told {
        return Some((one_line(&blocks[at].plain()), vec![at]));
    }
    let candidates: Vec<usize> = (0..head).filter(|&at| is_title_like(&blocks[at].plain())).collect();
    let heading = candidates
        .iter()
        .copied()
        .find(|&at| matches!(blocks[at], Block::Heading(1, _)));
    let best = |&at: &usize| {
        let text = blocks[at].plain();
        let about = usize::from(text.starts_with("关于")) * 100;
        let word = usize::from(TITLES.iter().any(|word| text.contains(word))) * 50;
        (about + word + text.chars().count().min(40), std::cmp::Reverse(at))
    };
    let at = heading.or_else(|| candidates.iter().copied().max_by_key(best))?;
    let mut text = one_line(&blocks[at].plain());
    let mut used = vec![at];
    // A long title goes on in the next line: 关于……情况的 / 调研报告; 检察建议书 is a line of its own.
    while let Some(next) = used
        .last()
        .map(|last| last + 1)
        .filter(|next| candidates.contains(next))
    {
        let more = one_line(&blocks[next].plain());
        let unfinished =
            text.ends_with(['的', '、', '与', '和', '及']) || TITLES.iter().all(|word| !text.ends_with(word));
        let subtitle = more.starts_with(['—', '－', '-', '（', '(']);
        if !(unfinished || subtitle) || text.chars().count() + more.chars().count() > LONGEST_TITLE {
            break;
        }
        text += &more;
        used.push(next);
    }
    Some((text, used))
}

fn is_title_like(text: &str) -> bool {
    let date = whole_date(text).is_some();
    let office = OFFICES.iter().any(|office| text.ends_with(office)) && !text.starts_with("关于");
    let person = text.starts_with("作者") || text.starts_with("执笔") || text.chars().count() < 3;
    let grade = ["特急", "加急", "内部资料", "机密", "秘密"]
        .iter()
        .any(|word| text.starts_with(word));
    !text.is_empty() && !date && !office && !person && !grade && !is_number(text)
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

fn kind_of(title: &str) -> Kind {
    let core = title
        .trim_end_matches(['）', ')'])
        .split(['（', '('])
        .next()
        .unwrap_or_default();
    if title.contains("检察建议书") || core.ends_with("检察建议") {
        Kind::Recommendation
    } else if core.ends_with('案') || case_number(title).is_some() {
        Kind::Case
    } else if core.ends_with("课题") || core.ends_with("立项书") || core.ends_with("申报书") {
        Kind::Topic
    } else {
        Kind::Report
    }
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
        .find_map(|block| whole_date(&block.plain()))
}

/// A text that is a date and nothing else.
fn whole_date(text: &str) -> Option<Day> {
    let text: String = text.split_whitespace().collect();
    let text = text.trim_matches(['（', '）', '(', ')']);
    if text.chars().count() > 14 {
        return None;
    }
    let day = Day::parse(text).or_else(|| day(text))?;
    (day.precision > Precision::Year).then_some(day)
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
        .find(|&at| whole_date(&blocks[at].plain()).is_some());
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

/// What follows one of these words at the start of a block of the head or the foot, and which block.
fn after(blocks: &[Block], words: &[&str]) -> Option<(String, usize)> {
    let foot = blocks.len().saturating_sub(FOOT)..blocks.len();
    (0..blocks.len().min(HEAD)).chain(foot).find_map(|at| {
        let text = blocks[at].plain();
        let rest = words.iter().find_map(|word| text.strip_prefix(word))?.trim();
        (!rest.is_empty()).then(|| (rest.split_whitespace().collect::<Vec<_>>().join(" "), at))
    })
}

fn people(text: &str) -> Vec<String> {
    let names = text.split(['、', '，', ',', '；', ';', ' ']).map(str::trim);
    names
        .filter(|name| (2..=20).contains(&name.chars().count()))
        .map(str::to_owned)
        .collect()
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
mod tests {
    use super::*;
    use crate::import::block::Inline;

    fn guessed(lines: &[&str]) -> (Guess, Vec<String>) {
        let mut blocks: Vec<Block> = lines
            .iter()
            .map(|line| Block::paragraph(vec![Inline::text(*line)]))
            .collect();
        let guess = take(&mut blocks, "扫描件2024.docx", None);
        (guess, texts(&blocks))
    }

    #[test]
    fn a_recommendation_is_read_from_its_head_and_foot() {
        let (guess, left) = guessed(&[
            "澄溪县人民检察院",
            "检 察 建 议 书",
            "澄检建[2024]第06号",
            "澄溪县民政局：",
            "我院在履职中发现问题。",
            "澄溪县人民检察院",
            "二〇二四年三月五日",
        ]);
        assert_eq!((guess.kind, guess.title.as_str()), (Kind::Recommendation, "检察建议书"));
        assert_eq!(guess.number.as_deref(), Some("澄检建〔2024〕6号"));
        assert_eq!(guess.addressee.as_deref(), Some("澄溪县民政局"));
        assert_eq!(guess.unit.as_deref(), Some("澄溪县人民检察院"));
        assert_eq!(guess.date.map(|day| day.to_string()).as_deref(), Some("2024-03-05"));
        assert_eq!(
            left,
            [
                "澄溪县民政局：",
                "我院在履职中发现问题。",
                "澄溪县人民检察院",
                "二〇二四年三月五日"
            ]
        );
    }

    #[test]
    fn a_title_of_two_lines_is_one() {
        let (guess, left) = guessed(&[
            "关于澄溪县未成年人文身情况的",
            "调研报告",
            "未成年人检察办公室",
            "（2024年3月）",
            "摘要：问卷一千二百份。",
            "关键词：文身；未成年人 治理",
            "一、基本情况",
        ]);
        assert_eq!(guess.title, "关于澄溪县未成年人文身情况的调研报告");
        assert_eq!(guess.kind, Kind::Report);
        assert_eq!(guess.date.map(|day| day.to_string()).as_deref(), Some("2024-03"));
        assert_eq!(guess.unit.as_deref(), Some("未成年人检察办公室"));
        assert_eq!(guess.summary.as_deref(), Some("问卷一千二百份。"));
        assert_eq!(guess.tags, ["文身", "未成年人", "治理"]);
        assert_eq!(left, ["一、基本情况"]);
    }

    #[test]
    fn a_department_after_its_unit_is_one_of_its_own() {
        let (guess, left) = guessed(&["关于采砂的调研报告", "澄溪县人民检察院第六检察部", "一、基本情况"]);
        assert_eq!(guess.unit.as_deref(), Some("澄溪县人民检察院"));
        assert_eq!(guess.department.as_deref(), Some("第六检察部"));
        assert_eq!(left, ["一、基本情况"]);
    }

    #[test]
    fn the_name_of_the_file_helps_where_the_text_says_nothing() {
        let (guess, _) = guessed(&["这是一段没有标题的正文，说明情况。"]);
        assert_eq!(
            (guess.title.as_str(), guess.date.map(|day| day.to_string())),
            ("扫描件2024", Some("2024".into()))
        );
    }
}
