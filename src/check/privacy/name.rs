//! Full names of parties where 某 is expected: 被告人张伟, 张伟（另案处理）.

use crate::check::privacy::Finding;
use crate::check::privacy::line::Line;
use crate::check::privacy::surname::{self, Surname};
use std::ops::Range;

/// The rule's code.
pub const CODE: &str = "privacy-name";

/// Characters between a role and a name: 被告人：张伟, 被告人**张伟**.
const BETWEEN: &str = " :“\"*_(（【";
/// Characters after which no name goes on.
const ENDS: &str = ",，。、；;：:！？!?（(）)《》“”\"'‘’【】[]*_-—/…|<> \t";
/// Single characters that follow a name and stand in few of them.
const AFTER: &str =
    "系因在于对向与和及并从被是的等又也均已未曾经后时将以为犯某不至到拒称说让把给持用同即则还且各其此将该";
/// Words that follow a name.
const WORDS_AFTER: [&str; 79] = [
    "盗窃", "诈骗", "伙同", "供述", "辩解", "辩称", "认罪", "提出", "上诉", "驾驶", "进行", "利用", "通过", "故意",
    "涉嫌", "实施", "纠集", "抢劫", "抢夺", "强奸", "猥亵", "殴打", "持刀", "持有", "受贿", "行贿", "贪污", "挪用",
    "贩卖", "运输", "非法", "寻衅", "危险", "醉酒", "无证", "交通", "陈述", "报案", "死亡", "受伤", "轻伤", "重伤",
    "谅解", "出庭", "作证", "证实", "证言", "指认", "家中", "家属", "家住", "银行", "名下", "账户", "手机", "电话",
    "签名", "签订", "收到", "支付", "主动", "自动", "自首", "投案", "归案", "到案", "逃跑", "逃离", "当场", "当庭",
    "表示", "要求", "没有", "使用", "作为", "适用", "共同", "搬到", "原为",
];
/// Words that follow the names in the title of a case.
const CRIMES: &str = "等 诉 与 不服 申诉 盗窃 诈骗 抢劫 抢夺 强奸 猥亵 受贿 行贿 贪污 挪用 滥用 玩忽 徇私 故意 过失 寻衅 危险 非法 \
    交通 绑架 敲诈 走私 贩卖 运输 合同 集资 职务 开设 组织 聚众 妨害 污染 生产 销售 侵犯 虐待 遗弃 拐卖 帮助 掩饰 虚假 编造 \
    民间 买卖 离婚 租赁 劳动 机动车 违法 强制 包庇 窝藏 伪造 拒不 重大 失火 放火 投放 醉酒 袭警 案";
/// Words that make a person of a doubtful name: 于海波，男.
const PARTICULARS: [&str; 8] = ["男", "女", "又名", "曾用名", "化名", "绰号", "汉族", "出生"];

/// What tells where a name ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// What follows it.
    Sure,
    /// What follows begins with its last character, or after it: 胡榕利用.
    Either,
    /// Nothing.
    Open,
}

/// Names that follow a role, and those that are listed after the first.
pub fn after(line: &Line, at: usize, strong: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = at;
    while line
        .characters
        .get(at)
        .is_some_and(|&character| BETWEEN.contains(character))
    {
        at += 1;
    }
    while let Some((span, ending)) = name_at(line, at) {
        // The first may be followed by anything; those after it must end like names.
        if ending == Ending::Open && (!strong || !found.is_empty()) {
            break;
        }
        let next = span.end;
        found.push(Finding {
            open_ended: ending != Ending::Sure,
            ..Finding::new(CODE, span)
        });
        match line.characters.get(next) {
            Some('、' | '和' | '与' | '及') => at = next + 1,
            _ => break,
        }
    }
    found
}

/// Names with which the title of a case begins: 张伟盗窃案, 张伟、李娜诈骗案. Only a word that goes on a
/// title of a case makes names of them.
pub fn in_title(line: &Line, start: usize) -> Vec<Finding> {
    let rest = line.text(&(start..line.characters.len()));
    if !rest.contains('案') {
        return Vec::new();
    }
    let found = after(line, start, false);
    let goes_on = found.last().is_some_and(|last| {
        let after = line.text(&(last.span.end..line.characters.len()));
        CRIMES.split(' ').any(|word| after.starts_with(word))
    });
    if goes_on { found } else { Vec::new() }
}

