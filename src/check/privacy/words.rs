//! Personal data found by its shape or after a cue: e-mail, plates, WeChat and QQ.

use crate::check::privacy::Finding;
use crate::check::privacy::email;
use crate::check::privacy::form::{Form, PROVINCES, SEPARATORS};
use crate::check::privacy::numbers::is_amount;
use std::ops::Range;

/// Characters with which the name of a service begins.
const BEGIN_SERVICE: &str = "微薇徽VvWwQq扣企支抖快钉陌小加";
/// Services whose names are words of their own: a sign or a noun must say that an account follows.
const WORDY: [&str; 10] = [
    "小红书",
    "vx",
    "wx",
    "支付宝",
    "抖音",
    "快手",
    "微博",
    "钉钉",
    "陌陌",
    "企鹅",
];
/// Those whose accounts are digits.
const IN_DIGITS: [&str; 5] = ["qq群", "qq", "q q", "扣扣", "企鹅"];
/// Signs between the parts of a plate at most: a dash between blanks.
const WIDEST: usize = 5;
/// Words before a plate.
const VEHICLES: [&str; 7] = ["车牌", "号牌", "牌照", "车辆", "轿车", "驾驶", "车号"];
/// Finds what is not a mere number.
pub(super) fn find(form: &Form) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut keep = |code, span: Option<Range<usize>>| found.extend(span.map(|span| Finding::new(code, span)));
    for at in 0..form.characters.len() {
        match form.characters[at] {
            '@' => keep("privacy-email", email::around(form, at)),
            '箱' | 'l' => email::list(form, at + 1)
                .into_iter()
                .for_each(|span| keep("privacy-email", Some(span))),
            '(' | '[' | '{' => keep("privacy-email", email::in_brackets(form, at)),
            character if BEGIN_SERVICE.contains(character) => {
                if character == 'W' {
                    keep("privacy-plate", of_police(form, at));
                }
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
    let rest = form.characters.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|&&character| test(character)).count()
}

/// A number plate: province, letter, and five characters, six for electric cars; of the armed police WJ, province and five.
fn plate(form: &Form, at: usize) -> Option<Range<usize>> {
    // Nobody writes small letters but where he speaks of a car.
    let told = || form.has_before(at, 10, &VEHICLES);
    let is_letter = |character: char| {
        let capital = character.to_ascii_uppercase();
        capital.is_ascii_uppercase() && !matches!(capital, 'I' | 'O') && (capital == character || told())
    };
    // 浙a12345: a small letter and nothing but digits is no word.
    let row = end_of(form, at + 2, |it| it.is_ascii_digit());
    if form
        .at(at + 1)
        .is_some_and(|it| it.is_ascii_lowercase() && !"io".contains(it))
        && row == at + 7
        && !form.at(row).is_some_and(|it| it.is_ascii_alphanumeric())
        && !is_amount(form, row)
    {
        return Some(at..row);
    }
    let armed = form.before(at) == Some('J') && at > 1 && form.at(at - 2) == Some('W');
    if let Some(end) = of_embassy(form, at) {
        return Some(at..end);
    }
    let gap = end_of(form, at + 1, |sign| " ·-".contains(sign)).min(at + 1 + WIDEST) - at - 1;
    let letter = at + 1 + gap;
    if !armed && !form.at(letter).is_some_and(is_letter) {
        return None;
    }
    let letter = if armed { letter - 1 } else { letter };
    let signs = form.characters[letter + 1..]
        .iter()
        .take(WIDEST)
        .take_while(|&&it| SEPARATORS.contains(it))
        .count();
    // 浙A临12345: for a time.
    let temporary = usize::from(form.at(letter + 1 + signs) == Some('临'));
    let start = letter + 1 + signs + temporary;
    let is_part = |character: char| character.is_ascii_digit() || is_letter(character);
    let mut end = end_of(form, start, is_part);
    // 云A12 345: five digits in two groups.
    let second = end_of(form, end + 1, |it| it.is_ascii_digit()).max(end + 1);
    let cut = form.at(end) == Some(' ') && end > start && second > end + 1 && second - start == 6;
    if cut
        && form.characters[start..second]
            .iter()
            .all(|it| *it == ' ' || it.is_ascii_digit())
    {
        end = second;
    }
    let tail: Vec<char> = form.characters[start.min(end)..end]
        .iter()
        .copied()
        .filter(|it| *it != ' ')
        .collect();
    let blank = usize::from(tail.len() == 4 && form.at(end) == Some(' '));
    let special = form
        .at(end + blank)
        .is_some_and(|character| "挂学警港澳领使试超".contains(character));
    // 号段川A00001至川A99999: plates that nobody has yet.
    let goes_on = form.at(end).is_some_and(|it| it.is_ascii_alphanumeric()) || form.has_before(at, 12, &["号段"]);
    (is_plate(&tail, special) && !goes_on).then(|| {
        let sign = if tail.len() == 4 { blank + 1 } else { 0 };
        at..end + sign
    })
}

/// What follows the letter of a plate: five characters, six of electric cars, four before a word.
fn is_plate(tail: &[char], special: bool) -> bool {
    let digits = tail.iter().filter(|character| character.is_ascii_digit()).count();
    match tail.len() {
        4 => special && digits >= 3,
        5 => digits >= 3,
        // 12345D, D12345, DF1234
        6 => {
            digits >= 5 && (tail[0].is_ascii_alphabetic() || tail[5].is_ascii_alphabetic()) || {
                digits == 4 && tail[..2].iter().all(char::is_ascii_alphabetic)
            }
        }
        _ => false,
    }
}

/// 京123456使
fn of_embassy(form: &Form, at: usize) -> Option<usize> {
    let end = end_of(form, at + 1, |it| it.is_ascii_digit());
    (end == at + 7 && form.at(end).is_some_and(|sign| "使领".contains(sign))).then_some(end + 1)
}

/// WJ1012345: the armed police, its province as two digits.
fn of_police(form: &Form, at: usize) -> Option<Range<usize>> {
    let start = at + 2;
    let alone = form.at(at + 1) == Some('J') && !form.before(at).is_some_and(|it| it.is_ascii_alphanumeric());
    let end = end_of(form, start.min(form.characters.len()), |it| it.is_ascii_digit());
    let sign = usize::from(end == start + 2 && form.at(end).is_some_and(|it| " -·".contains(it)));
    let end = end_of(form, end + sign, |it| it.is_ascii_digit());
    let goes_on = form.at(end).is_some_and(|it| it.is_ascii_alphanumeric());
    (alone && end - start == 7 + sign && !goes_on).then_some(at..end)
}

/// What follows 微信, WeChat or QQ: `微信号：abc_123`, QQ 123456, and those that are listed after the first.
fn accounts(form: &Form, at: usize) -> Vec<Range<usize>> {
    let Some((cue, from)) = cue_at(form, at) else {
        return Vec::new();
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut next = from;
    while let Some(span) = account(form, cue, next) {
        let after = form.past_aside(span.end);
        next = end_of(form, after, |it| " /,;、，；|和及或与".contains(it));
        let listed = next > after;
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
    let others = ["微信", "薇信", "徽信", "加微", "v信", "wechat", "weixin"];
    // V: a letter alone needs the colon.
    let letter = ["v:", "v号"].iter().any(|it| word.starts_with(it)).then_some(&"v");
    let cue = others
        .iter()
        .chain(&IN_DIGITS)
        .chain(&WORDY)
        .find(|cue| word.starts_with(**cue))
        .or(letter)?;
    if cue.is_ascii()
        && form
            .before(at)
            .is_some_and(|character| character.is_ascii_alphanumeric())
    {
        return None;
    }
    let after = at + cue.chars().count();
    let is_sign = |character| " :为是(/.=#_-@\"“【[《『「<".contains(character);
    let mut start = end_of(form, after, |character| " (".contains(character));
    let noun = ["账号", "帐号", "号码", "号", "id"]
        .into_iter()
        .find(|noun| lower(start, 2).starts_with(noun));
    start = noun.map_or(after, |noun| start + noun.chars().count());
    // 微信/QQ, QQ邮箱, 号码分别为
    let start = past_words(form, start);
    let id = end_of(form, start, is_sign);
    let signed = form.characters[after..id].iter().any(|it| *it != ' ');
    let short = cue.len() == 2 && id > after;
    let cue = Cue {
        is_qq: IN_DIGITS.contains(cue),
        vague: WORDY.contains(cue) && noun.is_none() && !(signed || short),
        says: noun.is_some() || id > after,
        noun: noun.is_some() || form.before(id) == Some('@'),
    };
    Some((cue, id))
}

/// The place after words between a service and its account that say nothing of what it is.
fn past_words(form: &Form, at: usize) -> usize {
    const WORDS: [&str; 4] = ["/QQ", "邮箱", "分别", "各"];
    let length = WORDS.iter().map(|word| word.chars().count()).find(|&length| {
        let end = (at + length).min(form.characters.len());
        WORDS.contains(&&*form.slice(&(at..end)).to_uppercase())
    });
    at + length.unwrap_or_default()
}

/// The end of digits in groups of three or four: 123 456 789.
fn end_of_groups(form: &Form, id: usize) -> usize {
    let digits = |at: usize| end_of(form, at, |it| it.is_ascii_digit()) - at;
    let (mut end, mut first) = (id + digits(id), true);
    while form.at(end) == Some(' ') && matches!(digits(end + 1), 3 | 4) && (!first || matches!(end - id, 2..=4)) {
        end += 1 + digits(end + 1);
        first = false;
    }
    end
}

fn account(form: &Form, cue: Cue, id: usize) -> Option<Range<usize>> {
    let end = end_of(form, id, |character| {
        character.is_ascii_alphanumeric() || "_-".contains(character)
    });
    let end = if cue.is_qq {
        end.max(end_of_groups(form, id))
    } else {
        end
    };
    let name = &form.characters[id..end];
    let first = *name.first()?;
    let all_digits = name.iter().all(char::is_ascii_digit);
    let amount = form
        .at(end)
        .is_some_and(|character| "元万亿.笔次人个".contains(character));
    let digits = name.iter().filter(|it| it.is_ascii_digit()).count();
    let grouped = name.iter().all(|it| it.is_ascii_digit() || "- ".contains(*it));
    // 抖音wangxm1990: letters and digits are told from a word.
    let mixed = first.is_ascii_lowercase() && digits > 0 && name.len() - digits >= 4;
    let holds = match (cue.is_qq, all_digits) {
        (true, _) if grouped => (5..=11).contains(&digits) && first != '0',
        (true, true) => false,
        (true, false) => false,
        (false, true) => cue.says && (6..=20).contains(&name.len()),
        (false, false) => {
            let telling = cue.noun || name.iter().any(|character| !character.is_ascii_alphabetic());
            telling && (6..=20).contains(&name.len()) && first.is_ascii_alphabetic()
        }
    };
    (holds && !amount && (!cue.vague || mixed)).then_some(id..end)
}
