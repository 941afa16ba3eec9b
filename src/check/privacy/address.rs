//! Homes down to the door: 住澄溪县青山镇河口村3组15号, 幸福小区3栋2单元501室.

use crate::check::privacy::Finding;
use crate::check::privacy::form::{Form, is_han};
use crate::check::privacy::numbers::is_amount;
use std::ops::Range;

/// Its rule.
pub(super) const CODE: &str = "privacy-address";
/// Characters of an address at most.
const LONGEST: usize = 60;
/// Characters between the cue and the address.
const BETWEEN: &str = " :为是在于址地";
/// Characters after 住 that make another word of it: 住院, 住建局, 住宿.
const OTHER_WORDS: &str = "院房建宅户所处宿手口店民持校改保舱培";
/// Signs of a place before the number of a door.
const PLACES: &str = "省市县区旗乡镇村路街巷弄道苑园里庄寨屯社坊城湾新坪坝院胡";
/// What a number of a door counts.
const DOORS: &str = "号室组弄户";

/// Words that make an office of what has an address.
const OFFICES: [&str; 14] = [
    "公司",
    "单位",
    "法院",
    "检察院",
    "公安",
    "政府",
    "中心",
    "商店",
    "超市",
    "学校",
    "医院",
    "银行",
    "机关",
    "企业",
];
/// Characters before a word that offices have addresses after, too, in which such a word is looked for.
const REACH: usize = 30;

/// The address that follows a cue (or, for 单元, surrounds it).
pub(super) fn after(form: &Form, at: usize) -> Option<Finding> {
    if form.characters[..at].ends_with(&['单', '元']) {
        return around_unit(form, at - 2);
    }
    if matches!(form.before(at), Some('幢' | '栋')) {
        return around_house(form, at - 1);
    }
    // 国家在, 专家在 speak of no home.
    let of_home = form.characters[..at].ends_with(&['家', '在']);
    let of_house = form.characters[..at].ends_with(&['位', '于']);
    if of_home
        && !of_house
        && at > 2
        && form
            .at(at - 3)
            .is_some_and(|it| is_han(it) && !"其我他她的人某".contains(it))
    {
        return None;
    }
    let shared = form.characters[..at].ends_with(&['地', '址']) || form.characters[..at].ends_with(&['在', '地']);
    let shared = shared || form.characters[..at].ends_with(&['所']) || form.characters[..at].ends_with(&['所', '地']);
    let of_person = ["住址", "家庭", "户籍", "通讯", "收货", "联系"];
    if shared && !form.has_before(at, 6, &of_person) && form.has_before(at, REACH, &OFFICES) {
        return None;
    }
    if form.characters.get(at).is_some_and(|next| OTHER_WORDS.contains(*next)) {
        return None;
    }
    let mut start = at;
    while start < at + 4 && form.characters.get(start).is_some_and(|next| BETWEEN.contains(*next)) {
        start += 1;
    }
    at_place(form, start)
}

/// The address that begins at a place.
fn at_place(form: &Form, start: usize) -> Option<Finding> {
    let end = start + clause(form, start);
    let text = &form.characters[start..end];
    let door = last_door(text)?;
    let place = text[..door.start].iter().any(|&character| PLACES.contains(character));
    // A door that has no number of its own in a place that is masked names nobody.
    // What follows in brackets may be whose it is: 15号（张某）.
    let aside = text.iter().position(|&sign| sign == '(').unwrap_or(text.len());
    let masked = text[..door.end.max(aside)].iter().any(|&sign| "某×*".contains(sign));
    (place && !masked && !is_public(&text[..door.end])).then(|| Finding::new(CODE, start..start + door.end))
}

/// The addresses that follow a cue: 住河口村15号、人民路20号.
pub(super) fn list(form: &Form, at: usize) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut next = after(form, at);
    while let Some(one) = next {
        let end = form.past_aside(one.span.end);
        let signs = form.characters[end..]
            .iter()
            .take(3)
            .take_while(|it| " 、,;/和及与或".contains(**it))
            .count();
        next = (signs > 0).then(|| at_place(form, end + signs)).flatten();
        found.push(one);
    }
    found
}

/// What of an address tells the door: 河口村15号 of 澄溪县青山镇河口村15号.
pub(super) fn door(address: &str) -> &str {
    const LEAST: usize = 5;
    let ends = address
        .char_indices()
        .filter(|(_, sign)| "省市县区旗州镇乡".contains(*sign));
    let tails = ends.map(|(at, sign)| &address[at + sign.len_utf8()..]);
    let mut telling =
        tails.filter(|tail| tail.chars().count() >= LEAST && tail.contains(|it: char| PLACES.contains(it)));
    telling.next_back().unwrap_or(address)
}

