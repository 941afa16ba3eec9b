//! Short names of laws, the one table of them: texts, queries, filters and the browser's pages read a law by its full name.

/// Each short name with the full one, without 中华人民共和国. The thesaurus that is built in has each pair, too.
pub(crate) const SHORT: [(&str, &str); 21] = [
    ("刑诉法", "刑事诉讼法"),
    ("民诉法", "民事诉讼法"),
    ("行诉法", "行政诉讼法"),
    ("治安处罚法", "治安管理处罚法"),
    ("未保法", "未成年人保护法"),
    ("预未法", "预防未成年人犯罪法"),
    ("个保法", "个人信息保护法"),
    ("反诈法", "反电信网络诈骗法"),
    ("反电诈法", "反电信网络诈骗法"),
    ("反电信诈骗法", "反电信网络诈骗法"),
    ("消法", "消费者权益保护法"),
    ("消保法", "消费者权益保护法"),
    ("道交法", "道路交通安全法"),
    ("反家暴法", "反家庭暴力法"),
    ("国赔法", "国家赔偿法"),
    ("英烈法", "英雄烈士保护法"),
    ("英烈保护法", "英雄烈士保护法"),
    ("野保法", "野生动物保护法"),
    ("环保法", "环境保护法"),
    ("土管法", "土地管理法"),
    ("反恐法", "反恐怖主义法"),
];

/// The full name of a law.
pub(crate) fn full(name: &str) -> &str {
    SHORT
        .iter()
        .find(|(short, _)| *short == name)
        .map_or(name, |(_, full)| *full)
}

/// The names of a law, the full one first.
pub(crate) fn names(full: &str) -> impl Iterator<Item = &str> {
    let short = SHORT
        .iter()
        .filter(move |(_, known)| *known == full)
        .map(|(short, _)| *short);
    std::iter::once(full).chain(short)
}
