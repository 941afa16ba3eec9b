//! Personal data of each kind, none of it anybody's, and how a text writes it.

use fastrand::Rng;

/// A value of one kind.
pub(super) struct Secret {
    /// The rule that must find it.
    pub code: &'static str,
    /// What introduces it; empty where it is known by itself.
    pub cue: &'static str,
    /// Its groups, which a writer may separate.
    pub groups: Vec<String>,
}

impl Secret {
    /// Whether it is made of digits.
    pub(super) fn is_number(&self) -> bool {
        let all = || self.groups.iter().flat_map(|group| group.chars());
        all().all(|character| character.is_ascii_digit() || character == 'X')
    }
}

fn digits(rng: &mut Rng, count: usize) -> String {
    (0..count).map(|_| char::from(b'0' + rng.u8(..10))).collect()
}

fn one<'a>(rng: &mut Rng, of: &[&'a str]) -> &'a str {
    of[rng.usize(..of.len())]
}

fn mobile(rng: &mut Rng) -> Secret {
    let head = one(rng, &["138", "139", "151", "176", "188", "199"]);
    let cue = one(rng, &["", "", "电话", "手机号码", "联系方式"]);
    Secret {
        code: "privacy-mobile",
        cue,
        groups: vec![head.to_owned(), digits(rng, 4), digits(rng, 4)],
    }
}

/// By GB 11643: weights modulo 11.
fn id_number(rng: &mut Rng) -> Secret {
    let area = one(rng, &["110101", "530103", "440305", "320102"]);
    let birth = format!("19{}{:02}{:02}", 60 + rng.u8(..40), 1 + rng.u8(..12), 1 + rng.u8(..28));
    let body = format!("{area}{birth}{}", digits(rng, 3));
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = char::from(b"10X98765432"[sum as usize % 11]);
    Secret {
        code: "privacy-id-number",
        cue: one(rng, &["", "", "身份证号", "公民身份号码"]),
        groups: vec![area.to_owned(), birth, format!("{}{check}", &body[14..])],
    }
}

/// With the check digit of Luhn.
fn bank_card(rng: &mut Rng) -> Secret {
    let body = format!("622202{}", digits(rng, 12));
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    let all = format!("{body}{}", (10 - sum % 10) % 10);
    let groups = all
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned());
    Secret {
        code: "privacy-bank-card",
        cue: one(rng, &["银行卡号", "银行账户", "卡号"]),
        groups: groups.collect(),
    }
}

fn landline(rng: &mut Rng) -> Secret {
    Secret {
        code: "privacy-landline",
        cue: one(rng, &["电话", "联系电话", "住宅电话"]),
        groups: vec![
            one(rng, &["0871", "0512", "010"]).to_owned(),
            format!("6{}", digits(rng, 7)),
        ],
    }
}

fn email(rng: &mut Rng) -> Secret {
    let name = one(rng, &["wang.li", "zhao_88", "sunqi"]);
    Secret {
        code: "privacy-email",
        cue: one(rng, &["", "邮箱"]),
        groups: vec![format!("{name}{}@example.com", rng.u8(..100))],
    }
}

fn plate(rng: &mut Rng) -> Secret {
    let letter = char::from(b'A' + rng.u8(..8));
    Secret {
        code: "privacy-plate",
        cue: one(rng, &["", "车牌号", "驾驶"]),
        groups: vec![format!(
            "{}{letter}{}",
            one(rng, &["云", "京", "粤", "苏"]),
            10_000 + rng.u32(..90_000)
        )],
    }
}

fn passport(rng: &mut Rng) -> Secret {
    Secret {
        code: "privacy-passport",
        cue: one(rng, &["护照号码", "护照号"]),
        groups: vec![format!("E{}", 10_000_000 + rng.u32(..90_000_000))],
    }
}

fn account(rng: &mut Rng) -> Secret {
    let (cue, text) = if rng.bool() {
        ("微信号", format!("zhao_{}", digits(rng, 5)))
    } else {
        (
            one(rng, &["QQ号", "QQ号码"]),
            format!("{}{}", 1 + rng.u8(..9), digits(rng, 8)),
        )
    };
    Secret {
        code: "privacy-account",
        cue,
        groups: vec![text],
    }
}

fn name(rng: &mut Rng) -> Secret {
    let surname = one(
        rng,
        &[
            "张", "王", "李", "赵", "陈", "杨", "欧阳", "周", "聂", "屠", "冼", "亓官",
        ],
    );
    let given = one(rng, &["伟", "小明", "建国", "丽华", "志强", "秀兰"]);
    let foreign = one(rng, &["买买提·艾力", "依力亚斯", "次仁多吉", "乌力吉", "帕提古丽"]);
    let name = match rng.u8(..5) {
        0 => foreign.to_owned(),
        _ => format!("{surname}{given}"),
    };
    let cues = [
        "被告人",
        "犯罪嫌疑人",
        "被害人",
        "证人",
        "被害人姓名",
        "被侵权人",
        "在押人员",
        "被害人1",
        "被告人（女）",
    ];
    Secret {
        code: "privacy-name",
        cue: one(rng, &cues),
        groups: vec![name],
    }
}

fn address(rng: &mut Rng) -> Secret {
    let village = one(rng, &["青石镇柳树村", "河东街道人民路"]);
    Secret {
        code: "privacy-address",
        cue: one(rng, &["住址", "家庭住址", "住"]),
        groups: vec![format!("云南省昆明市盘龙区{village}{}号", 1 + rng.u8(..200))],
    }
}

/// A value of some kind.
pub(super) fn any(rng: &mut Rng) -> Secret {
    const KINDS: [fn(&mut Rng) -> Secret; 10] = [
        mobile, id_number, bank_card, landline, email, plate, passport, account, name, address,
    ];
    KINDS[rng.usize(..KINDS.len())](rng)
}

/// A text of the same places without anybody's data: figures, dates, numbers of cases and laws.
pub(super) fn harmless(rng: &mut Rng) -> String {
    let texts = [
        format!("共办理案件{}件", 1 + rng.u32(..9000)),
        format!("挽回损失{}.{}万元", rng.u32(..9000), rng.u8(..10)),
        format!("刑法第二百{}条", one(rng, &["六十四", "三十四", "八十七"])),
        format!("澄检建〔2026〕{}号", 1 + rng.u8(..200)),
        format!("2026年{}月{}日", 1 + rng.u8(..12), 1 + rng.u8(..28)),
        "被告人张某甲".to_owned(),
        "被害人李某".to_owned(),
        "电话回访".to_owned(),
        "同比上升12.5%、环比下降3.25%".to_owned(),
        "（2025）云0102刑初123号".to_owned(),
        "犯罪嫌疑人陆续到案".to_owned(),
        "被害人钱包、手机被盗".to_owned(),
        "当事人关心的问题".to_owned(),
        format!("占地1380013{}平方米", 1000 + rng.u32(..9000)),
        format!("合同号1391234{}", 1000 + rng.u32(..9000)),
    ];
    texts[rng.usize(..texts.len())].clone()
}
