//! The people of a byline: a role or a post beside a name, the number of an item and 等三人 are none of it.

use crate::record::Role;
use crate::record::name::names_in;
use crate::text::numeral;

/// A person with the part that the byline gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The name in its one form.
    pub name: String,
    /// 执笔, 参与 or 指导.
    pub role: Option<Role>,
}

/// What posts end with.
const POSTS: [&str; 30] = [
    "检察长",
    "检察官",
    "检察员",
    "院长",
    "庭长",
    "法官",
    "主任",
    "处长",
    "科长",
    "局长",
    "部长",
    "厅长",
    "队长",
    "组长",
    "所长",
    "书记",
    "书记员",
    "助理",
    "科员",
    "干警",
    "教授",
    "讲师",
    "研究员",
    "博士",
    "硕士",
    "律师",
    "主席",
    "委员",
    "老师",
    "同志",
];

/// What stands before a post and belongs to it, beside a department.
const RANKS: [&str; 15] = [
    "副",
    "原",
    "首席",
    "员额",
    "一级",
    "二级",
    "三级",
    "四级",
    "高级",
    "主任",
    "主任级",
    "党组",
    "党组副",
    "专职",
    "检委会",
];

/// What a bracket behind a name says beside roles and posts: that one is a woman, which part somebody had.
const REMARKS: [&str; 26] = [
    "女",
    "男",
    "通讯作者",
    "第一作者",
    "共同第一作者",
    "独著",
    "合著",
    "统稿",
    "审稿",
    "校对",
    "审核",
    "审定",
    "修改",
    "撰写",
    "撰稿",
    "主笔",
    "编辑",
    "调研",
    "牵头",
    "协助",
    "负责",
    "组织",
    "联系",
    "主持",
    "主编",
    "副主编",
];

/// The people that a text gives, which holds no separator. Where nothing of it is a name it is taken as it stands.
pub(super) fn named(text: &str) -> Vec<Named> {
    let text = without_marks(without_number(text));
    if let Some(parts) = parts(text) {
        return parts.into_iter().flat_map(named).collect();
    }
    if let Some((name, said)) = before_dash(text) {
        return named(&format!("{name}（{said}）"));
    }
    let (text, mut role) = behind_role(text);
    let (text, bracketed) = before_bracket(text);
    role = role.or(bracketed);
    let words = names_in(without_marks(text));
    let mut people: Vec<Named> = Vec::new();
    for word in words.iter().filter(|word| !is_others(word)) {
        match role_of(word) {
            Some(said) => {
                role = Some(said);
                people.iter_mut().for_each(|person| person.role = person.role.or(role));
            }
            None if is_post(word) => {}
            None => {
                let (name, own) = without_role(without_others(word));
                let name = without_post(behind_post(name)).to_owned();
                people.push(Named {
                    name,
                    role: own.or(role),
                });
            }
        }
    }
    people.retain(|person| !person.name.is_empty());
    if people.is_empty() {
        let whole = words.into_iter().filter(|name| !name.is_empty() && !is_others(name));
        people = whole.map(|name| Named { name, role: None }).collect();
    }
    people
}

/// The parts of a text that gives several people with what each did: 张伟（执笔）李某（参与）, 撰稿：张伟 审核：李某.
fn parts(text: &str) -> Option<Vec<&str>> {
    let brackets: Vec<usize> = text
        .match_indices(['）', ')'])
        .map(|(at, mark)| at + mark.len())
        .collect();
    if let [first, .., _] = brackets.as_slice()
        && !text.starts_with(['（', '('])
        && text[*first..].starts_with(|next: char| next.is_alphabetic() || next.is_whitespace())
    {
        return Some(between(text, &brackets));
    }
    let blank = |colon: usize| {
        text[..colon]
            .trim_end()
            .char_indices()
            .rfind(|(_, letter)| letter.is_whitespace())
    };
    let begin = |colon: usize| blank(colon).map_or(0, |(at, letter)| at + letter.len_utf8());
    let labels: Vec<usize> = text.match_indices([':', '：']).map(|(colon, _)| begin(colon)).collect();
    let apart = labels.len() > 1 && labels[0] == 0 && labels.windows(2).all(|pair| pair[0] < pair[1]);
    apart.then(|| between(text, &labels[1..]))
}

/// A name and what stands behind a dash: 张伟——执笔.
fn before_dash(text: &str) -> Option<(&str, &str)> {
    let dash = |letter: char| matches!(letter, '-' | '－' | '\u{2010}'..='\u{2015}');
    let (name, said) = text.split_once(dash)?;
    let said = said.trim_start_matches(dash);
    (is_remark(said) && !name.trim().is_empty()).then_some((name, said))
}

