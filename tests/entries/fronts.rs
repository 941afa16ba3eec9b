//! Random front matters in every style that YAML has.

use encoding_rs::GB18030;

/// A document whose front matter has a place for events.
pub(super) struct Front {
    above: String,
    own: String,
    /// The sign in `own` that means nothing and gives way to an entry.
    nothing: &'static str,
    below: String,
    /// A character in the body that no text shows.
    unseen: &'static str,
    line_end: &'static str,
    encoding: Encoding,
}

#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Marked,
    Utf16Little,
    Utf16Big,
    Gb18030,
}

impl Front {
    /// The text before the lines of the events.
    pub(super) fn above(&self) -> String {
        format!("---\n{}", self.above)
    }

    /// The text behind the front matter's last key.
    pub(super) fn below(&self) -> String {
        // A key that isn't there yet becomes the last one.
        let blank = if self.unseen == "\u{B}" { " " } else { "" };
        let body = format!("---\n\n正文 --- 一。{blank}\n");
        if self.own.is_empty() {
            body
        } else {
            format!("{}{body}", self.below)
        }
    }

    /// What stays of the lines of the events.
    pub(super) fn kept(&self) -> String {
        match (self.own.is_empty(), self.nothing) {
            (true, _) => self.below.clone(),
            (false, "") => self.own.clone(),
            (false, nothing) => self.own.replacen(nothing, "", 1).replace(' ', ""),
        }
    }

    /// The last bytes of the file, with what no text shows.
    pub(super) fn end(&self) -> Vec<u8> {
        let end = format!("一。{}\n", self.unseen).replace('\n', self.line_end);
        match self.encoding {
            Encoding::Utf8 | Encoding::Marked => end.into_bytes(),
            Encoding::Utf16Little => end.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Big => end.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Gb18030 => GB18030.encode(&end).0.into_owned(),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let body = format!("正文 --- 一。{}\n", self.unseen);
        let text = format!("---\n{}{}{}---\n\n{body}", self.above, self.own, self.below);
        let text = text.replace('\n', self.line_end);
        match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Marked => [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
            Encoding::Utf16Little => utf16(&text, u16::to_le_bytes),
            Encoding::Utf16Big => utf16(&text, u16::to_be_bytes),
            Encoding::Gb18030 => GB18030.encode(&text).0.into_owned(),
        }
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

pub(super) fn pick<'a>(rng: &mut fastrand::Rng, all: &[&'a str]) -> &'a str {
    all[rng.usize(..all.len())]
}

/// A comment behind a value, or none.
pub(super) fn remark(rng: &mut fastrand::Rng) -> String {
    pick(rng, &["", "", "", "  # 待核: '注' [x]", " # \"半", "   # - 一: {"]).to_owned()
}

/// Pairs that say nothing of events.
pub(super) fn pairs(rng: &mut fastrand::Rng, prefix: &str) -> String {
    let mut out = String::new();
    // The other reader knows anchors of ASCII alone.
    let anchor = if prefix == "甲" { "above" } else { "below" };
    for number in 0..rng.usize(0..4) {
        let key = format!("{prefix}{number}");
        let remark = remark(rng);
        out += &match rng.u8(..20) {
            0 => format!("{key}: 一句话 有空格{remark}\n"),
            1 => format!("{key}: '单引''号'{remark}\n"),
            2 => format!("{key}: \"双引\\\"号\\n\"{remark}\n"),
            3 => format!("{key}: |{remark}\n  第一行\n  # 不是注释\n\n  第二行\n"),
            4 => format!("{key}: >-{remark}\n  折叠\n  两行\n"),
            5 => format!("{key}: |+\n  保留\n\n"),
            6 => format!("{key}: [甲, \"乙\", '丙',]{remark}\n"),
            7 => format!("{key}: [\n  甲,  # 一\n  乙\n]{remark}\n"),
            8 => format!("{key}:{remark}\n  - 甲\n  -   乙 # 二\n  # - 丙\n"),
            9 => format!("{key}:\n- 甲\n- {{a: 1, b: [2]}}{remark}\n"),
            10 => format!("{key}: {{a: 1, b: {{c: 二}}}}{remark}\n"),
            11 => format!("{key}:\n  a: 1{remark}\n  b:\n    - 2\n"),
            12 => format!("{key}: &{anchor}{number} 值{remark}\n{key}x: *{anchor}{number}\n"),
            13 => format!("{key}: &{anchor}m{number} {{a: 1}}\n{key}x:\n  <<: *{anchor}m{number}\n  b: 2{remark}\n"),
            14 => format!("{key}: !!str 12{remark}\n"),
            15 => format!("? {key}\n: 显式{remark}\n"),
            16 => format!("{key}: |\n  问题：一\n  单位: 二\n  {{amount: 1,846,000}}\n"),
            17 => format!("{key}: \"一\n  标题：二\"{remark}\n"),
            18 => format!("\"{key}\"  : ~{remark}\n'{key}y':\n"),
            _ => format!("# 独行注释\n\n{key}: 多行的\n  普通文字{remark}\n"),
        };
    }
    out
}

