//! The people of a byline: a role or a post beside a name, the number of an item and 等三人 are none of it.

use crate::record::Role;
use crate::record::name::names_in;
use crate::text::numeral;

/// A person with the part that the byline gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
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

/// The people that a text gives, which holds no separator. Where nothing of it is a name it is taken as it stands.
pub fn named(text: &str) -> Vec<Named> {
    let text = without_number(text);
    let (text, mut role) = behind_role(text);
    let (text, bracketed) = before_bracket(text);
    role = role.or(bracketed);
    let mut people: Vec<Named> = Vec::new();
    for word in names_in(text) {
        match role_of(&word) {
            Some(said) => {
                role = Some(said);
                people.iter_mut().for_each(|person| person.role = person.role.or(role));
            }
            None if is_post(&word) => {}
            None => people.push(Named {
                name: without_post(without_others(&word)).to_owned(),
                role,
            }),
        }
    }
    people.retain(|person| !person.name.is_empty());
    if people.is_empty() {
        let whole = names_in(text).into_iter().filter(|name| !name.is_empty());
        people = whole.map(|name| Named { name, role: None }).collect();
    }
    people
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
        Some((name, said)) if role_of(said).is_some() || is_post(said) => (name.trim(), role_of(said)),
        _ => (text, None),
    }
}

/// The role that a word names: 执笔, 执笔人.
fn role_of(word: &str) -> Option<Role> {
    let word = word.trim();
    Role::parse(word).or_else(|| Role::parse(word.strip_suffix(['人', '者'])?))
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
            ("买买提·艾力", "买买提·艾力", None),
            ("John Smith", "John Smith", None),
        ] {
            let name = name.to_owned();
            assert_eq!(named(text), [Named { name, role }], "{text}");
        }
        assert_eq!(named("").len(), 0);
        assert_eq!(named("赵某 李某 执笔").len(), 2);
    }
}
