//! Articles of a law by how they open: 第二百六十四条, 第一百二十条之一.

use super::numeral;

/// The number of an article and the number after 之, 0 where there is none.
pub(crate) type Number = (u32, u32);

/// The number that a text in normal form opens an article with, and what follows it; `last` is that of the article
/// before. 第四条第一款规定的 opens none.
pub(crate) fn opening(text: &str, last: Option<Number>, heading: bool) -> Option<(Number, &str)> {
    let (number, rest) = numeral::leading(text.strip_prefix('第')?.trim_start())?;
    let rest = rest.trim_start().strip_prefix('条')?;
    let inserted = rest.trim_start().strip_prefix('之').and_then(numeral::leading);
    let (sub, rest) = inserted.unwrap_or((0, rest));
    let next = rest.chars().next();
    let separated = next.is_none_or(|letter| letter.is_whitespace() || ":【[(<《".contains(letter));
    let (before, sub_before) = last.unwrap_or((0, 0));
    let follows = number == before + 1 || number == before && sub == sub_before + 1;
    let refers = rest
        .trim_start()
        .starts_with(['第', '至', '、', '和', '及', '或', '款', '的', '规']);
    // 第三十四条 第一审人民法院… opens an article, where it is the next.
    let opens = heading || follows && (separated || !refers) || separated && !refers;
    opens.then(|| ((number, sub), rest.trim_start()))
}

/// An article as citations name it: `264条`, `120条-1`.
pub(crate) fn name((number, sub): Number) -> String {
    match sub {
        0 => format!("{number}条"),
        _ => format!("{number}条-{sub}"),
    }
}

/// The id of an article by the name that citations have for it: `a264`, `a120-1`.
pub(crate) fn id(name: &str) -> String {
    format!("a{}", name.replace('条', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_opens_an_article_or_names_one() {
        for (text, last, heading, found) in [
            ("第二百六十四条 盗窃公私财物", None, false, Some("264条")),
            (
                "第一百二十条之一 资助恐怖活动组织",
                Some((120, 0)),
                false,
                Some("120条-1"),
            ),
            ("第三条第一审人民法院", Some((2, 0)), false, None),
            ("第三条 第一审人民法院", Some((2, 0)), false, Some("3条")),
            ("第四条第一款规定的情形", Some((7, 0)), false, None),
            ("第五条适用范围", None, true, Some("5条")),
            ("本法第五条", None, false, None),
        ] {
            let name = opening(text, last, heading).map(|(number, _)| name(number));
            assert_eq!(name.as_deref(), found, "{text}");
        }
        assert_eq!((id("264条"), id("120条-1")), ("a264".to_owned(), "a120-1".to_owned()));
    }
}