/// A text in pieces that end at the given places, and what is left.
fn between<'a>(text: &'a str, ends: &[usize]) -> Vec<&'a str> {
    let mut from = 0;
    let mut pieces = Vec::new();
    for &end in ends.iter().chain([&text.len()]) {
        let piece = text[from..end].trim();
        pieces.extend(Some(piece).filter(|piece| !piece.is_empty()));
        from = end;
    }
    pieces
}

/// A text without the marks of notes and sentences at its end: 张某*, 张某①, 张伟。
fn without_marks(text: &str) -> &str {
    let is_mark = |mark: char| {
        "*＊†‡※#、。，,；;：:！!".contains(mark) || matches!(mark, '①'..='⑳' | '¹' | '²' | '³' | '⁰'..='⁹')
    };
    text.trim_matches(|mark: char| mark.is_whitespace() || is_mark(mark))
}

/// A text without the number of an item: `1. 赵某`, `（1）赵某`, `①赵某`.
fn without_number(text: &str) -> &str {
    let text = text.trim();
    let inner = text.trim_start_matches(['（', '(']);
    let rest = inner.trim_start_matches(|digit: char| digit.is_numeric() && !matches!(digit, '〇' | '㐅'));
    let circled = inner.starts_with(|digit: char| matches!(digit, '①'..='⑳'));
    let marked = rest.strip_prefix(['.', '．', '、', '）', ')']);
    match marked.or(circled.then_some(rest)).map(str::trim_start) {
        Some(name) if rest.len() < inner.len() && !name.is_empty() => name,
        _ => text,
    }
}

/// The text behind a colon, and the role before it: `执笔人：赵某`.
fn behind_role(text: &str) -> (&str, Option<Role>) {
    match text.split_once([':', '：']) {
        Some((before, name)) if !name.trim().is_empty() && before.chars().count() <= 8 => {
            (name.trim(), role_of(before.trim()))
        }
        _ => (text, None),
    }
}

/// A text without a role or a post in brackets, before or behind it.
fn before_bracket(text: &str) -> (&str, Option<Role>) {
    let parted = || {
        let begun = text
            .strip_prefix(['（', '('])
            .and_then(|rest| rest.split_once(['）', ')']));
        let ended = text
            .strip_suffix(['）', ')'])
            .and_then(|rest| rest.rsplit_once(['（', '(']));
        begun.map(|(said, name)| (name, said)).or(ended)
    };
    match parted() {
        Some((name, said)) if is_remark(said) && !name.trim().is_empty() => (name.trim(), role_of(said)),
        _ => (text, None),
    }
}

/// Whether what stands beside a name, in brackets or behind a dash, tells no two people apart: a role, a post, an office.
fn is_remark(said: &str) -> bool {
    const OFFICES: [&str; 12] = [
        "院", "局", "委", "室", "部", "处", "大学", "学院", "中心", "公司", "所", "厅",
    ];
    let word = |said: &str| role_of(said).is_some() || is_post(said) || REMARKS.contains(&said);
    let office = |said: &str| said.chars().count() > 3 && OFFICES.iter().any(|end| said.ends_with(end));
    let said: String = said.split_whitespace().collect();
    let mut parts = said.split(['，', ',', '、', '；']).filter(|part| !part.is_empty());
    let people = |said: &str| said.ends_with('族') && said.chars().count() <= 5;
    let known = |part: &str| word(part) || word(part.trim_end_matches(['人', '者'])) || office(part);
    let first = parts.next();
    first.is_some_and(known) && parts.all(|part| known(part) || people(part))
}

/// The role that a word names: 执笔, 执笔人, 执 笔.
fn role_of(word: &str) -> Option<Role> {
    let word: String = word.split_whitespace().collect();
    Role::parse(&word).or_else(|| Role::parse(word.strip_suffix(['人', '者'])?))
}

/// A name without the role that is written against it: 张某执笔, 执笔张某.
fn without_role(word: &str) -> (&str, Option<Role>) {
    const WORDS: [&str; 6] = ["执笔人", "执笔", "参与人", "参与", "指导人", "指导"];
    let beside = |said: &&str| word.strip_suffix(*said).or_else(|| word.strip_prefix(*said));
    let found = WORDS.iter().find_map(|said| Some((beside(said)?, role_of(said))));
    found
        .filter(|(name, _)| (2..=4).contains(&name.chars().count()))
        .unwrap_or((word, None))
}

/// A name without the post before it: 检察官张某, 第二检察部主任张某.
fn behind_post(word: &str) -> &str {
    let names = POSTS.iter().flat_map(|post| {
        let places = word.match_indices(post);
        places.filter_map(|(at, post)| {
            let (rank, name) = (&word[..at], &word[at + post.len()..]);
            let fits = (2..=4).contains(&name.chars().count()) && name.chars().all(char::is_alphabetic);
            (is_rank(rank) && fits && !is_post(name)).then_some(name)
        })
    });
    names.min_by_key(|name| name.len()).unwrap_or(word)
}

