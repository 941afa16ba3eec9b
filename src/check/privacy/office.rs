//! What looks like a name and is an office, a firm, a place, or masked.

use super::{evidence, surname};

/// What people are called after their surname alone.
const TITLES: &str = "老师 先生 女士 小姐 医生 同志 法官 检察官 警官 主任 经理";

/// Whether what looks like a name is an office, a firm, a place or masked: 张某, 江苏某公司, 石林县.
pub(super) fn is_one(rest: &[char], length: usize) -> bool {
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
    let mut signs = rest.iter().take(length + 1).enumerate();
    let masked = signs.any(|(at, sign)| "某×XＸ*氏".contains(*sign) && !(at == length && is_star_behind(rest, length)));
    // 江苏籍，汉族
    let origin = rest.get(length - 1) == Some(&'籍');
    let masked = masked || origin || is_lettered(rest, length);
    // 许某甲 is masked, and so is 郑一庚（化名）, with the signs of emphasis that is none, too.
    let behind = rest.iter().skip(length).filter(|sign| !"*_ ".contains(**sign));
    let aside: String = behind.take(4).collect();
    let named = |at: usize| {
        let text: String = rest.iter().skip(at).take(3).collect();
        TAILS.iter().any(|office| text.starts_with(office))
    };
    // 张伟诉某局案: what begins another word is not an office of his.
    let reach = if rest.get(length) == Some(&'诉') {
        length
    } else {
        length + 3
    };
    // 陈老师 is called by what he is.
    let titled = TITLES.split_whitespace().any(|title| evidence::begins(rest, 1, title));
    masked
        || titled
        || aside.starts_with("(化名)")
        || (1..reach)
            .take_while(|&at| rest.get(at).is_some_and(|&it| surname::is_given(it)))
            .any(named)
}

/// Whether the star behind a name is none of a mask: it follows a full name (张建国*), or belongs to emphasis that is none
/// (张伟**，男**，1985年).
fn is_star_behind(rest: &[char], length: usize) -> bool {
    const FULL: usize = 3;
    const REACH: usize = 12;
    let behind = rest.get(length..).unwrap_or_default();
    let run = behind.iter().take_while(|it| **it == '*').count();
    let emphasised: Vec<char> = behind[run..]
        .iter()
        .take(REACH)
        .take_while(|it| **it != '*')
        .copied()
        .collect();
    let closed = behind.get(run + emphasised.len()) == Some(&'*');
    let letters = emphasised.iter().filter(|it| it.is_alphanumeric()).count();
    run > 0 && (length >= FULL || closed && (letters <= 1 || emphasised.first() == Some(&'(')))
}

/// Whether a letter of the ten stems stands in the place of a given name: 张甲, but not 胡甲武.
fn is_lettered(rest: &[char], length: usize) -> bool {
    let is_letter = |it: &char| "甲乙丙丁".contains(*it);
    match rest.get(1..length) {
        Some([first, last]) if is_letter(first) && surname::is_usual(&[*last]) => false,
        _ => rest.iter().take(length + 1).any(is_letter),
    }
}
