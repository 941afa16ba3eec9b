//! What people write of numbers and laws in filters: a part, without the signs around it.
//!
//! `docs/search.md`, section 3; `columns.js` and `query.js` are the twins.

use super::reading;

/// Whether a value that is not a whole number stands in the canonical form of one (a term of `number`): 第142号 and 142 in
/// 检例142号, 〔2020〕4号 in 高检建2020-4号. Where signs close the value (第 or a bracket before it, 号 or a bracket behind
/// it), its digits are whole.
pub(super) fn number(known: &str, value: &str) -> bool {
    let (bare, part) = (skeleton(known), skeleton(value));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (left, right) = (value.starts_with(is_sign), value.ends_with(is_sign));
    let holds = |(at, _)| {
        let (before, behind) = (bare[..at].chars().next_back(), bare[at + part.len()..].chars().next());
        !(left && digit(before) || right && digit(behind))
    };
    !part.is_empty() && bare.match_indices(&part).any(holds)
}

fn is_sign(c: char) -> bool {
    "()〔〕[]【】第号-".contains(c) || c.is_whitespace()
}

/// A number without its signs; where digits would meet, a stroke parts them.
fn skeleton(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    let mut separated = false;
    for c in number.chars() {
        if is_sign(c) {
            separated = true;
            continue;
        }
        if separated && c.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push('|');
        }
        separated = false;
        out.push(c);
    }
    out
}

/// What a value asks of `laws`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Law {
    /// This term.
    Term(String),
    /// Terms that end so: an article of any law.
    Article(String),
    /// Terms that hold this.
    Part(String),
}

/// Reads a value in normal form: 刑法第264条, 刑法264, 第264条, 264, 中华人民共和国刑法, 《刑法》.
pub(super) fn law(normal: &str) -> Law {
    let value = normal.trim();
    // 刑法264 and 第264 lack the 条 of an article.
    let whole = format!("{value}条");
    let lacks = value.ends_with(|c: char| c.is_ascii_digit());
    let texts = || std::iter::once(value).chain(lacks.then_some(whole.as_str()));
    if let Some(term) = texts().find_map(reading::law) {
        return Law::Term(term);
    }
    if let Some(article) = texts().find_map(reading::article) {
        return Law::Article(article);
    }
    let bare: String = value.chars().filter(|c| !matches!(c, '《' | '》')).collect();
    Law::Part(
        bare.strip_prefix("中华人民共和国")
            .filter(|rest| !rest.is_empty())
            .unwrap_or(&bare)
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_parts() {
        for (known, value, found) in [
            ("检例142号", "第142号", true),
            ("检例142号", "检例第142", true),
            ("检例142号", "142", true),
            ("检例142号", "14", true),
            ("检例142号", "第14号", false),
            ("检例142号", "第42号", false),
            ("高检建2020-4号", "〔2020〕4号", true),
            ("高检建2020-4号", "[2020]第4号", true),
            ("高检建2020-4号", "高检建〔2020〕", true),
            ("高检建2020-4号", "高检建2020", true),
            ("高检建2020-14号", "〔2020〕4号", false),
            ("高检建2020-4号", "20204", false),
            ("(2022)澄0123刑初45号", "第45号", true),
            ("(2022)澄0123刑初145号", "第45号", false),
            ("(2022)澄0123刑初45号", "澄0123刑初", true),
            ("检例142号", "号", false),
        ] {
            assert_eq!(number(known, value), found, "{value} in {known}");
        }
    }

    #[test]
    fn laws_are_read_with_and_without_article() {
        let term = |text: &str| Law::Term(text.to_owned());
        let article = |text: &str| Law::Article(text.to_owned());
        let part = |text: &str| Law::Part(text.to_owned());
        for (value, expected) in [
            ("刑法第264条", term("刑法#264条")),
            ("刑法第二百六十四条第一款", term("刑法#264条")),
            ("刑法264", term("刑法#264条")),
            ("第264条", article("#264条")),
            ("264", article("#264条")),
            ("第264条第1款", article("#264条")),
            ("中华人民共和国刑法", part("刑法")),
            ("《刑法》", part("刑法")),
            ("中华人民共和国", part("中华人民共和国")),
            ("安全", part("安全")),
        ] {
            assert_eq!(law(value), expected, "{value}");
        }
    }
}
