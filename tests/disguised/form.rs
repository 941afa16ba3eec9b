//! The forms in which documents hide a value from a reader of their source: its characters, its place.

use crate::disguised::secret::Secret;
use fastrand::Rng;

/// What may be written around a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Markdown: its markup, and HTML in it.
    Markdown,
    /// HTML alone.
    Html,
    /// Text as it is.
    Plain,
}

fn one<'a>(rng: &mut Rng, of: &[&'a str]) -> &'a str {
    of[rng.usize(..of.len())]
}

/// The value as somebody would write it.
pub(super) fn written(secret: &Secret, syntax: Syntax, rng: &mut Rng) -> String {
    let groups: Vec<String> = secret
        .groups
        .iter()
        .map(|group| shaped(secret, group, syntax, rng))
        .collect();
    let between = match (secret.groups.len() > 1, secret.code) {
        (false, _) => String::new(),
        (true, "privacy-landline") => one(rng, &["-", "－", "–", ""]).to_owned(),
        (true, _) => separator(syntax, rng),
    };
    let value = groups.join(&between);
    match syntax {
        Syntax::Markdown => marked(&value, rng),
        Syntax::Html if rng.bool() => format!("<b>{value}</b>"),
        Syntax::Html => value,
        Syntax::Plain => value,
    }
}

/// The digits or letters of a group in one of their forms.
fn shaped(secret: &Secret, group: &str, syntax: Syntax, rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0 if secret.code == "privacy-name" => group.chars().map(traditional).collect(),
        0 => group.chars().map(wide).collect(),
        1 if secret.is_number() => group.chars().map(mathematical).collect(),
        2 => invisible(group, rng),
        3 if syntax != Syntax::Plain => entity(group, rng),
        4 if syntax != Syntax::Plain => cut(secret, group, syntax, rng),
        _ => group.to_owned(),
    }
}

fn wide(character: char) -> char {
    match character {
        '!'..='~' => char::from_u32(character as u32 + 0xFEE0).unwrap_or(character),
        other => other,
    }
}

fn traditional(character: char) -> char {
    let pairs = [
        "张張", "赵趙", "陈陳", "杨楊", "欧歐", "阳陽", "伟偉", "国國", "丽麗", "华華", "强強", "兰蘭",
    ];
    let pair = pairs.iter().find(|pair| pair.starts_with(character));
    pair.and_then(|pair| pair.chars().last()).unwrap_or(character)
}

fn mathematical(character: char) -> char {
    match character.to_digit(10) {
        Some(digit) => char::from_u32(0x1D7CE + digit).unwrap_or(character),
        None => character,
    }
}

fn place(group: &str, rng: &mut Rng) -> usize {
    let places: Vec<usize> = group.char_indices().map(|(at, _)| at).skip(1).collect();
    if places.is_empty() {
        group.len()
    } else {
        places[rng.usize(..places.len())]
    }
}

fn invisible(group: &str, rng: &mut Rng) -> String {
    let at = place(group, rng);
    let sign = one(
        rng,
        &["\u{200b}", "\u{2060}", "\u{ad}", "\u{200e}", "\u{feff}", "\u{200d}"],
    );
    format!("{}{sign}{}", &group[..at], &group[at..])
}

fn entity(group: &str, rng: &mut Rng) -> String {
    let at = place(group, rng);
    let Some(character) = group[at..].chars().next() else {
        return group.to_owned();
    };
    let written = if rng.bool() {
        format!("&#{};", character as u32)
    } else {
        format!("&#x{:X};", character as u32)
    };
    format!("{}{written}{}", &group[..at], &group[at + character.len_utf8()..])
}

/// Markup or a soft break in the middle.
fn cut(secret: &Secret, group: &str, syntax: Syntax, rng: &mut Rng) -> String {
    let at = place(group, rng);
    let (head, tail) = group.split_at(at);
    match (syntax, rng.u8(..5)) {
        (Syntax::Markdown, 0) => format!("{head}**{tail}**"),
        // Who breaks a line after one digit has another number below.
        (Syntax::Markdown, 1) if secret.code == "privacy-id-number" && head.len() > 1 => format!("{head}\n{tail}"),
        (_, 2) => format!("{head}<!-- 注 -->{tail}"),
        (_, 3) => format!("{head}<span>{tail}</span>"),
        _ => format!("{head}<wbr>{tail}"),
    }
}