/// The name before a bracket such as （另案处理）.
pub fn before(line: &Line, end: usize) -> Option<Finding> {
    let starts = (2..=4).rev().filter_map(|length| end.checked_sub(length));
    let fits = |&start: &usize| {
        let parted = match start.checked_sub(1).map(|at| line.characters[at]) {
            None => true,
            Some(character) => ENDS.contains(character) || "与和同及由向被对让给将把从跟找为系".contains(character),
        };
        let name = &line.characters[start..end];
        let Some(Surname::Likely(surname)) = surname::of(name) else {
            return false;
        };
        let given = &name[surname..];
        parted && (1..=2).contains(&given.len()) && given.iter().all(|&character| surname::is_given(character))
    };
    let start = starts.into_iter().find(fits)?;
    Some(Finding::new(CODE, start..end))
}

/// The name that begins at a place, and what tells that it ends where it does.
fn name_at(line: &Line, at: usize) -> Option<(Range<usize>, Ending)> {
    let rest = line.characters.get(at..)?;
    let (surname, doubtful) = match surname::of(rest) {
        Some(Surname::Likely(length)) => (length, false),
        Some(Surname::Doubtful) => (1, true),
        // A rare one, told by what follows; 小田 and 阿强 are no names.
        None if rest
            .first()
            .is_some_and(|first| surname::is_given(*first) && !"小阿老".contains(*first)) =>
        {
            (1, true)
        }
        None => return None,
    };
    // 张　伟 is set wide.
    let gap = usize::from(rest.get(surname) == Some(&' ') && rest.get(surname + 1).is_some());
    let first = surname + gap;
    if !rest.get(first).copied().is_some_and(surname::is_given) {
        return None;
    }
    let ends = |length: usize| is_end(rest, length);
    let second = gap == 0 && rest.get(first + 1).copied().is_some_and(surname::is_given);
    if doubtful {
        let length = [first + 2, first + 1]
            .into_iter()
            .find(|&length| has_particulars(rest, length))?;
        return (!is_office(rest, length)).then_some((at..at + length, Ending::Sure));
    }
    let follows = second && AFTER.contains(rest[first + 1]);
    let (length, ending) = if second && !follows && ends(first + 2) {
        let either = !is_end_of_clause(rest, first + 2) && begins_word(rest, first + 1);
        (first + 2, if either { Ending::Either } else { Ending::Sure })
    } else if ends(first + 1) {
        (first + 1, Ending::Sure)
    } else if second {
        (first + 2, Ending::Open)
    } else {
        return None;
    };
    (!is_office(rest, length)).then_some((at..at + length, ending))
}

/// Whether nothing of the sentence follows a name that is so long.
fn is_end_of_clause(rest: &[char], length: usize) -> bool {
    rest.get(length).is_none_or(|&next| ENDS.contains(next))
}

/// Whether a word that follows names begins at a place.
fn begins_word(rest: &[char], at: usize) -> bool {
    let begins = |word: &str| word.chars().zip(&rest[at..]).filter(|(a, b)| a == *b).count() == word.chars().count();
    WORDS_AFTER.iter().copied().chain(CRIMES.split(' ')).any(begins)
}

/// Whether a name that is so long is followed by what follows names.
fn is_end(rest: &[char], length: usize) -> bool {
    let Some(&next) = rest.get(length) else { return true };
    ENDS.contains(next) || AFTER.contains(next) || next.is_ascii_digit() || begins_word(rest, length)
}

fn has_particulars(rest: &[char], length: usize) -> bool {
    let given = rest.get(1..length).unwrap_or_default();
    let tail: String = rest.get(length..).unwrap_or_default().iter().take(4).collect();
    let told = tail.strip_prefix([',', '，', '(', '（', '、']).unwrap_or_default();
    !given.is_empty()
        && given.iter().all(|&character| surname::is_given(character))
        && PARTICULARS.iter().any(|word| told.starts_with(word))
}

/// Whether what looks like a name is an office, a firm, a place or masked: 张某, 江苏某公司, 石林县.
fn is_office(rest: &[char], length: usize) -> bool {
    const TAILS: [&str; 17] = [
        "公司",
        "集团",
        "县",
        "市",
        "省",
        "区",
        "镇",
        "乡",
        "村",
        "厂",
        "局",
        "银行",
        "商店",
        "超市",
        "酒店",
        "律师",
        "合作社",
    ];
    let masked = rest
        .iter()
        .take(length + 1)
        .any(|character| "某×XＸ*甲乙丙丁氏".contains(*character));
    // 许某甲 is masked, and so is 郑一庚（化名）.
    let aside: String = rest.iter().skip(length).take(3).collect();
    let named = |at: usize| {
        let text: String = rest.iter().skip(at).take(3).collect();
        TAILS.iter().any(|office| text.starts_with(office))
    };
    masked
        || aside.ends_with("化名")
        || (1..length + 3)
            .take_while(|&at| rest.get(at).is_some_and(|&it| surname::is_given(it)))
            .any(named)
}
