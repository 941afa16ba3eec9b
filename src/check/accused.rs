//! Who is accused in a case by the words of its titles: 李某 of 李某盗窃案. What a text says of his age after his name it
//! says of him, without any word for his role.

use crate::check::bare::bare;
use crate::check::privacy;
use crate::reading::{Reading, What};

/// Crimes, as they follow the names in a title.
const CRIMES: &str = "盗窃 抢劫 抢夺 诈骗 敲诈 故意 过失 寻衅 聚众 强奸 猥亵 贩卖 运输 走私 制造 贩毒 放火 失火 爆炸 投放 交通肇事 危险驾驶 醉酒 \
    帮助信息 帮信 掩饰 开设 赌博 拘禁 非法 绑架 强迫 毁坏 破坏 伪造 涉嫌 侵犯公民 组织 妨害 袭警 容留 介绍 引诱 传播 制作 窝藏 包庇 招摇 \
    侮辱 诽谤 职务侵占 挪用 受贿 行贿 合同诈骗 信用卡 电信 持有 参加 虐待 遗弃 不起诉 相对不起诉 犯罪 拐卖 编造 盗掘 盗伐 滥伐 猎捕";
/// Characters of a name at most.
const LONGEST_NAME: usize = 4;
/// Characters after a name in which something is said of its bearer.
const REACH: usize = 40;
/// Words that begin to speak of someone else, or before a name make him one.
const OTHERS: [&str; 24] = [
    "被害", "受害", "证人", "监护", "明知", "女友", "男友", "之子", "之女", "儿子", "女儿", "妻子", "弟弟", "妹妹",
    "幼女", "女童", "男童", "儿童", "少女", "女孩", "男孩", "同学", "对方", "他人",
];
/// What follows a name that belongs to somebody else: 李某甲, 李某的儿子.
const OF_OTHERS: &str = "某×甲乙丙丁戊己庚的之";

/// The names that stand before a crime in the titles of a case and of its parts.
pub(super) fn by_title(reading: &Reading) -> Vec<String> {
    let titles = reading
        .passages
        .iter()
        .filter(|passage| matches!(passage.what, What::Title | What::Heading(_)));
    let mut names: Vec<String> = titles
        .flat_map(|passage| of_title(&bare(passage.text.text())))
        .collect();
    names.sort();
    names.dedup();
    names
}

fn of_title(title: &str) -> Vec<String> {
    let crime = CRIMES.split_whitespace().filter_map(|crime| title.find(crime)).min();
    let Some(before) = crime.filter(|_| title.contains('案')).map(|at| &title[..at]) else {
        return Vec::new();
    };
    let before = before.rsplit([':', '-', '—', '(']).next().unwrap_or_default();
    let before = before.strip_prefix("关于").unwrap_or(before);
    // 李某等三人
    let before = before.split('等').next().unwrap_or_default();
    before.split(['、', '和', '与', '及', ',']).filter_map(name).collect()
}

/// The name with which a part of a title ends: 李某甲 of 被告人李某甲.
fn name(part: &str) -> Option<String> {
    let all: Vec<char> = part.chars().collect();
    let masked = all
        .iter()
        .position(|&it| it == '某' || it == '×')
        .and_then(|at| all.get(at.checked_sub(1)?..));
    let name = match masked {
        Some(name)
            if name[2..]
                .iter()
                .all(|it| it.is_ascii_digit() || OF_OTHERS.contains(*it)) =>
        {
            name
        }
        Some(_) => return None,
        None => &all[..],
    };
    let called = masked.is_some() || matches!(name, ['小' | '阿', _]) || privacy::may_be_name(name);
    ((2..=LONGEST_NAME).contains(&name.len()) && called).then(|| name.iter().collect())
}

/// What follows each place of the names, up to where it speaks of someone else.
pub(super) fn clauses<'t>(text: &'t str, names: &[String]) -> Vec<&'t str> {
    let places = names.iter().flat_map(|name| {
        text.match_indices(name.as_str())
            .map(|(at, name)| (at, at + name.len()))
    });
    let of_accused = places.filter(|&(start, end)| {
        let ends = |other: &&str| {
            text[..start].ends_with(*other) || text[..start].strip_suffix('人').is_some_and(|it| it.ends_with(*other))
        };
        !OTHERS.iter().any(ends) && !text[end..].starts_with(|it| OF_OTHERS.contains(it))
    });
    of_accused.map(|(_, end)| clause(&text[end..])).collect()
}

fn clause(rest: &str) -> &str {
    let end = rest.char_indices().nth(REACH).map_or(rest.len(), |(end, _)| end);
    let rest = past_listed(&rest[..end]);
    let other = OTHERS.iter().filter_map(|other| rest.find(other)).min();
    let masked = rest.find('某');
    let end = [other, masked].into_iter().flatten().min().unwrap_or(rest.len());
    &rest[..end]
}

/// The text past the names that are listed after one: 均系未成年人 of 、王某、赵某某均系未成年人.
fn past_listed(mut rest: &str) -> &str {
    while let Some(next) = rest.strip_prefix(['、', '和', '与', '及']) {
        let Some((at, sign)) = next
            .char_indices()
            .find(|(_, it)| *it == '某')
            .filter(|(at, _)| next[..*at].chars().count() <= 2)
        else {
            break;
        };
        rest =
            next[at + sign.len_utf8()..].trim_start_matches(|it: char| OF_OTHERS.contains(it) || it.is_ascii_digit());
    }
    rest
}