fn separator(syntax: Syntax, rng: &mut Rng) -> String {
    let plain = [
        "", "", " ", "-", "–", "—", "－", "\u{3000}", "\u{a0}", ".", "\u{2009}", "~", " - ", "     ",
    ];
    let marked = ["&nbsp;", "&ensp;", "&#8211;", "<b></b>", "\n"];
    if syntax != Syntax::Plain && rng.u8(..3) == 0 {
        one(rng, &marked).to_owned()
    } else {
        one(rng, &plain).to_owned()
    }
}

fn marked(value: &str, rng: &mut Rng) -> String {
    match rng.u8(..9) {
        0 if !value.contains('*') => format!("**{value}**"),
        1 => format!("[{value}](https://example.com/a)"),
        2 => format!("<u>{value}</u>"),
        3 => format!("=={value}=="),
        4 => format!("~~{value}~~"),
        _ => value.to_owned(),
    }
}

/// A document that says a value after its cue in some place, or any other text.
pub(super) fn document(cue: &str, value: &str, rng: &mut Rng) -> String {
    let told = match rng.u8(..4) {
        0 if !cue.is_empty() => format!("{cue}：{value}"),
        1 if !cue.is_empty() => format!("{cue}{value}"),
        2 if !cue.is_empty() => format!("**{cue}**：{value}"),
        _ => format!("{cue} {value}"),
    };
    let one_line = told.replace('\n', " ");
    let body = match rng.u8(..20) {
        0 => format!("## {one_line}"),
        1 => format!("- 一\n- {}", told.replace('\n', "\n  ")),
        2 => format!("1. {}", told.replace('\n', "\n   ")),
        3 => format!("> {}", told.replace('\n', "\n> ")),
        4 => format!("| 项目 | {cue} |\n| --- | --- |\n| 甲 | {} |", one_line_value(value)),
        5 => format!("| {cue} | {} |\n| --- | --- |\n| 乙 | 丙 |", one_line_value(value)),
        6 => format!("见注[^1]。\n\n[^1]: {one_line}"),
        7 => format!("{cue}：\n\n- {}", value.replace('\n', "\n  ")),
        8 => format!("<div>\n{}\n</div>", told.replace('\n', " ")),
        9 => format!("<details><summary>情况</summary>\n\n{told}\n\n</details>"),
        10 => format!(
            "<table><tr><th>{cue}</th><td>{}</td></tr></table>",
            one_line_value(value)
        ),
        11 => format!("<!-- {} -->", one_line.replace("<!-- 注 -->", "")),
        12 => format!("%%{}%%", one_line.replace("<!-- 注 -->", "")),
        13 => format!("![{one_line}](图.png)"),
        14 => format!("一、{told}。\n二、其他"),
        15 if !cue.is_empty() => format!("{cue}：\n\n```\n{}\n```", one_line_value(value)),
        16 => format!(
            "| 序号 | 涉案{cue}一览 |\n| --- | --- |\n| 1 | {} |",
            one_line_value(value)
        ),
        _ => format!("本案中，{told}，另查明相关情况。"),
    };
    format!("---\nkind: report\ntitle: 一般情况调研\ndate: 2026-03-02\n---\n\n开头一段。\n\n{body}\n\n结尾一段。\n")
}

fn one_line_value(value: &str) -> String {
    value.replace('\n', "")
}

/// A front matter that says it in one of the styles of YAML.
pub(super) fn front(cue: &str, value: &str, rng: &mut Rng) -> String {
    let told = format!("{cue}：{value}");
    let quoted = told.replace('\\', "\\\\").replace('"', "\\\"");
    let lines = match rng.u8(..8) {
        7 if !cue.is_empty() => format!(
            "{cue}:\n  内容: \"{}\"",
            value.replace('\\', "\\\\").replace('"', "\\\"")
        ),
        0 => format!("summary: \"{quoted}\""),
        1 => format!("summary: '{told}'"),
        2 => format!("summary: >-\n  前情。\n  {told}"),
        3 => format!("summary: |\n  前情。\n  {told}"),
        4 => format!("tags: [一, \"{quoted}\"]"),
        5 => format!("tags:\n  - 一\n  - \"{quoted}\""),
        _ => format!("summary: 前情。\n# {told}"),
    };
    format!("---\nkind: report\ntitle: 一般情况调研\ndate: 2026-03-02\n{lines}\n---\n\n正文。\n")
}