/// The key of the events with what stands there, and the sign of it that means nothing.
fn own(rng: &mut fastrand::Rng) -> (String, &'static str) {
    let remark = remark(rng);
    let key = pick(rng, &["adoptions", "\"adoptions\"", "转化情况", "'adoptions' "]);
    let day = format!("2024-0{}-1{}", rng.u8(1..10), rng.u8(..10));
    match rng.u8(..32) {
        0 | 1 => (String::new(), ""),
        2 => (format!("{key}:{remark}\n"), ""),
        3 => (format!("{key}: ~{remark}\n"), "~"),
        4 => (format!("{key}: null{remark}\n"), "null"),
        5 => (format!("{key}: {{}}{remark}\n"), "{}"),
        6 => (format!("{key}: ''{remark}\n"), "''"),
        7 => (format!("{key}: []{remark}\n"), ""),
        8 => (format!("{key}: [ # 待补\n]{remark}\n"), ""),
        9 => (format!("{key}: [{{form: 刊发}}]{remark}\n"), ""),
        10 => (format!("{key}: [{{form: 刊发, date: {day},}},]{remark}\n"), ""),
        11 => (
            format!("{key}: [\n  {{form: 刊发}},  # 第一次\n  # {{form: 转发}},\n]{remark}\n"),
            "",
        ),
        12 => (format!("{key}: [\n  {{form: 刊发}}  # 第一次\n]{remark}\n"), ""),
        13 => (format!("{key}: {{form: 刊发}}{remark}\n"), ""),
        14 => (format!("{key}:\n  - {{form: 刊发}}{remark}\n"), ""),
        15 => (
            format!("{key}:\n  - date: {day}\n    form: 刊发{remark}\n    # 原件在三楼\n"),
            "",
        ),
        16 => (
            format!("{key}:\n- form: 刊发\n  note: |\n    一\n    # 二\n# - form: 转发\n"),
            "",
        ),
        17 => (
            format!("{key}:\n  - # 第一次\n    form: 刊发\n    note: >+\n      一\n\n"),
            "",
        ),
        18 => (format!("{key}:\n  -   form: 刊发{remark}\n  -\n"), ""),
        19 => (format!("{key}:\n  - form: 刊发\n  - ~{remark}\n"), "~"),
        20 => (format!("? {key}\n: - form: 刊发{remark}\n"), ""),
        21 => (format!("{key}: &events # 锚\n  - form: 刊发{remark}\n"), ""),
        22 => (format!("{key}: !!seq\n  - &one {{form: 刊发}}\n"), ""),
        23 => (format!("{key}:\n  ~{remark}\n"), "~"),
        24 => (
            format!("{key}:\n  - date: {day}\n    form: 刊发{remark}\n#  - date: {day}\n#    form: 转发\n"),
            "",
        ),
        25 => (format!("{key}:\n  - date:\n    form:{remark}\n"), ""),
        26 => (format!("{key}: [{{form: '', date: }}]{remark}\n"), ""),
        27 => (format!("{key}:\n  - &one {{form: 刊发}}{remark}\n  - *one\n"), ""),
        28 => (
            format!("{key}:\n  - &one\n    form: 刊发\n  - <<: *one{remark}\n    date: {day}\n"),
            "",
        ),
        29 => (format!("{key}: [\n  # {{form: 转发}},\n]{remark}\n"), ""),
        30 => (
            format!("{key}:\n  - form: 刊发\n    note: |\n      日期：{day}\n      转化情况: 二\n"),
            "",
        ),
        _ => (
            format!("{key}:\n    - form: 刊发\n      date: '{day}'{remark}\n\n  # 缩进的注释\n"),
            "",
        ),
    }
}

/// A front matter, drawn.
pub(super) fn front(rng: &mut fastrand::Rng) -> Front {
    let head = "kind: report\ntitle: 河道\ndate: 2021-01-05 # 成文\n";
    let above = format!("{head}{}", pairs(rng, "甲"));
    let (own, nothing) = own(rng);
    let below = pairs(rng, "乙");
    let encodings = [
        Encoding::Utf8,
        Encoding::Utf8,
        Encoding::Marked,
        Encoding::Utf16Little,
        Encoding::Utf16Big,
        Encoding::Gb18030,
    ];
    Front {
        above,
        own,
        nothing,
        below,
        unseen: pick(rng, &["", "", "", "\u{B}", "\u{1A}", "\u{FEFF}"]),
        line_end: pick(rng, &["\n", "\n", "\r\n", "\r"]),
        encoding: encodings[rng.usize(..encodings.len())],
    }
}