/// 3栋2单元501室 needs no cue: only homes are numbered so.
fn around_unit(form: &Form, unit: usize) -> Option<Finding> {
    let numbers = |end: usize| {
        form.characters[..end]
            .iter()
            .rev()
            .take_while(|&&it| is_number(it))
            .count()
    };
    let end = unit + clause(form, unit);
    let room = last_door(&form.characters[unit..end])?;
    let of_unit = numbers(unit);
    let house = unit - of_unit;
    let house_sign = ["号楼", "栋", "幢", "座", "楼"]
        .iter()
        .map(|sign| sign.chars().count())
        .find(|&length| {
            house >= length && ["号楼", "栋", "幢", "座", "楼"].contains(&&*form.slice(&(house - length..house)))
        })?;
    let building = house - house_sign;
    let number = numbers(building);
    let name = form.characters[..building - number]
        .iter()
        .rev()
        .take(12)
        .take_while(|&&character| is_part(character) && !BETWEEN.contains(character) && character != '住')
        .count();
    let start = building - number - name;
    let masked = form.characters[start..building]
        .iter()
        .any(|&character| "某×*".contains(character));
    (of_unit > 0 && number > 0 && name > 0 && !masked).then(|| Finding::new(CODE, start..unit + room.end))
}

/// 青山花园3幢501: a house with a number before it and a room right after it.
fn around_house(form: &Form, house: usize) -> Option<Finding> {
    let before = &form.characters[..house];
    let number = before.iter().rev().take_while(|&&it| is_number(it)).count();
    let name = before[..house - number].iter().rev().take(12);
    let name: Vec<char> = name
        .take_while(|&&it| is_han(it) && !"、。住在".contains(it))
        .copied()
        .collect();
    let room = form.characters[house + 1..]
        .iter()
        .take_while(|it| it.is_ascii_digit())
        .count();
    let end = house + 1 + room;
    let measured = is_amount(form, end) || form.at(end).is_some_and(|it| "年人间套.%".contains(it));
    let masked = name.iter().any(|&it| "某×*".contains(it));
    let is_home = number > 0 && name.len() > 1 && (3..=4).contains(&room) && !measured && !masked;
    is_home.then(|| Finding::new(CODE, house - number - name.len()..end))
}

/// The length of what may be one address.
fn clause(form: &Form, start: usize) -> usize {
    let rest = form.characters.get(start..).unwrap_or_default();
    rest.iter()
        .take(LONGEST)
        .take_while(|&&character| is_part(character))
        .count()
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || "-#·()（）×* ".contains(character)
}

fn is_number(character: char) -> bool {
    character.is_ascii_digit() || "一二三四五六七八九十百零〇-".contains(character)
}

/// The last number with what it counts; a mere group of a village counts too.
fn last_door(text: &[char]) -> Option<Range<usize>> {
    let mut door = None;
    for (at, &character) in text.iter().chain(&['。']).enumerate() {
        let gap = usize::from(DOORS.contains(character) && text[..at].ends_with(&[' ']));
        let digits = text[..at - gap]
            .iter()
            .rev()
            .take_while(|&&digit| is_number(digit))
            .count();
        let number = if digits > 0 { digits + gap } else { 0 };
        let counts = DOORS.contains(character) && number > 0;
        // 3号楼 is a house of many; 12号线 no house at all; 5户人 a sum.
        let other =
            text.get(at + 1).is_some_and(|next| "楼线机文令码人".contains(*next)) || (character == '户' && number > 0);
        if counts && !other {
            door = Some(at - number..at + 1);
        }
        // 3幢501: a room that isn't called one.
        let behind = text.get(at + 1..).unwrap_or_default();
        let blank = behind.iter().take_while(|it| **it == ' ').count().min(1);
        let room = behind[blank..].iter().take_while(|it| it.is_ascii_digit()).count();
        let of_unit = character == '元' && text[..at].ends_with(&['单']);
        if ("幢栋座".contains(character) && number > 0 || of_unit) && (3..=4).contains(&room) && door.is_none() {
            door = Some(at - number..at + 1 + blank + room);
        }
        // 3-2-501: house, unit and room.
        let row: Vec<&[char]> = text[at - number..at].split(|it| *it == '-').collect();
        if row.len() == 3 && row[2].len() >= 3 && row.iter().all(|it| !it.is_empty()) && !is_number(character) {
            door = Some(at - number..at);
        }
    }
    door
}

/// Whether the place is a public one or a document's number: 看守所, 〔2023〕12号.
fn is_public(text: &[char]) -> bool {
    const PUBLIC: [&str; 14] = [
        "法院",
        "检察院",
        "公安局",
        "派出所",
        "看守所",
        "医院",
        "酒店",
        "宾馆",
        "旅馆",
        "监狱",
        "政府",
        "公司",
        "字第",
        "办事处",
    ];
    let text: String = text.iter().collect();
    PUBLIC.iter().any(|word| text.contains(word))
}
