//! Personal data found by its shape or after a cue: e-mail, plates, WeChat and QQ.

use crate::check::privacy::Finding;
use crate::check::privacy::email;
use crate::check::privacy::form::{Form, SEPARATORS};
use std::ops::Range;

/// Short names of the provinces, as plates begin.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Characters with which the name of a service begins.
const BEGIN_SERVICE: &str = "微薇VvWwQq扣企支抖快钉陌";
/// Services whose names are words of their own: a sign or a noun must say that an account follows.
const WORDY: [&str; 9] = ["vx", "wx", "支付宝", "抖音", "快手", "微博", "钉钉", "陌陌", "企鹅"];
/// Those whose accounts are digits.
const IN_DIGITS: [&str; 4] = ["qq群", "qq", "扣扣", "企鹅"];
/// Words before a plate.
const VEHICLES: [&str; 7] = ["车牌", "号牌", "牌照", "车辆", "轿车", "驾驶", "车号"];
/// Finds what is not a mere number.
pub fn find(form: &Form) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut keep = |code, span: Option<Range<usize>>| found.extend(span.map(|span| Finding::new(code, span)));
    for at in 0..form.characters.len() {
        match form.characters[at] {
            '@' => keep("privacy-email", email::around(form, at)),
            '箱' | 'l' => keep("privacy-email", email::spelled(form, at + 1)),
            character if BEGIN_SERVICE.contains(character) => {
                accounts(form, at)
                    .into_iter()
                    .for_each(|span| keep("privacy-account", Some(span)));
            }
            character if PROVINCES.contains(character) => keep("privacy-plate", plate(form, at)),
            _ => {}
        }
    }
    found
}

/// End of the characters from `at` on for which the test holds.
pub(super) fn end_of(form: &Form, at: usize, test: impl Fn(char) -> bool) -> usize {
    at + form.characters[at..]
        .iter()
        .take_while(|&&character| test(character))
        .count()
}

/// A number plate: province, letter, and five characters, six for electric cars; of the armed police WJ, province and five.
fn plate(form: &Form, at: usize) -> Option<Range<usize>> {
    // Nobody writes small letters but where he speaks of a car.
    let told = || form.has_before(at, 10, &VEHICLES);
    let is_letter = |character: char| {
        let capital = character.to_ascii_uppercase();
        capital.is_ascii_uppercase() && !matches!(capital, 'I' | 'O') && (capital == character || told())
    };
    let armed = form.before(at) == Some('J') && at > 1 && form.at(at - 2) == Some('W');
    let gap = usize::from(form.at(at + 1).is_some_and(|sign| " ·-".contains(sign)));
    let letter = at + 1 + gap;
    if !armed && !form.at(letter).is_some_and(is_letter) {
        return None;
    }
    let letter = if armed { letter - 1 } else { letter };
    let signs = form.characters[letter + 1..]
        .iter()
        .take(2)
        .take_while(|&&it| SEPARATORS.contains(it))
        .count();
    let start = letter + 1 + signs;
    let end = end_of(form, start, |character| {
        character.is_ascii_digit() || is_letter(character)
    });
    let tail = &form.characters[start.min(end)..end];
    let digits = tail.iter().filter(|character| character.is_ascii_digit()).count();
    let special = form
        .characters
        .get(end)
        .is_some_and(|&character| "挂学警港澳".contains(character));
    let complete = match tail.len() {
        4 => special && digits >= 3,
        5 => digits >= 3,
        6 => digits >= 5 && (tail[0].is_ascii_alphabetic() || tail[5].is_ascii_alphabetic()),
        _ => false,
    };
    let goes_on = form.characters.get(end).is_some_and(char::is_ascii_alphanumeric);
    (complete && !goes_on).then_some(at..end + usize::from(tail.len() == 4))
}

/// What follows 微信, WeChat or QQ: 微信号：abc_123, QQ 123456, and those that are listed after the first.
fn accounts(form: &Form, at: usize) -> Vec<Range<usize>> {
    let Some((cue, from)) = cue_at(form, at) else {
        return Vec::new();
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut next = from;
    while let Some(span) = account(form, cue, next) {
        next = end_of(form, span.end, |it| " /,;、，；|和及".contains(it));
        let listed = next > span.end;
        found.push(span);
        if !listed {
            break;
        }
    }
    found
}

/// The cue that begins at a place.
#[derive(Debug, Clone, Copy)]
struct Cue {
    is_qq: bool,
    /// Whether the service's name is a word of its own, and nothing says that it is meant.
    vague: bool,
    /// Whether it says that an account follows: by 号, or by a sign between.
    says: bool,
    /// Whether a noun does.
    noun: bool,
}

fn cue_at(form: &Form, at: usize) -> Option<(Cue, usize)> {
    let lower = |from: usize, length: usize| {
        form.characters[from..]
            .iter()
            .take(length)
            .collect::<String>()
            .to_lowercase()
    };
    let word = lower(at, 12);
    let others = ["微信", "薇信", "v信", "wechat", "weixin"];
    let cue = others
        .iter()
        .chain(&IN_DIGITS)
        .chain(&WORDY)
        .find(|cue| word.starts_with(**cue))?;
    if cue.is_ascii()
        && form
            .before(at)
            .is_some_and(|character| character.is_ascii_alphanumeric())
    {
        return None;
    }
    let after = at + cue.chars().count();
    let mut start = end_of(form, after, |character| character == ' ');
    let noun = ["账号", "帐号", "号码", "号", "id"]
        .into_iter()
        .find(|noun| lower(start, 2).starts_with(noun));
    start += noun.map_or(0, |noun| noun.chars().count());
    let id = end_of(form, start, |character| " :为是(/.=#_-@".contains(character));
    let signed = form.characters[after..id].iter().any(|it| *it != ' ');
    let short = cue.len() == 2 && id > after;
    let cue = Cue {
        is_qq: IN_DIGITS.contains(cue),
        vague: WORDY.contains(cue) && noun.is_none() && !(signed || short),
        says: noun.is_some() || id > after,
        noun: noun.is_some(),
    };
    Some((cue, id))
}

fn account(form: &Form, cue: Cue, id: usize) -> Option<Range<usize>> {
    let end = end_of(form, id, |character| {
        character.is_ascii_alphanumeric() || "_-".contains(character)
    });
    let name = &form.characters[id..end];
    let first = *name.first()?;
    let all_digits = name.iter().all(char::is_ascii_digit);
    let amount = form
        .at(end)
        .is_some_and(|character| "元万亿.笔次人个".contains(character));
    let holds = match (cue.is_qq, all_digits) {
        (true, true) => (5..=11).contains(&name.len()) && first != '0',
        (true, false) => false,
        (false, true) => cue.says && (6..=20).contains(&name.len()),
        (false, false) => {
            let telling = cue.noun || name.iter().any(|character| !character.is_ascii_alphabetic());
            telling && (6..=20).contains(&name.len()) && first.is_ascii_alphabetic()
        }
    };
    (holds && !amount && !cue.vague).then_some(id..end)
}