/// Whether a word means people without a name: 等, 等三人.
fn is_others(word: &str) -> bool {
    word.starts_with('等') && without_others(&format!("某某{word}")) == "某某"
}

/// Whether a word is a post: 副检察长, 四级高级检察官, 第二检察部主任.
fn is_post(word: &str) -> bool {
    let word = word.trim();
    let mut ranks = POSTS.iter().filter_map(|post| word.strip_suffix(post));
    ranks.any(|rank| is_rank(rank) || is_post(rank))
}

/// Whether nothing but ranks, or a department, stands before a post.
fn is_rank(text: &str) -> bool {
    const DEPARTMENTS: [char; 9] = ['部', '室', '局', '院', '处', '科', '厅', '委', '组'];
    let department = text.chars().count() > 2 && text.ends_with(DEPARTMENTS);
    let before = || RANKS.iter().filter_map(|rank| text.strip_suffix(rank));
    text.is_empty() || department || before().any(is_rank)
}

/// A name without the post that follows it: 赵某副检察长. 赵主任 has no other name.
fn without_post(word: &str) -> &str {
    let names = POSTS.iter().filter_map(|post| word.strip_suffix(post));
    let names = names.map(|name| RANKS.iter().find_map(|rank| name.strip_suffix(rank)).unwrap_or(name));
    names
        .filter(|name| name.chars().count() >= 2)
        .min_by_key(|name| name.len())
        .unwrap_or(word)
}

/// A name without those whom it stands for: 赵某等三人, 赵某等.
fn without_others(word: &str) -> &str {
    let counted = |rest: &str| {
        rest.chars()
            .all(|letter| numeral::is_part(letter) || "几多数余两人名位同志".contains(letter))
    };
    match word.split_once('等') {
        Some((name, rest)) if name.chars().count() >= 2 && counted(rest) => name,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_name_is_none_of_it() {
        let writer = Some(Role::Writer);
        for (text, name, role) in [
            ("赵某", "赵某", None),
            ("执笔人：赵某", "赵某", writer),
            ("执笔:赵某", "赵某", writer),
            ("参与：赵某", "赵某", Some(Role::Participant)),
            ("作者：赵某", "赵某", None),
            ("赵某 执笔", "赵某", writer),
            ("执笔 赵某", "赵某", writer),
            ("赵某（执笔人）", "赵某", writer),
            ("（执笔）赵某", "赵某", writer),
            ("赵某 副检察长", "赵某", None),
            ("副检察长 赵某", "赵某", None),
            ("赵某副检察长", "赵某", None),
            ("赵某（第二检察部主任）", "赵某", None),
            ("赵某 四级高级检察官", "赵某", None),
            ("赵某等三人", "赵某", None),
            ("赵某等3人", "赵某", None),
            ("赵某等", "赵某", None),
            ("1. 赵某", "赵某", None),
            ("（1）赵某", "赵某", None),
            ("①赵某", "赵某", None),
            ("赵主任", "赵主任", None),
            ("白某1", "白某1", None),
            ("张伟（民行）", "张伟(民行)", None),
            ("张某执笔", "张某", writer),
            ("执笔张某", "张某", writer),
            ("检察官张某", "张某", None),
            ("第二检察部主任张某", "张某", None),
            ("张某（澄溪县人民检察院）", "张某", None),
            ("张某（女）", "张某", None),
            ("张某（女，苗族）", "张某", None),
            ("张伟（统稿）", "张伟", None),
            ("张伟（通讯作者）", "张伟", None),
            ("张 伟（执 笔）", "张伟", writer),
            ("张伟——执笔", "张伟", writer),
            ("张伟-执笔", "张伟", writer),
            ("张某*", "张某", None),
            ("张某①", "张某", None),
            ("张伟。", "张伟", None),
            ("“清河”课题组", "“清河”课题组", None),
            ("周部长江", "周部长江", None),
            ("买买提·艾力", "买买提·艾力", None),
            ("John Smith", "John Smith", None),
        ] {
            let name = name.to_owned();
            assert_eq!(named(text), [Named { name, role }], "{text}");
        }
        assert_eq!(named("").len(), 0);
        assert_eq!(named("赵某 李某 执笔").len(), 2);
        assert_eq!(named("等").len() + named("等3人").len(), 0);
        for text in [
            "张伟（执笔）李某（参与）",
            "张伟（执笔） 李某（参与）",
            "执笔：张伟 参与：李某",
        ] {
            let people = named(text).into_iter().map(|one| (one.name, one.role));
            let asked = [
                ("张伟".to_owned(), writer),
                ("李某".to_owned(), Some(Role::Participant)),
            ];
            assert_eq!(people.collect::<Vec<_>>(), asked, "{text}");
        }
        let names = named("撰稿：张 伟 审核：李某").into_iter().map(|one| one.name);
        assert_eq!(names.collect::<Vec<_>>(), ["张伟", "李某"]);
    }
}
