//! Names of documents as they are compared: 《中华人民共和国刑法》（2020年修正） and 刑法 are one.

use super::normalize;

/// The names by which a document of a title is cited, as [`key`] gives them: the title, and what follows its issuers
/// in 最高人民法院关于…的解释.
pub(crate) fn keys(title: &str) -> Vec<String> {
    let whole = key(title);
    let short = without_issuers(&whole).map(str::to_owned);
    [Some(whole), short]
        .into_iter()
        .flatten()
        .filter(|key| !key.is_empty())
        .collect()
}

/// A name in the form in which names are compared: normal, without 中华人民共和国, the year of a version, the number of
/// a case that stands before it or in brackets behind it, and without signs.
pub(crate) fn key(name: &str) -> String {
    let normal = normalize(name);
    let mut rest = without_number(normal.trim());
    while let Some(before) = without_remark(rest) {
        rest = before;
    }
    let rest = rest.trim_matches(['《', '》', ' ']);
    let plain: String = rest.chars().filter(|letter| letter.is_alphanumeric()).collect();
    match plain.strip_prefix("中华人民共和国") {
        Some(short) if short.chars().count() > 1 => short.to_owned(),
        _ => plain,
    }
}

/// A name from 关于 on, where only those who issued it stand before.
pub(crate) fn without_issuers(key: &str) -> Option<&str> {
    const ENDINGS: [char; 13] = [
        '院', '部', '局', '会', '厅', '署', '委', '办', '府', '组', '行', '高', '检',
    ];
    let at = key.find("关于").filter(|at| *at > 0)?;
    key[..at].ends_with(ENDINGS).then_some(&key[at..])
}

/// A title without 3. or 指导案例189号： before it.
fn without_number(title: &str) -> &str {
    let digits = title.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = title.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    if let Some((_, after)) = numbered.filter(|(inner, after)| is_number(inner) && !after.trim().is_empty()) {
        return without_number(after.trim_start_matches([':', ' ', '　']));
    }
    let mut rest = match digits.strip_prefix(['.', '、']) {
        Some(after) if digits.len() < title.len() => after.trim_start(),
        _ => title,
    };
    if rest.starts_with("指导") || rest.starts_with("检例") {
        let end = rest.find('号').filter(|end| *end < "指导性案例第一千零零零".len());
        let after = end.map(|end| rest[end + '号'.len_utf8()..].trim_start_matches([':', '：', ' ', '　']));
        rest = after.filter(|after| !after.is_empty()).unwrap_or(rest);
    }
    rest
}

/// Whether a bracket holds the number of a case: 检例第66号.
fn is_number(inner: &str) -> bool {
    inner.ends_with('号') && (inner.starts_with("检例") || inner.starts_with("指导"))
}

/// A title without the bracket at its end, where that names a version or a number: （2020年修正）, （检例第66号）.
fn without_remark(title: &str) -> Option<&str> {
    let open = title.strip_suffix(')')?.rfind('(').filter(|open| *open > 0)?;
    let inner = &title[open + 1..title.len() - 1];
    let version = inner.chars().any(|letter| letter.is_ascii_digit())
        && inner
            .chars()
            .all(|letter| letter.is_ascii_digit() || "年月日.-/修正订改版本通过公布 ".contains(letter));
    (version || is_number(inner) || inner == "修正" || inner == "修订").then(|| title[..open].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_document_have_one_key() {
        for (name, expected) in [
            ("中华人民共和国刑法", "刑法"),
            ("《刑法》", "刑法"),
            ("刑法（2020年修正）", "刑法"),
            ("人民检察院刑事诉讼规则(2019-12-02)", "人民检察院刑事诉讼规则"),
            (
                "人民检察院刑事诉讼规则（试行）(2012-11-22)",
                "人民检察院刑事诉讼规则试行",
            ),
            ("某解释（二）", "某解释二"),
            ("3.某公司案（检例第66号）", "某公司案"),
            ("指导案例189号：甲诉乙案", "甲诉乙案"),
            ("（检例第36号） 卫某盗窃案", "卫某盗窃案"),
            ("（检例第36号）", "检例第36号"),
            ("檢察院　關於“甲”的規定", "检察院关于甲的规定"),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_is_also_known_without_those_who_issued_it() {
        assert_eq!(
            keys("最高人民法院、最高人民检察院关于办理盗窃案的解释"),
            ["最高人民法院最高人民检察院关于办理盗窃案的解释", "关于办理盗窃案的解释"]
        );
        assert_eq!(keys("甲关于乙的报告"), ["甲关于乙的报告"]);
    }
}
